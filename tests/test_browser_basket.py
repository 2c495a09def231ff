"""The draft basket in the browser: by keyboard, in two tabs, on small screens, hostile words."""

import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_page import ROOT
from test_browser_looks import RULES

pytestmark = pytest.mark.browser

QUESTION = "サイバー攻撃の被害額はいくらですか"
OTHER = "情報銀行とは何ですか"
COUNT = "count => document.querySelector('#basket-open')?.textContent === `下書き（${count}）`"


def collected(chat, *questions):
    """Put the first source of each answer into the basket."""
    before = len(kept(chat))
    for number, question in enumerate(questions, before + 1):
        chat.ask(question).locator(".card-collect").first.click()
        chat.page.wait_for_function(COUNT, arg=number)


def kept(chat):
    return json.loads(chat.page.evaluate("() => localStorage['tenkyo-basket'] ?? '[]'"))


def exported(chat, name):
    with chat.page.expect_download() as saved:
        chat.page.locator(f'[data-export="{name}"]').click()
    return Path(saved.value.path()).read_bytes()


def press_until(chat, key, expression, most=60):
    """Press a key until the focused element `e` fulfils a JavaScript expression."""
    for _ in range(most):
        if chat.focused(expression):
            return
        chat.page.keyboard.press(key)
    raise AssertionError(f"never reached: {expression}")


def test_all_can_be_done_with_the_keyboard(chat):
    chat.ask(QUESTION)
    chat.ask(OTHER)
    for turn in (0, 1):
        chat.turns.nth(turn).locator(".card-open").first.focus()
        press_until(chat, "Tab", "e.matches('.card-forms')")
        chat.page.keyboard.press("Enter")
        chat.turns.nth(turn).locator(".forms").wait_for()
        assert chat.focused("e.getAttribute('aria-expanded')") == "true"
        press_until(chat, "Tab", "e.matches('.card-collect')")
        chat.page.keyboard.press("Enter")
        chat.page.wait_for_function(COUNT, arg=turn + 1)
    press_until(chat, "Tab", "e.matches('.form-copy')")
    chat.page.keyboard.press("Enter")
    chat.page.wait_for_function("() => document.activeElement.textContent === 'コピーしました'")
    press_until(chat, "Tab", "e.id === 'basket-open'", 200)
    chat.page.keyboard.press("Enter")
    first = kept(chat)[0]
    press_until(chat, "Tab", "e.matches('[data-basket=down]')")
    chat.page.keyboard.press("Enter")
    assert kept(chat)[1] == first
    assert chat.focused("e.closest('li').dataset.index") == "1", "the focus goes with the citation"
    press_until(chat, "Shift+Tab", "e.matches('#basket-list input')")
    chat.page.keyboard.type("別紙に使う")
    press_until(chat, "Tab", "e.matches('[data-export=text]')")
    with chat.page.expect_download() as saved:
        chat.page.keyboard.press("Enter")
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert re.search(r"別紙に使う\n\n「?.*被害額", text)
    chat.page.keyboard.press("Escape")
    assert chat.focused("e.id") == "basket-open"


def test_years_of_the_file_are_those_of_the_menu_and_what_is_missing_is_said(chat):
    collected(chat, QUESTION)
    chat.page.locator(".card-forms").first.click()
    chat.page.locator('[data-choice="years"]').select_option("both")
    chat.page.locator(".forms dd", has_text="令和元（2019）年6月").first.wait_for()
    chat.page.locator("#basket-open").click()
    assert "令和元（2019）年6月" in exported(chat, "markdown").decode()
    chat.page.locator("#basket-done", has_text="URLは分からないため").wait_for()


def test_the_entry_of_a_reference_manager_keeps_its_line_ends(chat):
    chat.ask(QUESTION).locator(".card-forms").first.click()
    chat.page.locator(".form-copy[aria-label^=RIS]").click()
    chat.page.locator(".form-copy", has_text="コピーしました").wait_for()
    copied = chat.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("TY  - RPRT\r\n") and copied.endswith("\r\nER  - \r\n")
    assert not re.search(r"[^\r]\n", copied)


def test_two_columns_of_a_row_are_two_citations(chat):
    collected(chat, QUESTION)
    drafts = chat.page.locator(".card-drafts").first
    drafts.evaluate("e => { e.dataset.column = '列'; }")
    drafts.locator(".card-collect").click()
    chat.page.locator("#notice", has_text="集め直して").wait_for()
    one = kept(chat)[0]
    # As if the sentence were a row: the same place, another column.
    chat.page.evaluate(
        "list => localStorage['tenkyo-basket'] = list", json.dumps([one | {"column": "値"}])
    )
    drafts.evaluate("e => { delete e.dataset.column; }")
    drafts.locator(".card-collect").click()
    chat.page.wait_for_function(COUNT, arg=2)
    drafts.locator(".card-collect").click()
    chat.page.locator("#said", has_text="すでに").wait_for(state="attached")
    assert len(kept(chat)) == 2


def test_a_second_tab_shows_the_same_basket(chat):
    collected(chat, QUESTION, OTHER)
    second = chat.context.new_page()
    second.goto(chat.server.url)
    second.wait_for_function(COUNT, arg=2)
    second.locator("#basket-open").click()
    chat.page.locator("#basket-open").click()
    chat.page.locator('[data-basket="drop"]').first.click()
    second.wait_for_function(COUNT, arg=1)
    assert second.locator("#basket-list li").count() == 1
    second.close()


def test_nothing_is_thrown_away_without_asking(chat):
    collected(chat, QUESTION)
    chat.page.locator("#basket-open").click()
    chat.page.once("dialog", lambda dialog: dialog.dismiss())
    chat.page.locator("#basket-clear").click()
    assert len(kept(chat)) == 1
    chat.page.once("dialog", lambda dialog: dialog.accept())
    chat.page.locator("#basket-clear").click()
    assert kept(chat) == []
    assert chat.page.locator("#basket-empty").is_visible()


def test_words_of_a_hostile_report_and_note_stay_words(own_server, new_chat):
    own_server.tenkyo("add", ROOT / "tests" / "data" / "hostile.md")
    chat = new_chat(own_server.start()).open()
    chat.choose_report("悪意")
    collected(chat, "目標値は何ですか")
    chat.page.locator(".card-forms").first.click()
    chat.page.locator(".forms").wait_for()
    chat.page.locator("#basket-open").click()
    chat.page.locator("#basket-list input").fill("</li><script>window.broken='note'</script>")
    text = exported(chat, "markdown").decode()
    chat.page.keyboard.press("Escape")
    chat.page.locator("#basket-open").click()
    assert "四十二パーセント" in chat.page.locator("#basket blockquote").text_content()
    assert chat.page.evaluate("() => window.broken") is None
    assert chat.page.evaluate("probe.alive()") == []
    assert not re.search(r"(?<!\\)<(?!http)", text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400, 320])
def test_menu_and_basket_at_any_width(new_chat, server, scheme, width):
    size = {"width": width, "height": 800}
    chat = new_chat(server, viewport=size, color_scheme=scheme).open()
    collected(chat, QUESTION, OTHER)
    chat.page.locator(".card-forms").first.click()
    chat.page.locator(".forms").first.wait_for()
    looked_at(chat)
    chat.page.locator("#basket-open").click()
    exported(chat, "text")
    looked_at(chat)
    sideways = "() => { const e = document.querySelector('#basket');"
    assert chat.page.evaluate(sideways + "return e.scrollWidth - e.clientWidth; }") == 0


def looked_at(chat):
    # The button that says 入れました for a moment goes back to its words.
    chat.page.wait_for_timeout(300)
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(chat.page, options={"runOnly": {"type": "tag", "values": RULES}})
    broken = [(v["id"], [n["target"] for n in v["nodes"]]) for v in found.response["violations"]]
    assert broken == []


ODD = {
    "half a character as a report": ("references", '{"report": "\\ud800", "start": 0, "end": 1}'),
    "half a character in a basket": (
        "basket/text",
        '[{"report": "\\ud800", "sha256": "", "start": 0, "end": 1}]',
    ),
    "an unknown format": ("basket/pdf", "[]"),
    "an unknown style": ("basket/text?years=x", "[]"),
    "too much": ("basket/text", "[" + " " * 4_000_000 + "]"),
    "a number as long as a page": ("references", '{"report": "a", "start": ' + "9" * 5000 + "}"),
}


@pytest.mark.parametrize(("path", "data"), ODD.values(), ids=ODD)
def test_odd_requests_get_a_sentence(server, path, data):
    request = urllib.request.Request(f"{server.url}{path}", data=data.encode())
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 400
    assert json.loads(refused.value.read())["error"].endswith("。")
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_a_request_of_our_own_page_is_answered(server):
    """What refuses other sites must not refuse browsers that name themselves."""
    headers = {"Origin": server.url.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    request = urllib.request.Request(f"{server.url}basket/text", b"[]", headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert "空です" in json.loads(refused.value.read())["error"]
