"""The product in one place: understand, retrieve, answer, cite, verify.

Takes a question and the conversation before it; gives an `Answer`. Every front end and the
evaluation go through here. Where a language model is set, it writes from what was found, and
what it writes is checked; the answer in the report's own words stands behind it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from threading import Lock
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from assistant.answer import Answer, Citation, Note, NoteKind, Status, Timings
from assistant.cite import CitedDraft, cite, found_passages, spelling_notes
from assistant.composing.compose import compose, weighed
from assistant.composing.draft import Draft
from assistant.references.secondhand import second_hand_notes
from assistant.refusing.refuse import slip_notes
from assistant.understanding.aim import REACH, aimed, item_draft
from assistant.understanding.conversation import read, turn_of
from assistant.understanding.replay import Replay
from assistant.understanding.respell import Respelt, respell
from assistant.understanding.topic import Reading, Turn
from assistant.understanding.understand import Query, QueryKind, sayable
from assistant.verify import verify
from assistant.writing.opening import open_writer
from corpus.errors import ModelFailed, QuestionError, UnknownReport
from corpus.model import Passage
from corpus.settings import Settings
from corpus.version import program_version
from index.build import Progress
from index.retrieve import Hit, retrieve
from index.serve import open_snapshot
from index.snapshot import Snapshot

if TYPE_CHECKING:
    from assistant.writing.write import Event, Writer

P = ParamSpec("P")
T = TypeVar("T")

MODE = "quote"
"""No language model: the answer is made of the report's own words."""


class Assistant:
    """Answers questions on the reports of one index."""

    def __init__(
        self, snapshot: Snapshot, settings: Settings, writer: "Writer | None" = None
    ) -> None:
        """Answer from `snapshot`, with `writer` where a language model is to write."""
        self.snapshot = snapshot
        self.settings = settings
        self.writer = writer
        self._replay = Replay()
        # The index answers one question at a time; a model may write for several at once.
        self._one_at_a_time = Lock()

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> "Assistant":
        """Open the index, built first where needed.

        Raises:
            StorageError: it must be built and cannot be written.
            EmbedderUnavailable: it must be built and the embedding model cannot be loaded.
            MissingPart: the package of the language model is not installed.
            InputError: the language model cannot be set up.
        """
        writer = open_writer(settings)
        return cls(open_snapshot(settings, progress), settings, writer)

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
        for event in self.stream(question, history, report_id):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a stream ends in an answer")

    def stream(
        self, question: str, history: Sequence[str] = (), report_id: str | None = None
    ) -> "Iterator[Event | Answer]":
        """Yield what a language model writes as it comes, and last the answer.

        Without a model nothing but the answer comes. Arguments and errors as in `ask`; errors
        are raised before anything is yielded.
        """
        if report_id is not None and report_id not in self.snapshot.report_ids:
            raise UnknownReport(
                f"報告書「{report_id}」はありません。tenkyo reports で一覧を確かめてください。"
            )
        clock = _Clock()
        with self._one_at_a_time:
            before = clock.time("understand", self._before, history, report_id)
            respelt = self._respelt(question)
        asked, before = self._standing(respelt.text, history, before, clock)
        with self._one_at_a_time:
            reading, hits, checked = self._work(asked, before, report_id, clock)
            query = replace(reading.query, question=question, slips=respelt.slips)
            quoted = self._answer(query, hits, checked, clock)
        if self.writer is None:
            yield quoted
            return
        passages = [*checked.draft.passages, *(hit.passage for hit in hits)]
        from assistant.writing.answered import answered

        for event in answered(self.writer, quoted, passages, self.snapshot):
            yield self._finished(event, clock) if isinstance(event, Answer) else event

    def _finished(self, answer: Answer, clock: "_Clock") -> Answer:
        """Return what a model's answer lacks: notes on its citations, the time it took."""
        added = self._citation_notes(answer.citations)
        notes = (*answer.notes, *(note for note in added if note not in answer.notes))
        return replace(answer, notes=notes, timings_ms=clock.timings())

    def _standing(
        self, question: str, history: Sequence[str], before: Turn | None, clock: "_Clock"
    ) -> tuple[str, Turn | None]:
        """Return a follow-up as the model makes it stand by itself, else for the rules to read."""
        if self.writer is None or before is None or not sayable(question):
            return question, before
        from assistant.writing.rewrite import standalone

        told = "\n".join(
            "。".join((*self._path(passage), passage.text)) for passage in before.passages
        )
        try:
            written = clock.time(
                "understand", standalone, question, history, told, self.writer.model
            )
        except ModelFailed:
            return question, before
        return (written, None) if written else (question, before)

    def _path(self, passage: Passage) -> tuple[str, ...]:
        return self.snapshot.report(passage.report_id).section_by_id[passage.section_id].path

    def find(
        self, question: str, history: Sequence[str] = (), report_id: str | None = None
    ) -> tuple[Query, list[Hit]]:
        """Return how `question` is read and what is found for it; arguments as in `ask`."""
        before = self._before(history, report_id)
        text = self._respelt(question).text
        reading, hits = self._found(text, before, report_id, _Clock())
        return reading.query, hits

    def _before(self, history: Sequence[str], report_id: str | None) -> Turn | None:
        told = [self._respelt(turn).text for turn in history]
        return self._replay.last(told, report_id, partial(self._replayed, report_id))

    def _respelt(self, typed: str) -> Respelt:
        """Return `typed` in the words of the reports; what is no question stays as it is."""
        text = sayable(typed)
        if not text or len(text) > self._longest:
            return Respelt(typed)
        respelt = respell(text, self.snapshot)
        return Respelt(typed) if respelt.text == text else respelt

    def _work(
        self, question: str, before: Turn | None, report_id: str | None, clock: "_Clock"
    ) -> tuple[Reading, list[Hit], CitedDraft]:
        """Do all stages for one question after the turn `before`."""
        reading, hits = self._found(question, before, report_id, clock)
        draft = clock.time("answer", self._draft, reading, hits, report_id)
        return reading, hits, clock.time("verify", verify, cite(draft))

    def _found(
        self, question: str, before: Turn | None, report_id: str | None, clock: "_Clock"
    ) -> tuple[Reading, list[Hit]]:
        reading = clock.time("understand", read, question, before, self.snapshot, self._longest)
        search = partial(retrieve, self.snapshot, report_id=report_id)
        return reading, clock.time("retrieve", _hits, reading, search)

    def _draft(self, reading: Reading, hits: Sequence[Hit], report_id: str | None) -> Draft:
        if item := item_draft(reading, self.snapshot):
            return weighed(reading.query, hits, self.snapshot, item)
        search = partial(retrieve, self.snapshot, report_id=report_id)
        return compose(reading.query, hits, self.snapshot, search)

    def _replayed(self, report_id: str | None, question: str, before: Turn | None) -> Turn | None:
        """Return an earlier turn with what answered it."""
        try:
            reading, hits, checked = self._work(question, before, report_id, _Clock())
        except QuestionError:
            return before
        return turn_of(reading, checked.draft.passages, hits, before)

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

    @property
    def _longest(self) -> int:
        return self.settings.max_question_chars

    def _answer(
        self, query: Query, hits: Sequence[Hit], checked: CitedDraft, clock: "_Clock"
    ) -> Answer:
        status = checked.draft.status
        return Answer(
            question=query.question,
            standalone_question=query.standalone,
            status=status,
            answer=checked.text,
            mode=MODE,
            citations=checked.citations,
            hits=found_passages(hits, self.snapshot),
            confidence=_rounded(checked.draft.confidence) if status is Status.ANSWERED else None,
            notes=self._notes(query, checked),
            timings_ms=clock.timings(),
            provenance=self._provenance(checked.citations),
        )

    def _notes(self, query: Query, checked: CitedDraft) -> tuple[Note, ...]:
        notes = [*slip_notes(query.slips), *checked.draft.notes]
        notes += self._citation_notes(checked.citations)
        if self.snapshot.is_stale:
            text = "索引を新しくできなかったため、以前の索引で答えています。"
            notes.append(Note(NoteKind.EDITION, text))
        return tuple(notes)

    def _citation_notes(self, citations: Sequence[Citation]) -> list[Note]:
        """Return what a reader must know of the quoted words."""
        notes: list[Note] = []
        for citation in citations:
            notes += spelling_notes(self.snapshot.report(citation.place.report), citation)
        return [*notes, *second_hand_notes(citations, self.snapshot.report)]

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


def _hits(reading: Reading, search: Callable[..., list[Hit]]) -> list[Hit]:
    query = reading.query
    if query.kind is QueryKind.SMALLTALK:
        return []
    if reading.named or reading.near:
        return aimed(search(query.focus, background=query.background, limit=REACH), reading)
    return search(query.focus, background=query.background)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


class _Clock:
    """Measures the stages in milliseconds."""

    def __init__(self) -> None:
        self._start = perf_counter()
        self._stages: dict[str, float] = {}

    def time(self, stage: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do `work` and note how long it took."""
        start = perf_counter()
        result = work(*args, **kwargs)
        spent = (perf_counter() - start) * 1000
        self._stages[stage] = round(self._stages.get(stage, 0.0) + spent, 3)
        return result

    def timings(self) -> Timings:
        """Return what was measured so far."""
        return Timings(**self._stages, total=round((perf_counter() - self._start) * 1000, 3))
