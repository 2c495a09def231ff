"""Things that a sentence enumerates: 「A、B及びCで」, 「A・B・C」, 「AとBの定員」.

Takes the words before それぞれ, 両方 or 違い; gives the things and the theme before them. Knows
nothing about questions or reports.
"""

import re
from collections.abc import Sequence

from assistant.understanding.brackets import outer_words, outside, split, split_at

ASKING = re.compile(
    r"何(?!らか|度も|でも)|なに|なん(?:の|で|と|パ|人|年)|(?<!な)ど(?:の|ん|なた|ちら)"
    r"|(?<!ほ)どう(?!し[^てた]|か|も)|ど(?:こ|れ)(?!か)|いつ(?!も|か(?!$))|(?:誰|だれ)(?!でも|も|か(?!$))"
    r"|いくら|いくつ|なぜ"
)
"""Words of asking."""
ASPECT = re.compile(
    r"(?:数|額|率|量|費|費用|料|代|時期|時間|時刻|期間|期限|期日|年度?|月|日|名|名称|定員|人員|回数|頻度"
    r"|割合|比|比率|人数|金額|価格|単価|予算|規模|面積|長さ|重さ|重量|高さ|速さ|速度|大きさ|広さ"
    r"|上限|下限|対象|条件|要件|基準|内容|課題|理由|原因|背景|目的|目標|目標値|見込み|実績|現状|効果|能力"
    r"|場所|所在地|会場|主体|役職|肩書|事務局|財源|所管|年代|扱い|方法|手段|仕組み|役割|担当|種類|内訳|順位|順番|値|ピーク)$"
)
"""The end of what is told of a thing, of any thing."""
THEME = re.compile(
    r"(?:について|に関して|に関し|につき|として|に対して|[はがもをてで]|ですが|けど|ため|際|とき|場合)$"
)
"""The end of a clause that is no thing of a list."""
_OF_ALL = re.compile(r"(?:については|について|に関して|では|には)$")
"""The end of a clause whose things are asked about one by one."""
_FURTHER = re.compile(r"^(?:それと|それから|あと)(?![でに])")
"""Opens a further thing of a list."""
_PLAIN_JOINT = re.compile(r"(?:は|で)$")


def things_at_end(before: str) -> tuple[str, list[str]]:
    """Return the theme and the things that stand at the end of `before`."""
    chunks = split(before, "、，,")
    if (early := _things_of_clause(_joined(chunks), _OF_ALL))[1]:
        return early
    asking = [chunk for chunk in chunks if ASKING.search(outside(chunk))]
    chunks = [chunk for chunk in chunks if chunk not in asking]
    start = len(chunks)
    while start and not THEME.search(chunks[start - 1]):
        start -= 1
    themes, run = asking + chunks[:start], [_FURTHER.sub("", chunk) for chunk in chunks[start:]]
    if len(run) == 2 and (found := _with_aspects(*run)):
        return "、".join([*themes, found[0]]), found[1]
    run = [re.sub("と$", "", chunk) for chunk in run]
    if len(run) < 2 and (early := _things_of_clause(chunks, _PLAIN_JOINT))[1]:
        return early
    if not run:
        return "", []
    if len(run) == 1 or len(split(run[-1], "・／/")) > 1:
        themes += run[:-1]
        head, rest = _theme_of(run[-1])
        if len(things := listed(head)) > 1 and len(listed(rest)) < 2 and _are_nouns(things):
            return "、".join([*themes, rest]), things  # AとBは前回から: of each
        if found := _by_owner(rest):
            return "、".join([*themes, head, found[0]] if head else [*themes, found[0]]), found[1]
        themes += [head] if head else []
        return "、".join(themes), listed(rest)
    head, run[0] = _theme_of(run[0])
    themes += [head] if head else []
    return "、".join(themes), [thing for chunk in run for thing in split_at(chunk, _and)]


def _with_aspects(first: str, second: str) -> tuple[str, list[str]] | None:
    """Return what is asked of each and the things, where one of two clauses lists the things.

    「AとB、率と上限」, 「AとB、率」, 「率、AとB」 and 「AとBの率と、理由」.
    """
    if first.endswith("と"):
        return _by_owner(f"{first[:-1]}・{second}") if ASPECT.search(second) else None
    if min(map(_things, (first, second))) > 1:
        return second, listed(first)
    for aspect, named in ((second, first), (first, second)):
        things = listed(named)
        is_one = _things(aspect) == 1 and ASPECT.search(aspect)
        if is_one and len(things) > 1 and not any(map(ASPECT.search, things)):
            return aspect, things
    return None


def _by_owner(chunk: str) -> tuple[str, list[str]] | None:
    """Return the aspects and the things of 「AとBの回数・定員」, None for another list."""
    first, *others = split(chunk, "・／/")
    head, _, aspect = first.rpartition("の")
    owners = split_at(head, _and)
    if not others or len(owners) < 2 or not all(map(ASPECT.search, (aspect, *others))):
        return None
    return "・".join((aspect, *others)), owners


def _are_nouns(things: Sequence[str]) -> bool:
    return all(map(_is_noun, things))


def _joined(chunks: Sequence[str]) -> list[str]:
    """Return the clauses of a sentence, those that end with と joined to the next."""
    found: list[str] = []
    for chunk in chunks:
        if found and found[-1].endswith("と"):
            found[-1] += chunk
        else:
            found.append(chunk)
    return found


def _things_of_clause(chunks: Sequence[str], joint: re.Pattern[str]) -> tuple[str, list[str]]:
    """Return the things of a clause that is not the last: 「AとBでは、…としてそれぞれ」."""
    for number, chunk in enumerate(chunks):
        if match := joint.search(chunk):
            things = listed(chunk[: match.start()])
            if len(things) > 1:
                return "、".join((*chunks[:number], *chunks[number + 1 :])), things
    return "", []


def _things(chunk: str) -> int:
    return len(split_at(chunk, _and))


def _theme_of(chunk: str) -> tuple[str, str]:
    """Return what stands before the last は or が of a chunk, and the rest."""
    cut = 0
    for position, surface, pos in outer_words(chunk):
        if surface in ("は", "が") and pos.startswith("助詞"):
            cut = position + 1
    return (chunk[: cut - 1], chunk[cut:]) if cut else ("", chunk)


def listed(chunk: str) -> list[str]:
    """Return the things of 「A・B・C」, 「A／B」 or 「AとBとC」."""
    if len(found := split(chunk, "／/")) > 1:
        return found
    joined, dotted = split_at(chunk, _and), split(chunk, "・")
    return dotted if len(dotted) > len(joined) else joined


def shared(things: Sequence[str]) -> tuple[str, list[str]]:
    """Return what is said of one of the things and meant of all, and the things without it.

    「AとBの定員」 asks for the 定員 of both, 「Aの定員と期日」 for both of A.
    """
    first, last = things[0], things[-1]
    if "の" in last and not any("の" in thing for thing in things[:-1]):
        if any(map(_TIME.search, things[:-1])):  # 今年度と来年度の目標: each has its own
            return "", list(things)
        head, _, tail = last.partition("の")
        if any(thing.endswith(tail[-2:]) for thing in things[:-1]) or not _is_noun(tail):
            return "", list(things)  # 家庭診断と会社の設備診断: each has the whole name
        return tail, [*things[:-1], head]
    if "の" in first and not any("の" in thing for thing in things[1:]) and _is_noun(things[1]):
        head, _, tail = first.rpartition("の")
        if any(thing.endswith(tail[-2:]) for thing in things[1:]):
            return "", list(things)
        return head, [tail, *things[1:]]
    return "", list(things)


_TIME = re.compile(r"[年月日]度?(?:前|末|間|現在)?$")
"""The end of the name of a time."""


def _is_noun(thing: str) -> bool:
    """True where `thing` is no clause with a subject or object of its own."""
    return not any(
        surface in ("が", "を") and pos.startswith("助詞") for _, surface, pos in outer_words(thing)
    )


def _and(surface: str, pos: str) -> bool:
    joins = surface in ("と", "や") and pos.startswith("助詞")
    return joins or surface in ("及び", "および", "並びに", "ならびに")
