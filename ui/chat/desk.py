"""One assistant for all who have the page open, kept up to date while they ask.

Takes the settings; answers one question at a time and shows reports. When reports were added
or removed, a new index is built beside the old one, which serves until then. Knows nothing
about HTML components or the network.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from types import TracebackType

from assistant.answer import Answer
from assistant.ask import MODE, Assistant
from assistant.checking.manuscript import Manuscript
from assistant.checking.result import Result
from assistant.export.collected import Collected, Item, found, items
from assistant.export.provenance import Provenance
from assistant.writing.write import Event
from corpus.errors import TenkyoError
from corpus.model import Report
from corpus.settings import Settings
from index.build import Progress, recipe
from index.serve import open_snapshot
from ui.chat.suggestions import examples, suggestions
from ui.chat.turns import Turn, slim
from ui.chat.viewer import ReportView, view

_CHECK_EVERY = 3.0
"""Seconds between two looks at whether reports have changed; one costs a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Named:
    """A report in the list of reports."""

    id: str
    title: str


class Desk:
    """Where questions are asked and reports are read."""

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        """Serve from `assistant`."""
        self._assistant = assistant
        self._settings = settings
        # For what is shown of reports; the assistant guards its index by itself.
        self._one_at_a_time = Lock()
        self._views: dict[str, ReportView] = {}
        self._running = 0
        self._retired: list[Assistant] = []
        self._checked = monotonic()
        self._renewal: Thread | None = None

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> "Desk":
        """Open the index, built first where needed.

        Raises:
            TenkyoError: there is none and none can be built.
        """
        return cls(Assistant.open(settings, progress), settings)

    @property
    def home(self) -> Path:
        """The data folder."""
        return self._settings.home

    @property
    def is_renewing(self) -> bool:
        """True while a new index is being built beside the one that serves."""
        return self._renewal is not None and self._renewal.is_alive()

    def ask(
        self, question: str, history: Sequence[str], scope: str | None
    ) -> Iterator[Event | Turn]:
        """Yield what a language model writes as it comes, and last the next turn.

        Raises:
            QuestionError: the question is empty or too long.
            UnknownReport: there is no report `scope` any more.
        """
        self._renew_where_needed()
        with self._one_at_a_time:
            assistant, self._running = self._assistant, self._running + 1
        try:
            for event in assistant.stream(question, history, scope):
                yield (self._turn(event, scope, history) if isinstance(event, Answer) else event)
        finally:
            with self._one_at_a_time:
                self._running -= 1
                self._close_retired()

    def _turn(self, answer: Answer, scope: str | None, history: Sequence[str]) -> Turn:
        with self._one_at_a_time:
            return Turn(slim(answer), scope, self._next(answer, [*history, answer.question]))

    def _close_retired(self) -> None:
        """Close the assistants of former indexes once nobody waits for one of their answers."""
        while self._retired and not self._running:
            self._retired.pop().close()

    def reports(self) -> list[Named]:
        """Return the reports that can be asked."""
        self._renew_where_needed()
        with self._one_at_a_time:
            snapshot = self._assistant.snapshot
            titles = ((name, snapshot.report(name).metadata.title) for name in snapshot.report_ids)
            return [Named(name, title) for name, title in titles]

    def view(self, report_id: str) -> ReportView:
        """Return a report as the page shows it.

        Raises:
            UnknownReport: there is none with that id.
        """
        with self._one_at_a_time:
            if report_id not in self._views:
                self._assistant.snapshot.rows(report_id)  # raises where there is none
                self._views[report_id] = view(self._assistant.snapshot.report(report_id))
            return self._views[report_id]

    def sha256(self, report_id: str) -> str:
        """Return the hash of a report's original.

        Raises:
            UnknownReport: there is none with that id.
        """
        return self._report(report_id).sha256

    def found(self, collected: Collected) -> Item:
        """Return a collected citation as its report has it now.

        Raises:
            InputError: the report has changed since.
            UnknownReport: it is gone.
        """
        return found(collected, self._report(collected.report))

    def items(self, basket: Sequence[Collected]) -> list[Item]:
        """Return the citations of a basket; errors as in `found`."""
        return items(basket, self._report)

    def check(self, manuscript: Manuscript) -> Result:
        """Return what the reports say of a draft."""
        from assistant.checking.check import check

        with self._one_at_a_time:
            snapshot = self._assistant.snapshot
            reports = [snapshot.report(name) for name in snapshot.report_ids]
        return check(manuscript, reports)

    def provenance(self) -> Provenance:
        """Return what the record of an export tells."""
        with self._one_at_a_time:
            snapshot, writer = self._assistant.snapshot.id, self._assistant.writer
        mode = writer.model.name if writer else MODE
        return Provenance(snapshot, mode, datetime.now().astimezone().date())

    def _report(self, report_id: str) -> Report:
        with self._one_at_a_time:
            snapshot = self._assistant.snapshot
            snapshot.rows(report_id)  # raises where there is none
            return snapshot.report(report_id)

    def examples(self) -> tuple[str, ...]:
        """Return questions to begin with."""
        with self._one_at_a_time:
            snapshot = self._assistant.snapshot
            return examples([snapshot.report(name) for name in snapshot.report_ids])

    def _next(self, answer: Answer, asked: Sequence[str]) -> tuple[str, ...]:
        return suggestions(answer, self._assistant.snapshot.report, asked)

    def _renew_where_needed(self) -> None:
        """Start building a new index where reports or settings have changed."""
        if self.is_renewing or monotonic() - self._checked < _CHECK_EVERY:
            return
        self._checked = monotonic()
        try:
            is_current = recipe(self._settings) == self._assistant.snapshot.manifest.recipe
        except TenkyoError as error:
            logging.getLogger(__name__).warning("%s", error)
            return
        if not is_current:
            self._renewal = Thread(target=self._renew, name="tenkyo-index", daemon=True)
            self._renewal.start()

    def _renew(self) -> None:
        try:
            snapshot = open_snapshot(self._settings)
        except TenkyoError as error:
            logging.getLogger(__name__).warning("%s", error)
            return
        with self._one_at_a_time:
            old = self._assistant
            self._assistant = Assistant(snapshot, self._settings, old.writer)
            self._views.clear()
            self._retired.append(old)
            self._close_retired()

    def close(self) -> None:
        """Release the index."""
        with self._one_at_a_time:
            self._assistant.close()
            self._running = 0
            self._close_retired()

    def __enter__(self) -> "Desk":
        """Return the desk itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release the index."""
        self.close()
