"""Places of a report by number alone: 第3章第5節, 4-3(1), 第3の3, 3.(3).

Takes text and a report; gives the numbers that a text begins with, and the sections that a row of
numbers leads to. Headings count with those above them: 「(1)」 below 「4-3 …」 is 4-3(1). Knows
nothing about drafts.

>>> numbers("第３章第５節"), numbers("4-3(1)"), numbers("第3の3")
(('3', '5'), ('4-3', '(1)'), ('3', '3'))
"""

import re
import unicodedata
from functools import lru_cache

from corpus.model import Report, Section

_ONE = re.compile(
    r"第?(?P<kanji>[一二三四五六七八九十]{1,3})(?:章|節|部|編|項)"
    r"|第?(?P<plain>\d{1,2}(?:[-.]\d{1,2})*)(?:章|節|部|編|項)?(?![\d期回次版号条年月日])[.、]?"
    r"|\((?P<paren>\d{1,2}|[ア-ン])\)"
    r"|(?P<circled>[①-⑳])|(?P<roman>[IVX]{1,4})(?![A-Za-z])[.]?|(?P<kana>[ア-ン])(?![ァ-ヶー])"
)
_BETWEEN = re.compile(r"[\s>・、,/]*の?")
_KANJI = {letter: number for number, letter in enumerate("一二三四五六七八九", 1)}


@lru_cache(1 << 12)
def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers that a text begins with, outermost first."""
    plain, found, position = _plain(text), [], 0
    while one := _ONE.match(plain, position):
        found.append(_written(one))
        position = one.end()
        following = _BETWEEN.match(plain, position)
        if not following or not _ONE.match(plain, following.end()):
            break
        position = following.end()
    return tuple(found)


def is_number(text: str) -> bool:
    """True where a text is numbers of places and nothing else, and clear without a title."""
    plain, position = _plain(text).strip(), 0
    count = 0
    while one := _ONE.match(plain, position):
        count, position = count + 1, one.end()
        following = _BETWEEN.match(plain, position)
        position = following.end() if following else position
    is_clear = count > 1 or bool(re.match(r"第|\d+[-.]\d+", plain))
    return count > 0 and position == len(plain) and is_clear


def _of(report: Report, section: Section) -> tuple[str, ...]:
    """Return its own number behind those above it; () where its heading has none."""
    if not numbers(section.heading):
        return ()
    labels = [numbers(above.heading)[:1] for above in report.ancestors(section.id)]
    return tuple(label[0] for label in reversed(labels) if label)


def sections_numbered(report: Report, wanted: tuple[str, ...]) -> set[str]:
    """Return the ids of the sections that a row of numbers leads to; the last is their own."""
    return {
        section.id
        for section in report.sections
        if wanted
        and (row := _of(report, section))
        and row[-1] == wanted[-1]
        and _is_within(wanted, row)
    }


def _is_within(wanted: tuple[str, ...], row: tuple[str, ...]) -> bool:
    """True where all of `wanted` stand in `row` in this order."""
    rest = iter(row)
    return all(each in rest for each in wanted)


def _written(one: re.Match[str]) -> str:
    if kanji := one["kanji"]:
        tens, _, ones = kanji.rpartition("十")
        return str((_KANJI.get(tens, 1) * 10 if "十" in kanji else 0) + _KANJI.get(ones, 0))
    if paren := one["paren"]:
        return f"({paren})"
    return one["plain"] or one["circled"] or one["roman"] or one["kana"]


def _plain(text: str) -> str:
    """Return text with narrow digits and letters; ① stays what it is."""
    letters = (c if "①" <= c <= "⑳" else unicodedata.normalize("NFKC", c) for c in text.strip())
    return "".join(letters).replace("．", ".")
