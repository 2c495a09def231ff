"""Which stretches of a draft's sentences say what a report says.

Takes a manuscript with its mentions and attributions; gives `Claim`s. Where the draft says so,
the claim is ours; where a report is only spoken of, its owner is unknown, and nothing but what
the report itself says of the same can contradict it. Knows nothing about numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.attribution import Attribution, Attributions, Owner
from assistant.checking.manuscript import Extent, Paragraph, ParagraphKind
from assistant.checking.mentions import SOURCE_LINE
from assistant.checking.prose import in_paren
from assistant.checking.wording import ADNOMINAL, BASIS, OF_IT, ON_IT, TOLD, WRITER
from corpus.japanese import sentences
from corpus.model import Span

_ENDS = ("。", ".", "．")
"""Behind a title that says nothing of it; the form of SIST 02 has a full stop there."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a sentence that says what a report says."""

    where: Extent
    attribution: Attribution


def claims(paragraphs: Sequence[Paragraph], index: int, said: Attributions) -> Iterator[Claim]:
    """Yield what the sentences of a paragraph say that a report says.

    Args:
        paragraphs: of the manuscript.
        index: of the paragraph.
        said: who is named where.
    """
    paragraph = paragraphs[index]
    if paragraph.kind in (ParagraphKind.HEADING, ParagraphKind.BLOCK_QUOTE, ParagraphKind.NOTE):
        return
    if SOURCE_LINE.match(paragraph.text):
        return
    for sentence in sentences(paragraph.text):
        told = list(_told(paragraph.text, index, sentence, said))
        yield from told
        yield from _spoken_of(paragraph.text, index, sentence, said, told)


def _told(text: str, index: int, sentence: Span, said: Attributions) -> Iterator[Claim]:
    position = sentence.start
    for end, attribution in said.references(index, sentence):
        if attribution.owner is Owner.OURS:
            yield Claim(Extent(index, position, end), attribution)
        position = end
    named = said.within(index, sentence)
    for at, mention in enumerate(named):
        following = named[at + 1] if at + 1 < len(named) else None
        begin = said.end_of(mention)
        if mention.report is None or in_paren(text, mention.span) or begin < position:
            continue
        end = following.span.start if following else sentence.end
        end = _end(text, begin, max(begin, end))
        if OF_IT.match(text, begin) and not ON_IT.match(text, begin):
            continue
        if not BASIS.match(text, begin) and text[begin : begin + 1] not in _ENDS and begin < end:
            yield Claim(Extent(index, begin, end), said.ours(mention))


def _end(text: str, begin: int, end: int) -> int:
    """Return where the report's part of a sentence ends: with 「としており、」 at the latest."""
    if relative := ADNOMINAL.match(text, begin, end):
        return relative.end()
    last = TOLD.search(text, begin, end)
    return last.end() if last else end


def _spoken_of(
    text: str, index: int, sentence: Span, said: Attributions, told: Sequence[Claim]
) -> Iterator[Claim]:
    """Yield what is left of a sentence, unless the writer speaks of his own."""
    if WRITER.search(text, sentence.start, sentence.end):
        return
    position = sentence.start
    for claim in sorted(told, key=lambda each: each.where.start):
        if claim.where.start > position:
            yield Claim(Extent(index, position, claim.where.start), said.around(index, position))
        position = max(position, claim.where.end)
    if position < sentence.end:
        yield Claim(Extent(index, position, sentence.end), said.around(index, position))
