"""A question in a conversation → the question as it would be asked by itself, and its place.

Takes the turn before, with what answered it, and a follow-up; gives the `Reading`: a query, the
passages that the follow-up names by number or label, and the sections that the talk is in.
Knows nothing about searching and composing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import turns
from assistant.abstain import ANSWER_FROM
from assistant.ellipsis import Lean, LeanKind, lean, nouns, opened, own_words
from assistant.siblings import Beside, Series, nth, number_of, series_beside
from assistant.understand import Query, QueryKind, focus, query_of, turns_away, understand
from corpus.characters import search_form
from corpus.layout import MARKS
from corpus.markup import plain
from corpus.model import Passage, PassageKind, Report
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of the user's and where it was answered."""

    query: Query
    passages: tuple[Passage, ...]
    """What the answer cites; what was cited before where there was no answer."""
    series: Series = ()
    """The series whose item was asked for by number."""
    anchor: str = ""
    """The words of the last question that needed no words of another, where this one does."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is read in the conversation."""

    query: Query
    named: tuple[Passage, ...] = ()
    """The passages that it names outright; nothing else may answer."""
    is_item: bool = False
    """True where `named` is the answer itself: one of a series by its number."""
    near: frozenset[str] = frozenset()
    """Sections in which the answer is likely."""
    said: frozenset[str] = frozenset()
    """Passages that answered before and are not meant now."""
    series: Series = ()


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
    nearest = [hit.passage for hit in hits[:1] if hit.words >= ANSWER_FROM]
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
            asks = set(own_words(leaning.rest)) - _told(before, report)
            said = _only_name(found, before)
            asked = f"{_clean(found.label)}{leaning.rest}" if found.label else query.asked
            read_as = query_of(query.question, query.asked, asked, before.query.focus)
            passages = found.passages if asks else said
            near = frozenset(p.section_id for p in passages)
            return Reading(read_as, passages, not asks, near, series=series)
    return None


def _series_meant(leaning: Lean, before: Turn, report: Report) -> list[Series]:
    """Return the series that a number may be of, those first that bear the noun beside it."""
    found = [*([before.series] if before.series else []), *series_beside(report, before.passages)]
    kinds = set(nouns(leaning.rest))
    bearing = [s for s in found if s and kinds and all(kinds <= set(nouns(b.label)) for b in s)]
    return bearing or found


def _told(before: Turn, report: Report) -> set[str]:
    """Return the lemmas of what was asked before and of the headings that it was answered under."""
    headings = (" ".join(report.section_by_id[p.section_id].path) for p in before.passages)
    leads = (p.lead or "" for p in before.passages)
    return {lemma for text in (_talk(before), *headings, *leads) for lemma in lemmas(text)}


def _only_name(found: Beside, before: Turn) -> tuple[Passage, ...]:
    """Return what answers for an item: its name alone where names were asked for."""
    first = found.passages[0]
    if first.kind is not PassageKind.HEADING:
        return found.passages
    inside = [p for p in before.passages if p.kind is not PassageKind.HEADING]
    is_content = inside and any(number_of(s) for s in (_path_head(p) for p in inside))
    return found.passages[1:] if is_content and found.passages[1:] else (first,)


def _path_head(passage: Passage) -> str:
    return passage.lead or ""


def _other(query: Query, leaning: Lean, before: Turn, report: Report) -> Reading | None:
    """Read 「農業のほうは？」: the same question on what stands beside its answer."""
    found = _labelled(leaning.name, before, report)
    if found is None:
        return None
    label = _clean(found.label)
    asks = [w for w in own_words(leaning.rest) if w not in lemmas(before.query.asked)]
    if asks:
        asked = query.asked.replace(leaning.name, label, 1)
    else:
        tail = leaning.rest.partition("。")[2]
        asked = _substituted(before, label, report) + (f"。{tail}" if tail else "")
    read_as = query_of(query.question, asked, asked)
    near = frozenset(p.section_id for p in found.passages)
    if read_as.wanted is None and (items := _short_section(found)):
        return Reading(read_as, items, True, near)
    return Reading(read_as, found.passages, near=near)


def _short_section(found: Beside) -> tuple[Passage, ...]:
    """Return all that stands under a heading, where it is so short that all of it may be meant."""
    if found.passages[0].kind is not PassageKind.HEADING:
        return ()
    said = found.passages[1:]
    is_text = all(p.kind in (PassageKind.ITEM, PassageKind.PARAGRAPH) for p in said)
    short = len(said) <= _FEW and sum(len(p.text) for p in said) <= _SHORT
    return said if is_text and short else ()


_FEW = 3
_SHORT = 300
"""Passages and characters up to which a section that is asked about is shown whole."""


def _labelled(name: str, before: Turn, report: Report) -> Beside | None:
    """Return the place beside the former answer whose label `name` is or abbreviates."""
    wanted, parts = _folded(name), set(lemmas(name))
    for series in series_beside(report, before.passages):
        labels = [(b, _folded(b.label)) for b in series if b.label and len(b.label) > 1]
        for beside, label in labels:
            if label == wanted:
                return beside
        fits = [
            b
            for b, label in labels
            if wanted in label or (parts and parts <= set(lemmas(b.label)))
        ]
        if fits:
            return min(fits, key=lambda beside: len(beside.label))
    exact = [s for s in report.sections if s.level and _folded(s.heading) == wanted]
    if len(exact) == 1:
        return Beside(exact[0].heading, report.passages_by_section[exact[0].id])
    return None


def _substituted(before: Turn, label: str, report: Report) -> str:
    """Return the former question with `label` in the place of what it was about."""
    asked = before.query.asked
    if slot := _slot(before, report):
        return asked.replace(slot, label, 1)
    return f"{label}について、{asked}"


def _slot(before: Turn, report: Report) -> str | None:
    """Return the words of the former question that name the place of its answer."""
    asked = before.query.asked
    slots = [
        slot for label in _labels(before, report) if len(slot := _common(asked, label)) > 1
    ]
    return max(slots, key=len, default=None)


def _labels(before: Turn, report: Report) -> list[str]:
    """Return what the place of the former answer is called."""
    passage = before.passages[0]
    own = passage.table.row_label if passage.table else None
    headings = () if own else report.section_by_id[passage.section_id].path[-1:]
    return [_clean(label) for label in (own, *headings) if label]


def _common(asked: str, label: str) -> str:
    """Return the longest words of `label` in `asked`, with the marks between them."""
    text, wanted = search_form(asked), search_form(label).replace(" ", "")
    if len(text) != len(asked):
        text = asked
    best = ""
    for start in range(len(text)):
        end = start
        rest = wanted
        while end < len(text) and (text[end] in "・、/" or text[end] in rest):
            rest = rest.replace(text[end], "", 1)
            end += 1
        run = asked[start:end].strip("・、/")
        if len(run) > len(best):
            best = run
    return best


def _contrast(query: Query, leaning: Lean, before: Turn) -> Reading:
    """Read 「民間のほうは？」 where nothing beside is called so: the same asked of something else."""
    asks = own_words(leaning.rest)
    former = before.query
    asked = query.asked if asks else f"{leaning.name}の場合、{_uncased(former.asked)}"
    standalone = f"{_named_topic(before)}について、{opened(query.asked)}" if asks else asked
    read_as = query_of(query.question, asked, standalone, former.focus)
    own = focus(f"{leaning.name} {leaning.rest}") or read_as.focus
    read_as = replace(read_as, focus=own, measured=read_as.measured if asks else None)
    parts = set(lemmas(leaning.name))
    has_name = [p for p in before.passages if parts and parts <= set(lemmas(p.text))]
    said = frozenset(p.id for p in before.passages if p.table is None and p not in has_name)
    return Reading(read_as, tuple(has_name), near=_sections(before), said=said)


def _uncased(asked: str) -> str:
    """Return a former question without the case that it was put for, so that cases never pile up."""
    return turns.CASE.sub("", opened(asked))


def _same(query: Query, before: Turn, snapshot: Snapshot) -> Reading:
    """Read 「それはいつですか」: something else of what was talked of."""
    asked = opened(query.asked)
    entity = _named_topic(before)
    standalone = turns.PRONOUN.sub(entity, asked, count=1)
    if standalone == asked:
        standalone = f"{entity}について、{asked}"
    anchor = " ".join(filter(None, (before.anchor, before.query.focus)))
    read_as = query_of(query.question, asked, standalone, anchor)
    if not own_words(asked):
        read_as = replace(read_as, focus=_asked_kind(asked) or read_as.focus)
    if read_as.wanted is not None and read_as.measured is None:
        if own := [n for n in nouns(asked) if n not in lemmas(_talk(before))]:
            read_as = replace(read_as, measured=" ".join(own))
    return Reading(read_as, near=_sections(before))


def _asked_kind(asked: str) -> str:
    """Return what labels call the kind of thing that `asked` asks for, "" where it names none."""
    return next((words for cue, words in turns.ASKED_BY_KIND if cue.search(asked)), "")


def _sections(before: Turn) -> frozenset[str]:
    return frozenset(passage.section_id for passage in before.passages)


def _named_topic(before: Turn) -> str:
    """Return the words that name what the former question is about."""
    asked = opened(before.query.standalone)
    match = turns.TOPIC.match(asked)
    return match["name"] if match and nouns(match["name"]) else f"「{asked.rstrip('?？。')}」"


def _talk(before: Turn) -> str:
    return f"{before.query.standalone} {before.query.background}"


def _is_elsewhere(leaning: Lean, before: Turn, snapshot: Snapshot) -> bool:
    """True for a question whose nouns stand together elsewhere and not where the talk is."""
    wanted = set(nouns(leaning.name or leaning.rest)) & set(lemmas(leaning.name or leaning.rest))
    if leaning.is_marked or turns.POINTS_BACK.search(leaning.rest) or not wanted:
        return False
    here = {lemma for p in _around(before, snapshot) for lemma in lemmas(p)}
    here |= set(lemmas(_talk(before)))
    if not wanted.isdisjoint(here):
        return False
    return bool(len(snapshot.lemmas.together(sorted(wanted)).rows))


def _around(before: Turn, snapshot: Snapshot) -> list[str]:
    """Return the texts of the sections that the talk is in."""
    found: list[str] = []
    for passage in before.passages:
        report = snapshot.report(passage.report_id)
        found += report.section_by_id[passage.section_id].path
        found += [p.text for p in report.passages_by_section[passage.section_id]]
    return list(dict.fromkeys(found))


def _clean(label: str) -> str:
    """Return a label as it reads in a sentence: without list marks, its parts joined."""
    text = plain(label).lstrip(MARKS + " 　")
    return "・".join(text.split())


def _folded(label: str) -> str:
    text = search_form(plain(label)).lstrip(MARKS)
    return "".join(c for c in text if c.isalnum())
