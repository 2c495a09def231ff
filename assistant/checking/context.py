"""Which report a draft is speaking of at a place, by what it named last.

Takes paragraphs and mentions; gives a report or none. Knows nothing about quotations.
"""

from bisect import bisect_left
from collections.abc import Sequence

from assistant.checking.manuscript import Paragraph, ParagraphKind
from assistant.checking.mentions import Mention
from corpus.model import Report

_REACH = 12
"""Paragraphs that a report which was named remains what is spoken of."""


class Context:
    """What a draft is on."""

    def __init__(self, paragraphs: Sequence[Paragraph], found: Sequence[Mention]) -> None:
        """Read from the mentions, in the order of the text; notes tell nothing of it."""
        is_note = [paragraph.kind is ParagraphKind.NOTE for paragraph in paragraphs]
        named = sorted(
            ((m.paragraph, m.span.end, m.report) for m in found if not is_note[m.paragraph]),
            key=lambda each: each[:2],
        )
        self._at = [each[:2] for each in named]
        self._reports = [each[2] for each in named]

    def at(self, paragraph: int, offset: int) -> Report | None:
        """Return the report that was named last; None where it was another publication."""
        last = bisect_left(self._at, (paragraph, offset + 1)) - 1
        if last < 0 or paragraph - self._at[last][0] > _REACH:
            return None
        return self._reports[last]
