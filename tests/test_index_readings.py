"""Words by their sound: romaji, letters, foreign words, and slips."""

import pytest

from corpus.japanese import unlikeliness, words
from index.readings import Readings, one_apart
from index.romaji import hiragana, is_romaji, letters, skeleton

ROMAJI = [
    ("hepburn", "shichou wa dare desu ka", "しちょう は だれ です か"),
    ("kunrei", "sityou ha dare desu ka", "しちょう は だれ です か"),
    ("doubled", "hatten shita matchi", "はってん した まっち"),
    ("nasal", "kon'ya no shimbun wo konna", "こんや の しんぶん を こんな"),
    ("macron", "Tōkyō de", "ときょ で"),
    ("latin-name-stays", "PFM no imi", "PFM の いみ"),
]


@pytest.mark.parametrize(("typed", "kana"), [r[1:] for r in ROMAJI], ids=[r[0] for r in ROMAJI])
def test_romaji_becomes_hiragana(typed, kana):
    assert hiragana(typed) == kana


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kaigou wa itsu desu ka", True),
        ("When is the meeting to be held?", False),
        ("G20 ICT", False),
        ("会合 wa itsu desu ka", False),
    ],
)
def test_romaji_is_told_from_english(text, expected):
    assert is_romaji(text) is expected


def test_letters_are_known_by_their_names():
    assert letters("ジーディーピーアール") == "gdpr"
    assert letters("データ") == ""


@pytest.mark.parametrize(
    ("kana", "latin"),
    [("ムークス", "moocs"), ("コンピューター", "computer"), ("ブロックチェーン", "blockchain")],
)
def test_katakana_keeps_the_consonants_of_a_foreign_word(kana, latin):
    assert skeleton(kana) == skeleton(latin)


TERMS = ["戦略", "検討", "レーザー", "教育", "サービス", "ネットワーク", "coursera", "#12"]


def test_terms_are_found_by_their_sound():
    readings = Readings(TERMS)
    assert readings.read_as("せんりゃく") == ("戦略",)
    assert readings.sounds_as("きょいく") == ("教育",)
    assert readings.from_foreign("network") == ("ネットワーク",)
    assert readings.in_latin("コーセラ") == ("coursera",)
    assert readings.misspelt("ネトワーク", 5) == ("ネットワーク",)
    assert readings.misspelt("サビース", 4) == ("サービス",)
    assert readings.misspelt("サービル", 4) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("サービス", "サビース", True),
        ("サービス", "サビス", True),
        ("サービス", "サーービス", True),
        ("サービス", "サーボス", True),
        ("サービス", "サービス", False),
        ("サービス", "サボース", False),
    ],
)
def test_one_slip_is_told_from_two(one, other, expected):
    assert one_apart(one, other) is expected


def test_a_word_has_its_reading_and_origin():
    smart, agriculture = words("スマート農業")
    assert (smart.reading, smart.origin) == ("スマート", "smart")
    assert (agriculture.reading, agriculture.origin) == ("ノウギョウ", "")


def test_a_usual_spelling_is_less_unlikely():
    assert unlikeliness("この戦略の検討は") < unlikeliness("このせんりゃくのけんとうは")
