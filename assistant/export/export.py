"""The formats of an export, by name.

Takes items and a record; gives bytes, the media type and the ending of the file's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.export.collected import Item
from assistant.export.text import markdown, plain_text
from assistant.references.forms import DEFAULT
from assistant.references.reference import Options


class Format(StrEnum):
    """What a draft can be written as."""

    WORD = "word"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Exported:
    """A file, made in memory."""

    data: bytes
    media_type: str
    suffix: str


def export(
    items: Sequence[Item], form: Format, record: Sequence[str] = (), options: Options = DEFAULT
) -> Exported:
    """Return `items` in one format.

    Args:
        items: what is written, in order.
        form: Word, Markdown or text.
        record: lines of the appendix; left out where empty.
        options: how years and pages are written.
    """
    if form is Format.WORD:
        from assistant.word.write import word

        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return Exported(word(items, record, options), kind, ".docx")
    text, kind, suffix = (
        (markdown(items, record, options), "text/markdown", ".md")
        if form is Format.MARKDOWN
        else (plain_text(items, record, options), "text/plain", ".txt")
    )
    return Exported(text.encode("utf-8", "replace"), f"{kind}; charset=utf-8", suffix)
