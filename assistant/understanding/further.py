"""Something else of the same: 「それはいつですか」, 「手数料は？」, 「もう少し詳しく」.

Takes the former turn and a follow-up that leaves out what it is about; gives the `Reading`.
Knows nothing about searching and composing.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from assistant.understanding import phrases, turns
from assistant.understanding.ellipsis import Lean, is_attribute, nouns, opened, own_words
from assistant.understanding.siblings import continued, entitled, is_title, under_title
from assistant.understanding.topic import (
    Reading,
    Turn,
    owner,
    row_of,
    said_so_far,
    sections_of,
    subject,
)
from assistant.understanding.understand import Query, QueryKind, focus, query_of
from assistant.understanding.wanted import POST, Wanted, has
from corpus.characters import search_form
from corpus.markup import plain
from corpus.model import Passage, PassageKind
from index.snapshot import Snapshot
from index.terms import lemmas


def same(query: Query, leaning: Lean, before: Turn, snapshot: Snapshot) -> Reading:
    """Read 「それはいつですか」: something else of what was talked of."""
    asked = opened(query.asked)
    read_as = _read_as(query, leaning, asked, before)
    for named in (_glossed, _held, _free, _entitled, _inside, _detail, _under):
        if passages := named(read_as, before, snapshot):
            return Reading(read_as, passages, True, sections_of(before))
    cited = frozenset(p.id for p in before.passages)
    if phrases.ASKS_SOURCE.search(asked) and not set(nouns(asked)) - turns.ATTRIBUTES:
        return _sourced(query, read_as, before, snapshot)
    if turns.MORE.search(asked):
        return Reading(read_as, near=sections_of(before), said=cited)
    is_thing = not (leaning.name and is_attribute(leaning.name))
    if is_thing and (beside := _beside(asked, before, snapshot)):
        return Reading(read_as, beside, near=sections_of(before))
    if _asks_another_count(asked, before):
        return Reading(read_as, near=sections_of(before), said=cited)
    close = cited if _stays(asked, before, snapshot) else frozenset[str]()
    return Reading(read_as, near=sections_of(before), close=close)


def _asks_another_count(asked: str, before: Turn) -> bool:
    """True for 「それを何台にするの」 after a count of the same unit: the former is not meant."""
    own, former = turns.HOW_MANY.search(asked), turns.HOW_MANY.search(before.text)
    is_again = own is not None and former is not None and own["unit"] == former["unit"]
    return is_again and not nouns(turns.HOW_MANY.sub("", asked)) and row_of(before) is None


def _sourced(query: Query, read_as: Query, before: Turn, snapshot: Snapshot) -> Reading:
    """Read 「その出典は？」: the source that the place itself names, else the place."""
    near = sections_of(before)
    passages = [p for place in near for p in _section(before, snapshot, place)]
    if any(turns.NAMES_SOURCE.search(plain(p.text)) for p in passages):
        return Reading(read_as, near=near, close=frozenset(p.id for p in before.passages))
    return Reading(replace(query, kind=QueryKind.SMALLTALK, reply=turns.SOURCE_REPLY))


def _section(before: Turn, snapshot: Snapshot, section_id: str) -> Sequence[Passage]:
    report = snapshot.report(before.passages[0].report_id)
    return report.passages_by_section.get(section_id, ())


def _beside(asked: str, before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return the passages beside the former answer that alone speak of what `asked` names."""
    sought = set(nouns(asked)) - turns.ATTRIBUTES
    if not sought or not before.passages or row_of(before) or turns.POINTS_BACK.search(asked):
        return ()
    report = snapshot.report(before.passages[0].report_id)
    if any(sought <= set(lemmas(p.text)) for p in before.passages):
        return ()
    inside = [p for s in sections_of(before) for p in report.passages_by_section.get(s, ())]
    return tuple(p for p in inside if sought <= set(lemmas(p.text)))


def _read_as(query: Query, leaning: Lean, asked: str, before: Turn) -> Query:
    """Return the follow-up as a query by itself, with the words of the talk behind it."""
    entity = subject(before)
    of_it = owner(entity) if leaning.name and is_attribute(leaning.name) else entity
    standalone = turns.PRONOUN.sub(entity, asked, count=1)
    if standalone == asked:
        if turns.DEGREE.search(asked) and nouns(turns.DEGREE.sub("", asked)):
            of_it, standalone = "", asked
        joint = "の" if of_it != entity or _opens_with_attribute(leaning, asked) else "について、"
        standalone = f"{of_it}{joint}{asked}" if of_it else asked
    # Of a row the talk takes on what it is, not which of its columns was asked for.
    carried = [entity] if row_of(before) else [before.anchor, before.query.focus]
    background = " ".join(filter(None, map(focus, carried)))
    read_as = query_of(query.question, asked, standalone, background)
    read_as = replace(read_as, focus=_asked_kind(asked) or read_as.focus)
    if read_as.wanted is None or read_as.measured is not None and not _is_kind(read_as.measured):
        return read_as
    said = lemmas(said_so_far(before))
    own = [n for n in nouns(asked) if n not in said and n not in turns.ATTRIBUTES]
    return replace(read_as, measured=" ".join(own) or None)


def _is_kind(measured: str) -> bool:
    return set(nouns(measured)) <= turns.ATTRIBUTES


def _opens_with_attribute(leaning: Lean, asked: str) -> bool:
    is_own = bool(leaning.name) and asked.startswith(leaning.name)
    return is_own and is_attribute(leaning.name) and "の" not in leaning.name


def _glossed(query: Query, before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return the passage that gives another name, 「X（Y）」: 「英語で書くと？」."""
    entity = subject(before).strip("「」")
    if not turns.ASKS_LATIN.search(query.asked) or len(entity) < 2 or not before.passages:
        return ()
    name = re.escape(search_form(owner(entity)))
    gloss = re.compile(
        rf"{name}[」』]?[(（]\s*[^()（）]{{0,12}}?[a-z]{{2,}}|[a-z.]{{2,}}[^()（）]{{0,6}}[(（]\s*{name}"
        rf"|{name}[」』]?[(（]以下[「『]"
    )
    report = snapshot.report(before.passages[0].report_id)
    return tuple(p for p in report.passages if gloss.search(search_form(plain(p.text))))[:1]


def _held(query: Query, before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return the line that named somebody, where his post is asked for and stands in it."""
    if len(before.passages) != 1 or not turns.ASKS_POST.search(query.asked):
        return ()
    line = before.passages[0]
    labels = " ".join(filter(None, line.table.column_labels)) if line.table else ""
    is_cell = not set(nouns(query.asked)).isdisjoint(lemmas(labels))
    is_line = not is_cell and len(line.text) <= _LINE and POST.search(line.text)
    return (line,) if is_line else ()


def _free(query: Query, before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return what answered before, where it says whether the thing costs anything."""
    if not turns.ASKS_COST.search(query.asked) or before.query.wanted is Wanted.MONEY:
        return ()
    return tuple(p for p in before.passages if p.table is None and turns.FREE.search(p.text))


def _entitled(query: Query, before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return what stands under a title in what answered before, which the question names."""
    if len(before.passages) != 1:
        return ()
    report = snapshot.report(before.passages[0].report_id)
    return entitled(report, before.passages[0], nouns(query.asked))


def _detail(query: Query, before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return what else is said where the former answer stands, for 「もう少し詳しく」."""
    if own_words(turns.DETAIL.sub("", query.asked)) or not turns.DETAIL.search(query.asked):
        return ()
    if not before.passages:
        return ()
    report = snapshot.report(before.passages[0].report_id)
    if is_title(before.passages[-1]):
        inside = report.passages_by_section[before.passages[-1].section_id]
        if below := under_title(inside, before.passages[-1]):
            return below
    if below := continued(report, before.passages):
        return below
    if before.passages[0].table is not None:
        return before.passages[:1]
    last = before.passages[-1]
    inside = report.passages_by_section[last.section_id]
    rest = [p for p in inside if p not in before.passages and p.kind in _SAYING]
    after = [p for p in rest if p.span.start > last.span.start]
    return tuple(after or rest) or before.passages


_SAYING = (PassageKind.ITEM, PassageKind.PARAGRAPH)
_LINE = 80
"""Characters of a line that names somebody, at most."""


def _inside(query: Query, before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return what stands under the one heading that answered before."""
    if query.wanted is not None or own_words(turns.DETAIL.sub("", query.asked)):
        return ()
    if len(before.passages) != 1 or before.passages[0].kind is not PassageKind.HEADING:
        return ()
    heading = before.passages[0]
    section = snapshot.report(heading.report_id).passages_by_section[heading.section_id]
    return tuple(p for p in section[1:] if p.kind in (PassageKind.ITEM, PassageKind.PARAGRAPH))


def _under(query: Query, before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return the items under what answered before that have all own words of `query`."""
    own = set(own_words(query.asked)) - set(lemmas(said_so_far(before)))
    if not before.passages or not own:
        return ()
    report = snapshot.report(before.passages[0].report_id)
    below = continued(report, before.passages)
    return tuple(p for p in below if own <= set(lemmas(p.text)) and has(query.wanted, p.text))


def _stays(asked: str, before: Turn, snapshot: Snapshot) -> bool:
    """True where `asked` may be answered by the very place of the former answer."""
    row = row_of(before)
    own = set(own_words(turns.PRONOUN.sub("", asked)))
    if row is None and own and _only_others_have(own, before, snapshot):
        return False
    if row is None or not own or turns.POINTS_BACK.search(asked):
        return True
    labels = " ".join(label for label in row.column_labels if label)
    return not own.isdisjoint(lemmas(labels))


def _only_others_have(own: Set[str], before: Turn, snapshot: Snapshot) -> bool:
    """True where passages beside the former answer have all words `own` and it has none."""
    if any(not own.isdisjoint(lemmas(p.text)) for p in before.passages):
        return False
    inside = [p for place in sections_of(before) for p in _section(before, snapshot, place)]
    return any(own <= set(lemmas(p.text)) for p in inside)


def _asked_kind(asked: str) -> str:
    """Return what labels call the kind of thing that `asked` asks for without words of its own."""
    if own_words(asked):
        return ""
    return next((words for cue, words in turns.ASKED_BY_KIND if cue.search(asked)), "")
