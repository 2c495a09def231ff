"""The vector store: Chroma, embedded, cosine; the only module that knows it.

Takes vectors by row with the report of each; gives the nearest rows for a query vector.
Embeddings are always passed in, so Chroma loads no model and asks no network.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings

from corpus.errors import SnapshotDamaged, StorageError
from index.embedder.protocol import Vectors

DATABASE = "chroma.sqlite3"
"""Chroma's own file, the one that it changes whenever it is opened."""

_COLLECTION = "passages"
_CONFIGURATION = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 200,
        "ef_search": 200,
        # Everything is on disk after each batch: the graph's files stay as they were written, and
        # opening need not build the last rows anew (by default up to 1,000 wait in the database).
        "batch_size": 1,
        "sync_threshold": 1,
    }
}


@dataclass(frozen=True, slots=True)
class Near:
    """A passage and how near it is."""

    row: int
    """Order of the passage in the snapshot."""
    cosine: float


class VectorStore:
    """A Chroma collection in a folder of its own."""

    def __init__(
        self,
        client: Client,
        collection: chromadb.Collection,
        copy: "tempfile.TemporaryDirectory[str] | None" = None,
    ) -> None:
        """Use `collection`; see `create` and `open`."""
        self._client = client
        self._collection = collection
        self._copy = copy

    @classmethod
    def create(cls, folder: Path) -> "VectorStore":
        """Make an empty store in `folder`.

        Raises:
            StorageError: it cannot be written.
        """
        try:
            client = _client(folder)
            collection = client.create_collection(
                _COLLECTION,
                embedding_function=None,
                configuration=_CONFIGURATION,  # type: ignore[arg-type]
            )
            return cls(client, collection)
        except Exception as error:  # Chroma raises Rust, SQLite and own errors alike
            raise _unwritable(error) from error

    @classmethod
    def open(cls, folder: Path) -> "VectorStore":
        """Open the store in `folder`.

        Raises:
            SnapshotDamaged: there is none, or something that Chroma cannot open.
        """
        if not (folder / DATABASE).is_file():
            raise SnapshotDamaged("ベクトルの索引がありません。")
        copy = None if _is_writable(folder) else _copied(folder)
        client = None
        try:
            place = Path(copy.name) / folder.name if copy else folder
            client = _client(place)
            _check(place / DATABASE)
            return cls(client, client.get_collection(_COLLECTION, embedding_function=None), copy)
        except Exception as error:
            _release(client, copy)
            raise SnapshotDamaged("ベクトルの索引を開けません。") from error

    def write(self, report_ids: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors of all passages; row i belongs to `report_ids[i]`.

        Raises:
            StorageError: they cannot be written.
        """
        size = self._client.get_max_batch_size()
        try:
            for start in range(0, len(report_ids), size):
                rows = range(start, min(start + size, len(report_ids)))
                self._collection.upsert(
                    ids=[str(row) for row in rows],
                    embeddings=vectors[rows.start : rows.stop],
                    metadatas=[{"report": report_ids[row]} for row in rows],
                )
        except Exception as error:  # a full disk is no OSError here
            raise _unwritable(error) from error

    def count(self) -> int:
        """Return how many vectors are stored.

        Raises:
            SnapshotDamaged: Chroma cannot say.
        """
        try:
            return self._collection.count()
        except Exception as error:
            raise SnapshotDamaged("ベクトルの索引を読めません。") from error

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
        _release(self._client, self._copy)


def _client(folder: Path) -> Client:
    settings = ChromaSettings(anonymized_telemetry=False, is_persistent=True)
    return cast(Client, chromadb.PersistentClient(str(folder), settings=settings))


def _check(database: Path) -> None:
    """Raise where the database is cut or torn, which Chroma notices only where it happens to look.

    No digest can tell: Chroma writes a row into it at every opening.
    """
    with closing(sqlite3.connect(database)) as connection:
        said = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != ("ok",):
        raise ValueError(said)


def _release(client: Client | None, copy: "tempfile.TemporaryDirectory[str] | None") -> None:
    if client:
        client.close()
    if copy:
        copy.cleanup()


def _unwritable(error: Exception) -> StorageError:
    return StorageError(
        f"ベクトルの索引を書き込めません。空き容量と権限を確かめてください。（{error}）"
    )


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and os.access(folder / DATABASE, os.W_OK)


def _copied(folder: Path) -> "tempfile.TemporaryDirectory[str]":
    """Return a passing copy: Chroma writes into its database even where it only reads."""
    copy = tempfile.TemporaryDirectory(prefix="tenkyo-")
    try:
        for path in filter(Path.is_file, folder.rglob("*")):
            target = Path(copy.name) / folder.name / path.relative_to(folder)
            # Not `copytree`, which makes the copied folders read-only as well.
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    except OSError as error:
        copy.cleanup()
        raise SnapshotDamaged("読み取り専用の索引を、一時フォルダーに写せません。") from error
    return copy
