"""What a writer of drafts can quote from reports: sentences and figures of tables.

Takes a parsed report; gives its sentences without bullets, and its cells with the words that
name them. Knows nothing about drafts.
"""

import re
from collections import Counter
from dataclasses import dataclass

from corpus.japanese import sentences
from corpus.markup import fold, plain
from corpus.model import Passage, PassageKind, Report

_SHORTEST, _LONGEST = 14, 120
_BULLET = re.compile(
    r"^(?:[・○●✓◎〇◯-]\s*|[①-⑳]\s*|[a-z]\.\s+|\d+\.\s+|[アイウエオカキ]\s+|[(（][アイウエオ][)）]\s*)+"
)
_UNFIT = re.compile(
    r"\[\^|※|\t|略|座長|大臣、|^[(（]注|^注|^出典|[。、]$.|[:：]$|次のとおり|次の表"
)
_PAIRS = (("「", "」"), ("（", "）"), ("(", ")"), ("『", "』"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as one would quote it, found verbatim in its report."""

    words: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class TableFigure:
    """A figure of a table, with what names it; no other cell of the table has this number."""

    caption: str
    row: str
    column: str
    value: str
    """With its unit where the cell or the column's label tells one."""


def quotable_sentences(report: Report) -> list[Sentence]:
    """Return the sentences of paragraphs and list items that can stand by themselves."""
    whole = fold(report.text)
    found = []
    for passage in report.passages:
        if passage.kind not in (PassageKind.PARAGRAPH, PassageKind.ITEM):
            continue
        if report.section_by_id[passage.section_id].level == 0 and len(passage.text) < 40:
            continue  # Title page.
        text = plain(passage.text)
        for span in sentences(text):
            words = _BULLET.sub("", span.of(text).strip())
            if _is_fit(words) and fold(words) in whole:
                found.append(Sentence(words, passage))
    return found


def is_balanced(words: str) -> bool:
    """True where every bracket that opens in `words` closes in them."""
    return all(words.count(left) == words.count(right) for left, right in _PAIRS)


def _is_fit(words: str) -> bool:
    is_long = _SHORTEST <= len(words) <= _LONGEST
    return is_long and is_balanced(words) and not _UNFIT.search(words)


def table_figures(report: Report) -> list[TableFigure]:
    """Return the figures of captioned tables that a sentence can tell."""
    found = []
    for passage in report.passages:
        if passage.kind is PassageKind.ROW and passage.table and passage.table.caption:
            found += _figures_of(passage, report)
    numbers = Counter((f.caption, re.sub(r"\D", "", f.value)) for f in found)
    return [f for f in found if numbers[f.caption, re.sub(r"\D", "", f.value)] == 1]


def _figures_of(passage: Passage, report: Report) -> list[TableFigure]:
    table = passage.table
    if table is None or not table.row_label or not table.caption:
        return []
    found = []
    for cell in table.cells:
        label = table.column_labels[cell.column] if cell.column < len(table.column_labels) else None
        value = plain(cell.span.of(report.text))
        if not label or not re.fullmatch(r"[\d,，.．０-９]{2,}[^\d\s（(]{0,4}", value):
            continue
        unit = re.search(r"[（(]([^（()）]{1,4})[)）]$", label)
        if unit and value[-1].isdigit():
            value, label = value + unit[1], label[: unit.start()]
        if not value[-1].isdigit():
            found.append(TableFigure(plain(table.caption), plain(table.row_label), label, value))
    return found
