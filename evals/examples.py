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
from assistant.composing.compose import propose
from assistant.composing.draft import Draft
from assistant.refusing.signs import Signs, signs
from assistant.understanding.understand import Query, QueryKind
from assistant.verify import verify
from evals.cases import Case
from evals.judge import judge
from index.retrieve import Hit, retrieve

OFF_TOPIC = Path(__file__).parent / "offtopic.tsv"
NEAR_MISS = Path(__file__).parent / "nearmiss.tsv"


@dataclass(frozen=True, slots=True)
class Asked:
    """A report and the questions on it."""

    report_id: str
    cases: tuple[Case, ...] = ()
    written: tuple[tuple[bool, str], ...] = ()
    """Further questions without gold: does the report say it, and the question."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question put to one report."""

    report_id: str
    origin: str
    """own, written (no gold), removed (the evidence is taken away), cross (of another), off."""
    is_answerable: bool
    signs: Signs | None
    """None where the rules refuse."""
    is_right: bool = False
    """Would what the rules propose succeed?"""


def examples(assistant: Assistant, asked: Sequence[Asked]) -> Iterator[Example]:
    """Yield the examples of all reports, in order."""
    general = [(line, ()) for line in lines_of(OFF_TOPIC)]
    for ground in asked:
        for case in ground.cases:
            yield from _own(assistant, ground.report_id, case)
        for said, line in ground.written:
            yield from _foreign(assistant, ground.report_id, "written", [(line, ())], said)
        for other in asked:
            if other is not ground:
                theirs = [(case.question, case.history) for case in other.cases]
                yield from _foreign(assistant, ground.report_id, "cross", theirs)
        yield from _foreign(assistant, ground.report_id, "off", general)


def lines_of(path: Path) -> list[str]:
    """Return the lines of a table, without remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _own(assistant: Assistant, report_id: str, case: Case) -> Iterator[Example]:
    """Yield a question on its own report, and without its evidence."""
    query, hits = assistant.find(case.question, case.history, report_id)
    if case.answerable is None or query.kind is QueryKind.SMALLTALK:
        return
    draft = _draft(assistant, query, hits, report_id)
    right = draft.status is Status.ANSWERED and _is_right(assistant, case, draft, hits, report_id)
    found = _signs(assistant, query, hits, draft)
    yield Example(report_id, "own", case.answerable, found, right)
    if case.answerable:
        rest = [hit for hit in hits if not _is_evidence(hit, case)]
        draft = _draft(assistant, query, rest, report_id)
        yield Example(report_id, "removed", False, _signs(assistant, query, rest, draft))


def _foreign(
    assistant: Assistant,
    report_id: str,
    origin: str,
    questions: Sequence[tuple[str, Sequence[str]]],
    said: bool = False,
) -> Iterator[Example]:
    for question, history in questions:
        query, hits = assistant.find(question, history, report_id)
        if query.kind is not QueryKind.SMALLTALK:
            draft = _draft(assistant, query, hits, report_id)
            yield Example(report_id, origin, said, _signs(assistant, query, hits, draft))


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
