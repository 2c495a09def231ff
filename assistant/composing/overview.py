"""Composer for a question that names a section or a label and nothing in it: all that it says.

Takes a query and hits; gives the items of the best section, or those under one label (【X】),
where the question does not tell them apart. Knows nothing about single facts.
"""

from collections.abc import Sequence

from assistant.answer import Status
from assistant.composing.draft import Claim, Draft, named, whole
from assistant.composing.match import Matcher
from assistant.composing.tables import named_share
from assistant.understanding.understand import Query
from assistant.understanding.wanted import has
from corpus.markup import quotable
from corpus.model import PassageKind
from index.retrieve import Hit
from index.snapshot import Snapshot

MOST_ITEMS = 6
LONGEST = 500
"""Characters; a longer section is too much for an answer that was not asked to be complete."""

MOST_LABELLED = 4
_LOOKED_AT = 3
"""Hits whose label may be the one that is meant."""
_LONGEST_LABEL = 20
_WHOLE = 0.99
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
    if not 1 <= len(items) <= MOST_ITEMS or sum(map(len, texts)) > LONGEST:
        return None
    title = matcher.covered(section.heading)
    left = max(matcher.weight(matcher.covered(text) - title) for text in texts)
    if matcher.share(section.heading) < _NAMED or left > _LEFT:
        return None
    claims = tuple(Claim(t, (whole(report, p),)) for t, p in zip(texts, items, strict=True))
    lead = f"{named(section.heading)}には次のとおり書かれています。"
    return Draft(Status.ANSWERED, lead, claims, is_list=len(claims) > 1)


def compose_labelled(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> Draft | None:
    """Return what stands under the label that the question names, None where it names none."""
    labelled = (h.passage for h in hits[:_LOOKED_AT] if h.passage.lead and _is_label(query, h))
    passage = next(labelled, None)
    if passage is None or passage.lead is None:
        return None
    report = snapshot.report(passage.report_id)
    opening = f"【{passage.lead}】"
    run = [
        p
        for p in report.passages_by_section[passage.section_id]
        if p.kind in _SAYING and (p.lead == passage.lead or p.text.startswith(opening))
    ]
    heading = report.section_by_id[passage.section_id].heading
    named_there = matcher.covered(f"{heading} {passage.lead}")
    having = [matcher.covered(p.text) - named_there for p in run]
    kept = [p for p, terms in zip(run, having, strict=True) if terms or not any(having)]
    texts = [quotable(p.text) for p in kept]
    fits = 1 < len(kept) <= MOST_LABELLED and sum(map(len, texts)) <= LONGEST
    if not fits or not any(has(query.wanted, text) for text in texts):
        return None
    claims = tuple(Claim(t, (whole(report, p),)) for t, p in zip(texts, kept, strict=True))
    lead = f"{named(heading)}の{named(passage.lead)}には次のとおり書かれています。"
    return Draft(Status.ANSWERED, lead, claims, is_list=True)


def _is_label(query: Query, hit: Hit) -> bool:
    """True where the question names the label that a passage stands under."""
    label = hit.passage.lead or ""
    return len(label) <= _LONGEST_LABEL and named_share(query, label) >= _WHOLE
