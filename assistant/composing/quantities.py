"""What a cell is worth: numbers, fractions, times and years that can be compared.

Takes the search form of a cell; gives its value and unit. Only values of one unit are compared.

>>> quantity("約1,850人")
Quantity(value=1850.0, unit='人')
>>> quantity("1時間41分").value, quantity("3分の1").unit
(101.0, '割合')
"""

import re
from dataclasses import dataclass

from index.numerals import number_terms

_NUMBER = r"([△▲\-]?)\s*(\d[\d,]*(?:\.\d+)?)\s*([万億兆千百]?)"
_WHOLE = re.compile(rf"(?:約|およそ)?\s*{_NUMBER}\s*((?:[^\d\s(]|(?<=m)[23])*)(?:\s*\([^()]*\))?")
_FRACTION = re.compile(r"(\d+)\s*分の\s*(\d+)(?:以内)?|(\d+)\s*/\s*(\d+)(?:以内)?")
_TIME = re.compile(r"(\d+)時間(?:(\d+)分)?|(\d+)分")
_OVER = (
    r"以上|を?超|を?上回|よりも?(?:多|大き|高|長|広)"
    r"|未満|以下|を?下回|よりも?(?:少な|小さ|低|短|狭)"
)
COMPARED = re.compile(rf"([△▲\-]?\d[\d,]*(?:\.\d+)?[^\s以超上下よを未]{{0,8}}?)\s*({_OVER})")
"""An amount that others are compared with, and how."""
_SCALE = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts."""

    value: float
    unit: str


def quantity(text: str, unit: str = "") -> Quantity | None:
    """Return what a cell says, None where that is no single quantity.

    Args:
        text: the cell in search form.
        unit: of bare numbers, as it stands in a label or above the table (万トン).
    """
    found = _quantity(text.strip(" :"))
    if found is None or found.unit or not unit:
        return found
    scale = _SCALE.get(unit[0], 1.0)
    return Quantity(found.value * scale, unit[1:] if scale > 1 else unit)


def alike(one: Quantity, other: Quantity) -> bool:
    """True where two quantities can be compared; a longer unit may say more (トン-CO2)."""
    units = sorted((one.unit, other.unit), key=len)
    return units[0] == units[1] or bool(units[0] and units[1].startswith(f"{units[0]}-"))


def _quantity(text: str) -> Quantity | None:
    if years := [term for term in number_terms(text) if term.startswith("#y")]:
        return Quantity(float(years[0][2:]), "年") if len(years) == 1 else None
    if match := _FRACTION.fullmatch(text):
        below, above = match.group(1) or match.group(4), match.group(2) or match.group(3)
        return Quantity(int(above) / int(below), "割合") if int(below) else None
    if match := _TIME.fullmatch(text):
        hours, minutes, alone = (int(part or 0) for part in match.groups())
        return Quantity(60.0 * hours + minutes + alone, "分")
    match = _WHOLE.fullmatch(text)
    return amount(*match.groups()) if match else None


def amount(sign: str, digits: str, scale: str, unit: str) -> Quantity:
    """Return the quantity of the parts of a number."""
    value = float(digits.replace(",", "")) * _SCALE[scale]
    return Quantity(-value if sign else value, unit)


def within(text: str, word: str) -> Quantity | None:
    """Return the number that follows `word` in a longer cell (前年度比1.4倍)."""
    match = re.search(rf"{re.escape(word)}\s*(?:は|が|で|:)?\s*約?{_NUMBER}([^\d\s,、。()]*)", text)
    return amount(*match.groups()) if match else None
