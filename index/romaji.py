"""Latin letters and kana: how Japanese is typed without kana, and how foreign words sound.

Takes words in Latin letters or kana; gives kana for romaji (Hepburn and Kunrei), letters for
their names in katakana, and what two renderings of a foreign word share. Knows no dictionary.

>>> hiragana("kakuryou seimei wo happyou shita")
'かくりょう せいめい を はっぴょう した'
>>> letters("ジーディーピーアール")
'gdpr'
>>> skeleton("ムークス") == skeleton("moocs")
True
"""

import re
import unicodedata
from itertools import groupby

_VOWELS = "aiueo"
_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_PALATAL = (
    "ky き|sh し|sy し|ch ち|ty ち|ny に|hy ひ|my み|ry り|gy ぎ|j じ|jy じ|zy じ|by び|py ぴ"
)
_SYLLABLES = {
    **{row + v: kana for row, five in _ROWS.items() for v, kana in zip(_VOWELS, five, strict=True)},
    **{
        row + v: kana + small
        for row, kana in (pair.split() for pair in _PALATAL.split("|"))
        for v, small in zip("auoe", "ゃゅょぇ", strict=True)
    },
    **{"shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "ya": "や", "yu": "ゆ"},
    **{"yo": "よ", "wa": "わ", "wo": "を", "fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ", "fo": "ふぉ"},
    **{"n": "ん", "n'": "ん", "m": "ん", "-": "ー"},
}
_SPELT = {kana: spelt for spelt, kana in _SYLLABLES.items() if len(kana) == 1}
_SYLLABLE = re.compile(
    r"([kstcpgdbzjfhmr])(?=\1)|(t)(?=ch)|(m(?=[bpm])|n(?![aiueoy'])|n')|("
    + "|".join(sorted((s for s in _SYLLABLES if s not in {"n", "n'", "m"}), key=len, reverse=True))
    + ")"
)
_PARTICLES = {"wa": "は", "e": "へ", "o": "を", "dewa": "では", "niwa": "には", "towa": "とは"}
"""Words that are not spelt as they sound."""
_SIGNS = frozenset(
    "wa ga no wo o ni de to mo ka desu desuka masu masuka shita sareta suru tte nani nan kara"
    " made kudasai oshiete itsu dare doko dono donna nado he".split()
)
"""Words of nearly every Japanese sentence."""
WORD = re.compile(r"[A-Za-z'-]+")
"""What may be a word in Latin letters."""
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")
_MOSTLY = 0.6

_LETTERS = dict(
    pair.split(":")
    for pair in (
        "エイ:a エー:a ビー:b シー:c ディー:d デー:d イー:e エフ:f ジー:g エイチ:h エッチ:h"
        " アイ:i ジェイ:j ジェー:j ケイ:k ケー:k エル:l エム:m エヌ:n オー:o ピー:p キュー:q"
        " アール:r エス:s ティー:t テー:t ユー:u ブイ:v ダブリュー:w ダブル:w エックス:x"
        " ワイ:y ゼット:z"
    ).split()
)
_LETTER = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))

_SOUNDS = (
    (r"ph", "f"),
    (r"th|sh|c(?=[eiy])|g(?=[eiy])|j|z|x$", "s"),
    (r"ch", "t"),
    (r"[cq]", "k"),
    (r"x", "ks"),
    (r"l", "r"),
    (r"r(?![aeiouy])", ""),
    (r"v", "b"),
    (r"f", "h"),
    (r"m(?=[bp])", "n"),
    (r"[aeiouwy]|h(?![aeiouy])", ""),
)
"""How Latin letters are rendered in katakana, as consonants of one class each."""
_KANA_ROWS = (
    "カキクケコk ガギグゲゴg サシスセソザジズゼゾヂヅs タチテトt ダデドd ナニヌネノンn"
    " ハヒフヘホh バビブベボヴb パピプペポp マミムメモm ラリルレロr"
)
_CONSONANTS = {
    **{kana: row[-1] for row in _KANA_ROWS.split() for kana in row[:-1]},
    "ツ": "ts",
}


def hiragana(text: str) -> str:
    """Return `text` with every word that is romaji in hiragana; others stay."""
    return WORD.sub(lambda word: _kana(word.group().lower()) or word.group(), _plain(text))


def is_romaji(text: str) -> bool:
    """True where `text` is Japanese in Latin letters: most words can be, and some must be."""
    if _JAPANESE.search(text):
        return False
    found = WORD.findall(_plain(text).lower())
    signs = len(_SIGNS.intersection(found))
    return signs > 1 and sum(bool(_kana(word)) for word in found) >= _MOSTLY * len(found)


def letters(katakana: str) -> str:
    """Return the Latin letters whose names `katakana` spells, "" where it spells none."""
    found = _LETTER.findall(katakana)
    spelt = len(found) > 1 and "".join(found) == katakana
    return "".join(_LETTERS[name] for name in found) if spelt else ""


def lettered(katakana: str) -> tuple[str, str]:
    """Return the letter whose name opens `katakana` and the rest: エムペサ is M and ペサ."""
    match = _LETTER.match(katakana)
    return (_LETTERS[match.group()], katakana[match.end() :]) if match else ("", katakana)


def latin(katakana: str) -> str:
    """Return `katakana` in Latin letters, "" where a kana has none of its own."""
    found = [_SPELT.get(chr(ord(kana) - 0x60), "") for kana in katakana]
    return "".join(found) if all(found) else ""


def skeleton(word: str) -> str:
    """Return the consonants that a foreign word keeps in katakana."""
    if word.isascii():
        kept = word.lower()
        for pattern, sound in _SOUNDS:
            kept = re.sub(pattern, sound, kept)
    else:
        kept = "".join(_CONSONANTS.get(kana, "") for kana in word)
    return "".join(sound for sound, _ in groupby(kept))


def _plain(text: str) -> str:
    """Return `text` without marks on letters (ō)."""
    return "".join(map(_bare, text)).replace("’", "'")


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() else character


def _kana(word: str) -> str:
    """Return romaji in hiragana, "" for what is none."""
    if word in _PARTICLES:
        return _PARTICLES[word]
    kana, position = "", 0
    while position < len(word):
        match = _SYLLABLE.match(word, position)
        if match is None:
            return ""
        doubled, _, nasal, syllable = match.groups()
        kana += _SYLLABLES[syllable] if syllable else "ん" if nasal else "っ"
        position = match.end()
    return kana
