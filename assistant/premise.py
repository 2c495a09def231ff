"""False premises that can be checked against the report: how many there are of something.

Takes a question and hits; where the question counts something otherwise than the report does
(「7つの戦略」 against 「6つの戦略」), gives the place that says so. Knows nothing about answers.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.characters import search_form
from corpus.markup import plain, quotable
from corpus.model import Passage
from index.numerals import kanji_number
from index.retrieve import Hit

_COUNTED = re.compile(
    r"(?<![\d.])(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(つ|個|本|種類|項目|分野|段階)の([^\W\d_ぁ-ん]{1,12})"
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A place of the report that counts otherwise than the question."""

    asked: str
    said: str
    passage: Passage


def contradiction(
    question: str, hits: Sequence[Hit], search: Callable[[str], Sequence[Hit]]
) -> Contradiction | None:
    """Return the place that contradicts a count in `question`, None where none does.

    A count that some hit has as the question says it is no false premise, whatever others say.
    Where no hit counts the thing, it is searched for without the number, which may have led
    the first search astray.
    """
    for match in _COUNTED.finditer(search_form(question)):
        asked, thing = _value(match.group(1)), match.group(2, 3)
        said = _counts(hits, thing) or _counts(search("の".join(thing)), thing)
        if said and asked not in {value for value, _, _ in said}:
            return Contradiction(match.group(), *said[0][1:])
    return None


def _counts(hits: Sequence[Hit], thing: tuple[str, ...]) -> list[tuple[int | None, str, Passage]]:
    """Return how many of `thing` (counter and noun) the hits say that there are, and where."""
    return [
        (_value(match.group(1)), match.group(), hit.passage)
        for hit in hits
        for match in _COUNTED.finditer(search_form(plain(hit.passage.text)))
        if match.group(2, 3) == thing
    ]


def quote_of(found: Contradiction) -> str:
    """Return the words of the place, fit to be quoted."""
    return quotable(found.passage.text)


def _value(numerals: str) -> int | None:
    return int(numerals) if numerals.isdigit() else kanji_number(numerals)
