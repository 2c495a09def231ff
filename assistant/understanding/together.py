"""Whether two things may be had at once: 「AとBは両方もらえますか」, 「併せて使えますか」.

Takes a question; gives as parts each of the things and whether they go together. Knows nothing
about indexes or answers.
"""

import re

from assistant.understanding.brackets import split
from assistant.understanding.division import Division, Part
from assistant.understanding.each import ASKED_FOR
from assistant.understanding.enumeration import listed

_AT_ONCE = re.compile(
    r"^(?P<things>[^、]+?)(?:を|は|って|も|とも|、)*"
    r"(?P<how>両方|双方|どちらも|(?:併|あわ|合わ)せて|同時に|一緒に|重複して)(?:とも|を|も|に|、)*"
    r"(?P<can>もらえ|受けられ|受けること|受け取|使え|使う|使って|利用|申請|取れ|受給)"
)
"""Asks whether several things may be had at once."""
_OF_EACH = re.compile(r"^(?:また|それと|あと)?、?(?:それぞれ|各々|おのおの)の?")
"""A further question that asks the same of all of them."""
AT_ONCE_SAID = re.compile(
    r"併せて|あわせて|合わせて|併用|併給|両方|双方|重複|同時に|いずれか|どちらか|一方|限り"
)
"""How a report says whether things go together."""


def together(asked: str) -> Division | None:
    """Return the things, what else is asked of each, and whether they may be had at once."""
    sentences = split(asked, "。？?！!\n")
    if not sentences or not (match := _AT_ONCE.match(sentences[0])):
        return None
    things = listed(match["things"])
    if len(things) < 2:
        return None
    rest = [ASKED_FOR.sub("", sentence) for sentence in sentences[1:]]
    of_each = [_OF_EACH.sub("", sentence) for sentence in rest if _OF_EACH.match(sentence)]
    further = [Part(sentence, sentence) for sentence in rest if not _OF_EACH.match(sentence)]
    asked_of = f"の{of_each[0]}" if of_each and of_each[0] else ""
    own = [Part(f"{thing}{asked_of}", f"{thing}{asked_of}") for thing in things]
    both = Part(f"{match['things']}の{match['how']}", sentences[0])
    return Division("", "", (*own, *further, both), are_things=False)


def is_at_once(question: str) -> bool:
    """True for a question whether things may be had at once."""
    return bool(_AT_ONCE.match(question))
