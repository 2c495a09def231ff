"""A file of questions → a file of answers, one JSON object a line, in the order of the input.

Takes lines such as `{"id": "q1", "question": "6つの戦略は何ですか"}` and an assistant; gives
answer objects with the same ids. A bad line becomes an error object and the rest goes on.
Answers are written as they come to a file beside the wanted one, which takes its name at the
end: what stands under the wanted name is always whole, and what was answered before a Ctrl-C
or a full disk is not lost. Knows nothing about how answers come about.
"""

import codecs
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, BinaryIO, TextIO

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from assistant.ask import Assistant
from corpus.errors import BatchError, InputError
from index.build import Progress
from ui.screen import json_line, say


def _mended(value: object) -> object:
    """Replace lone surrogates, the halves that cutting an emoji leaves; pydantic refuses them."""
    return re.sub("[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else value


_Words = Annotated[str, BeforeValidator(_mended)]


class Line(BaseModel):
    """A line of the questions; other fields, such as those of gold files, are let be."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    id: _Words
    question: _Words
    history: list[_Words] = []
    """The user's earlier turns, oldest first."""
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How a batch went."""

    lines: int
    bad: int
    """Lines that gave an error object."""


def answer_batch(
    assistant: Assistant,
    questions: BinaryIO,
    answers: TextIO,
    report_id: str | None,
    progress: Progress,
) -> Summary:
    """Answer each line of `questions` into `answers`.

    Args:
        assistant: answers.
        questions: JSON lines.
        answers: takes the answer objects.
        report_id: the report for lines that name none.
        progress: told how many lines are done.
    """
    total, done, bad = _count(questions), 0, 0
    for number, raw in enumerate(questions, start=1):
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if not line.strip():
            continue
        found = _answered(assistant, line, number, report_id)
        answers.write(json_line(found) + "\n")
        answers.flush()
        done, bad = done + 1, bad + (found["status"] == "error")
        progress("質問に答える", done, total)
    return Summary(done, bad)


def _count(questions: BinaryIO) -> int:
    """Return how many lines there are to answer, 0 where the input cannot be read twice."""
    if not questions.seekable():
        return 0
    total = sum(1 for line in questions if line.strip())
    questions.seek(0)
    return total


def _answered(
    assistant: Assistant, raw: bytes, number: int, report_id: str | None
) -> dict[str, Any]:
    entry: Any = None
    try:
        entry = _parsed(raw)
        line = _checked(entry)
        answer = assistant.ask(line.question, line.history, line.report or report_id)
        return {"id": entry["id"], **answer.as_dict()}
    except InputError as error:
        given = entry.get("id") if isinstance(entry, dict) else None
        line_id = given if isinstance(given, str) else None
        return {"id": line_id, "status": "error", "error": f"line {number}: {error}"}


def _parsed(raw: bytes) -> object:
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BatchError("UTF-8 で書かれていません。") from error
    except (ValueError, RecursionError) as error:
        raise BatchError("JSON として読めません。") from error


_FORMS = {"history": "文字列の配列"}
"""What a field must be, where that is not a string."""


def _checked(entry: object) -> Line:
    try:
        return Line.model_validate(entry)
    except ValidationError as error:
        problem = error.errors()[0]
        if not problem["loc"]:
            raise BatchError('{"id": "…", "question": "…"} の形で書いてください。') from error
        field = str(problem["loc"][0])
        if problem["type"] == "missing":
            raise BatchError(f"{field} がありません。") from error
        raise BatchError(f"{field} は{_FORMS.get(field, '文字列')}で書いてください。") from error


@contextmanager
def open_questions(path: Path) -> Iterator[BinaryIO]:
    """Open a file of questions.

    Raises:
        BatchError: it cannot be read.
    """
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        raise BatchError(
            f"「{path}」を読めません。ファイルの場所と権限を確かめてください。"
        ) from error
    with stream:
        yield stream


@contextmanager
def open_answers(path: Path, questions: Path) -> Iterator[TextIO]:
    """Open a file for the answers to `questions`; it takes its name when all is written.

    Raises:
        BatchError: it cannot be written, or it is the file of questions.
    """
    if path.exists() and questions.exists() and path.samefile(questions):
        raise BatchError("--out には、質問のファイルとは別のファイルを指定してください。")
    target = path.resolve()
    # A device or pipe (/dev/stdout) is written to, never replaced.
    is_special = path.exists() and not path.is_file()
    part = path if is_special else target.with_name(target.name + ".part")
    with _opened(part, path) as stream:
        try:
            yield stream
        except BaseException:
            if not is_special:
                _keep_part(part, stream)
            raise
    if not is_special:
        os.replace(part, target)


def _opened(part: Path, path: Path) -> TextIO:
    try:
        return part.open("w", encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise BatchError(
            f"「{path}」に書き込めません。フォルダーの場所と権限を確かめてください。"
        ) from error


def _keep_part(part: Path, stream: TextIO) -> None:
    """Leave what has been answered and say where it is; nothing answered leaves nothing."""
    if stream.tell():
        say(f"途中までの答えは「{part}」にあります。")
    else:
        part.unlink(missing_ok=True)
