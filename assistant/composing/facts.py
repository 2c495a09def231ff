"""Composer for single facts: the sentence that answers, and others that its rest needs.

Takes a query and hits; gives a draft of one to three sentences. A further place is added only
where it speaks to a part of the question that the first ones leave open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Status
from assistant.composing.draft import Claim, Draft, Source, named, whole
from assistant.composing.match import Matcher
from assistant.composing.nesting import way_to
from assistant.composing.tables import NAMED, named_share, row_claim
from assistant.refusing.abstain import may_answer
from assistant.refusing.shown import DEGREE, is_of_other, shows, sign_of
from assistant.understanding import phrases
from assistant.understanding.understand import Query
from assistant.understanding.wanted import has
from corpus.characters import search_form
from corpus.japanese import sentences
from corpus.markup import plain, quotable
from corpus.model import Passage, PassageKind, Report, Span
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

MOST_PLACES = 3
_NEW_SHARE = {True: 0.15, False: 0.6}
"""Share of the sought words that a further place must add: little where the question has parts."""
_NEAR_BEST = 0.5
"""Score, relative to the best hit, below which no further place is taken."""
_ANNOUNCING = (PassageKind.HEADING, PassageKind.CAPTION, PassageKind.LABELS)
_LACKING, _UNSHOWN = 0.3, 0.5
"""What a text counts that lacks what is wanted, and one that does not show the asked sign."""
_POINTS_BACK = re.compile(
    r"(?:この|その|これ|それ)(?:ため|結果|により|によって|に伴|は|を受け)|したがって|従って"
)
"""Beginning of a sentence that says nothing without the one before."""
_LINE = re.compile(r"[^\r\n]+")
_ENTRY = re.compile(r"\s*(?:（[^（）]+）)?\S+(?:[\u3000\t]|\s{2,}|[：:]|\s\d+月)\s*\S")
"""A term or date with what is said of it, parted by a gap."""
_OTHER = 0.6
"""What a hit counts that is about a 副会長 where the 会長 is asked for."""
_HIDDEN = 0.8
"""What a hit counts that does not show the asked sign."""
_LEAST_SHARE = 0.05
"""Added to the share of each line under a caption, so that what is wanted decides among none."""
_WHICH = re.compile(r"どれ|どの(?!よう|くらい|程度)|どちら|名称|何という|何と呼")
"""Questions that a caption itself may answer."""
_SHORT = 90
"""Characters; a passage of this length is shown whole, a longer one is cut to its sentences."""


@dataclass(frozen=True, slots=True)
class _Context:
    query: Query
    matcher: Matcher
    snapshot: Snapshot

    @property
    def sign(self) -> re.Pattern[str] | None:
        """What the answer shows."""
        return sign_of(self.query.asked)

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
    for hit in _ordered(context, hits):
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
    if passage.kind not in _ANNOUNCING:
        return passage if says or _WHICH.search(context.query.asked) else _under(context, passage)
    if says and passage.kind is not PassageKind.LABELS:
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


def _under(context: _Context, passage: Passage) -> Passage:
    """Return the best line under a numbered caption or label; the passage itself if it is none."""
    way = way_to(context.report(passage), passage)
    if not way or not (way[-1].is_caption and way[-1].is_marked):
        return passage
    lines = list(way[-1].leaves())
    texts = [line.words for line in lines]
    shares = [
        (share + _LEAST_SHARE) * _fitness(context, text)
        for share, text in zip(context.matcher.rated(texts), texts, strict=True)
    ]
    return lines[shares.index(max(shares))].passage if lines else passage


def _ordered(context: _Context, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits, those first that show what an answer shows."""
    query = context.query
    weights = {
        h.rank: h.score
        * (1.0 if _shows(context, h.passage) else _HIDDEN)
        * (_OTHER if is_of_other(query.asked, h.passage.text) else 1.0)
        for h in hits
    }
    ranked = sorted(hits, key=lambda hit: -weights[hit.rank])
    return _definitions_first(query, ranked)


def _shows(context: _Context, passage: Passage) -> bool:
    return context.sign is None or shows(context.sign, passage.text)


def _definitions_first(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits, those first that say what the term means, where that is asked for."""
    if query.defined is None or not hits:
        return list(hits)
    best = max(hit.score for hit in hits)
    clear = [hit for hit in hits if hit.score >= _NEAR_BEST * best]
    defining = [hit for hit in clear if _defines(query.defined, hit.passage)]
    return defining + [hit for hit in hits if hit not in defining]


def _defines(term: str, passage: Passage) -> bool:
    """True where a passage says what `term` means: 「Xとは」「X：」「X（…）」「…仕組み（X）」."""
    name = re.escape(term)
    says = re.compile(rf"{name}(?:」|』)?\s*(?:とは|[:：(]|は、)")
    beside = re.compile(rf"[^\s(]\({name}\)")
    words = search_form(plain(passage.text))
    if says.search(words) or (passage.table is None and beside.search(words)):
        return True
    return bool(re.search(rf"(?m)^{name}(?:[\u3000\t]|  )", passage.text, re.IGNORECASE))


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
    if not _is_most_of_it(context, passage):
        return False
    return has(query.wanted, passage.text) and may_answer(query, context.report(passage), passage)


def _is_most_of_it(context: _Context, passage: Passage) -> bool:
    """True where what is said to be the most is what the question asks the most of."""
    asked = context.query.asked
    if not phrases.SUPERLATIVE.search(asked):
        return True
    degree = set(lemmas(" ".join(m.group() for m in DEGREE.finditer(search_form(asked)))))
    heading = _heading(context, passage)
    texts = [plain(piece.of(passage.text)) for piece in sentences(passage.text)]
    return any(
        phrases.SUPERLATIVE.search(text) and context.matcher.covered(f"{text} {heading}") - degree
        for text in texts
    )


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


def _fitness(context: _Context, text: str) -> float:
    """Return how far a text shows what an answer shows: 1 where it does, less where not."""
    if not has(context.query.wanted, text):
        return _LACKING
    return 1.0 if context.sign is None or shows(context.sign, text) else _UNSHOWN


def _pieces(text: str) -> list[Span]:
    """Return the sentences of a text, or its lines where each is an entry of its own."""
    found = sentences(text)
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text)]
    starts = [line.start for line in lines if _ENTRY.match(line.of(text))]
    if len(starts) < 2 or 2 * len(starts) < len(lines) or len(found) >= len(starts):
        return found
    return [Span(start, end) for start, end in pairwise([*starts, len(text)])]


def _answering(context: _Context, passage: Passage) -> list[Span]:
    """Return the run of sentences from the first to the last that answers."""
    pieces = _pieces(passage.text)
    if len(passage.text) <= _SHORT or len(pieces) < 2:
        return [passage.span]
    texts = [plain(piece.of(passage.text)) for piece in pieces]
    shares = [
        share * _fitness(context, text)
        for share, text in zip(context.matcher.rated(texts), texts, strict=True)
    ]
    kept = [i for i, share in enumerate(shares) if share >= 0.7 * max(shares)]
    if context.sign and not any(shows(context.sign, texts[i]) for i in kept):
        showing = [i for i, text in enumerate(texts) if _fitness(context, text) == 1.0]
        kept = sorted([*kept, *sorted(showing, key=lambda i: abs(i - kept[0]))[:1]])
    first = kept[0] - bool(kept[0] and _POINTS_BACK.match(texts[kept[0]]))
    start = passage.span.start
    return [Span(start + p.start, start + p.end) for p in pieces[first : kept[-1] + 1]]
