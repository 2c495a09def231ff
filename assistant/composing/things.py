"""Composer for what is asked of each of several things, or told in several places.

Takes a query, its division and the means to search and to answer; gives each thing with what the
report says of it. Knows nothing about how the parts are shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.composing.crossing import compose_crossing
from assistant.composing.draft import Claim, Draft
from assistant.composing.places import Means, places
from assistant.composing.questions import HOW, Answered, around, is_unknown
from assistant.understanding.division import Division, Part, sought
from assistant.understanding.each import aspects_of
from assistant.understanding.ellipsis import nouns
from assistant.understanding.enumeration import ASKING, listed
from assistant.understanding.owners import ASPECT
from assistant.understanding.understand import Query, QueryKind, understand
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

ELSEWHERE = Part("そのほかの箇所", "")
"""Stands for a place that the question means but that nothing in the report names so."""
_NAMED = 0.6
"""Share of a thing's words above a place from which the place need not name it."""


def topic_of(query: Query, division: Division, means: Means) -> str:
    """Return what is asked of every thing, "" where that is no matter of its own.

    It may be told before the question, where that only asks how it is told.
    """
    topic = sought(division.topic)
    if nouns(topic):
        return topic
    if ASKING.search(division.topic) and not HOW.search(division.topic):
        return ""
    return _known(sought(division.background or query.setting), means.snapshot)


def of_things(query: Query, division: Division, topic: str, means: Means) -> Answered:
    """Return what is asked of every thing, said of each, or in each place.

    Where the place of a thing is not known, what is said of the topic in further places is
    given under no name.
    """
    things = [sought(part.question) or part.question for part in division.parts]
    are_aspects = all(ASPECT.search(part.question) for part in division.parts)
    found = places(topic, things, means, apart=not are_aspects)
    answers: Answered = []
    for part, thing, hits in zip(division.parts, things, found.of_things, strict=True):
        draft = None
        if not is_unknown(part.question, query, means.snapshot):
            own = _own_thing(division.topic, part.question, query)
            draft = _of_aspects(part, division, means) or _said(own, topic, thing, hits, means)
        answers.append((part, draft))
    missing = sum(draft is None for _, draft in answers)
    own = replace(query, kind=QueryKind.FACT, has_parts=False, wanted=None, measured=None)
    for hit in found.others if len(found.others) <= missing < len(answers) else ():
        answers.append((ELSEWHERE, _said(own, topic, "", [hit], means)))
    return answers


def _of_aspects(part: Part, division: Division, means: Means) -> Draft | None:
    """Return what is said of each of several aspects of a thing, in a table or by itself."""
    aspects = aspects_of(division.topic)
    if aspects and (draft := compose_crossing(part.question, aspects, means)):
        return draft
    claims: list[Claim] = []
    for aspect in aspects:
        own = understand(f"{part.question}の{aspect}は")
        own = replace(own, background=means.query.background, has_parts=False)
        draft = means.compose(own, means.search(own.focus, background=own.background))
        if draft and draft.status is Status.ANSWERED and is_named(part, draft):
            claims = _joined(claims, draft.claims)
    return Draft(Status.ANSWERED, "", tuple(claims)) if claims else None


def _joined(known: Sequence[Claim], new: Iterable[Claim]) -> list[Claim]:
    """Return all claims; of two from one place that say the same, the longer one."""
    found = list(known)
    for claim in new:
        same = [old for old in found if old.sources[0].passage == claim.sources[0].passage]
        if any(claim.text in old.text for old in same):
            continue
        found = [old for old in found if old not in same or old.text not in claim.text]
        found.append(claim)
    return found


def _own_thing(topic: str, thing: str, query: Query) -> Query:
    """Return what is asked of one thing; of several aspects any may be said."""
    own = understand(f"{thing}は{topic}")
    is_one = len(listed(topic)) == 1
    return replace(
        own,
        kind=QueryKind.FACT,
        has_parts=False,
        background=query.background,
        measured=own.measured if is_one else None,
        wanted=own.wanted if is_one else None,
    )


def _said(own: Query, topic: str, thing: str, hits: Sequence[Hit], means: Means) -> Draft | None:
    """Return what the first of `hits` that says something says."""
    for hit in hits:
        # The entries of a row are told apart by the topic; the thing is often its label.
        told = hit.passage.table or means.above(thing, hit.passage) >= _NAMED
        sought_here = topic if told else f"{topic} {thing}"
        if draft := means.say(replace(own, focus=sought_here), [hit]):
            return draft
    return None


def _known(topic: str, snapshot: Snapshot) -> str:
    """Return the words of `topic` that the reports have, all where they have none."""
    known = [word for word in topic.split() if any(map(snapshot.lemmas.knows, lemmas(word)))]
    return " ".join(known) or topic


def is_named(part: Part, draft: Draft) -> bool:
    """True where the place of a claim has all words of the thing, itself or around it."""
    said = set(lemmas(around(draft.claims[0])))
    return said.issuperset(lemmas(sought(part.question)))
