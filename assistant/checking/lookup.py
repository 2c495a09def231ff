"""Where the quoted words stand in the reports: exactly, or at no place at all.

Takes parsed reports and folded words; gives every place where the words stand as they are. A
place that cuts an amount or a word of Latin letters in two is none: 7兆円 does not stand in
37兆円, nor 2019年 in 2019年度. Where the report goes on to negate the words (増加するとは言えない),
the place says so. Knows nothing about drafts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checking.amounts import amounts
from assistant.checking.folded import Folded, fold_report
from corpus.model import Passage, Report, Span

_AROUND = 30
"""Folded characters on each side that are looked at for an amount; longer ones are no amounts."""

_ENDS = "。、.,・:;()"
_PREDICATE_END = re.compile(r"[うくぐすつぬぶむるいただ]$")
_NEGATED = re.compile(
    r"(?:こと|もの|わけ|ところ|必要|予定|状況|段階|つもり|おそれ|まで|と|ほど)?(?:で|に|と|が|は|も|を|の|まで)*"
    r"(?:な(?:い|く|かった|し)|ません|で(?:き|は)?(?:ない|ず|ません|なく)|言え(?:な|ず|ま)|いえ(?:な|ず|ま)"
    r"|言いが?た|いいが?た|限ら(?:な|ず)|至ら(?:な|ず)|至ってい?な|考えて?い?な|考えられ(?:な|ず|ま))"
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where words stand in a report."""

    report: Report
    spans: tuple[Span, ...]
    """In the report's text, one for each part of a quotation, ascending."""
    passages: tuple[Passage, ...]
    """Those that the first part touches; never empty."""
    is_negated: bool = False
    """True where the report goes on to negate the words."""

    @property
    def passage(self) -> Passage:
        """The passage where it begins."""
        return self.passages[0]

    @property
    def words(self) -> str:
        """The first part as it stands in the report."""
        return self.spans[0].of(self.report.text)


class Shelf:
    """The reports of a check, each folded once."""

    def __init__(self, reports: Sequence[Report]) -> None:
        """Look up in `reports`."""
        self.reports = tuple(reports)
        self.by_id = {report.id: report for report in reports}

    @cached_property
    def folded(self) -> dict[str, Folded]:
        """The folded text of each report."""
        return {report.id: fold_report(report) for report in self.reports}

    def find(self, parts: Sequence[str], reports: Sequence[Report] = ()) -> list[Occurrence]:
        """Return where folded `parts` stand one after the other, a place for each first part.

        Args:
            parts: folded words, none empty.
            reports: where to look; all where none are given.
        """
        wanted = [part.strip(_ENDS) or part for part in parts]
        found: list[Occurrence] = []
        for report in reports or self.reports:
            folded = self.folded[report.id]
            firsts = list(places(folded, wanted[0]))
            for start in firsts if len(wanted) == 1 else firsts[:20]:
                if spans := _following(folded, wanted, start):
                    found.append(self._occurrence(report, folded, spans))
        return found

    def _occurrence(
        self, report: Report, folded: Folded, spans: Sequence[tuple[int, int]]
    ) -> Occurrence:
        sources = tuple(folded.source(*span) for span in spans)
        return Occurrence(
            report, sources, passages_at(report, sources[0]), _is_negated(folded, spans[-1])
        )


def passages_at(report: Report, span: Span) -> tuple[Passage, ...]:
    """Return the passages that a stretch of a report touches."""
    return tuple(p for p in report.passages if p.span.start < span.end and span.start < p.span.end)


def places(folded: Folded, words: str) -> Iterator[int]:
    """Yield where folded `words` stand whole in a folded text."""
    start = folded.text.find(words)
    while start >= 0:
        if stands_whole(folded, start, start + len(words)):
            yield start
        start = folded.text.find(words, start + 1)


def _following(folded: Folded, parts: Sequence[str], start: int) -> list[tuple[int, int]]:
    """Return where each part stands, the first at `start`, the others behind it; [] where not."""
    found = [(start, start + len(parts[0]))]
    for part in parts[1:]:
        behind = (at for at in places(folded, part) if at >= found[-1][1])
        at = next(behind, -1)
        if at < 0:
            return []
        found.append((at, at + len(part)))
    return found


def stands_whole(folded: Folded, start: int, end: int) -> bool:
    """True where `text[start:end]` cuts no amount and no Latin word, and joins no two numbers."""
    text = folded.text
    if any(text[at - 1].isdigit() and text[at].isdigit() for at in folded.crossed(start, end)):
        return False
    return not (cuts(folded, start) or cuts(folded, end))


def cuts(folded: Folded, edge: int) -> bool:
    """True where an amount or a Latin word goes on across an edge."""
    if folded.is_border(edge):
        return False
    return _cuts_letters(folded.text, edge) or _cuts_amount(folded, edge)


def _cuts_letters(text: str, edge: int) -> bool:
    if not 0 < edge < len(text):
        return False
    before, after = text[edge - 1], text[edge]
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


def _cuts_amount(folded: Folded, edge: int) -> bool:
    """True inside of 37兆円; not behind the number of an item that begins 「1 日本の」."""
    if not any(letter.isdigit() for letter in folded.text[max(0, edge - _AROUND) : edge + 2]):
        return False
    low, high = _bounds(folded, edge)
    return any(
        amount.span.start < edge - low < amount.span.end
        for amount in amounts(folded.text[low:high])
        if not (folded.is_border(low + amount.span.start) and folded.is_gap(edge))
    )


def _bounds(folded: Folded, edge: int) -> tuple[int, int]:
    """Return a window around an edge that ends where another cell or passage begins."""
    low, high = max(0, edge - _AROUND), min(len(folded.text), edge + _AROUND)
    borders = folded.crossed(low, high)
    return (
        max([low, *(at for at in borders if at < edge)]),
        min([high, *(at for at in borders if at > edge)]),
    )


def _is_negated(folded: Folded, span: tuple[int, int]) -> bool:
    start, end = span
    if end - start < 4 or not _PREDICATE_END.search(folded.text[start:end]):
        return False
    _, high = _bounds(folded, end)
    return _NEGATED.match(folded.text, end, high) is not None
