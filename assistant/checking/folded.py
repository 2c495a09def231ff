"""Text in the form in which a draft and a report are compared, each character with its place.

Takes text or the passages of a report; gives `Folded`: white space, markup, width, the shapes of
brackets, commas, dashes and waves are gone, all else stands and must agree exactly: digits,
units, negations, letters. Knows nothing about quotations.

>>> fold_text("『ＡＩ』は， ３７兆 円").text
'「AI」は、37兆円'
"""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.characters import shape_form
from corpus.markup import TAG
from corpus.model import PassageKind, Report, Span

_SKIPPED = re.compile(
    rf"(?P<tag>{TAG.pattern})|(?P<entity>&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);)|\*\*|\s+"
    r"|[（(]※\s?\d{1,2}[）)]|※\d{1,2}(?![\d号])|[（(]注\s?\d{0,2}[）)]|(?<![A-Za-z])[¹²³⁴⁵⁶⁷⁸⁹]+",
    re.DOTALL,
)
"""What is no part of the words: markup, white space, and marks that lead to a note."""
_CELL_BAR = re.compile(rf"{_SKIPPED.pattern}|\|", re.DOTALL)
_BRACKETS = str.maketrans("『』〝〟“”〔〕［］[]｛｝{}", "「」「」「」()()()()()")
_CIRCLED = frozenset(map(chr, range(0x2460, 0x2474)))
"""① to ⑳ count items: 「①日本」 holds no day."""
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff」)]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text."""

    text: str
    starts: tuple[int, ...]
    """Offset in the source of each folded character."""
    ends: tuple[int, ...]
    """Offset behind the source character that it comes from."""
    borders: tuple[int, ...] = ()
    """Folded offsets where a passage or a cell of the source begins; ascending."""

    def source(self, start: int, end: int) -> Span:
        """Return the stretch of the source that gave `text[start:end]`."""
        return Span(self.starts[start], self.ends[end - 1])

    def is_border(self, offset: int) -> bool:
        """True where a passage or a cell begins at a folded offset."""
        at = bisect_left(self.borders, offset)
        return at < len(self.borders) and self.borders[at] == offset

    def is_gap(self, offset: int) -> bool:
        """True where the source has something between two characters that are side by side."""
        return 0 < offset < len(self.starts) and self.ends[offset - 1] < self.starts[offset]

    def within(self, span: Span) -> tuple[int, int]:
        """Return the folded offsets of what lies in a span of the source."""
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)

    def crossed(self, start: int, end: int) -> tuple[int, ...]:
        """Return the borders that lie inside `text[start:end]`."""
        return self.borders[bisect_right(self.borders, start) : bisect_left(self.borders, end)]


def fold_text(text: str) -> Folded:
    """Return the folded form of a draft's text."""
    return _folded(list(_characters(text, Span(0, len(text)), _SKIPPED)), ())


def fold_report(report: Report) -> Folded:
    """Return the folded form of all passages of a report, one after the other."""
    found: list[tuple[str, int, int]] = []
    borders: list[int] = []
    for passage in report.passages:
        borders.append(len(found))
        is_row = passage.kind in (PassageKind.ROW, PassageKind.LABELS)
        for cell in _cells(report.text, passage.span) if is_row else (passage.span,):
            borders.append(len(found))
            found += _characters(report.text, cell, _CELL_BAR if is_row else _SKIPPED)
    return _folded(found, tuple(sorted(set(borders))))


def _cells(text: str, row: Span) -> Iterator[Span]:
    start = row.start
    for bar in re.finditer(r"(?<!\\)\||(?:[ \t\u3000]{2,}|\t)", row.of(text)):
        yield Span(start, row.start + bar.start())
        start = row.start + bar.end()
    yield Span(start, row.end)


def _folded(found: list[tuple[str, int, int]], borders: tuple[int, ...]) -> Folded:
    text = _punctuated("".join(letter for letter, _, _ in found))
    return Folded(text, tuple(s for _, s, _ in found), tuple(e for _, _, e in found), borders)


def _characters(text: str, span: Span, skipped: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each folded character with the offsets of the source character that it comes from."""
    position = span.start
    for gap in skipped.finditer(text, span.start, span.end):
        yield from _letters(text, position, gap.start())
        if gap["entity"]:
            for letter in _fold(html.unescape(gap["entity"])):
                yield letter, gap.start(), gap.end()
        position = gap.end()
    yield from _letters(text, position, span.end)


def _letters(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    while start < end:
        stop = start + 1
        while stop < end and _joins(text[stop]):
            stop += 1
        for letter in _fold(text[start:stop]):
            yield letter, start, stop
        start = stop


def _joins(letter: str) -> bool:
    """True for an accent, which belongs to the letter before it."""
    return letter in "ﾞﾟ" or (letter > "\u02ff" and unicodedata.combining(letter) != 0)


def _fold(letter: str) -> str:
    if letter.isascii():
        return letter.translate(_BRACKETS)
    if letter in _CIRCLED:
        return letter
    return "".join(shape_form(letter).translate(_BRACKETS).split())


def _punctuated(text: str) -> str:
    """Write ， and ． of a horizontal text as 、 and 。; between digits they belong to a number."""
    if "," not in text and "." not in text:
        return text
    letters = list(text)
    for at, letter in enumerate(letters):
        if letter in ",." and at and _JAPANESE.match(letters[at - 1]):
            letters[at] = "、" if letter == "," else "。"
    return "".join(letters)
