"""A draft as it is checked: its paragraphs, its notes, and where they stand in the file.

Takes nothing of a format; `assistant.checking.reading` and `assistant.word` make these values
from files. The file itself is never changed.
"""

from dataclasses import dataclass
from enum import StrEnum


class ParagraphKind(StrEnum):
    """What sort of paragraph it is."""

    BODY = "body"
    HEADING = "heading"
    BLOCK_QUOTE = "block_quote"
    """All of it is a quotation, by its style or mark."""
    CELL = "cell"
    NOTE = "note"
    """A footnote or endnote; it stands where a `Mark` refers to it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference mark in the text of a paragraph."""

    offset: int
    """Characters of the paragraph's text before the mark; the mark itself is no part of it."""
    note: int
    """Index of the note's first paragraph in the manuscript."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as its reader sees it, without markup."""

    text: str
    kind: ParagraphKind = ParagraphKind.BODY
    line: int | None = None
    """1-based first line in a text file; None in a Word file."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A draft; the paragraphs of notes stand behind all others."""

    name: str
    """Of the file, without its folder."""
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of a manuscript: `paragraphs[paragraph].text[start:end]`."""

    paragraph: int
    start: int
    end: int
