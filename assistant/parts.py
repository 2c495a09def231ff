"""Composer for questions with several parts: one place for each.

Takes a query whose words enumerate what it asks about (「AとBでそれぞれ」);
searches for each part with the rest of the question as its background, and gives the best
place of each. What is not found is named. Knows nothing about how a place is chosen.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Note, NoteKind, Status
from assistant.draft import Claim, Draft
from assistant.facts import compose_fact
from assistant.inline import split
from assistant.match import Matcher
from assistant.understand import Query, QueryKind, focus
from assistant.wanted import measured, wanted
from corpus.markup import plain
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

_EACH = re.compile(r"(?:の)?(?:それぞれ|各々|おのおの|両方|双方|[二三四2-4２-４]つ(?:とも|は))")
_ALL = re.compile(r"全部|全て|すべて|漏れなく|残らず|とも")
_BETWEEN = re.compile(r"と?、|・|及び|および|並びに|や|と(?=[^のいしなもか])")
_GOES_ON = re.compile(r"(?:[はがを]|について|に関して|として|とき|[てで])$")
_TOPIC = re.compile(r"^.*(?:は|が|について|として)(?=[^はが]{2,}$)")
_ASKING = re.compile(r"何|どんな|どの|どう|いつ|いくら|いくつ|誰|だれ|どこ|なぜ|どれ|どなた")
_MOST_PARTS = 4
_TOPICAL = 0.5
"""How much it counts that the words of a place itself speak to the topic."""
_FOUND = 0.25
"""Share of a part's words, and half of the others, from which a place speaks to it."""


def compose_parts(
    query: Query, snapshot: Snapshot, search: Callable[..., Sequence[Hit]]
) -> Draft | None:
    """Return a place for each part of `query`, None where it has one part or one place."""
    if query.kind is QueryKind.LIST and query.count is None and not query.has_parts:
        return None
    claims: list[Claim] = []
    missing: list[Note] = []
    parts, topic = parts_of(query.asked)
    for part in parts:
        claim = _best_place(query, part, topic, snapshot, search)
        if claim is None:
            text = f"「{part}」については、見つかりませんでした。"
            missing.append(Note(NoteKind.MISSING, text))
        elif not any(claim.text in c.text or c.text in claim.text for c in claims):
            claims.append(claim)
    if len(claims) < 2:
        return None
    lead = "次の箇所に記述があります。"
    return Draft(Status.ANSWERED, lead, tuple(claims), is_list=True, notes=tuple(missing))


def parts_of(question: str) -> tuple[list[str], str]:
    """Return the parts of a question and what is asked of each; no parts where it is one.

    >>> parts_of("水道料金について、市内と市外でそれぞれいくらか")
    (['市内', '市外'], '水道料金について、 でそれぞれいくらか')
    >>> parts_of("駅はいつできるのか、事業費はいくらかを知りたい")
    (['駅はいつできるのか', '事業費はいくらかを知りたい'], '')
    """
    if _is_sayable(named := _named_parts(question)):
        start, end = question.find(named[0]), question.rfind(named[-1]) + len(named[-1])
        topic = f"{question[:start]} {question[end:]}".strip()
        if not lemmas(focus(question[:start])) and len(named) > 2:
            return named[1:], named[0]
        return named, topic
    clauses = _clauses(question)
    return (clauses, "") if _is_sayable(clauses) else ([], "")


def _is_sayable(parts: Sequence[str]) -> bool:
    return 2 <= len(parts) <= _MOST_PARTS and all(lemmas(focus(part)) for part in parts)


def _named_parts(question: str) -> list[str]:
    """Return what is named right before それぞれ or 両方."""
    match = _EACH.search(question)
    if match is None or _ALL.search(question):
        return []
    before = re.split(r"[。？?]", question[: match.start()])[-1].rstrip("、 　でにはのと")
    pieces: list[str] = []
    for piece in reversed(split(_BETWEEN, before)):
        if _GOES_ON.search(piece):
            break
        pieces.insert(0, piece)
    return [*(_TOPIC.sub("", piece) for piece in pieces[:1]), *pieces[1:]]


def _clauses(question: str) -> list[str]:
    """Return the clauses that each ask something, with what stands before them."""
    clauses, start = [], ""
    for piece in re.split(r"[、。？?]", question):
        start = f"{start} {piece}".strip()
        if _ASKING.search(piece):
            clauses.append(start)
            start = ""
    return clauses


def _best_place(
    query: Query, part: str, topic: str, snapshot: Snapshot, search: Callable[..., Sequence[Hit]]
) -> Claim | None:
    """Return the place that says what is asked of `part`; without a topic, what `part` asks."""
    asked = f"{topic} {part}".strip()
    others = "" if topic else focus(query.asked.replace(part, " "))
    background = f"{others} {query.background}".strip()
    own = replace(
        query,
        asked=asked,
        focus=focus(asked),
        background=background,
        wanted=wanted(asked),
        measured=measured(asked),
        has_parts=False,
        defined=None,
    )
    hits = search(own.focus, background=own.background)
    if not hits or hits[0].words < _FOUND:
        return None
    if topic:
        hits = _on_topic(hits, Matcher(replace(own, focus=focus(topic)), snapshot))
    draft = compose_fact(own, hits, snapshot, Matcher(own, snapshot))
    return draft.claims[0] if draft else None


def _on_topic(hits: Sequence[Hit], matcher: Matcher) -> list[Hit]:
    """Return the hits by how far their own words speak to the topic too.

    A part often names the section (「声明ではどうか」), which is not enough.
    """
    shares = [matcher.share(plain(hit.passage.text)) for hit in hits]
    rated = [replace(h, score=h.score + _TOPICAL * s) for h, s in zip(hits, shares, strict=True)]
    return sorted(rated, key=lambda hit: -hit.score)
