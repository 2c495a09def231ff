"""What a block needs from its neighbours to be understood: nesting, group, lead, role.

Takes the blocks of one section in order; gives one `Setting` for each. Knows nothing about
tables' inner structure or about passages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block, BlockKind
from corpus.markup import plain
from corpus.model import PassageKind

LONGEST_LEAD = 160
"""Characters; a longer paragraph before a list is a statement of its own, not its lead."""

LONGEST_CAPTION = 80
"""Characters; a longer line before a table or a source is not its caption."""

SHORTEST_LEAD = 12
"""Characters; a shorter line before a list (a name, a date) leads into nothing."""

_NOTE = re.compile(r"[（(]?(?:※|＊|\*\d|注\s*[0-9０-９]*\s*[）)：:、.．])")
_SOURCE = re.compile(r"[（(【〔]?(?:出典|資料|出所|引用元)\s*[）)】〕：:]")
_FIGURE = re.compile(r"[＜【\[(（]?(?:図表?|表|グラフ)\s*[0-9０-９一二三四五六七八九十]")
_LABEL = re.compile(r"【([^】]{1,20})】")
_BOLD_LINE = re.compile(r"\*\*[^*]+\*\*[：:]?")
_ANNOUNCES = re.compile(r"以下|次の|下記|次に掲げる")
_FIRST = re.compile(r"(?:①|㋐|[(（]?[1１ア][.)．）]|a[.)])")
_ENUMERATED = re.compile(r"(?:[①-⑳㋐-㋾]|[(（]?[0-9０-９ア-ン]{1,2}[.)．）]|[a-z][.)])")


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
    return [
        Setting(
            kinds[i], depths[i], groups[i], _lead(text, blocks, plains, kinds, depths, groups, i)
        )
        for i in range(len(blocks))
    ]


def _kind(blocks: Sequence[Block], plains: Sequence[str], i: int) -> PassageKind:
    block, words = blocks[i], plains[i]
    if block.kind is BlockKind.HEADING:
        return PassageKind.HEADING
    if block.kind is BlockKind.ROW:
        return PassageKind.LABELS if block.is_header else PassageKind.ROW
    if _SOURCE.match(words):
        return PassageKind.SOURCE
    if _NOTE.match(words):
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
            announced = (
                any(_ANNOUNCES.search(p) for p in plains[max(0, i - 2) : i])
                and i > 0
                and (blocks[i - 1].kind is BlockKind.ITEM or blocks[i].adjacent)
            )
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
        starts = block.kind is BlockKind.PARAGRAPH and bool(_LABEL.match(plains[i]))
        groups.append(groups[-1] + (not continues or starts))
    return groups


def _announcing(block: Block, before: Block, words: str) -> bool:
    """True where a paragraph leads the list that follows without a blank line."""
    first_item = block.kind is BlockKind.ITEM and before.kind is BlockKind.PARAGRAPH
    return first_item and not _NOTE.match(words)


def _lead(
    text: str,
    blocks: Sequence[Block],
    plains: Sequence[str],
    kinds: Sequence[PassageKind],
    depths: Sequence[int],
    groups: Sequence[int],
    i: int,
) -> str | None:
    if kinds[i] is PassageKind.SOURCE:
        return plains[i - 1] if i and kinds[i - 1] is PassageKind.CAPTION else None
    if kinds[i] is PassageKind.NOTE and blocks[i].adjacent and i and groups[i] == groups[i - 1]:
        return plains[i - 1]
    if kinds[i] is PassageKind.PARAGRAPH:
        return _label_lead(plains, groups, i) or _bold_lead(text, blocks, plains, i)
    if kinds[i] is not PassageKind.ITEM:
        return None
    if depths[i]:
        above = (j for j in range(i - 1, -1, -1) if depths[j] < depths[i])
        return next((plains[j] for j in above if kinds[j] is PassageKind.ITEM), None)
    first = next(j for j in range(len(blocks)) if groups[j] == groups[i])
    return _list_lead(blocks, plains, kinds, first)


def _label_lead(plains: Sequence[str], groups: Sequence[int], i: int) -> str | None:
    first = next(j for j in range(len(plains)) if groups[j] == groups[i])
    match = _LABEL.match(plains[first])
    return match.group(1) if match and first != i else None


def _bold_lead(text: str, blocks: Sequence[Block], plains: Sequence[str], i: int) -> str | None:
    """Return the bold line that opens the run of hard-broken lines which holds line `i`."""
    first = i
    while first and blocks[first].adjacent and blocks[first - 1].kind is BlockKind.PARAGRAPH:
        first -= 1
    bold = _BOLD_LINE.fullmatch(blocks[first].span.of(text)) if first != i else None
    return plains[first] if bold else None


def _list_lead(
    blocks: Sequence[Block], plains: Sequence[str], kinds: Sequence[PassageKind], first: int
) -> str | None:
    """Return the sentence that leads into the list that begins at `first`."""
    if not first or kinds[first - 1] not in (PassageKind.PARAGRAPH, PassageKind.CAPTION):
        return None
    words = plains[first - 1]
    is_sentence = words.endswith("。") and not _ANNOUNCES.search(words)
    fits = SHORTEST_LEAD <= len(words) <= LONGEST_LEAD or words.endswith(("：", ":"))
    return words if fits and not is_sentence else None
