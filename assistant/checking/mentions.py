"""Which publications a manuscript mentions, and where: our reports, or others.

Takes paragraphs and reports; gives `Mention`s: a title in brackets, 同報告書, 前掲, a name that
the draft itself has given (以下「戦略」という), a paper that is quoted. What a mention says
besides, a date or headings, is read by `assistant.checking.sources`. Knows nothing about
quotations.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.checking.folded import fold_text
from assistant.checking.kinds import kind_of
from assistant.checking.lookup import Shelf
from assistant.checking.manuscript import Paragraph, ParagraphKind
from assistant.checking.names import Known, Names, is_inside, is_sort_of
from assistant.checking.places import Named, named_in, sections_named
from assistant.checking.quotations import bracketed
from assistant.checking.result import Apart
from assistant.checking.wording import REMARK
from corpus.model import Report, Span

SOURCE_LINE = re.compile(
    r"^\s*[（(【〔\[※*＊注\d）)\]〕】\s]*(?:出典|資料|出所|引用元|参考(?:文献|資料)?)\s?[：:）)】〕\s]"
)
"""How a paragraph begins that names sources and says nothing else."""

_PUBLICATION = (
    "報告書|報告|計画|戦略|方針|白書|資料|指針|ビジョン|プラン|答申|提言|調査|大綱|文書|取りまとめ"
    "|とりまとめ|まとめ|素案|原案|概要|構想"
)
_ANY_SORT = ("報告書", "報告", "資料", "文書")
"""What any report may be called; 同計画 is said of a plan alone."""
_AGAIN = re.compile(
    rf"(?<![一-龥])(?:同|当該|上記|前掲の?|上掲の?|前出の)(?:{_PUBLICATION})(?!会)|前掲(?:書|資料)?|同書|同上"
)
_BARE = re.compile(
    r"(?<![一-龥ァ-ヶー])報告書(?=[はがもでに、（(第]|によ|では|において|の(?!作成|提出|案))"
)
_SAME_BODY = re.compile(
    r"同(?P<body>市|県|町|村|区|府|都|省|庁|局|機構|協議会|研究会|検討会|会議)(?=[のはがもでに、]|から)"
    rf"(?:の(?P<noun>{_PUBLICATION}))?"
)
"""同市では, 同県の報告書."""
PERSON = re.compile(
    r"(?:氏|大臣|議長|首脳|幹事|報道官|教員|講師|経営者|長官|首相|総理|知事|市長|町長|村長|区長|議員|委員長?|座長|会長|理事長|社長|教授|代表|担当者|部長|課長"
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
_NAME_OF_TABLE = re.compile(r"[^\d\W]{2,12}")
"""A name that a table gives a report in the cell before its title."""
_PLACE = re.compile(
    r"[「『]|^\s*同|^\s*第|^\s*(?:報告書?|計画|戦略|資料|素案)\s*[\d０-９第]|^\s*[\dⅠ-Ⅹ０-９①-⑳]"
)
"""What a remark must have to name a place."""
_SUBJECT = re.compile(r"は|では|が|によ(?:れば|ると)|に(?:は|お)")
_SAME = re.compile(r"\s*同(?:上|前|書|頁|ページ)?[、。]?\s*")
_OTHER_SAYS = re.compile(r"\s*(?:[（(][^（）()]*[）)])?\s*(?:によれば|によると)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A publication or speaker at one place of a manuscript."""

    paragraph: int
    span: Span
    report: Report | None
    """None for what is none of our reports."""
    known: Known | None = None

    @property
    def is_weak(self) -> bool:
        """True where only who made a report is named."""
        return self.known is Known.PUBLISHER


def mentions(paragraphs: Sequence[Paragraph], shelf: Shelf) -> list[Mention]:
    """Return all mentions in the order of the text; notes behind the body."""
    names = Names(shelf.reports)
    of_notes: dict[int, tuple[Report, ...]] = {}
    for _ in range(2):  # a name may be given behind its first use, and notes stand behind all
        reader = _Reader(shelf, names, of_notes)
        found = [
            mention
            for index, paragraph in enumerate(paragraphs)
            if paragraph.kind is not ParagraphKind.BLOCK_QUOTE
            for mention in reader.read(index, paragraph)
        ]
        of_notes = _of_notes(paragraphs, found)
        names.everywhere = tuple(m.report for m in found if m.report and m.known is Known.TITLE)
    return reader.resolved(found)


def _of_notes(
    paragraphs: Sequence[Paragraph], found: Sequence[Mention]
) -> dict[int, tuple[Report, ...]]:
    named: dict[int, tuple[Report, ...]] = {}
    for mention in found:
        at, report = mention.paragraph, mention.report
        if paragraphs[at].kind is ParagraphKind.NOTE and report and not mention.is_weak:
            others = tuple(other for other in named.get(at, ()) if other is not report)
            named[at] = (*others, report)
    return named


class _Reader:
    """Reads paragraph after paragraph and remembers which reports were named."""

    def __init__(
        self, shelf: Shelf, names: Names, of_notes: Mapping[int, tuple[Report, ...]]
    ) -> None:
        self._shelf = shelf
        self._of_notes = of_notes
        self._names = names
        self._latest: list[Report] = []
        self._spoken: list[Report] = []
        self._cell = ""

    def read(self, index: int, paragraph: Paragraph) -> Iterator[Mention]:
        text = paragraph.text
        found = list(self._titled(index, paragraph))
        for span, report in self._names.renamed(text):
            self._add(found, Mention(index, span, report, Known.AGAIN), text)
        for span, report, is_report in self._names.published(text, self._spoken):
            known = Known.AGAIN if is_report else Known.PUBLISHER
            self._add(found, Mention(index, span, report, known), text)
        found += self._noted(index, paragraph)
        for pattern in (_AGAIN, _BARE, _SAME_BODY, _PAPER):
            for match in pattern.finditer(text):
                self._add(found, self._again(index, match), text)
        found = [self._known_now(m, text) for m in sorted(found, key=lambda m: m.span.start)]
        yield from found
        yield from self._pinpoints(index, paragraph, found)
        self._learn(paragraph, found)

    def _noted(self, index: int, paragraph: Paragraph) -> Iterator[Mention]:
        """Yield an empty mention where a mark leads to a note on one report: 県の計画2)."""
        for mark in paragraph.marks:
            if len(reports := self._of_notes.get(mark.note, ())) == 1:
                is_subject = _SUBJECT.match(paragraph.text, mark.offset)
                known = Known.AGAIN if is_subject else Known.PUBLISHER
                yield Mention(index, Span(mark.offset, mark.offset), reports[0], known)

    def _pinpoints(
        self, index: int, paragraph: Paragraph, found: Sequence[Mention]
    ) -> Iterator[Mention]:
        """Yield an empty mention where a remark names a place of the report that is spoken of."""
        text, brackets = paragraph.text, bracketed(paragraph.text)
        for remark in REMARK.finditer(text):
            span = Span(*remark.span(1))
            if (
                not _PLACE.search(remark[1])
                or is_inside(span, brackets)
                or _overlaps(span, [m.span for m in found])
            ):
                continue
            before = [m.report for m in found if m.span.end <= span.start]
            for report in reversed([*self._spoken, *filter(None, before)]):
                if _SAME.fullmatch(remark[1]) or named_in(remark[1], report):
                    yield Mention(index, Span(span.start, span.start), report, Known.AGAIN)
                    break

    def _add(self, found: list[Mention], mention: Mention, text: str) -> bool:
        is_free = not is_inside(mention.span, bracketed(text))
        is_free &= not _overlaps(mention.span, [m.span for m in found])
        if is_free:
            found.append(mention)
        return is_free

    def _again(self, index: int, match: re.Match[str]) -> Mention:
        span = Span(*match.span())
        if match.re is _PAPER:
            return Mention(index, span, None, Known.AGAIN if self._is_last(match[0]) else None)
        if match.re is _SAME_BODY and not match["noun"]:
            return Mention(index, span, None, Known.PUBLISHER)
        return Mention(index, span, None, Known.AGAIN)

    def _known_now(self, mention: Mention, text: str) -> Mention:
        """Return a mention with the report that 同報告書 means here."""
        words, report = mention.span.of(text), mention.report
        if report is None and mention.known is Known.PUBLISHER:
            report = _last(self._spoken, lambda r: words[1:] in (r.metadata.publisher or ""))
        elif report is None and mention.known is Known.AGAIN:
            report = self._by_place(mention.span, text) or self._meant(words)
        if report is not None:
            self._spoken = [*(r for r in self._spoken if r is not report), report]
            if not mention.is_weak or not words:
                self._latest = [*(r for r in self._latest if r is not report), report]
        return replace(mention, report=report)

    def _by_place(self, span: Span, text: str) -> Report | None:
        """Return the report whose heading follows: 前掲「2.1 管路」."""
        behind = next((b for b in bracketed(text) if b.start == span.end), None)
        if behind is None or "前掲" not in span.of(text):
            return None
        named = Named(behind, text[behind.start + 1 : behind.end - 1])
        return _last(self._latest, lambda report: bool(sections_named(report, named)))

    def _meant(self, words: str) -> Report | None:
        latest = self._latest[-1] if self._latest else None
        if body := _SAME_BODY.match(words):
            return (
                _last(self._spoken, lambda r: body["body"] in (r.metadata.publisher or ""))
                or latest
            )
        noun = re.search(_PUBLICATION, words)
        if noun is None or (noun[0] in _ANY_SORT and words != noun[0]):
            return latest  # 同報告書 may be a plan
        return _last(self._latest, lambda r: is_sort_of(noun[0], r, self._given_to(r))) or latest

    def _given_to(self, report: Report) -> list[str]:
        return [name for name, other in self._names.given.items() if other is report]

    def _learn(self, paragraph: Paragraph, found: Sequence[Mention]) -> None:
        named = [(m.span, m.report) for m in sorted(found, key=lambda m: m.span.start) if m.report]
        self._names.learn(paragraph.text, named)
        self._names.learn_pair(paragraph.text, self._latest)
        if paragraph.kind is not ParagraphKind.CELL:
            return
        is_title = any(
            m.known is Known.TITLE and m.span.of(paragraph.text) == paragraph.text for m in found
        )
        if is_title and _NAME_OF_TABLE.fullmatch(self._cell):
            self._names.given[self._cell] = named[0][1]
        self._cell = paragraph.text

    def _is_last(self, words: str) -> bool:
        """True where 計画は speaks of a report of ours whose title ends in 計画."""
        noun = re.match(rf"(?:{_PUBLICATION})", words)
        last = self._latest[-1] if self._latest else None
        return bool(noun and last and last.metadata.title.endswith(noun[0]))

    def resolved(self, found: Sequence[Mention]) -> list[Mention]:
        """Give a report that is spoken of before it is named the one that is named first."""
        named = next((mention.report for mention in found if mention.report), None)
        return [
            replace(m, report=named) if m.known is Known.AGAIN and m.report is None else m
            for m in found
            if m.report or not m.is_weak
        ]

    def _titled(self, index: int, paragraph: Paragraph) -> Iterator[Mention]:
        text, brackets = paragraph.text, bracketed(paragraph.text)
        for span in brackets:
            words = text[span.start + 1 : span.end - 1]
            if found := self._names.titled(words, text[: span.start]):
                yield Mention(index, span, *found)
            elif self._is_other(words, text, span):
                yield Mention(index, span, None)
        plain = [*self._names.unbracketed(text)]
        if not plain and paragraph.kind in (ParagraphKind.NOTE, ParagraphKind.CELL):
            plain = [*self._names.listed(text)]
        for span, report, known in plain:
            if not any(b.start <= span.start and span.end <= b.end for b in brackets):
                yield Mention(index, span, report, known)

    def _is_other(self, words: str, text: str, span: Span) -> bool:
        """True for the title of what is none of our reports; a heading of ours is no title."""
        after = text[span.end : span.end + 60]
        kind = kind_of(words, text[span.start], after)
        is_source = kind is not None and _OTHER_SAYS.match(after)
        if not is_source and kind not in (Apart.TITLE, Apart.LAW):
            return False
        name = fold_text(words).text
        return bool(name) and not self._names.is_given(words) and not self._shelf.find([name])


def _last(reports: Sequence[Report], test: Callable[[Report], bool]) -> Report | None:
    return next((report for report in reversed(reports) if test(report)), None)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
