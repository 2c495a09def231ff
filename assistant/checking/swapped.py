"""A number of a report that a draft gives to another thing: 男性は0.3年、女性は0.6年.

Takes an amount with the words that lead to it, and a passage of the report that has it; tells
whether these words lead to another amount of the same unit there, and none of them to this one.
Where words say nothing, nothing is said: it raises alarms and never calms one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.checking.amounts import Amount, Day, amounts
from assistant.checking.contradiction import pairs_of
from corpus.markup import plain
from corpus.model import Passage, Report, Span, TableContext

_NEAR = 6
"""Characters between a date and the number that it dates."""
_OF_DATES = ("年", "月", "日", "時", "分")
_BEHIND = re.compile(r"\s*(?:の|（|\()")
"""The words that a number belongs to stand behind it: 310人の医師."""


@dataclass(frozen=True, slots=True)
class _Led:
    """An amount and what leads to it."""

    amount: Amount
    words: frozenset[str]

    def is_like(self, amount: Amount) -> bool:
        """True for a number of the same unit; that of a cell stands in a label."""
        is_day = isinstance(self.amount.value, Day)
        return not is_day and (self.amount.unit == amount.unit or self.amount.is_cell)


def is_swapped(text: str, within: Span, at: Span, report: Report, passage: Passage) -> bool:
    """True where a draft's words for a number lead to another number in the report.

    Args:
        text: of the draft's paragraph.
        within: the claim.
        at: the amount, in `text`.
        report: where it was found.
        passage: of that report.
    """
    ours = [
        led
        for led in _led(text[within.start : within.end])
        if led.amount.span.start + within.start == at.start
    ]
    if not ours or not ours[0].words or ours[0].amount.unit in _OF_DATES:
        return False
    said, amount = ours[0].words, ours[0].amount
    there = list(_told(report, passage))
    own = [led.words for led in there if amount.is_in([led.amount])]
    others = [led.words for led in there if led.is_like(amount) and not amount.is_in([led.amount])]
    if not own or any(said & words for words in own):
        return False
    return any(2 * len(said & words) >= max(len(said), len(words)) > 0 for words in others)


def _led(text: str) -> Iterator[_Led]:
    """Yield the numbers of a text with the words, or the date, right before them."""
    position, date = 0, None
    is_behind = False
    for amount in amounts(text):
        span = amount.span
        before = text[position : span.start]
        if isinstance(amount.value, Day):
            date, position, is_behind = amount, span.end, False
            continue
        clause = re.split(r"[、。，；;]", before)[-1]
        words = set() if is_behind else set(pairs_of(clause))
        if date is not None and span.start - date.span.end <= _NEAR:
            words.add(str(date.value))
        is_behind = bool(_BEHIND.match(text, span.end))
        if not is_behind:
            yield _Led(amount, frozenset(words))
        position, date = span.end, None


def _told(report: Report, passage: Passage) -> Iterator[_Led]:
    table = passage.table
    if table is None:
        yield from _led(plain(passage.text))
        return
    for cell in table.cells:
        labels = table.column_labels
        label = labels[cell.column] if cell.column < len(labels) else None
        for amount in amounts(plain(cell.span.of(report.text))):
            words = pairs_of(label or "") | pairs_of(table.row_label or "")
            yield _Led(replace(amount, is_cell=not amount.unit), words)
        yield from _below_and_above(report, table, cell.column)


def _below_and_above(report: Report, table: TableContext, column: int) -> Iterator[_Led]:
    """Yield the numbers of a column in the other rows, led by the names of these rows."""
    for passage in report.passages:
        row = passage.table
        if row is None or row.table_number != table.table_number or row is table:
            continue
        for cell in row.cells:
            if cell.column == column and row.row_label:
                for amount in amounts(plain(cell.span.of(report.text))):
                    yield _Led(replace(amount, is_cell=not amount.unit), pairs_of(row.row_label))
