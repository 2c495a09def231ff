"""Lines that somebody has wrapped: how wide they are, and how they are joined again.

Takes the lines of a text; gives widths in columns and joined text. Knows nothing about
paragraphs.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from corpus.lines import Line

_NARROWEST, _WIDEST = 40, 120
"""Columns of lines that somebody has wrapped."""
_FEW = 2
"""Lines of about one width that are so by chance."""
RAGGED = 8
"""Columns by which a full line may be shorter: no 。 begins a line, no number is parted."""
_LONGEST_OPEN = 400
"""Characters behind a bracket that is not closed; more, and it was forgotten."""
_WIDE = r"\u2010-\u2027\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_ENDS_WIDE, _BEGINS_WIDE = re.compile(rf"[{_WIDE}]$"), re.compile(rf"^[{_WIDE}]")


def full_columns(lines: Sequence[Line]) -> int | None:
    """Return from which width on a line is full; None where no lines seem to be wrapped."""
    widths = [
        width
        for line, after in pairwise(lines)
        if not after.is_blank and (width := columns_of(line.text)) <= _WIDEST
    ]
    full = max(widths, default=0) - RAGGED
    is_wrapped = full >= _NARROWEST - RAGGED and sum(width >= full for width in widths) > _FEW
    return full if is_wrapped else None


def columns_of(text: str) -> int:
    """Return the width of a line; a wide letter takes two columns."""
    return sum(1 + (east_asian_width(letter) in "WFA") for letter in text.rstrip())


def is_unclosed(text: str) -> bool:
    """True where a quotation has begun and not ended."""
    at = max(text.rfind("「"), text.rfind("『"))
    level = sum(text.count(sign) for sign in "「『") - sum(text.count(sign) for sign in "」』")
    return level > 0 and len(text) - at <= _LONGEST_OPEN


def joined(before: str, line: str) -> str:
    """Return two lines as one, with a space only between Latin words."""
    after = line.strip().removesuffix("\\")
    before = before.rstrip().removesuffix("\\")
    is_wide = _ENDS_WIDE.search(before) or _BEGINS_WIDE.search(after)
    return before + ("" if is_wide else " ") + after
