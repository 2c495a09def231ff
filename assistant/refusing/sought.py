"""Whether a text says what is asked for, and not merely something of its kind.

Takes a query and a text with the words around it; an answer must bring something that the
question does not already have (another number, another name), counted as the question counts
(「何回」 is not answered by 「3人」). Tables of general Japanese decide; no report's words stand
here.
"""

import re
from collections.abc import Iterator

from assistant.composing.draft import Claim, Draft
from assistant.understanding.understand import Query
from assistant.understanding.wanted import POST, Wanted, has
from corpus.characters import search_form
from corpus.japanese import words
from corpus.markup import plain
from index.documents import context_of

_COUNTERS: tuple[tuple[str, str], ...] = (
    # how a question asks                                how an answer counts
    (r"何回(?!国会)|回数|何度(?!も)", r"回|度(?!合)"),
    (r"何[人名に]|人数|者数", r"[人名者]|世帯"),
    (r"何社|社数", r"社|者|法人|企業"),
    (r"何法人", r"法人|社|団体"),
    (r"何件|件数", r"件|例"),
    (r"何項目|何箇条|いくつの項目", r"項目|つ|点|個|本|箇条|原則|種類|分野|か条"),
    (r"何(?:か|カ|ヶ|箇)国(?!語)", r"(?:か|カ|ヶ|箇)国|国"),
    (r"何(?:か|カ|ヶ|箇)?国語|何言語|言語数", r"言語|(?:か|カ|ヶ|箇)国語|国語"),
    (
        r"何(?:パーセント|%|割)|割合|比率|伸び率|[一-龥]{2}率",
        r"%|パーセント|割|分の|ポイント|半|人に1人|倍",
    ),
    (r"何倍|倍率", r"倍|割|%"),
    (r"何校", r"校"),
    (r"何棟", r"棟"),
    (r"何床", r"床"),
    (r"何戸", r"戸|世帯|軒"),
    (r"何台", r"台|基|両"),
    (r"何(?:か|カ|ヶ|箇)所", r"(?:か|カ|ヶ|箇)所|施設|棟"),
    (r"口径", r"[mcミセ]m?|メートル"),
)
"""What is counted: an answer needs a number with one of the counters on the right."""

_OPEN = re.compile(
    r"何[をにがと]|どう|どんな|どのよう|どういう|なぜ|どれ|どの|どこの(?!国|会社|県|市|町)"
)
"""Words that ask for anything, beside which a number need not be the answer."""

_DIGITS = re.compile(r"\d+(?:[,.]\d+)*")
_KANJI = r"[一二三四五六七八九十百千数]"

_NAMES = {Wanted.PERSON: "人名", Wanted.COUNTRY: "地名"}
"""Kinds that a proper noun answers, with the analyser's word for it."""

_HELD = re.compile(rf"[副元前]?{POST.pattern}")
"""A post as a question names it: the 副会長 is not the 会長."""

_NUMBERS = frozenset(
    (Wanted.DATE, Wanted.MONTH, Wanted.DAY, Wanted.SPAN, Wanted.MONEY, Wanted.NUMBER, Wanted.AGE)
)


def says(query: Query, text: str, around: str) -> bool:
    """True where `text` has what `query` wants; `around` are labels and captions beside it."""
    return is_open(query) or _says_kind(query, text, around)


def _says_kind(query: Query, text: str, around: str) -> bool:
    if not has(query.wanted, text) and not _in_unit(query, text, around):
        return False
    if query.wanted in _NUMBERS:
        return _is_new_number(query, text) and _counts(query, text, around)
    name = _NAMES.get(query.wanted) if query.wanted else None
    return name is None or _is_new_name(query, name, text, around)


def is_open(query: Query) -> bool:
    """True where another part of the question is open (何に使われ、いつから)."""
    return query.has_parts and bool(_OPEN.search(query.asked))


def _in_unit(query: Query, text: str, around: str) -> bool:
    """True where a table gives the money as a bare number, its unit standing in a label."""
    is_money = query.wanted is Wanted.MONEY
    return is_money and bool(_DIGITS.search(text)) and has(query.wanted, around)


def _is_new_number(query: Query, text: str) -> bool:
    """True where `text` has a number that the question does not have, or none in digits."""
    said = _numbers(text)
    return not said or bool(said - _numbers(query.asked))


def _numbers(text: str) -> set[str]:
    return set(_DIGITS.findall(search_form(plain(text))))


def _is_new_name(query: Query, kind: str, text: str, around: str) -> bool:
    """True where `text` names somebody or some place that the question does not name.

    Who holds a post is told only where the post is named.
    """
    if query.wanted is Wanted.PERSON:
        posts = {match.group() for match in _HELD.finditer(search_form(query.asked))}
        holder = {post for post in posts if re.search(rf"{post}(さん|先生)?[はのが]", query.asked)}
        there = search_form(plain(f"{text} {around}"))
        if any(not re.search(rf"(?<![副元前]){post}", there) for post in holder):
            return False
        kind = "固有名詞" if holder else kind
        if not holder and POST.search(there):
            return True
    return bool(_names(text, kind) - _names(query.standalone, kind))


def _names(text: str, kind: str) -> set[str]:
    return {word.surface for word in words(search_form(plain(text))) if kind in word.pos}


def _counts(query: Query, text: str, around: str) -> bool:
    """True where `text` counts as the question does, or the question may be counted out."""
    if query.wanted is not Wanted.NUMBER:
        return True
    asked = search_form(query.asked)
    counters = [answer for ask, answer in _COUNTERS if re.search(ask, asked)]
    if not counters:
        return True
    body, labels = search_form(plain(text)), search_form(plain(around))
    return any(_has_counter(counter, body, labels) for counter in counters)


def _has_counter(counter: str, text: str, labels: str) -> bool:
    number = rf"(?:\d|{_KANJI}|[万億兆]|余|約)\s*(?:{counter})"
    bare = bool(_DIGITS.search(text)) and bool(re.search(rf"[(:]\s*(?:{counter})", labels))
    return bool(re.search(number, text)) or bare


def shows(query: Query, draft: Draft) -> bool:
    """True where the words shown have what is wanted; items of a list may be counted."""
    return is_open(query) or _shows_kind(query, draft)


def unanswered(query: Query, draft: Draft) -> str | None:
    """Return what a part of the question wants and the words shown do not have, in Japanese."""
    if query.wanted is None or _shows_kind(query, draft):
        return None
    return _IN_WORDS.get(query.wanted)


_IN_WORDS = {
    Wanted.DATE: "時期",
    Wanted.MONTH: "月",
    Wanted.DAY: "日付",
    Wanted.SPAN: "期間",
    Wanted.MONEY: "金額",
    Wanted.NUMBER: "数",
    Wanted.AGE: "年齢",
    Wanted.PERSON: "人の名前",
    Wanted.COMPANY: "会社などの名前",
    Wanted.PLACE: "市町村などの名前",
    Wanted.COUNTRY: "国や都市の名前",
    Wanted.OFFICE: "担当の部署",
    Wanted.NAME: "名前",
    Wanted.ADDRESS: "所在地",
    Wanted.TELEPHONE: "電話番号",
    Wanted.LANGUAGE: "言語",
    Wanted.EXPANSION: "正式な名称",
}


def _shows_kind(query: Query, draft: Draft) -> bool:
    if query.wanted is None or (draft.is_list and len(draft.claims) > 1):
        return True
    places = [source for claim in draft.claims for source in claim.sources]
    around = " ".join(context_of(source.report, source.passage) for source in places)
    words_shown = [text for claim in draft.claims for text in (claim.text, *_quotes(claim))]
    return any(_says_kind(query, text, around) for text in words_shown)


def _quotes(claim: Claim) -> Iterator[str]:
    return (source.quote for source in claim.sources)
