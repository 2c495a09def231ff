"""The citations of the last answer, kept so that `tenkyo cite --last` can write them.

Takes an answer; keeps the places of its citations in the data folder, not the question and not
the words. What is read back is checked, and looked up in the reports again. Knows nothing about
forms.
"""

import os
import tempfile
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import InputError, TenkyoError
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.references.reference import Reference

NAME = "last-citations.json"


class _Kept(BaseModel):
    """One citation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int = Field(ge=1)
    report: str
    sha256: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    column: str | None = None


class _Last(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    citations: tuple[_Kept, ...]


def remember(settings: Settings, answer: "Answer") -> None:
    """Keep the citations of `answer`; where that cannot be done, nothing is kept."""
    kept = _Last(
        citations=tuple(
            _Kept(
                number=citation.number,
                report=citation.place.report,
                sha256=answer.provenance["reports"][citation.place.report],
                start=citation.place.char_start,
                end=citation.place.char_end,
                column=citation.place.table.column_label if citation.place.table else None,
            )
            for citation in answer.citations
            if citation.place.char_start is not None and citation.place.char_end is not None
        )
    )
    path = settings.home / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A folder of its own is for the owner alone and leaves nothing behind when it fails.
        with tempfile.TemporaryDirectory(prefix=".last-", dir=path.parent) as work:
            new = os.open(f"{work}/{NAME}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(new, "w", encoding="utf-8") as file:
                file.write(kept.model_dump_json())
            os.replace(f"{work}/{NAME}", path)
    except OSError:  # an answer is worth more than the memory of it
        return


def recalled(settings: Settings) -> "list[tuple[int, str, Reference]]":
    """Return number, report and reference of each citation of the last answer.

    Raises:
        InputError: there is none, or a report has changed since.
    """
    path = settings.home / NAME
    try:
        kept = _Last.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(
            "直前の答えの出典が見当たりません。先に tenkyo ask で質問してください。"
        ) from error
    if not kept.citations:
        raise InputError("直前の答えには、出典がありません。")
    return [(each.number, each.report, _reference(settings, each)) for each in kept.citations]


def _reference(settings: Settings, kept: _Kept) -> "Reference":
    from assistant.export.collected import Collected, found
    from corpus.library import find, load

    report = load(find(settings, kept.report), settings)
    collected = Collected(
        report=kept.report,
        sha256=kept.sha256,
        start=kept.start,
        end=kept.end,
        column=kept.column,
    )
    try:
        return found(collected, report).reference
    except TenkyoError as error:
        raise InputError(str(error)) from error
