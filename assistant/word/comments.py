"""A copy of a Word file with a comment on each finding that needs a look.

Takes the file's bytes and the result of its check; gives the bytes of a copy. The text, its form
and what else is in the file stay as they are: runs are parted where a comment begins or ends,
with the same form on both sides. Knows nothing about how findings come about.
"""

import copy
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from assistant.checking.result import Finding, Result
from assistant.word.package import MAIN, Package, opened, parsed
from assistant.word.read import Block, blocks_in, blocks_of, pieces_of
from assistant.word.write import printable

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_COMMENTS = "word/comments.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_AUTHOR, _INITIALS = "典拠", "典"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def commented(name: str, data: bytes, result: Result) -> bytes:
    """Return a copy of a .docx with comments.

    Raises:
        DraftRefused: it cannot be read.
    """
    package = opened(name, data)
    document = package.xml(MAIN)
    blocks = [block for block in blocks_in(document) if block.text.strip()]
    notes = _marks(package, len(blocks))
    comments = package.xml(_COMMENTS)
    if comments is None:
        comments = etree.Element(f"{_W}comments", nsmap={"w": _NS})
    number = _first_free(comments)
    for finding in (each for each in result.findings if each.needs_a_look):
        index, start, end = finding.where.paragraph, finding.where.start, finding.where.end
        if index >= len(blocks):
            place = notes.get(index)
            if place is None:
                continue
            index, start = place
            end = start + 1
            start = max(0, start - 1)
        _anchor(blocks[index], start, end, number)
        comments.append(_comment(number, _told(finding)))
        number += 1
    return _saved(package, document, comments)


def _told(finding: Finding) -> list[str]:
    lines = [finding.message]
    if finding.report_words and finding.report_words not in finding.message:
        lines.append(f"報告書の言葉：{finding.report_words}")
    if finding.reference:
        lines.append(finding.reference)
    return lines


def _marks(package: Package, blocks: int) -> dict[int, tuple[int, int]]:
    """Return where the mark of each note's paragraph stands: block and offset."""
    body, notes = blocks_of(package)
    places: dict[tuple[str, str], tuple[int, int]] = {}
    for index, block in enumerate(body):
        length = 0
        for piece in block.pieces:
            if piece.note:
                places.setdefault(piece.note, (index, length))
            length += len(piece.text)
    found, at = {}, blocks
    for name, inside in notes.items():
        for _ in inside:
            if name in places:
                found[at] = places[name]
            at += 1
    return found


def _anchor(block: Block, start: int, end: int, number: int) -> None:
    """Put the range of a comment around `text[start:end]` of a block."""
    runs = _runs(block.element, start, end)
    if not runs:
        runs = [piece.run for piece in block.pieces if piece.run is not None][-1:]
    opening = etree.Element(f"{_W}commentRangeStart")
    closing = etree.Element(f"{_W}commentRangeEnd")
    for mark in (opening, closing):
        mark.set(f"{_W}id", str(number))
    runs[0].addprevious(opening)
    runs[-1].addnext(closing)
    run = etree.Element(f"{_W}r")
    etree.SubElement(run, f"{_W}commentReference").set(f"{_W}id", str(number))
    closing.addnext(run)


def _runs(paragraph: Any, start: int, end: int) -> list[Any]:  # noqa: ANN401 - elements of lxml
    """Return the runs that hold exactly `text[start:end]`, parted from their neighbours."""
    _part(paragraph, start)
    _part(paragraph, end)
    found, position = [], 0
    for run, length in _lengths(paragraph):
        if start <= position and position + length <= end and length:
            found.append(run)
        position += length
    return found


def _lengths(paragraph: Any) -> list[tuple[Any, int]]:  # noqa: ANN401 - as above
    """Return each run of a paragraph with the length of its visible text."""
    found: list[tuple[Any, int]] = []
    for piece in pieces_of(paragraph):
        if found and found[-1][0] is piece.run:
            found[-1] = (piece.run, found[-1][1] + len(piece.text))
        elif piece.run is not None:
            found.append((piece.run, len(piece.text)))
    return found


def _part(paragraph: Any, offset: int) -> None:  # noqa: ANN401 - as above
    """Part the run that goes on across `offset`; both halves keep its form."""
    position = 0
    for run, length in _lengths(paragraph):
        if position < offset < position + length:
            _split(run, offset - position)
            return
        position += length


def _split(run: Any, at: int) -> None:  # noqa: ANN401 - as above
    second = copy.deepcopy(run)
    _keep(run, 0, at)
    _keep(second, at, None)
    run.addnext(second)


def _keep(run: Any, start: int, end: int | None) -> None:  # noqa: ANN401 - as above
    """Keep of a run the children whose text lies in `[start:end]`, and its form."""
    position = 0
    for child in list(run):
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if name == "rPr":
            continue
        length = (
            len(child.text or "")
            if name == "t"
            else int(name in ("tab", "br", "cr", "noBreakHyphen"))
        )
        low, high = max(start, position), min(position + length, end if end is not None else 10**9)
        if name == "t":
            child.text = (child.text or "")[low - position : max(low, high) - position]
            child.set(_SPACE, "preserve")
            is_kept = bool(child.text)
        elif length:
            is_kept = low < high
        else:  # marks and drawings stay with what comes before them
            is_kept = (
                start < position <= (end if end is not None else 10**9) or start == position == 0
            )
        if not is_kept:
            run.remove(child)
        position += length


def _comment(number: int, lines: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    comment = etree.Element(f"{_W}comment")
    told = {
        "id": str(number),
        "author": _AUTHOR,
        "initials": _INITIALS,
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    for name, value in told.items():
        comment.set(f"{_W}{name}", value)
    for line in lines:
        run = etree.SubElement(etree.SubElement(comment, f"{_W}p"), f"{_W}r")
        text = etree.SubElement(run, f"{_W}t")
        text.set(_SPACE, "preserve")
        text.text = printable(line)
    return comment


def _first_free(comments: Any) -> int:  # noqa: ANN401 - as above
    numbers = [int(each.get(f"{_W}id", "0")) for each in comments.iter(f"{_W}comment")]
    return max(numbers, default=-1) + 1


def _saved(package: Package, document: Any, comments: Any) -> bytes:  # noqa: ANN401 - as above
    parts = dict(package.parts)
    parts[MAIN] = _written(document)
    if _COMMENTS not in parts:
        parts[_TYPES] = _with_type(package)
        parts[_RELATIONS] = _with_relation(package)
    parts[_COMMENTS] = _written(comments)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def _with_type(package: Package) -> bytes:
    root = parsed(package.name, package.parts[_TYPES])
    space = etree.QName(root).namespace
    override = etree.SubElement(root, f"{{{space}}}Override")
    override.set("PartName", f"/{_COMMENTS}")
    override.set("ContentType", _COMMENTS_TYPE)
    return _written(root)


def _with_relation(package: Package) -> bytes:
    root = parsed(package.name, package.parts[_RELATIONS])
    space = etree.QName(root).namespace
    relation = etree.SubElement(root, f"{{{space}}}Relationship")
    relation.set("Id", "rIdTenkyoComments")
    relation.set("Type", _COMMENTS_RELATION)
    relation.set("Target", "comments.xml")
    return _written(root)


def _written(root: Any) -> bytes:  # noqa: ANN401 - as above
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
