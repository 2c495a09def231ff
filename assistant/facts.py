"""Composer for single facts: the sentence that answers, and others that its rest needs.

Takes a query and hits; gives a draft of one to three sentences. A further place is added only
where it speaks to a part of the question that the first ones leave open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import phrases
from assistant.abstain import may_answer
from assistant.answer import Status
from assistant.draft import Claim, Draft, Source, named, whole
from assistant.match import Matcher
from assistant.tables import NAMED, named_share, row_claim
from assistant.understand import Query
from assistant.wanted import has
from corpus.characters import search_form
from corpus.japanese import sentences
from corpus.markup import plain, quotable
from corpus.model import Passage, PassageKind, Report, Span
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

MOST_PLACES = 3
_NEW_SHARE = {True: 0.15, False: 0.4}
"""Share of the sought words that a further place must add: little where the question has parts."""
_NEAR_BEST = 0.5
"""Score, relative to the best hit, below which no further place is taken."""
_ANNOUNCING = (PassageKind.HEADING, PassageKind.CAPTION, PassageKind.LABELS)
_SHORT = 90
"""Characters; a passage of this length is shown whole, a longer one is cut to its sentences."""


@dataclass(frozen=True, slots=True)
class _Context:
    query: Query
    matcher: Matcher
    snapshot: Snapshot

    def report(self, passage: Passage) -> Report:
        return self.snapshot.report(passage.report_id)


def compose_fact(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> Draft | None:
    """Return the sentences that answer `query`, None where no hit has what is wanted."""
    context = _Context(query, matcher, snapshot)
    chosen: list[Passage] = []
    covered: frozenset[str] = frozenset()
    best = hits[0].score if hits else 0.0
    for hit in _definitions_first(query, hits):
        if len(chosen) == MOST_PLACES or hit.score < _NEAR_BEST * best:
            break
        passage = _source_line(context, hit.passage) or _speaking(context, hit.passage)
        if passage in chosen or not _says_it(context, passage):
            continue
        terms = matcher.covered(
            f"{plain(passage.text)} {passage.lead or ''} {_heading(context, passage)}"
        )
        adds = matcher.weight(terms - covered) >= _NEW_SHARE[query.has_parts]
        if chosen and (not adds or _repeats(passage, chosen)):
            continue
        chosen.append(passage)
        covered |= terms
    if not chosen:
        return None
    table = chosen[0].table
    unit = f"（単位：{table.unit}）" if table and table.unit else ""
    lead = f"{named(_heading(context, chosen[0]))}に次の記述があります{unit}。"
    return Draft(Status.ANSWERED, lead, tuple(_claim(context, passage) for passage in chosen))


def _speaking(context: _Context, passage: Passage) -> Passage:
    """Return the passage itself, or the best of what stands under it where it only announces."""
    kind = context.query.wanted
    says = kind is not None and has(kind, passage.text)
    if passage.kind not in _ANNOUNCING or (says and passage.kind is not PassageKind.LABELS):
        return passage
    report = context.report(passage)
    sections = [passage.section_id, *(c.id for c in report.children[passage.section_id])]
    for inside in (sections[:1], sections[1:]):
        below = [
            other
            for section_id in inside
            for other in report.passages_by_section[section_id]
            if other.span.start > passage.span.start and other.kind not in _ANNOUNCING
        ]
        if below:
            return max(below, key=lambda other: context.matcher.share(plain(other.text)))
    return passage


def _definitions_first(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits, those first that say what the term means, where that is asked for."""
    if query.defined is None:
        return list(hits)
    term = re.escape(query.defined)
    # 「Xとは」「X：」「X（…）」 and the apposition 「…する仕組み（X）」
    says = re.compile(rf"{term}(?:」|』)?\s*(?:とは|[:：(]|は、)|[^\s(]\({term}\)")
    clear = [h for h in hits if h.score >= _NEAR_BEST * hits[0].score]
    defining = [h for h in clear if says.search(search_form(plain(h.passage.text)))]
    return defining + [hit for hit in hits if hit not in defining]


def _source_line(context: _Context, passage: Passage) -> Passage | None:
    """Return the line that gives the source of what `passage` shows, where that is asked for."""
    if passage.kind is PassageKind.SOURCE or not phrases.ASKS_SOURCE.search(context.query.asked):
        return None
    section = context.report(passage).passages_by_section[passage.section_id]
    below = (other for other in section if other.span.start > passage.span.start)
    return next((other for other in below if other.kind is PassageKind.SOURCE), None)


def _says_it(context: _Context, passage: Passage) -> bool:
    """True where a passage has what is wanted; a source line answers only who asks for it."""
    query = context.query
    if passage.kind is PassageKind.SOURCE and not phrases.SOURCE_CUES.search(query.standalone):
        return False
    if not lemmas(passage.text) or not _is_asked_row(context, passage):
        return False
    return may_answer(query, context.report(passage), passage)


def _is_asked_row(context: _Context, passage: Passage) -> bool:
    """True but for a table row that the question reaches by its column labels alone."""
    table = passage.table
    if table is None or not any(table.column_labels):
        return True
    named = table.row_label and named_share(context.query, table.row_label) >= NAMED
    return bool(named or context.matcher.covered(passage.text))


def _heading(context: _Context, passage: Passage) -> str:
    return context.report(passage).section_by_id[passage.section_id].heading


def _repeats(passage: Passage, chosen: Sequence[Passage]) -> bool:
    words = plain(passage.text)
    return any(words in plain(other.text) or plain(other.text) in words for other in chosen)


def _claim(context: _Context, passage: Passage) -> Claim:
    report = context.report(passage)
    if passage.table is not None:
        return row_claim(context.query, context.matcher, report, passage)
    spans = _answering(context, passage)
    text = " ".join(quotable(span.of(report.text)) for span in spans)
    source = Source(report, passage, Span(spans[0].start, spans[-1].end))
    short = len(plain(passage.text)) <= 2 * _SHORT
    return Claim(text, (whole(report, passage) if short else source,))


def _answering(context: _Context, passage: Passage) -> list[Span]:
    """Return the run of sentences from the first to the last that answers."""
    pieces = sentences(passage.text)
    if len(passage.text) <= _SHORT or len(pieces) < 2:
        return [passage.span]
    texts = [plain(piece.of(passage.text)) for piece in pieces]
    shares = [
        context.matcher.share(text) * (1.0 if has(context.query.wanted, text) else 0.5)
        for text in texts
    ]
    kept = [i for i, share in enumerate(shares) if share >= 0.7 * max(shares)]
    start = passage.span.start
    return [Span(start + p.start, start + p.end) for p in pieces[kept[0] : kept[-1] + 1]]
