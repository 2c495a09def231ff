"""Conversations: what a follow-up leaves out is taken from what was asked and answered."""

from pathlib import Path

import pytest

from assistant.answer import Status
from assistant.ask import Assistant
from assistant.understanding.ellipsis import LeanKind, is_attribute, is_comment, lean
from assistant.understanding.siblings import is_name
from assistant.understanding.topic import counterpart
from assistant.understanding.understand import thread, understand
from corpus.library import add
from corpus.settings import Settings

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    for name in ("bosai.md", "chiiki-iryo.md", "suido.txt"):
        add(settings, DATA / name)
    with Assistant.open(settings) as opened:
        yield opened


LEANS = [
    ("nth", "では2番目は？", LeanKind.NTH, 2, ""),
    ("nth-circled", "②もお願いします", LeanKind.NTH, 2, ""),
    ("nth-full-width", "３つ目も", LeanKind.NTH, 3, ""),
    ("nth-kanji", "二番目の指標はどうなりますか。", LeanKind.NTH, 2, ""),
    ("last", "最後のは？", LeanKind.NTH, -1, ""),
    ("other-hou", "じゃあエネルギーのほうは何を含むの", LeanKind.OTHER, 0, "エネルギー"),
    ("other-yatsu", "宇宙のやつは？", LeanKind.OTHER, 0, "宇宙"),
    ("other-dato", "教育だとどうですか", LeanKind.OTHER, 0, "教育"),
    ("other-de", "農業ではどうですか", LeanKind.OTHER, 0, "農業"),
    ("other-alike", "防災・環境についても同じように挙げてください。",
     LeanKind.OTHER, 0, "防災・環境"),
    ("other-bare", "ITUは？", LeanKind.OTHER, 0, "ITU"),
    ("same", "それはいつですか", LeanKind.SAME, 0, ""),
    ("same-why", "なぜですか", LeanKind.SAME, 0, ""),
    ("same-more", "もう少し詳しく", LeanKind.SAME, 0, ""),
    ("next", "その次は？", LeanKind.NTH, 0, ""),
    ("other-end", "２号認定だと", LeanKind.OTHER, 0, "２号認定"),
    ("what-place-is-no-pointing", "どこの工務店でもいいですか", LeanKind.SAME, 0, ""),
    ("direction-is-no-contrast", "研究開発の方向性って何でしたか",
     LeanKind.OTHER, 0, "研究開発の方向性"),
    ("last-time", "最後の回は？", LeanKind.NTH, -1, ""),
    ("next-time", "次はいつどこで", LeanKind.OTHER, 0, "次回"),
    ("value-of", "中間の値は？", LeanKind.OTHER, 0, "中間"),
    ("alone", "令和4年度の管路更新率と法定耐用年数を超えた管の割合", LeanKind.ALONE, 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "kind", "number", "name"), [x[1:] for x in LEANS], ids=[x[0] for x in LEANS]
)
def test_how_a_question_leans_on_the_talk_is_seen_in_its_words(question, kind, number, name):
    leaning = lean(question)
    assert (leaning.kind, leaning.number, leaning.name) == (kind, number, name)


@pytest.mark.parametrize(
    ("turn", "expected"),
    [("米中と比べてってことですね", True), ("副大臣もいらしたんですね", True)
     , ("それは何ですか", False)],
)  # fmt: skip
def test_a_remark_on_an_answer_asks_nothing_new(turn, expected):
    assert is_comment(turn) is expected


def test_a_thread_begins_with_the_last_question_that_stands_alone():
    history = [
        "水位計は？",
        "避難所の収容人数と所在地と蓄電池を全て挙げて",
        "ありがとう",
        "西中学校は？",
    ]
    assert thread(history) == tuple(history[1::2])


ATTRIBUTES = [
    ("受講料", True), ("対象年齢", True), ("定員", True), ("使い道", True), ("問い合わせ先", True),
    ("2号機", False), ("農業", False), ("副会長", False), ("東小学校", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), ATTRIBUTES, ids=[a[0] for a in ATTRIBUTES])
def test_what_everything_has_is_told_from_a_thing(name, expected):
    assert is_attribute(name) is expected


COUNTERPARTS = [
    ("number", "みさごの1号機はいつ打ち上げますか", "２号機", "みさごの２号機はいつ打ち上げますか"),
    ("year", "令和9年度の見込みは", "令和10年度", "令和10年度の見込みは"),
    ("era", "平成30年の件数は", "令和元年", "令和元年の件数は"),
    ("post", "審議会の会長はどなたですか", "副会長", "審議会の副会長はどなたですか"),
    ("none", "座長はどなたですか", "農業", None),
    ("no-year-inside", "基準年度比は", "令和17年度", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "name", "expected"), [c[1:] for c in COUNTERPARTS], ids=[c[0] for c in COUNTERPARTS]
)
def test_a_name_takes_the_place_of_what_is_built_alike(asked, name, expected):
    assert counterpart(asked, name) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("放課後児童クラブ", True),
        ("農業者数は、10年で半減した", False),
        ("水位計を増やす。", False),
    ],
)
def test_a_sentence_names_nothing(label, expected):
    assert is_name(label) is expected


TALKS = [
    ("next-row", "bosai", ["西中学校の収容人数は？"], "その次は？", ["市民体育館"], 43),
    ("row-for-row", "bosai", ["西中学校の収容人数は？"], "東小学校は？", ["520"], 41),
    ("column-of-the-row", "bosai", ["西中学校の収容人数は？"],
     "所在地はどこですか", ["西町3丁目"], 42),
    ("row-after-column", "bosai", ["西中学校の収容人数は？", "蓄電池はありますか"],
     "市民体育館だとどうですか", ["あり"], 43),
    ("pronoun-row", "bosai", ["西中学校の収容人数は？", "その所在地は？"], "東小学校のほうは？",
     ["東町1丁目"], 41),
    ("heading-by-number", "bosai", ["見直しの3つの柱は何ですか"],
     "２番目は？", ["避難所の改善"], 21),
    ("next-number", "bosai", ["見直しの3つの柱は何ですか", "２番目は？"], "では3つ目は？",
     ["地域との協力"], 30),
    ("inside-the-heading", "bosai", ["見直しの3つの柱は何ですか", "２番目は？", "では3つ目は？"],
     "もう少し詳しく", ["結成率"], 32),
    ("item-by-number", "bosai", ["指定避難所に備える設備を全て挙げてください"], "３つ目は？",
     ["蓄電池"], 27),
    ("last-item", "bosai", ["指定避難所に備える設備を全て挙げてください"],
     "最後は？", ["授乳室"], 28),
    ("when-of-an-item", "bosai", ["指定避難所に備える設備を全て挙げてください", "３つ目は？"],
     "それはいつまでに備えますか", ["令和6年度"], 23),
    ("person", "chiiki-iryo", ["推進委員会の委員長は誰？"],
     "その人の所属と役職は", ["瑞原医科大学長"], 186),
    ("all-of-a-row", "chiiki-iryo", ["推進委員会の委員長は誰？", "その人の所属と役職は"],
     "副委員長についても同じことを", ["鵜飼 恒一郎", "瑞原県医師会会長"], 187),
    ("completed", "suido", ["鷹ノ巣浄水場の水源って何", "それいつ完成した施設？"], "小浦のほうは？",
     ["昭和53年度"], 51),
    ("numbered-label", "suido", ["主な指標の１番目は何でしょうか。"
     , "その目標値を教えてください。"],
     "では２番目の指標はどうなりますか。", ["浄水施設の耐震化率", "76.0％"], 225),
    ("under-a-label", "suido", ["主な指標を全て挙げてください", "３番目は？"],
     "その目標は？", ["1.10％"], 230),
    ("the-same-part", "suido", ["主な指標を全て挙げてください", "３番目は？", "その目標は？"],
     "有収率のほうは？", ["92.0％"], 233),
    ("row-for-row-in-a-column", "chiiki-iryo", ["表2-1で急性期の病床数は令和4年度に何床ですか"],
     "回復期だとどうですか", ["1,720"], 60),
    ("row-that-was-sought", "bosai", ["収容人数が最も多い避難所はどれですか"],
     "そこの所在地は？", ["中央2丁目"], 43),
    ("row-with-another-unit", "chiiki-iryo",
     ["入退院支援を行う病院の割合の令和8年度の目標は何%ですか"], "医師少数区域の医師数のほうは？",
     ["320人"], 167),
    ("of-the-item", "suido", ["主な指標を全て挙げてください", "その目標値を教えてください。",
     "３番目の指標はどうなりますか。"], "その現状は？", ["0.52％"], 229),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "history", "question", "facts", "line"),
    [t[1:] for t in TALKS],
    ids=[t[0] for t in TALKS],
)
def test_a_follow_up_is_answered_at_the_place_it_means(
    assistant, report, history, question, facts, line
):
    answer = assistant.ask(question, history, report)
    assert answer.status is Status.ANSWERED, (answer.standalone_question, answer.answer)
    assert all(fact in answer.answer for fact in facts), answer.answer
    assert answer.citations[0].place.line_start == line


NOT_SAID = [
    ("amount", "bosai", ["指定避難所に備える設備を全て挙げてください"], "いくらかかりますか"),
    ("person", "chiiki-iryo",
     ["北陵で二つの病院が統合してできた病院の名前は？", "ベッドは何床？"],
     "そこの院長先生は誰がやってるの"),
    ("compensation", "suido",
     ["平成28年1月の寒波では給水管が何件壊れたのですか"], "その際に市が払った補償の額は。"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "history", "question"), [n[1:] for n in NOT_SAID], ids=[n[0] for n in NOT_SAID]
)
def test_what_the_report_does_not_say_is_refused_in_a_conversation_too(
    assistant, report, history, question
):
    answer = assistant.ask(question, history, report)
    assert answer.status in (Status.NOT_IN_REPORT, Status.UNSURE), answer.answer
    assert not answer.citations


READINGS = [
    ("row", "bosai", ["西中学校の収容人数は？"], "東小学校は？", "東小学校の収容人数は？"),
    ("column", "bosai", ["西中学校の収容人数は？", "東小学校は？"], "蓄電池はありますか",
     "東小学校の蓄電池はありますか"),
    ("pronoun", "chiiki-iryo", ["推進委員会の委員長は誰？"], "その人の所属と役職は",
     "推進委員会の委員長の所属と役職は"),
    ("number", "bosai", ["指定避難所に備える設備を全て挙げてください"], "３つ目は？", "蓄電池は？"),
    ("thanks", "bosai", ["西中学校の収容人数は？"],
     "ありがとうございました", "ありがとうございました"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "history", "question", "reading"),
    [r[1:] for r in READINGS],
    ids=[r[0] for r in READINGS],
)
def test_the_reading_is_a_question_that_could_be_asked(
    assistant, report, history, question, reading
):
    assert assistant.ask(question, history, report).standalone_question == reading


SWITCHES = [
    ("said", "bosai", "話は変わりますが、水位計は何か所に増やしますか"),
    ("said-short", "bosai", "話変わるけど、床上浸水は何棟？"),
    ("by-the-way", "bosai", "ところで結成率の目標は何％ですか"),
    ("unsaid", "bosai", "床上浸水は何棟発生しましたか"),
    ("unsaid-short", "bosai", "床上浸水は何棟？"),
]


@pytest.mark.parametrize(
    ("report", "question"), [s[1:] for s in SWITCHES], ids=[s[0] for s in SWITCHES]
)
def test_a_new_topic_is_answered_as_if_nothing_had_been_said(assistant, report, question):
    history = ["委員長は誰ですか", "その人の所属は？"]
    talked = assistant.ask(question, history, report)
    alone = assistant.ask(question, (), report)
    assert talked.status is alone.status is Status.ANSWERED
    assert talked.citations == alone.citations


def test_twenty_turns_do_not_drift(assistant):
    rows = {"西中学校": "860", "東小学校": "520", "市民体育館": "1,200"}
    history = ["西中学校の収容人数は？"]
    for turn in range(20):
        school, number = list(rows.items())[turn % 3]
        question = f"{school}のほうは？"
        answer = assistant.ask(question, history, "bosai")
        assert number in answer.answer, (turn, answer.standalone_question)
        assert answer.standalone_question == f"{school}の収容人数は？"
        history.append(question)


def test_a_long_talk_stays_short_in_its_reading(assistant):
    history = ["水位計は何か所に増やしますか"]
    for turn in range(20):
        question = ("それはなぜですか", "今はどうですか", "ほかには？")[turn % 3]
        answer = assistant.ask(question, history, "bosai")
        assert len(answer.standalone_question) < 60
        history.append(question)


def test_a_conversation_gives_the_same_answer_whether_it_was_followed_or_not(assistant):
    history = ["西中学校の収容人数は？", "その所在地は？"]
    followed = assistant.ask("東小学校のほうは？", history, "bosai")
    with Assistant.open(assistant.settings) as fresh:
        at_once = fresh.ask("東小学校のほうは？", history, "bosai")
    assert followed.answer == at_once.answer
    assert followed.standalone_question == at_once.standalone_question


def test_an_earlier_turn_that_is_no_question_does_no_harm(assistant):
    answer = assistant.ask("西中学校の収容人数は？", ["", "\x00", "あ" * 5000], "bosai")
    assert "860" in answer.answer


SMALLTALK = [
    ("hello", "こんにちは"), ("thanks", "なるほど、ありがとうございます。助かりました！"),
    ("capability", "何ができますか"), ("usage", "使い方を教えて"), ("ai", "AIですか？"),
    ("human", "あなたは人間ですか"), ("citing", "どうやって引用すればいいですか"),
    ("reports", "どの報告書を読めますか"), ("wrong", "間違っていたらどうすればいいですか"),
    ("language", "英語で質問してもいいですか"), ("ok", "了解です"), ("end", "以上です"),
    ("summary", "報告書を要約できますか"), ("translation", "翻訳できますか"),
    ("maker", "このシステムは誰が作りましたか"), ("which-questions", "どんな質問ができますか"),
    ("trust", "間違うことはありますか"), ("nothing-more", "特にありません"),
    ("greeting-polite", "お世話になっております"),
]  # fmt: skip


@pytest.mark.parametrize("text", [s[1] for s in SMALLTALK], ids=[s[0] for s in SMALLTALK])
def test_small_talk_is_answered_in_a_line_without_search(assistant, text):
    answer = assistant.ask(text, ["西中学校の収容人数は？"])
    assert answer.status is Status.SMALLTALK
    assert answer.answer and not answer.hits and not answer.citations


QUESTIONS = [
    "計画の概要を要約してください", "終わりはいつですか", "要約版はありますか",
    "この報告書は誰が作りましたか", "AIの課題は何ですか", "機械化の課題は何ですか",
    "タブレットの使い方を教える講座はありますか",
    "感謝状の授与は何件ですか", "この調査はどのように引用されていますか", "電話番号は何番ですか",
    "なるほど、それで何ができるようになるの", "わかりました。では農業はどうですか",
    "すみません、避難所は何か所ですか", "こんにちは。床上浸水は何棟ですか",
]  # fmt: skip


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_that_sounds_like_small_talk_is_a_question(text):
    assert not understand(text).reply
