"""Fenced code: lines that are to be taken as they stand.

Takes lines; gives the numbers of the fence lines and of those between them. A fence without
its partner does not count, so one stray mark cannot hide the headings below it. Knows nothing
about what stands inside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import Line

_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*(?:[A-Za-z][A-Za-z0-9_+#.-]*)?")
"""At most the name of a language follows: a line with Japanese text after ~~~ is content."""


@dataclass(frozen=True, slots=True)
class Fences:
    """Line numbers, 1-based."""

    marks: frozenset[int]
    """The fence lines themselves, which are layout."""
    inside: frozenset[int]


def fences_of(lines: Sequence[Line]) -> Fences:
    """Return the fences of `lines`; one of backticks and one of tildes do not pair."""
    marks: set[int] = set()
    inside: set[int] = set()
    opened: tuple[int, str] | None = None
    for line in lines:
        match = _FENCE.fullmatch(line.text.strip())
        if match is None:
            continue
        kind = match.group(1)[0]
        if opened is None:
            opened = (line.number, kind)
        elif opened[1] == kind:
            marks |= {opened[0], line.number}
            inside.update(range(opened[0] + 1, line.number))
            opened = None
    return Fences(frozenset(marks), frozenset(inside))
