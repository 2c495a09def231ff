"""The answer object: what every front end and the evaluation show.

Takes and gives plain frozen data; `as_dict` is the JSON of the contract. Fields are added,
never renamed or dropped, without an entry in the changelog. Knows nothing about how answers
come about.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    NOT_IN_REPORT = "not_in_report"
    """Looked for; the report does not say."""
    UNSURE = "unsure"
    """Something near was found, not enough to answer."""
    CLARIFY = "clarify"
    """Two readings with different answers: both are offered."""
    SMALLTALK = "smalltalk"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class TableRow:
    """The table side of a cited or found row."""

    caption: str | None
    row_label: str | None
    column_label: str | None
    """Label of the column that answers; None for the whole row."""
    unit: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands."""

    report: str
    title: str
    section_id: str
    section_path: tuple[str, ...]
    """Headings from the top of the report down."""
    section_inferred: bool
    """True where the section was placed by a reviewer (推定), not by the report."""
    line_start: int | None
    line_end: int | None
    """1-based, inclusive; None for paged formats."""
    char_start: int | None
    char_end: int | None
    """0-based, half-open, in the source text; None for paged formats."""
    page: int | None
    page_label: str | None
    table: TableRow | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that the answer uses."""

    number: int
    place: Place
    quote: str
    """Verbatim words of the source."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A hit as the answer object shows it."""

    passage_id: str
    rank: int
    score: float
    place: Place
    text: str


class NoteKind(StrEnum):
    """What a note is about."""

    PREMISE = "premise"
    MISSING = "missing"
    ORIGINAL_SPELLING = "original_spelling"
    YEAR = "year"
    NEARBY = "nearby"
    EDITION = "edition"
    MODEL = "model"
    """What became of the language model: it failed, or some of what it wrote was left out."""
    SECOND_HAND = "second_hand"
    """The report itself quotes these words from another source (孫引き)."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader must know."""

    kind: NoteKind
    text: str
    section_id: str | None = None
    quote: str | None = None


class Checked(StrEnum):
    """What the check of a model's sentence came to."""

    VERIFIED = "verified"
    REPAIRED = "repaired"
    """Verified after the model has mended it."""
    UNVERIFIED = "unverified"
    """Shown and marked 未確認: its sources do not bear it out."""
    UNSOURCED = "unsourced"
    """Shown and marked 出典なし."""
    REPLACED = "replaced"
    """Not shown; the report's own words stand in its place."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a language model wrote, and what its check came to."""

    text: str
    checked: Checked
    citations: tuple[int, ...] = ()
    """Numbers of the citations that it rests on; only where it is shown as verified."""
    reason: str | None = None
    """Why it does not hold."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds of each stage."""

    understand: float = 0.0
    retrieve: float = 0.0
    answer: float = 0.0
    verify: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `assistant/README.md` tells what each field promises."""

    question: str
    standalone_question: str
    """The question as it was read in the conversation."""
    status: Status
    answer: str
    """Japanese Markdown with markers `[1]` that number `citations`."""
    mode: str
    """`quote`, or the name of the language model."""
    citations: tuple[Citation, ...] = ()
    hits: tuple[FoundPassage, ...] = ()
    confidence: float | None = None
    """0 to 1; None unless answered."""
    notes: tuple[Note, ...] = ()
    sentences: tuple[WrittenSentence, ...] = ()
    """All that a language model wrote, in order; empty in the quote mode."""
    timings_ms: Timings = field(default_factory=Timings)
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object of the contract."""
        plain: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        plain["citations"] = [flat(citation) for citation in self.citations]
        plain["hits"] = [flat(hit) for hit in self.hits]
        plain["notes"] = [asdict(note) for note in self.notes]
        plain["sentences"] = [asdict(sentence) for sentence in self.sentences]
        plain["timings_ms"] = asdict(self.timings_ms)
        plain["provenance"] = dict(self.provenance)
        return plain


def flat(value: Citation | FoundPassage) -> dict[str, Any]:
    """Return the fields of `value` with those of its place beside them."""
    fields_of = asdict(value)
    place = fields_of.pop("place")
    return {**fields_of, **place}
