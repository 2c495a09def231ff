"""Stage 4: the claims of a draft → text with numbered markers and citations.

Takes a draft; gives the answer's Markdown and its citations in order of first use. Places of a
report become the contract's `Place` here. Knows nothing about checking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation, FoundPassage, Place, TableRow
from assistant.draft import Claim, Draft, Source
from corpus.model import Passage, Report, Span
from index.retrieve import Hit
from index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class CitedText:
    """An answer's text and what its markers stand for."""

    text: str
    citations: tuple[Citation, ...]


def cite(draft: Draft) -> CitedText:
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
        lines.append(f"{'- ' if draft.is_list else ''}{claim.text} {''.join(marks)}")
    separator = "\n" if draft.is_list else "\n\n"
    return CitedText(
        "\n\n".join(filter(None, (draft.lead, separator.join(lines)))), tuple(citations)
    )


def without(draft: Draft, refused: Sequence[Claim]) -> Draft:
    """Return the draft without the claims that did not hold."""
    kept = tuple(claim for claim in draft.claims if claim not in refused)
    return Draft(draft.lead, kept, draft.is_list, draft.score)


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
    before = passage.text[: span.start - passage.span.start]
    inside = passage.text[span.start - passage.span.start : span.end - passage.span.start]
    line = (
        passage.line_start + len(before.splitlines()) - (0 if before.endswith("\n") else 1)
        if before
        else passage.line_start
    )
    return Place(
        report=report.id,
        title=report.metadata.title,
        section_id=section.id,
        section_path=section.path or (section.heading,),
        section_inferred=section.inferred,
        line_start=line,
        line_end=line + len(inside.splitlines()) - 1,
        char_start=span.start,
        char_end=span.end,
        page=None,
        page_label=None,
        table=_table_row(passage, column),
    )


def _table_row(passage: Passage, column: str | None) -> TableRow | None:
    table = passage.table
    if table is None:
        return None
    return TableRow(table.caption, table.row_label, column, table.unit, table.notes)
