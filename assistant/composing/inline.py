"""Enumerations inside a sentence: 「A、B、C及びD」 → its items and the words around them.

Takes a sentence; gives its enumerations, each item as it stands there. Knows nothing about
questions and reports.

>>> [found.items for found in enumerations("超高速、多数接続、超低遅延といった特徴を持つ5G")]
[('超高速', '多数接続', '超低遅延')]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.japanese import words

_OPEN, _CLOSE = "（(「『【〈《［[", "）)」』】〉》］]"
_JOINT = re.compile(
    r"、?(?:及び|および|並びに|ならびに|又は|または|若しくは|もしくは|あるいは|かつ)、?|、"
    r"|(?<=[一-龥々ァ-ヶーA-Za-z0-9）)」])や、?(?=[一-龥ァ-ヶA-Za-z0-9「（(])"
)
_DOT = re.compile(r"・")
_AND = re.compile(r"(?<=[一-龥々ァ-ヶーA-Za-z0-9）)」])と(?=[一-龥ァ-ヶA-Za-z0-9「（(])")
"""と joins nouns, but also says with whom: it parts only what no other joint does."""
_TAIL = re.compile(
    r"等|など|ほか|といった|を含む|をはじめ|に加え|の[0-9０-９一二三四五六七八九十]+(?:つ|点|者|社|項目|種類|か)"
    r"|を|が|は|で(?!ある)|(?<![特更])に(?!関する|関して|対する|対して|応じ|よる|おける|係る|向けた|配慮|基づく|ついて|強い|優しい)"
    r"|へ(?!の)|から(?!の)|まで(?!の)|として|である|です|[。；;]|と(?=し|な|い|の|も)"
)
"""Where the last item ends and the sentence goes on."""
_PREFACE = re.compile(
    r"^.*(?:では|には|とは|として|により|によって|ため(?!の)|[はがをで]|[：:])(?=[^、]{2,}$)"
)
"""What stands before the first item of a sentence."""
_GOES_ON = re.compile(
    r"(?:[はがをもへにでと]|では|には|にも|により|によって|において|について|に対し|に向け|を通じ|とともに|ながら|つつ"
    r"|ため|よう|ほか|場合|など|等|[しくりいきちびみけげせてでえれ]|また|なお|特に|例えば|さらに|更に|現在|今後|一方)$"
)
"""End of a clause that is no item: an enumeration begins after it."""
_VALUE = re.compile(
    r"(?:[がは]約?|[（(]約?)[\d０-９][\d０-９,，.．]*[^\s、。（）()\d]{0,8}?[）)]?(?=$|で|と(?=な|い|し)|の順|など|等|。)"
)
"""What something comes to: 「太陽光が61万kW」 is one item, the figure with its noun."""
_ITS = re.compile(r"^.*?(?:うち|内訳は|では|には)、?(?=.)")
ORDINAL = re.compile(r"第[一二三四五六七八九十]+に、?|[①-⑳]|[（(](?:\d{1,2}|[ア-ン])[）)]")
_BRACKETS = re.compile(r"[（(【［\[]([^（）()【】［］\[\]]{3,})[）)】］\]]")
_LABEL = re.compile(r"[一-龥々ァ-ヶーA-Za-z0-9]+$")
_REMARK = re.compile(r"[（(][^（）()]*[)）]$")
_LEAST = 2
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The items of one enumeration, and what the sentence says of them."""

    items: tuple[str, ...]
    around: str
    """The sentence without the items."""
    label: str = ""
    """What stands right before brackets or a colon: the noun that the items are of."""


def enumerations(sentence: str) -> list[Enumeration]:
    """Return the enumerations of `sentence`: numbered ones, those in brackets, then the rest."""
    found = [*_numbered(sentence)]
    if found:
        return found
    for match in _BRACKETS.finditer(sentence):
        items = split(_JOINT, match.group(1)) if "、" in match.group(1) else ()
        if len(items) >= _LEAST:
            before = sentence[: match.start()]
            items = (*items[:-1], _end(items[-1]))
            label = _LABEL.search(before)
            around = f"{before} {sentence[match.end() :]}"
            found.append(Enumeration(items, around, label.group() if label else ""))
    if valued := [*_valued(sentence)]:
        return [*found, *valued]
    for joint in (_JOINT, _AND, _DOT):
        runs = [run for run in _runs(sentence, joint) if all(map(_is_name, run.items))]
        if runs:
            found += runs
            break
    return found


def _numbered(sentence: str) -> Iterator[Enumeration]:
    """Yield the enumeration of a text that numbers its items (第一に…、第二に…)."""
    marks = list(ORDINAL.finditer(sentence))
    if len(marks) < _LEAST:
        return
    ends = [*(mark.start() for mark in marks[1:]), len(sentence)]
    items = tuple(
        sentence[mark.end() : end].strip("、。， ") for mark, end in zip(marks, ends, strict=True)
    )
    before = sentence[: marks[0].start()]
    if all(items):
        yield Enumeration(items, before)


def _valued(sentence: str) -> Iterator[Enumeration]:
    """Yield the run of nouns with their figures (Aが3社、Bが2社…), three or more."""
    run: list[str] = []
    around: list[str] = []
    for piece in split(re.compile("、"), sentence):
        found = _VALUE.search(piece)
        if found is None:
            if len(run) > _LEAST:
                break
            around, run = [*around, *run, piece], []
            continue
        words = piece[: found.end()]
        cut = _ITS.match(words) if not run else None
        run.append(words[cut.end() :] if cut else words)
    if len(run) > _LEAST:
        yield Enumeration(tuple(run), " ".join(around))


def _runs(sentence: str, joint: re.Pattern[str]) -> Iterator[Enumeration]:
    """Yield each run of items at the top level of `sentence`."""
    run: list[str] = []
    around: list[str] = []
    pieces = split(joint, sentence)
    for number, piece in enumerate(pieces):
        tail = _TAIL.search(_masked(piece))
        is_last = number == len(pieces) - 1
        goes_on = bool(_GOES_ON.search(piece)) and not is_last
        if goes_on and not run:
            around.append(piece)
            continue
        if (
            tail
            and tail.start()
            and (run or not is_last)
            and (is_last or goes_on or _much(piece, tail))
        ):
            run.append(piece[: tail.start()])
            around.append(piece[tail.start() :])
            if len(run) >= _LEAST:
                yield _made(run, around, pieces[number + 1 :])
            run = []
        elif len(piece) <= _LONGEST and not goes_on:
            run.append(piece)
        else:
            run = []
            around.append(piece)
    if len(run) >= _LEAST:
        yield _made(run, around, ())


def _is_name(item: str) -> bool:
    """True where an item ends as a name does, with a noun; a clause is none."""
    name = _REMARK.sub("", item)
    last = next((word.pos for word in reversed(words(name)) if not word.pos.startswith("補助")), "")
    return last.startswith(("名詞", "接尾辞", "記号", "代名詞"))


def _much(piece: str, tail: re.Match[str]) -> bool:
    """True where an item is followed by more of the sentence, not by a particle inside it."""
    return tail.group() in ("等", "など", "といった", "を含む", "をはじめ")


def _made(run: Sequence[str], around: Sequence[str], rest: Sequence[str]) -> Enumeration:
    first = run[0]
    preface = _PREFACE.match(_masked(first))
    cut = preface.end() if preface else 0
    items = (first[cut:], *run[1:])
    other = " ".join((*around, first[:cut], *rest))
    label = _LABEL.search(first[:cut].rstrip("：:")) if first[:cut].endswith(("：", ":")) else None
    return Enumeration(tuple(items), other, label.group() if label else "")


def _end(item: str) -> str:
    return re.sub(r"(?:等|など|ほか)$", "", item)


def split(joint: re.Pattern[str], text: str) -> tuple[str, ...]:
    """Return the pieces of `text` between joints that stand in no brackets."""
    masked = _masked(text)
    pieces, start = [], 0
    for match in joint.finditer(masked):
        pieces.append(text[start : match.start()].strip())
        start = match.end()
    pieces.append(text[start:].strip())
    return tuple(piece for piece in pieces if piece)


def _masked(text: str) -> str:
    """Return `text` with what stands in brackets as blanks, so that no joint is found there."""
    depth, found = 0, []
    for character in text:
        if character in _CLOSE and depth:
            depth -= 1
        found.append("\0" if depth else character)
        if character in _OPEN:
            depth += 1
    return "".join(found)
