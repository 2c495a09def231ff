"""Questions for reasons, methods and aims: what a text says that answers one.

Takes a question and hits; gives the hits with those first that use words of giving a reason
(ため, ことから, を受けて …) or a means. A ranking alone: nothing is found or left out by it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.characters import search_form
from corpus.markup import plain
from index.retrieve import Hit

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


def reasons_first(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return `hits`, where `question` asks for a reason or a means those first that give one."""
    asked = search_form(question)
    said = [said for asks, said in _ASKED_AND_SAID if asks.search(asked)]
    if not said:
        return list(hits)
    weighed = [
        replace(hit, score=hit.score * _PREFERRED) if _gives(said[0], hit) else hit for hit in hits
    ]
    return sorted(weighed, key=lambda hit: -hit.score)


def _gives(said: re.Pattern[str], hit: Hit) -> bool:
    return bool(said.search(search_form(plain(hit.passage.text))))
