"""The check of a draft: which quotations stand in a report, and which only nearly do."""

import pytest
from checking import REPORT, TITLE, alarms, block, body, findings, note
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.folded import fold_report, fold_text
from assistant.checking.result import Apart, Subject, Verdict
from corpus.markup import fold

quick = settings(deadline=None)  # other work may share the machine

SAYS = f"港湾省「{TITLE}」（令和3年3月）は、「%s」としている。"

TITLE_SAID = f"港湾省「{TITLE}」"

TRUE = {
    "sentence": (
        "港湾からの排出量は、平成30年度に約1,250万トンであり、全国の排出量の1.1％を占める。"
    ),
    "without full stop": "整備に要する費用は73億円と見込まれる",
    "over a line break": "全国の排出量の\n1.1％を占める",
    "full width": "平成３０年度に約１，２５０万トンであり",
    "half width percent": "全国の排出量の1.1%を占める",
    "without emphasis marks": "このうち荷役機械が37%を占めている",
    "spaces": "このうち 荷役機械が 37% を占めている",
    "brackets": "荷役機械の電動化を進める(ハイブリッド型を含む)",
    "commas": "港湾からの排出量は，平成30年度に約1,250万トンであり",
    "omission": "岸壁で電力を供給する設備を（中略）12か所に整備する",
    "omission over sections": "荷役機械が37%を占めている（中略）荷役機械の電動化を進める",
    "emphasis of the writer": "荷役機械の電動化を進める（下線は引用者）",
    "sic": "費用の全額を国が（原文ママ）負担することは認められない",
    "inner brackets": "『港湾ターミナル』の高度化",
    "negated as in the report": "事業者の負担が増加するとは言えない",
}


def test_even_a_short_predicate_is_a_reports_word_where_the_draft_says_so():
    (alarm,) = alarms(f"「{TITLE}」は、電動化を「進めた」とする。")
    assert alarm.words == "進めた"
    assert alarms("まちづくりを「進めた」年であった。") == []


ALTERED = {
    "digits swapped": "整備に要する費用は37億円と見込まれる",
    "a digit": "港湾からの排出量は、平成31年度に約1,250万トンであり",
    "a digit less": "平成30年度に約250万トンであり、全国の排出量の1.1％を占める",
    "tail of a number": "3億円と見込まれる",
    "head of a unit": "このうち荷役機械が37",
    "fiscal year": "平成30年に約1,250万トンであり",
    "year cut from fiscal year": "岸壁で電力を供給する設備を、令和7年",
    "unit": "整備に要する費用は73兆円と見込まれる",
    "particle": "港湾からの排出量が、平成30年度に約1,250万トンであり",
    "negation dropped": "費用の全額を国が負担することは認められる",
    "negation added": "荷役機械の電動化を進めない（ハイブリッド型を含む）",
    "cut before a negation": "事業者の負担が増加する",
    "parts in the wrong order": "12か所に整備する（中略）岸壁で電力を供給する設備",
    "a part that is not there": "岸壁で電力を供給する設備を（中略）21か所に整備する",
}


def quotation(words, *paragraphs):
    (found,) = [f for f in findings(*paragraphs) if f.words == words]
    return found


@pytest.mark.parametrize("words", TRUE.values(), ids=TRUE)
def test_true_words_are_found_with_place_and_reference(words):
    found = quotation(words, SAYS % words)
    assert found.verdict is Verdict.FOUND
    assert found.reference.startswith(f"「{TITLE}」")
    assert fold(found.report_words)[:4] == fold(words)[:4] or "『" in words
    assert alarms(SAYS % words) == []


@pytest.mark.parametrize("words", ALTERED.values(), ids=ALTERED)
def test_words_with_one_change_are_altered(words):
    found = quotation(words, SAYS % words)
    assert found.verdict is Verdict.ALTERED
    assert found.place.report == "kowan"
    assert found.message.endswith("。")


def test_the_difference_leads_from_the_draft_to_the_report():
    words = ALTERED["digits swapped"]
    edits = quotation(words, SAYS % words).edits
    assert "".join(edit.draft for edit in edits) == words
    assert [(e.draft, e.report) for e in edits if e.draft != e.report] == [("37", "73")]


def test_an_invented_sentence_is_not_found():
    words = "地域の住民と十分に話し合い、理解を得ることが何よりも大切である"
    assert quotation(words, SAYS % words).verdict is Verdict.NOT_FOUND
    spoken_of = f"{TITLE_SAID}がある。ここでは「{words}」点が重い。"
    assert quotation(words, spoken_of).verdict is Verdict.NOT_FOUND


def test_words_that_are_said_to_be_nobodys_are_set_apart_unless_a_report_says_nearly_so():
    invented = "地域の住民と十分に話し合い、理解を得ることが何よりも大切である"
    assert quotation(invented, f"「{invented}」ことに留意する。").apart is Apart.UNATTRIBUTED
    altered = ALTERED["particle"]
    assert quotation(altered, f"「{altered}」ことに留意する。").verdict is Verdict.ALTERED


APART = {
    "term": ("まちづくり協議会で「見える化」を進める。", Apart.TERM),
    "law": ("「港湾法」に基づき認可する。", Apart.LAW),
    "law with number": ("「海上運送法」（昭和24年法律第187号）を所管する。", Apart.LAW),
    "title": ("「環境基本計画」（令和6年5月21日閣議決定）を踏まえる。", Apart.TITLE),
    "book": ("『海運の百年史』を参照した。", Apart.TITLE),
    "speech": ("大臣は「現場の声を聞きながら丁寧に進めていく」と述べた。", Apart.OTHER_SOURCE),
    "voices": ("住民から「説明が足りないと感じている」との声があった。", Apart.OTHER_SOURCE),
    "other paper": (
        "内閣府「経済財政白書」（令和5年）によれば、「投資の遅れが生産性の伸びを抑えている」とされる。",
        Apart.OTHER_SOURCE,
    ),
    "law text": (
        "同法第2条は、「この法律において港湾とは船舶が発着する場所をいう」と定める。",
        Apart.OTHER_SOURCE,
    ),
    "remark": (
        "「設備投資は緩やかに持ち直している」（内閣府「月例経済報告」）とされる。",
        Apart.OTHER_SOURCE,
    ),
}


@pytest.mark.parametrize(("text", "why"), APART.values(), ids=APART)
def test_what_is_no_quotation_of_a_report_is_set_apart(text, why):
    apart = [f.apart for f in findings(text) if f.subject is Subject.QUOTATION]
    assert why in apart
    assert alarms(text) == []


def test_a_block_quote_is_looked_up_whole():
    true = block("整備に要する費用は73億円と見込まれる。")
    false = block("整備に要する費用は78億円と見込まれる。")
    source = f"出典：港湾省「{TITLE}」（令和3年3月）"
    assert alarms(true, source) == []
    (alarm,) = alarms(false, source)
    assert alarm.verdict is Verdict.ALTERED


def test_a_block_quote_of_another_source_raises_no_alarm():
    said = block("投資の遅れが、この十年の生産性の伸びを抑えてきたと考えられる。")
    assert alarms(said, "出典：内閣府「経済財政白書」（令和5年）") == []


SWAPPED = {
    "remark": f"「整備に要する費用は73億円と見込まれる」（「{TITLE}」「第1章 現状」）とされる。",
    "before": f"「{TITLE}」第1章「現状」には、「整備に要する費用は73億円と見込まれる」とある。",
}


@pytest.mark.parametrize("text", SWAPPED.values(), ids=SWAPPED)
def test_words_from_another_section_than_named_are_elsewhere(text):
    (alarm,) = alarms(text)
    assert alarm.verdict is Verdict.ELSEWHERE
    assert alarm.place.section_path[-1] == "2.1 陸上電力の供給"


def test_a_note_names_the_section_of_a_quotation():
    quoted = "「整備に要する費用は73億円と見込まれる」とされる。"
    at = quoted.index("と")
    right = note(f"港湾省「{TITLE}」「2.1 陸上電力の供給」")
    wrong = note(f"港湾省「{TITLE}」「2.2 「港湾ターミナル」の高度化」")
    end = quoted.index("」") + 1
    assert at and alarms(body(quoted, (end, 1)), right) == []
    assert [a.verdict for a in alarms(body(quoted, (end, 1)), wrong)] == [Verdict.ELSEWHERE]


def test_a_section_named_above_holds_what_stands_below_it():
    text = f"「{TITLE}」「第2章 取組」は「荷役機械の電動化を進める」とする。"
    assert alarms(text) == []


WHOLE = [p.text.replace("**", "") for p in REPORT.passages if p.table is None]
WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F) if chr(c) not in "*<>&"})


@quick
@given(st.sampled_from(WHOLE), st.data())
def test_a_passage_is_found_whatever_its_width_and_line_breaks(words, data):
    letters = [c.translate(WIDE) if data.draw(st.booleans()) else c for c in words]
    at = data.draw(st.integers(0, len(letters)))
    written = "".join(
        [*letters[:at], data.draw(st.sampled_from(["\n", " ", "\u3000"])), *letters[at:]]
    )
    assert [f.verdict for f in findings(block(written)) if f.needs_a_look] == []


@quick
@given(st.sampled_from(WHOLE), st.data())
def test_a_changed_digit_is_never_found(words, data):
    digits = [at for at, c in enumerate(words) if c.isdigit() and not words.startswith("#")]
    if not digits or len(words) < 12:
        return
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != words[at]]))
    (found,) = findings(block(words[:at] + other + words[at + 1 :]))
    assert found.verdict is not Verdict.FOUND


@quick
@given(st.text())
def test_folding_keeps_a_place_for_each_character(text):
    folded = fold_text(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= s < e <= len(text) for s, e in zip(folded.starts, folded.ends, strict=True))


@quick
@given(st.text(st.characters(exclude_characters="&<*", exclude_categories=("Cs", "Mn", "Sk"))))
def test_folding_twice_changes_nothing(text):
    once = fold_text(text).text
    assert fold_text(once).text == once


def test_a_folded_report_leads_back_to_its_source():
    folded = fold_report(REPORT)
    at = folded.text.index("荷役機械")
    assert folded.source(at, at + 4).of(REPORT.text) == "荷役機械"
