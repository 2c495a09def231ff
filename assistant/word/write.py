"""Collected citations as a Word file: styles, real footnotes, a reference list.

Takes items and the lines of a record; gives the bytes of a .docx, made in memory. No user's name,
no template and no font go into it. Knows nothing about how references are worded.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.export.collected import Item
from assistant.export.notes import is_block, notes, references, remarks, shown
from assistant.export.text import RECORD, REFERENCES, TITLE
from assistant.references.forms import DEFAULT
from assistant.references.reference import Options

if TYPE_CHECKING:
    from docx.document import Document

_FONT, _LATIN = "游明朝", "Century"
_HEADING_FONT = "游ゴシック"
_STYLES = {"quote": "Quote", "references": "Bibliography"}


def word(items: Sequence[Item], record: Sequence[str] = (), options: Options = DEFAULT) -> bytes:
    """Return a .docx; `record` is the appendix, left out where empty."""
    from docx import Document as new_document

    from assistant.word.footnotes import Footnotes

    document = new_document()
    _prepare(document)
    document.add_heading(TITLE, 1)
    footnotes = Footnotes(document)
    for item, note in zip(items, notes(items, options), strict=True):
        for line in remarks(item):
            document.add_paragraph(printable(line))
        quote = printable(shown(item.quote))
        if is_block(item):
            paragraph = document.add_paragraph(quote, style=_STYLES["quote"])
        else:
            paragraph = document.add_paragraph(f"「{quote}」")
        footnotes.add(paragraph, printable(note))
    _list(document, REFERENCES, references(items, options))
    if record:
        _list(document, RECORD, record)
    footnotes.save()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def printable(text: str) -> str:
    """Return `text` without what XML cannot hold: controls, lone surrogates, non-characters."""
    return "".join(c if _is_xml(ord(c)) else "\ufffd" for c in text)


def _is_xml(code: int) -> bool:
    if code < 0x20:
        return code in (0x9, 0xA)
    return not (0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))


def _list(document: "Document", heading: str, lines: Sequence[str]) -> None:
    document.add_heading(heading, 2)
    for line in lines:
        document.add_paragraph(printable(line), style=_STYLES["references"])


def _prepare(document: "Document") -> None:
    """Give the document Japanese fonts, the styles it uses, and neutral properties."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    styles = document.styles
    for name in ("Normal", "Heading 1", "Heading 2", "Quote"):
        _font(styles[name], _HEADING_FONT if name.startswith("Heading") else _FONT)
    styles["Normal"].font.size = Pt(10.5)
    styles["Quote"].font.italic = False  # slanted Japanese is hard to read
    styles["Quote"].paragraph_format.left_indent = Mm(7)
    listed: Any = styles.add_style(_STYLES["references"], WD_STYLE_TYPE.PARAGRAPH)
    listed.base_style = styles["Normal"]
    listed.paragraph_format.left_indent = Mm(7)
    listed.paragraph_format.first_line_indent = Mm(-7)
    text: Any = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(0)
    text.paragraph_format.line_spacing = 1
    text.element.set(_styled("styleId"), "FootnoteText")
    mark: Any = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    mark.element.set(_styled("styleId"), "FootnoteReference")
    _language(document)
    _without_picture(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    about = document.core_properties
    about.author, about.last_modified_by, about.comments = "", "", ""
    about.title, about.language = TITLE, "ja-JP"
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _language(document: "Document") -> None:
    """Say that the text is Japanese; else programs without the fonts draw Chinese 、 and 。."""
    for told in document.styles.element.iter(_styled("lang")):
        told.set(_styled("eastAsia"), "ja-JP")


def _without_picture(document: "Document") -> None:
    """Take away the template's picture of its first page, which file managers would show."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    package: Any = document.part.package
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _styled(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _font(style: Any, east_asia: str) -> None:  # noqa: ANN401 - python-docx's styles
    from docx.shared import RGBColor

    style.font.name = _LATIN
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_styled(name), None)
    fonts.set(_styled("eastAsia"), east_asia)
