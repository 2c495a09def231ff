"""Years, days and numbered things that a question fixes and a passage must not contradict.

Takes a question and a text; says whether the text is about another year (令和4年度 for
令和5年度), another day (6月8日 for 6月10日) or another of a numbered series (第2回 for 第3回).
A text that fixes nothing contradicts nothing.
"""

import re

from corpus.characters import search_form
from index.numerals import number_terms

_NUMBERED = re.compile(
    r"(第)\s?(\d{1,3})\s?(回|次|期|号|条|章|節|部|項|位|段階)|(目標|指標|課題|方向性)\s?(\d{1,2})"
)

_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def contradicts(question: str, text: str) -> bool:
    """True where `text` is about another year or number than `question`, and not about its own."""
    asked, said = search_form(question), search_form(text)
    if _differ(_years(asked), _years(said)) or _differ(_days(asked), _days(said)):
        return True
    return any(
        _differ(numbers, _series(said).get(name, set())) for name, numbers in _series(asked).items()
    )


def _differ(asked: set[str], said: set[str]) -> bool:
    return bool(asked and said) and asked.isdisjoint(said)


def _years(text: str) -> set[str]:
    return {term for term in number_terms(text) if term.startswith("#y")}


def _days(text: str) -> set[str]:
    return {"/".join(day) for day in _DAY.findall(text)}


def _series(text: str) -> dict[str, set[str]]:
    """Return the numbers of each series that a text names: {"第回": {"3"}}."""
    found: dict[str, set[str]] = {}
    for first, number, last, label, labelled in _NUMBERED.findall(text):
        found.setdefault(label or first + last, set()).add(labelled or number)
    return found
