"""The check of a draft: names that a draft gives to reports, places by number, whose numbers."""

import pytest
from checking import REPORT, TITLE, alarms, body, note, verdict_of

from assistant.checking.manuscript import Paragraph, ParagraphKind
from assistant.checking.numbered import is_number, numbers
from assistant.checking.reading import read_manuscript
from assistant.checking.result import Verdict
from corpus.model import Metadata
from corpus.parse import parse_report

REFERENCE = f"港湾省「{TITLE}」（令和3年3月）"
OTHER = parse_report(
    "# 物流の計画\n\n## 1 現状\n\n県内の倉庫は241棟である。\n\n"
    "## 2 課題\n\n担い手は1,320人が不足する。\n",
    "butsuryu",
    Metadata("県内物流の効率化に関する計画", "北浜県", None, "令和4年5月"),
    "0" * 64,
)
BOTH = (REPORT, OTHER)

NAMED = {
    "（以下「…」）": (
        f"{REFERENCE}（以下「港湾資料」）がある。港湾資料によれば、費用は37億円である。"
    ),
    "（以下、…）": f"{REFERENCE}（以下、港湾資料）がある。港湾資料によれば、費用は37億円である。",
    "前者と後者": (
        f"{REFERENCE}と北浜県「県内物流の効率化に関する計画」を読む。以下、前者を「港湾」、"
        "後者を「物流」と呼ぶ。港湾によれば、費用は37億円である。"
    ),
    "題名だけ": f"{TITLE}（令和3年3月）によれば、費用は37億円である。",
}


@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED)
def test_a_wrong_number_is_seen_by_whatever_name_the_report_goes(text):
    assert [each.words for each in alarms(text, reports=BOTH)] == ["37億円"]


def test_a_report_is_known_by_who_made_it():
    text = f"{REFERENCE}を読んだ。北浜県の計画によれば、県内の倉庫は421棟である。"
    assert [each.words for each in alarms(text, reports=BOTH)] == ["421棟"]


def test_a_name_that_is_explained_at_the_end_holds_from_the_beginning():
    text = "報告書によれば、費用は37億円である。"
    meant = note(f"「報告書」とあるのは、{REFERENCE}をいう。")
    assert [each.words for each in alarms(text, meant)] == ["37億円"]


def test_the_same_plan_is_the_one_that_is_a_plan():
    text = (
        f"北浜県「県内物流の効率化に関する計画」と{REFERENCE}を読む。"
        "同計画によれば、県内の倉庫は241棟である。"
    )
    assert alarms(text, reports=BOTH) == []


def test_a_number_in_a_list_of_references_leads_to_its_report():
    draft = read_manuscript(
        "draft.md",
        f"費用は37億円である1)。\n\n## 参考文献\n\n1) 港湾省. {TITLE}. 2021-03.\n".encode(),
    )
    assert [each.words for each in alarms(*draft.paragraphs)] == ["37億円"]


def test_a_title_with_a_slip_is_seen_in_a_list_of_references():
    wrong = TITLE.replace("脱炭素化", "低炭素化")
    draft = f"本文。\n\n## 参考文献\n\n1) 港湾省. {wrong}. 2021-03.\n"
    paragraphs = read_manuscript("draft.md", draft.encode()).paragraphs
    assert [each.words for each in alarms(*paragraphs)] == [wrong]


PLACES = {
    "heading in a remark": "「12か所に整備する」（「第1章 現状」）",
    "number": "「12か所に整備する」としている（第1章）",
    "number after the title": "「12か所に整備する」（第1章）",
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_a_remark_that_names_a_place_alone_is_held_against_it(text):
    said = f"{REFERENCE}を読んだ。同資料に{text}。"
    (found,) = alarms(said)
    assert found.verdict is Verdict.ELSEWHERE
    right = said.replace("第1章 現状", "第2章 取組").replace("第1章", "第2章")
    assert alarms(right) == []


def test_several_headings_in_one_source_line_are_one_or_the_other():
    block = Paragraph("整備に要する費用は73億円と見込まれる。", ParagraphKind.BLOCK_QUOTE)
    line = f"出典：{REFERENCE}「第1章 現状」及び「2.1 陸上電力の供給」"
    assert alarms(block, line) == []


NUMBERS = {
    "第３章第５節": ("3", "5"),
    "4-3(1)": ("4-3", "(1)"),
    "第3の3": ("3", "3"),
    "3.(3)": ("3", "(3)"),
    "Ⅲ①": ("III", "①"),
    "第三章": ("3",),
    "第3期の計画": (),
    "2024年": (),
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items(), ids=NUMBERS)
def test_numbers_of_places(text, expected):
    assert numbers(text) == expected


@pytest.mark.parametrize("text", ["7-8月", "1", "(2)", "令和3年"])
def test_what_is_no_number_of_a_place_without_a_title(text):
    assert not is_number(text)


TRUE = {
    "words behind a title are words": (
        f"{REFERENCE}の「費用の全額を国が負担することは認められない」という記述を引く。"
    ),
    "date in words behind a title": (
        f"{REFERENCE}に「設備を、令和7年度までに12か所に整備する」とある。"
    ),
    "count of the writer": f"{REFERENCE}は、次の3点を挙げている。",
    "article of a law": f"{REFERENCE}を受け、地方自治法第232条の2に基づき行う。",
    "reckoned by the writer": (
        f"{REFERENCE}によれば、費用は73億円で、1か所当たりでは6.1億円（筆者計算）となる。"
    ),
    "date of a notice": f"{REFERENCE}は、費用を73億円としている（令和6年5月30日課長通知）。",
    "own number after the plan's": f"{REFERENCE}の取組と合わせ、負担を4分の1とする。",
    "slogan": f"{REFERENCE}を読んだ。標語は「ひとつ先の、みなとへ。」に決めた。",
}


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE)
def test_the_writers_own_raises_no_alarm(text):
    assert alarms(text) == []


SLIPS = {
    "one digit where the report is only spoken of": (
        f"{REFERENCE}を読んだ。港湾からの排出量は約1,350万トンで、全国の排出量の一部である。",
        "1,350万トン",
    ),
    "a number of another row": (
        f"{REFERENCE}によれば、港の設備数は、東港が9基、西港が14基である。",
        "9基",
    ),
}


@pytest.mark.parametrize(("text", "words"), SLIPS.values(), ids=SLIPS)
def test_slips_and_exchanges_are_seen(text, words):
    assert words in [each.words for each in alarms(text)]


def test_words_that_nearly_stand_in_a_report_are_shown_whoever_says_them():
    words = "事業者の負担が減少するとは言えないとの意見もあった"
    text = f"{REFERENCE}を読んだ。課長は「{words}」と述べた。"
    (found,) = alarms(text)
    assert found.verdict is Verdict.ALTERED


def test_items_of_a_quoted_list_are_quoted_each_by_itself():
    draft = f"{REFERENCE}は次のとおり述べる。\n\n> - 荷役機械が37%を占めている\n> - 費用は73億円\n"
    paragraphs = read_manuscript("draft.md", draft.encode()).paragraphs
    assert [p.text for p in paragraphs if p.kind is ParagraphKind.BLOCK_QUOTE] == [
        "荷役機械が37%を占めている",
        "費用は73億円",
    ]


def test_the_source_below_a_quoted_text_is_no_part_of_it():
    draft = f"> 整備に要する費用は73億円と見込まれる。\n>\n> ――{REFERENCE}「2.1 陸上電力の供給」\n"
    assert alarms(*read_manuscript("draft.md", draft.encode()).paragraphs) == []


def test_a_marked_note_leads_a_mention_to_its_report():
    text = body("県の計画によれば、倉庫は421棟である。", (4, 1))
    source = note("北浜県「県内物流の効率化に関する計画」（令和4年5月）")
    assert [each.words for each in alarms(text, source, reports=BOTH)] == ["421棟"]


def test_a_quotation_at_its_place_is_found():
    assert (
        verdict_of("12か所に整備する", f"{REFERENCE}に「12か所に整備する」（2.1）とある。")
        is Verdict.FOUND
    )
