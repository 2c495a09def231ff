"""Composer for the meaning of a term: the place that defines it, with all that it says.

Takes a query that asks what a term means; looks through the reports that were found for the
sentence, entry, note or row that says so, before any passage that only mentions the term.
Knows nothing about other questions.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Status
from assistant.composing.draft import Claim, Draft, named, whole
from assistant.refusing.abstain import may_answer
from assistant.understanding.understand import Query
from corpus.characters import search_form
from corpus.markup import plain, quotable
from corpus.model import Passage, PassageKind, Report
from index.retrieve import Hit
from index.snapshot import Snapshot

_REFERENCE = r"(?:\(?※|\*|注|\(注|\[\^|\^)\s?(\d{1,2}|[a-z])"
"""The mark of a note behind a word."""
_NOTE_OPENS = r"[(\[]?(?:※|\*|注|\^)\s?"
_SAYS = r"(?:をいう|を指す|のこと|である|です|もの|仕組み|取組|制度|。)"
_KIND = r"(?:制度|方式|事業|住宅|施設)?"
"""What a question may leave out at the end of a term."""
_MOST_NOTES = 2


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to define a term; `{0}` is the term."""

    pattern: str
    begins: bool = False
    """True where it stands at the beginning of the passage."""


_FORMS = (
    _Form(r"「?{0}」?(?:\s?\([^()]*\))?(?:※\d+)?\s?とは.*" + _SAYS),
    _Form(r"[-*・\s]*(?:\d+[.)]\s?)?[「『【]?{0}[」』】]?(?:\s?\([^()]*\))?\s?[:|\t]", begins=True),
    _Form(r"「?{0}」?(?:と(?:は|して)|は)、[^。]*(?:をいう|を指す|のことである)"),
    _Form(r"\(以下、?「{0}」(?:という|と略)"),
    _Form(r"という「?{0}」?(?![一-龥々ァ-ヶー])"),
    _Form(r"{0}\s?\([^()]*(?:をいう|を指す|のこと)[^()]*\)"),
)
"""The stronger form first."""


def compose_definition(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Draft | None:
    """Return what the reports say that the asked term means, None where they do not define it."""
    if query.defined is None:
        return None
    for report in _reports(hits, snapshot):
        for term in _names(query.defined):
            found = _defining(report, term)
            if found is not None and may_answer(query, report, found):
                return _draft(report, found)
    return None


def _reports(hits: Sequence[Hit], snapshot: Snapshot) -> list[Report]:
    return [snapshot.report(i) for i in dict.fromkeys(hit.passage.report_id for hit in hits)]


def _names(term: str) -> Iterator[str]:
    """Yield the term, and what stands before and inside its brackets."""
    yield term
    if match := re.fullmatch(r"(.+?)\s?\((.+)\)", term):
        yield from match.groups()


def _defining(report: Report, term: str) -> Passage | None:
    name = f"{re.escape(term)}{_KIND}"
    texts = [(p, search_form(plain(p.text))) for p in report.passages if term in _folded(p)]
    for form in _FORMS:
        pattern = re.compile(form.pattern.format(name))
        find = pattern.match if form.begins else pattern.search
        if passage := next((p for p, words in texts if find(words) or _is_row(p, term)), None):
            return passage
    for passage, words in texts:
        for mark in re.findall(rf"{name}」?{_REFERENCE}", words):
            if note := _note(report, passage, mark):
                return note
    return None


def _folded(passage: Passage) -> str:
    return search_form(plain(passage.text))


def _is_row(passage: Passage, term: str) -> bool:
    """True for the row of a glossary."""
    table = passage.table
    if table is None or table.row_label is None or passage.kind is not PassageKind.ROW:
        return False
    labels = "".join(filter(None, (table.caption, *table.column_labels)))
    explains = re.search(r"用語|語句|意味|説明|解説|定義", labels)
    return bool(explains) and search_form(table.row_label) == term


def _note(report: Report, marked: Passage, mark: str) -> Passage | None:
    """Return the note with `mark` that stands next below the passage that bears it."""
    opens = re.compile(rf"{_NOTE_OPENS}{re.escape(mark)}(?!\w)")
    below = (p for p in report.passages if p.span.start > marked.span.start)
    return next((p for p in below if opens.match(_folded(p))), None)


def _draft(report: Report, found: Passage) -> Draft:
    """Return the passage and the notes that hang on it."""
    here = report.passages_by_section[found.section_id]
    notes = [p for p in here if p.kind is PassageKind.NOTE and p.lead == plain(found.text)]
    marked = [_note(report, found, mark) for mark in re.findall(_REFERENCE, _folded(found))]
    notes += [note for note in marked if note is not None and note not in notes]
    claims = [Claim(quotable(p.text), (whole(report, p),)) for p in (found, *notes[:_MOST_NOTES])]
    heading = report.section_by_id[found.section_id].heading
    lead = f"{named(heading)}に次の記述があります。"
    return Draft(Status.ANSWERED, lead, tuple(claims))
