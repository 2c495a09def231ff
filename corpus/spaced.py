"""Tables drawn by spaces: lines whose cells stand apart by wide gaps.

Takes lines; gives which are rows of such a table, and their cells. Knows nothing about
tables that are marked.
"""

import re
from collections.abc import Sequence

from corpus.lines import Line
from corpus.model import Span

_WIDE_GAP = re.compile(r"(?<=\S)(?: {3,}|[ \u3000]*\u3000[ \u3000]*\u3000[ \u3000]*)(?=\S)")
_GAP = re.compile(r"(?: {2,}|[ \u3000]*\u3000[ \u3000]*)")
_LEAST_ROWS, _LEAST_CELLS = 3, 3
_LONGEST_CELL = 40


def spaced_rows(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that are rows of tables drawn by spaces.

    A table has three lines of three cells or more that stand together; a line with a narrow
    gap between them is a row whose first cell is as wide as its column.
    """
    rows: set[int] = set()
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and _may_be_row(line, bool(run)):
            run.append(line)
            continue
        rows |= _table(run)
        run = []
    return frozenset(rows)


def spaced_cells(line: Line) -> tuple[Span, ...]:
    """Return the cells of a row of such a table."""
    body = line.text.strip()
    start = line.text.index(body) if body else 0
    cells, begin = [], start
    for gap in _GAP.finditer(line.text, start, start + len(body)):
        cells.append(line.span(begin, gap.start()))
        begin = gap.end()
    return (*cells, line.span(begin, start + len(body)))


def _may_be_row(line: Line, inside: bool) -> bool:
    text = line.text.strip()
    if not text or "|" in text or "\t" in text or text.endswith("。"):
        return False
    gap = _WIDE_GAP.search(text) or (inside and _GAP.search(text))
    return bool(gap) and all(len(c.of(line.text)) <= _LONGEST_CELL for c in _own(line))


def _own(line: Line) -> list[Span]:
    """Return the cells with places in the line, not in the text."""
    return [Span(c.start - line.start, c.end - line.start) for c in spaced_cells(line)]


def _table(run: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines of `run`, none where they are no table."""
    counts = [len(spaced_cells(line)) for line in run]
    width = max(set(counts), key=counts.count, default=0)
    regular = [c for c in counts if c == width]
    if width < _LEAST_CELLS or len(regular) < _LEAST_ROWS or 2 * len(regular) < len(counts):
        return set()
    return {line.number for line in run}
