"""Nothing from a report or a question is run or fetched, and nothing leaves the machine."""

import pytest
from browser_page import ROOT

pytestmark = pytest.mark.browser

QUESTIONS = [
    "<script>window.broken='question'</script>目標値は何ですか",
    '"><img src=x onerror="window.broken=\'question\'">情報銀行とは何ですか',
    "![x](http://outside.invalid/q.png) [y](javascript:window.broken='q') 計画の期間は何年ですか",
    "${window.broken=1} {{constructor.constructor('window.broken=1')()}} 6つの戦略は何ですか",
    "</textarea><svg/onload=window.broken='svg'>",
]


def broken(chat):
    return chat.page.evaluate("() => window.broken")


@pytest.fixture
def hostile(own_server, new_chat):
    """The page on a data folder with a hostile report."""
    own_server.tenkyo("add", ROOT / "tests" / "data" / "hostile.md")
    chat = new_chat(own_server.start()).open()
    return chat


def test_a_hostile_report_is_shown_as_text(hostile):
    hostile.choose_report("悪意")
    hostile.page.locator("#report").get_by_text("様式は別に定める").first.wait_for()
    for link in hostile.page.locator("#report a").all():
        link.dispatch_event("click")
    hostile.page.locator("#report").get_by_text("資料の名前").first.hover()
    hostile.page.wait_for_timeout(500)
    assert broken(hostile) is None
    assert hostile.page.evaluate("probe.alive()") == []
    assert hostile.page.locator("#report img[src^=http]").count() == 0


@pytest.mark.parametrize(
    "question", ["目標値は何ですか", "計画の期間は何年ですか", "甲の値はいくらですか", "乙の値"]
)
def test_an_answer_from_a_hostile_report_is_text(hostile, question):
    hostile.choose_report("悪意")
    turn = hostile.ask(question)
    for marker in turn.locator(".marker").all():
        marker.hover()
        marker.click()
        hostile.marked()
    hostile.page.wait_for_timeout(300)
    assert broken(hostile) is None
    assert hostile.page.evaluate("probe.alive()") == []


@pytest.mark.parametrize(
    "question", QUESTIONS, ids=["script", "image", "markdown", "template", "textarea"]
)
def test_a_hostile_question_is_shown_as_it_was_typed(chat, question):
    turn = chat.ask(question)
    assert question in turn.locator(".asked").text_content()
    chat.page.reload()  # what was kept in the browser is shown again
    chat.ready()
    assert question in chat.turn(0).locator(".asked").text_content()
    chat.page.wait_for_timeout(300)
    assert broken(chat) is None
    assert chat.page.evaluate("probe.alive()") == []


def test_a_whole_visit_asks_nothing_of_another_machine(chat):
    """Every test checks it at its end; this one does all there is to do."""
    turn = chat.ask("6つの戦略は何ですか")
    turn.locator(".marker").first.click()
    turn.locator(".card-copy").first.click()
    chat.page.locator(".suggestion").first.click()
    chat.turn(1)
    chat.page.reload()
    chat.ready()
    assert len(chat.requests) > 3
    assert chat.foreign_requests() == []


def test_the_browser_is_forbidden_to_ask_anyone_else(chat):
    """Were something to slip through, the page's policy would still stop it."""
    refused = chat.page.evaluate(
        """() => new Promise(done => {
          document.addEventListener('securitypolicyviolation', e => done(e.violatedDirective));
          new Image().src = 'http://outside.invalid/x.png';
          setTimeout(() => done(null), 3000) })"""
    )
    assert refused == "img-src"
    sent = chat.page.evaluate(
        "() => fetch('http://outside.invalid/').then(() => 'sent', () => 'refused')"
    )
    assert sent == "refused"
    chat.requests = [url for url in chat.requests if "outside.invalid" not in url]


def test_no_file_of_the_machine_is_served(chat):
    for path in ("feedback.jsonl", "gradio_api/file=" + str(chat.server.log)):
        answer = chat.page.request.get(chat.server.url + path)
        assert answer.status in (401, 403, 404), path


def test_no_handler_is_offered_to_programs(chat):
    told = chat.page.request.get(chat.server.url + "gradio_api/info").json()
    assert told == {"named_endpoints": {}, "unnamed_endpoints": {}}
