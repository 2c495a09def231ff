import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from corpus.errors import BatchError
from ui.batch import answer_batch, open_answers, open_questions


def run(assistant, *lines, report_id=None):
    """Answer `lines` (str or bytes) and return the objects that come out."""
    raw = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    answers = io.StringIO()
    summary = answer_batch(assistant, io.BytesIO(raw), answers, report_id, lambda *told: None)
    objects = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert summary.lines == len(objects)
    assert summary.bad == sum(found["status"] == "error" for found in objects)
    return objects


def question(line_id, text="6つの戦略は何ですか", **fields):
    return json.dumps({"id": line_id, "question": text, **fields}, ensure_ascii=False)


def test_answers_keep_the_order_and_ids_of_the_questions(assistant):
    found = run(assistant, question("b"), question("a", "ありがとう"), question("c", "G20とは"))
    assert [each["id"] for each in found] == ["b", "a", "c"]
    assert found[1]["status"] == "smalltalk"


def test_answer_object_is_that_of_a_single_question(assistant):
    (found,) = run(assistant, question("a"))
    alone = assistant.ask("6つの戦略は何ですか").as_dict()
    for each in (found, alone):
        each.pop("timings_ms")
    assert found == {"id": "a", **json.loads(json.dumps(alone))}


def test_history_is_replayed(assistant):
    (found,) = run(assistant, question("a", "その2番目は？", history=["6つの戦略は何ですか"]))
    assert "データ流通戦略" in found["standalone_question"]


@pytest.mark.parametrize(
    ("line", "line_id", "said"),
    [
        pytest.param("{", None, "JSON として読めません。", id="not json"),
        pytest.param("[" * 100_000, None, "JSON として読めません。", id="nested too deep"),
        pytest.param(b'{"id": "a", "question": "\xff"}', None, "UTF-8", id="not utf-8"),
        pytest.param("[1]", None, "の形で", id="not an object"),
        pytest.param('{"question": "x"}', None, "id がありません。", id="no id"),
        pytest.param('{"id": 7, "question": "x"}', None, "id は文字列で", id="number as id"),
        pytest.param('{"id": "a"}', "a", "question がありません。", id="no question"),
        pytest.param('{"id": "a", "question": null}', "a", "question は文字列で", id="null"),
        pytest.param(
            '{"id": "a", "question": "x", "history": "y"}',
            "a",
            "history は文字列の配列で",
            id="history is no list",
        ),
        pytest.param(
            '{"id": "a", "question": "x", "history": [1]}',
            "a",
            "history は文字列の配列で",
            id="history of numbers",
        ),
        pytest.param(question("a", ""), "a", "質問が空です。", id="empty question"),
        pytest.param(question("a", "あ" * 100_000), "a", "質問が長すぎます。", id="long question"),
        pytest.param(question("a", "x", report="nope"), "a", "「nope」はありません。", id="report"),
    ],
)
def test_bad_line_gives_an_error_and_the_rest_goes_on(assistant, line, line_id, said):
    found = run(assistant, question("before"), "", line, question("after"))
    assert [each["id"] for each in found] == ["before", line_id, "after"]
    assert set(found[1]) == {"id", "status", "error"}
    assert found[1]["error"].startswith("line 3: ")
    assert said in found[1]["error"]
    assert found[2]["status"] == "answered"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([b"\xef\xbb\xbf" + question("a").encode()], id="byte order mark"),
        pytest.param([question("a") + "\r", "\r", "   ", ""], id="windows line ends, blank lines"),
        pytest.param([question("a", type="list", answerable=True, note=None)], id="gold fields"),
        pytest.param([question("a", report="ict-global-strategy")], id="its own report"),
    ],
)
def test_line_is_read(assistant, lines):
    (found,) = run(assistant, *lines)
    assert (found["id"], found["status"]) == ("a", "answered")


def test_half_an_emoji_does_not_stop_the_batch(assistant):
    broken = '{"id": "\\ud83d", "question": "\\ud83d6つの戦略は何ですか", "history": ["\\udc00"]}'
    found = run(assistant, broken, question("next"))
    assert [each["id"] for each in found] == ["\ud83d", "next"]
    assert found[0]["status"] == "answered"


def test_report_of_the_command_line_serves_lines_without_their_own(assistant):
    own = question("own", report="ict-global-strategy")
    found = run(assistant, question("none"), own, report_id="nope")
    assert [each["status"] for each in found] == ["error", "answered"]


def test_progress_counts_lines(assistant):
    told = []
    questions = io.BytesIO(f"{question('a')}\n\n{question('b')}\n".encode())
    answer_batch(assistant, questions, io.StringIO(), None, lambda *each: told.append(each))
    assert told == [("質問に答える", 1, 2), ("質問に答える", 2, 2)]


def test_answers_take_their_name_when_they_are_whole(tmp_path):
    out = tmp_path / "answers.jsonl"
    out.write_text("earlier", encoding="utf-8")
    with open_answers(out, tmp_path / "questions.jsonl") as stream:
        stream.write("答え\n")
        stream.flush()
        assert out.read_text(encoding="utf-8") == "earlier"
    assert out.read_bytes() == "答え\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["answers.jsonl"]


def test_answers_of_a_failed_batch_are_kept_under_another_name(tmp_path, capsys):
    out = tmp_path / "answers.jsonl"
    with pytest.raises(ZeroDivisionError), open_answers(out, tmp_path / "q.jsonl") as stream:
        stream.write("答え\n")
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["answers.jsonl.part"]
    assert "answers.jsonl.part" in capsys.readouterr().err


def test_batch_that_answered_nothing_leaves_nothing(tmp_path, capsys):
    with pytest.raises(ZeroDivisionError), open_answers(tmp_path / "a", tmp_path / "q"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err == ""


def test_questions_are_not_overwritten_by_their_answers(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(question("a"), encoding="utf-8")
    (tmp_path / "link").symlink_to(path)
    for out in (path, tmp_path / "link"):
        with pytest.raises(BatchError, match="別のファイル"), open_answers(out, path):
            pass
    assert path.read_text(encoding="utf-8") == question("a")


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="no device files here")
def test_a_device_is_written_to_and_never_replaced(tmp_path):
    (tmp_path / "device").symlink_to("/dev/null")
    with open_answers(tmp_path / "device", tmp_path / "q") as stream:
        stream.write("答え\n")
    assert (tmp_path / "device").is_symlink()
    assert not os.path.isfile("/dev/null")


@pytest.mark.parametrize("name", ["missing.jsonl", "."], ids=["missing", "folder"])
def test_unreadable_questions_are_named(tmp_path, name):
    with pytest.raises(BatchError, match="を読めません"), open_questions(tmp_path / name):
        pass


@pytest.mark.parametrize("name", ["missing/answers.jsonl", "."], ids=["no folder", "folder"])
def test_unwritable_answers_are_named(tmp_path, name):
    with (
        pytest.raises(BatchError, match="に書き込めません"),
        open_answers(tmp_path / name, tmp_path / "q"),
    ):
        pass


def test_program_answers_a_file_and_tells_of_bad_lines(tenkyo, tmp_path):
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text(f"{question('a')}\n{{\n{question('b')}\n", encoding="utf-8")
    done = tenkyo("ask", "--batch", str(questions), "--out", str(out))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "3行のうち1行に答えられませんでした。\n"
    ids = [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert ids == ["a", None, "b"]


def test_program_writes_answers_to_standard_output(tenkyo, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text(question("a"), encoding="utf-8")
    done = tenkyo("ask", "--batch", str(questions), LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["id"] == "a"
    assert "戦略" in done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_ctrl_c_loses_no_answer(home, tmp_path):
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    os.mkfifo(questions)
    command = [sys.executable, "-m", "ui.cli", "ask", "--batch", str(questions), "--out", str(out)]
    with subprocess.Popen(
        command,
        env=os.environ | {"TENKYO_HOME": str(home)},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        with questions.open("w", encoding="utf-8") as pipe:
            pipe.write(question("a") + "\n")
            pipe.flush()
            part = tmp_path / "a.jsonl.part"
            deadline = time.monotonic() + 60
            while not (part.exists() and part.read_bytes().endswith(b"\n")):
                assert process.poll() is None and time.monotonic() < deadline
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
    assert process.returncode == 130
    assert said == f"途中までの答えは「{part}」にあります。\n"
    assert json.loads(part.read_text(encoding="utf-8"))["id"] == "a"
    assert not out.exists()
