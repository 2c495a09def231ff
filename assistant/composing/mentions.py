"""Composer for a topic in many places: what the report says of it, section by section.

Takes a query that asks where something is spoken of (「…に言及している箇所」, 「どこでどう書か
れている」); gives the passages that carry all words of the topic, in the report's order, one a
section. Knows nothing about single facts.
"""

import re
from dataclasses import replace

from assistant.answer import Status
from assistant.composing.draft import Draft
from assistant.composing.match import Matcher
from assistant.composing.places import Means
from assistant.understanding.division import sought
from assistant.understanding.understand import Query
from corpus.markup import plain
from corpus.model import PassageKind
from index.retrieve import Hit

MOST = 6
"""Places that are shown."""

_CUES = re.compile(
    r"言及(?:箇所|個所|している|して|がある|の?ある)"
    r"|どこで?(?:、|と)?どう(?:いう|いった)?(?:[書述触扱記位]|出て)"
    r"|(?:触れ|述べ|書か|記さ|扱わ|取り上げ)(?:て|られて|れて)いる?(?:箇所|個所|ところ|所|場所|部分)"
    r"|出て(?:くる|いる)(?:箇所|個所|ところ|所|場所|部分)"
    r"|(?:記述|記載|言及|箇所|個所)(?:を|は|が)?(?:全て|すべて|全部)?(?:拾|集め|抜き出|洗い出|まとめ|どこ)"
)
"""Signs that all places are asked for that speak of a topic."""
_CARRIES = 0.8
"""Share of the topic's weight that a passage itself must have."""
_SAYING = (PassageKind.ITEM, PassageKind.PARAGRAPH, PassageKind.ROW, PassageKind.NOTE)


def compose_mentions(query: Query, means: Means) -> Draft | None:
    """Return what is said of the topic in each section, None where that is not asked for."""
    cue = _CUES.search(query.asked)
    if cue is None:
        return None
    topic = sought(query.asked[: cue.start()]) or sought(query.asked[cue.end() :])
    if not topic:
        return None
    own = replace(query, focus=topic, background="", wanted=None, has_parts=False)
    hits = _one_a_section(own, means)
    shown = sorted(hits[:MOST], key=lambda hit: (hit.passage.report_id, hit.passage.span.start))
    drafts = [draft for hit in shown if (draft := means.say(own, [hit]))]
    claims = tuple(claim for draft in drafts for claim in draft.claims)
    if len(claims) < 2:
        return None
    main = "主なものとして、" if len(hits) > MOST else ""
    lead = f"{main}次の{len(claims)}か所に記述があります。"
    return Draft(Status.ANSWERED, lead, claims, is_list=True)


def _one_a_section(own: Query, means: Means) -> list[Hit]:
    """Return the best passage of each section that carries the topic, best first."""
    matcher = Matcher(own, means.snapshot)
    best: dict[tuple[str, str], Hit] = {}
    for hit in means.scores(own.focus).values():
        passage = hit.passage
        if passage.kind not in _SAYING or matcher.share(plain(passage.text)) < _CARRIES:
            continue
        best.setdefault((passage.report_id, passage.section_id), hit)
    return list(best.values())
