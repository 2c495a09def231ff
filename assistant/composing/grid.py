"""Composer for questions over a whole table: the most and the least, rows of a kind, legends.

Takes a query and hits; gives the rows that the question singles out by the value of a column,
by an exact cell or by an entry, or the meaning of a mark. Values are compared only where all
have one unit. Knows nothing about single cells that a question names by row and column.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Status
from assistant.composing.draft import Claim, Draft, Source, named, whole
from assistant.composing.match import Matcher
from assistant.composing.tables import (
    NAMED,
    cell_of,
    column_label,
    entry_texts,
    named_share,
    rows_of,
)
from assistant.refusing.particulars import contradicts
from assistant.refusing.shown import DEGREE, asked_kind
from assistant.understanding.understand import Query, QueryKind, focus
from corpus.characters import search_form
from corpus.markup import plain, quotable
from corpus.model import Cell, Passage, PassageKind, Report, Span
from index.numerals import number_terms
from index.retrieve import Hit
from index.snapshot import Snapshot

_LOOKED_AT = 8
"""Hits whose tables may be meant."""
_NAMED = 0.35
"""Share of the sought words that a table and its column must have to be meant."""

_MOST = re.compile(r"多|大き|最大|高|長|新し|最新|上位|広|重")
_LEAST = re.compile(r"少な|最少|小さ|最小|低|短|古|下位|狭|軽")
_VALUE = re.compile(r"(?:約|およそ)?\s*([△▲\-−]?)(\d[\d,]*(?:\.\d+)?)\s*([^\d\s]*)")
_YEAR = "#y"
"""How `number_terms` begins a year, whichever calendar it is in."""
_NUMBERED = re.compile(r"^表\s?[\d\-.]+\s*")
_CAPTION = 0.35
"""Share of a caption that the question must have where the columns are but years."""
_WAYS = (("値が小さい", "値が大きい"), ("古い", "新しい"))
_TOTAL = re.compile(r"(?:合|総|小|県|市|全体)?計|全体|全国|平均|総数|合計.*|その他")
_BARE = re.compile(r"[ぁ-ゖ\d\s.,%％]+")
"""Cells of kana or digits alone say too little to be looked for in a question (あり)."""
_MARKS: dict[str, str] = {
    "黒丸": "●", "二重丸": "◎", "白丸": "○", "黒三角": "▲", "三角": "△", "黒四角": "■",
    "四角": "□", "黒星": "★", "星印": "☆", "ひし形": "◆", "アスタリスク": "＊", "米印": "※",
}  # fmt: skip
"""What the marks of a legend are called."""
_MARK = re.compile(r"[●◎○▲△■□★☆◆◇×＊*†‡▽▼]")
_MEANS = re.compile(r"意味|示|表し|何です|なんです|凡例|とは|印")


@dataclass(frozen=True, slots=True)
class _Table:
    report: Report
    rows: tuple[Passage, ...]
    title: str


@dataclass(frozen=True, slots=True)
class _Column:
    """The values of one column, in the order of its rows."""

    label: str
    unit: str
    cells: tuple[tuple[Passage, Cell, float], ...]


def compose_grid(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> Draft | None:
    """Return what the rows of a table near say together, None where no table is meant."""
    tables = list(_tables_near(hits[:_LOOKED_AT], snapshot))
    kinds: tuple[Callable[[Query, Matcher, _Table], Draft | None], ...] = (_rows_of_kind, _label_of)
    found = (compose(query, matcher, table) for table in tables for compose in kinds)
    return next((draft for draft in found if draft), None) or _legend(query, hits, snapshot)


def compose_most(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    """Return the row with the greatest or least value of the asked column."""
    degree = _degree(query.asked)
    if degree is None:
        return None
    # How much of it is sought says nothing of what is measured.
    measured = replace(query, focus=focus(DEGREE.sub(" ", search_form(query.asked))))
    matcher = Matcher(measured, snapshot)
    best: tuple[float, _Table, _Column] | None = None
    near = _tables_near(hits[:_LOOKED_AT], snapshot)
    for table in (table for table in near if _has_kind(query, table)):
        for column in _columns(query, table):
            if not _is_measured(query, table, column.label):
                continue
            words = matcher.covered(f"{table.title} {column.label}")
            fit = matcher.weight(words) + matcher.share(column.label)
            if matcher.weight(words) >= _NAMED and (best is None or fit > best[0]):
                best = (fit, table, column)
    return _most(best[1], best[2], *degree) if best else None


def _has_kind(query: Query, table: _Table) -> bool:
    """True where the rows are what the question asks for: 区域, 管種, 浄水場."""
    kind = asked_kind(query.asked)
    if kind is None:
        return True
    first = table.rows[0].table
    header = search_form((first.column_labels[0] if first and first.column_labels else None) or "")
    named_so = sum(kind in search_form(_label(row)) for row in table.rows)
    return kind in header or (len(header) > 1 and header in kind) or 2 * named_so > len(table.rows)


def _is_measured(query: Query, table: _Table, label: str) -> bool:
    """True where the question names what a column measures, and the year of a column of one."""
    if not any(term.startswith(_YEAR) for term in number_terms(search_form(label))):
        return named_share(query, label) >= NAMED
    asked = set(number_terms(search_form(query.asked)))
    return not asked.isdisjoint(number_terms(search_form(label))) and (
        named_share(query, _NUMBERED.sub("", table.title)) >= _CAPTION
    )


def _degree(asked: str) -> tuple[bool, int] | None:
    """Return whether the greatest is asked for, and the how many-th, None where neither is."""
    match = DEGREE.search(search_form(asked))
    if match is None:
        return None
    quality = match.group(1) or match.group(3)
    nth = "一二三四五".find(match.group(2) or "一") + 1 or int(match.group(2))
    if _LEAST.match(quality):
        return False, nth
    return (True, nth) if _MOST.match(quality) else None


def _most(table: _Table, column: _Column, greatest: bool, nth: int) -> Draft | None:
    values = sorted({value for _, _, value in column.cells}, reverse=greatest)
    if len(values) < max(nth, 2):
        return None
    chosen = [(row, cell) for row, cell, value in column.cells if value == values[nth - 1]]
    claims = tuple(_row_with(table.report, row, cell) for row, cell in chosen)
    order = f"{nth}番目に" if nth > 1 else "最も"
    way = _WAYS[column.unit == "年"][greatest]
    lead = f"{named(table.title)}の{named(column.label)}で{order}{way}のは、次の行です。"
    return Draft(Status.ANSWERED, lead, claims, is_list=len(claims) > 1)


def _columns(query: Query, table: _Table) -> Iterator[_Column]:
    """Yield the columns whose values can be compared: numbers with one unit in every row."""
    rows = [row for row in table.rows if not _TOTAL.fullmatch(_label(row))]
    labels = rows[0].table.column_labels if rows and rows[0].table else ()
    for number, label in enumerate(labels):
        if not number or not label or contradicts(query.asked, label):
            continue
        cells = [(row, cell_of(row, number)) for row in rows]
        read = [(r, c, _value(c, table.report)) for r, c in cells if c is not None]
        values = [(row, cell, value) for row, cell, value in read if value is not None]
        units = {value[1] for _, _, value in values}
        if len(values) == len(rows) > 1 and len(units) == 1:
            yield _Column(
                label, units.pop(), tuple((row, cell, value[0]) for row, cell, value in values)
            )


def _value(cell: Cell, report: Report) -> tuple[float, str] | None:
    text = search_form(plain(cell.span.of(report.text)))
    if years := [term for term in number_terms(text) if term.startswith(_YEAR)]:
        return (float(years[0].removeprefix(_YEAR)), "年") if len(years) == 1 else None
    match = _VALUE.fullmatch(text)
    if match is None:
        return None
    number = float(match.group(2).replace(",", ""))
    return (-number if match.group(1) else number), match.group(3)


def _tables_near(hits: Sequence[Hit], snapshot: Snapshot) -> Iterator[_Table]:
    """Yield the tables of the hits, and those in the section of a caption or heading."""
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        report = snapshot.report(hit.passage.report_id)
        for passage in (hit.passage, *report.passages_by_section[hit.passage.section_id]):
            key = (report.id, passage.table.table_number if passage.table else -1)
            if passage.table is None or key in seen:
                continue
            seen.add(key)
            heading = report.section_by_id[passage.section_id].heading
            if rows := rows_of(report, passage):
                yield _Table(report, tuple(rows), passage.table.caption or heading)


def _label(row: Passage) -> str:
    return (row.table.row_label if row.table else None) or ""


def _row_with(report: Report, row: Passage, cell: Cell) -> Claim:
    """Return the label of a row with what one of its cells says."""
    text = quotable(cell.span.of(report.text))
    label = _label(row)
    said = f"{label}：{text}" if label and label != text else text
    return Claim(said, (whole(report, row, column_label(row, cell)),))


def _rows_of_kind(query: Query, matcher: Matcher, table: _Table) -> Draft | None:
    """Return the rows with a cell that the question has word for word, where all are sought."""
    if query.kind is not QueryKind.LIST:
        return None
    found = [
        (row, cell)
        for row in table.rows
        if row.table
        for cell in row.table.cells
        if _is_sought(query, table, plain(cell.span.of(table.report.text)))
    ]
    columns = {cell.column for _, cell in found}
    if not 1 < len(found) < len(table.rows) or len(columns) != 1:
        return None
    if not _has_kind(query, table):
        return None
    whole_rows = columns == {0}
    claims = tuple(
        _cells_joined(table.report, row) if whole_rows else _row_with(table.report, row, cell)
        for row, cell in found
    )
    lead = f"{named(table.title)}で当てはまるのは、次の{len(claims)}件です。"
    return Draft(Status.ANSWERED, lead, claims, is_list=True)


def _is_sought(query: Query, table: _Table, cell: str) -> bool:
    """True where the question has the cell; what the table is called is no mark of a row."""
    is_topic = search_form(cell) in search_form(table.title) and cell not in query.quoted
    return not is_topic and _says(query.asked, cell)


def _says(question: str, cell: str) -> bool:
    """True where `cell` stands in the question as a word of its own."""
    words, asked = search_form(cell), search_form(question)
    if len(words) < 2 or _BARE.fullmatch(words):
        return False
    alone = rf"(?<![一-龥ァ-ヶー]){re.escape(words)}(?![一-龥ァ-ヶー])"
    return words in asked and bool(re.search(alone, asked))


def _cells_joined(report: Report, row: Passage) -> Claim:
    assert row.table is not None
    words = "　".join(quotable(cell.span.of(report.text)) for cell in row.table.cells)
    return Claim(words, (whole(report, row),))


def _label_of(query: Query, matcher: Matcher, table: _Table) -> Draft | None:
    """Return the label of the row that has an entry, where the question asks for that label."""
    first = table.rows[0].table
    header = first.column_labels[0] if first and first.column_labels else None
    asks = header and re.search(
        rf"(?:どの|何の|どちらの|いずれの|どこの){re.escape(search_form(header))}",
        search_form(query.asked),
    )
    if not asks:
        return None
    labels = " ".join(filter(None, first.column_labels)) if first else ""
    sought = matcher.covered(query.focus) - matcher.covered(f"{table.title} {labels}")
    entries = [
        (matcher.weight(matcher.covered(text) & sought), row, text)
        for row in table.rows
        if row.table
        for cell in row.table.cells
        if cell.column
        for text in entry_texts(table.report, cell, _label(row))
    ]
    most = max((weight for weight, _, _ in entries), default=0.0)
    chosen = [(row, text) for weight, row, text in entries if weight == most > 0]
    if most < matcher.weight(sought) / 3 or not 0 < len({row.id for row, _ in chosen}) <= 2:
        return None
    claims = tuple(
        Claim(f"{_label(row)}：{text}", (whole(table.report, row),)) for row, text in chosen
    )
    lead = f"{named(table.title)}では、次の{header}の欄にあります。"
    return Draft(Status.ANSWERED, lead, claims, is_list=len(claims) > 1)


def _legend(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    """Return what a mark stands for, where the question asks for its meaning."""
    marks = {mark for name, mark in _MARKS.items() if name in query.asked}
    marks |= set(_MARK.findall(query.asked))
    if not marks or not hits or not _MEANS.search(query.asked):
        return None
    entry = re.compile(rf"([{re.escape(''.join(marks))}])\s?[：:＝=は]\s?([^\s：:＝=]+)")
    sections = list(dict.fromkeys(hit.passage.section_id for hit in hits))
    report = snapshot.report(hits[0].passage.report_id)
    explaining = (PassageKind.NOTE, PassageKind.PARAGRAPH, PassageKind.CAPTION)
    places = [p for p in report.passages if p.kind in explaining and entry.search(p.text)]
    places.sort(key=lambda p: sections.index(p.section_id) if p.section_id in sections else 99)
    for place in places[:1]:
        text = "　".join(quotable(m.group()) for m in entry.finditer(place.text))
        source = Source(report, place, Span(place.span.start, place.span.end))
        heading = report.section_by_id[place.section_id].heading
        return Draft(Status.ANSWERED, f"{named(heading)}の凡例です。", (Claim(text, (source,)),))
    return None
