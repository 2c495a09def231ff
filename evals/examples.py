"""Examples for fitting when to answer: questions, what the rules propose, and what is right.

Takes an opened report with its questions; gives an `Example` for each, and for general questions
(`offtopic.tsv`), which no report answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.answer import Status, flat
from assistant.cite import cite, found_passages
from assistant.composing.compose import propose
from assistant.composing.draft import Draft
from assistant.refusing.evidence import Signs
from assistant.refusing.signs import has_terms, signs
from assistant.understanding.understand import QueryKind
from assistant.verify import verify
from evals.cases import Case
from evals.grounds import OFF_TOPIC, Ground, lines_of
from evals.judge import judge
from index.retrieve import Hit, retrieve


@dataclass(frozen=True, slots=True)
class Example:
    """One question put to one report."""

    report_id: str
    case: Case | None
    """None for a general question."""
    signs: Signs | None
    """None where the rules refuse."""
    is_right: bool = False
    """Would what the rules propose succeed?"""

    @property
    def is_answerable(self) -> bool:
        """True where the report says what is asked."""
        return bool(self.case and self.case.answerable)


def examples(ground: Ground) -> Iterator[Example]:
    """Yield the examples of a report's questions, then of general ones."""
    asked: list[tuple[Case | None, str, tuple[str, ...]]] = [
        (case, case.question, tuple(case.history)) for case in ground.cases
    ]
    asked += [(None, line, ()) for line in lines_of(OFF_TOPIC)]
    snapshot = ground.assistant.snapshot
    search = partial(retrieve, snapshot, report_id=ground.report_id)
    for case, question, history in asked:
        query, hits = ground.assistant.find(question, history, ground.report_id)
        is_talk = query.kind is QueryKind.SMALLTALK or (case and case.answerable is None)
        if is_talk or not hits or not has_terms(query):
            continue
        draft = propose(query, hits, snapshot, search)
        if draft.status is not Status.ANSWERED:
            yield Example(ground.report_id, case, None)
            continue
        right = bool(case and case.answerable) and _is_right(ground, case, draft, hits)
        yield Example(ground.report_id, case, signs(query, hits, draft, snapshot), right)


def _is_right(ground: Ground, case: Case | None, draft: Draft, hits: Sequence[Hit]) -> bool:
    """True where the draft would succeed as the evaluation judges it."""
    assert case is not None
    snapshot = ground.assistant.snapshot
    checked = verify(cite(draft))
    answer = {
        "status": checked.draft.status,
        "answer": checked.text,
        "citations": [flat(citation) for citation in checked.citations],
        "hits": [flat(hit) for hit in found_passages(hits, snapshot)],
    }
    return judge(case, answer, snapshot.report(ground.report_id).text).is_success
