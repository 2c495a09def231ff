"""Rows of tables as they stand in Markdown and text: cells and the lists inside them.

Takes lines; gives the spans of their cells. Knows nothing about which rows form a table.
"""

import re
from collections.abc import Sequence

from corpus.layout import MARKS
from corpus.lines import Line
from corpus.markup import TAG
from corpus.model import Span

_INDENT = re.compile(r"[ \t\u3000]*(?:[-*+][ \t]+(?=\|))?")
"""What may stand before the first pipe; OCR also puts a list mark there."""
_RULE_CELL = re.compile(r"[ \t]*:?-+:?[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")
_BLOCK_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div|td|tr|th|table)\b", re.IGNORECASE)
_ENTRY_BREAK = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>]*>", re.IGNORECASE)
_ENTRY_MARK = re.compile(rf"\s*(?:[{MARKS}](?![{MARKS}]))?\s*")
_NUMBER = r"[0-9０-９一二三四五六七八九十]{1,3}"
_ITEM_MARK = re.compile(
    rf"[-*+{MARKS}①-⑳㋐-㋾]|{_NUMBER}[.)．）]|[(（](?:{_NUMBER}|[ア-ン])[)）]|[ア-ンa-z][.)．）]"
    rf"|第{_NUMBER}[部編章節条項]?"
)


def is_rule_row(text: str) -> bool:
    """True for the separator line of a Markdown table (`|---|:--|`)."""
    body = text.strip(" \t")
    cells = body.removeprefix("|").removesuffix("|").split("|")
    framed = body.startswith("|") and body.endswith("|") and "--" in body
    return (len(cells) > 1 or framed) and all(_RULE_CELL.fullmatch(cell) for cell in cells)


def unframed_rows(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the rows that a separator line shows to be rows.

    They need no pipe at their ends: the line above the separator, and those below it as long
    as they have a pipe.
    """
    rows: set[int] = set()
    inside = False
    for before, line in zip([None, *lines], lines, strict=False):
        piped = bool(_PIPE.search(line.text))
        if piped and is_rule_row(line.text):
            inside = before is not None and bool(_PIPE.search(before.text))
            rows |= {before.number} if inside and before else set()
        else:
            inside = inside and piped
            rows |= {line.number} if inside else set()
    return frozenset(rows)


def row_cells(line: Line, unframed: bool = False) -> tuple[Span, ...]:
    """Return the cells of a row, empty ones included; () where the line is not a row.

    Args:
        line: the line.
        unframed: True where a separator line shows that it is a row.
    """
    if unframed or _is_framed(line.text):
        cells = _pipe_cells(line)
    else:
        cells = _tab_cells(line) if _is_tabbed(line.text) else ()
    return cells if any(cell.end > cell.start for cell in cells) else ()


def entries(text: str, cell: Span) -> tuple[Span, ...]:
    """Return the entries of an HTML list or of lines inside a cell, marks left out.

    A cell without such a list is its own single entry; an empty cell has none.
    """
    borders = [cell.start]
    for tag in _ENTRY_BREAK.finditer(text, cell.start, cell.end):
        borders += [tag.start(), tag.end()]
    borders.append(cell.end)
    pieces = zip(borders[::2], borders[1::2], strict=True)
    return tuple(span for a, b in pieces if (span := _entry(text, a, b)) is not None)


def _is_framed(text: str) -> bool:
    start = _start(text)
    return text.startswith("|", start) and len(_PIPE.findall(text, start)) > 1


def _is_tabbed(text: str) -> bool:
    """True for cells parted by tabs.

    A tab that only indents, or stands between a mark and the words of an item, makes no row,
    unless HTML lists show that a cell follows.
    """
    if "\t" not in text:
        return False
    filled = [cell for cell in text.split("\t") if cell.strip()]
    if filled and _ITEM_MARK.fullmatch(filled[0].strip()):
        filled = filled[1:]
    return len(filled) > 1 or bool(filled and _BLOCK_TAG.search(text))


def _start(text: str) -> int:
    match = _INDENT.match(text)
    return match.end() if match else 0


def _pipe_cells(line: Line) -> tuple[Span, ...]:
    start = _start(line.text)
    borders = [m.start() for m in _PIPE.finditer(line.text, start)]
    if not line.text.startswith("|", start):
        borders.insert(0, -1)
    if line.text[borders[-1] + 1 :].strip():
        borders.append(len(line.text))
    return tuple(line.span(a + 1, b) for a, b in zip(borders, borders[1:], strict=False))


def _tab_cells(line: Line) -> tuple[Span, ...]:
    cells, start = [], 0
    for piece in line.text.split("\t"):
        cells.append(line.span(start, start + len(piece)))
        start += len(piece) + 1
    return tuple(cells)


def _entry(text: str, start: int, end: int) -> Span | None:
    if mark := _ENTRY_MARK.match(text, start, end):
        start = mark.end()
    end = start + len(text[start:end].rstrip())
    return Span(start, end) if TAG.sub("", text[start:end]).strip() else None
