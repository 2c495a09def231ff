"""Things that a sentence enumerates: 「A、B及びCで」, 「A・B・C」, 「AとBの定員」.

Takes the words before それぞれ, 両方 or 違い; gives the things and the theme before them. Knows
nothing about questions or reports.
"""

import re
from collections.abc import Sequence

from assistant.understanding.brackets import outer_words, split, split_at

THEME = re.compile(
    r"(?:について|に関して|に関し|につき|として|に対して|[はがもてで]|ですが|けど|ため|際|とき|場合)$"
)
"""The end of a clause that is no thing of a list."""


def things_at_end(before: str) -> tuple[str, list[str]]:
    """Return the theme and the things that stand at the end of `before`."""
    chunks = split(before, "、，,")
    start = len(chunks)
    while start and not THEME.search(chunks[start - 1]):
        start -= 1
    themes, run = chunks[:start], [re.sub("と$", "", chunk) for chunk in chunks[start:]]
    if len(run) < 2 and (early := _early_things(chunks))[1]:
        return early
    if not run:
        return "", []
    if len(run) == 1 or len(split(run[-1], "・／/")) > 1:
        themes += run[:-1]
        head, rest = _theme_of(run[-1])
        themes += [head] if head else []
        return "、".join(themes), listed(rest)
    head, run[0] = _theme_of(run[0])
    themes += [head] if head else []
    last = split_at(run[-1], _and)
    return "、".join(themes), [*run[:-1], *last]


def _early_things(chunks: Sequence[str]) -> tuple[str, list[str]]:
    """Return the things of a clause before the last: 「AとBでは、…としてそれぞれ」."""
    for number, chunk in enumerate(chunks):
        if match := re.search(r"(?:では|には|は|で)$", chunk):
            things = split_at(chunk[: match.start()], _and)
            if len(things) > 1:
                return "、".join((*chunks[:number], *chunks[number + 1 :])), things
    return "", []


def _theme_of(chunk: str) -> tuple[str, str]:
    """Return what stands before the last は or が of a chunk, and the rest."""
    cut = 0
    for position, surface, pos in outer_words(chunk):
        if surface in ("は", "が") and pos.startswith("助詞"):
            cut = position + 1
    return (chunk[: cut - 1], chunk[cut:]) if cut else ("", chunk)


def listed(chunk: str) -> list[str]:
    """Return the things of 「A・B・C」, 「A／B」 or 「AとBとC」."""
    for marks in ("／/", "・"):
        if len(found := split(chunk, marks)) > 1:
            return found
    return split_at(chunk, _and)


def shared(things: Sequence[str]) -> tuple[str, list[str]]:
    """Return what is said of one of the things and meant of all, and the things without it.

    「AとBの定員」 asks for the 定員 of both, 「Aの定員と期日」 for both of A.
    """
    first, last = things[0], things[-1]
    if "の" in last and not any("の" in thing for thing in things[:-1]):
        head, _, tail = last.partition("の")
        return tail, [*things[:-1], head]
    if "の" in first and not any("の" in thing for thing in things[1:]):
        head, _, tail = first.rpartition("の")
        return head, [tail, *things[1:]]
    return "", list(things)


def _and(surface: str, pos: str) -> bool:
    joins = surface in ("と", "や") and pos.startswith("助詞")
    return joins or surface in ("及び", "および", "並びに", "ならびに")
