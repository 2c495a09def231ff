"""Composer for legends: what a mark of a table stands for.

Takes a query and hits; gives the entry of the legend that explains the mark.
"""

import re
from collections.abc import Sequence

from assistant.answer import Status
from assistant.composing.draft import Claim, Draft, Source, named
from assistant.understanding.understand import Query
from corpus.markup import quotable
from corpus.model import PassageKind, Span
from index.retrieve import Hit
from index.snapshot import Snapshot

_MARKS: dict[str, str] = {
    "黒丸": "●", "二重丸": "◎", "白丸": "○", "黒三角": "▲", "三角": "△", "黒四角": "■",
    "四角": "□", "黒星": "★", "星印": "☆", "ひし形": "◆", "アスタリスク": "＊", "米印": "※",
}  # fmt: skip
"""What the marks of a legend are called."""
_MARK = re.compile(r"[●◎○▲△■□★☆◆◇×＊*†‡▽▼]")
_MEANS = re.compile(r"意味|示|表し|何です|なんです|凡例|とは|印")
_EXPLAINING = (PassageKind.NOTE, PassageKind.PARAGRAPH, PassageKind.CAPTION)


def compose_legend(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    """Return what a mark stands for, where the question asks for its meaning."""
    marks = {mark for name, mark in _MARKS.items() if name in query.asked}
    marks |= set(_MARK.findall(query.asked))
    if not marks or not hits or not _MEANS.search(query.asked):
        return None
    entry = re.compile(rf"([{re.escape(''.join(marks))}])\s?[：:＝=は]\s?([^\s：:＝=]+)")
    sections = list(dict.fromkeys(hit.passage.section_id for hit in hits))
    report = snapshot.report(hits[0].passage.report_id)
    places = [p for p in report.passages if p.kind in _EXPLAINING and entry.search(p.text)]
    places.sort(key=lambda p: sections.index(p.section_id) if p.section_id in sections else 99)
    for place in places[:1]:
        text = "　".join(quotable(m.group()) for m in entry.finditer(place.text))
        source = Source(report, place, Span(place.span.start, place.span.end))
        heading = report.section_by_id[place.section_id].heading
        return Draft(Status.ANSWERED, f"{named(heading)}の凡例です。", (Claim(text, (source,)),))
    return None
