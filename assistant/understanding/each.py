"""The same asked of several things: 「AとBの違い」, 「A、Bはそれぞれ」, 「AのXとY」, 「X　A・B」.

Takes a question; gives the things and what is asked of each. Signs of the Japanese language
decide, no report's words. Knows nothing about questions that follow one another.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.understanding.brackets import outside, split
from assistant.understanding.division import Division, Part
from assistant.understanding.enumeration import ASKING, ASPECT, listed, shared, things_at_end

_NUMBER = r"[2-5２-５二三四五]"
EACH = re.compile(rf"それぞれ|其々|各々|おのおの|両方|双方|両者|の{_NUMBER}(?:つ|点|者|か所|カ所)")
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
_ABOUT_EACH = re.compile(r"(?:について|に関して)(?:と|、?及び|、?および)、?")
"""A joint between things that each carry their particle: 「AについてとBについて」."""
_WHICH_IS = re.compile(r"、?(?:どちら|どっち)(?:の(?:ほう|方))?(?:が|は).*$")
"""What follows two things that are compared: 「AとBは、Xはどちらが高い」."""
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
    r"(?:とで|だと|では|には|とも|について|に関して|において|における|から|で|に|は|が|を|も|と|の|、)*"
    r"[、,\s]*$"
)
"""What stands between the last of the things and the word that says "each"."""


_IN = re.compile(r"^(?:の.{0,3})?(?:で|に)(?!つ)")
"""A joint that says that the things are places."""

REQUEST = re.compile(
    r"(?:か|の|ください|下さい|願います|お願いします|ほしい|欲しい|たい|教えて|くれる|もらえる|示して|も|は|(?:併|あわ|合わ)せて)"
    r"(?:です|ます|のです)?(?:が|けど|か|ね)?$"
)
"""The end of a sentence that asks."""

ASKED_FOR = re.compile(
    r"(?:も|を|について|、)*(?:(?:まと|あわ|併|合わ|並|比)[めせべ]*て|(?:ご)?(?:教|示|知り|お願|確認|お示)).*$"
)
"""The request at the end of a part: 「条件もあわせて教えてください」."""
_YEAR = re.compile(r"\d\s*年|元年")
"""A year among keywords tells which figure is sought; it is no thing."""
_ARROWS = re.compile(r"[→⇒~〜～]")


def each(asked: str) -> Division | None:
    """Return the things before それぞれ, 両方 or 違い, and what is asked of each."""
    sentences = split(asked, "。？?！!\n")
    for number, sentence in enumerate(sentences):
        is_last = number == len(sentences) - 1
        if not (is_last or REQUEST.search(sentence) or ASKING.search(sentence)):
            continue
        told = "。".join(other for i, other in enumerate(sentences) if i != number)
        for before, after in _around_signs(sentence):
            bare = _JOINT.sub("", _AT_ONCE.sub("", before))
            theme, things = things_at_end(bare)
            if len(things) > 1:
                after = "" if ASKED_FOR.match(after) else EACH.sub("", after)
                topic = f"{theme} {after}".strip("、, ")
                return _of_things(topic, told, things, bool(_IN.search(before[len(bare) :])))
    return None


def _around_signs(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each word that says that there are several things."""
    sentence = _ABOUT_EACH.sub("と、", _BESIDE.sub("と、", sentence))
    for sign in (EACH, _TOGETHER, _COMPARED, _DIFFER, _WHICH_IS):
        for match in sign.finditer(sentence):
            start, end = match.span("joint" if sign is _COMPARED else 0)
            yield sentence[:start], _WHICH_IS.sub("", sentence[end:])


def aspects(asked: str) -> Division | None:
    """Return aspects that are asked for at once: 「Aの数と、Bの年を教えて」."""
    if not (sentences := split(asked, "。？?！!\n")):
        return None
    *told, sentence = sentences
    end = ASKED_FOR.search(sentence)
    theme, things = things_at_end(_JOINT.sub("", sentence[: end.start()] if end else sentence))
    joined = len(things) > 2 or "と" in outside(sentence) or "及び" in sentence
    if len(things) < 2 or not joined or not all(map(ASPECT.search, things)):
        return None
    return _of_things(theme, "。".join(told), things, are_places=False)


def keywords(asked: str) -> Division | None:
    """Return the parts of a question made of keywords: 「X　A・Bの条件／C」."""
    fields = asked.split()
    if len(fields) < 2 or _ARROWS.search(asked) or re.search("[。？?]|か$|ください", asked):
        return None
    things = listed(fields[-1])
    aspects = [field for field in fields[1:] if ASPECT.search(field)]
    if len(things) < 2 < len(fields) - 1 and len(aspects) > 1 and not _YEAR.search(asked):
        return _of_things(fields[0], "", fields[1:], True)
    return _of_things(" ".join(fields[:-1]), "", things, True) if len(things) > 1 else None


def aspects_of(topic: str) -> list[str]:
    """Return the aspects that a topic lists, [] where it asks for one thing or in another way."""
    listed_in = listed(ASKED_FOR.sub("", topic).lstrip("の"))
    return listed_in if len(listed_in) > 1 and all(map(ASPECT.search, listed_in)) else []


def _of_things(topic: str, told: str, things: Sequence[str], are_places: bool) -> Division:
    """Return the division; places (…で, …に) have whole names, others may share words."""
    common, bare = ("", things) if are_places else shared(things)
    parts = tuple(Part(thing, own) for thing, own in zip(things, bare, strict=True))
    topic = f"{common} {topic}".strip()
    return Division(topic, told, parts, are_things=True)
