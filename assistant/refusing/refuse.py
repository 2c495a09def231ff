"""Drafts that answer nothing, and what they still tell.

Takes hits and the signs that the report does not say; gives drafts with the nearest sections
as text. No citation stands under a refusal.
"""

from collections.abc import Sequence

from assistant.answer import Note, NoteKind, Status
from assistant.composing.draft import Draft
from index.retrieve import Hit
from index.snapshot import Snapshot

_NEAR = 0.1
"""Score from which a section may be offered."""
_NEARBY = 3
"""Sections that are offered, at most."""


def not_in_report(notes: Sequence[Note] = ()) -> Draft:
    """Return the draft that says that the report does not say."""
    text = "お尋ねのことは、報告書の中に見当たりません。"
    return Draft(Status.NOT_IN_REPORT, text, notes=tuple(notes))


def unsure(notes: Sequence[Note] = ()) -> Draft:
    """Return the draft that says that something near was found, not enough to answer."""
    text = "近い記述はありますが、お尋ねへの答えといえるものは見つかりませんでした。"
    return Draft(Status.UNSURE, text, notes=tuple(notes))


def unknown_notes(names: Sequence[str]) -> list[Note]:
    """Return notes that name what the reports never mention."""
    return [
        Note(NoteKind.MISSING, f"「{name}」は、報告書のどこにも出てきません。") for name in names
    ]


def slip_notes(slips: Sequence[tuple[str, str]]) -> list[Note]:
    """Return notes that say which words were read otherwise than they were typed."""
    return [
        Note(
            NoteKind.MISSING,
            f"「{typed}」は報告書に出てこないため、「{meant}」と読んで探しました。",
        )
        for typed, meant in slips
    ]


def half_notes(unanswered: str | None) -> list[Note]:
    """Return the note that names the part of a question that is left open."""
    if unanswered is None:
        return []
    text = f"お尋ねのうち、{unanswered}にあたる記述は、示した箇所にありません。"
    return [Note(NoteKind.MISSING, text)]


def nearby_notes(hits: Sequence[Hit], snapshot: Snapshot) -> list[Note]:
    """Return the sections that come nearest."""
    places = dict.fromkeys(
        (hit.passage.report_id, hit.passage.section_id) for hit in hits if hit.score >= _NEAR
    )
    notes = []
    for report_id, section_id in list(places)[:_NEARBY]:
        section = snapshot.report(report_id).section_by_id[section_id]
        path = " ＞ ".join(section.path) or section.heading
        notes.append(Note(NoteKind.NEARBY, f"近い箇所：{path}", section_id))
    return notes
