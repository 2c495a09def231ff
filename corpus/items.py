"""List items: their marks, numbers and indentation.

Takes one line; gives where the words of an item begin and how far it is indented. Knows
nothing about which items form a list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.layout import MARKS
from corpus.lines import Line
from corpus.model import Span

_GAP = r"[ \t\u3000]"
# A doubled mark is a blank (○○市) or an ellipsis (・・・), one with a colon the entry of a legend.
_MARK = rf"[{MARKS}](?![{MARKS}]|\s*[：:])"
_MARKED = re.compile(rf"({_GAP}*)(?:[-*+](?={_GAP}){_GAP}*(?:{_MARK})?|{_MARK}){_GAP}*")
_NUMBERED = re.compile(
    rf"({_GAP}*)(?:[①-⑳㉑-㉟㊱-㊿❶-❿㋐-㋾]|[0-9０-９]{{1,3}}[.)．）](?![0-9０-９])"
    r"|[(（](?:[0-9０-９]{1,3}|[ア-ン一二三四五六七八九十])[)）]|[a-z][.)](?=[ \t])"
    r"|[ア-ン][.．)）]|(?:[0-9０-９]{1,2}|[ア-ン]|[一二三四五六七八九十]{1,3})\u3000)"
)
_INLINE = re.compile(rf"(?<=\S)[ \t\u3000]+([{MARKS}])(?=[^\s：:{MARKS}])")

_FULL_WIDTH = 2
"""Columns of a full-width space."""
_TAB = 4
"""Columns of a tab, as most editors show it."""


@dataclass(frozen=True, slots=True)
class Item:
    """How one line is an item of a list."""

    start: int
    """Offset in the line where its words begin: after a mark, before a number."""
    indent: int
    """Columns before the mark."""


def item_of(line: Line, start: int = 0) -> Item | None:
    """Return how `line` from `start` on is an item, None where it is none or has no words."""
    body = line.text[start:]
    if match := _MARKED.match(body):
        begin = match.end()
    elif match := _NUMBERED.match(body):
        begin = match.end(1)
    if match is None or not body[begin:].strip():
        return None
    return Item(start + begin, _columns(match.group(1)))


def parts_of(line: Line, begin: int) -> Iterator[Span]:
    """Yield the items of `・A ・B ・C`, whose first words begin at `begin`; one for most lines.

    Only the mark that opens the line parts it: in `・前年度 →今年度` the arrow is text.
    """
    mark = line.text.lstrip()[:1]
    parts = [m for m in _INLINE.finditer(line.text, begin) if m.group(1) == mark]
    for part in [*parts, None]:
        yield line.span(begin, part.start() if part else None)
        begin = part.end() if part else begin


def _columns(indentation: str) -> int:
    wide = indentation.count("\u3000")
    return len(indentation.expandtabs(_TAB)) + wide * (_FULL_WIDTH - 1)
