"""Questions that could be asked next, from the sections beside the cited ones.

Takes an answer and the reports; gives up to three questions, and examples for the beginning.
Knows nothing about HTML.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.answer import Answer, Citation
from corpus.markup import fold, plain
from corpus.model import PassageKind, Report, Section

MOST = 3

SHIPPED = "ict-global-strategy"
_SHIPPED_EXAMPLES = (
    "6つの戦略は何ですか",
    "サイバー攻撃の被害額はいくらですか",
    "情報銀行とは何ですか",
    "座長は誰ですか",
)
"""A list, a figure, a definition, a cell of a table: what the first report shows best."""

_LONGEST_HEADING = 36
"""Characters; a longer heading makes no question that anyone would ask."""
_NUMBER = re.compile(
    r"^(?:[（(]?[0-9０-９]{1,2}[)）.．]|[①-⑳]|[ivxIVX]{1,4}[.．]|第[0-9０-９一二三四五六七八九十]+[章節]|方向性[①-⑳])\s*"
)
_ENCLOSED = re.compile(r"[【〔\[「<＜]([^【】〔〕「」]*)[】〕\]」>＞]")
_BROKEN_OFF = ("に", "を", "で", "と", "へ", "が", "は", "の")
"""Ends of a heading that is no topic (「信頼性」を我が国の強みに)."""
_WORDLESS = re.compile(r"[\W\d]*")


def suggestions(
    answer: Answer, report_of: Callable[[str], Report], asked: Sequence[str]
) -> tuple[str, ...]:
    """Return up to three questions on sections next to those that `answer` cites.

    Args:
        answer: the answer just given.
        report_of: gives a report by its id.
        asked: what was asked before; not suggested again.
    """
    told = {start for start in _starts(answer) if not start.is_heading}
    found: dict[str, None] = {}
    for start in _starts(answer):
        report = report_of(start.report)
        for section in _beside(report, start.section):
            question = question_on(_unmistakable(report, section))
            is_new = _Start(report.id, section.id, False) not in told
            is_title = section.heading == report.metadata.title
            if question and is_new and not is_title and _has_text(report, section):
                found[question] = None
    said = " ".join(asked)
    fresh = (question for question in found if question not in said)
    return tuple(islice(fresh, MOST))


def examples(reports: Sequence[Report]) -> tuple[str, ...]:
    """Return questions to begin with."""
    if any(report.id == SHIPPED for report in reports):
        return _SHIPPED_EXAMPLES
    found: dict[str, None] = {}
    for report in reports:
        questions = (
            question_on(section.heading)
            for section in report.sections
            if 0 < section.level and _has_text(report, section)
        )
        found.update(dict.fromkeys(islice(filter(None, questions), MOST)))
    return tuple(islice(found, len(_SHIPPED_EXAMPLES)))


def question_on(heading: str) -> str | None:
    """Return a question about a section; None where its heading makes none.

    >>> question_on("2. データ流通戦略")
    'データ流通戦略について教えてください'
    """
    words = _words(heading)
    no_topic = _WORDLESS.fullmatch(words) or words.endswith(_BROKEN_OFF)
    if no_topic or len(words) > _LONGEST_HEADING:
        return None
    return f"{words.removesuffix('について')}について教えてください"


@dataclass(frozen=True, slots=True)
class _Start:
    """A section from which the next questions are looked for."""

    report: str
    section: str
    is_heading: bool
    """True where only the heading was cited, so that what stands under it is still untold."""


def _starts(answer: Answer) -> list[_Start]:
    """Return where to look from: what is cited, or else what the notes name as near."""
    if answer.citations:
        found = (
            _Start(c.place.report, c.place.section_id, _is_heading(c)) for c in answer.citations
        )
        return list(dict.fromkeys(found))
    near = {note.section_id for note in answer.notes}
    places = [hit.place for hit in answer.hits if hit.place.section_id in near]
    return list(dict.fromkeys(_Start(place.report, place.section_id, True) for place in places))


def _is_heading(citation: Citation) -> bool:
    return fold(citation.quote) == fold(citation.place.section_path[-1])


def _beside(report: Report, section_id: str) -> Iterator[Section]:
    """Yield the section, its children, then those beside it and above it, then all."""
    if section_id not in report.section_by_id:
        return
    yield report.section_by_id[section_id]
    for section in report.ancestors(section_id):
        yield from report.children[section.id]
        if section.parent_id is None:
            break
        level = report.children[section.parent_id]
        at = level.index(section)
        yield from level[at + 1 :]
        yield from reversed(level[:at])
        yield report.section_by_id[section.parent_id]
    yield from report.sections


def _unmistakable(report: Report, section: Section) -> str:
    """Return the section's heading, with the one above it where several sections share it."""
    same = sum(other.heading == section.heading for other in report.sections)
    if same == 1 or section.parent_id is None:
        return section.heading
    above = report.section_by_id[section.parent_id].heading
    return f"{_words(above)}の{_words(section.heading)}"


def _words(heading: str) -> str:
    """Return a heading without its number and brackets."""
    words = _NUMBER.sub("", plain(heading)).strip()
    enclosed = _ENCLOSED.fullmatch(words)
    return enclosed[1] if enclosed else words


def _has_text(report: Report, section: Section) -> bool:
    """True where more than a heading stands in the section."""
    passages = report.passages_by_section[section.id]
    return any(passage.kind is not PassageKind.HEADING for passage in passages)
