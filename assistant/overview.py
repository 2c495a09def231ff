"""Composer for a question that names a section and nothing in it: all that the section says.

Takes a query and hits; gives the items of the best section where the question does not tell
them apart. Knows nothing about single facts.
"""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.draft import Claim, Draft, named, whole
from assistant.match import Matcher
from assistant.understand import Query
from corpus.markup import quotable
from corpus.model import PassageKind
from index.retrieve import Hit
from index.snapshot import Snapshot

MOST_ITEMS = 6
LONGEST = 500
"""Characters; a longer section is too much for an answer that was not asked to be complete."""

_NAMED = 0.75
"""Share of the sought words that the heading alone must have."""
_LEFT = 0.15
"""Share of the sought words beyond which the question tells the items apart."""
_SAYING = (PassageKind.ITEM, PassageKind.PARAGRAPH)


def compose_overview(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> Draft | None:
    """Return what the section that the question names says, None where it names none."""
    if query.wanted is not None or not hits:
        return None
    passage = hits[0].passage
    report = snapshot.report(passage.report_id)
    section = report.section_by_id[passage.section_id]
    inside = report.passages_by_section[section.id]
    items = [p for p in inside if p.kind in _SAYING and not p.depth]
    texts = [quotable(item.text) for item in items]
    if not 1 < len(items) <= MOST_ITEMS or sum(map(len, texts)) > LONGEST:
        return None
    title = matcher.covered(section.heading)
    left = max(matcher.weight(matcher.covered(text) - title) for text in texts)
    if matcher.share(section.heading) < _NAMED or left > _LEFT:
        return None
    claims = tuple(Claim(t, (whole(report, p),)) for t, p in zip(texts, items, strict=True))
    lead = f"{named(section.heading)}には次のとおり書かれています。"
    return Draft(Status.ANSWERED, lead, claims, is_list=True)
