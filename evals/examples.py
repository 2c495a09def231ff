"""Examples for fitting when to answer: questions, what the rules propose, and what is right.

Takes opened reports with their questions; gives `Example`s with their signs. Questions that a
report does not answer are few, so more are made: the questions of another report, general ones
(`offtopic.tsv`), and answerable ones whose evidence is taken out of the hits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.answer import Status, flat
from assistant.ask import Assistant
from assistant.cite import cite, found_passages
from assistant.compose import propose
from assistant.draft import Draft
from assistant.signs import Signs, signs
from assistant.understand import Query, QueryKind, understand
from assistant.verify import verify
from evals.cases import Case
from evals.judge import judge
from index.retrieve import Hit, retrieve

OFF_TOPIC = Path(__file__).parent / "offtopic.tsv"


@dataclass(frozen=True, slots=True)
class Asked:
    """A report and the questions on it."""

    report_id: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One question put to one report."""

    report_id: str
    origin: str
    """own, removed (the evidence is taken away), cross (of another report) or off (of none)."""
    is_answerable: bool
    signs: Signs | None
    """None where the rules refuse."""
    is_right: bool = False
    """Would what the rules propose succeed?"""


def examples(assistant: Assistant, asked: Sequence[Asked]) -> Iterator[Example]:
    """Yield the examples of all reports, in order."""
    general = [understand(line) for line in _lines(OFF_TOPIC)]
    for ground in asked:
        for case in ground.cases:
            yield from _own(assistant, ground.report_id, case)
        for other in asked:
            if other is not ground:
                queries = [understand(case.question, case.history) for case in other.cases]
                yield from _foreign(assistant, ground.report_id, "cross", queries)
        yield from _foreign(assistant, ground.report_id, "off", general)


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _own(assistant: Assistant, report_id: str, case: Case) -> Iterator[Example]:
    """Yield a question on its own report, and without its evidence."""
    query = understand(case.question, case.history)
    if case.answerable is None or query.kind is QueryKind.SMALLTALK:
        return
    hits = _hits(assistant, query, report_id)
    draft = _draft(assistant, query, hits, report_id)
    right = draft.status is Status.ANSWERED and _is_right(assistant, case, draft, hits, report_id)
    found = _signs(assistant, query, hits, draft)
    yield Example(report_id, "own", case.answerable, found, right)
    if case.answerable:
        rest = [hit for hit in hits if not _is_evidence(hit, case)]
        draft = _draft(assistant, query, rest, report_id)
        yield Example(report_id, "removed", False, _signs(assistant, query, rest, draft))


def _foreign(
    assistant: Assistant, report_id: str, origin: str, queries: Sequence[Query]
) -> Iterator[Example]:
    for query in queries:
        if query.kind is not QueryKind.SMALLTALK:
            hits = _hits(assistant, query, report_id)
            draft = _draft(assistant, query, hits, report_id)
            yield Example(report_id, origin, False, _signs(assistant, query, hits, draft))


def _hits(assistant: Assistant, query: Query, report_id: str) -> list[Hit]:
    return retrieve(
        assistant.snapshot, query.focus, report_id=report_id, background=query.background
    )


def _draft(assistant: Assistant, query: Query, hits: Sequence[Hit], report_id: str) -> Draft:
    search = partial(retrieve, assistant.snapshot, report_id=report_id)
    return propose(query, hits, assistant.snapshot, search)


def _signs(assistant: Assistant, query: Query, hits: Sequence[Hit], draft: Draft) -> Signs | None:
    if draft.status is not Status.ANSWERED:
        return None
    return signs(query, hits, draft, assistant.snapshot)


def _is_right(
    assistant: Assistant, case: Case, draft: Draft, hits: Sequence[Hit], report_id: str
) -> bool:
    """True where the draft would succeed as the evaluation judges it."""
    checked = verify(cite(draft))
    answer = {
        "status": checked.draft.status,
        "answer": checked.text,
        "citations": [flat(citation) for citation in checked.citations],
        "hits": [flat(hit) for hit in found_passages(hits, assistant.snapshot)],
    }
    return judge(case, answer, assistant.snapshot.report(report_id).text).is_success


def _is_evidence(hit: Hit, case: Case) -> bool:
    """True where a hit stands on lines of the evidence."""
    first, last = hit.passage.line_start, hit.passage.line_end
    return any(
        e.lines[0] <= last and first <= e.lines[1] for group in case.evidence_sets for e in group
    )
