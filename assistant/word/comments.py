"""A copy of a Word file with a comment on each finding that needs a look.

Takes the file's bytes and the result of its check; gives the bytes of a copy. The text, its form
and what else is in the file stay as they are: runs are parted where a comment begins or ends,
with the same form on both sides. Knows nothing about how findings come about.
"""

import copy
import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from assistant.checking.result import Finding, Result
from assistant.word.package import Package, damaged, opened, parsed
from assistant.word.read import CHARACTERS, Block, blocks_in, blocks_of, pieces_of
from assistant.word.write import printable

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_AUTHOR, _INITIALS = "典拠", "典"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def commented(name: str, data: bytes, result: Result) -> bytes:
    """Return a copy of a .docx with comments.

    Raises:
        DraftRefused: it cannot be read.
    """
    package = opened(name, data)
    document = package.xml(package.main)
    blocks = [block for block in blocks_in(document) if block.text.strip()]
    notes = _marks(package, len(blocks))
    comments = package.xml(package.related("comments"))
    if comments is None:
        comments = etree.Element(f"{_W}comments", nsmap={"w": _NS})
    number = _first_free(document, comments)
    for finding in (each for each in result.findings if each.needs_a_look):
        index, start, end = finding.where.paragraph, finding.where.start, finding.where.end
        is_at_words = index < len(blocks) and not _is_in_run(blocks[index].element)
        if index >= len(blocks):
            place = notes.get(index)
            if place is None:
                continue
            index, start = place
            end = start + 1
            start = max(0, start - 1)
        _anchor(blocks[index], start, end, number)
        comments.append(_comment(number, _told(finding, is_at_words)))
        number += 1
    return _saved(package, document, comments)


def _told(finding: Finding, is_at_words: bool) -> list[str]:
    """Return the lines of a comment; one that cannot stand at the words says which they are."""
    lines = [finding.message]
    if not is_at_words:
        lines.append(f"原稿の言葉：{finding.words}")
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
    if _is_in_run(block.element):  # in a text box, where Word knows no comments
        runs = [_outermost(block.element, None)]
    else:
        runs = _runs(block.element, start, end) or _all_runs(block)[-1:]
    opening = etree.Element(f"{_W}commentRangeStart")
    closing = etree.Element(f"{_W}commentRangeEnd")
    for mark in (opening, closing):
        mark.set(f"{_W}id", str(number))
    runs[0].addprevious(opening)
    runs[-1].addnext(closing)
    run = etree.Element(f"{_W}r")
    etree.SubElement(run, f"{_W}commentReference").set(f"{_W}id", str(number))
    closing.addnext(run)


def _is_in_run(paragraph: Any) -> bool:  # noqa: ANN401 - an element of lxml
    return next(paragraph.iterancestors(f"{_W}r"), None) is not None


def _outermost(element: Any, within: Any) -> Any:  # noqa: ANN401 - elements of lxml
    """Return the highest run in `within` that holds `element`, else `element` itself.

    Runs hold runs where ruby or a text box stands in them.
    """
    found = element
    for above in element.iterancestors():
        if above is within:
            break
        if above.tag == f"{_W}r":
            found = above
    return found


def _all_runs(block: Block) -> list[Any]:
    return [run for run, _ in _lengths(block.element)]


def _runs(paragraph: Any, start: int, end: int) -> list[Any]:  # noqa: ANN401 - as above
    """Return the runs that hold exactly `text[start:end]`, parted from their neighbours."""
    _part(paragraph, start)
    _part(paragraph, end)
    found, position = [], 0
    for run, length in _lengths(paragraph):
        if position < end and start < position + length:
            found.append(run)
        position += length
    return found


def _lengths(paragraph: Any) -> list[tuple[Any, int]]:  # noqa: ANN401 - as above
    """Return each outermost run of a paragraph with the length of its visible text."""
    found: list[tuple[Any, int]] = []
    for piece in pieces_of(paragraph):
        run = _outermost(piece.run, paragraph)
        if found and found[-1][0] is run:
            found[-1] = (run, found[-1][1] + len(piece.text))
        else:
            found.append((run, len(piece.text)))
    return found


def _part(paragraph: Any, offset: int) -> None:  # noqa: ANN401 - as above
    """Part the run that goes on across `offset`; both halves keep its form.

    A run that holds others stays whole: with ruby, the base text would lose its reading.
    """
    position = 0
    for run, length in _lengths(paragraph):
        if position < offset < position + length:
            if next(run.iterdescendants(f"{_W}r"), None) is None:
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
        length = len(child.text or "") if name == "t" else len(CHARACTERS.get(name, ""))
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


def _first_free(*roots: Any) -> int:  # noqa: ANN401 - as above
    """Return a number that no comment and no range of one has."""
    named = ("comment", "commentRangeStart", "commentRangeEnd", "commentReference")
    found = [
        each.get(f"{_W}id", "") for root in roots for name in named for each in root.iter(_W + name)
    ]
    return (
        max((int(number) for number in found if re.fullmatch(r"\d{1,9}", number)), default=-1) + 1
    )


def _saved(package: Package, document: Any, comments: Any) -> bytes:  # noqa: ANN401 - as above
    parts = dict(package.parts)
    parts[package.main] = _written(document)
    path = package.related("comments")
    if path is None:
        path = _unused(package)
        parts[_TYPES] = _with_type(package, path)
        parts[package.relations] = _with_relation(package, path)
    parts[path] = _written(comments)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def _unused(package: Package) -> str:
    """Return a name for the part of comments that no other part has."""
    folder = posixpath.dirname(package.main)
    names = (f"comments{number or ''}.xml" for number in range(len(package.parts) + 1))
    return next(p for n in names if (p := posixpath.join(folder, n)) not in package.parts)


def _with_type(package: Package, path: str) -> bytes:
    if _TYPES not in package.parts:
        raise damaged(package.name)
    root = parsed(package.name, package.parts[_TYPES])
    space = etree.QName(root).namespace
    override = etree.SubElement(root, f"{{{space}}}Override")
    override.set("PartName", f"/{path}")
    override.set("ContentType", _COMMENTS_TYPE)
    return _written(root)


def _with_relation(package: Package, path: str) -> bytes:
    data = package.parts.get(package.relations, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
    root = parsed(package.name, data)
    relation = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship")
    relation.set("Id", "rIdTenkyoComments")
    relation.set("Type", _COMMENTS_RELATION)
    relation.set("Target", posixpath.basename(path))
    return _written(root)


def _written(root: Any) -> bytes:  # noqa: ANN401 - as above
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
