"""How much of what is sought a text speaks to.

Takes a query and an index; gives shares from 0 to 1 for any text of a report, so that titles,
cells and sentences can be compared. Other words for what is sought count as in the search
(`index/fusion.py`). Knows nothing about answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.understanding.understand import Query
from index.fusion import BACKGROUND, BIGRAM_SHARE, NEAR_WORD, gate_of
from index.snapshot import Snapshot
from index.terms import bigrams, lemmas

_SAME = 0.7
"""Weight from which another word counts as said; a looser one only adds to a share."""
_SPREAD = 0.3
"""Cosines that lie nearer together than this are not told apart fully."""


@dataclass(frozen=True, slots=True)
class _StandIn:
    """Terms that, where a text has all of them, say a sought word in another way."""

    terms: frozenset[str]
    joints: frozenset[str]
    weight: float


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
        weights = {term: BACKGROUND * weigh(term) for term in carried}
        return weights | {term: weigh(term) for term in own}

    @cached_property
    def _stand_ins(self) -> Mapping[str, Sequence[_StandIn]]:
        """What else may be said for each sought lemma: equals, then words of near meaning."""
        found: dict[str, list[_StandIn]] = {}
        glossary, near = self._snapshot.glossary, self._snapshot.neighbours
        for text in (self._query.focus, self._query.background):
            for expansion in glossary.expansions(text):
                others = [
                    _StandIn(frozenset(e.lemmas), frozenset(e.joints), e.weight)
                    for e in expansion.equals
                ]
                for lemma in expansion.lemmas:
                    found.setdefault(lemma, []).extend(others)
        for lemma in self.lemmas:
            words = near.near(lemma) if near else ()
            others = [_StandIn(frozenset((t,)), frozenset(), NEAR_WORD * c) for t, c in words]
            found.setdefault(lemma, []).extend(others)
        return found

    def share(self, text: str) -> float:
        """Return the share of the sought words' weight that `text` has."""
        by_lemma = _share(self.lemmas, self._said(text))
        by_bigram = _share(self._bigrams, dict.fromkeys(bigrams(text), 1.0))
        return (1 - BIGRAM_SHARE) * by_lemma + BIGRAM_SHARE * by_bigram

    def _said(self, text: str) -> dict[str, float]:
        """Return for each sought lemma that `text` says in some way how far it says it."""
        terms, pairs = frozenset(lemmas(text)), frozenset(bigrams(text))
        said = dict.fromkeys(terms.intersection(self.lemmas), 1.0)
        for lemma, others in self._stand_ins.items():
            if lemma not in said and lemma in self.lemmas:
                weights = [o.weight for o in others if o.terms <= terms and o.joints <= pairs]
                if weights:
                    said[lemma] = max(weights)
        return said

    def rated(self, texts: Sequence[str]) -> list[float]:
        """Return how well each of `texts` fits, by words and, where those fail, by meaning."""
        shares = [self.share(text) for text in texts]
        gate = gate_of(max(shares, default=0.0))
        if not gate or len(texts) < 2:
            return shares
        weight = self._snapshot.dense_weight * gate
        return [s + weight * n for s, n in zip(shares, self._nearness(texts), strict=True)]

    def _nearness(self, texts: Sequence[str]) -> Sequence[float]:
        """Return the cosine of each text to the question, relative to the others: 0 to 1."""
        embedder = self._snapshot.embedder
        question = embedder.embed_query(self._query.focus)
        cosines = (embedder.embed_passages(list(texts)) @ question.T).ravel()
        spread = max(float(cosines.max() - cosines.min()), _SPREAD)
        return [float(c - cosines.min()) / spread for c in cosines]

    def covered(self, text: str) -> frozenset[str]:
        """Return the sought lemmas that `text` has, in these words or in others for the same."""
        return frozenset(term for term, weight in self._said(text).items() if weight >= _SAME)

    def weight(self, terms: Iterable[str]) -> float:
        """Return the share of the sought lemmas' weight that `terms` have."""
        return _share(self.lemmas, dict.fromkeys(terms, 1.0))


def _share(weights: Mapping[str, float], said: Mapping[str, float]) -> float:
    total = sum(weights.values())
    return sum(weights.get(term, 0.0) * part for term, part in said.items()) / total if total else 0
