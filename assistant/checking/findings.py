"""Findings that point to a place of a report.

Takes a verdict and a place; gives the `Finding` with the place and its short reference.
"""

from assistant.checking.manuscript import Extent
from assistant.checking.result import Edit, Finding, Subject, Verdict
from assistant.cite import place_of
from assistant.references.forms import write
from assistant.references.reference import Form, Reference, pinpoint_of
from corpus.markup import quotable
from corpus.model import Passage, Report, Span


def finding_at(
    subject: Subject,
    verdict: Verdict,
    where: Extent,
    words: str,
    message: str,
    report: Report,
    passage: Passage,
    span: Span,
    edits: tuple[Edit, ...] = (),
) -> Finding:
    """Return a finding that leads to `span` of a report; `passage` holds its beginning."""
    inside = Span(span.start, max(span.start + 1, min(span.end, passage.span.end)))
    place = place_of(report, passage, inside)
    reference = write(Reference(report.metadata, pinpoint_of(place)), Form.SHORT).text
    report_words = quotable(span.of(report.text))
    return Finding(subject, verdict, where, words, message, place, reference, report_words, edits)
