"""The judgment on numbers, dates and units that a draft's own words take from a report.

Takes a claim (a stretch of a sentence that says what a report says) and where the report is
cited; gives a `Finding` for each amount. An amount stands in the cited place or it does not; where
a whole report is cited, it must stand in a passage about what the sentence speaks of.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.checking.amounts import Amount, amounts
from assistant.checking.attribution import Owner
from assistant.checking.claims import Claim
from assistant.checking.findings import finding_at
from assistant.checking.folded import fold_text
from assistant.checking.lookup import Shelf
from assistant.checking.manuscript import Extent, Paragraph
from assistant.checking.places import spots
from assistant.checking.quotations import bracketed
from assistant.checking.result import Finding, Subject, Verdict
from corpus.japanese import words
from corpus.markup import plain
from corpus.model import Passage, Report, Span

_SCALED = re.compile(r"(百万|[千百万億兆]{1,2})(円|ドル|人|件|トン|kWh|戸|世帯|台|床|m3|㎥|ha)")
_NUMBERING = re.compile(
    r"\s*(?:[（(]?(?:問|答|[A-ZＡ-Ｚ])?\s?\d{1,2}[）).．:：]|第\d+|[①-⑳]"
    r"|(?:問|答|[A-ZＡ-Ｚ])?\d{1,2}(?=[\s\u3000]))"
)
_OWN = re.compile(
    r"(?<=、)(?:当|本|我が|弊)(?:院|課|市|県|町|村|区|府|都|道|局|庁|省|社|校|部|室|会|所|館|園|法人|組合"
    r"|センター|協議会|事務所)(?:では|は|も|において)"
)
_CONTENT = ("名詞", "動詞", "形状詞")
_EMPTY = frozenset(
    "為る 有る 成る 居る 事 物 等 他 中 上 下 内 前 後 報告 書 報告書 年 月 日 年度 同 本 示す "
    "言う 因る".split()
)


def figures(claim: Claim, paragraph: Paragraph, shelf: Shelf) -> list[Finding]:
    """Return a finding for each amount in a claim, but not for those inside quotations."""
    if claim.attribution.owner is not Owner.OURS:
        return []
    start, end = claim.where.start, claim.where.end
    outer = bracketed(paragraph.text)
    numbering = _NUMBERING.match(paragraph.text)
    found: list[Finding] = []
    for amount in amounts(paragraph.text[start:end]):
        span = Span(amount.span.start + start, amount.span.end + start)
        if any(b.start < span.end and span.start < b.end for b in outer):
            continue
        if numbering and span.start < numbering.end():
            continue
        if re.fullmatch("[A-Z]#", amount.unit):  # Q1, A1: a label
            continue
        if _is_of_another(paragraph.text, start, span.start):
            continue
        where = Extent(claim.where.paragraph, span.start, span.end)
        found.append(_judged(amount, where, span.of(paragraph.text), claim, paragraph, shelf))
    return found


def _is_of_another(text: str, start: int, offset: int) -> bool:
    """True where the sentence has turned to the writer's own office: …であり、当院は3月に…."""
    return any(own.start() > start for own in _OWN.finditer(text, start, offset))


def _judged(
    amount: Amount,
    where: Extent,
    written: str,
    claim: Claim,
    paragraph: Paragraph,
    shelf: Shelf,
) -> Finding:
    reports = claim.attribution.reports or shelf.reports
    topic = _topic(paragraph.text[claim.where.start : claim.where.end])
    holding = [(r, p) for r in reports for p in r.passages if amount.is_in(amounts_of(r, p))]
    there = {r.id: spots(r, claim.attribution.places) for r in reports}
    told = [(r, p) for r, p in holding if (at := there[r.id]) is None or p.section_id in at]
    said = fold_text(paragraph.text[claim.where.start : claim.where.end]).text
    about = [
        (r, p)
        for r, p in told
        if _is_of_row(r, p, said) and (claim.attribution.places or _is_about(r, p, topic))
    ]
    if about:
        best = max(about, key=lambda each: _shared(each, topic))
        return _finding(Verdict.FOUND, where, written, "報告書のとおりです。", *best)
    if _is_publication_date(amount, reports):
        return Finding(Subject.FIGURE, Verdict.FOUND, where, written, "報告書の日付です。")
    if holding:
        best = max(holding, key=lambda each: _shared(each, topic))
        message = "この数字は報告書にありますが、示された箇所ではなく、別のことについてです。"
        return _finding(Verdict.ELSEWHERE, where, written, message, *best)
    near = _nearest(amount, reports, topic)
    if near is None:
        message = "この数字は報告書に見当たりません。"
        return Finding(Subject.FIGURE, Verdict.NOT_FOUND, where, written, message)
    return _finding(Verdict.ALTERED, where, written, "報告書の数字と違います。", *near)


def _finding(
    verdict: Verdict, where: Extent, written: str, message: str, report: Report, passage: Passage
) -> Finding:
    return finding_at(
        Subject.FIGURE, verdict, where, written, message, report, passage, passage.span
    )


@lru_cache(1 << 14)
def _amounts_in(text: str) -> tuple[Amount, ...]:
    return tuple(amounts(text))


def amounts_of(report: Report, passage: Passage) -> list[Amount]:
    """Return the amounts of a passage; those of a table in the unit of its labels too."""
    table = passage.table
    if table is None:
        return list(_amounts_in(plain(passage.text)))
    found: list[Amount] = []
    for cell in table.cells:
        label = table.column_labels[cell.column] if cell.column < len(table.column_labels) else None
        for bare in _amounts_in(plain(cell.span.of(report.text))):
            amount = replace(bare, is_cell=True)
            found += [amount, *_in_unit(amount, filter(None, (label, table.unit, table.caption)))]
    for text in filter(None, (table.row_label, table.caption, *table.column_labels)):
        found += _amounts_in(text)
    return found


def _in_unit(amount: Amount, labels: Iterable[str]) -> list[Amount]:
    """Return a bare number in the unit that stands above it: 1,850 under （百万円）."""
    if amount.unit:
        return []
    written = [_SCALED.search(fold_text(label).text) for label in labels]
    return [
        scaled
        for match in written
        if match
        for scaled in _amounts_in(f"{amount.value:f}{match[0]}" if _is_number(amount) else "")
    ]


def _is_number(amount: Amount) -> bool:
    return not hasattr(amount.value, "year")


def _is_publication_date(amount: Amount, reports: Sequence[Report]) -> bool:
    dates = [d for r in reports if r.metadata.date for d in _amounts_in(r.metadata.date)]
    return amount.is_in(dates)


@lru_cache(1 << 14)
def _topic(text: str) -> frozenset[str]:
    """Return the content words of a text."""
    return frozenset(
        word.lemma
        for word in words(text)
        if word.pos.startswith(_CONTENT)
        and not word.pos.startswith(("名詞-数詞", "名詞-助動詞"))
        and "助数詞" not in word.pos
        and word.lemma not in _EMPTY
    )


def _about(report: Report, passage: Passage) -> frozenset[str]:
    section = report.section_by_id[passage.section_id]
    table = passage.table
    labels = (table.caption, table.row_label, *table.column_labels) if table else ()
    texts = [passage.text, passage.lead, *section.path, *labels]
    return _topic(plain("。".join(filter(None, texts))))


def _is_about(report: Report, passage: Passage, topic: frozenset[str]) -> bool:
    return not topic or bool(topic & _about(report, passage))


def _is_of_row(report: Report, passage: Passage, said: str) -> bool:
    """False for a row of a table where the sentence names another one of its rows."""
    if passage.table is None or not passage.table.row_label:
        return True
    named = {label for label in _row_labels(report, passage.table.table_number) if label in said}
    return not named or fold_text(passage.table.row_label).text in named


def _row_labels(report: Report, table: int) -> set[str]:
    rows = (p.table for p in report.passages if p.table and p.table.table_number == table)
    labels = {fold_text(row.row_label).text for row in rows if row.row_label}
    return {label for label in labels if len(label) > 1}


def _shared(place: tuple[Report, Passage], topic: frozenset[str]) -> int:
    return len(topic & _about(*place))


def _nearest(
    amount: Amount, reports: Sequence[Report], topic: frozenset[str]
) -> tuple[Report, Passage] | None:
    """Return the passage about the same that tells an amount of the same unit."""
    alike = [
        (report, passage)
        for report in reports
        for passage in report.passages
        if any(_is_of_kind(amount, other) for other in amounts_of(report, passage))
    ]
    best = max(alike, key=lambda each: _shared(each, topic), default=None)
    return best if best and _shared(best, topic) >= min(2, len(topic)) else None


def _is_of_kind(one: Amount, other: Amount) -> bool:
    return one.unit == other.unit and type(one.value) is type(other.value)
