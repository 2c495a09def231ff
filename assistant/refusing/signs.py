"""What speaks for and against an answer, in numbers that do not depend on the report.

Takes a query, its hits and a draft; gives signs from 0 to 1: how much of the question's weight
the best passages and the words of the draft speak to, directly or in words of nearly the same
meaning, how much of it is met nowhere, and how near the best passage is. Knows nothing about
weights and thresholds.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant.composing.draft import Draft
from assistant.composing.match import Matcher
from assistant.understanding.understand import Query, QueryKind
from corpus.characters import search_form
from corpus.japanese import words
from corpus.markup import plain
from index.documents import context_of
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

_BEST = 5
"""Hits that are looked at as possible answers."""
_NEARBY = 10
"""Hits in which a word counts as met."""
_NEAR_WORD = 0.8
"""What a word of nearly the same meaning counts, times its cosine."""
_RARE = 2
"""Words of the question that tell most, by how rare they are."""
_LONG = 12
"""Words of a question that counts as long."""

_NAME = re.compile(r"[ァ-ヶー]{3,}|[a-z]{2,}\d*|\d[a-z]+")

Signs = dict[str, float]


def signs(query: Query, hits: Sequence[Hit], draft: Draft, snapshot: Snapshot) -> Signs:
    """Return the signs of one question; `hits` must not be empty."""
    cover = _Cover(query, snapshot)
    passages = [hit.passage for hit in hits[:_NEARBY]]
    texts = [
        frozenset(lemmas(f"{plain(p.text)} {context_of(snapshot.report(p.report_id), p)}"))
        for p in passages
    ]
    shown = _shown(draft)
    return {
        "words": min(1.0, hits[0].words),
        "covered": max(map(cover.share, texts[:_BEST])),
        "direct": max(map(cover.direct, texts[:_BEST])),
        "shown": cover.share(shown),
        "rare": max(map(cover.rare, texts[:_BEST])),
        "rare_shown": cover.rare(shown),
        "unmet": 1.0 - cover.share(frozenset().union(*texts)),
        "unknown": cover.unknown,
        "dense": max(hit.parts["dense"] for hit in hits[:_BEST]),
        "near": max(hit.parts["near"] * hit.parts["dense"] for hit in hits[:_BEST]),
        "long": min(1.0, len(cover.weights) / _LONG),
        "kind": float(query.wanted is not None),
        "list": float(query.kind is QueryKind.LIST),
        "listed": float(draft.is_list),
        "claims": min(1.0, len(draft.claims) / 3),
        "names": cover.named(_names(query), shown),
        "subject": cover.named(_subject(query), shown),
        "follows": float(bool(query.background)),
    }


def _shown(draft: Draft) -> frozenset[str]:
    """Return the words of the draft's sources and their context."""
    places = [source for claim in draft.claims for source in claim.sources]
    contexts = (context_of(source.report, source.passage) for source in places)
    texts = [*(plain(source.quote) for source in places), *contexts]
    return frozenset(term for text in texts for term in lemmas(text))


def _names(query: Query) -> list[str]:
    """Return the terms of the names in the question: proper nouns, katakana, Latin letters."""
    found = words(search_form(query.focus))
    return [
        search_form(w.lemma) for w in found if "固有名詞" in w.pos or _NAME.fullmatch(w.surface)
    ]


def _subject(query: Query) -> list[str]:
    """Return the terms of what the question is about: its words up to the first particle."""
    found: list[str] = []
    for word in words(search_form(query.focus)):
        if word.pos.startswith("助詞") and found:
            break
        found += lemmas(word.surface)
    return found


class _Cover:
    """Shares of the weight of one question that words cover."""

    def __init__(self, query: Query, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.weights = Matcher(query, snapshot).lemmas
        self._stand_ins = self._other_words(query)

    def _other_words(self, query: Query) -> dict[str, dict[str, float]]:
        """Return for each word of the question what may stand for it, and how well."""
        near = self._snapshot.neighbours
        found = {word: {word: 1.0} for word in self.weights}
        for word, others in found.items():
            for other, cosine in near.near(word) if near else ():
                others[other] = max(others.get(other, 0.0), _NEAR_WORD * cosine)
        for expansion in self._snapshot.glossary.expansions(query.focus):
            for word in set(expansion.lemmas) & found.keys():
                for equal in expansion.equals:
                    if len(equal.lemmas) == 1:
                        found[word][equal.lemmas[0]] = equal.weight
        return found

    def _met(self, word: str, there: frozenset[str]) -> float:
        return max((v for o, v in self._stand_ins[word].items() if o in there), default=0.0)

    def _mean(self, words: Iterable[str], there: frozenset[str]) -> float:
        weights = {word: self.weights[word] for word in words}
        total = sum(weights.values())
        met = sum(weight * self._met(word, there) for word, weight in weights.items())
        return met / total if total else 0.0

    def share(self, there: frozenset[str]) -> float:
        """Return the share of the weight that the words `there` speak to."""
        return self._mean(self.weights, there)

    def direct(self, there: frozenset[str]) -> float:
        """Return the share of the weight that `there` has in the same words."""
        total = sum(self.weights.values())
        return sum(w for word, w in self.weights.items() if word in there) / total if total else 0.0

    def rare(self, there: frozenset[str]) -> float:
        """Return how well `there` meets the words that tell most."""
        return self._mean(sorted(self.weights, key=self.weights.__getitem__)[-_RARE:], there)

    def named(self, names: Sequence[str], there: frozenset[str]) -> float:
        """Return the share of `names` that `there` speaks to, 1 where there are none."""
        sought = [name for name in names if name in self.weights]
        return sum(self._met(name, there) for name in sought) / len(sought) if sought else 1.0

    @cached_property
    def unknown(self) -> float:
        """Share of the weight of words that no passage has, nor one of nearly their meaning."""
        knows = self._snapshot.lemmas.knows
        total = sum(self.weights.values())
        lost = sum(
            weight
            for word, weight in self.weights.items()
            if not any(map(knows, self._stand_ins[word]))
        )
        return lost / total if total else 1.0
