"""The report as the page shows it: every visible character at its offset, nothing executed."""

import html
import re
from html.parser import HTMLParser

import pytest

from corpus.markup import fold, quotable
from corpus.model import Metadata, Span
from corpus.parse import parse_report
from ui.chat.runs import runs
from ui.chat.viewer import view

RUN = re.compile(r'<span data-s="(\d+)" data-e="(\d+)">(.*?)</span>')

TAGS = set("a p h3 h4 h5 h6 ul li span strong br div table caption tbody tr td th".split())
"""All that the two panes are made of."""

ATTRIBUTES = {
    "aria-label", "class", "data-e", "data-s", "data-section", "href", "id", "role", "scope",
    "tabindex",
}  # fmt: skip


class Elements(HTMLParser):
    """Lists the tags and attributes that a browser would see."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value for name, value in attrs if name in {"href", "src"}}


def report(text):
    return parse_report(text, "r", Metadata("題名"), "0" * 64)


def visible(body, span):
    found = RUN.findall(body)
    inside = (words for s, e, words in found if span.start <= int(s) and int(e) <= span.end)
    return "".join(map(html.unescape, inside))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        pytest.param("全国で**3か所**", "全国で3か所", id="bold"),
        pytest.param("A<br>B", "AB", id="break"),
        pytest.param("A &lt; B &amp; C", "A < B & C", id="entities"),
        pytest.param(r"第1\*", "第1*", id="escape"),
        pytest.param("続く\n文", "続く文", id="broken line"),
        pytest.param("<script>x</script>", "x", id="script"),
        pytest.param("A < B", "A < B", id="less than"),
        pytest.param("𠮷野家", "𠮷野家", id="beyond the BMP"),
    ],
)
def test_runs_show_what_a_reader_sees(source, shown):
    made = runs(source, Span(0, len(source)))
    assert "".join(html.unescape(words) for _, _, words in RUN.findall(made)) == shown
    for start, end, words in RUN.findall(made):
        piece = source[int(start) : int(end)]
        assert html.unescape(piece) in (html.unescape(words), "\\" + html.unescape(words))


def test_every_passage_of_the_shipped_report_is_shown_at_its_place(assistant):
    kept = assistant.snapshot.report("ict-global-strategy")
    body = view(kept).body
    different = [
        passage.id
        for passage in kept.passages
        if fold(visible(body, passage.span)) != fold(quotable(passage.text).replace("|", ""))
    ]
    assert different == []


def test_every_section_has_one_place_to_go_to(assistant):
    kept = assistant.snapshot.report("ict-global-strategy")
    shown = view(kept)
    places = re.findall(r' id="sec-([^"]+)"', shown.body)
    assert len(places) == len(set(places))
    with_text = {passage.section_id for passage in kept.passages}
    assert set(places) == with_text
    assert re.findall(r'data-section="([^"]+)"', shown.outline) == [s.id for s in kept.sections]


def test_a_table_has_labels_for_its_columns_and_rows():
    shown = view(report("# 表\n\n| 区分 | 値 |\n|---|---|\n| 甲 | 1 |\n| 乙 | 2 |\n")).body
    assert shown.count('<th scope="col">') == 2
    assert shown.count('<th scope="row">') == 2
    assert shown.count("<td>") == 2


def test_a_hostile_report_becomes_text(request):
    text = (request.path.parent / "data" / "hostile.md").read_text(encoding="utf-8")
    shown = view(report(text))
    found = Elements(shown.body + shown.outline)
    assert found.tags <= TAGS
    assert found.attributes <= ATTRIBUTES
    assert all(link.startswith("#sec-") for link in found.links)
