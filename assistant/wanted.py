"""The kind of thing a question asks for, and whether a text has one.

Takes a question; gives what its answer must contain (a date, a number, an amount, a person, a
named organisation or place). Tables and the analyser's parts of speech decide; no report's
words stand here.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from corpus.characters import search_form
from corpus.japanese import words
from corpus.markup import plain


class Wanted(StrEnum):
    """What the answer must contain."""

    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    PERSON = "person"
    COMPANY = "company"
    PLACE = "place"
    COUNTRY = "country"
    EXPANSION = "expansion"
    """What an abbreviation stands for."""


_ASKS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (Wanted.MONEY, re.compile(r"いくら|何(億|兆|万)?(円|ドル|ユーロ)")),
    (Wanted.DATE, re.compile(r"いつ(?!も)|何年|何月|何日|何曜|日付|日程|期日|年月日|西暦|元号")),
    (
        Wanted.PERSON,
        re.compile(r"(?<!誰と)誰(?!と誰|の)|だれ(?!の)|どなた|氏名|人物名|何という(人|方)"),
    ),
    (
        Wanted.COMPANY,
        re.compile(
            r"(会社|企業|事業者|メーカー|法人|団体|開発元)(の)?(名|名称|名前)[をはがも、]?|どこの(会社|企業|メーカー)|何という(会社|企業)"
        ),
    ),
    (
        Wanted.PLACE,
        re.compile(r"(市町村|自治体|都道府県|県|都市)(の)?(名|名前)|どこの(県|市|町|村|自治体)"),
    ),
    (Wanted.EXPANSION, re.compile(r"何の略|の略(?:語)?で|正式な?名称|フルスペル|略さず")),
    (Wanted.COUNTRY, re.compile(r"どこの国|どの国|何という国|国名|何という(街|町|都市)")),
    (
        Wanted.NUMBER,
        re.compile(
            r"何[^年月日かがをにでと]{0,2}?(社|回|人|名|件|個|か国|カ国|ヶ国|国語|言語|割|倍|歳|台|本|冊|時間|分の|ページ|パーセント|[%％]|か所|つ|分野|種類|段階|番目)"
            r"|いくつ|(件数|人数|社数|回数|割合|比率|伸び率|倍率|規模|総数|個数)|数(は|を|が|も|って|[?？]|$)|どのくらい|どれくらい|どれほど"
        ),
    ),
    # Last, as a noun asks for less than a word of asking (輸出額が逆転したのは何年か).
    (
        Wanted.MONEY,
        re.compile(r"(予算|金額|費用|経費|総額|単価|価格)[はがも]?|額(は|を|が|も|って|[?？]|$)"),
    ),
)

_QUOTED = re.compile(r"[「『][^「」『』]*[」』]")
"""A name in brackets (「誰一人取り残さない」) asks for nothing."""

_DATE = re.compile(r"\d{1,4}\s*年|元年|\d{1,2}\s*月|年度|\d{4}/\d|\d年代|時点|直前|直後|\d\s*時")
_MONEY = re.compile(r"(円|ドル|ユーロ|ポンド|元(?!年))(?!滑)")
_NUMBER = re.compile(r"\d|[二三四五六七八九十百千数](?=[つ人名件社回倍割か分])|一部|半")
_NO_NUMBER = re.compile(
    r"^\s*(?:[(（]?\d{1,2}[.)）．]|\d(?=\s)|※\d)|※\d*|[a-z]+-?\d+|\d+[a-z]+(?![a-z])"
)
"""Digits that count nothing: enumerators, marks of notes, names such as g20 and 5g."""

_EXPANSION = re.compile(r"[a-z]{2,}\s*[(:]|\([^()]*[a-z]{2,}[^()]*\)|の略")
_COMPANY = re.compile(
    r"株式会社|有限会社|合同会社|[(（]株[)）]|㈱|法人|コーポレーション|\b(?:inc|ltd|corp)\b"
)
_PLACE = re.compile(r"[^\s、。]{1,6}[都道府県市町村区](?!場|民|域|内|長会|役|町村)")
_POST = re.compile(
    r"(大臣|長官|総長|学長|社長|会長|理事|教授|座長|委員長|[会団隊院所]長|市長|知事|町長|村長|局長|課長|代表|政務官|大統領|首相|氏|さん)"
)


def wanted(question: str) -> Wanted | None:
    """Return what the answer to `question` must contain, None where anything may do."""
    text = _QUOTED.sub("", search_form(question))
    return next((kind for kind, pattern in _ASKS if pattern.search(text)), None)


def _has_person(text: str) -> bool:
    return bool(_POST.search(text)) or any("人名" in word.pos for word in words(text))


_HAS: dict[Wanted, Callable[[str], bool]] = {
    Wanted.DATE: lambda text: bool(_DATE.search(text)),
    Wanted.MONEY: lambda text: bool(_MONEY.search(text)),
    Wanted.NUMBER: lambda text: bool(_NUMBER.search(_NO_NUMBER.sub("", text))),
    Wanted.PERSON: _has_person,
    Wanted.COMPANY: lambda text: bool(_COMPANY.search(text)),
    Wanted.PLACE: lambda text: bool(_PLACE.search(text)),
    Wanted.EXPANSION: lambda text: bool(_EXPANSION.search(text)),
    Wanted.COUNTRY: lambda text: any("地名" in word.pos for word in words(text)),
}


def has(kind: Wanted | None, text: str) -> bool:
    """True where `text` contains what is wanted; always true where anything may do."""
    return kind is None or _HAS[kind](search_form(plain(text)))


_MEASURED = (
    re.compile(
        r"([一-龥々ァ-ヶーa-z0-9]+[ぁ-ん]?)の?"
        r"(?:件数|人数|社数|回数|割合|比率|率|総額|金額|額|数|予算|費用|規模)"
        r"(?:は|を|が|の|も|って|とは|[?？]|$)"
    ),
    re.compile(
        r"([一-龥々ァ-ヶーa-z0-9]+[ぁ-ん]?[一-龥々]*)(?:は|って|が)(?:およそ|約|だいたい)?"
        r"(?:どれくらい|どのくらい|どれほど|いくら)"
    ),
)


def measured(question: str) -> str | None:
    """Return what a question wants the number or amount of: 報酬 in 報酬額, 派遣 in 派遣人数."""
    text = _QUOTED.sub("", search_form(question))
    matches = (pattern.search(text) for pattern in _MEASURED)
    return next((m.group(1) for m in matches if m and len(m.group(1)) > 1), None)
