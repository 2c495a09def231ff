"""The answer that a model writes: prompted, checked sentence by sentence, mended once.

Takes a question, evidence and the answer of the quote mode; gives events as the text comes, the
last of them a `Written`. A sentence that fails is mended in one further round, then shown as
未確認, replaced by the quote mode's, or dropped. Knows nothing about the answer object.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import monotonic

from assistant.answer import Checked
from assistant.writing.chat import ChatModel, Message, Usage
from assistant.writing.evidence import Evidence
from assistant.writing.prompt import ABSTAIN, answering, repairing
from assistant.writing.reply import Incoming, Sentence, is_japanese, sentences_of
from assistant.writing.support import REASONS, Check, Fault, check
from corpus.errors import ModelFailed

_ABSTAINING = re.compile(
    r"^(?:この|その|本|当該)?(?:報告書|資料)(?:の中)?(?:に|から|で)は?[^。]{0,40}?"
    r"(?:記載|記述|情報|言及|説明|答え)[^。]{0,8}?(?:ありません|ない|見当たりません|されていません)。?$"
)
_MOST = 12
"""Sentences of a reply that are read; a longer one has lost its thread."""
_LONGEST_REPLY = 6000
"""Characters after which a reply is cut off."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An event: a piece of the text, as the model writes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Verified:
    """An event: a sentence is complete and has been checked."""

    check: Check


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the finished answer."""

    check: Check
    checked: Checked


class Outcome(StrEnum):
    """What a reply came to."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"
    USELESS = "useless"
    """Nothing in it holds, or it cannot be read: the quote mode answers."""


@dataclass(frozen=True, slots=True)
class Written:
    """The last event: what a model's reply came to."""

    outcome: Outcome
    lines: tuple[Line, ...] = ()
    trouble: str | None = None
    """Why there is no answer of the model's, as a Japanese sentence."""
    usage: Usage = Usage()
    rounds: int = 0


Event = Piece | Verified | Written


@dataclass
class Writer:
    """Writes answers with one model."""

    model: ChatModel
    budget: int
    """Tokens that a prompt may take."""
    longest: float = 180.0
    """Seconds for a whole reply; a model that trickles on is given up."""
    show_failed: bool = False
    """Show sentences that fail as 未確認; else they are dropped."""
    show_unsourced: bool = True
    """Show sentences without a source as 出典なし; else they are dropped."""
    _usage: list[Usage] = field(default_factory=list, repr=False)

    def write(self, question: str, evidence: Evidence) -> Iterator[Event]:
        """Yield what happens while the model answers `question` from `evidence`."""
        self._usage = []
        messages, given = answering(question, evidence, self.budget)
        incoming = Incoming()
        checks: list[Check] = []
        try:
            for event in self._read(messages, incoming):
                if isinstance(event, Piece):
                    yield event
                    continue
                checks.append(check(event, given, question))
                yield Verified(checks[-1])
        except ModelFailed as error:
            yield self._useless(str(error))
            return
        if self._abstains(incoming.text):
            yield Written(Outcome.ABSTAINED, usage=self._sum(), rounds=1)
            return
        if not checks or not is_japanese(incoming.text):
            yield self._useless("言語モデルの答えを読み取れませんでした。")
            return
        checks = [_with_keys_of_its_line(each, checks, given, question) for each in checks]
        yield self._finished(messages, incoming.text, checks, given, question)

    def _read(self, messages: Sequence[Message], incoming: Incoming) -> Iterator[Piece | Sentence]:
        stream = self.model.stream(messages)
        end = monotonic() + self.longest
        try:
            for text in stream:
                if monotonic() > end:
                    raise ModelFailed("言語モデルの答えが時間内に終わりませんでした。")
                complete = list(incoming.take(text))
                yield Piece(text)
                yield from complete
                if len(incoming.text) > _LONGEST_REPLY:
                    break
            yield from incoming.rest()
        finally:
            stream.close()
            self._usage.append(stream.usage)

    def _abstains(self, reply: str) -> bool:
        said = [sentence.text for sentence in sentences_of(reply)]
        return bool(said) and all(s == ABSTAIN or _ABSTAINING.match(s) for s in said[:1])

    def _finished(
        self,
        messages: Sequence[Message],
        reply: str,
        checks: Sequence[Check],
        given: Evidence,
        question: str,
    ) -> Written:
        rounds, mended = 1, list(checks[:_MOST])
        failed = [each for each in mended if not each.holds]
        if failed:
            rounds = 2
            mended = self._mended(messages, reply, mended, given, question)
        first = {id(each) for each in checks}
        lines = tuple(self._kept(each, id(each) in first) for each in mended)
        shown = [line for line in lines if line.checked is not Checked.DROPPED]
        if not any(line.checked in (Checked.VERIFIED, Checked.REPAIRED) for line in shown):
            trouble = "言語モデルの答えは、資料で確かめられませんでした。"
            return replace(self._useless(trouble), lines=lines, rounds=rounds)
        return Written(Outcome.ANSWERED, lines, usage=self._sum(), rounds=rounds)

    def _mended(
        self,
        messages: Sequence[Message],
        reply: str,
        checks: list[Check],
        given: Evidence,
        question: str,
    ) -> list[Check]:
        """Return the checks with those that failed replaced, in one further round."""
        failed = [each for each in checks if not each.holds]
        told = [(each.sentence.text, REASONS[each.fault or Fault.UNSUPPORTED]) for each in failed]
        incoming = Incoming()
        try:
            for event in self._read(repairing(messages, reply, told), incoming):
                del event  # nothing is shown of a repair before all of it is checked
        except ModelFailed:
            return checks
        if not is_japanese(incoming.text):
            return checks
        again = [check(s, given, question) for s in sentences_of(incoming.text)]
        known = {each.sentence.text for each in checks if each.holds}
        good = [each for each in again if each.holds and each.sentence.text not in known]
        return _replaced(checks, good[: len(failed)])

    def _kept(self, each: Check, is_first: bool) -> Line:
        if each.holds:
            return Line(each, Checked.VERIFIED if is_first else Checked.REPAIRED)
        if each.fault is Fault.UNSOURCED and self.show_unsourced:
            return Line(each, Checked.UNSOURCED)
        if self.show_failed and each.fault is not Fault.FORGED:
            return Line(each, Checked.UNVERIFIED)
        return Line(each, Checked.DROPPED)

    def _useless(self, trouble: str) -> Written:
        return Written(Outcome.USELESS, trouble=trouble, usage=self._sum())

    def _sum(self) -> Usage:
        return Usage(
            _total([usage.prompt for usage in self._usage]),
            _total([usage.completion for usage in self._usage]),
        )


def _with_keys_of_its_line(
    each: Check, checks: Sequence[Check], given: Evidence, question: str
) -> Check:
    """Return the check of a sentence by the keys that its line names behind it, where it holds."""
    if each.fault is not Fault.UNSOURCED:
        return each
    behind = checks[checks.index(each) + 1 :]
    for other in behind:
        if other.sentence.line == each.sentence.line and other.sentence.keys:
            again = check(replace(each.sentence, keys=other.sentence.keys), given, question)
            return again if again.holds else each
    return each


def _replaced(checks: Sequence[Check], good: Sequence[Check]) -> list[Check]:
    """Put each mended sentence where one failed, in order; those left over stay failed."""
    left = list(good)
    return [each if each.holds or not left else left.pop(0) for each in checks]


def _total(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
