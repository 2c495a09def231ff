"""What must hold for any text, tried on generated ones and on the shipped report."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.characters import search_form
from corpus.markup import fold, plain, quotable
from corpus.model import Metadata, PassageKind
from corpus.parse import parse_report

REPORT = Path(__file__).parent.parent / "corpus/reports/ict-global-strategy/report.md"

# What a reader takes for layout, said here without the parser's help.
MARK = "[・✓✔●○◎■□◆◇▪◦‣•⦿→⇒➢➤▶▷►▸]"
SILENT_LINE = re.compile(
    rf"(?:[\s#>|*+\-_=~`:]|{MARK})*|\s*(?:```+|~~~+)\s*(?:[A-Za-z][\w+#.-]*)?\s*"
)
BEFORE_WORDS = re.compile(
    rf"\s*(?:>\s*)*(?:#{{1,6}}\s+|[-*+]\s+(?:{MARK}\s*)?|{MARK}\s*)?|\s*(?:[-*+]\s+)?\|[\s|]*"
)
BETWEEN_WORDS = re.compile(rf"\s+|\s*\|[\s|]*|\s+{MARK}")
AFTER_WORDS = re.compile(r"\s+#+\s*|[\s|]*")

# Parted by ¦, which no report uses.
WORDS = (
    "予算額は100億円。¦「引用。」とした¦（閉じない¦閉じた）¦実施状況¦第2期¦1.5倍¦①設備¦**太字**¦**片方"
    "¦<b>強調</b>¦<br>¦A < B¦<!-- 注 -->¦&amp;¦😀¦\u2028¦\x00¦\u200b¦か\u3099¦～¦、¦。¦！¦?¦※¦注1"
    "¦○○市¦・・・¦単位：円¦https://example.jp/?a=1¦山田 太郎¦2019年¦－¦__下線__¦`code`¦\\¦\\|縦棒"
    "¦＜Ａ＞¦×¦-¦→¦●"
).split("¦")

LINES = (
    "{}¦{}{}¦# {}¦## {} ##¦###### {}¦####### {}¦#{}¦- {}¦* {}¦+ {}¦・{}¦・{} ・{}¦- ・{}¦  - ✓ {}"
    "¦\t- {}¦　・{}¦1. {}¦１．{}¦(1) {}¦ア　{}¦a. {}¦- ① {}¦1.\t{}¦・\t{}¦{}\t{}¦{}\t\t{}\t"
    "¦\t<b>{}</b><ul><li>○ {}</li></ul>¦| {} | {} |¦|{}|¦- | {} |¦| ○ | ● |¦| | {} |¦{} | {}"
    "¦|---|:-:|¦--- | ---¦|--|¦- |  |  |¦> {}¦> > {}¦>¦```¦```text¦~~~¦~~~{}¦---¦===¦***¦- - -¦..."
    "¦第1章 {}¦第２　{}¦1.1 {}¦はじめに¦■ {}¦【{}】¦【{}】{}¦※ {}¦出典：{}¦（注）{}¦表1 {}"
    "¦（単位：百万円）¦{}  ¦{}\\¦◎：{}¦●¦#¦# #¦## **¦・¦→¦|¦||¦\\¦¦ ¦　¦\t¦\x0b¦\ufeff{}"
).split("¦")


@st.composite
def words(draw):
    """A word or two with the space that may stand around them."""
    return draw(st.sampled_from(WORDS)) + draw(st.sampled_from(["", "", "を進める", " ", "　"]))


@st.composite
def texts(draw):
    """Texts of lines such as reports have, well formed or not."""
    lines = draw(st.lists(st.sampled_from(LINES), max_size=12))
    return "".join(
        line.format(*(draw(words()) for _ in range(line.count("{}"))))
        + draw(st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r"]))
        for line in lines
    ) + draw(st.sampled_from(["", "", "終わり"]))


any_text = st.one_of(texts(), st.text(), st.text("# -・|\t\n　。、「」（）*<>b/○1.:", max_size=80))
quick = settings(max_examples=150, deadline=None)


def parsed(text):
    return parse_report(text, "r", Metadata("題名"), "0" * 64)


@pytest.fixture(scope="module")
def report_text():
    return REPORT.read_bytes().decode("utf-8")


def lines_with_offsets(text):
    """Yield (start, line) with an own idea of line ends."""
    start = 0
    for piece in re.split(r"(\r\n|\r|\n)", text):
        if piece not in ("\r\n", "\r", "\n"):
            yield start, piece
        start += len(piece)


def lost(text, spans):
    """Return the stretches outside `spans` that are more than layout."""
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    return [
        piece
        for start, line in lines_with_offsets(text)
        for piece in _lost(line, covered[start : start + len(line)])
    ]


def _lost(line, covered):
    if not any(covered):
        if not SILENT_LINE.fullmatch(line):
            yield line
        return
    for match in re.finditer(rb"\x00+", covered):
        start, end = match.span()
        piece = line[start:end]
        allowed = BEFORE_WORDS if start == 0 else AFTER_WORDS if end == len(line) else BETWEEN_WORDS
        if not allowed.fullmatch(piece):
            yield piece


def check(text):
    """All that must hold for the report of one text."""
    report = parsed(text)
    spans = [passage.span for passage in report.passages]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert lost(text, spans) == []
    starts = [start for start, _ in lines_with_offsets(text)]
    for passage in report.passages:
        span = passage.span
        assert passage.text == text[span.start : span.end] == passage.text.strip()
        assert starts[passage.line_start - 1] <= span.start
        assert passage.line_start == sum(start <= span.start for start in starts)
        assert passage.line_end == sum(start < span.end for start in starts)
        if passage.table:
            check_cells(text, passage)
    check_ids(report)
    return report


def check_cells(text, passage):
    cells = passage.table.cells
    assert cells
    assert passage.kind in (PassageKind.ROW, PassageKind.LABELS)
    assert passage.span.start == cells[0].span.start
    assert passage.span.end == cells[-1].span.end
    assert all(a.span.end <= b.span.start for a, b in zip(cells, cells[1:], strict=False))
    assert all(a.column < b.column for a, b in zip(cells, cells[1:], strict=False))
    for cell in cells:
        assert cell.items
        assert all(cell.span.start <= i.start < i.end <= cell.span.end for i in cell.items)


def check_ids(report):
    ids = [section.id for section in report.sections]
    assert len(set(ids)) == len(ids)
    assert {passage.section_id for passage in report.passages} <= set(ids)
    assert len({passage.id for passage in report.passages}) == len(report.passages)
    assert all(section.parent_id in ids for section in report.sections[1:])


@quick
@given(any_text)
@example("")
@example("\ufeff# 題\r\r\n- a\tb")
@example("値\t1\n（注）四捨五入による。")
@example("区分 | 金額\n--- | ---\n歳入 | 100\n（注）見込み")
@example("```\n# 見出しではない\n")
@example("- \n・\n○○市と○○町\n")
@example("○\t●\n| ○ | × |\n|  | ○ |")
def test_every_character_but_layout_is_in_one_passage(text):
    check(text)


@quick
@given(any_text)
def test_two_parses_are_equal(text):
    assert parsed(text) == parsed(text)


def test_the_shipped_report_holds_the_same(report_text):
    report = check(report_text)
    assert report == parsed(report_text)
    assert len(report.passages) > 500


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_line_ends_change_offsets_only(report_text, end):
    original, other = parsed(report_text), check(report_text.replace("\n", end))
    assert [s.id for s in other.sections] == [s.id for s in original.sections]
    places = [(p.id, p.kind, p.line_start, p.line_end, p.lead) for p in other.passages]
    assert places == [(p.id, p.kind, p.line_start, p.line_end, p.lead) for p in original.passages]


def test_section_ids_do_not_change_from_one_version_to_the_next(report_text):
    """A citation in an official's draft names these ids: they come from the heading alone."""
    ids = {(s.heading, s.line_start): s.id for s in parsed(report_text).sections}
    assert ids["【国際社会】", 603] + "-2" == ids["【国際社会】", 627]
    assert parsed("# 検討事項").sections[1].id == ids["検討事項", 12]


@quick
@given(st.text())
@example("\ufb01")
@example("か\u3099")
@example("∼\u0338")
def test_the_search_form_is_stable(text):
    assert search_form(search_form(text)) == search_form(text)


@quick
@given(any_text)
@example("<<b>b>太字")
@example("*<b>*片方")
@example("<**b>")
@example("<!-<b>->")
@example("＜b＞")
@example("か\n\u3099")
@example("a¨")
@example("< b>")
def test_what_is_quoted_is_stable_and_stands_in_the_source(text):
    assert quotable(quotable(text)) == quotable(text)
    assert fold(fold(text)) == fold(text)
    assert fold(quotable(text)) == fold(text)


@quick
@given(any_text)
def test_plain_text_has_no_surplus_space(text):
    assert plain(text) == " ".join(plain(text).split())
