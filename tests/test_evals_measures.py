"""The measures over a set, their intervals, comparison and gate."""

import random

import ir_measures
import pytest

from corpus.errors import InputError
from evals.cases import Case
from evals.compare import case_changes, changes
from evals.gate import objections
from evals.intervals import difference, estimate
from evals.judge import judge
from evals.measures import (
    MEASURES,
    abstention,
    calibration_error,
    ndcg,
    reciprocal_rank,
    risk_coverage,
)
from evals.score import as_bytes, metrics

TEXT = "避難所を45か所に増やす。"
QUOTE = {"lines": [1, 1], "quote": TEXT}


def judged(case_id, answerable=True, status="answered", confidence=None, answer=TEXT + " [1]"):
    gold = {"id": case_id, "kind": "fact", "question": "？", "answerable": answerable}
    if answerable:
        gold |= {"evidence": [QUOTE], "key_facts": [["45か所"]]}
    place = {"line_start": 1, "line_end": 1, "char_start": 0, "char_end": len(TEXT)}
    citations = [{"number": 1, "quote": TEXT, **place}] if status == "answered" else []
    hits = [{"text": TEXT, **place}]
    given = {
        "status": status,
        "answer": answer,
        "citations": citations,
        "hits": hits,
        "confidence": confidence,
    }
    return judge(Case.model_validate(gold), given, TEXT)


RANKINGS = [[True], [False, True], [False] * 3 + [True, False, True], [False] * 10, [True] * 10]


@pytest.mark.parametrize("relevant", RANKINGS, ids=range(len(RANKINGS)))
@pytest.mark.parametrize("missing", [0, 2], ids=["all-found", "two-missing"])
def test_ranking_measures_agree_with_ir_measures(relevant, missing):
    total = sum(relevant) + missing
    if not total:
        pytest.skip("ir_measures leaves out a query without relevant documents")
    names = [f"d{n}" for n in range(len(relevant))]
    qrels = [ir_measures.Qrel("q", n, 1) for n, r in zip(names, relevant, strict=True) if r]
    qrels += [ir_measures.Qrel("q", f"missing{n}", 1) for n in range(missing)]
    run = [ir_measures.ScoredDoc("q", name, -rank) for rank, name in enumerate(names)]
    theirs = ir_measures.calc_aggregate([ir_measures.nDCG @ 10, ir_measures.RR @ 10], qrels, run)
    assert ndcg(relevant, total) == pytest.approx(theirs[ir_measures.nDCG @ 10])
    assert reciprocal_rank(relevant) == pytest.approx(theirs[ir_measures.RR @ 10])


def test_measures_are_declared_once():
    names = [measure.name for measure in MEASURES]
    assert len(names) == len(set(names))


def test_abstention_counts_both_kinds_of_error():
    cases = [
        judged("a", answerable=False, status="unsure"),
        judged("b", answerable=False),
        judged("c", status="not_in_report"),
        judged("d"),
    ]
    assert abstention(cases) == {"precision": 0.5, "recall": 0.5, "f1": 0.5}


def test_the_surest_answers_come_first_in_the_risk_curve():
    cases = [
        judged("right", confidence=0.9),
        judged("wrong", confidence=0.4, answer="? [1]"),
        judged("refused", status="unsure"),
    ]
    points = risk_coverage(cases)
    assert [(round(p.coverage, 3), p.risk) for p in points] == [(0.333, 0.0), (0.667, 0.5)]


def test_calibration_error_is_the_gap_between_confidence_and_accuracy():
    # Two answers of confidence .8, one right: the gap is |.8 - .5|.
    cases = [judged("a", confidence=0.8), judged("b", confidence=0.8, answer="? [1]")]
    assert calibration_error(cases) == pytest.approx(0.3)
    assert calibration_error([judged("c", status="unsure")]) is None


def test_an_interval_holds_the_mean_and_is_the_same_every_time():
    values = {f"c{n}": float(n % 3 == 0) for n in range(60)}
    first, second = estimate(values, {}), estimate(values, {})
    assert first == second
    assert first is not None and first.low <= first.mean <= first.high
    assert first.mean == pytest.approx(1 / 3)


def test_cases_of_one_conversation_are_drawn_together():
    values = {f"c{n}": float(n < 30) for n in range(60)}
    alone = estimate(values, {})
    together = estimate(values, {f"c{n}": f"u{n // 10}" for n in range(60)})
    assert alone is not None and together is not None
    assert together.high - together.low > alone.high - alone.low


def test_what_does_not_apply_is_left_out_of_the_mean():
    found = estimate({"a": 1.0, "b": None}, {})
    assert found is not None and (found.mean, found.cases) == (1.0, 1)
    assert estimate({"a": None}, {}) is None
    assert difference({"a": 1.0}, {"b": 1.0}, {}) is None


def test_every_judged_case_counts():
    figures = metrics("s", [judged("a"), judged("b", status="error", answer="")])
    assert figures["measures"]["success"]["mean"] == 0.5
    assert figures["measures"]["errors"]["mean"] == 0.5


def test_equal_inputs_give_equal_bytes():
    cases = [judged(f"c{n}", confidence=n / 10) for n in range(10)]
    assert as_bytes(metrics("s", cases)) == as_bytes(metrics("s", list(cases)))


def figures(wrong=(), count=40):
    rights = [judged(f"c{n}") for n in range(count) if n not in wrong]
    wrongs = [judged(f"c{n}", answer="? [1]") for n in wrong]
    return metrics("s", rights + wrongs)


def test_the_gate_opens_for_the_same_figures():
    assert objections(figures(), figures()) == []


def test_the_gate_lets_one_unlucky_case_through():
    assert objections(figures(), figures(wrong=[3])) == []


def test_the_gate_stops_a_significant_loss():
    found = objections(figures(), figures(wrong=range(10)))
    assert any("success" in reason for reason in found)


def test_the_gate_stops_any_break_of_an_invariant():
    broken = metrics(
        "s", [judged(f"c{n}") for n in range(39)] + [judged("c39", answer="99か所 [1]")]
    )
    found = objections(figures(), broken)
    assert any("unsupported_numbers" in reason and "c39" in reason for reason in found)


def test_runs_of_other_cases_cannot_be_compared():
    with pytest.raises(InputError, match="比べられません"):
        changes(figures(), figures(count=39))


def test_wins_ties_and_losses_are_counted():
    change = next(
        c for c in changes(figures(wrong=[1]), figures(wrong=[2, 3])) if c.measure.name == "success"
    )
    assert (change.wins, change.ties, change.losses) == (1, 37, 2)


def test_the_worst_cases_come_first():
    found = case_changes(figures(wrong=[1]), figures(wrong=[2]))
    assert [change.case for change in found] == ["c2", "c1"]


def test_rankings_of_chance_stay_between_0_and_1():
    generator = random.Random(1)
    for _ in range(200):
        relevant = [generator.random() < 0.3 for _ in range(10)]
        assert 0 <= ndcg(relevant, max(1, sum(relevant))) <= 1
