"""Stage 3: a query and hits → a draft, or the reason why there is none.

Takes what was understood and what was found; gives a draft from the composer that fits, with
the notes that a reader needs. Knows nothing about markers.
"""

from collections.abc import Callable, Sequence

from assistant.abstain import judge
from assistant.answer import Note, NoteKind, Status
from assistant.draft import Draft
from assistant.facts import compose_fact
from assistant.grid import compose_grid, compose_most
from assistant.lists import compose_list
from assistant.match import Matcher
from assistant.names import unknown_names
from assistant.overview import compose_labelled, compose_overview
from assistant.parts import compose_parts
from assistant.premise import contradiction, quote_of
from assistant.refuse import nearby_notes, not_in_report, unknown_notes, unsure
from assistant.understand import Query, QueryKind
from index.retrieve import Hit
from index.snapshot import Snapshot


def compose(
    query: Query,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    search: Callable[..., Sequence[Hit]],
) -> Draft:
    """Return the draft that answers `query`, or one that says that there is no answer.

    Args:
        query: what was understood.
        hits: what was found for it, best first.
        snapshot: the index.
        search: finds passages for other words, to check what the question takes for granted.
    """
    if query.kind is QueryKind.SMALLTALK:
        return Draft(Status.SMALLTALK, query.reply)
    nearby = nearby_notes(hits, snapshot)
    if premise := _premise_note(query, hits, search):
        return not_in_report([premise, *nearby])
    unknown = unknown_names(query.focus, query.asked, query.quoted, snapshot)
    if not unknown and (most := compose_most(query, hits, snapshot)):
        return most  # a table that was read as a whole, of which no single place says so
    status = judge(query, hits, snapshot, unknown)
    if status is Status.NOT_IN_REPORT:
        return not_in_report([*unknown_notes(unknown), *nearby])
    draft = _answer(query, hits, snapshot, search) if status is Status.ANSWERED else None
    return draft or unsure(nearby)


def _answer(
    query: Query,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    search: Callable[..., Sequence[Hit]],
) -> Draft | None:
    matcher = Matcher(query, snapshot)
    if draft := compose_grid(query, hits, snapshot, matcher):
        return draft
    if draft := compose_parts(query, snapshot, search):
        return draft
    if query.kind is QueryKind.LIST and (draft := compose_list(query, hits, snapshot, matcher)):
        return draft
    for overview in (compose_overview, compose_labelled):
        if draft := overview(query, hits, snapshot, matcher):
            return draft
    return compose_fact(query, hits, snapshot, matcher)


def _premise_note(
    query: Query, hits: Sequence[Hit], search: Callable[[str], Sequence[Hit]]
) -> Note | None:
    found = contradiction(query.asked, hits, search)
    if found is None:
        return None
    return Note(
        NoteKind.PREMISE,
        f"お尋ねは「{found.asked}」ですが、報告書には「{found.said}」とあります。",
        found.passage.section_id,
        quote_of(found),
    )
