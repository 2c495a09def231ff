"""Passages of any origin → something that can be searched like a snapshot, for as long as needed.

Takes texts; gives the parts that `index/fusion.py` scores with, built as `index/build.py`
builds those of a snapshot: without headings the vector of a passage is that of its own words.
The vectors lie in a temporary folder. Knows nothing about questions.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import StorageError
from corpus.settings import Settings
from index.build import Progress, fitted_embedder, terms_of, vectors_of
from index.documents import Document
from index.embedder.choose import FITTED, dense_weight, open_embedder
from index.embedder.protocol import Embedder, Vectors
from index.glossary import Glossary, load_glossary
from index.lexical import Lexical
from index.neighbours import Neighbours, neighbours
from index.store import VectorStore
from index.terms import bigrams, lemmas

_ORIGIN = "pool"
"""The store wants the report of each row; here all are of one."""


@dataclass(frozen=True)
class Pool:
    """What `index.fusion.Searchable` asks for."""

    lemmas: Lexical
    bigrams: Lexical
    vectors: VectorStore
    embedder: Embedder
    dense_weight: float
    glossary: Glossary
    neighbours: Neighbours | None


@contextmanager
def open_pool(passages: Sequence[str], settings: Settings, progress: Progress) -> Iterator[Pool]:
    """Index `passages`, at least one, with the model that is set; row i is the i-th of them.

    Raises:
        InputError: the user's glossary cannot be read.
        EmbedderUnavailable: the embedding model cannot be loaded.
        StorageError: there is no room for the vectors.
    """
    glossary = load_glossary(settings)
    with _folder() as folder:
        split = cache(lemmas)  # each text once for the terms and for the vectors
        fitted = settings.embedder == FITTED
        if not fitted:  # before all costly work: the model may be missing
            embedder = open_embedder(settings.embedder, folder, split)
        documents = [Document(passage, "") for passage in passages]
        words = terms_of(documents, split, progress)
        if fitted:
            embedder = fitted_embedder(folder / "fitted", words, split)
        with _stored(folder / "vectors", vectors_of(embedder, documents, progress)) as store:
            lexical = Lexical.build(words)
            yield Pool(
                lemmas=lexical,
                bigrams=Lexical.build([bigrams(passage) for passage in passages]),
                vectors=store,
                embedder=embedder,
                dense_weight=dense_weight(settings.embedder),
                glossary=glossary,
                neighbours=neighbours(settings.embedder, embedder, lexical.numbers),
            )


@contextmanager
def _folder() -> Iterator[Path]:
    try:
        work = tempfile.TemporaryDirectory(prefix="tenkyo-")
    except OSError as error:
        raise StorageError(f"一時フォルダーを作れません。（{error.strerror or error}）") from error
    with work:
        yield Path(work.name)


@contextmanager
def _stored(folder: Path, vectors: Vectors) -> Iterator[VectorStore]:
    store = VectorStore.create(folder)
    try:
        store.write([_ORIGIN] * len(vectors), vectors)
        yield store
    finally:
        store.close()
