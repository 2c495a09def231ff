"""What in the reports comes nearest to words that do not stand there, and how the two differ.

Takes folded words; gives the nearest stretch of a report and the steps from one to the other.
Only this tells an altered quotation from an invented one; whether words stand in a report is
never decided here. Knows nothing about quotations.

>>> [(edit.draft, edit.report) for edit in difference("73兆円の市場", "37兆円の市場")]
[('73', '37'), ('兆円の市場', '兆円の市場')]
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.folded import Folded
from assistant.checking.lookup import Shelf, cuts
from assistant.checking.result import Edit
from corpus.model import Report, Span

ALIKE = 0.6
"""Share of a quotation's characters that the nearest stretch must have, in order, for the
quotation to be an alteration of it. Both are alarms: it decides what the author is told."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)

_MARGIN = 0.3
"""Share of the words' length by which a stretch may be longer on either side."""


@dataclass(frozen=True, slots=True)
class Near:
    """The stretch of a report that comes nearest."""

    report: Report
    span: Span
    likeness: float
    """0 to 1: one less the edits needed for each character."""
    edits: tuple[Edit, ...]


def nearest(shelf: Shelf, words: str, reports: Sequence[Report] = ()) -> Near | None:
    """Return what comes nearest to folded `words` in `reports`, or in all of the shelf."""
    found = [_near(report, shelf.folded[report.id], words) for report in reports or shelf.reports]
    return max((near for near in found if near), key=lambda near: near.likeness, default=None)


def _near(report: Report, folded: Folded, words: str) -> Near | None:
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import partial_ratio_alignment

    aligned = partial_ratio_alignment(words, folded.text, score_cutoff=35)
    if aligned is None or len(words) > len(folded.text):
        return None
    start, end = _fitted(words, folded.text, aligned.dest_start, aligned.dest_end)
    start, end = _whole(folded, start, end)
    text = folded.text[start:end]
    distance = Levenshtein.distance(words, text)
    likeness = max(0.0, 1 - distance / len(words))
    return Near(report, folded.source(start, end), likeness, difference(words, text))


def _fitted(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a stretch to where it takes the fewest edits; first the end."""
    from rapidfuzz.distance import Levenshtein

    reach = max(4, int(len(words) * _MARGIN))
    ends = range(max(start + 1, end - reach), min(len(text), end + reach) + 1)
    end = min(ends, key=lambda at: (Levenshtein.distance(words, text[start:at]), abs(at - end)))
    starts = range(max(0, start - reach), min(end, start + reach))
    start = min(starts, key=lambda at: (Levenshtein.distance(words, text[at:end]), abs(at - start)))
    return start, end


def _whole(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch so that it cuts no amount and no word in two."""
    while start and cuts(folded, start):
        start -= 1
    while end < len(folded.text) and cuts(folded, end):
        end += 1
    return start, end


def difference(draft: str, report: str) -> tuple[Edit, ...]:
    """Return the steps from the draft's words to the report's; a number changes as a whole."""
    from rapidfuzz.distance import Levenshtein

    ours, theirs = _TOKEN.findall(draft), _TOKEN.findall(report)
    return tuple(
        Edit(
            "".join(ours[step.src_start : step.src_end]),
            "".join(theirs[step.dest_start : step.dest_end]),
        )
        for step in Levenshtein.opcodes(ours, theirs)
    )
