"""Where in a paragraph something stands: its sentence, inside of parentheses, in a source line.

Takes paragraphs and text; knows nothing about reports.
"""

import re

from assistant.checking.manuscript import Paragraph
from assistant.checking.mentions import SOURCE_LINE
from corpus.japanese import sentences
from corpus.model import Span

_IN_PARENS = re.compile(r"[（(](?:[^（）()]|[（(][^（）()]*[）)])*[）)]。?")


def is_source(paragraph: Paragraph) -> bool:
    """True for a paragraph that names sources and says nothing else."""
    text = paragraph.text.strip()
    is_dashed = text.startswith(("―", "—", "──"))
    return bool(SOURCE_LINE.match(text)) or is_dashed or bool(_IN_PARENS.fullmatch(text))


def in_paren(text: str, span: Span) -> bool:
    """True for a stretch inside of parentheses."""
    before = text[: span.start]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")


def sentence_at(text: str, offset: int) -> Span:
    """Return the sentence at an offset; all of the text where there is none."""
    for span in sentences(text):
        if span.start <= offset < span.end:
            return span
    return Span(0, len(text))
