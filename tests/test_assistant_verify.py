"""Stage 5: no quotation that is not verbatim, no number that is not in its source."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Status
from assistant.cite import cite
from assistant.composing.draft import Claim, Draft, Source, whole
from assistant.verify import is_verbatim, verify
from corpus.markup import fold
from corpus.model import Metadata, Span
from corpus.parse import parse_report

TEXT = (
    "# 防災\n\n- 水位計を**16か所**から45か所に増やす。\n"
    "- 結成率を68%から90%に引き上げる。実施しない。\n"
)
REPORT = parse_report(TEXT, "r", Metadata("防災"), "0" * 64)
GAUGES, RATE = (p for p in REPORT.passages if p.kind == "item")
QUOTE = "水位計を16か所から45か所に増やす。"


def draft(*claims: Claim) -> Draft:
    return Draft(Status.ANSWERED, "次の記述があります。", claims, is_list=True)


def test_what_stands_in_the_report_stays():
    checked = verify(cite(draft(Claim(QUOTE, (whole(REPORT, GAUGES),)))))
    assert [c.quote for c in checked.citations] == [QUOTE]
    assert checked.text.endswith(f"- {QUOTE} [1]")


WRONG = [
    ("digit", "水位計を16か所から46か所に増やす。"),
    ("digits-swapped", "水位計を61か所から45か所に増やす。"),
    ("unit", "水位計を16か月から45か所に増やす。"),
    ("particle", "水位計が16か所から45か所に増やす。"),
    ("negation", "水位計を16か所から45か所に増やさない。"),
    ("other-place", "結成率を68%から90%に引き上げる。"),
    ("invented", "水位計を廃止する。"),
]


@pytest.mark.parametrize("text", [w[1] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_claim_that_its_source_does_not_bear_out_is_dropped(text):
    good = Claim(QUOTE, (whole(REPORT, GAUGES),))
    checked = verify(cite(draft(Claim(text, (whole(REPORT, GAUGES),)), good)))
    assert [claim.text for claim in checked.draft.claims] == [QUOTE]
    assert [c.number for c in checked.citations] == [1]


def test_where_no_claim_holds_nothing_is_answered():
    checked = verify(cite(draft(Claim("水位計を廃止する。", (whole(REPORT, GAUGES),)))))
    assert checked.draft.status is Status.UNSURE
    assert checked.citations == ()


def test_a_claim_without_a_source_is_dropped():
    assert verify(cite(draft(Claim(QUOTE, ())))).citations == ()


@pytest.mark.parametrize("shift", [-3, 5], ids=["before", "beyond"])
def test_a_span_outside_its_passage_is_no_source(shift):
    span = Span(GAUGES.span.start + min(shift, 0), GAUGES.span.end + max(shift, 0))
    claim = Claim(QUOTE, (Source(REPORT, GAUGES, span),))
    assert verify(cite(draft(claim))).citations == ()


@given(st.data())
def test_a_quotation_with_one_character_changed_is_never_verbatim(data):
    passage = data.draw(st.sampled_from([GAUGES, RATE]))
    source = whole(REPORT, passage).quote
    at = data.draw(st.integers(0, len(source) - 1))
    edit = data.draw(st.sampled_from(["replace", "insert", "delete"]))
    new = data.draw(st.sampled_from("0123456789あんをがはずなぬ年度月円%千"))
    changed = {
        "replace": source[:at] + new + source[at + 1 :],
        "insert": source[:at] + new + source[at:],
        "delete": source[:at] + source[at + 1 :],
    }[edit]
    inside = fold(changed) in fold(source)  # a shorter stretch of the same words is still verbatim
    assert is_verbatim(changed, passage.text) == (bool(fold(changed)) and inside)
    if edit != "delete" and changed != source:
        assert not is_verbatim(changed, passage.text)


SAME = [
    ("bold", "水位計を**16か所**から"),
    ("width", "水位計を１６か所から"),
    ("line-break", "水位計を16か所\nから"),
    ("full-width-space", "水位計を　16か所から"),
]


@pytest.mark.parametrize("quote", [s[1] for s in SAME], ids=[s[0] for s in SAME])
def test_layout_and_width_do_not_make_a_quotation_false(quote):
    assert is_verbatim(quote, TEXT)


@pytest.mark.parametrize("quote", ["", " ", "**", "<b></b>"], ids=["empty", "space", "bold", "tag"])
def test_nothing_is_not_a_quotation(quote):
    assert not is_verbatim(quote, TEXT)


def test_markers_are_numbered_in_order_of_first_use_and_a_place_once():
    first, second = whole(REPORT, RATE), whole(REPORT, GAUGES)
    cited = cite(
        draft(Claim("実施しない。", (first,)), Claim(QUOTE, (second,)), Claim("68%", (first,)))
    )
    assert [c.number for c in cited.citations] == [1, 2]
    assert [line.rsplit(" ", 1)[1] for line in cited.text.splitlines()[2:]] == ["[1]", "[2]", "[1]"]


def test_lines_of_a_quotation_are_those_of_its_sentence():
    text = "# 見出し\n\n一つ目の文。\n二つ目の文。\n"
    report = parse_report(text, "r", Metadata("x"), "0" * 64)
    passage = report.passages[-1]
    start = text.index("二")
    source = Source(report, passage, Span(start, start + 6))
    place = cite(draft(Claim("二つ目の文。", (source,)))).citations[0].place
    assert (place.line_start, place.line_end) == (4, 4)
    assert text[place.char_start : place.char_end] == "二つ目の文。"


def test_a_draft_keeps_its_notes_when_a_claim_is_dropped():
    kept = replace(draft(Claim(QUOTE, (whole(REPORT, GAUGES),)), Claim("嘘。", ())), lead="x")
    assert verify(cite(kept)).draft.lead == "x"


@pytest.mark.parametrize(
    "text",
    [
        "| 地区 | 戸数 | 人数 |\n|---|---|---|\n| 東 | 5 | 176,900 |\n",
        "地区\t戸数\t人数\n東\t5\t176,900\n",
    ],
    ids=["pipes", "tabs"],
)
def test_numbers_of_neighbouring_cells_are_numbers_of_their_own(text):
    report = parse_report(text, "t", Metadata("表"), "0" * 64)
    row = next(p for p in report.passages if p.kind == "row")
    kept = verify(cite(draft(Claim("東：5　176,900", (whole(report, row),)))))
    assert "東：5　176,900 [1]" in kept.text
    for wrong in ("東：51　76,900", "東：5176,900", "東：5　76,900"):
        assert verify(cite(draft(Claim(wrong, (whole(report, row),))))).citations == ()
