r"""Tables of equal expressions: files → groups by the expressions that are looked for.

Takes the path of a table; gives its groups. Knows nothing about questions.

Each line is a group of equals, parted by tabs. One that begins with a cell `=` names one thing
(AI, 人工知能), one with `~` an everyday expression and what documents may call it (いけす, 養殖),
any other what is nearly always called either way; `#` begins a remark. The synonym dictionary
of Sudachi is read in its own format.

>>> table_of(["=\tAI\t人工知能"], "例.tsv").groups[0].texts
('AI', '人工知能')
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.errors import InputError
from index.terms import normalize

SAME_NAME = 1.0
"""Weight of an equal that names the same thing."""
SAME_SENSE = 0.8
"""Weight of an equal that says nearly the same; .6 to 1 rank alike."""

SAME_AIM = 0.7
"""Weight of what documents may call an everyday expression."""

_NAME, _EVERYDAY = "=", "~"
"""First cells of a group that names one thing, and of one that is looked for by its first cell."""

_BETWEEN = "\ue000"
"""A character of no text, which normalizing leaves as it is."""

_SUDACHI = re.compile(r"\d+,")
_COLUMNS = 11
_FLAG, _HEADWORD = 2, 8
_FLAGS = ("0", "1", "2")
"""An entry of Sudachi's is looked for and given; given alone; neither."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")


@dataclass(frozen=True, slots=True)
class Group:
    """Expressions that are equal."""

    texts: tuple[str, ...]
    wanted: tuple[str, ...]
    """Those of them that are looked for in a question."""
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The groups of one file; one is equal to itself alone, so that it can be a key."""

    groups: tuple[Group, ...]
    by_expression: Mapping[str, tuple[Group, ...]]
    """By what is looked for, normalized and without spaces."""
    longest: Mapping[str, int]
    """Characters of the longest of those that begin with the same two."""


def read_table(path: Path) -> Table:
    """Return the table in `path`, read once a process unless it changes.

    Raises:
        InputError: it cannot be read or is no table; the sentence names the file and the line.
    """
    try:
        state = path.stat()
        return _kept(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"言いかえの表「{path}」を読めません。（{reason}）") from error


@lru_cache(4)
def _kept(path: Path, changed: int, size: int) -> Table:
    """Return the table in `path`; `changed` and `size` only tell its states apart."""
    content = path.read_bytes()
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise _bad(str(path), number, "文字コードを UTF-8 にしてください。") from error
    return table_of(lines, str(path))


def table_of(lines: Sequence[str], name: str) -> Table:
    """Return the table that `lines` of the file `name` are.

    Raises:
        InputError: a line is not in the format of the first one.
    """
    first = next((line for line in lines if line and not line.startswith("#")), "")
    read = _read_sudachi if _SUDACHI.match(first) else _read_tabs
    groups = tuple(read(lines, name))
    found: dict[str, tuple[Group, ...]] = {}
    forms = iter(_normalized([text for group in groups for text in group.wanted]))
    for group in groups:
        for text in dict.fromkeys([next(forms) for _ in group.wanted]):
            found[text] = (*found.get(text, ()), group)
    longest: dict[str, int] = {}
    for text in found:
        longest[text[:2]] = max(longest.get(text[:2], 0), len(text))
    return Table(groups, found, longest)


def _normalized(texts: Sequence[str]) -> list[str]:
    """Return the form of each text that is looked for; all at once, as a table has thousands."""
    if any(_BETWEEN in text for text in texts):
        return [normalize(text).replace(" ", "") for text in texts]
    joined = normalize(_BETWEEN.join(texts)).replace(" ", "")
    return joined.split(_BETWEEN) if texts else []


def _read_tabs(lines: Sequence[str], name: str) -> Iterator[Group]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        texts = cells[1:] if cells[0] in (_NAME, _EVERYDAY) else cells
        if len(texts) < 2 or not all(texts):
            raise _bad(name, number, "同じ意味の言葉を二つ以上、タブで区切って書いてください。")
        if cells[0] == _EVERYDAY:
            yield Group(tuple(texts[1:]), (texts[0],), SAME_AIM)
        else:
            yield Group(tuple(texts), tuple(texts), SAME_NAME if cells[0] == _NAME else SAME_SENSE)


def _read_sudachi(lines: Sequence[str], name: str) -> Iterator[Group]:
    texts: list[str] = []
    wanted: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line:
            cells = line.split(",")
            if len(cells) != _COLUMNS or cells[_FLAG] not in _FLAGS or not cells[_HEADWORD]:
                raise _bad(name, number, "Sudachi同義語辞書の形式ではありません。")
            text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), cells[_HEADWORD])
            texts += [text] * (cells[_FLAG] != "2")
            wanted += [text] * (cells[_FLAG] == "0")
        elif texts:
            yield Group(tuple(texts), tuple(wanted), SAME_SENSE)
            texts, wanted = [], []


def _bad(name: str, number: int, reason: str) -> InputError:
    return InputError(f"言いかえの表「{name}」の{number}行目を読めません。{reason}")
