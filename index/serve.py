"""Which snapshot serves, and keeping it up to date.

Takes the settings; gives the opened snapshot, built first where it is missing, stale or
damaged. The one that serves is named in `<home>/current`, replaced atomically; a build that
fails, for whatever reason a user can meet, leaves the old one serving. One process writes at a
time.
"""

import os
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from corpus.errors import EmbedderUnavailable, SnapshotDamaged, StorageError, TenkyoError
from corpus.settings import Settings
from index.build import Progress, build_snapshot, recipe
from index.lock import PATIENCE, writing
from index.snapshot import Snapshot, read_snapshot

_NAME = re.compile(r"[0-9a-f]+(-\d+)?")
"""Names of snapshots; whatever else `current` says, it must not lead out of the data folder."""


def open_snapshot(
    settings: Settings,
    progress: Progress | None = None,
    *,
    rebuild: bool = False,
    patience: float = PATIENCE,
) -> Snapshot:
    """Return the index that serves, made up to date.

    Args:
        settings: say where it lies and what it must be made of.
        progress: told how far a build is.
        rebuild: build anew even where nothing has changed.
        patience: seconds to wait while another process builds.

    Raises:
        TenkyoError: none serves and none can be built. Most often a StorageError (the folder
            cannot be written, or another process is writing) or an EmbedderUnavailable.
    """
    old = None if rebuild else serving(settings)
    try:
        wanted = recipe(settings)
        if old is not None and old.manifest.recipe == wanted:
            return old
        new = _renew(settings, wanted, progress or _silent, rebuild, patience)
    except TenkyoError as error:
        if old is None:
            raise
        return replace(old, trouble=str(error))
    if old is not None:
        old.close()
    return new


def serving(settings: Settings) -> Snapshot | None:
    """Return the snapshot that serves, stale or not; None where there is none that is whole."""
    folder = current_folder(settings)
    try:
        return read_snapshot(folder, settings) if folder else None
    except (SnapshotDamaged, EmbedderUnavailable):
        return None


def current_folder(settings: Settings) -> Path | None:
    """Return the folder that `current` names, None where it names none."""
    try:
        name = (settings.home / "current").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return settings.home / "snapshots" / name if _NAME.fullmatch(name) else None


def _renew(
    settings: Settings, wanted: str, progress: Progress, rebuild: bool, patience: float
) -> Snapshot:
    with writing(settings.home, patience):
        if not rebuild:
            # Another process may have built it while this one waited.
            built = serving(settings)
            if built is not None and built.manifest.recipe == wanted:
                return built
            if built is not None:
                built.close()
        before = current_folder(settings)
        folder = build_snapshot(settings, wanted, progress)
        snapshot = _put_into_service(settings, folder)
        _clean(settings.home / "snapshots", {folder, before})
        return snapshot


def _put_into_service(settings: Settings, folder: Path) -> Snapshot:
    """Check a new snapshot, name it in `current` and return it; where that fails, remove it."""
    try:
        snapshot = read_snapshot(folder, settings)
        try:
            _name_current(settings.home, folder.name)
        except StorageError:
            snapshot.close()
            raise
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return snapshot


def _name_current(home: Path, name: str) -> None:
    try:
        (home / "current.new").write_text(name + "\n", encoding="utf-8")
        os.replace(home / "current.new", home / "current")
    except OSError as error:
        raise StorageError(
            f"「{home}」に書き込めません。空き容量と権限を確かめてください。（{error.strerror}）"
        ) from error


def _clean(parent: Path, keep: set[Path | None]) -> None:
    """Remove old snapshots, but not the one just replaced: another process may read it."""
    for folder in parent.iterdir():
        if folder not in keep:
            with suppress(OSError):
                shutil.rmtree(folder)


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
