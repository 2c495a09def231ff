"""Rows of tables as they stand in Markdown and text: cells and the lists inside them.

Takes one line; gives the spans of its cells. Knows nothing about which rows form a table.
"""

import re

from corpus.lines import Line
from corpus.markup import TAG
from corpus.model import Span

_LIST_MARK = re.compile(r"[ \t]{0,3}[-*+][ \t]+(?=\|)")
_RULE_ROW = re.compile(
    r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$"
    r"|[ \t]*\|[ \t]*:?-{2,}:?[ \t]*\|[ \t]*$"
)
_PIPE = re.compile(r"(?<!\\)\|")
_BLOCK_TAG = re.compile(r"</?(?:ul|ol|li|p|br|div|td|tr|th|table)\b", re.IGNORECASE)
_ENTRY_BREAK = re.compile(r"</?(?:ul|ol|li|p|br|div)\b[^<>]*>", re.IGNORECASE)
_MARK = re.compile(r"[\s●○◎・✓■□◆◇•◦‣▪]+")


def is_rule_row(text: str) -> bool:
    """True for the separator line of a Markdown table (`|---|:--|`)."""
    return bool(_RULE_ROW.match(text))


def is_tabular(text: str) -> bool:
    """True for a line that is a table row: piped, or parted by tabs.

    A tab that only indents does not make a row unless HTML lists show that a cell follows.
    """
    body = text[m.end() :] if (m := _LIST_MARK.match(text)) else text.lstrip(" ")
    if body.startswith("|") and len(_PIPE.findall(body)) >= 2:
        return True
    filled = [cell for cell in text.split("\t") if cell.strip()]
    return "\t" in text and (len(filled) >= 2 or bool(_BLOCK_TAG.search(text)))


def pipe_cells(line: Line) -> tuple[Span, ...]:
    """Return the cells of a piped row, () where the line is not piped."""
    mark = _LIST_MARK.match(line.text)
    start = mark.end() if mark else len(line.text) - len(line.text.lstrip(" "))
    if not line.text[start:].startswith("|"):
        return ()
    borders = [m.start() for m in _PIPE.finditer(line.text, start)]
    if line.text[borders[-1] + 1 :].strip():
        borders.append(len(line.text))
    return tuple(line.span(a + 1, b) for a, b in zip(borders, borders[1:], strict=False))


def tab_cells(line: Line) -> tuple[Span, ...]:
    """Return the cells of a row parted by tabs, empty ones included."""
    cells, start = [], 0
    for piece in line.text.split("\t"):
        cells.append(line.span(start, start + len(piece)))
        start += len(piece) + 1
    return tuple(cells)


def entries(text: str, cell: Span) -> tuple[Span, ...]:
    """Return the entries of an HTML list or of lines inside a cell, marks left out.

    A cell without such a list is its own single entry; an empty cell has none.
    """
    borders = [cell.start]
    for tag in _ENTRY_BREAK.finditer(text, cell.start, cell.end):
        borders += [tag.start(), tag.end()]
    borders.append(cell.end)
    pieces = zip(borders[::2], borders[1::2], strict=True)
    return tuple(span for a, b in pieces if (span := _stripped(text, a, b)) is not None)


def _stripped(text: str, start: int, end: int) -> Span | None:
    if mark := _MARK.match(text, start, end):
        start = mark.end()
    end = start + len(text[start:end].rstrip())
    return Span(start, end) if TAG.sub("", text[start:end]).strip() else None
