"""The amounts that a passage of a report tells, those of a table in the unit of its labels too.

Takes a report and a passage; gives `Amount`s. Knows nothing about drafts.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from assistant.checking.amounts import Amount, Day, amounts
from assistant.checking.folded import fold_text
from corpus.markup import plain
from corpus.model import Passage, Report

_SCALED = re.compile(r"(百万|[千百万億兆]{1,2})(円|ドル|人|件|トン|kWh|戸|世帯|台|床|m3|㎥|ha)")


@lru_cache(1 << 14)
def amounts_in(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a text, remembered."""
    return tuple(amounts(text))


def amounts_of(report: Report, passage: Passage) -> list[Amount]:
    """Return the amounts of a passage; those of a table in the unit of its labels too."""
    table = passage.table
    if table is None:
        return list(amounts_in(plain(passage.text)))
    found: list[Amount] = []
    for cell in table.cells:
        label = table.column_labels[cell.column] if cell.column < len(table.column_labels) else None
        for bare in amounts_in(plain(cell.span.of(report.text))):
            amount = replace(bare, is_cell=True)
            found += [amount, *_in_unit(amount, filter(None, (label, table.unit, table.caption)))]
    for text in filter(None, (table.row_label, table.caption, *table.column_labels)):
        found += amounts_in(text)
    return found


def _in_unit(amount: Amount, labels: Iterable[str]) -> list[Amount]:
    """Return a bare number in the unit that stands above it: 1,850 under （百万円）."""
    if amount.unit:
        return []
    units = [unit for label in labels if (unit := _unit_of(label))]
    if isinstance(amount.value, Day):
        return []
    return [scaled for unit in units for scaled in amounts_in(f"{amount.value:f}{unit}")]


@lru_cache(1 << 12)
def _unit_of(label: str) -> str | None:
    written = _SCALED.search(fold_text(label).text)
    return written[0] if written else None
