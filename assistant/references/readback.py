"""A reference in prose → what it tells.

Takes one line: any of our own forms, or a 出典 line as officials write it; gives `Told`. It is read
leniently and judged elsewhere. Knows nothing about reports.

>>> told = read("出典：総務省「白書」（令和元年6月）「第2章」、12頁")
>>> told.titles, told.headings, told.date, told.page, told.publisher
(('白書',), ('第2章',), PartialDate(year=2019, month=6, day=None), '12', '総務省')
"""

import re
from dataclasses import dataclass

from corpus.eras import PartialDate, read_date

_LABEL = re.compile(
    r"^\s*[※*＊]?\s*\d*\s*[（(【〔\[]?\s*(?:出典|資料|出所|引用元|参考)\s*[）)】〕\]]?\s*[：:]?\s*"
)
_USED = re.compile(r"[（(][^（）()]*(?:に利用|参照|閲覧|アクセス|取得)[^（）()]*[）)]")
_URL = re.compile(r"https?://[^\s（）()「」、。]+")
_PAGE = re.compile(
    r"(?:pp?\.\s?([^\s、。（）()「」]+)|([^\s、。（）()「」『』]+?)\s?(?:ページ|頁))"
)
_ORIGINAL = re.compile(r"[（(]原典[：:](.*)[）)]。?$", re.DOTALL)
_EDITED = re.compile(r"を(?:加工|編集|基|もと|元)に?(?:して)?(.*?)(?:が|にて|で)?作成")
_LABELLED = re.compile(r"(表|図表|図)?の?$")
_PUBLISHER = re.compile(r"([^\s（）()「」『』、。：:]{2,40})$")


@dataclass(frozen=True, slots=True)
class Told:
    """What a line tells; None and () for what it does not."""

    titles: tuple[str, ...]
    """Of the publication: one, or several where a line names several."""
    publisher: str | None = None
    date: PartialDate | None = None
    headings: tuple[str, ...] = ()
    caption: str | None = None
    row: str | None = None
    column: str | None = None
    page: str | None = None
    url: str | None = None
    original: str | None = None
    editor: str | None = None
    is_again: bool = False
    is_edited: bool = False


def read(line: str) -> Told | None:
    """Return what a reference tells, None where it names no title in brackets."""
    text = _LABEL.sub("", line.strip())
    original = _ORIGINAL.search(text)
    text = text[: original.start()] if original else text
    groups = _bracketed(text)
    if not groups:
        return None
    (start, first), *others = groups
    behind = _outside(text, groups)
    caption, row, column, headings = _places(text, others)
    edited = _EDITED.search(behind)
    page = _PAGE.search(behind)
    url = _URL.search(behind)
    before = text[:start]
    return Told(
        (first,),
        publisher=_publisher(before, behind),
        date=read_date(_USED.sub("", _URL.sub("", behind))),
        headings=headings,
        caption=caption,
        row=row,
        column=column,
        page=(page[1] or page[2]) if page else None,
        url=url[0] if url else None,
        original=original[1] if original else None,
        editor=(edited[1].strip() or None) if edited else None,
        is_again="前掲" in before,
        is_edited=edited is not None,
    )


def _bracketed(text: str) -> list[tuple[int, str]]:
    """Return offset and content of each outermost 「…」 or 『…』."""
    found: list[tuple[int, str]] = []
    depth = start = 0
    for at, letter in enumerate(text):
        if letter in "「『":
            start = at if depth == 0 else start
            depth += 1
        elif letter in "」』" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, text[start + 1 : at]))
    return found


def _outside(text: str, groups: list[tuple[int, str]]) -> str:
    """Return `text` with each bracketed stretch as a gap."""
    out, position = [], 0
    for start, content in groups:
        out.append(text[position:start])
        position = start + len(content) + 2
    return "「」".join([*out, text[position:]])


def _places(
    text: str, groups: list[tuple[int, str]]
) -> tuple[str | None, str | None, str | None, tuple[str, ...]]:
    """Return caption, row and column of a table, and the headings."""
    caption = row = column = None
    headings: list[str] = []
    for start, content in groups:
        before, after = text[:start], text[start + len(content) + 2 :]
        if after.startswith("の行"):
            row = content
        elif after.startswith("の列"):
            column = content
        elif re.search(r"(?:表|図|図表)$", before):
            caption = content
        else:
            headings.append(content)
    return caption, row, column, tuple(headings)


def _publisher(before: str, behind: str) -> str | None:
    """Return who published it: named before the title, or in the first parenthesis behind it."""
    found = _PUBLISHER.search(before.replace("前掲", "").rstrip())
    if found and not found[1].isdigit():
        return found[1]
    for remark in re.finditer(r"[（(]([^（）()]*)[）)]", behind):
        said = remark[1].strip()
        if said and not re.search(r"https?:|\d年|元年|枚目|に利用|原典", said):
            return said
    return None
