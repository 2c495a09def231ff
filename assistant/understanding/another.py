"""The same question on something else: 「農業のほうは？」, 「令和10年度は？」, 「逆に最少は」.

Takes the former turn and a follow-up that puts a name in the place of what was asked; gives the
`Reading`. Knows nothing about searching and composing.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding import turns
from assistant.understanding.ellipsis import Lean, nouns, opened, own_words
from assistant.understanding.siblings import (
    Beside,
    Series,
    entitled,
    labelled,
    readable,
    speaks_of,
    title_of,
)
from assistant.understanding.topic import (
    Reading,
    Turn,
    counterpart,
    sections_of,
    subject,
    substituted,
    uncased,
)
from assistant.understanding.understand import Query, QueryKind, focus, query_of
from assistant.understanding.wanted import has
from corpus.characters import search_form
from corpus.model import Passage, PassageKind, Report
from index.snapshot import Snapshot
from index.terms import lemmas

_LONG_LABEL = 24
"""Characters from which a label is a sentence, which does not stand for a name."""
_FEW = 3
_SHORT = 300
"""Passages and characters up to which a section that is asked about is shown whole."""


def other(query: Query, leaning: Lean, before: Turn, report: Report) -> Reading | None:
    """Read 「農業のほうは？」: the same question on what stands beside its answer."""
    found, series = labelled(report, before.passages, leaning.name)
    if found is None or (not own_words(leaning.name) and not _is_column(found, series)):
        return None
    if _is_column(found, series):
        return _column(query, leaning, before, found)
    label = readable(found.label)
    if len(label) > _LONG_LABEL or "。" in label:
        label = leaning.name
    first, _, tail = leaning.rest.partition("。")
    asks = [w for w in own_words(first) if w not in lemmas(before.text)]
    is_whole = not leaning.is_marked and not found.passages[0].table
    if is_whole and turns.INTERROGATIVE.search(first):
        asked = opened(query.asked)
    elif asks:
        asked = query.asked.replace(leaning.name, label, 1)
    else:
        asked = substituted(before, label, series, report)
        asked = f"{asked.rstrip('。')}。{tail}" if tail else asked
    asked = _uncounted(asked, found)
    read_as = query_of(query.question, asked, asked)
    near = frozenset(p.section_id for p in found.passages)
    if found.passages[0].table and (whole := _of_row(read_as, found, leaning, near)):
        return whole
    if read_as.wanted is None and (items := _short_section(found)):
        return Reading(read_as, items, True, near)
    if deeper := _same_title(found, before, report):
        return Reading(read_as, deeper, True, near)
    parallel = _parallel(found, before) or (found.passages if len(found.passages) == 1 else ())
    if not asks and parallel and _is_answer(parallel[0], read_as):
        return Reading(read_as, parallel, True, near)
    return Reading(read_as, found.passages, near=near)


def _of_row(read_as: Query, found: Beside, leaning: Lean, near: frozenset[str]) -> Reading | None:
    """Return the reading where a whole row is meant, or none as a row tells no reason."""
    if turns.ASKS_REASON.search(read_as.asked):
        return Reading(read_as, near=near)
    if turns.ALIKE.search(leaning.rest):
        return Reading(read_as, found.passages, True, near)
    return None


def _uncounted(asked: str, found: Beside) -> str:
    """Return a question without the unit of its count, where another row counts otherwise."""
    counts = turns.HOW_MANY.search(asked)
    row = found.passages[0]
    if counts is None or row.table is None:
        return asked
    is_same = search_form(counts["unit"][:1]) in search_form(row.text)
    return asked if is_same else turns.HOW_MANY.sub("いくつ", asked)


def _parallel(found: Beside, before: Turn) -> tuple[Passage, ...]:
    """Return the parts of `found` that bear the title of the part that answered before."""
    title = title_of(before.passages[0])
    return tuple(p for p in found.passages if title and title_of(p) == title)


def _same_title(found: Beside, before: Turn, report: Report) -> tuple[Passage, ...]:
    """Return what stands in `found` under a title that the former question asked for."""
    return entitled(report, found.passages[0], nouns(before.text))


def _is_answer(passage: Passage, query: Query) -> bool:
    """True for a line of text that has what is wanted; of a row only a cell is the answer."""
    is_text = passage.kind in (PassageKind.ITEM, PassageKind.PARAGRAPH)
    return is_text and has(query.wanted, passage.text)


def _is_column(found: Beside, series: Series) -> bool:
    """True where `found` is a column: the places of all its series are one row."""
    return bool(found.passages[0].table) and len({b.passages for b in series}) == 1 < len(series)


def _column(query: Query, leaning: Lean, before: Turn, found: Beside) -> Reading:
    """Read 「所在地は？」 after a row was asked about: another column of the same row."""
    put = None
    if leaning.is_marked and not own_words(leaning.rest):
        put = counterpart(before.text, leaning.name) or f"{subject(before)}の{leaning.name}は"
    elif not leaning.rest.strip("?？。"):
        put = f"{subject(before)}の{readable(found.label)}は"
    asked = put or f"{subject(before)}の{opened(query.asked)}"
    read_as = replace(query_of(query.question, asked, asked), kind=QueryKind.FACT)
    return Reading(read_as, found.passages, near=sections_of(before))


def _short_section(found: Beside) -> tuple[Passage, ...]:
    """Return all that stands under a heading, where it is so short that all of it may be meant."""
    if found.passages[0].kind is not PassageKind.HEADING:
        return ()
    said = found.passages[1:]
    is_text = all(p.kind in (PassageKind.ITEM, PassageKind.PARAGRAPH) for p in said)
    short = len(said) <= _FEW and sum(len(p.text) for p in said) <= _SHORT
    return said if is_text and short else ()


def contrast(query: Query, leaning: Lean, before: Turn, snapshot: Snapshot) -> Reading:
    """Read 「民間のほうは？」 where nothing beside is called so: the same of something else."""
    asks = own_words(leaning.rest)
    former = before.query
    put = None if asks else counterpart(before.text, leaning.name)
    asked = query.asked if asks else put or f"{_case(leaning.name)}、{uncased(before.text)}"
    standalone = f"{subject(before)}について、{opened(query.asked)}" if asks else asked
    read_as = query_of(query.question, asked, standalone, former.focus)
    own = put and read_as.focus or focus(f"{leaning.name} {leaning.rest}") or read_as.focus
    read_as = replace(read_as, focus=own, measured=read_as.measured if asks else None)
    parts = set(lemmas(leaning.name))
    has_name = [
        p
        for p in before.passages
        if parts and parts <= set(lemmas(p.text)) and speaks_of(leaning.name, p.text)
    ]
    said = frozenset(p.id for p in before.passages if p.table is None and p not in has_name)
    if not (asks or has_name) and (beside := _in_sibling(leaning.name, before, snapshot)):
        if fits := [p for p in beside if read_as.wanted and has(read_as.wanted, p.text)][:1]:
            near = frozenset(p.section_id for p in fits)
            return Reading(read_as, tuple(fits), near=near, said=said)
    return Reading(read_as, tuple(has_name), near=sections_of(before), said=said)


def _case(name: str) -> str:
    return name if name.endswith("場合") else f"{name}の場合"


def _in_sibling(name: str, before: Turn, snapshot: Snapshot) -> Sequence[Passage]:
    """Return the one section beside the former answer's that alone speaks of `name`."""
    if not before.passages:
        return ()
    report = snapshot.report(before.passages[0].report_id)
    own = report.section_by_id[before.passages[0].section_id]
    wanted = set(lemmas(name))
    if own.parent_id is None or not own.level or not wanted:
        return ()
    beside = [report.passages_by_section[s.id] for s in report.children[own.parent_id]]
    speaking = [said for said in beside if any(wanted <= set(lemmas(p.text)) for p in said)]
    is_one = len(speaking) == 1 and speaking[0][0].section_id != own.id
    return speaking[0] if is_one else ()


def opposite(query: Query, before: Turn) -> Reading | None:
    """Read 「反対に一番少ないのは」: the former question on the other end of the scale."""
    own, former = turns.DEGREE.search(query.asked), turns.DEGREE.search(before.text)
    if own is None or former is None or nouns(turns.DEGREE.sub("", opened(query.asked))):
        return None
    asked = before.text.replace(former.group(), own.group(), 1)
    return Reading(query_of(query.question, asked, asked), near=sections_of(before))
