"""The turns of a conversation, and their form in the browser's storage.

Takes questions and answers; gives `Turn`s, and plain data to and from the browser. What comes
back from a browser is checked before use. Knows nothing about HTML.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, NoteKind

T = TypeVar("T")

MOST_TALKS = 20
"""Earlier conversations that are kept, the newest first."""

MOST_TURNS = 100
"""Turns that are kept of a conversation; a browser keeps about 5 MB for a page."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer."""

    answer: Answer
    scope: str | None = None
    """Id of the one report that was asked; None for all."""
    suggestions: tuple[str, ...] = ()
    """Questions that might be asked next."""
    verdict: str | None = None
    """What the user thinks of the answer: good, bad or source; None where not told."""


Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that the user has left for a new one."""

    at: str
    """When it was left, in ISO 8601."""
    turns: Turns


Talks = tuple[Talk, ...]

_TURNS = TypeAdapter(Turns)
_TALKS = TypeAdapter(Talks)


def slim(answer: Answer) -> Answer:
    """Return `answer` with only those hits that its notes point to."""
    named = {note.section_id for note in answer.notes if note.kind is NoteKind.NEARBY}
    return replace(answer, hits=tuple(h for h in answer.hits if h.place.section_id in named))


def to_browser(turns: Sequence[Turn]) -> list[Any]:
    """Return `turns` as plain data."""
    plain: list[Any] = _TURNS.dump_python(tuple(turns)[-MOST_TURNS:], mode="json")
    return plain


def from_browser(kept: object) -> Turns:
    """Return the turns that a browser kept; () where it kept none that can be read."""
    return _read(_TURNS, kept)


def talks_to_browser(talks: Sequence[Talk]) -> list[Any]:
    """Return `talks` as plain data."""
    plain: list[Any] = _TALKS.dump_python(tuple(talks)[:MOST_TALKS], mode="json")
    return plain


def talks_from_browser(kept: object) -> Talks:
    """Return the earlier conversations that a browser kept."""
    return _read(_TALKS, kept)


def _read(form: TypeAdapter[tuple[T, ...]], kept: object) -> tuple[T, ...]:
    try:
        return form.validate_python(kept or ())
    except ValidationError:
        # Of an older version, or altered: a conversation is lost, the page is not.
        logging.getLogger(__name__).warning("a kept conversation cannot be read and is left out")
        return ()
