"""Bytes of a file → text; one reader for each kind of file.

Takes a file's name and bytes; gives decoded text, or refuses with the reason. Knows nothing
about what the text says. PDF, Word and HTML will be further readers with the same protocol.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from corpus.errors import ReportRefused


class Reader(Protocol):
    """Turns the bytes of one kind of file into text."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings that this reader takes, in lower case with their dot."""
        ...

    def read(self, name: str, data: bytes) -> str:
        """Return the text of `data`; raise ReportRefused with the reason where it has none."""
        ...


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_GUESSES = ("utf-8", "cp932", "euc_jp", "utf-16-le", "utf-16-be")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]")
_UNLIKELY = re.compile(
    "[\uff61-\uff9f\ue000-\uf8ff\u0080-\u009f\ufffd]|[\u0e00-\u2000]|[\u3100-\u4dff]|[\ua000-\udfff]"
)
"""Half-width katakana, private use and scripts that show a wrong guess."""


class TextReader:
    """Markdown and plain text in UTF-8 (BOM or not), CP932, EUC-JP or UTF-16."""

    suffixes = (".md", ".markdown", ".txt", ".text")

    def read(self, name: str, data: bytes) -> str:
        """Return the decoded text, line ends as they are, without a byte order mark."""
        if not data.strip():
            raise ReportRefused(name, "中身が空です。")
        for bom, encoding in _BOMS:
            if data.startswith(bom):
                return _checked(name, _decoded(data, encoding))
        guesses = [text for g in _GUESSES if (text := _decoded(data, g)) and not _is_binary(text)]
        if guesses and guesses[0] == _decoded(data, "utf-8"):
            return guesses[0]
        return _checked(name, max(guesses, key=_likelihood, default=None))


READERS: Sequence[Reader] = (TextReader(),)


def read_text(name: str, data: bytes) -> str:
    """Return the text of the file `name` with the bytes `data`.

    Raises:
        ReportRefused: no reader takes such a file, or it holds no readable text.
    """
    suffix = PurePath(name).suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes:
            return reader.read(name, data)
    known = "・".join(s for reader in READERS for s in reader.suffixes)
    raise ReportRefused(name, f"対応している形式は {known} です。")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _is_binary(text: str) -> bool:
    return bool(_CONTROL.search(text))


def _likelihood(text: str) -> float:
    """Share of characters of Japanese writing, less those that a wrong guess produces."""
    good = len(_JAPANESE.findall(text)) + sum(c.isascii() for c in text)
    return (good - 3 * len(_UNLIKELY.findall(text))) / len(text)


def _checked(name: str, text: str | None) -> str:
    if text is None:
        raise ReportRefused(name, "文字コードが分かりません。UTF-8 で保存し直してください。")
    if _is_binary(text):
        raise ReportRefused(name, "文章のファイルではないようです。")
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ReportRefused(name, "中身が空です。")
    return text
