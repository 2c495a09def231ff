"""A reference in prose → what it tells.

Takes one line: any of our own prose forms, or a 出典 line as officials write it; gives `Told`. It
is read leniently and judged elsewhere. Knows nothing about reports.

>>> told = read("出典：総務省「白書」（令和元年6月）「第2章」、12頁")
>>> told.titles, told.headings, told.date, told.page, told.publisher
(('白書',), ('第2章',), PartialDate(year=2019, month=6, day=None), '12', '総務省')
"""

import re
from dataclasses import dataclass

from corpus.eras import PartialDate, read_date

_LABEL = re.compile(
    r"\s*(?:[※*＊]\s?\d*|(?:脚注|注)\s?\d*\s?[：:）)])?\s*"
    r"(?:[（(【〔\[]?\s*(?:出典|資料|出所|引用元|参考)\s*"
    r"(?:[）)】〕\]]|[：:]|[ \u3000])\s*[：:]?)?\s*"
)
_USED = re.compile(
    r"[（(、](?:[^（）()、]|[（(][^（）()]*[）)])*?(?:に利用|参照|閲覧|アクセス|取得|確認)"
    r"[^（）()、]*(?=[）)、]|$)"
)
"""The day of use is no date of publication."""
_URL = re.compile(r"https?://(?:[^\s（）()「」『』、。，]|\([^\s（）()「」『』、。]*\))+")
_NUMERAL = r"[0-9０-９〇一二三四五六七八九十ivxlcIVXLC]"
_PAGE = re.compile(
    rf"(?<![A-Za-z])[pP]{{1,2}}(?:\.\s?|(?=[0-9０-９]))([^\s、。（）()「」]+)"
    rf"|([^\s、。（）()「」『』]{{0,20}}?{_NUMERAL}[^\s、。（）()「」『』]{{0,20}}?)"
    r"\s?(?<!ホーム)(?<!ウェブ)(?<!トップ)(?:ページ|頁)"
)
_BEFORE_PAGE = re.compile(r"^.*[年月日章節部編項号](?=.)")
_EDITED = re.compile(
    r"(?:を(?:加工|編集|基|もと|元)に?(?:して)?|に基づ(?:き|いて)|より|から)[、\s]*"
    r"([^。（）()]*?)(?:が|にて|で)?(?:作成|整理)"
)
_DATE = (
    r"(?:(?:明治|大正|昭和|平成|令和)\s?)?[0-9０-９元]+\s?年"
    r"(?:\s?[0-9０-９]+\s?月)?(?:\s?[0-9０-９]+\s?日)?"
)
_YEAR_ALONE = re.compile(r"[（(]\s?((?:19|20)[0-9]{2})\s?[)）]")
"""After the author, as papers have it."""
_BODY = r"(?:省|庁|府|局|委員会|機構|協会|研究所|会議|本部|法人|大学|銀行|都|道|県)"
_PUBLISHER = re.compile(
    rf"((?:[^\s（）()「」『』、。：:]{{1,30}}{_BODY}[、・])*[^\s（）()「」『』、。：:]{{2,40}})$"
)
_NEXT_TITLE = re.compile(
    rf"[、，,；;・及並]\s?(?:び|びに)?\s*(?!第)[^\s（）()「」『』、。：:]{{1,30}}{_BODY}$"
)
_REMARK = re.compile(r"[（(]((?:[^（）()]|[（(][^（）()]*[）)])*)[）)]")
_NO_PUBLISHER = re.compile(
    r"https?:|[0-9０-９元]年|枚目|に利用|参照|閲覧|前掲|[「」『』]|(?:ページ|頁|版)$"
    r"|^(?:[0-9０-９./\-]+|案|概要|抜粋|本文|以下.*|[pP]{1,2}\..*)$"
)
_SIST = re.compile(
    r"(?:(?P<author>[^“”]+?)\. )?(?:“(?P<chapter>[^”]*)”\. )?(?P<title>.+?)\."
    r" (?:(?P<publisher>[^,，]+?)(?:, (?P<year>\d{4}))?|(?P<bare>\d{4}))"
    r"(?:, pp?\. (?P<page>[^,]+?))?\."
    r"(?: (?P<url>https?://\S+?)(?:, \(参照 [\d-]+\))?\.)?",
)
_SIST_SIGN = re.compile(
    r"“[^”]*”\. |, \d{4}(?:, pp?\. [^,]+)?\.(?: https?://|$)|, \(参照 [\d-]+\)\.$"
)
_LONGEST = 2000
"""Characters of a line of SIST 02; its parts have no brackets, so each may end anywhere."""


_PAIRS = (("「", "」"), ("『", "』"))


@dataclass(frozen=True, slots=True)
class Told:
    """What a line tells; None and () for what it does not."""

    titles: tuple[str, ...]
    """Of the publications; what else is told is of the first."""
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
    """Return what a reference tells, None where it names no title."""
    text = line.strip()
    if told := _sist(text):
        return told
    text, original = _cut_original(_unwrapped(text[_label_end(text) :]))
    groups = _bracketed(text)
    if not groups:
        return None
    (start, first), *others = groups
    further, text, others = _parted(text, others)
    before, behind = text[:start], _outside(text, [(start, first), *others])[start:]
    caption, row, column, headings = _places(text, others)
    edited = _EDITED.search(behind)
    url = _URL.search(behind)
    dated = _USED.sub("", _URL.sub("", behind))
    return Told(
        (first, *further),
        publisher=_publisher(before, behind),
        date=read_date(dated) or read_date(before) or _year_alone(before + dated),
        headings=headings,
        caption=caption,
        row=row,
        column=column,
        page=_page(_URL.sub("", behind)),
        url=url[0].rstrip(",.;") if url else None,
        original=original,
        editor=(edited[1].strip() or None) if edited else None,
        is_again="前掲" in before,
        is_edited=edited is not None,
    )


def _sist(text: str) -> Told | None:
    """Read a reference of SIST 02, whose title has no brackets of its own."""
    is_like = len(text) <= _LONGEST and _SIST_SIGN.search(text)
    found = _SIST.fullmatch(text) if is_like else None
    if found is None or any(found["title"].count(a) != found["title"].count(b) for a, b in _PAIRS):
        return None
    year = found["year"] or found["bare"]
    return Told(
        (found["title"],),
        publisher=found["publisher"],
        date=PartialDate(int(year)) if year else None,
        headings=(found["chapter"],) if found["chapter"] else (),
        page=found["page"],
        url=found["url"],
    )


def _label_end(text: str) -> int:
    found = _LABEL.match(text)
    return found.end() if found else 0


def _unwrapped(text: str) -> str:
    """Return `text` without a pair of parentheses around all of it."""
    inner = text.rstrip("。")
    if not inner or inner[0] not in "（(":
        return text
    depth = 0
    for at, letter in enumerate(_outside(inner, _bracketed(inner), " ")):
        depth += (letter in "（(") - (letter in "）)")
        if depth == 0:
            return inner[1:-1] if at == len(inner) - 1 else text
    return text


def _cut_original(text: str) -> tuple[str, str | None]:
    """Return the line without （原典：…） at its end, and what that names."""
    hidden = _outside(text, _bracketed(text), " ")
    found = re.search(r"[（(]原典[：:]", hidden)
    if found is None:
        return text, None
    named = text[found.end() :].rstrip("。")
    return text[: found.start()], named[:-1] if named.endswith(("）", ")")) else named


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


def _outside(text: str, groups: list[tuple[int, str]], hidden: str = "") -> str:
    """Return `text` with each bracketed stretch as a gap, or with `hidden` for each letter."""
    out, position = [], 0
    for start, content in groups:
        out += [text[position:start], "「", hidden * len(content), "」"]
        position = start + len(content) + 2
    return "".join([*out, text[position:]])


def _parted(
    text: str, groups: list[tuple[int, str]]
) -> tuple[list[str], str, list[tuple[int, str]]]:
    """Return the titles of further publications, and the line up to the first of them."""
    begins = [(start, content) for start, content in groups if _NEXT_TITLE.search(text[:start])]
    if not begins:
        return [], text, groups
    cut = _NEXT_TITLE.search(text[: begins[0][0]])
    end = cut.start() if cut else len(text)
    return [content for _, content in begins], text[:end], [g for g in groups if g[0] < end]


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


def _year_alone(text: str) -> PartialDate | None:
    found = _YEAR_ALONE.search(text)
    return PartialDate(int(found[1])) if found else None


def _page(behind: str) -> str | None:
    found = _PAGE.search(behind)
    if found is None:
        return None
    return found[1] or _BEFORE_PAGE.sub("", found[2])


def _publisher(before: str, behind: str) -> str | None:
    """Return who published it: named before the title, or in a parenthesis behind it."""
    named = re.sub(r"\s*[（(][^（）()]*[）)]\s*$", "", before.replace("前掲", "").strip())
    found = _PUBLISHER.search(re.sub(rf"^\s*{_DATE}|{_DATE}\s*$", "", named))
    if found and not found[1].isdigit():
        return found[1]
    for remark in _REMARK.finditer(behind):
        for said in re.split("[、，]", remark[1]):
            if said.strip() and not _NO_PUBLISHER.search(said.strip()):
                return said.strip()
    return None
