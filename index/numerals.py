"""Numbers and years in one form, so that 12・十二・１２ and 令和元年・2019年 are found alike.

Takes search-form text or kanji numerals; gives canonical terms. Knows nothing about words.

>>> number_terms("平成30年12月に1,331兆円")
['#y2018', '#30', '#12', '#1331']
>>> kanji_number("百二十")
120
>>> kanji_terms("三十七兆")
['#37', '兆']
"""

import re

from corpus.eras import BEFORE_FIRST

_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_KANJI = "[" + "".join([*_DIGITS, *_UNITS]) + "]"

_ERA_YEAR = re.compile(
    r"(明治|大正|昭和|平成|令和|(?<![a-z0-9])[mtshr](?=\.?\d))\.?\s*(?:"
    rf"(元|\d{{1,2}})(?=年|\.|/|\b)|({_KANJI}{{1,3}})(?=年))"
)
_WESTERN_YEAR = re.compile(
    r"(?<!\d)(1[89]\d\d|20\d\d)(?=\s*年|\s*\(|/|\.\d\d?\.|\s*[-~]\s*(?:1[89]|20)\d\d)"
    r"|((?:一[八九]|二〇)[〇一二三四五六七八九]{2}|千[八九]百[一二三四五六七八九十]{0,3}|二千[一二三四五六七八九十]{0,3})(?=年)"
)
"""1800 to 2099; four digits alone may be a number of anything."""
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_PARTS = re.compile(rf"{_KANJI}+|[万億兆京]")


def western_year(era: str, year: str) -> int:
    """Return the western year of an era year; `year` is 元 or a number."""
    value = 1 if year == "元" else kanji_number(year)
    return BEFORE_FIRST[_LETTERS.get(era, era)] + (int(year) if value is None else value)


def number_terms(text: str) -> list[str]:
    """Return one term for each year and number of search-form `text`, in order of kind.

    Numbers in kanji are left to `kanji_terms`, as only the analyser tells them from words.
    """
    years = [
        f"#y{western_year(era, digits or kanji)}" for era, digits, kanji in _ERA_YEAR.findall(text)
    ]
    western = _WESTERN_YEAR.findall(text)
    years += [f"#y{digits or kanji_number(kanji)}" for digits, kanji in western]
    numbers = [match.group().replace(",", "") for match in _NUMBER.finditer(text)]
    return years + [f"#{number}" for number in numbers if f"#y{number}" not in years]


def kanji_number(text: str) -> int | None:
    """Return the value of kanji numerals up to 9999, None for anything else."""
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += max(digit, 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def kanji_terms(numerals: str) -> list[str]:
    """Return the terms of kanji numerals, the same as of 37兆: one for each number and each unit.

    What is no plain number (数十) is a term of its own.
    """
    parts = _PARTS.findall(numerals)
    if "".join(parts) != numerals:
        return [numerals]
    return [part if (value := kanji_number(part)) is None else f"#{value}" for part in parts]
