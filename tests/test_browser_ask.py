"""The conversation on the page: ask, go on, start over, keep, take along, judge."""

import json

import pytest

from ui.chat.feedback import read

pytestmark = pytest.mark.browser

QUESTION = "6つの戦略は何ですか"


def test_a_question_is_answered_with_numbered_sources(chat):
    turn = chat.ask(QUESTION)
    assert chat.status(turn) == "answered"
    assert turn.locator(".asked").inner_text() == QUESTION
    assert turn.locator(".marker").count() == turn.locator(".card").count() == 6
    assert "データ流通戦略" in turn.locator(".answer").inner_text()
    assert chat.box.input_value() == ""


def test_the_button_sends_as_well(chat):
    chat.box.fill(QUESTION)
    chat.page.locator("#send").click()
    assert chat.status(chat.turn(0)) == "answered"


def test_an_empty_question_is_not_sent(chat):
    for typed in ("", "  ", "　\n"):
        chat.box.fill(typed)
        chat.box.press("Enter")
    chat.page.wait_for_timeout(500)
    assert chat.turns.count() == 0


def test_a_follow_up_is_read_in_its_conversation(chat):
    chat.ask(QUESTION)
    turn = chat.ask("3つ目は？")
    assert chat.status(turn) == "answered"
    assert "AI/IoT利活用戦略" in turn.locator(".answer").inner_text()


def test_what_the_report_does_not_say_is_said_in_words_and_shows_no_source(chat):
    turn = chat.ask("令和10年の予算はいくらですか")
    assert chat.status(turn) == "not_in_report"
    assert "見当たりません" in turn.locator(".answer").inner_text()
    assert turn.locator(".card").count() == turn.locator(".marker").count() == 0


def test_notes_stand_by_their_answer(chat, assistant):
    question = "情報銀行とは何ですか"
    turn = chat.ask(question)
    shown = [note.get_attribute("data-kind") for note in turn.locator(".note").all()]
    expected = [note.kind.value for note in assistant.ask(question).notes]
    assert shown == expected != []


def test_an_example_question_starts_the_conversation(chat):
    example = chat.page.locator(".example").first
    words = example.inner_text().strip()
    example.click()
    assert words in chat.turn(0).locator(".asked").inner_text()
    assert chat.status(chat.turn(0)) == "answered"


def test_three_suggestions_go_on(chat):
    chat.ask(QUESTION)
    suggestions = chat.page.locator(".suggestion")
    assert suggestions.count() == 3
    words = suggestions.first.inner_text().strip()
    suggestions.first.click()
    assert words in chat.turn(1).locator(".asked").inner_text()


def test_retry_answers_the_last_question_anew(chat):
    chat.ask(QUESTION)
    chat.page.locator("#retry").click()
    chat.page.wait_for_timeout(1000)
    assert chat.turns.count() == 1
    assert chat.status(chat.turn(0)) == "answered"


def test_an_edited_question_replaces_its_turn_and_those_after_it(chat):
    first = chat.ask(QUESTION)
    chat.ask("3つ目は？")
    first.locator(".edit").click()
    assert chat.box.input_value() == QUESTION
    chat.box.fill("情報銀行とは何ですか")
    chat.box.press("Enter")
    chat.turns.nth(1).wait_for(state="detached")
    assert "個人とのデータ活用" in chat.turn(0).locator(".answer").inner_text()
    assert "AI/IoT" in chat.ask(f"{QUESTION}。").locator(".answer").inner_text()
    assert chat.turns.count() == 2


def test_stop_gives_the_box_back_and_the_question_can_be_asked_again(chat):
    chat.page.route("**/queue/join*", lambda route: None)  # an answer that never comes
    chat.box.fill(QUESTION)
    chat.box.press("Enter")
    chat.page.locator("#stop").click()
    chat.turns.first.wait_for(state="detached")
    assert chat.box.input_value() == QUESTION
    chat.page.unroute("**/queue/join*")
    assert chat.status(chat.ask(QUESTION)) == "answered"


def test_clear_empties_the_conversation_for_good(chat):
    chat.ask(QUESTION)
    chat.page.once("dialog", lambda dialog: dialog.accept())
    chat.page.locator("#clear").click()
    chat.turns.first.wait_for(state="detached")
    chat.page.reload()
    chat.ready()
    chat.page.wait_for_timeout(1000)
    assert chat.turns.count() == 0


def test_a_conversation_is_kept_over_a_reload_and_goes_on(chat):
    chat.ask(QUESTION)
    chat.page.reload()
    chat.ready()
    assert chat.status(chat.turn(0)) == "answered"
    assert "AI/IoT利活用戦略" in chat.ask("3つ目は？").locator(".answer").inner_text()


def test_another_person_sees_nothing_of_it(chat, new_chat, server):
    chat.ask(QUESTION)
    other = new_chat(server).open()
    other.page.wait_for_timeout(500)
    assert other.turns.count() == 0
    assert "6点" not in other.ask("3つ目は？").locator(".answer").inner_text()


def test_the_export_has_question_answer_and_sources_and_is_made_in_the_browser(chat):
    turn = chat.ask(QUESTION)
    quotes = turn.locator(".card-quote").all_inner_texts()
    with chat.page.expect_download() as caught:
        chat.page.locator("#export").click()
    assert caught.value.url.startswith(("blob:", "data:"))
    assert caught.value.suggested_filename.endswith(".md")
    text = caught.value.path().read_text(encoding="utf-8")
    assert QUESTION in text and "次の6点" in text and "ICTグローバル戦略" in text
    assert len(quotes) == 6 and all(quote.strip("「」 \n") in text for quote in quotes)


@pytest.mark.parametrize("verdict", ["good", "bad", "source"])
def test_a_verdict_is_kept_in_the_data_folder(new_chat, server, verdict):
    chat = new_chat(server).open()
    chat.ask(QUESTION)
    question = {"good": "3つ目は？", "bad": "2つ目は？", "source": "4つ目は？"}[verdict]
    turn = chat.ask(question)
    turn.locator(f'.feedback button[data-feedback="{verdict}"]').click()
    chat.page.wait_for_timeout(1500)
    kept = read(server.home)[-1]
    assert (kept.question, kept.history, kept.verdict) == (question, (QUESTION,), verdict)
    assert kept.answer.citations[0].quote
    assert json.loads(
        (server.home / "feedback.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    )["answer"]["status"] == chat.status(turn)
