"""Typing Japanese, and using the page without a mouse."""

import pytest

from corpus.markup import fold

pytestmark = pytest.mark.browser

QUESTION = "6つの戦略は何ですか"


def nothing_is_sent(chat):
    chat.page.wait_for_timeout(700)
    return chat.page.locator(".turn").count() == 0


def test_enter_sends(chat):
    assert chat.status(chat.ask(QUESTION)) == "answered"


def test_shift_and_enter_break_the_line(chat):
    chat.box.fill("一行目")
    chat.box.press("Shift+Enter")
    chat.box.press_sequentially("二行目")
    assert nothing_is_sent(chat)
    assert chat.box.input_value() == "一行目\n二行目"


def test_enter_during_conversion_never_sends(chat):
    """As Chromium does it: a composition of the input method, then Enter in the middle of it."""
    chat.box.focus()
    devtools = chat.context.new_cdp_session(chat.page)
    for text in ("せ", "せんりゃく", "戦略"):
        devtools.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    devtools.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    assert nothing_is_sent(chat)
    devtools.send("Input.insertText", {"text": "戦略"})
    assert nothing_is_sent(chat)
    assert chat.box.input_value() == "戦略"


@pytest.mark.parametrize(
    "keys",
    [{"isComposing": True}, {"isComposing": True, "keyCode": 13}, {"keyCode": 229, "which": 229}],
    ids=["composing", "composing with the code of Enter", "229 (Safari, after the composition)"],
)
def test_a_key_of_the_input_method_never_sends(chat, keys):
    chat.box.fill("戦略")
    chat.box.evaluate("(field, keys) => probe.pressEnter(field, keys)", keys)
    assert nothing_is_sent(chat)
    assert chat.box.input_value() == "戦略"


def test_the_enter_after_a_conversion_sends_once(chat):
    chat.box.focus()
    devtools = chat.context.new_cdp_session(chat.page)
    devtools.send(
        "Input.imeSetComposition", {"text": "ろくつ", "selectionStart": 3, "selectionEnd": 3}
    )
    devtools.send("Input.insertText", {"text": QUESTION})
    chat.box.press("Enter")
    assert chat.status(chat.turn(0)) == "answered"
    chat.page.wait_for_timeout(500)
    assert chat.turns.count() == 1


BACK = "Shift+Tab"


def tab_to(chat, selector, key="Tab", most=60):
    """Press Tab until an element is reached; each stop on the way must show where the focus is."""
    for _ in range(most):
        chat.page.keyboard.press(key)
        if chat.focused("e === document.body"):
            continue
        assert chat.focused("probe.focusSeen(e)"), chat.focused("e.outerHTML.slice(0, 200)")
        if chat.focused(f"e.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_the_keyboard_alone_asks_and_reads_a_source_and_copies_it(chat):
    assert chat.focused("e.matches('#question textarea')"), "the page does not begin there"
    chat.page.keyboard.type(QUESTION)
    chat.page.keyboard.press("Enter")
    chat.turn(0)
    tab_to(chat, '.marker[data-number="6"]', BACK)
    chat.page.keyboard.press("Enter")
    assert fold(chat.marked()) == fold("6. オープンイノベーション戦略")
    assert chat.focused("!!e.closest('#report')"), "the focus does not follow to the report"
    chat.page.keyboard.press("Escape")
    assert chat.focused("e.matches('.marker')"), "Escape does not lead back"
    tab_to(chat, ".card-copy")
    chat.page.keyboard.press("Enter")
    chat.page.wait_for_timeout(300)
    copied = chat.page.evaluate("() => navigator.clipboard.readText()")
    assert "デジタル化によるSDGs達成戦略" in copied


@pytest.mark.parametrize(
    ("selector", "key"),
    [
        (".suggestion", BACK),
        (".feedback button", BACK),
        (".card-open", BACK),
        (".edit", BACK),
        ("#send", "Tab"),
        ("#retry", "Tab"),
        ("#clear", "Tab"),
        ("#export", "Tab"),
        ("#report-choice", "Tab"),
        ("#report-search", "Tab"),
        ("#outline a", "Tab"),
    ],
    ids=str,
)
def test_everything_is_near_the_question_by_tab(chat, selector, key):
    chat.ask(QUESTION)
    tab_to(chat, selector, key)


def test_an_example_is_asked_by_keyboard(chat):
    tab_to(chat, ".example", BACK)
    chat.page.keyboard.press("Enter")
    assert chat.status(chat.turn(0)) == "answered"


def test_the_answer_is_announced(chat):
    chat.ask(QUESTION)
    live = chat.page.locator("[aria-live=polite], [role=status], [role=log]")
    assert live.count() > 0
