"""No text makes parsing slow: time grows with its length, not with the square of it."""

import time

import pytest

from corpus.japanese import sentences
from corpus.markup import fold, plain, quotable
from corpus.model import Metadata
from corpus.parse import parse_report

LENGTH = 30_000
LIMIT = 5.0
"""CPU seconds. It takes 0.1 to 1; where time grew with the square, 6 to 60."""

NASTY = {
    "a space run in a line": f"甲{' ' * LENGTH}乙",
    "a space run in a heading": f"# 甲{' ' * LENGTH}乙",
    "spaces only": " " * LENGTH,
    "tabs only": "\t" * LENGTH,
    "one word": "a" * LENGTH,
    "digits in a cell": f"区分\t金額\n甲\t{'1' * LENGTH}a\n乙\t2",
    "open brackets": "（" * LENGTH,
    "brackets that do not match": "（" * (LENGTH // 2) + "」" * (LENGTH // 2),
    "nested brackets": "（" * (LENGTH // 2) + "）" * (LENGTH // 2),
    "remarks": "甲。（乙）" * (LENGTH // 5),
    "open comments": "<!--" * (LENGTH // 4),
    "open tags": "<a " * (LENGTH // 3),
    "nested tags": "<" * (LENGTH // 3) + "b>" * (LENGTH // 3),
    "open links": "[](" * (LENGTH // 3),
    "pipes": "|" * LENGTH,
    "rules": "|-" * (LENGTH // 2),
    "a ragged table": "甲\t" * (LENGTH // 2) + "\n" + "甲\t1\n" * (LENGTH // 4),
    "broken paragraphs": "甲、\n\n" * (LENGTH // 4),
    "hard breaks": "**甲**\n" + "乙  \n" * (LENGTH // 4),
    "a label over all": "【甲】乙\n\n" + "乙\n\n" * (LENGTH // 3),
    "nested items": "- 甲\n" + "  - 乙\n" * (LENGTH // 6),
    "many tables": "表1\n甲\t1\n\n" * (LENGTH // 8),
    "notes below a table": "甲\t1\n" + "※乙\n" * (LENGTH // 3),
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_time_grows_with_length(text):
    start = time.process_time()
    parse_report(text, "r", Metadata("題名"), "0" * 64)
    sentences(text)
    quotable(text)
    plain(text)
    fold(text)
    assert time.process_time() - start < LIMIT
