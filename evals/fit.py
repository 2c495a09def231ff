"""Fits when to answer: `python -m evals.fit` writes `said.json` and `answerable.json` anew.

Asks all questions of `grounds.py` and fits, on what the rules propose, trees that tell whether the
report says what is asked, and a regression that tells whether the answer is right. The regression
and all figures shown rest on trees that have not seen the report. The test set takes no part.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.refusing import answerable
from assistant.refusing.answerable import FILES, ODDS, Logistic, odds
from assistant.refusing.trees import content_of, trees_of
from evals.boost import fit_trees
from evals.examples import Example, examples
from evals.grounds import opened

_FOLDER = Path(answerable.__file__).parent
RIGHT = (ODDS, "shown", "listed", "labelled", "found_words")
"""The signs of the regression."""
_GENERAL = 0.1
"""How much a general question counts: there are as many as one likes."""
_RIDGE = 1.0
"""How strongly weights are held near 0."""
_THRESHOLDS = (0.0, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
ANSWER_FROM, UNSURE_FROM = 0.55, 0.35
"""Probabilities of being said: see `evals/README.md` for what others would do."""

_Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """An example with the probability that trees without its report give it."""

    example: Example
    said: float


def main() -> None:
    """Ask, fit, show how reports fare that were left out, and write both files."""
    parser = argparse.ArgumentParser(description="答えるかどうかの判断を学び直します。")
    parser.add_argument("--out", type=Path, default=_FOLDER, help="書き込むフォルダー。")
    out = parser.parse_args().out
    found = collect()
    seen = left_out(found)
    show(seen)
    said, rest = content_of(_trees(found)), json.dumps(answering(seen), indent=1) + "\n"
    for name, content in zip(FILES, (said, rest), strict=True):
        (out / name).write_text(content, encoding="utf-8")
    print(f"{out} に書きました。")


def collect() -> list[Example]:
    """Return the examples of all reports."""
    with tempfile.TemporaryDirectory() as home, opened(Path(home)) as grounds:
        return [example for ground in grounds for example in examples(ground)]


def left_out(found: Sequence[Example]) -> list[Seen]:
    """Return the examples, each as trees see it that were fitted on the other reports."""
    seen = []
    for report in dict.fromkeys(e.report_id for e in found):
        trees = trees_of(_trees([e for e in found if e.report_id != report]))
        own = [e for e in found if e.report_id == report]
        seen += [Seen(e, trees.probability(e.signs) if e.signs else 0.0) for e in own]
    return seen


def _trees(found: Sequence[Example]) -> dict[str, Any]:
    used = [(e, e.signs) for e in found if e.signs is not None]
    counts = [1.0 if e.case else _GENERAL for e, _ in used]
    return fit_trees([signs for _, signs in used], [e.is_answerable for e, _ in used], counts)


def answering(seen: Sequence[Seen]) -> dict[str, Any]:
    """Return the content of `answerable.json`."""
    right = fit_right(seen)
    weights = {sign: round(weight, 4) for sign, weight in right.weights.items()}
    thresholds = {"answer_from": ANSWER_FROM, "unsure_from": UNSURE_FROM}
    return {"right": {"weights": weights, "bias": round(right.bias, 4)}, **thresholds}


def fit_right(seen: Sequence[Seen]) -> Logistic:
    """Return how likely answers that are given are right, a ridge logistic regression."""
    given = [s for s in seen if s.example.case and s.said >= ANSWER_FROM]
    x = np.array([[*map(_signs(s).__getitem__, RIGHT), 1.0] for s in given])
    weights = _newton(x, np.array([float(s.example.is_right) for s in given]))
    return Logistic(dict(zip(RIGHT, map(float, weights), strict=False)), float(weights[-1]))


def _signs(seen: Seen) -> dict[str, float]:
    return {**(seen.example.signs or {}), ODDS: odds(seen.said)}


def _newton(x: _Matrix, y: _Matrix) -> _Matrix:
    ridge = 2 * _RIDGE * np.eye(x.shape[1])
    ridge[-1, -1] = 1e-9  # The bias is free.
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + ridge @ weights
        weights = weights - np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, gradient)
    return weights


def show(seen: Sequence[Seen]) -> None:
    """Print what each threshold would do to the reports that were left out."""
    print("しきい値  成功  断りすぎ  誤って答える  一般の質問に答える  確からしさの誤差")
    for threshold in _THRESHOLDS:
        own = [s for s in seen if s.example.case]
        success = [_succeeds(s, threshold) for s in own]
        refused = [s.said < threshold for s in own if s.example.is_answerable]
        false = [_given(s, threshold) for s in own if not s.example.is_answerable]
        general = [_given(s, threshold) for s in seen if not s.example.case]
        figures = "  ".join(f"{_mean(v):.3f}" for v in (success, refused, false, general))
        print(f"{threshold:8.2f}  {figures}")
    print(f"確からしさの誤差 {calibration_error(seen, fit_right(seen)):.3f}")


def _given(seen: Seen, threshold: float) -> bool:
    return seen.example.signs is not None and seen.said >= threshold


def _succeeds(seen: Seen, threshold: float) -> bool:
    given = _given(seen, threshold)
    return given and seen.example.is_right if seen.example.is_answerable else not given


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def calibration_error(seen: Sequence[Seen], right: Logistic) -> float:
    """Return the expected calibration error of the answers that are given, over ten bins."""
    given = [s for s in seen if s.example.case and s.said >= ANSWER_FROM]
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in given:
        confidence = right.probability(_signs(one))
        bins.setdefault(min(int(10 * confidence), 9), []).append((confidence, one.example.is_right))
    gaps = [abs(sum(c for c, _ in inside) - sum(r for _, r in inside)) for inside in bins.values()]
    return sum(gaps) / len(given) if given else 0.0


if __name__ == "__main__":
    main()
