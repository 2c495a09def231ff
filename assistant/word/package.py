"""The parts of a Word file, opened with care.

Takes bytes; gives the parts as they are and as XML, or refuses. A .docx is a ZIP file from
outside: its unpacked size is bounded before anything is unpacked, and its XML may name no
entities and reach no network. Knows nothing about text.
"""

import io
import lzma
import posixpath
import zipfile
import zlib
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

_USUAL_MAIN = "word/document.xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_OLD = b"\xd0\xcf\x11\xe0"
"""How a .doc, or a .docx with a password, begins."""


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Word file."""

    name: str
    parts: dict[str, bytes]
    main: str
    """The part that holds the text; Word in a browser names it `word/document2.xml`."""

    @property
    def relations(self) -> str:
        """The part that says which other parts the text has, whether it is there or not."""
        return relations_of(self.main)

    def related(self, kind: str) -> str | None:
        """Return the part that the text has as its `kind`, such as "footnotes"."""
        return _target(self.name, self.parts, self.main, kind)

    def xml(self, part: str | None) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
        """Return the root of a part, None where there is none.

        Raises:
            DraftRefused: it is no XML.
        """
        if part is None or part not in self.parts:
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
    except _BROKEN as error:
        raise damaged(name) from error
    main = _target(name, parts, "", "officeDocument") or _USUAL_MAIN
    if main not in parts:
        raise DraftRefused(name, "Word 文書ではないようです。")
    if _STRICT.encode() in parts[main][:4000]:
        reason = (
            "「完全 Open XML ドキュメント」の形式です。「Word 文書」の形式で保存し直してください。"
        )
        raise DraftRefused(name, reason)
    return Package(name, parts, main)


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,  # of a ZIP file with a password
    NotImplementedError,
    ValueError,
    OSError,
)


def relations_of(part: str) -> str:
    """Return the name of the part with the relations of `part`, "" for the whole file."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(name: str, parts: dict[str, bytes], source: str, kind: str) -> str | None:
    """Return the part that `source` is related to as its `kind`, if the file has it."""
    data = parts.get(relations_of(source))
    for relation in parsed(name, data).iter("{*}Relationship") if data is not None else ():
        is_inside = relation.get("TargetMode") != "External"
        if is_inside and relation.get("Type", "").rsplit("/", 1)[-1] == kind:
            target = posixpath.join("/", posixpath.dirname(source), relation.get("Target", ""))
            found = posixpath.normpath(target).lstrip("/")
            if found in parts:
                return found
    return None


def damaged(name: str) -> DraftRefused:
    """Return what is said of a file that is not as Word writes it."""
    return DraftRefused(name, "ファイルが壊れています。Word で開いて、保存し直してください。")


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
        raise damaged(name) from error
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
