"""Real footnotes in a Word file, which python-docx does not write.

Takes a document of python-docx; adds a footnotes part with the two separators that Word wants
(ids -1 and 0), and a reference in a paragraph for each note. Knows nothing about citations.
"""

from typing import TYPE_CHECKING, Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TEXT_STYLE, MARK_STYLE = "FootnoteText", "FootnoteReference"

_EMPTY = f"""\
<w:footnotes {nsdecls("w")}>
  <w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
    <w:r><w:separator/></w:r></w:p></w:footnote>
  <w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
    <w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class Footnotes:
    """The footnotes of one document; `save` puts them into it."""

    def __init__(self, document: "Document") -> None:
        """Begin without notes."""
        self._document = document
        self._root = etree.fromstring(_EMPTY)
        self._last = 0

    def add(self, paragraph: "Paragraph", text: str) -> None:
        """Put a mark at the end of `paragraph` and its note, `text`, at the foot of the page."""
        self._last += 1
        run = paragraph.add_run()._r
        _style(run, MARK_STYLE)
        reference = etree.SubElement(run, qn("w:footnoteReference"))
        reference.set(qn("w:id"), str(self._last))
        self._root.append(_note(self._last, text))

    def save(self) -> None:
        """Add the part with all notes to the document."""
        declared = etree.tostring(
            self._root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        main = self._document.part
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, declared, main.package
        )
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        told = etree.SubElement(settings, qn("w:footnotePr"))
        for number in ("-1", "0"):
            etree.SubElement(told, qn("w:footnote")).set(qn("w:id"), number)
        # Word wants the settings in the order of the schema: before w:compat.
        compat = settings.find(qn("w:compat"))
        if compat is not None:
            compat.addprevious(told)


def _note(number: int, text: str) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
    note = etree.Element(qn("w:footnote"))
    note.set(qn("w:id"), str(number))
    paragraph = etree.SubElement(note, qn("w:p"))
    properties = etree.SubElement(paragraph, qn("w:pPr"))
    etree.SubElement(properties, qn("w:pStyle")).set(qn("w:val"), TEXT_STYLE)
    mark = etree.SubElement(paragraph, qn("w:r"))
    _style(mark, MARK_STYLE)
    etree.SubElement(mark, qn("w:footnoteRef"))
    run = etree.SubElement(paragraph, qn("w:r"))
    written = etree.SubElement(run, qn("w:t"))
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    written.text = f" {text}"
    return note


def _style(run: Any, name: str) -> None:  # noqa: ANN401 - as above
    properties = etree.SubElement(run, qn("w:rPr"))
    etree.SubElement(properties, qn("w:rStyle")).set(qn("w:val"), name)
