r"""A paragraph's source → the text that its reader sees, and where marks of notes stand.

Takes a line of Markdown or plain text and the names of the notes; gives text without markup and
marks. Knows nothing about paragraphs.

>>> visible("**強い**語[^1]と[題](https://a.jp/)。", True, ("[^1]",))
('強い語と題。', [(3, '[^1]')])
>>> visible("とする（注１）。5 * 6", True, ("注1",))
('とする。5 * 6', [(3, '注1')])
"""

import html
import re
import unicodedata
from collections.abc import Sequence

_MARKUP = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>(?<!`)`+(?!`))(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<address>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s@]+)>"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]*"
    r"(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?>|<!--.*?-->)"
    r"|!?\[(?P<label>[^\[\]\n]*)\](?:\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|\[[^\[\]\n^]*\])"
    r"|(?P<emphasis>\*{1,3}|_{1,3}|~~)"
    r"|(?P<entity>&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);)",
    re.DOTALL,
)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = "\ufdd0"
"""Where a mark stood; Unicode keeps this one for use inside a program."""
_NO_DIGIT = r"(?<![0-9０-９(（])"
_HAN = r"\u3005\u3400-\u9fff\uf900-\ufaff"


def bare(mark: str) -> str:
    """Return the name of a mark, whatever its width and brackets: 注1 of （注１） and of 注1)."""
    if mark.startswith("[^") or re.fullmatch(f"[{_RAISED}]+", mark):
        return mark
    name = re.sub(r"\s", "", unicodedata.normalize("NFKC", mark))
    # Without its brackets, [1] would be any 1.
    return name if re.fullmatch(r"\[\d+\]|\d+\)", name) else re.sub(r"[()\[\]]", "", name)


def visible(
    source: str, is_markdown: bool, notes: Sequence[str]
) -> tuple[str, list[tuple[int, str]]]:
    """Return the visible text and, for each mark of a note, its offset in that text and name."""
    source, names = _with_marks(source.replace(_MARK, ""), notes)
    text = (_plain(source) if is_markdown else source).strip()
    offsets = [match.start() - before for before, match in enumerate(re.finditer(_MARK, text))]
    text = text.replace(_MARK, "")
    lead = len(text) - len(text.lstrip())
    found = [(max(0, offset - lead), name) for offset, name in zip(offsets, names, strict=True)]
    return text.strip(), found


def _with_marks(source: str, notes: Sequence[str]) -> tuple[str, list[str]]:
    """Return the source with `_MARK` for each mark of a note, and the names of these notes."""
    out, names, position = "", [], 0
    for match in _marks(notes).finditer(source) if notes else ():
        out += source[position : match.start()] + _MARK
        names.append(bare(match[0]))
        position = match.end()
        is_closed = source[: match.start()].count("（") <= source[: match.start()].count("）")
        if match[0][-1].isdigit() and is_closed and source[position : position + 1] in ("）", ")"):
            position += 1  # 注1）
    return out + source[position:], names


def _marks(notes: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern for the marks of these notes, and for nothing that only looks like one."""
    alternatives = []
    for name in notes:
        if name.startswith("[^"):
            alternatives.append(re.escape(name))
            continue
        if name[0] in _RAISED:
            alternatives.append(rf"{name}(?![{_RAISED}])")
            continue
        if name.endswith(")"):  # とする1)
            number = "".join(map(_in_any_width, name[:-1]))
            alternatives.append(rf"(?<=[\w。、」』”]){_NO_DIGIT}{number}[)）]")
            continue
        written = r"\s?".join(map(_in_any_width, name))
        alternatives.append(rf"[（(\[]\s?{written}\s?[）)\]]")
        # 発注1件 and 2*1 have no mark in them.
        before = {"注": rf"(?<![{_HAN}])", "*": "(?<![0-9A-Za-z０-９])"}.get(name[0], "")
        alternatives.append(rf"{before}{written}(?!\d)")
    return re.compile("|".join(alternatives))


def _in_any_width(letter: str) -> str:
    wide = chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter
    return f"[{re.escape(letter)}{wide}]"


def _plain(source: str) -> str:
    """Return Markdown without its markup; emphasis counts in pairs, so that 5*6 stays."""
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    position = 0
    for match in _MARKUP.finditer(source):
        pieces.append(source[position : match.start()])
        position = match.end()
        sign = match["emphasis"]
        pieces.append(sign or _shown(match))
        if sign is None:
            continue
        before, after = source[: match.start()][-1:], source[match.end() :][:1]
        first = next((at for at, each in enumerate(opened) if each[0] == sign), None)
        if first is not None and _may_close(sign, before, after):
            pieces[opened[first][1]] = pieces[-1] = ""
            del opened[first:]
        elif _may_close(sign, after, before):
            opened.append((sign, len(pieces) - 1))
    return "".join(pieces) + source[position:]


def _may_close(sign: str, inside: str, outside: str) -> bool:
    """True where emphasis may end between these letters; it begins as in a mirror."""
    if not inside.strip():
        return False
    return sign[0] != "_" or not outside.isalnum()


def _shown(match: re.Match[str]) -> str:
    shown = match["code"] or match["address"] or match["label"] or ""
    if match["escaped"]:
        shown = match["escaped"][1:]
    elif match["entity"]:
        shown = html.unescape(match["entity"])
    return shown + _MARK * (match[0].count(_MARK) - shown.count(_MARK))
