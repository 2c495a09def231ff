"""What a check of a draft finds, as screens, JSON and comments show it.

Takes and gives plain frozen data. Knows nothing about how findings come about.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from assistant.answer import Place
from assistant.checking.manuscript import Extent


class Subject(StrEnum):
    """What was checked."""

    QUOTATION = "quotation"
    FIGURE = "figure"
    """A number, date or unit in a sentence that cites a report."""
    SOURCE = "source"
    """A reference: title, date, section."""


class Verdict(StrEnum):
    """What became of it."""

    FOUND = "found"
    ALTERED = "altered"
    """The report says something near, with other words or digits."""
    NOT_FOUND = "not_found"
    ELSEWHERE = "elsewhere"
    """The report says so, but not where the draft says that it does."""
    APART = "apart"
    """A term, law or title, or a quotation of another source: no concern of this check."""


class Apart(StrEnum):
    """Why something is no concern of the check."""

    TERM = "term"
    LAW = "law"
    TITLE = "title"
    OTHER_SOURCE = "other_source"
    UNATTRIBUTED = "unattributed"
    """Said to be nobody's words, where no report is spoken of, and like none of a report's."""


NEEDS_A_LOOK = frozenset({Verdict.ALTERED, Verdict.NOT_FOUND, Verdict.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Edit:
    """One step from the draft's words to the report's: equal where both are the same."""

    draft: str
    report: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked."""

    subject: Subject
    verdict: Verdict
    where: Extent
    words: str
    """The draft's words."""
    message: str
    """A Japanese sentence for the reader of the draft."""
    place: Place | None = None
    """Where the report says it, or something near."""
    reference: str | None = None
    """The short reference of that place."""
    report_words: str | None = None
    """The report's words, verbatim."""
    edits: tuple[Edit, ...] = ()
    """From the draft's words to the report's, character by character; empty unless altered."""
    apart: Apart | None = None

    @property
    def needs_a_look(self) -> bool:
        """True where the author should look at it."""
        return self.verdict in NEEDS_A_LOOK


@dataclass(frozen=True, slots=True)
class Result:
    """All findings on a draft, in the order of its text."""

    name: str
    findings: tuple[Finding, ...]
    lines: tuple[int | None, ...]
    """Line of each paragraph of the manuscript, None in a Word file."""
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def needs_a_look(self) -> bool:
        """True where anything does."""
        return any(finding.needs_a_look for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object that `tenkyo check --json` gives."""
        return {
            "name": self.name,
            "needs_a_look": self.needs_a_look,
            "findings": [
                {**asdict(finding), "line": self.lines[finding.where.paragraph]}
                for finding in self.findings
            ],
            "provenance": dict(self.provenance),
        }
