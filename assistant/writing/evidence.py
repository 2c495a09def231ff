"""The passages that a model writes from, each under a short opaque key.

Takes hits and what the quote mode cites; gives `Evidence`: keys that nobody can guess, made anew
for each question, so that a key in a report, a question or a reply that was not given out
resolves to nothing. Knows nothing about prompts.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.markup import plain
from corpus.model import Passage, Report, Span
from index.snapshot import Snapshot

_ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
"""Without vowels and what looks alike: no words, no years, no sections."""
_LENGTH = 4
MOST = 16
"""Passages that are given to a model; of those the budget may leave some out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage with its key."""

    key: str
    report: Report
    passage: Passage

    @property
    def span(self) -> Span:
        """What a citation of it quotes."""
        return self.passage.span

    @property
    def text(self) -> str:
        """The passage as its reader sees it."""
        return plain(self.passage.text)

    @property
    def heading(self) -> str:
        """Where it stands, from the outermost heading down."""
        section = self.report.section_by_id[self.passage.section_id]
        return plain(" ＞ ".join(section.path) or section.heading)

    @property
    def around(self) -> str:
        """What a reader needs besides: the sentence it continues, the labels of a table."""
        table = self.passage.table
        labels = (table.caption, table.unit, *table.column_labels, *table.notes) if table else ()
        return plain("　".join(filter(None, (self.passage.lead, *labels))))


@dataclass(frozen=True, slots=True)
class Evidence:
    """All passages of one question."""

    pieces: tuple[Piece, ...]

    def by_key(self, key: str) -> Piece | None:
        """Return the passage of a key; None for one that was never given out."""
        return next((piece for piece in self.pieces if piece.key == key), None)


def evidence(passages: Iterable[Passage], snapshot: Snapshot, most: int = MOST) -> Evidence:
    """Return `passages` with new keys, in their order, each once."""
    chosen = list({passage.id: passage for passage in passages}.values())[:most]
    keys = _keys(len(chosen))
    return Evidence(
        tuple(
            Piece(key, snapshot.report(passage.report_id), passage)
            for key, passage in zip(keys, chosen, strict=True)
        )
    )


def _keys(number: int) -> Sequence[str]:
    found: dict[str, None] = {}
    while len(found) < number:
        found["".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))] = None
    return tuple(found)
