"""False premises that can be checked against the report: how many there are of something.

Takes a question and hits; where the question counts something otherwise than the report does
(「7つの戦略」 against 「6つの戦略」) or asks for one beyond the last of a series (目標4 of three),
gives the place that says so. Knows nothing about answers.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.refusing.particulars import days, series
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

_NTH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NUMBER}{_COUNTER}目の{_THING}",
        rf"{_THING}の(?:うち、?)?{_NUMBER}{_COUNTER}目",
    )
)
"""「4つ目の柱」, 「課題の5点目」."""

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
    return _beyond(question, hits, search) or _other_day(question, hits, search)


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
        asked = max(numbers, key=_place)
        label = name.rstrip("-").format(asked)
        found = [*hits, *search(label), *search(name.format(1))]
        said = [
            (number, hit.passage)
            for hit in found
            for number in series(plain(hit.passage.text)).get(name, ())
        ]
        # One alone is no series, and what stands somewhere is not missing.
        if len({number for number, _ in said}) < 2:
            continue
        last, passage = max(said, key=lambda found: _place(found[0]))
        if _place(asked) > _place(last):
            return Contradiction(label, name.rstrip("-").format(last), passage)
    return _beyond_count(question, hits, search)


def _place(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split("-")))


def _beyond_count(question: str, hits: Sequence[Hit], search: Search) -> Contradiction | None:
    """Return the place that counts fewer of something than the question numbers (4つ目の柱)."""
    for pattern in _NTH:
        for match in pattern.finditer(search_form(question)):
            asked = _Count(_value(match["number"]), match["counter"], match["thing"], match.group())
            same = f"つの{asked.thing}"
            said = [
                (count.number or 0, count.words, passage)
                for count, passage in (*_said(asked, hits), *_said(asked, search(same)))
            ]
            most = max(said, key=lambda found: found[0], default=None)
            if most and (asked.number or 0) > most[0]:
                return Contradiction(asked.words, *most[1:])
    return None


def _other_day(question: str, hits: Sequence[Hit], search: Search) -> Contradiction | None:
    """Return the days that the hits name, where the day asked about stands nowhere."""
    for asked in sorted(days(question)):
        month, day = asked.split("/")
        label = f"{month}月{day}日"
        said = [(days(plain(hit.passage.text)), hit.passage) for hit in (*hits, *search(label))]
        if any(asked in found for found, _ in said):
            continue
        for found, passage in said:
            same_month = [other for other in sorted(found) if other.split("/")[0] == month]
            if same_month:
                other = "{}月{}日".format(*same_month[0].split("/"))
                return Contradiction(label, other, passage)
    return None


def quote_of(found: Contradiction) -> str:
    """Return the words of the place, fit to be quoted."""
    return quotable(found.passage.text)


def _value(numerals: str) -> int | None:
    return int(numerals) if numerals.isdigit() else kanji_number(numerals)
