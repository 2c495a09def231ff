"""What a question asks in parts: of several things, in several places, or several at once.

Takes a question without greeting and occasion; gives its parts and what they share. Signs of
the Japanese language decide (それぞれ, 両方, AとBの違い, …何をし、どんな…), no report's words.
Knows nothing about indexes or answers.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.understand import focus
from corpus.japanese import Word, words
from index.terms import lemmas

MOST_PARTS = 5
"""Parts that are answered one by one; who lists more wants a list."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked."""

    label: str
    """In the user's words, to be shown."""
    question: str
    """The part as it would be asked by itself, without what the parts share."""


@dataclass(frozen=True, slots=True)
class Division:
    """A question taken apart."""

    topic: str
    """What is asked of every part, or what all parts are about; "" where nothing is shared."""
    background: str
    """What else the question tells; it counts less."""
    parts: tuple[Part, ...]
    are_things: bool
    """True where the parts name things or places, of each of which the topic is asked."""


_OPEN, _CLOSE = "「『（(［[【", "」』）)］]】"

_NUMBER = r"[2-5２-５二三四五]"
_EACH = re.compile(
    rf"それぞれ|其々|各々|おのおの|両方|双方|両者|の(?P<number>{_NUMBER})(?:つ|点|者|か所|カ所)"
)
"""What follows the things of which the same is asked."""

_COMPARED = re.compile(
    r"^(?=.*と).*(?P<joint>とで|との|とを|では|の|で|は|を)[^、。]{0,12}?"
    r"(?:違い|違う|違って|相違|差異|異な|比較|対比|比べ(?:て|る|た[いら]))"
)
"""Two things that are compared; they are joined by と."""

_JOINT = re.compile(
    r"(?:の(?:[2-5２-５二三四五]つ|[2-5２-５二三四五](?:点|者)|うち|間|なか|中)?)?"
    r"(?:とで|では|には|とも|について|に関して|において|における|から|で|に|は|が|を|も|と|の|、)*"
    r"[、,\s]*$"
)
"""What stands between the last of the things and the word that says "each"."""

_THEME = re.compile(
    r"(?:について|に関して|に関し|につき|として|に対して|[はがもて]|ですが|けど|ため|際|とき|場合)$"
)
"""The end of a clause that is no thing of a list."""

_ASKING = re.compile(
    r"何(?!らか|度も|でも)|なに|なん(?:の|で|と|パ|人|年)|(?<!な)ど(?:の|ん|なた|ちら)"
    r"|(?<!ほ)どう(?!し[^てた]|か|も)|ど(?:こ|れ)(?!か)|いつ(?!も|か)|誰|だれ|いくら|いくつ|なぜ"
)
_REQUEST = re.compile(
    r"(?:か|の|ください|下さい|願います|お願いします|ほしい|欲しい|たい|教えて|くれる|もらえる|示して|も|は)"
    r"(?:です|ます|のです)?(?:が|けど|か|ね)?$"
)
"""The end of a sentence that asks."""

_ALSO = re.compile(r"^(?:また|それから|さらに|加えて|あわせて|併せて|あと|そして|次に|なお|及び)[、,]?")
_ONLY_ASKS = re.compile(
    r"(?:教え|示し|お示し|説明|まとめ|並べ|知り|お願い|ください|下さい|確認|伺い|聞か|抜き出|拾っ|挙げ)"
)
_ALL_WANTED = re.compile(
    r"全て|すべて|全部|漏れなく|もれなく|一覧|箇条書|列挙|残らず|落とさず|挙げて|あげて"
)
"""Signs that a list is wanted, whatever else stands there."""
_ABOUT = re.compile(r"(?:について|に関して|に関し|に関する|に対して|として)(?:は|の|も)?")
_TELLING = frozenset(
    """
    触れる 拾う 貰う 呉れる 纏める 並べる 示す 違う 違い 異なる 比べる 比較 相違 差 話
    出る 扱う 扱い 述べ ぶり 振り 記述 言及 箇所 個所 整理 対比 表 そう 報告 書 本文 文書 記載 段階 部分 項 欄 章 節 件 抜き出す 抜く
    """.split()
)
"""Lemmas that ask how something is told, not what."""
_ARROWS = re.compile(r"[→⇒~〜～]")


def divide(asked: str) -> Division | None:
    """Return the parts of the question `asked`, None where it asks one thing."""
    if _ALL_WANTED.search(asked):
        return None
    for way in (_clauses, _each, _keywords):
        found = way(asked)
        if found and 1 < len(found.parts) <= MOST_PARTS:
            return found
    return None


def sought(text: str) -> str:
    """Return the words of `text` that say what is asked of the parts, "" where there are none."""
    kept = "".join(w.surface if _is_sought(w) else " " for w in words(focus(_ABOUT.sub(" ", text))))
    return " ".join(kept.split()) if lemmas(kept) else ""


def _is_sought(word: Word) -> bool:
    """True for a word of content or a sign inside a name (5.0, AI/IoT)."""
    return word.lemma not in _TELLING and bool(lemmas(word.surface) or word.surface.isascii())


# Several questions: sentences and clauses


def _clauses(asked: str) -> Division | None:
    """Return the questions that are asked one after the other."""
    topics: list[str] = []
    told: list[str] = []
    parts: list[Part] = []
    for sentence in _split(asked, "。？?！!\n"):
        sentence = _ALSO.sub("", sentence)
        if not _ASKING.search(_outside(sentence)) and not _REQUEST.search(sentence):
            told.append(sentence)
            continue
        theme, questions = _questions(sentence)
        if theme and not parts:
            topics.append(theme)
        elif theme:
            questions = [f"{theme}、{questions[0]}", *questions[1:]] if questions else [theme]
        parts += [Part(question, question) for question in questions if _says_something(question)]
    return Division("、".join(topics), "。".join(told), tuple(parts), are_things=False)


def _questions(sentence: str) -> tuple[str, list[str]]:
    """Return the theme of a sentence and its clauses that each ask something."""
    themes: list[str] = []
    found: list[str] = []
    waiting: list[str] = []
    for clause in _split(sentence, "、，,／"):
        asks = bool(_ASKING.search(_outside(clause)))
        if not asks and not found and not waiting and _THEME.search(clause):
            themes.append(clause)
            continue
        waiting.append(_ALSO.sub("", clause))
        if asks and _says_something("、".join(waiting)):
            found.append("、".join(waiting))
            waiting = []
    rest = "、".join(waiting)
    if rest and not found:
        found.append(rest)
    elif rest and not _ONLY_ASKS.search(rest):
        found[-1] += f"、{rest}"
    return "、".join(themes), found


def _says_something(clause: str) -> bool:
    """True where a clause has words of its own beside those that ask."""
    if _ONLY_ASKS.search(clause) and not _ASKING.search(clause):
        return len(_content(clause)) > 2
    return bool(_content(clause))


def _content(clause: str) -> list[str]:
    """Return the nouns, verbs and adjectives that say what is asked about."""
    return [
        word.surface
        for word in words(_ASKING.sub(" ", _outside(clause, keep=True)))
        if word.pos.startswith(("名詞-普通名詞-一般", "名詞-固有", "名詞-普通名詞-サ変", "動詞-一般"))
        and not _ONLY_ASKS.search(word.surface)
    ]


# The same of several things


def _each(asked: str) -> Division | None:
    """Return the things before それぞれ, 両方 or 違い, and what is asked of each."""
    sentences = _split(asked, "。？?！!\n")
    for number, sentence in enumerate(sentences):
        is_last = number == len(sentences) - 1
        if not (is_last or _REQUEST.search(sentence) or _ASKING.search(sentence)):
            continue
        told = "。".join(other for i, other in enumerate(sentences) if i != number)
        for before, after in _around_signs(sentence):
            theme, things = _things(before)
            if len(things) > 1:
                topic = f"{theme} {_EACH.sub('', after)}".strip("、, ")
                return _of_things(topic, told, things)
    return None


def _around_signs(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each word that says that there are several things."""
    for match in _EACH.finditer(sentence):
        yield _JOINT.sub("", sentence[: match.start()]), sentence[match.end() :]
    if match := _COMPARED.search(sentence):
        before = _JOINT.sub("", sentence[: match.start("joint")])
        yield before, sentence[match.end("joint") :]


def _keywords(asked: str) -> Division | None:
    """Return the parts of a question made of keywords: 「X　A・Bの条件／C」."""
    fields = asked.split()
    if len(fields) < 2 or _ARROWS.search(asked) or re.search("[。？?]|か$|ください", asked):
        return None
    things = _listed(fields[-1])
    return _of_things(" ".join(fields[:-1]), "", things) if len(things) > 1 else None


def _of_things(topic: str, told: str, things: Sequence[str]) -> Division:
    parts = tuple(Part(thing, thing) for thing in things)
    return Division(topic, told, parts, are_things=True)


def _things(before: str) -> tuple[str, list[str]]:
    """Return the theme and the things that stand at the end of `before`."""
    chunks = _split(before, "、，,")
    start = len(chunks)
    while start and not _THEME.search(chunks[start - 1]):
        start -= 1
    themes, run = chunks[:start], [re.sub("と$", "", chunk) for chunk in chunks[start:]]
    if not run:
        return "", []
    if len(run) == 1 or len(_split(run[-1], "・／/")) > 1:
        themes += run[:-1]
        head, rest = _theme_of(run[-1])
        themes += [head] if head else []
        return "、".join(themes), _listed(rest)
    head, run[0] = _theme_of(run[0])
    themes += [head] if head else []
    last = _split_at(run[-1], _and)
    return "、".join(themes), [*run[:-1], *last]


def _theme_of(chunk: str) -> tuple[str, str]:
    """Return what stands before the last は or が of a chunk, and the rest."""
    cut = 0
    for position, surface, pos in _outer_words(chunk):
        if surface in ("は", "が") and pos.startswith("助詞"):
            cut = position + 1
    return (chunk[: cut - 1], chunk[cut:]) if cut else ("", chunk)


def _listed(chunk: str) -> list[str]:
    """Return the things of 「A・B・C」, 「A／B」 or 「AとBとC」."""
    for marks in ("／/", "・"):
        if len(found := _split(chunk, marks)) > 1:
            return _shared_tail(found)
    return _shared_tail(_split_at(chunk, _and))


def _shared_tail(things: Sequence[str]) -> list[str]:
    """Give all things what only the last one has: 「AとBの定員」 asks for that of both."""
    *first, last = things
    head, no, tail = last.rpartition("の")
    if not first or not no or not head or any("の" in thing for thing in first):
        return list(things)
    return [*(f"{thing}の{tail}" for thing in first), last]


def _and(surface: str, pos: str) -> bool:
    joins = surface in ("と", "や") and pos.startswith("助詞")
    return joins or surface in ("及び", "および", "並びに", "ならびに")


# Text outside brackets


def _outside(text: str, keep: bool = False) -> str:
    """Return `text` with blanks (or, with `keep`, its own letters) for what brackets hold."""
    if keep:
        return text
    depth, found = 0, []
    for character in text:
        depth += (character in _OPEN) - (character in _CLOSE)
        found.append(" " if depth > 0 else character)
    return "".join(found)


def _split(text: str, marks: str) -> list[str]:
    """Return the pieces of `text` between `marks` that stand outside brackets."""
    outside = _outside(text)
    pieces, start = [], 0
    for position, character in enumerate(outside):
        if character in marks:
            pieces.append(text[start:position])
            start = position + 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _split_at(text: str, is_mark: Callable[[str, str], bool]) -> list[str]:
    """Return the pieces of `text` between the words outside brackets that are marks."""
    pieces, start = [], 0
    for position, surface, pos in _outer_words(text):
        if is_mark(surface, pos):
            pieces.append(text[start:position])
            start = position + len(surface)
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _outer_words(text: str) -> list[tuple[int, str, str]]:
    """Return place, surface and part of speech of the words of `text` outside brackets."""
    outside, found, place = _outside(text), [], 0
    for word in words(text):
        at = text.find(word.surface, place)
        if at < 0:
            continue
        place = at + len(word.surface)
        if outside[at] != " ":
            found.append((at, word.surface, word.pos))
    return found
