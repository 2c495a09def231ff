"""How a sentence says what it says: planned, considered, wanted, done, denied.

Takes Japanese sentences; gives the modes of a sentence and whether another one keeps them: 検討する
must not become 実施した, nor できない できる. Knows nothing about reports.

>>> sorted(modes("導入を検討する予定である。"))
['considered', 'planned']
>>> keeps("導入を検討する。", "導入した。"), keeps("導入を検討する。", "導入を検討するとしている。")
(False, True)
"""

import re

from corpus.japanese import words

_MODES = {
    "considered": r"検討|協議(?:する|を行う|中)|研究を(?:進め|行)|議論(?:する|を進め)|見極め",
    "planned": (
        r"予定|計画(?:し|である|中)|見込|方針(?:だ|である|と)|目指|めざ|目標|までに|こととする"
        r"|つもり|図[るっ]|進め(?:る|て)"
    ),
    "wanted": (
        r"必要|べき|求め|望まし|重要(?:である|だ|と|性|。|$)|期待|不可欠|課題(?:である|だ|と|」|。|$)"
    ),
    "possible": r"可能性|おそれ|恐れ|得る|うる|かもしれ|考えられ|みられる可能",
    "reported": r"との意見|との指摘|という意見|との声",
}
_DONE = re.compile(
    r"(?:した|された|行った|なった|終えた|いた|った|済み|完了|れた|めた|けた|えた|きた)"
    r"(?:[。、）)]|$|と(?:さ|し|い)|こと|ところ)"
)
_NEGATIVE = ("ない", "ぬ", "ず", "無い", "まい", "ません")
_NO_DENIAL = re.compile(
    r"(?:なければ|なくては|ねば|なくちゃ|ないと)(?:なら|いけ)(?:ない|ません|ず)|ざるを得ない|に過ぎない|にほかならない"
    r"|だけで(?:は)?なく|のみならず|ばかりでなく|少なくない|違いない|やむを得ない|とは限らず"
)
_DENYING_NOUN = re.compile(
    r"(?:未(?:定|実施|整備|着手|対応|策定|設置)|不(?:可能|要|十分|明)|非(?:公開|対象)|対象外|なし$)"
)


def modes(sentence: str) -> frozenset[str]:
    """Return the modes of a sentence; empty for a plain statement of what is."""
    found = {name for name, pattern in _MODES.items() if re.search(pattern, sentence)}
    if is_done(sentence):
        found.add("done")
    return frozenset(found)


def is_done(sentence: str) -> bool:
    """True where the sentence says that something has been done."""
    return bool(_DONE.search(sentence))


def denials(sentence: str) -> int:
    """Return how often a sentence denies; なければならない and the like do not."""
    text = _NO_DENIAL.sub("", sentence)
    said = sum(
        word.lemma in _NEGATIVE and word.pos.startswith(("助動詞", "形容詞"))
        for word in words(text)
    )
    return said + len(_DENYING_NOUN.findall(text))


def keeps(source: str, written: str) -> bool:
    """True where `written` says no more than `source` does.

    What the source considers, plans, wants, thinks possible or reports must stay so; nothing is
    done that the source does not say to be done; denied is denied.
    """
    said, meant = modes(written), modes(source)
    denied, denies = denials(source), denials(written)
    if denies > denied or (denied and not denies):
        return False
    if "done" in said and "done" not in meant:
        return False
    hedges = meant - {"done"}
    return not hedges or bool(hedges & said)
