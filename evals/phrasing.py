"""How a draft of the second hand is worded: names of reports, places, quotations, notes, lines.

Takes reports and what is to be cited; gives paragraphs and remembers what was planted in them.
Knows nothing about which errors there are.
"""

import random
import re
from collections.abc import Mapping, Sequence

from corpus.markup import fold
from corpus.model import Metadata, Report, Section
from evals.drafter import Planted, nested
from evals.planted import PlantedDraft
from evals.quotable import Sentence

_KINDS = ("計画", "ビジョン", "方針", "とりまとめ", "戦略")
_LINE = 40
"""Characters of a line of a hard-wrapped text file."""
_MONTH = re.compile(r"令和(元|\d+)年")


class Writing:
    """One draft while it is being written."""

    def __init__(
        self, seed: int, phrases: Mapping[str, Sequence[str]], chance: random.Random
    ) -> None:
        self.seed, self.phrases, self.chance = seed, phrases, chance
        self.paragraphs: list[str] = []
        self.notes: list[str] = []
        self.planted: list[Planted] = []
        self.is_markdown = seed % 3 != 2

    def draft(self) -> PlantedDraft:
        """Return what was written."""
        suffix = "md" if self.is_markdown else "txt"
        name = f"stranger-{self.seed:03}.{suffix}"
        return PlantedDraft(name, self._text(), tuple(self.planted))

    def _text(self) -> str:
        head = self._phrase("heads")
        if self.is_markdown:
            notes = [f"[^{n}]: {note}" for n, note in enumerate(self.notes, 1)]
            return "\n\n".join([f"# {head}", *self.paragraphs, *notes]) + "\n"
        notes = [f"※{n}　{note}" for n, note in enumerate(self.notes, 1)]
        body = ["　" + paragraph for paragraph in self.paragraphs]
        if self.seed % 2:
            body = [wrapped(paragraph) for paragraph in body]
        return "\n\n".join([head, *body, *notes]) + "\n"

    def _phrase(self, name: str) -> str:
        return self.chance.choice(self.phrases[name])

    def say(self, kind: str, words: str, text: str) -> None:
        """Write `text`, in which `words` are planted."""
        self.planted.append(Planted(kind, words))
        self.paragraphs.append(text)

    def fill(self, frame: str, **parts: str) -> str:
        """Return one of the phrases of that name with its parts."""
        return self._phrase(frame).format(**parts)

    def add_own(self, line: str) -> None:
        """Write words of the writer's own, often in the paragraph of a citation."""
        is_apart = self.chance.random() < 0.5 or self.paragraphs[-1].startswith(">")
        if is_apart or not self.paragraphs[-1].endswith("。"):
            self.paragraphs.append(line)
        else:
            self.paragraphs[-1] += line

    def named(self, about: Metadata) -> str:
        """Return a report as officials name it; the year of its date may be a Western one."""
        western = _MONTH.sub(_western, about.date or "")
        return self.chance.choice(
            (
                f"{about.publisher}「{about.title}」（{about.date}）",
                f"{about.publisher}「{about.title}」（{about.date}）",
                f"{about.publisher}「{about.title}」（{western}）",
                f"「{about.title}」（{about.publisher}、{about.date}）",
            )
        )

    def quote(self, kind: str, words: str, report: Report, place: str) -> None:
        """Write a paragraph that quotes `words` in one of many ways."""
        name = self.named(report.metadata)
        way = self.chance.random()
        if way < 0.2 and self.is_markdown:
            self.say(kind, words, f"> {words}")
            self.paragraphs.append(self.fill("source", n=name, p=place))
            return
        inner = inside(words)
        if way < 0.35:
            self.notes.append(name + place)
            number = len(self.notes)
            mark = f"[^{number}]" if self.is_markdown else f"（※{number}）"
            text = self.fill("noted", w=inner, m=mark)
        elif way < 0.6 and self._was_named(report):
            text = self.fill("again", w=inner, a=_again(report.metadata), p=place)
        else:
            text = self.fill("inline", w=inner, n=name, p=place)
        self.say(kind, inner, text)

    def _was_named(self, report: Report) -> bool:
        """True where the report was named just before."""
        near = "".join(self.paragraphs[-2:])
        return f"「{report.metadata.title}」" in near


def place_of(report: Report, sentence: Sentence) -> str:
    """Return 「見出し」 of the section in which a sentence stands, "" where there is none."""
    found = headings_of(report, sentence)
    return f"「{nested(found[0].heading)}」" if found else ""


def headings_of(report: Report, sentence: Sentence) -> list[Section]:
    """Return the sections around a sentence that the report itself names, innermost first."""
    return [
        section
        for section in report.ancestors(sentence.passage.section_id)
        if section.level > 0
        and not section.inferred
        and fold(section.heading) != fold(report.metadata.title)
    ]


def inside(words: str) -> str:
    """Return `words` as they are written inside 「」."""
    return words.replace("「", "『").replace("」", "』")


def wrapped(paragraph: str) -> str:
    """Return a paragraph in lines of 40 characters; numbers and Latin words stay whole."""
    lines, left = [], paragraph.replace("\n", "")
    while len(left) > _LINE:
        at = _LINE
        while at > 1 and left[at - 1].isascii() and left[at].isascii():
            at -= 1
        while at < len(left) and left[at].isspace():
            at += 1  # White space hangs at the end of a line, as word processors have it.
        lines.append(left[:at])
        left = left[at:]
    return "\n".join([*lines, left])


def _western(year: re.Match[str]) -> str:
    return f"{2018 + (1 if year[1] == '元' else int(year[1]))}年"


def _again(about: Metadata) -> str:
    kind = next((k for k in _KINDS if about.title.endswith(k)), "報告書")
    return f"同{kind}"
