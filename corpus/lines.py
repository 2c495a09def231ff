r"""Lines of a source text with their place.

Takes decoded text; gives its lines, numbered as an editor numbers them (\n, \r\n and \r end
a line, other separators do not). Knows nothing about what a line means.
"""

import re
from dataclasses import dataclass

from corpus.model import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end."""

    number: int
    """1-based."""
    start: int
    """Offset of its first character in the text."""
    text: str

    @property
    def end(self) -> int:
        """Offset just after its last character."""
        return self.start + len(self.text)

    @property
    def is_blank(self) -> bool:
        """True for an empty line and for one of white space alone."""
        return not self.text.strip()

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place of `text[start:end]` without white space at its ends."""
        piece = self.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        begin = self.start + start + lead
        return Span(begin, begin + len(piece.strip()))


def lines_of(text: str) -> list[Line]:
    """Return all lines of `text`; the last one needs no line end."""
    found: list[Line] = []
    for match in _LINE.finditer(text):
        if match.end() == match.start() and (found or not text):
            break
        found.append(Line(len(found) + 1, match.start(), match.group().rstrip("\r\n")))
    return found
