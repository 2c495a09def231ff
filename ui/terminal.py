"""The conversation in a terminal: question, answer, next question.

Takes an assistant and what the user types; gives what is shown. `/出典 2` shows the second
source of the last answer with its lines. Knows nothing about how answers come about.
"""

import re
import unicodedata
from contextlib import suppress

from rich.text import Text

from assistant.answer import Answer
from assistant.ask import Assistant
from corpus.errors import InputError, TenkyoError
from ui.render import answer_text, source_text
from ui.screen import put, safe, say

PROMPT = "質問> "

HELP = (
    "/出典 番号　出典を原文の行とともに表示します。\n"
    "/新規　　　　それまでの会話を忘れて、新しく始めます。\n"
    "終了　　　　　終わります（exit、quit、Ctrl-D でも終われます）。"
)

_LEAVE = frozenset({"終了", "exit", "quit", "/終了", "/exit", "/quit"})
_SOURCE = re.compile(r"/出典\s*\[?(\d+)?\]?")


class Conversation:
    """What was asked and answered so far."""

    def __init__(self, assistant: Assistant) -> None:
        """Begin with nothing asked."""
        self._assistant = assistant
        self._turns: list[str] = []
        self._last: Answer | None = None

    def reply(self, line: str) -> Text | None:
        """Return what is shown for what the user typed; None where the user leaves.

        Raises:
            TenkyoError: it cannot be answered; the conversation stays as it was.
        """
        command = unicodedata.normalize("NFKC", line).strip().casefold()
        if command in _LEAVE:
            return None
        if command == "/新規":
            self._turns, self._last = [], None
            return Text("会話を新しくしました。")
        if match := _SOURCE.fullmatch(command):
            return self._source(match.group(1))
        if command.startswith("/"):
            return Text(HELP)
        return self._answer(line)

    def _answer(self, line: str) -> Text:
        self._last = self._assistant.ask(line, tuple(self._turns))
        self._turns.append(line)
        return answer_text(self._last)

    def _source(self, number: str | None) -> Text:
        citations = self._last.citations if self._last else ()
        if not citations:
            raise InputError("直前の答えに出典はありません。")
        chosen = next((each for each in citations if str(each.number) == number), None)
        if chosen is None:
            held = len(citations)
            raise InputError(f"直前の答えの出典は{held}件です。番号を付けてください。例：/出典 1")
        return source_text(chosen, self._assistant.snapshot.report(chosen.place.report))


def converse(assistant: Assistant) -> None:
    """Answer what the user types until the user leaves; errors are said and it goes on."""
    with suppress(ImportError):  # Windows has none; it adds arrow keys and earlier lines
        import readline  # noqa: F401 - its import is its effect
    put(_hello(assistant))
    conversation = Conversation(assistant)
    while (line := _typed()) is not None:
        if not line.strip():
            continue
        try:
            text = conversation.reply(line)
        except TenkyoError as error:
            say(str(error))
            continue
        if text is None:
            break
        put(text.append("\n"))


def _typed() -> str | None:
    """Return the next line, None at the end of input."""
    try:
        return input(PROMPT)
    except EOFError:
        put("")
        return None
    except KeyboardInterrupt:
        put("")
        raise


def _hello(assistant: Assistant) -> Text:
    snapshot = assistant.snapshot
    names = (snapshot.report(report_id).metadata.title for report_id in snapshot.report_ids)
    titles = safe("".join(f"「{name}」" for name in names))
    return Text(f"{titles}について、知りたいことを文で入力してください。\n{HELP}\n")
