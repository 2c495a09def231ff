"""Composer for lists: all items of the one place that the question means.

Takes a query and hits; looks at every list near them (items of one section, sub-items of an
item, headings under a heading, rows of a table, entries of a cell) and gives all items of the
one whose title fits the question best, none from its neighbours.
"""

import re
from collections.abc import Sequence

from assistant.answer import Status
from assistant.composing.candidates import ListNear, lists_near
from assistant.composing.draft import Draft, named
from assistant.composing.match import Matcher
from assistant.composing.tables import compose_entry_scan, named_share
from assistant.refusing.particulars import contradicts
from assistant.understanding.understand import Query
from assistant.understanding.wanted import has
from corpus.model import PassageKind
from index.retrieve import Hit
from index.snapshot import Snapshot

_LOOKED_AT = 8
"""Hits whose surroundings may be the list that is meant."""
_INSIDE = 0.5
"""How much the best item counts beside the title of its list."""
_COUNT_FITS = 0.35
"""Added, as a share, where a list has as many items as the question expects."""
_CALLED = 0.99
"""Share of its characters from which the question names what an enumeration is called."""
_CAPTION = 0.2
"""Added, as a share, to what stands under a caption that the question names."""
_IN_TEXT = 0.15
"""Taken away, as a share, from the enumeration of a sentence: lists are more often meant."""
_ON_TOPIC = 0.8
"""Score, relative to the best hit, below which no list near is the one that is meant."""


_FORMS: tuple[tuple[PassageKind, re.Pattern[str]], ...] = (
    (PassageKind.CAPTION, re.compile(r"図|グラフ|写真|表題|図表")),
    (PassageKind.HEADING, re.compile(r"見出し|目次|構成(?!員)|何章|何節|章立て")),
    (PassageKind.ITEM, re.compile(r"箇条書")),
    (PassageKind.ROW, re.compile(r"表|名簿|一覧表|欄|行")),
)
"""Words that say what the items look like; the first that fits."""
_LOOKS_SO = 0.35
"""Added, as a share, to a list that looks as the question says."""


def compose_list(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> Draft | None:
    """Return all items of the list that `query` means, None where there is no list near."""
    best: tuple[float, ListNear] | None = None
    seen: set[tuple[str, ...]] = set()
    for hit in hits[:_LOOKED_AT]:
        report = snapshot.report(hit.passage.report_id)
        if query.quoted and hit.passage.table and hit.passage.kind is PassageKind.ROW:
            if scan := compose_entry_scan(query, report, hit.passage):
                return scan
        for candidate in lists_near(query, matcher, report, hit.passage):
            key = tuple(claim.text for claim in candidate.items)
            if len(key) < 2 or key in seen or not _may_be_meant(query, candidate):
                continue
            seen.add(key)
            score = _score(query, matcher, candidate, hits)
            if best is None or score > best[0]:
                best = (score, candidate)
    if best is None:
        return None
    score, found = best
    if score < _ON_TOPIC * hits[0].words:
        return None
    lead = f"{named(found.heading)}には次の{len(found.items)}点が挙げられています。"
    return Draft(Status.ANSWERED, lead, found.items, is_list=True)


def _may_be_meant(query: Query, candidate: ListNear) -> bool:
    """True where the items have the kind of thing that is asked for, of what is asked about."""
    if contradicts(query.asked, candidate.title):
        return False
    if candidate.is_inline and query.count not in (None, len(candidate.items)):
        return False
    return any(has(query.wanted, claim.text) for claim in candidate.items)


def _score(query: Query, matcher: Matcher, candidate: ListNear, hits: Sequence[Hit]) -> float:
    """Weigh how well the title of a list fits, what its best item adds, and its length."""
    title = matcher.share(candidate.title)
    inside = max(matcher.share(f"{candidate.title} {claim.text}") for claim in candidate.items)
    held = {source.passage.id for claim in candidate.items for source in claim.sources}
    hit = max((hit.score for hit in hits if hit.passage.id in held), default=0.0)
    fits = _COUNT_FITS if query.count == len(candidate.items) else 0.0
    called = bool(candidate.label) and named_share(query, candidate.label) >= _CALLED
    if candidate.is_inline:
        fits += _COUNT_FITS if called else -_IN_TEXT
    else:
        fits += (_LOOKS_SO if candidate.kind is _form(query) else 0) + (_CAPTION if called else 0)
    return (title + _INSIDE * max(inside, hit)) * (1 + fits)


def _form(query: Query) -> PassageKind | None:
    return next((kind for kind, says in _FORMS if says.search(query.asked)), None)
