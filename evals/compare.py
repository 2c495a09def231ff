"""Two runs side by side: what became better, what worse, and how sure that is.

Takes the figures of two runs of one set; gives the paired difference of every measure and of
every case. Knows nothing about how they were made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.errors import InputError
from evals.intervals import Estimate, difference
from evals.measures import MEASURES, Measure


@dataclass(frozen=True, slots=True)
class Change:
    """How one measure differs between two runs."""

    measure: Measure
    before: float
    after: float
    difference: Estimate
    wins: int
    ties: int
    losses: int

    @property
    def is_loss(self) -> bool:
        """True where it became worse and the interval leaves no doubt."""
        better = self.measure.higher_is_better
        return self.difference.high < 0 if better else self.difference.low > 0


@dataclass(frozen=True, slots=True)
class CaseChange:
    """How one case differs in success, then in the mean of its other values."""

    case: str
    success: float
    others: float


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the change of every measure that both runs have.

    Raises:
        InputError: the runs are not of the same cases.
    """
    if set(before["values"]["success"]) != set(after["values"]["success"]):
        raise InputError("質問の異なる結果は比べられません。同じ質問で評価し直してください。")
    found = []
    for measure in MEASURES:
        old, new = before["values"].get(measure.name), after["values"].get(measure.name)
        estimate = difference(old or {}, new or {}, {})
        if estimate is None:
            continue
        pairs = [(old[c], new[c]) for c in old if old[c] is not None and new.get(c) is not None]
        sign = 1 if measure.higher_is_better else -1
        gains = [sign * (later - earlier) for earlier, later in pairs]
        found.append(
            Change(
                measure=measure,
                before=sum(earlier for earlier, _ in pairs) / len(pairs),
                after=sum(later for _, later in pairs) / len(pairs),
                difference=estimate,
                wins=sum(gain > 0 for gain in gains),
                ties=sum(gain == 0 for gain in gains),
                losses=sum(gain < 0 for gain in gains),
            )
        )
    return found


def case_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[CaseChange]:
    """Return the cases that changed, the worst losses first."""
    found = []
    for case in before["values"]["success"]:
        success = after["values"]["success"][case] - before["values"]["success"][case]
        others = [
            (1 if m.higher_is_better else -1) * (new - old)
            for m in MEASURES
            if m.name not in ("success", "length")
            and (old := before["values"][m.name].get(case)) is not None
            and (new := after["values"][m.name].get(case)) is not None
        ]
        mean = sum(others) / len(others) if others else 0.0
        if success or mean:
            found.append(CaseChange(case, success, mean))
    return sorted(found, key=lambda change: (change.success, change.others, change.case))
