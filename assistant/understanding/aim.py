"""Hits and a reading of the conversation → the hits in the order that the talk suggests.

Takes what was found for a follow-up; moves to the front what it names and what stands where
the talk is, and gives the draft where it names an item by its number. Knows nothing about how
the question was read.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.composing.draft import Claim, Draft, named, whole
from assistant.understanding.topic import Reading
from corpus.layout import MARKS
from corpus.markup import quotable
from corpus.model import Passage, Report
from index.retrieve import LIMIT, Hit
from index.snapshot import Snapshot

REACH = 200
"""Hits among which those of the place that the talk is in are looked for."""

_NAMED = 1.0
"""Added to a passage that the question names: more than any other hit has."""
_NEAR = 0.15
"""Added to a passage of the sections that the talk is in: about a content word of a question."""
_CLOSE = 0.1
"""Added to a passage that the talk is on."""
_SAME_ROW = 0.3
"""Added to the table row that the talk is on: its neighbours have the same words around them."""
_SAID = 0.5
"""Share of the score left to what was answered before, where something else is asked for."""
_MOST_PARTS = 6
_LONGEST = 600
"""Passages, and characters, that are shown of an item at most."""


def aimed(hits: Sequence[Hit], reading: Reading) -> list[Hit]:
    """Return the best of `hits`, those first that the conversation points to."""
    named_ids = {passage.id for passage in reading.named}
    if not (named_ids or reading.near):
        return list(hits[:LIMIT])
    scored = [replace(hit, score=_score(hit, reading, named_ids)) for hit in hits]
    ranked = sorted(scored, key=lambda hit: -hit.score)[:LIMIT]
    return [replace(hit, rank=rank) for rank, hit in enumerate(ranked, start=1)]


def _score(hit: Hit, reading: Reading, named_ids: set[str]) -> float:
    passage = hit.passage
    if passage.id in named_ids:
        return hit.score + _NAMED
    near = _NEAR if passage.section_id in reading.near else 0.0
    if passage.id in reading.close:
        near += _SAME_ROW if passage.table else _CLOSE
    return (hit.score + near) * (_SAID if passage.id in reading.said else 1.0)


def item_draft(reading: Reading, snapshot: Snapshot) -> Draft | None:
    """Return the item that a follow-up names by its number, None where it names none."""
    if not reading.is_item:
        return None
    shown = _shown(reading.named)
    first = shown[0]
    report = snapshot.report(first.report_id)
    claims = tuple(Claim(_words(report, p), (whole(report, p),)) for p in shown)
    heading = report.section_by_id[first.section_id].heading
    lead = f"{named(heading)}に次の記述があります。"
    return Draft(Status.ANSWERED, lead, claims, is_list=len(claims) > 1)


def _words(report: Report, passage: Passage) -> str:
    """Return what a passage says; a row is its label and its cells."""
    if passage.table is None:
        return quotable(passage.text).lstrip(MARKS)
    cells = [quotable(cell.span.of(report.text)) for cell in passage.table.cells]
    label, rest = cells[0], [cell for cell in cells[1:] if cell]
    return f"{label}：{'、'.join(rest)}" if rest else label


def _shown(passages: Sequence[Passage]) -> list[Passage]:
    shown = [passages[0]]
    for passage in passages[1:_MOST_PARTS]:
        if sum(len(p.text) for p in shown) + len(passage.text) > _LONGEST:
            break
        shown.append(passage)
    return shown
