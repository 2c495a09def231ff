"""Names and years of a question that the reports never mention.

Takes a question and an index; gives the names that stand in no passage: whoever asks for the
part of an office, a town or a year that a report does not know will find no answer in it.
"""

import re
from collections.abc import Sequence

from corpus.characters import search_form
from corpus.japanese import words
from index.numerals import number_terms
from index.snapshot import Snapshot
from index.terms import bigrams, lemmas

_NAMED = re.compile(
    r"[一-龥々ァ-ヶー]{1,12}(?:庁|省|府|委員会|審議会|機構|協会|大学|研究所|銀行|株式会社"
    r"|小学校|中学校|高等学校|高校|病院|診療所|駅|空港|図書館|体育館|公民館)(?![一-龥])"
)
"""Offices and institutions: their kind stands at the end of the name."""
_PROPER = re.compile("固有名詞-(?:人名|地名)")
"""A single character is hardly ever a name, but often a word that was taken apart (定てめいる)."""
_TERM = re.compile(r"[^ぁ-ん、。\s]{2,12}")
"""A term in brackets; what has kana or a comma is a saying, which may be put in other words."""
_LATIN = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z][A-Za-z]{2,}|[A-Z]{2,})(?![A-Za-z0-9×])")
"""A name in Latin letters (Google, NTT) in a Japanese question."""
_JAPANESE = re.compile(r"[ぁ-ん一-龥]{2}")
_BESIDE = (
    r"(?:の(?:ころ|頃|時代|時分|当時)|時代|当時|出身|の者|勤務"
    r"|に(?:おります|いた|勤め|所属)|で(?:ございます|働いて|勤め)|と申し)"
)
"""What follows a name that is not asked about (郵政省のころから)."""
_YEAR = re.compile(r"((?:明治|大正|昭和|平成|令和)\s*(?:元|\d{1,2})|(?:19|20)\d\d)(?=年)")
_CHAPTER = re.compile(r"第(?:\d{1,3}|[一二三四五六七八九十]{1,3})[部編章節条]")


def unknown_names(
    question: str, asked: str, quoted: Sequence[str], snapshot: Snapshot
) -> list[str]:
    """Return the names and years that no passage has, in order.

    Args:
        question: what is sought, in search form.
        asked: the question as it was typed.
        quoted: what the question puts in brackets; a term there is meant literally.
        snapshot: the index.
    """
    text = search_form(question)
    names = [m.group() for pattern in (_NAMED, _CHAPTER) for m in pattern.finditer(text)]
    names += [w.surface for w in words(text) if _PROPER.search(w.pos) and len(w.surface) > 1]
    years = [match.group() for match in _YEAR.finditer(text)]
    if _JAPANESE.search(asked):
        names += [name for name in _LATIN.findall(asked) if not _has_word(snapshot, name)]
    names += filter(_TERM.fullmatch, quoted)
    spoken = search_form(asked)
    missing = [n for n in names if not _has_name(snapshot, n) and not _is_beside(n, spoken)]
    missing += [f"{year}年" for year in years if not _has_year(snapshot, year)]
    return list(dict.fromkeys(missing))


def _is_beside(name: str, asked: str) -> bool:
    """True where `name` only tells of a time or of who asks."""
    return bool(re.search(re.escape(name) + _BESIDE, asked))


def _has_name(snapshot: Snapshot, name: str) -> bool:
    """True where every character pair of `name` stands in some passage."""
    pairs = bigrams(name)
    return not pairs or all(map(snapshot.bigrams.knows, pairs))


def _has_word(snapshot: Snapshot, name: str) -> bool:
    return any(map(snapshot.lemmas.knows, lemmas(name))) or not lemmas(name)


def _has_year(snapshot: Snapshot, year: str) -> bool:
    years = [term for term in number_terms(f"{year}年") if term.startswith("#y")]
    return not years or any(map(snapshot.lemmas.knows, years))
