"""The `report.toml` beside a kept report: what is known of it, and which file is the original.

Takes a report's folder; gives or writes its entry. A person may edit the file, so all that is
read is checked. Knows nothing about what the report says.
"""

import os
import re
import tomllib
from pathlib import Path, PurePath

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus.errors import InputError, StorageError
from corpus.markup import plain
from corpus.model import Metadata

NAME = "report.toml"

_LONGEST = 300
"""Characters of a part."""
_LONGEST_URL = 2000
_URL = re.compile(r"https?://[^\s/?#<>\"「」『』（）]+[^\s<>\"「」『』（）、。]*")


class EntryDamaged(StorageError):
    """A `report.toml` is not in its form."""


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
        EntryDamaged: it is not in its form.
        OSError: it cannot be read.
    """
    path = folder / NAME
    try:
        return Entry.model_validate(tomllib.loads(path.read_bytes().decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise EntryDamaged(
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


def checked(name: str, text: str) -> str | None:
    """Return a part of an entry as a user has told it, None where it is empty.

    Args:
        name: which field of `Metadata`.
        text: what the user typed.

    Raises:
        InputError: it cannot stand in a reference.
    """
    if name == "url":
        url = text.strip()
        if url and (not _URL.fullmatch(url) or len(url) > _LONGEST_URL or not url.isprintable()):
            raise InputError(
                "URL は、https:// で始まり、空白やかぎ括弧のない形で指定してください。"
            )
        return url or None
    words = plain(text)
    if len(words) > _LONGEST:
        raise InputError(f"報告書について設定できる文字列は、{_LONGEST}字までです。")
    if not all(letter.isprintable() or letter == "\u3000" for letter in words):
        raise InputError("報告書についての文字列に、表示できない文字が含まれています。")
    return words or None


def _encodable(value: str) -> str:
    """Replace what UTF-8 cannot hold: bytes of a file name that are no text."""
    return value.encode("utf-8", "replace").decode("utf-8")
