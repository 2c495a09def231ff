"""Stage 3, its first half: does the report say it at all?

Takes a query and hits; says whether to answer, to stay unsure or to say that the report does
not. A first honest rule, on three signs: how much of the question's weight the best passage
covers, whether any near passage has the kind of thing that is asked for, and whether the
question names somebody or some year that stands nowhere in the reports.
"""

from collections.abc import Sequence

from assistant import phrases
from assistant.answer import Status
from assistant.particulars import contradicts
from assistant.sought import says
from assistant.understand import Query, QueryKind
from assistant.wanted import Wanted
from corpus.model import Passage, Report
from index.documents import context_of
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

ANSWER_FROM = 0.0
"""Words of the best hit from which an answer is given: a quarter of the question's weight."""

UNSURE_FROM = 0.0
"""Words from which something near is said to have been found."""

_NEAR = 0.75
"""Share of the best score from which a hit may hold what is asked for."""


def judge(query: Query, hits: Sequence[Hit], snapshot: Snapshot, unknown: Sequence[str]) -> Status:
    """Return ANSWERED, UNSURE or NOT_IN_REPORT; `unknown` are names that no passage has."""
    best = hits[0].words if hits else 0.0
    if unknown or best < UNSURE_FROM:
        return Status.NOT_IN_REPORT
    near = [hit.passage for hit in hits if hit.score >= _NEAR * hits[0].score]
    if not any(may_answer(query, snapshot.report(p.report_id), p) for p in near):
        return Status.NOT_IN_REPORT
    return Status.ANSWERED if best >= ANSWER_FROM else Status.UNSURE


def may_answer(query: Query, report: Report, passage: Passage) -> bool:
    """True where a passage has the kind of thing that is asked for, of what is asked about.

    A passage on another year or another of a numbered series may not.
    """
    context = context_of(report, passage)
    counts_items = query.kind is QueryKind.LIST and query.wanted is Wanted.NUMBER
    if not counts_items and not says(query, f"{passage.text} {passage.lead or ''}", context):
        return False
    around = f"{passage.text} {context}"
    if contradicts(query.asked, around):
        return False
    # Which is the most is not worked out yet: only a passage that says so may answer.
    asks_most = phrases.SUPERLATIVE.search(query.asked)
    if asks_most and not phrases.SUPERLATIVE.search(passage.text):
        return False
    if query.measured is None:
        return True
    words = lemmas(around)
    return not set(lemmas(query.measured)).isdisjoint(words)
