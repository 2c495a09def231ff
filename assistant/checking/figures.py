"""The judgment on numbers, dates and units that a draft's own words take from a report.

Takes a claim (a stretch of a sentence that says what a report says) and where the report is
cited; gives a `Finding` for each amount. An amount stands in the cited place or it does not; where
a whole report is cited, it must stand in a passage about what the sentence speaks of.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checking.amounts import Amount, amounts
from assistant.checking.attribution import Owner
from assistant.checking.claims import Claim
from assistant.checking.contradiction import Sayings, clause_at, is_slip
from assistant.checking.findings import finding_at
from assistant.checking.folded import fold_text
from assistant.checking.lookup import Shelf
from assistant.checking.manuscript import Extent, Paragraph
from assistant.checking.own import is_own, is_slight
from assistant.checking.places import spots
from assistant.checking.quotations import bracketed
from assistant.checking.reported import amounts_in, amounts_of
from assistant.checking.result import Finding, Subject, Verdict
from assistant.checking.swapped import is_swapped
from corpus.japanese import words
from corpus.markup import plain
from corpus.model import Passage, Report, Span

_CONTENT = ("名詞", "動詞", "形状詞")
_EMPTY = frozenset(
    "為る 有る 成る 居る 事 物 等 他 中 上 下 内 前 後 報告 書 報告書 年 月 日 年度 同 本 示す "
    "言う 因る".split()
)


class Figures:
    """Judges the amounts of a draft's claims against the reports."""

    def __init__(self, shelf: Shelf, named: Sequence[Report]) -> None:
        """Look up in a shelf.

        Args:
            shelf: all reports.
            named: those that the draft names anywhere.
        """
        self._shelf = shelf
        self._named = tuple(named)
        self._sayings = Sayings()

    def of(self, claim: Claim, paragraph: Paragraph) -> list[Finding]:
        """Return a finding for each amount in a claim, but not for those inside quotations."""
        start, end, text = claim.where.start, claim.where.end, paragraph.text
        outer = bracketed(text)
        found: list[Finding] = []
        for amount in amounts(text[start:end]):
            span = Span(amount.span.start + start, amount.span.end + start)
            is_quoted = any(b.start < span.end and span.start < b.end for b in outer)
            if not is_quoted and not is_own(amount, span, text, start):
                where = Extent(claim.where.paragraph, span.start, span.end)
                found += self._judged(amount, where, claim, text)
        return found

    def _judged(self, amount: Amount, where: Extent, claim: Claim, text: str) -> list[Finding]:
        said, span = claim.attribution, Span(where.start, where.end)
        if said.owner is not Owner.OURS:
            reports = said.reports or self._named
            swapped = self._swapped(amount, where, claim, text, reports)
            return [swapped] if swapped else list(self._slips(amount, where, claim, text, reports))
        reports = said.reports or self._shelf.reports
        finding = _compared(amount, where, text, claim, reports)
        if finding.verdict is Verdict.FOUND and (
            swapped := self._swapped(amount, where, claim, text, reports)
        ):
            return [swapped]
        is_slight_and_lost = finding.needs_a_look and is_slight(amount, span, text)
        return [] if is_slight_and_lost else [finding]

    def _swapped(
        self, amount: Amount, where: Extent, claim: Claim, text: str, reports: Sequence[Report]
    ) -> Finding | None:
        """Return an alarm where the report has the number, and for another thing."""
        within, at = Span(claim.where.start, claim.where.end), Span(where.start, where.end)
        clause = clause_at(text, within, where.start)
        found = [(r, p) for r in reports for p in self._sayings.near(clause, r)]
        holding = [(r, p) for r, p in found if amount.is_in(amounts_of(r, p))]
        if not holding or not all(is_swapped(text, within, at, r, p) for r, p in holding):
            return None
        message = "この数字は、報告書では別のものの数字です。"
        written = text[where.start : where.end]
        return _finding(Verdict.ALTERED, where, written, message, *holding[0])

    def _slips(
        self, amount: Amount, where: Extent, claim: Claim, text: str, reports: Sequence[Report]
    ) -> Iterator[Finding]:
        """Yield an alarm where a report says the same but for a digit."""
        clause = clause_at(text, Span(claim.where.start, claim.where.end), where.start)
        for report in reports:
            near = self._sayings.near(clause, report)
            slips = [
                passage
                for passage in near
                if any(is_slip(amount, other) for other in amounts_of(report, passage))
            ]
            if slips and not self._is_told(amount, clause, report):
                message = "報告書に近い記述がありますが、数字が違います。"
                written = text[where.start : where.end]
                yield _finding(Verdict.ALTERED, where, written, message, report, slips[0])
                return

    def _is_told(self, amount: Amount, clause: str, report: Report) -> bool:
        """True where the report has the number at all, or another of the draft's says it so."""
        if any(amount.is_in(amounts_of(report, p)) for p in report.passages):
            return True
        near = [(r, p) for r in self._named for p in self._sayings.near(clause, r)]
        return any(amount.is_in(amounts_of(r, p)) for r, p in near)


def _compared(
    amount: Amount, where: Extent, text: str, claim: Claim, reports: Sequence[Report]
) -> Finding:
    written, claimed = text[where.start : where.end], text[claim.where.start : claim.where.end]
    topic = _topic(claimed)
    holding = [(r, p) for r in reports for p in r.passages if amount.is_in(amounts_of(r, p))]
    there = {r.id: spots(r, claim.attribution.places) for r in reports}
    told = [(r, p) for r, p in holding if (at := there[r.id]) is None or p.section_id in at]
    said = fold_text(claimed).text
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


def _is_publication_date(amount: Amount, reports: Sequence[Report]) -> bool:
    dates = [d for r in reports if r.metadata.date for d in amounts_in(r.metadata.date)]
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
