"""What retrieval is measured on: rows that can be scored, and what was found in them.

Takes an opened snapshot or a pool; gives a `Ground`. Knows nothing about questions' words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import flat
from assistant.cite import found_passages
from assistant.understanding.respell import respell
from evals.cases import Case
from evals.judge import Json
from evals.pool import Pool
from index.fusion import Searchable
from index.retrieve import Hit
from index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Ground:
    """What is searched, and what its rows are."""

    index: Searchable
    passages: int
    rows: Callable[[str | None], slice]
    """Report id → its rows; None → all."""
    hits: Callable[[Sequence[int]], Sequence[Json]]
    """Rows, best first → hits as the answer object has them."""
    respelt: Callable[[str], str]
    """A question in the words of what is searched, as the assistant reads it."""
    unit: Callable[[Case], str]
    """Case → what is drawn with it for the intervals: cases of one unit fare alike."""


def of_snapshot(snapshot: Snapshot) -> Ground:
    """Return a snapshot as ground; its reports are those that a case may name."""
    size = snapshot.manifest.passages

    def rows(report_id: str | None) -> slice:
        found = snapshot.rows(report_id) if report_id else range(size)
        return slice(found.start, found.stop)

    def hits(found: Sequence[int]) -> list[Json]:
        ranked = [Hit(snapshot.passage(row), n, 0.0) for n, row in enumerate(found, start=1)]
        return [flat(hit) for hit in found_passages(ranked, snapshot)]

    def respelt(question: str) -> str:
        return respell(question, snapshot).text

    return Ground(snapshot, size, rows, hits, respelt, unit=lambda case: case.id)


def of_pool(pool: Pool) -> Ground:
    """Return a pool as ground; as in `evals/squad.py` row i is line i + 1 of one text."""
    size = pool.lemmas.passages

    def hits(found: Sequence[int]) -> list[Json]:
        return [{"line_start": row + 1, "line_end": row + 1} for row in found]

    def unit(case: Case) -> str:
        return str(case.evidence[0].lines)  # a passage has several questions

    return Ground(pool, size, lambda report_id: slice(0, size), hits, str, unit)
