"""What a human eye has added beside a report: orphaned parts placed, probable errors named.

Takes the two small TOML files that may stand beside a report; gives typed values. Everything
here is inference (推定) and shown as such; both files are optional. Line numbers are those of
the source, 1-based. Knows nothing about how sections are built.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import InputError
from corpus.model import Erratum


@dataclass(frozen=True, slots=True)
class Placement:
    """Lines whose place in the outline the source does not show."""

    first: int
    last: int
    under: int
    """Line of the heading that they belong to; 0 for the top of the report."""
    heading: str | None
    """Heading of the new section, in 〔 〕; None where the lines join the section at `under`."""

    def holds(self, line: int) -> bool:
        """True where `line` is one of the placed lines."""
        return self.first <= line <= self.last


class _Place(BaseModel):
    model_config = ConfigDict(extra="forbid")

    lines: tuple[int, int]
    under: int
    heading: str | None = None
    reason: str


class _Erratum(BaseModel):
    model_config = ConfigDict(extra="forbid")

    line: int
    wrong: str
    right: str
    reason: str


class _Overlay(BaseModel):
    model_config = ConfigDict(extra="forbid")

    place: tuple[_Place, ...] = ()
    erratum: tuple[_Erratum, ...] = ()


def read_outline(path: Path) -> tuple[Placement, ...]:
    """Return the placements of an `outline.toml`, () where there is none.

    Raises:
        InputError: the file is not what `corpus/README.md` describes.
    """
    places = _read(path).place
    return tuple(Placement(*place.lines, place.under, place.heading) for place in places)


def read_errata(path: Path) -> tuple[Erratum, ...]:
    """Return the errata of an `errata.toml`, () where there is none.

    Raises:
        InputError: the file is not what `corpus/README.md` describes.
    """
    return tuple(Erratum(e.line, e.wrong, e.right, e.reason) for e in _read(path).erratum)


def _read(path: Path) -> _Overlay:
    try:
        return _Overlay.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return _Overlay()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError, OSError) as error:
        raise InputError(f"「{path}」を読めません。書き方を確かめてください。") from error
