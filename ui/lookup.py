"""The assistant and the passages that the commands ask for.

Takes the settings and what the user typed; gives the opened assistant and what a search found,
or an error that says in Japanese what is wrong. Knows nothing about how things are shown.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from assistant.answer import FoundPassage, flat
from assistant.ask import Assistant
from assistant.cite import found_passages
from corpus.errors import QuestionError
from corpus.library import find
from corpus.settings import Settings
from index.retrieve import retrieve
from ui.progress import Bar
from ui.screen import safe, say


@contextmanager
def open_assistant(settings: Settings, report_id: str | None = None) -> Iterator[Assistant]:
    """Open the assistant, with a progress bar where its index must be built.

    Raises:
        UnknownReport: no report has the id `report_id`.
        TenkyoError: the index cannot be opened.
    """
    if report_id is not None:
        find(settings, report_id)
    with Bar() as bar:
        assistant = Assistant.open(settings, bar)
    with assistant:
        if assistant.snapshot.is_stale:
            say(f"索引を新しくできないため、前の索引を使います。{assistant.snapshot.trouble}")
        yield assistant


def without_model(settings: Settings) -> Settings:
    """Return `settings` for what needs no language model, which then need not be there."""
    return settings.model_copy(update={"model": None})


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    hits: tuple[FoundPassage, ...]
    parts: tuple[Mapping[str, float], ...]
    """What the score of each hit is made of."""

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the hits as the answer object has them, each with the parts of its score."""
        pairs = zip(self.hits, self.parts, strict=True)
        return [{**flat(hit), "parts": dict(parts)} for hit, parts in pairs]


def find_passages(assistant: Assistant, words: str, limit: int, report_id: str | None) -> Found:
    """Return the passages that speak to `words`, best first.

    Raises:
        QuestionError: there are no words, or too many.
    """
    sought, longest = safe(words).strip(), assistant.settings.max_question_chars
    if not sought:
        raise QuestionError("探す言葉が空です。言葉か文を入力してください。")
    if len(sought) > longest:
        raise QuestionError(f"探す言葉が長すぎます。{longest:,}字以内にしてください。")
    snapshot = assistant.snapshot
    if report_id is not None and report_id not in snapshot.report_ids:
        return Found((), ())  # kept, but without a single passage
    hits = [hit for hit in retrieve(snapshot, sought, limit, report_id) if hit.score > 0]
    return Found(found_passages(hits, snapshot), tuple(hit.parts for hit in hits))
