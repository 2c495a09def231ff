"""The places of a report that a reference names: headings, captions, numbers.

Takes a report and the words of a reference; gives the ids of the sections that they lead to.
Knows nothing about drafts.
"""

import re
import weakref
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


_KIND = re.compile(r"\s*同?(?:報告書?|計画|戦略|資料|素案|まとめ)\s*(?=[\d０-９第])")
_NO_PLACE = re.compile(r"[※*＊]\s?[\d０-９]+|及び|並びに|(?<=[」』])[①-⑳]|^[①-⑳]$")
_LONGEST_LABEL = 60
"""Characters of a passage that may be the name of a figure or table."""


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


def named_in(text: str, report: Report) -> list[Named] | None:
    """Return the places in a text that names places of a report and nothing else, else None.

    Args:
        text: 「2.4 在宅医療」, 第3の3, 報告4-3(1), Ⅱ 現状「1. 人口」.
        report: which may have them.
    """
    lead = _KIND.match(text)
    start = lead.end() if lead else 0
    if is_number(text[start:]):
        found = [Named(Span(start, len(text)), text[start:], True)]
        return found if sections_numbered(report, numbers(text[start:])) else None
    found, position = [], start
    for span in [*bracketed(text), Span(len(text), len(text))]:
        between = re.sub(_NO_PLACE, "", text[position : span.start]).strip(" \u3000、，・の>＞")
        if between:
            found.append(Named(Span(position, span.start), between))
        if words := span.of(text)[1:-1]:
            found.append(Named(span, words))
        position = span.end
    if not any(named.span.of(text)[:1] in "「『" for named in found):
        return None
    return found if all(sections_named(report, named) for named in found) else None


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a report's places, folded, with the ids of their sections."""

    headings: dict[str, set[str]]
    """With their numbers and without."""
    labels: dict[str, set[str]]
    """Captions, labels of rows and columns, short passages."""


_READ: dict[int, tuple[weakref.ref[Report], _Names]] = {}
"""By the identity of a report: hashing one would read all of it."""


def _names(report: Report) -> _Names:
    known = _READ.get(id(report))
    if known is None or known[0]() is not report:
        known = _READ[id(report)] = (weakref.ref(report), _read(report))
    return known[1]


def _read(report: Report) -> _Names:
    headings: dict[str, set[str]] = {}
    for section in report.sections:
        heading = _fold(section.heading)
        for name in {heading, bare_heading(heading)}:
            headings.setdefault(name, set()).add(section.id)
    labels: dict[str, set[str]] = {}
    for passage in report.passages:
        table = passage.table
        told = [table.caption, table.row_label, *table.column_labels] if table else []
        if len(passage.text) <= _LONGEST_LABEL:
            told.append(passage.text)
        for name in filter(None, told):
            labels.setdefault(_fold(name), set()).add(passage.section_id)
    return _Names(headings, labels)


def sections_named(report: Report, named: Named) -> frozenset[str]:
    """Return the ids of the sections that a reference may mean: by heading, caption or number."""
    wanted = _fold(named.words)
    if named.is_number:
        return _with_below(report, _by_number(report, named.words, wanted))
    names = _names(report)
    bare = bare_heading(wanted)
    found = names.headings.get(wanted, set()) | (names.headings.get(bare, set()) if bare else set())
    return _with_below(report, found) or frozenset(names.labels.get(wanted, ()))


def _by_number(report: Report, words: str, wanted: str) -> set[str]:
    found = sections_numbered(report, numbers(words))
    if found:
        return found
    last = re.split(r"(?=第)", wanted)[-1]
    return {p.section_id for p in report.passages if _fold(p.text[:40]).startswith(last)}


@lru_cache(1 << 14)
def _fold(text: str) -> str:
    return fold_text(text).text


def bare_heading(folded: str) -> str:
    """Return a folded heading without its number."""
    while (shorter := _NUMBERING.sub("", folded, count=1)) != folded and shorter:
        folded = shorter
    return folded


def _with_below(report: Report, found: set[str]) -> frozenset[str]:
    if not found:
        return frozenset()

    def is_inside(section: Section) -> bool:
        return any(above.id in found for above in report.ancestors(section.id))

    return frozenset(section.id for section in report.sections if is_inside(section))
