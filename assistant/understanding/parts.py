"""What a question asks in parts: of several things, in several places, or several at once.

Takes a question without greeting and occasion; gives its parts and what they share. Signs of
the Japanese language decide (それぞれ, 両方, AとBの違い, …何をし、どんな…), no report's words.
Knows nothing about indexes or answers.
"""

import re

from assistant.understanding.brackets import outside, split
from assistant.understanding.division import MOST_PARTS, Division, Part, sought
from assistant.understanding.each import ASKED_FOR, EACH, REQUEST, aspects, each, keywords
from assistant.understanding.enumeration import ASKING, ASPECT, THEME
from corpus.japanese import words

_BARE = re.compile(r"(?:いつ|どこ|誰|だれ|何|どう|どれ)[でがをにと]?$")
"""A clause that ends with the word of asking and needs the verb of the next."""
_SUBJECT = re.compile(r"(?P<subject>[^、。]{2,30}?)(?:って|では|には|とは|は(?!じ))")
"""The beginning of a question that names its subject."""
_ALSO = re.compile(
    r"^(?:また|それから|さらに|加えて|あわせて|併せて|あと|そして|次に|なお|及び|それと|それに)[、,]?"
)
_BESIDES = re.compile(r"(?:それと|それから|あと)(?![でに])")
"""Opens a further thing that is asked for in the same sentence."""
_ONLY_ASKS = re.compile(
    r"(?:教え|示し|お示し|説明|まとめ|並べ|知り|お願い|ください|下さい|確認|伺い|聞か|抜き出|拾っ|挙げ)"
)
_ALL_WANTED = re.compile(
    r"全て|すべて|全部|漏れなく|もれなく|一覧|箇条書|列挙|残らず|落とさず|挙げて|あげて"
)
"""Signs that a list is wanted, whatever else stands there."""


def divide(asked: str) -> Division | None:
    """Return the parts of the question `asked`, None where it asks one thing."""
    if _ALL_WANTED.search(asked):
        return None
    for way in (_clauses, each, keywords, aspects):
        found = way(asked)
        if found and 1 < len(found.parts) <= MOST_PARTS:
            return found
    return None


def _clauses(asked: str) -> Division | None:
    """Return the questions that are asked one after the other."""
    topics: list[str] = []
    told: list[str] = []
    parts: list[Part] = []
    for sentence in split(asked, "。？?！!\n"):
        sentence = _ALSO.sub("", sentence)
        if not ASKING.search(outside(sentence)) and not REQUEST.search(sentence):
            told.append(sentence)
            continue
        theme, questions = _questions(sentence)
        if theme and not parts:
            topics.append(theme)
        elif theme:
            questions = [f"{theme}、{questions[0]}", *questions[1:]] if questions else [theme]
        parts += [Part(question, question) for question in questions if _says_something(question)]
    topic = "、".join(topics) or (_subject(parts[0].question) if parts else "")
    if len(parts) > 1:
        parts = [inner for part in parts for inner in _parts(part.question)]
    return Division(topic, "。".join(told), tuple(parts), are_things=False)


def _parts(question: str) -> list[Part]:
    """Return a question of several as a part, or each of the things of which it asks."""
    if (inner := each(question)) and not inner.topic.startswith("の"):
        rest = f"は{inner.topic}" if sought(inner.topic) or ASKING.search(inner.topic) else ""
        return [Part(part.label, f"{part.question}{rest}") for part in inner.parts]
    asked = question if ASKING.search(outside(question)) else ASKED_FOR.sub("", question)
    return [Part(asked or question, asked or question)]


def _subject(question: str) -> str:
    """Return what the first of several questions is about, "" where it names nothing."""
    bare = outside(question)
    found = _SUBJECT.match(bare)
    return question[: found.end("subject")] if found and not ASKING.search(found.group()) else ""


def _questions(sentence: str) -> tuple[str, list[str]]:
    """Return the theme of a sentence and its clauses that each ask something."""
    themes: list[str] = []
    found: list[str] = []
    waiting: list[str] = []
    is_joint = bool(EACH.search(sentence))  # of a list, 総額と、 ends no question
    for clause in split(sentence, "、，,／"):
        asks = bool(ASKING.search(outside(clause)))
        if not asks and not found and not waiting and THEME.search(clause):
            themes.append(clause)
            continue
        if found and _BARE.search(found[-1]) and ASKING.match(clause):
            waiting.append(found.pop())  # いつ、どこで: one question
        if (
            waiting
            and not (asks or is_joint)
            and _BESIDES.match(clause)
            and not THEME.search(waiting[-1])
        ):
            found.append("、".join(waiting))
            waiting = []
        waiting.append(_ALSO.sub("", clause))
        if (asks and _says_something("、".join(waiting))) or (
            not is_joint and _is_noun_and(waiting[-1])
        ):
            found.append("、".join(waiting).removesuffix("と"))
            waiting = []
    rest = "、".join(waiting)
    if rest and not found:
        found.append(rest)
    elif rest and not _ONLY_ASKS.search(rest):
        found[-1] += f"、{rest}"
    return "、".join(themes), found


def _is_noun_and(clause: str) -> bool:
    """True for a clause that names an aspect and goes on: 「総額と、」."""
    return clause.endswith("と") and bool(ASPECT.search(clause[:-1]))


def _says_something(clause: str) -> bool:
    """True where a clause has words of its own beside those that ask."""
    if _ONLY_ASKS.search(clause) and not ASKING.search(clause):
        return len(_content(clause)) > 2
    return bool(_content(clause))


def _content(clause: str) -> list[str]:
    """Return the nouns, verbs and adjectives that say what is asked about."""
    return [
        word.surface
        for word in words(ASKING.sub(" ", clause))
        if word.pos.startswith(
            ("名詞-普通名詞-一般", "名詞-固有", "名詞-普通名詞-サ変", "名詞-数詞", "動詞-一般")
        )
        and not _ONLY_ASKS.search(word.surface)
    ]
