"""Former names of Japanese offices: what an office that no longer exists is called today.

Takes a text and an index; gives pairs of a former name in the text that no passage has and its
successor that some passage has. The table is of public facts (中央省庁等改革, 2001 and later).
"""

import re
from collections.abc import Iterator

from corpus.characters import search_form
from index.snapshot import Snapshot
from index.terms import bigrams

_SUCCESSORS = {
    "通商産業省": "経済産業省",
    "通産省": "経済産業省",
    "農商務省": "農林水産省",
    "農林省": "農林水産省",
    "郵政省": "総務省",
    "自治省": "総務省",
    "総務庁": "総務省",
    "逓信省": "総務省",
    "厚生省": "厚生労働省",
    "労働省": "厚生労働省",
    "運輸省": "国土交通省",
    "建設省": "国土交通省",
    "国土庁": "国土交通省",
    "北海道開発庁": "国土交通省",
    "文部省": "文部科学省",
    "科学技術庁": "文部科学省",
    "大蔵省": "財務省",
    "環境庁": "環境省",
    "防衛庁": "防衛省",
    "経済企画庁": "内閣府",
    "経企庁": "内閣府",
    "沖縄開発庁": "内閣府",
    "総理府": "内閣府",
    "金融監督庁": "金融庁",
    "社会保険庁": "日本年金機構",
    "原子力安全・保安院": "原子力規制委員会",
    "電電公社": "NTT",
    "日本電信電話公社": "NTT",
    "国鉄": "JR",
    "日本国有鉄道": "JR",
    "郵政公社": "日本郵政",
    "日本郵政公社": "日本郵政",
    "通信総合研究所": "情報通信研究機構",
    "電波研究所": "情報通信研究機構",
    "日本道路公団": "高速道路会社",
}
_NAME = re.compile(
    "(?:旧|元|当時の)?("
    + "|".join(map(re.escape, sorted(_SUCCESSORS, key=len, reverse=True)))
    + ")(?![一-龥]*省)"
)
_BEFORE = re.compile(r"(?<![一-龥])")


def succeeded(text: str, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Return the former names in `text` with the name of today."""
    for match in _NAME.finditer(text):
        begins_word = bool(_BEFORE.match(text, match.start()))
        successor = _SUCCESSORS[match.group(1)]
        if begins_word and not _has(snapshot, match.group(1)) and _has(snapshot, successor):
            yield match.group(), successor


def _has(snapshot: Snapshot, name: str) -> bool:
    pairs = bigrams(search_form(name))
    return bool(len(snapshot.bigrams.together(pairs).rows))
