"""Word vectors fitted on the reports themselves: latent semantic analysis.

Takes the lemmas of passages; gives a vocabulary with one vector a word, weighted so that the
plain mean of a text's words places it in the latent space (Deerwester et al. 1990, folding-in).
It needs nothing but the reports, and knows nothing that they do not say: a model trained on
more text is better. The same input gives the same vectors.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import LinearOperator, eigsh

from index.embedder.protocol import Vectors

DIMENSION = 64
"""Small, as a report of a few hundred passages supports no more."""

LARGEST_VOCABULARY = 50_000
"""Words, the most frequent ones; bounds the model of a large collection at 13 MB."""

_WEAKEST = 1e-9
"""Squared strength, relative to the strongest, below which a direction is rounding."""


@dataclass(frozen=True)
class WordVectors:
    """A vocabulary and its vectors."""

    vocabulary: tuple[str, ...]
    vectors: Vectors
    """Shape (words, dimension)."""


def fit_word_vectors(passages: Sequence[Sequence[str]], dimension: int = DIMENSION) -> WordVectors:
    """Return vectors for the words of `passages`."""
    frequency = Counter(word for passage in passages for word in set(passage))
    by_frequency = sorted(frequency, key=lambda word: (-frequency[word], word))
    vocabulary = tuple(sorted(by_frequency[:LARGEST_VOCABULARY]))
    idf = [log((len(passages) + 1) / (frequency[word] + 0.5)) for word in vocabulary]
    rank = min(dimension, len(vocabulary) - 1, len(passages) - 1)
    if rank < 1:
        return WordVectors(vocabulary, np.zeros((len(vocabulary), 1), dtype=np.float32))
    weights = _weights(passages, {word: i for i, word in enumerate(vocabulary)}, idf)
    vectors = _directions(weights, rank) * np.array(idf)[:, None]
    return WordVectors(vocabulary, vectors.astype(np.float32))


def _directions(weights: csr_matrix, rank: int) -> NDArray[np.float64]:
    """Return the words' side of the `rank` strongest singular vectors, shape (words, rank).

    There are fewer where passages repeat each other: a direction of no strength is arbitrary.
    By eigenvectors, as scipy's `svds` passes no seed on and so differs from run to run.
    """
    by_passage = weights.shape[0] <= weights.shape[1]
    side = weights if by_passage else weights.T.tocsr()
    size = side.shape[0]
    gram = LinearOperator((size, size), matvec=lambda x: side @ (side.T @ x), dtype=np.float64)
    strengths, directions = eigsh(gram, k=rank, v0=np.ones(size), rng=0)
    kept = strengths > _WEAKEST * strengths.max()
    strengths, directions = strengths[kept], directions[:, kept]
    found: NDArray[np.float64] = (
        side.T @ directions / np.sqrt(strengths) if by_passage else directions
    )
    return found


def _weights(
    passages: Sequence[Sequence[str]], ids: dict[str, int], idf: Sequence[float]
) -> csr_matrix:
    """Return the matrix of passages by words: (1 + ln tf) · idf, rows of length 1."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, passage in enumerate(passages):
        counts = {ids[word]: n for word, n in Counter(passage).items() if word in ids}
        weighted = {column: (1 + log(n)) * idf[column] for column, n in counts.items()}
        length = sqrt(sum(value**2 for value in weighted.values())) or 1.0
        rows += [row] * len(weighted)
        columns += weighted
        values += [value / length for value in weighted.values()]
    return csr_matrix((values, (rows, columns)), shape=(len(passages), len(ids)))
