"""The judgment on references: title, publisher, date and places of a report.

Takes what a mention tells; gives findings: one that all is right, or one for each thing that is
not. What the report's metadata does not know is not judged.
"""

from collections.abc import Iterator

from assistant.checking.amounts import Day, amounts
from assistant.checking.findings import finding_at
from assistant.checking.folded import fold_text
from assistant.checking.lookup import Shelf
from assistant.checking.manuscript import Extent, Paragraph
from assistant.checking.names import Known
from assistant.checking.nearest import difference
from assistant.checking.places import Named, bare_heading, sections_named
from assistant.checking.result import Finding, Subject, Verdict
from assistant.checking.sources import Told
from corpus.model import Passage, Report, Span

_NEAR_HEADING = 0.6
"""Likeness of the heading that is shown beside one that does not exist."""


def stated(told: Told, paragraph: Paragraph, shelf: Shelf) -> list[Finding]:
    """Return the findings on a reference."""
    report = told.mention.report
    if report is None or told.mention.known not in (Known.TITLE, Known.SLIP, Known.AGAIN):
        return []
    wrong = [
        *_title(told, report, paragraph),
        *_publisher(told, report),
        *_dates(told, report, paragraph),
        *_places(told, report, shelf),
    ]
    if wrong or told.mention.known is Known.AGAIN:
        return wrong
    end = max(told.end, told.mention.span.end)
    said = paragraph.text[told.mention.span.start : end]
    if said.count("（") > said.count("）"):  # （令和元年6月。以下「戦略」という。）
        end = told.mention.span.start + said.rindex("（")
    span = Span(told.mention.span.start, end)
    where = Extent(told.mention.paragraph, span.start, span.end)
    message = "題名、日付、箇所は報告書のとおりです。"
    return [Finding(Subject.SOURCE, Verdict.FOUND, where, span.of(paragraph.text), message)]


def _title(told: Told, report: Report, paragraph: Paragraph) -> Iterator[Finding]:
    if told.mention.known is not Known.SLIP:
        return
    span = told.mention.span
    if span.of(paragraph.text)[0] in "「『":
        span = Span(span.start + 1, span.end - 1)
    words, title = span.of(paragraph.text), report.metadata.title
    yield Finding(
        Subject.SOURCE,
        Verdict.ALTERED,
        Extent(told.mention.paragraph, span.start, span.end),
        words,
        f"題名が違います。正しくは「{title}」です。",
        report_words=title,
        edits=difference(fold_text(words).text, fold_text(title).text),
    )


def _publisher(told: Told, report: Report) -> Iterator[Finding]:
    known = [name for name in (report.metadata.publisher, report.metadata.bureau) if name]
    if told.mention.known is Known.AGAIN or not told.publisher or report.metadata.publisher is None:
        return
    if any(name in told.publisher or told.publisher in name for name in known):
        return
    start = told.mention.span.start
    yield Finding(
        Subject.SOURCE,
        Verdict.ALTERED,
        Extent(told.mention.paragraph, max(0, start - len(told.publisher)), start),
        told.publisher,
        f"発行者が違います。報告書の発行者は{''.join(known)}です。",
        report_words="".join(known),
    )


def _dates(told: Told, report: Report, paragraph: Paragraph) -> Iterator[Finding]:
    written = report.metadata.date
    known = [a.value for a in amounts(written or "") if isinstance(a.value, Day)]
    if not known:
        return
    if told.mention.known is Known.AGAIN and not told.is_reference:
        return  # 同計画は令和8年度に…
    for span, day in told.dates:
        if any(_agrees(day, date) for date in known):
            continue
        yield Finding(
            Subject.SOURCE,
            Verdict.ALTERED,
            Extent(told.mention.paragraph, span.start, span.end),
            span.of(paragraph.text),
            f"日付が違います。報告書の日付は{written}です。",
            report_words=written,
        )


def _agrees(one: Day, other: Day) -> bool:
    """True where two dates agree as far as both tell."""
    pairs = ((one.month, other.month), (one.day, other.day))
    return one.year == other.year and all(a == b for a, b in pairs if a and b)


def _places(told: Told, report: Report, shelf: Shelf) -> Iterator[Finding]:
    for named in told.places:
        if sections_named(report, named) or _is_quoted(named, report, shelf):
            continue
        yield _no_such_place(told, named, report)


def _is_quoted(named: Named, report: Report, shelf: Shelf) -> bool:
    """True where the brackets hold words of the report that are no heading."""
    words = fold_text(named.words).text
    return not named.is_number and bool(words and shelf.find([words], [report]))


def _no_such_place(told: Told, named: Named, report: Report) -> Finding:
    where = Extent(told.mention.paragraph, named.span.start, named.span.end)
    if near := _nearest_heading(named, report):
        section, passage = near
        words = fold_text(named.words).text
        return finding_at(
            Subject.SOURCE,
            Verdict.ALTERED,
            where,
            named.words,
            f"この見出しは報告書にありません。近い見出しは「{section}」です。",
            report,
            passage,
            passage.span,
            difference(words, fold_text(section).text),
        )
    message = "この見出しや表は報告書にありません。"
    return Finding(Subject.SOURCE, Verdict.NOT_FOUND, where, named.words, message)


def _nearest_heading(named: Named, report: Report) -> tuple[str, Passage] | None:
    from rapidfuzz.distance import Levenshtein

    wanted = bare_heading(fold_text(named.words).text)
    best, likeness = None, _NEAR_HEADING
    for section in report.sections:
        heading = bare_heading(fold_text(section.heading).text)
        alike = Levenshtein.normalized_similarity(wanted, heading)
        if alike >= likeness and report.passages_by_section[section.id]:
            best, likeness = section, alike
    if best is None:
        return None
    return best.heading, report.passages_by_section[best.id][0]
