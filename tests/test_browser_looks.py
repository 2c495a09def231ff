"""What is seen: sizes, zoom, light and dark, and the rules of WCAG 2.2 AA."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

QUESTIONS = ("6つの戦略は何ですか", "情報銀行とは何ですか", "令和10年の予算はいくらですか")

SIZES = {
    "1366x768": {"viewport": {"width": 1366, "height": 768}},
    "1920x1080": {"viewport": {"width": 1920, "height": 1080}},
    # A zoom of 200 % halves the CSS pixels of the window and doubles those of the screen.
    "1366x768 at 200 %": {"viewport": {"width": 683, "height": 384}, "device_scale_factor": 2},
    # WCAG 1.4.10: 320 CSS pixels, which is 1280 at 400 %.
    "1280 at 400 %": {"viewport": {"width": 320, "height": 640}, "device_scale_factor": 4},
}

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def sized(request, new_chat, server):
    return new_chat(server, **request.param).open()


def test_at_any_size_nothing_is_cut_off(sized):
    turns = [sized.ask(question) for question in QUESTIONS]
    turns[1].locator(".marker").first.click()
    sized.marked()
    sized.page.wait_for_timeout(1000)
    assert sized.page.evaluate("probe.sideways()") == 0, "the page scrolls sideways"
    assert sized.page.evaluate("probe.outside()") == []
    assert sized.page.evaluate("probe.cut()") == []


def test_at_any_size_the_question_can_be_typed_and_sent_in_view(sized):
    sized.ask(QUESTIONS[0])
    for selector in ("#question textarea", "#send"):
        found = sized.page.locator(selector)
        found.scroll_into_view_if_needed()
        box, window = found.bounding_box(), sized.page.viewport_size
        assert box["y"] >= -1 and box["y"] + box["height"] <= window["height"] + 1


def test_on_a_wide_screen_conversation_and_report_stand_side_by_side(chat):
    turn = chat.ask(QUESTIONS[0])
    pane = chat.page.locator("#report").bounding_box()
    assert turn.bounding_box()["x"] + turn.bounding_box()["width"] <= pane["x"] + 1
    assert pane["height"] > 300 and pane["y"] + pane["height"] <= 769


def test_fonts_are_those_of_the_system(chat):
    turn = chat.ask(QUESTIONS[0])
    fonts = turn.locator(".answer").evaluate("e => getComputedStyle(e).fontFamily")
    assert "sans-serif" in fonts
    assert [url for url in chat.requests if "fonts.g" in url] == []


def violations(chat):
    found = Axe().run(chat.page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        (rule["id"], node["target"], node.get("failureSummary", "")[:300])
        for rule in found.response["violations"]
        for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["1366x768", "1366x768 at 200 %"])
def test_no_rule_of_wcag_is_broken(new_chat, server, scheme, size):
    chat = new_chat(server, color_scheme=scheme, **SIZES[size]).open()
    assert violations(chat) == [], "at the start"
    turns = [chat.ask(question) for question in QUESTIONS]
    turns[1].locator(".marker").first.click()
    chat.marked()
    chat.page.wait_for_timeout(500)
    assert violations(chat) == [], "with answers and a highlighted source"
    turns[0].locator(".marker").first.hover()
    chat.page.locator("[role=tooltip]:visible").wait_for()
    assert violations(chat) == [], "with a quote shown at a marker"


def test_light_and_dark_differ(new_chat, server):
    seen = set()
    for scheme in ("light", "dark"):
        chat = new_chat(server, color_scheme=scheme).open()
        seen.add(chat.page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
    assert len(seen) == 2
