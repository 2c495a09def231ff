"""A turn as Markdown with its sources, for a file that the browser itself writes.

Takes a turn; gives Markdown. It reaches the browser inside the conversation, so that no file
of one user ever lies where another could fetch it. Knows nothing about HTML.
"""

import re

from assistant.answer import Answer, Citation, NoteKind
from ui.chat.cards import path, row

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def markdown(answer: Answer, status: str) -> str:
    """Return a question, its answer, notes and sources.

    Args:
        answer: the answer.
        status: its status in words.
    """
    blocks = [f"## {_plain(answer.question)}", f"（{status}）", _body(answer.answer)]
    notes = [f"- {_plain(note.text)}" for note in answer.notes]
    if notes:
        only_near = all(note.kind is NoteKind.NEARBY for note in answer.notes)
        blocks += ["" if only_near else "注", "\n".join(notes)]
    if answer.citations:
        blocks += ["出典", "\n\n".join(map(_source, answer.citations))]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _body(text: str) -> str:
    """Escape the words of an answer but not the marks of its lists."""
    lines = (re.match(r"(\s*- )?(.*)", line) for line in text.splitlines())
    return "\n".join((m[1] or "") + _plain(m[2]) for m in lines if m)


def _source(citation: Citation) -> str:
    place = citation.place
    about = f"\\[{citation.number}\\] 「{_plain(place.title)}」{_plain(path(place))}"
    if place.table is not None and (named := row(place.table)):
        about += f"（{_plain(named)}）"
    quote = "\n".join(f"> {_plain(line)}" for line in citation.quote.splitlines())
    return f"{about}\n\n{quote}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
