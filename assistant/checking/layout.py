"""A draft as text → its paragraphs, as its reader sees them.

Takes decoded Markdown or plain text; gives paragraphs in order, those of notes behind all others.
Lines that are wrapped are joined; markup is taken away, and nothing else. Knows nothing about
quotations.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.checking.inline import bare, visible
from assistant.checking.manuscript import Mark, Paragraph, ParagraphKind
from assistant.checking.wrapping import RAGGED, columns_of, full_columns, is_unclosed, joined
from corpus.lines import Line, lines_of

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^ {0,3}(?P<sign>[=-])(?P=sign)*\s*$")
_QUOTE = re.compile(r"^\s*(?:[>＞]\s?)+")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^\s*\|?[\s:|\-]*-{2,}[\s:|\-]*\|?\s*$|^\s*(?:[*_─━=－-]\s*){3,}$")
_LINE = re.compile(r"^\s*[-=_*~─━＝＿－＊～]{4,}\s*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_DEFINED = re.compile(r"^\s{0,3}\[\^([^\]\s]+)\]:\s*")
_LINKED = re.compile(r"^ {0,3}\[[^\]^]+\]:\s*(?:<|https?:|mailto:|[#./])")
_NOTED = re.compile(
    r"^\s*(?P<mark>※\s?\d+|[（(\[]?注\s?\d+[）)\]]?|\*\d+(?=[\s\u3000）)])|\[\d+\]"
    r"|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)[\s\u3000：:）)．.]*"
)
_STARTS = re.compile(
    r"^(?:[\u3000]|\t|\s*(?:[-*+・●○◎■□◆◇▪•▼▽☆★※]|\d{1,2}[.)．）]\s?|[（(][\dア-ンa-z一二三四五六七八九十]{1,2}[）)]"
    r"|[①-⑳㋐-㋾]|第[\d１-９一二三四五六七八九十]+[\s\u3000章節項条]|[\d１-９]{1,2}[\s\u3000]|[ア-ンa-z][\s\u3000．.]|[＊【〈《≪]"
    r"|(?:出典|資料|出所|参考)[：:]|[（(](?:出典|資料|出所)[）)]))"
)
_LISTED = re.compile(r"^\s*(?P<mark>\d{1,2}[)）])\s*")
_REFERENCES = re.compile(
    r"^\W*(?:\d+[.．]?\s*)?(?:(?:参考|引用)(?:・引用|・参考)?文献(?:一覧|リスト)?|文献|脚?[注註])\W*$"
)
"""Above a list of sources, whose numbers the text refers to: とする1)."""
_SOURCE_BELOW = re.compile(
    r"^\s*(?:[―—─–]{1,2}\s*|[-－]{2}\s*|[（(]?(?:出典|出所)[）)：:\s])(?=\S)"
    r"|^\s*[（(].*[「『].*[」』].*[）)]\s*$"
)
"""The last line of a block quote that tells where it is from."""
_BAR = re.compile(r"^\s+[|｜]\s")
"""Goes on with a cell of the row above, in a table of plain text."""
_WEAK_START = re.compile(
    r"^\s*(?:\d{1,2}[\s\u3000]|[１-９]{1,2}[\s\u3000]|[ア-ンa-z][\s\u3000]|第[\d１-９一二三四五六七八九十])"
)
"""What begins an item, and by chance a line of a wrapped sentence too."""
_BULLET = re.compile(r"^\s*(?:[-*+]\s+)")
_LEADS_TO_QUOTE = re.compile(
    r"(?:次|以下|下記|左記)の(?:とおり|ように|ような|記述|記載|一節)[^。]*[。：:]?\s*$"
)
_INDENTED = re.compile(r"^(?:\u3000{2,}|\t| {4,})(?=\S)")
_DEEP = re.compile(r"^(?:\u3000{2}|\t|[ \u3000] )")
_ITEM = re.compile(r"^\s*(?:[-*+・●○◎■□◆◇▪•▼▽☆★※]|[①-⑳])")
_SENTENCE_ENDS = re.compile(r"[。！？：:!?]\s*$")
_ENDS = re.compile(r"[。！？：:!?」』）)]\s*$")
_FULL = 25
"""Characters of a line that may have been wrapped at its end."""
_LONGEST_TITLE = 30
"""Characters of the line above a list of sources."""


@dataclass
class _Draft:
    """Paragraphs while they are gathered."""

    text: str
    kind: ParagraphKind
    line: int
    mark: str | None = None
    """Of a note: how the text refers to it; None of what goes on with the note before."""
    indent: str = ""
    """The white space before its first line."""
    last: str = ""
    """Its last line."""


def paragraphs_of(text: str, is_markdown: bool) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a draft."""
    lines = list(lines_of(text))
    gathered = _Gathering(is_markdown, full_columns(lines))
    for line in lines:
        gathered.take(line)
    found = [each for each in gathered.found if visible(each.text, is_markdown, ())[0]]
    return _linked(found, is_markdown)


class _Gathering:
    """Takes line after line."""

    def __init__(self, is_markdown: bool, full: int | None) -> None:
        self.found: list[_Draft] = []
        self._is_markdown = is_markdown
        self._full = full
        self._is_open = False
        self._in_fence = False
        self._in_table = False
        self._in_references = False

    def take(self, line: Line) -> None:
        """Add a line."""
        if not line.is_blank and len(line.text) < _LONGEST_TITLE:
            self._in_references |= bool(_REFERENCES.match(line.text))
        if self._is_markdown and _FENCE.match(line.text):
            self._in_fence, self._is_open = not self._in_fence, False
        elif line.is_blank or (not self._is_markdown and _LINE.match(line.text)):
            self._is_open = self._in_table = False
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
        elif self._underlined(line.text):
            self.found[-1].kind, self._is_open = ParagraphKind.HEADING, False
        elif _RULE.match(line.text):
            self._in_table = self._heads_table(line)
            self._is_open = False
        elif _ROW.match(line.text) or (self._in_table and "|" in line.text):
            self._cells(line.text, line)
        else:
            return self._is_of_link(line)
        return True

    def _underlined(self, text: str) -> bool:
        """True below a heading; "---" below a sentence is a rule that lacks its blank line."""
        underline = _UNDERLINE.match(text)
        if not (underline and self._has_one_line()):
            return False
        return underline["sign"] == "=" or not re.search("[。「」|]", self.found[-1].text)

    def _has_one_line(self) -> bool:
        last = self.found[-1] if self.found and self._is_open else None
        return bool(last and last.kind is ParagraphKind.BODY and last.last.strip() == last.text)

    def _heads_table(self, line: Line) -> bool:
        """Make cells of the line before, where this is the rule below the head of a table."""
        if "|" not in line.text:
            return False
        if self._has_one_line() and "|" in self.found[-1].text:
            head = self.found.pop()
            self._cells(head.text, replace(line, number=head.line))
        return True

    def _cells(self, text: str, line: Line) -> None:
        for cell in re.split(r"(?<!\\)\|", text.strip().strip("|")):
            self._new(cell.strip(), ParagraphKind.CELL, line)
        self._is_open = False

    def _is_of_link(self, line: Line) -> bool:
        """True for the address of a link, which no reader sees."""
        is_of_link = bool(_LINKED.match(line.text))
        self._is_open = self._is_open and not is_of_link
        return is_of_link

    def _plain(self, line: Line) -> None:
        if quote := _QUOTE.match(line.text):
            self._quoted(line.text[quote.end() :], line)
        elif self._is_set_apart(line.text):
            self._quoted(line.text.strip(), line)
        elif not self._is_markdown and self._is_open and _BAR.match(line.text):
            self._join(line.text.replace("|", " ", 1).replace("｜", " ", 1))
        elif noted := self._noted(line.text):
            self._new(line.text[noted.end() :], ParagraphKind.NOTE, line).mark = noted["mark"]
        elif self._is_more_of_note(line.text):
            self._new(line.text.strip(), ParagraphKind.NOTE, line)
        elif not self._is_open or (_STARTS.match(line.text) and not self._goes_on(line.text)):
            words = _BULLET.sub("", line.text) if self._is_markdown else line.text
            self._new(words.strip(), ParagraphKind.BODY, line)
        else:
            self._join(line.text)

    def _noted(self, text: str) -> re.Match[str] | None:
        """Return the mark that a note begins with."""
        return _NOTED.match(text) or (_LISTED.match(text) if self._in_references else None)

    def _is_more_of_note(self, text: str) -> bool:
        """True for a further paragraph of a note of Markdown."""
        is_after = bool(self.found) and self.found[-1].kind is ParagraphKind.NOTE
        return is_after and self._is_markdown and not self._is_open and bool(_DEEP.match(text))

    def _goes_on(self, text: str) -> bool:
        """True for a line that looks like a start and is the rest of a wrapped one."""
        last = self.found[-1]
        if _ITEM.match(text):
            return False
        if is_unclosed(last.text):
            return True
        if _WEAK_START.match(text) and self._is_cut_off(last.last, RAGGED):
            return True
        if not text[:1].isspace() or _STARTS.match(text.strip()):
            return False
        if last.kind is ParagraphKind.NOTE and _DEEP.match(text):
            return True
        if self._full is not None and columns_of(last.last) >= self._full:
            return self._is_cut_off(last.last)
        return len(last.last.strip()) >= _FULL and not _ENDS.search(last.last)

    def _is_cut_off(self, line: str, less: int = 0) -> bool:
        """True for a line that fills its width, or nearly, and does not end a sentence."""
        is_full = self._full is not None and columns_of(line) >= self._full - less
        return is_full and not _SENTENCE_ENDS.search(line)

    def _join(self, text: str) -> None:
        last = self.found[-1]
        last.text, last.last = joined(last.text, text), text

    def _quoted(self, words: str, line: Line) -> None:
        last = self.found[-1] if self.found else None
        item = _BULLET.match(words)
        if _SOURCE_BELOW.match(words) and last and last.kind is ParagraphKind.BLOCK_QUOTE:
            self._new(words, ParagraphKind.BODY, line)
            self._is_open = False
        elif item:
            self._new(words[item.end() :], ParagraphKind.BLOCK_QUOTE, line)
        elif self._is_open and last and last.kind is ParagraphKind.BLOCK_QUOTE:
            if words.strip():
                self._join(words)
            else:
                self._is_open = False
        elif words.strip():
            self._new(words, ParagraphKind.BLOCK_QUOTE, line)

    def _is_set_apart(self, text: str) -> bool:
        """True for an indented line that a line before has announced as a quotation."""
        if self._is_markdown or not _INDENTED.match(text) or not self.found:
            return False
        last, indent = self.found[-1], text[: len(text) - len(text.lstrip())]
        if last.kind is ParagraphKind.BLOCK_QUOTE and (self._is_open or last.indent == indent):
            return True
        is_deeper = len(indent.expandtabs()) > len(last.indent.expandtabs())
        is_item = bool(_STARTS.match(text.strip()))
        return is_deeper and not is_item and bool(_LEADS_TO_QUOTE.search(last.text))

    def _new(self, words: str, kind: ParagraphKind, line: Line) -> _Draft:
        indent = line.text[: len(line.text) - len(line.text.lstrip())]
        made = _Draft(words, kind, line.number, indent=indent, last=line.text)
        self.found.append(made)
        self._is_open = True
        return made


def _linked(found: Sequence[_Draft], is_markdown: bool) -> tuple[Paragraph, ...]:
    """Return the paragraphs, with marks that lead to their notes."""
    noted = [each for each in found if each.kind is ParagraphKind.NOTE]
    others = [each for each in found if each.kind is not ParagraphKind.NOTE]
    # 「（注）」 without a number is no mark that a text could refer to: 注 stands in many words.
    names = {
        name: at
        for at, each in enumerate(noted, len(others))
        if (name := bare(each.mark or "")).startswith("[^") or any(map(str.isdigit, name))
    }
    made: list[Paragraph] = []
    for each in others:
        words, offsets = visible(each.text, is_markdown, tuple(names))
        marks = tuple(Mark(offset, names[name]) for offset, name in offsets)
        made.append(Paragraph(words, each.kind, each.line, marks))
    for each in noted:
        words, _ = visible(each.text, is_markdown, ())
        made.append(Paragraph(words, each.kind, each.line))
    # A paragraph of marks alone, as a note of its own might be, keeps its place in the count.
    return tuple(replace(p, text=p.text or "\u3000") for p in made)
