"""Markup inside a line: what a reader does not see.

Takes source text and gives it without `**`, HTML tags and surplus white space, either fit to
be quoted (`quotable`), fit to be searched (`plain`), or folded so that two spellings of the
same words compare equal (`fold`). Knows nothing about blocks or sections.

>>> quotable("AIは<b>人間中心</b>の **原則** を")
'AIは人間中心の 原則 を'
"""

import html
import re
import unicodedata
from functools import lru_cache

TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--(?:(?!-->|<!--).)*-->", re.DOTALL)
"""An HTML tag or comment; a bare `<` in text (A < B) is not one."""

_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|code|em|font|i|s|small|span|strong|sub|sup|u)\b", re.I)
"""Tags that stand inside a word; all others part two words."""

_SHORT = 1000
"""Characters of the texts whose plain form is remembered."""

_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")
_ESCAPED = re.compile(r"\\([|*_#`\[\]()<>~\\])")
_SPACE = re.compile(r"\s+")
_WIDE = r"\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK_IN_JAPANESE = re.compile(rf"(?<=[{_WIDE}])[ \t]*\r?\n[ \t\u3000]*(?=[{_WIDE}])")
_WIDE_ANGLE = str.maketrans("<", "＜")

_DEEPEST = 16
"""Tags within tags that are taken away; no writer nests them, and a limit bounds the time."""


def bare(text: str) -> str:
    """Return `text` without tags and `**`, white space as it is."""
    if "<" not in text:
        return text.replace("**", "")
    for _ in range(_DEEPEST):
        # Taking one away can complete another: *<b>*, <<b>b>.
        stripped = TAG.sub(_gap, text).replace("**", "")
        if stripped == text:
            break
        text = stripped
    return text


def quotable(text: str) -> str:
    """Return `text` as a reader sees it: without tags and `**`, white space collapsed.

    The result is found in the source once white space, `**` and tags are taken away on both
    sides; nothing else is changed.
    """
    return _SPACE.sub(" ", _BREAK_IN_JAPANESE.sub("", bare(text))).strip()


def plain(text: str) -> str:
    """Return `text` for labels and search: like `quotable`, links and entities resolved too."""
    # An answer reads the same passages many times over.
    return _remembered(text) if len(text) <= _SHORT else _plain(text)


@lru_cache(8192)
def _remembered(text: str) -> str:
    return _plain(text)


def _plain(text: str) -> str:
    words = quotable(_EMPHASIS.sub("", _LINK.sub(r"\1", text)))
    if "\\" in words:
        words = _ESCAPED.sub(r"\1", words)
    return _SPACE.sub(" ", html.unescape(words)).strip() if "&" in words else words


def fold(text: str) -> str:
    """Return the characters that must agree for a quotation to be verbatim.

    White space, `**` and tags are gone and NFKC has removed width differences. Digits,
    units, negations and all other characters remain, so they are compared exactly.
    """
    folded = unicodedata.normalize("NFKC", _SPACE.sub("", bare(text)))
    folded = _SPACE.sub("", folded).replace("**", "")
    # Once more, as what was taken away may have parted a letter from its accent. A full-width
    # ＜ does not become the beginning of a tag.
    return unicodedata.normalize("NFKC", folded).translate(_WIDE_ANGLE)


def _gap(tag: re.Match[str]) -> str:
    return "" if _INLINE_TAG.match(tag.group()) else " "
