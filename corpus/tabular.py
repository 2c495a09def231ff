"""Rows → what each row needs to stand alone: caption, column labels, row label, notes.

Takes the rows of one table with the text around it; gives records (usually one a row, several
where a row holds several people) with their context. Knows nothing about sections.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block
from corpus.characters import search_form
from corpus.japanese import words
from corpus.markup import plain
from corpus.model import Cell, Span, TableContext
from corpus.tables import entries

LONGEST_LABEL = 40
"""Characters; a longer first cell is a statement, not the label of its row."""

_LONGEST_COLUMN_LABEL = 24
_WIDEST_RECORD = 12
_HEADER_WORDS = re.compile(
    r"^(?:No\.?|番号|区分|項目|分野|名称|名前|氏名|種別|種類|内容|年度?|年月日?|日付|国名?|地域|都道府県"
    r"|市町村名?|役職|所属|担当(?:課|者)?|指標|事業名?|施策名?|目標|実績|時期|期限|備考|単位|概要|件数|割合|金額)$"
)
_FIGURE = re.compile(r"[\d,.%％+\-▲△約〜~円人件か年月日台社億万兆\s]+")
_YEAR = re.compile(r"(?:(?:19|20)\d\d|(?:令和|平成|昭和|[RHS])(?:\d{1,2}|元))年?度?")
"""A year labels its column, though it is a figure."""
_SERIAL = re.compile(r"(?:No\.?|番号|#|№)$", re.IGNORECASE)
"""Label of a column that only counts the rows."""
_UNIT = re.compile(r"単位\s?[：:\s]\s?([^\s)）】］\]]+)")
_UNIT_LINE = re.compile(r"[（(【［\[]?\s?単位")
_REMARK_LINE = re.compile(r"[（(][^（()）]+[)）]")
_LEGEND = re.compile(r"[^\s\w]\s?[：:]|凡例|※")
_BOLD = re.compile(r"\s*(?:<b>|<strong>|\*\*)(.+?)(?:</b>|</strong>|\*\*)", re.DOTALL)

_NAMES_LOOKED_AT = 40
"""Cells of a column that tell whether it holds personal names."""


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
    header = 0 if _has_header(rows, grid) else None
    labels = tuple(word or None for word in grid[0]) if header == 0 else ()
    caption, remarks = _caption(before)
    unit = next((m.group(1) for s in (*before, *labels) if s and (m := _UNIT.search(s))), None)
    notes = (*remarks, *after)
    width = _record_width(grid[1:] if header == 0 else grid, labels)
    found: list[Record] = []
    for order, row in enumerate(rows):
        for start in range(0, len(row.cells), width or len(row.cells)):
            part = row.cells[start : start + (width or len(row.cells))]
            cells = _cells(text, part)
            if cells:
                context = TableContext(
                    caption,
                    _row_label(text, cells, labels),
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


def _has_header(rows: Sequence[Block], grid: Sequence[Sequence[str]]) -> bool:
    """Decide whether the first row labels the columns."""
    if rows[0].is_header:
        return any(grid[0])
    if any(row.is_header for row in rows) or len(rows) < 2 or len(grid[0]) < 2:
        return False
    first, rest = [cell for cell in grid[0] if cell], grid[1:]
    if len(first) < 2 or any(len(c) > _LONGEST_COLUMN_LABEL or c.endswith("。") for c in first):
        return False
    if all(map(_YEAR.fullmatch, first[1:])):
        return True
    if any(map(_is_figure, first[1:])):
        return False
    if any(_HEADER_WORDS.match(cell) for cell in first):
        return True
    longer = sum(map(len, (c for r in rest for c in r))) / len(rest) > 3 * sum(map(len, first))
    return longer or _has_figure_column(rest)


def _has_figure_column(rows: Sequence[Sequence[str]]) -> bool:
    """True where a column behind the first holds figures only."""
    figures: set[int] = set()
    others: set[int] = set()
    for row in rows:
        for column, cell in enumerate(row[1:]):
            if cell:
                (figures if _is_figure(cell) else others).add(column)
    return bool(figures - others)


def _is_figure(cell: str) -> bool:
    words = search_form(cell)
    return bool(_FIGURE.fullmatch(words)) and any(map(str.isdigit, words))


def _record_width(grid: Sequence[Sequence[str]], labels: Sequence[str | None]) -> int | None:
    """Return after how many cells a new record begins in a row, None for one record a row.

    A table whose columns of personal names repeat at equal distance, under repeated labels or
    none, holds several people in a row.
    """
    if not _is_names(grid, 0):
        return None
    width = max(map(len, grid))
    step = next((c for c in range(1, min(width, _WIDEST_RECORD + 1)) if _is_names(grid, c)), 1)
    named = range(0, width, step)
    regular = step > 1 and width % step == 0 and all(_is_names(grid, c) for c in named[2:])
    same = all(label == labels[c % step] for c, label in enumerate(labels))
    return step if regular and same else None


def _is_names(grid: Sequence[Sequence[str]], column: int) -> bool:
    filled = [row[column] for row in grid if column < len(row) and row[column]]
    looked_at = filled[:_NAMES_LOOKED_AT]
    named = [
        cell for cell in looked_at if len(cell) <= 20 and any("人名" in w.pos for w in words(cell))
    ]
    return len(filled) > 1 and len(named) * 2 > len(looked_at)


def _caption(before: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """Part the lines above a table into its caption and its legends and remarks.

    A line that is only a unit is neither; one in brackets (令和元年10月1日現在) is a remark.
    """
    lines = [line for line in before if not _UNIT_LINE.match(line)]
    remarks = tuple(s for s in lines if _LEGEND.match(s) or _REMARK_LINE.fullmatch(s))
    titles = [line for line in lines if line not in remarks]
    if not titles:
        return None, remarks
    caption, mark, note = titles[-1].partition(" ※")
    return caption, (*remarks, mark.strip() + note) if mark else remarks


def _row_label(text: str, cells: Sequence[Cell], labels: Sequence[str | None]) -> str | None:
    """Return the label of a row: its first cell, or the bold beginning of its only cell.

    Where the first column only counts the rows, the label stands in the second.
    """
    if labels and _SERIAL.match(labels[0] or "") and len(cells) > 1 and cells[0].column == 0:
        cells = cells[1:]
    elif cells[0].column and not _BOLD.match(cells[0].span.of(text)):
        return None
    first = cells[0].span.of(text)
    if bold := _BOLD.match(first):
        return plain(bold.group(1))
    label = plain(first)
    return label if len(label) <= LONGEST_LABEL and (len(cells) > 1 or labels) else None
