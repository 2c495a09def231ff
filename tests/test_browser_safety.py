"""Nothing from a report or a question is run or fetched, and nothing leaves the machine."""

import pytest

pytestmark = pytest.mark.browser

HOSTILE = """# 悪意のある報告書<script>window.broken = 'title'</script>

## 1. 目標 <img src=x onerror="window.broken = 'heading'">

- 目標値は<img src=x onerror="window.broken = 'item'">四十二パーセントとする。
- 詳細は[こちらの資料](javascript:window.broken='link')と[外部](http://outside.invalid/page)を参照する。
- ![追跡の画像](http://outside.invalid/pixel.png)画像の外の説明である。
- <a href="javascript:window.broken='anchor'" onmouseover="window.broken='over'">資料の名前</a>のとおりとする。
- <script>window.broken = 'script'</script>計画の期間は五年とする。
- <style>body { background: url(http://outside.invalid/style.png) }</style>様式は別に定める。
- <svg onload="window.broken='svg'"></svg><iframe srcdoc="<script>parent.broken='frame'</script>"></iframe>図表は別紙とする。

| 区分 | 値 <b onclick="window.broken='label'">注</b> |
|---|---|
| 甲 <img src="http://outside.invalid/cell.png" onerror="window.broken='cell'"> | "><script>window.broken='broken out'</script>百万円 |
| 乙 {{value}} ${window.broken='template'} | &lt;script&gt;window.broken='entity'&lt;/script&gt;二百万円 |
"""

QUESTIONS = [
    "<script>window.broken='question'</script>目標値は何ですか",
    '"><img src=x onerror="window.broken=\'question\'">情報銀行とは何ですか',
    "![x](http://outside.invalid/q.png) [y](javascript:window.broken='q') 計画の期間は何年ですか",
    "${window.broken='template'} {{constructor.constructor('window.broken=1')()}} 6つの戦略は何ですか",
    "</textarea><svg/onload=window.broken='svg'>",
]

ALIVE = """() => [...document.querySelectorAll('.turn *, #report *, #outline *, [role=tooltip] *, #notice *')]
  .filter(e => ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE', 'LINK', 'FORM'].includes(e.tagName)
    || [...e.attributes].some(a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value)
      || (['src', 'href', 'srcset', 'action'].includes(a.name) && /^(https?:)?\\/\\//i.test(a.value)
          && new URL(a.value, location).origin !== location.origin)))
  .map(e => e.outerHTML.slice(0, 160))"""
"""Elements that could run or fetch something."""


def broken(chat):
    return chat.page.evaluate("() => window.broken")


@pytest.fixture
def hostile(own_server, new_chat, tmp_path):
    """The page on a data folder with a hostile report."""
    path = tmp_path / "hostile.md"
    path.write_text(HOSTILE, encoding="utf-8")
    own_server.tenkyo("add", path)
    chat = new_chat(own_server.start()).open()
    return chat


def choose_report(chat, words):
    """Choose a report by its title in the list of reports."""
    field = chat.page.locator("#report-choice :is(input, select)").first
    if field.evaluate("e => e.tagName") == "SELECT":
        label = field.locator("option").filter(has_text=words).first.text_content()
        field.select_option(label=label)
        return
    field.click()
    chat.page.get_by_role("option").filter(has_text=words).first.click()


def test_a_hostile_report_is_shown_as_text(hostile):
    choose_report(hostile, "悪意")
    hostile.page.locator("#report").get_by_text("様式は別に定める").first.wait_for()
    for link in hostile.page.locator("#report a").all():
        link.dispatch_event("click")
    hostile.page.locator("#report").get_by_text("資料の名前").first.hover()
    hostile.page.wait_for_timeout(500)
    assert broken(hostile) is None
    assert hostile.page.evaluate(ALIVE) == []
    assert hostile.page.locator("#report img[src^=http]").count() == 0


@pytest.mark.parametrize(
    "question", ["目標値は何ですか", "計画の期間は何年ですか", "甲の値はいくらですか", "乙の値"]
)
def test_an_answer_from_a_hostile_report_is_text(hostile, question):
    choose_report(hostile, "悪意")
    turn = hostile.ask(question)
    for marker in turn.locator(".marker").all():
        marker.hover()
        marker.click()
        hostile.marked()
    hostile.page.wait_for_timeout(300)
    assert broken(hostile) is None
    assert hostile.page.evaluate(ALIVE) == []


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
    assert chat.page.evaluate(ALIVE) == []


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
    for path in ("feedback.jsonl", "gradio_api/file=" + str(chat.server.log), "gradio_api/info"):
        answer = chat.page.request.get(chat.server.url + path)
        assert answer.status in (401, 403, 404), path
