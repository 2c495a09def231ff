"""The whole path on a report of another subject: asked as officials ask, answered with places."""

from pathlib import Path

import pytest

from assistant.answer import NoteKind, Status
from assistant.ask import Assistant
from assistant.verify import is_verbatim
from corpus.errors import QuestionError, UnknownReport
from corpus.library import add
from corpus.settings import Settings

DATA = Path(__file__).parent / "data"
SHIPPED = "ict-global-strategy"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    assert add(settings, DATA / "bosai.md").id == "bosai"
    with Assistant.open(settings) as opened:
        yield opened


ANSWERED = [
    ("fact-number", "床上浸水は何棟？", ["412棟"], 8),
    ("fact-polite", "水位計は何か所に増やすのか、教えていただけますか。", ["45か所"], 17),
    ("fact-full-width", "自主防災組織の結成率の目標は何％ですか", ["90%"], 32),
    ("fact-when", "高齢者等避難はいつ発令しますか", ["基準に達した時点"], 15),
    ("list-items", "指定避難所に備える設備を全て挙げてください",
     ["段ボールベッド", "間仕切り", "蓄電池", "授乳室"], 25),
    ("list-headings", "見直しの3つの柱は何ですか",
     ["早めの避難", "避難所の改善", "地域との協力"], 13),
    ("list-people", "委員を一覧にしてください", ["森田 和子", "石井 健一", "王 美玲"], 51),
    ("table-cell", "西中学校の収容人数は？", ["860"], 42),
    ("table-place", "市民体育館の所在地はどこですか", ["中央2丁目"], 43),
    ("table-by-value", "収容人数が1,200人の避難所はどこ", ["市民体育館"], 43),
    ("person-by-post", "委員長は誰ですか", ["森田 和子"], 51),
    ("note", "収容人数はどうやって計算した？", ["3平方メートル"], 45),
    ("source", "表1の出典は", ["危機管理部調べ"], 47),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "facts", "line"), [a[1:] for a in ANSWERED], ids=[a[0] for a in ANSWERED]
)
def test_an_answer_says_what_was_asked_and_where(assistant, question, facts, line):
    answer = assistant.ask(question, report_id="bosai")
    assert answer.status is Status.ANSWERED, answer.answer
    assert all(fact in answer.answer for fact in facts)
    assert answer.citations[0].place.line_start == line
    assert answer.citations[0].place.report == "bosai"


NOT_SAID = [
    ("other-year", "令和10年度の計画では何棟ですか", NoteKind.MISSING),
    ("unknown-name", "北小学校の収容人数は？", NoteKind.MISSING),
    ("unknown-office", "気象研究所の役割は何ですか", NoteKind.MISSING),
    ("no-such-chapter", "第9章には何が書いてありますか", NoteKind.MISSING),
    ("false-count", "5つの柱は何ですか", NoteKind.PREMISE),
    ("latin-name", "NTTの役割は何ですか", NoteKind.MISSING),
    ("quoted-term", "「津波避難ビル」の数はいくつですか", NoteKind.MISSING),
    ("amount-not-given", "見直しの予算額はいくらですか", NoteKind.NEARBY),
    ("measured-thing-not-given", "自衛隊の派遣人数は何人ですか", NoteKind.NEARBY),
    ("maker-not-given", "水位計を開発した会社名を教えてください", NoteKind.NEARBY),
]


@pytest.mark.parametrize(
    ("question", "kind"), [n[1:] for n in NOT_SAID], ids=[n[0] for n in NOT_SAID]
)
def test_what_the_report_does_not_say_is_not_answered(assistant, question, kind):
    answer = assistant.ask(question, report_id="bosai")
    assert answer.status in (Status.NOT_IN_REPORT, Status.UNSURE), answer.answer
    assert answer.citations == ()
    assert answer.confidence is None
    assert answer.notes[0].kind is kind


def test_a_false_count_is_corrected_with_a_checked_quote(assistant):
    note = assistant.ask("5つの柱は何ですか", report_id="bosai").notes[0]
    text = assistant.snapshot.report("bosai").text
    assert note.quote is not None and is_verbatim(note.quote, text)
    assert note.section_id in assistant.snapshot.report("bosai").section_by_id


def test_small_talk_is_answered_without_search(assistant):
    answer = assistant.ask("ありがとうございます")
    assert (answer.status, answer.hits, answer.citations) == (Status.SMALLTALK, (), ())


def test_a_follow_up_is_read_with_the_turn_before(assistant):
    answer = assistant.ask("西中学校は？", ["東小学校の収容人数は何人ですか"], report_id="bosai")
    assert "860" in answer.answer
    assert answer.standalone_question != answer.question


ODD = [
    "避難所\x1b[2Jは？",
    "<script>alert(1)</script>",
    "[1] [2]",
    "；DROP TABLE",
    "🚒🚒🚒",
    "a",
    "、。",
    "?" * 500,
]


@pytest.mark.parametrize("question", ODD, ids=range(len(ODD)))
def test_odd_questions_get_an_answer_object(assistant, question):
    answer = assistant.ask(question)
    assert answer.as_dict()["status"] in set(Status)


def test_every_quotation_is_verbatim_at_its_place(assistant):
    questions = [case[1] for case in ANSWERED] + ["6つの戦略は何ですか", "情報銀行とは"]
    for question in questions:
        for citation in assistant.ask(question).citations:
            text = assistant.snapshot.report(citation.place.report).text
            span = text[citation.place.char_start : citation.place.char_end]
            assert is_verbatim(citation.quote, span)


def test_all_reports_are_asked_unless_one_is_chosen(assistant):
    assert assistant.ask("床上浸水は何棟？").citations[0].place.report == "bosai"
    assert assistant.ask("6つの戦略は何ですか").citations[0].place.report == SHIPPED
    chosen = assistant.ask("床上浸水は何棟？", report_id=SHIPPED)
    assert {hit.place.report for hit in chosen.hits} == {SHIPPED}


def test_an_unknown_report_is_refused(assistant):
    with pytest.raises(UnknownReport, match="tenkyo reports"):
        assistant.ask("床上浸水は何棟？", report_id="nai")


def test_a_question_is_checked_before_any_search(assistant):
    with pytest.raises(QuestionError):
        assistant.ask("   ")


def test_the_same_question_gets_the_same_answer(assistant):
    first, second = (assistant.ask("3つの柱は何ですか").as_dict() for _ in range(2))
    first.pop("timings_ms"), second.pop("timings_ms")
    assert first == second


CONTRACT = {
    "question", "standalone_question", "status", "answer", "mode", "citations", "hits",
    "confidence", "notes", "timings_ms", "provenance",
}  # fmt: skip
CITATION = {
    "number", "report", "title", "section_id", "section_path", "quote", "line_start", "line_end",
    "char_start", "char_end", "page", "page_label", "table",
}  # fmt: skip


def test_the_answer_object_has_the_fields_of_the_contract(assistant):
    answer = assistant.ask("東小学校の収容人数は", report_id="bosai").as_dict()
    assert set(answer) >= CONTRACT
    assert set(answer["citations"][0]) >= CITATION
    assert set(answer["citations"][0]["table"]) >= {
        "caption",
        "row_label",
        "column_label",
        "unit",
        "notes",
    }
    assert answer["citations"][0]["table"]["unit"] == "人"
    assert "place" not in answer["citations"][0] | answer["hits"][0]
    assert set(answer["hits"][0]) >= (CITATION - {"number", "quote"}) | {
        "passage_id",
        "rank",
        "score",
        "text",
    }
    assert len(answer["hits"]) >= 10
    assert set(answer["timings_ms"]) == {"understand", "retrieve", "answer", "verify", "total"}


def test_a_probable_error_of_the_source_is_named_and_kept(assistant):
    answer = assistant.ask("世界の課題を一覧で", report_id=SHIPPED)
    assert "人口の不足" in answer.answer
    notes = [note for note in answer.notes if note.kind is NoteKind.ORIGINAL_SPELLING]
    assert "原文ママ" in notes[0].text and "推定" in notes[0].text
