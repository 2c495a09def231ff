"""Whose words a quotation is said to be.

Takes the mentions of a manuscript; gives for a quotation its `Attribution`, and what the remarks
and notes of a sentence name. Knows nothing about what the reports say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.checking.context import Context
from assistant.checking.manuscript import Extent, Manuscript, ParagraphKind
from assistant.checking.mentions import PERSON, Mention
from assistant.checking.places import Named
from assistant.checking.prose import in_paren, is_source, sentence_at
from assistant.checking.quotations import Quotation, bracketed
from assistant.checking.sources import Told
from assistant.checking.wording import (
    GOES_ON,
    LEADS_ON,
    NAMING,
    REMARK,
    SAYS_SO,
    SPEECH,
    VOICE,
    WRITER,
)
from corpus.japanese import sentences
from corpus.model import Report, Span


class Owner(StrEnum):
    """Whose words they are said to be."""

    OURS = "ours"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words, of which report and from which places of it."""

    owner: Owner
    reports: tuple[Report, ...] = ()
    """Empty where it is not told which of ours; of unknown words, the one that is spoken of."""
    places: tuple[Named, ...] = ()
    is_firm: bool = True
    """False where words are another's only by who speaks or whose sentence it is."""


_SPOKEN = Attribution(Owner.OTHER, is_firm=False)


class Attributions:
    """Answers for one manuscript."""

    def __init__(
        self, manuscript: Manuscript, found: Sequence[Mention], told: Sequence[Told]
    ) -> None:
        """Read from what was found in `manuscript`."""
        self._paragraphs = manuscript.paragraphs
        self._mentions: dict[int, list[Mention]] = {}
        self._context = Context(manuscript.paragraphs, found)
        for mention in sorted(found, key=lambda m: m.span.start):
            if not mention.is_weak:
                self._mentions.setdefault(mention.paragraph, []).append(mention)
        self._told = {(each.mention.paragraph, each.mention.span): each for each in told}

    def of(self, quotation: Quotation) -> Attribution:
        """Return whose words a quotation is said to be."""
        index, outer = quotation.outer.paragraph, quotation.outer
        if quotation.is_block:
            return self._of_block(index)
        text = self._paragraphs[index].text
        sentence = sentence_at(text, outer.start)
        if not re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text[: outer.start] + text[outer.end :]):
            # Nothing but the quotation: as with a block quote, its source may stand below it.
            if found := self._below(index):
                return found
        return (
            self._in_remark(index, outer.end)
            or self._in_note(index, outer.end, sentence.end)
            or self._spoken(index, sentence, outer)
            or self._in_sentence(index, sentence, outer)
            or self._before(index, sentence)
            or self._own(text, sentence, outer)
            or self.around(index, outer.start)
        )

    def _own(self, text: str, sentence: Span, outer: Extent) -> Attribution | None:
        """Return OTHER for voices of nobody in particular, and for the writer's own words."""
        is_own = WRITER.search(text, sentence.start, outer.start)
        return _SPOKEN if is_own or VOICE.match(text, outer.end) else None

    def around(self, index: int, offset: int) -> Attribution:
        """Return UNKNOWN, with the report that the text is on at a place."""
        report = self._context.at(index, offset)
        return Attribution(Owner.UNKNOWN, (report,) if report else ())

    def references(self, index: int, sentence: Span) -> Iterator[tuple[int, Attribution]]:
        """Yield the remarks and notes of a sentence that name a source, with where they stand."""
        text, found = self._paragraphs[index].text, []
        brackets = bracketed(text)
        for remark in re.finditer(r"[（(]", text[: sentence.end]):
            at = remark.start()
            if at < sentence.start or any(b.start < at < b.end for b in brackets):
                continue
            if attribution := self._in_remark(index, at):
                follows_title = any(m.span.end == at for m in self._mentions.get(index, ()))
                if not follows_title:
                    found.append((at, attribution))
        for mark in self._paragraphs[index].marks:
            if sentence.start < mark.offset <= sentence.end + 1:
                if attribution := self._of_note(mark.note):
                    found.append((mark.offset, attribution))
        yield from sorted(found, key=lambda each: each[0])

    def _in_remark(self, index: int, offset: int) -> Attribution | None:
        """Return what a parenthesis right behind `offset` names."""
        text = self._paragraphs[index].text
        remark = REMARK.match(text, offset)
        if remark is None or NAMING.match(remark[1]):
            return None
        span = Span(*remark.span())
        if found := self._together(self.within(index, span)):
            return found
        return Attribution(Owner.OTHER) if bracketed(remark[1]) else None

    def _together(self, found: Sequence[Mention]) -> Attribution | None:
        """Return what a remark or a note attributes that names one or several sources."""
        ours = [self.ours(mention) for mention in found if mention.report]
        if not ours:
            return Attribution(Owner.OTHER) if found else None
        reports = tuple({id(r): r for each in ours for r in each.reports}.values())
        places = [
            replace(p, rank=(at, p.rank)) for at, each in enumerate(ours) for p in each.places
        ]
        owner = Owner.OURS if len(ours) == len(found) else Owner.UNKNOWN
        return Attribution(owner, reports, tuple(places))

    def _in_note(self, index: int, start: int, end: int) -> Attribution | None:
        text = self._paragraphs[index].text
        following = [span.start for span in bracketed(text) if span.start >= start]
        limit = min([end + 1, *following])
        for mark in self._paragraphs[index].marks:
            if start <= mark.offset <= limit and (found := self._of_note(mark.note)):
                return found
        return None

    def _of_note(self, note: int) -> Attribution | None:
        if found := self._together(self._mentions.get(note, ())):
            return found
        text = self._paragraphs[note].text
        return Attribution(Owner.OTHER) if bracketed(text) else None

    def _spoken(self, index: int, sentence: Span, outer: Extent) -> Attribution | None:
        """Return OTHER where somebody is named nearer to the quotation than a publication."""
        text = self._paragraphs[index].text
        if not SPEECH.match(text, outer.end):
            return None
        inside = bracketed(text)
        speakers = [
            match.end()
            for match in PERSON.finditer(text, sentence.start, outer.start)
            if not any(b.start < match.start() < b.end for b in inside)
        ]
        named = [m.span.end for m in self.within(index, Span(sentence.start, outer.start))]
        is_nearer = bool(speakers) and max(speakers) > max(named, default=-1)
        return _SPOKEN if is_nearer else None

    def _in_sentence(self, index: int, sentence: Span, outer: Extent) -> Attribution | None:
        found = self.within(index, sentence)
        before = [m for m in found if m.span.end <= outer.start]
        behind = [m for m in found if m.span.start >= outer.end and self._is_near(m, outer)]
        mention = next(iter([*reversed(before), *behind]), None)
        if mention is None:
            return None
        if mention.report is None:
            return Attribution(Owner.OTHER)
        return self.ours(self._pinpoint(index, outer.end, sentence.end) or mention)

    def _is_near(self, mention: Mention, outer: Extent) -> bool:
        """True for a report, and for another publication where no comma parts the two."""
        text = self._paragraphs[outer.paragraph].text
        return mention.report is not None or "、" not in text[outer.end : mention.span.start]

    def _pinpoint(self, index: int, start: int, end: int) -> Mention | None:
        """Return the remark that closes a sentence with the report, or the place, it cites."""
        text = self._paragraphs[index].text
        quoted = [span.start for span in bracketed(text) if span.start >= start]
        for mention in self.within(index, Span(start, end)):
            is_remark = in_paren(text, mention.span) and mention.report is not None
            if is_remark and not any(at < mention.span.start for at in quoted):
                return mention
        return None

    def _before(self, index: int, sentence: Span) -> Attribution | None:
        """Return what the sentence before, or the line that leads to a list, speaks of."""
        text = self._paragraphs[index].text
        earlier = [span for span in sentences(text) if span.end <= sentence.start]
        if earlier and LEADS_ON.search(earlier[-1].of(text)):
            return self._last_of(index, earlier[-1])
        if earlier:
            goes_on = GOES_ON.match(text, sentence.start)
            found = self._last_of(index, earlier[-1]) if goes_on else None
            return replace(found, places=()) if found else None
        for above in range(index - 1, max(-1, index - 8), -1):
            paragraph = self._paragraphs[above]
            if paragraph.kind is not ParagraphKind.BODY:
                return None
            last = sentences(paragraph.text)[-1:]
            if last and LEADS_ON.search(last[0].of(paragraph.text)):
                return self._last_of(above, last[0])
        return None

    def _of_block(self, index: int) -> Attribution:
        for mark in self._paragraphs[index].marks:
            if found := self._of_note(mark.note):
                return found
        text = self._paragraphs[index].text
        for remark in re.finditer(r"[（(]", text):
            if found := self._in_remark(index, remark.start()):
                return found
        return self._below(index) or self._above(index) or self.around(index, 0)

    def _below(self, index: int) -> Attribution | None:
        """Return what the paragraph below names, where it is a source line."""
        behind = index + 1
        if behind >= len(self._paragraphs):
            return None
        below = self._paragraphs[behind]
        if SAYS_SO.match(below.text):
            first = sentences(below.text)[0]
            named = next(self.references(behind, first), None)
            return named[1] if named else None
        if not is_source(below):
            return None
        for mention in self._mentions.get(behind, ()):
            return self.ours(mention) if mention.report else Attribution(Owner.OTHER)
        return Attribution(Owner.OTHER)

    def _above(self, index: int) -> Attribution | None:
        """Return what the paragraph above names, where it leads to the block quote."""
        if index == 0:
            return None
        above = self._paragraphs[index - 1]
        if above.kind is ParagraphKind.BLOCK_QUOTE:
            return self._of_block(index - 1)
        last = sentences(above.text)[-1:]
        if not last or is_source(above):
            return None
        found = self._last_of(index - 1, last[0])
        is_led = LEADS_ON.search(last[0].of(above.text)) or not above.text.endswith("。")
        return found if is_led else None

    def _last_of(self, index: int, sentence: Span) -> Attribution | None:
        for _, attribution in reversed(list(self.references(index, sentence))):
            return attribution
        for mention in reversed(self.within(index, sentence)):
            return self.ours(mention) if mention.report else Attribution(Owner.OTHER)
        return None

    def within(self, index: int, span: Span) -> list[Mention]:
        """Return the mentions of publications in a stretch of a paragraph."""
        return [
            m
            for m in self._mentions.get(index, ())
            if span.start <= m.span.start and m.span.end <= span.end
        ]

    def ours(self, mention: Mention) -> Attribution:
        """Return what a mention of a report attributes, with the places that it names."""
        told = self._told.get((mention.paragraph, mention.span))
        reports = (mention.report,) if mention.report else ()
        return Attribution(Owner.OURS, reports, told.places if told else ())

    def end_of(self, mention: Mention) -> int:
        """Return where a reference ends that begins with a mention."""
        told = self._told.get((mention.paragraph, mention.span))
        return told.end if told else mention.span.end
