"""From an answer to the words of the report: click, highlight, hover, copy, browse."""

import re

import pytest

from corpus.markup import fold

pytestmark = pytest.mark.browser

QUESTIONS = {
    "headings": "6つの戦略は何ですか",
    "sentence": "官民データ活用推進基本法とは何ですか",
    "note": "情報銀行とは何ですか",
    "row": "金融　想定される効果",
    "rows": "効果として「生活基盤の確保」が入っている行はどれですか。",
    "legend": "SDGs×ICTの表で、課題の頭に黒丸（●）が付いているのはどういう意味ですか",
}


def quotes_of(turn):
    return turn.locator(".card-quote").all_text_contents()


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_marker_highlights_exactly_the_quoted_words(chat, assistant, question):
    turn = chat.ask(question)
    citations = assistant.ask(question).citations
    markers = turn.locator(".marker")
    assert {m.get_attribute("data-number") for m in markers.all()} == {
        str(citation.number) for citation in citations
    }
    for citation in citations:
        turn.locator(f'.marker[data-number="{citation.number}"]').first.click()
        words = fold(citation.quote)
        chat.page.wait_for_function("words => probe.cited() === words", arg=words)
        assert fold(chat.marked()) == fold(citation.quote)


def test_a_card_shows_path_and_quote_and_leads_to_the_place(chat, assistant):
    question = QUESTIONS["note"]
    turn = chat.ask(question)
    (citation,) = assistant.ask(question).citations
    card = turn.locator(".card").first
    assert fold(citation.quote) in fold(card.locator(".card-quote").text_content())
    path = fold(card.locator(".card-path").text_content())
    assert all(fold(heading) in path for heading in citation.place.section_path[-1:])
    card.locator(".card-quote").click()
    assert fold(chat.marked()) == fold(citation.quote)


def test_the_highlighted_words_are_scrolled_into_view(chat):
    turn = chat.ask(QUESTIONS["row"])
    turn.locator(".marker").first.click()
    chat.marked()
    chat.page.wait_for_timeout(1200)  # smooth scrolling
    pane = chat.page.locator("#report").bounding_box()
    mark = chat.page.locator("#report mark.cited").first.bounding_box()
    assert pane["y"] - 1 <= mark["y"] <= pane["y"] + pane["height"]
    assert 0 <= mark["y"] <= 768


def test_the_words_of_a_row_are_marked_inside_its_cells(chat):
    turn = chat.ask(QUESTIONS["row"])
    turn.locator(".marker").first.click()
    chat.marked()
    marks = chat.page.locator("#report mark.cited")
    inside = chat.page.locator("#report :is(td, th) mark.cited")
    assert marks.count() == inside.count() > 1


def test_a_table_of_the_report_is_a_table_with_its_caption_and_labels(chat):
    table = chat.page.locator('#report table[aria-label*="SDGs達成への貢献"]').first
    assert table.locator("th[scope=col]").count() > 1
    assert table.locator("th[scope=row]").count() > 1


def test_a_further_click_moves_the_highlight(chat, assistant):
    turn = chat.ask(QUESTIONS["headings"])
    for number in ("1", "2"):
        turn.locator(f'.marker[data-number="{number}"]').first.click()
        chat.page.wait_for_timeout(300)
    assert fold(chat.marked()) == fold("2. データ流通戦略")


def test_a_marker_of_an_earlier_turn_still_leads_to_its_own_source(chat):
    first = chat.ask(QUESTIONS["headings"])
    chat.ask(QUESTIONS["note"])
    first.locator('.marker[data-number="2"]').first.click()
    assert fold(chat.marked()) == fold("2. データ流通戦略")


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_pointing_at_a_marker_shows_the_quote(chat, how):
    turn = chat.ask(QUESTIONS["note"])
    getattr(turn.locator(".marker").first, how)()
    tip = chat.page.locator("[role=tooltip]:visible")
    tip.wait_for()
    assert "情報銀行" in tip.inner_text()
    chat.page.keyboard.press("Escape")
    tip.wait_for(state="hidden")


def test_the_copy_button_gives_title_section_and_quote(chat, assistant):
    question = QUESTIONS["note"]
    turn = chat.ask(question)
    (citation,) = assistant.ask(question).citations
    turn.locator(".card-copy").first.click()
    chat.page.wait_for_timeout(300)
    copied = chat.page.evaluate("() => navigator.clipboard.readText()")
    assert citation.place.title in copied
    assert fold(citation.place.section_path[-1]) in fold(copied)


def test_the_outline_leads_to_a_section(chat):
    chat.page.locator("#outline").get_by_text("オープンイノベーション戦略").last.click()
    chat.page.wait_for_timeout(1200)
    pane = chat.page.locator("#report").bounding_box()
    heading = chat.page.locator("#report :is(h1,h2,h3,h4,h5,h6)").filter(
        has_text="オープンイノベーション戦略"
    )
    tops = [box["y"] for found in heading.all() if (box := found.bounding_box())]
    assert any(pane["y"] - 1 <= top <= pane["y"] + pane["height"] for top in tops)


def test_a_search_in_the_report_finds_counts_and_goes_on(chat):
    box = chat.page.locator("input#report-search, #report-search :is(input, textarea)").first
    box.fill("情報銀行")
    found = chat.page.locator("#found")
    found.filter(has_text=re.compile(r"^1 / \d+件$")).wait_for()  # the first place at once
    for place in ("2 / ", "3 / "):
        box.press("Enter")
        found.filter(has_text=place).wait_for()
