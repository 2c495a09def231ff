"""A run's answers → its figures.

Takes cases, answers and the reports' texts; gives one JSON value with every measure, its
interval, the figures by kind and the values per case. The same inputs give the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.cases import Case
from evals.intervals import estimate
from evals.judge import Json, Judgement, judge
from evals.measures import (
    MEASURES,
    Bin,
    RiskPoint,
    abstention,
    calibration,
    calibration_error,
    risk_coverage,
)

_MISSING: Json = {"status": "missing"}


def judgements(
    cases: Sequence[Case], answers: Mapping[str, Json], texts: Mapping[str, str]
) -> list[Judgement]:
    """Judge every case; one without an answer counts as missing, never as left out.

    Args:
        cases: the gold.
        answers: answer objects by case id.
        texts: source text of each report by its id.
    """
    return [judge(case, answers.get(case.id, _MISSING), _text(case, texts)) for case in cases]


def metrics(name: str, judged: Sequence[Judgement]) -> dict[str, Any]:
    """Return the figures of a run on the set `name`."""
    values = {
        measure.name: {j.case.id: _rounded(measure.value(j)) for j in judged}
        for measure in MEASURES
    }
    return {
        "set": name,
        "cases": len(judged),
        "measures": {measure: _figure(by_case) for measure, by_case in values.items()},
        "abstention": {key: _rounded(value) for key, value in abstention(judged).items()},
        "calibration_error": _rounded(calibration_error(judged)),
        "calibration": [_dict(b) for b in calibration(judged)],
        "risk_coverage": [_dict(point) for point in risk_coverage(judged)],
        "by_kind": _by_kind(judged),
        "values": values,
    }


def as_bytes(figures: Mapping[str, Any]) -> bytes:
    """Return `figures` as JSON that is equal for equal figures."""
    return (json.dumps(figures, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _figure(by_case: Mapping[str, float | None]) -> dict[str, Any] | None:
    found = estimate(by_case, {})
    if found is None:
        return None
    bounds = {key: _rounded(getattr(found, key)) for key in ("mean", "low", "high")}
    return {**bounds, "cases": found.cases}


def _by_kind(judged: Sequence[Judgement]) -> dict[str, dict[str, float | int]]:
    kinds = sorted({j.case.kind for j in judged})
    groups = {kind: [j for j in judged if j.case.kind == kind] for kind in kinds}
    return {
        kind: {"cases": len(group), "success": sum(j.is_success for j in group)}
        for kind, group in groups.items()
    }


def _text(case: Case, texts: Mapping[str, str]) -> str:
    """Return the source that the case is asked of; all of them where it names none."""
    return texts.get(case.report or "", "\n".join(texts.values()))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _dict(value: Bin | RiskPoint) -> dict[str, float]:
    return {name: round(number, 6) for name, number in asdict(value).items()}
