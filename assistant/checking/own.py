"""Numbers in a sentence on a report that are the writer's own, or name no quantity.

Takes the text of a draft and an amount in it; tells whether it is left alone. Knows nothing about
reports.
"""

import re

from assistant.checking.amounts import Amount, Day
from corpus.model import Span

_NUMBERING = re.compile(
    r"\s*(?:[（(]?(?:問|答|[A-ZＡ-Ｚ])?\s?\d{1,2}[）).．:：]|第\d+|[①-⑳]"
    r"|(?:問|答|[A-ZＡ-Ｚ])?\d{1,2}(?=[\s\u3000]))"
)
_OFFICE = re.compile(
    r"(?<=、)(?:当|本|我が|弊)(?:院|課|市|県|町|村|区|府|都|道|局|庁|省|社|校|部|室|会|所|館|園|法人|組合"
    r"|センター|協議会|事務所)(?:では|は|も|において)"
)
_ARTICLE = re.compile(r"第(?:条|項|号)")
_RECKONED = re.compile(
    r"(?:計算|試算|換算|合計|集計)(?:すると|すれば|したところ|した結果|してみ)|単純計算|割り算|(?:割|掛け|除す|足す|引く|直す|割戻す)(?:る)?と"
    r"|(?:筆者|事務局|当課|当係|当市|本市|委員|班)の(?:試算|計算|集計)"
)
"""Before a number that the writer has reckoned."""
_REMARK = r"[^。、（(〔]{0,12}[（(〔][^（）()〔〕]{0,16}"
_RECKONED_BEHIND = re.compile(
    _REMARK + r"(?:計算|試算|算出|集計|換算|による)[^（）()〔〕]{0,8}[）)〕]"
)
_DOCUMENT = re.compile(r"[^（）()。]*(?:通知|通達|決定|公布|施行|告示|議決|答申|付け)")
_SAME_BEHIND = re.compile(r"[^。、（(]{0,12}[（(]同[）)]")
_COUNTED = ("つ", "点", "")
_RELATIVE = re.compile(r"年|か月|月間|週間|日間?")
_RATE = re.compile(r"(?:当たり|あたり)$")
_SMALL = 100
"""A bare number below this counts or numbers something."""


def is_own(amount: Amount, span: Span, text: str, start: int) -> bool:
    """True where a number is the writer's own, a label, or the article of a law.

    Args:
        amount: as it was read.
        span: where it stands in `text`.
        text: of the paragraph.
        start: where the sentence, or what it says of a report, begins.
    """
    numbering = _NUMBERING.match(text)
    if numbering and span.start < numbering.end():
        return True
    if re.fullmatch("[A-Z]#", amount.unit) or _ARTICLE.match(amount.unit):  # Q1, 第232条
        return True
    if any(own.start() > start for own in _OFFICE.finditer(text, start, span.start)):
        return True
    return _is_reckoned(span, text, start) or _is_of_document(span, text)


def _is_of_document(span: Span, text: str) -> bool:
    """True for the date of a notice or decision that a remark names."""
    opened = max(text.rfind("（", 0, span.start), text.rfind("(", 0, span.start))
    closed = max(text.rfind("）", 0, span.start), text.rfind(")", 0, span.start))
    return opened > closed and bool(_DOCUMENT.match(text, span.end))


def _is_reckoned(span: Span, text: str, start: int) -> bool:
    if _RECKONED.search(text, start, span.start) or _RECKONED_BEHIND.match(text, span.end):
        return True
    earlier = any(_RECKONED_BEHIND.match(text, at) for at in range(span.start))
    return bool(earlier and _SAME_BEHIND.match(text, span.end))


def is_slight(amount: Amount, span: Span, text: str) -> bool:
    """True for a number that a report need not say: 次の3点, 7年前, 1回当たり, 9."""
    if amount.unit in _COUNTED:
        return not isinstance(amount.value, Day) and amount.value < _SMALL
    if _RATE.search(amount.unit):
        return True
    return bool(_RELATIVE.fullmatch(amount.unit)) and text[span.end : span.end + 1] in ("前", "後")
