"""The earlier turns of a conversation → the last of them with what answered it.

Takes the user's turns and a way to answer one after another; remembers what they came to, so
that a growing conversation costs one new answer. Knows nothing about how answers are made.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from assistant.understanding.topic import Turn
from assistant.understanding.understand import thread

Work = Callable[[str, Turn | None], Turn | None]
"""Answers a turn after the turn before it; None where the turn can be no question."""

_REMEMBERED = 256


class Replay:
    """Answers the earlier turns of conversations again, each once."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._known: OrderedDict[tuple[str | None, tuple[str, ...]], Turn | None] = OrderedDict()

    def last(self, history: Sequence[str], report_id: str | None, work: Work) -> Turn | None:
        """Return the last turn that the next question may lean on, None where there is none."""
        return self._turn(thread(history), report_id, work)

    def _turn(self, turns: tuple[str, ...], report_id: str | None, work: Work) -> Turn | None:
        if not turns:
            return None
        key = (report_id, turns)
        if key not in self._known:
            self._known[key] = work(turns[-1], self._turn(turns[:-1], report_id, work))
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]
