"""Collected citations as files; with LibreOffice and pandoc, what other programs read in them."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from checking import REPORT, TITLE
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.check import check
from assistant.checking.reading import read_manuscript
from assistant.export.collected import Collected, items, read_basket
from assistant.export.export import Format, export
from assistant.export.provenance import Provenance, record
from assistant.word.comments import commented
from assistant.word.write import word
from corpus.errors import InputError
from corpus.markup import fold, quotable

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
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_what_no_longer_stands_there_is_refused(change):
    with pytest.raises(InputError, match="集め直して"):
        items([collected(PASSAGES[0], **change)], lambda _: REPORT)


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


def test_the_export_of_a_basket_passes_the_check():
    """What the basket writes is true, and the check of drafts says so."""
    for form in Format:
        made = export(basket(), form)
        manuscript = read_manuscript(f"draft{made.suffix}", made.data)
        found = check(manuscript, [REPORT]).findings
        assert [f for f in found if f.needs_a_look] == []
        assert sum(f.subject == "quotation" and f.verdict == "found" for f in found) >= 4


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
