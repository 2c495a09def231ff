"""Answers, hits and sections as text for a terminal.

Takes the values of the other packages; gives rich `Text`, which is plain where the output is
not a terminal. A report's words pass through `safe` and are never read as markup. Knows
nothing about where the text goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.text import Text

from assistant.answer import Answer, Citation, FoundPassage, Note, NoteKind, Place, Status
from corpus.lines import Line, lines_of
from corpus.model import Report, Section
from ui.screen import safe

INFERRED = "（推定）"
"""Marks what a reviewer placed, not the report itself."""

_DIM = "bright_black"
_STATUS = {
    Status.NOT_IN_REPORT: "【報告書に記載なし】",
    Status.UNSURE: "【確かな答えなし】",
    Status.CLARIFY: "【お尋ねの意味の確認】",
    Status.ERROR: "【エラー】",
}
_PARTS = {
    "lemmas": "語",
    "bigrams": "文字の並び",
    "lexical": "語と並び",
    "words": "言い換えも含む語",
    "dense": "意味",
    "near": "意味の近さ（ほかとの比較）",
    "gate": "意味の効き",
}
"""What the parts of a hit's score are called."""


def answer_text(answer: Answer) -> Text:
    """Return the answer, its sources and its notes."""
    text = Text()
    if answer.standalone_question != answer.question:
        text.append(f"（お尋ねの読み方：{safe(answer.standalone_question)}）\n", _DIM)
    if answer.status in _STATUS:
        text.append(_STATUS[answer.status] + "\n", "bold yellow")
    if answer.mode != "quote" and answer.status is Status.ANSWERED:
        told = f"（言語モデル（{safe(answer.mode)}）が書き、報告書と照合した文です。）\n"
        text.append(told, _DIM)
    text.append(safe(answer.answer).strip())
    if answer.citations:
        text.append("\n\n出典", "bold")
        for citation in answer.citations:
            text.append("\n").append_text(citation_text(citation))
    if answer.notes:
        text.append("\n\n注", "bold")
        for note in answer.notes:
            text.append(f"\n・{_note(note)}")
    return text


def citation_text(citation: Citation) -> Text:
    """Return a citation: its number, where it stands, and the quotation below."""
    text = Text().append(f"[{citation.number}] ", "bold cyan").append_text(_place(citation.place))
    return text.append("\n" + _indented(citation.quote))


def source_text(citation: Citation, report: Report) -> Text:
    """Return a citation with the lines of the source that it comes from."""
    text = citation_text(citation)
    first, last = citation.place.line_start, citation.place.line_end
    if first is None or last is None:
        return text
    text.append("\n\n原文\n", "bold")
    return text.append_text(_numbered(lines_of(report.text)[first - 1 : last]))


def hits_text(hits: Sequence[FoundPassage], parts: Sequence[Mapping[str, float]] = ()) -> Text:
    """Return the hits of a search; with `parts`, also what each score is made of."""
    if not hits:
        return Text("見つかりませんでした。別の言葉でお試しください。")
    blocks = []
    for position, hit in enumerate(hits):
        block = Text().append(f"{hit.rank}. ", "bold cyan").append_text(_place(hit.place))
        block.append(f"（{hit.place.section_id}）", _DIM)
        if parts:
            block.append(f"\n    得点 {hit.score:.3f}（{_made_of(parts[position])}）", _DIM)
        blocks.append(block.append("\n" + _indented(hit.text)))
    return Text("\n").join(blocks)


def outline_text(report: Report) -> Text:
    """Return the tree of a report's sections with their ids."""
    text = Text().append(safe(report.metadata.title), "bold").append(f"（{report.id}）", _DIM)
    width = max(len(section.id) for section in report.sections)
    for section in report.sections:
        text.append(f"\n{section.id:<{width}}  ", "cyan").append("  " * section.level)
        text.append(safe(section.heading)).append(_if_inferred(section.inferred), "yellow")
        text.append(f" L{section.line_start}", _DIM)
    return text


def section_text(report: Report, section: Section) -> Text:
    """Return a section and what stands under it, with the line numbers of the source."""
    text = Text(safe(report.metadata.title))
    text.append(f"「{_path(section.path or (section.heading,))}」", "bold")
    text.append(_if_inferred(section.inferred), "yellow").append("\n")
    lines = _section_lines(report, section)
    return text.append_text(_numbered(lines)) if lines else text.append("本文はありません。")


def _section_lines(report: Report, section: Section) -> list[Line]:
    """Return the lines from the section's first to its last, without those of other sections."""
    inside: set[int] = set()
    outside: set[int] = set()
    below = _below(report, section.id)
    for passage in report.passages:
        lines = range(passage.line_start, passage.line_end + 1)
        (inside if passage.section_id in below else outside).update(lines)
    outside -= inside
    found = lines_of(report.text)[min(inside) - 1 : max(inside)] if inside else []
    return [line for line in found if line.number not in outside]


def _below(report: Report, section_id: str) -> set[str]:
    found = {section_id}
    for child in report.children[section_id]:
        found |= _below(report, child.id)
    return found


def _numbered(lines: Iterable[Line]) -> Text:
    text, last = Text(), None
    for line in lines:
        if last is not None:
            text.append("\n" if line.number == last + 1 else "\n     …\n")
        text.append(f"{line.number:>6}  ", _DIM).append(safe(line.text))
        last = line.number
    return text


def _place(place: Place) -> Text:
    text = Text(f"{safe(place.title)}「{_path(place.section_path)}」")
    text.append(_if_inferred(place.section_inferred), "yellow")
    text.append(f" {_position(place)}", _DIM)
    if place.table is not None:
        text.append(f"\n    {_row(place)}")
    return text


def _position(place: Place) -> str:
    if place.line_start is None:
        return f"p.{place.page_label or place.page}"
    if place.line_end in (None, place.line_start):
        return f"L{place.line_start}"
    return f"L{place.line_start}-{place.line_end}"


def _row(place: Place) -> str:
    table = place.table
    assert table is not None
    named: dict[str, Any] = {
        "表": table.caption,
        "行": table.row_label,
        "列": table.column_label,
        "単位": table.unit,
        "注": " ".join(table.notes),
    }
    return safe("　".join(f"{name}：{value}" for name, value in named.items() if value))


def _note(note: Note) -> str:
    text = note.text
    if note.quote and note.quote not in text:
        text += f"「{note.quote}」"
    if note.kind is NoteKind.NEARBY and note.section_id:
        text += f"（tenkyo show {note.section_id}）"
    return safe(text)


def _made_of(parts: Mapping[str, float]) -> str:
    return "、".join(f"{_PARTS.get(name, name)} {value:.3f}" for name, value in parts.items())


def _path(headings: Sequence[str]) -> str:
    return safe(" ＞ ".join(headings))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in safe(text).splitlines())


def _if_inferred(inferred: bool) -> str:
    return INFERRED if inferred else ""
