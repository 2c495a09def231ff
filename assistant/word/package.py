"""The parts of a Word file, opened with care.

Takes bytes; gives the parts as they are and as XML, or refuses. A .docx is a ZIP file from
outside: its unpacked size is bounded before anything is unpacked, and its XML may name no
entities and reach no network. Knows nothing about text.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from corpus.errors import DraftRefused

_MOST_PARTS = 4000
_LARGEST = 300e6
"""Bytes of all parts unpacked."""
_LARGEST_PART = 120e6
_RATIO = 250
"""Unpacked over packed size; text of Word files packs about 1 to 10, at most 1 to 60."""

MAIN = "word/document.xml"
FOOTNOTES, ENDNOTES = "word/footnotes.xml", "word/endnotes.xml"
STYLES = "word/styles.xml"

_OLD = b"\xd0\xcf\x11\xe0"
"""How a .doc, or a .docx with a password, begins."""


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Word file."""

    name: str
    parts: dict[str, bytes]

    def xml(self, part: str) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
        """Return the root of a part, None where there is none.

        Raises:
            DraftRefused: it is no XML.
        """
        if part not in self.parts:
            return None
        return parsed(self.name, self.parts[part])


def opened(name: str, data: bytes) -> Package:
    """Return the parts of a .docx.

    Raises:
        DraftRefused: it is none, is protected, damaged or too large.
    """
    if data.startswith(_OLD):
        reason = (
            "パスワードで保護されているか、古い形式の Word 文書です。"
            "保護を外した .docx にしてください。"
        )
        raise DraftRefused(name, reason)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            _refuse_bombs(name, file)
            parts = {info.filename: file.read(info) for info in file.infolist()}
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise DraftRefused(name, _DAMAGED) from error
    except OSError as error:
        raise DraftRefused(name, _DAMAGED) from error
    if MAIN not in parts:
        raise DraftRefused(name, "Word 文書ではないようです。")
    return Package(name, parts)


_DAMAGED = "ファイルが壊れています。Word で開いて、保存し直してください。"


def parsed(name: str, data: bytes) -> Any:  # noqa: ANN401 - as above
    """Return the root of an XML document that may name no entities.

    Raises:
        DraftRefused: it is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DraftRefused(name, _DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise DraftRefused(
            name, "文書の中に、Word が書かない宣言があります。保存し直してください。"
        )
    return root


def _refuse_bombs(name: str, file: zipfile.ZipFile) -> None:
    infos = file.infolist()
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    is_bomb = total > 10e6 and total / packed > _RATIO
    if len(infos) > _MOST_PARTS or total > _LARGEST or is_bomb:
        raise DraftRefused(name, "中身が大きすぎます。分けてお試しください。")
    if any(info.file_size > _LARGEST_PART for info in infos):
        raise DraftRefused(name, "中身が大きすぎます。分けてお試しください。")
