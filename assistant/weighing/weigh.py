"""Hits → the same hits in the order of how likely each says what is asked.

Takes a reading, hits and an index; gives the hits with their probability (`parts["answers"]`),
likeliest first, with that as their score. What the conversation names outright comes before all
else. Knows nothing about drafts.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding.topic import Reading
from assistant.weighing.signs import matrix, signs_of
from assistant.weighing.trees import Trees
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

ANSWERS = "answers"
"""The part of a hit's score that is its probability of saying what is asked."""


def weigh(reading: Reading, hits: Sequence[Hit], snapshot: Snapshot, trees: Trees) -> list[Hit]:
    """Return `hits` with their probabilities, likeliest first."""
    if not hits or not lemmas(reading.query.focus):
        return [replace(hit, parts={**hit.parts, ANSWERS: 0.0}) for hit in hits]
    rows = matrix(signs_of(reading, hits, snapshot), trees.signs)
    likely = trees.probability(rows)
    named = {passage.id for passage in reading.named}
    weighed = [
        replace(hit, score=_score(float(p), hit.passage.id in named), parts=_parts(hit, float(p)))
        for hit, p in zip(hits, likely, strict=True)
    ]
    ranked = sorted(weighed, key=lambda hit: -hit.score)
    return [replace(hit, rank=rank) for rank, hit in enumerate(ranked, start=1)]


def _score(likely: float, is_named: bool) -> float:
    return likely + (1.0 if is_named else 0.0)


def _parts(hit: Hit, likely: float) -> dict[str, float]:
    return {**hit.parts, ANSWERS: likely}
