"""A draft as text → its paragraphs, as its reader sees them.

Takes decoded Markdown or plain text; gives paragraphs in order, those of notes behind all others.
Lines that are wrapped are joined; markup is taken away, and nothing else. Knows nothing about
quotations.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.checking.inline import visible
from assistant.checking.manuscript import Mark, Paragraph, ParagraphKind
from corpus.lines import Line, lines_of

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
_QUOTE = re.compile(r"^\s*[>＞]\s?")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^\s*\|?[\s:|\-]*-{2,}[\s:|\-]*\|?\s*$|^\s*(?:[*_─━=－-]\s*){3,}$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_DEFINED = re.compile(r"^\s{0,3}\[\^([^\]\s]+)\]:\s*")
_NOTED = re.compile(
    r"^\s*(?P<mark>※\s?\d+|[（(\[]?注\s?\d+[）)\]]?|\*\d+(?=[\s\u3000）)])|\[\d+\])[\s\u3000：:）)．.]*"
)
_STARTS = re.compile(
    r"^(?:[\u3000]|\t|\s*(?:[-*+・●○◎■□◆◇▪•▼▽☆★※]|\d{1,2}[.)．）]\s?|[（(][\dア-ンa-z一二三四五六七八九十]{1,2}[）)]"
    r"|[①-⑳㋐-㋾]|第[\d１-９一二三四五六七八九十]+[\s\u3000章節項条]|[\d１-９]{1,2}[\s\u3000]|[ア-ンa-z][\s\u3000．.]|[＊【〈《≪]"
    r"|(?:出典|資料|出所|参考)[：:]|[（(](?:出典|資料|出所)[）)]))"
)
_BULLET = re.compile(r"^\s*(?:[-*+]\s+)")
_LEADS_TO_QUOTE = re.compile(
    r"(?:次|以下|下記|左記)の(?:とおり|ように|ような|記述|記載|一節)[^。]*[。：:]?\s*$"
)
_INDENTED = re.compile(r"^(?:\u3000{2,}|\t| {4,})(?=\S)")
_WIDE = r"\u2010-\u2027\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_ENDS_WIDE, _BEGINS_WIDE = re.compile(rf"[{_WIDE}]$"), re.compile(rf"^[{_WIDE}]")


@dataclass
class _Draft:
    """Paragraphs while they are gathered."""

    text: str
    kind: ParagraphKind
    line: int
    mark: str | None = None
    """Of a note: how the text refers to it."""
    cells: list[str] = field(default_factory=list)


def paragraphs_of(text: str, is_markdown: bool) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a draft."""
    gathered = _Gathering(is_markdown)
    for line in lines_of(text):
        gathered.take(line)
    found = [each for each in gathered.found if visible(each.text, is_markdown, ())[0]]
    return _linked(found, is_markdown)


class _Gathering:
    """Takes line after line."""

    def __init__(self, is_markdown: bool) -> None:
        self.found: list[_Draft] = []
        self._is_markdown = is_markdown
        self._is_open = False
        self._in_fence = False

    def take(self, line: Line) -> None:
        """Add a line."""
        if self._is_markdown and _FENCE.match(line.text):
            self._in_fence, self._is_open = not self._in_fence, False
        elif line.is_blank:
            self._is_open = False
        elif self._in_fence or not (self._is_markdown and self._marked(line)):
            self._plain(line)

    def _marked(self, line: Line) -> bool:
        """Take what only Markdown has; False where there is nothing of it."""
        if heading := _HEADING.match(line.text):
            self._new(heading[1], ParagraphKind.HEADING, line)
            self._is_open = False
        elif defined := _DEFINED.match(line.text):
            note = self._new(line.text[defined.end() :], ParagraphKind.NOTE, line)
            note.mark = f"[^{defined[1]}]"
        elif _RULE.match(line.text):
            self._is_open = False
        elif _ROW.match(line.text):
            for cell in re.split(r"(?<!\\)\|", line.text.strip().strip("|")):
                self._new(cell.strip(), ParagraphKind.CELL, line)
            self._is_open = False
        else:
            return False
        return True

    def _plain(self, line: Line) -> None:
        if quote := _QUOTE.match(line.text):
            self._quoted(line.text[quote.end() :], line)
        elif self._is_set_apart(line.text):
            self._quoted(line.text.strip(), line)
        elif noted := _NOTED.match(line.text):
            self._new(line.text[noted.end() :], ParagraphKind.NOTE, line).mark = noted["mark"]
        elif not self._is_open or _STARTS.match(line.text):
            words = _BULLET.sub("", line.text) if self._is_markdown else line.text
            self._new(words.strip(), ParagraphKind.BODY, line)
        else:
            self.found[-1].text = _joined(self.found[-1].text, line.text)

    def _quoted(self, words: str, line: Line) -> None:
        last = self.found[-1] if self.found else None
        if self._is_open and last and last.kind is ParagraphKind.BLOCK_QUOTE:
            if words.strip():
                last.text = _joined(last.text, words)
            else:
                self._is_open = False
        elif words.strip():
            self._new(words, ParagraphKind.BLOCK_QUOTE, line)

    def _is_set_apart(self, text: str) -> bool:
        """True for an indented line that a line before has announced as a quotation."""
        if self._is_markdown or not _INDENTED.match(text) or not self.found:
            return False
        last = self.found[-1]
        if last.kind is ParagraphKind.BLOCK_QUOTE and self._is_open:
            return True
        is_item = bool(_STARTS.match(text.strip()))
        return not is_item and bool(_LEADS_TO_QUOTE.search(last.text))

    def _new(self, words: str, kind: ParagraphKind, line: Line) -> _Draft:
        made = _Draft(words, kind, line.number)
        self.found.append(made)
        self._is_open = True
        return made


def _joined(before: str, line: str) -> str:
    after = line.strip().removesuffix("\\")
    before = before.rstrip().removesuffix("\\")
    is_wide = _ENDS_WIDE.search(before) or _BEGINS_WIDE.search(after)
    return before + ("" if is_wide else " ") + after


def _linked(found: Sequence[_Draft], is_markdown: bool) -> tuple[Paragraph, ...]:
    """Return the paragraphs with marks that lead to their notes; what no mark names is no note."""
    noted = [each for each in found if each.kind is ParagraphKind.NOTE]
    others = [each for each in found if each.kind is not ParagraphKind.NOTE]
    marks_of = [_bare(each.mark or "") for each in noted]
    # 「（注）」 without a number is no mark that a text could refer to: 注 stands in many words.
    names = {
        mark: at
        for at, mark in enumerate(marks_of, len(others))
        if mark.startswith("[^") or re.search(r"\d", mark)
    }
    seen: set[int] = set()
    made: list[Paragraph] = []
    for each in others:
        words, offsets = visible(each.text, is_markdown, tuple(names))
        marks = tuple(Mark(offset, names[name]) for offset, name in offsets)
        seen |= {mark.note for mark in marks}
        made.append(Paragraph(words, each.kind, each.line, marks))
    for at, each in enumerate(noted, len(others)):
        words, _ = visible(each.text, is_markdown, ())
        kind = ParagraphKind.NOTE if at in seen or each.mark else ParagraphKind.BODY
        made.append(Paragraph(words, kind, each.line))
    # A paragraph of marks alone, as a note of its own might be, keeps its place in the count.
    return tuple(replace(p, text=p.text or "\u3000") for p in made)


def _bare(mark: str) -> str:
    """Return a mark as it may stand in the text, whatever its brackets: （注1） and 注1)."""
    return mark if mark.startswith("[^") else re.sub(r"[\s（）()\[\]]", "", mark)
