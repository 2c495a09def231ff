"""The quotations of a manuscript: 「…」, 『…』 and block quotes, outermost brackets only.

Takes paragraphs; gives each quotation with its extent and the parts that （中略） joins. What the
writer adds to a quotation, such as （下線は引用者）, is no part of it. Knows nothing about reports.

>>> [part.of("前（中略）後") for part in parts_of("前（中略）後")]
['前', '後']
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.manuscript import Extent, Paragraph, ParagraphKind
from corpus.model import Span

_OPENING, _CLOSING = "「『", "」』"
_OMITTED = re.compile(
    r"[（(〔\[［【]\s*(?:中略|前略|後略|以下略|略|…+|\.{3,})\s*[）)〕\]］】]"
    r"|(?:…|‥|\.\.\.|・・・)+|\s*[|｜]\s*"
)
"""What parts a quotation: words left out, and the bars between the cells of a row."""
_ADDED = re.compile(
    r"[（(〔\[［]\s*(?:原文(?:の)?(?:まま|ママ)|ママ|(?:下線|傍線|傍点|強調|太字|圏点|下線部|ゴシック)"
    r"[^（）()〔〕]{0,12}|(?:引用者|筆者|執筆者|当課|担当)[^（）()〔〕]{0,40})\s*[）)〕\]］]"
)
"""What whoever quotes puts into the quoted words."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation."""

    where: Extent
    """The quoted words, without their brackets."""
    outer: Extent
    """With them."""
    text: str
    parts: tuple[Span, ...]
    """What must stand in the source, in this order; offsets in `text`."""
    is_block: bool = False
    bracket: str = ""


def quotations(paragraphs: Sequence[Paragraph]) -> Iterator[Quotation]:
    """Yield all quotations in the order of the text."""
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind is ParagraphKind.BLOCK_QUOTE:
            yield from _block(index, paragraph.text)
            continue
        for outer in bracketed(paragraph.text):
            inner = Span(outer.start + 1, outer.end - 1)
            if text := inner.of(paragraph.text).strip():
                yield Quotation(
                    Extent(index, inner.start, inner.end),
                    Extent(index, outer.start, outer.end),
                    inner.of(paragraph.text),
                    parts_of(inner.of(paragraph.text)) if text else (),
                    bracket=paragraph.text[outer.start],
                )


def bracketed(text: str) -> list[Span]:
    """Return the outermost bracketed stretches; a bracket without its partner counts for none."""
    found: list[Span] = []
    opened: list[int] = []
    for position, letter in enumerate(text):
        if letter in _OPENING:
            opened.append(position)
        elif letter in _CLOSING:
            wanted = _OPENING[_CLOSING.index(letter)]
            if not any(text[at] == wanted for at in opened):
                continue
            while text[start := opened.pop()] != wanted:
                pass
            found = [span for span in found if span.start < start]
            found.append(Span(start, position + 1))
    # What an unclosed bracket holds stands by itself; the rest is inside of nothing.
    return found


def parts_of(text: str) -> tuple[Span, ...]:
    """Return what a quotation must have in common with its source, part by part."""
    cuts = sorted([*_OMITTED.finditer(text), *_ADDED.finditer(text)], key=lambda m: m.start())
    found: list[Span] = []
    start = 0
    for cut in cuts:
        if cut.start() >= start:
            found.append(Span(start, cut.start()))
            start = cut.end()
    found.append(Span(start, len(text)))
    return tuple(span for span in found if re.search(r"\w", span.of(text)))


def _block(index: int, text: str) -> Iterator[Quotation]:
    """Yield a block quote, without brackets around all of it and a source behind it."""
    start, end = 0, len(text)
    outer = bracketed(text)
    if outer and outer[0].start == 0 and not text[outer[0].end :].strip("。 \u3000"):
        start, end = 1, outer[0].end - 1
    inner = Span(start, end)
    if inner.of(text).strip():
        words = inner.of(text)
        where = Extent(index, start, end)
        yield Quotation(where, Extent(index, 0, len(text)), words, parts_of(words), True)
