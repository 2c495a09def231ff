"""A Word file → the paragraphs of a manuscript.

Takes bytes; gives paragraphs in the order of the text, those of notes behind all others. Tracked
deletions, comments, field codes and ruby readings are no text; tracked insertions are. Knows
nothing about quotations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.checking.manuscript import Mark, Paragraph, ParagraphKind
from assistant.word.package import Package, opened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# A style for a list of works (引用文献) is none for quotations.
_QUOTE = re.compile(r"quote|block ?text|引用(?!文献)", re.IGNORECASE)
_HEADING = re.compile(r"heading|title|見出し|表題", re.IGNORECASE)
_SKIPPED = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "rt", "instrText", "delText", "rPr", "pPr")
) | {f"{_MC}Fallback"}
CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements of a run that stand for a character."""
_BODY_LEVEL = "9"
"""The outline level of what is no heading."""


@dataclass
class Piece:
    """A stretch of visible text and the element that holds it."""

    text: str
    run: Any
    """The w:r around it."""
    note: tuple[str, str] | None = None
    """Of a mark: its kind and id; the text is empty."""


@dataclass
class Block:
    """A w:p with its visible text."""

    element: Any
    pieces: list[Piece] = field(default_factory=list)
    in_cell: bool = False

    @property
    def text(self) -> str:
        """The visible text."""
        return "".join(piece.text for piece in self.pieces)


def read_word(name: str, data: bytes) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a .docx.

    Raises:
        DraftRefused: it cannot be read.
    """
    package = opened(name, data)
    body, notes = blocks_of(package)
    styles = _styles(package)
    firsts = _firsts(body, notes)
    made = [_paragraph(block, styles, firsts) for block in body]
    made += [
        Paragraph(_clean(block.text), ParagraphKind.NOTE)
        for blocks in notes.values()
        for block in blocks
    ]
    return tuple(made)


def blocks_of(package: Package) -> tuple[list[Block], dict[tuple[str, str], list[Block]]]:
    """Return the non-empty blocks of the text, and those of each note by kind and id."""
    body = [block for block in blocks_in(package.xml(package.main)) if block.text.strip()]
    notes: dict[tuple[str, str], list[Block]] = {}
    for kind in ("footnote", "endnote"):
        root = package.xml(package.related(f"{kind}s"))
        for note in root.iter(f"{_W}{kind}") if root is not None else ():
            if note.get(f"{_W}type") in (None, "normal"):
                found = [block for block in blocks_in(note) if block.text.strip()]
                if found:
                    notes[(kind, note.get(f"{_W}id", ""))] = found
    return body, notes


def blocks_in(root: Any) -> Iterator[Block]:  # noqa: ANN401 - an element of lxml
    """Yield the paragraphs under `root`; one in a text box comes behind the one that holds it."""
    for element in root.iter(f"{_W}p"):
        if _is_hidden(element):
            continue
        in_cell = any(a.tag == f"{_W}tc" for a in element.iterancestors())
        yield Block(element, list(pieces_of(element)), in_cell)


def _is_hidden(element: Any) -> bool:  # noqa: ANN401 - as above
    return any(above.tag in _SKIPPED for above in element.iterancestors())


def pieces_of(paragraph: Any) -> Iterator[Piece]:  # noqa: ANN401 - an element of lxml
    """Yield the visible pieces of one paragraph."""
    yield from _pieces(paragraph, None)


def _pieces(element: Any, run: Any) -> Iterator[Piece]:  # noqa: ANN401 - as above
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED or child.tag == f"{_W}p":
            continue
        name = child.tag.removeprefix(_W)
        if name == "r":
            if not _is_unseen(child):
                yield from _pieces(child, child)
        elif name == "t" and run is not None:
            yield Piece(child.text or "", run)
        elif name in CHARACTERS and run is not None:
            yield Piece(CHARACTERS[name], run)
        elif name in ("footnoteReference", "endnoteReference"):
            kind = name.removesuffix("Reference")
            yield Piece("", run, (kind, child.get(f"{_W}id", "")))
        elif name not in ("txbxContent",):
            yield from _pieces(child, run)


def _is_unseen(run: Any) -> bool:  # noqa: ANN401 - as above
    """True for text that is formatted as hidden."""
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _firsts(
    body: list[Block], notes: dict[tuple[str, str], list[Block]]
) -> dict[tuple[str, str], int]:
    """Return the index of the first paragraph of each note."""
    found, at = {}, len(body)
    for name, blocks in notes.items():
        found[name] = at
        at += len(blocks)
    return found


def _paragraph(
    block: Block, styles: dict[str, str], firsts: dict[tuple[str, str], int]
) -> Paragraph:
    marks, length = [], 0
    for piece in block.pieces:
        if piece.note in firsts:
            marks.append(Mark(length, firsts[piece.note]))
        length += len(piece.text)
    return Paragraph(_clean(block.text), _kind(block, styles), None, tuple(marks))


def _clean(text: str) -> str:
    """Return the text with a space for each break, so that offsets stay."""
    return re.sub(r"[\n\t]", " ", text)


def _kind(block: Block, styles: dict[str, str]) -> ParagraphKind:
    properties = block.element.find(f"{_W}pPr")
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    name = styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
    if _QUOTE.search(name):
        return ParagraphKind.BLOCK_QUOTE
    if _HEADING.search(name) or _is_outlined(properties):
        return ParagraphKind.HEADING
    return ParagraphKind.CELL if block.in_cell else ParagraphKind.BODY


def _is_outlined(properties: Any) -> bool:  # noqa: ANN401 - as above
    level = properties.find(f"{_W}outlineLvl") if properties is not None else None
    return level is not None and level.get(f"{_W}val") != _BODY_LEVEL


def _styles(package: Package) -> dict[str, str]:
    """Return what each style is called, by its id.

    That is its id, which translations leave alone, its name, both of the styles that it is based
    on, and "heading" where it has an outline level.
    """
    root = package.xml(package.related("styles"))
    every = root.iter(f"{_W}style") if root is not None else ()
    found = {style.get(f"{_W}styleId", ""): style for style in every}
    return {key: " ".join(_names(key, found)) for key in found}


def _names(key: str, styles: dict[str, Any]) -> Iterator[str]:
    seen: set[str] = set()
    while key in styles and key not in seen:
        seen.add(key)
        style = styles[key]
        yield key
        yield _value(style, "name")
        if _is_outlined(style.find(f"{_W}pPr")):
            yield "heading"
        key = _value(style, "basedOn")


def _value(style: Any, name: str) -> str:  # noqa: ANN401 - as above
    found = style.find(f"{_W}{name}")
    value: str = found.get(f"{_W}val", "") if found is not None else ""
    return value
