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
_GUESSES = ("cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_KANJI = re.compile("[\u4e00-\u9fff\u2010-\u22ff\u2460-\u25ff\u3200-\u33ff]")
"""Kanji and signs such as ① ㈱ →."""
_SURE = re.compile("[\t\n\r\x20-\x7e\u3000-\u30ff\uff01-\uff5e]")
"""ASCII, kana and full-width signs: a wrong guess rarely gives them, while it often gives kanji."""
_UNLIKELY = re.compile(
    "[\uff61-\uff9f\ue000-\uf8ff\u0080-\u009f\ufffd]|[\u0e00-\u1fff]|[\u3100-\u31ff\u3400-\u4dff]|[\ua000-\udfff]"
)
"""Half-width katakana, private use and scripts that show a wrong guess."""

_LEAST_LIKELY = 0.5
"""Below it a guess is worse than a refusal: another encoding, or text damaged in between."""


class TextReader:
    """Markdown and plain text in UTF-8 (BOM or not), CP932, EUC-JP, JIS or UTF-16."""

    suffixes = (".md", ".markdown", ".txt", ".text")

    def read(self, name: str, data: bytes) -> str:
        """Return the decoded text, line ends as they are, without a byte order mark."""
        if not data.strip():
            raise ReportRefused(name, "中身が空です。")
        for bom, encoding in _BOMS:
            if data.startswith(bom):
                return _checked(name, _decoded(data, encoding), data)
        text = _decoded(data, "utf-8")
        return _checked(name, text if text and not _is_binary(text) else _guessed(data), data)


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


def _guessed(data: bytes) -> str | None:
    """Return the likeliest reading of bytes that are not UTF-8, None where none is likely."""
    scores: dict[str, float] = {}
    for encoding in _GUESSES:
        text = _decoded(data, encoding)
        if text and not _is_binary(text):
            scores.setdefault(text, _likelihood(text, encoding))
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best and scores[best] >= _LEAST_LIKELY else None


def _likelihood(text: str, encoding: str) -> float:
    """Share of characters of Japanese writing, less those that a wrong guess produces."""
    sure, kanji = len(_SURE.findall(text)), len(_KANJI.findall(text))
    if encoding.startswith("utf-16"):
        # The bytes of any text, read as UTF-16, are mostly kanji: they count beside kana only.
        kanji = min(kanji, 4 * sure)
    return (sure + kanji - 3 * len(_UNLIKELY.findall(text))) / len(text)


def _checked(name: str, text: str | None, data: bytes) -> str:
    if text is None:
        if _is_binary(data.decode("latin-1")):
            raise ReportRefused(name, "文章のファイルではないようです。")
        raise ReportRefused(name, "文字コードが分かりません。UTF-8 で保存し直してください。")
    if _is_binary(text):
        raise ReportRefused(name, "文章のファイルではないようです。")
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ReportRefused(name, "中身が空です。")
    return text
