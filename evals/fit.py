"""Fitting when to answer: `python -m evals.fit` writes `assistant/refusing/answerable.json` anew.

Takes the shipped dev set and further reports with their questions; fits two small logistic
regressions, one for whether the report says what is asked, one for whether the answer is right,
and shows what each threshold would do to questions of a report that was left out. The test set
takes no part.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.ask import Assistant
from assistant.refusing import answerable
from assistant.refusing.answerable import Logistic
from corpus.library import add
from corpus.settings import Settings
from evals.cases import read_cases
from evals.examples import NEAR_MISS, Asked, Example, examples, lines_of

_WRITTEN = Path(answerable.__file__).with_suffix(".json")
_SHIPPED = ("ict-global-strategy", Path(__file__).parent / "sets" / "dev.jsonl")
_FURTHER = {"bosai.md": None, "chiiki-iryo.md": "chiiki-iryo.jsonl", "suido.txt": "suido.jsonl"}
"""Reports in `tests/data` with their questions; `nearmiss.tsv` has more on each."""
_DATA = Path(__file__).parent.parent / "tests" / "data"

SAID = ("words", "long", "names")
RIGHT = ("words", "shown", "listed")
"""The signs of each regression; more of them did worse on a report that was left out."""

_COUNTS = {"own": 3.0, "written": 1.5, "removed": 0.25, "cross": 0.1, "off": 0.3}
"""How much an unanswerable question of each origin counts: real ones are few, made ones many."""

_RIDGES: dict[tuple[str, ...], float] = {SAID: 0.05, RIGHT: 2.0}
"""How strongly weights are held near 0; confidence is best held close to the mean."""

_THRESHOLDS = (0.0, 0.1, 0.2, 0.25, 0.3, 0.32, 0.35, 0.4, 0.5)
ANSWER_FROM = 0.32
UNSURE_FROM = 0.2

_Matrix = NDArray[np.float64]


def main() -> None:
    """Collect examples, show what was left out fares, fit on all and write the weights."""
    parser = argparse.ArgumentParser(description="答えるかどうかの判断を学び直します。")
    parser.add_argument("--out", type=Path, default=_WRITTEN, help="重みを書くファイル。")
    out = parser.parse_args().out
    found = collect()
    _show(found)
    out.write_text(json.dumps(fitted(found), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{out} を書きました。")


def collect() -> list[Example]:
    """Return the examples of the shipped report and of the further ones, in a library apart."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        asked = [Asked(_SHIPPED[0], tuple(read_cases(_SHIPPED[1])))]
        for name, questions in _FURTHER.items():
            cases = tuple(read_cases(_DATA / questions)) if questions else ()
            asked.append(Asked(add(settings, _DATA / name).id, cases, written(name)))
        with Assistant.open(settings) as assistant:
            return list(examples(assistant, asked))


def written(report: str) -> tuple[tuple[bool, str], ...]:
    """Return the questions on `report` in `nearmiss.tsv`, each with whether the report says it."""
    rows = (line.split("\t") for line in lines_of(NEAR_MISS))
    return tuple((said == "yes", question) for name, said, question in rows if name == report)


def fitted(found: Sequence[Example]) -> dict[str, Any]:
    """Return the content of `answerable.json`, fitted on all of `found`."""
    said, right = _fit_both(found)
    models = {"said": said, "right": right}
    content: dict[str, Any] = {
        name: {
            "weights": {sign: round(weight, 4) for sign, weight in model.weights.items()},
            "bias": round(model.bias, 4),
        }
        for name, model in models.items()
    }
    return {**content, "answer_from": ANSWER_FROM, "unsure_from": UNSURE_FROM}


def _fit_both(found: Sequence[Example]) -> tuple[Logistic, Logistic]:
    """Return both regressions; that of being right rests on answers that are given."""
    said = fit(found, SAID, _said)
    return said, fit(_answered(found, said), RIGHT, _right)


def _answered(found: Sequence[Example], said: Logistic) -> list[Example]:
    own = (e for e in found if e.origin == "own" and e.signs)
    return [e for e in own if e.signs and said.probability(e.signs) >= ANSWER_FROM]


def _said(example: Example) -> bool:
    return example.is_answerable


def _right(example: Example) -> bool:
    return example.is_right


def _count(example: Example) -> float:
    return 1.0 if example.is_answerable else _COUNTS[example.origin]


def fit(
    found: Sequence[Example], names: Sequence[str], label: Callable[[Example], bool]
) -> Logistic:
    """Return the ridge logistic regression of `label` on the signs `names`, by Newton's method."""
    used = [e for e in found if e.signs is not None]
    x = np.array([[*(e.signs[n] for n in names if e.signs), 1.0] for e in used])
    y = np.array([float(label(e)) for e in used])
    is_said = label is _said
    count = np.array([_count(e) if is_said else 1.0 for e in used])
    weights = _newton(x, y, count, _RIDGES[tuple(names)])
    return Logistic(dict(zip(names, map(float, weights), strict=False)), float(weights[-1]))


def _newton(x: _Matrix, y: _Matrix, count: _Matrix, strength: float) -> _Matrix:
    ridge = 2 * strength * np.eye(x.shape[1])
    ridge[-1, -1] = 1e-9  # The bias is free.
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (count * (p - y)) + ridge @ weights
        curvature = (x.T * (count * p * (1 - p))) @ x + ridge
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def _show(found: Sequence[Example]) -> None:
    """Print for each report, fitted without it, what each threshold would do."""
    reports = list(dict.fromkeys(e.report_id for e in found))
    for report_id in reports:
        train = [e for e in found if e.report_id != report_id]
        rest = [e for e in found if e.report_id == report_id]
        said, right = _fit_both(train)
        print(f"\n{report_id}（この報告書を除いて学習）")
        print("しきい値  断りすぎ  誤って答える(実際 / 惜しい / 根拠なし / 別の報告書 / 無関係)")
        for threshold in _THRESHOLDS:
            groups = [[e for e in rest if e.is_answerable]]
            groups += [[e for e in rest if e.origin == o and not e.is_answerable] for o in _COUNTS]
            shares = [_given(group, said, threshold) for group in groups]
            figures = "  ".join(f"{share:.3f}" for share in (1 - shares[0], *shares[1:]))
            print(f"{threshold:8.2f}  {figures}")
        print(f"確からしさの誤差 {_error(_answered(rest, said), right):.3f}")


def _given(group: Sequence[Example], said: Logistic, threshold: float) -> float:
    """Return the share of a group that is answered."""
    given = [e for e in group if e.signs and said.probability(e.signs) >= threshold]
    return len(given) / len(group) if group else 0.0


def _error(given: Sequence[Example], right: Logistic) -> float:
    """Return the expected calibration error of answers over ten bins."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for example in given:
        confidence = right.probability(example.signs or {})
        bins.setdefault(min(int(10 * confidence), 9), []).append((confidence, example.is_right))
    gaps = [abs(sum(c for c, _ in inside) - sum(r for _, r in inside)) for inside in bins.values()]
    return sum(gaps) / len(given) if given else 0.0


if __name__ == "__main__":
    main()
