"""What a mention of a report tells besides its title: publisher, dates, headings.

Takes a mention and its paragraph; gives `Told`, with the brackets that name places of the report
and are no quotations. A chain is read from the title on: 「題名」（令和元年6月）第2章「見出し」;
the first word that is no part of a reference ends it. Knows nothing about right and wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.checking.amounts import Day, amounts
from assistant.checking.kinds import kind_of
from assistant.checking.manuscript import Paragraph, ParagraphKind
from assistant.checking.mentions import SOURCE_LINE, Mention
from assistant.checking.places import Named, named_in, sections_named
from assistant.checking.prose import in_paren
from assistant.checking.quotations import bracketed, parts_of
from corpus.model import Span

_LINK = re.compile(
    r"[\s、，,・＞>/／:：]|(?:及び|並びに|および|ならびに|の)(?=[「『第表図])|(?:[（(][^（）()「」『』]*(?:[）)]|(?=以下[「『、])))|(?:表|図|図表|別表|別紙|資料|参考|注)\s?[\d０-９－\-.]*"
    r"|(?:令和|平成|昭和)?\s?[\d０-９元]+\s?年(?:度)?\s?(?:[\d０-９]+月)?(?:[\d０-９]+日)?(?:版|公表|策定|決定|発行)?"
    r"|[\d０-９]+\s?(?:ページ|頁)|pp?\.\s?[\d０-９\-–]+"
    r"|(?:の)?(?:行|列|欄|項|節|章|表|図)(?=[、，。）)」\s「『]|$|の)|概要|本文|中間|最終|（案）"
)
_SAID = re.compile(
    r"\s*(?:など|等)?と(?:い[うっわ]|の|[しすさ]|あ[るりっ]|述|記|指|明|書|説|定|位|示|評|結|な[っる]|、)"
)
"""What follows words of a report, and never a heading."""
_JOINS = re.compile(r"[、，,・]|及び|並びに|および|ならびに")
"""What stands between places of one rank; behind a title or a chapter there is none."""
_INSIDE = re.compile(r"(?:[^（）()]|[（(][^（）()]*[）)])*(?=[）)])")
_LONGEST_HEADING = 24
"""Characters of what stands right behind a title and may be a heading that does not exist."""
_USED = re.compile(r"\s*(?:に)?(?:利用|参照|閲覧|アクセス|取得|確認|現在|最終)")
_NUMBER = re.compile(
    r"第\s?(?:[\d０-９]+\s?(?:章|節|部|編|項)?|[一二三四五六七八九十]+\s?(?:章|節|部|編|項))(?![\d０-９期回次版号条年月日])"
    r"(?:[\s・、の]*(?:第\s?[\d０-９一二三四五六七八九十]+\s?(?:章|節|部|編|項)?|[\d０-９]{1,2}(?![\d０-９年月日])|[（(][\d０-９]{1,2}[）)]))*"
    r"|[\d０-９]{1,2}[.．\-－](?:[\d０-９]{1,2})?(?:[（(][\d０-９]{1,2}[）)])?(?![\d０-９年月日％%])|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[①-⑳]?"
)
_PUBLISHER = re.compile(
    r"([一-龥ァ-ヶー]{2,24}(?:省|庁|府|都|道|県|市|町|村|区|局|機構|委員会))[一-龥]{0,10}?\s*[（(、]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention tells."""

    mention: Mention
    end: int
    """Where the chain ends in the paragraph."""
    is_reference: bool
    """True where nothing else is said: a note, a 出典 line, a parenthesis."""
    publisher: str | None
    dates: tuple[tuple[Span, Day], ...]
    places: tuple[Named, ...]


def told(mention: Mention, paragraph: Paragraph, others: Sequence[Mention]) -> Told:
    """Return what `mention` tells.

    Args:
        mention: of a report of ours.
        paragraph: where it stands.
        others: all mentions of that paragraph; the next title ends the chain.
    """
    text = paragraph.text
    reference = _is_reference(paragraph, mention.span)
    limit = min(
        (
            other.span.start
            for other in others
            if other is not mention
            and other.span.start >= mention.span.end
            and _ends(other, text, reference)
        ),
        default=len(text),
    )
    chain = _Chain(text, mention, limit)
    if reference or is_source_below(text):
        chain.take_rest(text, limit)
    end = chain.end
    dates = tuple(
        (Span(a.span.start + mention.span.end, a.span.end + mention.span.end), a.value)
        for a in amounts(text[mention.span.end : end])
        if isinstance(a.value, Day)
        and not a.value.is_fiscal
        and not _USED.match(text, mention.span.end + a.span.end)
        and not chain.holds(mention.span.end + a.span.start)
    )
    publisher = _PUBLISHER.search(text[: mention.span.start])
    return Told(
        mention, end, reference, publisher[1] if publisher else None, dates, tuple(chain.places)
    )


def is_source_below(text: str) -> bool:
    """True for the line below a block quote that tells where it is from."""
    return text.lstrip().startswith(("―", "—", "─"))


def _ends(other: Mention, text: str, is_reference: bool) -> bool:
    """True where another publication begins; what reads like a title may name a place instead."""
    if other.is_weak:
        return False
    if other.report is not None or text[other.span.start] not in "「『":
        return True
    is_listed = text[: other.span.start].rstrip().endswith(("、", "，", "・", ","))
    return is_listed and not is_reference


class _Chain:
    """Reads on from a title: dates, numbers and headings, up to the first word of another kind."""

    def __init__(self, text: str, mention: Mention, limit: int) -> None:
        self.places: list[Named] = []
        self.end = position = mention.span.end
        self._report = mention.report
        brackets = {span.start: span for span in bracketed(text)}
        rank = 0
        if mention.span.start == mention.span.end and text[position - 1 : position] in ("（", "("):
            self._remark(text, position)
            return
        while position < limit:
            if span := brackets.get(position):
                if not self._is_place(text, span):
                    break
                self.places.append(Named(span, text[span.start + 1 : span.end - 1], False, rank))
                position = self.end = span.end
            elif text[position] in "（(" and self._remark(text, position + 1):
                position = self.end
            elif number := _NUMBER.match(text, position, limit):
                span = Span(*number.span())
                self.places.append(Named(span, number[0], True, rank))
                position = self.end = number.end()
            elif link := _LINK.match(text, position, limit):
                position = link.end()
                self.end = position if link[0].strip("、，,・の \u3000") else self.end
                rank += bool(self.places and _JOINS.fullmatch(link[0].strip()))
            else:
                break

    def _remark(self, text: str, start: int) -> bool:
        """Take the places of a remark that holds nothing else; `start` is behind its bracket."""
        inside = _INSIDE.match(text, start)
        found = named_in(inside[0], self._report) if inside and self._report else None
        if not inside or not found:
            return False
        for named in found:
            span = Span(named.span.start + start, named.span.end + start)
            self.places.append(replace(named, span=span))
        self.end = inside.end() + 1
        return True

    def take_rest(self, text: str, limit: int) -> None:
        """Take a heading without brackets that ends a reference: 「題名」② 地方鉄道."""
        rest = text[self.end : limit].rstrip("。）) \u3000")
        start = self.end + len(rest) - len(rest.lstrip("、，, \u3000"))
        named = Named(Span(start, self.end + len(rest)), text[start : self.end + len(rest)])
        if named.words and self._report and sections_named(self._report, named):
            self.places.append(named)
            self.end = named.span.end

    def _is_place(self, text: str, span: Span) -> bool:
        """True for a heading or its like; False for words that are quoted right behind a title."""
        words = text[span.start + 1 : span.end - 1]
        named = Named(span, words)
        if self._report is not None and sections_named(self._report, named):
            return not _SAID.match(text, span.end) or len(words) <= _LONGEST_HEADING
        if _SAID.match(text, span.end) or len(parts_of(words)) > 1:
            return False
        return kind_of(words, "「", "", True) is not None or len(words) < _LONGEST_HEADING

    def holds(self, offset: int) -> bool:
        """True inside of a place that the chain names."""
        return any(place.span.start <= offset < place.span.end for place in self.places)


def _is_reference(paragraph: Paragraph, span: Span) -> bool:
    is_source = bool(SOURCE_LINE.match(paragraph.text))
    return in_paren(paragraph.text, span) or is_source or paragraph.kind is ParagraphKind.NOTE
