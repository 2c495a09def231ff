"""What an index snapshot was made of, and proof that it is whole.

Takes a snapshot folder; gives or checks its `manifest.json`. Knows nothing about search.
"""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import SnapshotDamaged

FORMAT = 2
"""Raised when the files of a snapshot change their meaning."""

FILE = "manifest.json"


class Manifest(BaseModel):
    """The contents of `manifest.json`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    program: str
    """Version of Tenkyo that built it."""
    recipe: str
    """Digest of everything it depends on; another digest means that it is stale."""
    embedder: str
    reports: dict[str, int]
    """Passages of each report, in the order of their rows."""
    files: dict[str, str]
    """SHA-256 of every file but the vector store's database, which changes when it is opened."""

    @property
    def passages(self) -> int:
        """How many passages the snapshot holds."""
        return sum(self.reports.values())


def file_hashes(folder: Path, leave_out: str) -> dict[str, str]:
    """Return {relative path: SHA-256} of the files in `folder`.

    The manifest itself is left out, and so are the files whose relative path begins with
    `leave_out`.
    """
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: _sha256(path)
        for name, path in sorted(paths.items())
        if name != FILE and not name.startswith(leave_out) and path.is_file()
    }


def read_manifest(folder: Path, leave_out: str) -> Manifest:
    """Return the manifest of the snapshot in `folder` after checking all its files.

    Raises:
        SnapshotDamaged: it is missing, of another format, or a file is not what was written.
    """
    try:
        manifest = Manifest.model_validate_json((folder / FILE).read_bytes())
        found = file_hashes(folder, leave_out)
    except (OSError, ValidationError) as error:
        raise SnapshotDamaged("索引の目録を読めません。") from error
    if manifest.format != FORMAT:
        raise SnapshotDamaged("索引の形式が、この版のものと違います。")
    if found != manifest.files:
        changed = sorted(set(found.items()) ^ set(manifest.files.items()))
        raise SnapshotDamaged(f"索引のファイルが、作った時と違います（{changed[0][0]}）。")
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
