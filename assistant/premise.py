"""False premises that can be checked against the report: how many there are of something.

Takes a question and hits; where the question counts something otherwise than the report does
(「7つの戦略」 against 「6つの戦略」), gives the place that says so. Knows nothing about answers.
"""

import re
from collections.abc import Sequence
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


def contradiction(question: str, hits: Sequence[Hit]) -> Contradiction | None:
    """Return the place that contradicts a count in `question`, None where none does.

    A count that some hit has as the question says it is no false premise, whatever others say.
    """
    for match in _COUNTED.finditer(search_form(question)):
        asked, unit, noun = _value(match.group(1)), match.group(2), match.group(3)
        said: list[tuple[int, str, Passage]] = []
        for hit in hits:
            for other in _COUNTED.finditer(search_form(plain(hit.passage.text))):
                value = _value(other.group(1))
                if value is not None and (other.group(2), other.group(3)) == (unit, noun):
                    said.append((value, other.group(), hit.passage))
        if said and asked not in {value for value, _, _ in said}:
            _, words, passage = said[0]
            return Contradiction(match.group(), words, passage)
    return None


def quote_of(found: Contradiction) -> str:
    """Return the words of the place, fit to be quoted."""
    return quotable(found.passage.text)


def _value(numerals: str) -> int | None:
    return int(numerals) if numerals.isdigit() else kanji_number(numerals)
