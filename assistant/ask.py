"""The product in one place: understand, retrieve, answer, cite, verify.

Takes a question and the conversation before it; gives an `Answer`. Every front end and the
evaluation go through here.
"""

from collections.abc import Mapping, Sequence
from time import perf_counter
from types import TracebackType
from typing import Any

from assistant.abstain import judge
from assistant.answer import Answer, Citation, Note, NoteKind, Status, Timings
from assistant.cite import CitedText, cite, found_passages, without
from assistant.draft import Draft
from assistant.facts import compose_fact
from assistant.lists import compose_list
from assistant.match import Matcher
from assistant.names import unknown_names
from assistant.understand import Query, QueryKind, understand
from assistant.verify import unsupported
from corpus.errors import UnknownReport
from corpus.model import Report
from corpus.settings import Settings
from index.build import Progress, program_version
from index.retrieve import Hit, retrieve
from index.serve import open_snapshot
from index.snapshot import Snapshot

MODE = "quote"
"""No language model: the answer is made of the report's own words."""


class Assistant:
    """Answers questions on the reports of one index."""

    def __init__(self, snapshot: Snapshot, settings: Settings) -> None:
        """Answer from `snapshot`."""
        self.snapshot = snapshot
        self.settings = settings

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> "Assistant":
        """Open the index, built first where needed.

        Raises:
            StorageError: it must be built and cannot be written.
            EmbedderUnavailable: it must be built and the embedding model cannot be loaded.
        """
        return cls(open_snapshot(settings, progress), settings)

    def ask(
        self, question: str, history: Sequence[str] = (), report_id: str | None = None
    ) -> Answer:
        """Answer `question`.

        Args:
            question: as the user typed it.
            history: the user's earlier turns, oldest first.
            report_id: answer from this report alone; None from all.

        Raises:
            QuestionError: the question is empty or too long.
            UnknownReport: the index has no such report.
        """
        if report_id is not None and report_id not in self.snapshot.report_ids:
            raise UnknownReport(
                f"報告書「{report_id}」はありません。tenkyo reports で一覧を確かめてください。"
            )
        clock = _Clock()
        query = understand(question, history, self.settings.max_question_chars)
        clock.lap("understand")
        if query.kind is QueryKind.SMALLTALK:
            return self._finished(
                query, Status.SMALLTALK, CitedText(query.reply, ()), (), (), clock
            )
        hits = retrieve(
            self.snapshot, query.focus, report_id=report_id, background=query.background
        )
        clock.lap("retrieve")
        unknown = unknown_names(query.question, self.snapshot)
        status, draft = self._answered(query, hits, unknown)
        clock.lap("answer")
        cited = cite(without(draft, unsupported(draft)))
        if status is Status.ANSWERED and not cited.citations:
            status = Status.UNSURE
        notes = self._notes(status, hits, cited.citations, unknown)
        if status is not Status.ANSWERED:
            cited = CitedText(_REFUSALS[status], ())
        clock.lap("verify")
        return self._finished(query, status, cited, hits, notes, clock)

    def close(self) -> None:
        """Release the index."""
        self.snapshot.close()

    def __enter__(self) -> "Assistant":
        """Return the assistant itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release the index."""
        self.close()

    def _answered(
        self, query: Query, hits: Sequence[Hit], unknown: Sequence[str]
    ) -> tuple[Status, Draft]:
        nothing = Draft("", ())
        status = judge(query, hits, unknown)
        if status is not Status.ANSWERED:
            return status, nothing
        matcher = Matcher(query, self.snapshot)
        draft = None
        if query.kind is QueryKind.LIST:
            draft = compose_list(query, hits, self.snapshot, matcher)
        draft = draft or compose_fact(query, hits, self.snapshot, matcher)
        return (Status.ANSWERED, draft) if draft else (Status.UNSURE, nothing)

    def _notes(
        self,
        status: Status,
        hits: Sequence[Hit],
        citations: Sequence[Citation],
        unknown: Sequence[str],
    ) -> tuple[Note, ...]:
        if status is Status.ANSWERED:
            return tuple(
                note
                for citation in citations
                for note in _spelling_notes(self.snapshot.report(citation.place.report), citation)
            )
        missing = tuple(
            Note(NoteKind.MISSING, f"「{name}」は、報告書のどこにも出てきません。")
            for name in unknown
        )
        return missing + _nearby_notes(hits, self.snapshot)

    def _finished(
        self,
        query: Query,
        status: Status,
        cited: CitedText,
        hits: Sequence[Hit],
        notes: tuple[Note, ...],
        clock: "_Clock",
    ) -> Answer:
        return Answer(
            question=query.question,
            standalone_question=query.standalone,
            status=status,
            answer=cited.text,
            mode=MODE,
            citations=cited.citations,
            hits=found_passages(hits, self.snapshot),
            confidence=min(1.0, round(hits[0].score, 3)) if status is Status.ANSWERED else None,
            notes=notes,
            timings_ms=clock.timings(),
            provenance=self._provenance(cited.citations),
        )

    def _provenance(self, citations: Sequence[Citation]) -> Mapping[str, Any]:
        ids = list(dict.fromkeys(c.place.report for c in citations)) or self.snapshot.report_ids
        reports = {report_id: self.snapshot.report(report_id).sha256 for report_id in ids}
        return {
            "reports": reports,
            "snapshot": self.snapshot.id,
            "version": program_version(),
            "embedder": self.snapshot.embedder.name,
            "mode": MODE,
        }


_REFUSALS = {
    Status.NOT_IN_REPORT: "お尋ねのことは、報告書の中に見当たりません。",
    Status.UNSURE: "近い記述はありますが、お尋ねへの答えといえるものは見つかりませんでした。",
}


def _spelling_notes(report: Report, citation: Citation) -> list[Note]:
    """Return notes on probable errors of the source inside a quotation."""
    place = citation.place
    lines = range(place.line_start or 0, (place.line_end or 0) + 1)
    return [
        Note(
            NoteKind.ORIGINAL_SPELLING,
            f"引用［{citation.number}］の「{e.wrong}」は原文ママです（推定：「{e.right}」）。",
            place.section_id,
            e.wrong,
        )
        for e in report.errata
        if e.line in lines and e.wrong in citation.quote
    ]


def _nearby_notes(hits: Sequence[Hit], snapshot: Snapshot) -> tuple[Note, ...]:
    """Return the sections that come nearest, as text, for a question without an answer."""
    ids = list(dict.fromkeys((h.passage.report_id, h.passage.section_id) for h in hits[:3]))
    notes = []
    for report_id, section_id in ids:
        section = snapshot.report(report_id).section_by_id[section_id]
        path = " ＞ ".join(section.path) or section.heading
        notes.append(Note(NoteKind.NEARBY, f"近い箇所：{path}", section_id))
    return tuple(notes)


class _Clock:
    """Measures the stages in milliseconds."""

    def __init__(self) -> None:
        self._start = self._last = perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = perf_counter()
        self._laps[stage] = round((now - self._last) * 1000, 3)
        self._last = now

    def timings(self) -> Timings:
        return Timings(**self._laps, total=round((perf_counter() - self._start) * 1000, 3))
