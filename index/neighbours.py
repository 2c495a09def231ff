"""Words of an index that mean nearly the same as a word of a question, by a table of word vectors.

Takes word vectors and the terms of a lexical index; gives for a word the nearest terms with their
cosine. Knows nothing about passages.
"""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from index.embedder.choose import FITTED
from index.embedder.protocol import Embedder
from index.embedder.static import StaticEmbedder, WordTable

NEAREST = 6
"""Terms that stand in for a word, at most."""
LEAST = 0.5
"""Cosine from which a term stands in for a word; measured in `index/README.md`."""


class Neighbours:
    """Nearest terms by word vectors."""

    def __init__(self, table: WordTable, terms: Iterable[str]) -> None:
        """Look among the `terms` that have a vector in `table`."""
        self._table = table
        self._terms = [term for term in terms if term in table.numbers]
        self._vectors = table.units(self._terms)
        self.near = lru_cache(4096)(self._near)

    def _near(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return the terms nearest to `word` with their cosines, nearest first; not itself."""
        if word not in self._table.numbers or not self._terms:
            return ()
        cosines = self._vectors @ self._table.units([word])[0]
        limit = min(NEAREST + 1, len(cosines))
        nearest = np.argpartition(-cosines, limit - 1)[:limit]
        found = sorted(((float(cosines[i]), self._terms[i]) for i in nearest), reverse=True)
        others = ((term, cosine) for cosine, term in found if term != word)
        return tuple(pair for pair in others if pair[1] >= LEAST)[:NEAREST]


def neighbours(name: str, embedder: Embedder, terms: Iterable[str]) -> Neighbours | None:
    """Return the neighbours by the model `name`, None where it has no vectors of words.

    Those fitted on the reports are left out: what stands together in one report need not mean
    the same.
    """
    if name == FITTED or not isinstance(embedder, StaticEmbedder):
        return None
    return Neighbours(embedder.table, terms)
