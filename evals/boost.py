"""Fits the trees that say which passage answers: rows of signs → an ensemble.

Takes what was found for questions; gives trees in the form that `assistant/weighing/trees.py`
reads. scikit-learn fits them; only the numbers leave it. Knows nothing about drafts.
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from assistant.weighing.signs import SIGNS
from assistant.weighing.trees import Trees, content_of, trees_of
from evals.examples import Found

_GENERAL = 0.3
"""How much a general question counts: there are as many as one likes."""
_DIGITS = 5
"""Figures of a number that are kept."""


def fit_trees(found: Sequence[Found]) -> str:
    """Return the JSON of trees fitted on `found`.

    Small steps, small trees and few signs at each split, as the questions are few; each choice
    was compared on reports that were left out.
    """
    model = HistGradientBoostingClassifier(
        max_iter=130,
        learning_rate=0.06,
        max_leaf_nodes=16,
        min_samples_leaf=30,
        l2_regularization=5.0,
        max_features=0.4,
        random_state=0,
    )
    rows = np.vstack([one.rows for one in found])
    labels = np.concatenate([one.answers for one in found])
    counts = np.concatenate([np.full(len(f.rows), 1.0 if f.case else _GENERAL) for f in found])
    model.fit(rows, labels, sample_weight=counts)
    trees = [_nodes(stage[0].nodes) for stage in model._predictors]
    return content_of(SIGNS, _rounded(float(model._baseline_prediction[0, 0])), trees)


def trees_from(content: str) -> Trees:
    """Return the trees of a fitted file's content."""
    return trees_of(json.loads(content))


def _nodes(nodes: Any) -> list[list[float]]:
    """Return a tree of scikit-learn's as a list of nodes."""
    return [
        [_rounded(float(node["value"]))]
        if node["is_leaf"]
        else [
            int(node["feature_idx"]),
            float(node["num_threshold"]),
            int(node["left"]),
            int(node["right"]),
        ]
        for node in nodes
    ]


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
