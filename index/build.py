"""The kept reports → a new snapshot on disk.

Takes parsed reports; writes a snapshot folder whole or not at all. Knows nothing about which
snapshot serves.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

import corpus
import index
from corpus.errors import InputError, StorageError
from corpus.library import load, sources
from corpus.model import Report
from corpus.settings import Settings
from corpus.version import installed, program_version
from index.documents import Document, documents_of
from index.embedder.choose import FITTED, embedder_key, open_embedder
from index.embedder.protocol import Embedder, Splitter, Vectors, unit
from index.glossary import load_glossary
from index.lexical import Lexical
from index.manifest import FILE, FORMAT, Manifest, file_hashes
from index.snapshot import CHANGING, PROBES, REPORT, VECTORS
from index.store import VectorStore
from index.terms import bigrams, lemmas

Progress = Callable[[str, int, int], None]
"""Called with what is being done (Japanese), how much is done, and how much there is."""

CONTEXT_SHARE = 0.3
"""Share of the headings, lead and labels in the vector of a passage; the rest is its own words."""

_ANALYSER = ("fugashi", "unidic-lite")
"""Packages that decide which lemmas a text has."""

_PROBES = 3
_BATCH = 256
"""Passages between two calls of the progress function."""


def recipe(settings: Settings) -> str:
    """Return a digest of everything a snapshot depends on.

    That is the reports, the embedding model, the code itself, the analyser and its dictionary.
    """
    analyser = [f"{name} {installed(name)}" for name in _ANALYSER]
    digest = hashlib.sha256(repr((FORMAT, embedder_key(settings), analyser)).encode())
    for package in (corpus, index):
        for path in sorted(Path(package.__path__[0]).rglob("*.py")):
            digest.update(path.read_bytes())
    for source in sources(settings):
        digest.update(source.fingerprint(settings).encode())
    return digest.hexdigest()


def build_snapshot(settings: Settings, made_of: str, progress: Progress) -> Path:
    """Write a snapshot of all kept reports and return its folder.

    Args:
        settings: where it goes, and which model embeds.
        made_of: the recipe, which also names the folder.
        progress: told how far the work is.

    Raises:
        StorageError: the folder cannot be written.
        EmbedderUnavailable: the embedding model cannot be loaded.
        InputError: there is no report, or the user's glossary cannot be read.
    """
    parent = settings.home / "snapshots"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".build-", dir=parent) as work:
            folder = Path(work) / "snapshot"
            _write(folder, settings, made_of, progress)
            target = _free_name(parent, made_of[:12])
            os.replace(folder, target)
            return target
    except OSError as error:
        raise StorageError(
            f"「{parent}」に書き込めません。空き容量と権限を確かめてください。"
            f"（{error.strerror or error}）"
        ) from error


def _write(folder: Path, settings: Settings, made_of: str, progress: Progress) -> None:
    split = cache(lemmas)  # each text once for the terms and for the vectors
    load_glossary(settings)  # before all costly work, as the model: it may be missing or bad
    fitted = settings.embedder == FITTED
    if not fitted:
        embedder = open_embedder(settings.embedder, folder, split)
    reports = _parsed(settings, progress)
    documents = [document for report in reports for document in documents_of(report)]
    if not documents:
        raise InputError("報告書がありません。tenkyo add で取り込んでください。")
    words = terms_of(documents, split, progress)
    (folder / "reports").mkdir(parents=True)
    for report in reports:
        (folder / "reports" / f"{report.id}.json").write_bytes(REPORT.dump_json(report))
    Lexical.build(words).save(folder / "lemmas")
    Lexical.build([bigrams(document.text) for document in documents]).save(folder / "bigrams")
    if fitted:
        embedder = fitted_embedder(folder / "fitted", words, split)
    vectors = vectors_of(embedder, documents, progress)
    _store(folder, reports, vectors)
    manifest = Manifest(
        format=FORMAT,
        program=program_version(),
        recipe=made_of,
        embedder=settings.embedder,
        reports={report.id: len(report.passages) for report in reports},
        files=file_hashes(folder, CHANGING),
    )
    (folder / FILE).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    progress("索引", len(documents), len(documents))


def _parsed(settings: Settings, progress: Progress) -> list[Report]:
    kept = sources(settings)
    reports: list[Report] = []
    for done, source in enumerate(kept):
        progress("報告書を読む", done, len(kept))
        reports.append(load(source, settings))
    return [report for report in reports if report.passages]


def terms_of(documents: Sequence[Document], split: Splitter, progress: Progress) -> list[list[str]]:
    """Return the lemmas of each document, those of its context last."""
    found: list[list[str]] = []
    for document in documents:
        if len(found) % _BATCH == 0:
            progress("語に分ける", len(found), len(documents))
        found.append([*split(document.body), *split(document.context)])
    return found


def fitted_embedder(folder: Path, words: Sequence[Sequence[str]], split: Splitter) -> Embedder:
    """Fit word vectors on `words`, write them into the new `folder` and return their model."""
    from index.embedder.fit import fit_word_vectors
    from index.embedder.static import save_static

    fitted = fit_word_vectors(words)
    save_static(folder, fitted.vocabulary, fitted.vectors)
    return open_embedder(FITTED, folder, split)


def vectors_of(embedder: Embedder, documents: Sequence[Document], progress: Progress) -> Vectors:
    """Return the vector of each document; one without context has that of its body."""
    batches: list[Vectors] = []
    for start in range(0, len(documents), _BATCH):
        progress("意味を測る", start, len(documents))
        batch = documents[start : start + _BATCH]
        body = embedder.embed_passages([document.body for document in batch])
        context = np.zeros_like(body)
        # A model may give "" a direction of its own, which would be in every such vector.
        told = [row for row, document in enumerate(batch) if document.context]
        if told:
            context[told] = embedder.embed_passages([batch[row].context for row in told])
        batches.append(unit((1 - CONTEXT_SHARE) * body + CONTEXT_SHARE * context))
    return np.vstack(batches)


def _store(folder: Path, reports: Sequence[Report], vectors: Vectors) -> None:
    store = VectorStore.create(folder / VECTORS)
    try:
        store.write([report.id for report in reports for _ in report.passages], vectors)
    finally:
        store.close()
    known = np.flatnonzero(np.linalg.norm(vectors, axis=1) > 0)
    chosen = known[np.linspace(0, len(known) - 1, min(_PROBES, len(known))).astype(int)]
    np.save(folder / PROBES, vectors[chosen], allow_pickle=False)


def _free_name(parent: Path, name: str) -> Path:
    """Return a folder that does not exist: a damaged one of the same recipe may still lie there."""
    tries = (parent / (f"{name}-{n}" if n else name) for n in range(1000))
    return next(path for path in tries if not path.exists())
