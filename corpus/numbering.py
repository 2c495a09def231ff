"""Numbered titles that stand right below other text: told from items by how they count.

Takes candidates in order, each with its series and number; gives those that count 1, 2, 3
under one title, each with text of its own below. Knows nothing about how titles look.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.characters import search_form

_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]+|[ア-ン]|[ivx]+(?=[.．、\s])")
_KANJI = "一二三四五六七八九"
_KANA = "アイウエオカキクケコサシスセソ"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a numbered title."""

    line: int
    series: str
    number: int
    has_text: bool
    """True where a line right below is not of the same series."""
    has_sentence: bool
    """True where the next line is a sentence or a title of another series."""


@dataclass(slots=True)
class _Run:
    """The titles of one series under one title."""

    series: str
    found: list[Candidate] = field(default_factory=list)


def number_of(text: str) -> int | None:
    """Return the number that a title begins with, None where it has none."""
    match = _NUMBER.search(search_form(text)[:8])
    if match is None:
        return None
    word = match.group()
    if word.isdigit():
        return int(word)
    if word in _ROMAN:
        return _ROMAN.index(word) + 1
    if word in _KANA:
        return _KANA.index(word) + 1
    tens, _, ones = word.rpartition("十")
    ten = (10 * (_KANJI.find(tens) + 1 or 1)) if "十" in word else 0
    return ten + _KANJI.find(ones) + 1 if len(ones) < 2 else None


def counted(candidates: Sequence[Candidate]) -> set[int]:
    """Return the lines of `candidates` that count up from 1 under one title."""
    open_runs: list[_Run] = []
    runs: list[_Run] = []
    for each in candidates:
        names = [run.series for run in open_runs]
        if each.series in names:
            at = names.index(each.series)
            if each.number == open_runs[at].found[-1].number + 1:
                del open_runs[at + 1 :]
                open_runs[at].found.append(each)
                continue
            if each.number == 1:
                del open_runs[at:]
        if each.number == 1:
            open_runs.append(_Run(each.series, [each]))
            runs.append(open_runs[-1])
    return {each.line for run in runs if _is_titles(run.found) for each in run.found}


def _is_titles(found: Sequence[Candidate]) -> bool:
    """True for two or more that each have text below, at least a third of them sentences."""
    sentences = sum(each.has_sentence for each in found)
    return len(found) > 1 and all(c.has_text for c in found) and 3 * sentences >= len(found)
