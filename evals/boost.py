"""Fits boosted trees: signs and labels → an ensemble.

Gives the content of the file that `assistant/refusing/trees.py` reads. scikit-learn fits the
trees; only their numbers leave it. Knows nothing about what the signs mean.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

_DIGITS = 5
"""Figures of a number that are kept."""


def fit_trees(
    signs: Sequence[Mapping[str, float]], labels: Sequence[bool], counts: Sequence[float]
) -> dict[str, Any]:
    """Return the content of a file of trees that tell the labels.

    Small steps, small trees and few signs at each split, as the questions are few; larger trees
    and more of them did no better on reports that were left out.

    Args:
        signs: of each example, all with the same names.
        labels: what is to be told.
        counts: how much each example counts.
    """
    names = sorted(signs[0])
    model = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=25,
        l2_regularization=5.0,
        max_features=0.4,
        random_state=0,
    )
    rows = np.array([[one[name] for name in names] for one in signs])
    model.fit(rows, np.array(labels, dtype=int), sample_weight=np.array(counts))
    # scikit-learn has no public way to read a tree of this kind.
    base = float(model._baseline_prediction[0, 0])
    trees = [_nodes(stage[0].nodes) for stage in model._predictors]
    return {"signs": names, "base": _rounded(base), "trees": trees}


def _nodes(nodes: NDArray[np.void]) -> list[list[float]]:
    """Return a tree as a list of nodes: `[sign, limit, left, right]`, or `[value]` for a leaf."""
    return [_leaf(node) if node["is_leaf"] else _fork(node) for node in nodes]


def _leaf(node: np.void) -> list[float]:
    return [_rounded(float(node["value"]))]


def _fork(node: np.void) -> list[float]:
    return [
        int(node["feature_idx"]),
        float(node["num_threshold"]),
        int(node["left"]),
        int(node["right"]),
    ]


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
