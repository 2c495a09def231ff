"""Headings: those marked by # or underlined, and those of texts that mark none.

Takes lines; gives the level of each line that is a heading. A text without # is read as
officials write plain text: 第1章, 1., (1), ア, 【…】, はじめに. Knows nothing about sections.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from corpus.items import item_of
from corpus.layout import says
from corpus.lines import Line
from corpus.numbering import Candidate, counted, number_of
from corpus.tables import row_cells
from corpus.wrapping import full_lines

LONGEST = 45
"""Characters; a longer line is a sentence that happens to begin with a number."""

_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t\u3000]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*$")
_KEY = re.compile(r"[A-Za-z_]+:")
"""`title: …` above --- is the metadata of a Markdown file, not a title."""
_SENTENCE_ENDS = ("。", "．", "、", "，", ",", ";", "；")

_NUMBER = r"[0-9０-９一二三四五六七八九十百]+"
_ONE = r"[0-9０-９]{1,2}"
_DOT = r"[.．\-－‐]"
# After these a number is part of a sentence (第1章では, （2）の場合) or a figure (1.5倍, 10 月).
_SUBJECT = r"(?!の|を|が|で|に|と|は(?!じめ)|も|へ|、|・|から|及び|又は|以[下上前後降]|[~～〜])"
_COUNT = r"(?!\s*(?:[%％倍億兆円]|万[人円台件]|ポイント))"
_TIGHT_COUNT = r"(?![0-9０-９.．,，、~～〜\-年月日時分秒円人名件回か箇ヶ千百割位歳度])"
_CHAPTER = re.compile(rf"第{_NUMBER}(?:[編部章節]|\s)")
_FEWEST_CHAPTERS = 3
_DAY = r"(?!年|月|日(?!本)|時(?!代)|名|[%％倍円])"
_SERIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("part", rf"第{_NUMBER}(?:編|部(?!会)){_SUBJECT}"),
        ("chapter", rf"第{_NUMBER}章{_SUBJECT}"),
        ("section", rf"第{_NUMBER}節{_SUBJECT}"),
        ("item", rf"第{_NUMBER}\s+(?=\S)"),
        (
            "outside",
            r"(?:はじめに|おわりに|終わりに|結びに?|結論|まとめ|目次|序論?|序文|まえがき|あとがき|概要|要旨"
            r"|背景|参考(?:資料|文献)?|付録|附録|資料編|用語集|別[紙添表]|謝辞)[0-9０-９一二三四五]{0,2}$"
            r"|(?:参考|別[紙添表]|付録|附属?資料)[0-9０-９]{1,2}[\s\u3000]+(?=\S)",
        ),
        ("roman", r"(?:[IVX]+[.．、\s]|[Ⅰ-Ⅻ][.．、]?)\s*(?=[^\s線字型])"),
        ("square", r"[■◆]\s*(?=[^\s■◆])"),
        (
            "number1",
            rf"{_ONE}(?:[.．、](?:\s+|(?![0-9０-９]))|\u3000\s*|\s+{_DAY})(?=\S)",
        ),
        ("number2", rf"{_ONE}{_DOT}{_ONE}[.．]?{_COUNT}(?:\s+|{_TIGHT_COUNT})(?=\S)"),
        ("number3", rf"{_ONE}(?:{_DOT}{_ONE}){{2,}}[.．]?{_COUNT}(?:\s+|{_TIGHT_COUNT})(?=\S)"),
        ("round", rf"[(（]{_NUMBER}[)）](?!の|を|から|及び|又は|、)\s*(?=\S)"),
        ("kana", r"[ア-ン][\s．.]\s*(?=\S)"),
        ("roundkana", r"[(（][ア-ン][)）](?!の|を|から|及び|又は|、)\s*(?=\S)"),
        ("lenticular", r"(?:【[^】]+】|〔[^〕]+〕)$"),
    )
)


def heading_levels(lines: Sequence[Line], fenced: Collection[int] = ()) -> dict[int, int]:
    """Return {line number: level from 1} of the headings of `lines` outside `fenced` ones.

    Where headings are marked by #, only marked lines are headings, unless most chapters are
    not marked: then # marks but the parts above them. Titles underlined in an otherwise plain
    text stand above the headings that only look like one.
    """
    lines = [line for line in lines if line.number not in fenced]
    if marked := _marked_levels(lines):
        chapters = _unmarked_chapters(lines, marked)
        return marked | _underlined_levels(lines, marked) | chapters
    titles = _underlined_levels(lines, {})
    base = max(titles.values(), default=0)
    inferred = inferred_levels(lines, titles)
    return titles | {number: base + level for number, level in inferred.items()}


def _unmarked_chapters(lines: Sequence[Line], marked: Mapping[int, int]) -> dict[int, int]:
    """Return the levels of titles that only look like one, where they outnumber the marked."""
    found = inferred_levels(lines, marked)
    text = {line.number: line.text.strip() for line in lines}
    chapters = [number for number in found if _CHAPTER.match(text[number])]
    if len(chapters) < max(_FEWEST_CHAPTERS, 2 * len(marked)):
        return {}
    base = max(marked.values())
    return {number: base + level for number, level in found.items()}


def heading_words(line: Line) -> tuple[int, int]:
    """Return where in a heading's line its words begin and end: without # before and behind."""
    match = _ATX.match(line.text)
    if match is None:
        return 0, len(line.text)
    words = line.text.rstrip()
    body = words.rstrip("#")
    is_closed = body.endswith((" ", "\t"))
    return match.end(), len(body) if is_closed else len(words)


def inferred_levels(lines: Sequence[Line], titles: Collection[int] = ()) -> dict[int, int]:
    """Return {line number: level from 1} of the lines that look like headings.

    A heading is short, does not end like a sentence and has a blank line, another heading or
    the start of the text before it. Lines of one series without a blank line between them are
    a list, unless they count on with text of their own below each. A heading without a number
    (はじめに) stands beside the outermost numbered ones.
    """
    found: dict[int, str] = {}
    listed: set[int] = set()
    run: dict[str, int] = {}
    free = True
    full = full_lines(lines)
    series: dict[int, str] = {}
    for line in lines:
        if line.number in titles or not says(line.text):
            run, free = {}, True
            continue
        name = _series(line) if line.number not in full else None
        if name is not None:
            series[line.number] = name
            listed |= {line.number, run[name]} if name in run else set()
            run[name] = line.number
            if free:
                found[line.number] = name
        free = free and name is not None
    kept = {number: name for number, name in found.items() if number not in listed}
    close = counted(_candidates(lines, series, full))
    return _levels(kept | {number: series[number] for number in close})


def _candidates(
    lines: Sequence[Line], series: Mapping[int, str], full: Collection[int]
) -> list[Candidate]:
    """Return the lines of a series that go on with no full line before them, in order."""
    speaking = [line for line in lines if says(line.text)]
    found: list[Candidate] = []
    for before, line, after in zip(
        [None, *speaking], speaking, [*speaking[1:], None], strict=False
    ):
        name = series.get(line.number)
        number = number_of(line.text) if name else None
        breaks_off = before and before.number in full and not before.text.rstrip().endswith("。")
        if name is None or number is None or breaks_off:
            continue
        below = series.get(after.number) if after else name
        speaks = after is not None and (below or _is_sentence(after.text.strip()))
        is_right_below = after is not None and after.number == line.number + 1
        has_text = below != name and is_right_below
        found.append(Candidate(line.number, name, number, has_text, bool(speaks)))
    return found


def _levels(series: Mapping[int, str]) -> dict[int, int]:
    used = set(series.values())
    order = [name for name, _ in _SERIES if name != "outside" and name in used]
    level = {"outside": 1} | {name: position + 1 for position, name in enumerate(order)}
    return {number: level[name] for number, name in series.items()}


def _is_sentence(text: str) -> bool:
    return len(text) > LONGEST or text.endswith(_SENTENCE_ENDS)


def _series(line: Line) -> str | None:
    text = line.text.strip()
    if _is_sentence(text) or row_cells(line) or not any(map(str.isalpha, text)):
        return None
    return next((name for name, pattern in _SERIES if pattern.match(text)), None)


def _marked_levels(lines: Sequence[Line]) -> dict[int, int]:
    matches = ((line, _ATX.match(line.text)) for line in lines)
    return {
        line.number: len(match.group(1))
        for line, match in matches
        if match and says(line.text[match.end() :])
    }


def _underlined_levels(lines: Sequence[Line], marked: Collection[int]) -> dict[int, int]:
    """Return the lines that stand alone above a line of === (level 1) or --- (level 2)."""
    found: dict[int, int] = {}
    before: Line | None = None
    free = True
    for line in lines:
        if before and free and before.number not in marked and _UNDERLINE.match(line.text):
            if _is_title(before):
                found[before.number] = 1 if "=" in line.text else 2
        free = before is None or before.number in marked or not says(before.text)
        before = line
    return found


def _is_title(line: Line) -> bool:
    is_text = says(line.text) and not line.text.rstrip().endswith(_SENTENCE_ENDS)
    return is_text and not (row_cells(line) or item_of(line) or _KEY.match(line.text))
