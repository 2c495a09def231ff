"""How many tokens a Japanese prompt takes, and which passages fit.

Takes texts; gives an estimate that errs upwards. LangChain's own approximation (4 characters a
token) is made for English: it counts 19 tokens for 60 Japanese characters, where the tokenizers
of today's models need 40 to 70.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

WIDE = 1.1
"""Tokens for a character outside ASCII. Published for one sentence of 43 characters, mostly kana:
37 with cl100k_base, 26 with o200k_base (.86 and .60 a character); kanji take more. What a prompt
really took is in the answer's provenance, where the provider says so."""
NARROW = 0.4
"""Tokens for an ASCII character; English prose has 0.25, numbers and codes have more."""


def tokens(text: str) -> int:
    """Return the estimated tokens of `text`, rounded up."""
    narrow = sum(map(str.isascii, text))
    return int(narrow * NARROW + (len(text) - narrow) * WIDE) + 1


def fitting(texts: Sequence[tuple[T, str]], limit: int) -> list[T]:
    """Return the items whose texts fit into `limit` tokens, in order; one too long is left out."""
    found: list[T] = []
    for item, text in texts:
        cost = tokens(text)
        if cost <= limit:
            found.append(item)
            limit -= cost
    return found
