"""Misspelt words of a question: the word of the reports that was probably meant.

Takes a text and an index; gives pairs of what stands in the text and what the reports have. Only
what no passage has is looked at: a compound with one wrong kanji that is read or looks the same
(会義, 特微), a katakana word with one wrong character (サビース), and the katakana of a name that
the reports have in Latin letters. Digits are never touched.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, product

from corpus.characters import search_form
from corpus.japanese import unlikeliness, words
from index.readings import Readings
from index.romaji import latin, lettered, letters
from index.snapshot import Snapshot

Change = tuple[str, str]
"""What was typed, and what is read in its place."""

_COMPOUND = re.compile(r"[一-龥々ァ-ヴー]{2,}")
_KANJI = re.compile(r"[一-龥々]")
_KATAKANA = re.compile(r"[ァ-ヴー]{4,}")
_PART = 3
"""Katakana of the least part of a compound."""
_TOLERANCE = 500
"""How much less usual the word that was meant may be; more, and it is half of another (研究開)."""
_NO_WORD = 5000
"""How much less usual two kanji are that make no word (課第 for 課題)."""
_VOICED = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボ", "カキクケコサシスセソタチツテトハヒフヘホ"
)

_VOICE_PAIRS = "カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドバパビピブプベペボポ"
_VOICE = {
    **dict(zip(_VOICE_PAIRS[::2], _VOICE_PAIRS[1::2], strict=True)),
    **dict(zip(_VOICE_PAIRS[1::2], _VOICE_PAIRS[::2], strict=True)),
}
"""Voiced katakana and voiceless ones, which are often taken for each other (ベット for ベッド)."""

_SUFFIXES = {"ガタ": "型", "カタ": "型", "テキ": "的", "リツ": "率", "スウ": "数", "ヨウ": "用"}
"""Suffixes, which are no terms of an index."""

_LOOKALIKES = """
微徴 末未 土士 問間聞開閉 宇字 斉斎 己已巳 哀衷衰 率卒 遣遺 綱網 待侍特持 探深
拾捨 績積 側測則 衝衡 粉紛 倍培陪 復複腹 検険験 講構購溝 議義儀 織職識 徹撤
暴爆 偏遍編 燥操 摘滴適敵 緯違偉 墾懇 堀掘 惜借 弊幣 獲穫 環還 簿薄 慨概 壁璧
掲揚 抗坑 郡群 逐遂 輪輸論 施旋 折析 損捐 官管宮 経径 給絡 組粗祖阻 設説 領額
類数 貨貸賃資 困因 卸御 延廷 委季 栄営 氷永水 効郊 坂板版 夫失 住往注 使便
供洪 制製 幹乾 護穫
""".split()
"""Kanji that are taken for each other by their shape."""
_SHAPES = {kanji: group for group in _LOOKALIKES for kanji in group}


def misspelt(text: str, snapshot: Snapshot) -> Iterator[Change]:
    """Return the misspelt words of `text` and what was probably meant."""
    for match in _COMPOUND.finditer(text):
        if meant := _meant(match.group(), snapshot):
            yield match.group(), meant
    for match in _KATAKANA.finditer(text):
        if meant := _katakana(match.group(), snapshot):
            yield match.group(), meant


def _meant(compound: str, snapshot: Snapshot) -> str:
    """Return the compound of some passage from which one kanji of `compound` differs."""
    for place in _doubtful(compound, snapshot):
        for other in _others(compound, place, snapshot):
            changed = compound[:place] + other + compound[place + 1 :]
            is_usual = unlikeliness(changed) <= unlikeliness(compound) + _TOLERANCE
            if is_usual and _is_alike(compound, changed, place) and _stands(changed, snapshot):
                return changed
    return ""


def _doubtful(compound: str, snapshot: Snapshot) -> list[int]:
    """Return the places of the characters that may be wrong."""
    wrong = _unknown_pairs(compound, snapshot)
    if wrong:
        is_one = max(wrong) - min(wrong) < 2
        return sorted({place + i for place in wrong for i in (0, 1)}) if is_one else []
    voiced = [place for place, character in enumerate(compound) if character in _VOICE]
    return [] if not voiced or _stands(compound, snapshot) else voiced


def _others(compound: str, place: int, snapshot: Snapshot) -> Iterable[str]:
    """Return what may have been meant by one character."""
    if partner := _VOICE.get(compound[place]):
        return partner
    if not _KANJI.match(compound[place]) or _is_word(compound, place):
        return ()
    return _fitting(compound, place, snapshot)


def _unknown_pairs(compound: str, snapshot: Snapshot) -> list[int]:
    pairs = ("".join(pair) for pair in pairwise(search_form(compound)))
    return [place for place, pair in enumerate(pairs) if not snapshot.bigrams.knows(pair)]


def _is_word(compound: str, place: int) -> bool:
    """True where the kanji is part of a longer word of the dictionary, so none that slipped in."""
    end = 0
    for word in words(compound):
        end += len(word.surface)
        if place < end:
            return len(word.surface) > 1 and bool(word.reading)
    return False


def _fitting(compound: str, place: int, snapshot: Snapshot) -> list[str]:
    """Return the kanji that may stand at `place` between its neighbours."""
    found = snapshot.readings.between(compound[:place][-1:], compound[place + 1 : place + 2])
    return [character for character in found if _KANJI.match(character)]


def _is_alike(typed: str, meant: str, place: int) -> bool:
    """True where both look the same, or are read the same and long enough to tell by that."""
    if meant[place] in _SHAPES.get(typed[place], "") + _VOICE.get(typed[place], ""):
        return True
    is_plain = len(typed) > 2 or unlikeliness(typed) - unlikeliness(meant) > _NO_WORD
    return is_plain and _reading(typed) == _reading(meant)


def _reading(text: str) -> str:
    found = words(text)
    return "".join(word.reading for word in found) if all(w.reading for w in found) else text


def _stands(compound: str, snapshot: Snapshot) -> bool:
    """True where one passage has all of `compound`."""
    pairs = ["".join(pair) for pair in pairwise(search_form(compound))]
    return bool(len(snapshot.bigrams.together(pairs).rows))


def _katakana(run: str, snapshot: Snapshot) -> str:
    """Return what the reports have for a katakana word that they do not have."""
    found = words(run)
    if not _unknown_pairs(run, snapshot):
        return ""
    if len(found) == 1 and found[0].origin and snapshot.lemmas.knows(found[0].origin.lower()):
        return found[0].origin
    if all(word.reading and len(word.surface) >= _PART for word in found):
        return ""
    return next(_rendered(run, snapshot.readings), "") or _latin(run, snapshot)


def _rendered(run: str, readings: Readings) -> Iterator[str]:
    """Return `run`, or its two parts, as words of the index; one part at most is misspelt."""
    least = len(run)
    yield from (*_as_is(run, readings), *readings.misspelt(run, least))
    for cut in range(_PART, len(run) - 1):
        left, right = run[:cut], run[cut:]
        lefts = {*_as_is(left, readings)}
        rights = {*_as_is(right, readings), *readings.read_as(right.translate(_VOICED))}
        rights |= {_SUFFIXES[right]} if right in _SUFFIXES else set()
        for pair in product(lefts, rights or readings.misspelt(right, least)):
            yield "".join(pair)
        for pair in product(readings.misspelt(left, least), rights):
            yield "".join(pair)


def _as_is(kana: str, readings: Readings) -> tuple[str, ...]:
    return readings.read_as(kana) or (readings.sounds_as(kana) if len(kana) > _PART else ())


def _latin(run: str, snapshot: Snapshot) -> str:
    if spelt := letters(run):
        return spelt.upper()
    letter, rest = lettered(run)
    if letter and snapshot.lemmas.knows(latin(rest)):
        return f"{letter.upper()}-{latin(rest)}"
    return next(iter(snapshot.readings.in_latin(run)), "")
