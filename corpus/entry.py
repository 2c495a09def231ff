"""The `report.toml` beside a kept report: what is known of it, and which file is the original.

Takes a report's folder; gives or writes its entry. A person may edit the file, so all that is
read is checked. Knows nothing about what the report says.
"""

import os
import tomllib
from pathlib import Path, PurePath

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus.errors import StorageError
from corpus.model import Metadata

NAME = "report.toml"


class Entry(BaseModel):
    """One `report.toml`; an unknown part is left out, never empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    publisher: str | None = None
    bureau: str | None = None
    date: str | None = None
    licence: str | None = None
    url: str | None = None
    file: str
    """Name of the original, which lies in the same folder."""
    sha256: str = Field(pattern="^[0-9a-f]{64}$")

    @field_validator("file")
    @classmethod
    def _lies_beside(cls, file: str) -> str:
        """Keep an edited entry from reaching for files elsewhere."""
        if not file or "\\" in file or "\0" in file or file == ".." or PurePath(file).name != file:
            raise ValueError("must be the name of a file in the same folder")
        return file

    @property
    def metadata(self) -> Metadata:
        """The report as a publication."""
        return Metadata(
            self.title,
            self.publisher or None,
            self.bureau or None,
            self.date or None,
            self.licence or None,
            self.url or None,
        )


def read_entry(folder: Path) -> Entry:
    """Return the entry of the report in `folder`.

    Raises:
        StorageError: it is damaged.
        OSError: it cannot be read.
    """
    path = folder / NAME
    try:
        return Entry.model_validate(tomllib.loads(path.read_bytes().decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise StorageError(
            f"「{path}」を読めません。書き方を直すか、"
            f"フォルダー「{folder.name}」を消してから tenkyo add でやり直してください。"
        ) from error


def write_entry(folder: Path, metadata: Metadata, file: str, sha256: str) -> None:
    """Write the entry of a report.

    Raises:
        OSError: it cannot be written.
    """
    known = {
        "title": metadata.title,
        "publisher": metadata.publisher,
        "bureau": metadata.bureau,
        "date": metadata.date,
        "licence": metadata.licence,
        "url": metadata.url,
        "file": file,
        "sha256": sha256,
    }
    entry = {key: _encodable(value) for key, value in known.items() if value}
    new = folder / f"{NAME}.new"
    new.write_text(tomli_w.dumps(entry), encoding="utf-8", newline="\n")
    os.replace(new, folder / NAME)


def _encodable(value: str) -> str:
    """Replace what UTF-8 cannot hold: bytes of a file name that are no text."""
    return value.encode("utf-8", "replace").decode("utf-8")
