"""Collected citations as Markdown and as plain text.

Takes items and the lines of a record; gives text. Words of reports and users are escaped in
Markdown, so that they show as they are. Knows nothing about Word.
"""

import re
from collections.abc import Sequence

from assistant.export.collected import Item
from assistant.export.notes import is_block, notes, references, remarks, shown
from assistant.references.forms import DEFAULT
from assistant.references.reference import Options

TITLE = "引用の下書き"
REFERENCES = "参考文献"
RECORD = "出どころの記録"

_SPECIAL = re.compile(
    r"[\\`*{}\[\]<>#|~^$&\"'@]"
    r"|:(?=[\w+-]+:)"  # the name of an emoji
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word it means nothing
    r"|(?<=-)-|-(?=-)|\.(?=\.\.)|(?<=\.)\.(?=\.)|(?<=\.\.)\."  # dashes and dots of pandoc
)
_OPENS_BLOCK = re.compile(r"^([-+=:])", re.MULTILINE)
_OPENS_LIST = re.compile(r"^(\(?(?:[0-9]+|[A-Za-z]+))([.)])(?=\s|$)", re.MULTILINE)
_URL = re.compile(r"https?://[!-;=?-~]+?(?=[.,]?(?:\s|$))")


def markdown(items: Sequence[Item], record: Sequence[str] = (), options: Options = DEFAULT) -> str:
    """Return Markdown with footnotes; `record` is the appendix, left out where empty."""
    blocks = [f"# {TITLE}"]
    for number, item in enumerate(items, 1):
        # A line ends with a backslash where the next one is to stay a line of its own.
        blocks += ["\\\n".join(map(escaped, lines))] if (lines := remarks(item)) else []
        quote = escaped(shown(item.quote))
        blocks.append(f"> {quote}[^{number}]" if is_block(item) else f"「{quote}」[^{number}]")
    blocks += [f"[^{n}]: {escaped(note)}" for n, note in enumerate(notes(items, options), 1)]
    blocks += [f"## {REFERENCES}", _bullets(references(items, options))]
    if record:
        blocks += [f"## {RECORD}", _bullets(record)]
    return "\n\n".join(blocks) + "\n"


def plain_text(
    items: Sequence[Item], record: Sequence[str] = (), options: Options = DEFAULT
) -> str:
    """Return plain text with numbered notes."""
    blocks = [TITLE]
    for number, item in enumerate(items, 1):
        blocks += ["\n".join(lines)] if (lines := remarks(item)) else []
        quote, mark = shown(item.quote), f"（注{number}）"
        blocks.append(f"\u3000\u3000{quote}{mark}" if is_block(item) else f"「{quote}」{mark}")
    told = enumerate(notes(items, options), 1)
    blocks.append("\n".join(f"（注{n}）{note}" for n, note in told))
    blocks.append("\n".join([REFERENCES, *references(items, options)]))
    if record:
        blocks.append("\n".join([RECORD, *record]))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    r"""Return one line for Markdown, where it shows as it is; GitHub and pandoc read it alike.

    >>> print(escaped("1. *A_B* -- [x]"))
    1\. \*A_B\* \-\- \[x\]
    """
    marked = _SPECIAL.sub(lambda found: "\\" + found[0], text)
    return _OPENS_LIST.sub(r"\1\\\2", _OPENS_BLOCK.sub(r"\\\1", marked))


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {_linked(line)}" for line in lines)


def _linked(line: str) -> str:
    """Return a line for Markdown whose addresses can be followed, and read without backslashes."""
    url = _URL.search(line)
    if url is None:
        return escaped(line)
    return f"{escaped(line[: url.start()])}<{url[0]}>{_linked(line[url.end() :])}"
