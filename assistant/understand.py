"""Stage 1: a conversation and a question → what is sought.

Takes the question and the user's earlier turns; gives a small typed `Query`. Knows nothing
about any report.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant import phrases
from assistant.opening import Plain, plain
from assistant.respell import Respelt
from assistant.wanted import Wanted, measured, wanted
from corpus.characters import search_form
from corpus.errors import QuestionError
from corpus.japanese import Word, words
from index.numerals import kanji_number


class QueryKind(StrEnum):
    """The shape of the answer that a question wants."""

    SMALLTALK = "smalltalk"
    LIST = "list"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood."""

    question: str
    standalone: str
    """The question as it would be asked without the conversation before it."""
    kind: QueryKind
    asked: str
    """The question without greeting and occasion."""
    focus: str
    """The words of the question that say what is sought."""
    background: str = ""
    """Words that the conversation adds; they count less."""
    wanted: Wanted | None = None
    measured: str | None = None
    """What the question wants the number or amount of."""
    defined: str | None = None
    """The term whose meaning is asked for, in search form."""
    count: int | None = None
    """How many items the question expects."""
    has_parts: bool = False
    """True where parts of it may be answered in different places."""
    quoted: tuple[str, ...] = ()
    """What the question puts in 「」 or 『』."""
    slips: tuple[tuple[str, str], ...] = ()
    """Words that were taken for slips or former names, and what was read in their place."""
    reply: str = ""
    """The line that answers small talk."""


_UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_QUOTED = re.compile(r"[「『]([^「」『』]{2,60})[」』]")
_JOINS = frozenset("&/-+.")
"""Signs inside a Latin name (M&A, AI/IoT); no space follows them."""
_SHORT = 3
"""Content words; a shorter question in a conversation rests on the turn before."""


def understand(
    question: str,
    history: Sequence[str] = (),
    longest: int = 2000,
    respell: Callable[[str], Respelt] = Respelt,
) -> Query:
    """Return the query that `question` makes after the user's earlier turns `history`.

    `respell` writes a text as the reports would.

    Raises:
        QuestionError: the question is empty or longer than `longest` characters.
    """
    asked = _sayable(question, longest)
    read = respell(asked)
    reply = _smalltalk(read.text)
    standalone = question if read.text == asked else read.text
    question_itself, turned = _plain_question(read.text)
    asked = question_itself.asked
    if reply is not None:
        return Query(question, question, QueryKind.SMALLTALK, asked, "", reply=reply)
    background = "" if turned else _background(asked, [respell(turn).text for turn in history])
    standalone = f"{background} {asked}" if background else standalone
    return Query(
        question=question,
        standalone=standalone,
        kind=QueryKind.LIST if _wants_all(asked) else QueryKind.FACT,
        has_parts=bool(phrases.SEVERAL_PARTS.search(asked)),
        asked=asked,
        focus=focus(asked) or asked,
        background=focus(f"{background} {question_itself.setting}"),
        wanted=wanted(asked),
        measured=measured(asked),
        defined=_defined(asked),
        count=_count(asked),
        quoted=tuple(match.group(1) for match in _QUOTED.finditer(asked)),
        slips=read.slips,
    )


def _sayable(question: str, longest: int) -> str:
    asked = _UNSAYABLE.sub(" ", question).strip()
    if not asked:
        raise QuestionError("質問が空です。知りたいことを文で入力してください。")
    if len(asked) > longest:
        raise QuestionError(f"質問が長すぎます。{longest:,}字以内にしてください。")
    return asked


def focus(text: str) -> str:
    """Return `text` without the words that only ask."""
    kept = [" " if _only_asks(word) else word.surface for word in words(search_form(text))]
    return " ".join("".join(_spaced(kept)).split())


def _only_asks(word: Word) -> bool:
    """True for a word of asking; a suffix is part of a name (避難所, 利用者)."""
    is_part = word.pos.startswith("接尾辞") and word.lemma not in phrases.HONORIFICS
    return word.lemma in phrases.QUESTION_WORDS and not is_part


def _plain_question(asked: str) -> tuple[Plain, bool]:
    """Return the question without what leads up to it, and whether it turns to a new topic."""
    turned = phrases.TURN_AWAY.search(asked)
    if turned:
        asked = asked[: turned.start()] + asked[turned.end() :]
    return plain(asked.strip()), turned is not None


def _wants_all(asked: str) -> bool:
    return bool(phrases.LIST_CUES.search(asked)) and not phrases.ONE_OF.search(asked)


def _spaced(surfaces: Sequence[str]) -> list[str]:
    """Put the space back between Latin words, which the analyser takes away."""
    found: list[str] = []
    for surface in surfaces:
        if (
            found
            and found[-1][-1:].isascii()
            and found[-1] not in _JOINS
            and surface[:1].isascii()
            and surface.isalpha()
        ):
            found.append(" ")
        found.append(surface)
    return found


def _smalltalk(text: str) -> str | None:
    """Return the reply where nothing is sought; a greeting before a question is not that."""
    plain = search_form(text)
    for pattern, reply in phrases.SMALLTALK:
        match = pattern.search(plain)
        if match and not _asks_more(plain, match):
            return reply
    return None


def _asks_more(text: str, match: re.Match[str]) -> bool:
    rest = text[: match.start()] + " " + text[match.end() :]
    return len(_content(rest)) > _SHORT and bool(
        re.search(r"[?？]|か[。]?$|ください|願い|たい", rest)
    )


def _content(text: str) -> list[str]:
    return [
        word.lemma
        for word in words(text)
        if word.pos.startswith("名詞") and word.lemma not in phrases.QUESTION_WORDS
    ]


def _background(asked: str, history: Sequence[str]) -> str:
    """Return the earlier turns that the question rests on, "" where it stands alone."""
    if not history:
        return ""
    if len(_content(asked)) > _SHORT and not phrases.POINTS_BACK.search(asked):
        return ""
    turns: list[str] = []
    for turn in reversed([_UNSAYABLE.sub(" ", turn).strip() for turn in history]):
        if not turn or _smalltalk(turn) is not None:
            continue
        turns.insert(0, turn)
        if len(_content(turn)) > _SHORT or len(turns) == 3:
            break
    return " ".join(turns)


def _defined(text: str) -> str | None:
    match = phrases.DEFINITION.search(search_form(text))
    return match.group(1).strip() if match else None


def _count(text: str) -> int | None:
    match = phrases.COUNT.search(search_form(text))
    if not match:
        return None
    number = match.group(1)
    return int(number) if number.isdigit() else kanji_number(number)
