"""The measures, each declared once: a name, its meaning, and its value for one case.

Takes judgements; gives values per case (None where a measure does not apply), and the figures
that belong to a whole set. Every judged case counts, answered or not. Knows nothing about
files.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.judge import DEPTH, Judgement

Value = Callable[[Judgement], float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure per case; that of a set is its mean."""

    name: str
    meaning: str
    """In Japanese, for reports."""
    value: Value
    higher_is_better: bool = True
    must_be: float | None = None
    """An invariant: any other value fails the gate."""


def _answerable(value: Value) -> Value:
    return lambda judged: value(judged) if judged.case.answerable else None


def _unanswerable(value: Value) -> Value:
    return lambda judged: value(judged) if judged.case.answerable is False else None


def _of_topic(topic: str, value: Value) -> Value:
    return lambda judged: value(judged) if judged.case.topic == topic else None


def _any_at(k: int) -> Value:
    return _answerable(lambda j: float(any(r is not None and r <= k for r in j.found_at)))


def _all_at(k: int) -> Value:
    return _answerable(lambda j: float(all(r is not None and r <= k for r in j.found_at)))


def _recall_at(k: int) -> Value:
    return _answerable(
        lambda j: sum(r is not None and r <= k for r in j.found_at) / len(j.found_at)
    )


def _section_at(k: int, of_all: bool) -> Value:
    combine = all if of_all else any
    return _answerable(
        lambda j: (
            float(combine(r is not None and r <= k for r in j.section_at)) if j.section_at else None
        )
    )


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """Return 1 / rank of the first relevant hit among the first ten, 0 where none is."""
    first = next((rank for rank, r in enumerate(relevant[:DEPTH], start=1) if r), None)
    return 1 / first if first else 0.0


def ndcg(relevant: Sequence[bool], total: int) -> float:
    """Return nDCG@10 with binary relevance, `total` relevant passages existing.

    Järvelin and Kekäläinen 2002, with the discount log2(rank + 1).
    """
    gain = sum(1 / math.log2(rank + 1) for rank, r in enumerate(relevant[:DEPTH], 1) if r)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(total, DEPTH) + 1))
    return min(1.0, gain / best) if best else 0.0


def _places(judged: Judgement) -> int:
    """Return how many passages hold the evidence: one a line, as a row or item stands on one."""
    return max(len({e.lines for e in judged.gold}), sum(judged.relevant))


MEASURES: tuple[Measure, ...] = (
    Measure("success", "厳密な正答", lambda j: float(j.is_success)),
    Measure(
        "success_answerable", "答えのある質問の正答", _answerable(lambda j: float(j.is_success))
    ),
    Measure("facts", "要点の網羅", _answerable(lambda j: j.facts)),
    Measure("any@1", "根拠の一つが1位", _any_at(1)),
    Measure("any@5", "根拠の一つが5位まで", _any_at(5)),
    Measure("any@10", "根拠の一つが10位まで", _any_at(10)),
    Measure("all@5", "根拠の全てが5位まで", _all_at(5)),
    Measure("all@10", "根拠の全てが10位まで", _all_at(10)),
    Measure("recall@10", "10位までの根拠の再現率", _recall_at(10)),
    Measure("section_any@5", "節の一つが5位まで", _section_at(5, of_all=False)),
    Measure("section_all@10", "節の全てが10位まで", _section_at(10, of_all=True)),
    Measure("mrr@10", "最初の根拠の順位の逆数", _answerable(lambda j: reciprocal_rank(j.relevant))),
    Measure("ndcg@10", "順位の良さ", _answerable(lambda j: ndcg(j.relevant, _places(j)))),
    Measure("citation_precision", "引用の適合率", lambda j: j.citation_precision),
    Measure("citation_recall", "引用の再現率", lambda j: j.citation_recall),
    Measure("pinpoint", "引用箇所の一致", _answerable(lambda j: j.pinpoint)),
    Measure("verbatim", "原文どおりの引用", lambda j: j.verbatim, must_be=1.0),
    Measure("resolved", "番号と引用の対応", lambda j: j.resolved, must_be=1.0),
    Measure(
        "unsupported_numbers",
        "引用にない数字",
        lambda j: float(j.unsupported_numbers),
        higher_is_better=False,
        must_be=0.0,
    ),
    Measure(
        "errors",
        "答えが返らない",
        lambda j: float(j.status in ("error", "missing")),
        higher_is_better=False,
        must_be=0.0,
    ),
    Measure(
        "abstention_recall",
        "答えのない質問の見分け",
        _unanswerable(lambda j: float(j.is_abstained)),
    ),
    Measure(
        "false_answers",
        "答えのない質問への答え",
        _unanswerable(lambda j: float(not j.is_abstained)),
        higher_is_better=False,
    ),
    Measure(
        "over_refusal",
        "答えのある質問への断り",
        _answerable(lambda j: float(j.is_abstained)),
        higher_is_better=False,
    ),
    Measure("followup", "続きの質問の正答", _of_topic("followup", lambda j: float(j.is_success))),
    Measure("switch", "話題を変えた質問の正答", _of_topic("switch", lambda j: float(j.is_success))),
    Measure(
        "contamination",
        "前の話題の混入",
        lambda j: j.contaminated,
        higher_is_better=False,
    ),
    Measure("length", "答えの字数", _answerable(lambda j: float(j.length)), higher_is_better=False),
)


def abstention(judged: Sequence[Judgement]) -> dict[str, float | None]:
    """Return precision, recall and F1 of saying that the report does not say."""
    right = sum(j.is_abstained for j in judged if j.case.answerable is False)
    wrong = sum(j.is_abstained for j in judged if j.case.answerable)
    all_unanswerable = sum(j.case.answerable is False for j in judged)
    precision = right / (right + wrong) if right + wrong else None
    recall = right / all_unanswerable if all_unanswerable else None
    total = right + wrong + all_unanswerable
    return {"precision": precision, "recall": recall, "f1": 2 * right / total if total else None}


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What happens when only the surest answers are given."""

    coverage: float
    """Share of all cases that are answered."""
    risk: float
    """Share of those answers that are wrong."""


def risk_coverage(judged: Sequence[Judgement]) -> list[RiskPoint]:
    """Return the risk at each coverage, the surest answers first (El-Yaniv and Wiener 2010)."""
    given = [j for j in judged if j.confidence is not None]
    given.sort(key=lambda j: (-(j.confidence or 0.0), j.case.id))
    wrong, points = 0, []
    for number, j in enumerate(given, start=1):
        wrong += not j.is_success
        points.append(RiskPoint(number / len(judged), wrong / number))
    return points


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence."""

    confidence: float
    accuracy: float
    cases: int


def calibration(judged: Sequence[Judgement], bins: int = 10) -> list[Bin]:
    """Return confidence against accuracy in equal-width bins; empty bins are left out."""
    found = []
    for number in range(bins):
        inside = [
            j
            for j in judged
            if j.confidence is not None and min(int(j.confidence * bins), bins - 1) == number
        ]
        if inside:
            confidence = sum(j.confidence or 0.0 for j in inside) / len(inside)
            accuracy = sum(j.is_success for j in inside) / len(inside)
            found.append(Bin(confidence, accuracy, len(inside)))
    return found


def calibration_error(judged: Sequence[Judgement]) -> float | None:
    """Return the expected calibration error (Guo et al. 2017), None where nothing is answered."""
    found = calibration(judged)
    total = sum(b.cases for b in found)
    return sum(abs(b.confidence - b.accuracy) * b.cases for b in found) / total if total else None
