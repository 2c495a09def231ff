"""Blocks → the section tree.

Takes blocks and, where a reviewer has placed orphaned parts, placements; gives the sections
and the section of every block. Knows nothing about passages.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block, BlockKind
from corpus.characters import search_form
from corpus.markup import plain
from corpus.model import Section
from corpus.overlay import Placement


@dataclass(frozen=True, slots=True)
class SectionTree:
    """The outline of a report."""

    sections: tuple[Section, ...]
    """In source order; the first one is the report itself (level 0)."""
    section_of: tuple[str, ...]
    """For each block, in order, the id of its section."""


class _Builder:
    """Keeps one stack of open sections for the text and one for each placement."""

    def __init__(self, title: str, placements: Sequence[Placement]) -> None:
        self.seen: Counter[str] = Counter()
        self.root = Section(self._id(title), title, 0, (), None, 1)
        self.sections = [self.root]
        self.by_line: dict[int, Section] = {0: self.root}
        # Innermost first: a placement inside another one wins.
        self.placements = sorted(placements, key=lambda p: p.last - p.first)
        self.stacks: dict[Placement | None, list[Section]] = {None: [self.root]}

    def _id(self, heading: str) -> str:
        digest = (
            "s" + hashlib.sha256(search_form(heading).encode("utf-8", "replace")).hexdigest()[:8]
        )
        self.seen[digest] += 1
        return digest if self.seen[digest] == 1 else f"{digest}-{self.seen[digest]}"

    def _add(self, heading: str, level: int, parent: Section, line: int, inferred: bool) -> Section:
        path = (*parent.path, heading)
        section = Section(self._id(heading), heading, level, path, parent.id, line, inferred)
        self.sections.append(section)
        return section

    def stack_at(self, line: int) -> list[Section]:
        """Return the open sections at `line`, outermost first."""
        place = next((p for p in self.placements if p.holds(line)), None)
        if place not in self.stacks:
            assert place is not None
            parent = self.by_line.get(place.under, self.root)
            if place.heading is not None:
                parent = self._add(place.heading, parent.level + 1, parent, place.first, True)
            self.stacks[place] = [parent]
        return self.stacks[place]

    def open(self, block: Block, heading: str) -> Section:
        """Open the section of a heading block."""
        stack = self.stack_at(block.line_start)
        while len(stack) > 1 and stack[-1].level >= block.level:
            stack.pop()
        # The base of a placement is never closed: its headings all belong to it.
        inferred = stack[0] is not self.root
        section = self._add(heading, block.level, stack[-1], block.line_start, inferred)
        stack.append(section)
        self.by_line[block.line_start] = section
        return section


def section_tree(
    text: str, title: str, blocks: Sequence[Block], placements: Sequence[Placement] = ()
) -> SectionTree:
    """Return the section tree of `blocks`; `title` names the part before the first heading."""
    builder = _Builder(title, placements)
    section_of = [
        builder.open(block, plain(block.span.of(text)) or block.span.of(text)).id
        if block.kind is BlockKind.HEADING
        else builder.stack_at(block.line_start)[-1].id
        for block in blocks
    ]
    return SectionTree(tuple(builder.sections), tuple(section_of))
