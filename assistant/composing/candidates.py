"""Every list near a hit: what may be the list that a question means.

Takes a passage; gives the items of its section, sub-items of an item, headings under a heading,
captions, rows of a table, entries of a cell, numbered sentences and the enumerations inside
one, each with what it is called. Knows nothing about which of them is meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.composing.draft import Claim, Source, whole
from assistant.composing.inline import ORDINAL, enumerations
from assistant.composing.match import Matcher
from assistant.composing.nesting import Node, items_of, nested, ways
from assistant.composing.tables import (
    NAMED,
    entry_claims,
    fitting_cell,
    named_cells,
    named_share,
    rows_of,
)
from assistant.refusing.shown import sign_of
from assistant.understanding.understand import Query
from corpus.japanese import sentences
from corpus.layout import MARKS
from corpus.markup import plain, quotable
from corpus.model import Passage, PassageKind, Report, Section, Span

_ITEM_KINDS = (PassageKind.ITEM, PassageKind.PARAGRAPH)
_LONGEST_NAME = 60
"""Characters; a list of longer items is a text, whose items are of no kind."""
_OF_KIND = 0.25
"""Share of the sought words that marks an item as of the asked kind."""
_RECURS = 3
"""Sections of one name from which the name tells only what part of a topic they are."""
_SAYS_MORE = 3
"""Characters beside its items from which a sentence is more than a list."""
_LONGEST_ITEM = 120
"""Characters; paragraphs longer than this are text, not items."""


@dataclass(frozen=True, slots=True)
class ListNear:
    """A candidate: where it stands, what it is called and its items."""

    report: Report
    title: str
    items: tuple[Claim, ...]
    heading: str
    is_inline: bool = False
    """True for the enumeration of one sentence."""
    is_part: bool = False
    """True for the items of a list that are of the asked kind."""
    label: str = ""
    """What such an enumeration, or the caption of a list, is called where it stands."""

    @property
    def kind(self) -> PassageKind:
        """What its items look like."""
        return self.items[-1].sources[0].passage.kind


def lists_near(
    query: Query, matcher: Matcher, report: Report, passage: Passage
) -> Iterator[ListNear]:
    """Yield the lists that a passage heads, belongs to or holds."""
    section = report.section_by_id[passage.section_id]
    if passage.table is not None:
        yield from _table_lists(query, matcher, report, passage, section)
        return
    siblings = report.passages_by_section[section.id]
    outermost = nested(report, section)
    yield from _nested_lists(query, matcher, report, section, outermost)
    marks = {way[-1].passage.id: way[-1].mark for way in ways(outermost)}
    for group in sorted({p.group for p in siblings if p.kind in _ITEM_KINDS}):
        run = [p for p in siblings if p.group == group]
        for found in _group_lists(report, section, run, marks):
            yield found
            yield from _kind_of(query, matcher, found)
        yield from _numbered_list(report, section, run)
    yield from _gapped_lists(report, section, siblings)
    if passage.kind in (*_ITEM_KINDS, PassageKind.NOTE) and sign_of(query.asked) is None:
        yield from _inline_lists(report, section, passage)
    for row in siblings:
        if row.kind is PassageKind.ROW:
            yield from _table_lists(query, matcher, report, row, section)
            break
    captions = [p for p in siblings if p.kind is PassageKind.CAPTION]
    yield ListNear(report, _title(report, section), _merged(report, captions), section.heading)
    for ancestor in (section, _parent(report, section)):
        if ancestor is not None:
            yield from _heading_list(query, matcher, report, ancestor)


def _parent(report: Report, section: Section) -> Section | None:
    return report.section_by_id[section.parent_id] if section.parent_id else None


def _title(report: Report, section: Section, lead: str | None = None) -> str:
    parent = _parent(report, section)
    above = _parent(report, parent) if parent and _recurs(report, section) else None
    names = (above.heading if above else "", parent.heading if parent else "")
    return " ".join(filter(None, (*names, section.heading, lead)))


def _recurs(report: Report, section: Section) -> bool:
    """True for a heading that stands in several places (背景, 課題, 方向性): it tells no topic."""
    return sum(other.heading == section.heading for other in report.sections) >= _RECURS


def _nested_lists(
    query: Query, matcher: Matcher, report: Report, section: Section, outermost: Sequence[Node]
) -> Iterator[ListNear]:
    """Yield what stands under each caption of a section (①, (1), 【取組】), and the captions."""
    for way in [(), *ways(outermost)]:
        nodes = items_of(way[-1].below if way else outermost)
        title = _title(report, section, " ".join(node.words for node in way))
        label = way[-1].name if way else ""
        runs = [run for node in nodes if (run := items_of(node.below))]
        deeper = tuple(inner for run in runs for inner in run)
        for items in (nodes, deeper if len(runs) > 1 and len(deeper) == query.count else ()):
            claims = tuple(_line(report, node) for node in items)
            found = ListNear(report, title, claims, section.heading, label=label)
            if len(claims) > 1:
                yield found
                yield from _kind_of(query, matcher, found)


def _line(report: Report, node: Node) -> Claim:
    return Claim(node.quote(report), (Source(report, node.passage, node.span),))


def _group_lists(
    report: Report, section: Section, group: Sequence[Passage], marks: Mapping[str, str]
) -> Iterator[ListNear]:
    """Yield the outer items of a run, and the sub-items of each of them."""
    opening = f"【{group[-1].lead}】"
    for lead in dict.fromkeys(p.lead for p in group):
        items = [p for p in group if p.lead == lead and _is_item(p)]
        if any(p.kind is PassageKind.ITEM for p in items):  # the rest continues an item
            items = [p for p in items if p.kind is PassageKind.ITEM]
        if lead is not None and group[0].text.startswith(opening):
            items = [group[0], *items]  # the line that holds the label holds items too
        title = _title(report, section, lead)
        if len({marks.get(p.id) for p in items if p.kind is PassageKind.ITEM}) < 2:
            yield ListNear(report, title, _merged(report, items), section.heading)


def _gapped_lists(
    report: Report, section: Section, siblings: Sequence[Passage]
) -> Iterator[ListNear]:
    """Yield the items under one lead that other text or blank lines part."""
    for lead in dict.fromkeys(p.lead for p in siblings if p.lead):
        items = [p for p in siblings if p.lead == lead and p.kind is PassageKind.ITEM]
        if len({p.group for p in items}) > 1:
            title = _title(report, section, lead)
            yield ListNear(report, title, _merged(report, items), section.heading)


def _inline_lists(report: Report, section: Section, passage: Passage) -> Iterator[ListNear]:
    """Yield the enumerations inside the sentences of a passage."""
    for span in _sentence_spans(passage):
        source = Source(report, passage, span)
        for found in enumerations(source.quote):
            title = f"{_title(report, section, passage.lead)} {plain(found.around)}"
            claims = tuple(Claim(item, (source,)) for item in dict.fromkeys(found.items))
            alone = passage.kind is PassageKind.PARAGRAPH and passage.lead is None
            is_all = alone and len(plain(found.around).strip("。、等 ")) < _SAYS_MORE
            label = found.label or (section.heading if is_all else "")
            yield ListNear(report, title, claims, section.heading, not is_all, label=label)


def _sentence_spans(passage: Passage) -> list[Span]:
    start = passage.span.start
    return [Span(start + p.start, start + p.end) for p in sentences(passage.text)]


def _numbered_list(
    report: Report, section: Section, group: Sequence[Passage]
) -> Iterator[ListNear]:
    """Yield the numbered sentences of a text (第一に…。第二に…。)."""
    claims: list[Claim] = []
    announced = ""
    for passage in group:
        for span in _sentence_spans(passage) if passage.kind is PassageKind.PARAGRAPH else ():
            source = Source(report, passage, span)
            if number := ORDINAL.match(source.quote):
                claims.append(Claim(source.quote[number.end() :], (source,)))
            elif not claims:
                announced = plain(source.quote)
    yield ListNear(report, _title(report, section, announced), tuple(claims), section.heading)


def _kind_of(query: Query, matcher: Matcher, found: ListNear) -> Iterator[ListNear]:
    """Yield the short items that are of the asked kind, where some of a list are (公募の委員)."""
    if any(len(claim.text) > _LONGEST_NAME for claim in found.items):
        return
    sought = matcher.covered(query.focus) - matcher.covered(found.title)
    having = [matcher.covered(claim.text) & sought for claim in found.items]
    most = max(map(matcher.weight, having), default=0.0)
    kept = [
        c for c, h in zip(found.items, having, strict=True) if most and matcher.weight(h) == most
    ]
    if most >= _OF_KIND and 1 < len(kept) < len(found.items):
        yield replace(found, items=tuple(kept), is_part=True)


def _is_item(passage: Passage) -> bool:
    words = plain(passage.text)
    is_line = len(words) <= _LONGEST_ITEM and not words.endswith(("：", ":"))
    return passage.kind is PassageKind.ITEM or (passage.kind is PassageKind.PARAGRAPH and is_line)


def _merged(report: Report, items: Sequence[Passage]) -> tuple[Claim, ...]:
    """Return the items as claims, those with the same words as one."""
    sources: dict[str, tuple[Source, ...]] = {}
    for passage in items:
        words = quotable(passage.text).lstrip(MARKS)
        sources[words] = (*sources.get(words, ()), whole(report, passage))
    return tuple(Claim(words, found) for words, found in sources.items())


def _heading_list(
    query: Query, matcher: Matcher, report: Report, section: Section
) -> Iterator[ListNear]:
    """Yield the headings directly under a section, where they are the list."""
    firsts = (report.passages_by_section[child.id][:1] for child in report.children[section.id])
    headings = [first[0] for first in firsts if first and first[0].kind is PassageKind.HEADING]
    if all(_recurs(report, child) for child in report.children[section.id]):
        return
    deeper = [
        inner
        for child in report.children[section.id]
        for grandchild in report.children[child.id]
        for inner in report.passages_by_section[grandchild.id][:1]
        if inner.kind is PassageKind.HEADING
    ]
    if section.level:
        title = _title(report, section)
        if len(deeper) == query.count:
            yield ListNear(report, title, _merged(report, deeper), section.heading)
        headings = _asked_items(query, matcher, headings, title)
        yield ListNear(report, title, _merged(report, headings), section.heading)


def _table_lists(
    query: Query, matcher: Matcher, report: Report, passage: Passage, section: Section
) -> Iterator[ListNear]:
    """Yield the entries of the asked cell, and the rows of the table."""
    table = passage.table
    assert table is not None
    title = _title(report, section, table.caption)
    if passage.kind is PassageKind.ROW and (
        cell := next(iter(named_cells(query, passage)), None)
        or fitting_cell(matcher, report, passage)
    ):
        label = table.row_label or ""
        if named_share(query, label) >= NAMED:
            heading = f"{section.heading}（{label}）"
            labels = " ".join(filter(None, table.column_labels))
            yield ListNear(
                report, f"{title} {label} {labels}", entry_claims(report, passage, cell), heading
            )
    rows = _asked_items(query, matcher, rows_of(report, passage), title)
    claims = tuple(_row_item(report, row) for row in rows)
    yield ListNear(report, title, claims, table.caption or section.heading)


def _asked_items(
    query: Query, matcher: Matcher, items: Sequence[Passage], title: str
) -> list[Passage]:
    """Return the items that have the sought words which tell items apart, else all items."""
    sought = matcher.covered(query.focus) - matcher.covered(title)
    having = [matcher.covered(plain(item.text)) & sought for item in items]
    telling = {term for terms in having for term in terms if sum(term in h for h in having) > 1}
    kept = [item for item, terms in zip(items, having, strict=True) if terms & telling]
    return kept if 1 < len(kept) < len(items) else list(items)


def _row_item(report: Report, row: Passage) -> Claim:
    """Return a row as an item: short rows whole, long ones by their label."""
    assert row.table is not None
    words = quotable(row.text)
    short = len(words) <= 60 or row.table.row_label is None
    if short and len(row.table.cells) > 1:
        words = "　".join(quotable(cell.span.of(report.text)) for cell in row.table.cells)
    return Claim(words if short else row.table.row_label or words, (whole(report, row),))
