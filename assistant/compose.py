"""Stage 3: a query and hits → a draft, or the reason why there is none.

Takes what was understood and what was found; gives a draft from the composer that fits, with
the notes that a reader needs. Knows nothing about markers.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.abstain import refuses
from assistant.answer import Note, NoteKind, Status
from assistant.answerable import scorer
from assistant.draft import Draft
from assistant.facts import compose_fact
from assistant.lists import compose_list
from assistant.match import Matcher
from assistant.names import unknown_names
from assistant.overview import compose_overview
from assistant.premise import contradiction, quote_of
from assistant.refuse import half_notes, nearby_notes, not_in_report, unknown_notes, unsure
from assistant.signs import signs
from assistant.sought import shows, unanswered
from assistant.understand import Query, QueryKind
from index.retrieve import Hit
from index.snapshot import Snapshot


def compose(
    query: Query,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    search: Callable[[str], Sequence[Hit]],
) -> Draft:
    """Return the draft that answers `query`, or one that says that there is no answer.

    An answer that the rules let pass is given only where it is likely that the report says what
    is asked.

    Args:
        query: what was understood.
        hits: what was found for it, best first.
        snapshot: the index.
        search: finds passages for other words, to check what the question takes for granted.
    """
    draft = propose(query, hits, snapshot, search)
    if draft.status is not Status.ANSWERED:
        return draft
    found, fitted = signs(query, hits, draft, snapshot), scorer()
    status = fitted.status(found)
    if status is Status.ANSWERED:
        notes = (*draft.notes, *half_notes(unanswered(query, draft)))
        return replace(draft, notes=notes, confidence=fitted.right.probability(found))
    nearby = nearby_notes(hits, snapshot)
    return unsure(nearby) if status is Status.UNSURE else not_in_report(nearby)


def propose(
    query: Query, hits: Sequence[Hit], snapshot: Snapshot, search: Callable[[str], Sequence[Hit]]
) -> Draft:
    """Return the draft that the rules let pass, however unlikely, or one that refuses.

    The arguments are those of `compose`; the fitting of the probabilities starts from here.
    """
    if query.kind is QueryKind.SMALLTALK:
        return Draft(Status.SMALLTALK, query.reply)
    nearby = nearby_notes(hits, snapshot)
    if premise := _premise_note(query, hits, search):
        return not_in_report([premise, *nearby])
    unknown = unknown_names(query.focus, query.asked, query.quoted, snapshot)
    if refuses(query, hits, snapshot, unknown):
        return not_in_report([*unknown_notes(unknown), *nearby])
    draft = _answer(query, hits, snapshot)
    return draft if draft and shows(query, draft) else unsure(nearby)


def _answer(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    matcher = Matcher(query, snapshot)
    if query.kind is QueryKind.LIST and (draft := compose_list(query, hits, snapshot, matcher)):
        return draft
    if draft := compose_overview(query, hits, snapshot, matcher):
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
