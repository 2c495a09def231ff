"""One error in a sentence, as drafts have them: a digit, a particle, 年度, a negation.

Takes a sentence; gives it altered, None where there is nothing to alter so. Knows nothing about
reports.

>>> digit("12か所に整備する"), negation("実施している")
('15か所に整備する', '実施していない')
"""

import re

_NEGATIONS = (
    ("している", "していない"),
    ("されている", "されていない"),
    ("できる", "できない"),
    ("である", "ではない"),
    ("が必要", "が不要"),
    ("する。", "しない。"),
    ("を推進", "を推進せず"),
    ("を図る", "を図らない"),
    ("していない", "している"),
    ("できない", "できる"),
    ("ありません", "あります"),
    ("しています", "していません"),
    ("れます", "れません"),
    ("します", "しません"),
)
_PARTICLES = (("は", "が"), ("が", "は"), ("を", "に"), ("に", "を"), ("の", "と"), ("も", "は"))


def digit(text: str) -> str | None:
    """Return `text` with its middle digit changed."""
    found = [m.start() for m in re.finditer(r"\d", text)]
    if not found:
        return None
    at = found[len(found) // 2]
    return text[:at] + str((int(text[at]) + 3) % 10) + text[at + 1 :]


def particle(text: str) -> str | None:
    """Return `text` with one particle between kanji replaced by another."""
    for old, new in _PARTICLES:
        pattern = rf"(?<=[一-龥ァ-ヶー]){old}(?=[一-龥ァ-ヶー])"
        found = [m.start() for m in re.finditer(pattern, text)]
        if found:
            at = found[len(found) // 2]
            return text[:at] + new + text[at + len(old) :]
    return None


def fiscal_year(text: str) -> str | None:
    """Return `text` with 年度 for 年, or 年 for 年度."""
    if re.search(r"[\d元]年度", text):
        return re.sub(r"([\d元])年度", r"\1年", text, count=1)
    if re.search(r"[\d元]年(?![度間以\d代前後])", text):
        return re.sub(r"([\d元])年(?![度間以\d代前後])", r"\1年度", text, count=1)
    return None


def negation(text: str) -> str | None:
    """Return `text` with what it says denied, or what it denies said."""
    for old, new in _NEGATIONS:
        if old in text:
            return text.replace(old, new, 1)
    return None
