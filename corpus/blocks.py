"""Source text → blocks: headings, list items, table rows and paragraphs, each with its span.

Takes decoded Markdown or plain text; gives blocks in source order. What stands outside their
spans is layout: white space, list and heading marks, rules, pipes. Parses any text without
raising. Knows nothing about sections, sentences or what a block says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.fences import Fences, fences_of
from corpus.headings import heading_levels, heading_words
from corpus.items import item_of, parts_of
from corpus.layout import MARKS, says
from corpus.lines import Line, lines_of
from corpus.model import Span
from corpus.spaced import spaced_cells, spaced_rows
from corpus.tables import is_rule_row, row_cells, unframed_rows
from corpus.wrapping import columns, full_lines


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


_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_LABEL = re.compile(
    r"[ \t\u3000]*(?:[^\s。、：:]{1,12}[：:]|【[^】]{1,20}】|※|\u3000"
    r"|[(（](?:注|出典|資料|出所)\s?[0-9０-９]{0,2}\s?[)）])"
)
"""The beginning of a line that goes on with nothing: 日時：, 【参加国】, ※, （注）, an indent."""
_TITLED = re.compile(
    r"[ \t\u3000]*(?:\*\*)?"
    r"(?:(?:図表?|表|グラフ|参考|別[表紙])\s?[0-9０-９]|注[0-9０-９]{0,2}[\u3000 ])"
)
"""The beginning of a line that names a table or note: it goes on with no finished sentence."""
_ENTRY = re.compile(r"[^\s。、]{1,16}(?: {2,}|\u3000{2,})(?=\S)")
"""The beginning of an entry in a list of terms or dates: a word and a wide gap."""
_REMARK = re.compile(r"[ \t\u3000]*[(（【]?(?:出典|資料|出所|注[0-9０-９]{0,2})[)）】：:\u3000 ]")
_CONTINUES = re.compile(r"[ \t\u3000]*[(（](?![0-9０-９ア-ン]{1,3}[)）])")
"""A remark in brackets, which goes on with the line before even after a hard break."""
_HARD_BREAKS = ("  ", "\\")


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a text with what is known of them from their surroundings."""

    lines: Sequence[Line]
    fences: Fences
    levels: dict[int, int]
    """Of headings, by line number."""
    unframed: frozenset[int]
    """Rows that only a separator line shows to be rows."""
    spaced: frozenset[int]
    """Rows whose cells stand apart by spaces."""
    full: frozenset[int]
    """Lines of a wrapped text that go on with the next."""

    def cells(self, line: Line) -> tuple[Span, ...]:
        """Return the cells of a row, () for any other line."""
        if line.number in self.fences.inside:
            return ()
        if line.number in self.spaced:
            return spaced_cells(line)
        return row_cells(line, line.number in self.unframed)

    def is_layout(self, line: Line) -> bool:
        """True for a line that says nothing: blank, a rule, a fence, a table separator."""
        if line.number in self.fences.marks or is_rule_row(line.text):
            return True
        if says(line.text):
            return False
        # A row of ○ and ● compares its columns: the marks are what it says.
        return not (any(mark in line.text for mark in MARKS) and self.cells(line))


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of `text` in source order."""
    lines = lines_of(text)
    fences = fences_of(lines)
    levels = heading_levels(lines, fences.inside | fences.marks)
    full = full_lines(lines)
    spaced = spaced_rows(lines) - set(levels) - full
    page = _Page(lines, fences, levels, unframed_rows(lines), spaced, full)
    found: list[Block] = []
    position = 0
    adjacent = ruled = False
    while position < len(lines):
        line = lines[position]
        run: Sequence[Line] = ()
        if line.number in levels:
            found.append(_heading(line, levels[line.number]))
        elif not page.is_layout(line):
            run = _run(page, position)
            first, *rest = _read_run(page, run)
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
            and text[before.span.end - 1] in "、，"
            and not _LABEL.match(text, block.span.start, block.span.end)
        ):
            span = Span(before.span.start, block.span.end)
            joined[-1] = replace(before, span=span, line_end=block.line_end)
        else:
            joined.append(block)
    return joined


def _run(page: _Page, start: int) -> Sequence[Line]:
    """Return the lines from `start` to the next blank line, rule or heading."""
    end = start + 1
    while end < len(page.lines):
        line = page.lines[end]
        if page.is_layout(line) or line.number in page.levels:
            break
        end += 1
    return page.lines[start:end]


def _read_run(page: _Page, run: Sequence[Line]) -> Iterator[Block]:
    """Read lines without a blank between them: rows, items, and paragraphs of several lines."""
    open_block: Block | None = None
    for line, before in zip(run, [None, *run], strict=False):
        fenced = line.number in page.fences.inside
        block = _row(page, line) or (None if fenced else _item(line))
        if open_block and before and (fenced or _goes_on(page, open_block, block, before, line)):
            end = line.span(_quoted_from(line)).end
            span = Span(open_block.span.start, end)
            open_block = replace(open_block, span=span, line_end=line.number)
            continue
        if open_block is not None:
            yield from _parted(open_block, run)
        open_block = block or _paragraph(line)
    if open_block is not None:
        yield from _parted(open_block, run)


def _goes_on(page: _Page, block: Block, own: Block | None, before: Line, line: Line) -> bool:
    """True where `line` goes on with `block`, whose last line is `before`.

    Args:
        page: what is known of the lines.
        block: the open block.
        own: what `line` is by itself, None for a line of text.
        before: the line above.
        line: the line that is looked at.
    """
    if own or block.kind is BlockKind.ROW or _QUOTE.match(line.text):
        return False
    if _TITLED.match(line.text) and before.text.rstrip().endswith("。"):
        return False
    if page.full:
        is_full = before.number in page.full and not _ENTRY.match(line.text)
        return is_full and _is_below(block, before, line)
    if _LABEL.match(line.text) or _is_whole_remark(block, before):
        return False
    return not before.text.endswith(_HARD_BREAKS) or bool(_CONTINUES.match(line.text))


def _is_below(block: Block, before: Line, line: Line) -> bool:
    """True where a line of a wrapped text stands below the words of the block, not as a new one."""
    indent, above = _indent(line), _indent(before)
    if block.kind is BlockKind.ITEM:
        return indent > block.indent
    if before.number > block.line_start:
        return indent == above
    return indent < above or not before.text.rstrip().endswith("。")


def _is_whole_remark(block: Block, before: Line) -> bool:
    """True for a source or note that its only line ends."""
    ends = before.text.rstrip().endswith(("。", ")", "）", "」"))
    return ends and before.number == block.line_start and bool(_REMARK.match(before.text))


def _indent(line: Line) -> int:
    return columns(line.text) - columns(line.text.lstrip(" \t\u3000"))


def _quoted_from(line: Line) -> int:
    """Return where the words of a line begin behind the > of a quotation."""
    quote = _QUOTE.match(line.text)
    return quote.end() if quote else 0


def _heading(line: Line, level: int) -> Block:
    span = line.span(*heading_words(line))
    return Block(BlockKind.HEADING, span, line.number, line.number, level=level, adjacent=True)


def _paragraph(line: Line) -> Block:
    span = line.span(_quoted_from(line))
    return Block(BlockKind.PARAGRAPH, span, line.number, line.number, adjacent=True)


def _row(page: _Page, line: Line) -> Block | None:
    cells = page.cells(line)
    filled = [cell for cell in cells if cell.end > cell.start]
    if not filled:
        return None
    span = Span(filled[0].start, filled[-1].end)
    return Block(BlockKind.ROW, span, line.number, line.number, cells=cells, adjacent=True)


def _item(line: Line) -> Block | None:
    item = item_of(line, _quoted_from(line))
    if item is None:
        return None
    return Block(
        BlockKind.ITEM,
        line.span(item.start),
        line.number,
        line.number,
        indent=item.indent,
        adjacent=True,
    )


def _parted(block: Block, run: Sequence[Line]) -> Iterator[Block]:
    """Part `・A ・B ・C` on one line into its items; other blocks stay whole."""
    line = run[block.line_start - run[0].number]
    marked = line.text.lstrip()[:1] in tuple(MARKS)
    if block.kind is not BlockKind.ITEM or block.line_end != block.line_start or not marked:
        yield block
        return
    for span in parts_of(line, block.span.start - line.start):
        yield replace(block, span=span)
