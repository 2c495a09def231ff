"""Questions in any register are put in the words of the reports, and only where they must be."""

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.understanding.opening import plain
from assistant.understanding.respell import respell
from corpus import library
from corpus.settings import Settings

RESPELT = [
    ("hiragana", "ひなんじょのせつびをぜんぶおしえて", "避難所の設備をぜんぶおしえて"),
    ("katakana-alone", "ジョウホウギンコウトハナニカ", "情報銀行とは何か"),
    ("romaji", "jishu bousai soshiki no kessei ritsu wa", "自主防災組織の結成率は"),
    (
        "romaji-without-long-vowels",
        "kondankai no zacho wa dare desu ka",
        "懇談会の座長はだれですか",
    ),
    ("how-many", "かいごうはなんかいひらかれましたか", "会合は何回ひらかれましたか"),
    ("same-sound", "消防段長の名前は", "消防団長の名前は"),
    ("same-shape", "検討委員会の特微", "検討委員会の特徴"),
    ("swapped-katakana", "トラストサビースの制度化", "トラストサービスの制度化"),
    ("missing-long-vowel", "オープンイノベション戦略", "オープンイノベーション戦略"),
    ("voiced", "段ボールベットの数", "段ボールベッドの数"),
    ("latin-name-in-katakana", "コーセラを使う国", "courseraを使う国"),
    ("letter-and-name", "エムペサの例", "M-pesaの例"),
    ("letters-by-name", "ジーディーピーアールの認定", "GDPRの認定"),
    ("suffix-in-katakana", "アジャイルガタ研究開発", "アジャイル型研究開発"),
    ("english", "Who is the chair of the review committee?", "検討委員会の委員長は誰ですか"),
    ("english-list", "What are the six strategies?", "6つの戦略を全て挙げて"),
    ("english-name", "What happened in Tsukuba?", "つくばは何ですか"),
    ("english-words", "human resource育成の取組", "人材育成の取組"),
    ("former-name", "旧通産省が出した資料", "経済産業省が出した資料"),
]

UNCHANGED = [
    ("ordinary", "避難所の設備を全て挙げてください"),
    ("ordinary-with-katakana", "スマートシティは何の分野の解決策ですか"),
    ("compound-that-no-passage-has", "研究期間は何年ですか"),
    ("word-of-the-dictionary", "センターの数"),
    ("keywords", "水位計　設置数"),
    ("former-name-without-successor", "旧自治庁の見解"),
    ("latin-names", "Google と NTT の役割"),
    ("digits", "５Gと6Gの違い"),
    ("unknown-romaji", "IT"),
    ("empty-of-words", "？？？"),
]


@pytest.fixture(scope="module")
def bosai(tmp_path_factory):
    """An assistant on the shipped report and a small one."""
    settings = Settings(home=tmp_path_factory.mktemp("respell"))
    library.add(settings, Path(__file__).parent / "data" / "bosai.md")
    with Assistant.open(settings) as opened:
        yield opened


@pytest.mark.parametrize(("typed", "read"), [r[1:] for r in RESPELT], ids=[r[0] for r in RESPELT])
def test_a_question_is_put_in_the_words_of_the_reports(bosai, typed, read):
    assert respell(typed, bosai.snapshot).text == read


@pytest.mark.parametrize("typed", [u[1] for u in UNCHANGED], ids=[u[0] for u in UNCHANGED])
def test_a_question_that_needs_no_respelling_stays_as_it_is(bosai, typed):
    assert respell(typed, bosai.snapshot).text == typed


def test_what_was_read_otherwise_than_typed_is_said(bosai):
    answer = bosai.ask("消防段長の名前は")
    assert any("「消防段長」" in n.text and "「消防団長」" in n.text for n in answer.notes)
    assert answer.question == "消防段長の名前は"
    assert answer.standalone_question == "消防団長の名前は"


def test_romaji_is_answered_as_its_japanese_is(bosai):
    typed = bosai.ask("jishu bousai soshiki no kessei ritsu wa")
    assert "68%から90%" in typed.answer


def test_a_name_that_only_tells_of_a_time_refuses_nothing(bosai):
    typed = "運輸省のころから長い付き合いですが、避難の発令は何を基準にしますか"
    assert "運輸省" not in " ".join(note.text for note in bosai.ask(typed).notes)


def test_a_long_text_is_refused_before_it_is_respelt(bosai):
    assert bosai.ask("ひ" * bosai.settings.max_question_chars).standalone_question


OPENINGS = [
    (
        "greeting",
        "お世話になっております。県の者です。避難した住民は何人ですか。",
        "避難した住民は何人ですか。",
        "",
    ),
    (
        "purpose",
        "広報に大雨のことを載せたいのですが、避難した住民は何人ですか。",
        "避難した住民は何人ですか。",
        "広報に大雨のことを載せたいのですが、",
    ),
    (
        "scene",
        "先月、大雨がありました。避難した住民は何人ですか。",
        "避難した住民は何人ですか。",
        "先月、大雨がありました。",
    ),
    (
        "remark-behind",
        "避難した住民は何人ですか。なお、概数で結構です。",
        "避難した住民は何人ですか。",
        "なお、概数で結構です。",
    ),
    (
        "fragment-behind-is-asked",
        "避難した住民は何人ですか。発生日も。",
        "避難した住民は何人ですか。発生日も。",
        "",
    ),
    (
        "wish-to-know-is-the-question",
        "避難者の数を知りたいのですが、分かりますか。",
        "避難者の数を知りたいのですが、分かりますか。",
        "",
    ),
    ("only-a-topic", "避難所の一覧", "避難所の一覧", ""),
]


@pytest.mark.parametrize(
    ("text", "asked", "setting"), [o[1:] for o in OPENINGS], ids=[o[0] for o in OPENINGS]
)
def test_what_leads_up_to_a_question_is_told_from_it(text, asked, setting):
    found = plain(text)
    assert (found.asked, found.setting) == (asked, setting)
