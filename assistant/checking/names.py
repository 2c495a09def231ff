"""The names by which a draft calls the reports: titles, names that it gives itself, publishers.

Takes reports and the mentions read so far; gives which report a name means. Knows nothing about
quotations and what a mention tells besides.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from assistant.checking.folded import fold_text
from corpus.model import Report, Span

_QUOTED_ALIAS = r"[「『](?P<quoted>[^「」『』]{2,30})[」』]"
_GIVEN = re.compile(
    rf"以下[、，]?\s?(?:単に)?(?:{_QUOTED_ALIAS}|(?P<plain>[^「」『』（）()、。，\s]{{2,20}}?)(?=と(?:いう|する|略|呼|記)|[。]?[）)]))"
)
"""（以下「戦略」という。）, (以下、県報告)."""
_MEANT = re.compile(rf"{_QUOTED_ALIAS}とあるのは")
_FORMER = re.compile(
    r"前者を[「『](?P<former>[^」』]{2,20})[」』].{0,6}?後者を[「『](?P<latter>[^」』]{2,20})[」』]"
)
_LABEL = re.compile(r"^(?P<label>[一-龥]{0,3}[A-ZＡ-Ｚ])[\s\u3000：:．.]+")
"""At the beginning of a line that names a report: 「Ａ　総務省「…」」."""
_GAP = 60
"""Characters between a title and the name that the draft gives it."""
_SHORT_TITLE = 6
"""Folded characters; a shorter bracket that only resembles a title is no title."""
_SLIPS = 0.16
"""Share of a title's characters that may differ for it to be that title, written wrongly."""
_SLIPS_CITED = 0.4
"""The same where its publisher stands right before it."""
_BODY = re.compile(r"^[一-龥ァ-ヶー]{1,8}?(?:都|道|府|県|市|町|村|区|省|庁|局|会|機構)")
_ITS = re.compile(
    r"の(?:(?P<body>[一-龥ァ-ヶー]{2,10})の)?(?P<noun>[一-龥ァ-ヶー]{2,8}|[ぁ-ん]{1,4}まとめ)"
)
"""What a body has made: 瑞原県の検討会の報告書."""
_KANJI_OR_KANA = "一-龥ァ-ヶー々A-Za-zＡ-Ｚａ-ｚ"


class Known(StrEnum):
    """How a report is recognised."""

    TITLE = "title"
    SHORTENED = "shortened"
    """Part of its title."""
    SLIP = "slip"
    """Its title with a slip."""
    AGAIN = "again"
    """By 同報告書, 前掲 or a name that the draft gave it."""
    PUBLISHER = "publisher"
    """By who made it: 霧沢市では. It tells what is spoken of, and nobody's words."""


class Names:
    """Which report a name means."""

    def __init__(self, reports: Sequence[Report]) -> None:
        """Know `reports` by their titles and publishers."""
        self._titles = {fold_text(r.metadata.title).text: r for r in reports}
        self._bodies = _bodies(reports)
        self.everywhere: tuple[Report, ...] = ()
        """Reports that the draft names by their titles, once it has been read."""
        self.given: dict[str, Report] = {}
        """Names that the draft gives."""

    def titled(self, words: str, before: str = "") -> tuple[Report, Known] | None:
        """Return the report whose title bracketed `words` are, perhaps written wrongly.

        Args:
            words: what stands in the brackets.
            before: the text before them.
        """
        name = fold_text(words).text
        if name in self._titles:
            return self._titles[name], Known.TITLE
        if name in map(_folded, self.given) or len(name) < _SHORT_TITLE:
            return None
        return self._resembled(name, before)

    def _resembled(self, name: str, before: str) -> tuple[Report, Known] | None:
        from rapidfuzz.distance import Levenshtein

        for title, report in self._titles.items():
            longer, shorter = sorted((len(name), len(title)), reverse=True)
            if (name in title or title in name) and 2 * shorter >= longer:
                return report, Known.SHORTENED
        for title, report in self._titles.items():
            is_cited = before.rstrip(" \u3000（(の").endswith(report.metadata.publisher or "\n")
            allowed = max(1, int(len(title) * (_SLIPS_CITED if is_cited else _SLIPS)))
            if Levenshtein.distance(name, title, score_cutoff=allowed) <= allowed:
                return report, Known.SLIP
        return None

    def unbracketed(self, text: str) -> Iterator[tuple[Span, Report, Known]]:
        """Yield where titles stand without brackets, as in a list of references or a table."""
        folded = fold_text(text)
        for title, report in self._titles.items():
            start = folded.text.find(title) if len(title) >= _SHORT_TITLE else -1
            while start >= 0:
                yield folded.source(start, start + len(title)), report, Known.TITLE
                start = folded.text.find(title, start + len(title))

    def listed(self, text: str) -> Iterator[tuple[Span, Report, Known]]:
        """Yield what a reference of the form 「著者. 題名. 年」 gives as a title, with slips."""
        pieces = list(re.finditer(r"[^.．]+", text))
        for before, piece in zip(pieces, pieces[1:], strict=False):
            words = piece[0].strip()
            found = self.titled(words, before[0]) if words else None
            if found and found[1] is Known.SLIP:
                start = piece.start() + piece[0].index(words)
                yield Span(start, start + len(words)), *found

    def renamed(self, text: str) -> Iterator[tuple[Span, Report]]:
        """Yield where a name stands whole that the draft has given a report."""
        for name, report in self.given.items():
            before = "" if name[0] in "ＡＢＣＤＥABCDE" else _KANJI_OR_KANA
            pattern = (
                rf"(?<![{before}A-Za-z]){re.escape(name)}(?:(?![{_KANJI_OR_KANA}])|(?=[第表図]))"
            )
            for match in re.finditer(pattern, text):
                yield Span(*match.span()), report

    def published(self, text: str, latest: Sequence[Report]) -> Iterator[tuple[Span, Report, bool]]:
        """Yield where who made a report is named; True where 瑞原県の報告書 means the report.

        Args:
            text: of a paragraph.
            latest: reports in the order in which the draft named them, the latest last.
        """
        for body, reports in self._bodies.items():
            for match in re.finditer(
                rf"(?<![一-龥]){re.escape(body)}(?=[のはがもでに、]|から|及び)", text
            ):
                noun = _ITS.match(text, match.end())
                those = [r for r in reports if noun and is_sort_of(noun["noun"], r)]
                if noun and noun["body"] and len(those) > 1:
                    those = [r for r in those if noun["body"] in (r.metadata.publisher or "")]
                if len(those or reports) > 1:
                    those = [r for r in those if r in self.everywhere] or those
                report = next((r for r in reversed(latest) if r in (those or reports)), None)
                if report is None and len(those or reports) == 1:
                    report = (those or reports)[0]
                if report is not None:
                    end = noun.end() if noun and those else match.end()
                    yield Span(match.start(), end), report, bool(those)

    def learn(self, text: str, found: Sequence[tuple[Span, Report]]) -> None:
        """Take up the names that a paragraph gives to the reports that it mentions.

        Args:
            text: of the paragraph.
            found: the mentions of reports in it, ascending.
        """
        for given in _GIVEN.finditer(text):
            name = given["quoted"] or given["plain"]
            before = [(span, r) for span, r in found if span.end <= given.start()]
            if before and "。" not in text[before[-1][0].end : given.start()].removesuffix("。"):
                if given.start() - before[-1][0].end <= _GAP:
                    self.given[name] = before[-1][1]
        for meant in _MEANT.finditer(text):
            behind = [r for span, r in found if span.start >= meant.end()]
            if behind:
                self.given[meant["quoted"]] = behind[0]
        if "。" in text or not found:
            return
        if (label := _LABEL.match(text)) and found[0][0].start <= label.end() + 20:
            self.given[label["label"]] = found[0][1]

    def learn_pair(self, text: str, latest: Sequence[Report]) -> None:
        """Take up 「前者を「戦略」、後者を「計画」と呼ぶ」 for the two reports named last."""
        if (pair := _FORMER.search(text)) and len(latest) > 1:
            self.given[pair["former"]], self.given[pair["latter"]] = latest[-2:]

    def is_given(self, words: str) -> bool:
        """True for a name that the draft has given a report."""
        return fold_text(words).text in map(_folded, self.given)


def is_sort_of(noun: str, report: Report, names: Sequence[str] = ()) -> bool:
    """True where 同計画 may mean the report: its title or one of its other names holds 計画."""
    core = re.sub(r"^(?:同|当該|上記|前掲の?|上掲の?)|(?:書|概要資料|資料)$|^(?:取り|と)", "", noun)
    core = "まとめ" if "まとめ" in core else core or "資料"
    if noun.endswith("資料"):
        core = "資料"
    return any(core in name for name in (report.metadata.title, *names))


def _folded(name: str) -> str:
    return fold_text(name).text


def _bodies(reports: Sequence[Report]) -> dict[str, list[Report]]:
    found: dict[str, list[Report]] = {}
    for report in reports:
        names = {report.metadata.publisher, report.metadata.bureau}
        body = _BODY.match(report.metadata.publisher or "")
        for name in filter(None, {*names, body[0] if body else None}):
            found.setdefault(name, []).append(report)
    return found


def is_inside(span: Span, brackets: Sequence[Span]) -> bool:
    """True where a stretch lies inside of brackets."""
    return any(outer.start < span.start and span.end < outer.end for outer in brackets)
