"""Numbers, dates and fiscal years with their units, as values that can be compared exactly.

Takes text; gives each amount with its place. Two amounts are the same where value and unit
are: 1兆2,000億円 = 12,000億円, 令和元年6月 = 2019年6月, but 2019年 ≠ 2019年度 and 20人 ≠ 20人以上.
Nothing is rounded. Knows nothing about quotations or reports.

>>> [a.value for a in amounts("令和元年度に１．５兆円、３割")]
[Day(year=2019, month=None, day=None, is_fiscal=True), Decimal('1500000000000.0'), Decimal('3')]
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.model import Span
from index.numerals import western_year

_SCALE = {"千": 10**3, "百万": 10**6, "万": 10**4, "億": 10**8, "兆": 10**12, "百": 100}
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ERA = r"(?P<era>明治|大正|昭和|平成|令和|(?<![A-Za-z0-9])[MTSHR](?=\.?\d))\.?\s?"
_DATE = re.compile(
    rf"(?:{_ERA}(?P<era_year>元|\d{{1,2}})\s?(?:[（(]\s?(?P<both>\d{{4}})\s?年?\s?[)）]\s?)?"
    r"(?P<era_sep>年|[./](?=\d))"
    r"|(?P<west>(?:1[89]|20)\d\d)\s?(?:[（(][^（）()]{0,8}[)）]\s?)?"
    r"(?P<west_sep>年|[./-](?=\d{1,2}[./-]\d{1,2}(?!\d))))"
    r"(?P<fiscal>度)?"
    r"(?:\s?(?P<month>\d{1,2})\s?(?:月|[./-](?=\d)|(?!\d)(?<=[./]\d)|(?!\d)(?<=[./]\d\d))(?:\s?(?P<day>\d{1,2})日?(?!\d))?)?"
)
_UNITS = (
    "パーセントポイント|パーセント|ポイント|percent|平方メートル|キロメートル|メートル|ヘクタール|キログラム|"
    "トン|ユーロ|米ドル|ドル|ポンド|ウォン|元|円|件|か所|カ所|ヶ所|ヵ所|箇所|ケ所|か国|カ国|ヶ国|ヵ国|箇国|"
    "か月|カ月|ヶ月|ヵ月|箇月|週間|年間|年度|年代|年|月|日間|日|時間|時|分|秒|世帯|世紀|人日|人|名|者|社|団体|機関|"
    "市町村|都道府県|自治体|校|棟|戸|台|基|本|個|枚|冊|回線|回|倍|割|歳|才|代|期|次|号|位|番|点|つ|種類|種|項目|分野|地区|"
    "地域|施設|事業|事例|語|字|章|節|条|項|m3/日|m3|m2|km2|m²|km²|m³/日|m³|km|cm|mm|kg|kWh|MWh|kW|MW|GW|Gbps|Mbps|bps|GHz|MHz|"
    "ha|床|病院|圏域|単位|ページ|頁|%|℃|度|t|m|L|g"
)
_AMOUNT = re.compile(
    r"(?P<before>第)?(?P<sign>[△▲]|(?<![\d\w)）])[-−](?=\d))?"
    r"(?:(?P<parts>\d{1,3})分の(?P<share>\d{1,3}(?:\.\d+)?)|"
    rf"(?P<number>(?:(?:{_NUMBER})(?:百万|[千百万億兆]{{1,2}}|(?=\D|$)))+)"
    rf"(?P<unit>{_UNITS})?(?P<per>当たり|あたり)?(?P<bound>以上|以下|以内|未満|超|余り?|強|弱)?)"
)
_SHARE = "分の"
"""The unit of 3分の2."""
_PIECE = re.compile(rf"({_NUMBER})(百万|[千百万億兆]{{1,2}})?")
_SAME_UNIT = {
    "%": "%",
    "パーセント": "%",
    "percent": "%",
    "パーセントポイント": "ポイント",
    "名": "人",
    "才": "歳",
    "米ドル": "ドル",
    "頁": "ページ",
    "m3": "立方メートル",
    "m³": "立方メートル",
    "m³/日": "m3/日",
    "m²": "m2",
    "km²": "km2",
}
_MARKS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹" + "".join(map(chr, range(0x2460, 0x2474))))
"""Digits that count or mark and are no amounts: ① and ¹ (m² is a unit)."""
_KA = re.compile("^[カヶヵケ箇]")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is told, or a fiscal year."""

    year: int
    month: int | None
    day: int | None
    is_fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a date with its unit."""

    value: Decimal | Day
    unit: str
    """"" for a bare number; with 第 before it for an ordinal, with 以上 and the like behind."""
    span: Span
    """In the text that was read."""
    is_cell: bool = False
    """True for a number in a table whose unit may stand in a label; it fits any unit."""

    def is_in(self, others: Iterable["Amount"]) -> bool:
        """True where one of `others`, of a report, says the same, or tells a date more exactly."""
        return any(_same(self, other) for other in others)


def amounts(text: str) -> list[Amount]:
    """Return the amounts of `text` in order; full-width digits and 元年 count."""
    # Of the same length, so that offsets are those of the text.
    plain = "".join(_narrow(letter) for letter in text)
    found: list[Amount] = []
    position = 0
    for match in _matches(plain):
        if match.start() >= position:
            found.append(_amount(match, plain))
            position = match.end()
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(text):
        date, number = _DATE.search(text, position), _AMOUNT.search(text, position)
        if date and number and not _is_free(text, date):
            date = None
        both = [match for match in (date, number) if match]
        if not both:
            return
        first = min(both, key=lambda match: (match.start(), -match.end()))
        yield first
        position = max(first.end(), position + 1)


def _is_free(text: str, date: re.Match[str]) -> bool:
    """False where the year is the tail of a longer number."""
    return not (date.start() and text[date.start() - 1] in "0123456789.,")


def _narrow(letter: str) -> str:
    if letter in _MARKS:
        return letter
    folded = unicodedata.normalize("NFKC", letter)
    return folded if len(folded) == 1 else letter


def _amount(match: re.Match[str], text: str) -> Amount:
    span = Span(*match.span())
    groups = match.groupdict()
    if "number" not in groups:
        return Amount(_day(groups), "", span)
    if groups["parts"]:
        return Amount(Decimal(groups["share"]) / (int(groups["parts"]) or 1), _SHARE, span)
    unit = groups["unit"] or ""
    unit = _SAME_UNIT.get(unit, _KA.sub("か", unit) if len(unit) > 1 else unit)
    if not unit:
        unit = _latin(text, span)
    value = _value(groups["number"]) * (-1 if groups["sign"] else 1)
    bound = (groups["per"] or "") + (groups["bound"] or "")
    return Amount(value, f"{groups['before'] or ''}{unit}{bound}", span)


def _latin(text: str, span: Span) -> str:
    """Return the letters that a number is one word with: 5G, IPv6, B2B."""
    before = re.search(r"[A-Za-z]+-?$", text[: span.start])
    after = re.match(r"[A-Za-z]+", text[span.end :])
    return (before[0] if before else "") + "#" * bool(before or after) + (after[0] if after else "")


def _day(groups: dict[str, str | None]) -> Day:
    era_year = groups["era_year"]
    if era_year:
        year = western_year((groups["era"] or "").lower(), era_year)
    else:
        year = int(groups["west"] or 0)
    month, day = groups["month"], groups["day"]
    return Day(
        year, int(month) if month else None, int(day) if day else None, bool(groups["fiscal"])
    )


def _value(number: str) -> Decimal:
    total = Decimal(0)
    for digits, scale in _PIECE.findall(number):
        factor = 1
        for step in re.findall("百万|[千百万億兆]", scale):
            factor *= _SCALE[step]
        total += Decimal(digits.replace(",", "")) * factor
    return total


def _same(one: Amount, other: Amount) -> bool:
    first, second = one.value, other.value
    if isinstance(first, Day) and isinstance(second, Day):
        return _same_day(first, second)
    if isinstance(first, Day):
        return not isinstance(second, Day) and _is_year(first, other)
    if isinstance(second, Day):
        return _is_year(second, one) or _is_part(one, second)
    if first != second:
        return False
    return one.unit == other.unit or not one.unit or (other.is_cell and not other.unit)


def _same_day(one: Day, other: Day) -> bool:
    if (one.year, one.is_fiscal) != (other.year, other.is_fiscal):
        return False
    months = one.month is None or one.month == other.month
    return months and (one.day is None or one.day == other.day)


def _is_year(day: Day, number: Amount) -> bool:
    """True for the first year of a range whose second alone is followed by 年 (2020～2025年)."""
    return not number.unit and number.value == day.year and day.month is None


def _is_part(number: Amount, day: Day) -> bool:
    """True for a month or day of a date whose year stands elsewhere."""
    told = {"月": day.month, "日": day.day}.get(number.unit)
    return told is not None and number.value == told
