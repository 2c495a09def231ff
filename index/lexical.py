"""Lexical search: BM25 as the share of a query's weight that a passage covers.

Takes lists of terms, one a passage; gives for a query the covered share (0 to 1) of every
passage. Kept as memory-mapped arrays. The only module that knows bm25s.

The coverage is BM25(q, p) / Σ idf(t) over the terms of q, a term that no passage has counting
with the largest idf; so scores of different queries can be compared. A passage of average
length that has every term once covers 1; more is cut to 1.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.errors import SnapshotDamaged

Scores = NDArray[np.float32]

K1 = 1.2
B = 0.5
"""BM25 constants; b below the usual .75 because a short bullet is not better for its shortness."""


@dataclass(frozen=True)
class Lexical:
    """A BM25 index over one kind of term."""

    engine: bm25s.BM25
    idf: NDArray[np.float32]
    """By term number."""
    passages: int

    @classmethod
    def build(cls, terms: Sequence[Sequence[str]]) -> "Lexical":
        """Index `terms`, one sequence for each passage in order."""
        engine = bm25s.BM25(method="lucene", k1=K1, b=B)
        # An empty first term keeps bm25s from failing where no passage has any.
        engine.index([["", *passage] for passage in terms] or [[""]], show_progress=False)
        return cls(engine, _idf(engine, len(terms)), len(terms))

    @classmethod
    def load(cls, folder: Path) -> "Lexical":
        """Open what `save` wrote, by memory map.

        Raises:
            SnapshotDamaged: files are missing or do not fit together.
        """
        try:
            engine = bm25s.BM25.load(folder, mmap=True, show_progress=False)
            passages = json.loads((folder / "size.json").read_text(encoding="utf-8"))
            return cls(engine, _idf(engine, passages), passages)
        except (OSError, ValueError, KeyError) as error:
            raise SnapshotDamaged("語の索引が壊れています。") from error

    def save(self, folder: Path) -> None:
        """Write the index into a new `folder`."""
        self.engine.save(folder, show_progress=False)
        (folder / "size.json").write_text(json.dumps(self.passages), encoding="utf-8")

    def weight(self, term: str) -> float:
        """Return the idf of `term`; that of a term in no passage is the largest possible."""
        number = self.engine.vocab_dict.get(term)
        return self._unknown if number is None else float(self.idf[number])

    def knows(self, term: str) -> bool:
        """True where some passage has `term`."""
        return term in self.engine.vocab_dict

    @property
    def _unknown(self) -> float:
        return float(np.log(1 + (self.passages + 0.5) / 0.5))

    def coverage(self, query: Mapping[str, float]) -> Scores:
        """Return for each passage the covered share of the weighted terms of `query`."""
        total = sum(self.weight(term) * weight for term, weight in query.items())
        scores: Scores = np.zeros(self.passages, dtype=np.float32)
        if not total or not self.passages:
            return scores
        by_weight: dict[float, list[int]] = {}
        for term, weight in query.items():
            if (number := self.engine.vocab_dict.get(term)) is not None and term:
                by_weight.setdefault(weight, []).append(number)
        for weight, numbers in by_weight.items():
            scores += weight * self.engine.get_scores_from_ids(numbers)[: self.passages]
        # bm25s leaves out the factor k1 + 1 of the original formula, as Lucene does.
        shares: Scores = np.minimum(scores * np.float32((K1 + 1) / total), np.float32(1.0))
        return shares


def _idf(engine: bm25s.BM25, passages: int) -> NDArray[np.float32]:
    """Return ln(1 + (N - df + .5) / (df + .5)) for each term (Lucene's BM25)."""
    frequency = np.diff(np.asarray(engine.scores["indptr"])).astype(np.float32)
    return np.log1p((max(passages, 1) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
