"""Does what a model wrote stand in the passages that it names? Checked, never believed.

Takes a sentence and the evidence; gives a `Check` with the reason where it fails: keys resolve,
quotations are verbatim, every number, date and unit stands in a named passage, names do too, the
mode is kept, and most of what is said is said there. Nothing is matched fuzzily.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.checking.amounts import amounts
from assistant.checking.folded import fold_text
from assistant.checking.quotations import bracketed
from assistant.checking.reported import amounts_of
from assistant.writing.evidence import Evidence, Piece
from assistant.writing.modality import keeps
from assistant.writing.reply import Sentence
from corpus.japanese import sentences, words

ENOUGH = 0.6
"""Share of a sentence's content words that must stand in what it names."""

_CONTENT = ("名詞", "動詞", "形容詞", "形状詞")
_EMPTY = frozenset(
    "為る 有る 成る 居る 事 物 等 為 よる 因る 行う 行なう 示す 述べる 挙げる 掲げる 記載 報告 書 "
    "報告書 資料 以下 次 とおり 通り 具体 内容 ある いる なる する 言う 在る 於く 対する 付く 就く "
    "関する 及ぶ 含む 其れ 此れ 此の 其の 上 中 方 者 点 他 際 時 所 場合 旨 此等 其々 何".split()
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.\-]+|[ァ-ヶー]{3,}")


class Fault(StrEnum):
    """Why a sentence fails."""

    UNSOURCED = "unsourced"
    FORGED = "forged"
    QUOTE = "quote"
    NUMBER = "number"
    NAME = "name"
    MODE = "mode"
    UNSUPPORTED = "unsupported"


REASONS = {
    Fault.UNSOURCED: "根拠の記号がない",
    Fault.FORGED: "与えられていない記号がある",
    Fault.QUOTE: "「」の中が資料の言葉のままでない",
    Fault.NUMBER: "資料にない数、日付、単位がある",
    Fault.NAME: "資料にない名称がある",
    Fault.MODE: "検討・予定・実施・否定などの言い方が資料と違う",
    Fault.UNSUPPORTED: "示した資料がその内容を述べていない",
}
"""What the model, and the reader, is told of a fault."""


@dataclass(frozen=True, slots=True)
class Check:
    """What became of a sentence."""

    sentence: Sentence
    pieces: tuple[Piece, ...]
    """The passages that it names and that exist."""
    fault: Fault | None = None

    @property
    def holds(self) -> bool:
        """True where nothing is wrong with it."""
        return self.fault is None


def check(sentence: Sentence, evidence: Evidence, question: str) -> Check:
    """Return whether `sentence` stands in what it names.

    Args:
        sentence: of a reply.
        evidence: what the model was given.
        question: whose own names may be said again.
    """
    found = [evidence.by_key(key) for key in sentence.keys]
    pieces = tuple(piece for piece in found if piece is not None)
    if len(pieces) < len(found):
        return Check(sentence, pieces, Fault.FORGED)
    if not pieces:
        return Check(sentence, (), Fault.UNSOURCED)
    return Check(sentence, pieces, _fault(sentence.text, pieces, question))


def _fault(text: str, pieces: Sequence[Piece], question: str) -> Fault | None:
    if not _quotes_stand(text, pieces):
        return Fault.QUOTE
    if not _numbers_stand(text, pieces):
        return Fault.NUMBER
    if not _names_stand(text, pieces, question):
        return Fault.NAME
    if _share(text, pieces, question) < ENOUGH:
        return Fault.UNSUPPORTED
    if not _mode_is_kept(text, pieces):
        return Fault.MODE
    return None


def _quotes_stand(text: str, pieces: Sequence[Piece]) -> bool:
    source = "\n".join(fold_text(_all(piece)).text for piece in pieces)
    quoted = [fold_text(text[b.start + 1 : b.end - 1]).text for b in bracketed(text)]
    return all(words in source for words in quoted)


def _numbers_stand(text: str, pieces: Sequence[Piece]) -> bool:
    told = [amount for piece in pieces for amount in amounts_of(piece.report, piece.passage)]
    told += [a for piece in pieces for a in amounts(f"{piece.heading}。{piece.around}")]
    return all(amount.is_in(told) for amount in amounts(text))


def _names_stand(text: str, pieces: Sequence[Piece], question: str) -> bool:
    known = fold_text("\n".join([question, *map(_all, pieces)])).text.lower()
    return all(fold_text(name).text.lower() in known for name in _NAME.findall(text))


def _share(text: str, pieces: Sequence[Piece], question: str) -> float:
    said = _content(text)
    told = _content("。".join(map(_all, pieces)))
    # What the question itself brings in need not be said again, but gives no support either.
    own = said - (_content(question) - told)
    return len(own & told) / len(own) if own else 0.0


def _mode_is_kept(text: str, pieces: Sequence[Piece]) -> bool:
    """True where a sentence of each named passage, the one closest to the text, keeps its mode."""
    return any(keeps(_closest(text, piece), text) for piece in pieces)


def _closest(text: str, piece: Piece) -> str:
    said = _content(text)
    parts = [span.of(piece.text) for span in sentences(piece.text)] or [piece.text]
    return max(parts, key=lambda part: len(said & _content(part)))


def _all(piece: Piece) -> str:
    return f"{piece.text}。{piece.heading}。{piece.around}"


@lru_cache(4096)
def _content(text: str) -> frozenset[str]:
    return frozenset(
        word.lemma
        for word in words(text)
        if word.pos.startswith(_CONTENT)
        and not word.pos.startswith("名詞-数詞")
        and "助数詞" not in word.pos
        and "非自立" not in word.pos
        and word.lemma not in _EMPTY
    )
