"""Where a report speaks of one thing under one topic.

Takes words for a topic, the things of which it is asked and the means to search; gives for each
thing the passages that speak to both, best first. A thing may be named by the passage, by a
heading above it, or by its position in the report. Knows nothing about answers.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.composing.draft import Draft
from assistant.composing.match import Matcher
from assistant.understanding.understand import Query
from corpus.model import Passage
from index.retrieve import Hit
from index.snapshot import Snapshot

Search = Callable[..., Sequence[Hit]]
Answer = Callable[[Query, Sequence[Hit]], Draft | None]

_ALL = 1000
"""Passages that are ranked: enough for one report, so that all its places count."""
_ABOVE = 0.9
"""How much a heading above counts beside the words of the passage itself."""
_SPEAKS = 0.25
"""Score from which a passage speaks to the topic, or to the thing, at all."""
_CLEAR = 0.8
"""Share of the best score for the topic from which a passage is clearly on it."""
_TRIED = 3
"""Places of a thing that are given, at most."""

_POSITIONS = (
    (re.compile(r"冒頭|書き出し|最初の(?:部分|ところ)"), 0.0),
    (re.compile(r"末尾|巻末|最後の(?:部分|ところ)|結び"), 1.0),
)
"""Names of a place in any report: 0 its beginning, 1 its end."""
_EDGE = 0.1
"""Share of a report that is its beginning, or its end."""


@dataclass(frozen=True, slots=True)
class Places:
    """What was found."""

    of_things: tuple[list[Hit], ...]
    """For each thing its passages, best first."""
    others: tuple[Hit, ...]
    """Passages clearly on topic that are the place of none of the things."""


@dataclass(frozen=True, slots=True)
class Means:
    """The means to find places for the parts of one query, and to answer from them."""

    query: Query
    search: Search
    snapshot: Snapshot
    compose: Answer
    """Answers a whole question, or refuses."""
    say: Answer
    """Says what given places say; None where they have not what is wanted."""
    _headings: dict[tuple[str, str, str], float] = field(default_factory=dict)

    def scores(self, words: str) -> dict[str, Hit]:
        """Return all passages that are found for `words`, by their id."""
        found = self.search(words, _ALL, background=self.query.background) if words else ()
        return {hit.passage.id: hit for hit in found}

    def above(self, thing: str, passage: Passage) -> float:
        """Return how much the headings above a passage, or its position, name `thing`."""
        report = self.snapshot.report(passage.report_id)
        for pattern, position in _POSITIONS:
            if pattern.search(thing):
                away = abs(passage.span.start / len(report.text) - position)
                return float(away <= _EDGE) * (1 - away)
        matcher = Matcher(replace(self.query, focus=thing, background=""), self.snapshot)
        shares = [0.0]
        for section in report.ancestors(passage.section_id):
            if section.level:
                key = (thing, report.id, section.id)
                if key not in self._headings:
                    self._headings[key] = matcher.share(section.heading)
                shares.append(self._headings[key])
        return _ABOVE * max(shares)


def places(topic: str, things: Sequence[str], means: Means) -> Places:
    """Return the passages that speak to each of `things` and to `topic`.

    A passage that speaks more to another of the things is not the place of this one.
    """
    by_topic = means.scores(topic)
    by_thing = [_speaking(thing, means) for thing in things]
    on_topic = {
        id_: score
        for own in (by_topic, *by_thing)
        for id_, hit in own.items()
        if (score := _spoken(topic, by_topic.get(id_), hit.passage, means)) >= _SPEAKS
    }
    found = []
    for own in by_thing:
        here = [
            replace(hit, score=hit.score * on_topic[id_])
            for id_, hit in own.items()
            if id_ in on_topic
            and all(hit.score >= other[id_].score for other in by_thing if id_ in other)
        ]
        found.append(sorted(here, key=lambda hit: -hit.score)[:_TRIED])
    best = max((hit.score for hit in by_topic.values()), default=0.0)
    others = [
        hit
        for id_, hit in by_topic.items()
        if min(hit.score, hit.parts["lexical"]) >= _CLEAR * best
        and not any(id_ in own for own in by_thing)
    ]
    return Places(tuple(found), tuple(others))


def _speaking(thing: str, means: Means) -> dict[str, Hit]:
    """Return the passages that speak to a thing, themselves or by what is above them."""
    return {
        id_: replace(hit, score=score)
        for id_, hit in means.scores(thing).items()
        if (score := _spoken(thing, hit, hit.passage, means)) >= _SPEAKS
    }


def _spoken(words: str, hit: Hit | None, passage: Passage, means: Means) -> float:
    """Return how far a passage, or what is above it, speaks to `words`."""
    return max(hit.score if hit else 0.0, means.above(words, passage))
