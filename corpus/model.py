"""The values that flow through Tenkyo: Report → Section → Passage, each with its place.

Takes and gives plain frozen data. Knows nothing about parsing, search or answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source text: `text[start:end]`, 0-based, half-open, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report as a publication; an unknown part is None, never ""."""

    title: str
    publisher: str | None = None
    bureau: str | None = None
    date: str | None = None
    """Date of publication as the report writes it (令和元年6月)."""
    licence: str | None = None
    url: str | None = None


class PassageKind(StrEnum):
    """What sort of place a passage is."""

    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    LABELS = "labels"
    """The header row of a table: column labels, not a record."""
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    NOTE = "note"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row."""

    column: int
    """0-based column in the logical table."""
    span: Span
    items: tuple[Span, ...]
    """The entries of a list inside the cell, or the cell itself; never empty for a filled cell."""


@dataclass(frozen=True, slots=True)
class TableContext:
    """What a table row needs to be understood and cited by itself."""

    caption: str | None
    row_label: str | None
    column_labels: tuple[str | None, ...]
    cells: tuple[Cell, ...]
    unit: str | None = None
    notes: tuple[str, ...] = ()
    table_number: int = 0
    """0-based order of the table in the report: rows with one number belong to one table."""
    row_number: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest thing one would cite, verbatim and with its place."""

    id: str
    """`<report id>/<section id>.<n>`, unique over all reports."""
    report_id: str
    section_id: str
    kind: PassageKind
    span: Span
    text: str
    """`report.text[span.start:span.end]`, unchanged."""
    line_start: int
    """1-based, inclusive."""
    line_end: int
    depth: int = 0
    """Nesting of a list item, 0 for the outermost."""
    group: int = 0
    """Order of the run of blocks in its section: items of one list share it."""
    lead: str | None = None
    """The sentence or item that this passage continues, as plain text; context, not quotation."""
    table: TableContext | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    id: str
    """Unique in the report and stable across runs: from the heading and its occurrence."""
    heading: str
    """Heading as plain text; the report's title for the part before the first heading."""
    level: int
    """1 for the outermost; 0 for the part before the first heading."""
    path: tuple[str, ...]
    """Headings from the top of the report down to this one."""
    parent_id: str | None
    line_start: int
    inferred: bool = False
    """True where `outline.toml` placed or named it (推定), not the report itself."""


@dataclass(frozen=True)
class Report:
    """A report as kept on disk and parsed."""

    id: str
    metadata: Metadata
    sha256: str
    """Of the original file's bytes, in hexadecimal."""
    text: str
    """The decoded source; every span points into it."""
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    """In the order of the source."""
    errata: tuple["Erratum", ...] = ()
    origin: Path | None = field(default=None, compare=False)
    """Where the original file lies."""

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        """Sections by their id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def passages_by_section(self) -> dict[str, tuple[Passage, ...]]:
        """The passages that stand directly in each section, in source order."""
        found: dict[str, list[Passage]] = {section.id: [] for section in self.sections}
        for passage in self.passages:
            found[passage.section_id].append(passage)
        return {section_id: tuple(passages) for section_id, passages in found.items()}

    @cached_property
    def children(self) -> dict[str, tuple[Section, ...]]:
        """The sections directly under each section, in outline order."""
        found: dict[str, list[Section]] = {section.id: [] for section in self.sections}
        for section in self.sections:
            if section.parent_id is not None:
                found[section.parent_id].append(section)
        return {section_id: tuple(sections) for section_id, sections in found.items()}

    def ancestors(self, section_id: str) -> Iterator[Section]:
        """Yield the section itself, then its parents up to the top."""
        current: str | None = section_id
        while current is not None:
            section = self.section_by_id[current]
            yield section
            current = section.parent_id


@dataclass(frozen=True, slots=True)
class Erratum:
    """A probable error in the source text; the quotation keeps it, search and notes know it."""

    line: int
    """1-based line of the source."""
    wrong: str
    right: str
    reason: str
