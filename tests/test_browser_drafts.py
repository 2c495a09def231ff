"""References for drafts, the basket and the check of drafts, in the browser."""

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_browser_looks import RULES

from assistant.references.build import reference_of
from assistant.references.forms import NAMES, write
from assistant.references.reference import Form

pytestmark = pytest.mark.browser

QUESTION = "サイバー攻撃の被害額はいくらですか"
TITLE = "ICTグローバル戦略について"
BAD = f"総務省「{TITLE}」は、「全世界における被害額 6,800億ドル」とする。<b onclick=x>"


def copied(chat):
    return chat.page.evaluate("() => navigator.clipboard.readText()")


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in found.response["violations"]]


@pytest.fixture
def forms(chat):
    turn = chat.ask(QUESTION)
    turn.locator(".card-forms").first.click()
    turn.locator(".forms").first.wait_for()
    return turn.locator(".forms").first


def test_each_form_is_copied_exactly(chat, forms, assistant):
    (citation,) = assistant.ask(QUESTION).citations
    report = assistant.snapshot.report(citation.place.report)
    reference = reference_of(citation.place, citation.quote, report)
    names = forms.locator("dt").all_text_contents()
    for form in Form:
        at = next(i for i, name in enumerate(names) if name.startswith(NAMES[form]))
        forms.locator(".form-copy").nth(at).click()
        chat.page.wait_for_function(
            "at => document.querySelectorAll('.form-copy')[at].textContent === 'コピーしました'",
            arg=at,
        )
        assert copied(chat).replace("\r", "") == write(reference, form).text.replace("\r", "")


def test_the_style_of_years_is_remembered(chat, forms):
    forms.locator('[data-choice="years"]').select_option("seireki")
    chat.page.locator(".forms dd", has_text="（2019年6月）").first.wait_for()
    chat.page.reload()
    chat.page.locator(".card-forms").first.click()
    chat.page.locator(".forms dd", has_text="（2019年6月）").first.wait_for()
    assert "URL" in chat.page.locator(".forms-missing").first.text_content()


def test_citations_are_collected_ordered_noted_and_written(chat):
    for question in (QUESTION, "情報銀行とは何ですか"):
        turn = chat.ask(question)
        turn.locator(".card-collect").first.click()
        chat.page.wait_for_function(
            "() => [...document.querySelectorAll('.card-collect')]"
            ".some(button => button.textContent === '入れました')"
        )
        chat.page.wait_for_timeout(2100)
    assert chat.page.locator("#basket-open").text_content() == "下書き（2）"
    chat.page.reload()
    chat.page.wait_for_function(
        "() => document.querySelector('#basket-open')?.textContent === '下書き（2）'"
    )
    chat.page.locator("#basket-open").click()
    first = chat.page.locator("#basket-list blockquote").first.text_content()
    chat.page.locator('[data-basket="down"]').first.click()
    assert chat.page.locator("#basket-list blockquote").nth(1).text_content() == first
    chat.page.locator("#basket-list input").first.fill("<img src=x onerror=alert(1)>")
    chat.page.locator("#basket-record").check()
    with chat.page.expect_download() as saved:
        chat.page.locator('[data-export="markdown"]').click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert saved.value.suggested_filename.endswith(".md")
    assert "[^2]:" in text and "## 参考文献" in text and "## 出どころの記録" in text
    assert r"\<img src=x" in text
    for name, suffix in (("word", ".docx"), ("text", ".txt")):
        with chat.page.expect_download() as saved:
            chat.page.locator(f'[data-export="{name}"]').click()
        assert saved.value.suggested_filename.endswith(suffix)
    chat.page.locator('[data-basket="drop"]').first.click()
    chat.page.keyboard.press("Escape")
    assert chat.page.locator("#basket-open").text_content() == "下書き（1）"


def test_menu_and_basket_are_accessible(chat, forms):
    assert forms.is_visible()
    chat.page.locator(".card-collect").first.click()
    chat.page.wait_for_timeout(400)
    assert violations(chat.page) == []
    chat.page.locator("#basket-open").click()
    assert violations(chat.page) == []


def test_a_basket_of_a_changed_report_is_refused_in_words(chat):
    turn = chat.ask(QUESTION)
    turn.locator(".card-collect").first.click()
    chat.page.wait_for_timeout(500)
    chat.page.evaluate(
        "() => { const list = JSON.parse(localStorage['tenkyo-basket']);"
        "list[0].sha256 = '0'.repeat(64); localStorage['tenkyo-basket'] = JSON.stringify(list); }"
    )
    chat.page.locator("#basket-open").click()
    chat.page.locator('[data-export="text"]').click()
    chat.page.locator("#basket-trouble", has_text="集め直して").wait_for()


@pytest.fixture
def checking(chat, server):
    chat.page.goto(f"{server.url}check")
    return chat.page


def paste(page, text):
    page.locator("summary").click()
    page.locator("#pasted").fill(text)
    page.locator("#check-pasted").click()
    page.locator("#summary", has_text="。").wait_for()


def test_a_pasted_text_is_checked(checking):
    paste(checking, BAD)
    alarm = checking.locator("li.finding[data-look]")
    assert alarm.count() == 1
    assert alarm.locator("del").text_content() == "6,800"
    assert alarm.locator("ins").text_content() == "6,080"
    mark = checking.locator("#draft mark[data-look]")
    assert mark.text_content() == "全世界における被害額 6,800億ドル"
    alarm.locator(".to-words").click()
    assert "is-here" in mark.get_attribute("class")
    mark.click()
    assert "is-here" in alarm.get_attribute("class")
    assert "<b onclick=x>" in checking.locator("#draft").text_content()
    assert checking.locator("#draft b").count() == 0


def test_all_findings_can_be_shown_and_a_reference_copied(checking, chat):
    paste(checking, BAD.replace("6,800", "6,080"))
    assert checking.locator("#nothing").is_visible()
    checking.locator('[value="all"]').check()
    assert checking.locator("li.finding:visible").count() >= 2
    checking.locator(".copy").first.click()
    checking.wait_for_timeout(300)
    assert copied(chat).startswith(f"「{TITLE}」")


def test_a_word_file_is_checked_and_a_commented_copy_saved(checking, tmp_path):
    from docx import Document

    document = Document()
    document.add_paragraph(BAD)
    document.save(tmp_path / "原稿.docx")
    checking.locator("#file").set_input_files(tmp_path / "原稿.docx")
    checking.locator("li.finding[data-look]").wait_for()
    with checking.expect_download() as saved:
        checking.locator("#comments").click()
    assert saved.value.suggested_filename == "原稿（照合）.docx"
    (comment,) = Document(saved.value.path()).comments
    assert "6,080億ドル" in comment.text


def test_what_cannot_be_read_is_said(checking, tmp_path):
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    checking.locator("#file").set_input_files(tmp_path / "a.doc")
    checking.locator("#trouble", has_text="照合できません").wait_for()
    assert not checking.locator("#result").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_the_check_is_accessible(checking, scheme):
    checking.emulate_media(color_scheme=scheme)
    assert violations(checking) == []
    paste(checking, BAD)
    checking.locator('[value="all"]').check()
    assert violations(checking) == []


def test_on_a_narrow_screen_nothing_runs_out_of_the_window(checking):
    checking.set_viewport_size({"width": 320, "height": 640})
    paste(checking, BAD)
    assert checking.evaluate("document.documentElement.scrollWidth <= innerWidth")


FOREIGN = {
    "origin": {"Origin": "https://evil.example"},
    "site": {"Sec-Fetch-Site": "cross-site"},
}


@pytest.mark.parametrize("path", ["check?name=a.md", "basket/text", "references"])
@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_a_page_of_another_site_gets_nothing(server, path, headers):
    request = urllib.request.Request(f"{server.url}{path}", data=b"[]", headers=headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 403
    assert "ほかのサイト" in json.loads(refused.value.read())["error"]


BROKEN = {
    "no json": ("references", b"{"),
    "a list": ("references", b"[]"),
    "no such report": ("references", b'{"report": "x", "start": 0, "end": 1}'),
    "deep": ("basket/text", b"[" * 100_000),
    "empty basket": ("basket/word", b"[]"),
    "empty draft": ("check?name=a.md", b""),
    "no word": ("check/comments?name=a.md", "あ".encode()),
}


@pytest.mark.parametrize(("path", "data"), BROKEN.values(), ids=BROKEN)
def test_bad_requests_get_a_sentence(server, path, data):
    request = urllib.request.Request(f"{server.url}{path}", data=data)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 400
    assert json.loads(refused.value.read())["error"].endswith("。")


def test_nothing_of_a_draft_is_kept(checking, server):
    before = {p for p in server.home.rglob("*") if p.is_file()}
    paste(checking, "秘密の言葉「" + BAD)
    after = {p for p in server.home.rglob("*") if p.is_file()}
    assert after - before <= {server.log}
    assert "秘密の言葉" not in server.log.read_text(encoding="utf-8")
