"""What a sentence that answers shows: a figure with the asked unit, a reason, a meaning.

Takes a question; gives the pattern that its answer shows. Tables of general Japanese that a
reader extends by a row; no report's words stand here.
"""

import re
from functools import lru_cache

from corpus.characters import search_form
from corpus.markup import plain

DEGREE = re.compile(
    r"(?:最も|もっとも|一番|いちばん|最)([^、。]{1,4})|(\d|[二三四五])番目に([^、。]{1,4})"
)
"""A degree that is asked for, with its quality; the how many-th with its."""

_NUMBER = r"(?:\d[\d,.]*|[一二三四五六七八九十百千数]+)\s*[万億兆千百]?\s*"

_COUNTED = re.compile(
    r"何(?:万|億|兆|千|百)?\s*(か所|カ所|ヶ所|箇所|か国|カ国|か月|パーセント|ポイント|キロ|メートル"
    r"|平方|立方|社|回|人|名|件|個|割|倍|歳|台|本|冊|時間|分の|ページ|床|戸|世帯|校|園|店|棟|隻|頭|匹|羽"
    r"|町|村|市|県|区|都|階|番目|位|度|日以内|日間|年間|年後|週間|種類|段階|点|法人|団体|病院|施設|つ|%)"
)
"""A counter after 何: the answer has a number before the same counter."""

_SAME_UNIT: dict[str, str] = {
    "か所": "か所|カ所|ヶ所|ヵ所|箇所",
    "カ所": "か所|カ所|ヶ所|ヵ所|箇所",
    "ヶ所": "か所|カ所|ヶ所|ヵ所|箇所",
    "箇所": "か所|カ所|ヶ所|ヵ所|箇所",
    "か国": "か国|カ国|ヶ国|国",
    "カ国": "か国|カ国|ヶ国|国",
    "人": "人|名",
    "名": "人|名",
    "パーセント": "%|パーセント|割",
    "%": "%|パーセント|割",
    "割": "%|パーセント|割",
    "つ": "つ|個|項目|点|本|種類",
    "日以内": "日以内|日間|日",
    "日間": "日間|日",
    "戸": "戸|世帯",
    "世帯": "戸|世帯",
}
"""Counters that say the same."""

_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(asks), shows)
    for asks, shows in (
        (
            r"なぜ|何故|どうして|理由|わけは|訳は|背景|事情|いきさつ|経緯|きっかけ|原因|狙い|ねらい",
            r"ため(?!の)|から(?:[、。]|$)|ことから|ので|により|によって|を受け|に伴い|背景|理由|踏まえ|端を発",
        ),
        (r"何歳|年齢|いくつ(?:です|になり)", r"\d歳"),
        (r"何日(?:以内|間|のうち|後|前)", r"\d日(?:以内|間|後|前|まで)"),
        (r"いくら|何円|(?:金|価|費用|予算|料金|補助)額?(?:は|を|が)", _NUMBER + r"円|無料|無償"),
        (r"割合|比率|率は|率が|何%|何パーセント", r"\d\s*(?:%|パーセント|割)|分の\d"),
        (r"いつから.{0,12}いつまで|期間|から何年度?まで", r"から.{0,16}まで|~|～|〜|間"),
        (r"何時(?!間|期|点)", r"\d\s*時(?!間)|正午"),
        (r"いつ|何年|何月|何日", r"\d\s*[年月日]|元年"),
        (
            r"とは(?:何|どう|どの|$|[?？、])|の(?:意味|定義)|どういう(?:意味|もの|割合)",
            r"とは|をいう|のこと|[:：(（]",
        ),
    )
)
"""What a question asks, and what a sentence shows that answers it; the first that fits."""


@lru_cache(256)
def sign_of(question: str) -> re.Pattern[str] | None:
    """Return what the answer to `question` shows in search form, None where that is open."""
    text = search_form(plain(question))
    for asks, shows in _SIGNS[:3]:
        if asks.search(text):
            return re.compile(shows)
    if counted := _COUNTED.search(text):
        unit = counted.group(1)
        same = _SAME_UNIT.get(unit, re.escape(unit))
        return re.compile(rf"{_NUMBER}(?:{same})")
    shown = next((shows for asks, shows in _SIGNS[3:] if asks.search(text)), None)
    return re.compile(shown) if shown else None


def shows(sign: re.Pattern[str] | None, text: str) -> bool:
    """True where `text` shows `sign`; never where the question leaves that open."""
    return sign is not None and bool(sign.search(search_form(plain(text))))


_KANJI = re.compile(r"[一-龥々]{2,}")
_CHANGING = "副元前旧新非未不無准次脱反"
"""Prefixes that make something else of what follows."""


def is_of_other(question: str, text: str) -> bool:
    """True where `text` has a name of `question` only behind a prefix that changes it."""
    asked, said = search_form(question), search_form(plain(text))
    for name in _KANJI.findall(asked):
        changed = [prefix + name for prefix in _CHANGING]
        if any(c in said for c in changed) and not any(c in asked for c in changed):
            return said.count(name) == sum(map(said.count, changed))
    return False


_NOUN = r"([一-龥々ァ-ヶー]{2,})"
_KINDS = (
    re.compile(rf"(?:どの|何の|どこの|どちらの){_NOUN}"),
    re.compile(rf"{_NOUN}(?:の(?:うち|中)(?:で|、)|のうち)"),
    re.compile(rf"{_NOUN}を(?:全|すべ|一覧|教え|挙げ|列挙|拾|リスト)"),
    re.compile(rf"{_NOUN}(?:は|って)(?:どこ|どれ|何|誰|です|でしょ|[?？。]|$)"),
)
"""Where a question says what kind of thing its answer is (どの区域, 管種のうち, 浄水場は)."""
_ANYTHING = frozenset(("名前", "氏名", "名称", "場所", "全員", "項目", "内容", "理由"))


def asked_kind(question: str) -> str | None:
    """Return the kind of thing that is asked for, None where the question leaves it open."""
    text = search_form(question)
    found = [m.group(1) for pattern in _KINDS for m in pattern.finditer(text)]
    return next((kind for kind in found if kind not in _ANYTHING), None)
