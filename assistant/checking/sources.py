"""What a mention of a report tells besides its title: publisher, dates, headings.

Takes a mention and its paragraph; gives `Told`, with the brackets that name places of the report
and are no quotations. A chain is read from the title on: 「題名」（令和元年6月）第2章「見出し」;
the first word that is no part of a reference ends it. Knows nothing about right and wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.amounts import Day, amounts
from assistant.checking.folded import fold_text
from assistant.checking.manuscript import Paragraph, ParagraphKind
from assistant.checking.mentions import SOURCE_LINE, Mention
from assistant.checking.quotations import bracketed
from corpus.model import Report, Section, Span

_LINK = re.compile(
    r"[\s、，,・＞>/／:：]|の(?=[「『第表図])|(?:[（(][^（）()「」『』]*[）)])|(?:表|図|図表|別表|別紙|資料|参考|注)\s?[\d０-９－\-.]*"
    r"|(?:令和|平成|昭和)?\s?[\d０-９元]+\s?年(?:度)?\s?(?:[\d０-９]+月)?(?:[\d０-９]+日)?(?:版|公表|策定|決定|発行)?"
    r"|第\s?[\d０-９一二三四五六七八九十]+\s?(?:章|節|部|編|項)|[\d０-９]+\s?(?:ページ|頁)|pp?\.\s?[\d０-９\-–]+"
    r"|(?:の)?(?:行|列|欄|項|節|章|表|図)(?=[、，。）)」\s「『]|$|の)|概要|本文|中間|最終|（案）"
)
_USED = re.compile(r"\s*(?:に)?(?:利用|参照|閲覧|アクセス|取得|確認|現在|最終)")
_CHAPTER = re.compile(r"第\s?([\d０-９一二三四五六七八九十]+)\s?(章|節|部|編)")
_PUBLISHER = re.compile(
    r"([一-龥ァ-ヶー]{2,24}(?:省|庁|府|都|道|県|市|町|村|区|局|機構|委員会))[一-龥]{0,10}?\s*[（(、]?\s*$"
)
_NUMBERING = re.compile(
    r"^(?:第?[\d一二三四五六七八九十]+[章節部項編条]|\d+(?:[.\-]\d+)*|\([\da-zア-ン一-十]+\)|[IVX]+|[ア-ン](?=[.)、])|[◆■●○◎▪・☆])"
    r"[.:、)]*"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a reference names."""

    span: Span
    """In its paragraph, brackets included."""
    words: str
    is_chapter: bool = False
    """A bare number: 第2章."""


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
            if other.span.start >= mention.span.end and _ends(other, text, reference)
        ),
        default=len(text),
    )
    end, brackets = _chain(text, mention.span.end, limit)
    dates = tuple(
        (Span(a.span.start + mention.span.end, a.span.end + mention.span.end), a.value)
        for a in amounts(text[mention.span.end : end])
        if isinstance(a.value, Day)
        and not a.value.is_fiscal
        and not _USED.match(text, mention.span.end + a.span.end)
    )
    publisher = _PUBLISHER.search(text[: mention.span.start])
    chapters = [
        Named(Span(m.start(), m.end()), m[0], True)
        for m in _CHAPTER.finditer(text, mention.span.end, end)
        if not any(span.start < m.start() < span.end for span in brackets)
    ]
    named = [Named(span, text[span.start + 1 : span.end - 1]) for span in brackets]
    places = tuple(sorted((*chapters, *named), key=lambda place: place.span.start))
    return Told(mention, end, reference, publisher[1] if publisher else None, dates, places)


def _ends(other: Mention, text: str, is_reference: bool) -> bool:
    """True where another publication begins; what reads like a title may name a place instead."""
    if other.report is not None or text[other.span.start] not in "「『":
        return True
    is_listed = text[: other.span.start].rstrip().endswith(("、", "，", "・", ","))
    return is_listed and not is_reference


def _chain(text: str, start: int, limit: int) -> tuple[int, list[Span]]:
    outer = {span.start: span for span in bracketed(text)}
    found: list[Span] = []
    position = end = start
    while position < limit:
        if position in outer:
            found.append(outer[position])
            position = end = outer[position].end
        elif link := _LINK.match(text, position, limit):
            position = link.end()
            end = position if link[0].strip("、，,・の \u3000") else end
        else:
            break
    return end, found


def _is_reference(paragraph: Paragraph, span: Span) -> bool:
    before = paragraph.text[: span.start]
    depth = sum(before.count(c) for c in "（(") - sum(before.count(c) for c in "）)")
    is_source = bool(SOURCE_LINE.match(paragraph.text))
    return depth > 0 or is_source or paragraph.kind is ParagraphKind.NOTE


def sections_named(report: Report, named: Named) -> frozenset[str]:
    """Return the ids of the sections that a reference may mean: by heading, caption or label."""
    wanted = fold_text(named.words).text
    if named.is_chapter:
        found = {s.id for s in report.sections if fold_text(s.heading).text.startswith(wanted)}
        return _with_below(report, found)
    bare = bare_heading(wanted)
    found = {
        section.id
        for section in report.sections
        if (heading := fold_text(section.heading).text) == wanted
        or (bare and bare_heading(heading) == bare)
    }
    return _with_below(report, found) or _by_label(report, wanted)


def bare_heading(folded: str) -> str:
    """Return a folded heading without its number."""
    while (shorter := _NUMBERING.sub("", folded, count=1)) != folded and shorter:
        folded = shorter
    return folded


def _with_below(report: Report, found: set[str]) -> frozenset[str]:
    def is_inside(section: Section) -> bool:
        return any(above.id in found for above in report.ancestors(section.id))

    return frozenset(section.id for section in report.sections if is_inside(section))


def _by_label(report: Report, wanted: str) -> frozenset[str]:
    """Return the sections of the tables and captions that go by that name."""
    found = set()
    for passage in report.passages:
        table = passage.table
        labels = [table.caption, table.row_label, *table.column_labels] if table else []
        names = [passage.text, *labels] if len(passage.text) < 2 * len(wanted) + 20 else labels
        if any(name and fold_text(name).text == wanted for name in names):
            found.add(passage.section_id)
    return frozenset(found)
