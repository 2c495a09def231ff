"""How sure a figure is: 95 % bootstrap intervals.

Takes values per case; gives means with intervals, and paired differences. Cases of one
conversation are drawn together. Seeded: the same values give the same interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

SAMPLES = 2000
_SEED = 20190601
_LOW, _HIGH = 2.5, 97.5


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and where it lies with 95 % confidence."""

    mean: float
    low: float
    high: float
    cases: int


def estimate(values: Mapping[str, float | None], units: Mapping[str, str]) -> Estimate | None:
    """Return the mean of the values that are not None, None where there are none.

    Args:
        values: value of each case.
        units: for each case, what is drawn with it (its conversation, or itself).
    """
    known = {case: value for case, value in values.items() if value is not None}
    if not known:
        return None
    sums, counts = _by_unit(known, units)
    drawn = _draws(len(sums))
    means = (drawn @ sums) / (drawn @ counts)
    low, high = np.percentile(means, [_LOW, _HIGH])
    mean = float(sums.sum() / counts.sum())
    return Estimate(mean, float(low), float(high), len(known))


def difference(
    before: Mapping[str, float | None],
    after: Mapping[str, float | None],
    units: Mapping[str, str],
) -> Estimate | None:
    """Return the mean of after - before over the cases that both have, with its interval."""
    both = {
        case: (later - earlier)
        for case, earlier in before.items()
        if earlier is not None and (later := after.get(case)) is not None
    }
    return estimate(both, units)


def _by_unit(
    values: Mapping[str, float], units: Mapping[str, str]
) -> tuple[np.ndarray, np.ndarray]:
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for case in sorted(values):
        unit = units.get(case, case)
        sums[unit] = sums.get(unit, 0.0) + values[case]
        counts[unit] = counts.get(unit, 0) + 1
    return np.array(list(sums.values())), np.array(list(counts.values()), dtype=float)


def _draws(units: int) -> np.ndarray:
    """Return how often each unit is drawn in each resample, shape (SAMPLES, units)."""
    generator = np.random.default_rng(_SEED)
    return generator.multinomial(units, np.full(units, 1 / units), size=SAMPLES).astype(float)
