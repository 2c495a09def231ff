"""Conditions on rows by what their cells say: a value in the question, a phrase in a cell.

Takes the words of a question and a table; gives which rows have an entry that the question has
word for word, or a cell that holds a quoted phrase or an affiliation. Excluded values take rows
away. Knows nothing about numbers that are compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.composing.grid import Grid, own_word
from assistant.composing.quantities import COMPARED
from assistant.understanding.understand import Query
from corpus.characters import search_form

EMPTY = re.compile(r"[-―—ー－]*")
"""A cell that says nothing."""
_BARE = re.compile(r"[ぁ-ゖ\d\s.,%]+")
"""Cells of kana or digits alone say too little to be looked for anywhere (あり, 100%)."""
_JUST_NAMED = 10
"""Characters between a column and what it is said to say."""
_EXCEPT = re.compile(
    r"[」』]?(?:の[^、。]{0,6})?(?:を除|は除|以外|でな|ではな|じゃな|[がを][^、。「」]{1,6}(?:て|で)い?ない)"
)
_AND = re.compile(r"[」』]?(?:と|や|、|・|及び|または|又は)[「『]?")
_FRACTION = re.compile(r"(\d+)\s*分の\s*(\d+)")
_BOTH = re.compile(r"両方|どちらにも|いずれにも|ともに|かつ")
_CONTAINS = re.compile(r"含|入って|書かれ|書いて|記載|載って|挙が|挙げ|出て|ある|あり")
"""Words that say that a cell has a phrase among others."""
_AFFILIATED = re.compile(
    r"([^、。のはがをにで\s]{2,16})(?:に(?:所属|属)[^、。]{1,4}|の)"
    r"(?:人|方|者|構成員|委員|メンバー|有識者)(?:は|が|を|って|全|$|[?？])"
)
"""People of a body: 「大学に所属する人」."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with the rows that meet it, by their order."""

    column: int
    rows: frozenset[int]
    words: str
    """What the question says, in search form."""


@dataclass(frozen=True, slots=True)
class _Value:
    """What a cell says and the question too, with its place in the question."""

    part: str
    column: int
    rows: frozenset[int]
    place: tuple[int, int]


def by_value(query: Query, asked: str, grid: Grid, taken: set[int]) -> Iterator[Condition]:
    """Yield a condition for each column that has what the question says word for word."""
    rest = _apart(_fractions(asked), grid)
    found = sorted(_found(query, rest, grid, taken), key=lambda value: value.place)
    excluded: set[str] = set()
    for value, after in zip(reversed(found), [None, *reversed(found)], strict=False):
        joined = (
            after
            and after.part in excluded
            and _AND.fullmatch(rest[value.place[1] : after.place[0]])
        )
        if joined or _EXCEPT.match(rest, value.place[1]):
            excluded.add(value.part)
    if not found:
        yield from _holding(query, asked, grid)
    for column in dict.fromkeys(value.column for value in found):
        values = [value for value in found if value.column == column]
        yield _joined(column, values, excluded, len(grid.rows), bool(_BOTH.search(asked)))


def _apart(asked: str, grid: Grid) -> str:
    """Return the question with a gap behind each column label (補助率 2分の1)."""
    for label in grid.labels:
        asked = asked.replace(label, f"{label} ") if len(label) > 1 else asked
    return asked


def _fractions(text: str) -> str:
    return _FRACTION.sub(r"\2/\1", text)


def _found(query: Query, rest: str, grid: Grid, taken: set[int]) -> Iterator[_Value]:
    """Yield the entries of cells that the question has, the longest read first."""
    sought = set(grid.named_columns(query.asked))
    places: dict[str, dict[int, set[int]]] = {}
    for number, row in enumerate(grid.rows):
        for column in range(1 if grid.is_keyed else 0, grid.width):
            for part in grid.parts(row, column) if column not in taken else ():
                places.setdefault(_fractions(part), {}).setdefault(column, set()).add(number)
    for part in sorted(places, key=len, reverse=True):
        columns = places[part]
        if match := _stands(query, grid, part, rest, columns):
            column = min(columns, key=lambda c: (c in sought, -len(columns[c])))
            yield _Value(part, column, frozenset(columns[column]), match.span())
            rest = rest[: match.start()] + "\n" * len(part) + rest[match.end() :]


def _holding(query: Query, asked: str, grid: Grid) -> Iterator[Condition]:
    """Yield a condition for a phrase that some cells hold among other words."""
    phrases = [search_form(quoted) for quoted in query.quoted if _CONTAINS.search(asked)]
    people = [m.group(1) for m in _AFFILIATED.finditer(asked)]
    columns = range(1 if grid.is_keyed else 0, grid.width)
    for phrase in (*phrases, *people):
        found = [
            Condition(column, rows, phrase)
            for column in columns
            if (rows := _with(grid, column, phrase))
        ]
        if found and phrase not in search_form(grid.title):
            yield max(found, key=lambda condition: len(condition.rows))
            return


def _with(grid: Grid, column: int, phrase: str) -> frozenset[int]:
    return frozenset(n for n, row in enumerate(grid.rows) if phrase in grid.text(row, column))


def _joined(
    column: int, values: Sequence[_Value], excluded: set[str], rows: int, both: bool
) -> Condition:
    """Return what a column must say: one of the values, or all, and none of the excluded."""
    wanted = [v.rows for v in values if v.part not in excluded] or [frozenset(range(rows))]
    join = frozenset.intersection if both else frozenset.union
    kept = join(*wanted)
    for value in values:
        kept = kept - value.rows if value.part in excluded else kept
    return Condition(column, kept, " ".join(value.part for value in values))


def _stands(
    query: Query, grid: Grid, part: str, rest: str, columns: dict[int, set[int]]
) -> re.Match[str] | None:
    """Return where the question has what a cell says; what the table is called is no mark."""
    quoted = part in {search_form(text) for text in query.quoted}
    if part in grid.labels or EMPTY.fullmatch(part):
        return None
    if part in search_form(grid.title) and not quoted:
        return None
    match = _before_its_column(grid, part, rest, columns) or own_word(part, rest)
    if match is None or COMPARED.match(rest, match.start()):
        return None
    if len(part) < 2 or _BARE.fullmatch(part):
        if _before_its_column(grid, part, rest, columns):
            return match
        before = rest[max(0, match.start() - _JUST_NAMED - 12) : match.start()]
        return match if any(c in grid.named_columns(before) for c in columns) else None
    return match


def _before_its_column(
    grid: Grid, part: str, rest: str, columns: dict[int, set[int]]
) -> re.Match[str] | None:
    """Return where a mark stands right before what its column is called: A判定, 2種免許."""
    names = [re.escape(grid.labels[c]) for c in columns if len(grid.labels[c]) > 1]
    if not names or len(part) > 1:
        return None
    return re.search(rf"(?<![a-z\d]){re.escape(part)}(?=(?:の)?(?:{'|'.join(names)}))", rest)
