"""Texts whose lines end at a fixed width: which lines go on with the next one.

Takes lines; gives those that are full, so that the words after them stand on the next line.
Knows nothing about what a line means.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from corpus.lines import Line

_NARROWEST = 50
"""Columns; a text with shorter lines is a list of short lines, not wrapped."""
_SLACK = 4
"""Columns that a full line may lack: a mark that must not begin a line, an odd half-width sign."""
_LEAST_LINES, _LEAST_SHARE = 8, 0.12
"""How many lines, and which share of all, end near one width where a text is wrapped."""
_NEARLY = 0.85
"""Share of the width from which an unfinished line goes on, where no line is filled exactly."""
_WIDE = frozenset("FWA")
_UNPARTED = re.compile(r"[（(「『]*[0-9０-９A-Za-zＡ-Ｚ．，.,／/]*.[、。，．）」』]*")
"""What stands on one line: a figure with its unit, a word in brackets, a sign behind a word."""


def full_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that are filled; none where the text is not wrapped."""
    widths = {line.number: columns(line.text.rstrip()) for line in lines if _is_text(line.text)}
    wide = Counter(width for width in widths.values() if width >= _NARROWEST)
    if not wide:
        return frozenset()
    edge = max(wide, key=lambda width: (_near(wide, width), width))
    near = _near(wide, edge)
    beyond = sum(times for width, times in wide.items() if width > edge + _SLACK)
    if near < max(_LEAST_LINES, _LEAST_SHARE * len(widths)) or beyond > near / 4:
        return frozenset()
    return frozenset(
        line.number
        for line, after in zip(lines, [*lines[1:], None], strict=True)
        if line.number in widths and _is_full(line, after, edge)
    )


def _is_full(line: Line, after: Line | None, edge: int) -> bool:
    """True for a line that has no room for what begins the next one."""
    width = columns(line.text.rstrip())
    if width >= edge - _SLACK or after is None or line.text.rstrip().endswith("。"):
        return width >= edge - _SLACK
    first = _UNPARTED.match(after.text.lstrip())
    room = edge - (columns(first.group()) if first else 0)
    return width >= _NEARLY * edge or width > max(room, edge / 2)


def columns(text: str) -> int:
    """Return how many columns `text` takes, two for a full-width character."""
    return sum(2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text)


def _near(wide: Counter[int], edge: int) -> int:
    return sum(wide[width] for width in range(edge - _SLACK, edge + 1))


def _is_text(text: str) -> bool:
    return bool(text.strip()) and "\t" not in text and "|" not in text
