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
from corpus.markup import fold
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
_PAIR_ASKED = re.compile(r"(何|誰|だれ|なに|どこ|どれ)と\1|両方|双方")
_TWO, _PAIR = 2, 0.4
"""Taken away from two nouns that a sentence joins: most of them are no list."""
_NAMES = re.compile(r"名称|名前|キーワード|用語|言葉|氏名|項目名")
_NAME, _SHORT = 30, 0.2
"""Characters of a name; added, as a share, to a list of names where names are asked for."""
_NUMBER = re.compile(r"^(?:[第\d０-９ivxⅠ-Ⅻ①-⑳（(]+[章節部編)）]?[.．、\s\u3000]*)?")
"""Before a heading: 5., 第2章, (3), ⑥."""
_FIELD = re.compile(r"[^\s。、：:]{1,8}[：:]")
"""Lines of a form (担当：, 工程：) are no list."""
_NARROWER = 0.05
"""Added, as a share, to the items of the asked kind: they are meant rather than all."""
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
    best: tuple[tuple[bool, float], ListNear] | None = None
    seen: set[tuple[str, ...]] = set()
    for number, hit in enumerate(hits[:_LOOKED_AT]):
        report = snapshot.report(hit.passage.report_id)
        if query.quoted and hit.passage.table and hit.passage.kind is PassageKind.ROW:
            scan = compose_entry_scan(query, report, hit.passage)
            if scan and (not number or len(scan.claims) > 1):
                return scan
        for candidate in lists_near(query, matcher, report, hit.passage):
            key = tuple(claim.text for claim in candidate.items)
            if len(key) < 2 or key in seen or not _may_be_meant(query, candidate):
                continue
            seen.add(key)
            score = _is_quoted(query, candidate), _score(query, matcher, candidate, hits)
            if best is None or score > best[0]:
                best = (score, candidate)
    if best is None:
        return None
    score, found = best
    if score < (False, _ON_TOPIC * hits[0].words):
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


def _is_quoted(query: Query, candidate: ListNear) -> bool:
    """True where the question puts the name of this very list in 「」."""
    names = {fold(_NUMBER.sub("", n)) for n in (candidate.heading, candidate.label) if n}
    return any(fold(quoted) in names for quoted in query.quoted)


def _score(query: Query, matcher: Matcher, candidate: ListNear, hits: Sequence[Hit]) -> float:
    """Weigh how well the title of a list fits, what its best item adds, and its length."""
    title = matcher.share(candidate.title)
    inside = max(matcher.share(f"{candidate.title} {claim.text}") for claim in candidate.items)
    held = {source.passage.id for claim in candidate.items for source in claim.sources}
    hit = max((hit.score for hit in hits if hit.passage.id in held), default=0.0)
    fits = _COUNT_FITS if query.count == len(candidate.items) else 0.0
    label = candidate.label or ("" if candidate.is_inline else candidate.heading)
    label = _NUMBER.sub("", label)
    is_form = candidate.kind is PassageKind.PARAGRAPH and all(
        _FIELD.match(claim.text) for claim in candidate.items
    )
    called = bool(label) and not is_form and named_share(query, label) >= _CALLED
    if _NAMES.search(query.asked) and all(len(c.text) <= _NAME for c in candidate.items):
        fits += _SHORT
    if candidate.is_inline:
        fits += _COUNT_FITS if called else -_IN_TEXT
        asked = query.count == _TWO or _PAIR_ASKED.search(query.asked)
        fits -= _PAIR if len(candidate.items) == _TWO and not asked else 0
    else:
        fits += (_LOOKS_SO if candidate.kind is _form(query) else 0) + (_CAPTION if called else 0)
    fits += _NARROWER if candidate.is_part else 0
    return (title + _INSIDE * max(inside, hit)) * (1 + fits)


def _form(query: Query) -> PassageKind | None:
    return next((kind for kind, says in _FORMS if says.search(query.asked)), None)
