"""Scoring: a question → a score for every row of an index, from words and from meaning.

Takes the parts of an index and a question; gives scores by row with what they are made of.
Knows nothing about passages, reports or answers, so a benchmark can rank any texts by it.

    lexical  = .7 · coverage of lemmas + .3 · coverage of character bigrams
    synonyms = the same, where other words for a word or expression cover it too
    gate     = clip((.7 − best lexical) / .4, 0, 1)     0: the wording matches, 1: it does not
    near     = (cosine − far) / (nearest − far)         far: the cosine of the 200th nearest row
    words    = (1 − gate) · lexical + gate · synonyms
    total    = words + weight · gate · near

Where a passage has the question's words, their coverage decides; only where none does, other
words for the same and the vectors speak. Cosines are taken relative to the others, as models
differ in what cosine they call near. The form of the fusion is measured in `index/README.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.embedder.protocol import Embedder, unit
from index.glossary import Equal, Glossary
from index.lexical import Entries, Lexical, Scores
from index.neighbours import Neighbours
from index.store import VectorStore
from index.terms import bigrams, lemmas

BIGRAM_SHARE = 0.3
BACKGROUND = 0.5
"""Weight of a word that only the conversation before the question has."""
NEAR_WORD = 0.8
"""How much a word of nearly the same meaning counts, times its cosine."""
_NEIGHBOURS = 200
"""How many nearest vectors take part; the others count as not near."""


class Searchable(Protocol):
    """The parts of an index that scoring needs; `index.snapshot.Snapshot` has them."""

    @property
    def lemmas(self) -> Lexical:
        """The lexical index over lemmas."""
        ...

    @property
    def bigrams(self) -> Lexical:
        """The lexical index over character bigrams."""
        ...

    @property
    def vectors(self) -> VectorStore:
        """The vectors of the same rows."""
        ...

    @property
    def glossary(self) -> Glossary:
        """What the words of a question are also called."""
        ...

    @property
    def neighbours(self) -> Neighbours | None:
        """Words of the index by meaning, where the model has vectors of words."""
        ...

    @property
    def embedder(self) -> Embedder:
        """The model that made the vectors."""
        ...

    @property
    def dense_weight(self) -> float:
        """How much nearness by that model counts."""
        ...


@dataclass(frozen=True, slots=True)
class Scoring:
    """The scores of one question."""

    total: Scores
    parts: Mapping[str, Scores]
    """What `total` is made of: `lemmas`, `bigrams`, `words` …; 0 to 1 each."""
    gate: float
    """0 where the wording matches, 1 where it does not."""


def score(
    index: Searchable,
    question: str,
    rows: slice,
    report_id: str | None = None,
    background: str = "",
) -> Scoring:
    """Return the scores of all rows of `index`.

    Args:
        index: what is searched.
        question: what is sought, in plain words.
        rows: the rows that may be found; the best of them sets the gate.
        report_id: the report that `rows` are, None where they are all.
        background: words of the conversation so far, which count half.
    """
    asked = _weighted(lemmas(question), lemmas(background))
    by_lemma = index.lemmas.coverage(asked)
    by_bigram = index.bigrams.coverage(_weighted(bigrams(question), bigrams(background)))
    lexical = synonyms = _mixed(by_lemma, by_bigram)
    if floors := _floors(index, [question, background]):
        synonyms = _mixed(index.lemmas.coverage(asked, floors), by_bigram)
    gate = gate_of(float(lexical[rows].max(initial=0.0)))
    dense = _dense(index, question, background, rows, report_id)
    near = _relative(dense)
    words = (1 - gate) * lexical + gate * synonyms
    parts = {
        "lemmas": by_lemma,
        "bigrams": by_bigram,
        "lexical": lexical,
        "words": words,
        "dense": dense,
        "near": near,
    }
    return Scoring(words + index.dense_weight * gate * near, parts, gate)


def gate_of(best_lexical: float) -> float:
    """Return how far other words and meaning count, given how well the best text has the words."""
    return float(np.clip((0.7 - best_lexical) / 0.4, 0.0, 1.0))


def best(scores: Scores, rows: slice, limit: int) -> list[int]:
    """Return the rows with the highest scores; equal ones stay in their order."""
    part = scores[rows]
    if not 0 < limit < len(part):
        candidates = np.arange(len(part) if limit > 0 else 0)
    else:
        # Sorting all would cost ten times the rest of a question in a large library.
        candidates = np.flatnonzero(part >= np.partition(part, -limit)[-limit])
    order = candidates[np.argsort(-part[candidates], kind="stable")][:limit]
    return [int(row) + rows.start for row in order]


def _weighted(terms: Sequence[str], background: Sequence[str]) -> dict[str, float]:
    return dict.fromkeys(background, BACKGROUND) | dict.fromkeys(terms, 1.0)


def _mixed(by_lemma: Scores, by_bigram: Scores) -> Scores:
    mixed: Scores = (1 - BIGRAM_SHARE) * by_lemma + BIGRAM_SHARE * by_bigram
    return mixed


def _floors(index: Searchable, texts: Sequence[str]) -> dict[str, Scores]:
    """Return for lemmas of `texts` the share that other words for them cover, by row."""
    floors = _near_words(index, texts)
    for expansion in (found for text in texts for found in index.glossary.expansions(text)):
        floor: Scores = np.zeros(index.lemmas.passages, dtype=np.float32)
        for equal in expansion.equals:
            there = _having(index, equal)
            share = np.float32(equal.weight) * there.values
            floor[there.rows] = np.maximum(floor[there.rows], share)
        if floor.any():
            for lemma in expansion.lemmas:
                floors[lemma] = np.maximum(floors.get(lemma, floor), floor)
    return floors


def _near_words(index: Searchable, texts: Sequence[str]) -> dict[str, Scores]:
    """Return for lemmas of `texts` the share that words of nearly their meaning cover, by row."""
    floors: dict[str, Scores] = {}
    if index.neighbours is None:
        return floors
    for lemma in dict.fromkeys(lemma for text in texts for lemma in lemmas(text)):
        for term, cosine in index.neighbours.near(lemma):
            there = index.lemmas.together([term])
            floor = floors.setdefault(lemma, np.zeros(index.lemmas.passages, dtype=np.float32))
            share = np.float32(NEAR_WORD * cosine) * there.values
            floor[there.rows] = np.maximum(floor[there.rows], share)
    return floors


def _having(index: Searchable, equal: Equal) -> Entries:
    """Return the rows that have all terms of `equal`."""
    there = index.lemmas.together(equal.lemmas)
    if not equal.joints or not len(there.rows):
        return there
    joined = np.isin(there.rows, index.bigrams.together(equal.joints).rows)
    return Entries(there.rows[joined], there.values[joined])


def _relative(dense: Scores) -> Scores:
    """Return how near the rows are, 1 for the nearest and 0 for those that are not near."""
    found = dense[dense > 0]
    if not len(found):
        return dense
    far, nearest = found.min(), found.max()
    if far == nearest:
        return np.sign(dense)
    relative: Scores = np.maximum((dense - far) / (nearest - far), np.float32(0.0))
    return relative


def _dense(
    index: Searchable, question: str, background: str, rows: slice, report_id: str | None
) -> Scores:
    """Return the cosine of the nearest rows, 0 for all others."""
    scores: Scores = np.zeros(index.lemmas.passages, dtype=np.float32)
    vector = index.embedder.embed_query(question)
    if background:
        vector = unit(vector + BACKGROUND * index.embedder.embed_query(background))
    if vector.any():
        limit = min(_NEIGHBOURS, rows.stop - rows.start)
        for near in index.vectors.nearest(vector, limit, report_id):
            scores[near.row] = max(near.cosine, 0.0)
    return scores
