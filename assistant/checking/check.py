"""The check of a draft: each quotation, figure and reference against the reports.

Takes a manuscript and parsed reports; gives a `Result`. Needs no index and no network, changes
and keeps nothing. Knows nothing about files and screens.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.attribution import Attributions
from assistant.checking.claims import claims
from assistant.checking.figures import Figures
from assistant.checking.lookup import Shelf
from assistant.checking.manuscript import Extent, Manuscript
from assistant.checking.mentions import Mention, mentions
from assistant.checking.quotations import Quotation, quotations
from assistant.checking.quoted import judged
from assistant.checking.result import Finding, Result
from assistant.checking.sources import Told, told
from assistant.checking.stated import stated
from corpus.model import Report
from corpus.version import program_version

_GIVES_A_NAME = re.compile(r"以下[、，]?\s?(?:単に)?$")
"""Before the brackets of 以下「戦略」という."""


def check(manuscript: Manuscript, reports: Sequence[Report]) -> Result:
    """Return what the reports say of a draft's quotations, figures and references."""
    shelf = Shelf(reports)
    paragraphs = manuscript.paragraphs
    found = mentions(paragraphs, shelf)
    references = _told(found, manuscript)
    attributions = Attributions(manuscript, found, references)
    figures = Figures(shelf, list({id(m.report): m.report for m in found if m.report}.values()))
    findings = [
        *(
            f
            for each in references
            for f in stated(each, paragraphs[each.mention.paragraph], shelf)
        ),
        *(
            judged(each, attributions.of(each), _after(each, manuscript), shelf)
            for each in _quoted(manuscript, found, references)
        ),
        *(
            finding
            for index, paragraph in enumerate(paragraphs)
            for claim in claims(paragraphs, index, attributions)
            for finding in figures.of(claim, paragraph)
            if not _is_of_reference(finding, references)
        ),
    ]
    return Result(
        manuscript.name,
        _in_order(findings),
        tuple(paragraph.line for paragraph in paragraphs),
        _provenance(reports),
    )


def _is_of_reference(finding: Finding, references: Sequence[Told]) -> bool:
    """True for a date or number that belongs to a reference, which is judged as a whole."""
    return any(
        each.mention.paragraph == finding.where.paragraph
        and each.mention.span.start <= finding.where.start < each.end
        for each in references
    )


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of the text, one for each stretch and subject."""
    one = {(each.subject, each.where): each for each in reversed(findings)}
    return tuple(sorted(one.values(), key=lambda f: (f.where.paragraph, f.where.start, f.subject)))


def _told(found: Sequence[Mention], manuscript: Manuscript) -> list[Told]:
    return [
        told(
            mention,
            manuscript.paragraphs[mention.paragraph],
            [other for other in found if other.paragraph == mention.paragraph],
        )
        for mention in found
        if mention.report is not None and not mention.is_weak
    ]


def _quoted(
    manuscript: Manuscript, found: Sequence[Mention], references: Sequence[Told]
) -> Iterator[Quotation]:
    """Yield the brackets that hold neither a title nor the name of a place."""
    names = {
        (mention.paragraph, mention.span.start)
        for mention in found
        if mention.report and not mention.is_weak
    }
    names |= {
        (each.mention.paragraph, place.span.start) for each in references for place in each.places
    }
    for quotation in quotations(manuscript.paragraphs):
        at, start = quotation.outer.paragraph, quotation.outer.start
        is_name = _GIVES_A_NAME.search(manuscript.paragraphs[at].text, 0, start)
        if (at, start) not in names and not is_name:
            yield quotation


def _after(quotation: Quotation, manuscript: Manuscript) -> str:
    outer: Extent = quotation.outer
    return manuscript.paragraphs[outer.paragraph].text[outer.end : outer.end + 60]


def _provenance(reports: Sequence[Report]) -> dict[str, object]:
    return {
        "reports": {report.id: report.sha256 for report in reports},
        "version": program_version(),
    }
