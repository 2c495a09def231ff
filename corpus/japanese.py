"""Japanese words and sentences; the only module that knows the morphological analyser.

Takes text; gives words with UniDic lemma, part of speech and reading, how unusual a wording is,
and the spans of sentences. Knows nothing about reports or markup.

>>> [word.lemma for word in words("取組みを進める")]
['取り組み', 'を', '進める']
>>> [s.of("AIは「便利。」だ。次。") for s in sentences("AIは「便利。」だ。次。")]
['AIは「便利。」だ。', '次。']
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

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
    reading: str = ""
    """How the surface is read, in katakana; "" where UniDic does not know the word."""
    origin: str = ""
    """The foreign word that a loanword comes from (smart of スマート)."""


_LEMMA, _READING = 7, 17
"""Places in a line of UniDic; words that it does not know have shorter lines."""

_UNTAGGABLE = re.compile("[\x00\ud800-\udfff]")
"""MeCab stops at NUL, and lone surrogates cannot be encoded: both are read as a space."""

_PIECE = re.compile(r".{1,1000}\Z|.{1,1000}(?<=[。、\s])|.{1000}", re.DOTALL)
"""What is analysed at once: the analyser's time grows with the square of the length."""

_PARTNER = dict(zip("」』）)】〕］]｝}〉》", "「『（(【〔［[｛{〈《", strict=True))
_OPENING = frozenset(_PARTNER.values())
_FULL_STOP = "。！？"
_END = re.compile(
    # ! and ? after a Latin letter belong to a name or an address (Yahoo!, ?id=1).
    rf"(?:[{_FULL_STOP}]|(?<=[^\x00-\x7f])[!?])[{_FULL_STOP}!?]*[」』）)】〕］\]｝}}〉》]*"
    # ．after a number or letter, or a kana that opens a sentence (ア．), only numbers it.
    r"|(?<![0-9０-９A-Za-zＡ-Ｚａ-ｚ])(?<!^[ア-ン])(?<![。．][ア-ン])．(?![0-9０-９])"
    r"|(?<![、，])(?:\r\n?|\n)[ \t\u3000]*(?:\r\n?|\n)",
    re.MULTILINE,
)


@cache
def _tagger() -> fugashi.Tagger:
    return fugashi.Tagger()


def words(text: str) -> list[Word]:
    """Return the words of `text` in order; white space belongs to none."""
    return [
        _word(node.surface, node.feature_raw)
        for piece in _pieces(text)
        for node in _tagger()(piece)
        if not node.surface.isspace()
    ]


@lru_cache(32_768)
def _word(surface: str, feature: str) -> Word:
    """Return the word of a line of the dictionary, each read once: three times as fast."""
    fields = next(csv.reader([feature]))
    lemma = (fields[_LEMMA] if len(fields) > _LEMMA else "") or surface
    name, _, origin = lemma.partition("-")
    return Word(
        surface=surface,
        lemma=name or surface,
        pos="-".join(part for part in fields[:3] if part and part != "*"),
        reading=fields[_READING].strip("*") if len(fields) > _READING else "",
        origin=origin if origin.isascii() else "",
    )


@cache
def _weigher() -> fugashi.Tagger:
    return fugashi.Tagger("-Odump")


@lru_cache(4096)
def unlikeliness(text: str) -> int:
    """Return how unusual the best analysis of `text` is, to compare two ways to write it.

    The analyser's cost of the whole path stands last in the dump of its lattice.
    """
    lines = (_weigher().parse(piece).split() for piece in _pieces(text))
    return sum(int(line[-1]) for line in lines if line)


def count_words(text: str) -> int:
    """Return how many UniDic words `text` has."""
    nodes = (node for piece in _pieces(text) for node in _tagger()(piece))
    return sum(not node.surface.isspace() for node in nodes)


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`, without the white space around them.

    A sentence ends at 。！？ or a blank line, never inside a pair of brackets. A bracket
    without its partner does not count, so one OCR error cannot swallow a page.
    """
    inside = _bracketed(text)
    last = len(text.rstrip())
    ends = [
        _after_remark(text, inside, m.end(), last)
        for m in _END.finditer(text)
        if not inside[m.start()]
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


def _pieces(text: str) -> Iterator[str]:
    return (match.group() for match in _PIECE.finditer(_UNTAGGABLE.sub(" ", text)))


def _after_remark(text: str, inside: bytes, end: int, last: int) -> int:
    """Move a sentence end behind a remark on it: `した。（注記）`, `した。（…だ。）次`."""
    if text[end : end + 1] not in ("（", "("):
        return end
    close = inside.find(0, end)
    if close <= end:
        return end
    closes_text = close + 1 >= last
    return close + 1 if closes_text or text[close - 1] in _FULL_STOP else end


def _bracketed(text: str) -> bytes:
    """Mark the characters that stand between matching brackets, the opening one included."""
    edges = [0] * (len(text) + 1)
    opened: list[int] = []
    waiting: Counter[str] = Counter()
    for position, character in enumerate(text):
        if character in _OPENING:
            opened.append(position)
            waiting[character] += 1
        elif waiting[partner := _PARTNER.get(character, "")]:
            start = opened.pop()
            while text[start] != partner:
                waiting[text[start]] -= 1
                start = opened.pop()
            waiting[partner] -= 1
            edges[start] += 1
            edges[position] -= 1
    return bytes(depth > 0 for depth in accumulate(edges))
