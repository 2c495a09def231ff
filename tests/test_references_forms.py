"""References: the forms of a place, and entries for reference managers read back."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_references import NAMES, same

from assistant.references.bibliography import escaped
from assistant.references.forms import write
from assistant.references.reference import Form, Options, Pages, Pinpoint, Reference
from corpus.eras import Years
from corpus.model import Metadata

quick = settings(deadline=None)  # other work may share the machine

ABOUT = Metadata(
    "港湾の「未来」について", "港湾省", "企画局", "令和3年3月", "PDL1.0", "https://example.jp/a"
)
PLACE = Pinpoint(("第2章 取組", "2.1 陸上電力の供給"))
REFERENCE = Reference(ABOUT, PLACE)
USED = Options(used_on=date(2026, 11, 22), editor="振興課")

FORMS = {
    Form.SHORT: "「港湾の『未来』について」「第2章 取組」「2.1 陸上電力の供給」",
    Form.FOOTNOTE: (
        "港湾省企画局「港湾の『未来』について」（令和3年3月）「第2章 取組」「2.1 陸上電力の供給」。"
    ),
    Form.SOURCE: (
        "出典：「港湾の『未来』について」「第2章 取組」「2.1 陸上電力の供給」（港湾省）"
        "（https://example.jp/a）、"
        "PDL1.0（https://www.digital.go.jp/resources/open_data/public_data_license_v1.0）"
        "（令和8年11月22日に利用）"
    ),
    Form.EDITED: (
        "「港湾の『未来』について」「第2章 取組」「2.1 陸上電力の供給」（港湾省）"
        "（https://example.jp/a）を加工して振興課作成"
    ),
    Form.SIST: (
        "港湾省企画局. “2.1 陸上電力の供給”. 港湾の「未来」について. 港湾省, 2021. "
        "https://example.jp/a, (参照 2026-11-22)."
    ),
    Form.FIGURE: (
        "（出典）港湾省企画局「港湾の『未来』について」（令和3年3月）"
        "「第2章 取組」「2.1 陸上電力の供給」"
    ),
    Form.AGAIN: "（前掲「港湾の『未来』について」、「第2章 取組」「2.1 陸上電力の供給」）",
}


@pytest.mark.parametrize(("form", "text"), FORMS.items(), ids=FORMS)
def test_a_place_in_each_form(form, text):
    written = write(REFERENCE, form, USED)
    assert written.text == text
    assert written.missing == ()


PARTS = {
    "row of a table": (
        Pinpoint(("第1章",), "表1 費用", "東港", "費用（百万円）"),
        "「第1章」、表「表1 費用」の「東港」の行の「費用（百万円）」の列",
    ),
    "row without caption": (Pinpoint(("第1章",), None, "東港"), "「第1章」、表の「東港」の行"),
    "page": (Pinpoint(("第1章",), page=12, page_label="12"), "「第1章」、12ページ"),
    "printed page differs": (Pinpoint((), page=57, page_label="45"), "45ページ（PDF 57枚目）"),
    "no printed page": (Pinpoint((), page=57), "57ページ"),
    "nothing": (Pinpoint(), ""),
    "title as only heading": (Pinpoint((" ",)), ""),
}


@pytest.mark.parametrize(("pinpoint", "text"), PARTS.values(), ids=PARTS)
def test_a_pinpoint_in_words(pinpoint, text):
    reference = Reference(Metadata("題"), pinpoint)
    assert write(reference, Form.SHORT).text == f"「題」{text}"


@pytest.mark.parametrize(
    ("pages", "text"), [(Pages.LAW, "45頁"), (Pages.SIST, "p.45"), (Pages.WHITE_PAPER, "45ページ")]
)
def test_pages_are_called_as_asked(pages, text):
    reference = Reference(Metadata("題"), Pinpoint((), page_label="45"))
    assert write(reference, Form.SHORT, Options(pages=pages)).text == f"「題」{text}"


YEARS = {Years.ERA: "令和3年3月", Years.WESTERN: "2021年3月", Years.BOTH: "令和3（2021）年3月"}


@pytest.mark.parametrize(("years", "text"), YEARS.items(), ids=YEARS)
def test_years_are_written_as_asked(years, text):
    assert f"（{text}）" in write(REFERENCE, Form.FOOTNOTE, Options(years=years)).text


@pytest.mark.parametrize("form", Form, ids=str)
def test_an_unknown_part_is_left_out_with_its_brackets_and_named(form):
    bare = Reference(Metadata("題"), Pinpoint(("見出し",)))
    written = write(bare, form)
    assert not re.search(r"[（(]\s*[)）]|「」|、、|None", written.text)
    if form not in (Form.SHORT, Form.AGAIN):
        assert "発行者" in written.missing
    if form in (Form.SOURCE, Form.SIST, Form.BIBTEX, Form.RIS, Form.CSL):
        assert "URL" in written.missing


LICENCES = {
    "PDL1.0": True,
    "ＰＤＬ１．０": True,
    "公共データ利用規約（第1.0版）": True,
    "Public Data License 1.0": True,
    "PDL2.0": False,
    "政府標準利用規約（第2.0版）": False,
    "CC BY 4.0": False,
    None: False,
}


@pytest.mark.parametrize(("licence", "is_named"), LICENCES.items(), ids=map(str, LICENCES))
def test_a_source_line_names_the_licence_that_asks_for_it(licence, is_named):
    text = write(replace(REFERENCE, publication=replace(ABOUT, licence=licence)), Form.SOURCE).text
    assert ("PDL1.0（https://www.digital.go.jp/" in text) is is_named
    assert text.startswith("出典：「")


def test_a_heading_that_does_not_print_leaves_no_empty_brackets():
    reference = Reference(Metadata("題"), Pinpoint(("\u200b", "章"), "\u200b", "\u200b"))
    for form in Form:
        assert "「」" not in write(reference, form).text


def test_the_original_source_is_named_where_it_is_known():
    quoted = replace(REFERENCE, original="港湾協会「荷役統計」")
    assert "（原典：港湾協会「荷役統計」）" in write(quoted, Form.FIGURE).text
    assert "（原典：港湾協会「荷役統計」）" in write(quoted, Form.FOOTNOTE).text


WORDS = st.text(
    st.sampled_from("港湾報告第章表あア１2A&%{}#_$~^\\「」『』（）()、。 　\n:：/-.")
    | st.characters(exclude_categories=("Cs",)),
    min_size=1,
    max_size=30,
).filter(lambda text: re.search(r"\w", text))


@quick
@given(WORDS, WORDS, NAMES)
def test_bibtex_reads_back(title, heading, publisher):
    reference = Reference(Metadata(title, publisher, None, "令和3年3月"), Pinpoint((heading,)))
    entry = write(reference, Form.BIBTEX).text
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", entry, re.MULTILINE))
    assert entry.startswith("@techreport{") and entry.endswith("\n}")
    assert len(entry.splitlines()) == len(fields) + 2
    assert same(unescaped(fields["title"][1:-1]), title)
    assert same(unescaped(fields["author"][1:-1]), publisher)
    assert (fields["year"], fields["month"], fields["langid"]) == ("2021", "3", "japanese")


def unescaped(text):
    for mark, letter in (
        (r"\textbackslash{}", "\\"),
        (r"\textasciitilde{}", "~"),
        (r"\textasciicircum{}", "^"),
    ):
        text = text.replace(mark, f"\0{ord(letter)}\0")
    text = re.sub(r"\\([{}%&_#$])", r"\1", text)
    return re.sub("\0(\\d+)\0", lambda found: chr(int(found[1])), text)


@quick
@given(st.text(st.sampled_from("{}\\%&_#$~^aあ")))
def test_braces_of_an_escaped_text_are_balanced(text):
    depth, at = 0, 0
    written = escaped(text)
    while at < len(written):
        if written[at] == "\\" and written[at + 1 : at + 2] in "{}%&_#$":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(written[at], 0)
        assert depth >= 0
        at += 1
    assert depth == 0


@quick
@given(WORDS, NAMES)
def test_ris_reads_back(title, publisher):
    reference = Reference(Metadata(title, publisher, None, "令和元年6月"), Pinpoint((), page=3))
    entry = write(reference, Form.RIS).text
    lines = entry.split("\r\n")
    assert lines[0] == "TY  - RPRT" and lines[-2] == "ER  - " and lines[-1] == ""
    fields = dict(re.fullmatch(r"(\w\w)  - (.*)", line).groups() for line in lines[:-1])
    assert same(fields["TI"], title)
    assert (fields["AU"], fields["PY"], fields["DA"]) == (publisher, "2019", "2019/06//")
    assert fields["SP"] == "3"


@quick
@given(WORDS, NAMES)
def test_csl_json_reads_back(title, publisher):
    reference = Reference(Metadata(title, publisher, None, "2019年6月1日"), PLACE)
    (item,) = json.loads(write(reference, Form.CSL).text)
    assert same(item["title"], title)
    assert item["author"] == [{"literal": publisher}]
    assert item["issued"] == {"date-parts": [[2019, 6, 1]]}
    assert item["locator"].startswith("「第2章")
