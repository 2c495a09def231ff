"""A deterministic stand-in for an embedding model, for tests.

Takes text; gives vectors that depend on its lemmas alone: texts that share words are near.
"""

import hashlib
from collections.abc import Sequence

import numpy as np

from index.embedder.protocol import Vectors, unit
from index.terms import lemmas


class HashEmbedder:
    """Sums a pseudo-random vector for each lemma."""

    name = "double"

    def __init__(self, dimension: int = 16) -> None:
        """Give vectors of `dimension` numbers."""
        self.dimension = dimension

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self.embed_passages([text])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text."""
        rows = [sum(map(self._word, lemmas(text)), np.zeros(self.dimension)) for text in texts]
        return unit(np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimension))

    def _word(self, word: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
