"""A draft's file → its manuscript.

Takes a file's name and bytes; gives a `Manuscript`, or refuses with the reason. Knows the kinds
of files; what is in each is read by `assistant.checking.lines` and `assistant.word.read`.
"""

from pathlib import PurePath

from assistant.checking.layout import paragraphs_of
from assistant.checking.manuscript import Manuscript
from corpus.errors import DraftRefused, ReportRefused
from corpus.readers import TextReader

LARGEST_MB = 20.0
"""Largest draft, in MB (10^6 bytes)."""
KNOWN = (".docx", ".md", ".markdown", ".txt", ".text")
_WORD_LIKE = (".doc", ".docm", ".dotx", ".dotm", ".rtf", ".odt", ".jtd", ".pdf")


def read_manuscript(name: str, data: bytes, largest_mb: float = LARGEST_MB) -> Manuscript:
    """Return the draft in the file `name`.

    Raises:
        DraftRefused: it is empty, too large, damaged or of another kind.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _WORD_LIKE:
        reason = f"{suffix} は扱えません。Word で .docx（Word 文書）として保存し直してください。"
        raise DraftRefused(name, reason)
    if suffix not in KNOWN:
        raise DraftRefused(name, "照合できる形式は .docx・.md・.txt です。")
    if len(data) > largest_mb * 1e6:
        raise DraftRefused(name, f"{largest_mb:g} MB を超えています。分けてお試しください。")
    if not data:
        raise DraftRefused(name, "中身が空です。")
    if suffix == ".docx":
        from assistant.word.read import read_word

        paragraphs = read_word(name, data)
    else:
        paragraphs = paragraphs_of(_text(name, data), suffix in (".md", ".markdown"))
    if not paragraphs:
        raise DraftRefused(name, "文章がありません。")
    return Manuscript(PurePath(name).name, paragraphs)


def _text(name: str, data: bytes) -> str:
    try:
        return TextReader().read(name, data)
    except ReportRefused as error:
        raise DraftRefused(name, error.reason) from error
