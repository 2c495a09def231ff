"""Composer for whole tables: rows that meet conditions, whole columns, cells of named rows.

Takes a query and hits; gives the rows that the question singles out with the cells that it asks
for, or the asked columns of all rows. A question that names neither row, column nor condition is
left to others.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Status
from assistant.composing.conditions import conditions
from assistant.composing.draft import Claim, Draft, named, whole
from assistant.composing.extremes import is_of_kind
from assistant.composing.grid import Grid, covers, grids_near, joined_pieces
from assistant.composing.legend import compose_legend
from assistant.composing.match import Matcher
from assistant.composing.shared import compose_shared
from assistant.composing.tables import entry_texts, head_of
from assistant.composing.values import Condition
from assistant.refusing.particulars import contradicts
from assistant.refusing.shown import asked_kind
from assistant.understanding.understand import Query, QueryKind
from corpus.characters import search_form
from corpus.model import Passage
from index.retrieve import Hit
from index.snapshot import Snapshot

_MEANT = 0.5
"""Share of the sought words that a table with its conditions must have to be meant."""
_BEST_MEANT = 0.35
"""… where the best hit is one of its rows that meet them."""
_ALL_OF_IT = 0.6
"""Share that a table alone must have, where all its rows are asked for."""
_LONGEST = 30
"""Rows of a column that is given whole."""

_ASKS_ROWS = re.compile(
    r"どれ|どこ|どの|どちら|いくつ|第何|何(?:個|件|人|名|社|か所|カ所|地域|地区|区域|部門|分野|事業|項目|種類)|何と何|誰|だれ"
    r"|名前|全て|すべて|全部|全員|一覧|挙げ|列挙|漏れなく|拾|抜き出|は[?？]?$"
)
"""Signs that rows are asked for."""
_COUNTER = re.compile(r"何(個|件|人|名|社|か所|カ所|地域|地区|区域|部門|分野|事業|項目|種類)")
_EACH = re.compile(
    r"ごと|毎の|別[のに]|各|それぞれ|全て|すべて|全部|一覧|並べ|欄|全[一-龥]{2}|漏れなく|一通り"
)
"""Signs that a column is asked for over all rows."""
_DIFFERENCE = re.compile(r"違い|違う|比べ|比較|差は|差を")


def compose_rows(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    """Return the rows that meet what the question states, or a whole column; None for neither.

    What a table says as a whole, no single place of it says.
    """
    return _best(query, hits, snapshot, (_common_entries, _rows_meeting, _whole_columns))


def compose_grid(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> Draft | None:
    """Return the asked cells of named rows, the label of an entry, or the meaning of a mark."""
    draft = _best(query, hits, snapshot, (_named_cells, _label_of))
    return draft or compose_legend(query, hits, snapshot)


Found = tuple[float, Draft] | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what weighs its words and the place that fits it best."""

    query: Query
    matcher: Matcher
    best: Passage | None


def _best(
    query: Query,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    ways: Sequence[Callable[[_Asked, Grid], Found]],
) -> Draft | None:
    """Return the draft of the table that speaks to most of the question."""
    asked = _Asked(query, Matcher(query, snapshot), hits[0].passage if hits else None)
    grids = [g for g in grids_near(hits, snapshot) if not contradicts(query.asked, g.title)]
    for way in ways:
        found = [draft for grid in grids if (draft := way(asked, grid))]
        if found:
            return max(found, key=lambda item: item[0])[1]
    return None


def _common_entries(asked: _Asked, grid: Grid) -> Found:
    """Return what named rows have in common, or one of them alone has."""
    draft = compose_shared(asked.query, grid)
    share = covers(grid, asked.matcher, " ".join(grid.label(row) for row in grid.rows))
    return (share, draft) if draft and share >= _MEANT else None


def _rows_meeting(asked: _Asked, grid: Grid) -> Found:
    """Return the rows that meet all conditions, with the other columns that are asked for."""
    query, stated = asked.query, conditions(asked.query, grid)
    if not stated or (grid.is_keyed and grid.named_rows(query.asked)):
        return None
    kept = [row for n, row in enumerate(grid.rows) if all(n in c.rows for c in stated)]
    rows = [row for row in kept if not grid.is_total(row)]
    by = {condition.column for condition in stated}
    columns = [n for n in grid.named_columns(query.asked, clearly=True) if n not in by]
    if not rows or not _asks_for_rows(query, grid, len(rows) + len(stated) > 2, columns):
        return None
    share = covers(grid, asked.matcher, " ".join(c.words for c in stated))
    if share < (_BEST_MEANT if asked.best in rows else _MEANT):
        return None
    of_one = len(rows) == 1 and not grid.is_keyed
    claims = tuple(_claim(grid, row, stated, [] if of_one else columns) for row in rows)
    lead = f"{named(grid.title)}で当てはまるのは、次の{_counted(query.asked, len(rows))}です。"
    return share, Draft(Status.ANSWERED, lead, claims, is_list=True)


def _counted(asked: str, number: int) -> str:
    """Return how many there are, counted as the question counts."""
    counter = _COUNTER.search(search_form(asked))
    unit = counter.group(1) if counter else "つ" if number < 10 else "件"
    return f"{number}{unit}"


def _asks_for_rows(query: Query, grid: Grid, several: bool, columns: Sequence[int]) -> bool:
    """True where a question on conditions asks which rows meet them, or for other columns."""
    if columns:
        return True
    kind = asked_kind(query.asked)
    if kind is not None and not _may_be_called(grid, kind):
        return False
    names_rows = kind is not None or grid.ends_so(query.asked)
    asks = bool(_ASKS_ROWS.search(query.asked)) or query.kind is QueryKind.LIST
    return asks or names_rows if several else asks and names_rows


def _may_be_called(grid: Grid, kind: str) -> bool:
    """True where the rows, or what the table is about, may be called `kind` (支援事業 = 事業)."""
    around = search_form(grid.around)
    return kind in around or head_of(kind) in around or is_of_kind(grid, kind)


def _claim(grid: Grid, row: Passage, stated: Sequence[Condition], columns: Sequence[int]) -> Claim:
    """Return the asked cells of a row, else those that meet the conditions.

    Where rows share their labels, a row is told whole unless one of its columns is asked for.
    """
    if not grid.is_keyed and not columns:
        return grid.row_claim(row, [])
    met = sorted({c.column for c in stated if c.column})
    return grid.row_claim(row, sorted({*columns, *met}) if not grid.is_keyed else columns or met)


def _whole_columns(asked: _Asked, grid: Grid) -> Found:
    """Return the asked columns of all rows."""
    query = asked.query
    quoted = {search_form(words) for words in query.quoted}
    said = [n for n, label in enumerate(grid.labels) if n and label in quoted]
    columns = said or grid.named_columns(query.asked)
    if not columns or len(grid.rows) > _LONGEST or not _EACH.search(query.asked):
        return None
    if (grid.is_keyed and grid.named_rows(query.asked)) or conditions(query, grid):
        return None
    share = covers(grid, asked.matcher)
    least = _BEST_MEANT if said else _MEANT
    if share < (least if asked.best and _belongs(asked.best, grid) else _ALL_OF_IT):
        return None
    claims = tuple(grid.row_claim(row, columns) for row in grid.rows)
    names = "、".join(named(grid.labels[n]) for n in columns)
    lead = f"{named(grid.title)}の{names}は、次のとおりです。"
    return share, Draft(Status.ANSWERED, lead, claims, is_list=True)


def _belongs(passage: Passage, grid: Grid) -> bool:
    """True for a row or the column labels of the table."""
    first = grid.rows[0]
    numbers = [p.table.table_number for p in (passage, first) if p.table]
    return passage.report_id == first.report_id and len(numbers) == 2 and len(set(numbers)) == 1


def _named_cells(asked: _Asked, grid: Grid) -> Found:
    """Return the asked cells of the rows that the question names.

    Of one of a list of people all is told: post, name and body belong together.
    """
    query = asked.query
    rows, columns = grid.named_rows(query.asked), grid.named_columns(query.standalone)
    if not rows or not columns or len(rows) > 3 or _DIFFERENCE.search(query.asked):
        return None
    pieces = joined_pieces(query.asked, [grid.label(row) for row in rows])
    if not all(grid.named_columns(piece) for piece in pieces):
        return None  # one of two things is called otherwise
    share = covers(grid, asked.matcher, " ".join(grid.label(row) for row in rows))
    if share < _ALL_OF_IT:
        return None
    claims = tuple(grid.row_claim(row, columns if grid.is_keyed else []) for row in rows)
    table = rows[0].table
    unit = f"（単位：{table.unit}）" if table and table.unit else ""
    lead = f"{named(grid.title)}に次の記述があります{unit}。"
    return share, Draft(Status.ANSWERED, lead, claims, is_list=len(claims) > 1)


def _label_of(asked: _Asked, grid: Grid) -> Found:
    """Return the label of the row that has an entry, where the question asks for that label."""
    query, matcher = asked.query, asked.matcher
    header = grid.labels[0] if grid.labels else ""
    which = rf"(?:どの|何の|どちらの|いずれの|どこの){re.escape(header)}"
    if not header or not re.search(which, search_form(query.asked)):
        return None
    title = f"{grid.title} {' '.join(grid.labels)}"
    sought = matcher.covered(query.focus) - matcher.covered(title)
    entries = [(matcher.weight(matcher.covered(t) & sought), row, t) for row, t in _entries(grid)]
    most = max((weight for weight, _, _ in entries), default=0.0)
    chosen = [(row, text) for weight, row, text in entries if weight == most > 0]
    if most < matcher.weight(sought) / 3 or not 0 < len({row.id for row, _ in chosen}) <= 2:
        return None
    claims = tuple(
        Claim(f"{grid.label(row)}：{text}", (whole(grid.report, row),)) for row, text in chosen
    )
    lead = f"{named(grid.title)}では、次の{header}の欄にあります。"
    return most, Draft(Status.ANSWERED, lead, claims, is_list=len(claims) > 1)


def _entries(grid: Grid) -> Iterator[tuple[Passage, str]]:
    """Yield each entry of each cell beside the labels."""
    for row in grid.rows:
        for cell in row.table.cells if row.table else ():
            if cell.column:
                for text in entry_texts(grid.report, cell, grid.label(row)):
                    yield row, text
