"""Questions for reasons, methods and aims: what a text says that answers one.

Takes a question and hits; gives the hits with those first that use words of giving a reason
(ため, ことから, を受けて …) or a means, and before them the line under 【背景】 or 【課題】 beside a
best hit that gives none. Knows nothing about how they are shown.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composing.match import Matcher
from assistant.composing.nesting import Node, nested, ways
from corpus.characters import search_form
from corpus.japanese import sentences
from corpus.markup import plain
from corpus.model import Passage, Report
from index.retrieve import Hit
from index.snapshot import Snapshot

_ASKED_AND_SAID: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (
            r"なぜ|何故|なんで|どうして(?!も)|理由|訳[はをが]|わけ[はをが]|背景|経緯|いきさつ|事情"
            r"|原因|きっかけ|契機",
            r"ため[、,にで。]|ことから|ことに(?:より|よる)|を受け|背景|踏まえ|契機|端を発|きっかけ"
            r"|ので[、,]|から[、,]|に伴|理由|原因|に鑑み|という観点|となって(?:いる|おり)",
        ),
        (
            r"何を(?:目的|狙|ねら)|何のため|狙い|ねらい|目的|意図|場面",
            r"ため[、,にの]|に向け|目的|狙い|べく|ことに?より|ことで|に資する|場合|観点",
        ),
        (
            r"どうやって|どのように|どうする|どうすれば|どう(?:進め|実現|対応|取り組|集め|増や|減ら|防)"
            r"|方法|手段|手立て|やり方|進め方|ために何を|どのような(?:対応|対策|取組|支援|措置)",
            r"ことに?より|ことで|によって|を通じ|活用|支援|整備|見直|設け|講じ|図[りるっ]|促進|など、",
        ),
    )
)
"""What asks for a reason, an aim or a means, and the words that give one."""

_PREFERRED = 1.1
"""How much more a passage counts that gives what is asked for: between near equals alone."""
_LEADS_TO_ASKED = 1.25
"""… where what is asked follows on the words that give it (Xのため、Yする for 「なぜYするのか」)."""
_FOLLOWS = 0.15
"""Share of the sought words from which what follows is what is asked."""
_BESIDE = 1.5
"""How much more than the best hit a reason counts that stands under a label beside it."""
_LABELS = (
    re.compile(r"背景|課題|理由|原因|経緯|必要性|問題"),
    re.compile(r"現状|趣旨|目的|ねらい|狙い"),
)
"""Names of captions under which reasons stand; the first kind before the second."""


def asks_reason(question: str) -> bool:
    """True where `question` asks for a reason or an aim."""
    return any(asks.search(search_form(question)) for asks, _ in _ASKED_AND_SAID[:2])


def reasons_first(
    question: str, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> list[Hit]:
    """Return `hits`, where `question` asks for a reason or a means those first that give one."""
    asked = search_form(question)
    said = [said for asks, said in _ASKED_AND_SAID if asks.search(asked)]
    if not said or not hits:
        return list(hits)
    weighed = [replace(hit, score=hit.score * _gives(said[0], hit, matcher)) for hit in hits]
    if asks_reason(question) and weighed[0].score == hits[0].score:
        weighed = _with_reason(hits[0], weighed, snapshot, matcher)
    return sorted(weighed, key=lambda hit: -hit.score)


def _gives(said: re.Pattern[str], hit: Hit, matcher: Matcher) -> float:
    """Return how much more a passage counts for what it gives."""
    factor = 1.0
    text = plain(hit.passage.text)
    for sentence in (search_form(span.of(text)) for span in sentences(text)):
        for match in said.finditer(sentence):
            follows = matcher.weight(matcher.covered(sentence[match.end() :]))
            factor = max(factor, _LEADS_TO_ASKED if follows > _FOLLOWS else _PREFERRED)
    return factor


def _with_reason(
    best: Hit, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher
) -> list[Hit]:
    """Put first the line under 【背景】 or 【課題】 that belongs to the best hit, if there is one."""
    report = snapshot.report(best.passage.report_id)
    lines = _reason_lines(report, best.passage)
    if not lines:
        return list(hits)
    shares = matcher.rated([node.words for node in lines])
    passage = lines[shares.index(max(shares))].passage
    first = replace(best, passage=passage, score=best.score * _BESIDE, rank=0)
    return [first, *(hit for hit in hits if hit.passage.id != passage.id)]


def _reason_lines(report: Report, passage: Passage) -> list[Node]:
    """Return the lines under the captions of reasons that stand beside `passage`."""
    section = report.section_by_id[passage.section_id]
    every = list(ways(nested(report, section)))
    here = next((way for way in every if way[-1].passage.id == passage.id), ())
    for pattern in _LABELS:
        found: dict[int, list[Node]] = {}
        for way in every:
            at = next((i for i, n in enumerate(way) if _is_called(pattern, n)), None)
            if at is not None and way[:at] == here[:at] and not way[-1].is_caption:
                found.setdefault(at, []).append(way[-1])
        if found:
            return found[max(found)]
    return []


def _is_called(pattern: re.Pattern[str], node: Node) -> bool:
    """True for a caption or a 【label】 with such a name."""
    return (node.is_caption or node.is_label) and bool(pattern.search(node.name))
