"""Fits what is learned: `python -m evals.fit` writes trees.json and answerable.json anew.

Asks all questions of `grounds.py`; fits the trees that say which passage answers, and two
regressions on what is then proposed: whether the report says what is asked, and whether the
answer is right. The regressions see each report as weighed by trees fitted without it, and the
figures that are shown are those of reports left out. The test set takes no part.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.refusing import answerable
from assistant.refusing.answerable import Logistic
from assistant.weighing import trees as weighing
from evals.boost import fit_trees, trees_from
from evals.examples import Example, Found, example, found
from evals.grounds import opened

_TREES = Path(weighing.__file__).with_suffix(".json")
_WRITTEN = Path(answerable.__file__).with_suffix(".json")

SAID = ("best", "cited", "section", "words", "long", "names", "listed", "labelled")
RIGHT = ("best", "cited", "section", "words", "shown", "listed", "labelled")
"""The signs of each regression."""

_GENERAL = 0.1
"""How much a general question counts: there are as many as one likes."""
_RIDGE = 1.0
"""How strongly weights are held near 0."""
_THRESHOLDS = (0.0, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
ANSWER_FROM = 0.5
UNSURE_FROM = 0.3

_Matrix = NDArray[np.float64]


def main() -> None:
    """Ask, fit, show how reports fare that were left out, and write both files."""
    parser = argparse.ArgumentParser(description="答えの選び方と、答えるかどうかの判断を学び直します。")
    parser.add_argument("--out", type=Path, help="書き込むフォルダー。指定しなければ付属のものを置き換えます。")
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as home, opened(Path(home)) as grounds:
        asked = [one for ground in grounds for one in found(ground)]
        examples = []
        for ground in grounds:
            others = [one for one in asked if one.report_id != ground.report_id]
            trees = trees_from(fit_trees(others))
            own = [one for one in asked if one.report_id == ground.report_id]
            examples += [example(ground, one, trees) for one in own]
            print(f"{ground.report_id}：{len(own)}問")
    _show(examples)
    _write(out / _TREES.name if out else _TREES, fit_trees(asked))
    content = json.dumps(fitted(examples), ensure_ascii=False, indent=1) + "\n"
    _write(out / _WRITTEN.name if out else _WRITTEN, content)


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    print(f"{path} を書きました。")


def fitted(examples: Sequence[Example]) -> dict[str, Any]:
    """Return the content of `answerable.json`, fitted on all of `examples`."""
    said, right = _fit_both(examples)
    content: dict[str, Any] = {
        name: {
            "weights": {sign: round(weight, 4) for sign, weight in model.weights.items()},
            "bias": round(model.bias, 4),
        }
        for name, model in (("said", said), ("right", right))
    }
    return {**content, "answer_from": ANSWER_FROM, "unsure_from": UNSURE_FROM}


def _fit_both(examples: Sequence[Example]) -> tuple[Logistic, Logistic]:
    """Return both regressions; that of being right rests on answers that are given."""
    said = fit(examples, SAID, lambda e: e.is_answerable)
    return said, fit(_answered(examples, said), RIGHT, lambda e: e.is_right)


def _answered(examples: Sequence[Example], said: Logistic) -> list[Example]:
    return [e for e in examples if e.case and _given(e, said, ANSWER_FROM)]


def _given(one: Example, said: Logistic, threshold: float) -> bool:
    return one.signs is not None and said.probability(one.signs) >= threshold


def fit(
    examples: Sequence[Example], names: Sequence[str], label: Callable[[Example], bool]
) -> Logistic:
    """Return the ridge logistic regression of `label` on the signs `names`, by Newton's method."""
    used = [e for e in examples if e.signs is not None]
    x = np.array([[*(e.signs[n] for n in names if e.signs), 1.0] for e in used])
    y = np.array([float(label(e)) for e in used])
    count = np.array([1.0 if e.case else _GENERAL for e in used])
    weights = _newton(x, y, count)
    return Logistic(dict(zip(names, map(float, weights), strict=False)), float(weights[-1]))


def _newton(x: _Matrix, y: _Matrix, count: _Matrix) -> _Matrix:
    ridge = 2 * _RIDGE * np.eye(x.shape[1])
    ridge[-1, -1] = 1e-9  # The bias is free.
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (count * (p - y)) + ridge @ weights
        curvature = (x.T * (count * p * (1 - p))) @ x + ridge
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def _show(examples: Sequence[Example]) -> None:
    """Print what each threshold would do to reports left out by trees and regression."""
    reports = list(dict.fromkeys(e.report_id for e in examples))
    models = {r: _fit_both([e for e in examples if e.report_id != r]) for r in reports}
    print("しきい値  成功  断りすぎ  誤って答える  一般の質問に答える")
    for threshold in _THRESHOLDS:
        given = [(e, _given(e, models[e.report_id][0], threshold)) for e in examples]
        own = [(e, g) for e, g in given if e.case]
        successes = _mean([e.is_right if e.is_answerable and g else not (e.is_answerable or g) for e, g in own])
        refused = _mean([not g for e, g in own if e.is_answerable])
        false = _mean([g for e, g in own if not e.is_answerable])
        general = _mean([g for e, g in given if not e.case])
        print(f"{threshold:8.2f}  {successes:.3f}  {refused:.3f}  {false:.3f}  {general:.3f}")
    for report in reports:
        said, right = models[report]
        own_answers = _answered([e for e in examples if e.report_id == report], said)
        print(f"{report}：確からしさの誤差 {_error(own_answers, right):.3f}")


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _error(given: Sequence[Example], right: Logistic) -> float:
    """Return the expected calibration error of answers over ten bins."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in given:
        confidence = right.probability(one.signs or {})
        bins.setdefault(min(int(10 * confidence), 9), []).append((confidence, one.is_right))
    gaps = [abs(sum(c for c, _ in inside) - sum(r for _, r in inside)) for inside in bins.values()]
    return sum(gaps) / len(given) if given else 0.0


if __name__ == "__main__":
    main()
