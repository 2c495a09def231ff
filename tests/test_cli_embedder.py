"""`tenkyo embedder`: the choice of a model, where it is kept, and what happens if it fails."""

import json
import os
import shutil
import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from tiny_models import COMMIT, put_into_cache, save_bert

from corpus.errors import InputError, StorageError
from corpus.settings import EMBEDDER_CHOICE, Settings, choose_embedder, load_settings
from index.embedder.static import save_static
from ui import boundary
from ui.cli import app

QUESTION = "情報銀行とは何ですか"
E5 = "intfloat/multilingual-e5-small"


@pytest.fixture
def own(home, tmp_path):
    """A data folder of one's own, with a built index."""
    return shutil.copytree(home, tmp_path / "home")


@pytest.fixture
def inside(own, monkeypatch, capsys):
    """Run the program in this process; any attempt to reach a network fails the test."""

    def refuse(*address):
        pytest.fail(f"tried to reach {address}")

    def run(*arguments, **environment):
        with monkeypatch.context() as patch:
            patch.setattr(socket.socket, "connect", refuse)
            patch.setattr(socket, "getaddrinfo", refuse)
            for name, value in ({"TENKYO_HOME": str(own)} | environment).items():
                patch.setenv(name, value)
            code = boundary.run(lambda: app(arguments, prog_name="tenkyo", standalone_mode=False))
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return run


@pytest.fixture
def words(tmp_path):
    """Word vectors as `tenkyo embedder train` makes them."""
    vectors = np.random.default_rng(0).standard_normal((3, 8)).astype(np.float32)
    save_static(tmp_path / "語のモデル", ("情報", "銀行", "データ"), vectors)
    return tmp_path / "語のモデル"


@pytest.fixture(scope="module")
def bert(tmp_path_factory):
    return save_bert(tmp_path_factory.mktemp("bert") / "plain")


def state(home):
    """What must not change: the choice, and which index serves."""
    choice = home / EMBEDDER_CHOICE
    kept = choice.read_text(encoding="utf-8") if choice.exists() else None
    return kept, (home / "current").read_text(encoding="utf-8")


# --- which setting counts ---


def test_a_variable_goes_before_the_choice_and_the_choice_before_the_default(tmp_path, monkeypatch):
    monkeypatch.setenv("TENKYO_HOME", str(tmp_path))
    default = Settings.model_fields["embedder"].default
    assert load_settings().embedder == default
    choose_embedder(tmp_path, "cl-nagoya/ruri-v3-30m")
    assert load_settings().embedder == "cl-nagoya/ruri-v3-30m"
    monkeypatch.setenv("TENKYO_EMBEDDER", E5)
    assert load_settings().embedder == E5
    monkeypatch.setenv("TENKYO_EMBEDDER", "")
    assert load_settings().embedder == "cl-nagoya/ruri-v3-30m"
    (tmp_path / EMBEDDER_CHOICE).write_text(" \n", encoding="utf-8")
    assert load_settings().embedder == default


def test_nothing_is_fetched_unless_a_setting_allows_it(tmp_path, monkeypatch):
    monkeypatch.setenv("TENKYO_HOME", str(tmp_path))
    assert load_settings().allow_download is False
    monkeypatch.setenv("TENKYO_ALLOW_DOWNLOAD", "1")
    assert load_settings().allow_download is True
    monkeypatch.setenv("TENKYO_ALLOW_DOWNLOAD", "たぶん")
    with pytest.raises(InputError, match="TENKYO_ALLOW_DOWNLOAD"):
        load_settings()


def test_a_choice_may_be_a_path_that_is_no_text(tmp_path, monkeypatch):
    monkeypatch.setenv("TENKYO_HOME", str(tmp_path))
    name = os.fsdecode(b"/models/\xff\xfe")
    choose_embedder(tmp_path, name)
    assert load_settings().embedder == name


def test_a_choice_that_cannot_be_read_or_kept_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("TENKYO_HOME", str(tmp_path))
    (tmp_path / EMBEDDER_CHOICE).mkdir()
    with pytest.raises(StorageError, match="読めません"):
        load_settings()
    with pytest.raises(StorageError, match="書き込めません"):
        choose_embedder(tmp_path, E5)


# --- use and show ---


def test_another_model_is_used_from_then_on_and_the_first_one_again(inside, own, words):
    _, before = state(own)
    used = inside("embedder", "use", str(words))
    assert (used.returncode, used.stderr) == (0, "")
    assert used.stdout.startswith(f"埋め込みモデルを「{words}」にしました。\n索引：")
    assert "（8次元、" in used.stdout
    chosen, after = state(own)
    assert (chosen, after != before) == (f"{words}\n", True)

    answer = inside("ask", "--json", QUESTION)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["provenance"]["embedder"] == words.name
    assert state(own) == (chosen, after)
    shown = inside("embedder", "show").stdout
    assert shown.startswith(f"埋め込みモデル：{words}（tenkyo embedder use による指定）\n索引：")
    assert inside("embedder").stdout == shown

    assert inside("embedder", "use", "fitted").returncode == 0
    assert inside("embedder", "show").stdout.startswith("埋め込みモデル：fitted（tenkyo embedder")


def test_a_folder_is_kept_by_its_whole_path(inside, own, words, monkeypatch):
    monkeypatch.chdir(words.parent)
    assert inside("embedder", "use", words.name).returncode == 0
    assert state(own)[0] == f"{words}\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("nobody/no-such-model", "hf download nobody/no-such-model", id="ハブの名前"),
        pytest.param("/無い/フォルダー", "「/無い/フォルダー」がありません", id="フォルダー"),
        pytest.param("", "「」がありません", id="空"),
    ],
)
def test_a_model_that_cannot_be_opened_changes_nothing(inside, own, words, name, said):
    inside("embedder", "use", str(words))
    before = state(own)
    tried = inside("embedder", "use", name)
    assert (tried.returncode, tried.stdout) == (1, "")
    assert tried.stderr.startswith("埋め込みモデルは替えていません。")
    assert said in tried.stderr
    assert tried.stderr.count("\n") == 1
    assert state(own) == before
    assert inside("ask", QUESTION).stderr == ""


def test_a_failed_build_changes_nothing(inside, own, words):
    before = state(own)
    (words / "model.safetensors").write_bytes(b"nothing")
    tried = inside("embedder", "use", str(words))
    assert (tried.returncode, tried.stdout) == (1, "")
    assert "読めません" in tried.stderr
    assert state(own) == before


def test_use_says_that_a_variable_would_go_before_it(inside, own, words):
    before = state(own)
    tried = inside("embedder", "use", str(words), TENKYO_EMBEDDER="fitted")
    assert (tried.returncode, tried.stdout) == (2, "")
    assert "TENKYO_EMBEDDER" in tried.stderr
    assert state(own) == before


def test_the_old_index_answers_and_says_why_the_model_is_not_used(inside, own):
    before = state(own)
    asked = inside("ask", QUESTION, TENKYO_EMBEDDER=E5)
    assert asked.returncode == 0
    assert "※1：情報銀行" in asked.stdout
    assert asked.stderr.startswith("索引を新しくできないため、前の索引を使います。")
    assert f"hf download {E5} --local-dir multilingual-e5-small" in asked.stderr
    assert asked.stderr.count("\n") == 1
    assert state(own) == before

    shown = inside("embedder", "show", TENKYO_EMBEDDER=E5).stdout
    assert shown.startswith(f"埋め込みモデル：{E5}（環境変数 TENKYO_EMBEDDER による指定）\n")
    assert "\nこのモデルの索引は作れません。" in shown


def test_show_without_an_index_says_when_there_will_be_one(inside, tmp_path):
    shown = inside("embedder", "show", TENKYO_HOME=str(tmp_path / "new"))
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "次に使うときに作ります。" in shown.stdout
    assert not (tmp_path / "new").exists()


def test_a_hub_model_in_the_cache_serves_by_its_name(tenkyo, inside, own, bert, tmp_path):
    put_into_cache(bert, tmp_path / "hub", E5)
    cache = {"HF_HUB_CACHE": str(tmp_path / "hub")}
    used = tenkyo("embedder", "use", E5, at=own, **cache)
    assert (used.returncode, used.stderr) == (0, "")  # no bar or warning of a library either
    assert "前置き：質問には「query: 」、箇所には「passage: 」" in used.stdout
    asked = tenkyo("ask", "--json", QUESTION, at=own, **cache)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert json.loads(asked.stdout)["provenance"]["embedder"] == E5


# --- fetching, where a setting asks for it ---


@pytest.fixture
def hub(bert):
    """A hub on this machine with the one model `E5`; gives its address and what was asked of it."""
    files = {path.relative_to(bert).as_posix(): path for path in bert.rglob("*") if path.is_file()}
    files |= {"onnx/model.onnx": bert / "config.json", "pytorch_model.bin": bert / "config.json"}
    asked = []

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.answer(send=False)

        def do_GET(self):
            self.answer(send=True)

        def answer(self, send):
            path = self.path.partition("?")[0]
            name = path.removeprefix(f"/{E5}/resolve/{COMMIT}/")
            asked.append(name)
            if path.startswith(f"/api/models/{E5}/tree/"):
                kinds = [
                    {"type": "file", "path": name, "size": place.stat().st_size, "oid": f"{n:040}"}
                    for n, (name, place) in enumerate(files.items())
                ]
                body = json.dumps(kinds).encode()
            elif path.startswith(f"/api/models/{E5}"):
                body = json.dumps({"id": E5, "sha": COMMIT, "siblings": []}).encode()
            elif name in files:
                body = files[name].read_bytes()
            else:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", f'"{abs(hash(path)):040}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            if send:
                self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_model_is_fetched_once_where_a_setting_allows_it(tenkyo, own, hub, tmp_path):
    address, requests = hub
    net = {
        "HF_ENDPOINT": address,
        "HF_HUB_CACHE": str(tmp_path / "hub"),
        "NO_PROXY": "127.0.0.1",
        "TENKYO_EMBEDDER": E5,
    }
    refused = tenkyo("ask", QUESTION, at=own, **net)
    assert (refused.returncode, requests) == (0, [])
    assert "hf download" in refused.stderr

    asked = tenkyo("ask", "--json", QUESTION, at=own, TENKYO_ALLOW_DOWNLOAD="1", **net)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert json.loads(asked.stdout)["provenance"]["embedder"] == E5
    assert "model.safetensors" in requests
    assert not {"onnx/model.onnx", "pytorch_model.bin"} & set(requests)

    requests.clear()
    again = tenkyo("ask", "--json", QUESTION, at=own, **net)
    assert (again.returncode, again.stderr, requests) == (0, "", [])

    next((tmp_path / "hub").rglob("model.safetensors")).unlink()
    half = tenkyo("embedder", "show", at=own, **net)
    assert "この端末にそろっていません" in half.stdout


# --- train ---


def test_a_trained_model_can_be_used(inside, tmp_path):
    (tmp_path / "文書").mkdir()
    lines = [
        "情報銀行は個人のデータを管理する仕組みです。",
        "銀行は個人の預金を管理する。",
        "個人のデータを企業が活用する。",
        "海外へのインフラの展開を支援する。",
    ]
    (tmp_path / "文書" / "例.txt").write_text("\n".join(lines * 30), encoding="utf-8")
    trained = inside(
        *("embedder", "train", "--texts", str(tmp_path / "文書"), "--out", str(tmp_path / "新"))
    )
    assert (trained.returncode, trained.stderr) == (0, "")
    assert f"tenkyo embedder use {tmp_path / '新'}" in trained.stdout
    used = inside("embedder", "use", str(tmp_path / "新"))
    assert (used.returncode, used.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "「--texts」を書いてください。", id="何もなし"),
        pytest.param(["--texts", "."], "「--out」を書いてください。", id="行き先なし"),
        pytest.param(["--texts", "無い", "--out", "新"], "フォルダー「無い」", id="文書なし"),
        pytest.param(["--texts", ".", "--out", "."], "「.」はすでにあります。", id="行き先がある"),
        pytest.param(
            ["--texts", ".", "--out", "新", "--synonyms", "無い.tsv"], "無い.tsv", id="一覧なし"
        ),
    ],
)
def test_what_cannot_be_trained_is_one_sentence(inside, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    tried = inside("embedder", "train", *arguments)
    assert (tried.returncode, tried.stdout) == (2, "")
    assert said in tried.stderr
    assert tried.stderr.count("\n") == 1
    assert list(tmp_path.glob("新*")) == []


@pytest.mark.parametrize("command", ["", "show", "use", "train"])
def test_help_is_japanese(inside, command):
    shown = inside("embedder", *filter(None, [command]), "--help")
    assert shown.returncode == 0
    for english in ("Usage", "Options", "Arguments", "Show this", "TEXT", "PATH"):
        assert english not in shown.stdout
