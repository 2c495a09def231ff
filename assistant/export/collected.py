"""The citations that a user has collected for a draft, looked up in the reports again.

Takes what a browser or a file has kept: the place of a citation and the report's hash; gives
`Item`s with the verbatim words and their reference. What no longer stands where it was collected
is refused: nothing is exported as if it were true. Knows nothing about formats.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.answer import Place
from assistant.cite import place_of
from assistant.references.build import reference_of
from assistant.references.reference import Reference
from assistant.references.secondhand import passage_at
from corpus.errors import InputError
from corpus.markup import quotable
from corpus.model import Passage, Report, Span

MOST = 200
"""Citations of one basket."""
_LONGEST_NOTE = 2000


class Collected(BaseModel):
    """One citation as it was kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    report: str
    sha256: str
    """Of the report when the citation was collected."""
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    column: str | None = Field(default=None, max_length=2000)
    """Label of the cited column of a table row; several are joined by 、."""
    note: str = Field(default="", max_length=_LONGEST_NOTE)
    """What the user has written beside it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One citation, found again."""

    reference: Reference
    place: Place
    quote: str
    note: str
    report: Report


_BASKET = TypeAdapter(tuple[Collected, ...])


def read_basket(given: object) -> tuple[Collected, ...]:
    """Return the citations that came from outside.

    Raises:
        InputError: they are not in the form of a basket, none, or too many.
    """
    try:
        basket = _BASKET.validate_python(given)
    except ValidationError as error:
        raise InputError("下書きの内容を読み取れません。もう一度集めてください。") from error
    if not basket:
        raise InputError("下書きが空です。答えの出典を「下書きに入れる」で集めてください。")
    if len(basket) > MOST:
        raise InputError(f"下書きに入れられる出典は{MOST}件までです。減らしてください。")
    return basket


def items(basket: Sequence[Collected], report_of: Callable[[str], Report]) -> list[Item]:
    """Return the citations of a basket, in order.

    Raises:
        InputError: one of them no longer stands in its report.
        UnknownReport: a report is gone.
    """
    return [found(collected, report_of(collected.report)) for collected in basket]


def found(collected: Collected, report: Report) -> Item:
    """Return a citation with its words and reference, from the report as it is.

    Raises:
        InputError: the report is another, or has no such place.
    """
    passage = passage_at(report, collected.start)
    span = Span(collected.start, collected.end)
    is_same = report.sha256 == collected.sha256
    if not is_same or passage is None or not _stands(span, collected.column, passage):
        raise InputError(
            f"「{report.metadata.title}」は、出典を集めた時から変わっています。"
            "もう一度質問して、出典を集め直してください。"
        )
    quote = quotable(span.of(report.text))
    place = place_of(report, passage, span, collected.column)
    return Item(reference_of(place, quote, report), place, quote, collected.note.strip(), report)


def _stands(span: Span, column: str | None, passage: Passage) -> bool:
    """True where `passage` holds the span, and has the column where one is named."""
    if not passage.span.start <= span.start < span.end <= passage.span.end:
        return False
    labels = passage.table.column_labels if passage.table else ()
    return column is None or _names(column, {label for label in labels if label})


def _names(column: str, labels: set[str]) -> bool:
    """True where `column` is labels joined by 、, which a label may hold itself."""
    rest, ends = column + "、", {0}
    for at in range(len(rest)):
        if at in ends:
            ends |= {at + len(label) + 1 for label in labels if rest.startswith(f"{label}、", at)}
    return len(rest) in ends
