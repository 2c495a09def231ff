"""Boosted decision trees from a JSON file: signs → a probability.

Takes the numbers of a fitted model (`python -m evals.fit` writes them); gives a probability for
signs. Numpy alone, no pickle. Knows nothing about what the signs mean.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """An ensemble whose leaves add up to the log odds."""

    signs: tuple[str, ...]
    """Names of the columns, in order."""
    base: float
    """Log odds before any tree."""
    sign: NDArray[np.int64]
    """Shape (trees, nodes): the column that a node looks at; -1 in a leaf."""
    limit: Array
    """A row goes left where its sign is at most this."""
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Array
    """What a leaf adds."""

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return the probability that the signs give; others than its own do not count."""
        row = np.array([signs[name] for name in self.signs])
        trees = np.arange(len(self.sign))
        node = np.zeros(len(self.sign), dtype=np.int64)
        while (inner := self.sign[trees, node] >= 0).any():
            goes_left = row[self.sign[trees, node]] <= self.limit[trees, node]
            below = np.where(goes_left, self.left[trees, node], self.right[trees, node])
            node = np.where(inner, below, node)
        odds = self.base + float(self.value[trees, node].sum())
        return 1 / (1 + math.exp(-odds))


def trees_of(content: Mapping[str, Any]) -> Trees:
    """Return the ensemble that the content of a fitted file describes.

    Each tree is a list of nodes `[sign, limit, left, right]` or `[value]`, the root first.
    """
    size = max(len(tree) for tree in content["trees"])
    shape = (len(content["trees"]), size)
    sign, left, right = (np.full(shape, fill, dtype=np.int64) for fill in (-1, 0, 0))
    limit, value = np.zeros(shape), np.zeros(shape)
    for number, tree in enumerate(content["trees"]):
        for place, node in enumerate(tree):
            if len(node) == 1:
                value[number, place] = node[0]
            else:
                sign[number, place], limit[number, place] = node[0], node[1]
                left[number, place], right[number, place] = node[2], node[3]
    return Trees(tuple(content["signs"]), content["base"], sign, limit, left, right, value)


def content_of(fitted: Mapping[str, Any]) -> str:
    """Return the JSON of a fitted ensemble, one tree a line."""
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in fitted["trees"])
    head = json.dumps({"signs": fitted["signs"], "base": fitted["base"]})[:-1]
    return f'{head}, "trees": [\n{lines}\n]}}\n'
