"""English questions, and English words in Japanese ones, in the words of the reports.

Takes a text and an index; gives the text with its English words in Japanese, by the foreign words
that loanwords come from and by `english.tsv`, a table of administrative vocabulary. What neither
knows stays as it is, so that it counts as a word that the reports do not have. No grammar: search
needs the words and the kind of thing that is asked for.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from index.romaji import hiragana
from index.snapshot import Snapshot
from index.terms import lemmas

_TABLE = Path(__file__).with_name("english.tsv")
_LONGEST = 4
"""Words of the longest expression in the table."""
_WORD = re.compile(r"[A-Za-z]+(?:[-'&’][A-Za-z]+)*")
_HIRAGANA = re.compile(r"[ぁ-ゖー]{2,}")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")

_ASKING: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), japanese)
    for pattern, japanese in (
        (
            r"\b(list|name|give|enumerate)\b.*\b(all|every|each)\b|\blist (up )?the\b",
            "を全て挙げて",
        ),
        (r"\bwhat (are|were) the (\d+|two|three|four|five|six|seven)\b", "を全て挙げて"),
        (r"\b(stands? for|abbreviation|full name)\b", "は何の略ですか"),
        (r"\bhow much (money|does it cost|did it cost|is the budget)\b", "はいくらですか"),
        (r"\bhow (many|much)\b|\bwhat (percentage|proportion|share|number)\b", "はいくつですか"),
        (r"\b(what|which) (year|fiscal year)\b", "は何年ですか"),
        (r"\bwhen\b|\bwhat date\b|\bwhich (day|date|month)\b", "はいつですか"),
        (r"\bwho\b|\bwhose\b", "は誰ですか"),
        (r"\bwhich (country|nation)\b", "はどこの国ですか"),
        (r"\bwhere\b", "はどこですか"),
        (r"\bwhy\b|\breasons?\b", "はなぜですか"),
        (r"\bwhat (is|are) (meant|the definition)\b|\bdefinition of\b|\bmean\b", "とは何ですか"),
    )
)
"""What an English question asks for; the first that fits."""
_SAYS_NOTHING = frozenset(
    """a about after all also an and any are as asked at be been being between both but by can
    could describe described did do does each enumerate every explain find for from gave
    give given had has have how i if in into is it its list many may me mean mentioned much
    name named of on one or our out over please point points raised regarding said say says
    shall should show so some something stand stands state stated such tell than that the
    their them then there these they this those to under up us very want was we were what
    when where which who whose why will with would you your become became happen made make
    taken take know like used's get mention listed cite cited exactly while through its
    during against within other more most s t d ll""".split()
)
_PLAIN_WORD = rf"(?!(?:{'|'.join(sorted(_SAYS_NOTHING))})\b)[A-Za-z&-]+"
_OF = re.compile(
    rf"\b({_PLAIN_WORD}(?: {_PLAIN_WORD}){{0,2}}) of (?:(?:the|a|an|each|all) )?"
    rf"({_PLAIN_WORD}(?: {_PLAIN_WORD}){{0,3}})",
    re.IGNORECASE,
)
"""The chair of the committee: in Japanese the committee comes first."""
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
_VERBAL = ("ed", "ing", "ly")
_READ = "\x1e"
"""Stands around what was read in Japanese, until the spaces beside it are gone."""
_MARK = re.compile(_READ)
_GAPS = re.compile(rf"(?<=[ぁ-んァ-ヶー一-龥]{_READ}) +|(?<=[ぁ-んァ-ヶー一-龥]) +(?={_READ})")
_NUMBERED = (
    (re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b"), r"第\1次"),
    (re.compile(r"\b(?:in )?(?:fiscal year|FY) ?(\d{4})\b", re.IGNORECASE), r"\1年度"),
    (re.compile(r"\b(?:in|by|year|since) (\d{4})\b", re.IGNORECASE), r"\1年"),
)


def is_english(text: str) -> bool:
    """True for a question without Japanese that has words of an English sentence."""
    found = [word.lower() for word in _WORD.findall(text)]
    # A bracket may hold the Japanese name of what is asked about.
    japanese = len(_JAPANESE.findall(text))
    return len(_SAYS_NOTHING.intersection(found)) > 1 and japanese < len("".join(found)) / 2


def in_japanese(text: str, snapshot: Snapshot) -> str:
    """Return an English question as Japanese words of search and of asking.

    Words side by side make a compound, those with grammar between them are joined by の.
    """
    asks = next((japanese for pattern, japanese in _ASKING if pattern.search(text)), "は何ですか")
    kept, is_apart = "", False
    turned = _OF.sub(r"\2 of \1", _numbered(text))
    for gap, word in _read(turned, snapshot, drop=True):
        between = gap.strip(" ,.?!:;")
        is_apart = is_apart or bool(between or gap.strip())
        if word or between:
            is_latin = kept[-1:].isalnum() and kept[-1:].isascii() and word[:1].isalnum()
            joint = "の" if is_apart and kept else " " if kept and is_latin else ""
            kept, is_apart = kept + joint + between + word, False
        else:
            is_apart = True
    return _MARK.sub("", kept) + asks


def with_english_read(text: str, snapshot: Snapshot) -> str:
    """Return a Japanese question with those English words in Japanese that no passage has."""
    read = "".join(map("".join, _read(_numbered(text), snapshot, drop=False)))
    return _MARK.sub("", _GAPS.sub("", read)) if _READ in read else text


def _numbered(text: str) -> str:
    for pattern, japanese in _NUMBERED:
        text = pattern.sub(japanese, text)
    return text


def _read(text: str, snapshot: Snapshot, *, drop: bool) -> Iterator[tuple[str, str]]:
    """Return what stands before each expression of `text`, and what stands for it."""
    matches = list(_WORD.finditer(text))
    end, number = 0, 0
    while number < len(matches):
        count, japanese = _longest(text, matches[number : number + _LONGEST], snapshot, drop)
        yield text[end : matches[number].start()], japanese
        end = matches[number + count - 1].end()
        number += count
    yield text[end:], ""


def _longest(
    text: str, matches: list[re.Match[str]], snapshot: Snapshot, drop: bool
) -> tuple[int, str]:
    """Return how many words from the first on make an expression, and what stands for it."""
    for count in range(len(matches), 0, -1):
        typed = text[matches[0].start() : matches[count - 1].end()]
        if found := _japanese(typed, snapshot, drop):
            return count, f"{_READ}{found}{_READ}"
    word = matches[0].group()
    return 1, "" if drop and _is_grammar(word) else word


def _is_grammar(word: str) -> bool:
    """True for a word that says nothing of what is sought, or a verb that the table lacks."""
    return word.lower() in _SAYS_NOTHING or (word.islower() and word.endswith(_VERBAL))


def _japanese(typed: str, snapshot: Snapshot, drop: bool) -> str:
    if not drop and any(map(snapshot.lemmas.knows, lemmas(typed))):
        return ""
    for form in _forms(typed.lower()):
        if form in _SAYS_NOTHING:
            return ""
        found = (*_table().get(form, ()), *snapshot.readings.from_foreign(form))
        if found:
            known = [f for f in found if all(map(snapshot.lemmas.knows, lemmas(f)))]
            return min(known, key=lambda f: _rarity(f, snapshot), default=found[0])
    return _name(typed, snapshot) if drop else ""


def _rarity(japanese: str, snapshot: Snapshot) -> float:
    return sum(map(snapshot.lemmas.weight, lemmas(japanese)))


def _name(typed: str, snapshot: Snapshot) -> str:
    """Return the name of the reports that a capitalised word may be in romaji (Tsukuba)."""
    kana = hiragana(typed)
    if not typed.istitle() or not _HIRAGANA.fullmatch(kana):
        return ""
    if all(map(snapshot.lemmas.knows, lemmas(kana))):
        return kana
    readings = snapshot.readings
    return next(iter((*readings.read_as(kana), *readings.sounds_as(kana))), "")


def _forms(word: str) -> list[str]:
    """Return `word` and what it may be an inflected form of."""
    stems = (word[: -len(end)] + put for end, put in _ENDINGS if word.endswith(end))
    return [word, *(stem for stem in stems if len(stem) > 2)]


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {english: tuple(japanese) for english, *japanese in rows}
