"""What speaks for and against a draft as the answer, in numbers that do not depend on the report.

Takes a query, its hits and a draft; gives signs by name: those of the best passage that the draft
rests on, or was led from (`evidence.py`), how much of the question the words of the draft speak
to, the shape of the draft, and what kind of question it is. Knows nothing about weights and
thresholds.
"""

import re
from collections.abc import Sequence

from assistant.composing.draft import Draft, Shape
from assistant.composing.match import Matcher
from assistant.refusing.evidence import Signs, evidence
from assistant.refusing.names import unknown_names
from assistant.understanding import phrases
from assistant.understanding.understand import Query, QueryKind
from assistant.understanding.wanted import Wanted
from corpus.markup import plain
from index.documents import context_of
from index.retrieve import Hit
from index.snapshot import Snapshot
from index.terms import lemmas

_WHY = re.compile(r"なぜ|何故|なんで|どうして|理由|訳は|わけ|背景|経緯|原因|狙い|ねらい|目的")
_YES_NO = re.compile(
    r"(?:です|ます|でしょう|ました|でした)か[?？。]?$|[のん][?？]$|だっけ|かどうか"
)
_BREAKDOWN = re.compile(r"内訳|それぞれ|別[にのでは]|ごと|うち")
_MEANT = 0.5
"""Score, relative to the best hit, from which a cited place is itself what the question means."""
_TIME = frozenset((Wanted.DATE, Wanted.MONTH, Wanted.DAY, Wanted.SPAN))
_NAMED = frozenset((Wanted.PERSON, Wanted.COMPANY, Wanted.PLACE, Wanted.COUNTRY, Wanted.NAME))
_COUNTED = frozenset((Wanted.NUMBER, Wanted.MONEY, Wanted.AGE))


def signs(query: Query, hits: Sequence[Hit], draft: Draft, snapshot: Snapshot) -> Signs:
    """Return the signs of one question; `hits` must not be empty."""
    places = {passage.id for passage in draft.passages}
    cited = [number for number, hit in enumerate(hits) if hit.passage.id in places]
    # What stands beside the place that is meant (a reason, a source line) has not its words.
    is_meant = cited and hits[cited[0]].score >= _MEANT * hits[0].score
    seen = evidence(query, hits, cited[0] if is_meant else 0, snapshot)
    return {**seen, **_draft(query, draft, cited, snapshot), **_question(query, snapshot)}


def _draft(
    query: Query, draft: Draft, cited: Sequence[int], snapshot: Snapshot
) -> dict[str, float]:
    texts = [claim.text for claim in draft.claims]
    return {
        "shown": _covered(query, draft, snapshot),
        "cited": float(len(cited)),
        "first_cited": float(cited[0]) if cited else float(len(cited)),
        "claims": float(len(draft.claims)),
        "listed": float(draft.is_list),
        "labelled": float(any(claim.label for claim in draft.claims)),
        "characters": float(sum(map(len, texts))),
        **{f"shape_{shape}": float(draft.shape is shape) for shape in Shape},
    }


def _covered(query: Query, draft: Draft, snapshot: Snapshot) -> float:
    """Return the share of the question that the draft's sources and their context speak to."""
    places = [source for claim in draft.claims for source in claim.sources]
    contexts = (context_of(source.report, source.passage) for source in places)
    return Matcher(query, snapshot).share(
        " ".join([*(plain(source.quote) for source in places), *contexts])
    )


def _question(query: Query, snapshot: Snapshot) -> dict[str, float]:
    wanted = query.wanted
    return {
        "q_list": float(query.kind is QueryKind.LIST),
        "q_wanted": float(wanted is not None),
        "q_time": float(wanted in _TIME),
        "q_named": float(wanted in _NAMED),
        "q_counted": float(wanted in _COUNTED),
        "q_office": float(wanted is Wanted.OFFICE),
        "q_why": float(bool(_WHY.search(query.asked))),
        "q_yes_no": float(bool(_YES_NO.search(query.asked))),
        "q_breakdown": float(bool(_BREAKDOWN.search(query.asked))),
        "q_defined": float(query.defined is not None),
        "q_parts": float(query.has_parts),
        "q_follows": float(bool(query.background)),
        "q_most": float(bool(phrases.SUPERLATIVE.search(query.asked))),
        "q_length": float(len(query.asked)),
        "q_names": float(len(unknown_names(query.focus, query.asked, query.quoted, snapshot))),
    }


def has_terms(query: Query) -> bool:
    """True where a question has terms that signs can be taken of."""
    return bool(lemmas(query.focus))
