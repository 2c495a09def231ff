"""A report as the page shows it: its outline, and its text with headings, lists and tables.

Takes a parsed report; gives HTML in which every passage stands where the source has it and every
visible character knows its offset (`ui.chat.runs`). All words of the report are escaped. Knows
nothing about answers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.model import Passage, PassageKind, Report, Section, Span
from ui.chat.runs import brings_its_mark, escaped, runs

_DEEPEST_HEADING = 6
_HEADINGS_ABOVE = 2
"""The page's own h1 and h2 stand above the headings of a report."""
_DEEPEST_ITEM = 5
_CLASSES = {
    PassageKind.CAPTION: "caption",
    PassageKind.NOTE: "remark",
    PassageKind.SOURCE: "remark",
}


@dataclass(frozen=True, slots=True)
class ReportView:
    """What the right side of the page shows of one report."""

    id: str
    title: str
    about: str
    """Publisher, bureau and date, as far as they are known."""
    outline: str
    """HTML of the table of contents."""
    body: str
    """HTML of the text."""


def view(report: Report) -> ReportView:
    """Return the HTML of a report."""
    about = report.metadata
    parts = filter(None, (about.publisher, about.bureau, about.date))
    return ReportView(
        report.id, about.title, "　".join(parts), outline(report.sections), body(report)
    )


def outline(sections: Sequence[Section]) -> str:
    """Return the headings as nested lists of links, each to its place in the text.

    One of them is a stop of the Tab key; arrow keys go on from there.
    """
    out: list[str] = []
    open_levels: list[int] = []
    for section in sections:
        while open_levels and open_levels[-1] > section.level:
            open_levels.pop()
            out.append("</li></ul>")
        if open_levels and open_levels[-1] == section.level:
            out.append("</li>")
        else:
            open_levels.append(section.level)
            out.append("<ul>")
        mark = '<span class="inferred">（推定）</span>' if section.inferred else ""
        place = escaped(section.id)
        out.append(
            f'<li><a href="#sec-{place}" data-section="{place}" tabindex="{-1 if out[1:] else 0}">'
            f"{escaped(section.heading)}{mark}</a>"
        )
    return "".join(out) + "</li></ul>" * len(open_levels)


def body(report: Report) -> str:
    """Return the text of a report."""
    writer = _Writer(report)
    return "".join(
        writer.block(kind, [*passages])
        for kind, passages in groupby(report.passages, key=_block_of)
    )


def _block_of(passage: Passage) -> tuple[str, int]:
    """Return what passages of one HTML block share."""
    if passage.table is not None:
        return "table", passage.table.table_number
    if passage.kind is PassageKind.ITEM:
        return "items", 0
    return passage.kind.value, passage.span.start


class _Writer:
    """Writes the blocks of one report, and remembers which sections have begun."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._begun: set[str] = set()
        self._current = ""

    def block(self, kind: tuple[str, int], passages: Sequence[Passage]) -> str:
        first = passages[0]
        if kind[0] == "heading":
            return self._heading(first)
        start = self._section_start(first)
        if kind[0] == "table":
            return start + self._table(passages)
        if kind[0] == "items":
            return start + self._items(passages)
        name = _CLASSES.get(first.kind, "text")
        return f'{start}<p class="{name}">{self._words(first.span)}</p>'

    def _words(self, span: Span) -> str:
        return runs(self._report.text, span)

    def _heading(self, passage: Passage) -> str:
        section = self._report.section_by_id[passage.section_id]
        level = min(section.level + _HEADINGS_ABOVE, _DEEPEST_HEADING) if section.level else 3
        level = max(level, _HEADINGS_ABOVE + 1)
        anchor = self._anchor(section.id)
        self._current = section.id
        words = self._words(passage.span)
        return f'<h{level}{anchor} class="level-{section.level}">{words}</h{level}>'

    def _section_start(self, passage: Passage) -> str:
        """Return what tells that the text goes over to another section without a heading."""
        section = self._report.section_by_id[passage.section_id]
        if section.id == self._current:
            return ""
        self._current = section.id
        anchor = self._anchor(section.id)
        if not section.inferred:
            return f"<div{anchor}></div>" if anchor else ""
        return f'<p{anchor} class="placed">ここから「{escaped(section.heading)}」（推定）</p>'

    def _anchor(self, section_id: str) -> str:
        if section_id in self._begun:
            return ""
        self._begun.add(section_id)
        return f' id="sec-{escaped(section_id)}" tabindex="-1"'

    def _items(self, passages: Sequence[Passage]) -> str:
        out = ['<ul class="items">']
        before: Passage | None = None
        for passage in passages:
            words = self._words(passage.span)
            if before is not None and self._goes_on(before, passage):
                out[-1] = out[-1].removesuffix("</li>") + words + "</li>"
            else:
                name = f"depth-{min(passage.depth, _DEEPEST_ITEM)}"
                if brings_its_mark(passage.text):
                    name += " numbered"
                out.append(f'{self._li_anchor(passage)}<li class="{name}">{words}</li>')
            before = passage
        return "".join(out) + "</ul>"

    def _li_anchor(self, passage: Passage) -> str:
        """Close and open the list where a section begins between two items."""
        start = self._section_start(passage)
        return f'</ul>{start}<ul class="items">' if start else ""

    def _goes_on(self, before: Passage, passage: Passage) -> bool:
        """True where a long item was split at a sentence end."""
        between = self._report.text[before.span.end : passage.span.start]
        return before.line_end == passage.line_start and not between.strip()

    def _table(self, passages: Sequence[Passage]) -> str:
        context = passages[0].table
        assert context is not None
        rows = [[*row] for _, row in groupby(passages, key=lambda p: p.line_start)]
        name = escaped(context.caption or "表")
        # It stands above as a passage of its own; this one is for those who listen.
        caption = f'<caption class="visually-hidden">{name}</caption>' if context.caption else ""
        lines = "".join(f"<tr>{self._row(row)}</tr>" for row in rows)
        return (
            f'<div class="table" role="group" tabindex="0" aria-label="{name}">'
            f'<table aria-label="{name}">{caption}<tbody>{lines}</tbody></table></div>'
        )

    def _row(self, records: Sequence[Passage]) -> str:
        """Return the cells of one line of the source, which may hold several records."""
        return "".join(_joined(self._record(record)) for record in records)

    def _record(self, passage: Passage) -> Iterator[str]:
        context = passage.table
        assert context is not None
        is_header = passage.kind is PassageKind.LABELS
        filled = {cell.column: cell for cell in context.cells}
        width = max(len(context.column_labels), *(column + 1 for column in filled))
        for column in range(width):
            cell = filled.get(column)
            if cell is None:
                yield "<td></td>"
                continue
            words = self._words(cell.span)  # with the marks (○, ●) that a legend explains
            labels_row = column == 0 and width > 1 and context.row_label is not None
            if is_header or labels_row:
                yield f'<th scope="{"col" if is_header else "row"}">{words}</th>'
            else:
                yield f"<td>{words}</td>"


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts)
