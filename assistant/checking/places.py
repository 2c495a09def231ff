"""The places of a report that a reference names: headings, captions, numbers.

Takes a report and the words of a reference; gives the ids of the sections that they lead to.
Knows nothing about drafts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.folded import fold_text
from assistant.checking.numbered import is_number, numbers, sections_numbered
from assistant.checking.quotations import bracketed
from corpus.model import Report, Section, Span

_NUMBERING = re.compile(
    r"^(?:第?[\d一二三四五六七八九十]+[章節部項編条]|\d+(?:[.\-]\d+)*|\([\da-zア-ン一-十]+\)|[IVX]+|[ア-ン](?=[.)、])|[◆■●○◎▪・☆])"
    r"[.:、)]*"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a reference names."""

    span: Span
    """In its paragraph, brackets included."""
    words: str
    is_number: bool = False
    """A number alone: 第2章."""
    rank: object = 0
    """Places of one rank lead to one spot, one inside the other; ranks stand side by side."""


def spots(report: Report, places: Sequence[Named]) -> frozenset[str] | None:
    """Return the ids of the sections that a reference leads to; None for the whole report.

    Args:
        report: the one that is cited.
        places: those of a reference; one that the report has not is not judged here.
    """
    ranks: dict[object, frozenset[str]] = {}
    for named in places:
        if sections := sections_named(report, named):
            ranks[named.rank] = ranks.get(named.rank, sections) & sections
    return frozenset().union(*ranks.values()) if ranks else None


def places_only(text: str, report: Report) -> bool:
    """True for what names places of a report and nothing else: 「2.4 在宅医療」, 第3の3, 4-3(1)."""
    if is_number(text):
        return bool(sections_numbered(report, numbers(text)))
    found, position = 0, 0
    for span in [*bracketed(text), Span(len(text), len(text))]:
        between = text[position : span.start].strip(" \u3000、，・の>＞")
        between = re.sub(r"[※*＊]\s?[\d０-９]+|及び|並びに|[①-⑳]$", "", between).strip()
        if between and not sections_named(report, Named(span, between)):
            return False
        words = span.of(text)[1:-1]
        if words and not sections_named(report, Named(span, words)):
            return False
        found += bool(words)
        position = span.end
    return found > 0


def sections_named(report: Report, named: Named) -> frozenset[str]:
    """Return the ids of the sections that a reference may mean: by heading, caption or number."""
    wanted = _fold(named.words)
    if named.is_number:
        found = sections_numbered(report, numbers(named.words))
        if not found:
            wanted = re.split(r"(?=第)", wanted)[-1]
            found = {p.section_id for p in report.passages if _fold(p.text[:40]).startswith(wanted)}
        return _with_below(report, found)
    bare = bare_heading(wanted)
    found = {
        section.id
        for section in report.sections
        if (heading := _fold(section.heading)) == wanted or (bare and bare_heading(heading) == bare)
    }
    return _with_below(report, found) or _by_label(report, wanted)


@lru_cache(1 << 14)
def _fold(text: str) -> str:
    return fold_text(text).text


def bare_heading(folded: str) -> str:
    """Return a folded heading without its number."""
    while (shorter := _NUMBERING.sub("", folded, count=1)) != folded and shorter:
        folded = shorter
    return folded


def _with_below(report: Report, found: set[str]) -> frozenset[str]:
    def is_inside(section: Section) -> bool:
        return any(above.id in found for above in report.ancestors(section.id))

    return frozenset(section.id for section in report.sections if is_inside(section))


def _by_label(report: Report, wanted: str) -> frozenset[str]:
    """Return the sections of the tables and captions that go by that name."""
    found = set()
    for passage in report.passages:
        table = passage.table
        labels = [table.caption, table.row_label, *table.column_labels] if table else []
        names = [passage.text, *labels] if len(passage.text) < 2 * len(wanted) + 20 else labels
        if any(name and _fold(name) == wanted for name in names):
            found.add(passage.section_id)
    return frozenset(found)
