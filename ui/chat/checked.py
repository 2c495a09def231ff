"""The result of a draft's check as the page shows it.

Takes a manuscript and a result; gives plain data: the paragraphs, the findings in words. The page
puts all of it in as text, never as markup. Knows nothing about the web server.
"""

from typing import Any

from assistant.checking.manuscript import Manuscript
from assistant.checking.result import Finding, Result
from ui.findings import APART, SUBJECTS, VERDICTS, summary, where


def as_page(manuscript: Manuscript, result: Result) -> dict[str, Any]:
    """Return what the page needs; findings that need a look come first."""
    findings = sorted(enumerate(result.findings), key=lambda each: not each[1].needs_a_look)
    return {
        "name": manuscript.name,
        "summary": summary(result),
        "paragraphs": [
            {"text": paragraph.text, "kind": paragraph.kind} for paragraph in manuscript.paragraphs
        ],
        "findings": [_told(number, each, manuscript) for number, each in findings],
    }


def _told(number: int, finding: Finding, manuscript: Manuscript) -> dict[str, Any]:
    apart = APART[finding.apart] if finding.apart else None
    return {
        "number": number,
        "needs_a_look": finding.needs_a_look,
        "verdict": finding.verdict,
        "title": f"{SUBJECTS[finding.subject]}・{apart or VERDICTS[finding.verdict]}",
        "where": where(finding, manuscript.paragraphs),
        "paragraph": finding.where.paragraph,
        "start": finding.where.start,
        "end": finding.where.end,
        "words": finding.words,
        "message": finding.message,
        "reference": finding.reference,
        "report_words": finding.report_words,
        "edits": [[edit.draft, edit.report] for edit in finding.edits],
    }
