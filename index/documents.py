"""Passages → what is searched of each: its own words, and the words around it.

Takes a report; gives for each passage the plain text of itself and of its context (headings
above, lead, caption, labels, notes of correction). Knows nothing about terms or vectors.
"""

from dataclasses import dataclass

from corpus.markup import plain
from corpus.model import Passage, PassageKind, Report

HEADINGS = 2
"""How many headings above count as context; those further up say what whole parts are about."""


@dataclass(frozen=True, slots=True)
class Document:
    """The searchable side of a passage."""

    body: str
    context: str

    @property
    def text(self) -> str:
        """Body and context together."""
        return f"{self.body} {self.context}".strip()


def documents_of(report: Report) -> list[Document]:
    """Return the documents of all passages of `report`, in their order."""
    corrections = {e.line: e for e in report.errata}
    found = []
    for passage in report.passages:
        body = plain(passage.text)
        if (erratum := corrections.get(passage.line_start)) and erratum.wrong in body:
            body = f"{body} {erratum.right}"
        found.append(Document(body, context_of(report, passage)))
    return found


def context_of(report: Report, passage: Passage) -> str:
    """Return the words around a passage: headings, lead, caption, labels."""
    path = report.section_by_id[passage.section_id].path
    own = passage.kind is PassageKind.HEADING
    parts = list(path[:-1] if own else path)[-HEADINGS:]
    if passage.lead:
        parts.append(passage.lead)
    if passage.table:
        labels = (label for label in passage.table.column_labels if label)
        parts += [passage.table.caption or "", passage.table.unit or "", *labels]
    return " ".join(part for part in parts if part)
