"""The start of a set for a user's own report.

Takes a parsed report; writes a JSONL file with a few cases to be completed by a person, made
from its own headings, lists and figures. They show the schema; they are no measure yet.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.errors import InputError, StorageError
from corpus.markup import quotable
from corpus.model import Passage, PassageKind, Report

_FIGURE = re.compile(r"\d[\d,.]*\s*[%％円人件年か所月日万億兆台社]")
_CASES = 5


def start_set(report: Report, path: Path) -> int:
    """Write a first set for `report` to `path` and return how many cases it has.

    Raises:
        InputError: the file exists already.
        StorageError: it cannot be written.
    """
    return write_cases(_cases(report), path)


def write_cases(drafts: Iterable[dict[str, Any]], path: Path) -> int:
    """Write cases to a new file and return how many they are.

    Raises:
        InputError: the file exists already.
        StorageError: it cannot be written.
    """
    cases = list(drafts)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    except FileExistsError as error:
        raise InputError(f"「{path}」はすでにあります。別の名前を指定してください。") from error
    except OSError as error:
        raise StorageError(f"「{path}」に書き込めません。（{error.strerror}）") from error
    return len(cases)


def _cases(report: Report) -> Iterator[dict[str, Any]]:
    sentences = (PassageKind.ITEM, PassageKind.PARAGRAPH)
    figures = [p for p in report.passages if p.kind in sentences and _FIGURE.search(p.text)]
    step = max(1, len(figures) // _CASES)
    for number, passage in enumerate(figures[::step][:_CASES], start=1):
        yield _fact(report, passage, f"fact-{number:03}")
    yield {
        "id": "unanswerable-001",
        "kind": "unanswerable",
        "question": "（報告書に書かれていないことを尋ねる質問に書き換えてください）",
        "answerable": False,
        "report": report.id,
        "source": "draft",
    }


def _fact(report: Report, passage: Passage, case_id: str) -> dict[str, Any]:
    figure = _FIGURE.search(passage.text)
    assert figure is not None
    heading = report.section_by_id[passage.section_id].heading
    return {
        "id": case_id,
        "kind": "fact",
        "question": f"（「{figure.group()}」を答えとする質問に書き換えてください）",
        "answerable": True,
        "evidence": [
            {"lines": [passage.line_start, passage.line_end], "quote": quotable(passage.text)}
        ],
        "sections": [heading],
        "key_facts": [[figure.group()]],
        "report": report.id,
        "source": "draft",
    }
