"""Source text → blocks: headings, list items, table rows and paragraphs, each with its span.

Takes decoded Markdown or plain text; gives blocks in source order. What stands outside their
spans is layout: white space, list and heading marks, rules, pipes. Parses any text without
raising. Knows nothing about sections, sentences or what a block says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.headings import inferred_levels
from corpus.lines import Line, lines_of
from corpus.model import Span
from corpus.tables import is_rule_row, is_tabular, pipe_cells, tab_cells


class BlockKind(StrEnum):
    """The form of a block on the page."""

    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a source text."""

    kind: BlockKind
    span: Span
    line_start: int
    line_end: int
    level: int = 0
    """Of a heading, from 1."""
    indent: int = 0
    """Columns before the mark of an item."""
    cells: tuple[Span, ...] = ()
    """Of a table row, empty cells included."""
    is_header: bool = False
    """True for the row above the separator line of a Markdown table."""
    adjacent: bool = False
    """True where no blank line parts the block from the one before."""


MARKS = "・✓✔●○◎■□◆◇▪◦‣•⦿→⇒➢➤"
"""Characters that mark a list item; not ※ (a note) and not ① (which is read and cited)."""

_GAP = r"[ \t\u3000]"
_MARK = rf"[{MARKS}](?!\s*[：:])"  # with a colon it is the entry of a legend
_ATX = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t\u3000]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"[ ]{0,3}(?:(={3,})|(-{3,}))[ \t]*$")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+")
_ITEM = re.compile(rf"({_GAP}*)(?:[-*+](?={_GAP}){_GAP}*(?:{_MARK})?|{_MARK}){_GAP}*")
_NUMBERED = re.compile(
    rf"({_GAP}*)(?:[①-⑳㋐-㋾]|[0-9０-９]{{1,3}}[.)．）](?![0-9０-９])"
    r"|[(（][0-9０-９ア-ン]{1,3}[)）]|[a-z][.)](?=[ \t]))"
)
_INLINE_MARK = re.compile(rf"(?<=\S)[ \t\u3000]+[{MARKS}](?=[^\s：:])")
_LABEL = re.compile(r"[ \t\u3000]*(?:[^\s。、：:]{1,12}[：:]|【[^】]{1,20}】|※|\u3000)")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_SAYS = re.compile(rf"[^\s#>|*+\-_=~`{MARKS}]")
"""A character that is not layout."""
_CONTINUES = re.compile(r"[ \t\u3000]*[(（](?![0-9０-９ア-ン]{1,3}[)）])")


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of `text` in source order."""
    lines = lines_of(text)
    levels = _marked_levels(lines) or inferred_levels(lines)
    found: list[Block] = []
    position = 0
    adjacent = ruled = False
    while position < len(lines):
        line = lines[position]
        run: list[Line] = []
        if line.number in levels:
            found.append(_heading(line, levels[line.number]))
        elif not _is_layout(line):
            run = _run(lines, position, levels)
            first, *rest = _read_run(run)
            found += [replace(first, adjacent=adjacent), *rest]
        elif is_rule_row(line.text) and adjacent and not ruled and found:
            found[-1] = replace(found[-1], is_header=found[-1].kind is BlockKind.ROW)
        ruled = is_rule_row(line.text) or (ruled and bool(run))
        adjacent = bool(run) or is_rule_row(line.text) or line.number in levels
        position += len(run) or 1
    return _rejoined(text, found)


def _rejoined(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Join a paragraph that breaks off at a comma with the one that goes on after a gap."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.kind is block.kind is BlockKind.PARAGRAPH
            and not block.adjacent
            and before.span.of(text).endswith(("、", "，"))
            and not _LABEL.match(block.span.of(text))
        ):
            span = Span(before.span.start, block.span.end)
            joined[-1] = replace(before, span=span, line_end=block.line_end)
        else:
            joined.append(block)
    return joined


def _marked_levels(lines: Sequence[Line]) -> dict[int, int]:
    """Return {line number: level} of the headings that are marked as such."""
    levels: dict[int, int] = {}
    fenced = False
    for before, line in zip([None, *lines], lines, strict=False):
        if _FENCE.match(line.text):
            fenced = not fenced
        elif not fenced and (match := _ATX.match(line.text)) and match.group(2).strip():
            levels[line.number] = len(match.group(1))
        elif not fenced and before and _underlined(before, line, levels):
            levels[before.number] = 1 if "=" in line.text else 2
    return levels


def _underlined(before: Line, line: Line, levels: dict[int, int]) -> bool:
    plain_text = not (before.is_blank or is_tabular(before.text) or _ITEM.match(before.text))
    return bool(_SETEXT.match(line.text)) and plain_text and before.number not in levels


def _heading(line: Line, level: int) -> Block:
    match = _ATX.match(line.text)
    span = line.span(match.start(2), match.end(2)) if match else line.span()
    return Block(BlockKind.HEADING, span, line.number, line.number, level=level, adjacent=True)


def _is_layout(line: Line) -> bool:
    """True for a line that says nothing: blank, a rule, a fence, a table separator."""
    text = line.text
    return line.is_blank or is_rule_row(text) or not _SAYS.search(text)


def _run(lines: Sequence[Line], start: int, levels: dict[int, int]) -> list[Line]:
    """Return the lines from `start` to the next blank line, rule or heading."""
    run: list[Line] = []
    for line in lines[start:]:
        if _is_layout(line) or line.number in levels:
            break
        run.append(line)
    return run


def _read_run(run: Sequence[Line]) -> Iterator[Block]:
    """Read lines without a blank between them: rows, items, and paragraphs of several lines."""
    open_block: Block | None = None
    broken = False
    for line in run:
        block = _row(line) or _item(line)
        if block is None and open_block is not None and not _starts_anew(line, broken):
            end = line.span(_content_start(line)).end
            open_block = replace(
                open_block, span=Span(open_block.span.start, end), line_end=line.number
            )
        else:
            if open_block is not None:
                yield from _split_inline(open_block, run)
            open_block = block or _paragraph(line)
        broken = bool(_HARD_BREAK.search(line.text)) or open_block.kind is BlockKind.ROW
    if open_block is not None:
        yield from _split_inline(open_block, run)


def _starts_anew(line: Line, broken: bool) -> bool:
    """True where a line begins a new block though no blank line stands before it."""
    if broken and not _CONTINUES.match(line.text):
        return True
    return bool(_LABEL.match(line.text) or _QUOTE.match(line.text))


def _content_start(line: Line) -> int:
    quote = _QUOTE.match(line.text)
    return quote.end() if quote else 0


def _paragraph(line: Line) -> Block:
    span = line.span(_content_start(line))
    return Block(BlockKind.PARAGRAPH, span, line.number, line.number, adjacent=True)


def _row(line: Line) -> Block | None:
    if not is_tabular(line.text):
        return None
    cells = pipe_cells(line) or tab_cells(line)
    filled = [cell for cell in cells if cell.end > cell.start]
    span = Span(filled[0].start, filled[-1].end) if filled else line.span()
    return Block(BlockKind.ROW, span, line.number, line.number, cells=cells, adjacent=True)


def _item(line: Line) -> Block | None:
    start = _content_start(line)
    body = line.text[start:]
    match = _ITEM.match(body)
    if match:
        after = start + match.end()
    elif match := _NUMBERED.match(body):
        after = start + match.end(1)
    if match is None or not line.text[after:].strip():
        return None
    indent = len(match.group(1).expandtabs(4))
    span = line.span(after)
    return Block(BlockKind.ITEM, span, line.number, line.number, indent=indent, adjacent=True)


def _split_inline(block: Block, run: Sequence[Line]) -> Iterator[Block]:
    """Split `・A ・B ・C` on one line into its items; other blocks stay whole."""
    line = run[block.line_start - run[0].number]
    marked = line.text.lstrip()[:1] in tuple(MARKS)
    if block.kind is not BlockKind.ITEM or block.line_end != block.line_start or not marked:
        yield block
        return
    begin = block.span.start - line.start
    for mark in [*_INLINE_MARK.finditer(line.text, begin), None]:
        span = line.span(begin, mark.start() if mark else None)
        yield replace(block, span=span)
        begin = mark.end() if mark else begin
