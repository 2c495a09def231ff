"""Cutting a sentence at marks and words that stand outside brackets.

Takes text and marks; gives the pieces between them, so that 「A、B」 and SNS（A・B） stay whole.
Knows nothing about questions.
"""

import re
from collections.abc import Callable

from corpus.japanese import words

_IN_NUMBER = re.compile(r"\d[,，・]\d")
_VERBS = ("動詞", "助動詞", "形容詞")
_FINAL = "うくぐすつぬぶむるただいん"
"""Last sounds of a verb or adjective that ends a clause (預かり is a noun)."""
_BLANK = " \u3000、，,"
_OPEN, _CLOSE = "「『（(［[【", "」』）)］]】"


def outside(text: str) -> str:
    """Return `text` with blanks for the brackets and what they hold."""
    depth, found = 0, []
    for character in text:
        depth += (character in _OPEN) - (character in _CLOSE)
        found.append(" " if depth > 0 else character)
    return "".join(found)


def split(text: str, marks: str) -> list[str]:
    """Return the pieces of `text` between `marks` that stand outside brackets."""
    pieces, start = [], 0
    for position, character in enumerate(outside(text)):
        around = text[max(position - 1, 0) : position + 2]
        if character in marks and not _IN_NUMBER.fullmatch(around):
            pieces.append(text[start:position])
            start = position + 1
    pieces.append(text[start:])
    return [bare for piece in pieces if (bare := piece.strip(_BLANK))]


def split_at(text: str, is_mark: Callable[[str, str], bool]) -> list[str]:
    """Return the pieces of `text` between the words outside brackets that are marks."""
    pieces, start, before = [], 0, False
    for position, surface, pos in outer_words(text):
        end = position + len(surface)
        joins = is_mark(surface, pos) and not before  # 始めると is no joint
        if joins and text[end : end + 1] != "の":  # 地域との協力 is one thing
            pieces.append(text[start:position])
            start = end
        before = pos.startswith(_VERBS) and surface[-1:] in _FINAL
    pieces.append(text[start:])
    return [bare for piece in pieces if (bare := piece.strip(_BLANK))]


def outer_words(text: str) -> list[tuple[int, str, str]]:
    """Return place, surface and part of speech of the words of `text` outside brackets."""
    bare, found, place = outside(text), [], 0
    for word in words(text):
        at = text.find(word.surface, place)
        if at < 0:
            continue
        place = at + len(word.surface)
        if bare[at] != " ":
            found.append((at, word.surface, word.pos))
    return found
