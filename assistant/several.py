"""Composer for a question in parts: each part answered by itself, under its own name.

Takes a query, its division and the means to search and to answer one question; gives one draft
in which each part's claims carry the part's label, and a note for each part that the report
does not answer. Knows nothing about how a single question is answered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Note, NoteKind, Status
from assistant.draft import Claim, Draft, Source
from assistant.parts import Division, Part
from assistant.understand import Query, QueryKind, focus, understand
from index.retrieve import Hit

Search = Callable[..., Sequence[Hit]]
Answer = Callable[[Query, Sequence[Hit]], Draft | None]

_ALL = 1000
"""Passages that are ranked for a topic: enough for one report, so that all its places count."""
_SPEAKS = 0.3
"""Score from which a passage speaks to the topic or to the part at all."""
_NEAR_BEST = 0.5
"""Share of the best passage's score for the topic that the place of a part must have."""
_TRIED = 3
"""Places of a part that may answer, best first."""


@dataclass(frozen=True, slots=True)
class Means:
    """How to find passages, and how to answer from them."""

    search: Search
    compose: Answer
    """Answers a whole question, or refuses."""
    say: Answer
    """Says what given places say; None where they have not what is wanted."""


def compose_several(query: Query, division: Division, means: Means) -> Draft | None:
    """Return the parts' answers as one draft, None where they are not in several places."""
    ways = _of_thing if division.are_things else _of_question
    found = [(part, ways(query, division, part, means)) for part in division.parts]
    answered = [(part, draft) for part, draft in found if draft is not None]
    claims = _merged(answered)
    places = {source.span for claim in claims for source in claim.sources}
    if len(places) < 2:
        return None
    notes = [_missing(part) for part, draft in found if draft is None]
    lead = f"{len(answered)}つに分けてお答えします。"
    return Draft(Status.ANSWERED, lead, claims, notes=tuple(notes))


def _of_question(query: Query, division: Division, part: Part, means: Means) -> Draft | None:
    """Return the answer to a part that is a question of its own."""
    told = [division.background, query.background]
    if not division.topic and part is not division.parts[0]:
        told.append(division.parts[0].question)
    asked = "、".join(filter(None, (division.topic, part.question)))
    own = replace(understand(asked), background=focus(" ".join(told)), has_parts=False)
    hits = means.search(own.focus, background=own.background)
    draft = means.compose(own, hits)
    return draft if draft and draft.status is Status.ANSWERED else None


def _of_thing(query: Query, division: Division, part: Part, means: Means) -> Draft | None:
    """Return what is asked of every thing, said of this one, or in this place."""
    topic, thing = _topic(division), focus(part.question)
    own = replace(
        query,
        asked=f"{division.topic} {part.question}",
        standalone=f"{division.topic} {part.question}",
        focus=f"{topic} {thing}".strip(),
        kind=QueryKind.FACT,
        has_parts=False,
    )
    for hit in _places(topic, thing, query.background, means.search):
        if draft := means.say(own, [hit]):
            return draft
    return None


def _topic(division: Division) -> str:
    """Return the words of what is asked of every thing, else those of what is told before."""
    return focus(division.topic) or focus(division.background)


def _places(topic: str, thing: str, background: str, search: Search) -> list[Hit]:
    """Return the passages that speak both to the topic and to the thing, best first."""
    of_thing = search(thing, _ALL, background=background)
    if not topic:
        return [hit for hit in of_thing[:_TRIED] if hit.score >= _SPEAKS]
    of_topic = {hit.passage.id: hit for hit in search(topic, _ALL, background=background)}
    least = _NEAR_BEST * max((hit.score for hit in of_topic.values()), default=0.0)
    both = [
        replace(hit, score=hit.score * of_topic[hit.passage.id].score)
        for hit in of_thing
        if hit.score >= _SPEAKS
        and hit.passage.id in of_topic
        and of_topic[hit.passage.id].score >= max(least, _SPEAKS)
    ]
    return sorted(both, key=lambda hit: -hit.score)[:_TRIED]


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
