"""A reference in prose read back: our own forms, and lines as officials write them."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_references import NAMES, same

from assistant.references.forms import write
from assistant.references.readback import Told, read
from assistant.references.reference import Form, Options, Pages, Pinpoint, Reference
from corpus.eras import FIRST_DAY, PartialDate, Years, write_date
from corpus.model import Metadata

quick = settings(deadline=None)  # other work may share the machine

WORDS = st.text(
    st.sampled_from("港湾報告第章表あア１2A&%{}#_$~^\\「」『』（）()、。 　\n:：/-.“”")
    | st.characters(exclude_categories=("Cs",)),
    min_size=1,
    max_size=30,
).filter(lambda text: re.search(r"\w", text))
PLAIN_WORDS = st.text("港湾報告第章あア12A&%{}#_「」（）、・", min_size=1, max_size=30).filter(
    lambda text: text.count("「") == text.count("」")
)
"""For SIST 02, which sets its parts off by a full stop and nothing else."""

WHOLE = (Form.FOOTNOTE, Form.FIGURE)
PROSE = (*WHOLE, Form.SHORT, Form.SOURCE, Form.EDITED, Form.AGAIN)
URL = "https://example.jp/a_(b)?c=%E3%81%82&d#e"


@quick
@given(WORDS, WORDS, NAMES, st.dates(FIRST_DAY, date(2035, 12, 31)), st.sampled_from(Years))
def test_what_was_written_reads_back(title, heading, publisher, day, years):
    about = Metadata(title, publisher, None, f"{day.year}年{day.month}月", None, URL)
    reference = Reference(about, Pinpoint((heading,), page_label="12"))
    for form in PROSE:
        told = read(write(reference, form, Options(years, used_on=day)).text)
        assert told is not None
        assert len(told.titles) == 1 and same(told.titles[0], title)
        assert len(told.headings) == 1 and same(told.headings[0], heading)
        assert told.page == "12"
        assert told.is_again is (form is Form.AGAIN)
        assert told.is_edited is (form is Form.EDITED)
        assert told.publisher == (None if form in (Form.SHORT, Form.AGAIN) else publisher)
        assert told.date == (PartialDate(day.year, day.month) if form in WHOLE else None)
        assert told.url == (URL if form in (Form.SOURCE, Form.EDITED) else None)


@quick
@given(WORDS, WORDS, WORDS, WORDS)
def test_a_row_and_what_a_report_quotes_read_back(caption, row, column, original):
    place = Pinpoint(("第1章",), caption, row, column)
    reference = Reference(Metadata("題", "港湾省"), place, original=f"「{original.strip()}」")
    told = read(write(reference, Form.FIGURE).text)
    assert same(told.caption, caption) and same(told.row, row) and same(told.column, column)
    assert told.headings == ("第1章",) and told.titles == ("題",)
    assert same(told.original, original)


@quick
@given(PLAIN_WORDS, PLAIN_WORDS, NAMES, st.integers(1873, 2035))
def test_sist_reads_back(title, heading, publisher, year):
    about = Metadata(title, publisher, "企画局", f"{year}年", None, "https://example.jp/a")
    reference = Reference(about, Pinpoint((heading,), page_label="12-43"))
    for used in (None, date(2026, 11, 22)):
        told = read(write(reference, Form.SIST, Options(used_on=used)).text)
        assert told == Told(
            (title,),
            publisher=publisher,
            date=PartialDate(year),
            headings=(heading,),
            page="12-43",
            url="https://example.jp/a",
        )


@pytest.mark.parametrize("pages", Pages, ids=str)
@pytest.mark.parametrize("label", ["12", "iv", "12-15", "A-3", "資-3", "十二"])
def test_a_page_reads_back_whatever_it_is_called(pages, label):
    reference = Reference(Metadata("題", "港湾省"), Pinpoint(("第1章",), page=57, page_label=label))
    assert read(write(reference, Form.FOOTNOTE, Options(pages=pages)).text).page == label


@quick
@given(
    st.text(st.sampled_from("「」『』（）()出典：※1、。年月令和元.“” p頁作成を") | st.characters())
)
def test_no_line_is_too_odd_to_be_read(line):
    told = read(line)
    assert told is None or told.titles


JUNE = PartialDate(2019, 6)
LINES = {
    "usual": (
        "出典：総務省「白書」（令和元年6月）",
        Told(("白書",), publisher="総務省", date=JUNE),
    ),
    "label in brackets": (
        "（出典）内閣府「年報」（2021年）",
        Told(("年報",), publisher="内閣府", date=PartialDate(2021)),
    ),
    "other labels": ("資料：財務省「統計」", Told(("統計",), publisher="財務省")),
    "label and space": ("出典 総務省「白書」", Told(("白書",), publisher="総務省")),
    "half a bracket": ("出所）総務省「白書」", Told(("白書",), publisher="総務省")),
    "note with double brackets": (
        "※1 総務省『白書』令和元年6月、第2章「見出し」",
        Told(("白書",), publisher="総務省", date=JUNE, headings=("見出し",)),
    ),
    "again": ("前掲「白書」、12頁", Told(("白書",), page="12", is_again=True)),
    "again in parentheses": (
        "（前掲「白書」、12～15頁）",
        Told(("白書",), page="12～15", is_again=True),
    ),
    "several headings": (
        "総務省「白書」p. 45、「章」「節」",
        Told(("白書",), publisher="総務省", headings=("章", "節"), page="45"),
    ),
    "pages": ("総務省「白書」pp.12-15", Told(("白書",), publisher="総務省", page="12-15")),
    "page right after the date": (
        "総務省「白書」令和元年6月12頁",
        Told(("白書",), publisher="総務省", date=JUNE, page="12"),
    ),
    "publisher and URL behind": (
        "「白書」（総務省）（https://example.jp/）（令和8年11月22日に利用）",
        Told(("白書",), publisher="総務省", url="https://example.jp/"),
    ),
    "publisher and date in one": (
        "「白書」（総務省、令和元年6月）",
        Told(("白書",), publisher="総務省", date=JUNE),
    ),
    "URL and day of access in one": (
        "総務省「白書」（https://example.jp/a.pdf、令和8年11月1日閲覧）",
        Told(("白書",), publisher="総務省", url="https://example.jp/a.pdf"),
    ),
    "a home page is no page": (
        "総務省ホームページ「統計」",
        Told(("統計",), publisher="総務省ホームページ"),
    ),
    "date first": ("令和元年6月総務省「白書」", Told(("白書",), publisher="総務省", date=JUNE)),
    "year of a paper": (
        "総務省（2019）「白書」",
        Told(("白書",), publisher="総務省", date=PartialDate(2019)),
    ),
    "short name": (
        "情報処理推進機構（IPA）「白書」（2020年3月）",
        Told(("白書",), publisher="情報処理推進機構", date=PartialDate(2020, 3)),
    ),
    "two publishers": (
        "総務省、経済産業省「白書」（令和3年）",
        Told(("白書",), publisher="総務省、経済産業省", date=PartialDate(2021)),
    ),
    "two publications": (
        "総務省「白書」（令和元年6月）、内閣府「年報」（令和2年）",
        Told(("白書", "年報"), publisher="総務省", date=JUNE),
    ),
    "edition": ("「白書」（平成30年版）", Told(("白書",), date=PartialDate(2018))),
    "part of it": ("「白書」（概要）", Told(("白書",))),
    "edited": (
        "「白書」（総務省）を加工して振興課作成",
        Told(("白書",), publisher="総務省", editor="振興課", is_edited=True),
    ),
    "made from it": (
        "資料：財務省「統計」を基に振興課にて作成",
        Told(("統計",), publisher="財務省", editor="振興課", is_edited=True),
    ),
    "made from it without a name": (
        "総務省「白書」より作成",
        Told(("白書",), publisher="総務省", is_edited=True),
    ),
    "row of a table": (
        "総務省「白書」第1章、表「表1」の「東港」の行",
        Told(("白書",), publisher="総務省", caption="表1", row="東港"),
    ),
}


@pytest.mark.parametrize(("line", "told"), LINES.values(), ids=LINES)
def test_lines_of_officials_are_read(line, told):
    assert read(line) == told


@pytest.mark.parametrize("line", ["特になし", "", "出典：", "庁内調べ", "（）"])
def test_a_line_without_a_title_tells_nothing(line):
    assert read(line) is None


def test_a_date_reads_back_as_far_as_it_is_told():
    for day in (PartialDate(2019), PartialDate(1989, 1), PartialDate(2020, 2, 29)):
        about = Metadata("題", "港湾省", None, write_date(day))
        for years in Years:
            line = write(Reference(about), Form.FOOTNOTE, Options(years)).text
            assert read(line).date == day
