"""Collected citations as Markdown and as plain text.

Takes items and the lines of a record; gives text. Words of reports and users are escaped in
Markdown, so that they show as they are. Knows nothing about Word.
"""

import re
from collections.abc import Sequence

from assistant.export.collected import Item
from assistant.export.notes import is_block, notes, references
from assistant.references.places import one_line

TITLE = "引用の下書き"
REFERENCES = "参考文献"
RECORD = "出どころの記録"

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$&])")
_OPENS_BLOCK = re.compile(r"^(\s*)([-+=:]|\d+[.)])", re.MULTILINE)


def markdown(items: Sequence[Item], record: Sequence[str] = ()) -> str:
    """Return Markdown with footnotes; `record` is the appendix, left out where empty."""
    blocks = [f"# {TITLE}"]
    for number, item in enumerate(items, 1):
        if item.note:
            blocks.append(escaped(item.note))
        quote = escaped(one_line(item.quote))
        blocks.append(f"> {quote}[^{number}]" if is_block(item) else f"「{quote}」[^{number}]")
    blocks += [f"[^{n}]: {escaped(note)}" for n, note in enumerate(notes(items), 1)]
    blocks += [f"## {REFERENCES}", _bullets(references(items))]
    if record:
        blocks += [f"## {RECORD}", _bullets(record)]
    return "\n\n".join(blocks) + "\n"


def plain_text(items: Sequence[Item], record: Sequence[str] = ()) -> str:
    """Return plain text with numbered notes."""
    blocks = [TITLE]
    for number, item in enumerate(items, 1):
        blocks += [item.note] if item.note else []
        quote = one_line(item.quote)
        blocks.append(
            f"\u3000\u3000{quote}（注{number}）" if is_block(item) else f"「{quote}」（注{number}）"
        )
    blocks.append("\n".join(f"（注{n}）{note}" for n, note in enumerate(notes(items), 1)))
    blocks.append("\n".join([REFERENCES, *references(items)]))
    if record:
        blocks.append("\n".join([RECORD, *record]))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Return `text` for Markdown, where it shows as it is."""
    return _OPENS_BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)
