"""The learned part of refusing: weights as shipped, and what they do on another report."""

import json
from importlib.resources import files
from math import exp
from pathlib import Path

import pytest

from assistant.answer import NoteKind, Status
from assistant.ask import Assistant
from assistant.refusing.answerable import FILES, Logistic, Scorer, scorer, scorer_of
from assistant.refusing.trees import content_of, trees_of
from corpus.library import add
from corpus.settings import Settings
from evals.boost import fit_trees
from evals.cases import Case
from evals.examples import Example
from evals.fit import RIGHT
from evals.grounds import OFF_TOPIC, lines_of

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


def test_the_shipped_files_are_of_the_signs_that_are_fitted():
    said, rest = (json.loads((files("assistant.refusing") / f).read_text("utf-8")) for f in FILES)
    assert scorer_of(said, rest).right == scorer().right
    assert set(rest["right"]["weights"]) == set(RIGHT)
    assert 0 < scorer().unsure_from < scorer().answer_from < 1


TREES = {"signs": ["words"], "base": 0.0, "trees": [[[0, 0.5, 1, 2], [-2.0], [2.0]]]}


def test_trees_add_up_to_log_odds():
    trees = trees_of(TREES)
    assert trees.probability({"words": 0.9, "other": 1.0}) == pytest.approx(1 / (1 + exp(-2)))
    assert trees.probability({"words": 0.5}) == pytest.approx(1 / (1 + exp(2)))


def test_trees_are_read_as_they_were_written():
    assert json.loads(content_of(TREES)) == TREES


@pytest.mark.parametrize(
    ("limits", "status"),
    [
        pytest.param((0.8, 0.5), Status.ANSWERED, id="likely"),
        pytest.param((0.9, 0.5), Status.UNSURE, id="near"),
        pytest.param((0.95, 0.9), Status.NOT_IN_REPORT, id="unlikely"),
    ],
)
def test_three_outcomes_in_order(limits, status):
    scorer = Scorer(trees_of(TREES), Logistic({}, 0.0), *limits)
    assert scorer.judge({"words": 0.9}).status is status


def _example(words: float, said: bool) -> Example:
    case = Case.model_validate(
        {"id": str(words), "question": "q", "answerable": said, **_GOLD[said]}
    )
    return Example(f"r{words > 0.5}", case, {"words": words, "shown": words}, said)


_PLACE = {"lines": [1, 1], "quote": "q"}
_GOLD = {
    True: {"kind": "fact", "evidence": [_PLACE], "key_facts": [["q"]], "sections": ["q"]},
    False: {"kind": "unanswerable"},
}


def test_fitted_trees_learn_which_way_a_sign_points():
    found = [_example(n / 100, n > 50) for n in range(100)]
    signs = [e.signs for e in found]
    trees = trees_of(fit_trees(signs, [e.is_answerable for e in found], [1.0] * 100))
    assert trees.probability({"words": 0.9, "shown": 0.9}) > 0.6
    assert trees.probability({"words": 0.1, "shown": 0.1}) < 0.4


def test_the_same_examples_give_the_same_trees():
    found = [_example(n / 100, n > 50) for n in range(100)]
    labels, counts = [e.is_answerable for e in found], [1.0] * 100
    first, second = (fit_trees([e.signs for e in found], labels, counts) for _ in range(2))
    assert first == second


def test_a_logistic_of_nothing_is_its_bias():
    assert Logistic({}, 0.0).probability({"words": 1.0}) == 0.5
