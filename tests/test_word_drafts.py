"""Word files as other programs write them: what is read, and where comments stand."""

import io
import re
import zipfile
from random import Random

import pytest
from checking import REPORT, TITLE
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.checking.check import check
from assistant.checking.manuscript import ParagraphKind
from assistant.checking.reading import read_manuscript
from assistant.word.comments import commented
from corpus.errors import TenkyoError
from ui.findings import where

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
SAID = f"港湾省「{TITLE}」は、"
WRONG = "整備に要する費用は37億円と見込まれる"
SENTENCE = f"{SAID}「{WRONG}」とする。"


def changed(data, change):
    """Return a copy of a ZIP file; `change` gives a part's new name and content, or None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if (made := change(name, old.read(name))) is not None:
                new.writestr(*made)
    return out.getvalue()


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(xml):
    whole = f"<w:document {SPACES}><w:body>{xml}</w:body></w:document>".encode()
    return changed(
        saved(Document()), lambda name, old: (name, whole if name == "word/document.xml" else old)
    )


def run(text, form=""):
    return f'<w:r>{form}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, form=""):
    return f"<w:p>{form}{''.join(runs)}</w:p>"


def box(text):
    return f"<w:txbxContent>{p(run(text))}</w:txbxContent>"


RUBY = (
    "<w:ruby><w:rt><w:r><w:t>せいび</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>整備</w:t></w:r></w:rubyBase></w:ruby>"
)
REST = "に要する費用は37億円と見込まれる"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'

ONE_PARAGRAPH = {
    "ruby": p(run(f"{SAID}「"), f"<w:r>{RUBY}</w:r>", run(f"{REST}」とする。")),
    "ruby between text of one run": p(
        f"<w:r><w:t>{SAID}「</w:t>{RUBY}<w:t>{REST}」とする。</w:t></w:r>"
    ),
    "field": p(
        run(SAID),
        FIELD.format("begin"),
        "<w:r><w:instrText>REF a</w:instrText></w:r>",
        FIELD.format("separate"),
        run(f"「{WRONG}」"),
        FIELD.format("end"),
        run("とする。"),
    ),
    "simple field": p(
        run(SAID), f"<w:fldSimple>{run(f'「{WRONG}」')}</w:fldSimple>", run("とする。")
    ),
    "hyperlink": p(
        run(SAID),
        f"<w:hyperlink>{run('「整備に要する費')}</w:hyperlink>",
        run(f"{WRONG[7:]}」とする。"),
    ),
    "tracked changes": p(
        run(f"{SAID}「整備に要する費用は"),
        '<w:del w:id="1"><w:r><w:delText>73</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{run("37")}</w:ins>',
        run("億円と見込まれる」とする。"),
    ),
    "moved here": p(run(SAID), f'<w:moveTo w:id="3">{run(f"「{WRONG}」とする。")}</w:moveTo>'),
    "moved away": p(run(SENTENCE), f'<w:moveFrom w:id="3">{run("よそへ")}</w:moveFrom>'),
    "content control": f"<w:sdt><w:sdtContent>{p(run(SENTENCE))}</w:sdtContent></w:sdt>",
    "hidden": p(run(SAID), run("隠した", "<w:rPr><w:vanish/></w:rPr>"), run(SENTENCE[len(SAID) :])),
    "comment and instruction of XML": p(
        "<!-- x -->", run(SAID), "<?x y?>", run(SENTENCE[len(SAID) :])
    ),
}


def anchored(data):
    """Return the text between the marks of the comments, and what holds the marks."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    is_inside, words, holders = False, [], []
    for element in root.iter(f"{{{W}}}*"):
        name = etree.QName(element).localname
        if name.startswith("commentRange"):
            is_inside = name == "commentRangeStart"
            holders.append({etree.QName(above).localname for above in element.iterancestors()})
        elif name == "t" and is_inside and not any("}rt" in a.tag for a in element.iterancestors()):
            words.append(element.text)
    return "".join(words), holders


@pytest.mark.parametrize("xml", ONE_PARAGRAPH.values(), ids=ONE_PARAGRAPH)
def test_a_paragraph_as_its_reader_sees_it_with_a_comment_on_the_words(xml, request):
    data = with_body(xml)
    manuscript = read_manuscript("draft.docx", data)
    assert [paragraph.text for paragraph in manuscript.paragraphs] == [SENTENCE]
    made = commented("draft.docx", data, check(manuscript, [REPORT]))
    assert read_manuscript("draft.docx", made) == manuscript
    words, holders = anchored(made)
    whole = "between text of one run" in request.node.callspec.id
    assert words == (SENTENCE if whole else WRONG)
    assert all("r" not in above for above in holders)


BOXES = {
    "with another form for old programs": f"<mc:AlternateContent><mc:Choice>{box(SENTENCE)}"
    f"</mc:Choice><mc:Fallback><w:pict>{box(SENTENCE)}</w:pict></mc:Fallback></mc:AlternateContent>",
    "of old programs": f"<w:pict><v:textbox>{box(SENTENCE)}</v:textbox></w:pict>",
}


@pytest.mark.parametrize("xml", BOXES.values(), ids=BOXES)
def test_a_comment_on_a_text_box_stands_outside_it(xml):
    data = with_body(p(run("前"), f"<w:r>{xml}</w:r>", run("後")))
    manuscript = read_manuscript("draft.docx", data)
    assert [each.text for each in manuscript.paragraphs] == ["前後", SENTENCE]
    made = commented("draft.docx", data, check(manuscript, [REPORT]))
    assert read_manuscript("draft.docx", made) == manuscript
    assert all("txbxContent" not in above for above in anchored(made)[1])


def test_breaks_and_tabs_part_words():
    xml = p(
        "<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t><w:ptab/><w:t>四</w:t></w:r>"
    )
    (paragraph,) = read_manuscript("draft.docx", with_body(xml)).paragraphs
    assert paragraph.text == "一 二 三 四"


BODY, HEADING, QUOTE = ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.BLOCK_QUOTE
STYLES = {
    "quotation of one's own": (("引用（課内）", "Normal", None), QUOTE),
    "based on one for quotations": (("囲み", "Quote", None), QUOTE),
    "list of works": (("引用文献", "Normal", None), BODY),
    "heading by its level": (("大項目", "Normal", 0), HEADING),
    "level of the body": (("本文2", "Normal", 9), BODY),
}


@pytest.mark.parametrize(("style", "kind"), STYLES.values(), ids=STYLES)
def test_styles_tell_what_a_paragraph_is(style, kind):
    name, base, level = style
    document = Document()
    made = document.styles.add_style(name, 1)
    made.base_style = document.styles[base]
    if level is not None:
        outline = etree.SubElement(made.element.get_or_add_pPr(), f"{{{W}}}outlineLvl")
        outline.set(f"{{{W}}}val", str(level))
    document.add_paragraph("言葉。", style=name)
    (paragraph,) = read_manuscript("draft.docx", saved(document)).paragraphs
    assert paragraph.kind is kind


def drafted():
    document = Document()
    marked = document.add_paragraph().add_run(SENTENCE)
    document.add_comment(marked, text="前のコメント", author="甲")
    return saved(document)


def renamed(old, new):
    folder, last = old.rsplit("/", 1)
    to = new.rsplit("/", 1)[1]
    relations = f"{folder}/_rels/{last}.rels"

    def change(name, content):
        name = {old: new, relations: f"{folder}/_rels/{to}.rels"}.get(name, name)
        return name, content.replace(last.encode(), to.encode())

    return change


NAMES = {
    "text, as Word in a browser names it": ("word/document.xml", "word/document2.xml"),
    "comments": ("word/comments.xml", "word/comments7.xml"),
}


@pytest.mark.parametrize(("old", "new"), NAMES.values(), ids=NAMES)
def test_parts_are_found_by_their_relations(old, new):
    data = changed(drafted(), renamed(old, new))
    manuscript = read_manuscript("draft.docx", data)
    assert [paragraph.text for paragraph in manuscript.paragraphs] == [SENTENCE]
    made = commented("draft.docx", data, check(manuscript, [REPORT]))
    assert [each.author for each in Document(io.BytesIO(made)).comments] == ["甲", "典拠"]
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert len(names) == len(set(names)) and new in names


def test_a_strict_file_is_refused_with_what_to_do():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = changed(drafted(), lambda n, old: (n, old.replace(W.encode(), strict.encode())))
    with pytest.raises(TenkyoError, match="保存し直して"):
        read_manuscript("draft.docx", data)


WITHOUT = ("[Content_Types].xml", "word/_rels/document.xml.rels", "_rels/.rels", "word/styles.xml")


@pytest.mark.parametrize("part", WITHOUT)
def test_a_file_without_a_part_is_read_or_refused(part):
    only_refused(changed(saved_sentence(), lambda n, old: None if n == part else (n, old)))


def saved_sentence():
    return with_body(p(run(SENTENCE)))


def only_refused(data):
    try:
        manuscript = read_manuscript("draft.docx", data)
        made = commented("draft.docx", data, check(manuscript, [REPORT]))
    except TenkyoError as error:
        assert str(error).endswith("。")
    else:
        assert read_manuscript("draft.docx", made) == manuscript


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_read_or_refused(seed):
    random, data = Random(seed), bytearray(drafted())
    for _ in range(random.randint(1, 5)):
        data[random.randrange(len(data))] = random.randrange(256)
    only_refused(bytes(data))


def test_a_comment_with_an_odd_number_is_kept():
    data = changed(drafted(), lambda n, old: (n, old.replace(b'w:id="0"', b'w:id="x"')))
    only_refused(data)


ATOMS = st.lists(
    st.one_of(
        st.text("整備に費用37億円「」", min_size=1, max_size=4).map(lambda t: f"<w:t>{t}</w:t>"),
        st.sampled_from(
            (
                "<w:tab/>",
                "<w:br/>",
                "<w:noBreakHyphen/>",
                "<w:softHyphen/>",
                "<w:lastRenderedPageBreak/>",
            )
        ),
    ),
    max_size=5,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(ATOMS, max_size=4), st.lists(ATOMS, max_size=2))
def test_the_text_stays_whatever_its_runs_are(before, after):
    runs = [f"<w:r><w:rPr><w:b/></w:rPr>{''.join(each)}</w:r>" for each in before]
    rest = [f"<w:r>{''.join(each)}</w:r>" for each in after]
    only_refused(with_body(p(*runs, run(SENTENCE), *rest)))


def test_both_halves_of_a_parted_run_keep_its_form():
    data = with_body(p(run(SENTENCE, '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>')))
    made = commented("draft.docx", data, check(read_manuscript("draft.docx", data), [REPORT]))
    xml = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    parted = re.findall(r'<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:t ', xml)
    assert len(parted) == 3


def with_notes():
    """Return a file whose second note is kept before its first, and has two paragraphs."""
    document = Document()
    for text, number in (("一つ", "3"), ("二つ", "5")):
        reference = etree.SubElement(
            document.add_paragraph().add_run(text)._r, f"{{{W}}}footnoteReference"
        )
        reference.set(f"{{{W}}}id", number)
    second = f'<w:footnote w:id="5">{p(run("注"))}{p(run("続き"))}</w:footnote>'
    first = f'<w:footnote w:id="3">{p(run(SENTENCE))}</w:footnote>'
    xml = f"<w:footnotes {SPACES}>{second}{first}</w:footnotes>".encode()
    part = Part(
        PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml, document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return saved(document)


def test_notes_count_in_the_order_of_their_marks():
    manuscript = read_manuscript("draft.docx", with_notes())
    (alarm,) = [each for each in check(manuscript, [REPORT]).findings if each.needs_a_look]
    assert where(alarm, manuscript.paragraphs) == "注1"


@pytest.mark.parametrize(
    "data", [with_notes(), with_body(p(f"<w:r><w:pict>{box(SENTENCE)}</w:pict></w:r>"))]
)
def test_a_comment_that_cannot_stand_at_the_words_says_them(data):
    made = commented("draft.docx", data, check(read_manuscript("draft.docx", data), [REPORT]))
    (comment,) = Document(io.BytesIO(made)).comments
    assert f"原稿の言葉：{WRONG}" in comment.text
