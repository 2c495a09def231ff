"""May this change go in? Invariants, and no significant loss against a baseline.

Takes the figures of a run and of the baseline; gives the reasons why not, in Japanese.
"""

from collections.abc import Mapping
from typing import Any

from evals.compare import changes
from evals.measures import MEASURES

WATCHED = (
    "success",
    "facts",
    "any@5",
    "all@10",
    "mrr@10",
    "ndcg@10",
    "citation_precision",
    "citation_recall",
    "pinpoint",
    "false_answers",
    "over_refusal",
)
"""Measures whose significant loss fails the gate."""

FAILED = 10
"""Exit code of a gate that does not open; 2 is bad input."""


def objections(baseline: Mapping[str, Any], figures: Mapping[str, Any]) -> list[str]:
    """Return why the run must not go in, [] where it may.

    Raises:
        InputError: the two runs are not of the same cases.
    """
    return [*_broken_invariants(figures), *_losses(baseline, figures)]


def _broken_invariants(figures: Mapping[str, Any]) -> list[str]:
    found = []
    for measure in MEASURES:
        figure = figures["measures"].get(measure.name)
        if measure.must_be is None or figure is None or figure["mean"] == measure.must_be:
            continue
        values = figures["values"][measure.name]
        cases = [c for c, value in values.items() if value not in (None, measure.must_be)]
        found.append(
            f"{measure.meaning}（{measure.name}）は {measure.must_be:g} でなければなりませんが、"
            f"{figure['mean']:.3f} です（{'、'.join(cases[:5])}）。"
        )
    return found


def _losses(baseline: Mapping[str, Any], figures: Mapping[str, Any]) -> list[str]:
    return [
        f"{change.measure.meaning}（{change.measure.name}）が {change.before:.3f} から "
        f"{change.after:.3f} に悪化しました（差の95％区間 {change.difference.low:+.3f}～"
        f"{change.difference.high:+.3f}）。"
        for change in changes(baseline, figures)
        if change.measure.name in WATCHED and change.is_loss
    ]
