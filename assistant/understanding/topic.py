"""What the talk is about: a turn of the conversation with what answered it.

Gives the turn's question as it stands by itself, the words that name its subject, and that
question with another subject in their place. Knows nothing about the follow-up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding import turns
from assistant.understanding.ellipsis import is_attribute, nouns, opened
from assistant.understanding.siblings import Series, readable, title_of
from assistant.understanding.understand import Query
from corpus.characters import search_form
from corpus.japanese import Word, words
from corpus.model import Passage, Report, TableContext
from index.snapshot import Snapshot
from index.terms import lemmas


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is read in the conversation."""

    query: Query
    named: tuple[Passage, ...] = ()
    """The passages that it names outright; nothing else may answer."""
    is_item: bool = False
    """True where `named` is the answer itself: one of a series by its number."""
    near: frozenset[str] = frozenset()
    """Sections in which the answer is likely."""
    close: frozenset[str] = frozenset()
    """Passages that the talk is on."""
    said: frozenset[str] = frozenset()
    """Passages that answered before and are not meant now."""
    series: Series = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of the user's and where it was answered."""

    query: Query
    passages: tuple[Passage, ...]
    """What the answer cites; what was cited before where there was no answer."""
    series: Series = ()
    """The series whose item was asked for by number."""
    anchor: str = ""
    """The words of the last question that needed no words of another, where this one does."""

    @property
    def text(self) -> str:
        """The question as it would be asked by itself, without greeting and turning away."""
        query = self.query
        is_own = query.standalone == query.question
        return opened(query.asked if is_own else query.standalone)


def sections_of(before: Turn) -> frozenset[str]:
    """Return the sections that the talk is in."""
    return frozenset(passage.section_id for passage in before.passages)


def row_of(before: Turn) -> TableContext | None:
    """Return the table side of the one row that answered before, None where none did."""
    rows = [p.table for p in before.passages if p.table]
    return before.passages[0].table if len(rows) == 1 else None


def subject(before: Turn) -> str:
    """Return the words that name what the former question is about."""
    asked = uncased(before.text)
    row = row_of(before)
    label = _common(asked, row.row_label) if row and row.row_label else ""
    if len(label) > 1:
        named = asked[: asked.index(label) + len(label)]
        return named.rpartition("について、")[2].removesuffix("の")
    if row and row.row_label and _asks_which(asked):
        return readable(row.row_label)
    name = _topic(asked)
    return name if name and nouns(name) else f"「{_unquoted(asked)}」"


def _asks_which(asked: str) -> bool:
    """True where a question seeks one of several: どの…, or どこ and 誰 with a degree."""
    is_one = bool(turns.WHICH.search(asked))
    return is_one or bool(turns.DEGREE.search(asked) and turns.INTERROGATIVE.search(asked))


def _topic(asked: str) -> str:
    """Return the words before the first particle that sets a topic, "" where none does."""
    end, said = 0, words(asked)
    for place, word in enumerate(said):
        start = asked.index(word.surface, end)
        if word.surface in "、。?？" or start > _LONGEST_TOPIC:
            return ""
        tail = asked[start:]
        if word.pos.startswith("助詞") and start > 1 and _sets_topic(tail, said[place:]):
            return asked[:start]
        end = start + len(word.surface)
    return ""


def _sets_topic(tail: str, said: Sequence[Word]) -> bool:
    """True where the words `said`, which spell `tail`, open with a particle that sets a topic."""
    two = "".join(word.surface for word in said[:2])
    return (
        said[0].surface in turns.TOPIC_ENDS
        or two in turns.TOPIC_ENDS
        or tail.startswith(("について", "に関して"))
    )


def owner(name: str) -> str:
    """Return what has the attribute that `name` ends with: みなとベース of みなとベースの休館日."""
    first, joint, last = name.rpartition("の")
    has_one = bool(joint and nouns(first) and last and is_attribute(last))
    return owner(first) if has_one else name


def counterpart(asked: str, name: str) -> str | None:
    """Return the former question with `name` in the place of what is built like it.

    So 2号機 takes the place of 1号機, 令和10年度 that of 令和9年度, 副会長 that of 会長.
    """
    text, new = search_form(asked), search_form(name)
    if len(text) != len(asked):
        return None
    built = re.escape(new)
    if era := _YEAR.fullmatch(new):
        built = rf"(?:令和|平成|昭和|西暦)?(?:\d+|元){era['unit']}"
    elif any(c.isdigit() for c in new):
        built = re.sub(r"\d+", lambda _: r"\d+", re.escape(new))
    if built != re.escape(new) and (match := re.search(built, text)):
        return asked[: match.start()] + name + asked[match.end() :]
    said = [] if any(c.isdigit() for c in new) else words(new)
    tail = said[-1].surface if said else ""
    if len(tail) < 2 or not said[-1].pos.startswith("名詞") or new in text:
        return None
    match = re.search(rf"[一-龥ァ-ヶーa-z0-9]*{re.escape(tail)}", text)
    return asked[: match.start()] + name + asked[match.end() :] if match else None


def _unquoted(asked: str) -> str:
    """Return a question without another that it quotes, so that quotations never nest."""
    return turns.QUOTING.sub("", asked).rstrip("?？。").translate(_NO_BRACKETS)


_LONGEST_TOPIC = 40
_YEAR = re.compile(r"(?:令和|平成|昭和|西暦)?(?:\d+|元)(?P<unit>年度|年)")
_NO_BRACKETS = str.maketrans("「」", "『』")


def said_so_far(before: Turn) -> str:
    """Return the words of the turn and of what it leaned on."""
    return f"{before.text} {before.query.background}"


def told(before: Turn, report: Report) -> set[str]:
    """Return the lemmas of what was asked before and of the headings that it was answered under."""
    headings = (" ".join(report.section_by_id[p.section_id].path) for p in before.passages)
    leads = (p.lead or "" for p in before.passages)
    return {lemma for text in (said_so_far(before), *headings, *leads) for lemma in lemmas(text)}


def around(before: Turn, snapshot: Snapshot) -> list[str]:
    """Return the texts of the sections that the talk is in."""
    found: list[str] = []
    for passage in before.passages:
        report = snapshot.report(passage.report_id)
        found += report.section_by_id[passage.section_id].path
        found += [p.text for p in report.passages_by_section[passage.section_id]]
    return list(dict.fromkeys(found))


def substituted(before: Turn, label: str, series: Series, report: Report) -> str:
    """Return the former question with `label` in the place of what it was about."""
    asked = uncased(before.text)
    own, headings = _labels(before, report)
    fellows = [readable(other.label) for other in series if other.label]
    beside = [label for label in own if label in fellows]
    for labels in (beside, fellows, headings):
        slots = [slot for other in labels if len(slot := _common(asked, other)) > 1]
        if slots:
            return asked.replace(max(slots, key=len), label, 1)
    return f"{label}の場合、{uncased(asked)}"


def _labels(before: Turn, report: Report) -> tuple[list[str], list[str]]:
    """Return what the place of the former answer is called, and its headings if it is no row."""
    passage = before.passages[0]
    own = passage.table.row_label if passage.table else title_of(passage)
    headings = () if passage.table else report.section_by_id[passage.section_id].path[-1:]
    return [readable(own)] if own else [], [readable(heading) for heading in headings]


def _common(asked: str, label: str) -> str:
    """Return the longest words of `label` in `asked`, with the marks between them."""
    wanted = search_form(label).replace(" ", "")
    best, start, end = "", 0, 0
    for word in words(asked):
        at = asked.index(word.surface, end)
        known = search_form(word.surface) in wanted or word.surface in _JOINTS
        start = start if known and asked[end:at] == "" else at
        end = at + len(word.surface)
        run = asked[start:end].strip(_JOINTS) if known else ""
        start = start if known else end
        if len(run) > len(best):
            best = run
    return best


_JOINTS = "・、/のとや"


def uncased(asked: str) -> str:
    """Return a former question without the case that it was put for: cases must not pile up."""
    return turns.CASE.sub("", asked)
