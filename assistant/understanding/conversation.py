"""A question in a conversation → the question as it would be asked by itself, and its place.

Takes the turn before, with what answered it, and a follow-up; gives the `Reading`: a query, the
passages that the follow-up names by number or label, and the sections that the talk is in.
Knows nothing about searching and composing.
"""

from collections.abc import Sequence

from assistant.understanding import turns
from assistant.understanding.another import contrast, opposite, other
from assistant.understanding.ellipsis import (
    Lean,
    LeanKind,
    is_attribute,
    lean,
    nouns,
    opened,
    own_words,
)
from assistant.understanding.further import same
from assistant.understanding.siblings import (
    Beside,
    Series,
    counted,
    nth,
    readable,
    series_beside,
    stepped,
)
from assistant.understanding.topic import (
    Reading,
    Turn,
    around,
    said_so_far,
    subject,
    told,
)
from assistant.understanding.understand import (
    Query,
    QueryKind,
    query_of,
    turns_away,
    understand,
)
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
    if query.kind is QueryKind.SMALLTALK and before is not None:
        return before
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
    if found := opposite(query, before):
        return found
    if before.passages and (found := _placed(query, leaning, before, snapshot)):
        return found
    if leaning.kind is LeanKind.ALONE or _is_elsewhere(leaning, before, snapshot):
        return Reading(query)
    is_bare = leaning.kind is LeanKind.OTHER and not turns.ASKS.search(leaning.rest.rstrip("?？。"))
    if (leaning.is_marked or is_bare) and not is_attribute(leaning.name):
        return contrast(query, leaning, before, snapshot)
    return same(query, leaning, before, snapshot)


def _placed(query: Query, leaning: Lean, before: Turn, snapshot: Snapshot) -> Reading | None:
    """Read a follow-up that names a place beside the former answer, by number or by name."""
    report = snapshot.report(before.passages[0].report_id)
    if leaning.kind is LeanKind.NTH:
        return _nth(query, leaning, before, report)
    return other(query, leaning, before, report) if leaning.kind is LeanKind.OTHER else None


def _nth(query: Query, leaning: Lean, before: Turn, report: Report) -> Reading | None:
    """Read 「２番目は？」: the item of that number beside or in what was answered."""
    for series in _series_meant(leaning, before, report):
        step = leaning.step
        found = stepped(series, before.passages, step) if step else nth(series, leaning.number)
        if found:
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
    former, own = nouns(before.text), set(nouns(leaning.rest))
    if not before.series and len(former) <= _PLAIN:
        found = [*counted(report, before.query.count, former), *found]
    bearing = [s for s in found if s and own and all(own <= set(nouns(b.label)) for b in s)]
    return bearing or found


_PLAIN = 2
"""Nouns of a question that asks for a counted list and nothing else."""
_SPOKEN_OF = 0.25
"""Share of a former question that a passage must speak to, to be what it was about."""


def _is_elsewhere(leaning: Lean, before: Turn, snapshot: Snapshot) -> bool:
    """True for a question whose nouns stand together elsewhere and not where the talk is."""
    wanted = set(nouns(leaning.name or leaning.rest)) & set(lemmas(leaning.name or leaning.rest))
    if leaning.is_marked or turns.POINTS_BACK.search(leaning.rest) or wanted <= turns.ATTRIBUTES:
        return False
    if leaning.name and is_attribute(leaning.name):
        return False
    here = {lemma for p in around(before, snapshot) for lemma in lemmas(p)}
    here |= set(lemmas(said_so_far(before)))
    if not wanted.isdisjoint(here):
        return False
    return bool(len(snapshot.lemmas.together(sorted(wanted)).rows))
