"""The forms in which a follow-up leaves words out.

Takes a question of a conversation; says by its words alone how it leans on what came before:
which number of a series it names, what it puts in the place of what was asked, or that it
asks for something else of the same. Knows nothing about reports.

>>> lean("では農業のほうはどうですか").name
'農業'
>>> lean("３つ目も").number
3
"""

from dataclasses import dataclass
from enum import StrEnum

from assistant.understanding import phrases, turns
from corpus.characters import search_form
from corpus.japanese import words
from index.numerals import kanji_number
from index.terms import lemmas


class LeanKind(StrEnum):
    """How a question leans on the conversation."""

    NTH = "nth"
    """One of a series by its number: 「２番目は？」."""
    OTHER = "other"
    """The same of something else: 「農業のほうは？」."""
    SAME = "same"
    """Something else of the same: 「それはいつですか」."""
    ALONE = "alone"
    """It stands by itself."""


@dataclass(frozen=True, slots=True)
class Lean:
    """What a question takes from the conversation."""

    kind: LeanKind
    rest: str
    """What it asks itself, without opening words, number or name."""
    number: int = 0
    """From 1; -1 for the last."""
    name: str = ""
    """What it puts in the place of what was asked."""
    step: int = 0
    """1 for what follows the former answer in its series, -1 for what stands before it."""
    is_marked: bool = False
    """True where the words alone show that something else is meant (のほうは, だと)."""


_LONG = 3
"""Content nouns; a longer question that points at nothing stands by itself."""


def lean(question: str) -> Lean:
    """Return how `question` leans on the turns before it."""
    text = opened(question)
    if step := turns.STEP.match(text):
        return Lean(LeanKind.NTH, text[step.end() :], step=-1 if step["back"] else 1)
    if number := turns.NTH.search(text):
        rest = text[: number.start()] + text[number.end() :]
        if len(nouns(rest)) <= 1 and not turns.SELF_NUMBERED.search(text):
            return Lean(LeanKind.NTH, rest, number=_number(number.group()))
    for pattern, is_marked in ((turns.CONTRAST, True), (turns.NAMING, False)):
        match = pattern.match(text)
        if match and nouns(match["name"]) and not turns.POINTS_BACK.search(match["name"]):
            if is_marked or len(nouns(text)) <= _LONG:
                name = turns.VALUE_OF.sub("", match["name"].strip(" 　、「」『』"))
                return Lean(LeanKind.OTHER, match["rest"], name=name, is_marked=is_marked)
    alone = len(nouns(text)) > _LONG and not turns.POINTS_BACK.search(text)
    return Lean(LeanKind.ALONE if alone else LeanKind.SAME, text)


def opened(question: str) -> str:
    """Return `question` without the words that only take up the thread (では、, なるほど、)."""
    text = question.strip()
    while match := turns.OPENERS.match(text):
        if not text[match.end() :].strip():
            break
        text = text[match.end() :]
    return turns.NEXT_TIME.sub("次回", text)


def is_comment(turn: str) -> bool:
    """True for a turn that only remarks on the answer before it."""
    return bool(turns.COMMENT.search(turn.strip()))


def nouns(text: str) -> list[str]:
    """Return the nouns of `text` that say what is sought."""
    return [
        word.lemma
        for word in words(search_form(text))
        if word.pos.startswith(("名詞", "形状詞"))
        and not word.pos.startswith(("名詞-助動詞語幹", "形状詞-助動詞語幹"))
        and word.lemma not in phrases.QUESTION_WORDS
        and word.lemma not in turns.FILLERS
    ]


def is_attribute(name: str) -> bool:
    """True for a noun for what everything of a kind has (受講料, 対象年齢), not for a thing."""
    text = search_form(name)
    return bool(turns.ATTRIBUTE_HEAD.search(text)) or set(nouns(text)) <= turns.ATTRIBUTES


def own_words(text: str) -> list[str]:
    """Return the lemmas of `text` that say something, verbs among them."""
    left = phrases.QUESTION_WORDS | turns.FILLERS
    return [lemma for lemma in lemmas(text) if lemma not in left]


def _number(mark: str) -> int:
    if "①" <= mark[0] <= "⑳":
        return ord(mark[0]) - ord("①") + 1
    if match := turns.NUMERAL.search(search_form(mark)):
        numeral = match.group()
        return int(numeral) if numeral.isdigit() else kanji_number(numeral) or 0
    return -1
