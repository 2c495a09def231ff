"""Conditions on rows that a question states: by a cell, a number, a year, another column.

Takes the words of a question and a table; gives which rows meet each condition. A condition
holds only on what a cell says; nothing is matched loosely.
"""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.composing.grid import Grid, own_word, years
from assistant.composing.quantities import Quantity, alike, quantity
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
_COMPARED = re.compile(rf"([△▲\-]?\d[\d,]*(?:\.\d+)?[^\s以超上下よを未]{{0,8}}?)\s*({_OVER})")
_MORE = r"(?:多|大き|高|増|少な|小さ|低|減)"
_COLUMNS = (
    re.compile(
        rf"(?P<a>.{{2,24}}?)[がは](?P<b>.{{2,24}}?)(?P<way>よりも?{_MORE}|を(?:上回|超え|下回))"
    ),
    re.compile(
        rf"(?P<b>.{{2,24}}?)よりも?(?P<a>.{{2,24}}?)(?:の(?:方|ほう))?[がは](?P<way>{_MORE})"
    ),
)
_BY = re.compile(
    r"((?:令和|平成|昭和)\d+年度?|\d{4}年度?)末?(まで|以前|以降|から|より前|より後|中?に)"
)
_SAYS_NOTHING = re.compile(r"(?:空欄|空白|(?:書|記載|記入|示)[^、。]{0,5}(?:ない|なし|ません))")
_EXCEPT = re.compile(
    r"[」』]?(?:の[^、。]{0,6})?(?:を除|は除|以外|でな|ではな|じゃな|[がを][^、。「」]{1,6}(?:て|で)い?ない)"
)
_AND = re.compile(r"[」』]?(?:と|や|、|・|及び|または|又は)[「『]?")
_FRACTION = re.compile(r"(\d+)\s*分の\s*(\d+)")
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


@dataclass(frozen=True, slots=True)
class _Value:
    """What a cell says and the question too, with its place in the question."""

    part: str
    column: int
    rows: frozenset[int]
    place: tuple[int, int]


def _values(query: Query, asked: str, grid: Grid, taken: set[int]) -> Iterator[Condition]:
    """Yield a condition for each column that has what the question says word for word."""
    rest = _apart(_fractions(asked), grid)
    found = sorted(_found(query, rest, grid, taken), key=lambda value: value.place)
    excluded: set[str] = set()
    for value, after in zip(reversed(found), [None, *reversed(found)], strict=False):
        joined = (
            after
            and after.part in excluded
            and _AND.fullmatch(rest[value.place[1] : after.place[0]])
        )
        if joined or _EXCEPT.match(rest, value.place[1]):
            excluded.add(value.part)
    for column in dict.fromkeys(value.column for value in found):
        values = [value for value in found if value.column == column]
        yield _joined(column, values, excluded, len(grid.rows), bool(_BOTH.search(asked)))


def _apart(asked: str, grid: Grid) -> str:
    """Return the question with a gap behind each column label (補助率 2分の1)."""
    for label in grid.labels:
        asked = asked.replace(label, f"{label} ") if len(label) > 1 else asked
    return asked


def _fractions(text: str) -> str:
    return _FRACTION.sub(r"\2/\1", text)


def _found(query: Query, rest: str, grid: Grid, taken: set[int]) -> Iterator[_Value]:
    """Yield the entries of cells that the question has, the longest read first."""
    sought = set(grid.named_columns(query.asked))
    places: dict[str, dict[int, set[int]]] = {}
    for number, row in enumerate(grid.rows):
        for column in range(1 if grid.is_keyed else 0, grid.width):
            for part in grid.parts(row, column) if column not in taken else ():
                places.setdefault(_fractions(part), {}).setdefault(column, set()).add(number)
    for part in sorted(places, key=len, reverse=True):
        columns = places[part]
        if match := _stands(query, grid, part, rest, columns):
            column = min(columns, key=lambda c: (c in sought, -len(columns[c])))
            yield _Value(part, column, frozenset(columns[column]), match.span())
            rest = rest[: match.start()] + "\n" * len(part) + rest[match.end() :]


def _joined(
    column: int, values: Sequence[_Value], excluded: set[str], rows: int, both: bool
) -> Condition:
    """Return what a column must say: one of the values, or all, and none of the excluded."""
    wanted = [v.rows for v in values if v.part not in excluded] or [frozenset(range(rows))]
    join = frozenset.intersection if both else frozenset.union
    kept = join(*wanted)
    for value in values:
        kept = kept - value.rows if value.part in excluded else kept
    return Condition(column, kept, " ".join(value.part for value in values))


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
        if limit is not None and column is not None:
            compares = _comparison(match.group(2))
            worth = [_worth(grid, number, column) for number in range(len(grid.rows))]
            rows = frozenset(
                number
                for number, value in enumerate(worth)
                if value
                and (alike(value, limit) or not limit.unit)
                and compares(value.value, limit.value)
            )
            if rows:
                yield Condition(column, rows, match.group())


def _worth(grid: Grid, row: int, column: int) -> Quantity | None:
    return quantity(grid.said(grid.rows[row], column), grid.unit(column))


def _comparison(words: str) -> Callable[[float, float], bool]:
    fewer = bool(_FEWER.search(words))
    if "以" in words:
        return operator.le if fewer else operator.ge
    return operator.lt if fewer else operator.gt


def _columns(asked: str, grid: Grid) -> Iterator[Condition]:
    """Yield which of two columns must be the greater: 実績が基準年度より多い."""
    for match in (m for pattern in _COLUMNS if (m := pattern.search(asked))):
        one, other = (_remarked_columns(grid, match.group(name)) for name in "ab")
        if not one or not other or one[0] == other[0]:
            continue
        compares = _comparison(match.group("way"))
        pairs = [
            (_worth(grid, number, one[0]), _worth(grid, number, other[0]))
            for number in range(len(grid.rows))
        ]
        rows = frozenset(
            number
            for number, (a, b) in enumerate(pairs)
            if a and b and alike(a, b) and compares(a.value, b.value)
        )
        if rows:
            yield from (Condition(column, rows, match.group()) for column in (one[0], other[0]))
            return


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
        rows = frozenset(n for n, said in values.items() if said and compares(_latest(said), edge))
        if rows:
            yield Condition(column, rows, match.group())


_EDGES: dict[str, Callable[[float, float], bool]] = {
    "まで": operator.le, "以前": operator.le, "以降": operator.ge, "から": operator.ge,
    "より前": operator.lt, "より後": operator.gt, "に": operator.eq, "中に": operator.eq,
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
