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

_ELSEWHERE = Part("そのほかの箇所", "")
"""Stands for a place that the question means but that nothing in the report names so."""
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
    found = (_of_things if division.are_things else _of_questions)(query, division, means)
    answered = [(part, draft) for part, draft in found if draft is not None]
    claims = _merged(answered)
    spans = {source.span for claim in claims for source in claim.sources}
    if len(answered) < 2 or len(spans) < 2:
        return None
    notes = [_missing(part, division) for part, draft in found if draft is None and part is not _ELSEWHERE]
    lead = f"お尋ねを{len(answered)}つに分けてお答えします。"
    return Draft(Status.ANSWERED, lead, claims, notes=tuple(notes))


def _of_questions(
    query: Query, division: Division, means: Means
) -> list[tuple[Part, Draft | None]]:
    """Return the answers to parts that are each a question of its own."""
    found: list[tuple[Part, Draft | None]] = []
    for part in division.parts:
        own = _own_query(query, division, part)
        draft = means.compose(own, means.search(own.focus, background=own.background))
        found.append((part, draft if draft and draft.status is Status.ANSWERED else None))
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
    if len(lemmas(sought(part.question))) >= _ENOUGH:
        told.insert(0, division.topic)
    elif division.topic:
        own = understand(f"{division.topic}、{part.question}")
    return replace(own, background=focus(" ".join(told)), has_parts=False)


def _of_things(query: Query, division: Division, means: Means) -> list[tuple[Part, Draft | None]]:
    """Return what is asked of every thing, said of each, or in each place.

    Where the place of a thing is not known, what is said of the topic in further places is
    given under no name.
    """
    topic = sought(division.topic) or _known(sought(division.background), means.snapshot)
    if not topic:
        return _of_questions(query, division, means)
    things = [sought(part.question) or part.question for part in division.parts]
    found = places(topic, things, Finder(query, means.search, means.snapshot))
    answers: list[tuple[Part, Draft | None]] = []
    for part, thing, hits in zip(division.parts, things, found.of_things, strict=True):
        asked = f"{part.question} {division.topic}"
        own = replace(query, asked=asked, standalone=asked, kind=QueryKind.FACT, has_parts=False)
        answers.append((part, _said(own, topic, thing, hits, means)))
    missing = sum(draft is None for _, draft in answers)
    own = replace(query, kind=QueryKind.FACT, has_parts=False)
    for hit in found.others if len(found.others) <= missing else ():
        answers.append((_ELSEWHERE, _said(own, topic, "", [hit], means)))
    return answers


def _said(
    own: Query, topic: str, thing: str, hits: Sequence[Hit], means: Means
) -> Draft | None:
    """Return what the first of `hits` that says something says."""
    for hit in hits:
        # The entries of a row are told apart by the topic; the thing is often its label.
        sought_here = topic if hit.passage.table else f"{topic} {thing}"
        if draft := means.say(replace(own, focus=sought_here), [hit]):
            return draft
    return None


def _known(topic: str, snapshot: Snapshot) -> str:
    """Return the words of `topic` that the reports have, all where they have none."""
    known = [
        word for word in topic.split() if any(map(snapshot.lemmas.knows, lemmas(word)))
    ]
    return " ".join(known) or topic


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


def _missing(part: Part, division: Division) -> Note:
    said = "に当たる箇所は特定できませんでした" if division.are_things else "については、報告書の中に見当たりません"
    return Note(NoteKind.MISSING, f"「{part.label}」{said}。")
