"""The parts that every format of an export has: quotations, notes, references.

Takes items; gives the note of each (再出 after the first of a report), and the reference list.
Knows nothing about formats.
"""

import unicodedata
from collections.abc import Sequence

from assistant.export.collected import Item
from assistant.references.forms import DEFAULT, write
from assistant.references.reference import Form, Options

LONGEST_INLINE = 60
"""Characters; a longer quotation is set apart as a block."""


def shown(text: str) -> str:
    """Return one line without the characters that control how text is shown, such as U+202E.

    Those of private use stay: names of persons and places are written with them (外字).
    """
    spaced = "".join(" " if c.isspace() and c != "\u3000" else c for c in text)
    return "".join(c for c in spaced if _is_shown(c))


def _is_shown(letter: str) -> bool:
    return letter.isprintable() or letter == "\u3000" or unicodedata.category(letter) == "Co"


def remarks(item: Item) -> list[str]:
    """Return the lines of what the user has written beside a citation, without empty ones."""
    return [line for raw in item.note.splitlines() if (line := shown(raw).strip(" "))]


def is_block(item: Item) -> bool:
    """True for a quotation that is set apart."""
    return len(item.quote) > LONGEST_INLINE or "\n" in item.quote


def notes(items: Sequence[Item], options: Options = DEFAULT) -> list[str]:
    """Return the note of each item; a report that was named before is named as 前掲."""
    named: set[str] = set()
    found: list[str] = []
    for item in items:
        is_again = item.report.id in named
        text = write(item.reference, Form.AGAIN if is_again else Form.FOOTNOTE, options).text
        if is_again and item.reference.original:
            text = f"{text[:-1]}、原典：{item.reference.original}）"
        named.add(item.report.id)
        found.append(text)
    return found


def references(items: Sequence[Item], options: Options = DEFAULT) -> list[str]:
    """Return the reference list, a report once, without places."""
    one = {item.report.id: item for item in items}
    whole = [
        write(type(item.reference)(item.reference.publication), Form.SIST, options)
        for item in one.values()
    ]
    return [written.text for written in whole]


def missing(items: Sequence[Item], options: Options = DEFAULT) -> list[str]:
    """Return what is not known of the reports and was left out of notes and references."""
    told = [
        write(item.reference, form, options).missing
        for item in items
        for form in (Form.FOOTNOTE, Form.SIST)
    ]
    return list(dict.fromkeys(part for parts in told for part in parts))
