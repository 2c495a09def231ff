"""Examples for fitting: what is found for questions, what answers them, and what is proposed.

Takes an opened report with its questions; gives `Found`s, whose rows of signs teach which passage
answers, and from those, with trees that have not seen the report, `Example`s, which teach when to
answer. General questions (`offtopic.tsv`) count as unanswerable everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Status, flat
from assistant.cite import cite, found_passages
from assistant.composing.compose import propose
from assistant.composing.draft import Draft
from assistant.refusing.signs import Signs, signs
from assistant.understanding.topic import Reading
from assistant.understanding.understand import QueryKind
from assistant.verify import verify
from assistant.weighing.signs import SIGNS, matrix, signs_of
from assistant.weighing.trees import Trees
from assistant.weighing.weigh import weigh
from corpus.markup import fold
from corpus.model import Passage
from evals.cases import Case
from evals.grounds import OFF_TOPIC, Ground, lines_of
from evals.judge import judge
from index.retrieve import Hit, retrieve
from index.terms import lemmas

_SHARED = 8
"""Characters of the evidence that a passage must have to hold part of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One question put to one report, as far as the search."""

    report_id: str
    case: Case | None
    """None for a general question."""
    reading: Reading
    hits: tuple[Hit, ...]
    rows: NDArray[np.float64]
    """Shape (hits, signs)."""
    answers: NDArray[np.bool_]
    """For each hit, whether it holds evidence."""


@dataclass(frozen=True, slots=True)
class Example:
    """What would be answered."""

    report_id: str
    case: Case | None
    signs: Signs | None
    """None where the rules refuse."""
    is_right: bool
    """Would what the rules propose succeed?"""

    @property
    def is_answerable(self) -> bool:
        """True where the report says what is asked."""
        return bool(self.case and self.case.answerable)


def found(ground: Ground) -> Iterator[Found]:
    """Yield what the search finds for the questions on a report, then for general ones."""
    asked: list[tuple[Case | None, str, tuple[str, ...]]] = [
        (case, case.question, tuple(case.history)) for case in ground.cases
    ]
    asked += [(None, line, ()) for line in lines_of(OFF_TOPIC)]
    for case, question, history in asked:
        reading, hits = ground.assistant.find(question, history, ground.report_id)
        is_talk = reading.query.kind is QueryKind.SMALLTALK or (case and case.answerable is None)
        if is_talk or not hits or not lemmas(reading.query.focus):
            continue
        rows = matrix(signs_of(reading, hits, ground.assistant.snapshot), SIGNS)
        answers = np.array([bool(case and case.answerable) and holds(h.passage, case) for h in hits])
        yield Found(ground.report_id, case, reading, tuple(hits), rows, answers)


def holds(passage: Passage, case: Case | None) -> bool:
    """True where a passage stands on lines of the evidence and has words of it."""
    text = fold(passage.text)
    evidence = [e for group in case.evidence_sets for e in group] if case else []
    return any(
        e.lines[0] <= passage.line_end
        and passage.line_start <= e.lines[1]
        and _share_words(text, fold(e.quote))
        for e in evidence
    )


def _share_words(text: str, quote: str) -> bool:
    if quote in text or (len(text) > 3 and text in quote):
        return True
    return any(quote[n : n + _SHARED] in text for n in range(len(quote) - _SHARED + 1))


def example(ground: Ground, one: Found, trees: Trees) -> Example:
    """Return what would be answered to a question, its hits weighed by `trees`."""
    snapshot = ground.assistant.snapshot
    hits = weigh(one.reading, one.hits, snapshot, trees)
    query = one.reading.query
    draft = propose(query, hits, snapshot, lambda *a, **k: retrieve(snapshot, *a, **k))
    answered = draft.status is Status.ANSWERED
    right = answered and one.case is not None and _is_right(ground, one.case, draft, hits)
    given = signs(query, hits, draft, snapshot) if answered else None
    return Example(one.report_id, one.case, given, right)


def _is_right(ground: Ground, case: Case, draft: Draft, hits: Sequence[Hit]) -> bool:
    """True where the draft would succeed as the evaluation judges it."""
    snapshot = ground.assistant.snapshot
    checked = verify(cite(draft))
    answer = {
        "status": checked.draft.status,
        "answer": checked.text,
        "citations": [flat(citation) for citation in checked.citations],
        "hits": [flat(hit) for hit in found_passages(hits, snapshot)],
    }
    return judge(case, answer, snapshot.report(ground.report_id).text).is_success
