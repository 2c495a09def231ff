"""Lines of lemmas → one vector a word, from the words that stand near it.

Takes lines of lemmas; gives a vocabulary with counts and unit vectors: positive pointwise mutual
information of words within ten words of each other, factored (Levy, Goldberg and Dagan 2015,
"Improving distributional similarity", whose eigenvalue weighting of ½ and distance-weighted
window are used). The same input gives the same vectors on one machine.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import eigsh

from index.embedder.protocol import Vectors, unit
from index.embedder.train.texts import Lines

WINDOW = 10
"""Words to either side; nearer ones count more, the last one a tenth."""
RAREST = 3
"""Times that a word must occur; fewer say too little about it."""
LARGEST_VOCABULARY = 30_000
"""Words, the most frequent ones."""
DIMENSION = 256
_GAP = -2
_UNKNOWN = -1


@dataclass(frozen=True)
class Words:
    """A vocabulary, most frequent word first."""

    words: tuple[str, ...]
    information: NDArray[np.float64]
    """By word: −ln of its share of all occurrences, what seeing it tells (in nats)."""
    vectors: Vectors
    """Shape (words, dimension); rows of length 1, or 0 where a word stands alone."""


def word_vectors(lines: Lines, dimension: int = DIMENSION) -> Words:
    """Return the vectors of the words of `lines`; none where no word occurs often enough."""
    counts = Counter(word for line in lines for word in line)
    often = [word for word in counts if counts[word] >= RAREST]
    kept = sorted(often, key=lambda word: (-counts[word], word))[:LARGEST_VOCABULARY]
    shares = np.array([counts[word] for word in kept], dtype=np.float64) / max(counts.total(), 1)
    rank = min(dimension, len(kept) - 1)
    if rank < 1:
        return Words(tuple(kept), -np.log(shares), np.zeros((len(kept), 1), dtype=np.float32))
    numbers = {word: number for number, word in enumerate(kept)}
    vectors = _factored(_information(_together(lines, numbers)), rank)
    return Words(tuple(kept), -np.log(shares), unit(vectors.astype(np.float32)))


def _together(lines: Lines, numbers: dict[str, int]) -> csr_matrix:
    """Return how often two words stand near each other, shape (words, words), symmetric."""
    size = len(numbers)
    total = csr_matrix((size, size), dtype=np.float32)
    for start in range(0, len(lines), 20_000):  # bounds the memory of the pairs
        row = _row(lines[start : start + 20_000], numbers)
        for distance in range(1, WINDOW + 1):
            left, right = row[:-distance], row[distance:]
            both = (left >= 0) & (right >= 0)
            weights = np.full(both.sum(), (WINDOW + 1 - distance) / WINDOW, dtype=np.float32)
            total += coo_matrix((weights, (left[both], right[both])), total.shape).tocsr()
    return (total + total.T).tocsr()


def _row(lines: Lines, numbers: dict[str, int]) -> NDArray[np.int32]:
    """Return the numbers of all words in a row, lines so far apart that no window spans two."""
    gap = [_GAP] * WINDOW
    found: list[int] = []
    for line in lines:
        found += [numbers.get(word, _UNKNOWN) for word in line]
        found += gap
    return np.array(found, dtype=np.int32)


def _information(together: csr_matrix) -> csr_matrix:
    """Return the positive pointwise mutual information of each pair."""
    pairs = together.tocoo()
    share = np.asarray(together.sum(axis=1), dtype=np.float64).ravel() / together.sum()
    expected = share[pairs.row] * share[pairs.col] * together.sum()
    information = np.log(pairs.data / expected)
    kept = information > 0
    return csr_matrix((information[kept], (pairs.row[kept], pairs.col[kept])), shape=together.shape)


def _factored(information: csr_matrix, rank: int) -> NDArray[np.float64]:
    start = np.ones(information.shape[0])
    values, vectors = eigsh(information, k=rank, which="LM", v0=start, rng=0)
    order = np.argsort(-np.abs(values))
    found: NDArray[np.float64] = vectors[:, order] * np.sqrt(np.abs(values[order]))
    return found
