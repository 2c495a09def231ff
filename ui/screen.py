r"""What reaches a screen or a pipe: standard output and standard error, always UTF-8.

Takes sentences, rendered text and plain values; writes them so that nothing in a report or a
file name can steer a terminal. Knows nothing about answers.

>>> safe("見出し\x1b[31m")
'見出し�[31m'
>>> json_line({"id": "a\ud800", "text": "典拠"})
'{"id": "a\\ud800", "text": "典拠"}'
"""

import io
import json
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.text import Text

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls but tab and line feed, line separators, marks of direction, lone surrogates."""

_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What some readers of JSON lines take for the end of a line, as JSON escapes."""


def speak_utf8() -> None:
    """Make standard output and error UTF-8 whatever the locale, and input tolerant."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def safe(text: str) -> str:
    """Return `text` with everything that could steer a terminal shown as �."""
    return _UNSAFE.sub("\ufffd", text.replace("\r\n", "\n"))


def json_line(value: Mapping[str, Any]) -> str:
    """Return `value` as JSON on one line, Japanese readable and lone surrogates escaped."""
    text = json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)
    # Lone surrogates stand in strings alone, where Python's \udXXX is JSON's escape too.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def say(sentence: str) -> None:
    """Write a sentence to standard error, on one line whatever name it holds."""
    sys.stderr.write(" ".join(safe(sentence).splitlines()) + "\n")


def put(text: "str | Text") -> None:
    """Write a sentence or rendered text to standard output."""
    if isinstance(text, str):
        sys.stdout.write(safe(text) + "\n")
        return
    from rich.console import Console

    # The terminal itself wraps the lines, so that what is copied from it stays whole.
    Console(highlight=False).print(text, soft_wrap=True)


def put_json(value: Mapping[str, Any]) -> None:
    """Write a value to standard output as one JSON object."""
    sys.stdout.write(json_line(value) + "\n")
