"""Which publications a manuscript mentions, and where: our reports, or others.

Takes paragraphs and reports; gives `Mention`s: a title in brackets, 同報告書, 前掲, a name that
the draft itself has given (以下「戦略」という), a paper that is quoted. What a mention says
besides, a date or headings, is read by `assistant.checking.sources`. Knows nothing about
quotations.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.checking.folded import fold_text
from assistant.checking.kinds import kind_of
from assistant.checking.lookup import Shelf
from assistant.checking.manuscript import Paragraph, ParagraphKind
from assistant.checking.quotations import bracketed
from assistant.checking.result import Apart
from corpus.model import Report, Span

SOURCE_LINE = re.compile(
    r"^\s*[（(【〔\[※*＊注\d）)\]〕】\s]*(?:出典|資料|出所|引用元|参考(?:文献|資料)?)\s?[：:）)】〕\s]"
)
"""How a paragraph begins that names sources and says nothing else."""

_PUBLICATION = (
    "報告書|報告|計画|戦略|方針|白書|資料|指針|ビジョン|プラン|答申|提言|調査|大綱|文書|取りまとめ"
    "|とりまとめ|まとめ"
)
_AGAIN = re.compile(
    rf"(?<![一-龥])(?:同|本|当該|上記|前掲の?|上掲の?)(?:{_PUBLICATION})(?!会)|前掲(?:書|資料)?|同書|同上"
)
_BARE = re.compile(
    r"(?<![一-龥ァ-ヶー])報告書(?=[はがもでに、（(]|によ|では|において|の(?!作成|提出|案))"
)
_ALIAS = re.compile(
    r"以下[、，]?\s?(?:単に)?[「『]([^「」『』]{2,30})[」』]\s?(?:という|とする|と略|と呼)"
)
PERSON = re.compile(
    r"(?:氏|大臣|長官|首相|総理|知事|市長|町長|村長|区長|議員|委員長?|座長|会長|理事長|社長|教授|代表|担当者|部長|課長"
    r"|局長|室長|所長|館長|院長|校長|次長|係長|課員|職員|住民|市民|県民|町民|参加者|利用者|受講者|来場者|出席者|事業者|会員"
    r"|記者|首席|総裁|大使|長老|医師|農家|学生|生徒|本人|団体|組合|連合会|協会|議会|国会|[一-龥]者)"
    r"(?:ら|たち|など|等)?(?:から|[はがもの、（(]|に(?:は|よ))"
)
"""Who may be quoted; only where the quotation is followed by a word of speech."""
_PAPER = re.compile(
    r"(?:新聞|白書|統計|報道|答弁|談話|演説|宣言|要領|要綱|通知|通達|条例|憲法|規則|施行令|法律?|アンケート|調査|議事録|議事要旨"
    r"|ホームページ|ウェブサイト|社説|広報誌?|計画|大綱|基本方針|閣議決定|決議|意見書|要望書|手引き?|マニュアル|ガイドライン|指針)"
    r"(?:[（(][^（）()]*[）)])?(?:第\d+条(?:第\d+項)?(?:第\d+号)?)?"
    r"(?:は|も|が|では|に(?:は|よ|お|も)|の中|[、「『]|で(?:も)?(?:「|『))"
)
_SHORT_TITLE = 6
"""Folded characters; a shorter bracket that only resembles a title is no title."""
_SLIPS = 0.16
"""Share of a title's characters that may differ for it to be that title, written wrongly."""


class Known(StrEnum):
    """How a report is recognised."""

    TITLE = "title"
    SHORTENED = "shortened"
    """Part of its title."""
    SLIP = "slip"
    """Its title with a slip."""
    AGAIN = "again"
    """By 同報告書, 前掲 or a name that the draft gave it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A publication or speaker at one place of a manuscript."""

    paragraph: int
    span: Span
    report: Report | None
    """None for what is none of our reports."""
    known: Known | None = None


def mentions(paragraphs: Sequence[Paragraph], shelf: Shelf) -> list[Mention]:
    """Return all mentions in the order of the text; notes behind the body."""
    reader = _Reader(shelf)
    found = [
        mention
        for index, paragraph in enumerate(paragraphs)
        if paragraph.kind is not ParagraphKind.BLOCK_QUOTE
        for mention in reader.read(index, paragraph.text)
    ]
    return reader.resolved(found)


class _Reader:
    """Reads paragraph after paragraph and remembers the names that the draft gives."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._titles = {fold_text(r.metadata.title).text: r for r in shelf.reports}
        self._aliases: dict[str, Report] = {}
        self._last: Report | None = None

    def read(self, index: int, text: str) -> Iterator[Mention]:
        found = [*self._titled(index, text), *self._renamed(index, text)]
        brackets = bracketed(text)
        for pattern in (_AGAIN, _BARE, _PAPER):
            for match in pattern.finditer(text):
                span = Span(match.start(), match.end())
                if _is_inside(span, brackets) or _overlaps(span, [m.span for m in found]):
                    continue
                is_again = pattern is not _PAPER or self._is_last(match[0])
                known = Known.AGAIN if is_again else None
                found.append(Mention(index, span, None, known))
        for mention in sorted(found, key=lambda mention: mention.span.start):
            if mention.known is Known.AGAIN and mention.report is None:
                mention = replace(mention, report=self._last)
            elif mention.report is not None:
                self._last = mention.report
            yield mention

    def _is_last(self, words: str) -> bool:
        """True where 計画は speaks of a report of ours whose title ends in 計画."""
        noun = re.match(rf"(?:{_PUBLICATION})", words)
        return bool(noun and self._last and self._last.metadata.title.endswith(noun[0]))

    def resolved(self, found: Sequence[Mention]) -> list[Mention]:
        """Give a report that is spoken of before it is named the one that is named first."""
        named = next((mention.report for mention in found if mention.report), None)
        again = (Known.AGAIN,)
        return [
            replace(m, report=named) if m.known in again and m.report is None else m for m in found
        ]

    def _titled(self, index: int, text: str) -> Iterator[Mention]:
        for span in bracketed(text):
            name = fold_text(text[span.start + 1 : span.end - 1]).text
            report, known = self._known(name)
            if report is None:
                if self._is_other(name, text, span):
                    yield Mention(index, span, None)
                continue
            yield Mention(index, span, report, known)
            behind = _ALIAS.search(text, span.end, span.end + 60)
            if behind:
                self._aliases[behind[1]] = report

    def _is_other(self, name: str, text: str, span: Span) -> bool:
        """True for the title of what is none of our reports; a heading of ours is no title."""
        words, after = text[span.start + 1 : span.end - 1], text[span.end : span.end + 60]
        if kind_of(words, text[span.start], after) not in (Apart.TITLE, Apart.LAW):
            return False
        if not name:
            return False
        is_named = any(name == fold_text(alias).text for alias in self._aliases)
        return not is_named and not self._shelf.find([name])

    def _known(self, name: str) -> tuple[Report | None, Known | None]:
        if name in self._titles:
            return self._titles[name], Known.TITLE
        if any(name == fold_text(alias).text for alias in self._aliases):
            return None, None  # where the draft gives the name
        if len(name) < _SHORT_TITLE:
            return None, None
        from rapidfuzz.distance import Levenshtein

        for title, report in self._titles.items():
            allowed = max(1, int(len(title) * _SLIPS))
            if Levenshtein.distance(name, title, score_cutoff=allowed) <= allowed:
                return report, Known.SLIP
            longer, shorter = sorted((len(name), len(title)), reverse=True)
            if (name in title or title in name) and 2 * shorter >= longer:
                return report, Known.SHORTENED
        return None, None

    def _renamed(self, index: int, text: str) -> Iterator[Mention]:
        """Yield where a name stands that the draft has given a report."""
        for alias, report in self._aliases.items():
            for match in re.finditer(re.escape(alias), text):
                if not _is_inside(Span(*match.span()), bracketed(text)):
                    yield Mention(index, Span(*match.span()), report, Known.AGAIN)


def _is_inside(span: Span, brackets: Sequence[Span]) -> bool:
    return any(outer.start < span.start and span.end < outer.end for outer in brackets)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
