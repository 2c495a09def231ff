"""Composer for a question in parts: each part answered by itself, under its own name.

Takes a query, its division and the means to search and to answer one question; gives one draft
in which each part's claims carry the part's label, and a note for each part that the report
does not answer. Knows nothing about how a single question is answered.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Note, NoteKind, Status
from assistant.composing.draft import Claim, Draft
from assistant.composing.facts import compose_fact
from assistant.composing.match import Matcher
from assistant.composing.mentions import compose_mentions
from assistant.composing.places import Means, Search
from assistant.composing.questions import is_unknown, of_questions
from assistant.composing.things import ELSEWHERE, is_named, of_things, topic_of
from assistant.refusing.premise import contradiction
from assistant.understanding.division import Division, Part, shown
from assistant.understanding.parts import divide
from assistant.understanding.understand import Query
from index.retrieve import Hit
from index.snapshot import Snapshot

Single = Callable[[Query, Sequence[Hit], Snapshot, Search], Draft]

_ONE = "お尋ねのうち、次の点に記述があります。"


def compose_in_parts(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, search: Search, one: Single
) -> Draft | None:
    """Return the answer to a question in parts or for many places, None where it is neither.

    Args:
        query: what was understood.
        hits: what was found for it, best first.
        snapshot: the index.
        search: finds passages for other words.
        one: answers a question that asks one thing, or refuses.
    """
    means = Means(
        query,
        search,
        snapshot,
        compose=lambda part, found: one(part, found, snapshot, search),
        say=lambda part, found: compose_fact(part, found, snapshot, Matcher(part, snapshot)),
    )
    division = divide(query.asked)
    if division is None or (query.background != query.setting and not division.are_things):
        return compose_mentions(query, means)
    if contradiction(query.asked, hits, search) or is_unknown(division.topic, query, snapshot):
        return None
    return compose_several(query, division, means)


def compose_several(query: Query, division: Division, means: Means) -> Draft | None:
    """Return the parts' answers as one draft, None where they need no answers of their own."""
    topic = topic_of(query, division, means) if division.are_things else ""
    if topic:
        found = of_things(query, division, topic, means)
    else:
        found = of_questions(query, division, means)
    answered = [(part, draft) for part, draft in found if draft is not None]
    elsewhere = any(part is ELSEWHERE for part, _ in answered)
    notes = [_missing(part, elsewhere) for part, draft in found if not draft and part.question]
    notes += [note for _, draft in answered for note in draft.notes]
    if len(answered) == 1 and not topic:
        return _half(query, answered[0][1], notes, means)
    if len(answered) == 1 and not is_named(*answered[0]):
        return None
    claims = _merged(answered)
    labelled = sum(bool(claim.label) for claim in claims)
    if not claims or (labelled < 2 and not notes) or _are_one_row(claims):
        return None
    lead = f"お尋ねを{labelled}つに分けてお答えします。" if labelled > 1 else _ONE
    return Draft(Status.ANSWERED, lead, claims, notes=tuple(notes))


def _half(query: Query, half: Draft, notes: Sequence[Note], means: Means) -> Draft | None:
    """Return the answer to the one part that has one, saying what is left open."""
    whole = means.compose(query, means.search(query.focus, background=query.background))
    if whole is None or not whole.claims:
        return replace(half, notes=(*half.notes, *notes))
    if not _places_of(whole) <= _places_of(half):
        return None
    return replace(whole, notes=(*whole.notes, *notes))


def _places_of(draft: Draft) -> set[str]:
    return {passage.id for passage in draft.passages}


def _are_one_row(claims: Sequence[Claim]) -> bool:
    """True where all claims come from one row of a table, which is better shown as such."""
    passages = [source.passage for claim in claims for source in claim.sources]
    return len(claims) > 1 and passages[0].table is not None and len({p.id for p in passages}) == 1


def _merged(answered: Sequence[tuple[Part, Draft]]) -> tuple[Claim, ...]:
    """Return the claims with their labels, each once; parts that say the same share theirs."""
    parts: dict[tuple[Claim, ...], list[str]] = {}
    for part, draft in answered:
        parts.setdefault(draft.claims, []).append(shown(part.label))
    claims: list[Claim] = []
    for said, labels in parts.items():
        known = {replace(claim, label="") for claim in claims}
        new = [claim for claim in said if claim not in known] or list(said[:1])
        claims += [replace(new[0], label=new[0].label or "／".join(labels)), *new[1:]]
    return tuple(claims)


def _missing(part: Part, elsewhere: bool) -> Note:
    said = (
        "に当たる箇所は特定できませんでした"
        if elsewhere
        else "については、報告書の中に見当たりません"
    )
    return Note(NoteKind.MISSING, f"「{shown(part.label)}」{said}。")
