"""Collected citations as files; with LibreOffice and pandoc, what other programs read in them."""

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from checking import REPORT, TEXT, TITLE
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.check import check
from assistant.checking.reading import read_manuscript
from assistant.export.collected import Collected, items, read_basket
from assistant.export.export import Format, export
from assistant.export.notes import missing
from assistant.export.provenance import Provenance, record
from assistant.references.reference import Options
from assistant.word.comments import commented
from assistant.word.write import word
from corpus.eras import Years
from corpus.errors import InputError
from corpus.markup import fold, quotable
from corpus.parse import parse_report

PASSAGES = [
    p
    for p in REPORT.passages
    if p.text.startswith(("整備に", "港湾からの", "東港", "岸壁で", "費用の全額"))
]
RECORD = Provenance("snapshot-1", "quote", date(2026, 11, 26))


def collected(passage, **more):
    span = passage.span
    told = {"report": "kowan", "sha256": REPORT.sha256, "start": span.start, "end": span.end}
    return Collected(**(told | more))


def basket(**more):
    return items([collected(passage, **more) for passage in PASSAGES], lambda _: REPORT)


def test_a_basket_is_looked_up_again_word_for_word():
    for passage, item in zip(PASSAGES, basket(), strict=True):
        assert item.quote == quotable(passage.text)
        assert item.reference.publication is REPORT.metadata


REFUSED = {
    "another report": {"sha256": "1" * 64},
    "behind the end": {"start": 10**6, "end": 10**6 + 5},
    "over passages": {"end": len(REPORT.text)},
    "empty": {"start": 50, "end": 50},
    "a column of a sentence": {"column": "費用（百万円）"},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_what_no_longer_stands_there_is_refused(change):
    with pytest.raises(InputError, match="集め直して"):
        items([collected(PASSAGES[0], **change)], lambda _: REPORT)


ROW = PASSAGES[-1]
COLUMNS = {
    "one": ("費用（百万円）", True),
    "two": ("設備数（基）、費用（百万円）", True),
    "none": (None, True),
    "of no table": ("面積", False),
    "a part": ("費用", False),
    "empty": ("", False),
    "a comma too many": ("費用（百万円）、", False),
}


@pytest.mark.parametrize(("column", "stands"), COLUMNS.values(), ids=COLUMNS)
def test_only_columns_of_the_table_are_named(column, stands):
    if stands:
        (item,) = items([collected(ROW, column=column)], lambda _: REPORT)
        assert item.place.table.column_label == column
        return
    with pytest.raises(InputError, match="集め直して"):
        items([collected(ROW, column=column)], lambda _: REPORT)


def test_a_label_may_hold_the_comma_that_joins_labels():
    text = TEXT.replace("設備数（基）", "設備、装置数")
    report = parse_report(text, "kowan", REPORT.metadata, "0" * 64)
    row = next(p for p in report.passages if p.text.startswith("東港"))
    (item,) = items([collected(row, column="設備、装置数、港")], lambda _: report)
    assert item.place.table.column_label == "設備、装置数、港"


GIVEN = {
    "nothing": [],
    "no list": {"report": "kowan"},
    "a field more": [{"report": "a", "sha256": "", "start": 0, "end": 1, "x": 1}],
    "negative": [{"report": "a", "sha256": "", "start": -1, "end": 1}],
    "text": "abc",
    "too many": [{"report": "a", "sha256": "", "start": 0, "end": 1}] * 201,
}


@pytest.mark.parametrize("given_", GIVEN.values(), ids=GIVEN)
def test_a_basket_from_outside_is_checked(given_):
    with pytest.raises(InputError) as refused:
        read_basket(given_)
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize("form", Format, ids=str)
def test_every_format_holds_quotes_notes_references_and_the_record(form):
    made = export(basket(note="*メモ* <b>"), form, record(basket(), RECORD))
    text = in_word(made.data) if form is Format.WORD else made.data.decode()
    for item in basket():
        assert fold(item.quote) in fold(re.sub(r"\\(.)", r"\1", text))
    for words in (TITLE, "参考文献", "出どころの記録", "snapshot-1", REPORT.sha256, "前掲"):
        assert words in text


@pytest.mark.parametrize("form", Format, ids=str)
def test_years_are_written_as_the_user_wants_them(form):
    made = export(basket(), form, options=Options(Years.WESTERN))
    text = in_word(made.data) if form is Format.WORD else made.data.decode()
    assert "（2021年3月）" in text and "令和3年3月" not in text


def test_characters_of_private_use_stay_in_a_quotation():
    """Names are written with them; those that turn the direction of the text go."""
    text = TEXT.replace("岸壁で", "\ue000壁で\u202e")
    report = parse_report(text, "kowan", REPORT.metadata, "0" * 64)
    passage = next(p for p in report.passages if p.text.startswith("\ue000"))
    found = items([collected(passage)], lambda _: report)
    for form in Format:
        made = export(found, form)
        written = in_word(made.data) if form is Format.WORD else made.data.decode()
        assert "「\ue000壁で電力を" in written


def test_what_was_left_out_is_known():
    assert missing(basket()) == ["URL"]


def in_word(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = [file.read(name).decode() for name in ("word/document.xml", "word/footnotes.xml")]
    return "".join(re.sub(r"<[^>]+>", "", part) for part in parts).replace("&lt;", "<")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_no_note_of_a_user_breaks_the_word_file(note):
    made = word(basket(note=note[:2000]))
    assert Document(io.BytesIO(made)).paragraphs


def test_no_name_of_a_person_is_in_the_word_file():
    about = Document(io.BytesIO(word(basket()))).core_properties
    assert (about.author, about.last_modified_by) == ("", "")


def test_the_word_file_is_japanese_and_shows_no_picture_of_a_template():
    """Without the language, programs draw 、 and 。 as in Chinese."""
    made = word(basket())
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert [name for name in file.namelist() if "thumbnail" in name] == []
        assert 'w:eastAsia="ja-JP"' in file.read("word/styles.xml").decode()


def test_the_export_of_a_basket_passes_the_check():
    """What the basket writes is true, and the check of drafts says so."""
    for form in Format:
        made = export(basket(), form)
        manuscript = read_manuscript(f"draft{made.suffix}", made.data)
        found = check(manuscript, [REPORT]).findings
        assert [f for f in found if f.needs_a_look] == []
        assert sum(f.subject == "quotation" and f.verdict == "found" for f in found) >= 4


def test_markdown_with_an_address_passes_the_check():
    about = replace(REPORT.metadata, url="https://www.example.go.jp/main_content/a_b~1.pdf")
    report = parse_report(TEXT, "kowan", about, "0" * 64)
    found = items([collected(passage) for passage in PASSAGES], lambda _: report)
    data = export(found, Format.MARKDOWN).data
    assert f"<{about.url}>." in data.decode()
    manuscript = read_manuscript("draft.md", data)
    assert about.url in "".join(paragraph.text for paragraph in manuscript.paragraphs)
    assert [f for f in check(manuscript, [report]).findings if f.needs_a_look] == []


office = pytest.mark.export


def program(name):
    path = shutil.which(name)
    if path is None:
        required = os.environ.get("TENKYO_REQUIRE_OFFICE") == "1"
        (pytest.fail if required else pytest.skip)(f"{name} がありません。")
    return path


def pandoc(path, *options):
    done = subprocess.run(
        [program("pandoc"), str(path), *options],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    return done.stdout


def pdf_text(path, folder):
    subprocess.run(
        [
            program("soffice"),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(path),
        ],
        capture_output=True,
        check=True,
        timeout=180,
    )
    made = folder / f"{path.stem}.pdf"
    done = subprocess.run(
        [program("pdftotext"), str(made), "-"], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


@office
def test_pandoc_reads_footnotes_quotes_and_references_in_the_word_file(tmp_path):
    path = tmp_path / "draft.docx"
    path.write_bytes(export(basket(), Format.WORD, record(basket(), RECORD)).data)
    text = pandoc(path, "-t", "markdown", "--wrap=none")
    assert len(re.findall(r"^\[\^\d+\]:", text, re.MULTILINE)) == len(PASSAGES)
    assert "# 引用の下書き" in text and "## 参考文献" in text and "## 出どころの記録" in text
    assert re.search(r"^\[\^1\]: 港湾省企画局「港湾脱炭素化", text, re.MULTILINE)
    quotes = pandoc(path, "-t", "native")
    assert "BlockQuote" in quotes


@office
def test_libreoffice_shows_footnotes_at_the_foot_of_the_page(tmp_path):
    path = tmp_path / "draft.docx"
    path.write_bytes(export(basket(), Format.WORD).data)
    text = fold(pdf_text(path, tmp_path))
    assert fold(f"港湾省企画局「{TITLE}」（令和3年3月）") in text
    assert all(fold(item.quote) in text for item in basket())


@office
def test_pandoc_reads_the_markdown(tmp_path):
    path = tmp_path / "draft.md"
    path.write_bytes(export(basket(note="# *x* [a](b)"), Format.MARKDOWN).data)
    text = pandoc(path, "-t", "native")
    assert text.count("Note") == len(PASSAGES)
    assert "Link" not in text and "Emph" not in text


ODD = [
    "1. 一つ目",
    "(2) 二つ目",
    "a) 三つ目",
    "#. @x",
    "- --- 項目",
    "+ 項目",
    "=== 題",
    ": 定義",
    "| 表 |",
    "> 引用",
    "# 題",
    "*強* **強** _斜_ __太__ a_b_c `字` ~~線~~ x^2^ H~2~O",
    "\"引用\" '引用' -- --- ... 「…」",
    "@佐藤 [@佐藤] [^1] [題](http://a.jp/) ![絵](b.png) <b>太</b> <http://a.jp/> &lt; &amp;",
    "$x$ \\alpha \\* C:\\dir\\ <!-- x --> {.y} :smile: ::: |||",
    "http://www.example.go.jp/a_b/?x=1&y=*2*#z",
    "１．全角　(１)　・項目",
    "行の終わり\\",
]


@office
@pytest.mark.parametrize("kind", ["markdown", "gfm", "commonmark_x"])
def test_every_line_of_markdown_shows_as_it_is(tmp_path, kind):
    path = tmp_path / "draft.md"
    (item, *_) = basket(note="\n".join(ODD))
    lines = [replace(item, note=line, quote=line) for line in ODD]
    path.write_bytes(export([item, *lines], Format.MARKDOWN).data)
    blocks = json.loads(pandoc(path, "-f", kind, "-t", "json"))["blocks"]
    shown = [words(block) for block in blocks]
    assert shown[1] == "\n".join(ODD)
    assert shown[3 : 3 + 2 * len(ODD)] == [
        text for line in ODD for text in (line, line if len(line) > 60 else f"「{line}」")
    ]


def words(element):
    """Return what a reader of an element of pandoc sees; a note is none of its words."""
    if isinstance(element, list):
        return "".join(map(words, element))
    if not isinstance(element, dict):
        return ""
    kind, inner = element.get("t"), element.get("c")
    if kind == "Str":
        return inner
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "Link":  # GitHub makes one of every address
        return words(inner[1])
    assert kind in ("Para", "Plain", "Header", "BlockQuote", "LineBreak", "Note", "BulletList")
    return "\n" if kind == "LineBreak" else "" if kind == "Note" else words(inner)


@office
def test_a_commented_copy_opens_and_reads_the_same(tmp_path):
    source = f"「整備に要する費用は37億円と見込まれる」とされる[^1]。\n\n[^1]: 港湾省「{TITLE}」\n"
    markdown = tmp_path / "draft.md"
    markdown.write_text(source, encoding="utf-8")
    pandoc(markdown, "-o", str(tmp_path / "draft.docx"))
    data = (tmp_path / "draft.docx").read_bytes()
    result = check(read_manuscript("draft.docx", data), [REPORT])
    copy = tmp_path / "copy.docx"
    copy.write_bytes(commented("draft.docx", data, result))
    assert pandoc(copy, "-t", "plain") == pandoc(tmp_path / "draft.docx", "-t", "plain")
    assert "comment-start" in pandoc(copy, "-t", "markdown", "--track-changes=all")
    assert "37億円" in fold(pdf_text(copy, tmp_path))
