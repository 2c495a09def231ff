"""Aspects that several things have each: 「AとBの率と額」, 「AとBの率」 among further things.

Takes a piece of a question; gives the things and what is asked of each. Knows nothing about
how the question goes on.
"""

import re
from collections.abc import Sequence

from assistant.understanding.brackets import split, split_at

ASPECT = re.compile(
    r"(?:数|額|率|量|費|費用|料|賃|代|時期|時間|時刻|期間|期限|期日|年度?|月|日|名|名称|定員|人員|回数|頻度"
    r"|割合|比|比率|人数|人口|金額|価格|単価|予算|規模|面積|長さ|重さ|重量|高さ|速さ|速度|大きさ|広さ"
    r"|上限|下限|対象|条件|要件|基準|水準|内容|中身|課題|理由|原因|背景|目的|目標|目標値|見込み|実績|現状|現在|効果|能力"
    r"|場所|所在地|会場|主体|役職|肩書|事務局|財源|負担|所管|年代|年齢|扱い|方法|手段|仕組み|役割|担当|種類|内訳"
    r"|順位|順番|値|ピーク|性|定義|意味|有無|可否|進捗|距離|用途|窓口|連絡先|番号)$"
)
"""The end of what is told of a thing, of any thing."""
_TIME = re.compile(r"(?:\d|元|今|来|前|昨|現|初)[年月日]度?(?:末|現在)?$")
"""The end of the name of a time, which may own a figure (令和5年度と令和11年度の額と率)."""


def by_owner(chunk: str) -> tuple[list[str], list[str]] | None:
    """Return the things and the aspects of 「AとBの回数・定員」, None for another list."""
    pieces = split_at(chunk, joins)
    for number, piece in enumerate(pieces):
        head, *dotted = _to_owner(split(piece, "・／/"))
        owner, aspect = _halves(head)
        if not number or not owner:
            if _is_aspect(piece):
                return None
            continue
        if not _is_aspect(aspect):
            continue
        further = [part for each in pieces[number + 1 :] for part in split(each, "・／/")]
        named = [aspect, *dotted, *further]
        if len(named) > 1 and all(map(_is_aspect, named)):
            return [*pieces[:number], owner], named
        return None
    return None


def expanded(chunk: str) -> list[str]:
    """Return the things of a piece, each with the aspect that the last has: 「AとBの率」."""
    *others, last = split_at(chunk, joins)
    owner, aspect = _halves(last)
    if not others or not owner or not _is_aspect(aspect) or any(map(_is_aspect, others)):
        return [*others, last]
    return [*(f"{other}の{aspect}" for other in others), last]


def joins(surface: str, pos: str) -> bool:
    """True for a word that joins things."""
    joint = surface in ("と", "や") and pos.startswith("助詞")
    return joint or surface in ("及び", "および", "並びに", "ならびに")


def all_aspects(things: Sequence[str]) -> bool:
    """True where all of several things are aspects."""
    return len(things) > 1 and all(map(ASPECT.search, things))


def _to_owner(dotted: Sequence[str]) -> list[str]:
    """Return the pieces, those before the first with an owner joined to it (医療・福祉の率)."""
    first = next((n for n, piece in enumerate(dotted) if "の" in piece), 0)
    return ["・".join(dotted[: first + 1]), *dotted[first + 1 :]]


def _is_aspect(text: str) -> bool:
    return bool(ASPECT.search(text)) and not _TIME.search(text)


def _halves(piece: str) -> tuple[str, str]:
    """Return the owner and what is told of it; a time belongs to what is told."""
    owner, _, aspect = piece.rpartition("の")
    while _TIME.search(owner) and "の" in owner:
        owner, _, time = owner.rpartition("の")
        aspect = f"{time}の{aspect}"
    return owner, aspect
