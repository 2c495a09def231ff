"""A follow-up → a question that stands by itself, by the model; the rules check it.

Takes the question, the user's earlier turns and what answered them; gives the model's question,
or None where it is none that may be trusted. Knows nothing about how the rules read a follow-up.
"""

import re
from collections.abc import Sequence

from assistant.checking.amounts import amounts
from assistant.writing.chat import ChatModel
from assistant.writing.prompt import rewriting
from assistant.writing.reply import is_japanese, shown
from corpus.characters import search_form
from corpus.japanese import words

_LONGEST = 200
_NAMING = ("名詞-普通名詞", "名詞-固有名詞")
_ASKING = re.compile(r"[?？]$|(?:か|何|どこ|いつ|誰|どれ|ですか|ください|教えて|は)[。?？]?$")
_COMMON = frozenset(
    "報告 書 内容 具体 的 事 物 点 方 所 時 場合 理由 名前 数 何 年 額 人 違い 関係 説明 "
    "質問".split()
)


def standalone(question: str, history: Sequence[str], told: str, model: ChatModel) -> str | None:
    """Return the question that stands by itself; None where the model's cannot be trusted.

    Args:
        question: the follow-up, as typed.
        history: the user's earlier turns, oldest first.
        told: what answered them, and the headings above; its words may be named too.
        model: writes.

    Raises:
        ModelFailed: the model cannot be used.
    """
    written = shown("".join(model.stream(rewriting(question, history))))
    known = "\n".join([question, *history, told])
    return written if is_trusted(written, known) else None


def is_trusted(written: str, known: str) -> bool:
    """True where `written` is one question that brings nothing in that was not said before."""
    if not written or "\n" in written or len(written) > _LONGEST or not is_japanese(written):
        return False
    if not _ASKING.search(written) or re.search(r"。.", written):
        return False
    if not all(amount.is_in(amounts(known)) for amount in amounts(written)):
        return False
    said = search_form(known)
    lemmas = {word.lemma for word in words(known)}
    return all(
        search_form(word.surface) in said or word.lemma in lemmas or word.lemma in _COMMON
        for word in words(written)
        if word.pos.startswith(_NAMING)
    )
