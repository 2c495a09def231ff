"""Composer for tables: the asked cells of the asked rows.

Takes a query and the rows of one table; gives claims made of cells. A row is cited whole.
"""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.composing.draft import Claim, Draft, whole
from assistant.composing.match import Matcher
from assistant.refusing.particulars import contradicts
from assistant.refusing.shown import shows, sign_of
from assistant.understanding.understand import Query, QueryKind
from assistant.understanding.wanted import has
from corpus.characters import search_form
from corpus.japanese import words
from corpus.markup import fold, plain, quotable
from corpus.model import Cell, Passage, PassageKind, Report
from corpus.tabular import LONGEST_LABEL

_CLEAR = 0.15
"""Share of the sought words from which an entry alone answers."""

_FITS = 0.1
"""Share of the sought words below which no cell of a row is the asked one."""

_PERSONAL = 3
"""Cells of a row of a roster, at most."""
_SHORT = 60
_EXACT = 0.99
NAMED = 0.5
"""Share of a label's characters that the question must have for the label to be named."""


def rows_of(report: Report, passage: Passage) -> list[Passage]:
    """Return all rows of the table that `passage` belongs to, without its column labels."""
    assert passage.table is not None
    number = passage.table.table_number
    return [
        other
        for other in report.passages
        if other.table is not None
        and other.table.table_number == number
        and other.kind is PassageKind.ROW
    ]


def row_claim(query: Query, matcher: Matcher, report: Report, passage: Passage) -> Claim:
    """Return what a row says to the question: its asked cell, or all of it."""
    table = passage.table
    assert table is not None
    label = table.row_label or ""
    cells = named_cells(query, passage)
    if _is_person(report, passage):
        cells = []
    elif not cells and (fitting := fitting_cell(matcher, report, passage)):
        if lacking := _wanted_cells(query, report, passage, fitting):
            cells = sorted([fitting, *lacking], key=lambda cell: cell.column)
        else:
            texts = _best_entries(query, matcher, entry_texts(report, fitting, label))
            return _cell_claim(report, passage, texts, [fitting])
    if not cells:
        return Claim(_whole_row(report, passage), (whole(report, passage),))
    texts = ["、".join(entry_texts(report, cell, label)) for cell in cells]
    return _cell_claim(report, passage, texts, cells)


def _wanted_cells(query: Query, report: Report, passage: Passage, fitting: Cell) -> list[Cell]:
    """Return the cells that have what is wanted, where the one that fits lacks it."""
    assert passage.table is not None
    texts = {c: plain(c.span.of(report.text)) for c in passage.table.cells if c.column}
    if query.wanted is None or has(query.wanted, texts.get(fitting, "")):
        return []
    sign = sign_of(query.asked)
    found = [c for c, t in texts.items() if c != fitting and has(query.wanted, t)]
    return [c for c in found if sign is None or shows(sign, texts[c])] or found


def _is_person(report: Report, passage: Passage) -> bool:
    """True for a short row that names a person: name, post and body are told together."""
    assert passage.table is not None
    texts = [plain(cell.span.of(report.text)) for cell in passage.table.cells]
    named = any("固有名詞-人名" in word.pos for text in texts for word in words(search_form(text)))
    return named and len(texts) <= _PERSONAL and sum(map(len, texts)) <= _SHORT


def _cell_claim(
    report: Report, passage: Passage, texts: Sequence[str], cells: Sequence[Cell]
) -> Claim:
    """Return a claim of what cells of one row say, with the label of the row before it."""
    assert passage.table is not None
    label = passage.table.row_label or ""
    said = ("、" if len(cells) == 1 else "　").join(texts)
    text = f"{label}：{said}" if label and said != label else said or label
    column = "、".join(filter(None, (column_label(passage, cell) for cell in cells)))
    return Claim(text, (whole(report, passage, column or None),))


def _best_entries(query: Query, matcher: Matcher, entries: Sequence[str]) -> list[str]:
    """Return the entries that fit the question clearly better than the others, else all."""
    if query.kind is QueryKind.LIST:
        return list(entries)
    shares = [matcher.share(entry) for entry in entries]
    kept = [e for e, share in zip(entries, shares, strict=True) if share >= 0.6 * max(shares)]
    return kept if max(shares, default=0.0) > _CLEAR else list(entries)


def named_cells(query: Query, passage: Passage) -> list[Cell]:
    """Return the cells whose column labels the question names, the best one or all exact ones.

    A column of another year than the question's is not meant, however alike its label is.
    """
    assert passage.table is not None
    asked = search_form(query.standalone)
    shares = {
        cell: max(named_share(query, label), float(head_of(label) in asked))
        for cell in passage.table.cells
        if cell.column
        and (label := column_label(passage, cell))
        and not contradicts(query.asked, label)
    }
    exact = [cell for cell, share in shares.items() if share >= _EXACT]
    best = max(shares, key=lambda cell: shares[cell], default=None)
    return exact or ([best] if best is not None and shares[best] >= NAMED else [])


def head_of(label: str) -> str:
    """Return the last noun of a column label: that of 「日本における課題」 is 課題."""
    name = search_form(label).split("(")[0]
    nouns = [w.surface for w in words(name) if "名詞" in w.pos[:2]]
    # 年度 tells nothing of which year.
    return nouns[-1] if nouns and not any(c.isdigit() for c in name) else label


def fitting_cell(matcher: Matcher, report: Report, passage: Passage) -> Cell | None:
    """Return the cell that fits the question best, None where the row is better shown whole."""
    table = passage.table
    assert table is not None
    texts = {cell: plain(cell.span.of(report.text)) for cell in table.cells}
    if not table.column_labels and max(map(len, texts.values())) <= LONGEST_LABEL:
        return None
    shares = {
        cell: matcher.share(text)
        for cell, text in texts.items()
        if cell.column or not table.column_labels
    }
    best = max(shares, key=lambda cell: shares[cell], default=None)
    return best if best is not None and shares[best] > _FITS else None


def named_share(query: Query, label: str) -> float:
    """Return the share of the character pairs of `label` that the question has.

    Remarks in brackets and the order of the words do not matter (生活 基盤 = 生活基盤).
    """
    parts = search_form(label).split("(")[0].split()
    asked = search_form(query.standalone).replace(" ", "")
    shares = [pair_share(part, asked) * len(part) for part in parts]
    return sum(shares) / max(1, sum(map(len, parts)))


def pair_share(word: str, asked: str) -> float:
    """Return the share of the character pairs of `word` that `asked` has."""
    pairs = [word[i : i + 2] for i in range(max(1, len(word) - 1))]
    return sum(pair in asked for pair in pairs) / len(pairs)


def compose_entry_scan(query: Query, report: Report, passage: Passage) -> Draft | None:
    """Return the labels of the rows that have an entry equal to what the question quotes."""
    rows = rows_of(report, passage)
    for quoted in query.quoted:
        wanted = fold(quoted)
        found = [row for row in rows if wanted in {fold(t) for t in _all_entries(report, row)}]
        if found and len(found) < len(rows):
            claims = tuple(
                Claim(row.table.row_label, (whole(report, row),))
                for row in found
                if row.table and row.table.row_label
            )
            lead = f"「{quoted}」が挙げられているのは次の{len(claims)}つです。"
            return Draft(Status.ANSWERED, lead, claims, is_list=True)
    return None


def _all_entries(report: Report, row: Passage) -> list[str]:
    assert row.table is not None
    return [quotable(span.of(report.text)) for cell in row.table.cells for span in cell.items]


def entry_claims(report: Report, passage: Passage, cell: Cell) -> tuple[Claim, ...]:
    """Return one claim for each entry of a cell."""
    assert passage.table is not None
    column = column_label(passage, cell)
    source = whole(report, passage, column)
    texts = entry_texts(report, cell, passage.table.row_label or "")
    return tuple(Claim(text, (source,)) for text in texts)


def entry_texts(report: Report, cell: Cell, label: str) -> list[str]:
    """Return the entries of a cell, without one that only repeats the label of its row."""
    texts = [quotable(span.of(report.text)) for span in cell.items]
    return [text for text in texts if fold(text) != fold(label)] or texts


def cell_of(row: Passage, column: int) -> Cell | None:
    """Return the cell of a row in a column, None where it is empty."""
    assert row.table is not None
    return next((cell for cell in row.table.cells if cell.column == column), None)


def column_label(passage: Passage, cell: Cell) -> str | None:
    """Return the label of the column that `cell` stands in."""
    assert passage.table is not None
    labels = passage.table.column_labels
    return labels[cell.column] if cell.column < len(labels) else None


def _whole_row(report: Report, passage: Passage) -> str:
    assert passage.table is not None
    label = passage.table.row_label
    parts = []
    for cell in passage.table.cells:
        texts = entry_texts(report, cell, label or "")
        if cell.column or texts != [label]:
            parts.append("、".join(text for text in texts if text != label))
    body = "　".join(part for part in parts if part)
    return f"{label}：{body}" if label and body else label or body
