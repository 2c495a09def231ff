"""What stands under what inside a section: labels, numbered captions, items and their items.

Takes a section of a report; gives its lines as trees. What a line is under is read from the
kind of its mark (①, (1), ア, 【 】, ・): a line with a mark that is open goes back to that level,
one with another mark goes a level deeper. Knows nothing about questions.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.layout import MARKS
from corpus.leads import ANNOUNCES
from corpus.markup import plain, quotable
from corpus.model import Passage, PassageKind, Report, Section, Span

_BULLET, _BOLD, _LABEL, _TEXT, _NOTE = "bullet", "bold", "label", "", "note"
_MARKS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("circled", r"[①-⑳㉑-㉟㊱-㊿❶-❿]"),
        ("bracketed number", r"[(（][0-9０-９]{1,3}[)）]"),
        ("bracketed letter", r"[(（][ア-ンa-zA-Z一二三四五六七八九十][)）]"),
        (_LABEL, r"【[^】]{1,20}】"),
        ("number", r"[0-9０-９]{1,2}(?:[.)．）](?![0-9０-９])|[\s\u3000])"),
        ("letter", r"[ア-ンa-z][.．)）\u3000]"),
    )
)
"""Kinds of marks, in the order in which they are tried."""
_BOLD_LINE = re.compile(r"\s*\*\*[^*\n]+\*\*[：:]?\s*")
_NEXT_LINE = re.compile(r"\n(?=[ \t\u3000]*\*\*[^*\n]+\*\*[：:]?[ \t]*(?:\n|$))")
"""Before a bold line that the source wrote right below another one."""
_LONGEST_CAPTION = 60
_INLINE = (PassageKind.ITEM, PassageKind.PARAGRAPH, PassageKind.NOTE)


@dataclass(frozen=True, slots=True)
class Node:
    """A line and the lines under it."""

    passage: Passage
    span: Span
    """In the report's text."""
    words: str
    mark: str
    """Kind of its mark; empty for running text."""
    below: tuple["Node", ...] = ()

    @property
    def is_caption(self) -> bool:
        """True where the line only announces what stands under it."""
        short = len(self.words) <= _LONGEST_CAPTION and not self.words.endswith("。")
        alone = not self.is_label or self.words.endswith("】")
        return bool(self.below) and (short and alone or bool(ANNOUNCES.search(self.words)))

    @property
    def name(self) -> str:
        """The words without their mark: what a caption is called."""
        if self.mark == _LABEL:
            return self.words.partition("】")[0].lstrip("【")
        pattern = dict(_MARKS).get(self.mark)
        return (pattern.sub("", self.words, count=1) if pattern else self.words).strip()

    @property
    def is_label(self) -> bool:
        """True for a line that begins with a 【label】."""
        return self.mark == _LABEL

    @property
    def is_marked(self) -> bool:
        """True for a line with a number, a label or in bold, not a bullet or running text."""
        return self.mark not in (_BULLET, _TEXT, _NOTE)

    def quote(self, report: Report) -> str:
        """The words as the source has them, without the mark of a bullet."""
        return quotable(self.span.of(report.text)).lstrip(MARKS)

    def leaves(self) -> Iterator["Node"]:
        """Yield the lines under this one that announce nothing, in source order."""
        for node in self.below:
            if not node.is_caption:
                yield node
            yield from node.leaves()


@dataclass(slots=True)
class _Open:
    """A node while its section is read."""

    passage: Passage
    span: Span
    words: str
    mark: str
    depth: int
    below: list["_Open"] = field(default_factory=list)

    def closed(self) -> Node:
        below = tuple(node.closed() for node in self.below)
        return Node(self.passage, self.span, self.words, self.mark, below)


def nested(report: Report, section: Section) -> tuple[Node, ...]:
    """Return the outermost lines of a section, without tables, captions and headings."""
    lines = [line for p in report.passages_by_section[section.id] for line in _lines(p)]
    root: list[_Open] = []
    stack: list[_Open] = []
    for number, line in enumerate(lines):
        _close(stack, line)
        (stack[-1].below if stack else root).append(line)
        after = lines[number + 1].passage if number + 1 < len(lines) else None
        if line.mark not in (_TEXT, _NOTE) or _leads(line, after):
            stack.append(line)
    return tuple(node.closed() for node in root)


def ways(nodes: Sequence[Node], above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
    """Yield each node with the nodes above it, outermost first."""
    for node in nodes:
        way = (*above, node)
        yield way
        yield from ways(node.below, way)


def way_to(report: Report, passage: Passage) -> tuple[Node, ...]:
    """Return the nodes from the outermost down to `passage`; none where it is no line."""
    section = report.section_by_id[passage.section_id]
    found = (w for w in ways(nested(report, section)) if w[-1].passage.id == passage.id)
    return next(found, ())


def _lines(passage: Passage) -> Iterator[_Open]:
    """Yield the lines of a passage: one, or more where a bold line follows without a gap."""
    if passage.kind not in _INLINE or passage.table is not None:
        return
    start = 0
    for cut in [*(m.start() for m in _NEXT_LINE.finditer(passage.text)), len(passage.text)]:
        text = passage.text[start:cut]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            begin = passage.span.start + start + lead
            span = Span(begin, begin + len(text.strip()))
            depth = 0 if start else passage.depth
            yield _Open(passage, span, plain(text), _mark(passage, text, bool(start)), depth)
        start = cut


def _mark(passage: Passage, text: str, follows: bool) -> str:
    words = plain(text).strip()
    name = next((name for name, pattern in _MARKS if pattern.match(words)), None)
    is_bold = bool(_BOLD_LINE.fullmatch(text))
    if passage.kind is PassageKind.NOTE and not follows:
        return _NOTE
    if name and (passage.kind is PassageKind.ITEM or is_bold or name == _LABEL):
        return name
    if is_bold:
        return _BOLD
    return _BULLET if passage.kind is PassageKind.ITEM else _TEXT


def _close(stack: list[_Open], line: _Open) -> None:
    """Take from `stack` what `line` does not stand under."""
    if line.mark == _NOTE:
        return
    marks = [node.mark for node in stack]
    if line.mark not in (_TEXT, _BULLET) and line.mark in marks:
        del stack[marks.index(line.mark) :]
        return
    while stack and _ends(stack[-1], line):
        stack.pop()


def _ends(node: _Open, line: _Open) -> bool:
    """True where an open line has nothing more under it when `line` comes."""
    if node.mark == _TEXT:
        return line.mark in (_TEXT, _BOLD, _LABEL)
    if node.mark != _BULLET:
        return False
    return line.mark in (_TEXT, _BOLD, _LABEL) or line.depth <= node.depth


def _leads(line: _Open, after: Passage | None) -> bool:
    """True for running text that leads into the list below it."""
    if line.mark != _TEXT or after is None or after.kind is not PassageKind.ITEM:
        return False
    return after.lead == line.words or bool(ANNOUNCES.search(line.words))


def items_of(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return the lines that are one list: those with the first mark that two share."""
    marks = [node.mark for node in nodes if node.mark not in (_TEXT, _NOTE, _LABEL)]
    first = next((mark for mark in marks if marks.count(mark) > 1), None)
    return tuple(node for node in nodes if node.mark == first) if first else ()
