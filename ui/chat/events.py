"""What happens when a user of the page does something: ask, retry, clear, judge.

Takes what the browser sends, the kept conversation included; gives the new conversation and
what is said of an error. No state of a user stays in this process. Knows nothing about layout.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from corpus.errors import TenkyoError
from ui.boundary import told
from ui.chat.conversation import VERDICTS, conversation
from ui.chat.desk import Desk
from ui.chat.feedback import Feedback, Verdict, judged, save
from ui.chat.runs import escaped
from ui.chat.turns import Turn, Turns, from_browser, to_browser

_RENEWING = "報告書が変わったため、索引を作り直しています。できるまでは、前の索引で答えます。"
_UNEXPECTED = "予期しない誤りで答えられませんでした。もう一度お試しください。"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after an event."""

    turns: Turns
    typed: str
    """What stands in the box for the next question."""
    notice: str = ""
    """A sentence on what went wrong."""


class Events:
    """The answers to what users do; one for all of them."""

    def __init__(self, desk: Desk) -> None:
        """Answer from `desk`."""
        self._desk = desk

    def restore(self, kept: object) -> list[Any]:
        """Show the conversation that the browser kept."""
        return self._output(Shown(from_browser(kept), ""))

    def ask(self, question: str, kept: object, scope: str | None, edited: float | None) -> list[Any]:
        """Answer a question.

        Args:
            question: as typed.
            kept: the conversation, as the browser kept it.
            scope: id of the only report to ask; None or "" for all.
            edited: number of the turn that the question replaces, with all after it.
        """
        before = from_browser(kept)
        at = None if edited is None else int(edited)
        return self._answered(question, before if at is None else before[:at], before, scope)

    def retry(self, kept: object) -> list[Any]:
        """Ask the last question again."""
        turns = from_browser(kept)
        if not turns:
            return self._output(Shown(turns, "", "まだ質問がありません。"))
        last = turns[-1]
        return self._answered(last.answer.question, turns[:-1], turns, last.scope, typed="")

    def clear(self) -> list[Any]:
        """Begin a new conversation."""
        return self._output(Shown((), ""))

    def judge(self, kept: object, number: float | None, verdict: str | None) -> list[Any]:
        """Keep what the user thinks of an answer."""
        turns = from_browser(kept)
        at = -1 if number is None else int(number)
        if verdict not in VERDICTS or not 0 <= at < len(turns):
            return self._output(Shown(turns, ""))
        try:
            save(self._desk.home, _feedback(turns, at, verdict))
        except TenkyoError as error:
            return self._output(Shown(turns, "", str(error)))
        turn = replace(turns[at], verdict=verdict)
        return self._output(Shown((*turns[:at], turn, *turns[at + 1 :]), ""))

    def _answered(
        self, question: str, history: Turns, before: Turns, scope: str | None, typed: str | None = None
    ) -> list[Any]:
        """Show the answer to `question` after `history`; `before` where none can be given."""
        left = question if typed is None else typed
        said = [turn.answer.question for turn in history]
        turn, notice = _tried(lambda: self._desk.ask(question, said, scope or None))
        if turn is None:
            return self._output(Shown(before, left, notice))
        return self._output(Shown((*history, turn), "", _RENEWING if self._desk.is_renewing else ""))

    def _output(self, shown: Shown) -> list[Any]:
        html = conversation(shown.turns, self._desk.examples() if not shown.turns else ())
        return [html, to_browser(shown.turns), shown.typed, escaped(shown.notice)]


def _tried(work: Callable[[], Turn]) -> tuple[Turn | None, str]:
    """Return what `work` gives, or what went wrong as a sentence; the page goes on either way."""
    try:
        return work(), ""
    except TenkyoError as error:
        return None, str(error)
    except OSError as error:
        return None, told(error)
    except Exception:
        logging.getLogger(__name__).exception("a question could not be answered")
        return None, _UNEXPECTED


def _feedback(turns: Sequence[Turn], at: int, verdict: str) -> Feedback:
    turn = turns[at]
    return Feedback(
        at=datetime.now().astimezone().isoformat(timespec="seconds"),
        report=turn.scope,
        question=turn.answer.question,
        history=tuple(earlier.answer.question for earlier in turns[:at]),
        verdict=Verdict(verdict),
        answer=judged(turn.answer.as_dict()),
    )
