"""Stage 3, its first half: signs that can be named that the report does not say it.

Takes a query and hits; says whether to refuse, as no near passage has what is asked for, or
the question names somebody or some year that stands nowhere in the reports. How likely an
answer is that passes, `assistant/refusing/answerable.py` says.
"""

from collections.abc import Sequence

from assistant.refusing.particulars import contradicts
from assistant.refusing.sought import is_open, says
from assistant.understanding import phrases
from assistant.understanding.understand import Query, QueryKind
from assistant.understanding.wanted import Wanted
from corpus.model import Passage, Report
from index.documents import context_of
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

_NEAR = 0.75
"""Share of the best score from which a hit may hold what is asked for."""


def refuses(query: Query, hits: Sequence[Hit], snapshot: Snapshot, unknown: Sequence[str]) -> bool:
    """True where no near passage may answer; `unknown` are names that no passage has."""
    if unknown or not hits or not hits[0].score:
        return True
    near = [hit.passage for hit in hits if hit.score >= _NEAR * hits[0].score]
    return not any(may_answer(query, snapshot.report(p.report_id), p) for p in near)


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
    # Which is the most is worked out over whole tables alone; elsewhere a passage must say so.
    asks_most = phrases.SUPERLATIVE.search(query.asked)
    if asks_most and not phrases.SUPERLATIVE.search(passage.text):
        return False
    if query.measured is None or is_open(query):
        return True
    words = lemmas(around)
    return not set(lemmas(query.measured)).isdisjoint(words)
