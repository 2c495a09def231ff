"""Questions for reasons, methods and aims: what a text says that answers one.

Takes a question and hits; gives the hits with those first that use words of giving a reason
(ため, ことから, を受けて …) or a means, and before them the line under 【背景】 or 【課題】
beside a best hit that gives none. Knows nothing about how they are shown.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composing.match import Matcher
from assistant.composing.nesting import Node, nested, way_to, ways
from corpus.characters import search_form
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
    weighed = [
        replace(hit, score=hit.score * _PREFERRED) if _gives(said[0], hit) else hit for hit in hits
    ]
    if asks_reason(question) and not _is_reason(said[0], hits[0], snapshot):
        weighed = _with_reason(hits[0], weighed, snapshot, matcher)
    return sorted(weighed, key=lambda hit: -hit.score)


def _gives(said: re.Pattern[str], hit: Hit) -> bool:
    return bool(said.search(search_form(plain(hit.passage.text))))


def _is_reason(said: re.Pattern[str], hit: Hit, snapshot: Snapshot) -> bool:
    """True where a hit gives a reason and stands under no label of something else (【現状】)."""
    way = way_to(snapshot.report(hit.passage.report_id), hit.passage)
    labels = [node for node in way if node.is_label]
    elsewhere = labels and not any(_is_called(_LABELS[0], node) for node in labels)
    return _gives(said, hit) and not elsewhere


def _with_reason(best: Hit, hits: Sequence[Hit], snapshot: Snapshot, matcher: Matcher) -> list[Hit]:
    """Put first the line under 【背景】 or 【課題】 that belongs to the best hit, if any."""
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
