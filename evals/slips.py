"""Slips of the pen at any place of a sentence: digits, particles, 年/年度, negations, letters.

Takes a sentence and a source of chance; gives it with one slip, None where none is possible.
Knows nothing about reports.

>>> fiscal_year("令和6年度に実施", random.Random(0))
'令和6年に実施'
"""

import random
import re
from collections.abc import Callable

Slip = Callable[[str, random.Random], str | None]

NUMBER = re.compile(
    r"(?<![\d.,〜～\-第])\d[\d,]*(?:\.\d+)?"
    r"(?:[兆億万]円|億ドル|百万円|万人泊|万トン|千kWh|km|ha|[万千]?[人件円床台回者社校校区園戸隻便]"
    r"|か所|か月|ポイント|億|時間|[%％倍])"
)
"""A number with its unit, long enough to be found again."""
_PARTICLE = re.compile(r"(?<=[一-龥ァ-ヶー々])(を|が|は|に|で|と|の|も)(?=[一-龥ァ-ヶー、])")
_OTHERS = {
    "を": "がに",
    "が": "をはに",
    "は": "がもを",
    "に": "をでと",
    "で": "にを",
    "と": "やの",
    "の": "とや",
    "も": "はが",
}
_YEAR = re.compile(r"(?<=[\d元])年(?:度|(?![度間以代前後次\d]))")
_TURNS = (
    (r"している", "していない"),
    (r"していない", "している"),
    (r"されている", "されていない"),
    (r"できる", "できない"),
    (r"(?<=[一-龥])する(?=。|$)", "しない"),
    (r"(?<=[一-龥])した(?=。|$)", "しなかった"),
    (r"(?<=[一-龥])される(?=。|$)", "されない"),
    (r"である(?=。|$|が|こと)", "ではない"),
    (r"(?<=[いきしちりえけせてめれ])ます(?=。|$|が)", "ません"),
    (r"(?<=[いきしちりえけせてめれ])ました(?=。|$|が)", "ませんでした"),
    (r"(?<=[っい])た(?=。|$)", "たとはいえない"),
    (r"が必要(?!な)", "は不要"),
    (r"が重要", "は重要でなく"),
    (r"が不可欠", "は不可欠でなく"),
    (r"を推進(?=。|$)", "は推進せず"),
    (r"を図る(?=。|$)", "を図らない"),
    (r"限る(?=。|$)", "限らない"),
    (r"(?<!少)ない(?=。|$)", "なくはない"),
    (r"不十分", "十分"),
    (r"不足(?=。|$|し)", "充足"),
)
_LETTERS = "総計画県市民新改定推進化方針案"


def digit(text: str, chance: random.Random) -> str | None:
    """Return `text` with one digit changed to another, which never makes a leading zero."""
    found = list(re.finditer(r"\d", text))
    if not found:
        return None
    at = chance.choice(found).start()
    return text[:at] + chance.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def swapped(text: str, chance: random.Random) -> str | None:
    """Return `text` with two neighbouring digits in the wrong order."""
    found = [m.start() for m in re.finditer(r"(?=[1-9],?([1-9]))", text)]
    places = []
    for at in found:
        other = at + 1 if text[at + 1] != "," else at + 2
        if text[at] != text[other]:
            places.append((at, other))
    if not places:
        return None
    at, other = chance.choice(places)
    return text[:at] + text[other] + text[at + 1 : other] + text[at] + text[other + 1 :]


def particle(text: str, chance: random.Random) -> str | None:
    """Return `text` with one particle replaced by another."""
    found = list(_PARTICLE.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + chance.choice(_OTHERS[match[0]]) + text[match.end() :]


def fiscal_year(text: str, chance: random.Random) -> str | None:
    """Return `text` with 年 where it says 年度, or the other way round, once."""
    found = list(_YEAR.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + ("年度" if match[0] == "年" else "年") + text[match.end() :]


def negation(text: str, chance: random.Random) -> str | None:
    """Return `text` saying the contrary."""
    found = [(m, new) for old, new in _TURNS for m in re.finditer(old, text)]
    if not found:
        return None
    match, new = chance.choice(found)
    return text[: match.start()] + new + text[match.end() :]


def letter(text: str, chance: random.Random) -> str | None:
    """Return a title with one of its kanji or kana changed."""
    found = [m.start() for m in re.finditer(r"[一-龥ァ-ヴ]", text)][1:]
    if not found:
        return None
    at = chance.choice(found)
    return text[:at] + chance.choice([c for c in _LETTERS if c != text[at]]) + text[at + 1 :]


def month(date: str, chance: random.Random) -> str:
    """Return a date (令和6年3月) with another month or another year."""
    if chance.random() < 0.5:
        return re.sub(r"(\d+)月", lambda m: f"{int(m[1]) % 12 + 1}月", date)
    return re.sub(r"(\d+|元)年", lambda m: f"{2 if m[1] == '元' else int(m[1]) + 1}年", date)
