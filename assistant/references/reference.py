"""What a reference tells: which publication, and where in it.

Takes the place of a citation and what is known of its report; gives a `Reference`, the value
that every form of reference is written from. Knows nothing about forms.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answer import Place
from corpus.eras import Years
from corpus.model import Metadata


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """Where in a publication, as an official document tells it; never lines of a file."""

    headings: tuple[str, ...] = ()
    """From the outermost down to the place; the publication's own title is not among them."""
    caption: str | None = None
    """Of the table or figure."""
    row: str | None = None
    column: str | None = None
    page: int | None = None
    """Physical page from 1."""
    page_label: str | None = None
    """The printed page; None where the source has none."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One place of one publication."""

    publication: Metadata
    pinpoint: Pinpoint = Pinpoint()
    quote: str | None = None
    """Verbatim words of the place."""
    original: str | None = None
    """The source that the report itself names for these words (孫引き), as it writes it."""


class Form(StrEnum):
    """The forms of a reference; the values are what users type."""

    SHORT = "short"
    FOOTNOTE = "footnote"
    SOURCE = "source"
    """出典行, by the licence of the report."""
    EDITED = "edited"
    """加工の表示."""
    SIST = "sist02"
    FIGURE = "figure"
    """図表の出典."""
    AGAIN = "again"
    """再出: 前掲."""
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl-json"


class Pages(StrEnum):
    """What pages are called."""

    WHITE_PAPER = "ページ"
    LAW = "頁"
    SIST = "p."


@dataclass(frozen=True, slots=True)
class Options:
    """How a reference is written."""

    years: Years = Years.ERA
    pages: Pages = Pages.WHITE_PAPER
    editor: str | None = None
    """Who edited the content (□□課), for 加工の表示."""
    used_on: date | None = None
    """The day on which the report was used; None leaves it out."""


@dataclass(frozen=True, slots=True)
class Written:
    """A reference in one of the forms."""

    text: str
    missing: tuple[str, ...] = ()
    """What is not known and was left out, in Japanese (URL, 発行者, 日付, 利用条件)."""


def pinpoint_of(place: Place) -> Pinpoint:
    """Return where a cited place is."""
    headings = tuple(heading for heading in place.section_path if heading != place.title)
    table = place.table
    return Pinpoint(
        headings=headings,
        caption=table.caption if table else None,
        row=table.row_label if table else None,
        column=table.column_label if table else None,
        page=place.page,
        page_label=place.page_label,
    )
