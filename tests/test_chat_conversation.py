"""Turns as HTML and Markdown, and what the browser keeps of them."""

import re
from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Note, NoteKind, Place, Status, TableRow
from ui.chat.cards import card, reference
from ui.chat.conversation import STATUS, answer_html, conversation, welcome
from ui.chat.export import markdown
from ui.chat.suggestions import examples, question_on, suggestions
from ui.chat.turns import Talk, Turn, from_browser, slim, talks_from_browser, talks_to_browser
from ui.chat.turns import to_browser as kept

PLACE = Place(
    report="r",
    title="題名",
    section_id="s1",
    section_path=("第1章", "目標"),
    section_inferred=False,
    line_start=3,
    line_end=3,
    char_start=10,
    char_end=20,
    page=None,
    page_label=None,
    table=None,
)
CITATION = Citation(1, PLACE, "目標は[1]の3倍")
EVIL = '"><img src=x onerror=alert(1)>'


def answered(text="目標は[1]の3倍 [1]", **fields):
    given = {"citations": (CITATION,), "status": Status.ANSWERED} | fields
    return Answer("何倍か", "何倍か", answer=text, mode="quote", **given)


def test_only_the_markers_of_a_claim_are_buttons():
    made = answer_html(answered(), 0)
    assert made.count("<button") == 1
    assert 'data-start="10" data-end="20"' in made
    assert made.startswith("<p>目標は[1]の3倍 <button")


def test_items_of_a_list_become_a_list_between_paragraphs():
    made = answer_html(answered("前\n\n- 一 [1]\n- 1. 二 [1]\n\n後 [1]"), 0)
    assert re.sub(r" <button.*?</button>", "", made) == (
        '<p>前</p><ul><li>一</li><li class="numbered">1. 二</li></ul><p>後</p>'
    )


@pytest.mark.parametrize("status", [s for s in Status])
def test_each_status_is_told_in_words(status):
    citations = (CITATION,) if status is Status.ANSWERED else ()
    made = conversation([Turn(answered(status=status, citations=citations))])
    assert f'data-status="{status}"' in made
    assert f'<p class="status">{STATUS[status]}</p>' in made


@pytest.mark.parametrize("kind", [k for k in NoteKind])
def test_each_kind_of_note_is_shown_with_its_way_to_the_place(kind):
    note = Note(kind, "注の文", "s1", "目標")
    made = conversation([Turn(answered(notes=(note,), provenance={"reports": {"r": ""}}))])
    assert f'data-kind="{kind}"' in made
    assert 'class="goto" data-report="r" data-section="s1"' in made


def test_what_comes_from_outside_is_escaped_everywhere():
    place = replace(
        PLACE,
        title=EVIL,
        section_path=(EVIL,),
        section_id=EVIL,
        report=EVIL,
        table=TableRow(EVIL, EVIL, EVIL, EVIL, (EVIL,)),
    )
    answer = Answer(
        question=EVIL,
        standalone_question=EVIL + "？",
        status=Status.ANSWERED,
        answer=f"{EVIL} [1]",
        mode="quote",
        citations=(Citation(1, place, EVIL),),
        notes=tuple(Note(kind, EVIL, EVIL, EVIL) for kind in NoteKind),
    )
    turn = Turn(answer, None, (EVIL,))
    assert "<img" not in conversation([turn]) + welcome([EVIL], [Talk(EVIL, (turn,))])


def test_the_reference_names_the_title_and_the_headings_once():
    assert reference(PLACE) == "「題名」「第1章」「目標」"
    assert reference(replace(PLACE, section_path=("題名", "目標"))) == "「題名」「目標」"
    assert 'data-copy="「題名」「第1章」「目標」"' in card(CITATION, 0)


def test_markdown_has_the_answer_its_notes_and_its_sources():
    note = Note(NoteKind.YEAR, "令和元年は2019年です。")
    assert markdown(answered(notes=(note,)), "記載あり") == (
        "## 何倍か\n\n（記載あり）\n\n目標は\\[1\\]の3倍 \\[1\\]\n\n"
        "注\n\n- 令和元年は2019年です。\n\n"
        "出典\n\n\\[1\\] 「題名」第1章 ＞ 目標\n\n> 目標は\\[1\\]の3倍\n"
    )


def test_the_browser_gives_back_what_it_was_given(assistant):
    turns = (
        Turn(slim(assistant.ask("サイバー攻撃の被害額はいくらですか")), "r", ("次",), "good"),
        Turn(slim(assistant.ask("8つの戦略は何ですか"))),
    )
    assert from_browser(kept(turns)) == turns
    talks = (Talk("2026-11-26T09:00:00+09:00", turns),)
    assert talks_from_browser(talks_to_browser(talks)) == talks


@pytest.mark.parametrize("broken", [None, "", "x", {"a": 1}, [{"answer": {}}], 3])
def test_what_a_browser_garbled_is_left_out(broken):
    assert from_browser(broken) == ()


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("2. データ流通戦略", "データ流通戦略について教えてください"),
        ("（1）目標について", "目標について教えてください"),
        ("【国内】", "国内について教えてください"),
        ("2019", None),
        ("方向性⑧ 「信頼性」を我が国の強みに", None),
        ("長" * 40, None),
    ],
)
def test_a_heading_makes_a_question(heading, question):
    assert question_on(heading) == question


@pytest.mark.parametrize(
    "asked", ["サイバー攻撃の被害額はいくらですか", "6つの戦略は何ですか", "座長は誰ですか"]
)
def test_suggestions_lead_beside_what_was_cited_and_are_answered(assistant, asked):
    snapshot = assistant.snapshot
    found = suggestions(assistant.ask(asked), snapshot.report, [asked])
    assert len(found) == 3
    assert [assistant.ask(question).status for question in found] == [Status.ANSWERED] * 3
    assert suggestions(assistant.ask(asked), snapshot.report, found) != found


def test_the_examples_are_answered(assistant):
    given = examples([assistant.snapshot.report("ict-global-strategy")])
    assert [assistant.ask(question).status for question in given] == [Status.ANSWERED] * 4
