"""False premises that can be checked against the report: how many there are of something.

Takes a question and hits; where the question counts something otherwise than the report does
(「7つの戦略」 against 「6つの戦略」) or asks for one beyond the last of a series (目標4 of three),
gives the place that says so. Knows nothing about answers.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.particulars import series
from corpus.characters import search_form
from corpus.markup import plain, quotable
from corpus.model import Passage
from index.numerals import kanji_number
from index.retrieve import Hit

Search = Callable[[str], Sequence[Hit]]

_NUMBER = r"(?<![\d.])(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s*"
_COUNTER = r"(?P<counter>つ|個|本|点|種類|項目|分野|段階)"
_THING = r"(?P<thing>[^\W\d_ぁ-ん]{1,12})"
_COUNTED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NUMBER}{_COUNTER}の(?:主な|大きな)?{_THING}",
        rf"{_THING}[はが](?:全部で|合わせて|次の)?{_NUMBER}{_COUNTER}(?!目)",
        rf"{_NUMBER}{_COUNTER}が(?:主な|大きな)?{_THING}",
    )
)
"""「6つの戦略」, 「課題は五つ」, 「4点が主な課題」."""

_SAME_COUNTERS = frozenset("つ個点本") | {"項目"}
"""Counters of which one may stand for another."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A place of the report that counts otherwise than the question."""

    asked: str
    said: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Count:
    number: int | None
    counter: str
    thing: str
    words: str

    def is_of(self, other: "_Count") -> bool:
        """True where both count the same."""
        same = self.counter == other.counter or {self.counter, other.counter} <= _SAME_COUNTERS
        return same and self.thing == other.thing


def contradiction(question: str, hits: Sequence[Hit], search: Search) -> Contradiction | None:
    """Return the place that contradicts a count in `question`, None where none does.

    A count that some hit has as the question says it is no false premise, whatever others say.
    Where no hit counts the thing, it is searched for without the number, which may have led
    the first search astray.
    """
    for asked in _counts(search_form(question)):
        said = _said(asked, hits) or _said(asked, search(f"{asked.counter}の{asked.thing}"))
        if said and asked.number not in {count.number for count, _ in said}:
            return Contradiction(asked.words, said[0][0].words, said[0][1])
    return _beyond(question, hits, search)


def _said(asked: _Count, hits: Sequence[Hit]) -> list[tuple[_Count, Passage]]:
    """Return how many there are of the thing as the hits count it, and where."""
    return [
        (count, hit.passage)
        for hit in hits
        for count in _counts(search_form(plain(hit.passage.text)))
        if count.is_of(asked)
    ]


def _counts(text: str) -> Iterator[_Count]:
    for pattern in _COUNTED:
        for match in pattern.finditer(text):
            number = _value(match["number"])
            yield _Count(number, match["counter"], match["thing"], match.group())


def _beyond(question: str, hits: Sequence[Hit], search: Search) -> Contradiction | None:
    """Return the last of a series of which the question asks for one that comes after it."""
    for name, numbers in series(question).items():
        asked = max(map(int, numbers))
        label = name.format(asked)
        found = [*hits, *search(label), *search(name.format(1))]
        said = [
            (int(number), hit.passage)
            for hit in found
            for number in series(plain(hit.passage.text)).get(name, ())
        ]
        # One alone is no series, and what stands somewhere is not missing.
        if len({number for number, _ in said}) < 2 or asked <= max(number for number, _ in said):
            continue
        last, passage = max(said, key=lambda found: found[0])
        return Contradiction(label, name.format(last), passage)
    return None


def quote_of(found: Contradiction) -> str:
    """Return the words of the place, fit to be quoted."""
    return quotable(found.passage.text)


def _value(numerals: str) -> int | None:
    return int(numerals) if numerals.isdigit() else kanji_number(numerals)
