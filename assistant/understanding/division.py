"""A question taken apart, and which of its words say what is asked.

Takes words of a question; leaves out those that only ask how something is told (述べている,
整理して). Knows nothing about how a question is taken apart.
"""

import re
from dataclasses import dataclass

from assistant.understanding.understand import focus
from corpus.japanese import Word, words
from index.terms import lemmas

MOST_PARTS = 5
"""Parts that are answered one by one; who lists more wants a list."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked."""

    label: str
    """In the user's words, to be shown."""
    question: str
    """The part as it would be asked by itself, without what the parts share."""


@dataclass(frozen=True, slots=True)
class Division:
    """A question taken apart."""

    topic: str
    """What is asked of every part, or what all parts are about; "" where nothing is shared."""
    background: str
    """What else the question tells; it counts less."""
    parts: tuple[Part, ...]
    are_things: bool
    """True where the parts name things or places, of each of which the topic is asked."""


_ABOUT = re.compile(
    r"(?:(?:での)?(?:書|記|述べ|扱い|触れ)(?:き|し)?(?:方|ぶり)|について|に関して|に関し|に関する|に対して|として)(?:は|の|も)?"
)
_HOW_MANY = re.compile(r"何(?:か所|カ所|か国|カ国|[一-龥]{1,2})")
_TELLING = frozenset(
    """
    触れる 拾う 貰う 呉れる 纏める 並べる 示す 違う 違い 異なる 比べる 比較 相違 差 話 出る
    扱う 扱い 述べ ぶり 振り 記述 言及 記載 箇所 個所 整理 対比 表 抜き出す 抜く そう 報告 書
    本文 文書 段階 部分 項 欄 章 節 件 一文 文 一言 要点
    """.split()
)
"""Lemmas that ask how something is told, not what."""


def sought(text: str) -> str:
    """Return the words of `text` that say what is asked of the parts, "" where there are none."""
    told = focus(_ABOUT.sub(" ", _HOW_MANY.sub(" ", text)))
    kept = " ".join(
        "".join(word.surface if _is_sought(word) else " " for word in words(field))
        for field in told.split()
    )
    return " ".join(kept.split()) if lemmas(kept) else ""


def _is_sought(word: Word) -> bool:
    """True for a word of content or a sign inside a name (5.0, AI/IoT)."""
    return word.lemma not in _TELLING and bool(lemmas(word.surface) or word.surface.isascii())
