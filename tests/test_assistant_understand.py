"""Stage 1: what a question seeks, whatever its register."""

import pytest

from assistant.understanding.understand import QueryKind, focus, understand
from assistant.understanding.wanted import Wanted, has, wanted
from corpus.errors import QuestionError

SHAPES = [
    ("fact-polite", "開設に要した時間を教えてください。", QueryKind.FACT),
    ("fact-keyword", "水位計　設置数", QueryKind.FACT),
    ("list-all", "設備を全て挙げてください", QueryKind.LIST),
    ("list-casual", "柱って何と何？", QueryKind.LIST),
    ("list-count", "3つの柱は何ですか", QueryKind.LIST),
    ("list-range", "取組①～③", QueryKind.LIST),
    ("list-what-is-done", "川の保全で何やるの？", QueryKind.LIST),
    ("one-of-a-kind-is-no-list", "一つの組合にまとめる時期", QueryKind.FACT),
    ("one-of-several", "3つの柱のうちどれが避難所の話ですか", QueryKind.FACT),
    ("greeting", "こんにちは", QueryKind.SMALLTALK),
    ("thanks", "ありがとうございました。助かりました！", QueryKind.SMALLTALK),
    ("capability", "何ができますか", QueryKind.SMALLTALK),
    ("capability-of-something", "水位計で何ができるようになりますか", QueryKind.FACT),
    (
        "greeting-then-question",
        "こんにちは。令和3年の大雨で床上浸水は何棟発生しましたか？",
        QueryKind.FACT,
    ),
]


@pytest.mark.parametrize(("question", "kind"), [s[1:] for s in SHAPES], ids=[s[0] for s in SHAPES])
def test_the_shape_of_an_answer_is_understood(question, kind):
    assert understand(question).kind is kind


WANTED = [
    ("year", "何年に始まりましたか", Wanted.DATE),
    ("when", "いつ開かれた？", Wanted.DATE),
    ("money", "費用はいくらですか", Wanted.MONEY),
    ("amount", "来年度の予算額", Wanted.MONEY),
    ("year-of-an-amount", "輸出額が輸入額と逆転したのは何年か", Wanted.DATE),
    ("companies", "何社ありますか", Wanted.NUMBER),
    ("languages", "何か国語に対応しますか", Wanted.NUMBER),
    ("who", "委員長は誰ですか", Wanted.PERSON),
    ("company-name", "開発した会社名を教えて", Wanted.COMPANY),
    ("towns", "対象の市町村名を一覧で", Wanted.PLACE),
    ("open", "どう改善しますか", None),
]


@pytest.mark.parametrize(("question", "kind"), [w[1:] for w in WANTED], ids=[w[0] for w in WANTED])
def test_what_the_answer_must_contain_is_understood(question, kind):
    assert wanted(question) is kind


HAS = [
    ("date", Wanted.DATE, "令和4年3月に改定した", True),
    ("no-date", Wanted.DATE, "順次改定する", False),
    ("number", Wanted.NUMBER, "45か所に増やす", True),
    ("enumerator-is-no-number", Wanted.NUMBER, "① 早めに避難する", False),
    ("money", Wanted.MONEY, "約173兆円", True),
    ("person", Wanted.PERSON, "森田 和子", True),
    ("post", Wanted.PERSON, "消防団長が参加", True),
    ("company", Wanted.COMPANY, "株式会社みなとが開発", True),
    ("no-company", Wanted.COMPANY, "センサーの開発により", False),
]


@pytest.mark.parametrize(
    ("kind", "text", "expected"), [h[1:] for h in HAS], ids=[h[0] for h in HAS]
)
def test_a_text_has_what_is_wanted_or_not(kind, text, expected):
    assert has(kind, text) is expected


def test_greeting_and_occasion_do_not_count_as_sought():
    query = understand(
        "お世話になっております。県で防災を担当している者です。"
        "庁内の資料を作るにあたり、避難所の設備を全て教えてください。"
    )
    assert "避難所" in query.focus
    assert "県" not in query.focus and "庁内" not in query.focus


def test_a_short_question_rests_on_the_turn_before():
    query = understand("それはいつですか", ["大雨で床上浸水が発生したのはどこですか"])
    assert "床上浸水" in query.background
    assert query.standalone != query.question


def test_a_new_topic_rests_on_nothing():
    query = understand("話は変わりますが、委員長の名前は？", ["避難所の設備を全て教えて"])
    assert query.background == ""
    assert "変わ" not in query.focus


@pytest.mark.parametrize("question", ["", "  \n\t　", "\x00\x1b", "\ud800"], ids=ascii)
def test_an_empty_question_is_refused_in_a_sentence(question):
    with pytest.raises(QuestionError, match="質問が空です。"):
        understand(question)


def test_a_question_that_is_too_long_is_refused_not_cut():
    with pytest.raises(QuestionError, match="長すぎます"):
        understand("あ" * 100_000)


@pytest.mark.parametrize(
    "question", ["避難\x1b[31m所は？", "避難所\ud83dは？", "🚒は？", "a" * 1999]
)
def test_odd_characters_do_no_harm(question):
    assert understand(question).kind is QueryKind.FACT


def test_no_space_comes_into_a_latin_name():
    assert focus("AI/IoTとM&Aの考え方") == "ai/iotとm&aの考え方"
    assert focus("Data Free Flowの意義") == "data free flowの意義"
