"""Retrieval alone: is the evidence among the first hits by words, by meaning, and by both?

Takes questions with their gold and what is searched; gives figures for three rankings of the
same rows. A question is put as `assistant/ask.py` puts it, and a hit counts as in
`evals/judge.py`, so the figures stand beside those of `tenkyo eval run`. Knows nothing about
answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from assistant.ask import Assistant
from assistant.understanding.understand import QueryKind, understand
from corpus.errors import InputError, QuestionError
from corpus.settings import Settings
from evals.cases import Case
from evals.ground import Ground, of_pool, of_snapshot
from evals.intervals import estimate
from evals.judge import DEPTH, judge
from evals.measures import MEASURES
from evals.pool import open_pool
from evals.squad import Collection
from index.build import Progress
from index.fusion import best, score
from index.lexical import Scores

T = TypeVar("T")

RANKINGS = {"lexical": "語", "dense": "意味", "fused": "語と意味"}
"""The rankings and what they go by, in Japanese."""

_RANKED = ("any@1", "any@5", "any@10", "all@10", "mrr@10", "ndcg@10")
RANKED = tuple(measure for measure in MEASURES if measure.name in _RANKED)
"""The measures that need nothing but a ranking."""

GROUPS: Mapping[str, Callable[[Case], bool]] = {
    "all": lambda case: True,
    "single": lambda case: not case.history,
    "paraphrase": lambda case: case.kind == "paraphrase",
    "conversation": lambda case: bool(case.history),
}
"""Which cases are counted by themselves: all, those that begin a conversation, …"""

_TELL_EVERY = 16
"""Questions between two calls of the progress function."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One question, ranked in each way."""

    case: Case
    values: Mapping[str, Mapping[str, float | None]]
    """Ranking → measure → value."""


def search_index(
    cases: Sequence[Case], assistant: Assistant, limit: int | None, progress: Progress
) -> dict[str, Any]:
    """Return the figures of `cases` on the index that `assistant` answers from.

    Args:
        cases: those with an answer and its evidence count.
        assistant: whose index is searched.
        limit: how many of the cases are asked, evenly spaced; None asks all.
        progress: told how far the work is.

    Raises:
        InputError: no case has evidence, or one names a report that the index has not.
    """
    known = [case for case in cases if case.answerable and case.evidence]
    if not known:
        raise InputError("答えと根拠のある質問がありません。")
    ground = of_snapshot(assistant.snapshot)
    longest = assistant.settings.max_question_chars
    return figures(ground, measure(ground, spread(known, limit), longest, progress))


def search_pool(
    collection: Collection, settings: Settings, limit: int | None, progress: Progress
) -> dict[str, Any]:
    """Return the figures of a collection's questions on its passages; like `search_index`.

    Raises:
        EmbedderUnavailable: the embedding model cannot be loaded.
        StorageError: there is no room for the vectors.
    """
    with open_pool(collection.passages, settings, progress) as pool:
        ground = of_pool(pool)
        asked = spread(collection.cases, limit)
        return figures(ground, measure(ground, asked, settings.max_question_chars, progress))


def spread(items: Sequence[T], number: int | None) -> list[T]:
    """Return `number` of the items, evenly spaced; all where None or more are wanted.

    >>> spread("abcdef", 3)
    ['a', 'c', 'e']
    """
    if number is None or number >= len(items):
        return list(items)
    return [items[n * len(items) // number] for n in range(number)]


def measure(
    ground: Ground, cases: Sequence[Case], longest: int, progress: Progress
) -> list[Measured]:
    """Rank the rows of `ground` for each case; a question beyond `longest` finds nothing."""
    found = []
    for number, case in enumerate(cases):
        if number % _TELL_EVERY == 0:
            progress("質問で探す", number, len(cases))
        rankings = rank(ground, case, longest)
        by = {name: values(case, ground, rows) for name, rows in rankings.items()}
        found.append(Measured(case, by))
    progress("質問で探す", len(cases), len(cases))
    return found


def rank(ground: Ground, case: Case, longest: int) -> dict[str, list[int]]:
    """Return the first rows of each ranking; none where the assistant would not search."""
    nothing: dict[str, list[int]] = {name: [] for name in RANKINGS}
    try:
        query = understand(ground.respelt(case.question), case.history, longest)
    except QuestionError:
        return nothing
    if query.kind is QueryKind.SMALLTALK:
        return nothing
    rows = ground.rows(case.report)
    scored = score(ground.index, query.focus, rows, case.report, query.background)
    by = {**scored.parts, "fused": scored.total}
    return {name: _first(by[name], rows) for name in RANKINGS}


def _first(scores: Scores, rows: slice) -> list[int]:
    """Return the best rows; one that scores nothing was not found."""
    return [row for row in best(scores, rows, DEPTH) if scores[row] > 0]


def values(case: Case, ground: Ground, rows: Sequence[int]) -> dict[str, float | None]:
    """Return every measure of one ranking of rows, of which the first are judged."""
    judged = judge(case, {"hits": ground.hits(rows)}, "")
    return {each.name: each.value(judged) for each in RANKED}


def figures(ground: Ground, measured: Sequence[Measured]) -> dict[str, Any]:
    """Return the means of all measures with their intervals, for each group and ranking.

    A group that no case belongs to, or every case, is left out.
    """
    groups = {
        name: part
        for name, belongs in GROUPS.items()
        if (part := [each for each in measured if belongs(each.case)])
        and (name == "all" or len(part) < len(measured))
    }
    return {
        "questions": len(measured),
        "passages": ground.passages,
        "embedder": ground.index.embedder.name,
        "groups": {name: _group(part, ground) for name, part in groups.items()},
    }


def _group(part: Sequence[Measured], ground: Ground) -> dict[str, Any]:
    # By number, as two sets may use the same id.
    units = {str(number): ground.unit(each.case) for number, each in enumerate(part)}
    return {
        "questions": len(part),
        "rankings": {
            ranking: {
                each.name: _figure([m.values[ranking][each.name] for m in part], units)
                for each in RANKED
            }
            for ranking in RANKINGS
        },
    }


def _figure(
    measured: Sequence[float | None], units: Mapping[str, str]
) -> dict[str, float | int] | None:
    found = estimate({str(number): value for number, value in enumerate(measured)}, units)
    return None if found is None else {k: round(v, 6) for k, v in asdict(found).items()}
