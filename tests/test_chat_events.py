"""What the page does when its user does something, without a browser."""

import json
import shutil
import time

import pytest

from corpus.settings import Settings
from ui.chat.desk import Desk
from ui.chat.events import Events
from ui.chat.turns import from_browser, talks_from_browser

# Gradio's import warns of its own imports (https://github.com/gradio-app/gradio/issues).
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

FACT = "サイバー攻撃の被害額はいくらですか"
LIST = "6つの戦略は何ですか"


@pytest.fixture
def desk(home, tmp_path):
    folder = shutil.copytree(home, tmp_path / "home")
    with Desk.open(Settings(home=folder)) as opened:
        yield opened


@pytest.fixture
def events(desk):
    return Events(desk)


def last(pictures):
    """Return what the page shows in the end; without a model there is one picture."""
    (only,) = pictures
    return only


def asked(events, *questions):
    kept = []
    for question in questions:
        kept = last(events.ask(question, kept, None, None))[1]
    return kept


def questions(kept):
    return [turn.answer.question for turn in from_browser(kept)]


def test_an_answer_joins_the_conversation_and_leaves_the_box_to_the_page(events):
    html, kept, _, typed, notice = last(events.ask(FACT, asked(events, LIST), None, None))
    assert questions(kept) == [LIST, FACT]
    assert html.count('class="turn"') == 2
    assert typed == {"__type__": "update"}
    assert notice == ""


@pytest.mark.parametrize(
    ("question", "scope", "told"),
    [
        (" ", None, "質問"),
        ("あ" * 2001, None, "2,000字"),
        (FACT, "no-such-report", "取り除かれました"),
    ],
)
def test_a_question_that_cannot_be_answered_leaves_all_as_it_was(events, question, scope, told):
    *others, notice = last(events.ask(question, [], scope, None))
    assert told in notice
    assert all(other == {"__type__": "update"} for other in others)


def test_an_edited_question_replaces_its_turn_and_all_after_it(events):
    kept = asked(events, LIST, FACT, "それはどこに書いてありますか")
    assert questions(last(events.ask("情報銀行とは何ですか", kept, None, 1))[1]) == [
        LIST,
        "情報銀行とは何ですか",
    ]


def test_retry_answers_the_last_question_again(events):
    kept = asked(events, LIST, FACT)
    assert questions(last(events.retry(kept))[1]) == [LIST, FACT]
    assert "まだ質問がありません" in last(events.retry([]))[4]


def test_a_new_conversation_keeps_the_one_before_until_it_is_erased(events):
    kept = asked(events, FACT)
    html, empty, earlier, *_ = events.clear(kept, [])
    assert empty == [] and FACT in html
    assert [questions([*talk["turns"]]) for talk in earlier] == [[FACT]]
    _, again, left, *_ = events.reopen([], earlier, 0)
    assert questions(again) == [FACT] and left == []
    assert talks_from_browser(events.forget([], earlier, 0)[2]) == ()


@pytest.mark.parametrize("number", [None, -1, 1, 99])
def test_numbers_from_outside_that_count_nothing_change_nothing(events, number):
    kept = asked(events, FACT)
    for output in (events.reopen(kept, [], number), events.judge(kept, number, "good")):
        assert output[:4] == [{"__type__": "update"}] * 4


def test_a_verdict_is_kept_in_the_data_folder(events, desk):
    kept = asked(events, LIST, FACT)
    html, new, *_ = events.judge(kept, 1, "source")
    line = json.loads((desk.home / "feedback.jsonl").read_text(encoding="utf-8"))
    assert (line["question"], line["history"], line["verdict"]) == (FACT, [LIST], "source")
    assert line["answer"]["citations"]
    assert from_browser(new)[1].verdict == "source"
    assert 'data-feedback="source" data-turn="1" aria-pressed="true"' in html


def test_a_removed_report_is_noticed_while_the_page_is_open(desk, request):
    from corpus.library import add, remove
    from corpus.model import Metadata

    settings = Settings(home=desk.home)
    file = request.path.parent / "data" / "bosai.md"
    source = add(settings, file, Metadata("防災"))
    assert waited(desk, lambda ids: source.id in ids)
    assert desk.view(source.id).title == "防災"
    remove(settings, source.id)
    assert waited(desk, lambda ids: source.id not in ids)


def waited(desk, holds):
    for _ in range(300):
        desk._checked = 0  # as if the time between two looks had passed
        if holds([named.id for named in desk.reports()]):
            return True
        time.sleep(0.1)
    return False
