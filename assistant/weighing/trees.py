"""Boosted decision trees from a JSON file: signs → a probability.

Takes the numbers of a fitted model (`python -m evals.fit` writes them); gives probabilities for
rows of signs. Numpy alone, no pickle. Knows nothing about what the signs mean.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
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

    def probability(self, rows: Array) -> Array:
        """Return the probability for each row; `rows` has the shape (rows, signs)."""
        trees = np.arange(len(self.sign))[None, :]
        node = np.zeros((len(rows), len(self.sign)), dtype=np.int64)
        number = np.arange(len(rows))[:, None]
        while True:
            sign = self.sign[trees, node]
            inner = sign >= 0
            if not inner.any():
                break
            goes_left = rows[number, sign] <= self.limit[trees, node]
            below = np.where(goes_left, self.left[trees, node], self.right[trees, node])
            node = np.where(inner, below, node)
        odds = self.base + self.value[trees, node].sum(axis=1)
        result: Array = 1 / (1 + np.exp(-odds))
        return result


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


@cache
def shipped() -> Trees:
    """Return the ensemble that this version ships."""
    return trees_of(json.loads((files("assistant.weighing") / "trees.json").read_text("utf-8")))


def content_of(signs: Sequence[str], base: float, trees: Sequence[Sequence[Sequence[float]]]) -> str:
    """Return the JSON of a fitted ensemble, one tree a line."""
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    head = json.dumps({"signs": list(signs), "base": base}, ensure_ascii=False)[:-1]
    return f'{head}, "trees": [\n{lines}\n]}}\n'
