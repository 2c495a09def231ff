"""Hybrid retrieval: a question → the passages that speak to it, best first.

Takes an opened snapshot and a question; gives `Hit`s with their score and its parts. Knows
nothing about answers.

    lexical = .7 · coverage of lemmas + .3 · coverage of character bigrams
    gate    = clip((.7 − best lexical) / .4, 0, 1)      0: the wording matches, 1: it does not
    score   = lexical + weight · gate · cosine

Where a passage has the question's words, their coverage decides; only where none does, the
vectors speak. The form of the fusion and the gate are those measured in `index/README.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.model import Passage
from index.embedder.choose import FITTED
from index.lexical import Scores
from index.snapshot import Snapshot
from index.terms import bigrams, lemmas

LIMIT = 20
"""Hits that an answer may choose from."""

BIGRAM_SHARE = 0.3
DENSE_WEIGHT = {FITTED: 0.1}
"""How much the cosine of a model counts, by its setting; vectors fitted on a few hundred passages
know little that their words do not, and more weight makes them harm (see `index/README.md`)."""
_OTHER_DENSE_WEIGHT = 1.0
_BACKGROUND = 0.5
"""Weight of a word that only the conversation before the question has."""
_NEIGHBOURS = 200
"""How many nearest vectors take part; the others count as not near."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    passage: Passage
    rank: int
    """From 1."""
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    """What the score is made of: `lemmas`, `bigrams`, `dense`, `gate`."""


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
    allowed = _allowed(snapshot, report_id)
    by_lemma = snapshot.lemmas.coverage(_weighted(lemmas(question), lemmas(background)))
    by_bigram = snapshot.bigrams.coverage(_weighted(bigrams(question), bigrams(background)))
    lexical = (1 - BIGRAM_SHARE) * by_lemma + BIGRAM_SHARE * by_bigram
    gate = float(np.clip((0.7 - lexical[allowed].max(initial=0.0)) / 0.4, 0.0, 1.0))
    dense = _dense(snapshot, f"{question} {background}", allowed, report_id)
    weight = DENSE_WEIGHT.get(snapshot.manifest.embedder, _OTHER_DENSE_WEIGHT)
    scores = lexical + weight * gate * dense
    parts = {"lemmas": by_lemma, "bigrams": by_bigram, "dense": dense}
    return [
        Hit(
            passage=snapshot.passage(row),
            rank=rank,
            score=float(scores[row]),
            parts={name: float(part[row]) for name, part in parts.items()} | {"gate": gate},
        )
        for rank, row in enumerate(_best(scores, allowed, limit), start=1)
    ]


def _weighted(terms: Sequence[str], background: Sequence[str]) -> dict[str, float]:
    return dict.fromkeys(background, _BACKGROUND) | dict.fromkeys(terms, 1.0)


def _allowed(snapshot: Snapshot, report_id: str | None) -> slice:
    rows = snapshot.rows(report_id) if report_id else range(snapshot.manifest.passages)
    return slice(rows.start, rows.stop)


def _dense(snapshot: Snapshot, question: str, allowed: slice, report_id: str | None) -> Scores:
    """Return the cosine of the nearest passages, 0 for all others."""
    scores: Scores = np.zeros(snapshot.manifest.passages, dtype=np.float32)
    vector = snapshot.embedder.embed_query(question)
    if vector.any():
        limit = min(_NEIGHBOURS, allowed.stop - allowed.start)
        for near in snapshot.vectors.nearest(vector, limit, report_id):
            scores[near.row] = max(near.cosine, 0.0)
    return scores


def _best(scores: Scores, allowed: slice, limit: int) -> list[int]:
    """Return the rows with the highest scores; equal ones stay in the order of the reports."""
    part = scores[allowed]
    if not 0 < limit < len(part):
        candidates = np.arange(len(part) if limit > 0 else 0)
    else:
        # Sorting all would cost ten times the rest of a question in a large library.
        candidates = np.flatnonzero(part >= np.partition(part, -limit)[-limit])
    order = candidates[np.argsort(-part[candidates], kind="stable")][:limit]
    return [int(row) + allowed.start for row in order]
