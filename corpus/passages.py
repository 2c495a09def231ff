"""Blocks and the section tree → passages, the smallest places one would cite.

Takes a source text with its blocks and outline; gives passages whose spans together hold
every character that is not layout, each in exactly one. Knows nothing about search.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from corpus.blocks import Block, BlockKind
from corpus.context import LONGEST_CAPTION, Setting, settings_of
from corpus.japanese import count_words, sentences
from corpus.lines import lines_of
from corpus.markup import plain
from corpus.model import Passage, PassageKind, Span, TableContext
from corpus.sections import SectionTree
from corpus.tabular import records_of

LONGEST_PASSAGE = 120
"""UniDic words; a longer paragraph or item is split at sentence ends."""

_NEIGHBOURS = 3
"""How many lines above a table may belong to it: caption, unit, legend."""

_TEXT_ABOVE = (PassageKind.CAPTION, PassageKind.PARAGRAPH, PassageKind.NOTE)
_TEXT_BELOW = (PassageKind.NOTE, PassageKind.SOURCE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage before it has a place and an id."""

    order: int
    """Of its block in the report."""
    setting: Setting
    span: Span
    table: TableContext | None = None
    is_header: bool = False

    @property
    def kind(self) -> PassageKind:
        return PassageKind.LABELS if self.is_header else self.setting.kind


def passages_of(
    text: str, report_id: str, blocks: Sequence[Block], tree: SectionTree
) -> tuple[Passage, ...]:
    """Return the passages of a report in source order."""
    orders: dict[str, list[int]] = {}
    for order, section_id in enumerate(tree.section_of):
        orders.setdefault(section_id, []).append(order)
    numbers = count()
    pieces = [
        piece
        for mine in orders.values()
        for piece in _pieces(text, mine, [blocks[order] for order in mine], numbers)
    ]
    pieces.sort(key=lambda piece: piece.span.start)
    starts = [line.start for line in lines_of(text)]
    ordinals: Counter[str] = Counter()
    found: list[Passage] = []
    for piece in pieces:
        section_id = tree.section_of[piece.order]
        found.append(
            Passage(
                id=f"{report_id}/{section_id}.{ordinals[section_id]}",
                report_id=report_id,
                section_id=section_id,
                kind=piece.kind,
                span=piece.span,
                text=piece.span.of(text),
                line_start=bisect_right(starts, piece.span.start),
                line_end=bisect_right(starts, piece.span.end - 1),
                depth=piece.setting.depth,
                group=piece.setting.group,
                lead=piece.setting.lead,
                table=piece.table,
            )
        )
        ordinals[section_id] += 1
    return tuple(found)


def _pieces(
    text: str, orders: Sequence[int], blocks: Sequence[Block], numbers: Iterator[int]
) -> Iterator[_Piece]:
    """Yield the pieces of one section."""
    settings = settings_of(text, blocks)
    i = 0
    while i < len(blocks):
        if blocks[i].kind is not BlockKind.ROW:
            for span in _split(text, blocks[i]):
                yield _Piece(orders[i], settings[i], span)
            i += 1
            continue
        end = i + 1
        while end < len(blocks) and _same_table(blocks[end - 1], blocks[end]):
            end += 1
        above, below = _around(text, blocks, settings, i, end)
        for record in records_of(text, blocks[i:end], above, below, next(numbers)):
            at = i + record.block
            yield _Piece(orders[at], settings[at], record.span, record.context, record.is_header)
        i = end


def _same_table(before: Block, block: Block) -> bool:
    """True where `block` goes on with the table of the row `before`."""
    goes_on = block.adjacent or len(block.cells) == len(before.cells)
    return block.kind is BlockKind.ROW and goes_on and not block.is_header


def _around(
    text: str, blocks: Sequence[Block], settings: Sequence[Setting], start: int, end: int
) -> tuple[list[str], list[str]]:
    """Return the plain texts of the short lines above and of the notes below a table."""
    first = start
    while first > max(0, start - _NEIGHBOURS) and settings[first - 1].kind in _TEXT_ABOVE:
        head = plain(blocks[first - 1].span.of(text)).partition(" ※")[0]
        if len(head) > LONGEST_CAPTION or head.endswith("。"):
            break
        first -= 1
    # Notes right below another table belong to that one.
    under = first
    while under and settings[under - 1].kind in _TEXT_BELOW:
        under -= 1
    if under and blocks[under - 1].kind is BlockKind.ROW:
        while first < start and settings[first].kind in _TEXT_BELOW:
            first += 1
    last = end
    while last < len(blocks) and settings[last].kind in _TEXT_BELOW:
        last += 1
    above = [plain(block.span.of(text)) for block in blocks[first:start]]
    return above, [plain(block.span.of(text)) for block in blocks[end:last]]


def _split(text: str, block: Block) -> Iterator[Span]:
    """Yield the whole block, or groups of its sentences where it is too long to cite."""
    whole = block.span.of(text)
    # A word has at least one character: most blocks need no count.
    short = len(whole) <= LONGEST_PASSAGE or count_words(whole) <= LONGEST_PASSAGE
    if short or block.kind is BlockKind.HEADING:
        yield block.span
        return
    start = end = block.span.start
    size = 0
    for sentence in sentences(whole):
        words = count_words(sentence.of(whole))
        if size and size + words > LONGEST_PASSAGE:
            yield Span(start, end)
            start, size = block.span.start + sentence.start, 0
        end = block.span.start + sentence.end
        size += words
    yield Span(start, end)
