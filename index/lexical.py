"""Lexical search: BM25 as the share of a query's weight that a passage covers.

Takes lists of terms, one a passage; gives for a query the covered share (0 to 1) of every
passage. Kept as memory-mapped arrays. The only module that knows bm25s, which weighs the terms;
adding the weights up takes three lines, so reading needs neither it nor the scipy it imports.

The coverage is BM25(q, p) / Σ idf(t) over the terms of q, a term that no passage has counting
with the largest idf; so scores of different queries can be compared. A passage of average
length that has every term once covers 1; more is cut to 1.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SnapshotDamaged

Scores = NDArray[np.float32]

K1 = 1.2
B = 0.5
"""BM25 constants; b below the usual .75 because a short bullet is not better for its shortness."""

_ARRAYS = ("starts", "rows", "weights")
_TERMS = "terms.json"


_NO_FLOORS: Mapping[str, Scores] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entries:
    """Some of the passages, with a value for each."""

    rows: NDArray[np.int32]
    """Each once."""
    values: Scores

    def meet(self, other: "Entries") -> "Entries":
        """Return the rows that both have, each with the lesser value."""
        rows, mine, its = np.intersect1d(
            self.rows, other.rows, assume_unique=True, return_indices=True
        )
        return Entries(rows, np.minimum(self.values[mine], other.values[its]))


@dataclass(frozen=True)
class Lexical:
    """A BM25 index over one kind of term."""

    numbers: Mapping[str, int]
    """Number of each term."""
    starts: NDArray[np.int64]
    """Term n has the entries `starts[n]` to `starts[n + 1]` of `rows` and `weights`."""
    rows: NDArray[np.int32]
    """Row of a passage that has the term, each once."""
    weights: Scores
    """BM25 weight of the term in that passage."""
    passages: int

    @classmethod
    def build(cls, terms: Sequence[Sequence[str]]) -> "Lexical":
        """Index `terms`, one sequence for each passage in order."""
        import bm25s

        engine = bm25s.BM25(method="lucene", k1=K1, b=B)
        # An empty first term keeps bm25s from failing where no passage has any.
        engine.index([["", *passage] for passage in terms] or [[""]], show_progress=False)
        made = engine.scores
        return cls(engine.vocab_dict, made["indptr"], made["indices"], made["data"], len(terms))

    @classmethod
    def load(cls, folder: Path) -> "Lexical":
        """Open what `save` wrote, by memory map.

        Raises:
            SnapshotDamaged: files are missing or do not fit together.
        """
        try:
            passages, terms = json.loads((folder / _TERMS).read_text(encoding="utf-8"))
            starts, rows, weights = (_mapped(folder / f"{name}.npy") for name in _ARRAYS)
            if len(starts) != len(terms) + 1 or not starts[-1] == len(rows) == len(weights):
                raise ValueError("the arrays do not belong together")
            numbers = dict(zip(terms, range(len(terms)), strict=True))
            return cls(numbers, starts, rows, weights, passages)
        except (OSError, EOFError, ValueError, TypeError) as error:
            raise SnapshotDamaged("語の索引が壊れています。") from error

    def save(self, folder: Path) -> None:
        """Write the index into a new `folder`."""
        folder.mkdir(parents=True)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        terms = sorted(self.numbers, key=self.numbers.__getitem__)
        content = json.dumps([self.passages, terms], ensure_ascii=False)
        (folder / _TERMS).write_text(content, encoding="utf-8")

    def weight(self, term: str) -> float:
        """Return the idf of `term`; that of a term in no passage is the largest possible."""
        number = self.numbers.get(term)
        return self._unknown if number is None else float(self._idf[number])

    def knows(self, term: str) -> bool:
        """True where some passage has `term`."""
        return term in self.numbers

    def coverage(
        self, query: Mapping[str, float], floors: Mapping[str, Scores] = _NO_FLOORS
    ) -> Scores:
        """Return for each passage the covered share of the weighted terms of `query`.

        Args:
            query: the weight of each term.
            floors: for some of the terms, the share of each that counts as covered at least, by
                passage.
        """
        total = sum(self.weight(term) * weight for term, weight in query.items())
        scores: Scores = np.zeros(self.passages, dtype=np.float32)
        if not total or not self.passages:
            return scores
        for term, weight in query.items():
            found = self._entries(term)
            if (floor := floors.get(term)) is not None:
                least = floor * np.float32(self.weight(term) / (K1 + 1))
                least[found.rows] = np.maximum(least[found.rows], found.values)
                scores += np.float32(weight) * least
            else:
                scores[found.rows] += np.float32(weight) * found.values
        # bm25s leaves out the factor k1 + 1 of the original formula, as Lucene does.
        shares: Scores = np.minimum(scores * np.float32((K1 + 1) / total), np.float32(1.0))
        return shares

    def together(self, terms: Sequence[str]) -> "Entries":
        """Return the passages that have all of `terms`, each with the share of the least one.

        The share is that of `coverage` for the term alone.
        """
        found: Entries | None = None
        for term in terms:
            own = self._entries(term)
            if not len(own.rows):
                return own
            factor = np.float32((K1 + 1) / self.weight(term))
            own = Entries(own.rows, np.minimum(own.values * factor, np.float32(1.0)))
            found = own if found is None else found.meet(own)
        return found or self._entries("")

    def _entries(self, term: str) -> "Entries":
        number = self.numbers.get(term) if term else None
        start, end = (0, 0) if number is None else self.starts[number : number + 2]
        return Entries(self.rows[start:end], self.weights[start:end])

    @property
    def _unknown(self) -> float:
        return float(np.log(1 + (self.passages + 0.5) / 0.5))

    @cached_property
    def _idf(self) -> NDArray[np.float32]:
        """By term number: ln(1 + (N - df + .5) / (df + .5)), as in Lucene's BM25."""
        frequency = np.diff(self.starts).astype(np.float32)
        idf = np.log1p((max(self.passages, 1) - frequency + 0.5) / (frequency + 0.5))
        return idf.astype(np.float32)


def _mapped(path: Path) -> NDArray[Any]:
    """Return the array of a file, of which only what is used is read from disk."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
