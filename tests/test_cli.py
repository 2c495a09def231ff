import errno
import json
import os
import subprocess
import sys

import pytest

from corpus.errors import IndexBusy, InputError, QuestionError, TenkyoError
from ui import boundary
from ui.cli import app
from ui.terminal import Conversation

QUESTION = "6つの戦略は何ですか"
HEAVY = "fugashi chromadb bm25s numpy scipy torch sentence_transformers langchain gradio".split()


@pytest.fixture
def inside(home, monkeypatch, capsys):
    """Run the program as `tenkyo` does, but in this process, which is quicker."""

    def run(*arguments, at=home):
        monkeypatch.setenv("TENKYO_HOME", str(at))
        code = boundary.run(lambda: app(arguments, prog_name="tenkyo", standalone_mode=False))
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return run


# --- answers ---


def test_answer_is_shown_with_its_sources(tenkyo):
    done = tenkyo("ask", QUESTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert "オープンイノベーション戦略 [" in done.stdout
    assert "\n出典\n[1] ICTグローバル戦略について「" in done.stdout
    assert "」 L62\n" in done.stdout


def test_words_without_quotes_are_one_question(inside):
    done = inside("ask", "--json", "トラストサービス", "定義")
    assert json.loads(done.stdout)["question"] == "トラストサービス 定義"


def test_json_is_one_object_and_nothing_else(tenkyo):
    done = tenkyo("ask", "--json", QUESTION, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    found = json.loads(done.stdout)
    assert found["status"] == "answered"
    assert found["citations"][0]["line_start"] == 62
    assert "オープンイノベーション" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        pytest.param(["ask", "--json", "x", "--report", "nope"], {"question": "x"}, id="ask"),
        pytest.param(["ask", "--json"], {"question": ""}, id="no question"),
        pytest.param(["search", "--json", "x", "--report", "nope"], {"query": "x"}, id="search"),
    ],
)
def test_error_is_json_too_where_json_is_wanted(inside, arguments, asked):
    done = inside(*arguments)
    said = done.stderr.removesuffix("\n")
    assert done.returncode == 2
    assert said
    assert json.loads(done.stdout) == {**asked, "status": "error", "error": said}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", id="empty"),
        pytest.param("\u3000 ", id="blank"),
        pytest.param("\x1b\x07", id="controls"),
        pytest.param(os.fsdecode(b"\xff\xfe"), id="not utf-8"),
        pytest.param("あ" * 30_000, id="too long"),
    ],
)
def test_question_that_cannot_be_asked_is_refused_in_one_sentence(inside, question):
    done = inside("ask", question)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("質問が")
    assert done.stderr.count("\n") == 1


def test_controls_in_a_question_do_not_reach_the_terminal(inside):
    done = inside("ask", "\x1b[31m" + QUESTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


# --- looking things up ---


def test_search_explains_its_scores(inside):
    done = inside("search", "G20", "茨城", "--explain", "--limit", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1. ICTグローバル戦略について「")
    assert done.stdout.count("得点 ") == 2


def test_search_gives_hits_as_the_answer_object_has_them(inside):
    asked = json.loads(inside("ask", "--json", QUESTION).stdout)
    found = json.loads(inside("search", "--json", QUESTION, "--limit", "3").stdout)
    assert found["query"] == QUESTION
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    for hit in found["hits"]:
        assert set(hit) - {"parts"} == set(asked["hits"][0]) - {"place"}
        assert {"lemmas", "bigrams", "dense"} <= set(hit["parts"])


def test_search_says_when_it_finds_nothing(inside):
    done = inside("search", "\ufffd")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("見つかりませんでした。")


def test_section_of_the_outline_can_be_shown(inside):
    line = next(x for x in inside("outline").stdout.splitlines() if x.endswith("6つの戦略 L60"))
    done = inside("show", line.split()[0])
    assert (done.returncode, done.stderr) == (0, "")
    assert "    60  ## 6つの戦略\n" in done.stdout
    assert "   115  ### 6. オープンイノベーション戦略\n" in done.stdout
    assert "   126  " not in done.stdout


# --- what is kept ---


def test_report_is_added_asked_and_removed(inside, tmp_path):
    home, note = tmp_path / "home", tmp_path / "漁業の記録.md"
    note.write_text("# 漁業の記録\n\n漁船の数は4,321隻である。\n", encoding="utf-8")
    (tmp_path / "絵.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")

    added = inside("add", str(tmp_path / "絵.png"), str(note), "--publisher", "漁業庁", at=home)
    assert added.returncode == 2
    assert added.stderr.startswith("「絵.png」は取り込めません。")
    assert added.stderr.count("\n") == 1
    assert added.stdout == "「漁業の記録」を取り込みました（ID：漁業の記録）。\n"
    assert "すでに" in inside("add", str(note), at=home).stdout

    kept = json.loads(inside("reports", "--json", at=home).stdout)["reports"]
    assert [(each["id"], each["shipped"]) for each in kept] == [
        ("ict-global-strategy", True),
        ("漁業の記録", False),
    ]
    assert kept[1]["publisher"] == "漁業庁"
    assert "漁業の記録\n    漁業の記録\n    漁業庁\n" in inside("reports", at=home).stdout

    found = inside("ask", "--json", "漁船の数はいくつですか", "--report", "漁業の記録", at=home)
    assert "4,321隻" in json.loads(found.stdout)["answer"]

    assert inside("remove", "漁業の記録", at=home).returncode == 0
    assert inside("ask", "x", "--report", "漁業の記録", at=home).returncode == 2


def test_index_is_built_once_and_doctor_repairs_it(inside, tmp_path):
    assert inside("doctor", at=tmp_path).returncode == 0
    built = inside("index", at=tmp_path)
    assert (built.returncode, built.stderr) == (0, "")
    assert built.stdout.startswith("索引は最新です（報告書1件、")
    served = (tmp_path / "current").read_text(encoding="utf-8")
    assert inside("index", at=tmp_path).stdout == built.stdout
    assert (tmp_path / "current").read_text(encoding="utf-8") == served

    (tmp_path / "snapshots" / served.strip() / "manifest.json").write_bytes(b"{")
    found = inside("doctor", at=tmp_path)
    assert found.returncode == 1
    assert "× 索引" in found.stdout
    assert "--repair" in found.stderr
    assert inside("doctor", "--repair", at=tmp_path).returncode == 0
    assert inside("doctor", at=tmp_path).returncode == 0


def test_rebuilt_index_is_another_one(inside, tmp_path):
    inside("index", at=tmp_path)
    served = (tmp_path / "current").read_text(encoding="utf-8")
    assert inside("index", "--rebuild", at=tmp_path).returncode == 0
    assert (tmp_path / "current").read_text(encoding="utf-8") != served


def test_version_is_shown(inside):
    done = inside("version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("tenkyo 0")


# --- help and mistakes ---


def test_without_a_terminal_the_program_says_hello(tenkyo, tmp_path):
    done = tenkyo(at=tmp_path / "untouched")
    assert (done.returncode, done.stderr) == (0, "")
    assert "tenkyo ask" in done.stdout
    assert not (tmp_path / "untouched").exists()


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["add", "-h"]], ids=" ".join)
def test_help_is_japanese_and_loads_nothing_heavy(arguments, home):
    program = (
        "import sys\nfrom ui.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    print('終了', end.code)\n"
        f"print('重い', *set({HEAVY}) & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"TENKYO_HOME": str(home)},
    )
    assert done.stdout.endswith("終了 0\n重い\n")
    for english in ("Usage", "Options", "Commands", "Arguments", "Show this", "OPTIONS", "list["):
        assert english not in done.stdout


def test_every_command_and_option_is_explained():
    import typer.main

    program = typer.main.get_command(app)
    for command in program.commands.values():
        assert command.help, command.name
        for parameter in command.params:
            assert parameter.help, (command.name, parameter.name)


def test_help_names_the_exit_codes(inside):
    done = inside("--help")
    assert done.returncode == 0
    assert "終了コード：0" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        pytest.param(["ask", "--jsn", "x"], "「--jsn」という指定は", id="unknown option"),
        pytest.param(["ask", "--report"], "「--report」に値が", id="option without its value"),
        pytest.param(["ask", "--json=1", "x"], "「--json」に値が", id="flag with a value"),
        pytest.param(["search", "x", "--limit", "abc"], "「--limit」の値が", id="not a number"),
        pytest.param(["search", "x", "--limit", "0"], "「--limit」の値が", id="out of range"),
        pytest.param(["search"], "「言葉」を書いてください。", id="missing argument"),
        pytest.param(["show"], "「節のID」を書いてください。", id="missing section"),
        pytest.param(["show", "a", "b"], "「b」は余分です。", id="one argument too many"),
        pytest.param(["doctor", "x", "y"], "「x y」は余分です。", id="no argument wanted"),
        pytest.param([QUESTION], "tenkyo ask", id="question without ask"),
        pytest.param(["--foo"], "「--foo」という指定はありません。", id="unknown program option"),
        pytest.param(["ask"], "質問を書いてください。", id="no question"),
        pytest.param(["ask", "x", "--batch", "q"], "--batch は一緒に", id="question and batch"),
        pytest.param(["ask", "x", "--out", "a"], "--out は --batch と", id="out without batch"),
        pytest.param(["ask", "--batch", "/no/q.jsonl"], "「/no/q.jsonl」を", id="missing batch"),
        pytest.param(["add"], "「ファイル」を書いてください。", id="nothing to add"),
        pytest.param(["add", "a", "b", "--title", "t"], "--title は", id="one title for two"),
        pytest.param(["add", "/no/\x1b[31m.md"], "「/no/�[31m.md」は", id="controls in a name"),
        pytest.param(["remove", "nope"], "「nope」はありません。", id="unknown report"),
        pytest.param(["remove", "ict-global-strategy"], "付属の報告書", id="shipped report"),
        pytest.param(["outline", "--report", "nope"], "「nope」はありません。", id="no outline"),
        pytest.param(["show", "nope"], "節「nope」はありません。", id="unknown section"),
        pytest.param(["search", " "], "探す言葉が空です。", id="nothing sought"),
        pytest.param(["search", "あ" * 9000], "探す言葉が長すぎます。", id="too much sought"),
    ],
)
def test_mistake_is_one_japanese_line_and_exit_code_2(inside, arguments, named):
    done = inside(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr
    assert done.stderr.count("\n") == 1
    assert not [word for word in ("Usage", "Error", "Try", "Missing") if word in done.stderr]


def test_bad_setting_is_named(inside, monkeypatch):
    monkeypatch.setenv("TENKYO_MAX_REPORT_MB", "大きい")
    done = inside("reports")
    assert done.returncode == 2
    assert "TENKYO_MAX_REPORT_MB" in done.stderr


# --- the boundary ---


def failing(error):
    def program():
        raise error

    return program


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        pytest.param(TenkyoError("失敗です。"), 1, "失敗です。", id="failure"),
        pytest.param(IndexBusy("使用中です。"), 1, "使用中です。", id="busy"),
        pytest.param(InputError("誤りです。"), 2, "誤りです。", id="input"),
        pytest.param(QuestionError("二行\nです。"), 2, "二行 です。", id="one line always"),
        pytest.param(KeyboardInterrupt(), 130, "", id="ctrl-c"),
        pytest.param(
            OSError(errno.ENOSPC, "No space left on device", "/data/x"),
            1,
            "「/data/x」を読み書きできません。空き容量がありません。",
            id="full disk",
        ),
        pytest.param(
            OSError(errno.EROFS, "Read-only file system"),
            1,
            "読み書きできません。読み取り専用の場所です。",
            id="read-only disk",
        ),
        pytest.param(
            OSError(errno.EIO, "Input/output error"),
            1,
            "読み書きできません。（Input/output error）",
            id="rare reason",
        ),
    ],
)
def test_error_becomes_a_sentence_and_an_exit_code(capsys, error, code, said):
    assert boundary.run(failing(error)) == code
    assert capsys.readouterr().err.removesuffix("\n") == said


def test_what_no_user_can_cause_stays_loud():
    with pytest.raises(ZeroDivisionError):
        boundary.run(failing(ZeroDivisionError()))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_full_disk_behind_standard_output_is_said(home):
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", "reports"],
            env=os.environ | {"TENKYO_HOME": str(home)},
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert done.returncode == 1
    assert done.stderr == "読み書きできません。空き容量がありません。\n"


def test_reader_that_leaves_early_is_no_error_message(home):
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "outline"],
        env=os.environ | {"TENKYO_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_folder_that_cannot_be_written_is_named(inside, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = inside("index", at=tmp_path / "file" / "home")
    assert done.returncode == 1
    assert "書き込めません" in done.stderr
    assert done.stderr.count("\n") == 1


# --- the conversation ---


def test_conversation_rests_on_what_was_asked_before(assistant):
    conversation = Conversation(assistant)
    conversation.reply(QUESTION)
    shown = conversation.reply("その2番目は？").plain
    assert shown.startswith("（お尋ねの読み方：データ流通戦略")
    assert conversation.reply("／新規").plain == "会話を新しくしました。"
    with pytest.raises(InputError, match="出典はありません"):
        conversation.reply("/出典 1")


@pytest.mark.parametrize("typed", ["/出典 2", "／出典　２", "/出典[2]", "/出典2"])
def test_source_of_the_last_answer_is_shown_with_its_lines(assistant, typed):
    conversation = Conversation(assistant)
    conversation.reply(QUESTION)
    shown = conversation.reply(typed).plain
    assert shown.startswith("[2] ")
    assert shown.endswith("原文\n    79  ### 2. データ流通戦略")


@pytest.mark.parametrize("typed", ["/出典", "/出典 0", "/出典 99", "/出典 " + "9" * 5000])
def test_source_that_is_not_there_is_explained(assistant, typed):
    conversation = Conversation(assistant)
    conversation.reply(QUESTION)
    with pytest.raises(InputError, match="6件"):
        conversation.reply(typed)


@pytest.mark.parametrize("typed", ["終了", " exit ", "QUIT", "ｅｘｉｔ", "/終了"])
def test_user_can_leave(assistant, typed):
    assert Conversation(assistant).reply(typed) is None


@pytest.mark.parametrize("typed", ["/", "/help", "/出典 二"])
def test_unknown_command_lists_the_commands(assistant, typed):
    assert "/新規" in Conversation(assistant).reply(typed).plain


@pytest.mark.parametrize("typed", ["G20\x00\x1b[2Jとは", "G20\ud800とは"], ids=["controls", "half"])
def test_odd_characters_are_answered(assistant, typed):
    assert "\x1b" not in Conversation(assistant).reply(typed).plain


def test_question_that_failed_is_not_remembered(assistant):
    conversation = Conversation(assistant)
    with pytest.raises(QuestionError):
        conversation.reply("あ" * 9000)
    assert "前の質問" not in conversation.reply("その2番目は？").plain


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_conversation_in_a_terminal(home):
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli"],
        env=os.environ | {"TENKYO_HOME": str(home)},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        os.write(ours, f"{QUESTION}\n/出典 9\nG20\n".encode() + b"\xff\n\x04")
        shown, said = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    assert shown.startswith("「ICTグローバル戦略について」について、")
    assert "オープンイノベーション戦略 [6]" in shown
    assert "直前の答えの出典は6件です。" in said
