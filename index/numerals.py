"""Numbers and years in one form, so that 12・十二・１２ and 令和元年・2019年 are found alike.

Takes search-form text or kanji numerals; gives canonical terms. Knows nothing about words.

>>> number_terms("平成30年12月に1,331兆円")
['#y2018', '#30', '#12', '#1331']
>>> kanji_number("百二十")
120
"""

import re

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Western year before the first year of each era (令和1 = 2019)."""

_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_ERA_YEAR = re.compile(
    r"(明治|大正|昭和|平成|令和|(?<![a-z0-9])[mtshr](?=\.?\d))\.?\s*(元|\d{1,2})(?=年|\.|/|\b)"
)
_WESTERN_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?=年|\s*\(|/|\b)")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def western_year(era: str, year: str) -> int:
    """Return the western year of an era year; `year` is 元 or a number."""
    return ERAS[_LETTERS.get(era, era)] + (1 if year == "元" else int(year))


def number_terms(text: str) -> list[str]:
    """Return one term for each year and number of search-form `text`, in order of kind."""
    years = [f"#y{western_year(*match.groups())}" for match in _ERA_YEAR.finditer(text)]
    years += [f"#y{match.group(1)}" for match in _WESTERN_YEAR.finditer(text)]
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
