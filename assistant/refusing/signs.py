"""What speaks for and against an answer, in numbers that do not depend on the report.

Takes a query, its weighed hits and a draft; gives signs: how likely the best passage, those that
the draft cites and those beside them say what is asked (as log odds), how much of the question's
weight the words of the draft speak to, and how much is asked. Knows nothing about weights and
thresholds.
"""

import math
import re
from collections.abc import Sequence

from assistant.composing.draft import Draft
from assistant.composing.match import Matcher
from assistant.understanding.understand import Query
from assistant.weighing.weigh import ANSWERS
from corpus.characters import search_form
from corpus.japanese import words
from corpus.markup import plain
from index.documents import context_of
from index.fusion import NEAR_WORD
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

_LONG = 12
"""Words of a question that counts as long."""
_LEAST = 0.01
"""Probabilities nearer to 0 or 1 than this are not told apart."""

_NAME = re.compile(r"[ァ-ヶー]{3,}|[a-z]{2,}\d*|\d[a-z]+")

Signs = dict[str, float]


def signs(query: Query, hits: Sequence[Hit], draft: Draft, snapshot: Snapshot) -> Signs:
    """Return the signs of one question; `hits` are weighed and must not be empty."""
    cover = _Cover(query, snapshot)
    shown = _shown(draft)
    likely = {hit.passage.id: hit.parts.get(ANSWERS, 0.0) for hit in hits}
    places = [source.passage for claim in draft.claims for source in claim.sources]
    sections = {passage.section_id for passage in places}
    near = [hit.parts.get(ANSWERS, 0.0) for hit in hits if hit.passage.section_id in sections]
    return {
        "best": _odds(max(likely.values())),
        "cited": _odds(max((likely.get(p.id, 0.0) for p in places), default=0.0)),
        "section": _odds(max(near, default=0.0)),
        "words": min(1.0, max(hit.words for hit in hits)),
        "shown": cover.share(shown),
        "long": min(1.0, len(cover.weights) / _LONG),
        "listed": float(draft.is_list),
        "labelled": float(any(claim.label for claim in draft.claims)),
        "names": cover.named(_names(query), shown),
    }


def _odds(probability: float) -> float:
    """Return the log odds, bounded."""
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


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
                others[other] = max(others.get(other, 0.0), NEAR_WORD * cosine)
        for expansion in self._snapshot.glossary.expansions(query.focus):
            for word in set(expansion.lemmas) & found.keys():
                for equal in expansion.equals:
                    if len(equal.lemmas) == 1:
                        found[word][equal.lemmas[0]] = equal.weight
        return found

    def _met(self, word: str, there: frozenset[str]) -> float:
        return max((v for o, v in self._stand_ins[word].items() if o in there), default=0.0)

    def share(self, there: frozenset[str]) -> float:
        """Return the share of the weight that the words `there` speak to."""
        total = sum(self.weights.values())
        met = sum(weight * self._met(word, there) for word, weight in self.weights.items())
        return met / total if total else 0.0

    def named(self, names: Sequence[str], there: frozenset[str]) -> float:
        """Return the share of `names` that `there` speaks to, 1 where there are none."""
        sought = [name for name in names if name in self.weights]
        return sum(self._met(name, there) for name in sought) / len(sought) if sought else 1.0
