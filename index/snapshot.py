"""An index on disk, opened for reading.

Takes the folder of a snapshot; gives its parts after checking that it is whole. Reports are
read at their first use. Knows nothing about how a snapshot is made or which one serves.

    manifest.json   what it was made of, and a digest of every file
    reports/        the parsed reports
    lemmas/ bigrams/    lexical indexes, memory-mapped
    vectors/        the vector store
    fitted/         the word vectors fitted on the reports, where those are used
    probes.npy      a few vectors, looked up at every opening
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from corpus.errors import SnapshotDamaged, UnknownReport
from corpus.model import Passage, Report
from corpus.settings import Settings
from index.embedder.choose import dense_weight, open_embedder
from index.embedder.protocol import Embedder
from index.glossary import Glossary, load_glossary
from index.lexical import Lexical
from index.manifest import Manifest, read_manifest
from index.neighbours import Neighbours, neighbours
from index.readings import Readings
from index.store import DATABASE, VectorStore

VECTORS = "vectors"
"""Folder of the vector store."""

CHANGING = f"{VECTORS}/{DATABASE}"
"""The file, and the beginning of the names of its journals, that no digest in the manifest fits."""

REPORT = TypeAdapter(Report)
"""Reads and writes a parsed report as JSON."""

PROBES = "probes.npy"

_FOUND_ITSELF = 0.999
"""Cosine from which a probe counts as found; the rest is rounding."""


@dataclass(frozen=True)
class Snapshot:
    """An opened index."""

    folder: Path
    manifest: Manifest
    lemmas: Lexical
    bigrams: Lexical
    vectors: VectorStore
    embedder: Embedder
    glossary: Glossary
    trouble: str | None = None
    """Why it could not be brought up to date (a Japanese sentence) and serves on as it is."""

    @property
    def id(self) -> str:
        """Name of the snapshot."""
        return self.folder.name

    @property
    def is_stale(self) -> bool:
        """True where reports or settings have changed since and no newer index could be built."""
        return self.trouble is not None

    @property
    def dense_weight(self) -> float:
        """How much nearness by its model counts."""
        return dense_weight(self.manifest.embedder)

    @cached_property
    def neighbours(self) -> Neighbours | None:
        """The words of the reports by meaning, where the model has vectors of words."""
        return neighbours(self.manifest.embedder, self.embedder, self.lemmas.numbers)

    @cached_property
    def readings(self) -> Readings:
        """The words of the reports by their sound."""
        return Readings(self.lemmas.numbers, self.bigrams.numbers)

    @cached_property
    def report_ids(self) -> tuple[str, ...]:
        """The reports of the snapshot in the order of their rows."""
        return tuple(self.manifest.reports)

    @cached_property
    def _ends(self) -> list[int]:
        """Row after the last passage of each report."""
        return list(accumulate(self.manifest.reports.values()))

    @cached_property
    def _read(self) -> dict[str, Report]:
        return {}

    def report(self, report_id: str) -> Report:
        """Return a report of the snapshot.

        Raises:
            SnapshotDamaged: its file has become unreadable since the index was opened.
        """
        if report_id not in self._read:
            path = self.folder / "reports" / f"{report_id}.json"
            try:
                self._read[report_id] = REPORT.validate_json(path.read_bytes())
            except (OSError, ValidationError) as error:
                raise SnapshotDamaged(f"索引の報告書「{report_id}」を読めません。") from error
        return self._read[report_id]

    def rows(self, report_id: str) -> range:
        """Return the rows of the passages of a report.

        Raises:
            UnknownReport: the index has no such report.
        """
        if report_id not in self.manifest.reports:
            raise UnknownReport(
                f"報告書「{report_id}」は索引にありません。"
                "tenkyo reports で一覧を確かめてください。"
            )
        end = self._ends[self.report_ids.index(report_id)]
        return range(end - self.manifest.reports[report_id], end)

    def passage(self, row: int) -> Passage:
        """Return the passage of a row."""
        report_id = self.report_ids[bisect_right(self._ends, row)]
        return self.report(report_id).passages[row - self.rows(report_id).start]

    def close(self) -> None:
        """Release the files."""
        self.vectors.close()


def read_snapshot(folder: Path, settings: Settings) -> Snapshot:
    """Open the snapshot in `folder`.

    Raises:
        SnapshotDamaged: it is incomplete, altered or foreign.
        EmbedderUnavailable: the model that it was built with cannot be loaded.
        InputError: the user's table of equal expressions cannot be used.
    """
    glossary = load_glossary(settings)
    manifest = read_manifest(folder, CHANGING)
    snapshot = Snapshot(
        folder=folder,
        manifest=manifest,
        lemmas=Lexical.load(folder / "lemmas"),
        bigrams=Lexical.load(folder / "bigrams"),
        embedder=open_embedder(manifest.embedder, folder / "fitted"),
        glossary=glossary,
        vectors=VectorStore.open(folder / VECTORS),  # last, as it must be closed
    )
    try:
        _check_vectors(snapshot)
    except SnapshotDamaged:
        snapshot.close()
        raise
    return snapshot


def _check_vectors(snapshot: Snapshot) -> None:
    """Look the probes up: Chroma can lose vectors without an error."""
    passages = snapshot.manifest.passages
    if snapshot.vectors.count() != passages:
        raise SnapshotDamaged("ベクトルの数が目録と違います。")
    try:
        probes = np.load(snapshot.folder / PROBES, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise SnapshotDamaged("ベクトルの見本を読めません。") from error
    limit = min(10, passages)
    for probe in probes:
        near = snapshot.vectors.nearest(probe.reshape(1, -1), limit)
        if len(near) < limit or near[0].cosine < _FOUND_ITSELF:
            raise SnapshotDamaged("ベクトルの索引が欠けています。")
