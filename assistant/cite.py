"""Stage 4: the claims of a draft → text with numbered markers and citations.

Takes a draft; gives the answer's Markdown and its citations in order of first use. Places of a
report become the contract's `Place` here. Knows nothing about checking.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, FoundPassage, Note, NoteKind, Place, TableRow
from assistant.composing.draft import Draft, Source
from corpus.model import Passage, Report, Section, Span
from index.retrieve import Hit
from index.snapshot import Snapshot

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class CitedDraft:
    """A draft with the text that shows it, and what the markers in it stand for."""

    draft: Draft
    text: str
    citations: tuple[Citation, ...] = ()


def cite(draft: Draft) -> CitedDraft:
    """Return the draft with markers `[1]`, `[2]` … in order of first use."""
    numbers: dict[tuple[str, Span], int] = {}
    citations: list[Citation] = []
    lines: list[str] = []
    for claim in draft.claims:
        marks = []
        for source in claim.sources:
            key = (source.report.id, source.span)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                citations.append(_citation(numbers[key], source))
            marks.append(f"[{numbers[key]}]")
        # A line of its own: what the user said is no claim, and its numbers rest on no source.
        label = f"【{claim.label}】\n" if claim.label else ""
        lines.append(f"{label}{'- ' if draft.is_list else ''}{claim.text} {''.join(marks)}")
    separator = "\n" if draft.is_list else "\n\n"
    text = "\n\n".join(filter(None, (draft.lead, separator.join(lines))))
    return CitedDraft(draft, text, tuple(citations))


def _citation(number: int, source: Source) -> Citation:
    place = place_of(source.report, source.passage, source.span, source.column)
    return Citation(number, place, source.quote)


def found_passages(hits: Sequence[Hit], snapshot: Snapshot) -> tuple[FoundPassage, ...]:
    """Return the hits as the answer object shows them."""
    return tuple(
        FoundPassage(
            passage_id=hit.passage.id,
            rank=hit.rank,
            score=round(hit.score, 6),
            place=place_of(snapshot.report(hit.passage.report_id), hit.passage, hit.passage.span),
            text=hit.passage.text,
        )
        for hit in hits
    )


def place_of(report: Report, passage: Passage, span: Span, column: str | None = None) -> Place:
    """Return the place of `span`, which lies in `passage`."""
    section = report.section_by_id[passage.section_id]
    return Place(
        report=report.id,
        title=report.metadata.title,
        section_id=section.id,
        section_path=section.path or (section.heading,),
        section_inferred=section.inferred,
        line_start=_line(passage, span.start),
        line_end=_line(passage, span.end - 1),
        char_start=span.start,
        char_end=span.end,
        page=None,
        page_label=None,
        table=_table_row(passage, column),
    )


def place_of_section(report: Report, section: Section) -> Place:
    """Return the place of a section: its heading, or its first words where it has none."""
    inside = report.passages_by_section[section.id]
    if inside:
        return replace(place_of(report, inside[0], inside[0].span), table=None)
    return Place(
        report=report.id,
        title=report.metadata.title,
        section_id=section.id,
        section_path=section.path or (section.heading,),
        section_inferred=section.inferred,
        line_start=section.line_start,
        line_end=section.line_start,
        char_start=None,
        char_end=None,
        page=None,
        page_label=None,
        table=None,
    )


def _line(passage: Passage, offset: int) -> int:
    """Return the 1-based line of an offset inside `passage`."""
    return passage.line_start + len(_LINE_END.findall(passage.text[: offset - passage.span.start]))


def _table_row(passage: Passage, column: str | None) -> TableRow | None:
    table = passage.table
    if table is None:
        return None
    return TableRow(table.caption, table.row_label, column, table.unit, table.notes)


def spelling_notes(report: Report, citation: Citation) -> list[Note]:
    """Return notes on probable errors of the source inside a quotation (原文ママ)."""
    place = citation.place
    lines = range(place.line_start or 0, (place.line_end or 0) + 1)
    return [
        Note(
            NoteKind.ORIGINAL_SPELLING,
            f"引用［{citation.number}］の「{e.wrong}」は原文ママです（推定：「{e.right}」）。",
            place.section_id,
            e.wrong,
        )
        for e in report.errata
        if e.line in lines and e.wrong in citation.quote
    ]
