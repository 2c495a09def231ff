"""What is wrong with the data folder, and its repair.

Takes the settings; gives findings in Japanese, and mends what can be rebuilt. Originals are
never touched.
"""

from contextlib import closing
from dataclasses import dataclass

from corpus.errors import TenkyoError
from corpus.library import load, sources
from corpus.settings import Settings
from index.build import Progress, recipe
from index.serve import current_folder, open_snapshot
from index.snapshot import read_snapshot


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    is_good: bool
    text: str


def examine(settings: Settings) -> list[Finding]:
    """Return what was found, in the order it was looked at; nothing is changed."""
    return [*_reports(settings), _index(settings)]


def repair(settings: Settings, progress: Progress | None = None) -> None:
    """Rebuild the index from the kept reports.

    Raises:
        StorageError: it cannot be written.
        EmbedderUnavailable: the embedding model cannot be loaded.
    """
    open_snapshot(settings, progress, rebuild=True).close()


def _reports(settings: Settings) -> list[Finding]:
    try:
        kept = sources(settings)
    except TenkyoError as error:
        return [Finding(False, str(error))]
    findings = []
    for source in kept:
        try:
            report = load(source, settings)
            text = f"報告書「{source.id}」は読めます（{len(report.passages)}か所）。"
            findings.append(Finding(True, text))
        except TenkyoError as error:
            findings.append(Finding(False, str(error)))
    return findings


def _index(settings: Settings) -> Finding:
    folder = current_folder(settings)
    if folder is None and not (settings.home / "snapshots").exists():
        return Finding(True, "索引はまだありません。最初に使うときに作ります。")
    if folder is None:
        return Finding(False, "どの索引を使うかの記録がまだないか、失われています。")
    try:
        snapshot = read_snapshot(folder, settings)
    except TenkyoError as error:
        return Finding(False, f"索引「{folder.name}」が使えません。{error}")
    with closing(snapshot):
        try:
            is_new = snapshot.manifest.recipe == recipe(settings)
        except TenkyoError:
            is_new = False  # the finding on the report says why
    if not is_new:
        return Finding(False, f"索引「{snapshot.id}」は今の報告書や設定より古いものです。")
    return Finding(True, f"索引「{snapshot.id}」は無事です（{snapshot.manifest.passages}か所）。")
