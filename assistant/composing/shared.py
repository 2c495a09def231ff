"""Composer for what rows of a table have in common, or one has and the other lacks.

Takes a question that names two or three rows; gives the entries that stand in the asked cells
of all of them, or those of the first that do not stand in the others.
"""

import re
from collections.abc import Sequence

from assistant.answer import Status
from assistant.composing.draft import Claim, Draft, named, whole
from assistant.composing.grid import Grid
from assistant.composing.tables import cell_of, entry_texts
from assistant.understanding.understand import Query
from corpus.markup import fold
from corpus.model import Passage

_COMMON = re.compile(r"共通|両方|どちらにも|いずれにも|両者")
_ONLY = re.compile(r"に(?:だけ|のみ|しか)|にあって|にはあって|にはない|にない")


def compose_shared(query: Query, grid: Grid) -> Draft | None:
    """Return the entries that the named rows share, or that only the first of them has."""
    rows = sorted(grid.named_rows(query.asked), key=lambda row: _place(query, grid, row))
    common, only = _COMMON.search(query.asked), _ONLY.search(query.asked)
    if len(rows) < 2 or not (common or only):
        return None
    columns = grid.named_columns(query.asked) or list(range(1, grid.width))
    entries = [_entries(grid, row, columns) for row in rows]
    others = entries[1:]
    if common:
        kept = [key for key in entries[0] if all(key in other for other in others)]
        sources = tuple(whole(grid.report, row) for row in rows)
        lead = "に共通するのは、次のとおりです。"
    else:
        kept = [key for key in entries[0] if not any(key in other for other in others)]
        sources = (whole(grid.report, rows[0]),)
        lead = "だけにあるのは、次のとおりです。"
        rows = rows[:1]
    if not kept:
        return None
    claims = tuple(Claim(entries[0][key], sources) for key in kept)
    names = "と".join(named(grid.label(row)) for row in rows)
    return Draft(Status.ANSWERED, f"{named(grid.title)}の{names}{lead}", claims, is_list=True)


def _place(query: Query, grid: Grid, row: Passage) -> int:
    return query.asked.find(grid.label(row).split()[0])


def _entries(grid: Grid, row: Passage, columns: Sequence[int]) -> dict[str, str]:
    """Return the entries of some cells of a row by what must agree for two to be the same."""
    cells = [cell for column in columns if (cell := cell_of(row, column))]
    texts = [text for cell in cells for text in entry_texts(grid.report, cell, grid.label(row))]
    return {fold(part): part for text in texts for part in (text, *_PARTED.split(text)) if part}


_PARTED = re.compile(r"[、，,]")
