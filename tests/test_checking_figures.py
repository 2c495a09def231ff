"""The check of a draft: figures and references, and what is the draft's own."""

import pytest
from checking import REPORT, TITLE, alarms, body, findings, note

from assistant.checking.amounts import Day, amounts
from assistant.checking.result import Subject, Verdict

REFERENCE = f"港湾省「{TITLE}」（令和3年3月）"

TRUE = {
    "by": f"{REFERENCE}によれば、荷役機械は37%を占める。",
    "says": f"{REFERENCE}は、費用を73億円と見込んでいる。",
    "remark": f"港湾からの排出量は平成30年度に約1,250万トンである（{REFERENCE}）。",
    "western year": f"{REFERENCE}によれば、港湾からの排出量は2018年度に約1,250万トンである。",
    "other scale": f"{REFERENCE}によれば、港湾からの排出量は12,500,000トンである。",
    "unit of the column": f"{REFERENCE}によれば、東港の費用は23億5,000万円である。",
    "again": f"{REFERENCE}がある。同報告書は、岸壁の設備を12か所に整備するとしている。",
    "named by the draft": (
        f"{REFERENCE}（以下「進め方」という。）がある。進め方によれば、費用は73億円である。"
    ),
    "section": f"荷役機械は37%を占める（「{TITLE}」第1章「現状」）。",
}

OWN = {
    "basis": f"{REFERENCE}を踏まえ、令和8年度は3件、4億円を採択した。",
    "based on": f"{REFERENCE}に基づき、本県は令和9年度までに5港で実施する。",
    "before the mention": (
        f"本県では令和8年度に12億円を計上しており、{REFERENCE}も電動化を掲げている。"
    ),
    "after the report's words": (
        f"{REFERENCE}は電動化を進めるとしており、本県でも令和8年度に5基を更新した。"
    ),
    "turned to the writer": (
        f"荷役機械は37%を占め、当局は翌年3月に4億円を要求した（{REFERENCE}）。"
    ),
    "another sentence": f"{REFERENCE}がある。本県の予算額は4億2,000万円である。",
    "numbering": f"(2) {REFERENCE}によれば、荷役機械は37%を占める。",
    "no report": "令和8年5月12日に第3回検討会を開き、委員12名が出席した。",
}

WRONG = {
    "digits": (f"{REFERENCE}によれば、費用は37億円と見込まれる。", "37億円", Verdict.ALTERED),
    "year for fiscal year": (
        f"{REFERENCE}によれば、港湾からの排出量は平成30年に約1,250万トンである。",
        "平成30年",
        Verdict.ALTERED,
    ),
    "unit": (f"{REFERENCE}によれば、岸壁の設備は12億円である。", "12億円", Verdict.NOT_FOUND),
    "remark": (f"排出量は全国の1.7%を占める（{REFERENCE}）。", "1.7%", Verdict.ALTERED),
    "row": (
        f"{REFERENCE}によれば、東港の費用は11億8千万円である。",
        "11億8千万円",
        Verdict.ELSEWHERE,
    ),
    "nowhere": (f"{REFERENCE}によれば、参加者は412名である。", "412名", Verdict.NOT_FOUND),
    "other section": (
        f"費用は73億円である（「{TITLE}」第1章「現状」）。",
        "73億円",
        Verdict.ELSEWHERE,
    ),
}


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE)
def test_true_figures_are_found(text):
    told = [f for f in findings(text) if f.subject is Subject.FIGURE]
    assert told
    assert {f.verdict for f in told} == {Verdict.FOUND}


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_the_figures_of_the_draft_itself_raise_no_alarm(text):
    assert alarms(text) == []


@pytest.mark.parametrize(("text", "words", "verdict"), WRONG.values(), ids=WRONG)
def test_figures_that_the_cited_place_does_not_tell(text, words, verdict):
    (found,) = [f for f in findings(text) if f.words == words]
    assert found.verdict is verdict


REFERENCES = {
    "title": (
        "出典：港湾省「港湾脱炭素化の進めかたについて」（令和3年3月）",
        "港湾脱炭素化の進めかたについて",
    ),
    "date": (f"出典：港湾省「{TITLE}」（令和4年3月）", "令和4年3月"),
    "western date": (f"出典：港湾省「{TITLE}」（2022年3月）", "2022年3月"),
    "publisher": (f"出典：総務省「{TITLE}」（令和3年3月）", "総務省"),
    "heading": (f"出典：港湾省「{TITLE}」「2.1 洋上電力の供給」", "2.1 洋上電力の供給"),
    "no heading at all": (f"出典：港湾省「{TITLE}」「おわりに」", "おわりに"),
    "chapter": (f"出典：港湾省「{TITLE}」第5章", "第5章"),
}

RIGHT = {
    "plain": f"出典：港湾省「{TITLE}」（令和3年3月）",
    "western date": f"（出典）港湾省企画局「{TITLE}」（2021年3月）",
    "year only": f"出典：港湾省「{TITLE}」令和3年",
    "both": f"出典：港湾省「{TITLE}」（令和3（2021）年3月）第2章「陸上電力の供給」",
    "day of use": f"出典：「{TITLE}」（港湾省）（令和8年11月22日に利用）",
    "with number": f"資料：港湾省「{TITLE}」「2.1 陸上電力の供給」",
    "label of a row": f"出典：港湾省「{TITLE}」「2.2 「港湾ターミナル」の高度化」表の「東港」の行",
    "other paper": "出典：内閣府「経済財政白書」（令和5年8月）第2章「投資」",
    "edited": f"「{TITLE}」（港湾省）を加工して企画課作成",
}


@pytest.mark.parametrize(("line", "words"), REFERENCES.values(), ids=REFERENCES)
def test_a_wrong_part_of_a_reference_is_named(line, words):
    assert [alarm.words for alarm in alarms(line)] == [words]


@pytest.mark.parametrize("line", RIGHT.values(), ids=RIGHT)
def test_a_right_reference_raises_no_alarm(line):
    assert alarms(line) == []


def test_a_reference_in_a_note_is_checked():
    text = "荷役機械の電動化を進める。"
    wrong = note(f"港湾省「{TITLE}」（令和2年3月）")
    assert [a.words for a in alarms(body(text, (len(text), 1)), wrong)] == ["令和2年3月"]


def test_without_metadata_nothing_is_said_of_the_date():
    from dataclasses import replace

    unknown = replace(REPORT, metadata=replace(REPORT.metadata, date=None))
    line = f"出典：港湾省「{TITLE}」（令和4年3月）"
    assert alarms(line, reports=(unknown,)) == []


AMOUNTS = {
    "1兆2,000億円": (1_200_000_000_000, "円"),
    "１２，０００億円": (1_200_000_000_000, "円"),
    "3千万円": (30_000_000, "円"),
    "△3.2％": (-3.2, "%"),
    "30ヶ所": (30, "か所"),
    "第5期": (5, "第期"),
    "20人以上": (20, "人以上"),
    "5G": (5, "#G"),
}


@pytest.mark.parametrize(("text", "meant"), AMOUNTS.items(), ids=AMOUNTS)
def test_amounts_are_read_exactly(text, meant):
    (found,) = amounts(text)
    assert (float(found.value), found.unit) == meant


DAYS = {
    "令和元年6月": Day(2019, 6, None),
    "2019年6月1日": Day(2019, 6, 1),
    "令和6（2024）年3月": Day(2024, 3, None),
    "平成31年度": Day(2019, None, None, is_fiscal=True),
    "2019/6/1": Day(2019, 6, 1),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items(), ids=DAYS)
def test_dates_are_read_exactly(text, day):
    (found,) = amounts(text)
    assert found.value == day
