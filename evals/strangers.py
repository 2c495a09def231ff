"""Drafts of a second hand, with planted errors at any place, cited in its own phrases.

Takes parsed reports; gives Markdown and text drafts, a seed each, with what was planted in them.
Written without sight of the check, so that its figures do not come from one author alone.
"""

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.markup import fold
from corpus.model import Report
from evals import slips
from evals.drafter import Planted
from evals.phrasing import Writing, headings_of, inside, place_of
from evals.planted import PlantedDraft
from evals.quotable import (
    Sentence,
    TableFigure,
    is_balanced,
    quotable_sentences,
    table_figures,
)

FOLDER = Path(__file__).parent / "drafts" / "stranger"
_TRUTHS = ("plain", "trimmed", "line break", "width", "brackets", "omission", "figure", "row")
_ERRORS = (
    *("digit", "particle", "invented", "section", "fiscal year", "figure", "negation"),
    *("date", "swap", "order", "heading", "row", "title"),
)
_SLIPS: dict[str, slips.Slip] = {
    "digit": slips.digit,
    "swap": slips.swapped,
    "particle": slips.particle,
    "fiscal year": slips.fiscal_year,
    "negation": slips.negation,
}
_HEADINGS = (
    *("総合評価の結果と今後の対応", "関係団体からの提案", "費用対効果の分析", "他地域との比較"),
    *("広報及び普及啓発の方針", "次期改定に向けた論点", "人員配置の見直し", "監査の結果"),
)
_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_NARROW = str.maketrans("（）％０１２３４５６７８９", "()%0123456789")


class Stock:
    """What all drafts are made from; read once."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.sentences = {r.id: quotable_sentences(r) for r in reports}
        self.figures = {r.id: table_figures(r) for r in reports}
        self.folded = {r.id: fold(r.text) for r in reports}
        self.all = "\n".join(self.folded.values())
        self.invented = (FOLDER / "invented.txt").read_text(encoding="utf-8").split()
        self.phrases: dict[str, list[str]] = tomllib.loads(
            (FOLDER / "phrases.toml").read_text(encoding="utf-8")
        )


def drafts(reports: Sequence[Report], number: int) -> list[PlantedDraft]:
    """Return `number` drafts, the first of seed 0."""
    stock = Stock(reports)
    return [_Pen(stock, seed).draft() for seed in range(number)]


class _Pen:
    """Chooses what a draft cites, and what of it is wrong."""

    def __init__(self, stock: Stock, seed: int) -> None:
        self.stock, self.seed = stock, seed
        self.chance = random.Random(f"stranger {seed}")  # noqa: S311 - drafts, not secrets
        self.writing = Writing(seed, stock.phrases, self.chance)
        self._turn_to(seed)

    def _turn_to(self, number: int) -> None:
        self.report = self.stock.reports[number % len(self.stock.reports)]
        self.whole = self.stock.folded[self.report.id]
        self.left = list(self.stock.sentences[self.report.id])
        self.figures = list(self.stock.figures[self.report.id])
        self.chance.shuffle(self.left)
        self.chance.shuffle(self.figures)

    def draft(self) -> PlantedDraft:
        """Return the draft: six things cited, half of them wrongly."""
        # All kinds come round in turn, so that each is planted often enough.
        kinds = [(True, _TRUTHS[(3 * self.seed + n) % len(_TRUTHS)]) for n in range(3)]
        kinds += [(False, _ERRORS[(3 * self.seed + n) % len(_ERRORS)]) for n in range(3)]
        self.chance.shuffle(kinds)
        own = self.chance.sample(self.stock.phrases["own"], len(kinds))
        for number, (is_true, kind) in enumerate(kinds):
            if number == 4 and self.seed % 4 == 0:
                self._turn_to(self.seed + 1)  # A second report in the same draft.
            self._step(kind, is_true)
            self.writing.add_own(own[number])
        return self.writing.draft()

    def _step(self, kind: str, is_true: bool) -> None:
        if kind == "figure":
            self._figure(is_true)
        elif kind == "row":
            self._row(is_true)
        elif is_true:
            self._true(kind)
        elif kind in _SLIPS:
            self._slipped(kind)
        else:
            steps: dict[str, Callable[[], None]] = {
                "section": self._section,
                "date": self._date,
                "heading": self._heading,
                "title": self._title,
                "order": self._order,
                "invented": self._invented,
            }
            steps[kind]()

    def _take(self, test: Callable[[str], object]) -> Sentence | None:
        for at, sentence in enumerate(self.left):
            if test(sentence.words):
                return self.left.pop(at)
        return None

    def _true(self, kind: str = "plain") -> None:
        test, variant = _VARIANTS[kind]
        sentence = self._take(test)
        words = variant(sentence.words) if sentence else ""
        if sentence is None:
            kind, sentence = "plain", self.left.pop()
            words = sentence.words
        kind = "nested" if kind == "plain" and "「" in words else kind
        place = place_of(self.report, sentence)
        self.writing.quote(f"true:{kind}", words, self.report, place)

    def _slipped(self, kind: str) -> None:
        for at, sentence in enumerate(self.left):
            words = _SLIPS[kind](sentence.words, self.chance)
            if words and fold(words) not in self.stock.all:
                del self.left[at]
                self.writing.quote(kind, words, self.report, place_of(self.report, sentence))
                return
        self._true()

    def _invented(self) -> None:
        words = self.chance.choice(self.stock.invented)
        self.writing.quote("invented", words, self.report, "")

    def _order(self) -> None:
        sentence = self._take(lambda words: len(_parts(words)) == 2 and self._is_once(words))
        if sentence is None:
            self._true()
            return
        first, last = _parts(sentence.words)
        place = place_of(self.report, sentence)
        self.writing.quote("order", f"{last}（中略）{first}", self.report, place)

    def _is_once(self, words: str) -> bool:
        return all(self.whole.count(fold(part)) == 1 for part in _parts(words))

    def _section(self) -> None:
        sentence = self._take(lambda words: self.whole.count(fold(words)) == 1)
        if sentence is None:
            self._true()
            return
        text = self.writing.fill(
            "section",
            n=self.writing.named(self.report.metadata),
            h=inside(self.chance.choice(self._other_headings(sentence))),
            w=inside(sentence.words),
        )
        # The whole sentence: an alarm on the quotation and one on the heading are both right.
        self.writing.say("section", text, text)

    def _other_headings(self, sentence: Sentence) -> list[str]:
        own = [fold(s.heading) for s in headings_of(self.report, sentence)]
        title = fold(self.report.metadata.title)
        return [
            s.heading
            for s in self.report.sections
            if s.level > 0
            and not s.inferred
            and len(fold(s.heading)) >= 4
            and fold(s.heading) not in title
            and title not in fold(s.heading)
            and not any(fold(s.heading) in mine or mine in fold(s.heading) for mine in own)
        ]

    def _figure(self, is_true: bool) -> None:
        for at, sentence in enumerate(self.left):
            found = slips.NUMBER.search(sentence.words)
            if not found or len(re.sub(r"\D", "", found[0])) < 2:
                continue
            said = found[0] if is_true else self._wrong(found[0])
            if said is None:
                continue
            del self.left[at]
            words = sentence.words.removesuffix("。")
            told = words[: found.start()] + said + words[found.end() :]
            self._tell("figure", is_true, said, s=told, p=place_of(self.report, sentence))
            return
        self._true()

    def _row(self, is_true: bool) -> None:
        for figure in self.figures:
            said = figure.value if is_true else self._wrong(figure.value)
            if said is not None:
                self.figures.remove(figure)
                self._tell("row", is_true, said, v=said, **_words_of(figure))
                return
        self._figure(is_true)

    def _wrong(self, value: str) -> str | None:
        """Return a figure with a slip that the report says nowhere, with this unit or bare."""
        slip = self.chance.choice((slips.digit, slips.swapped))
        said = slip(value, self.chance) or slips.digit(value, self.chance)
        if said is None or re.search(rf"(?<![\d.,]){re.escape(fold(said))}", self.whole):
            return None
        number = re.sub(r"[^\d]+$", "", fold(said))
        return None if re.search(rf"(?<![\d.,]){number}(?![\d.,])", self.whole) else said

    def _tell(self, kind: str, is_true: bool, said: str, **words: str) -> None:
        text = self.writing.fill(kind, n=self.writing.named(self.report.metadata), **words)
        # A true number may stand elsewhere in the draft, in words that are altered; a wrong one
        # stands nowhere else.
        self.writing.say(f"true:{kind}" if is_true else kind, text if is_true else said, text)

    def _date(self) -> None:
        about = self.report.metadata
        wrong = slips.month(about.date or "", self.chance)
        self._source("date", wrong, f"{about.publisher}「{about.title}」（{wrong}）")

    def _heading(self) -> None:
        about = self.report.metadata
        wrong = self.chance.choice([h for h in _HEADINGS if fold(h) not in self.stock.all])
        source = f"{about.publisher}「{about.title}」（{about.date}）「{wrong}」"
        self._source("heading", wrong, source)

    def _title(self) -> None:
        about = self.report.metadata
        wrong = slips.letter(about.title, self.chance) or about.title
        self._source("title", wrong, f"{about.publisher}「{wrong}」（{about.date}）")

    def _source(self, kind: str, wrong: str, source: str) -> None:
        """Write a true quotation with a source that is wrong."""
        sentence = self._take(bool) or self.left.pop()
        if self.writing.is_markdown:
            self.writing.say("true:plain", sentence.words, f"> {sentence.words}")
            self.writing.say(kind, wrong, f"出典：{source}")
            return
        words = inside(sentence.words)
        self.writing.say("true:plain", words, f"「{words}」とされている（{source}）。")
        self.writing.planted.append(Planted(kind, wrong))


def _parts(words: str) -> list[str]:
    """Return the first and the last part of a sentence that has more between; else nothing."""
    parts = words.removesuffix("。").split("、")
    kept = [parts[0], parts[-1]]
    is_long = len(parts) >= 3 and min(len(part) for part in kept) >= 6
    return kept if is_long and all(is_balanced(part) for part in kept) else []


def _broken(words: str) -> str:
    at = next(n for n in _breaks(words) if n >= len(words) // 2)
    return f"{words[:at]}\n{words[at:]}"


def _breaks(words: str) -> list[int]:
    last = len(words) - 2
    return [n for n in range(2, last) if not words[n].isascii() and not words[n - 1].isascii()]


def _words_of(figure: TableFigure) -> dict[str, str]:
    return {"c": figure.caption, "r": figure.row, "l": figure.column}


_VARIANTS: dict[str, tuple[Callable[[str], object], Callable[[str], str]]] = {
    "plain": (bool, str),
    "trimmed": (lambda words: words.endswith("。"), lambda words: words.removesuffix("。")),
    "line break": (
        lambda words: any(n >= len(words) // 2 for n in _breaks(words)),
        _broken,
    ),
    "width": (
        lambda words: words.translate(_WIDE) != words,
        lambda words: words.translate(_WIDE),
    ),
    "brackets": (
        lambda words: words.translate(_NARROW) != words,
        lambda words: words.translate(_NARROW),
    ),
    "omission": (_parts, lambda words: "（中略）".join(_parts(words))),
}
