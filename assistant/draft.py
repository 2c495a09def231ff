"""What composers write: claims that each rest on one place of a report.

Takes nothing, gives the values between the stages: `Claim`, `Draft`. Knows nothing about
markers, numbers or status words.
"""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is cited and checked."""

    lead: str
    """A short Japanese line that says where this stands; "" where the claims say it."""
    claims: tuple[Claim, ...]
    is_list: bool = False
    """True where each claim is an item of its own."""
    score: float = 0.0
    """How well the place fits the question, 0 to 1."""


def whole(report: Report, passage: Passage, column: str | None = None) -> Source:
    """Return the whole passage as a source."""
    return Source(report, passage, passage.span, column)
