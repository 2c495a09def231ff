"""Stage 1: a conversation and a question → what is sought.

Takes the question and the user's earlier turns; gives a small typed `Query`. Knows nothing
about any report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.understanding import phrases, turns
from assistant.understanding.ellipsis import LeanKind, is_comment, lean, nouns, opened
from assistant.understanding.opening import Plain, plain
from assistant.understanding.wanted import Wanted, measured, wanted
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
    """Words that the conversation adds, or what leads up to the question; they count less."""
    setting: str = ""
    """Those of them that lead up to the question."""
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
_OPENING = 20
"""Characters in which a question says that it turns to something else."""
_TURNS = 3
"""Earlier turns whose words count, where their answers are not known."""
_LONGEST_THREAD = 50
"""Turns that are read again at most: about half a second where none was answered before."""


def understand(question: str, history: Sequence[str] = (), longest: int = 2000) -> Query:
    """Return the query that `question` makes after the user's earlier turns `history`.

    The turns are read by their words alone; with the answers to them, `conversation.py` reads
    more.

    Raises:
        QuestionError: the question is empty or longer than `longest` characters.
    """
    asked = sayable(question)
    if not asked:
        raise QuestionError("質問が空です。知りたいことを文で入力してください。")
    if len(asked) > longest:
        raise QuestionError(f"質問が長すぎます。{longest:,}字以内にしてください。")
    reply = _smalltalk(asked)
    parted, turned = _plain_question(asked)
    asked, setting = parted.asked, focus(parted.setting)
    if reply is not None:
        return Query(question, question, QueryKind.SMALLTALK, asked, "", reply=reply)
    if turned or not history or lean(asked).kind is LeanKind.ALONE:
        return replace(query_of(question, asked, question, setting), setting=setting)
    background = " ".join(thread(history)[-_TURNS:])
    standalone = f"{background} {asked}" if background else question
    return query_of(question, asked, standalone, focus(background))


def query_of(question: str, asked: str, standalone: str, background: str = "") -> Query:
    """Return the query of `asked`, which is `question` as it is to be read."""
    is_open = bool(phrases.ASKS_WHAT_IS_SAID.search(asked))
    return Query(
        question=question,
        standalone=standalone,
        kind=QueryKind.LIST if _wants_all(asked) else QueryKind.FACT,
        has_parts=bool(phrases.SEVERAL_PARTS.search(asked)),
        asked=asked,
        focus=focus(asked) or asked,
        background=background,
        wanted=None if is_open else wanted(asked),
        measured=None if is_open else measured(asked),
        defined=_defined(asked),
        count=_count(asked),
        quoted=tuple(match.group(1) for match in _QUOTED.finditer(asked)),
    )


def thread(history: Sequence[str]) -> tuple[str, ...]:
    """Return the turns at the end of `history` that belong together, oldest first.

    They begin with the last one that stands by itself; thanks and remarks are left out.
    """
    found: list[str] = []
    for turn in reversed([sayable(turn) for turn in history]):
        if not turn or _smalltalk(turn) is not None:
            continue
        parted, turned = _plain_question(turn)
        found.insert(0, turn)
        if turned or lean(parted.asked).kind is LeanKind.ALONE or len(found) == _LONGEST_THREAD:
            break
    return (*found[:1], *(turn for turn in found[1:] if not is_comment(turn)))


def turns_away(question: str) -> bool:
    """True where `question` says that it leaves what was talked of."""
    return _plain_question(sayable(question))[1]


def sayable(text: str) -> str:
    """Return `text` without the characters that no text can have."""
    return _UNSAYABLE.sub(" ", text).strip()


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
    turned = False
    while (away := turns.TURN_AWAY.search(asked)) and away.start() <= _OPENING:
        rest = asked[: away.start()] + asked[away.end() :]
        if not rest.strip():
            break
        asked, turned = rest, True
    return plain(asked.strip()), turned


def _wants_all(asked: str) -> bool:
    cue = phrases.LIST_CUES.search(asked) or _range(search_form(asked))
    return bool(cue) and not phrases.ONE_OF.search(asked)


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
    plain = search_form(opened(text))
    for pattern, reply in turns.SMALLTALK:
        match = pattern.search(plain)
        if match and not _asks_more(plain, match):
            return reply
    return None


def _asks_more(text: str, match: re.Match[str]) -> bool:
    """True where something is asked beside the greeting, thanks or question on the system."""
    rest = text[: match.start()] + " " + text[match.end() :]
    return bool(nouns(rest)) and bool(turns.ASKS.search(rest))


def _defined(text: str) -> str | None:
    """Return the term whose meaning is asked for; the quoted one where there is one."""
    asked = search_form(text)
    if quoted := phrases.SAYS_OF_TERM.search(asked):
        return quoted.group(1).strip()
    match = phrases.DEFINITION.search(asked)
    if match is None:
        return None
    inside = re.search(r"[「『]([^「」『』]{2,40})$", match.group(1))
    return (inside or match).group(1).strip()


def _range(text: str) -> int | None:
    """Return how many items `text` names by the first and the last of them."""
    match = phrases.RANGE.search(text)
    size = int(match.group(2)) - int(match.group(1)) + 1 if match else 0
    return size if size > 1 else None


def _count(text: str) -> int | None:
    text = search_form(text)
    if size := _range(text):
        return size
    match = phrases.COUNT.search(text)
    if not match:
        return None
    number = match.group(1)
    return int(number) if number.isdigit() else kanji_number(number)
