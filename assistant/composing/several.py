"""Composer for a question in parts: each part answered by itself, under its own name.

Takes a query, its division and the means to search and to answer one question; gives one draft
in which each part's claims carry the part's label, and a note for each part that the report
does not answer. Knows nothing about how a single question is answered.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Note, NoteKind, Status
from assistant.composing.draft import Claim, Draft
from assistant.composing.facts import compose_fact
from assistant.composing.match import Matcher
from assistant.composing.mentions import compose_mentions
from assistant.composing.places import Means, Search, places
from assistant.refusing.names import unknown_names
from assistant.refusing.premise import contradiction
from assistant.understanding.division import Division, Part, sought
from assistant.understanding.each import aspects_of
from assistant.understanding.ellipsis import nouns
from assistant.understanding.enumeration import ASKING, ASPECT, listed
from assistant.understanding.parts import divide
from assistant.understanding.understand import Query, QueryKind, focus, understand
from index.documents import context_of
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

Single = Callable[[Query, Sequence[Hit], Snapshot, Search], Draft]

_ELSEWHERE = Part("そのほかの箇所", "")
"""Stands for a place that the question means but that nothing in the report names so."""
_COVERED = 0.25
"""Share of a part that some passage must have, whatever it has of what is told around it."""
_HOW = re.compile(r"どう|どのよう|何[てと]|なんて")
"""Asks how something is told."""
_NAMED = 0.6
"""Share of a thing's words above a place from which the place need not name it."""
_ONE = "お尋ねのうち、次の点に記述があります。"
_TIME = re.compile(r"(?:明治|大正|昭和|平成|令和)?\s*(?:\d+|元)\s*[年月日]度?末?|\d+|何[^\s何の]")
"""What a time or a count is; it names nothing."""
_POINTS_BACK = re.compile(r"[そこ](?:の|れ|う)")
_ENOUGH = 2
"""Nouns that a part must have of its own to be sought by them."""


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
    if contradiction(query.asked, hits, search) or _unknown(division.topic, query, snapshot):
        return None
    return compose_several(query, division, means)


def _unknown(words: str, query: Query, snapshot: Snapshot) -> bool:
    """True where `words` of the question name what the reports never mention."""
    quoted = [name for name in query.quoted if name in words]
    return bool(unknown_names(focus(words), words, quoted, snapshot))


def compose_several(query: Query, division: Division, means: Means) -> Draft | None:
    """Return the parts' answers as one draft, None where they need no answers of their own."""
    topic = _topic(query, division, means) if division.are_things else ""
    if topic:
        found = _of_things(query, division, topic, means)
    else:
        found = _of_questions(query, division, means)
    answered = [(part, draft) for part, draft in found if draft is not None]
    elsewhere = any(part is _ELSEWHERE for part, _ in answered)
    notes = [_missing(part, elsewhere) for part, draft in found if not draft and part.question]
    notes += [note for _, draft in answered for note in draft.notes]
    if len(answered) == 1 and not topic:
        return _half(query, answered[0][1], notes, means)
    if len(answered) == 1 and not _is_named(*answered[0]):
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
    return {source.passage.id for claim in draft.claims for source in claim.sources}


def _are_one_row(claims: Sequence[Claim]) -> bool:
    """True where all claims come from one row of a table, which is better shown as such."""
    passages = [source.passage for claim in claims for source in claim.sources]
    return len(claims) > 1 and passages[0].table is not None and len({p.id for p in passages}) == 1


def _of_questions(
    query: Query, division: Division, means: Means
) -> list[tuple[Part, Draft | None]]:
    """Return the answers to parts that are each a question of its own."""
    found: list[tuple[Part, Draft | None]] = []
    for part in division.parts:
        own = _own_query(query, division, part)
        alone = means.search(f"{own.focus} {focus(division.topic)}")
        draft = None
        if alone and alone[0].words >= _COVERED:  # what is told around it answers nothing
            draft = means.compose(own, means.search(own.focus, background=own.background))
        found.append((part, draft if draft and _is_of(part, draft, means) else None))
    return found


def _is_of(part: Part, draft: Draft, means: Means) -> bool:
    """True where an answer has words of the part itself, not only of what is told around it."""
    if draft.status is not Status.ANSWERED:
        return False
    if not _says_enough(part) or _POINTS_BACK.match(part.question):
        return True
    own = replace(means.query, focus=focus(part.question), background="")
    matcher = Matcher(own, means.snapshot)
    return any(matcher.share(_around(claim)) >= _COVERED for claim in draft.claims)


def _says_enough(part: Part) -> bool:
    return len(nouns(_TIME.sub(" ", part.question))) >= _ENOUGH


def _around(claim: Claim) -> str:
    """Return what the places of a claim say, with what stands around them."""
    return " ".join(
        f"{source.quote} {context_of(source.report, source.passage)}" for source in claim.sources
    )


def _own_query(query: Query, division: Division, part: Part) -> Query:
    """Return a part as a query of its own.

    What the parts share counts half, as in a conversation, but where a part says too little by
    itself.
    """
    told = [division.background, query.background]
    asked = f"{part.question}は{division.topic}" if division.are_things else part.question
    own = understand(asked)
    says_enough = _says_enough(part)
    is_whole = says_enough and division.are_things
    if not (division.topic or is_whole or part is division.parts[0]):
        told.append(division.parts[0].question)
    if says_enough and not division.are_things:
        told.insert(0, division.topic)
    elif division.topic and not division.are_things:
        own = understand(f"{division.topic}、{part.question}")
    return replace(own, background=focus(" ".join(told)), has_parts=False, measured=None)


def _of_things(
    query: Query, division: Division, topic: str, means: Means
) -> list[tuple[Part, Draft | None]]:
    """Return what is asked of every thing, said of each, or in each place.

    Where the place of a thing is not known, what is said of the topic in further places is
    given under no name.
    """
    things = [sought(part.question) or part.question for part in division.parts]
    are_aspects = all(ASPECT.search(part.question) for part in division.parts)
    found = places(topic, things, means, apart=not are_aspects)
    answers: list[tuple[Part, Draft | None]] = []
    for part, thing, hits in zip(division.parts, things, found.of_things, strict=True):
        draft = None
        if not _unknown(part.question, query, means.snapshot):
            own = _own_thing(division.topic, part.question, query)
            draft = _of_aspects(part, division, means) or _said(own, topic, thing, hits, means)
        answers.append((part, draft))
    missing = sum(draft is None for _, draft in answers)
    own = replace(query, kind=QueryKind.FACT, has_parts=False, wanted=None, measured=None)
    for hit in found.others if len(found.others) <= missing < len(answers) else ():
        answers.append((_ELSEWHERE, _said(own, topic, "", [hit], means)))
    return answers


def _of_aspects(part: Part, division: Division, means: Means) -> Draft | None:
    """Return what is said of each of several aspects of a thing, each place once."""
    drafts: list[Draft] = []
    for aspect in aspects_of(division.topic):
        own = understand(f"{part.question}の{aspect}は")
        own = replace(own, background=means.query.background, has_parts=False)
        draft = means.compose(own, means.search(own.focus, background=own.background))
        if draft and draft.status is Status.ANSWERED and _is_named(part, draft):
            drafts.append(draft)
    claims: list[Claim] = []
    for claim in (claim for draft in drafts for claim in draft.claims):
        if not any(claim.sources[0].passage == known.sources[0].passage for known in claims):
            claims.append(claim)
    return replace(drafts[0], claims=tuple(claims)) if claims else None


def _topic(query: Query, division: Division, means: Means) -> str:
    """Return what is asked of every thing, "" where that is no matter of its own.

    It may be told before the question, where that only asks how it is told.
    """
    topic = sought(division.topic)
    if nouns(topic):
        return topic
    if ASKING.search(division.topic) and not _HOW.search(division.topic):
        return ""
    return _known(sought(division.background or query.setting), means.snapshot)


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


def _merged(answered: Sequence[tuple[Part, Draft]]) -> tuple[Claim, ...]:
    """Return the claims with their labels, each once; parts that say the same share theirs."""
    parts: dict[tuple[Claim, ...], list[str]] = {}
    for part, draft in answered:
        parts.setdefault(draft.claims, []).append(part.label.rstrip("を"))
    claims: list[Claim] = []
    for said, labels in parts.items():
        known = {replace(claim, label="") for claim in claims}
        new = [claim for claim in said if claim not in known] or list(said[:1])
        claims += [replace(new[0], label="／".join(labels)), *new[1:]]
    return tuple(claims)


def _is_named(part: Part, draft: Draft) -> bool:
    """True where the place of a claim has all words of the thing, itself or around it."""
    around = set(lemmas(_around(draft.claims[0])))
    return around.issuperset(lemmas(sought(part.question)))


def _missing(part: Part, elsewhere: bool) -> Note:
    said = (
        "に当たる箇所は特定できませんでした"
        if elsewhere
        else "については、報告書の中に見当たりません"
    )
    return Note(NoteKind.MISSING, f"「{part.label}」{said}。")
