import io

import pytest
from rich.console import Console

from assistant.answer import (
    Answer,
    Citation,
    FoundPassage,
    Note,
    NoteKind,
    Place,
    Status,
    TableRow,
)
from corpus.library import load, sources
from corpus.model import Metadata
from corpus.parse import parse_report
from ui.render import answer_text, hits_text, outline_text, section_text, source_text
from ui.screen import json_line, safe


def place(**changed):
    fields = {
        "report": "r",
        "title": "題名",
        "section_id": "s1",
        "section_path": ("第1章", "第1節"),
        "section_inferred": False,
        "line_start": 409,
        "line_end": 409,
        "char_start": 10,
        "char_end": 20,
        "page": None,
        "page_label": None,
        "table": None,
    }
    return Place(**fields | changed)


def answer(**changed):
    fields = {
        "question": "何か国語ですか",
        "standalone_question": "何か国語ですか",
        "status": Status.ANSWERED,
        "answer": "12言語です。[1]",
        "mode": "quote",
    }
    return Answer(**fields | changed)


def cited(quote="12言語において実現", **changed):
    return answer(citations=(Citation(1, place(**changed), quote),))


def test_answer_comes_first_and_then_its_sources():
    assert answer_text(cited()).plain == (
        "12言語です。[1]\n\n出典\n[1] 題名「第1章 ＞ 第1節」 L409\n    12言語において実現"
    )


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        pytest.param({"line_end": 411}, " L409-411\n", id="several lines"),
        pytest.param({"line_start": None, "page": 3}, " p.3\n", id="page"),
        pytest.param({"line_start": None, "page": 3, "page_label": "ii"}, " p.ii\n", id="label"),
        pytest.param({"section_inferred": True}, "」（推定） L409", id="inferred section"),
        pytest.param(
            {"table": TableRow("表1 予算", "農業", "2019年", "億円", ("暫定値",))},
            "表：表1 予算　行：農業　列：2019年　単位：億円　注：暫定値\n",
            id="table row",
        ),
        pytest.param(
            {"table": TableRow(None, "農業", None, None, ())},
            "\n    行：農業\n",
            id="bare row",
        ),
    ],
)
def test_place_is_named(changed, shown):
    assert shown in answer_text(cited(**changed)).plain


@pytest.mark.parametrize(
    ("status", "words"),
    [
        pytest.param(Status.NOT_IN_REPORT, "【報告書に記載なし】\n", id="not in report"),
        pytest.param(Status.UNSURE, "【確かな答えなし】\n", id="unsure"),
        pytest.param(Status.CLARIFY, "【お尋ねの意味の確認】\n", id="clarify"),
    ],
)
def test_status_is_said_in_words(status, words):
    assert (
        answer_text(answer(status=status, answer="近い記述です。")).plain
        == words + "近い記述です。"
    )


def test_notes_follow_with_their_quotes_and_where_to_look():
    notes = (
        Note(NoteKind.PREMISE, "報告書では5つです。", "s2", "5つの戦略"),
        Note(NoteKind.ORIGINAL_SPELLING, "「ICTI」は原文ママです。", "s2", "ICTI"),
        Note(NoteKind.NEARBY, "近い箇所：第2章", "s9"),
    )
    assert answer_text(answer(notes=notes)).plain.split("\n注\n")[1].splitlines() == [
        "・報告書では5つです。「5つの戦略」",
        "・「ICTI」は原文ママです。",
        "・近い箇所：第2章（tenkyo show s9）",
    ]


def test_question_read_in_its_conversation_is_shown():
    shown = answer_text(answer(standalone_question="農業では何か国語ですか")).plain
    assert shown.startswith("（お尋ねの読み方：農業では何か国語ですか）\n")


HOSTILE = "a\x1b[31m\x07\x9b2J\rb\u202ec\ud800d[bold]e[/bold]:smile:"


def printed(text):
    stream = io.StringIO()
    Console(file=stream, force_terminal=True, highlight=False).print(text, soft_wrap=True)
    return stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(answer_text(answer(answer=HOSTILE)), id="answer"),
        pytest.param(answer_text(cited(quote=HOSTILE)), id="quote"),
        pytest.param(answer_text(cited(title=HOSTILE)), id="title"),
        pytest.param(answer_text(cited(section_path=(HOSTILE,))), id="heading"),
        pytest.param(
            answer_text(cited(table=TableRow(HOSTILE, None, None, None, ()))), id="caption"
        ),
        pytest.param(
            answer_text(answer(notes=(Note(NoteKind.PREMISE, HOSTILE, None, HOSTILE),))), id="note"
        ),
        pytest.param(answer_text(answer(standalone_question=HOSTILE)), id="question"),
        pytest.param(hits_text([FoundPassage("p", 1, 0.5, place(), HOSTILE)]), id="hit"),
    ],
)
def test_words_of_a_report_never_steer_the_terminal(text):
    shown = printed(text)
    assert not set(shown) & set("\x07\x9b\r\u202e\ud800")
    assert "\x1b[31m" not in shown
    assert "[bold]e[/bold]:smile:" in shown


def test_hits_show_their_score_and_its_parts_only_when_asked():
    hits = [FoundPassage("p", 1, 0.75, place(), "本文")]
    assert hits_text(hits).plain == "1. 題名「第1章 ＞ 第1節」 L409（s1）\n    本文"
    explained = hits_text(hits, [{"lemmas": 0.5, "gate": 0.0}]).plain
    assert "得点 0.750（語 0.500、意味の効き 0.000）" in explained


def test_no_hits_are_said_to_be_none():
    assert hits_text([]).plain.startswith("見つかりませんでした。")


SMALL = "# 報告\n\n## 第1章\n\n本文1\n\n### 細目\n\n- 項目\n\n## 第2章\n\n本文2\n"


@pytest.fixture
def small():
    return parse_report(SMALL, "small", Metadata("報告"), "0" * 64, (), ())


def section(report, heading):
    return next(each for each in report.sections if each.heading == heading)


def test_section_is_shown_with_what_is_below_it_and_its_lines(small):
    shown = section_text(small, section(small, "第1章")).plain.splitlines()
    assert shown[1:] == [
        "     3  ## 第1章",
        "     4  ",
        "     5  本文1",
        "     6  ",
        "     7  ### 細目",
        "     8  ",
        "     9  - 項目",
    ]


def test_outline_shows_every_section_once_with_its_id(small):
    shown = outline_text(small).plain.splitlines()[1:]
    assert [line.split()[0] for line in shown] == [each.id for each in small.sections]
    assert [line.split()[-1] for line in shown] == [f"L{s.line_start}" for s in small.sections]


def test_inferred_sections_are_marked(settings):
    report = load(sources(settings)[0], settings)
    marked = [line for line in outline_text(report).plain.splitlines() if "（推定）" in line]
    assert len(marked) == sum(each.inferred for each in report.sections) > 0


def test_section_shows_every_line_of_its_passages_and_no_other(settings):
    report = load(sources(settings)[0], settings)
    for each in report.sections:
        shown = section_text(report, each).plain.splitlines()[1:]
        numbers = {int(line.split()[0]) for line in shown if line.split()[:1] != ["…"]}
        own = report.passages_by_section[each.id]
        assert {n for p in own for n in range(p.line_start, p.line_end + 1)} <= numbers


def test_source_shows_the_lines_of_the_citation(small):
    citation = Citation(2, place(line_start=9, line_end=9), "項目")
    assert source_text(citation, small).plain.endswith("    項目\n\n原文\n     9  - 項目")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("表\t値\n次", "表\t値\n次", id="tab and line feed stay"),
        pytest.param("行\r\n次", "行\n次", id="windows line end"),
        pytest.param("行\u2028次", "行�次", id="line separator"),
        pytest.param("國→国 ①㈱", "國→国 ①㈱", id="japanese stays"),
    ],
)
def test_only_what_steers_is_replaced(text, shown):
    assert safe(text) == shown


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("典拠", '{"t": "典拠"}', id="japanese readable"),
        pytest.param("\ud83d", '{"t": "\\ud83d"}', id="lone surrogate"),
        pytest.param("😀", '{"t": "😀"}', id="whole pair"),
        pytest.param("a\u2028b\x85c", '{"t": "a\\u2028b\\u0085c"}', id="other line ends"),
        pytest.param("a\nb", '{"t": "a\\nb"}', id="line feed"),
    ],
)
def test_json_stays_on_one_line_and_can_be_written(text, line):
    assert json_line({"t": text}) == line
    assert len(line.encode("utf-8").decode("utf-8").splitlines()) == 1
