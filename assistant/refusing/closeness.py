"""How near the words of one question are to words of a report.

Takes a query, an index and the words that will be looked at; gives for any set of those words how
far each term of the question is said there: in the same word, in another word for the same
(glossary), or in a word of near meaning (word vectors). Knows nothing about passages.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.understanding.understand import Query
from index.embedder.static import StaticEmbedder, WordTable
from index.fusion import BACKGROUND, NEAR_WORD
from index.neighbours import LEAST
from index.snapshot import Snapshot
from index.terms import lemmas

Array = NDArray[np.float64]

_UNKNOWN_INFORMATION = 12.0
"""Information of a word that the vectors do not know, in nats: as of a very rare one."""


@dataclass(frozen=True, slots=True)
class Near:
    """How far each term of the question is said by some words, 0 to 1 each."""

    said: Array
    """In the same word, in equal words, or in one of clearly near meaning."""
    near: Array
    """The same, where any nearness of meaning counts by its cosine."""


class Closeness:
    """Compares the terms of one question with words."""

    def __init__(self, query: Query, snapshot: Snapshot, vocabulary: Iterable[str]) -> None:
        """Prepare for `query` and the words in `vocabulary`."""
        own = list(dict.fromkeys(lemmas(query.focus)))
        carried = [t for t in dict.fromkeys(lemmas(query.background)) if t not in own]
        self.own = len(own)
        """Terms of the question itself; those of the conversation follow."""
        self.terms = own + carried
        self._columns = {word: number for number, word in enumerate(sorted(set(vocabulary)))}
        factors = np.array([1.0] * len(own) + [BACKGROUND] * len(carried))
        self.weights: Array = factors * np.array([snapshot.lemmas.weight(t) for t in self.terms])
        """How much each term tells in this index."""
        embedder = snapshot.embedder
        self._table = embedder.table if isinstance(embedder, StaticEmbedder) else None
        self.information: Array = np.array([_information(t, self._table) for t in self.terms])
        """How much each term tells in Japanese, in nats."""
        equals = list(_equals(query, snapshot, self.terms))
        self._several = [(row, frozenset(w), g) for row, w, g in equals if len(w) > 1]
        self._near = self._cosines()
        self._said = np.where(self._near >= LEAST, NEAR_WORD * self._near, 0.0)
        self._put_equals([(row, w[0], g) for row, w, g in equals if len(w) == 1])

    def to(self, words: frozenset[str]) -> Near:
        """Return how far the terms are said by `words`, all of which are in the vocabulary."""
        columns = [self._columns[word] for word in words]
        if not columns:
            return Near(np.zeros(len(self.terms)), np.zeros(len(self.terms)))
        said = self._said[:, columns].max(axis=1)
        near = self._near[:, columns].max(axis=1)
        for row, parts, weight in self._several:
            if parts <= words:
                said[row], near[row] = max(said[row], weight), max(near[row], weight)
        return Near(said, near)

    def nearest(self, words: list[str]) -> Array:
        """Return for each of `words` how near it is to the nearest term of the question."""
        best: Array = self._said[:, [self._columns[word] for word in words]].max(axis=0)
        return best

    def _cosines(self) -> Array:
        cosines = np.zeros((len(self.terms), len(self._columns)))
        if self._table is None:
            return cosines
        known = self._table.numbers
        rows = [n for n, term in enumerate(self.terms) if term in known]
        words = [word for word in self._columns if word in known]
        if rows and words:
            terms = self._table.units([self.terms[n] for n in rows])
            columns = [self._columns[word] for word in words]
            cosines[np.ix_(rows, columns)] = np.maximum(terms @ self._table.units(words).T, 0.0)
        return cosines

    def _put_equals(self, equals: Iterable[tuple[int, str, float]]) -> None:
        exact = ((row, term, 1.0) for row, term in enumerate(self.terms))
        for row, word, weight in (*equals, *exact):
            if (column := self._columns.get(word)) is not None:
                self._said[row, column] = max(self._said[row, column], weight)
                self._near[row, column] = max(self._near[row, column], weight)


def _information(term: str, table: WordTable | None) -> float:
    """Return the length of a term's vector, which is −ln of its share in the training texts."""
    row = table.numbers.get(term) if table else None
    if table is None or row is None:
        return _UNKNOWN_INFORMATION
    return float(np.linalg.norm(table.rows[row].astype(np.float32)) * table.factors[row])


def _equals(
    query: Query, snapshot: Snapshot, terms: list[str]
) -> Iterable[tuple[int, tuple[str, ...], float]]:
    rows = {term: row for row, term in enumerate(terms)}
    for text in (query.focus, query.background):
        for expansion in snapshot.glossary.expansions(text):
            for lemma in set(expansion.lemmas) & rows.keys():
                yield from ((rows[lemma], e.lemmas, e.weight) for e in expansion.equals)
