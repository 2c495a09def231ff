"""Composer for several questions in one: each answered by itself, beside what they share.

Takes a query, its division and the means to search and to answer; gives each part with its
answer. Knows nothing about how the parts are shown.
"""

import re
from dataclasses import replace

from assistant.answer import NoteKind, Status
from assistant.composing.draft import Claim, Draft
from assistant.composing.match import Matcher
from assistant.composing.places import Means
from assistant.refusing.names import unknown_names
from assistant.refusing.shown import shows, sign_of
from assistant.understanding.division import Division, Part
from assistant.understanding.ellipsis import nouns
from assistant.understanding.together import AT_ONCE_SAID, is_at_once
from assistant.understanding.understand import Query, focus, understand
from index.documents import context_of
from index.snapshot import Snapshot

Answered = list[tuple[Part, Draft | None]]

HOW = re.compile(r"どう|どのよう|何[てと]|なんて")
"""Asks how something is told."""
_COVERED = 0.25
"""Share of a part that some passage must have, whatever it has of what is told around it."""
_TIME = re.compile(r"(?:明治|大正|昭和|平成|令和)?\s*(?:\d+|元)\s*[年月日]度?末?|\d+|何[^\s何の]")
"""What a time or a count is; it names nothing."""
_POINTS_BACK = re.compile(r"[そこ](?:の|れ|う)")
_IT = re.compile(
    r"(?:そこ|それ|(?:その|同)(?:地区|地域|事業|施設|制度|場所|団体|組織|会議|計画))(?=[はがをにでの])"
)
"""Stands for what the part before is about, or for what answers it."""
_ENOUGH = 2
"""Nouns that a part must have of its own to be sought by them."""
_MEANING = re.compile(r"^の?(?:意味|定義)(?:は|を|が)?$")
"""Asks of each thing what it means."""
_NEAR = 0.5
"""Share of a part that a place must have which is given though it is unsure."""
_TRIED = 3
"""Places that are tried for such a part."""
_LOOKED_AT = 10
"""Hits that may say whether things go together."""


def of_questions(query: Query, division: Division, means: Means) -> Answered:
    """Return the answers to parts that are each a question of its own."""
    found: Answered = []
    for part in division.parts:
        asked = _resolved(part, division, found[-1][1] if found else None)
        draft = _at_once(asked, means) if is_at_once(part.question) else None
        if draft is None and not is_at_once(part.question):
            draft = _answer(query, division, asked, means)
        found.append((part, draft))
    found = _apart(query, division, found, means)
    if any(draft for _, draft in found):
        found = [(part, draft or _near(query, division, part, means)) for part, draft in found]
    return found


def _near(query: Query, division: Division, part: Part, means: Means) -> Draft | None:
    """Return what the best place says of a part that by itself would be left unsure.

    That the report answers the question beside it speaks for this one too; it must have the
    words of the part itself, and what is wanted.
    """
    own = _own_query(query, division, part)
    hits = means.search(own.focus, background=own.background)
    refused = means.compose(own, hits)
    by_rule = refused is None or any(note.kind is not NoteKind.NEARBY for note in refused.notes)
    if by_rule or is_at_once(part.question):
        return None
    sign = sign_of(own.asked)
    matcher = Matcher(replace(own, background=""), means.snapshot)
    for hit in hits[:_TRIED]:
        draft = means.say(own, [hit]) if matcher.share(hit.passage.text) >= _NEAR else None
        if draft and (sign is None or any(shows(sign, claim.text) for claim in draft.claims)):
            return draft
    return None


def _answer(query: Query, division: Division, part: Part, means: Means) -> Draft | None:
    """Return the answer to one part, beside the first where it says too little alone."""
    own = _own_query(query, division, part)
    alone = means.search(f"{own.focus} {focus(division.topic)}")
    if not alone or alone[0].words < _COVERED:  # what is told around it answers nothing
        return None
    hits = means.search(own.focus, background=own.background)
    draft = means.compose(own, hits)
    is_first = part.label == division.parts[0].label
    if not (own.background or is_first) and (draft is None or draft.status is not Status.ANSWERED):
        own = replace(own, background=focus(division.parts[0].question))
        hits = means.search(own.focus, background=own.background)
        draft = means.compose(own, hits)
    if draft is None or not _is_of(part, draft, means):
        return None
    return draft


def _apart(query: Query, division: Division, found: Answered, means: Means) -> Answered:
    """Return the answers; of two parts that share one, that which it fits less is sought anew."""
    apart = list(found)
    for number, (part, draft) in enumerate(found):
        twins = [other for other, same in found if same and draft and same.claims == draft.claims]
        if draft is None or len(twins) != 2:
            continue
        shares = {twin.label: _share(twin, draft, means) for twin in twins}
        if shares[part.label] > min(shares.values()):
            continue
        own = _own_query(query, division, part)
        taken = {source.passage.id for source in draft.claims[0].sources}
        hits = means.search(own.focus, background=own.background)
        other = means.compose(own, [hit for hit in hits if hit.passage.id not in taken])
        if other and other.claims and _share(part, other, means) > shares[part.label]:
            apart[number] = (part, other)
            return apart
    return apart


def _share(part: Part, draft: Draft, means: Means) -> float:
    """Return the share of a part's own words that the places of an answer have."""
    own = replace(means.query, focus=focus(part.question), background="")
    matcher = Matcher(own, means.snapshot)
    return max(matcher.share(around(claim)) for claim in draft.claims)


def _resolved(part: Part, division: Division, before: Draft | None) -> Part:
    """Return a part with the name of what it points back to: 「そこでは」."""
    if before is None or not _IT.search(part.question):
        return part
    table = before.claims[0].sources[0].passage.table
    name = (table.row_label if table else None) or division.topic
    question = _IT.sub(lambda _: name, part.question, count=1) if nouns(name) else part.question
    return replace(part, question=question.lstrip("、"))


def _at_once(part: Part, means: Means) -> Draft | None:
    """Return what is said on having several things at once, None where nothing is."""
    own = replace(understand(part.question), wanted=None, measured=None, background="")
    matcher = Matcher(own, means.snapshot)
    for hit in means.search(f"{own.focus} 併せて 併用")[:_LOOKED_AT]:
        draft = means.say(own, [hit]) if AT_ONCE_SAID.search(hit.passage.text) else None
        if draft and any(
            AT_ONCE_SAID.search(claim.text) and matcher.share(around(claim)) >= _COVERED
            for claim in draft.claims
        ):
            return draft
    return None


def _is_of(part: Part, draft: Draft, means: Means) -> bool:
    """True where an answer has words of the part itself, not only of what is told around it."""
    if draft.status is not Status.ANSWERED:
        return False
    if not _says_enough(part) or _POINTS_BACK.match(part.question):
        return True
    own = replace(means.query, focus=focus(part.question), background="")
    matcher = Matcher(own, means.snapshot)
    return any(matcher.share(around(claim)) >= _COVERED for claim in draft.claims)


def _says_enough(part: Part) -> bool:
    return len(nouns(_TIME.sub(" ", part.question))) >= _ENOUGH


def around(claim: Claim) -> str:
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
    if division.are_things and _MEANING.match(division.topic):
        asked = f"{part.question}とは何ですか"
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


def is_unknown(words: str, query: Query, snapshot: Snapshot) -> bool:
    """True where `words` of the question name what the reports never mention."""
    quoted = [name for name in query.quoted if name in words]
    return bool(unknown_names(focus(words), words, quoted, snapshot))
