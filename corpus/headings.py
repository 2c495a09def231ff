"""Headings of texts that do not mark them: 第1章, 1., (1), ア, 【…】.

Takes the lines of a text without `#` headings; gives the level of each line that looks like a
heading. The order of the series is that of official documents (第1 → 1 → (1) → ア → (ア)).
Knows nothing about Markdown.
"""

import re
from collections.abc import Sequence

from corpus.lines import Line

LONGEST = 45
"""Characters; a longer line is a sentence that happens to begin with a number."""

_NUMBER = r"[0-9０-９一二三四五六七八九十百]+"
_SERIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("part", rf"第{_NUMBER}[部編](?=[\s　:：]|$)"),
        ("chapter", rf"第{_NUMBER}章(?=[\s　:：]|$)"),
        ("section", rf"第{_NUMBER}節(?=[\s　:：]|$)"),
        ("item", rf"第{_NUMBER}(?=[\s　])"),
        ("outside", r"(?:はじめに|おわりに|結びに?|目次|序論?|序文|概要|参考資料|付録)\s*$"),
        ("roman", r"[IVXⅠ-Ⅻ]+[.．、\s　]"),
        ("square", r"[■◆]"),
        ("number1", r"[0-9０-９]+(?:[.．](?![0-9０-９])|[\s　、])"),
        ("number2", r"[0-9０-９]+[.．-][0-9０-９]+(?![.．0-9０-９])"),
        ("number3", r"[0-9０-９]+(?:[.．-][0-9０-９]+){2,}"),
        ("round", rf"[(（]{_NUMBER}[)）]"),
        ("kana", r"[ア-ン][\s　．.、]"),
        ("roundkana", r"[(（][ア-ン][)）]"),
        ("lenticular", r"[【〔].+[】〕]\s*$"),
    )
)


def inferred_levels(lines: Sequence[Line]) -> dict[int, int]:
    """Return {line number: level from 1} of the lines that look like headings.

    A heading is short, does not end like a sentence and has a blank line, another heading or
    the start of the text before it. Lines of one series that follow each other directly are
    a list. A heading without a number (はじめに) stands beside the outermost numbered ones.
    """
    series: dict[int, str] = {}
    free = True
    for line in lines:
        name = None if line.is_blank or not free else _series(line.text.strip())
        if name is not None:
            series[line.number] = name
        free = line.is_blank or name is not None
    listed = {n for n, name in series.items() if name in (series.get(n - 1), series.get(n + 1))}
    series = {number: name for number, name in series.items() if number not in listed}
    order = [name for name, _ in _SERIES if name != "outside" and name in series.values()]
    level = {"outside": 1} | {name: position + 1 for position, name in enumerate(order)}
    return {number: level[name] for number, name in series.items()}


def _series(text: str) -> str | None:
    if len(text) > LONGEST or text.endswith(("。", "、", "，", ",", ";", "；")) or "\t" in text:
        return None
    return next((name for name, pattern in _SERIES if pattern.match(text)), None)
