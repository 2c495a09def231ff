"""Stage 3: a query and hits → a draft, or the reason why there is none.

Takes what was understood and what was found; gives a draft from the composer that fits, with
the notes that a reader needs. Knows nothing about markers.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Note, NoteKind, Status
from assistant.composing.definitions import compose_definition
from assistant.composing.draft import Draft, Shape
from assistant.composing.extremes import compose_most
from assistant.composing.facts import compose_fact
from assistant.composing.lists import compose_list
from assistant.composing.match import Matcher
from assistant.composing.overview import compose_labelled, compose_overview
from assistant.composing.places import Search
from assistant.composing.reasons import asks_reason, reasons_first
from assistant.composing.selection import compose_grid, compose_rows
from assistant.composing.several import compose_in_parts
from assistant.refusing.abstain import refuses
from assistant.refusing.answerable import scorer
from assistant.refusing.names import unknown_names
from assistant.refusing.premise import contradiction, quote_of
from assistant.refusing.refuse import half_notes, nearby_notes, not_in_report, unknown_notes, unsure
from assistant.refusing.signs import has_terms, signs
from assistant.refusing.sought import shows, unanswered
from assistant.understanding import phrases
from assistant.understanding.understand import Query, QueryKind
from index.retrieve import Hit
from index.snapshot import Snapshot


def compose(query: Query, hits: Sequence[Hit], snapshot: Snapshot, search: Search) -> Draft:
    """Return the draft that answers `query`, or one that says that there is no answer.

    An answer that the rules let pass is given only where it is likely that the report says what
    is asked.

    Args:
        query: what was understood.
        hits: what was found for it, best first.
        snapshot: the index.
        search: finds passages for other words, for parts and for what is taken for granted.
    """
    if query.kind is QueryKind.SMALLTALK:
        return Draft(Status.SMALLTALK, query.reply)
    in_parts = compose_in_parts(query, hits, snapshot, search, _part)
    if in_parts and not _lacks(in_parts):
        return weighed(query, hits, snapshot, in_parts)
    whole = _one(query, hits, snapshot, search)
    draft = in_parts if in_parts and not _tells_more(whole, in_parts) else whole
    return weighed(query, hits, snapshot, draft)


def _lacks(draft: Draft) -> bool:
    return any(note.kind is NoteKind.MISSING for note in draft.notes)


def _tells_more(whole: Draft, parts: Draft) -> bool:
    """True where a table that is read as one answers what some parts of a question are refused."""
    there, here = ({p.id for p in draft.passages} for draft in (whole, parts))
    return whole.shape in (Shape.TABLE, Shape.WHOLE_TABLE) and here <= there and not _lacks(whole)


def weighed(query: Query, hits: Sequence[Hit], snapshot: Snapshot, draft: Draft) -> Draft:
    """Return `draft` with its confidence, where it answers and has none yet."""
    if draft.status is not Status.ANSWERED or draft.confidence is not None:
        return draft
    if not hits or not has_terms(query):
        return draft
    return replace(draft, confidence=scorer().judge(signs(query, hits, draft, snapshot)).right)


def _one(query: Query, hits: Sequence[Hit], snapshot: Snapshot, search: Search) -> Draft:
    """Return the answer to a question that asks one thing, or the reason why there is none."""
    return _judged(query, hits, snapshot, propose(query, hits, snapshot, search))


def _part(query: Query, hits: Sequence[Hit], snapshot: Snapshot, search: Search) -> Draft:
    """Return the answer to a part of a question, for which what is told around it speaks too."""
    return _judged(query, hits, snapshot, propose(query, hits, snapshot, search), Status.UNSURE)


def propose(query: Query, hits: Sequence[Hit], snapshot: Snapshot, search: Search) -> Draft:
    """Return the draft that the rules let pass, however unlikely, or one that refuses.

    The arguments are those of `compose`; the fitting of the probabilities starts from here.
    """
    nearby = nearby_notes(hits, snapshot)
    if premise := _premise_note(query, hits, search):
        return not_in_report([premise, *nearby])
    unknown = unknown_names(query.focus, query.asked, query.quoted, snapshot)
    if not unknown and (read := _read_whole(query, hits, snapshot)):
        return replace(read, shape=Shape.WHOLE_TABLE)
    if refuses(query, hits, snapshot, unknown):
        return not_in_report([*unknown_notes(unknown), *nearby])
    draft = _answer(query, hits, snapshot)
    return draft if draft and shows(query, draft) else unsure(nearby)


def _read_whole(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    """Return what a table says that is read as a whole, of which no single place says so."""
    return compose_most(query, hits, snapshot) or compose_rows(query, hits, snapshot)


def _judged(
    query: Query,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    draft: Draft,
    least: Status = Status.ANSWERED,
) -> Draft:
    """Return `draft` with its confidence, or a refusal where the verdict is below `least`."""
    if draft.status is not Status.ANSWERED:
        return draft
    nearby = nearby_notes(hits, snapshot)
    if not has_terms(query):
        return unsure(nearby)
    verdict = scorer().judge(signs(query, hits, draft, snapshot))
    if verdict.status in (Status.ANSWERED, least):
        notes = (*draft.notes, *half_notes(unanswered(query, draft)))
        return replace(draft, notes=notes, confidence=verdict.right)
    return unsure(nearby) if verdict.status is Status.UNSURE else not_in_report(nearby)


def _answer(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    """Return the draft of the first composer that fits and finds its shape near the hits."""
    matcher = Matcher(query, snapshot)
    reasons = reasons_first(query.asked, hits, snapshot, matcher)
    is_list = query.kind is QueryKind.LIST and not phrases.SUPERLATIVE.search(query.asked)
    is_open = not (asks_reason(query.asked) and reasons[0].score > hits[0].score)
    plan: tuple[tuple[Shape, bool, Callable[[], Draft | None]], ...] = (
        (Shape.DEFINITION, True, lambda: compose_definition(query, hits, snapshot)),
        (Shape.TABLE, True, lambda: compose_grid(query, hits, snapshot, matcher)),
        (Shape.LIST, is_list, lambda: compose_list(query, hits, snapshot, matcher)),
        (Shape.SECTION, is_open, lambda: compose_overview(query, hits, snapshot, matcher)),
        (Shape.SECTION, is_open, lambda: compose_labelled(query, hits, snapshot, matcher)),
        (Shape.FACT, True, lambda: compose_fact(query, reasons, snapshot, matcher)),
    )
    drafts = ((shape, compose()) for shape, fits, compose in plan if fits)
    return next((replace(draft, shape=shape) for shape, draft in drafts if draft), None)


def _premise_note(query: Query, hits: Sequence[Hit], search: Search) -> Note | None:
    found = contradiction(query.asked, hits, search)
    if found is None:
        return None
    return Note(
        NoteKind.PREMISE,
        f"お尋ねは「{found.asked}」ですが、報告書には「{found.said}」とあります。",
        found.passage.section_id,
        quote_of(found),
    )
