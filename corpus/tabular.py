"""Rows → what each row needs to stand alone: caption, column labels, row label, notes.

Takes the rows of one table with the text around it; gives records (usually one a row, several
where a row holds several people) with their context. Knows nothing about sections.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block
from corpus.japanese import words
from corpus.markup import plain
from corpus.model import Cell, Span, TableContext
from corpus.tables import entries

LONGEST_LABEL = 40
"""Characters; a longer first cell is a statement, not the label of its row."""

_LONGEST_COLUMN_LABEL = 24
_HEADER_WORDS = re.compile(
    r"^(?:No\.?|番号|区分|項目|分野|名称|名前|氏名|種別|種類|内容|年度?|年月日?|日付|国名?|地域|都道府県"
    r"|市町村名?|役職|所属|担当(?:課|者)?|指標|事業名?|施策名?|目標|実績|時期|期限|備考|単位|概要|件数|割合|金額)$"
)
_NUMERIC = re.compile(r"[\d,.%％+\-▲△約〜~\s]*[0-9０-９][\d,.%％円人件か年月日台社億万兆\s]*$")
_UNIT = re.compile(r"単位[：:]\s*([^\s)）】］\]]+)")
_LEGEND = re.compile(r"^[^\s\w]\s*[：:]|^凡例")
_BOLD = re.compile(r"\s*(?:<b>|<strong>|\*\*)(.+?)(?:</b>|</strong>|\*\*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """One logical row: the span it covers and its context."""

    block: int
    """Order of its row among the rows of the table."""
    span: Span
    context: TableContext
    is_header: bool = False


def records_of(
    text: str, rows: Sequence[Block], before: Sequence[str], after: Sequence[str], number: int
) -> list[Record]:
    """Return the records of the table `rows`.

    Args:
        text: the source.
        rows: its rows in order.
        before: plain texts of the short paragraphs right above, nearest last.
        after: plain texts of the notes right below.
        number: order of the table in the report.
    """
    grid = [[plain(cell.of(text)) for cell in row.cells] for row in rows]
    header = 0 if _has_header(text, rows, grid) else None
    labels = tuple(word or None for word in grid[0]) if header == 0 else ()
    caption, legends = _caption(before)
    unit = next((m.group(1) for s in (*before, *labels) if s and (m := _UNIT.search(s))), None)
    notes = (*legends, *after)
    width = _record_width(grid[1:] if header == 0 else grid)
    found: list[Record] = []
    for order, row in enumerate(rows):
        for start in range(0, len(row.cells), width or len(row.cells)):
            part = row.cells[start : start + (width or len(row.cells))]
            cells = _cells(text, part)
            if cells:
                context = TableContext(
                    caption,
                    _row_label(text, cells, bool(labels)),
                    labels[: len(part)],
                    cells,
                    unit,
                    notes,
                    number,
                    len(found),
                )
                span = Span(cells[0].span.start, cells[-1].span.end)
                found.append(Record(order, span, context, is_header=order == header))
    return found


def _cells(text: str, cells: Sequence[Span]) -> tuple[Cell, ...]:
    return tuple(
        Cell(column, cell, entries(text, cell) or (cell,))
        for column, cell in enumerate(cells)
        if cell.end > cell.start
    )


def _has_header(text: str, rows: Sequence[Block], grid: Sequence[Sequence[str]]) -> bool:
    """Decide whether the first row labels the columns."""
    if rows[0].is_header:
        return any(grid[0])
    if any(row.is_header for row in rows) or len(rows) < 2 or len(grid[0]) < 2:
        return False
    first, rest = [cell for cell in grid[0] if cell], grid[1:]
    if len(first) < 2 or any(len(c) > _LONGEST_COLUMN_LABEL or c.endswith("。") for c in first):
        return False
    if any(_NUMERIC.match(cell) for cell in first[1:]):
        return False
    if any(_HEADER_WORDS.match(cell) for cell in first):
        return True
    numeric = any(
        all(_NUMERIC.match(r[c]) for r in rest if c < len(r) and r[c])
        and any(c < len(r) and r[c] for r in rest)
        for c in range(1, len(grid[0]))
    )
    longer = sum(map(len, (c for r in rest for c in r))) / len(rest) > 3 * sum(map(len, first))
    return numeric or longer


def _record_width(grid: Sequence[Sequence[str]]) -> int | None:
    """Return after how many cells a new record begins in a row, None for one record a row.

    A table without labels whose columns of personal names repeat at equal distance holds
    several people in a row.
    """
    width = max((len(row) for row in grid), default=0)
    names = [
        column for column in range(width) if _is_names([r[column] for r in grid if column < len(r)])
    ]
    if len(names) < 2 or names[0] != 0:
        return None
    step = names[1]
    regular = step > 1 and width % step == 0 and names == list(range(0, width, step))
    return step if regular else None


def _is_names(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    named = [
        cell for cell in filled if len(cell) <= 20 and any("人名" in w.pos for w in words(cell))
    ]
    return len(filled) > 1 and len(named) * 2 > len(filled)


def _caption(before: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """Part the lines above a table into its caption and its legends and notes."""
    legends = tuple(line for line in before if _LEGEND.match(line) or line.startswith("※"))
    lines = [line for line in before if line not in legends]
    if not lines:
        return None, legends
    caption, mark, note = lines[-1].partition(" ※")
    return caption, (*legends, mark.strip() + note) if mark else legends


def _row_label(text: str, cells: Sequence[Cell], labelled: bool) -> str | None:
    """Return the label of a row: its first cell, or the bold beginning of its only cell."""
    first = cells[0].span.of(text)
    if bold := _BOLD.match(first):
        return plain(bold.group(1))
    label = plain(first)
    fits = len(label) <= LONGEST_LABEL and (len(cells) > 1 or labelled) and cells[0].column == 0
    return label if fits else None
