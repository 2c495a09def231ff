"""One draft while it is being written: takes passages, quotes them in the ways of officials.

Takes a report and a seed; gives paragraphs, notes and what was planted in them. Knows nothing
about which errors there are.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from corpus.japanese import sentences
from corpus.markup import fold, plain
from corpus.model import Passage, PassageKind, Report

_QUOTABLE = (PassageKind.PARAGRAPH, PassageKind.ITEM)
_SHORTEST, _LONGEST = 14, 110


@dataclass(frozen=True, slots=True)
class Planted:
    """One quotation, figure or reference of a draft."""

    kind: str
    """`true:…` with the variant, else the error."""
    words: str
    """As they stand in the draft; unique in it."""

    @property
    def is_true(self) -> bool:
        """True where nothing is wrong with it."""
        return self.kind.startswith("true")


class Maker:
    """Makes one draft."""

    def __init__(self, report: Report, seed: int) -> None:
        self.report = report
        self.random = random.Random(seed)  # noqa: S311 - drafts, not secrets
        self.paragraphs: list[str] = []
        self.notes: list[str] = []
        self.planted: list[Planted] = []
        self.folded = fold("".join(p.text for p in report.passages))
        self.sentences = _sentences(report)
        self.random.shuffle(self.sentences)

    @property
    def named(self) -> str:
        """The report as officials name it."""
        about = self.report.metadata
        return f"{about.publisher}「{about.title}」（{about.date}）"

    def take(self, test: Callable[[str], bool] = lambda _: True) -> tuple[Passage, str]:
        """Return a sentence not used before, one that `test` accepts where there is one."""
        for at, (passage, text) in enumerate(self.sentences):
            if test(text):
                del self.sentences[at]
                return passage, text
        return self.sentences.pop()

    def add(self, kind: str, words: str, passage: Passage | None) -> None:
        """Write a paragraph that quotes `words` in one of the ways of officials."""
        self.planted.append(Planted(kind, words))
        section = self.report.section_by_id[passage.section_id].heading if passage else ""
        place = f"「{nested(section)}」" if section and section != self.title else ""
        ways: list[Callable[[], str]] = [
            lambda: f"{self.named}は、「{words}」としている。",
            lambda: f"「{words}」とされている（{self.named}{place}）。",
            lambda: f"この点について、同報告書は「{words}」と述べている。",
            lambda: f"{self.named}{place}には「{words}」との記載がある。",
            lambda: self._noted(words, place),
            lambda: f"> {words}\n\n出典：{self.named}{place}",
        ]
        if not self.paragraphs:
            ways = ways[:2]
        self.paragraphs.append(self.random.choice(ways)())

    def _noted(self, words: str, place: str) -> str:
        self.notes.append(f"{self.named}{place}")
        return f"「{words}」ことが示されている[^{len(self.notes)}]。"

    @property
    def title(self) -> str:
        """The report's title."""
        return self.report.metadata.title

    def is_altered(self, words: str) -> bool:
        """True where `words` stand nowhere in the report."""
        return fold(words) not in self.folded


def _sentences(report: Report) -> list[tuple[Passage, str]]:
    found = []
    for passage in report.passages:
        if passage.kind not in _QUOTABLE:
            continue
        text = plain(passage.text)
        for span in sentences(text):
            words = span.of(text)
            is_whole = "「" not in words and "…" not in words and "略" not in words
            if _SHORTEST <= len(words) <= _LONGEST and is_whole:
                found.append((passage, words))
    return found


def nested(text: str) -> str:
    """Return a heading as it is written inside 「」."""
    return plain(text).replace("「", "『").replace("」", "』")
