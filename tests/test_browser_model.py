"""The chat while a language model writes: what has been checked leads somewhere, the rest waits."""

import shutil

import pytest
from browser_page import Server
from chat_server import Fault, key_for, served

pytestmark = pytest.mark.browser

QUESTION = "サイバー攻撃の被害額はいくらですか"
FIRST = "サイバー攻撃の被害額は、全世界で6,080億ドルである[]。"
SECOND = "GDPの0.8%分が失われた計算である[]。"


@pytest.fixture(scope="module")
def model():
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def writing(browser, home, model, tmp_path_factory):
    """The page with a scripted model."""
    folder = shutil.copytree(home, tmp_path_factory.mktemp("model") / "home")
    started = Server(
        folder, TENKYO_MODEL="scripted", TENKYO_MODEL_URL=model.url, TENKYO_MODEL_TIMEOUT="5"
    )
    try:
        yield started.start()
    finally:
        started.stop()


@pytest.fixture
def chat(new_chat, writing):
    return new_chat(writing, viewport={"width": 1366, "height": 768}).open()


def pieces(*parts):
    """Return a script that says `parts` one after the other; a float is a pause."""

    def script(messages):
        if "書き直した質問文だけ" in messages[0]["content"]:
            return ""
        key = f"[{key_for(messages, '6,080億ドル')}]"
        return tuple(p if isinstance(p, float) else p.replace("[]", key) for p in parts)

    return script


def send(chat, question=QUESTION):
    chat.box.fill(question)
    chat.box.press("Enter")


def test_a_marker_becomes_active_once_its_sentence_has_been_verified(chat, model):
    model.reply = pieces(FIRST[:12], 0.4, FIRST[12:], SECOND[:8], 3.0, SECOND[8:])
    send(chat)
    growing = chat.page.locator(".turn.writing")
    growing.locator(".unchecked").first.wait_for()
    assert growing.locator(".marker").count() == 0
    growing.locator(".marker").wait_for()
    assert growing.locator(".unchecked").count() == 1
    growing.locator(".marker").click()
    assert "6,080億ドル" in chat.marked()
    turn = chat.turn(0)
    assert turn.locator(".marker").count() == 2
    assert chat.page.locator(".turn.writing").count() == 0


def test_what_is_typed_meanwhile_stays_and_is_sent_after_the_answer(chat, model):
    model.reply = pieces(FIRST, SECOND[:8], 1.5, SECOND[8:])
    send(chat)
    chat.page.locator(".turn.writing .marker").first.wait_for()
    chat.box.fill("サイバー攻撃の被害額は全世界でいくらですか")
    chat.turn(0)
    assert chat.box.input_value() == "サイバー攻撃の被害額は全世界でいくらですか"
    model.reply = pieces(FIRST, SECOND[:8], 1.5, SECOND[8:])
    chat.box.press("Enter")
    chat.page.locator(".turn.writing .marker").first.wait_for()
    chat.box.fill("サイバー攻撃による被害額はいくらですか")
    chat.box.press("Enter")
    chat.turn(2)
    assert (
        chat.turns.nth(2).locator(".asked").text_content()
        == "サイバー攻撃による被害額はいくらですか"
    )
    chat.page.wait_for_function("() => !document.querySelector('#question textarea').value")


def test_stop_ends_the_writing_and_the_page_goes_on(chat, model):
    model.reply = pieces(FIRST, *[0.5, SECOND] * 20)
    send(chat)
    chat.page.locator(".turn.writing .marker").first.wait_for()
    chat.page.locator("#stop").click()
    chat.page.wait_for_function("() => !document.querySelector('.turn')")
    model.reply = pieces(FIRST)
    turn = chat.ask(QUESTION)
    assert "6,080億ドル" in turn.locator(".words").text_content()


BROKEN = {
    "breaks off": Fault(pieces=("サイバー攻撃の",), raw=b"data: {"),
    "nonsense": "xyzzy " * 20,
    "false": "サイバー攻撃の被害額は9,999億ドルである[aaaa]。",
}


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_whatever_breaks_ends_in_the_words_of_the_report(chat, model, reply):
    model.reply = reply
    turn = chat.ask(QUESTION)
    assert chat.status(turn) == "answered"
    assert "6,080億ドル" in turn.locator(".words").text_content()
    note = turn.locator('.note[data-kind="model"]').text_content()
    assert "報告書の言葉による答えを示します。" in note
    assert "9,999" not in turn.locator(".words").text_content()


def test_what_a_model_writes_is_text_and_never_markup(chat, model):
    said = f'<img src=x onerror="document.title=1">{FIRST}![a](https://evil.example/x.png)'
    model.reply = pieces(said, 0.5)
    turn = chat.ask(QUESTION)
    assert turn.locator(".words img").count() == 0
    assert "evil.example" not in turn.inner_html()
    assert chat.page.title() != "1"
