"""Composer for a question in parts: each part answered by itself, under its own name.

Takes a query, its division and the means to search and to answer one question; gives one draft
in which each part's claims carry the part's label, and a note for each part that the report
does not answer. Knows nothing about how a single question is answered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Note, NoteKind, Status
from assistant.draft import Claim, Draft, Source
from assistant.parts import Division, Part, sought
from assistant.places import Finder, Search, places
from assistant.understand import Query, QueryKind, focus, understand
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

_ENOUGH = 2
"""Words that a part must have of its own to be sought by them."""

Answer = Callable[[Query, Sequence[Hit]], Draft | None]


@dataclass(frozen=True, slots=True)
class Means:
    """How to find passages, and how to answer from them."""

    search: Search
    snapshot: Snapshot
    compose: Answer
    """Answers a whole question, or refuses."""
    say: Answer
    """Says what given places say; None where they have not what is wanted."""


def compose_several(query: Query, division: Division, means: Means) -> Draft | None:
    """Return the parts' answers as one draft, None where they are not in several places."""
    drafts = (_of_things if division.are_things else _of_questions)(query, division, means)
    found = list(zip(division.parts, drafts, strict=True))
    answered = [(part, draft) for part, draft in found if draft is not None]
    claims = _merged(answered)
    spans = {source.span for claim in claims for source in claim.sources}
    if len(answered) < 2 or len(spans) < 2:
        return None
    notes = [_missing(part) for part, draft in found if draft is None]
    lead = f"お尋ねを{len(answered)}つに分けてお答えします。"
    return Draft(Status.ANSWERED, lead, claims, notes=tuple(notes))


def _of_questions(query: Query, division: Division, means: Means) -> list[Draft | None]:
    """Return the answers to parts that are each a question of its own."""
    found = []
    for part in division.parts:
        own = _own_query(query, division, part)
        draft = means.compose(own, means.search(own.focus, background=own.background))
        found.append(draft if draft and draft.status is Status.ANSWERED else None)
    return found


def _own_query(query: Query, division: Division, part: Part) -> Query:
    """Return a part as a query of its own.

    What the parts share counts half, as in a conversation, but where a part says too little by
    itself.
    """
    told = [division.background, query.background]
    if not division.topic and part is not division.parts[0]:
        told.append(division.parts[0].question)
    own = understand(part.question)
    if len(lemmas(own.focus)) >= _ENOUGH:
        told.insert(0, division.topic)
    elif division.topic:
        own = understand(f"{division.topic}、{part.question}")
    return replace(own, background=focus(" ".join(told)), has_parts=False)


def _of_things(query: Query, division: Division, means: Means) -> list[Draft | None]:
    """Return what is asked of every thing, said of each, or in each place."""
    topic = sought(division.topic) or sought(division.background)
    things = [focus(part.question) or part.question for part in division.parts]
    finder = Finder(query, means.search, means.snapshot)
    found = []
    for part, thing, hits in zip(
        division.parts, things, places(topic, things, finder), strict=True
    ):
        asked = f"{part.question} {division.topic}"
        own = replace(query, asked=asked, standalone=asked, focus=f"{topic} {thing}".strip())
        own = replace(own, kind=QueryKind.FACT, has_parts=False)
        drafts = (means.say(own, [hit]) for hit in hits)
        found.append(next((draft for draft in drafts if draft), None))
    return found


def _merged(answered: Sequence[tuple[Part, Draft]]) -> tuple[Claim, ...]:
    """Return the claims with their labels; parts that say the same share one claim."""
    labels: dict[tuple[tuple[str, tuple[Source, ...]], ...], list[str]] = {}
    for part, draft in answered:
        key = tuple((claim.text, claim.sources) for claim in draft.claims)
        labels.setdefault(key, []).append(part.label)
    return tuple(
        Claim(text, sources, "／".join(named) if first else "")
        for key, named in labels.items()
        for first, (text, sources) in zip([True] + [False] * len(key), key, strict=False)
    )


def _missing(part: Part) -> Note:
    return Note(NoteKind.MISSING, f"「{part.label}」については、報告書の中に見当たりません。")
