"""A question in a conversation → the question as it would be asked by itself, and its place.

Takes the turn before, with what answered it, and a follow-up; gives the `Reading`: a query, the
passages that the follow-up names by number or label, and the sections that the talk is in.
Knows nothing about searching and composing.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding import turns
from assistant.understanding.ellipsis import Lean, LeanKind, lean, nouns, opened, own_words
from assistant.understanding.siblings import (
    Beside,
    Series,
    continued,
    labelled,
    nth,
    readable,
    series_beside,
    title_of,
)
from assistant.understanding.topic import (
    Reading,
    Turn,
    around,
    row_of,
    said_so_far,
    sections_of,
    subject,
    substituted,
    told,
    uncased,
)
from assistant.understanding.understand import (
    Query,
    QueryKind,
    focus,
    query_of,
    turns_away,
    understand,
)
from assistant.understanding.wanted import has
from corpus.model import Passage, PassageKind, Report
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas


def turn_of(
    reading: Reading, cited: Sequence[Passage], hits: Sequence[Hit], before: Turn | None
) -> Turn:
    """Return the turn that `reading` was, with the passages that its answer cites.

    Where there was no answer, the talk stays where it was, or is where the best hit stands.
    """
    query = reading.query
    leans = before is not None and query.background != query.setting
    anchor = (before.anchor or before.query.focus) if before is not None and leans else ""
    if cited:
        return Turn(query, tuple(dict.fromkeys(cited)), reading.series, anchor)
    if before is not None and before.passages and (reading.near or leans):
        return Turn(query, before.passages, before.series, anchor)
    nearest = [hit.passage for hit in hits[:1] if hit.words >= _SPOKEN_OF]
    return Turn(query, tuple(nearest), anchor=anchor)


def read(question: str, before: Turn | None, snapshot: Snapshot, longest: int) -> Reading:
    """Return how `question` is to be read after the turn `before`.

    Raises:
        QuestionError: the question is empty or longer than `longest` characters.
    """
    query = understand(question, (), longest)
    if before is None or query.kind is QueryKind.SMALLTALK or turns_away(question):
        return Reading(query)
    leaning = lean(query.asked)
    if before.passages:
        report = snapshot.report(before.passages[0].report_id)
        if leaning.kind is LeanKind.NTH and (found := _nth(query, leaning, before, report)):
            return found
        if leaning.kind is LeanKind.OTHER and (found := _other(query, leaning, before, report)):
            return found
    if leaning.kind is LeanKind.ALONE or _is_elsewhere(leaning, before, snapshot):
        return Reading(query)
    if leaning.is_marked:
        return _contrast(query, leaning, before)
    return _same(query, before, snapshot)


def _nth(query: Query, leaning: Lean, before: Turn, report: Report) -> Reading | None:
    """Read 「２番目は？」: the item of that number beside or in what was answered."""
    for series in _series_meant(leaning, before, report):
        if found := nth(series, leaning.number):
            asks = set(own_words(leaning.rest)) - told(before, report)
            is_name = found.passages[0].kind is PassageKind.HEADING
            inside = found.passages[1:] if turns.ASKS_CONTENT.search(leaning.rest) else ()
            said = (inside or found.passages[:1]) if is_name else found.passages
            asked = _numbered(query, leaning, found, before)
            read_as = query_of(query.question, query.asked, asked, before.query.focus)
            passages = found.passages if asks else said
            near = frozenset(p.section_id for p in passages)
            return Reading(read_as, passages, not asks, near, series=series)
    return None


def _numbered(query: Query, leaning: Lean, found: Beside, before: Turn) -> str:
    """Return 「２番目の指標はどうなりますか」 with the item in the place of its number."""
    if not found.label:
        return f"{subject(before)}の{opened(query.asked)}"
    rest = leaning.rest
    for noun in nouns(rest):
        if noun in found.label and rest.startswith(noun):
            rest = rest.removeprefix(noun)
    return f"{readable(found.label)}{rest}"


def _series_meant(leaning: Lean, before: Turn, report: Report) -> list[Series]:
    """Return the series that a number may be of, those first that bear the noun beside it."""
    found = [*([before.series] if before.series else []), *series_beside(report, before.passages)]
    kinds = set(nouns(leaning.rest))
    bearing = [s for s in found if s and kinds and all(kinds <= set(nouns(b.label)) for b in s)]
    return bearing or found


def _other(query: Query, leaning: Lean, before: Turn, report: Report) -> Reading | None:
    """Read 「農業のほうは？」: the same question on what stands beside its answer."""
    found, series = labelled(report, before.passages, leaning.name)
    if found is None:
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
    read_as = query_of(query.question, asked, asked)
    near = frozenset(p.section_id for p in found.passages)
    if found.passages[0].table and turns.ALIKE.search(leaning.rest):
        return Reading(read_as, found.passages, True, near)
    if read_as.wanted is None and (items := _short_section(found)):
        return Reading(read_as, items, True, near)
    parallel = _parallel(found, before) or (found.passages if len(found.passages) == 1 else ())
    if not asks and parallel and _is_answer(parallel[0], read_as):
        return Reading(read_as, parallel, True, near)
    return Reading(read_as, found.passages, near=near)


def _parallel(found: Beside, before: Turn) -> tuple[Passage, ...]:
    """Return the parts of `found` that bear the title of the part that answered before."""
    title = title_of(before.passages[0])
    return tuple(p for p in found.passages if title and title_of(p) == title)


def _is_answer(passage: Passage, query: Query) -> bool:
    """True for a line of text that has what is wanted; of a row only a cell is the answer."""
    is_text = passage.kind in (PassageKind.ITEM, PassageKind.PARAGRAPH)
    return is_text and has(query.wanted, passage.text)


def _is_column(found: Beside, series: Series) -> bool:
    """True where `found` is a column: the places of all its series are one row."""
    return bool(found.passages[0].table) and len({b.passages for b in series}) == 1 < len(series)


def _column(query: Query, leaning: Lean, before: Turn, found: Beside) -> Reading:
    """Read 「所在地は？」 after a row was asked about: another column of the same row."""
    asked = f"{subject(before)}の{opened(query.asked)}"
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


_LONG_LABEL = 24
"""Characters from which a label is a sentence, which does not stand for a name."""
_FEW = 3
_SPOKEN_OF = 0.25
"""Share of a former question that a passage must speak to, to be what it was about."""
_SHORT = 300
"""Passages and characters up to which a section that is asked about is shown whole."""


def _contrast(query: Query, leaning: Lean, before: Turn) -> Reading:
    """Read 「民間のほうは？」 where nothing beside is called so: the same of something else."""
    asks = own_words(leaning.rest)
    former = before.query
    asked = query.asked if asks else f"{leaning.name}の場合、{uncased(before.text)}"
    standalone = f"{subject(before)}について、{opened(query.asked)}" if asks else asked
    read_as = query_of(query.question, asked, standalone, former.focus)
    own = focus(f"{leaning.name} {leaning.rest}") or read_as.focus
    read_as = replace(read_as, focus=own, measured=read_as.measured if asks else None)
    parts = set(lemmas(leaning.name))
    has_name = [p for p in before.passages if parts and parts <= set(lemmas(p.text))]
    said = frozenset(p.id for p in before.passages if p.table is None and p not in has_name)
    return Reading(read_as, tuple(has_name), near=sections_of(before), said=said)


def _same(query: Query, before: Turn, snapshot: Snapshot) -> Reading:
    """Read 「それはいつですか」: something else of what was talked of."""
    asked = opened(query.asked)
    entity = subject(before)
    standalone = turns.PRONOUN.sub(entity, asked, count=1)
    if standalone == asked:
        standalone = f"{entity}について、{asked}"
    # Of a row the talk takes on what it is, not which of its columns was asked for.
    carried = [entity] if row_of(before) else [before.anchor, before.query.focus]
    background = " ".join(filter(None, map(focus, carried)))
    read_as = query_of(query.question, asked, standalone, background)
    read_as = replace(read_as, focus=_asked_kind(asked) or read_as.focus)
    if read_as.wanted is not None and read_as.measured is None:
        if own := [n for n in nouns(asked) if n not in lemmas(said_so_far(before))]:
            read_as = replace(read_as, measured=" ".join(own))
    no_words = read_as.wanted is None and not own_words(asked)
    if no_words and (inside := _inside(before, snapshot)):
        return Reading(read_as, inside, True, sections_of(before))
    cited = frozenset(p.id for p in before.passages)
    under = _under(read_as, before, snapshot)
    if under:
        return Reading(read_as, under, True, sections_of(before))
    if turns.MORE.search(asked):
        return Reading(read_as, near=sections_of(before), said=cited)
    close = cited if _stays(asked, before) else frozenset[str]()
    return Reading(read_as, near=sections_of(before), close=close)


def _inside(before: Turn, snapshot: Snapshot) -> tuple[Passage, ...]:
    """Return what stands under the one heading that answered before."""
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


def _stays(asked: str, before: Turn) -> bool:
    """True where `asked` may be answered by the very place of the former answer."""
    row = row_of(before)
    own = set(own_words(asked))
    if row is None or not own or turns.POINTS_BACK.search(asked):
        return True
    labels = " ".join(label for label in row.column_labels if label)
    return not own.isdisjoint(lemmas(labels))


def _asked_kind(asked: str) -> str:
    """Return what labels call the kind of thing that `asked` asks for without words of its own."""
    if own_words(asked):
        return ""
    return next((words for cue, words in turns.ASKED_BY_KIND if cue.search(asked)), "")


def _is_elsewhere(leaning: Lean, before: Turn, snapshot: Snapshot) -> bool:
    """True for a question whose nouns stand together elsewhere and not where the talk is."""
    wanted = set(nouns(leaning.name or leaning.rest)) & set(lemmas(leaning.name or leaning.rest))
    if leaning.is_marked or turns.POINTS_BACK.search(leaning.rest) or wanted <= turns.ATTRIBUTES:
        return False
    here = {lemma for p in around(before, snapshot) for lemma in lemmas(p)}
    here |= set(lemmas(said_so_far(before)))
    if not wanted.isdisjoint(here):
        return False
    return bool(len(snapshot.lemmas.together(sorted(wanted)).rows))
