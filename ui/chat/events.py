"""What happens when a user of the page does something: ask, retry, clear, judge.

Takes what the browser sends, the kept conversation included; gives the new conversation and
what is said of an error. No state of a user stays in this process. Knows nothing about layout.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.writing.write import Event
from corpus.errors import TenkyoError, UnknownReport
from ui.boundary import told
from ui.chat.conversation import VERDICTS, conversation, welcome
from ui.chat.desk import Desk
from ui.chat.feedback import Feedback, Verdict, judged, save
from ui.chat.growing import Growing
from ui.chat.loading import skip
from ui.chat.runs import escaped
from ui.chat.turns import (
    Talk,
    Talks,
    Turn,
    Turns,
    from_browser,
    talks_from_browser,
    talks_to_browser,
    to_browser,
)

_RENEWING = "報告書が変わったため、索引を作り直しています。できるまでは、前の索引で答えます。"
_REMOVED = "選んだ報告書は取り除かれました。ほかの報告書を選ぶか、すべてに聞いてください。"
_UNEXPECTED = "予期しない誤りで答えられませんでした。もう一度お試しください。"


Outputs = list[Any]
"""For the conversation, what the browser keeps of it and of earlier ones, the box, the notice."""


class Events:
    """The answers to what users do; one for all of them."""

    def __init__(self, desk: Desk) -> None:
        """Answer from `desk`."""
        self._desk = desk

    def restore(self, kept: object, earlier: object) -> Outputs:
        """Show the conversation that the browser kept."""
        return self._shown(from_browser(kept), talks_from_browser(earlier))

    def ask(
        self, question: str, kept: object, scope: str | None, edited: float | None
    ) -> Iterator[Outputs]:
        """Answer a question, in pieces where a language model writes.

        Args:
            question: as typed.
            kept: the conversation, as the browser kept it.
            scope: id of the only report to ask; None or "" for all.
            edited: number of the turn that the question replaces, with all after it.
        """
        turns = from_browser(kept)
        before = turns if edited is None else turns[: int(edited)]
        yield from self._answered(question, before, scope)

    def retry(self, kept: object) -> Iterator[Outputs]:
        """Ask the last question again."""
        turns = from_browser(kept)
        if not turns:
            yield _unchanged("まだ質問がありません。")
            return
        last = turns[-1]
        yield from self._answered(last.answer.question, turns[:-1], last.scope)

    def clear(self, kept: object, earlier: object) -> Outputs:
        """Begin a new conversation; the browser keeps the one before."""
        turns, talks = from_browser(kept), talks_from_browser(earlier)
        return self._shown((), (Talk(_now(), turns), *talks) if turns else talks)

    def reopen(self, kept: object, earlier: object, number: float | None) -> Outputs:
        """Go on with an earlier conversation."""
        turns, talks = from_browser(kept), talks_from_browser(earlier)
        at = _index(number, talks)
        if at is None:
            return _unchanged()
        left = (Talk(_now(), turns),) if turns else ()
        return self._shown(talks[at].turns, (*left, *talks[:at], *talks[at + 1 :]))

    def forget(self, kept: object, earlier: object, number: float | None) -> Outputs:
        """Erase an earlier conversation."""
        talks = talks_from_browser(earlier)
        at = _index(number, talks)
        if at is None:
            return _unchanged()
        return self._shown(from_browser(kept), (*talks[:at], *talks[at + 1 :]))

    def judge(self, kept: object, number: float | None, verdict: str | None) -> Outputs:
        """Keep what the user thinks of an answer."""
        turns = from_browser(kept)
        at = _index(number, turns)
        if at is None or verdict not in VERDICTS:
            return _unchanged()
        try:
            save(self._desk.home, _feedback(turns, at, verdict))
        except TenkyoError as error:
            return _unchanged(str(error))
        turn = replace(turns[at], verdict=verdict)
        new = (*turns[:at], turn, *turns[at + 1 :])
        same = skip()
        return [conversation(new), to_browser(new), same, same, ""]

    def _answered(self, question: str, history: Turns, scope: str | None) -> Iterator[Outputs]:
        """Show the answer to `question` after `history`; where none can be given, say why."""
        said = [turn.answer.question for turn in history]
        growing = Growing(question, len(history))
        for event in _tried(lambda: self._desk.ask(question, said, scope or None)):
            if isinstance(event, str):
                yield _unchanged(event)
            elif isinstance(event, Turn):
                turns = (*history, event)
                notice = escaped(_RENEWING) if self._desk.is_renewing else ""
                same = skip()
                yield [conversation(turns), to_browser(turns), same, same, notice]
            elif growing.take(event):
                same = skip()
                yield [conversation(history) + growing.html(), same, same, same, ""]

    def _shown(self, turns: Turns, talks: Talks) -> Outputs:
        html = conversation(turns) if turns else welcome(self._desk.examples(), talks)
        return [html, to_browser(turns), talks_to_browser(talks), skip(), ""]


def _unchanged(notice: str = "") -> Outputs:
    """Leave all as it is, what was typed included, and say what went wrong."""
    same = skip()
    return [same, same, same, same, escaped(notice)]


def _index(number: float | None, values: Sequence[object]) -> int | None:
    """Return `number` where it counts one of `values`; it comes from outside."""
    return int(number) if number is not None and 0 <= number < len(values) else None


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _tried(work: Callable[[], Iterator[Event | Turn]]) -> Iterator[Event | Turn | str]:
    """Yield what `work` gives, or what went wrong as a sentence; the page goes on either way."""
    try:
        yield from work()
    except UnknownReport:
        yield _REMOVED
    except TenkyoError as error:
        yield str(error)
    except OSError as error:
        yield told(error)
    except Exception:
        logging.getLogger(__name__).exception("a question could not be answered")
        yield _UNEXPECTED


def _feedback(turns: Sequence[Turn], at: int, verdict: str) -> Feedback:
    turn = turns[at]
    return Feedback(
        at=_now(),
        report=turn.scope,
        question=turn.answer.question,
        history=tuple(earlier.answer.question for earlier in turns[:at]),
        verdict=Verdict(verdict),
        answer=judged(turn.answer.as_dict()),
    )
