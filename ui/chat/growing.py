"""A turn while a language model is still writing: the text so far, checked and unchecked.

Takes the writer's events; gives HTML. A marker leads somewhere only once its sentence has been
verified; what has not been checked yet looks so. All words are escaped.
"""

from dataclasses import dataclass, field
from time import monotonic

from assistant.answer import Answer, Status
from assistant.writing.answered import so_far
from assistant.writing.reply import sentences_of
from assistant.writing.support import Check
from assistant.writing.write import Event, Piece, Verified
from ui.chat.conversation import answer_html
from ui.chat.runs import escaped

_EVERY = 0.1
"""Seconds between two pictures of a growing text; a checked sentence is shown at once."""


@dataclass
class Growing:
    """The turn of one question."""

    question: str
    number: int
    """Of the turn, from 0."""
    _text: str = ""
    _checks: list[Check] = field(default_factory=list)
    _shown: float = 0.0

    def take(self, event: Event) -> bool:
        """Add what has happened; True where the page should show it now."""
        if isinstance(event, Verified):
            self._checks.append(event.check)
        elif isinstance(event, Piece):
            self._text += event.text
            if monotonic() - self._shown < _EVERY:
                return False
        else:
            return False
        self._shown = monotonic()
        return True

    def html(self) -> str:
        """Return the turn as it is now."""
        text, citations = so_far(self._checks)
        answer = Answer(self.question, self.question, Status.ANSWERED, text, "", citations)
        waiting = [
            f'<p class="unchecked">{escaped(sentence.text)}</p>'
            for sentence in sentences_of(self._text)[len(self._checks) :]
        ]
        return (
            f'<section class="turn pending writing" data-turn="{self.number}">'
            f'<div class="asking"><p class="asked">{escaped(self.question)}</p></div>'
            '<div class="answer" aria-busy="true"><p class="status">書いています（確かめた文から'
            "出典を示します）</p>"
            f'<div class="words">{answer_html(answer, self.number)}{"".join(waiting)}</div>'
            "</div></section>"
        )
