"""What a question asks in parts: of several things, in several places, or several at once.

Takes a question without greeting and occasion; gives its parts and what they share. Signs of
the Japanese language decide (それぞれ, 両方, AとBの違い, …何をし、どんな…), no report's words.
Knows nothing about indexes or answers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.understanding.brackets import outside, split
from assistant.understanding.enumeration import ASKING, ASPECT, THEME, listed, shared, things_at_end
from assistant.understanding.understand import focus
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


_NUMBER = r"[2-5２-５二三四五]"
_EACH = re.compile(rf"それぞれ|其々|各々|おのおの|両方|双方|両者|の{_NUMBER}(?:つ|点|者|か所|カ所)")
"""What follows the things of which the same is asked."""

_TOGETHER = re.compile(
    r"(?:まとめて|並べて|(?:あわ|併|合わ)せて|比べて|比較して|対比して|整理して)"
    r"(?:[、,]?(?:教え|示|お示し|ください|下さい|くれ|もらえ|いただけ|頂け|知り|ほし|欲し|$))"
    r"|(?:比べ|並べ|比較し)たい"
)
"""What follows several things that are asked for at once."""
_DIFFER = re.compile(r"(?:が|は|を)?(?:どう|どの(?:よう|くらい)に?)?(?:違|異な)(?:い|う|っ|り|る)")
"""What follows what is compared of several things: 「AとBでは、X・Yがどう違いますか」."""
_BESIDE = re.compile(r"の(?:ほか|他)(?:に(?:は)?)?、?")
"""A joint between things: 「AのほかB」."""
_AT_ONCE = re.compile(
    r"(?:も|を)?(?:知り|聞き|確認し|整理し)たい(?:の|ん)?(?:です|だ)?(?:が|けど|けれど)?[、,]?$"
)
"""A clause between the things and the request."""

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


_IN = re.compile(r"^(?:の.{0,3})?(?:で|に)(?!つ)")
"""A joint that says that the things are places."""

_BARE = re.compile(r"(?:いつ|どこ|誰|だれ|何|どう|どれ)[でがをにと]?$")
"""A clause that ends with the word of asking and needs the verb of the next."""
_REQUEST = re.compile(
    r"(?:か|の|ください|下さい|願います|お願いします|ほしい|欲しい|たい|教えて|くれる|もらえる|示して|も|は)"
    r"(?:です|ます|のです)?(?:が|けど|か|ね)?$"
)
"""The end of a sentence that asks."""

_ASKED_FOR = re.compile(
    r"(?:も|を|について|、)*(?:(?:まと|あわ|併|合わ|並|比)[めせべ]*て|(?:ご)?(?:教|示|知り|お願|確認|お示)).*$"
)
"""The request at the end of a part: 「条件もあわせて教えてください」."""
_SUBJECT = re.compile(r"(?P<subject>[^、。]{2,30}?)(?:って|では|には|とは|は(?!じ))")
"""The beginning of a question that names its subject."""
_ALSO = re.compile(
    r"^(?:また|それから|さらに|加えて|あわせて|併せて|あと|そして|次に|なお|及び)[、,]?"
)
_ONLY_ASKS = re.compile(
    r"(?:教え|示し|お示し|説明|まとめ|並べ|知り|お願い|ください|下さい|確認|伺い|聞か|抜き出|拾っ|挙げ)"
)
_ALL_WANTED = re.compile(
    r"全て|すべて|全部|漏れなく|もれなく|一覧|箇条書|列挙|残らず|落とさず|挙げて|あげて"
)
"""Signs that a list is wanted, whatever else stands there."""
_ABOUT = re.compile(
    r"(?:(?:での)?(?:書|記|述べ|扱い|触れ)(?:き|し)?(?:方|ぶり)|について|に関して|に関し|に関する|に対して|として)(?:は|の|も)?"
)
_HOW_MANY = re.compile(r"何(?:か所|カ所|か国|カ国|[一-龥]{1,2})")
_TELLING = frozenset(
    """
    触れる 拾う 貰う 呉れる 纏める 並べる 示す 違う 違い 異なる 比べる 比較 相違 差 話 出る
    扱う 扱い 述べ ぶり 振り 記述 言及 記載 箇所 個所 整理 対比 表 抜き出す 抜く そう 報告 書
    本文 文書 段階 部分 項 欄 章 節 件 一文 文 一言 要点
    """.split()
)
"""Lemmas that ask how something is told, not what."""
_ARROWS = re.compile(r"[→⇒~〜～]")


def divide(asked: str) -> Division | None:
    """Return the parts of the question `asked`, None where it asks one thing."""
    if _ALL_WANTED.search(asked):
        return None
    for way in (_clauses, _each, _keywords, _aspects):
        found = way(asked)
        if found and 1 < len(found.parts) <= MOST_PARTS:
            return found
    return None


def sought(text: str) -> str:
    """Return the words of `text` that say what is asked of the parts, "" where there are none."""
    told = focus(_ABOUT.sub(" ", _HOW_MANY.sub(" ", text)))
    kept = " ".join(
        "".join(word.surface if _is_sought(word) else " " for word in words(field))
        for field in told.split()
    )
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
    for sentence in split(asked, "。？?！!\n"):
        sentence = _ALSO.sub("", sentence)
        if not ASKING.search(outside(sentence)) and not _REQUEST.search(sentence):
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
    if (inner := _each(question)) and not inner.topic.startswith("の"):
        rest = f"は{inner.topic}" if sought(inner.topic) or ASKING.search(inner.topic) else ""
        return [Part(part.label, f"{part.question}{rest}") for part in inner.parts]
    asked = question if ASKING.search(outside(question)) else _ASKED_FOR.sub("", question)
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
    for clause in split(sentence, "、，,／"):
        asks = bool(ASKING.search(outside(clause)))
        if not asks and not found and not waiting and THEME.search(clause):
            themes.append(clause)
            continue
        if found and _BARE.search(found[-1]) and ASKING.match(clause):
            waiting.append(found.pop())  # いつ、どこで: one question
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


# The same of several things


def _each(asked: str) -> Division | None:
    """Return the things before それぞれ, 両方 or 違い, and what is asked of each."""
    sentences = split(asked, "。？?！!\n")
    for number, sentence in enumerate(sentences):
        is_last = number == len(sentences) - 1
        if not (is_last or _REQUEST.search(sentence) or ASKING.search(sentence)):
            continue
        told = "。".join(other for i, other in enumerate(sentences) if i != number)
        for before, after in _around_signs(sentence):
            bare = _JOINT.sub("", _AT_ONCE.sub("", before))
            theme, things = things_at_end(bare)
            if len(things) > 1:
                after = "" if _ASKED_FOR.match(after) else _EACH.sub("", after)
                topic = f"{theme} {after}".strip("、, ")
                return _of_things(topic, told, things, bool(_IN.search(before[len(bare) :])))
    return None


def _around_signs(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each word that says that there are several things."""
    sentence = _BESIDE.sub("と、", sentence)
    for sign in (_EACH, _TOGETHER, _COMPARED, _DIFFER):
        for match in sign.finditer(sentence):
            start, end = match.span("joint" if sign is _COMPARED else 0)
            yield sentence[:start], sentence[end:]


def _aspects(asked: str) -> Division | None:
    """Return aspects that are asked for at once: 「Aの数と、Bの年を教えて」."""
    if not (sentences := split(asked, "。？?！!\n")):
        return None
    *told, sentence = sentences
    end = _ASKED_FOR.search(sentence)
    theme, things = things_at_end(_JOINT.sub("", sentence[: end.start()] if end else sentence))
    joined = len(things) > 2 or "と" in outside(sentence) or "及び" in sentence
    if len(things) < 2 or not joined or not all(map(ASPECT.search, things)):
        return None
    return _of_things(theme, "。".join(told), things, are_places=False)


def _keywords(asked: str) -> Division | None:
    """Return the parts of a question made of keywords: 「X　A・Bの条件／C」."""
    fields = asked.split()
    if len(fields) < 2 or _ARROWS.search(asked) or re.search("[。？?]|か$|ください", asked):
        return None
    things = listed(fields[-1])
    return _of_things(" ".join(fields[:-1]), "", things, True) if len(things) > 1 else None


def _of_things(topic: str, told: str, things: Sequence[str], are_places: bool) -> Division:
    """Return the division; places (…で, …に) have whole names, others may share words."""
    common, bare = ("", things) if are_places else shared(things)
    parts = tuple(Part(thing, own) for thing, own in zip(things, bare, strict=True))
    topic = f"{common} {topic}".strip()
    return Division(topic, told, parts, are_things=True)
