"""Composer for lists: all items of the one place that the question means.

Takes a query and hits; looks at every list near them (items of one section, sub-items of an
item, headings under a heading, rows of a table, entries of a cell) and gives all items of the
one whose title fits the question best, none from its neighbours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.draft import Claim, Draft, whole
from assistant.match import Matcher
from assistant.tables import asked_cell, compose_entry_scan, entry_claims, named_share, rows_of
from assistant.understand import Query
from corpus.markup import plain, quotable
from corpus.model import Passage, PassageKind, Report, Section
from index.retrieve import Hit
from index.snapshot import Snapshot

_LOOKED_AT = 8
"""Hits whose surroundings may be the list that is meant."""
_INSIDE = 0.5
"""How much the best item counts beside the title of its list."""
_COUNT_FITS = 0.35
"""Added where a list has as many items as the question expects."""
_ITEM_KINDS = (PassageKind.ITEM, PassageKind.PARAGRAPH)
_LONGEST_ITEM = 120
"""Characters; paragraphs longer than this are text, not items."""


@dataclass(frozen=True, slots=True)
class _List:
    """A candidate: where it stands, what it is called and its items."""

    report: Report
    title: str
    items: tuple[Claim, ...]
    heading: str


def compose_list(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> Draft | None:
    """Return all items of the list that `query` means, None where there is no list near."""
    best: tuple[float, _List] | None = None
    seen: set[tuple[str, ...]] = set()
    for hit in hits[:_LOOKED_AT]:
        report = snapshot.report(hit.passage.report_id)
        if query.quoted and hit.passage.table and hit.passage.kind is PassageKind.ROW:
            if scan := compose_entry_scan(query, report, hit.passage):
                return scan
        for candidate in _lists_near(query, matcher, report, hit.passage):
            key = tuple(claim.text for claim in candidate.items)
            if len(key) < 2 or key in seen:
                continue
            seen.add(key)
            score = _score(query, matcher, candidate, hit)
            if best is None or score > best[0]:
                best = (score, candidate)
    if best is None:
        return None
    score, found = best
    lead = f"「{found.heading}」には次の{len(found.items)}点が挙げられています。"
    return Draft(lead, found.items, is_list=True, score=score)


def _score(query: Query, matcher: Matcher, candidate: _List, hit: Hit) -> float:
    title = matcher.share(candidate.title)
    inside = max(matcher.share(f"{candidate.title} {claim.text}") for claim in candidate.items)
    fits = _COUNT_FITS if query.count == len(candidate.items) else 0.0
    return title + _INSIDE * max(inside, hit.score) + fits


def _lists_near(
    query: Query, matcher: Matcher, report: Report, passage: Passage
) -> Iterator[_List]:
    """Yield the lists that a passage heads, belongs to or holds."""
    section = report.section_by_id[passage.section_id]
    if passage.table is not None:
        yield from _table_lists(query, matcher, report, passage, section)
        return
    siblings = report.passages_by_section[section.id]
    for group in sorted({p.group for p in siblings if p.kind in _ITEM_KINDS}):
        yield from _group_lists(report, section, [p for p in siblings if p.group == group])
    for row in siblings:
        if row.kind is PassageKind.ROW:
            yield from _table_lists(query, matcher, report, row, section)
            break
    for ancestor in (section, _parent(report, section)):
        if ancestor is not None:
            yield from _heading_list(report, ancestor)


def _parent(report: Report, section: Section) -> Section | None:
    return report.section_by_id[section.parent_id] if section.parent_id else None


def _title(report: Report, section: Section, lead: str | None = None) -> str:
    parent = _parent(report, section)
    return " ".join(filter(None, (parent.heading if parent else "", section.heading, lead)))


def _group_lists(report: Report, section: Section, group: Sequence[Passage]) -> Iterator[_List]:
    """Yield the outer items of a run, and the sub-items of each of them."""
    leads = list(dict.fromkeys(p.lead for p in group))
    for lead in leads:
        items = [p for p in group if p.lead == lead and p.kind in _ITEM_KINDS]
        if any(
            len(plain(p.text)) > _LONGEST_ITEM and p.kind is PassageKind.PARAGRAPH for p in items
        ):
            continue
        if not any(p.kind is PassageKind.ITEM for p in items) and lead is None:
            items = [p for p in items if len(plain(p.text)) <= _LONGEST_ITEM]
        claims = tuple(Claim(quotable(p.text), (whole(report, p),)) for p in items)
        yield _List(report, _title(report, section, lead), claims, section.heading)


def _heading_list(report: Report, section: Section) -> Iterator[_List]:
    """Yield the headings directly under a section, where they are the list."""
    claims = []
    for child in report.children[section.id]:
        heading = report.passages_by_section[child.id][:1]
        if heading and heading[0].kind is PassageKind.HEADING:
            claims.append(Claim(child.heading, (whole(report, heading[0]),)))
    if section.level:
        yield _List(report, _title(report, section), tuple(claims), section.heading)


def _table_lists(
    query: Query, matcher: Matcher, report: Report, passage: Passage, section: Section
) -> Iterator[_List]:
    """Yield the entries of the asked cell, and the rows of the table."""
    table = passage.table
    assert table is not None
    title = _title(report, section, table.caption)
    if passage.kind is PassageKind.ROW and (cell := asked_cell(query, matcher, report, passage)):
        label = table.row_label or ""
        if named_share(query, label) >= 0.5:
            heading = f"{section.heading}（{label}）"
            labels = " ".join(filter(None, table.column_labels))
            yield _List(
                report, f"{title} {label} {labels}", entry_claims(report, passage, cell), heading
            )
    rows = _asked_rows(query, matcher, report, rows_of(report, passage), title)
    claims = tuple(_row_item(report, row) for row in rows)
    yield _List(report, title, claims, table.caption or section.heading)


def _asked_rows(
    query: Query, matcher: Matcher, report: Report, rows: Sequence[Passage], title: str
) -> list[Passage]:
    """Return the rows that have the sought words which tell rows apart, else all rows."""
    sought = matcher.covered(query.focus) - matcher.covered(title)
    having = [matcher.covered(plain(row.text)) & sought for row in rows]
    telling = {term for terms in having for term in terms if sum(term in h for h in having) > 1}
    kept = [row for row, terms in zip(rows, having, strict=True) if terms & telling]
    return kept if 1 < len(kept) < len(rows) else list(rows)


def _row_item(report: Report, row: Passage) -> Claim:
    """Return a row as an item: short rows whole, long ones by their label."""
    assert row.table is not None
    words = quotable(row.text)
    short = len(words) <= 60 or row.table.row_label is None
    if short and len(row.table.cells) > 1:
        words = "　".join(quotable(cell.span.of(report.text)) for cell in row.table.cells)
    return Claim(words if short else row.table.row_label or words, (whole(report, row),))
