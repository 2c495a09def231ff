"""Japanese words and sentences; the only module that knows the morphological analyser.

Takes text; gives words with UniDic lemma and part of speech, and the spans of sentences.
Knows nothing about reports or markup.

>>> [word.lemma for word in words("取組みを進める")]
['取り組み', 'を', '進める']
>>> [s.of("AIは「便利。」だ。次。") for s in sentences("AIは「便利。」だ。次。")]
['AIは「便利。」だ。', '次。']
"""

import re
from dataclasses import dataclass
from functools import cache

import fugashi

from corpus.model import Span


@dataclass(frozen=True, slots=True)
class Word:
    """One UniDic short unit."""

    surface: str
    lemma: str
    """Dictionary form without the foreign-word suffix; the surface where UniDic knows none."""
    pos: str
    """Part of speech, its levels joined by `-` (名詞-普通名詞-一般)."""


_UNTAGGABLE = re.compile("[\x00\ud800-\udfff]")
"""MeCab stops at NUL, and lone surrogates cannot be encoded: both are read as a space."""

_OPENING = "「『（(【〔［[｛{〈《"
_CLOSING = "」』）)】〕］]｝}〉》"
_END = re.compile(r"[。！？!?]+|．(?![0-9０-９])|\n[ \t\u3000]*\n")


@cache
def _tagger() -> fugashi.Tagger:
    return fugashi.Tagger()


def words(text: str) -> list[Word]:
    """Return the words of `text` in order; white space belongs to none."""
    return [
        Word(
            surface=node.surface,
            lemma=(node.feature.lemma or node.surface).split("-")[0] or node.surface,
            pos="-".join(part for part in node.feature[:3] if part and part != "*"),
        )
        for node in _tagger()(_UNTAGGABLE.sub(" ", text))
    ]


def count_words(text: str) -> int:
    """Return how many UniDic words `text` has."""
    return len(_tagger()(_UNTAGGABLE.sub(" ", text)))


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`, without the white space around them.

    A sentence ends at 。！？ or a blank line, never inside a pair of brackets. A bracket
    without its partner does not count, so one OCR error cannot swallow a page.
    """
    inside = _bracketed(text)
    ends = [
        _after_remark(text, inside, m.end()) for m in _END.finditer(text) if not inside[m.start()]
    ]
    found: list[Span] = []
    start = 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        if stripped := piece.strip():
            begin = start + piece.index(stripped[0])
            found.append(Span(begin, begin + len(stripped)))
        start = end
    return found


def _after_remark(text: str, inside: bytearray, end: int) -> int:
    """Move a sentence end behind a bracketed remark that closes the text: 「…した。（注記）」."""
    if text[end : end + 1] not in ("（", "("):
        return end
    close = end
    while close < len(text) and inside[close]:
        close += 1
    return close + 1 if close > end and not text[close + 1 :].strip() else end


def _bracketed(text: str) -> bytearray:
    """Mark the characters that stand between matching brackets."""
    inside = bytearray(len(text))
    opened: list[int] = []
    for position, character in enumerate(text):
        if character in _OPENING:
            opened.append(position)
        elif character in _CLOSING and opened:
            partner = _OPENING[_CLOSING.index(character)]
            start = next((p for p in reversed(opened) if text[p] == partner), None)
            if start is not None:
                del opened[opened.index(start) :]
                inside[start:position] = b"\x01" * (position - start)
    return inside
