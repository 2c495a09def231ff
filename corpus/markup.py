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

TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
"""An HTML tag or comment; a bare `<` in text (A < B) is not one."""

_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|code|em|font|i|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.I
)
"""Tags that stand inside a word; all others part two words."""

_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")
_SPACE = re.compile(r"\s+")
_WIDE = r"\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK_IN_JAPANESE = re.compile(rf"(?<=[{_WIDE}])[ \t]*\r?\n[ \t\u3000]*(?=[{_WIDE}])")


def quotable(text: str) -> str:
    """Return `text` as a reader sees it: without tags and `**`, white space collapsed.

    The result is found in the source once white space, `**` and tags are taken away on both
    sides; nothing else is changed.
    """
    text = TAG.sub(" ", _INLINE_TAG.sub("", text)).replace("**", "")
    return _SPACE.sub(" ", _BREAK_IN_JAPANESE.sub("", text)).strip()


def plain(text: str) -> str:
    """Return `text` for labels and search: like `quotable`, links and entities resolved too."""
    return quotable(html.unescape(_EMPHASIS.sub("", _LINK.sub(r"\1", text))))


def fold(text: str) -> str:
    """Return the characters that must agree for a quotation to be verbatim.

    White space, `**` and tags are gone and NFKC has removed width differences. Digits,
    units, negations and all other characters remain, so they are compared exactly.
    """
    text = TAG.sub("", text).replace("**", "")
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).replace("**", "")
