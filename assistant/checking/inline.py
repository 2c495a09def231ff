"""A paragraph's source → the text that its reader sees, and where marks of notes stand.

Takes a line of Markdown or plain text and the names of the notes; gives text without markup and
marks. Knows nothing about paragraphs.

>>> visible("**強い**語[^1]と[題](https://a.jp/)。", True, ("[^1]",))
('強い語と題。', [(3, '[^1]')])
>>> visible("とする（注1）。", False, ("注1",))
('とする。', [(3, '注1')])
"""

import html
import re
from collections.abc import Sequence

_MARKUP = re.compile(
    r"<(?P<link>https?://[^<>\s]*)>"
    r"|(?P<tag></?[A-Za-z][^<>]*>|<!--.*?-->)"
    r"|(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|!?\[(?P<label>[^\[\]\n]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)"
    r"|(?P<emphasis>\*{1,3}|_{2,3}|~~|`+)"
    r"|(?P<entity>&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);)",
    re.DOTALL,
)


def visible(
    source: str, is_markdown: bool, notes: Sequence[str]
) -> tuple[str, list[tuple[int, str]]]:
    """Return the visible text and, for each mark of a note, its offset in that text and name."""
    out: list[str] = []
    length, found = 0, []
    for piece, name in _parted(source, notes):
        if name is not None:
            found.append((length, name))
            continue
        words = _plain(piece) if is_markdown else piece
        out.append(words)
        length += len(words)
    text = "".join(out)
    lead = len(text) - len(text.lstrip())
    return text.strip(), [(max(0, offset - lead), name) for offset, name in found]


def _parted(source: str, notes: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return `source` as pieces of text and marks."""
    if not notes:
        return [(source, None)]
    found: list[tuple[str, str | None]] = []
    position = 0
    for match in _marks(notes).finditer(source):
        found.append((source[position : match.start()], None))
        said = next(group for group in match.groups() if group is not None)
        found.append(("", re.sub(r"\s", "", said)))
        position = match.end()
    return [*found, (source[position:], None)]


def _marks(notes: Sequence[str]) -> re.Pattern[str]:
    markdown = [re.escape(name) for name in notes if name.startswith("[^")]
    plain = [r"\s?".join(map(re.escape, name)) for name in notes if not name.startswith("[^")]
    alternatives = [f"({one})" for one in markdown]
    alternatives += [rf"[（(\[]?({one})(?!\d)[）)\]]?" for one in plain]
    return re.compile("|".join(alternatives))


def _plain(source: str) -> str:
    return _MARKUP.sub(_shown, source)


def _shown(match: re.Match[str]) -> str:
    if match["escaped"]:
        return match["escaped"][1:]
    if match["link"]:
        return match["link"]
    if match["label"] is not None:
        return match["label"]
    return html.unescape(match["entity"]) if match["entity"] else ""
