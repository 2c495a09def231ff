"""One answer against its gold."""

import pytest

from evals.cases import Case
from evals.judge import judge

TEXT = (
    "# 避難\n\n- 水位計を16か所から45か所に増やす。\n"
    "- 結成率を90%に引き上げる。\n- 訓練は年1回行う。\n"
)
LINES = TEXT.split("\n")
GAUGES, RATE, DRILL = 3, 4, 5


def place(line, words=None):
    """A citation or hit of the words of a line."""
    words = words or LINES[line - 1].removeprefix("- ")
    start = TEXT.index(words)
    return {
        "line_start": line,
        "line_end": line,
        "char_start": start,
        "char_end": start + len(words),
        "section_path": ["避難"],
        "quote": words,
        "text": words,
        "table": None,
    }


def answered(text, *lines, hits=(GAUGES, RATE, DRILL), **more):
    citations = [{"number": n, **place(line)} for n, line in enumerate(lines, start=1)]
    return {
        "status": "answered",
        "answer": text,
        "citations": citations,
        "hits": [place(line) for line in hits],
        "confidence": 0.5,
        **more,
    }


def case(**more):
    gold = {
        "id": "c",
        "kind": "fact",
        "question": "水位計はいくつ？",
        "answerable": True,
        "evidence": [{"lines": [GAUGES, GAUGES], "quote": "45か所に増やす"}],
        "sections": ["避難"],
        "key_facts": [["45か所", "45箇所"]],
    }
    return Case.model_validate({**gold, **more})


GOOD = "水位計を16か所から45か所に増やす。 [1]"


def test_a_right_answer_is_a_success():
    judged = judge(case(), answered(GOOD, GAUGES), TEXT)
    assert judged.is_success
    assert (judged.citation_precision, judged.citation_recall, judged.facts) == (1.0, 1.0, 1.0)
    assert (judged.pinpoint, judged.verbatim, judged.resolved) == (1.0, 1.0, 1.0)
    assert judged.unsupported_numbers == 0
    assert judged.found_at == (1,)


WRONG = [
    ("fact-missing", answered("水位計を増やす。 [1]", GAUGES)),
    ("cites-the-neighbour", answered(GOOD, RATE)),
    ("mostly-other-places", answered(GOOD + "[2][3]", GAUGES, RATE, DRILL)),
    ("no-citation", answered("45か所")),
    ("too-long", answered(GOOD + "あ" * 500, GAUGES)),
    ("refused", {**answered(GOOD, GAUGES), "status": "unsure"}),
]


@pytest.mark.parametrize("answer", [w[1] for w in WRONG], ids=[w[0] for w in WRONG])
def test_strict_success_wants_everything(answer):
    assert not judge(case(), answer, TEXT).is_success


def test_half_of_the_citations_on_gold_suffices():
    assert judge(case(), answered(GOOD + "[2]", GAUGES, RATE), TEXT).is_success


def test_other_evidence_may_suffice_by_itself():
    other = case(
        alternatives=[[{"lines": [RATE, RATE], "quote": "結成率を90%"}]], key_facts=[["90%"]]
    )
    judged = judge(other, answered("結成率を90%に引き上げる。 [1]", RATE), TEXT)
    assert judged.is_success
    assert judged.gold[0].lines == (RATE, RATE)


UNANSWERABLE = {"answerable": False, "evidence": [], "key_facts": [], "sections": []}


@pytest.mark.parametrize(
    ("status", "expected"), [("not_in_report", True), ("unsure", True), ("answered", False)]
)
def test_what_the_report_does_not_say_wants_a_refusal(status, expected):
    answer = {"status": status, "answer": "見当たりません。", "citations": [], "hits": []}
    assert judge(case(**UNANSWERABLE), answer, TEXT).is_success is expected


def test_a_refusal_with_a_citation_is_none():
    answer = {**answered("見当たりません。 [1]", RATE), "status": "not_in_report"}
    assert not judge(case(**UNANSWERABLE), answer, TEXT).is_success


def test_small_talk_wants_neither_answer_nor_refusal():
    talk = case(**{**UNANSWERABLE, "answerable": None})
    assert judge(talk, {"status": "smalltalk", "answer": "どういたしまして。"}, TEXT).is_success
    assert not judge(talk, {"status": "not_in_report", "answer": ""}, TEXT).is_success


def test_a_quotation_with_one_character_changed_is_not_verbatim():
    answer = answered(GOOD, GAUGES)
    answer["citations"][0]["quote"] = "水位計を16か所から46か所に増やす。"
    assert judge(case(), answer, TEXT).verbatim == 0.0


def test_a_quotation_must_stand_at_its_own_place():
    answer = answered(GOOD, GAUGES)
    answer["citations"][0]["char_start"] += 40
    answer["citations"][0]["char_end"] += 40
    assert judge(case(), answer, TEXT).verbatim == 0.0


UNSUPPORTED = [
    ("supported", "水位計を45か所に増やす。 [1]", 0),
    ("other-number", "水位計を54か所に増やす。 [1]", 1),
    ("lead-without-marker", "次の3点があります。\n\n45か所 [1]", 0),
    ("comma", "1,045か所 [1]", 1),
]


@pytest.mark.parametrize(
    ("text", "n"), [u[1:] for u in UNSUPPORTED], ids=[u[0] for u in UNSUPPORTED]
)
def test_numbers_that_no_citation_has_are_counted(text, n):
    assert judge(case(), answered(text, GAUGES), TEXT).unsupported_numbers == n


@pytest.mark.parametrize(("text", "share"), [("a [1]", 1.0), ("a [1][2]", 0.5), ("a", 0.0)])
def test_markers_and_citations_belong_to_each_other(text, share):
    assert judge(case(), answered(text, GAUGES), TEXT).resolved == share


def test_a_hit_longer_than_a_passage_does_not_count():
    long = {**place(GAUGES), "text": "水位計を16か所から45か所に増やす。" * 20}
    answer = answered(GOOD, GAUGES, hits=())
    answer["hits"] = [long]
    assert judge(case(), answer, TEXT).found_at == (None,)
    row = {**long, "table": {"caption": None}}
    assert judge(case(), {**answer, "hits": [row]}, TEXT).found_at == (1,)


def test_a_missing_answer_is_judged_all_the_same():
    judged = judge(case(), {"status": "missing"}, TEXT)
    assert not judged.is_success
    assert judged.found_at == (None,)
    assert judged.verbatim is None


@pytest.mark.parametrize(("alone", "expected"), [(GAUGES, 0.0), (RATE, 1.0)], ids=["same", "other"])
def test_a_topic_before_must_not_show_in_the_answer_to_a_new_one(alone, expected):
    answer = {**answered(GOOD, GAUGES), "alone": answered(GOOD, alone)}
    assert judge(case(topic="switch"), answer, TEXT).contaminated == expected
