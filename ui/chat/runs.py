"""Source text → HTML in which every visible character knows its place in the source.

Takes a stretch of a report's text; gives runs `<span data-s=".." data-e="..">words</span>`,
whose offsets are those of the source, so that the page can mark exactly the characters that a
citation names. Markup of the source (`**`, tags, line breaks) is shown as form or not at all,
and never reaches the page as markup. Knows nothing about blocks or citations.

>>> runs("AIは**人<b>", Span(0, 9))
'<span data-s="0" data-e="3">AIは</span><strong><span data-s="5" data-e="6">人</span></strong>'
"""

import html
import re

from corpus.markup import TAG
from corpus.model import Span
from ui.screen import safe

_TOKEN = re.compile(
    rf"(?P<tag>{TAG.pattern})|(?P<bold>\*\*)|(?P<entity>&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);)"
    r"|(?P<escape>\\[|*_#`\[\]()<>~\\])|(?P<gap>[ \t\u3000]*[\r\n]\s*)",
    re.DOTALL,
)
_BREAKS = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|table)\b", re.IGNORECASE)
_NARROW = re.compile(r"[!-~]")
"""Letters of scripts that part words by spaces: a line break between two of them is one."""

_NUMBERED = re.compile(
    r"\W{0,2}[(（]?(?:\d{1,3}|[０-９]{1,3}|[ivxIVX]{1,4}|[ア-ンa-z])[.．)）]|[①-⑳㋐-㋾※]|第\d"
)


def brings_its_mark(text: str) -> bool:
    """True for an item that begins with a number or mark of its own and needs no bullet."""
    return bool(_NUMBERED.match(text))


def escaped(text: str) -> str:
    """Return `text` so that a browser shows it and does nothing with it."""
    return html.escape(safe(text))


def runs(text: str, span: Span) -> str:
    """Return the HTML of `text[span.start:span.end]`."""
    out: list[str] = []
    position, is_bold = span.start, False

    def put(start: int, end: int, shown: str) -> None:
        if start < end and shown:
            run = f'<span data-s="{start}" data-e="{end}">{escaped(shown)}</span>'
            out.append(f"<strong>{run}</strong>" if is_bold else run)

    for token in _TOKEN.finditer(text, span.start, span.end):
        put(position, token.start(), text[position : token.start()])
        position = token.end()
        if token["bold"]:
            is_bold = not is_bold
        elif token["entity"]:
            put(token.start(), token.end(), html.unescape(token[0]))
        elif token["escape"]:
            put(token.start(), token.end(), token[0][1:])
        elif token["tag"] and _BREAKS.match(token[0]) and out and out[-1] != "<br>":
            out.append("<br>")
        elif token["gap"] and _parts_words(text, token.start(), token.end()):
            out.append(" ")
    put(position, span.end, text[position : span.end])
    return "".join(out).removesuffix("<br>")


def _parts_words(text: str, start: int, end: int) -> bool:
    return bool(_NARROW.match(text[start - 1 : start]) or _NARROW.match(text[end : end + 1]))
