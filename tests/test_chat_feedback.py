"""What users thought of answers: kept on this machine, and drafted into cases."""

import json
from threading import Thread

import pytest

from assistant.answer import Status
from corpus.errors import InputError, StorageError
from evals.feedback import drafted_cases
from ui.chat.feedback import (  # fmt: skip
    FILE,
    Feedback,
    JudgedAnswer,
    JudgedCitation,
    Verdict,
    judged,
    read,
    save,
)

REPORT = "ict-global-strategy"
QUESTION = "6つの戦略は何ですか"


def feedback(verdict=Verdict.GOOD, question=QUESTION, **others):
    answer = JudgedAnswer(Status.ANSWERED, "次のとおりです。")
    return Feedback(
        **{
            "at": "2026-11-26T10:00:00+09:00",
            "report": REPORT,
            "question": question,
            "history": (),
            "verdict": verdict,
            "answer": answer,
        }
        | others
    )


@pytest.fixture(scope="module")
def answered(assistant):
    """Feedback on a real answer."""
    answer = judged(assistant.ask(QUESTION).as_dict())
    assert answer.status is Status.ANSWERED and answer.citations
    return feedback(answer=answer)


@pytest.fixture(scope="module")
def reports(assistant):
    return {REPORT: assistant.snapshot.report(REPORT)}


def test_what_is_saved_is_read_back(tmp_path, answered):
    given = [answered, feedback(Verdict.SOURCE, history=("前の質問",), report=None)]
    for each in given:
        save(tmp_path, each)
    assert read(tmp_path) == given


def test_nothing_is_kept_before_the_first(tmp_path):
    assert read(tmp_path) == []


def test_a_line_has_the_fields_that_were_agreed(tmp_path, answered):
    save(tmp_path, answered)
    line = json.loads((tmp_path / FILE).read_bytes())
    assert list(line) == ["at", "report", "question", "history", "verdict", "answer"]
    assert line["verdict"] == "good" and line["answer"]["status"] == "answered"
    expected = {"section_id", "line_start", "line_end", "quote"}
    assert expected <= set(line["answer"]["citations"][0])


@pytest.mark.parametrize(
    "typed",
    ["改行\nのある\r\n質問", "分離符\u2028\u0085の質問", "制御\x00\x1b[31m文字", '引用"符'],
    ids=["newline", "separator", "control", "quote"],
)
def test_any_question_stays_on_one_line(tmp_path, typed):
    save(tmp_path, feedback(question=typed))
    save(tmp_path, feedback())
    assert (tmp_path / FILE).read_bytes().count(b"\n") == 2
    assert [each.question for each in read(tmp_path)] == [typed, QUESTION]


def test_a_lone_surrogate_does_not_spoil_the_file(tmp_path):
    save(tmp_path, feedback(question="半分の\ud842文字"))
    assert [each.question for each in read(tmp_path)] == ["半分の?文字"]


def test_twenty_writers_at_once_lose_nothing(tmp_path):
    questions = [f"質問{number}" for number in range(20)]
    writers = [Thread(target=save, args=(tmp_path, feedback(question=q))) for q in questions]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(each.question for each in read(tmp_path)) == sorted(questions)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="書き込めません"):
        save(tmp_path / "file", feedback())


def test_a_damaged_line_is_named(tmp_path):
    save(tmp_path, feedback())
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"at": "cut o\n')
    with pytest.raises(InputError, match="2行目"):
        read(tmp_path)


def test_praise_becomes_evidence_and_leaves_the_facts_to_fill_in(answered, reports):
    (case,) = drafted_cases([answered], reports)
    cited = answered.answer.citations
    assert [e["quote"] for e in case["evidence"]] == [c.quote for c in cited]
    assert (case["answerable"], case["kind"], case["key_facts"]) == (True, "fact", [])
    assert "要点を書いてください" in case["note"]


@pytest.mark.parametrize(
    ("verdict", "said"), [(Verdict.BAD, "よくない"), (Verdict.SOURCE, "出典が違う")], ids=str
)
def test_blame_takes_no_evidence_over_and_says_what_was_amiss(answered, reports, verdict, said):
    blamed = feedback(verdict, answer=answered.answer)
    (case,) = drafted_cases([blamed], reports)
    assert case["evidence"] == [] and said in case["note"]
    assert answered.answer.answer in case["note"]


@pytest.mark.parametrize(
    ("status", "kind", "answerable"),
    [
        (Status.NOT_IN_REPORT, "unanswerable", False),
        (Status.UNSURE, "unanswerable", False),
        (Status.SMALLTALK, "smalltalk", None),
    ],
    ids=str,
)
def test_a_praised_refusal_is_a_whole_case(reports, status, kind, answerable):
    refused = feedback(answer=JudgedAnswer(status, "見当たりませんでした。"))
    (case,) = drafted_cases([refused], reports)
    assert (case["kind"], case["answerable"]) == (kind, answerable)


def test_a_citation_that_the_report_no_longer_bears_out_is_left_out(reports):
    gone = JudgedCitation("x", 3, 3, "この報告書にはない文言", REPORT)
    (case,) = drafted_cases(
        [feedback(answer=JudgedAnswer(Status.ANSWERED, "答え", (gone,)))], reports
    )
    assert case["evidence"] == [] and "引用1件を除きました" in case["note"]


def test_a_report_that_was_removed_leaves_a_case_without_evidence(answered):
    (case,) = drafted_cases([answered], {})
    assert case["evidence"] == [] and case["sections"] == []


def test_the_last_of_two_verdicts_on_one_question_counts(answered, reports):
    changed = feedback(Verdict.BAD, answer=answered.answer)
    (case,) = drafted_cases([answered, changed], reports)
    assert "よくない" in case["note"]
    other = feedback(question="別の質問")
    assert len(list(drafted_cases([answered, other], reports))) == 2


def test_the_command_writes_a_set_whose_gaps_the_check_names(tenkyo, tmp_path, answered, home):
    save(tmp_path, answered)
    save(tmp_path, feedback(Verdict.BAD, question="別の質問"))
    out = tmp_path / "draft.jsonl"
    done = tenkyo("eval", "from-feedback", "--out", out, at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2問の書き出し" in done.stdout
    check = tenkyo("eval", "check", out, "--report", REPORT)
    assert check.returncode == 2
    assert check.stderr.count("根拠か要点がありません") == 2
    assert "引用「" not in check.stderr and "節「" not in check.stderr


def test_a_completed_draft_passes_the_check(tenkyo, tmp_path, answered):
    save(tmp_path, answered)
    out = tmp_path / "draft.jsonl"
    assert tenkyo("eval", "from-feedback", "--out", out, at=tmp_path).returncode == 0
    case = json.loads(out.read_bytes())
    case["key_facts"] = [[case["evidence"][0]["quote"][:6]]]
    out.write_text(json.dumps(case, ensure_ascii=False) + "\n", encoding="utf-8")
    check = tenkyo("eval", "check", out, "--report", REPORT)
    assert check.returncode == 0, check.stderr


def test_without_feedback_the_command_says_so(tenkyo, tmp_path):
    done = tenkyo("eval", "from-feedback", "--out", tmp_path / "draft.jsonl", at=tmp_path)
    assert done.returncode == 2
    assert "評価がまだありません" in done.stderr
