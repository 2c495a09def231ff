"""Conditions on rows that a question states: by a cell, a number, a year, another column.

Takes the words of a question and a table; gives which rows meet each condition. A condition
holds only on what a cell says; nothing is matched loosely.
"""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.composing.grid import Grid, own_word, years
from assistant.composing.quantities import quantity
from assistant.understanding.understand import Query
from corpus.characters import search_form

_BARE = re.compile(r"[ぁ-ゖ\d\s.,%]+")
"""Cells of kana or digits alone say too little to be looked for anywhere (あり, 100%)."""
_EMPTY = re.compile(r"[-―—ー－]*")
"""A cell that says nothing."""
_JUST_NAMED = 10
"""Characters between a column and what it is said to say."""

_OVER = (
    r"以上|を?超|を?上回|よりも?(?:多|大き|高|長|広)"
    r"|未満|以下|を?下回|よりも?(?:少な|小さ|低|短|狭)"
)
_COMPARED = re.compile(rf"([△▲\-]?\d[\d,]*(?:\.\d+)?[^\d\s以超上下よを未]{{0,6}}?)\s*({_OVER})")
_COLUMNS = re.compile(
    r"(.{2,24}?)(?:が|は)(.{2,24}?)(よりも?(?:多|大き|高|増|少な|小さ|低|減)|を(?:上回|超え|下回))"
)
_BY = re.compile(
    r"((?:令和|平成|昭和)\d+年度?|\d{4}年度?)末?(まで|以前|以降|から|より前|より後)"
)
_SAYS_NOTHING = re.compile(r"(?:空欄|空白|(?:書|記載|記入|示)[^、。]{0,5}(?:ない|なし|ません))")
_EXCEPT = re.compile(r"[」』]?(?:の[^、。]{0,6})?(?:を除|は除|以外|でな|ではな|じゃな)")
_BOTH = re.compile(r"両方|どちらにも|いずれにも|ともに|かつ")
_FEWER = re.compile(r"未満|以下|下回|少な|小さ|低|短|狭|減")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with the rows that meet it, by their order."""

    column: int
    rows: frozenset[int]
    words: str
    """What the question says, in search form."""


def conditions(query: Query, grid: Grid) -> list[Condition]:
    """Return the conditions that `query` states on the rows of `grid`, none that all rows meet."""
    asked = search_form(query.asked)
    found = [*_numbers(asked, grid), *_columns(asked, grid), *_dates(asked, grid)]
    found += _empty(asked, grid)
    found += _values(query, asked, grid, {c.column for c in found})
    return [c for c in found if len(c.rows) < len(grid.rows)]


def _where(grid: Grid, column: int, holds: Callable[[str], bool]) -> frozenset[int]:
    return frozenset(n for n, row in enumerate(grid.rows) if holds(grid.text(row, column)))


def _values(query: Query, asked: str, grid: Grid, taken: set[int]) -> Iterator[Condition]:
    """Yield a condition for each column that has what the question says word for word."""
    sought = set(grid.named_columns(query.asked))
    said: dict[int, list[tuple[str, frozenset[int], bool]]] = {}
    rest = asked
    first = 1 if grid.is_keyed else 0
    places: dict[str, dict[int, set[int]]] = {}
    for number, row in enumerate(grid.rows):
        for column in range(first, grid.width):
            for part in grid.parts(row, column) if column not in taken else ():
                places.setdefault(part, {}).setdefault(column, set()).add(number)
    for part in sorted(places, key=len, reverse=True):
        match = _stands(query, grid, part, rest, places[part])
        if match is None:
            continue
        columns = places[part]
        column = min(columns, key=lambda c: (c in sought, -len(columns[c])))
        negated = bool(_EXCEPT.match(rest, match.end()))
        said.setdefault(column, []).append((part, frozenset(columns[column]), negated))
        rest = f"{rest[: match.start()]}\n{rest[match.end() :]}"
    for column, values in said.items():
        yield _joined(column, values, len(grid.rows), bool(_BOTH.search(asked)))


def _joined(
    column: int, values: Sequence[tuple[str, frozenset[int], bool]], rows: int, both: bool
) -> Condition:
    """Return what a column must say: one of the values, or all, and none of the excluded."""
    wanted = [where for _, where, negated in values if not negated] or [frozenset(range(rows))]
    join = frozenset.intersection if both else frozenset.union
    kept = join(*wanted)
    for _, where, negated in values:
        kept = kept - where if negated else kept
    return Condition(column, kept, " ".join(part for part, _, _ in values))


def _stands(
    query: Query, grid: Grid, part: str, rest: str, columns: dict[int, set[int]]
) -> re.Match[str] | None:
    """Return where the question has what a cell says; what the table is called is no mark."""
    quoted = part in {search_form(text) for text in query.quoted}
    if part in grid.labels or _EMPTY.fullmatch(part):
        return None
    if part in search_form(grid.title) and not quoted:
        return None
    match = own_word(part, rest)
    if match is None or _COMPARED.match(rest, match.start()):
        return None
    if len(part) < 2 or _BARE.fullmatch(part):
        before = rest[max(0, match.start() - _JUST_NAMED - 12) : match.start()]
        return match if any(c in grid.named_columns(before) for c in columns) else None
    return match


def _numbers(asked: str, grid: Grid) -> Iterator[Condition]:
    """Yield what a column must be more or less than: 目標値が50%以上."""
    start = 0
    for match in _COMPARED.finditer(asked):
        limit = quantity(match.group(1))
        column = next(iter(grid.named_columns(asked[start : match.start()])), None)
        start = match.end()
        if limit is None or column is None:
            continue
        compares = _comparison(match.group(2))

        def holds(text: str) -> bool:
            value = quantity(text, grid.labels[column])  # noqa: B023 -- used before the next one
            same = value is not None and (value.unit == limit.unit or not limit.unit)  # noqa: B023
            return value is not None and same and compares(value.value, limit.value)  # noqa: B023

        if rows := _where(grid, column, holds):
            yield Condition(column, rows, match.group())


def _comparison(words: str) -> Callable[[float, float], bool]:
    fewer = bool(_FEWER.search(words))
    if "以" in words:
        return operator.le if fewer else operator.ge
    return operator.lt if fewer else operator.gt


def _columns(asked: str, grid: Grid) -> Iterator[Condition]:
    """Yield which of two columns must be the greater: 実績が基準年度より多い."""
    for match in _COLUMNS.finditer(asked):
        one, other = (_remarked_columns(grid, text) for text in match.group(1, 2))
        if not one or not other or one == other:
            continue
        compares = _comparison(match.group(3))
        pairs = [
            tuple(quantity(grid.text(row, column)) for column in (one[0], other[0]))
            for row in grid.rows
        ]
        rows = frozenset(
            number
            for number, (a, b) in enumerate(pairs)
            if a and b and a.unit == b.unit and compares(a.value, b.value)
        )
        if rows:
            yield Condition(one[0], rows, match.group())


def _remarked_columns(grid: Grid, text: str) -> list[int]:
    """Return the columns that `text` names: word for word, by a remark in brackets, nearly."""
    names = {n: re.sub(r"\(.*", "", label) for n, label in enumerate(grid.labels)}
    exact = [n for n, name in names.items() if n and name and name in text]
    remarks = {n: re.findall(r"\(([^()]{2,})\)", label) for n, label in enumerate(grid.labels)}
    remarked = [n for n, found in remarks.items() if any(remark in text for remark in found)]
    return exact or remarked or grid.named_columns(text)


def _dates(asked: str, grid: Grid) -> Iterator[Condition]:
    """Yield before or from which year the dates of a column must be: 令和10年度までに."""
    for match in _BY.finditer(asked):
        limit = quantity(match.group(1))
        column = next((n for n in range(grid.width) if _is_dated(grid, n)), None)
        if limit is None or column is None:
            continue
        edge, compares = limit.value, _EDGES[match.group(2)]
        values = {n: years(grid.text(row, column)) for n, row in enumerate(grid.rows)}
        rows = frozenset(
            n for n, said in values.items() if said and compares(_latest(said), edge)
        )
        if rows:
            yield Condition(column, rows, match.group())


_EDGES: dict[str, Callable[[float, float], bool]] = {
    "まで": operator.le, "以前": operator.le, "以降": operator.ge, "から": operator.ge,
    "より前": operator.lt, "より後": operator.gt,
}  # fmt: skip


def _latest(said: set[str]) -> float:
    return max(float(term[2:]) for term in said)


def _is_dated(grid: Grid, column: int) -> bool:
    return 2 * sum(bool(years(grid.text(row, column))) for row in grid.rows) > len(grid.rows)


def _empty(asked: str, grid: Grid) -> Iterator[Condition]:
    """Yield which column must say nothing: 備考が空欄の."""
    if match := _SAYS_NOTHING.search(asked):
        for column in grid.named_columns(asked[: match.start()])[-1:]:
            if rows := _where(grid, column, lambda text: bool(_EMPTY.fullmatch(text))):
                yield Condition(column, rows, match.group())
