"""The life of an index: built, opened, found stale or damaged, rebuilt, never half used."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus import library
from corpus.errors import (
    EmbedderUnavailable,
    IndexBusy,
    SnapshotDamaged,
    StorageError,
    UnknownReport,
)
from corpus.settings import Settings
from index.build import build_snapshot, recipe
from index.doctor import examine, repair
from index.retrieve import retrieve
from index.serve import current_folder, open_snapshot, serving
from index.snapshot import read_snapshot

ROOT = Path(__file__).parent.parent

REPORT = """\
# 森林の整備に関する報告書

## 背景
人工林の半数が利用期を迎えている。担い手は10年間で3割減った。

## 施策の方向
次の施策を進める。
- 間伐の推進：年間45万ヘクタールを目標とする
- 林道の整備
- 苗木の生産体制の強化
- 木材の利用の拡大

## 目標
| 項目 | 2020年度 | 2030年度 |
|---|---|---|
| 国産材の供給量 | 3,100万立方メートル | 4,200万立方メートル |
| 林業の就業者 | 4.4万人 | 5.0万人 |
"""

OTHER = """\
# 海洋の資源に関する報告書

## 背景
漁獲量は減っている。

- 養殖の推進
- 資源の管理
"""

QUESTION = "間伐の目標は何ヘクタールですか"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A small report in the place of the shipped one, so that a build takes no time."""
    place = tmp_path_factory.mktemp("shipped")
    with pytest.MonkeyPatch.context() as patch:
        settings = Settings(embedder="fitted", home=tmp_path_factory.mktemp("maker"))
        patch.setattr(library, "SHIPPED", tmp_path_factory.mktemp("none"))
        library.add(settings, written(tmp_path_factory.mktemp("file") / "shinrin.md", REPORT))
        shutil.copytree(settings.home / "reports", place, dirs_exist_ok=True)
        patch.setattr(library, "SHIPPED", place)
        yield place


@pytest.fixture(scope="module")
def built(shipped, tmp_path_factory):
    """A data folder with an index; only for copying."""
    home = tmp_path_factory.mktemp("built")
    open_snapshot(Settings(embedder="fitted", home=home)).close()
    return home


@pytest.fixture
def settings(built, tmp_path):
    """Settings that point to a copy of the built data folder, which the test may damage."""
    shutil.copytree(built, tmp_path / "home")
    return Settings(embedder="fitted", home=tmp_path / "home")


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def opened(settings, **options):
    snapshot = open_snapshot(settings, **options)
    try:
        yield snapshot
    finally:
        snapshot.close()


def answers(snapshot):
    return "45万ヘクタール" in retrieve(snapshot, QUESTION)[0].passage.text


def live(settings):
    """The folder of the snapshot that serves."""
    folder = current_folder(settings)
    assert folder is not None
    return folder


def folders(settings):
    return sorted(path.name for path in (settings.home / "snapshots").iterdir())


def test_an_index_is_built_once_and_then_opened(settings):
    before = live(settings)
    with opened(settings) as first, opened(settings) as second:
        assert first.folder == second.folder == before
        assert not first.is_stale
        assert answers(first)


def test_closing_one_opening_leaves_the_other(settings):
    with opened(settings) as first:
        open_snapshot(settings).close()
        assert answers(first)


def test_the_manifest_says_what_it_was_made_of(settings):
    with opened(settings) as snapshot:
        manifest = snapshot.manifest
    assert manifest.recipe == recipe(settings)
    assert manifest.embedder == "fitted"
    assert list(manifest.reports) == ["shinrin"]
    kinds = {name.split("/")[0] for name in manifest.files}
    assert kinds == {"reports", "lemmas", "bigrams", "fitted", "vectors", "probes.npy"}


def test_rows_and_passages_of_two_reports_fit_together(settings, tmp_path):
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    with opened(settings) as snapshot:
        assert snapshot.report_ids == ("shinrin", "kaiyo")
        for report_id in snapshot.report_ids:
            found = [snapshot.passage(row) for row in snapshot.rows(report_id)]
            assert tuple(found) == snapshot.report(report_id).passages
        with pytest.raises(UnknownReport, match="無い報告書"):
            snapshot.rows("無い報告書")


# ---- what a snapshot depends on


def change_title(settings, tmp_path):
    """Of an added report: a person may edit its report.toml."""
    toml = next((settings.home / "reports").glob("*/report.toml"))
    toml.write_text(toml.read_text(encoding="utf-8").replace("海洋", "大洋"), encoding="utf-8")
    return settings


def remove_report(settings, tmp_path):
    library.remove(settings, "kaiyo")
    return settings


def add_report(settings, tmp_path):
    library.add(settings, written(tmp_path / "sanrin.md", REPORT + "\n追記。\n"))
    return settings


def switch(**changes):
    return lambda settings, tmp_path: settings.model_copy(update=changes)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(add_report, id="報告書を加える"),
        pytest.param(remove_report, id="報告書を除く"),
        pytest.param(change_title, id="題名を直す"),
        pytest.param(switch(outline=False), id="推定の見出しを切る"),
        pytest.param(switch(errata=False), id="推定の正誤を切る"),
        pytest.param(switch(embedder="別のモデル"), id="モデルを替える"),
    ],
)
def test_the_recipe_changes_with(settings, tmp_path, change):
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    overlay = settings.home / "reports" / "kaiyo"
    written(overlay / "outline.toml", "# 推定なし\n")
    written(overlay / "errata.toml", "# 推定なし\n")
    before = recipe(settings)
    assert recipe(settings) == before
    assert recipe(change(settings, tmp_path)) != before


def test_the_recipe_does_not_change_with_settings_that_the_index_does_not_know(settings):
    assert recipe(settings.model_copy(update={"max_question_chars": 10})) == recipe(settings)


def test_an_added_report_is_found_and_a_removed_one_is_not(settings, tmp_path):
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    with opened(settings) as snapshot:
        assert "養殖" in retrieve(snapshot, "養殖の推進")[0].passage.text
    library.remove(settings, "kaiyo")
    with opened(settings) as snapshot:
        assert snapshot.report_ids == ("shinrin",)
        assert all("養殖" not in hit.passage.text for hit in retrieve(snapshot, "養殖の推進"))


# ---- damage


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path):
    path.write_bytes(b"")


def delete(path):
    path.unlink()


def flip(path):
    """Change one byte, keeping the length."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


KINDS = [
    "manifest.json",
    "reports/*.json",
    "lemmas/weights.npy",
    "lemmas/terms.json",
    "bigrams/rows.npy",
    "fitted/model.safetensors",
    "fitted/tokenizer.json",
    "probes.npy",
    "vectors/*/data_level0.bin",
    "vectors/*/header.bin",
    "vectors/*/index_metadata.pickle",
]


@pytest.mark.parametrize("damage", [cut, empty, delete, flip])
@pytest.mark.parametrize("kind", KINDS)
def test_damage_to_a_file_is_noticed(settings, kind, damage):
    folder = live(settings)
    (path,) = folder.glob(kind)
    damage(path)
    with pytest.raises(SnapshotDamaged) as caught:
        read_snapshot(folder, settings)
    assert re.fullmatch(r"[^\n]+。", str(caught.value))


@pytest.mark.parametrize("damage", [cut, empty, delete])
def test_damage_to_the_database_of_the_vectors_is_noticed(settings, damage):
    damage(live(settings) / "vectors" / "chroma.sqlite3")
    with pytest.raises(SnapshotDamaged):
        read_snapshot(live(settings), settings)


def test_torn_pages_of_the_database_are_noticed(settings):
    database = live(settings) / "vectors" / "chroma.sqlite3"
    data = bytearray(database.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8192] = bytes(8192)
    database.write_bytes(data)
    with pytest.raises(SnapshotDamaged):
        read_snapshot(live(settings), settings)


def test_lost_rows_of_the_database_are_noticed(settings):
    with sqlite3.connect(live(settings) / "vectors" / "chroma.sqlite3") as database:
        database.execute("DELETE FROM embeddings WHERE id > 3")
    database.close()
    with pytest.raises(SnapshotDamaged):
        read_snapshot(live(settings), settings)


def lose_graph(folder):
    """Chroma says nothing of it: it counts all rows and finds one."""
    shutil.rmtree(next(path for path in (folder / "vectors").iterdir() if path.is_dir()))


def lose_vectors(folder):
    shutil.rmtree(folder / "vectors")


def lose_all(folder):
    shutil.rmtree(folder)


def lose_name(folder):
    (folder.parent.parent / "current").unlink()


def add_file(folder):
    (folder / "reports" / "foreign.json").write_text("{}", encoding="utf-8")


def swap_lexical(folder):
    os.replace(folder / "lemmas", folder / "x")
    os.replace(folder / "bigrams", folder / "lemmas")
    os.replace(folder / "x", folder / "bigrams")


def cut_manifest(folder):
    cut(folder / "manifest.json")


def newer_format(folder):
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": ', '"format": 9'))


@pytest.mark.parametrize(
    "damage",
    [lose_graph, lose_vectors, lose_all, add_file, swap_lexical, cut_manifest, newer_format],
)
def test_a_damaged_index_is_rebuilt_from_the_kept_reports(settings, damage):
    damage(live(settings))
    with pytest.raises(SnapshotDamaged):
        read_snapshot(live(settings), settings)
    with opened(settings) as snapshot:
        assert not snapshot.is_stale
        assert answers(snapshot)
    with opened(settings) as again:
        assert again.folder == snapshot.folder


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="空"),
        pytest.param(b"\x00" * 12, id="NUL"),
        pytest.param(b"\xff\xfe\x00", id="文字でない"),
        pytest.param(b"0123456789ab\n", id="無い名前"),
        pytest.param(b"..\n", id="上の階層"),
        pytest.param(b"../../reports\n", id="外の場所"),
        pytest.param(b"/etc\n", id="絶対パス"),
        pytest.param("索引\n".encode(), id="別の字"),
        pytest.param(b"a" * 5000, id="長い"),
    ],
)
def test_whatever_current_says_a_whole_index_serves(settings, content):
    (settings.home / "current").write_bytes(content)
    with opened(settings) as snapshot:
        assert snapshot.folder.parent == settings.home / "snapshots"
        assert answers(snapshot)
    assert live(settings) == snapshot.folder


def test_without_current_a_new_index_is_built(settings):
    (settings.home / "current").unlink()
    with opened(settings) as snapshot:
        assert answers(snapshot)
    assert live(settings) == snapshot.folder


# ---- builds that fail leave the old one serving


def spoil_original(settings, tmp_path):
    """Of an added report, after it was indexed."""
    original = next((settings.home / "reports").glob("*/report.md"))
    written(original, "すり替えられた文")
    return "原本"


def spoil_toml(settings, tmp_path):
    written(next((settings.home / "reports").glob("*/report.toml")), "title = ")
    return "report.toml"


def spoil_overlay(settings, tmp_path):
    written(settings.home / "reports" / "kaiyo" / "outline.toml", "place = 3\n")
    return "outline.toml"


def block_naming(settings, tmp_path):
    library.remove(settings, "kaiyo")
    (settings.home / "current.new").mkdir()
    return "書き込めません"


@pytest.mark.parametrize("spoil", [spoil_original, spoil_toml, spoil_overlay, block_naming])
def test_a_build_that_fails_leaves_the_old_index_serving(settings, tmp_path, spoil):
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    with opened(settings) as before:
        pass
    kept = folders(settings)
    told = spoil(settings, tmp_path)
    for _ in range(2):
        with opened(settings) as snapshot:
            assert snapshot.folder == before.folder
            assert snapshot.is_stale
            assert told in (snapshot.trouble or "")
            assert answers(snapshot)
    assert folders(settings) == kept


def test_a_missing_model_leaves_the_old_index_serving(settings):
    other = settings.model_copy(update={"embedder": "nobody/no-such-model"})
    with opened(other) as snapshot:
        assert snapshot.is_stale
        assert "no-such-model" in (snapshot.trouble or "")
        assert answers(snapshot)


def test_a_missing_model_and_no_index_is_an_error(tmp_path, shipped):
    with pytest.raises(EmbedderUnavailable):
        open_snapshot(Settings(home=tmp_path / "home", embedder="nobody/no-such-model"))
    assert not (tmp_path / "home" / "current").exists()
    assert list((tmp_path / "home" / "snapshots").iterdir()) == []


@pytest.mark.parametrize("name", ["snapshots", "index.lock"])
def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path, shipped, name):
    home = tmp_path / "home"
    home.mkdir()
    if name == "snapshots":
        written(home / name, "フォルダーではない")
    else:
        (home / name).mkdir()
    with pytest.raises(StorageError) as caught:
        open_snapshot(Settings(embedder="fitted", home=home), patience=0.1)
    assert re.fullmatch(r"[^\n]+。（[^\n]+）|[^\n]+。", str(caught.value))


def test_a_data_folder_inside_a_file_is_one_sentence(tmp_path, shipped):
    with pytest.raises(StorageError, match="書き込めません"):
        open_snapshot(Settings(embedder="fitted", home=written(tmp_path / "file", "x") / "home"))


def test_a_crash_between_building_and_naming_leaves_the_old_one_serving(settings, tmp_path):
    before = live(settings)
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    crashed = build_snapshot(settings, recipe(settings), lambda stage, done, total: None)
    assert live(settings) == before
    old = serving(settings)
    assert old is not None
    assert old.folder == before
    old.close()
    with opened(settings) as snapshot:
        assert snapshot.report_ids == ("shinrin", "kaiyo")
    assert crashed.name not in folders(settings)


def test_the_replaced_index_is_kept_and_older_ones_go(settings, tmp_path):
    (settings.home / "snapshots" / ".build-left").mkdir()
    names = [live(settings).name]
    for n in range(3):
        library.add(settings, written(tmp_path / f"r{n}.md", OTHER + f"\n第{n}稿。\n"))
        with opened(settings) as snapshot:
            names.append(snapshot.id)
        assert folders(settings) == sorted(names[-2:])


def test_rebuilding_gives_a_new_whole_index(settings):
    before = live(settings)
    with opened(settings, rebuild=True) as snapshot:
        assert snapshot.folder != before
        assert snapshot.manifest.recipe == recipe(settings)
        assert answers(snapshot)


# ---- other processes

HOLDER = """
import sys
from pathlib import Path
from index.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

BUILDER = """
import resource, sys, time
from pathlib import Path
from corpus import library
from corpus.settings import Settings
from index.serve import open_snapshot

library.SHIPPED = Path(sys.argv[2])

def progress(stage, done, total):
    if stage != sys.argv[3]:
        return
    if sys.argv[4] == "wait":
        print(stage, flush=True)
        time.sleep(60)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]),) * 2)

try:
    snapshot = open_snapshot(Settings(embedder="fitted", home=sys.argv[1]), progress)
    print(snapshot.id, snapshot.trouble, flush=True)
except library.StorageError as error:
    print("refused", error, flush=True)
"""


@contextmanager
def running(code, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_an_index_that_another_process_writes_is_busy(settings):
    with running(HOLDER, settings.home) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexBusy, match="ほかの tenkyo が索引を作っています"):
            open_snapshot(settings, rebuild=True, patience=0.1)
        with opened(settings, patience=0.1) as snapshot:
            assert not snapshot.is_stale


def test_while_another_process_writes_the_old_index_serves(settings, tmp_path):
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    with running(HOLDER, settings.home) as holder:
        assert holder.stdout.readline() == "held\n"
        with opened(settings, patience=0.1) as snapshot:
            assert snapshot.report_ids == ("shinrin",)
            assert "ほかの tenkyo" in (snapshot.trouble or "")
    with opened(settings, patience=0.1) as snapshot:
        assert snapshot.report_ids == ("shinrin", "kaiyo")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("stage", ["報告書を読む", "語に分ける", "意味を測る", "索引"])
def test_a_killed_build_leaves_the_old_index_serving(settings, shipped, tmp_path, stage):
    before = live(settings)
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    with running(BUILDER, settings.home, shipped, stage, "wait") as builder:
        assert builder.stdout.readline() == f"{stage}\n"
        builder.send_signal(signal.SIGKILL)
        builder.wait()
    old = serving(settings)
    assert old is not None
    assert old.folder == before
    assert answers(old)
    old.close()
    with opened(settings, patience=0.1) as snapshot:
        assert snapshot.report_ids == ("shinrin", "kaiyo")
        assert not snapshot.is_stale
    assert folders(settings) == sorted([before.name, snapshot.id])


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
@pytest.mark.parametrize("limit", [100, 1500, 4096, 40_000, 150_000])
def test_a_full_disk_is_one_sentence_and_the_old_index_serves(settings, shipped, tmp_path, limit):
    """No file may grow beyond `limit` bytes, which every library meets as a full disk."""
    before = live(settings)
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    with running(BUILDER, settings.home, shipped, "報告書を読む", limit) as builder:
        told = builder.stdout.readline()
    assert told.startswith(f"{before.name} ")
    assert "書き込めません" in told
    with running(BUILDER, tmp_path / "new", shipped, "報告書を読む", limit) as builder:
        told = builder.stdout.readline()
    assert told.startswith("refused")
    assert "書き込めません" in told
    assert list((tmp_path / "new" / "snapshots").iterdir()) == []


READER = """
import os, sys
from pathlib import Path
from corpus import library
from corpus.settings import Settings
from index.retrieve import retrieve
from index.serve import open_snapshot

library.SHIPPED = Path(sys.argv[2])
settings = Settings(embedder="fitted", home=sys.argv[1])

def ask():
    snapshot = open_snapshot(settings)
    best = retrieve(snapshot, sys.argv[3])[0].passage.text
    snapshot.close()
    return best

ask()  # loads every module, as another user may not read them
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
assert not os.access(settings.home, os.W_OK)
print(ask(), flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_an_index_that_may_only_be_read_serves(built, shipped):
    """Chroma itself refuses to open such a folder: it writes into its database to read it."""
    with tempfile.TemporaryDirectory() as outside:
        place = Path(outside)
        home, reports = place / "home", place / "shipped"
        shutil.copytree(built, home)
        shutil.copytree(shipped, reports)
        # Pytest's own folders are closed to other users, this one is not.
        for path in [place, *place.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        temporary = Path(tempfile.mkdtemp(dir=place.parent))
        temporary.chmod(0o777)
        try:
            done = subprocess.run(
                [sys.executable, "-c", READER, str(home), str(reports), QUESTION],
                cwd=ROOT,
                env={**os.environ, "TMPDIR": str(temporary)},
                capture_output=True,
                encoding="utf-8",
            )
            assert "45万ヘクタール" in done.stdout, done.stderr
            assert list(temporary.iterdir()) == []
        finally:
            shutil.rmtree(temporary)
            for path in [place, *place.rglob("*")]:
                path.chmod(0o755)


# ---- the doctor


def texts(findings):
    return [(finding.is_good, finding.text) for finding in findings]


def state(home):
    """Files and when they were written; Chroma's database, which every opening writes, apart."""
    files = (path for path in home.rglob("*") if path.is_file() and "chroma" not in path.name)
    return {path: path.stat().st_mtime_ns for path in files}


def test_the_doctor_finds_a_sound_index_good_and_changes_nothing(settings):
    before = state(settings.home)
    findings = examine(settings)
    assert all(finding.is_good for finding in findings)
    assert "shinrin" in findings[0].text
    assert "無事" in findings[-1].text
    assert state(settings.home) == before


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        pytest.param(lose_graph, "使えません", id="ベクトルが欠ける"),
        pytest.param(cut_manifest, "目録", id="目録が切れる"),
        pytest.param(lose_all, "使えません", id="全部なくなる"),
        pytest.param(lose_name, "記録", id="名前がなくなる"),
    ],
)
def test_the_doctor_finds_damage_and_repairs_it(settings, damage, told):
    damage(live(settings))
    *reports, index = examine(settings)
    assert all(finding.is_good for finding in reports)
    assert not index.is_good
    assert told in index.text
    repair(settings)
    assert all(finding.is_good for finding in examine(settings))


def test_a_folder_that_was_never_used_is_no_fault(tmp_path, shipped):
    *_, index = examine(Settings(embedder="fitted", home=tmp_path / "home"))
    assert index.is_good
    assert "まだありません" in index.text


def test_the_doctor_finds_a_stale_index(settings, tmp_path):
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    assert "古い" in examine(settings)[-1].text
    repair(settings)
    assert all(finding.is_good for finding in examine(settings))


@pytest.mark.parametrize("spoil", [spoil_original, spoil_toml, spoil_overlay])
def test_the_doctor_names_a_spoiled_report_and_does_not_fail(settings, tmp_path, spoil):
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    open_snapshot(settings).close()
    told = spoil(settings, tmp_path)
    bad = [text for good, text in texts(examine(settings)) if not good]
    assert any(told in text for text in bad)
    assert "古い" in bad[-1]


def test_the_doctor_says_when_it_cannot_repair(settings, tmp_path):
    library.add(settings, written(tmp_path / "kaiyo.md", OTHER))
    spoil_original(settings, tmp_path)
    with pytest.raises(StorageError, match="原本"):
        repair(settings)
