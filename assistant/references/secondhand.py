"""孫引き: the source that a report itself names for words of its own pages.

Takes a passage of a report, or citations; gives the original source as the report writes it, or
notes that name it. Only a source that belongs to the words counts: in their sentence, in the notes
of their table, or in a line right behind the figure or list that they are part of. Knows nothing
about references.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answer import Citation, Note, NoteKind, Place
from assistant.references.places import title_in_brackets
from corpus.markup import fold, plain
from corpus.model import Passage, PassageKind, Report, Span

_LABEL = re.compile(r"[（(【〔]?\s*(?:出典|資料|出所|引用元)\s?[）)】〕：:]\s*")
_INSIDE = re.compile(
    r"[（(]\s*(?:出典|資料|出所|引用元)\s?[：:]\s*([^（）()]+(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]"
)
_SENTENCE = re.compile(
    r"(?:「[^「」]*」|『[^『』]*』|[^。「『]|[「『])+(?:。(?:\s*[（(]\s*(?:出典|資料|出所|引用元)\s?[：:]"
    r"(?:[^（）()]|[（(][^（）()]*[）)])*[）)]。?)?)?|。",
)
"""A source in parentheses behind the full stop belongs to the sentence before it."""
_ACCORDING = re.compile(r"^(?P<who>[^、。]{2,80}?)(?:によれば|によると)(?=[、，])")
_BEFORE_WHO = re.compile(
    r"^\s*(?:[0-9０-９]{1,3}[\s\u3000]+)?(?:(?:なお|また|例えば|一方で?|さらに|しかし|ただし)[、，]?)?\s*"
)
_PAPER = r"(?:調査|統計|報告書?|白書|年報|推計|予測|試算|センサス|レポート|資料|データ|分析|集計)"
_BODY = (
    r"(?:[^、。]*(?:省|庁|府|局|委員会|機構|協会|連盟|研究所|銀行|大学|会議所|国連|連合|社)"
    r"|[A-Z][A-Za-z&.\-]{2,}(?: [A-Z&][A-Za-z&.\-]*)*)"
)
_NAMED_WHO = re.compile(
    rf"[^、。]*(?:「[^」]+」|『[^』]+』|｢[^｣]+｣)[^、。]*|{_BODY}の[^、。]*{_PAPER}(?:結果)?"
)
"""Who is told well enough to be looked up: a title, or an organisation and its paper."""
_NOBODY = re.compile(
    r"^(?:こ|そ|同|本|当|上記|前述|前掲|下記|以下|今回|図|表|担当者|第[0-9０-９一二三四五六七八九十])|(?:規定|条|項|号|法)$"
)
_MADE_FROM = re.compile(
    r"\s*(?:を(?:基|元|もと|加工|参考)に?(?:して)?|に基づ(?:き|いて)|より|から).{0,20}?(?:作成|整理|加工).*$"
)
_OWN = re.compile(r"^.{0,20}?(?:作成|調べ|事務局(?:資料)?)$")
_REACH = 12
"""Passages behind which a source line is too far away to belong to a figure."""
_JOINED = (
    PassageKind.ITEM,
    PassageKind.ROW,
    PassageKind.LABELS,
    PassageKind.CAPTION,
    PassageKind.NOTE,
)


def original_of(report: Report, passage: Passage, span: Span | None = None) -> str | None:
    """Return the original source of words, as the report writes it.

    Args:
        report: the report.
        passage: where the words stand.
        span: which words, in the report's text; all of the passage without it.
    """
    if passage.kind is PassageKind.SOURCE:
        return None
    for sentence in _sentences(passage, span or passage.span):
        if found := _told_inside(sentence, report):
            return found
    notes = passage.table.notes if passage.table else ()
    for note in notes:
        if label := _LABEL.match(plain(note)):
            return _named(plain(note)[label.end() :], report)
    behind = _behind(report, passage)
    return _named(behind, report) if behind else None


def passage_at(report: Report, offset: int | None) -> Passage | None:
    """Return the passage that holds a character of the report; None where none does."""
    if offset is None:
        return None
    holding = (p for p in report.passages if p.span.start <= offset < p.span.end)
    return next(holding, None)


def original_at(report: Report, place: Place) -> str | None:
    """Return the original source of the words at a cited place."""
    passage = passage_at(report, place.char_start)
    if passage is None or place.char_start is None or place.char_end is None:
        return None
    return original_of(report, passage, Span(place.char_start, place.char_end))


def second_hand_notes(
    citations: Sequence[Citation], report_of: Callable[[str], Report]
) -> list[Note]:
    """Return a note for each source that cited words were taken from by the report itself."""
    found: dict[str, list[Citation]] = {}
    for citation in citations:
        report = report_of(citation.place.report)
        if original := original_at(report, citation.place):
            found.setdefault(original, []).append(citation)
    return [_note(original, cited) for original, cited in found.items()]


def _note(original: str, cited: Sequence[Citation]) -> Note:
    numbers = "".join(f"［{citation.number}］" for citation in cited)
    text = (
        f"引用{numbers}は、報告書が{title_in_brackets(original)}から引いたものです（孫引き）。"
        "引用するときは、原典を確かめてください。"
    )
    return Note(NoteKind.SECOND_HAND, text, cited[0].place.section_id)


def _sentences(passage: Passage, span: Span) -> Iterator[str]:
    """Yield the sentences of `passage` that `span` touches, as plain text."""
    for found in _SENTENCE.finditer(passage.text):
        start = passage.span.start + found.start()
        if start < span.end and start + len(found[0]) > span.start:
            yield plain(found[0])


def _told_inside(sentence: str, report: Report) -> str | None:
    """Return the source that a sentence names itself: （出典：…） or …によれば."""
    if inside := _INSIDE.search(sentence):
        return _named(inside[1], report)
    according = _ACCORDING.match(_BEFORE_WHO.sub("", sentence))
    who = according["who"].strip() if according else ""
    if not _NAMED_WHO.fullmatch(who) or _NOBODY.search(who):
        return None
    return None if _is_own(who, report) else who


def _behind(report: Report, passage: Passage) -> str | None:
    """Return the source line that ends the run of blocks that `passage` is part of."""
    siblings = report.passages_by_section[passage.section_id]
    at = next(i for i, other in enumerate(siblings) if other.id == passage.id)
    for other in siblings[at + 1 : at + 1 + _REACH]:
        if other.kind is PassageKind.SOURCE:
            text = plain(other.text)
            label = _LABEL.match(text)
            return text[label.end() :] if label else text
        if not _are_joined(passage, other):
            return None
    return None


def _are_joined(passage: Passage, other: Passage) -> bool:
    """True where both are parts of one figure, table or list; prose that goes on is none."""
    if passage.kind is PassageKind.PARAGRAPH:
        return False
    return other.kind in _JOINED and other.group == passage.group


def _named(text: str, report: Report) -> str | None:
    """Return the source without who made a figure of it; None where the report names itself."""
    made = _MADE_FROM.sub("", text.strip()).strip("。、 ")
    return None if not made or _OWN.match(made) or _is_own(made, report) else made


def _is_own(source: str, report: Report) -> bool:
    """True for the report itself, and for its publisher without the name of another paper."""
    about = report.metadata
    publisher, bureau = about.publisher or "", about.bureau or ""
    names = [name for name in (publisher + bureau, publisher, bureau) if name]
    paper = rf"(?:の?{_PAPER}(?:結果)?)?"
    if any(re.fullmatch(re.escape(name) + paper, source) for name in names):
        return True
    whose = "|".join(map(re.escape, names))
    words = re.sub(rf"^(?:(?:{whose})の?)?|[「」『』｢｣]|\s*[（(][^（）()]*[）)]$", "", source)
    return fold(words) == fold(about.title)
