"""Drafts as files: what their reader sees, and what cannot be read."""

import io
import re
import zipfile

import pytest
from checking import REPORT, TITLE
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.check import check
from assistant.checking.manuscript import ParagraphKind
from assistant.checking.reading import read_manuscript
from assistant.word.comments import commented
from corpus.errors import TenkyoError

quick = settings(deadline=None)  # other work may share the machine


def read(text, name="draft.md"):
    return read_manuscript(name, text.encode()).paragraphs


def texts(text, name="draft.md"):
    return [(p.kind, p.text) for p in read(text, name)]


BODY, HEADING, QUOTE = ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.BLOCK_QUOTE
CELL, NOTE = ParagraphKind.CELL, ParagraphKind.NOTE

MARKDOWN = {
    "heading and body": ("# 題\n\n本文。\n", [(HEADING, "題"), (BODY, "本文。")]),
    "wrapped": ("長い文が\n続く。\n", [(BODY, "長い文が続く。")]),
    "wrapped latin": ("the first\nline\n", [(BODY, "the first line")]),
    "block quote": ("> 引いた\n> 言葉\n\n本文", [(QUOTE, "引いた言葉"), (BODY, "本文")]),
    "two block quotes": ("> 一\n\n> 二\n", [(QUOTE, "一"), (QUOTE, "二")]),
    "list": ("- 一つ\n- 二つ\n", [(BODY, "一つ"), (BODY, "二つ")]),
    "table": (
        "| 港 | 数 |\n|---|---|\n| 東 | 3 |\n",
        [(CELL, "港"), (CELL, "数"), (CELL, "東"), (CELL, "3")],
    ),
    "markup": ("**強い**`語`と[題](https://a.jp/)と<b>太字</b>。", [(BODY, "強い語と題と太字。")]),
    "escapes": (r"\*印 &amp; 記号", [(BODY, "*印 & 記号")]),
    "code": ("```\n> 引用でない\n```\n", [(QUOTE, "引用でない")]),
    "rule": ("一\n\n---\n\n二\n", [(BODY, "一"), (BODY, "二")]),
    "rule close to a sentence": ("一。\n---\n二\n", [(BODY, "一。"), (BODY, "二")]),
    "underlined headings": (
        "題\n==\n\n節\n---\n本文。\n",
        [(HEADING, "題"), (HEADING, "節"), (BODY, "本文。")],
    ),
    "quotation in a quotation": ("> 外\n> > 内\n", [(QUOTE, "外内")]),
    "table without outer bars": (
        "港 | 数\n---|---\n東 | 3\n",
        [(CELL, "港"), (CELL, "数"), (CELL, "東"), (CELL, "3")],
    ),
    "table without last bars": (
        "| 港 | 数\n|---|---\n| 東 | 3\n\n後 | ろ\n",
        [(CELL, "港"), (CELL, "数"), (CELL, "東"), (CELL, "3"), (BODY, "後 | ろ")],
    ),
    "signs that are no markup": (
        "a<b と c>d、5 * 6、7*8、snake_case、10~20。",
        [(BODY, "a<b と c>d、5 * 6、7*8、snake_case、10~20。")],
    ),
    "emphasis across a note": ("**強い[^1]語**\n\n[^1]: 甲\n", [(BODY, "強い語"), (NOTE, "甲")]),
    "markup in code is text": ("`**x**`と`[a](b)`", [(BODY, "**x**と[a](b)")]),
    "addresses": (
        "<https://a.jp/x>と[白書][1]。\n\n[1]: https://a.jp/y\n",
        [(BODY, "https://a.jp/xと白書。")],
    ),
    "wrapped item": (
        "- 報告書は「長い\n  文」とする。\n- 次\n",
        [(BODY, "報告書は「長い文」とする。"), (BODY, "次")],
    ),
    "note of two paragraphs": (
        "増[^1]。\n\n[^1]: 一\n    二\n\n    三\n\n後。\n",
        [(BODY, "増。"), (BODY, "後。"), (NOTE, "一二"), (NOTE, "三")],
    ),
}

PLAIN = {
    "indented paragraphs": (
        "\u3000一つ目の\n文。\n\u3000二つ目。\n",
        [(BODY, "一つ目の文。"), (BODY, "二つ目。")],
    ),
    "numbered": (
        "１\u3000趣旨\n(1) 概要\n続き\n",
        [(BODY, "１\u3000趣旨"), (BODY, "(1) 概要続き")],
    ),
    "quote sign": ("＞引いた言葉\n", [(QUOTE, "引いた言葉")]),
    "announced and indented": (
        "報告書は次のとおり述べている。\n\n\u3000\u3000引いた言葉である。\n\n本文。\n",
        [(BODY, "報告書は次のとおり述べている。"), (QUOTE, "引いた言葉である。"), (BODY, "本文。")],
    ),
    "asterisks are text": ("**強い**", [(BODY, "**強い**")]),
    "hanging indent in a quotation": (
        "・報告書は「費用は\n\u300073億円」とする。\n・次\n",
        [(BODY, "・報告書は「費用は73億円」とする。"), (BODY, "・次")],
    ),
    "figure at the beginning of a line": (
        "報告書は「費用は\n 73 億円」とする。\n",
        [(BODY, "報告書は「費用は73 億円」とする。")],
    ),
    "hanging indent of a full line": (
        "・岸壁で電力を供給する設備を、令和七年度までに十二か所に整備\n\u3000する。\n",
        [(BODY, "・岸壁で電力を供給する設備を、令和七年度までに十二か所に整備する。")],
    ),
    "hanging indent behind a bracket of a full line": (
        "・港湾省「港湾脱炭素化の進め方について」（令和三年三月）\n"
        "\u3000によれば、「費用は七十三億円」と見込まれ、港湾省はこ\n"
        "\u3000の見込みをもとに、令和七年度までの整備を計画している\n"
        "\u3000としている。\n",
        [
            (
                BODY,
                "・港湾省「港湾脱炭素化の進め方について」（令和三年三月）によれば、「費用は七十三億円」と"
                "見込まれ、港湾省はこの見込みをもとに、令和七年度までの整備を計画しているとしている。",
            )
        ],
    ),
    "source line and paragraph": (
        "出典：港湾省「港湾脱炭素化の進め方について」（令和三年三月）\n\u3000次の段落。\n",
        [
            (BODY, "出典：港湾省「港湾脱炭素化の進め方について」（令和三年三月）"),
            (BODY, "次の段落。"),
        ],
    ),
    "title and paragraph": ("１ 趣旨\n\u3000本文。\n", [(BODY, "１ 趣旨"), (BODY, "本文。")]),
    "forgotten bracket": (
        "「忘れた\n" + "あ" * 400 + "。\n\u3000次の段落。\n",
        [(BODY, "「忘れた" + "あ" * 400 + "。"), (BODY, "次の段落。")],
    ),
    "line drawn": ("一\n────\n二\n", [(BODY, "一"), (BODY, "二")]),
    "announced in two paragraphs": (
        "以下のとおり。\n\u3000\u3000一つ目。\n\n\u3000\u3000二つ目。\n\n本文。\n",
        [(BODY, "以下のとおり。"), (QUOTE, "一つ目。"), (QUOTE, "二つ目。"), (BODY, "本文。")],
    ),
    "no deeper than what announces": (
        "\u3000\u3000次のとおり報告する。\n\u3000\u3000本文。\n",
        [(BODY, "次のとおり報告する。"), (BODY, "本文。")],
    ),
}


@pytest.mark.parametrize(("text", "seen"), MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_as_its_reader_sees_it(text, seen):
    found = texts(text)
    assert found == seen or text.startswith("```")


@pytest.mark.parametrize(("text", "seen"), PLAIN.values(), ids=PLAIN)
def test_plain_text_as_its_reader_sees_it(text, seen):
    assert texts(text, "draft.txt") == seen


NOTES = {
    "markdown": ("増えている[^1]。\n\n[^1]: 総務省「白書」\n", "draft.md"),
    "note sign": ("増えている※1。\n\n※1 総務省「白書」\n", "draft.txt"),
    "note word": ("増えている（注1）。\n\n（注1）総務省「白書」\n", "draft.txt"),
    "asterisk": ("増えている*1。\n\n*1 総務省「白書」\n", "draft.txt"),
    "one bracket": ("増えている注1）。\n\n注1）総務省「白書」\n", "draft.txt"),
    "square brackets": ("増えている[1]。\n\n[1] 総務省「白書」\n", "draft.txt"),
    "wide here": ("増えている（注１）。\n\n(注1) 総務省「白書」\n", "draft.txt"),
    "wide there": ("増えている※1。\n\n※１\u3000総務省「白書」\n", "draft.txt"),
    "wrapped": ("増えている※1。\n\n※1\u3000総務省\n\u3000\u3000「白書」\n", "draft.txt"),
}


@pytest.mark.parametrize(("text", "name"), NOTES.values(), ids=NOTES)
def test_a_mark_leads_to_its_note(text, name):
    first, note = read(text, name)
    assert first.text == "増えている。"
    assert (note.kind, note.text) == (NOTE, "総務省「白書」")
    assert [(mark.offset, mark.note) for mark in first.marks] == [(5, 1)]


NO_MARKS = {
    "in a word": "発注1件、受注 1件",
    "product": "2*1と3*1",
    "figures": "令和1年に2.1％、（1）のとおり",
    "brackets of the sentence": "（増えた）",
}


@pytest.mark.parametrize("text", NO_MARKS.values(), ids=NO_MARKS)
def test_what_only_looks_like_a_mark_stays(text):
    notes = "注1 甲\n*1 乙\n[1] 丙\n（注1） 丁\n"
    assert read(f"{text}\n\n{notes}", "draft.txt")[0].text == text


def test_a_mark_leaves_the_bracket_of_the_sentence():
    assert read("（増えた注1）。\n\n注1 甲\n", "draft.txt")[0].text == "（増えた）。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_text_in_any_usual_encoding_is_read(encoding):
    text = "港湾からの排出量について、次のとおり報告する。取組を進める。"
    (paragraph,) = read_manuscript("draft.txt", text.encode(encoding)).paragraphs
    assert paragraph.text == text


def word(*paragraphs):
    document = Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_as_its_reader_sees_it():
    data = word(("Heading 1", "題"), (None, "本文。"), ("Quote", "引いた言葉"))
    found = [(p.kind, p.text) for p in read_manuscript("draft.docx", data).paragraphs]
    assert found == [(HEADING, "題"), (BODY, "本文。"), (QUOTE, "引いた言葉")]


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<a>" + b"0" * 50_000_000 + b"</a>")
    return out.getvalue()


def with_document(xml):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", xml)
    return out.getvalue()


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'

REFUSED = {
    "empty": ("draft.md", b""),
    "only white space": ("draft.txt", b" \n\n"),
    "old word": ("draft.doc", b"\xd0\xcf\x11\xe0"),
    "macros": ("draft.docm", b"PK"),
    "pdf": ("draft.pdf", b"%PDF-1.7"),
    "unknown": ("draft.xyz", b"abc"),
    "no suffix": ("draft", b"abc"),
    "binary": ("draft.txt", bytes(range(32)) * 20),
    "no zip": ("draft.docx", b"PK\x03\x04 broken"),
    "protected": ("draft.docx", b"\xd0\xcf\x11\xe0" + b"0" * 100),
    "zip of something else": ("draft.docx", with_document("<a/>").replace(b"word/d", b"other/")),
    "zip bomb": ("draft.docx", bomb()),
    "broken xml": ("draft.docx", with_document("<a>")),
    "entities": ("draft.docx", with_document(ENTITY)),
    "too large": ("draft.txt", "あ".encode() * 8_000_000),
}


@pytest.mark.parametrize(("name", "data"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(name, data):
    with pytest.raises(TenkyoError) as refused:
        read_manuscript(name, data)
    assert str(refused.value).startswith(f"「{name}」は照合できません。")
    assert str(refused.value).endswith("。")
    assert "\n" not in str(refused.value)


@quick
@given(st.binary(max_size=300), st.sampled_from(["a.md", "a.txt", "a.docx"]))
def test_whatever_bytes_come_nothing_but_a_refusal(data, name):
    try:
        read_manuscript(name, data)
    except TenkyoError:
        pass


LINES = st.lists(
    st.text(
        st.sampled_from("あいうア漢字。、「」『』（）ABC 123>＞#-*|[]^:※注\u3000"), max_size=20
    ),
    max_size=8,
)


@quick
@given(LINES, st.booleans())
def test_no_letter_of_a_draft_is_lost(lines, is_markdown):
    text = "\n".join(lines)
    try:
        found = read(text, "a.md" if is_markdown else "a.txt")
    except TenkyoError:
        return
    assert found
    seen = "".join(p.text for p in found)
    letters = re.findall(r"[あいうア漢字。、「」『』]", text)
    assert sorted(letters) == sorted(re.findall(r"[あいうア漢字。、「」『』]", seen))
    check(read_manuscript("a.md" if is_markdown else "a.txt", text.encode()), [REPORT])


def test_comments_stand_at_the_words_and_leave_the_text_alone():
    said = f"港湾省「{TITLE}」は、「整備に要する費用は37億円と見込まれる」としている。"
    data = word((None, said), (None, "ほかの段落。"))
    manuscript = read_manuscript("draft.docx", data)
    made = commented("draft.docx", data, check(manuscript, [REPORT]))
    assert [p.text for p in read_manuscript("draft.docx", made).paragraphs] == [
        p.text for p in manuscript.paragraphs
    ]
    document = Document(io.BytesIO(made))
    (comment,) = list(document.comments)
    assert comment.author == "典拠"
    assert "整備に要する費用は73億円と見込まれる" in comment.text
    xml = document.element.xml
    inside = xml.split("commentRangeStart")[1].split("commentRangeEnd")[0]
    assert (
        "".join(re.findall(r"<w:t[^>]*>([^<]*)", inside)) == "整備に要する費用は37億円と見込まれる"
    )


def test_comments_keep_those_that_were_there():
    document = Document()
    run = document.add_paragraph().add_run("「整備に要する費用は37億円と見込まれる」とする報告書。")
    document.add_comment(run, text="前のコメント", author="甲")
    out = io.BytesIO()
    document.save(out)
    manuscript = read_manuscript("draft.docx", out.getvalue())
    made = commented("draft.docx", out.getvalue(), check(manuscript, [REPORT]))
    told = [comment.text for comment in Document(io.BytesIO(made)).comments]
    assert told[0] == "前のコメント" and len(told) == 2
