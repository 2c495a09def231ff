"""What of a question asks, and what only leads up to it.

Takes a question as an official writes it, with greeting, office and purpose; gives the part that
asks and the part that sets the scene, whose words count less. The tables hold what is said before
any question. Knows nothing about any report.

>>> plain("お世話になっております。広報に大雨のことを載せたいのですが、避難した住民は何人ですか。")
Plain(asked='避難した住民は何人ですか。', setting='広報に大雨のことを載せたいのですが、')
"""

import re
from dataclasses import dataclass

from corpus.japanese import sentences, words

_ASKS = re.compile(
    r"[?？]|(か|かな|の|っけ|だろう|でしょう)[。！!]*$|ください|下さい|くれ|(願|欲し|ほし)い"
    r"|(知り|見|聞き|確認し|比べ|調べ)たい|いただけ|頂け|もらえ|教え|ご教示|示(して|せ)"
    r"|(挙|あ)げ(て|よ)|分から(ず|な)|わから(ず|な)|分かりま|不明|助かり|幸い"
    r"|何|いつ(?!も)|どこ|誰|だれ|どの|どう|どれ|どなた|いくら|いくつ|なぜ|なに|いかが"
)
"""Signs that a sentence asks."""

_GREETS = re.compile(
    r"お世話になって|お疲れ様|はじめまして|初めまして|こんにちは|こんばんは|おはよう|お忙しい"
    r"|(初めて|はじめて)[^。]{0,6}(連絡|質問)|突然の?(メール|連絡|ご|質問)|失礼(いた|し|ながら)"
    r"|恐縮|恐れ入り|すみません|申し訳|と申し|者です|[課係室部局署所院]で(ございます|す。|す$)"
    r"|別件|別の(話|質問)|話題?を変え|話[は題が]+変わ"
    r"|(に|を|で)[^、。]{0,14}(おります|務めています|営んでいます|勤めています)|担当して"
)
"""A sentence without a question that greets, apologises or says who writes: nothing of it is
sought."""

_SELF = re.compile(
    r"^[^、。「」]{0,24}(者|新人|職員|担当|委員|役員|記者|学生|研究員|議員)(です|でございます|な(の|ん)です)が、"
)
"""A clause that says who asks."""

_PURPOSE = re.compile(
    r"^[^。？?]{1,80}?("
    r"(?<!知り)(?<!聞き)(?<!伺い)(?<!尋ねし)(?<!聞きし)(?<!確認し)(?<!質問し)たい(の|ん)(です|だ)?(が|けれど|けど)|たいと(思|考え|存じ)[^、。]{0,8}"
    r"|ことに(なり|なって|なった)[^、。]{0,8}|ところ(なの|な)?(ん?です|だ)?(が|けれど|けど)?"
    r"|(いけ|なら)ない(の|ん)?(です|だ)?(が|けれど|けど)"
    r"|(言わ|頼ま|聞か|問わ|尋ねら)れ(まして|て|たので|た(の|ん)ですが)|出まして|来まして"
    r"|に(あた|当た)(り|って|りまして)|に際し(て)?|関係で|都合で|必要があり|必要が(あって|ありまして)"
    r"|(作成|準備|用意|調査)(中(です|なの)?[^、。]{0,4}|して(いて|おり|おりまして|いるのですが))"
    r")、"
)
"""A clause that says what the answer is for."""

_ASIDE = re.compile(r"[^、。「」]{1,30}(結構ですので|構いませんので|かまいませんので|でよいので)、")
"""A clause that lowers what is asked."""

_REMARK = re.compile(r"^(なお|ちなみに|もっとも|ただ)[、，]")
"""A sentence behind the question that only adds a remark."""

_LEAST = 2
"""Content words that a question must keep to stand alone."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A question without what leads up to it."""

    asked: str
    setting: str = ""
    """The sentences and clauses that only set the scene."""


def plain(text: str) -> Plain:
    """Return what of `text` asks, and what sets the scene; all of it where nothing remains."""
    asking: list[str] = []
    setting: list[str] = []
    for sentence in (span.of(text) for span in sentences(text)):
        if _ASKS.search(sentence):
            lead, rest = _parted(sentence)
            setting += lead
            asking.append(rest)
        elif asking and not _REMARK.search(sentence):
            asking.append(sentence)
        elif not _GREETS.search(sentence):
            setting.append(sentence)
    asked = "".join(asking)
    if _content(asked) < _LEAST:
        kept = [s.of(text) for s in sentences(text) if not _is_greeting(s.of(text))]
        return Plain("".join(kept) if _content("".join(kept)) else text.strip())
    return Plain(asked, "".join(setting))


def _parted(sentence: str) -> tuple[list[str], str]:
    """Return the clauses that lead up to a question and the rest of the sentence."""
    lead: list[str] = []
    rest = _ASIDE.sub("", sentence)
    for pattern in (_SELF, _PURPOSE):
        match = pattern.match(rest)
        if match and _content(rest[match.end() :]):
            lead += [match.group()] if pattern is _PURPOSE else []
            rest = rest[match.end() :]
    return lead, rest


def _is_greeting(sentence: str) -> bool:
    return bool(_GREETS.search(sentence)) and not _ASKS.search(sentence)


def _content(text: str) -> int:
    return sum(word.pos.startswith("名詞-普通名詞") for word in words(text))
