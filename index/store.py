"""The vector store: Chroma, embedded, cosine; the only module that knows it.

Takes passage ids with their vectors; gives the nearest ids for a query vector. Embeddings are
always passed in, so Chroma loads no model and asks no network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings

from corpus.errors import SnapshotDamaged
from index.embedder.protocol import Vectors

_COLLECTION = "passages"
_CONFIGURATION = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


@dataclass(frozen=True, slots=True)
class Near:
    """A passage and how near it is."""

    row: int
    """Order of the passage in the snapshot."""
    cosine: float


class VectorStore:
    """A Chroma collection in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`, creating an empty one where there is none.

        Raises:
            SnapshotDamaged: the folder holds something that Chroma cannot open.
        """
        settings = ChromaSettings(anonymized_telemetry=False, is_persistent=True)
        try:
            self._client = cast(Client, chromadb.PersistentClient(str(folder), settings=settings))
            self._collection = self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,
                configuration=_CONFIGURATION,  # type: ignore[arg-type]
            )
        except Exception as error:  # Chroma raises Rust, SQLite and own errors alike
            raise SnapshotDamaged("ベクトルの索引を開けません。") from error

    def write(self, report_ids: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors of all passages; row i belongs to `report_ids[i]`."""
        size = self._client.get_max_batch_size()
        for start in range(0, len(report_ids), size):
            rows = range(start, min(start + size, len(report_ids)))
            self._collection.upsert(
                ids=[str(row) for row in rows],
                embeddings=vectors[rows.start : rows.stop],
                metadatas=[{"report": report_ids[row]} for row in rows],
            )

    def count(self) -> int:
        """Return how many vectors are stored."""
        return self._collection.count()

    def nearest(self, vector: Vectors, limit: int, report_id: str | None = None) -> list[Near]:
        """Return the passages nearest to `vector` (shape (1, dimension)), nearest first.

        Raises:
            SnapshotDamaged: the stored vectors cannot be read.
        """
        try:
            found = self._collection.query(
                query_embeddings=vector,
                n_results=limit,
                where={"report": report_id} if report_id else None,
                include=["distances"],
            )
        except Exception as error:
            raise SnapshotDamaged("ベクトルの索引を読めません。") from error
        distances = (found["distances"] or [[]])[0]
        pairs = zip(found["ids"][0], distances, strict=True)
        return [Near(int(row), 1.0 - float(distance)) for row, distance in pairs]

    def close(self) -> None:
        """Release the files; a folder that is still open cannot be replaced."""
        self._client.close()
