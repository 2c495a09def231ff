"""Questions typed in hiragana alone: their words in the spelling of the reports.

Takes a text and the readings of an index; gives the text with the words of the index, and
those of asking, in kanji or katakana. A spelling is taken where it makes the wording more usual
to the analyser, so particles stay what they are. Knows nothing about what is asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.understanding.phrases import QUESTION_WORDS
from corpus.japanese import unlikeliness
from index.readings import Readings, katakana

_RUN = re.compile(r"[ぁ-ゖー]{2,}")
_KANJI = re.compile(r"[一-龥々]")
_KANA = re.compile(r"[ぁ-ゖァ-ヴー]")
_WRITTEN = re.compile(r"[一-龥々ァ-ヴ]")
_LONGEST = 12
_FEWEST = 8
"""Kana that make a text worth the work."""
_SHARE = 0.1
"""Kanji beside kana, up to which a text counts as typed without them."""
_SOUND = 4
"""Kana from which the length of a vowel may be wrong."""
_GAIN = 500
"""How much more usual a spelling must be; a particle is about as much."""
_KANA_LEFT = 1500
"""How much a kana that a spelling explains counts for it, against a shorter one inside it."""
_BETWEEN = re.compile(r"(?<=[ぁ-んァ-ヶー一-龥々、。])[ \u3000]+(?=[ぁ-んァ-ヶー一-龥々(（])")

_COUNTERS = (
    "年ねん 月がつ 日にち 人にん 回かい 件けん 歳さい 円えん 時じ 時間じかん 番ばん "
    "番目ばんめ 名めい 社しゃ 個こ 点てん 台だい 本ぼん 本ほん 割わり 倍ばい 校こう "
    "箇所かしょ 種類しゅるい 項目こうもく 年度ねんど 戸こ 床しょう パーセントぱーせんと "
    "キロきろ メートルめーとる 言語げんご 分野ぶんや"
)
_COUNTER = re.compile(r"([一-龥ァ-ヶー]+)([ぁ-んー]+)")
_ASKING = (
    "何なに 一覧いちらん 列挙れっきょ 全員ぜんいん 名前なまえ 正式名称せいしきめいしょう "
    "出典しゅってん 日付ひづけ 理由りゆう 意味いみ 定義ていぎ 目的もくてき 割合わりあい "
    "金額きんがく 予算よさん 費用ひよう 氏名しめい 人数にんずう 回数かいすう 件数けんすう "
    "総数そうすう 総額そうがく 規模きぼ 価格かかく 比率ひりつ 期間きかん 時期じき "
    "場所ばしょ 会社かいしゃ 国名こくめい 開催日かいさいび 具体的ぐたいてき 達成たっせい"
)
ASKED = {katakana(kana): written for written, kana in _COUNTER.findall(_ASKING)}
"""Words of asking by their reading, as what is wanted is told by their kanji."""
_HOW_MANY = {"なん" + kana: "何" + written for written, kana in _COUNTER.findall(_COUNTERS)}
_HOW_MANY["なんのりゃく"] = "何の略"
_LOSS = -1500
"""How much less usual a question for a number may be with its kanji."""

_PREFIXES = "総そう 新しん 副ふく"
_SUFFIXES = (
    "会かい 者しゃ 率りつ 省しょう 庁ちょう 局きょく 課か 部ぶ 市し 県けん 町ちょう 村そん "
    "管かん 費ひ 数すう 額がく 性せい 化か 型がた 的てき 用よう 所しょ 所じょ 場じょう 員いん "
    "長ちょう 戸こ 量りょう 制せい 法ほう 策さく"
)
_BEFORE = {kana: written for written, kana in _COUNTER.findall(_PREFIXES)}
_AFTER = {kana: written for written, kana in _COUNTER.findall(_SUFFIXES)}
"""Prefixes and suffixes, which are no terms of an index."""


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Another spelling of a stretch of a text."""

    start: int
    end: int
    written: str
    least: int = _GAIN
    """How much more usual it must make the text."""

    @property
    def length(self) -> int:
        """Kana that it stands for."""
        return self.end - self.start

    def put(self, text: str) -> str:
        """Return `text` with it."""
        return text[: self.start] + self.written + text[self.end :]


def in_hiragana(text: str) -> str:
    """Return a text that was typed in katakana alone in hiragana."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def is_kana(text: str) -> bool:
    """True for a text that was typed without kanji."""
    kana = len(_KANA.findall(text))
    return kana >= _FEWEST and len(_KANJI.findall(text)) <= _SHARE * kana


def in_kanji(text: str, readings: Readings) -> str:
    """Return `text` with its words in the spelling that the index has."""
    usual = unlikeliness(text)
    found = (*_how_many(text), *_spellings(text, readings))
    gains = {s: usual - unlikeliness(s.put(text)) for s in found}
    taken: list[_Spelling] = []
    for spelling in sorted(gains, key=lambda s: gains[s] + _KANA_LEFT * s.length, reverse=True):
        is_free = all(s.end <= spelling.start or spelling.end <= s.start for s in taken)
        if is_free and gains[spelling] >= spelling.least:
            more = [*taken, spelling]
            now = unlikeliness(_put(text, more))
            if usual - now >= spelling.least:
                taken, usual = more, now
    return _BETWEEN.sub("", _put(text, taken))


def _put(text: str, spellings: Sequence[_Spelling]) -> str:
    for spelling in sorted(spellings, key=lambda s: s.start, reverse=True):
        text = spelling.put(text)
    return text


def _spellings(text: str, readings: Readings) -> Iterator[_Spelling]:
    for run in _RUN.finditer(text):
        kana = run.group()
        for start in range(len(kana) - 1):
            for end in range(start + 2, min(len(kana), start + _LONGEST) + 1):
                part = kana[start:end]
                for written in _written(part, end - start == len(kana), readings):
                    yield _Spelling(run.start() + start, run.start() + end, written)


def _how_many(text: str) -> Iterator[_Spelling]:
    """Return the words that ask for a number; in romaji a space may stand inside."""
    for start in (match.start() for match in re.finditer("なん", text)):
        for kana, written in _HOW_MANY.items():
            if match := re.compile(" ?".join(kana)).match(text, start):
                yield _Spelling(start, match.end(), written, _LOSS)


def _written(kana: str, is_alone: bool, readings: Readings) -> Iterator[str]:
    asked = ASKED.get(katakana(kana))
    found = (asked,) if asked else readings.read_as(kana) or _extended(kana, readings)
    if not found and (is_alone or len(kana) >= _SOUND):
        found = readings.sounds_as(kana)
    return (w for w in found if _WRITTEN.search(w) and (asked or w not in QUESTION_WORDS))


def _extended(kana: str, readings: Readings) -> tuple[str, ...]:
    """Return words of the index with a prefix or a suffix (懇談会, 総延長)."""
    found: list[str] = []
    for cut in (1, 2, 3):
        if after := _AFTER.get(kana[-cut:]):
            found += [word + after for word in readings.read_as(kana[:-cut])]
        if before := _BEFORE.get(kana[:cut]):
            found += [before + word for word in readings.read_as(kana[cut:])]
    return tuple(found)
