"""Composer for the most and the least: the row with the greatest or least value of a column.

Takes a query and hits; gives the rows, among those that meet the conditions of the question.
Values are compared only where they have one unit; a value may stand inside a longer cell
(前年度比1.4倍) where the question names the word before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Status
from assistant.composing.conditions import conditions
from assistant.composing.draft import Claim, Draft, named, whole
from assistant.composing.grid import YEAR, Grid, grids_near, years
from assistant.composing.match import Matcher
from assistant.composing.quantities import Quantity, quantity, within
from assistant.composing.tables import NAMED, cell_of, named_share
from assistant.refusing.particulars import contradicts
from assistant.refusing.shown import asked_kind
from assistant.understanding.understand import Query, focus
from corpus.characters import search_form
from corpus.markup import quotable
from corpus.model import Passage
from index.numerals import number_terms
from index.retrieve import Hit
from index.snapshot import Snapshot

_NAMED = 0.35
"""Share of the sought words that a table and its column must have to be meant."""
_CAPTION = 0.35
"""Share of a caption that the question must have where the columns are but years."""

_MOST = re.compile(r"多|大き|大(?!学)|高|長|新し|新|上位|広|重|早(?!く)")
_LEAST = re.compile(r"少|小さ|小(?!学)|低|短|古|下位|狭|軽")
_QUALITY = rf"{_MOST.pattern}|{_LEAST.pattern}"
_DEGREE = re.compile(
    r"(?:最も|もっとも|一番(?!目)|いちばん|最|(?P<nth>\d|[二三四五])番目に)"
    rf"(?:[^、。?？最]{{0,16}}?[がのは])??(?P<quality>{_QUALITY})(?=[ぁ-ん?？、。]|$)"
)
_NUMBERED = re.compile(r"^表\s?[\d\-.]+\s*")
_WAYS = (("値が小さい", "値が大きい"), ("古い", "新しい"))
_WORD = re.compile(r"([一-龥々ァ-ヶー]{2,})\s*(?:は|が|で|:)?\s*約?\d")


@dataclass(frozen=True, slots=True)
class _Degree:
    """The most or the least that is asked for, with the words that say of what."""

    greatest: bool
    nth: int
    words: str


@dataclass(frozen=True, slots=True)
class _Column:
    """The values of one column, in the order of its rows."""

    grid: Grid
    number: int
    label: str
    unit: str
    values: tuple[tuple[Passage, float], ...]


def compose_most(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    """Return the row with the greatest or least value, one for each degree that is asked for."""
    degrees = list(_degrees(query.asked))
    grids = [grid for grid in grids_near(hits, snapshot) if degrees and _has_kind(query, grid)]
    drafts = [
        _one(query, degree, grids, snapshot)
        # 「最も高い業種と最も低い業種」: what is measured is named once.
        or _one(query, replace(degree, words=degrees[0].words), grids, snapshot)
        for degree in degrees
    ]
    found = [draft for draft in drafts if draft]
    if not found or len(found) < len(drafts):
        return found[0] if found else None
    if len(found) == 1:
        return found[0]
    lead = " ".join(draft.lead for draft in found)
    return Draft(Status.ANSWERED, lead, tuple(c for d in found for c in d.claims), is_list=True)


def _degrees(asked: str) -> Iterator[_Degree]:
    text = search_form(asked)
    matches = list(_DEGREE.finditer(text))
    for number, match in enumerate(matches):
        start = matches[number - 1].end() if number else 0
        end = match.end() if number + 1 < len(matches) else len(text)
        nth = match.group("nth") or "一"
        words = f"{text[start : match.start()]} {_between(match)} {text[match.end() : end]}"
        order = "一二三四五".find(nth) + 1 or int(nth)
        yield _Degree(not _LEAST.match(match.group("quality")), order, words)


def _between(match: re.Match[str]) -> str:
    """Return what stands between 最も and the quality (最も回収率が低い)."""
    inside = match.group()[: -len(match.group("quality"))]
    return re.sub(r"^(?:最も|もっとも|一番|いちばん|最|.番目に)", "", inside)


def _one(query: Query, degree: _Degree, grids: Sequence[Grid], snapshot: Snapshot) -> Draft | None:
    # How much of it is sought says nothing of what is measured.
    part = replace(query, asked=degree.words, standalone=degree.words, focus=focus(degree.words))
    matcher = Matcher(part, snapshot)
    best: tuple[float, _Column] | None = None
    for grid in grids:
        rows = _rows(query, grid)
        for column in (*_columns(part, grid, rows), *_inside(part, grid, rows)):
            words = matcher.covered(f"{grid.title} {column.label}")
            fit = matcher.weight(words) + matcher.share(column.label)
            if matcher.weight(words) >= _NAMED and (best is None or fit > best[0]):
                best = (fit, column)
    return _most(best[1], degree) if best else None


def _rows(query: Query, grid: Grid) -> list[Passage]:
    """Return the rows that may be the most: no totals, those that meet the conditions."""
    kept = set(range(len(grid.rows)))
    for condition in conditions(query, grid):
        kept &= condition.rows
    rows = [row for number, row in enumerate(grid.rows) if number in kept]
    rows = rows if len(rows) > 1 else list(grid.rows)
    return [row for row in rows if not grid.is_total(row) and grid.label(row) != "その他"]


def _has_kind(query: Query, grid: Grid) -> bool:
    """True where the rows are what the question asks for: 区域, 管種, 浄水場."""
    kind = asked_kind(query.asked)
    return kind is None or is_of_kind(grid, kind)


def is_of_kind(grid: Grid, kind: str) -> bool:
    """True where the first column is called `kind`, or most rows are called so."""
    header = grid.labels[0] if grid.labels else ""
    named_so = sum(kind in search_form(grid.label(row)) for row in grid.rows)
    return kind in header or (len(header) > 1 and header in kind) or 2 * named_so > len(grid.rows)


def _columns(query: Query, grid: Grid, rows: Sequence[Passage]) -> Iterator[_Column]:
    """Yield the measured columns whose values can be compared: numbers with one unit.

    A row may lack a value, most may not.
    """
    for number, label in enumerate(grid.labels):
        if not number or not label or contradicts(query.asked, label):
            continue
        read = [(row, quantity(grid.said(row, number))) for row in rows]
        if _is_measured(query, grid, label):
            yield from _compared(grid, number, label, read)


def _inside(query: Query, grid: Grid, rows: Sequence[Passage]) -> Iterator[_Column]:
    """Yield the values that stand in longer cells behind a word that the question has."""
    for number in range(1, grid.width):
        texts = {row.id: grid.text(row, number) for row in rows}
        names = {name for text in texts.values() for name in _WORD.findall(text)}
        for name in sorted(names):
            if name in query.asked:
                read = [(row, within(texts[row.id], name)) for row in rows]
                yield from _compared(grid, number, name, read)


def _compared(
    grid: Grid, number: int, label: str, read: Sequence[tuple[Passage, Quantity | None]]
) -> Iterator[_Column]:
    values = [(row, value) for row, value in read if value is not None]
    units = {value.unit for _, value in values}
    if len(values) > 1 and 2 * len(values) > len(read) and len(units) == 1:
        pairs = tuple((row, value.value) for row, value in values)
        yield _Column(grid, number, label, units.pop(), pairs)


def _is_measured(query: Query, grid: Grid, label: str) -> bool:
    """True where the question names what a column measures, and the year of a column of one."""
    if not years(label):
        return named_share(query, label) >= NAMED
    asked = {term for term in number_terms(search_form(query.asked)) if term.startswith(YEAR)}
    title = _NUMBERED.sub("", grid.title)
    return not asked.isdisjoint(years(label)) and named_share(query, title) >= _CAPTION


def _most(column: _Column, degree: _Degree) -> Draft | None:
    values = sorted({value for _, value in column.values}, reverse=degree.greatest)
    if len(values) < max(degree.nth, 2):
        return None
    grid = column.grid
    chosen = [row for row, value in column.values if value == values[degree.nth - 1]]
    claims = tuple(_row_with(grid, row, column.number) for row in chosen)
    order = f"{degree.nth}番目に" if degree.nth > 1 else "最も"
    way = _WAYS[column.unit == "年"][degree.greatest]
    lead = f"{named(grid.title)}の{named(_written(column))}で{order}{way}のは、次の行です。"
    return Draft(Status.ANSWERED, lead, claims, is_list=len(claims) > 1)


def _written(column: _Column) -> str:
    """Return the label of a column as the report writes it."""
    header = column.grid.header
    label = header[column.number] if column.number < len(header) else None
    return label if label and search_form(label) == column.label else column.label


def _row_with(grid: Grid, row: Passage, number: int) -> Claim:
    """Return the label of a row with what one of its cells says."""
    cell = cell_of(row, number)
    assert cell is not None  # its value was read
    text = quotable(cell.span.of(grid.report.text))
    label = grid.label(row)
    said = f"{label}：{text}" if label and label != text else text
    header = grid.header[number] if number < len(grid.header) else None
    return Claim(said, (whole(grid.report, row, header),))
