"""孫引き: the source that a report itself names for words of its own pages.

Takes a passage of a report, or citations; gives the original source as the report writes it, or
notes that name it. Only a source line that belongs to the passage counts: in the passage, in the
notes of its table, or right behind the figure or list that it is part of. Knows nothing about
references.
"""

import re
from collections.abc import Callable, Sequence

from assistant.answer import Citation, Note, NoteKind
from corpus.markup import plain
from corpus.model import Passage, PassageKind, Report

_LABEL = re.compile(r"[（(【〔]?\s*(?:出典|資料|出所|引用元)\s?[）)】〕：:]\s*")
_INSIDE = re.compile(
    r"[（(]\s*(?:出典|資料|出所|引用元)\s?[：:]\s*([^（）()]+(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]"
)
_MADE_FROM = re.compile(r"\s*を(?:基|元|もと|加工|参考)に?(?:して)?.{0,20}?(?:作成|整理|加工).*$")
_OWN = re.compile(r"^.{0,20}?(?:作成|調べ|事務局(?:資料)?)$")
_REACH = 12
"""Passages behind which a source line is too far away to belong to a figure."""
_JOINED = (
    PassageKind.ITEM,
    PassageKind.ROW,
    PassageKind.LABELS,
    PassageKind.CAPTION,
    PassageKind.NOTE,
)


def original_of(report: Report, passage: Passage) -> str | None:
    """Return the original source of `passage`, as the report writes it."""
    if passage.kind is PassageKind.SOURCE:
        return None
    inside = _INSIDE.search(plain(passage.text))
    if inside:
        return _named(inside[1], report)
    notes = passage.table.notes if passage.table else ()
    for note in notes:
        if label := _LABEL.match(plain(note)):
            return _named(plain(note)[label.end() :], report)
    behind = _behind(report, passage)
    return _named(behind, report) if behind else None


def passage_at(report: Report, offset: int | None) -> Passage | None:
    """Return the passage that holds a character of the report; None where none does."""
    if offset is None:
        return None
    holding = (p for p in report.passages if p.span.start <= offset < p.span.end)
    return next(holding, None)


def second_hand_notes(
    citations: Sequence[Citation], report_of: Callable[[str], Report]
) -> list[Note]:
    """Return a note for each source that cited words were taken from by the report itself."""
    found: dict[str, list[Citation]] = {}
    for citation in citations:
        report = report_of(citation.place.report)
        passage = passage_at(report, citation.place.char_start)
        if passage and (original := original_of(report, passage)):
            found.setdefault(original, []).append(citation)
    return [_note(original, cited) for original, cited in found.items()]


def _note(original: str, cited: Sequence[Citation]) -> Note:
    numbers = "".join(f"［{citation.number}］" for citation in cited)
    text = (
        f"引用{numbers}は、報告書が「{original}」から引いたものです（孫引き）。"
        "引用するときは、原典を確かめてください。"
    )
    return Note(NoteKind.SECOND_HAND, text, cited[0].place.section_id)


def _behind(report: Report, passage: Passage) -> str | None:
    """Return the source line that ends the run of blocks that `passage` is part of."""
    siblings = report.passages_by_section[passage.section_id]
    at = next(i for i, other in enumerate(siblings) if other.id == passage.id)
    for other in siblings[at + 1 : at + 1 + _REACH]:
        if other.kind is PassageKind.SOURCE:
            text = plain(other.text)
            label = _LABEL.match(text)
            return text[label.end() :] if label else text
        if not _are_joined(passage, other):
            return None
    return None


def _are_joined(passage: Passage, other: Passage) -> bool:
    """True where both are parts of one figure, table or list; prose that goes on is none."""
    if passage.kind is PassageKind.PARAGRAPH:
        return False
    return other.kind in _JOINED and other.group == passage.group


def _named(text: str, report: Report) -> str | None:
    """Return the source without who made a figure of it; None where the report names itself."""
    made = _MADE_FROM.sub("", text.strip()).strip("。、 ")
    if not made or _OWN.match(made):
        return None
    publisher = report.metadata.publisher
    return None if publisher and made in (publisher, f"{publisher}資料") else made
