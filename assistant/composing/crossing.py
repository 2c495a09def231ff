"""Composer for several aspects of one thing that a table tells: its row under the asked columns.

Takes a thing, the aspects that are asked of it and the means to search; gives the asked cells in
the order in which they are asked for, under the labels of their columns. Knows nothing about
the other things of the question.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.composing.draft import Draft
from assistant.composing.grid import Grid, grids_near
from assistant.composing.places import Means
from assistant.composing.tables import pair_share
from assistant.refusing.particulars import contradicts
from corpus.characters import search_form
from corpus.model import Passage

_SAME_NAME = 0.8
"""Share of a thing's character pairs from which the label of a row names it."""
_DIGIT = re.compile(r"\d")
_SHORT = 80
"""Characters of a row that may be shown whole where its columns cannot be told."""


def compose_crossing(thing: str, aspects: Sequence[str], means: Means) -> Draft | None:
    """Return the cells of the row of `thing` that tell `aspects`, None where no table does.

    Where only some of the aspects are told apart, a short row is given whole.
    """
    words = f"{thing} {' '.join(aspects)}"
    hits = means.search(words, background=means.query.background)
    partly: Draft | None = None
    for grid in grids_near(hits, means.snapshot):
        row = row_of(grid, thing)
        if row is None:
            continue
        columns = [_column(grid, aspect) for aspect in aspects]
        told = list(dict.fromkeys(column for column in columns if column))
        if len(told) == len(aspects):
            return _draft(grid, row, thing, told)
        if told and not partly and len(row.text) <= _SHORT:
            partly = _draft(grid, row, thing, range(1, grid.width))
    return partly


def row_of(grid: Grid, thing: str) -> Passage | None:
    """Return the one row that `thing` names, by its label or by a cell; None where none does."""
    name = search_form(thing)
    by_label = grid.named_rows(name)
    if len(by_label) == 1:
        return by_label[0]
    for found in (_rows_with(grid, name), _rows_called(grid, name)):
        if len(rows := list(found)) == 1:
            return rows[0]
    return None


def _rows_with(grid: Grid, name: str) -> Iterator[Passage]:
    """Yield the rows that have a cell which says `name` and no more."""
    for row in grid.rows:
        if any(grid.text(row, column) == name for column in range(grid.width)):
            yield row


def _rows_called(grid: Grid, name: str) -> Iterator[Passage]:
    """Yield the rows whose label has most of `name`."""
    for row in grid.rows:
        if pair_share(name.replace(" ", ""), search_form(grid.label(row))) >= _SAME_NAME:
            yield row


def _column(grid: Grid, aspect: str) -> int:
    """Return the column that tells an aspect, 0 where that is not clear."""
    name = search_form(aspect).replace(" ", "")
    labels = {n: grid.labels[n].replace(" ", "") for n in range(1, grid.width) if grid.labels[n]}
    open_ = {n: label for n, label in labels.items() if not contradicts(aspect, label)}
    same = [n for n, label in open_.items() if label == name]
    short = [n for n, label in open_.items() if _abbreviates(name, label)]
    for found in (same, short, grid.named_columns(aspect)):
        if len(found) == 1:
            return found[0]
    return 0


def _abbreviates(name: str, label: str) -> bool:
    """True where a label has the letters of `name` in their order (有休取得率, 現状 of 現状値)."""
    letters = iter(label)
    return len(name) > 1 and all(letter in letters for letter in name)


def _draft(grid: Grid, row: Passage, thing: str, columns: Sequence[int]) -> Draft:
    """Return the cells as a draft; a cell that names the thing stands before them."""
    name = search_form(thing)
    naming = [n for n in range(1, grid.width) if n not in columns and grid.text(row, n) == name]
    claim = grid.row_claim(row, [*naming, *columns])
    return Draft(Status.ANSWERED, "", (replace(claim, label=_label(grid, row, thing, columns)),))


def _label(grid: Grid, row: Passage, thing: str, columns: Sequence[int]) -> str:
    """Return the thing with the labels of the shown columns, as the report writes them.

    They are no part of the claim: their numbers do not stand in the row that is quoted.
    """
    names = [grid.header[n] or "" for n in columns if n < len(grid.header)]
    are_numbers = all(_DIGIT.search(grid.text(row, n)) for n in columns)
    unit = f"（単位：{row.table.unit}）" if row.table and row.table.unit and are_numbers else ""
    shown = "、".join(filter(None, names))
    return f"{thing}：{shown}{unit}" if shown else f"{thing}{unit}"
