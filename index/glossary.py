"""Equal expressions: a question → what its words are also called.

Takes a question, and tables of expressions that mean the same: the shipped `glossary.tsv` and
one of the user's own. Gives the terms of each expression in the question and of its equals.
Passages are never touched, so another table needs no new index. Knows nothing about scores.

>>> [expansion.lemmas for expansion in Glossary((read_table(SHIPPED),)).expansions("AIのねらい")]
[('ai',), ('狙い',)]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from corpus.characters import search_form
from corpus.japanese import Word, words
from corpus.settings import Settings
from index.equals import Group, Table, read_table
from index.terms import lemmas, normalize

SHIPPED = Path(__file__).with_name("glossary.tsv")
EVERYDAY = Path(__file__).with_name("everyday.tsv")
"""What documents call things that people say in everyday words."""

_LATIN = re.compile(r"[a-z0-9]")
_KANJI = re.compile(r"[々一-鿿]")
_NEGATING = frozenset("非不無未反脱旧元副準")
"""Prefixes that make something else of what follows (非＋正規雇用)."""
_HARMLESS = frozenset("等側別間数率費量額層中後前時案版先")
"""Kanji after an expression that leave it what it is; others make a longer word (住民＋票)."""


@dataclass(frozen=True, slots=True)
class Equal:
    """Another way to say an expression."""

    lemmas: tuple[str, ...]
    joints: tuple[str, ...]
    """Bigrams where a prefix or suffix meets a word (成員), as lemmas leave those out."""
    weight: float


@dataclass(frozen=True, slots=True)
class Expansion:
    """An expression of a question and its equals."""

    lemmas: tuple[str, ...]
    """The lemmas of the question that the expression consists of."""
    equals: tuple[Equal, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A word of a question at its place."""

    word: Word
    form: str
    """Its dictionary form, so that 増えた is found by 増える."""
    is_glued: bool
    """True where no space stands before it."""


@dataclass(frozen=True, slots=True)
class _Match:
    """An expression found in a question."""

    text: str
    end: int
    """Number of the word after it."""
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The tables that serve."""

    tables: tuple[Table, ...] = ()

    def expansions(self, question: str) -> tuple[Expansion, ...]:
        """Return the expressions of `question` that have equals; of nested ones the longest."""
        return _expansions(self, question)

    def matches(self, spots: Sequence[_Spot]) -> Iterator[_Match]:
        """Yield the expressions among the words of a question, of nested ones the longest."""
        start = 0
        while start < len(spots):
            match = self._longest_match(spots, start)
            if match is not None:
                yield match
            start = start + 1 if match is None else match.end

    def _longest_match(self, spots: Sequence[_Spot], start: int) -> _Match | None:
        longest: _Match | None = None
        text = ""
        for end in range(start, len(spots)):
            spot = spots[end]
            groups = self._groups(text + spot.word.surface) or self._groups(text + spot.form)
            text += spot.word.surface
            if groups and _is_whole(spots, start, end + 1):
                longest = _Match(text, end + 1, groups)
            if len(text) > 1 and len(text) >= self._longest(text[:2]):
                break
        return longest

    def _longest(self, head: str) -> int:
        return max((table.longest.get(head, 0) for table in self.tables), default=0)

    def _groups(self, expression: str) -> tuple[Group, ...]:
        tables = (table.by_expression.get(expression, ()) for table in self.tables)
        return tuple(group for groups in tables for group in groups)


@lru_cache(1024)
def _expansions(glossary: Glossary, question: str) -> tuple[Expansion, ...]:
    """Return the expressions of `question`, which an answer asks for many times over."""
    known = frozenset(lemmas(question))
    found: list[Expansion] = []
    for match in glossary.matches(_spots(normalize(question))):
        own = tuple(t for t in dict.fromkeys(lemmas(match.text)) if t in known)
        if own and (equals := _equals(own, match.groups)):
            found.append(Expansion(own, equals))
    return tuple(found)


def load_glossary(settings: Settings) -> Glossary:
    """Return the shipped table and the one that the user names; each is read once a process.

    Raises:
        InputError: the user's file cannot be read or used; the sentence names file and line.
    """
    return Glossary(_tables(settings.glossary))


def expression_groups(path: Path | None) -> list[list[tuple[str, ...]]]:
    """Return all groups of the shipped table, and of the one at `path`, as lemmas.

    Raises:
        InputError: the file at `path` cannot be read or used; the sentence names file and line.
    """
    groups = (group for table in _tables(path) for group in table.groups)
    return [[tuple(lemmas(text)) for text in texts] for group in groups for texts in _alike(group)]


def _alike(group: Group) -> Iterator[Sequence[str]]:
    """Yield expressions that are all equal: what an everyday word may mean, each with it alone."""
    if set(group.wanted) <= set(group.texts):
        yield group.texts
    else:
        yield from ((word, text) for word in group.wanted for text in group.texts)


def _tables(path: Path | None) -> tuple[Table, ...]:
    return tuple(read_table(file) for file in (SHIPPED, EVERYDAY, path) if file is not None)


def _spots(text: str) -> list[_Spot]:
    spots: list[_Spot] = []
    end = 0
    for word in words(text):
        start = max(text.find(word.surface, end), end)
        spots.append(_Spot(word, _form(word), start == end))
        end = start + len(word.surface)
    return spots


def _form(word: Word) -> str:
    """Return the dictionary form; one that begins with another kanji is another word (挙・上)."""
    form = search_form(word.lemma)
    is_other = _KANJI.search(word.surface) and form[:1] != word.surface[0]
    return word.surface if is_other else form


def _is_whole(spots: Sequence[_Spot], start: int, end: int) -> bool:
    """Return whether the words from `start` to before `end` are no part of a longer word."""
    first, last = spots[start].word, spots[end - 1].word
    if first.pos.startswith("接尾辞"):
        return False
    if start and spots[start].is_glued:
        before = spots[start - 1].word
        negated = before.pos.startswith("接頭辞") and before.surface in _NEGATING
        if negated or _is_latin(before.surface[-1], first.surface[0]):
            return False
    if end < len(spots) and spots[end].is_glued:
        after = spots[end].word
        return not (_is_latin(last.surface[-1], after.surface[0]) or _lengthens(after))
    return True


def _is_latin(left: str, right: str) -> bool:
    return bool(_LATIN.match(left) and _LATIN.match(right))


def _lengthens(after: Word) -> bool:
    one_kanji = len(after.surface) == 1 and _KANJI.match(after.surface)
    is_part = after.pos.startswith(("名詞", "接尾辞")) and after.surface not in _HARMLESS
    return bool(one_kanji and is_part)


def _equals(own: Sequence[str], groups: Sequence[Group]) -> tuple[Equal, ...]:
    """Return what else is said for `own`; an equal with all its lemmas would add nothing."""
    best: dict[tuple[tuple[str, ...], tuple[str, ...]], Equal] = {}
    for equal in (_equal(text, group.weight) for group in groups for text in group.texts):
        if equal.lemmas and not set(equal.lemmas).issuperset(own):
            terms = (equal.lemmas, equal.joints)
            if terms not in best or best[terms].weight < equal.weight:
                best[terms] = equal
    return tuple(best.values())


@lru_cache(4096)
def _equal(text: str, weight: float) -> Equal:
    joints = (
        left.word.surface[-1] + right.word.surface[0]
        for left, right in pairwise(_spots(normalize(text)))
        if left.word.pos.startswith("接頭辞") or right.word.pos.startswith("接尾辞")
    )
    kanji = tuple(joint for joint in joints if all(map(_KANJI.match, joint)))
    return Equal(tuple(dict.fromkeys(lemmas(text))), kanji, weight)
