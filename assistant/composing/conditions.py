"""Conditions on rows that a question states: by a cell, a number, a year, another column.

Takes the words of a question and a table; gives which rows meet each condition. A condition
holds only on what a cell says; nothing is matched loosely.
"""

import operator
import re
from collections.abc import Callable, Iterator

from assistant.composing.grid import Grid, years
from assistant.composing.quantities import COMPARED, Quantity, alike, quantity
from assistant.composing.values import EMPTY, Condition, by_value
from assistant.understanding.understand import Query
from corpus.characters import search_form

_MORE = r"(?:多|大き|高|増|少な|小さ|低|減)"
_COLUMNS = (
    re.compile(
        rf"(?P<a>.{{2,24}}?)[がは](?P<b>.{{2,24}}?)(?P<way>よりも?{_MORE}|を(?:上回|超え|下回))"
    ),
    re.compile(
        rf"(?P<b>.{{2,24}}?)よりも?(?P<a>.{{2,24}}?)(?:の(?:方|ほう))?[がは](?P<way>{_MORE})"
    ),
    re.compile(
        r"(?P<b>(?:計画|目標|予定|見込み?|予算|推計)[^\s、。がはを]{0,6})(?P<way>を(?:上回|超え|下回))"
    ),
)
_ACHIEVED = re.compile(r"実績|現状|現在|結果")
"""What is compared with a plan where only the plan is named: 計画を上回った."""
_BY = re.compile(
    r"((?:令和|平成|昭和)\d+年度?|\d{4}年度?)末?(まで|以前|以降|から|より前|より後|中?に)"
)
_SAYS_NOTHING = re.compile(
    r"(?:空欄|空白|(?:書|記載|記入|示|見込)[^、。]{0,5}(?:ない|なし|ません))"
)
_NONE = re.compile(r"0|なし|無し?|該当なし")
"""What a cell says where there is none of it."""
_FEWER = re.compile(r"未満|以下|下回|少な|小さ|低|短|狭|減")


def conditions(query: Query, grid: Grid) -> list[Condition]:
    """Return the conditions that `query` states on the rows of `grid`, none that all rows meet."""
    asked = search_form(query.asked)
    found = [*_numbers(asked, grid), *_columns(asked, grid), *_dates(asked, grid)]
    found += [*_empty(asked, grid), *_changes(asked, grid)]
    found += by_value(query, asked, grid, {c.column for c in found})
    return [c for c in found if len(c.rows) < len(grid.rows)]


def _where(grid: Grid, column: int, holds: Callable[[str], bool]) -> frozenset[int]:
    return frozenset(n for n, row in enumerate(grid.rows) if holds(grid.text(row, column)))


def _numbers(asked: str, grid: Grid) -> Iterator[Condition]:
    """Yield what a column must be more or less than: 目標値が50%以上."""
    start = 0
    for match in COMPARED.finditer(asked):
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
        one, other = (_remarked_columns(grid, match.groupdict().get(name, "")) for name in "ab")
        if "a" not in match.groupdict():
            one = [n for n, label in enumerate(grid.labels) if _ACHIEVED.search(label)][:1]
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
            if rows := _where(grid, column, _says_none):
                yield Condition(column, rows, match.group())


def _says_none(text: str) -> bool:
    return bool(EMPTY.fullmatch(text) or _NONE.fullmatch(text))


def _changes(asked: str, grid: Grid) -> Iterator[Condition]:
    """Yield which way the values of a column of changes must go: 前年より減った."""
    ways = [less for less, words in ((True, _FELL), (False, _ROSE)) if words.search(asked)]
    column = next((n for n, label in enumerate(grid.labels) if n and _CHANGE.search(label)), None)
    if len(ways) != 1 or column is None:
        return
    fell = _where(grid, column, lambda text: bool(_LESS.search(text)))
    rose = _where(grid, column, lambda text: any(map(str.isdigit, text))) - fell
    if fell and rose:
        words = (_FELL if ways[0] else _ROSE).search(asked)
        yield Condition(column, fell if ways[0] else rose, words.group() if words else "")


_FELL = re.compile(r"減(?:った|って|少し|少が|少の)|マイナス|下がった|落ち込")
_ROSE = re.compile(r"増(?:えた|えて|加し|加が|加の)|プラス|上がった|伸びた")
_CHANGE = re.compile(r"増減|前年.*比|前回.*比|同期比|前年度?差|伸び率|変化")
"""What a column of changes is called."""
_LESS = re.compile(r"^\s*[△▲\-−]\s*\d|減")
