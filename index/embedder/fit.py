"""Word vectors fitted on the reports themselves: latent semantic analysis.

Takes the lemmas of passages; gives a vocabulary with one vector a word, weighted so that the
plain mean of a text's words places it in the latent space (Deerwester et al. 1990, folding-in).
It needs nothing but the reports, and knows nothing that they do not say: a model trained on
more text is better. The same input gives the same vectors.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from index.embedder.protocol import Vectors

DIMENSION = 64
"""Small, as a report of a few hundred passages supports no more."""

LARGEST_VOCABULARY = 50_000
"""Words, the most frequent ones; bounds the model of a large collection at 13 MB."""


@dataclass(frozen=True)
class WordVectors:
    """A vocabulary and its vectors."""

    vocabulary: tuple[str, ...]
    vectors: Vectors
    """Shape (words, dimension)."""


def fit_word_vectors(passages: Sequence[Sequence[str]], dimension: int = DIMENSION) -> WordVectors:
    """Return vectors for the words of `passages`."""
    frequency = Counter(word for passage in passages for word in set(passage))
    vocabulary = tuple(sorted(word for word, _ in frequency.most_common(LARGEST_VOCABULARY)))
    idf = np.array([np.log((len(passages) + 1) / (frequency[word] + 0.5)) for word in vocabulary])
    rank = min(dimension, len(vocabulary) - 1, len(passages) - 1)
    if rank < 1:
        return WordVectors(vocabulary, np.zeros((len(vocabulary), 1), dtype=np.float32))
    weights = _weights(passages, {word: i for i, word in enumerate(vocabulary)}, idf)
    start = np.ones(min(weights.shape))  # svds starts at random otherwise
    _, _, right = svds(weights, k=rank, v0=start)
    return WordVectors(vocabulary, (right.T * idf[:, None]).astype(np.float32))


def _weights(passages: Sequence[Sequence[str]], ids: dict[str, int], idf: np.ndarray) -> csr_matrix:
    """Return the matrix of passages by words: (1 + ln tf) · idf, rows of length 1."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, passage in enumerate(passages):
        counts = {ids[word]: n for word, n in Counter(passage).items() if word in ids}
        weighted = {column: (1 + np.log(n)) * idf[column] for column, n in counts.items()}
        length = float(np.sqrt(sum(value**2 for value in weighted.values()))) or 1.0
        rows += [row] * len(weighted)
        columns += weighted
        values += [value / length for value in weighted.values()]
    return csr_matrix((values, (rows, columns)), shape=(len(passages), len(ids)))
