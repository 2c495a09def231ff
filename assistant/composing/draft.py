"""What composers write: claims that each rest on places of a report.

Takes nothing, gives the values between the stages: `Source`, `Claim`, `Shape`, `Draft`. Knows
nothing about markers and their numbers.
"""

from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Note, Status
from corpus.markup import quotable
from corpus.model import Passage, Report, Span


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a report that supports a claim."""

    report: Report
    passage: Passage
    span: Span
    """In the report's text; the whole sentence, item, heading or row."""
    column: str | None = None
    """Label of the column that answers, for a table row."""

    @property
    def quote(self) -> str:
        """The words at the span as a reader sees them."""
        return quotable(self.span.of(self.report.text))


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of the answer and what it rests on."""

    text: str
    """In the report's own words; each part between separators stands in the source."""
    sources: tuple[Source, ...]
    label: str = ""
    """Which part of the question this answers, in the user's words; not part of the claim."""


class Shape(StrEnum):
    """Which way an answer was made."""

    WHOLE_TABLE = "whole_table"
    """From all rows of a table, of which no single place says so."""
    DEFINITION = "definition"
    TABLE = "table"
    LIST = "list"
    SECTION = "section"
    """All that stands under a heading or label."""
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is cited and checked."""

    status: Status
    lead: str
    """A short Japanese line that says where this stands, or that nothing was found."""
    claims: tuple[Claim, ...] = ()
    is_list: bool = False
    """True where each claim is an item of its own."""
    notes: tuple[Note, ...] = ()
    shape: Shape | None = None
    """None where nothing is answered, or a question in parts is."""
    confidence: float | None = None
    """How likely it is right, 0 to 1; None where nothing is answered."""

    @property
    def passages(self) -> list[Passage]:
        """The passages that the claims rest on, in their order."""
        return [source.passage for claim in self.claims for source in claim.sources]


def whole(report: Report, passage: Passage, column: str | None = None) -> Source:
    """Return the whole passage as a source."""
    return Source(report, passage, passage.span, column)


def named(heading: str) -> str:
    """Return a heading in 「」, with 『』 for the brackets inside it."""
    return f"「{heading.translate(_INNER)}」"


_INNER = str.maketrans("「」", "『』")
