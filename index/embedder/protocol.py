"""The seam to embedding models.

Takes nothing, gives the `Embedder` protocol: text → unit vectors, queries and passages apart
because models such as E5 want different prefixes. Knows nothing about any model.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (texts, dimension); rows have length 1, or 0 where a text has no known word."""

Splitter = Callable[[str], Sequence[str]]
"""Text → its lemmas, for models that read those."""


class Embedder(Protocol):
    """Turns text into vectors whose cosine tells how near two texts are in meaning."""

    @property
    def name(self) -> str:
        """Name that the provenance of an answer shows."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, shape (1, dimension)."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, one row a text."""
        ...


def unit(vectors: Vectors) -> Vectors:
    """Return `vectors` scaled to length 1; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled
