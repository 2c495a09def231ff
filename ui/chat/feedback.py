"""What users thought of the answers, kept in the data folder and nowhere else.

Takes a `Feedback` and appends it as one JSON line to `<home>/feedback.jsonl`; reads them back.
`tenkyo eval from-feedback` makes cases of them.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import InputError, StorageError
from evals.feedback import Feedback, JudgedAnswer, JudgedCitation, Verdict, judged
from index.lock import appending

__all__ = ["Feedback", "JudgedAnswer", "JudgedCitation", "Verdict", "judged", "read", "save"]

FILE = "feedback.jsonl"
"""In the data folder."""


def save(home: Path, feedback: Feedback) -> None:
    """Append `feedback` to what is kept in the data folder `home`.

    Raises:
        StorageError: it cannot be written.
    """
    path = home / FILE
    # A lone surrogate, which a browser can send, is no text and becomes "?".
    line = json.dumps(asdict(feedback), ensure_ascii=False).encode("utf-8", "replace")
    try:
        with appending(path), path.open("ab") as file:
            file.write(line + b"\n")  # in one write: no reader meets half a line
    except OSError as error:
        raise StorageError(
            f"「{path}」に書き込めません。空き容量と権限を確かめてください。（{error.strerror}）"
        ) from error


def read(home: Path) -> list[Feedback]:
    """Return what is kept in the data folder `home`, oldest first; nothing where none is.

    Raises:
        StorageError: it cannot be read.
        InputError: a line is no feedback; it is named.
    """
    path = home / FILE
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(f"「{path}」を読めません。（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise InputError(f"「{path}」は UTF-8 の文字ではありません。") from error
    return list(_parsed(path, lines))


def _parsed(path: Path, lines: list[str]) -> Iterator[Feedback]:
    line_of = TypeAdapter(Feedback)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield line_of.validate_json(line)
        except ValidationError as error:
            raise InputError(
                f"「{path}」の{number}行目を読めません。その行を消すと続けられます。"
            ) from error
