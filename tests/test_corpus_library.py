"""Taking files in, finding, reading and removing them: on real folders, with real bytes."""

import hashlib
import os
import re
import socket
import sys

import pytest

from corpus.errors import InputError, ReportRefused, StorageError, UnknownReport
from corpus.library import SHIPPED, add, find, load, remove, sources
from corpus.model import Metadata
from corpus.settings import Settings

SHIPPED_ID = "ict-global-strategy"
SHIPPED_SHA256 = "eef023a402d479b002fceb4471b7bf81799b4a44e600c78c6fa2860cc3c7ea96"
"""Of 「ICTグローバル戦略について」 as it was received (sha256sum)."""

TEXT = "# 水道年報\n\n- 普及率は98.0％である。\n- 管路を更新する。\n"

is_root = not hasattr(os, "geteuid") or os.geteuid() == 0


@pytest.fixture
def kept(tmp_path):
    """Settings with an empty data folder."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def write(tmp_path):
    """Write a file to be added: `write("年報.md", TEXT)`; text as UTF-8, bytes as they are."""

    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return written


def added(settings):
    """Ids of the reports that do not come with Tenkyo."""
    return [source.id for source in sources(settings) if not source.is_shipped]


def files(settings):
    """All that lies in the data folder, hidden files included."""
    return sorted(str(path.relative_to(settings.home)) for path in settings.home.rglob("*"))


# Adding


def test_a_report_is_kept_byte_for_byte_and_read_again(kept, write):
    source = add(kept, write("水道年報.md", TEXT))
    assert source == find(kept, "水道年報")
    assert files(kept) == [
        "reports",
        "reports/水道年報",
        "reports/水道年報/report.md",
        "reports/水道年報/report.toml",
    ]
    assert (source.folder / source.file).read_bytes() == TEXT.encode("utf-8")
    report = load(source, kept)
    assert (report.id, report.text, report.metadata.title) == ("水道年報", TEXT, "水道年報")
    assert report.sha256 == hashlib.sha256(TEXT.encode("utf-8")).hexdigest()
    assert [p.text for p in report.passages][1:] == ["普及率は98.0％である。", "管路を更新する。"]


def test_what_the_user_says_of_a_report_is_kept(kept, write):
    given = Metadata("年報", "南市", "水道局", "令和元年6月", "CC BY 4.0", "https://example.jp/")
    assert add(kept, write("a.md", TEXT), given).metadata == given
    assert find(kept, "a").metadata == given


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (TEXT, "水道年報"),
        ("## 目次\n\n# **水道**年報 #\n", "水道年報"),
        ("水道年報\n========\n\n文。", "水道年報"),
        ("水道年報\n令和元年度\n\n第1章　概況\n\n文。", "水道年報"),
        ("\n\n　　水道年報\n\n文。", "水道年報"),
        ("```\n# 注釈\n```\n\n# 水道年報", "水道年報"),
        ("#\n\n水道年報", "水道年報"),
        ("普及率は98.0％である。", "file"),
        ("長い文" * 30, "file"),
    ],
    ids=[
        "heading", "first of level 1", "underlined", "first lines", "first line", "not in a fence",
        "not below an empty one", "sentence", "long",
    ],
)  # fmt: skip
def test_the_title_is_taken_from_the_text(kept, write, text, title):
    assert add(kept, write("file.md", text)).metadata.title == title


JAPANESE = "# 水道年報\n\n- 普及率は98.0％である。\n"
SHORT = ["概要\n", "第１章", "サーバー", "ICT", "令和元年6月 水道局"]


@pytest.mark.parametrize("text", [JAPANESE, *SHORT], ids=repr)
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_encodings(kept, write, text, encoding):
    """Without a byte order mark, too (utf-16-le, utf-16-be), as line ends or kana tell."""
    source = add(kept, write("a.txt", text.encode(encoding)))
    assert load(source, kept).text == text


@pytest.mark.parametrize("text", ["東京都", "報告書", "①と㈱"], ids=repr)
def test_kanji_alone_are_read_in_the_encodings_of_japan(kept, write, text):
    assert load(add(kept, write("a.txt", text.encode("cp932"))), kept).text == text


def test_a_byte_order_mark_of_the_other_order_is_read(kept, write):
    data = b"\xfe\xff" + JAPANESE.encode("utf-16-be")
    assert load(add(kept, write("a.txt", data)), kept).text == JAPANESE


REFUSED = {
    "empty": ("a.md", b"", "中身が空です。"),
    "white space": ("a.md", " \n\t\r\n　\n", "中身が空です。"),
    "only a byte order mark": ("a.md", b"\xef\xbb\xbf", "中身が空です。"),
    "only rules": ("a.md", "---\n\n***\n", "引用できる文がありません。"),
    "only marks": ("a.md", "・\n○\n| | |\n", "引用できる文がありません。"),
    "only signs": ("a.md", "。。。\n…\n", "引用できる文がありません。"),
    "only tags": ("a.md", "<br>\n<!-- 注 -->\n", "引用できる文がありません。"),
    "NUL": ("a.txt", "本文\0本文", "文章のファイルではないようです。"),
    "PNG": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "文章のファイルではないようです。"),
    "ZIP": ("a.md", b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0", "文章のファイルではないようです。"),
    "damaged UTF-8": ("a.md", "普及率を示す".encode()[:-1], "文字コードが分かりません。"),
    "damaged CP932": ("a.md", "普及率を示す".encode("cp932")[:-1], "文字コードが分かりません。"),
    "Latin-1": ("a.md", "Résumé du rapport café!".encode("latin-1"), "文字コードが分かりません。"),
    "PDF": ("a.pdf", "%PDF-1.7", "対応している形式は .md・.markdown・.txt・.text です。"),
    "Word": ("報告.DOCX", "PK", "対応している形式は"),
    "HTML": ("a.html", "<p>本文</p>", "対応している形式は"),
    "unknown": ("a.xyz", "本文", "対応している形式は"),
    "no suffix": ("README", "本文", "対応している形式は"),
    "hidden": (".md", "本文", "対応している形式は"),
}


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_in_one_line(kept, write, name, content, reason):
    with pytest.raises(ReportRefused) as refused:
        add(kept, write(name, content))
    assert refused.value.reason.startswith(reason)
    assert str(refused.value) == f"「{name}」は取り込めません。{refused.value.reason}"
    assert "\n" not in str(refused.value)
    assert added(kept) == []


def test_a_file_above_the_limit_is_refused(tmp_path, write):
    small = Settings(home=tmp_path / "home", max_report_mb=0.001)
    with pytest.raises(ReportRefused, match=r"^「a.md」.*0.001 MB を超えて.*TENKYO_MAX_REPORT_MB"):
        add(small, write("a.md", TEXT * 100))
    assert add(small, write("b.md", TEXT)).id == "b"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("folder.md", "フォルダー"),
        ("missing.md", "ファイルがありません"),
        ("a" * 300 + ".md", "開けません"),
        ("\0.md", "開けません"),
    ],
    ids=["folder", "missing", "name too long", "NUL in the name"],
)
def test_what_is_no_file_is_refused(kept, tmp_path, name, reason):
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(ReportRefused, match=reason):
        add(kept, tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="no sockets in the file system")
def test_what_could_be_read_without_end_is_refused(kept, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("pipe.md")
        with pytest.raises(ReportRefused, match="ふつうのファイルではありません"):
            add(kept, tmp_path / "pipe.md")


@pytest.mark.skipif(is_root, reason="root may read everything")
def test_a_file_without_the_right_to_read_is_refused(kept, write):
    path = write("a.md", TEXT)
    path.chmod(0)
    with pytest.raises(ReportRefused, match="読む権限"):
        add(kept, path)


def test_the_same_file_twice_is_one_report(kept, write):
    first = add(kept, write("a.md", TEXT))
    assert add(kept, write("a.md", TEXT)) == first
    assert add(kept, write("別の名前.txt", TEXT)) == first
    assert added(kept) == ["a"]


def test_the_shipped_file_is_known(kept, write):
    data = (SHIPPED / SHIPPED_ID / "report.md").read_bytes()
    assert add(kept, write("copy.md", data)).id == SHIPPED_ID


def test_other_content_under_the_same_name_gets_another_id(kept, write):
    ids = [add(kept, write("年報.md", TEXT + str(number))).id for number in range(3)]
    assert ids == ["年報", "年報-2", "年報-3"]
    assert add(kept, write(f"{SHIPPED_ID}.md", TEXT)).id == f"{SHIPPED_ID}-2"


@pytest.mark.parametrize(
    ("name", "report_id"),
    [
        ("水道年報（令和元年度版）.md", "水道年報-令和元年度版"),
        ("Ｒｅｐｏｒｔ　２０１９.md", "report-2019"),
        ("my report.final.md", "my-report-final"),
        ("..md", "report"),
        ("...md", "report"),
        ("--.md", "report"),
        ("😀.md", "report"),
        ("か\u3099いよう.md", "がいよう"),
        ("-rf.md", "rf"),
        ("長" * 60 + ".md", "長" * 40),
        ("a" * 39 + " b.md", "a" * 39),
        ("..\\..\\evil.md", "evil"),
        ("a\nb.md", "a-b"),
        ("CON.md", "con"),
    ],
    ids=repr,
)
def test_ids_are_made_of_the_file_name(kept, write, name, report_id):
    if sys.platform == "win32" and re.search(r"[\\\n]|^CON", name):
        pytest.skip("no such name here")
    source = add(kept, write(name, TEXT))
    assert source.id == report_id
    assert source.folder.parent == kept.home / "reports"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_name_that_is_no_text_does_no_harm(kept, tmp_path):
    path = tmp_path / os.fsdecode(b"\xff\xfe.md")
    path.write_text("普及率は98.0％である。", encoding="utf-8")
    source = add(kept, path)
    assert (source.id, source.metadata.title) == ("report", "??")
    broken = tmp_path / os.fsdecode(b"\xff\n.md")
    broken.write_bytes(b"")
    with pytest.raises(ReportRefused) as refused:
        add(kept, broken)
    assert str(refused.value) == "「��.md」は取り込めません。中身が空です。"


# What is kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"title = ",
        b"title = \"\xff\"",
        b"title = \"a\"",
        b"title = 5\nfile = \"report.md\"\nsha256 = \"" + b"0" * 64 + b"\"",
        b"title = \"a\"\nfile = \"report.md\"\nsha256 = \"0\"",
        b"title = \"a\"\nfile = \"report.md\"\nsha256 = \"" + b"0" * 64 + b"\"\nauthor = \"b\"",
    ],
    ids=["empty", "broken", "not UTF-8", "parts missing", "number", "bad digest", "unknown part"],
)  # fmt: skip
def test_a_damaged_entry_is_one_sentence_that_names_it(kept, write, content):
    folder = add(kept, write("a.md", TEXT)).folder
    (folder / "report.toml").write_bytes(content)
    with pytest.raises(StorageError) as damaged:
        sources(kept)
    message = str(damaged.value)
    assert message.startswith(f"「{folder / 'report.toml'}」を読めません。")
    assert message.endswith("。")
    assert "\n" not in message


@pytest.mark.parametrize(
    "file", ["../secret.md", "/etc/passwd", "..", ".", "", "a/b.md", "..\\\\secret.md"], ids=repr
)
def test_an_entry_cannot_reach_for_files_elsewhere(kept, write, file):
    folder = add(kept, write("a.md", TEXT)).folder
    (kept.home / "reports" / "secret.md").write_text("秘密", encoding="utf-8")
    entry = (folder / "report.toml").read_text(encoding="utf-8")
    entry = entry.replace('file = "report.md"', f'file = "{file}"')
    (folder / "report.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(StorageError, match="を読めません"):
        sources(kept)


def test_an_original_that_was_changed_is_not_read(kept, write):
    source = add(kept, write("a.md", TEXT))
    (source.folder / source.file).write_text(TEXT + "追記", encoding="utf-8")
    with pytest.raises(StorageError, match="原本が、取り込んだ時と違います"):
        load(source, kept)


def test_an_original_that_is_gone_is_named(kept, write):
    source = add(kept, write("a.md", TEXT))
    (source.folder / source.file).unlink()
    with pytest.raises(StorageError, match=re.escape(str(source.folder))):
        load(source, kept)


def test_a_person_may_edit_the_entry(kept, write):
    source = add(kept, write("a.md", TEXT))
    path = source.folder / "report.toml"
    text = path.read_text(encoding="utf-8").replace("水道年報", "南市水道年報")
    path.write_text(text + 'publisher = "南市"\n', encoding="utf-8")
    edited = find(kept, "a")
    assert edited.metadata == Metadata("南市水道年報", "南市")
    assert edited.fingerprint(kept) != source.fingerprint(kept)


def test_the_overlays_of_an_added_report_are_used_and_can_be_switched_off(kept, write):
    source = add(kept, write("a.md", "# 甲\n\n文一。\n\n# 乙\n\n文二。\n"))
    plain = source.fingerprint(kept)
    (source.folder / "outline.toml").write_text(
        '[[place]]\nlines = [3, 3]\nunder = 5\nreason = "順の入れ替わり"\n', encoding="utf-8"
    )
    (source.folder / "errata.toml").write_text(
        '[[erratum]]\nline = 3\nwrong = "文"\nright = "丈"\nreason = "例"\n', encoding="utf-8"
    )
    assert source.fingerprint(kept) != plain
    assert len(load(source, kept).errata) == 1
    off = Settings(home=kept.home, outline=False, errata=False)
    assert load(source, off).errata == ()
    assert source.fingerprint(off) == plain


@pytest.mark.parametrize("name", ["outline.toml", "errata.toml"])
@pytest.mark.parametrize("content", ["[[place]", "x = 1", "[[place]]\nlines = [1]"], ids=repr)
def test_a_damaged_overlay_is_one_sentence_that_names_it(kept, write, name, content):
    source = add(kept, write("a.md", TEXT))
    (source.folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=name):
        load(source, kept)


def test_what_is_no_report_is_passed_over(kept, write):
    add(kept, write("a.md", TEXT))
    reports = kept.home / "reports"
    (reports / "notes.txt").write_text("メモ", encoding="utf-8")
    (reports / "half").mkdir()
    (reports / ".add-x").mkdir()
    (reports / ".add-x" / "report.toml").write_text("", encoding="utf-8")
    assert added(kept) == ["a"]
    assert add(kept, write("half.md", TEXT + "追記")).id == "half-2"


def test_reports_are_listed_in_order_the_shipped_ones_first(kept, write):
    for name in ("b.md", "あ.md", "a.md"):
        add(kept, write(name, TEXT + name))
    assert [source.id for source in sources(kept)] == [SHIPPED_ID, "a", "b", "あ"]


def test_an_unknown_id_is_named(kept):
    with pytest.raises(UnknownReport, match="「なし」.*tenkyo reports"):
        find(kept, "なし")
    with pytest.raises(UnknownReport):
        remove(kept, "../..")


# Removing


def test_a_removed_report_leaves_nothing(kept, write):
    source = add(kept, write("a.md", TEXT))
    assert remove(kept, "a") == source
    assert files(kept) == ["reports"]
    with pytest.raises(UnknownReport):
        find(kept, "a")


def test_the_shipped_report_stays(kept):
    with pytest.raises(InputError, match="付属の報告書"):
        remove(kept, SHIPPED_ID)
    assert find(kept, SHIPPED_ID).is_shipped


def test_the_shipped_report_is_what_its_entry_says(kept):
    source = find(kept, SHIPPED_ID)
    data = (source.folder / source.file).read_bytes()
    assert source.sha256 == hashlib.sha256(data).hexdigest() == SHIPPED_SHA256
    assert source.metadata.title == "ICTグローバル戦略について"
    assert (source.metadata.publisher, source.metadata.bureau) == ("総務省", "国際戦略局")
    assert source.metadata.url is None, "an unknown part is None, never empty"


# Failed writes


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, write):
    (tmp_path / "home").write_text("フォルダーではない", encoding="utf-8")
    with pytest.raises(StorageError, match=re.escape(str(tmp_path / "home"))):
        add(Settings(home=tmp_path / "home"), write("a.md", TEXT))


@pytest.mark.skipif(is_root, reason="root may write everywhere")
def test_a_failed_write_leaves_no_half_report(kept, write):
    add(kept, write("a.md", TEXT))
    before = files(kept)
    (kept.home / "reports").chmod(0o500)
    try:
        with pytest.raises(StorageError, match="空き容量と権限"):
            add(kept, write("b.md", TEXT + "追記"))
        with pytest.raises(StorageError):
            remove(kept, "a")
        assert files(kept) == before
        assert load(find(kept, "a"), kept).text == TEXT
    finally:
        (kept.home / "reports").chmod(0o700)


def test_a_full_disk_leaves_no_half_report(kept, write):
    """Where the disk is full, nothing of the new report is seen, and the old ones stay."""
    resource = pytest.importorskip("resource", reason="no limits on Windows")
    add(kept, write("a.md", TEXT))
    before = files(kept)
    large = write("b.md", TEXT * 2000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Writing beyond the limit fails as on a full disk, for root too.
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(StorageError, match="空き容量と権限"):
            add(kept, large)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert files(kept) == before
    assert add(kept, large).id == "b"
