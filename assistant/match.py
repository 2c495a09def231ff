"""How much of what is sought a text speaks to.

Takes a query and an index; gives shares from 0 to 1 for any text of a report, so that titles,
cells and sentences can be compared. Knows nothing about answers.
"""

from collections.abc import Iterable
from functools import cached_property

from assistant.understand import Query
from index.snapshot import Snapshot
from index.terms import bigrams, lemmas

_BIGRAM_SHARE = 0.3
_BACKGROUND = 0.5


class Matcher:
    """Weighs the words of one query by how rare they are in the index."""

    def __init__(self, query: Query, snapshot: Snapshot) -> None:
        """Prepare for `query`."""
        self._query = query
        self._snapshot = snapshot

    @cached_property
    def lemmas(self) -> dict[str, float]:
        """Weight of each lemma that is sought."""
        return self._weights(lemmas(self._query.focus), lemmas(self._query.background), lexical=0)

    @cached_property
    def _bigrams(self) -> dict[str, float]:
        return self._weights(bigrams(self._query.focus), bigrams(self._query.background), lexical=1)

    def _weights(
        self, own: Iterable[str], carried: Iterable[str], lexical: int
    ) -> dict[str, float]:
        weigh = (self._snapshot.lemmas, self._snapshot.bigrams)[lexical].weight
        weights = {term: _BACKGROUND * weigh(term) for term in carried}
        return weights | {term: weigh(term) for term in own}

    def share(self, text: str) -> float:
        """Return the share of the sought words' weight that `text` has."""
        by_lemma = _share(self.lemmas, lemmas(text))
        return (1 - _BIGRAM_SHARE) * by_lemma + _BIGRAM_SHARE * _share(self._bigrams, bigrams(text))

    def covered(self, text: str) -> frozenset[str]:
        """Return the sought lemmas that `text` has."""
        return frozenset(self.lemmas).intersection(lemmas(text))

    def weight(self, terms: Iterable[str]) -> float:
        """Return the share of the sought lemmas' weight that `terms` have."""
        return _share(self.lemmas, terms)


def _share(weights: dict[str, float], terms: Iterable[str]) -> float:
    total = sum(weights.values())
    return sum(weights.get(term, 0.0) for term in set(terms)) / total if total else 0.0
