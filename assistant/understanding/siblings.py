"""What stands beside a place: the rows, items and headings that a follow-up may mean.

Takes a report and the passages that answered before; gives labelled places beside them, in
series, the nearest series first. Knows nothing about questions.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.composing.tables import rows_of
from assistant.refusing.shown import is_of_other
from assistant.understanding.ellipsis import is_attribute, nouns
from corpus.characters import search_form
from corpus.japanese import words
from corpus.layout import MARKS
from corpus.markup import plain
from corpus.model import Passage, PassageKind, Report, Section
from index.terms import lemmas

_SAYING = (PassageKind.ITEM, PassageKind.PARAGRAPH)
_LEVELS = 3
"""How many headings up a sibling may stand."""
_TITLE = re.compile(r"^(.{1,40}?)\s*[:：（(　]")
"""The words before a colon or bracket name an item (「国民ID：…」)."""
_LONGEST_TITLE = 40
_TOPIC = "助詞-係助詞"
_NOUN = ("名詞", "接尾辞", "形状詞", "補助記号", "記号", "代名詞")
_NUMBER = re.compile(
    rf"^[\s{MARKS}【\[(（第]*[一-龥ァ-ヶー]{{0,4}}(\d{{1,2}})(?:[\s)）】\]:：、]|[.．](?!\d))"
)
_ENUMERATOR = re.compile(
    r"^(?:【[^】]*】|[(（]?\d{1,2}[)）.．]|第\d{1,2}[章節部条]?(?=\s)|\d{1,2}(?:\.\d{1,2})*(?=\s)|[①-⑳])\s*"
)
_GAP = re.compile(r"(?<=[^\W\d])[ 　]+(?=[^\W\d])")
_CIRCLED = re.compile(r"^[^①-⑳。]{0,6}([①-⑳])")


@dataclass(frozen=True, slots=True)
class Beside:
    """A place with the words that name it."""

    label: str
    passages: tuple[Passage, ...]
    """What says it: a row, an item, or a heading and what stands under it."""


Series = tuple[Beside, ...]
"""Places of one kind in their order."""


def series_beside(report: Report, passages: Sequence[Passage]) -> Iterator[Series]:
    """Yield the series that `passages` belong to or introduce, the nearest first."""
    if len(passages) > 1 and len({p.section_id for p in passages}) == 1:
        yield tuple(_item(p) for p in passages)
    for passage in passages[:1]:
        section = report.section_by_id[passage.section_id]
        inside = report.passages_by_section[section.id]
        if passage.kind is PassageKind.HEADING:
            # One heading of a series was the answer: its neighbours come before its inside.
            yield from _heading_series(report, section)
        elif passage.table is not None:
            yield tuple(Beside(_row_label(row), (row,)) for row in rows_of(report, passage))
            yield _columns(passage)
        yield from _item_series(inside, passage)
        yield from _tables(report, inside, passage)
        if passage.kind is not PassageKind.HEADING:
            yield from _heading_series(report, section)


def _tables(report: Report, inside: Sequence[Passage], passage: Passage) -> Iterator[Series]:
    """Yield the rows of the other tables in a section."""
    seen = {passage.table.table_number} if passage.table else set()
    for other in inside:
        if other.table is not None and other.table.table_number not in seen:
            seen.add(other.table.table_number)
            yield tuple(Beside(_row_label(row), (row,)) for row in rows_of(report, other))


def _row_label(row: Passage) -> str:
    return (row.table.row_label if row.table else None) or ""


def _columns(row: Passage) -> Series:
    """Return the columns of a table; each is named by its label and said by the same row."""
    assert row.table is not None
    return tuple(Beside(label, (row,)) for label in row.table.column_labels if label)


def _item_series(inside: Sequence[Passage], passage: Passage) -> Iterator[Series]:
    """Yield the items that continue `passage`, its fellows, and the labelled ones."""
    said = [other for other in inside if other.kind in _SAYING]
    own = plain(passage.text)
    yield tuple(_item(other) for other in said if other.lead == own)
    fellows = [o for o in said if (o.group, o.depth, o.lead) == _run(passage)]
    heads = [o for o in said if not o.depth and number_of(o.text)]
    heads = [] if len(fellows) > 1 and passage in heads else heads
    yield tuple(Beside(title_of(o), _with_items(inside, o)) for o in heads)
    yield tuple(Beside(title_of(o), _with_items(inside, o)) for o in fellows)
    yield tuple(_item(other) for other in said)


def _run(passage: Passage) -> tuple[int, int, str | None]:
    return passage.group, passage.depth, passage.lead


def _with_items(inside: Sequence[Passage], head: Passage) -> tuple[Passage, ...]:
    if is_title(head):
        return (head, *under_title(inside, head))
    after = [o for o in inside if o.span.start > head.span.start and o.group == head.group]
    under = [o for o in after if o.lead != head.lead and not number_of(o.text)]
    return (head, *under)


def _heading_series(report: Report, section: Section) -> Iterator[Series]:
    """Yield the headings under a section, those beside it, and those further up."""
    above = [s for s in report.ancestors(section.id) if s.level][:_LEVELS]
    for own in above[:1]:
        yield from _down(report, report.children[own.id])
    for own in above:
        if own.parent_id is not None:
            yield from _down(report, report.children[own.parent_id])


def _down(report: Report, sections: Sequence[Section]) -> Iterator[Series]:
    """Yield sections as a series, then those directly under them."""
    yield _headings(report, sections)
    yield _headings(report, [child for s in sections for child in report.children[s.id]])


def _headings(report: Report, sections: Sequence[Section]) -> Series:
    return tuple(
        Beside(s.heading, report.passages_by_section[s.id])
        for s in sections
        if report.passages_by_section[s.id]
    )


def _item(passage: Passage) -> Beside:
    return Beside(_row_label(passage) or title_of(passage), (passage,))


def is_title(passage: Passage) -> bool:
    """True for a numbered item that only names what stands under it: 「(3) 課題」."""
    text = plain(passage.text)
    is_item = passage.kind is PassageKind.ITEM and number_of(text) is not None
    return is_item and len(text) <= _LONGEST_TITLE and is_name(text)


def under_title(inside: Sequence[Passage], head: Passage) -> tuple[Passage, ...]:
    """Return what stands under a numbered title, up to the next item of its level."""
    after = inside[inside.index(head) + 1 :]
    deeper = takewhile(lambda o: o.depth > head.depth or _is_text_of(head, o), after)
    # Where a list was flattened, what has no number stands under the number before it.
    return tuple(deeper) or tuple(takewhile(lambda o: number_of(o.text) is None, after))


def _is_text_of(head: Passage, other: Passage) -> bool:
    return other.kind is PassageKind.PARAGRAPH and other.depth == head.depth > 0


def entitled(report: Report, head: Passage, asked: Collection[str]) -> tuple[Passage, ...]:
    """Return what stands under the one title below `head` whose nouns are all in `asked`."""
    inside = report.passages_by_section[head.section_id]
    if head.kind is PassageKind.HEADING:
        heads = report.children[head.section_id]
        parts = [(s.heading, report.passages_by_section[s.id][1:]) for s in heads]
    elif is_title(head):
        heads_in = [o for o in under_title(inside, head) if is_title(o)]
        parts = [(plain(o.text), under_title(inside, o)) for o in heads_in]
    else:
        return ()
    known = [(set(nouns(readable(title))), said) for title, said in parts if said]
    meant = [said for title, said in known if title and title <= set(asked)]
    return meant[0] if len(meant) == 1 else ()


def title_of(passage: Passage) -> str:
    """Return the words that name an item, "" where it is a sentence without a name."""
    text = plain(passage.text).lstrip(MARKS + " 　")
    match = _TITLE.match(text)
    title = match.group(1) if match else text
    return title if len(title) <= _LONGEST_TITLE else ""


def number_of(text: str) -> int | None:
    """Return the number that an item or heading opens with (②, (2), 方向性②, 【指標2】)."""
    if circled := _CIRCLED.match(text):
        return ord(circled.group(1)) - ord("①") + 1
    match = _NUMBER.match(search_form(plain(text)))
    return int(match.group(1)) if match else None


def nth(series: Series, number: int) -> Beside | None:
    """Return the place of that number in a series, by its mark or by counting; -1 is the last."""
    if len(series) < 2:
        return None
    if number < 0:
        return series[-1]
    marked = [b for b in series if number_of(b.passages[0].text) == number]
    if marked:
        return marked[0] if len(marked) == 1 else None
    is_marked = any(number_of(beside.passages[0].text) for beside in series)
    return series[number - 1] if not is_marked and number <= len(series) else None


def counted(report: Report, count: int | None, kinds: Collection[str]) -> Iterator[Series]:
    """Yield the headings that are as many as was asked and all called so (5つの方針)."""
    for section in report.sections if count and count > 1 else ():
        series = _headings(report, report.children[section.id])
        shared = [frozenset(nouns(beside.label)) for beside in series]
        if len(series) == count and not set(kinds).isdisjoint(frozenset.intersection(*shared)):
            yield series


def stepped(series: Series, passages: Sequence[Passage], step: int) -> Beside | None:
    """Return the place that stands `step` places from `passages` in a series."""
    here = [i for i, beside in enumerate(series) if beside.passages[0] in passages]
    if not here or len(here) == len(series):
        return None
    at = here[-1] if step > 0 else here[0]
    if (number := number_of(series[at].passages[0].text)) is not None:
        return nth(series, number + step) if number + step > 0 else None
    place = at + step
    return series[place] if 0 <= place < len(series) else None


def continued(report: Report, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the items that stand under `passages`, which open them."""
    return tuple(
        other
        for passage in passages
        for other in report.passages_by_section[passage.section_id]
        if other.lead and other.group == passage.group and other.lead in plain(passage.text)
    )


def labelled(
    report: Report, passages: Sequence[Passage], name: str
) -> tuple[Beside | None, Series]:
    """Return the place beside `passages` that `name` names or abbreviates, and its series.

    Failing that, the one heading of the report that is called so.
    """
    wanted, parts = _folded(name), set(lemmas(name))
    is_thing = not is_attribute(name)
    for series in series_beside(report, passages):
        labels = [(b, _folded(b.label)) for b in series if len(b.label) > 1]
        for beside, label in labels:
            if label == wanted:
                return beside, series
        named = [(b, said) for b, said in labels if is_name(b.label) and speaks_of(name, b.label)]
        fits = [
            b for b, said in named if wanted in said or (is_thing and parts <= set(lemmas(b.label)))
        ]
        if not is_thing:
            fits = [b for b in fits if b.passages[0].kind is not PassageKind.HEADING]
        if fits and wanted and parts:
            return min(fits, key=lambda beside: len(beside.label)), series
    exact = [s for s in report.sections if s.level and _folded(s.heading) == wanted]
    if len(exact) == 1:
        return Beside(exact[0].heading, report.passages_by_section[exact[0].id]), ()
    return None, ()


def is_name(label: str) -> bool:
    """True for words that name something; a sentence names nothing."""
    text = plain(label).strip(MARKS + " 　")
    if not text or "。" in text or "、" in text:
        return False
    said = words(text)
    return not any(word.surface == "は" and word.pos == _TOPIC for word in said) and bool(
        said[-1].pos.startswith(_NOUN)
    )


def speaks_of(name: str, text: str) -> bool:
    """False where `text` has what is called so only with another prefix: 会長 and 副会長."""
    is_prefixed = any(word.pos.startswith("接頭辞") for word in words(search_form(name)))
    if is_prefixed and _folded(name) not in _folded(text):
        return False
    return not is_of_other(name, text)


def readable(label: str) -> str:
    """Return a label as it reads in a sentence: without marks and number, its parts joined."""
    text = plain(label).lstrip(MARKS + " 　")
    return _GAP.sub("・", _ENUMERATOR.sub("", text) or text)


def _folded(label: str) -> str:
    text = search_form(plain(label)).lstrip(MARKS)
    return "".join(c for c in text if c.isalnum())
