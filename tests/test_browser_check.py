"""The page of the check, used again and again and with odd drafts."""

import pytest
from docx import Document

pytestmark = pytest.mark.browser

TITLE = "ICTグローバル戦略について"
GOOD = f"総務省「{TITLE}」は、「全世界における被害額 6,080億ドル」とする。"
BAD = GOOD.replace("6,080", "6,800")
ALARM = "li.finding[data-look]"


@pytest.fixture
def page(chat, server):
    chat.page.goto(f"{server.url}check")
    return chat.page


def choose(page, path):
    """Choose a file as a user does, in the dialog that the label opens."""
    with page.expect_file_chooser() as chooser:
        page.get_by_text("照合するファイルを選ぶ").click()
    chooser.value.set_files(path)


def paste(page, text):
    page.locator("summary").click()
    page.locator("#pasted").fill(text)
    page.locator("#check-pasted").click()


def test_a_mended_draft_is_checked_again_under_its_name(page, tmp_path):
    path = tmp_path / "原稿.md"
    path.write_text(BAD, encoding="utf-8")
    choose(page, path)
    page.locator(ALARM).wait_for()
    assert page.locator("#name").text_content() == "原稿.md"
    path.write_text(GOOD, encoding="utf-8")
    choose(page, path)
    page.locator("#summary", has_text="確かめる箇所はありません。").wait_for()
    assert page.locator(ALARM).count() == 0


def test_the_answer_of_an_earlier_draft_never_replaces_that_of_a_later_one(page):
    held = []
    page.route("**/check?*", lambda route: held.append(route))
    paste(page, BAD)
    page.wait_for_timeout(300)
    page.locator("#pasted").fill(GOOD)
    page.locator("#check-pasted").click()
    page.wait_for_timeout(300)
    first, second = held
    second.continue_()
    page.locator("#summary", has_text="確かめる箇所はありません。").wait_for()
    first.continue_()
    page.wait_for_timeout(700)
    assert "確かめる箇所はありません。" in page.locator("#summary").text_content()


def test_words_inside_those_of_another_finding_are_gone_to(page):
    told = {
        "summary": "二つ。",
        "paragraphs": [
            {"text": "前の段落。", "kind": "body"},
            {"text": "被害額は三。", "kind": "body"},
        ],
        "findings": [finding(0, 0, 6), finding(1, 4, 5)],
    }
    page.route("**/check?*", lambda route: route.fulfill(json=told))
    paste(page, "言葉")
    page.locator(".to-words").nth(1).click()
    assert page.locator("#draft .is-here").text_content() == "被害額は三。"


def finding(number, start, end):
    return {
        "number": number,
        "needs_a_look": True,
        "verdict": "not_found",
        "title": "引用",
        "where": "2行目",
        "paragraph": 1,
        "start": start,
        "end": end,
        "words": "言葉",
        "message": "文。",
        "reference": None,
        "report_words": None,
        "edits": [],
    }


def test_a_file_that_is_too_large_is_refused_in_words(page, tmp_path):
    path = tmp_path / "大きい.txt"
    path.write_bytes("あ".encode() * 10_000_000)
    choose(page, path)
    page.locator("#trouble", has_text="大きすぎます").wait_for()


def test_a_damaged_word_file_is_refused_in_words(page, tmp_path):
    path = tmp_path / "原稿.docx"
    document = Document()
    document.add_paragraph(BAD)
    document.save(path)
    data = bytearray(path.read_bytes())
    middle = data.index(b"word/document.xml") + 60
    data[middle : middle + 40] = bytes(40)
    path.write_bytes(data)
    choose(page, path)
    page.locator("#trouble", has_text="照合できません").wait_for()


def test_the_file_is_reached_by_keyboard_and_its_label_shows_it(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "file"
    outline = page.locator("#drop label").evaluate("label => getComputedStyle(label).outlineStyle")
    assert outline == "solid"


def test_page_and_chat_lead_to_each_other(page, server):
    page.get_by_role("link", name="報告書に聞く").click()
    page.get_by_role("link", name="原稿の照合").click()
    page.locator("h1", has_text="原稿の照合").wait_for()
