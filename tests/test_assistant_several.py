"""Questions in parts: how they are taken apart, and answered part by part."""

from pathlib import Path

import pytest

from assistant.answer import NoteKind, Status
from assistant.ask import Assistant
from assistant.composing.match import Matcher
from assistant.composing.reasons import reasons_first
from assistant.understanding.division import sought
from assistant.understanding.parts import divide
from assistant.understanding.understand import understand
from corpus.library import add
from corpus.settings import Settings
from index.retrieve import retrieve

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    for name in ("bosai.md", "chiiki-iryo.md"):
        add(settings, DATA / name)
    with Assistant.open(settings) as opened:
        yield opened


THINGS = [
    ("each-comma", "港、駅、空港でそれぞれどう書かれていますか", ["港", "駅", "空港"]),
    ("each-dot", "港・駅・空港の三つはそれぞれ何ができますか", ["港", "駅", "空港"]),
    ("each-and", "橋と道路では、これまでそれぞれ何をしましたか", ["橋", "道路"]),
    ("topic-before", "女性は、声明と概要でそれぞれどう書かれていますか", ["声明", "概要"]),
    ("topic-sentence", "女性について調べています。声明、概要のそれぞれでどう書かれていますか",
     ["声明", "概要"]),
    ("both", "支援が国内編と海外編の両方に出てきますが、相手は誰ですか", ["国内編", "海外編"]),
    ("difference", "一般会計と特別会計の違いは何ですか", ["一般会計", "特別会計"]),
    ("difference-of", "目標について、前の段階と、今の段階とでどう違うか", ["前の段階", "今の段階"]),
    ("long-things", "一人で続ける限界と、外に出る時期についての考え、両方教えて",
     ["一人で続ける限界", "外に出る時期についての考え"]),
    ("keywords", "浄水場　設置年度／工事の時期", ["設置年度", "工事の時期"]),
    ("brackets-hold", "表（都市・地域）と図「港と駅」でそれぞれどうですか",
     ["表（都市・地域）", "図「港と駅」"]),
    ("aspects-of-two", "春の講座と秋の研修では、回数・定員がどう違いますか",
     ["春の講座", "秋の研修"]),
    ("compared", "春の講座と秋の研修、1回いくらか比べて", ["春の講座", "秋の研修"]),
    ("both-aspects", "窓の補助と壁の補助、率と上限はそれぞれどうですか", ["窓の補助", "壁の補助"]),
    ("together", "橋の長さ、完成の時期、工事の費用をまとめて教えて",
     ["橋の長さ", "完成の時期", "工事の費用"]),
    ("at-once", "東校の定員と、西校の開校の年を教えてください", ["東校の定員", "西校の開校の年"]),
    ("beside", "橋の長さのほか、完成の時期も知りたいのですが、併せて教えてください",
     ["橋の長さ", "完成の時期"]),
    ("ways-of-telling", "費用は何倍になるのか、概要での書き方と、本論での書き方を比べたい",
     ["概要での書き方", "本論での書き方"]),
    ("aspect-behind", "春の講座と秋の研修、参加した人数はそれぞれ何人ですか",
     ["春の講座", "秋の研修"]),
    ("aspect-before", "定員、春の講座と秋の研修だとそれぞれ何人ですか", ["春の講座", "秋の研修"]),
    ("aspects-of-owners", "春の講座と秋の研修の回数・定員を比べたい", ["春の講座", "秋の研修"]),
    ("aspect-and-reason", "橋と道路の費用と、増えた理由をそれぞれ教えてください",
     ["橋", "道路"]),
    ("which-is-more", "春の講座と秋の研修、定員はどちらが多い？", ["春の講座", "秋の研修"]),
    ("since-when", "橋の長さと道路の幅は前回からそれぞれ何メートル増えましたか",
     ["橋の長さ", "道路の幅"]),
    ("about-each", "春の講座についてと、秋の研修について、町がそれぞれ何をするか",
     ["春の講座", "秋の研修"]),
    ("besides", "新しい組織の名称と事務局、それと進み方を公表する時期を教えてください",
     ["新しい組織の名称", "事務局", "進み方を公表する時期"]),
    ("many-keywords", "水道管　現状値　延ばす長さ　工事の費用",
     ["現状値", "延ばす長さ", "工事の費用"]),
    ("and-of-one-thing", "早めの避難、地域との協力について、それぞれ何をしますか",
     ["早めの避難", "地域との協力"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "labels"), [t[1:] for t in THINGS], ids=[t[0] for t in THINGS]
)
def test_things_of_which_the_same_is_asked(question, labels):
    division = divide(question)
    assert division is not None
    assert division.are_things
    assert [part.label for part in division.parts] == labels


QUESTIONS = [
    ("two-sentences", "建物は何に使われていますか。また、町長の氏名は。",
     ["建物は何に使われていますか", "町長の氏名は"]),
    ("clauses", "水位計は何か所に増やし、訓練は年に何回行いますか",
     ["水位計は何か所に増やし", "訓練は年に何回行いますか"]),
    ("topic-clause", "承継について、何を課題とし、どんな支援をしますか",
     ["何を課題とし", "どんな支援をしますか"]),
    ("noun-and-clause", "工事の費用の総額と、係員を何人増やすのか",
     ["工事の費用の総額", "係員を何人増やすのか"]),
    ("bare", "廃止はいつ、費用はいくら", ["廃止はいつ", "費用はいくら"]),
    ("several-in-one", "橋は何を支え、長さと費用はそれぞれいくつか",
     ["橋は何を支え", "長さはいくつか", "費用はいくつか"]),
    ("request-after", "廃止はいつですか。代わりの施設もあわせて教えてください。",
     ["廃止はいつですか", "代わりの施設"]),
    ("three", "廃止はいつなのか、学校には何ができるのか、実証は何戸なのか、教えてください",
     ["廃止はいつなのか", "学校には何ができるのか", "実証は何戸なのか"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "parts"), [q[1:] for q in QUESTIONS], ids=[q[0] for q in QUESTIONS]
)
def test_questions_that_are_asked_one_after_the_other(question, parts):
    division = divide(question)
    assert division is not None
    assert not division.are_things
    assert [part.question for part in division.parts] == parts


WHOLE = [
    ("one-question", "水位計は何か所ありますか"),
    ("two-words-of-asking", "会議はいつ、どこで開かれましたか"),
    ("request-after", "方針は何ですか。教えてください。"),
    ("a-list", "大学・国・民間がそれぞれ何をするのか全部挙げて"),
    ("where-in-a-word", "研究者どうしの連携などの課題は何ですか"),
    ("comparison-aside", "国ごとに比べたグラフの出典はどこですか"),
    ("each-without-things", "出席した人は、それぞれ誰ですか"),
    ("quoted-clause", "講座をやると明記されているのは、どの方向性ですか"),
    ("a-thousand", "1,331人のうち学生は何人ですか"),
    ("keywords-of-one-thing", "資料　作成部局　発行年月"),
]


@pytest.mark.parametrize("question", [w[1] for w in WHOLE], ids=[w[0] for w in WHOLE])
def test_a_question_that_asks_one_thing_stays_whole(question):
    assert divide(question) is None


def test_what_only_one_of_the_things_has_is_asked_of_all():
    def asked(question):
        division = divide(question)
        return sought(division.topic), [part.question for part in division.parts]

    assert asked("東校と西校の定員はそれぞれ何人ですか") == ("定員", ["東校", "西校"])
    assert asked("橋の長さと費用をそれぞれ教えてください") == ("橋", ["長さ", "費用"])
    assert asked("企業の数は、今年度と来年度の目標でそれぞれどうですか") == (
        "企業 数",
        ["今年度", "来年度の目標"],
    )
    assert asked("家庭診断と会社の設備診断はそれぞれ何件ですか")[1] == [
        "家庭診断",
        "会社の設備診断",
    ]
    assert asked("定員は、現状と今後の方向でそれぞれどうですか") == ("定員", ["現状", "今後の方向"])


def test_words_of_telling_are_no_topic():
    assert sought("どう触れているか拾ってもらえますか") == ""
    assert sought("Society 5.0の説明ぶりは") == "society5.0"
    assert sought("女性について") == "女性"


ANSWERED = [
    ("rows", "bosai", "東小学校と西中学校の収容人数はそれぞれ何人ですか",
     {"東小学校": "520", "西中学校の収容人数": "860"}),
    ("cells", "bosai", "東小学校と西中学校の蓄電池の有無の違い",
     {"東小学校": "あり", "西中学校の蓄電池の有無": "なし"}),
    ("clauses", "bosai", "水位計は何か所に増やし、訓練は年に何回行いますか",
     {"水位計は何か所に増やし": "45か所", "訓練は年に何回行いますか": "年1回"}),
    ("sections", "chiiki-iryo", "回復期の病床数は、現状の章と数値目標の章でそれぞれどうですか",
     {"現状の章": "1,240床不足", "数値目標の章": "2,600床"}),
    ("aspects", "bosai", "東小学校の収容人数と、西中学校の蓄電池の有無をまとめて教えてください",
     {"東小学校の収容人数": "520", "西中学校の蓄電池の有無": "なし"}),
    ("one-passage", "chiiki-iryo", "調整会議はいつ設置され、開催状況はどのように公表されていますか",
     {"調整会議はいつ設置され": "平成29年6月",
      "開催状況はどのように公表されていますか": "30日以内"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "question", "parts"), [a[1:] for a in ANSWERED], ids=[a[0] for a in ANSWERED]
)
def test_each_part_is_answered_under_its_name(assistant, report, question, parts):
    answer = assistant.ask(question, report_id=report)
    assert answer.status is Status.ANSWERED
    blocks = answer.answer.split("【")[1:]
    assert [block.split("】")[0] for block in blocks] == list(parts)
    for block, fact in zip(blocks, parts.values(), strict=True):
        assert fact in block
        assert "[" in block


HALVES = [
    ("questions", "chiiki-iryo",
     "メディネットの加入数は何か所で、ドクターヘリは何機ありますか",
     "214", "ドクターヘリは何機ありますか"),
    ("things", "bosai", "西中学校と北高校の収容人数はそれぞれ何人ですか",
     "860", "北高校の収容人数"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "question", "fact", "part"), [h[1:] for h in HALVES], ids=[h[0] for h in HALVES]
)
def test_a_part_without_an_answer_is_named(assistant, report, question, fact, part):
    answer = assistant.ask(question, report_id=report)
    assert answer.status is Status.ANSWERED
    assert fact in answer.answer
    missing = [note.text for note in answer.notes if note.kind is NoteKind.MISSING]
    assert missing == [f"「{part}」については、報告書の中に見当たりません。"]


def test_parts_that_the_report_does_not_have_are_not_answered(assistant):
    for question in (
        "津波の想定高さと予算額をそれぞれ教えてください",
        "南高校と北高校の収容人数はそれぞれ何人ですか",
        "Googleの役割は、見直しの趣旨と柱の両方でどう書かれていますか",
    ):
        answer = assistant.ask(question, report_id="bosai")
        assert answer.status in (Status.NOT_IN_REPORT, Status.UNSURE)
        assert answer.citations == ()


def test_all_places_of_a_topic_are_given_in_order(assistant):
    answer = assistant.ask("回復期に言及している箇所を拾ってください", report_id="chiiki-iryo")
    lines = [citation.place.line_start for citation in answer.citations]
    assert lines == sorted(lines)
    assert len({citation.place.section_id for citation in answer.citations}) == len(lines) >= 3
    assert all("回復期" in citation.quote for citation in answer.citations)


def test_among_near_equals_a_reason_comes_first(assistant):
    hits = retrieve(assistant.snapshot, "開催を見合わせた", report_id="chiiki-iryo")
    snapshot = assistant.snapshot
    plain, asking = understand("開催を見合わせたのはいつ"), understand("開催を見合わせたのはなぜ")
    plainly = reasons_first(plain.asked, hits, snapshot, Matcher(plain, snapshot))
    assert [hit.passage.id for hit in plainly] == [hit.passage.id for hit in hits]
    why = reasons_first(asking.asked, hits, snapshot, Matcher(asking, snapshot))
    assert {hit.passage.id for hit in why} == {hit.passage.id for hit in hits}
    assert "ため" in why[0].passage.text
