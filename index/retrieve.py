"""Hybrid retrieval: a question → the passages that speak to it, best first.

Takes an opened snapshot and a question; gives `Hit`s with their score and its parts. How rows
are scored is in `index/fusion.py`. Knows nothing about answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.model import Passage
from index.fusion import best, score
from index.snapshot import Snapshot

LIMIT = 20
"""Hits that an answer may choose from."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    passage: Passage
    rank: int
    """From 1."""
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    """What the score is made of; see `index/fusion.py`."""

    @property
    def words(self) -> float:
        """Share of the question that the words of the passage speak to; the score ranks only."""
        return self.parts["words"]


def retrieve(
    snapshot: Snapshot,
    question: str,
    limit: int = LIMIT,
    report_id: str | None = None,
    background: str = "",
) -> list[Hit]:
    """Return the best passages for `question`, at most `limit`.

    Args:
        snapshot: the index.
        question: what is sought, in plain words.
        limit: how many hits to return.
        report_id: search this report alone; None searches all.
        background: words of the conversation so far, which count half.

    Raises:
        UnknownReport: the index has no report `report_id`.
    """
    found = snapshot.rows(report_id) if report_id else range(snapshot.manifest.passages)
    rows = slice(found.start, found.stop)
    scored = score(snapshot, question, rows, report_id, background)
    return [
        Hit(
            passage=snapshot.passage(row),
            rank=rank,
            score=float(scored.total[row]),
            parts={name: float(part[row]) for name, part in scored.parts.items()}
            | {"gate": scored.gate},
        )
        for rank, row in enumerate(best(scored.total, rows, limit), start=1)
    ]
