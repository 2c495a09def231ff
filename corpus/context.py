"""What a block needs from its neighbours to be understood: nesting, group, lead, role.

Takes the blocks of one section in order; gives one `Setting` for each. Knows nothing about
tables' inner structure or about passages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block, BlockKind
from corpus.leads import ANNOUNCES, LABEL, leads_of
from corpus.markup import plain
from corpus.model import PassageKind

LONGEST_CAPTION = 80
"""Characters; a longer line before a table or a source is not its caption."""

_NOTE = re.compile(
    r"[（(]?(?:※|＊|\*\d|注\s?[0-9０-９]*\s?[）)：:、.．]"
    r"|注[0-9０-９]{0,2}[\u3000 ](?=\S))"
)
_LEGEND = re.compile(r"[^\s\w]\s?[：:]|凡例")
_SOURCE = re.compile(r"[（(【〔]?(?:出典|資料|出所|引用元)\s?[）)】〕：:]")
_FIGURE = re.compile(r"[＜【\[(（]?(?:図表?|表|グラフ)\s?[0-9０-９一二三四五六七八九十]")
_FIRST = re.compile(r"(?:①|㋐|[(（]?[1１ア一][.)．）\u3000 ]|a[.)])")
_ENUMERATED = re.compile(
    r"(?:[①-⑳㋐-㋾]|[(（]?(?:[0-9０-９]{1,2}|[ア-ン一二三四五六七八九十])[.)．）\u3000 ]|[a-z][.)])"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A block's role among its neighbours."""

    kind: PassageKind
    depth: int
    group: int
    lead: str | None


def settings_of(text: str, blocks: Sequence[Block]) -> list[Setting]:
    """Return the setting of each of `blocks`, which stand in one section in source order."""
    plains = [plain(block.span.of(text)) for block in blocks]
    kinds = [_kind(blocks, plains, i) for i in range(len(blocks))]
    depths = _depths(blocks, plains)
    groups = _groups(blocks, plains)
    leads = leads_of(text, blocks, plains, kinds, depths, groups)
    return [Setting(*each) for each in zip(kinds, depths, groups, leads, strict=True)]


def _kind(blocks: Sequence[Block], plains: Sequence[str], i: int) -> PassageKind:
    block, words = blocks[i], plains[i]
    if block.kind is BlockKind.HEADING:
        return PassageKind.HEADING
    if block.kind is BlockKind.ROW:
        return PassageKind.LABELS if block.is_header else PassageKind.ROW
    if _SOURCE.match(words):
        return PassageKind.SOURCE
    if _NOTE.match(words) or _LEGEND.match(words):
        return PassageKind.NOTE
    if block.kind is BlockKind.ITEM:
        return PassageKind.ITEM
    return PassageKind.CAPTION if _is_caption(blocks, plains, i) else PassageKind.PARAGRAPH


def _is_caption(blocks: Sequence[Block], plains: Sequence[str], i: int) -> bool:
    if len(plains[i]) > LONGEST_CAPTION or plains[i].endswith("。"):
        return False
    if _FIGURE.match(plains[i]):
        return True
    if i + 1 == len(blocks):
        return False
    return blocks[i + 1].kind is BlockKind.ROW or bool(_SOURCE.match(plains[i + 1]))


def _depths(blocks: Sequence[Block], plains: Sequence[str]) -> list[int]:
    """Nesting by indentation; an enumeration below an item that announces it is nested too."""
    depths: list[int] = []
    indents: list[int] = []
    announced = False
    for i, (block, words) in enumerate(zip(blocks, plains, strict=True)):
        if block.kind is not BlockKind.ITEM:
            keeps = block.adjacent and block.kind is BlockKind.PARAGRAPH and depths
            depths.append(depths[-1] if keeps else 0)
            if not keeps:
                indents, announced = [], False
            continue
        while indents and indents[-1] > block.indent + 1:
            indents.pop()
        if not indents or block.indent > indents[-1] + 1:
            indents.append(block.indent)
        enumerated = bool(_ENUMERATED.match(words))
        if _FIRST.match(words):
            # At most a note stands between the item that announces and the first it announces.
            announced = any(
                blocks[j].kind is BlockKind.ITEM and ANNOUNCES.search(plains[j])
                for j in range(max(0, i - 2), i)
            ) and (blocks[i - 1].kind is BlockKind.ITEM or block.adjacent)
        announced = announced and enumerated
        depths.append(len(indents) - 1 + announced)
    return depths


def _groups(blocks: Sequence[Block], plains: Sequence[str]) -> list[int]:
    """Number the runs: one list, one table, one stretch of text under a 【label】."""
    groups: list[int] = []
    for i, block in enumerate(blocks):
        if not groups:
            groups.append(0)
            continue
        before = blocks[i - 1]
        continues = block.kind is before.kind or (
            block.adjacent
            and BlockKind.ITEM in (block.kind, before.kind)
            and BlockKind.PARAGRAPH in (block.kind, before.kind)
            and not _announcing(block, before, plains[i - 1])
        )
        starts = block.kind is BlockKind.PARAGRAPH and bool(LABEL.match(plains[i]))
        groups.append(groups[-1] + (not continues or starts))
    return groups


def _announcing(block: Block, before: Block, words: str) -> bool:
    """True where a paragraph leads the list that follows without a blank line."""
    first_item = block.kind is BlockKind.ITEM and before.kind is BlockKind.PARAGRAPH
    return first_item and not _NOTE.match(words)
