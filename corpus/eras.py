"""The Japanese calendar: eras day by day, dates as far as they are told, fiscal years.

Takes and gives dates; reads and writes them as official documents do. The Gregorian calendar
came into force on 1873-01-01 (明治5年太政官布告第337号); earlier dates are refused.
Knows nothing about reports.

>>> write_date(PartialDate(2019, 6), Years.ERA), write_date(PartialDate(2024, 3, 1), Years.BOTH)
('令和元年6月', '令和6（2024）年3月1日')
>>> read_date("平成32年3月"), read_date("２０１９年６月１日")
(PartialDate(year=2020, month=3, day=None), PartialDate(year=2019, month=6, day=1))
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Years(StrEnum):
    """How years are written."""

    ERA = "wareki"
    WESTERN = "seireki"
    BOTH = "both"
    """令和6（2024）年."""


FIRST_DAY = date(1873, 1, 1)
"""Of the Gregorian calendar in Japan."""

BEGINNINGS = (
    ("令和", date(2019, 5, 1)),
    ("平成", date(1989, 1, 8)),
    ("昭和", date(1926, 12, 25)),
    ("大正", date(1912, 7, 30)),
    ("明治", date(1868, 1, 25)),
)
"""First day of each era, the newest first. 大正 and 昭和 begin on the day on which 明治 and 大正
end; that day counts to the new era, as official documents have it."""

BEFORE_FIRST = {name: first.year - 1 for name, first in BEGINNINGS}
"""Western year before the first year of each era (令和1 = 2019)."""

_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_ERA = "明治|大正|昭和|平成|令和"
_ALSO = rf"(?:\s*\((?:{_ERA})?\s*(?:元|\d{{1,4}})\s*年?\))?"
"""The same year in the other way: 令和6(2024)年."""
_YEAR = (
    rf"(?:(?P<era>{_ERA})\s*(?P<era_year>元|\d{{1,2}})"
    r"|(?<![A-Za-z\d])(?<!\d[.,])(?P<west>(?:18|19|20)\d\d))"
)
_DATE = re.compile(
    rf"{_YEAR}(?:{_ALSO}\s*年(?!度)"
    rf"(?:{_ALSO}\s*(?P<month>\d{{1,2}})\s*(?:月|(?=[~〜・-]\d{{1,2}}月))"
    r"(?:\s*(?P<day>\d{1,2})\s*日)?)?"
    r"|(?P<sep>[./-])(?P<month2>\d{1,2})(?:(?P=sep)(?P<day2>\d{1,2}))?(?![\d万億兆%]|[./-]\d))",
    re.ASCII,
)
_LETTERED = re.compile(
    r"(?<![A-Za-z\d])(?:([MTSHR])\.?(元|\d{1,2})(?=\s?年)"
    r"|([HR])\.?(元|\d{1,2})(?=([./-])\d{1,2}\5\d{1,2}(?![\d./-])))",
    re.ASCII,
)
_LETTERED_ALONE = re.compile(
    r"\(?\s*([MTSHR])\.?(元|\d{1,2})([./-]\d{1,2}([./-]\d{1,2})?)\s*\)?", re.ASCII
)
_KANJI_NUMBER = re.compile(
    r"(?<![〇一二三四五六七八九十百千])"
    r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[〇一二三四五六七八九]{1,4})(?=\s?[年月日])"
)


class BeforeCalendar(ValueError):
    """A date before 1873-01-01, of another calendar."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is told."""

    year: int
    month: int | None = None
    day: int | None = None

    def first(self) -> date:
        """Return the first day that it may be.

        Raises:
            ValueError: there is no such day.
        """
        if self.month is None and self.day is not None:
            raise ValueError("a day without its month")
        month = 1 if self.month is None else self.month
        return date(self.year, month, 1 if self.day is None else self.day)


def era_of(day: date) -> tuple[str, int]:
    """Return era and year of a day.

    Raises:
        BeforeCalendar: it lies before 1873-01-01.
    """
    if day < FIRST_DAY:
        raise BeforeCalendar(f"{day} is before the Gregorian calendar")
    name, first = next(era for era in BEGINNINGS if era[1] <= day)
    return name, day.year - first.year + 1


def western_year(era: str, year: int) -> int:
    """Return the western year of an era year; plans go on after its end (平成32年 is 2020)."""
    return BEFORE_FIRST[era] + year


def fiscal_year(day: date) -> int:
    """Return the western year in which the fiscal year (April to March) of a day begins."""
    return day.year if day.month >= 4 else day.year - 1


def read_date(text: str) -> PartialDate | None:
    """Return the first date in `text`, None where there is none.

    A fiscal year is no date, and neither is a day of the calendar before 1873. An era told by
    its letter counts where nothing else can be meant: R1年, H31.4.30, or R1.6 alone (M7.3 is
    an earthquake).
    """
    plain = unicodedata.normalize("NFKC", text)
    alone = _LETTERED_ALONE.fullmatch(plain.strip())
    if alone and (alone[4] or alone[1] in "HR"):
        plain = f"{_LETTERS[alone[1]]}{alone[2]}{alone[3]}"
    plain = _LETTERED.sub(_named, plain)
    plain = _KANJI_NUMBER.sub(lambda found: str(_number(found[0])), plain)
    found = (_read(match) for match in _DATE.finditer(plain))
    return next((told for told in found if told is not None), None)


def write_date(told: PartialDate, years: Years = Years.ERA) -> str:
    """Return a date as official documents write it.

    A year alone that lies in two eras is written with both (平成31・令和元年).

    Raises:
        BeforeCalendar: it lies before 1873-01-01.
        ValueError: there is no such day.
    """
    first = told.first()
    rest = (f"{told.month}月" if told.month else "") + (f"{told.day}日" if told.day else "")
    if first < FIRST_DAY:
        raise BeforeCalendar(f"{first} is before the Gregorian calendar")
    if years is Years.WESTERN:
        return f"{told.year}年{rest}"
    name = _era_year(told)
    return f"{name}（{told.year}）年{rest}" if years is Years.BOTH else f"{name}年{rest}"


def _era_year(told: PartialDate) -> str:
    first = told.first()
    last = first if told.day else _last_day(told)
    eras = dict.fromkeys((era_of(first), era_of(last)))
    if told.month:
        # The month in which an era begins is named by the era at its end (平成元年1月).
        eras = dict.fromkeys((era_of(last),))
    return "・".join(f"{name}{'元' if year == 1 else year}" for name, year in eras)


def _last_day(told: PartialDate) -> date:
    if not told.month:
        return date(told.year, 12, 31)
    following = date(told.year + told.month // 12, told.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _named(lettered: re.Match[str]) -> str:
    return f"{_LETTERS[lettered[1] or lettered[3]]}{lettered[2] or lettered[4]}"


def _read(match: re.Match[str]) -> PartialDate | None:
    if match["west"]:
        year = int(match["west"])
    else:
        era_year = 1 if match["era_year"] == "元" else int(match["era_year"])
        if era_year == 0:
            return None
        year = western_year(match["era"], era_year)
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    told = PartialDate(year, int(month) if month else None, int(day) if day else None)
    try:
        return told if told.first() >= FIRST_DAY else None
    except ValueError:
        return None


def _number(kanji: str) -> int:
    if "十" not in kanji:
        return int(kanji.translate(_DIGITS))
    tens, _, ones = kanji.partition("十")
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)
