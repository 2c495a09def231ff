"""What a passage continues: the sentence above its list, its parent item, its 【label】.

Takes the blocks of one section with their kinds, depths and groups; gives the lead of each, in
one pass from the first to the last. Knows nothing about how kinds and depths are found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block, BlockKind
from corpus.model import PassageKind

LONGEST_LEAD = 160
"""Characters; a longer paragraph before a list is a statement of its own, not its lead."""

SHORTEST_LEAD = 12
"""Characters; a shorter line before a list (a name, a date) leads into nothing."""

LABEL = re.compile(r"【([^】]{1,20})】")
"""A label that holds for the paragraphs below it: 【参加国】G20各国、…"""

ANNOUNCES = re.compile(r"以下|次の|下記|次に掲げる")
"""Words that announce a list."""

_BOLD_LINE = re.compile(r"\*\*[^*]+\*\*[：:]?")


@dataclass(slots=True)
class _Open:
    """What is open at the block that is looked at."""

    items: list[tuple[int, str]] = field(default_factory=list)
    """Depth and words of the items that may have items below them, outermost first."""
    list_lead: str | None = None
    """The sentence that leads into the list of this group."""
    label: str | None = None
    """The 【label】 that opens this group."""
    bold: str | None = None
    """The bold line that opens this run of hard-broken lines."""


def leads_of(
    text: str,
    blocks: Sequence[Block],
    plains: Sequence[str],
    kinds: Sequence[PassageKind],
    depths: Sequence[int],
    groups: Sequence[int],
) -> list[str | None]:
    """Return the lead of each of `blocks`, None where it continues nothing."""
    found: list[str | None] = []
    now = _Open()
    for i, kind in enumerate(kinds):
        opens_group = not i or groups[i] != groups[i - 1]
        opens_run = not i or not (blocks[i].adjacent and _is_paragraph(blocks[i - 1]))
        if opens_group:
            now.list_lead = _list_lead(plains, kinds, i)
            now.label = None
        if opens_run:
            now.bold = None
        if kind is PassageKind.NOTE and blocks[i].adjacent and not opens_group:
            # One note does not continue another: both belong to the same place.
            found.append(found[-1] if kinds[i - 1] is PassageKind.NOTE else plains[i - 1])
        else:
            found.append(_lead(now, plains, kinds, depths, i))
        if opens_group and (label := LABEL.match(plains[i])):
            now.label = label.group(1)
        if opens_run and _BOLD_LINE.fullmatch(text, blocks[i].span.start, blocks[i].span.end):
            now.bold = plains[i]
        if kind is PassageKind.ITEM:
            _open_item(now, depths[i], plains[i])
    return found


def _lead(
    now: _Open,
    plains: Sequence[str],
    kinds: Sequence[PassageKind],
    depths: Sequence[int],
    i: int,
) -> str | None:
    match kinds[i]:
        case PassageKind.SOURCE:
            return plains[i - 1] if i and kinds[i - 1] is PassageKind.CAPTION else None
        case PassageKind.PARAGRAPH:
            return now.label or now.bold
        case PassageKind.ITEM:
            return _parent(now, depths[i]) if depths[i] else now.list_lead
    return None


def _is_paragraph(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH


def _parent(now: _Open, depth: int) -> str | None:
    return next((words for above, words in reversed(now.items) if above < depth), None)


def _open_item(now: _Open, depth: int, words: str) -> None:
    while now.items and now.items[-1][0] >= depth:
        now.items.pop()
    now.items.append((depth, words))


def _list_lead(plains: Sequence[str], kinds: Sequence[PassageKind], first: int) -> str | None:
    """Return the sentence that leads into the list that begins at `first`."""
    if not first or kinds[first - 1] not in (PassageKind.PARAGRAPH, PassageKind.CAPTION):
        return None
    words = plains[first - 1]
    is_sentence = words.endswith("。") and not ANNOUNCES.search(words)
    fits = SHORTEST_LEAD <= len(words) <= LONGEST_LEAD or words.endswith(("：", ":"))
    return words if fits and not is_sentence else None
