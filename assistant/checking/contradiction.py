"""What a report says of the same thing with another number.

Takes an amount of a draft with the clause around it, and reports; gives the passage that says the
same of another amount, or none. Here likeness may be found, for it raises alarms and never calms
one: a clause whose words nearly all stand in one passage speaks of what the passage speaks of.
Words are compared by pairs of letters within a run of kanji, katakana or Latin letters, weighed
by how rare a pair is in the report (inverse document frequency).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.amounts import Amount, Day
from assistant.checking.folded import fold_text
from corpus.markup import plain
from corpus.model import Passage, Report, Span

_COMMA = re.compile(r"[、。，；;]|,(?!\d)")
_RUN = re.compile(r"[一-龥々]+|[ァ-ヶー]+|[A-Za-z]+")
_SHARE = 0.5
"""Share of a clause's weight that must stand in the passage."""
_PAIRS = 2
"""Pairs of letters that a clause must have to speak of anything."""
_SPOKEN = 4
"""Pairs of letters below which a clause is read with the one before it."""
_DIGITS = 3
"""Digits from which a slip is no chance: of two-digit numbers every fifth is one from another."""
_EMPTY = frozenset(
    ("年度", "現在", "見込", "予定", "時点", "平均", "全体", "以上", "以下", "約", "現状")
)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Where the pairs of letters of a report stand."""

    places: dict[str, tuple[int, ...]]
    """Indices of the passages that have a pair."""
    weights: dict[str, float]
    rarest: float
    """Weight of a pair that the report has not."""


class Sayings:
    """What each report says, for looking up what speaks of the same."""

    def __init__(self) -> None:
        """Begin with nothing read; a report is read when it is first asked for."""
        self._read: dict[str, _Pairs] = {}
        self._near: dict[tuple[str, str], list[Passage]] = {}

    def near(self, clause: str, report: Report) -> list[Passage]:
        """Return the passages that speak of what a clause speaks of, the nearest first.

        Args:
            clause: a stretch of a draft.
            report: where to look.
        """
        key = (clause, report.id)
        if key not in self._near:
            if report.id not in self._read:
                self._read[report.id] = _read(report)
            self._near[key] = _speaking(clause, report, self._read[report.id])
        return self._near[key]


def _speaking(clause: str, report: Report, read: _Pairs) -> list[Passage]:
    wanted = pairs_of(clause)
    if len(wanted) < _PAIRS:
        return []
    shares: dict[int, float] = {}
    total = sum(read.weights.get(pair, read.rarest) for pair in wanted)
    for pair in wanted:
        for at in read.places.get(pair, ()):
            shares[at] = shares.get(at, 0.0) + read.weights[pair] / total
    near = [(share, at) for at, share in shares.items() if share >= _SHARE]
    return [report.passages[at] for _, at in sorted(near, key=lambda each: (-each[0], each[1]))]


def clause_at(text: str, within: Span, offset: int) -> str:
    """Return the clause at an offset; a short one with those before it, which it goes on from."""
    cuts = [within.start, *(m.end() for m in _COMMA.finditer(text, within.start, within.end))]
    begins = [cut for cut in cuts if cut <= offset]
    end = min((cut for cut in cuts if cut > offset), default=within.end)
    while len(begins) > 1 and len(pairs_of(text[begins[-1] : end])) < _SPOKEN:
        begins.pop()
    return text[begins[-1] : end]


def is_slip(one: Amount, other: Amount) -> bool:
    """True where two numbers of one unit differ by one digit or by the order of their digits."""
    first, second = one.value, other.value
    if isinstance(first, Day) or isinstance(second, Day) or one.unit != other.unit:
        return False
    ours, theirs = (re.sub(r"\D", "", f"{each.normalize():f}") for each in (first, second))
    if ours == theirs or len(ours) != len(theirs):
        return False
    if len(ours.rstrip("0")) < _DIGITS and len(theirs.rstrip("0")) < _DIGITS:
        return False
    changed = sum(a != b for a, b in zip(ours, theirs, strict=True))
    return changed == 1 or (changed == 2 and sorted(ours) == sorted(theirs))


def _read(report: Report) -> _Pairs:
    places: dict[str, list[int]] = {}
    for at, passage in enumerate(report.passages):
        for pair in pairs_of(_about(report, passage)):
            places.setdefault(pair, []).append(at)
    number = len(report.passages) + 1
    weights = {pair: math.log(number / len(found)) for pair, found in places.items()}
    return _Pairs({p: tuple(found) for p, found in places.items()}, weights, math.log(number))


def _about(report: Report, passage: Passage) -> str:
    table = passage.table
    labels = (table.caption, table.row_label, *table.column_labels) if table else ()
    path: Sequence[str] = report.section_by_id[passage.section_id].path
    return "。".join(filter(None, (plain(passage.text), passage.lead, *path, *labels)))


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of letters of a text that tell what it speaks of."""
    runs = _RUN.findall(fold_text(text).text)
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return frozenset(pairs - _EMPTY)
