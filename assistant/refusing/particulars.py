"""Years, days and numbered things that a question fixes and a passage must not contradict.

Takes a question and a text; says whether the text is about another year (令和4年度 for
令和5年度), another day (6月8日 for 6月10日) or another of a numbered series (第2回 for 第3回).
A text that fixes nothing contradicts nothing.

>>> series("方向性⑩と第3回")
{'第{}回': {'3'}, '方向性{}': {'10'}}
"""

import re

from corpus.characters import search_form
from index.numerals import number_terms

_ORDINAL = re.compile(r"第\s?(\d{1,3})\s?(回|次|期|号|条|章|節|部|項|位|段階)(?!国会)")
_LABELLED = re.compile(
    r"(目標|指標|課題|方向性|戦略|方針|施策|取組|重点|論点|提言|柱|資料|別紙|別表|図表|図|表|様式"
    r"|ステップ|フェーズ|ケース|シナリオ|案|ターゲット|ゴール)\s?(\d{1,2})(?![\d,.年月日つ点個%件本項種か-])"
)
"""Words that number their kind: 目標4, 方向性⑩, 図3."""

_FIGURE = re.compile(r"(図表|表|図|様式|別紙|資料)\s?(\d{1,2}-\d{1,2})(?![\d-])")

_DAYS = re.compile(
    r"(?<![\d/])(\d{1,2})(?:\s*月\s*(\d{1,2})\s*日|/(\d{1,2})(?![\d/]))(?:\([^)]\))?"
    r"((?:\s*[・、,~-]\s*\d{1,2}\s*日)*)"
)
"""A day and those after it that go without the month (6月8日・9日)."""
_DIGITS = re.compile(r"\d+")


def contradicts(question: str, text: str) -> bool:
    """True where `text` is about another year or number than `question`, and not about its own."""
    asked, said = search_form(question), search_form(text)
    if _differ(_years(asked), _years(said)) or _differ(days(asked), days(said)):
        return True
    mentioned = series(text)
    return any(
        _differ(numbers, mentioned.get(name, set())) for name, numbers in series(question).items()
    )


def _differ(asked: set[str], said: set[str]) -> bool:
    return bool(asked and said) and asked.isdisjoint(said)


def _years(text: str) -> set[str]:
    return {term for term in number_terms(text) if term.startswith("#y")}


def days(text: str) -> set[str]:
    """Return the days of `text` as month/day: {"6/8", "6/9"}."""
    found = set()
    for month, first, other, more in _DAYS.findall(search_form(text)):
        found |= {f"{int(month)}/{int(day)}" for day in (first or other, *_DIGITS.findall(more))}
    return found


def series(text: str) -> dict[str, set[str]]:
    """Return the numbers of each series that a text names, by a pattern of the name."""
    folded = search_form(text)
    found: dict[str, set[str]] = {}
    for number, kind in _ORDINAL.findall(folded):
        found.setdefault(f"第{{}}{kind}", set()).add(str(int(number)))
    for label, number in _LABELLED.findall(folded):
        found.setdefault(f"{label}{{}}", set()).add(str(int(number)))
    for label, number in _FIGURE.findall(folded):
        found.setdefault(f"{label}{{}}-", set()).add(number)
    return found
