"""How the words of an index are read, so that a word written otherwise is found by its sound.

Takes the terms of a lexical index; gives those with a reading, those that come from a foreign
word, and those in katakana or Latin letters that come near a misspelt one. Made at the first
question that needs it. Knows nothing about questions or passages.

>>> Readings(["戦略", "検討", "レーザー", "moocs"]).read_as("せんりゃく")
('戦略',)
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from corpus.japanese import Word, words
from index.romaji import skeleton

LEAST = 5
"""Katakana from which one wrong character leaves a word what it is."""
_SHORTEST = 3
"""Katakana of the shortest part of a compound that may have it."""
_SKELETON = 3
"""Consonants that tell a foreign word."""

_KATAKANA = re.compile(r"[ァ-ヴー]{2,}")
_LATIN = re.compile(r"[a-z]{4,}")
_LONG = {
    **dict.fromkeys("アカガサザタダナハバパマヤャラワ", "ア"),
    **dict.fromkeys("イキギシジチヂニヒビピミリ", "イ"),
    **dict.fromkeys("ウクグスズツヅヌフブプムユュル", "ウ"),
    **dict.fromkeys("エケゲセゼテデネヘベペメレ", "エイ"),
    **dict.fromkeys("オコゴソゾトドノホボポモヨョロヲ", "オウ"),
}
"""What lengthens the vowel of a kana."""
_ALIKE = str.maketrans("ヲヂヅァィゥェォ", "オジズアイウエオ")


class Readings:
    """The terms of an index by their sound."""

    def __init__(self, terms: Iterable[str], pairs: Iterable[str] = ()) -> None:
        """Look among `terms` and, for single characters, among the bigrams `pairs`."""
        self._given = terms
        self._pairs = pairs

    def read_as(self, kana: str) -> tuple[str, ...]:
        """Return the terms that are read so, in the order of the index."""
        return self._exact.get(katakana(kana), ())

    def sounds_as(self, kana: str) -> tuple[str, ...]:
        """Return the terms that are read so, long vowels or not."""
        return self._loose.get(_short(katakana(kana)), ())

    def from_foreign(self, word: str) -> tuple[str, ...]:
        """Return the katakana terms that come from a foreign word (smart → スマート)."""
        return self._origins.get(word.lower(), ())

    def misspelt(self, kana: str, length: int) -> tuple[str, ...]:
        """Return the katakana terms from which a word differs by one character or a swap.

        `length` is that of the whole compound, which tells how far a slip may be trusted.
        """
        near = (term for term in self._kana if -2 < len(term) - len(kana) < 2)
        found = (term for term in near if one_apart(term, kana))
        if length < LEAST or len(kana) < _SHORTEST:
            found = (term for term in found if len(kana) == LEAST - 1 and _swapped(term, kana))
        return tuple(found)

    def in_latin(self, kana: str) -> tuple[str, ...]:
        """Return the terms in Latin letters that a katakana word may render."""
        sounds = skeleton(kana)
        return self._skeletons.get(sounds, ()) if len(sounds) >= _SKELETON else ()

    def between(self, left: str, right: str) -> list[str]:
        """Return the characters that the reports have after `left` and before `right`.

        Either may be "", where nothing stands there.
        """
        after, before = self._beside
        sides = [after.get(left, set())] if left else []
        sides += [before.get(right, set())] if right else []
        return sorted(set.intersection(*sides)) if sides else []

    @cached_property
    def _beside(self) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
        """What follows each character in the reports, and what comes before it."""
        after: defaultdict[str, set[str]] = defaultdict(set)
        before: defaultdict[str, set[str]] = defaultdict(set)
        for pair in self._pairs:
            if len(pair) == 2:
                after[pair[0]].add(pair[1])
                before[pair[1]].add(pair[0])
        return after, before

    @cached_property
    def _terms(self) -> tuple[str, ...]:
        return tuple(term for term in self._given if not term.startswith("#"))

    @cached_property
    def _read(self) -> tuple[tuple[str, str, str], ...]:
        """Term, reading and origin of each term that UniDic can read."""
        analysed = ((term, words(term)) for term in self._terms)
        return tuple(
            (term, "".join(map(_heard, found)), found[0].origin if len(found) == 1 else "")
            for term, found in analysed
            if all(map(_heard, found)) and (len(found) == 1 or not _KATAKANA.fullmatch(term))
        )

    @cached_property
    def _exact(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((reading, term) for term, reading, _ in self._read)

    @cached_property
    def _loose(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((_short(reading), term) for term, reading, _ in self._read)

    @cached_property
    def _origins(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((origin.lower(), term) for term, _, origin in self._read if origin)

    @cached_property
    def _kana(self) -> tuple[str, ...]:
        return tuple(term for term in self._terms if _KATAKANA.fullmatch(term))

    @cached_property
    def _skeletons(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((skeleton(term), term) for term in self._terms if _LATIN.fullmatch(term))


def _heard(word: Word) -> str:
    """Return how a word is read; katakana need no dictionary."""
    return word.reading or (word.surface if _KATAKANA.fullmatch(word.surface) else "")


def katakana(kana: str) -> str:
    """Return `kana` in katakana.

    >>> katakana("れーざー")
    'レーザー'
    """
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)


def one_apart(one: str, other: str) -> bool:
    """True where one character is wrong, missing or too much, or two neighbours are swapped."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _swapped(one: str, other: str) -> bool:
    return sorted(one) == sorted(other)


def _short(kana: str) -> str:
    """Return a reading without the length of its vowels."""
    kept = ""
    last = ""
    for character in kana:
        if character != "ー" and character not in _LONG.get(last, ""):
            kept += character
            last = character
    return kept.translate(_ALIKE)


def _grouped(pairs: Iterator[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, term in pairs:
        found[key].append(term)
    return {key: tuple(terms) for key, terms in found.items()}
