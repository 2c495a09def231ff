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
    MONTH = "month"
    DAY = "day"
    SPAN = "span"
    """How long, or within how many days or years."""
    MONEY = "money"
    NUMBER = "number"
    AGE = "age"
    PERSON = "person"
    COMPANY = "company"
    PLACE = "place"
    COUNTRY = "country"
    OFFICE = "office"
    """The part of an office that is in charge."""
    NAME = "name"
    """What a school, a hospital … is called."""
    ADDRESS = "address"
    TELEPHONE = "telephone"
    LANGUAGE = "language"
    EXPANSION = "expansion"
    """What an abbreviation stands for."""


_POSTS = (
    r"(大臣|長官|総長|学長|社長|会長|理事|教授|座長|委員長|院長|[会団隊院所園駅]長|市長|知事|町長"
    r"|村長|局長|課長|部長|代表|政務官|大統領|首相)"
)
_BODIES = r"(会社|企業|事業者|メーカー|法人|団体|開発元)"

_ASKS: tuple[tuple[Wanted, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Wanted.MONEY, r"いくら|\bikura\b|何えん|何(億|兆|万)?(円|ドル|ユーロ)"),
        (Wanted.SPAN, r"何(年|か月|カ月|ヶ月|週|日)(間|以内|以上|後|前に|のうち|かけ|もの間)"),
        (Wanted.AGE, r"何(歳|さい)|年齢(は|を|が|も|って|[?？]|$)|(?:お)?年は?いくつ"),
        (Wanted.MONTH, r"何(月|がつ)"),
        (
            Wanted.DAY,
            r"何(日|にち)|\bnan-?nichi\b|何曜|年月日",
        ),
        (
            Wanted.DATE,
            r"いつ(?!も)|\b(itsu|nan-?nen)\b|何年|何ねん|日付|日程|期日|西暦|元号"
            r"|(?:開催|実施|発効|施行|締結|設立|開始)日",
        ),
        (Wanted.TELEPHONE, r"電話(番号)?.{0,10}(何番|番号|教え|知り)|問い?合わせ先の?番号"),
        (Wanted.ADDRESS, r"所在地|住所|何番地|どこに住"),
        # Who does something may be a body (国、自治体); a name or the holder of a post is a person.
        (
            Wanted.PERSON,
            r"\bdare\b|(?<!誰と)(誰|だれ)(?!と誰|と?だれ|一人|ひとり|[のにもを]|でも|が(?!や|務|つと|就|な))"
            r"|どなた|氏名|人物名|何という(人|方)|^お名前は|"
            + _POSTS
            + r"(さん|の方)?(の|は)(名前|何という名)",
        ),
        (
            Wanted.COMPANY,
            _BODIES + r"(の)?(名|名称|名前)[をはがも、]?|(どこの|何という)(会社|企業|メーカー)"
            r"|(会社|企業|業者|メーカー|受注者)(は|って)(どこ|何という)|業者の?名",
        ),
        (
            Wanted.PLACE,
            r"(市町村?|区町村|自治体|都道府県|県|都市)(の)?(名|名前)(?!産)|どこの(県|市|町|村|自治体)",
        ),
        (
            Wanted.OFFICE,
            r"担当(の|する)?(課|部署|係|室|部局)|(何|どこの|どの)(課|部署|係)|所管(課|部署|部局)",
        ),
        (
            Wanted.NAME,
            r"(病院|診療所|学校|大学|施設|組織|機関|工場|公園|店|駅|会場)の(お?名前|名称|名)(?!簿)",
        ),
        (Wanted.EXPANSION, r"何の略|の略(?:語)?で|フルスペル|略さず|[a-z]{2,}.*正式な?名称"),
        (
            Wanted.COUNTRY,
            r"どこの国|どの国|何という国|国名|何という(街|町|都市)|(?<!外)国(は|って)どこ|開催国",
        ),
        (Wanted.LANGUAGE, r"何語"),
        (
            Wanted.NUMBER,
            r"何[^年月日かがをにでとの]{0,2}?(社|回(?!目)|人|名|件|個|にん|かい|けん|しゃ|か国|カ国|ヶ国|国語|言語|割|倍|歳|台"
            r"|本|冊|時間|分の|ページ|パーセント|[%％]|か所|つ|分野|種類|段階|番目|項目|校|戸|棟|床|枚)"
            r"|\bnan-?(nin|kai|ken|sha|ninzuu)\b|いくつ|(件数|人数|社数|回数|割合|比率|伸び率|倍率|規模|総数|個数)(?![がは]?約?[\d一二三四五六七八九十])"
            r"|(?<!少)(?<!多)数(は|を|が|も|と|って|[?？]|$)|どのくらい|どれくらい|どれほど|(?:口径|延長|面積)(?:は|を|[?？]|$)",
        ),
        # Last, as a noun asks for less than a word of asking (輸出額が逆転したのは何年か).
        (Wanted.DATE, r"(時期|期限)(は|を(教|知|示|お)|[?？]|$)"),
        (
            Wanted.MONEY,
            r"(予算|金額|費用|経費|総額|単価|価格|対価|補償金)[はがもを]?|額(は|を|が|も|って|[?？。]|$)",
        ),
    )
)

_EXISTENCE = re.compile(
    r"(技術|構想|話|例|仕組み?|取り?組み?|考え|計画|方針|記述|試み|もの)(って|は|が|も)?"
    r"(載って|書かれて|出て|述べられて)?(い)?(あり|ある|あった|ます|ました)[^、。]{0,6}[?？。]*$"
)
"""Whether there is such a thing: a word of asking further up (いつ要るか) asks for nothing."""

_MEANING = re.compile(r"とは、?(?:どういう|どのような|どんな|何の)[^、。]{0,10}(?:こと|もの|意味)")
"""What a term means: 「…率とはどういう割合のことか」 asks for no number."""

_QUOTED = re.compile(r"[「『][^「」『』]*[」』]")
"""A name in brackets (「誰一人取り残さない」) asks for nothing."""

_KANA = re.compile(
    r"なん(?=にん|人|かい|回|ねん|年|がつ|月|にち|日|えん|円|けん|件|しゃ|社|さい|歳|パー)"
)
"""何 before a counter in kana; the kana of the counters stands in the table of askings."""

_DATE = re.compile(
    r"\d{1,4}\s*年|元年|\d{1,2}\s*月|年度|\d{4}/\d|\d年代|(?<![a-z\d])[rhs]\d{1,2}(?![a-z\d])|時点|直前|直後|\d\s*時"
)
_MONTH = re.compile(r"\d{1,2}\s*月(?!間)|\d{4}[/.]\d")
_DAY = re.compile(r"\d{1,2}\s*日(?!間|以内)|\d[/.]\d{1,2}[/.]\d|時点|直前|直後")
_SPAN = re.compile(r"\d\s*(年|か月|カ月|ヶ月|箇月|週|日|時間)|毎[年月週日]|半年|数[年日]")
_MONEY = re.compile(
    r"[\d万億兆千百]\s*(円|ドル|ユーロ|ポンド|元(?!年))|[(:]\s*[千百]?[万億]?円|無料|無償"
)
_NUMBER = re.compile(r"\d|[二三四五六七八九十百千数](?=[つ人名件社回倍割か分])|一部|半|[cmk]m単位")
_NO_NUMBER = re.compile(
    r"\d+\s*年度?|元年度?|\d+\s*月(?:\s*\d+\s*日)?|第\s?\d+(?:回|次|期|章|節|号|条)|"
    r"^\s*(?:[(（]?\d{1,2}[.)）．]|\d(?=\s)|※\d)|※\d*|[a-z]+-?\d+|\d+[a-z]+(?![a-z])"
)
"""Digits that count nothing: enumerators, marks of notes, dates, names such as g20 and 5g."""

_EXPANSION = re.compile(r"[a-z]{2,}\s*[(:|\t]|\([^()]*[a-z]{2,}[^()]*\)|の略|^\W*[a-z]{2,}\s*\|")
_COMPANY = re.compile(
    r"株式会社|有限会社|合同会社|[(（]株[)）]|㈱|法人|コーポレーション|\b(?:inc|ltd|corp)\b"
)
_PLACE = re.compile(
    r"[一-龥ァ-ヶ]{1,5}[都道府県市町村区](?!場|民|域|内|全|立|長会|役|町|村|債|税|道|営)"
)
_ADDRESS = re.compile(r"\d\s*(丁目|番地?|号|-\d)|[都道府県市区町村郡].{0,12}\d|[市区町村]内?に")
_TELEPHONE = re.compile(r"\d{2,4}[-(]\d{2,4}[-)]\d{3,4}|電話.{0,8}\d{4}")
_LANGUAGE = re.compile(r"(?<![一-龥])(日本|英|中国|韓国|仏|独|[ァ-ヶー]{2,})語")
_OFFICE = re.compile(r"[一-龥ァ-ヶー]{1,9}(課|室|係|局|部|班|センター|本部)(?![題程分会員数門])")
_SPELT = ("[ァ-ヶーa-z]{3,}", "[一-龥]{4,}")
"""Beginnings of a name that the analyser need not know."""
_NAMED = (
    r"[一-龥ァ-ヶー]{0,8}?"
    r"(病院|センター|診療所|クリニック|校|大学|施設|機関|場|館|所|園|店|駅)"
)
"""What follows the proper noun in the name of a place that people go to."""
POST = re.compile(_POSTS)
_POST = re.compile(_POSTS.replace("(", "(?:", 1) + r"|氏|さん")


def wanted(question: str) -> Wanted | None:
    """Return what the answer to `question` must contain, None where anything may do."""
    text = _KANA.sub("何", _QUOTED.sub("", search_form(question)))
    if _EXISTENCE.search(text) or _MEANING.search(text):
        return None
    return next((kind for kind, pattern in _ASKS if pattern.search(text)), None)


def _has_person(text: str) -> bool:
    return bool(_POST.search(text)) or any("人名" in word.pos for word in words(text))


def _has_name(text: str) -> bool:
    """True where a proper noun, or what is spelt like one, is part of a name."""
    proper = [re.escape(word.surface) for word in words(text) if "固有名詞" in word.pos]
    return any(re.search(rf"(?:{name}){_NAMED}", text) for name in [*proper, *_SPELT])


def _finds(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: bool(pattern.search(text))


_HAS: dict[Wanted, Callable[[str], bool]] = {
    Wanted.DATE: _finds(_DATE),
    Wanted.MONTH: _finds(_MONTH),
    Wanted.DAY: _finds(_DAY),
    Wanted.SPAN: _finds(_SPAN),
    Wanted.MONEY: _finds(_MONEY),
    Wanted.NUMBER: lambda text: bool(_NUMBER.search(_NO_NUMBER.sub("", text))),
    Wanted.AGE: _finds(re.compile(r"\d\s*歳|\d\s*才|[二三四五六七八九]十代|\d\s*代|平均年齢")),
    Wanted.PERSON: _has_person,
    Wanted.COMPANY: _finds(_COMPANY),
    Wanted.PLACE: _finds(_PLACE),
    Wanted.OFFICE: _finds(_OFFICE),
    Wanted.NAME: _has_name,
    Wanted.ADDRESS: _finds(_ADDRESS),
    Wanted.TELEPHONE: _finds(_TELEPHONE),
    Wanted.LANGUAGE: _finds(_LANGUAGE),
    Wanted.EXPANSION: _finds(_EXPANSION),
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
