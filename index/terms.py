"""Text → the terms that search compares.

Takes any text; gives UniDic lemmas of its content words with canonical numbers and years, and
character bigrams beside them for compounds that the dictionary splits badly. Knows nothing
about weights or indexes.

>>> lemmas("取組みの推進（令和元年）")
['取り組み', '推進', '令和', '元年', '#y2019']
"""

import re
from functools import lru_cache

from corpus.characters import search_form
from corpus.japanese import Word, words
from corpus.markup import plain
from index.numerals import kanji_terms, number_terms

_PARTED = re.compile(r"[×・/\\＋+|]")
"""Signs between two words that the analyser would glue into one unknown word."""

_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞")
_FUNCTION = ("名詞-助動詞語幹", "動詞-非自立可能", "形容詞-非自立可能", "名詞-数詞")
_WORD = re.compile(r"[^\W_a-z0-9]|[^\W_]{2,}")
"""A word that says something: not a sign, not a single Latin letter or digit."""
_MIXED = re.compile(r"\d+[a-z]+|(?<![a-z])[a-z]{1,3}\d+|(?<![a-z])[a-z]&[a-z](?![a-z])")
"""Names such as 5g, g20 and m&a, which the analyser takes apart."""
_RUN = re.compile(r"[\w々ー]+")
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")

_REMEMBERED = 8192
"""Texts whose terms are kept, about 10 MB: an answer weighs the same passages many times over."""


def normalize(text: str) -> str:
    """Return the text that terms are taken from: markup gone, one spelling of each character."""
    return _parted(_folded(text))


def lemmas(text: str) -> list[str]:
    """Return the lemmas of the content words of `text`, then its numbers and years."""
    return list(_lemmas(text))


@lru_cache(_REMEMBERED)
def _lemmas(text: str) -> tuple[str, ...]:
    folded = _folded(text)
    normal = _parted(folded)
    found: list[str] = []
    numerals = ""
    for word in words(normal):
        if word.pos == "名詞-数詞" and not word.surface.isascii():
            numerals += word.surface
            continue
        if numerals:
            found += kanji_terms(numerals)
            numerals = ""
        if term := _term(word):
            found.append(term)
    found += kanji_terms(numerals)
    return (*found, *_MIXED.findall(normal), *number_terms(folded))


@lru_cache(32_768)
def _term(word: Word) -> str:
    """Return the search form of a content word's lemma, "" for any other word."""
    is_content = word.pos.startswith(_CONTENT) and not word.pos.startswith(_FUNCTION)
    return search_form(word.lemma) if is_content and _WORD.search(word.surface) else ""


def bigrams(text: str) -> list[str]:
    """Return the character bigrams of `text`, without those of hiragana alone."""
    return list(_bigrams(text))


@lru_cache(_REMEMBERED)
def _bigrams(text: str) -> tuple[str, ...]:
    runs = (match.group() for match in _RUN.finditer(normalize(text).replace(" ", "")))
    pairs = (run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1)))
    return tuple(pair for pair in pairs if not _HIRAGANA.fullmatch(pair))


def _folded(text: str) -> str:
    return search_form(plain(text))


def _parted(folded: str) -> str:
    return " ".join(_PARTED.sub(" ", folded).split())
