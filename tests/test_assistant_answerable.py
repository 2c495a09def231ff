"""The learned part of refusing: weights as shipped, and what they do on another report."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.answer import NoteKind, Status
from assistant.ask import Assistant
from assistant.refusing.answerable import Logistic, Scorer, scorer, scorer_of
from corpus.library import add
from corpus.settings import Settings
from evals.examples import NEAR_MISS, OFF_TOPIC, Example, lines_of
from evals.fit import RIGHT, SAID, fit, fitted

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    add(settings, DATA / "suido.txt")
    add(settings, DATA / "chiiki-iryo.md")
    with Assistant.open(settings) as opened:
        yield opened


PREMISES = [
    ("ordinal-beyond-the-count", "chiiki-iryo", "課題の5点目を教えてください", "4点が主な課題"),
    ("table-beyond-the-last", "chiiki-iryo", "表6-1の内容を教えてください", "表5-1"),
    ("meeting-beyond-the-last", "chiiki-iryo", "第5回推進委員会の議題は何でしたか", "第2回"),
    ("target-beyond-the-last", "suido", "目標5は何ですか", "目標3"),
    ("count", "suido", "五つの目標のうち最後は何ですか", "3つの目標"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "question", "said"), [p[1:] for p in PREMISES], ids=[p[0] for p in PREMISES]
)
def test_a_false_premise_is_named_with_what_the_report_has(assistant, report, question, said):
    answer = assistant.ask(question, report_id=report)
    assert answer.status is Status.NOT_IN_REPORT
    note = answer.notes[0]
    assert note.kind is NoteKind.PREMISE
    assert said in note.text
    assert note.quote


def test_most_questions_on_nothing_in_the_report_are_refused(assistant):
    questions = lines_of(OFF_TOPIC)
    given = [
        (report, question)
        for report in assistant.snapshot.report_ids
        for question in questions
        if assistant.ask(question, report_id=report).status is Status.ANSWERED
    ]
    assert len(given) <= 0.2 * len(questions) * len(assistant.snapshot.report_ids), given


def test_the_half_that_is_not_answered_is_named(assistant):
    question = "旧沢渡病院の建物は何に使われていますか。また、改修の費用はいくらですか。"
    answer = assistant.ask(question, report_id="chiiki-iryo")
    assert answer.status is Status.ANSWERED
    assert "訪問看護ステーション" in answer.answer
    assert [n.text for n in answer.notes if n.kind is NoteKind.MISSING] == [
        "「改修の費用はいくらですか」については、報告書の中に見当たりません。"
    ]


def test_confidence_is_a_probability(assistant):
    answer = assistant.ask("企業債の残高はいくらですか", report_id="suido")
    assert answer.status is Status.ANSWERED
    assert answer.confidence is not None
    assert 0 < answer.confidence < 1


def test_the_shipped_weights_are_of_the_signs_that_are_fitted():
    content = json.loads((files("assistant.refusing") / "answerable.json").read_text("utf-8"))
    assert scorer_of(content) == scorer()
    assert set(content["said"]["weights"]) == set(SAID)
    assert set(content["right"]["weights"]) == set(RIGHT)
    assert 0 < scorer().unsure_from < scorer().answer_from < 1
    assert scorer().said.weights["words"] > 0


def test_three_outcomes_in_order():
    three = Scorer(Logistic({"words": 2.0}, -1.0), Logistic({}, 0.0), 0.6, 0.4)
    statuses = [three.status({"words": words}) for words in (0.9, 0.5, 0.0)]
    assert statuses == [Status.ANSWERED, Status.UNSURE, Status.NOT_IN_REPORT]


def _example(words: float, said: bool) -> Example:
    return Example("r", "own", said, {"words": words, "long": 0.5, "names": 1.0, "shown": words,
                                      "listed": 0.0}, said)  # fmt: skip


def test_a_fit_learns_which_way_a_sign_points():
    found = [_example(n / 20, n > 10) for n in range(20)]
    model = fit(found, SAID, lambda example: example.is_answerable)
    assert model.probability(found[-1].signs) > 0.5 > model.probability(found[0].signs)


def test_the_same_examples_give_the_same_weights():
    found = [_example(n / 20, n > 10) for n in range(20)]
    assert json.dumps(fitted(found)) == json.dumps(fitted(found))


def test_a_logistic_of_nothing_is_its_bias():
    assert Logistic({}, 0.0).probability({"words": 1.0}) == 0.5


def test_near_misses_are_well_formed():
    rows = [line.split("\t") for line in lines_of(NEAR_MISS)]
    assert {len(row) for row in rows} == {3}
    assert {row[1] for row in rows} == {"yes", "no"}
    assert all((DATA / row[0]).exists() for row in rows)
