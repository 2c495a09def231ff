"""Where a report speaks of one thing under one topic.

Takes words for a topic, the things of which it is asked and the means to search; gives for each
thing the passages that speak to both, best first. A thing may be named by the passage, by a
heading above it, or by its position in the report. Knows nothing about answers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.composing.draft import Draft
from assistant.composing.match import Matcher
from assistant.understanding.understand import Query
from corpus.markup import plain
from corpus.model import Passage, PassageKind
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
_HEADS = 0.7
"""What a place counts under which others stand: it hardly says what is asked."""
_AS_GOOD = 0.8
"""Share of the best place's score from which another may stand in for it."""
_TRIED = 3
"""Places of a thing that are given, at most."""

_POSITIONS = (
    (re.compile(r"冒頭|書き出し|最初の(?:部分|ところ)"), 0.0),
    (re.compile(r"末尾|巻末|最後の(?:部分|ところ)|結び"), 1.0),
)
"""Names of a place in any report: 0 its beginning, 1 its end."""
_IN = r"(?:の(?:中|ほう|方|欄))?(?:で(?:の)?|における|の)?(?:書き方|書きぶり|記述|記載|説明)?"
_KINDS = (
    (re.compile(rf"(?:一覧)?表{_IN}"), (PassageKind.ROW,)),
    (re.compile(rf"(?:本文|文章|文中){_IN}"), (PassageKind.PARAGRAPH, PassageKind.ITEM)),
    (re.compile(rf"(?:脚|欄外の?)?注(?:記|釈)?{_IN}"), (PassageKind.NOTE,)),
)
"""Names of a form in which any report says something."""
_NUMBERED = re.compile(
    r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[ア-ンa-z])[)）.．、\s　]|[①-⑳]"
)
"""The beginning of an item that has a number of its own."""
_LABEL = re.compile(r"[^。]{1,30}")
"""An item that others stand under; a longer one says something itself."""
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
    _shares: dict[tuple[str, str], float] = field(default_factory=dict)
    _above: dict[tuple[str, str], dict[str, tuple[Passage, ...]]] = field(default_factory=dict)

    def scores(self, words: str) -> dict[str, Hit]:
        """Return all passages that are found for `words`, by their id."""
        found = self.search(words, _ALL, background=self.query.background) if words else ()
        return {hit.passage.id: hit for hit in found}

    def above(self, thing: str, passage: Passage) -> float:
        """Return how much the headings above a passage, or its position, name `thing`."""
        report = self.snapshot.report(passage.report_id)
        for pattern, kinds in _KINDS:
            if pattern.fullmatch(thing):
                return float(passage.kind in kinds)
        for pattern, position in _POSITIONS:
            if pattern.search(thing):
                away = abs(passage.span.start / len(report.text) - position)
                return float(away <= _EDGE) * (1 - away)
        path = [s.heading for s in report.ancestors(passage.section_id) if s.level]
        items = [plain(item.text) for item in self._items_above(passage)]
        return _ABOVE * self._share(thing, " ".join((*path, *items)))

    def announces(self, passage: Passage) -> bool:
        """True for an item under which others stand."""
        self._items_above(passage)
        above = self._above[passage.report_id, passage.section_id]
        return any(passage in items for items in above.values())

    def _share(self, thing: str, text: str) -> float:
        if (thing, text) not in self._shares:
            query = replace(self.query, focus=thing, background="")
            self._shares[thing, text] = Matcher(query, self.snapshot).share(text)
        return self._shares[thing, text]

    def _items_above(self, passage: Passage) -> Sequence[Passage]:
        report = self.snapshot.report(passage.report_id)
        key = (report.id, passage.section_id)
        if key not in self._above:
            self._above[key] = _nested(report.passages_by_section[passage.section_id])
        return self._above[key].get(passage.id, ())


def _nested(passages: Sequence[Passage]) -> dict[str, tuple[Passage, ...]]:
    """Return for each passage of a section the short items that it stands under.

    A bullet stands under the numbered item before it, also where the report does not indent it.
    """
    open_items: list[tuple[int, Passage]] = []
    found = {}
    for passage in passages:
        is_item = passage.kind is PassageKind.ITEM
        if not is_item and not passage.depth:
            open_items = []
        rank = 2 * passage.depth + (0 if is_item and _NUMBERED.match(passage.text) else 1)
        open_items = [(other, item) for other, item in open_items if other < rank]
        found[passage.id] = tuple(item for _, item in open_items)
        if is_item and _LABEL.fullmatch(plain(passage.text)):
            open_items.append((rank, passage))
    return found


def places(topic: str, things: Sequence[str], means: Means, apart: bool = True) -> Places:
    """Return the passages that speak to each of `things` and to `topic`.

    Where the things stand `apart`, a passage that speaks more to another of them is not the
    place of this one; aspects of one thing may be told in one place.
    """
    by_topic = means.scores(topic)
    by_thing = [_speaking(thing, means) for thing in things]
    on_topic = {
        id_: score
        for own in (by_topic, *by_thing)
        for id_, hit in own.items()
        if (score := _spoken(topic, by_topic.get(id_), hit.passage, means)) >= _SPEAKS
    }
    spoken = [_weighed(own, on_topic, means) for own in by_thing]
    found = [
        [hit for hit in hits if not apart or _is_own(hit.passage.id, own, by_thing)]
        for hits, own in zip(spoken, by_thing, strict=True)
    ]
    _yield_places(found, spoken)
    best = max((hit.score for hit in by_topic.values()), default=0.0)
    others = [
        hit
        for id_, hit in by_topic.items()
        if min(hit.score, hit.parts["lexical"]) >= _CLEAR * best
        and not any(id_ in own for own in by_thing)
    ]
    return Places(tuple(hits[:_TRIED] for hits in found), tuple(others))


def _weighed(own: Mapping[str, Hit], on_topic: Mapping[str, float], means: Means) -> list[Hit]:
    """Return the passages of a thing that are on topic, best first."""
    found = [
        replace(hit, score=hit.score * on_topic[id_] * (_HEADS if heads else 1.0))
        for id_, hit in own.items()
        if id_ in on_topic
        for heads in (means.announces(hit.passage),)
    ]
    return sorted(found, key=lambda hit: -hit.score)


def _is_own(id_: str, own: Mapping[str, Hit], all_: Sequence[Mapping[str, Hit]]) -> bool:
    """True where a passage speaks to no other of the things more than to this one."""
    return all(own[id_].score >= other[id_].score for other in all_ if id_ in other)


def _yield_places(found: list[list[Hit]], spoken: Sequence[Sequence[Hit]]) -> None:
    """Give a thing without a place the one it has, where the other has another as good."""
    for number, hits in enumerate(spoken):
        if found[number] or not hits:
            continue
        for other in found:
            spare = len(other) > 1 and other[1].score >= _AS_GOOD * other[0].score
            if spare and other[0].passage.id == hits[0].passage.id:
                found[number] = [hits[0]]
                del other[0]
                break


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
