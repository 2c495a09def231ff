"""Drafts with planted errors, made from real passages: what the check of drafts is measured on.

Takes parsed reports and a seed; gives Markdown drafts with what was planted in each: true
quotations in the variants that officials make, and altered ones with one error each. The same
seed gives the same draft. Knows nothing about the check.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.markup import fold
from corpus.model import Report
from evals import alterations
from evals.drafter import Maker, Planted, nested

INVENTED = Path(__file__).parent / "drafts" / "invented.txt"
_WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x30, 0x3A)})
_NARROW = str.maketrans("（）％０１２３４５６７８９", "()%0123456789")


@dataclass(frozen=True, slots=True)
class PlantedDraft:
    """One draft."""

    name: str
    text: str
    planted: tuple[Planted, ...]


def drafts(reports: Sequence[Report], number: int) -> list[PlantedDraft]:
    """Return `number` drafts, the first of seed 0."""
    return [_draft(reports[seed % len(reports)], seed) for seed in range(number)]


def _draft(report: Report, seed: int) -> PlantedDraft:
    maker = Maker(report, seed)
    steps: list[Callable[[Maker], None]] = [
        *maker.random.sample(_TRUE, 3),
        *maker.random.sample(_WRONG, 3),
    ]
    maker.random.shuffle(steps)
    for step in steps:
        step(maker)
        maker.paragraphs.append(maker.random.choice(_OWN))
    notes = [f"[^{n}]: {note}" for n, note in enumerate(maker.notes, 1)]
    text = "\n\n".join(["# 検討資料", *maker.paragraphs, *notes]) + "\n"
    return PlantedDraft(f"planted-{seed:03}.md", text, tuple(maker.planted))


_OWN = (
    "本市では、令和8年度に3件、総額4億2,000万円を採択した。",
    "担当課では、引き続き「見える化」に取り組む。",
    "以上を踏まえ、令和9年度の予算要求では、12か所の整備を見込む。",
    "なお、関係条例の改正は、令和8年9月の議会に提案する予定である。",
    "出席した委員からは「もう少し早く知らせてほしい」との意見があった。",
)


def _plain_true(maker: Maker) -> None:
    passage, words = maker.take()
    maker.add("true:plain", words, passage)


def _trimmed(maker: Maker) -> None:
    passage, words = maker.take(lambda text: text.endswith("。"))
    maker.add("true:trimmed", words.removesuffix("。"), passage)


def _broken(maker: Maker) -> None:
    passage, words = maker.take(lambda text: len(text) > 30)
    at = len(words) // 2
    if words[at - 1].isascii() or words[at].isascii():
        maker.add("true:plain", words, passage)
        return
    maker.add("true:line break", f"{words[:at]}\n{words[at:]}", passage)


def _widened(maker: Maker) -> None:
    passage, words = maker.take(lambda text: bool(re.search(r"\d", text)))
    maker.add("true:width", words.translate(_WIDE), passage)


def _narrowed(maker: Maker) -> None:
    passage, words = maker.take(lambda text: "（" in text or "％" in text)
    maker.add("true:brackets", words.translate(_NARROW), passage)


def _omitted(maker: Maker) -> None:
    passage, words = maker.take(lambda text: text.count("、") >= 2)
    parts = words.split("、")
    if len(parts) < 3:
        maker.add("true:plain", words, passage)
        return
    maker.add("true:omission", f"{parts[0]}（中略）{parts[-1]}", passage)


_TRUE = (_plain_true, _trimmed, _broken, _widened, _narrowed, _omitted)


def _wrong(maker: Maker, kind: str, made: Callable[[str], str | None]) -> None:
    """Alter a sentence by `made`; where none can be altered so, quote one as it is."""

    def can(text: str) -> bool:
        altered = made(text)
        return altered is not None and maker.is_altered(altered)

    passage, words = maker.take(can)
    altered = made(words)
    if altered is None or not maker.is_altered(altered):
        maker.add("true:plain", words, passage)
    else:
        maker.add(kind, altered, passage)


def _digit(maker: Maker) -> None:
    _wrong(maker, "digit", alterations.digit)


def _particle(maker: Maker) -> None:
    _wrong(maker, "particle", alterations.particle)


def _fiscal(maker: Maker) -> None:
    _wrong(maker, "fiscal year", alterations.fiscal_year)


def _negation(maker: Maker) -> None:
    _wrong(maker, "negation", alterations.negation)


def _section(maker: Maker) -> None:
    passage, words = maker.take()
    report = maker.report
    near = {s.id for s in report.ancestors(passage.section_id)}
    others = [
        s
        for s in report.sections
        if s.level > 0
        and s.heading != maker.title
        and passage.section_id not in _below(report, s.id)
        and s.id not in near
        and fold(s.heading) != fold(report.section_by_id[passage.section_id].heading)
    ]
    wrong = maker.random.choice(others)
    if len([p for p in report.passages if fold(words) in fold(p.text)]) != 1:
        maker.add("true:plain", words, passage)
        return
    maker.planted.append(Planted("section", words))
    maker.paragraphs.append(
        f"「{words}」とされている（{maker.named}「{nested(wrong.heading)}」）。"
    )


def _below(report: Report, section_id: str) -> set[str]:
    """Return the ids of a section and of all under it."""
    found = {section_id}
    for child in report.children[section_id]:
        found |= _below(report, child.id)
    return found


def _invented(maker: Maker) -> None:
    pool = INVENTED.read_text(encoding="utf-8").split()
    maker.add("invented", maker.random.choice(pool), None)


def _figure(maker: Maker) -> None:
    passage, words = maker.take(lambda text: bool(re.search(r"\d{2,}[人件円％%か]", text)))
    found = re.search(r"\d[\d,]*(?=[人件円％%か])", words)
    if found is None:
        maker.add("true:plain", words, passage)
        return
    digits = found[0]
    at = len(digits) - 1
    wrong = digits[:at] + str((int(digits[at]) + 4) % 10)
    altered = words[: found.start()] + wrong + words[found.end() :]
    unit = re.match(r"[人件円％%か](?:所|国|月)?", words[found.end() :])
    said = wrong + (unit[0] if unit else "")
    if said in maker.folded or wrong in maker.folded:
        maker.add("true:plain", words, passage)
        return
    maker.planted.append(Planted("figure", said))
    maker.paragraphs.append(f"{maker.named}によれば、{altered.removesuffix('。')}。")


def _date(maker: Maker) -> None:
    passage, words = maker.take()
    about = maker.report.metadata
    wrong = re.sub(r"(\d+)月", lambda m: f"{int(m[1]) % 12 + 1}月", about.date or "")
    maker.planted += [Planted("date", wrong), Planted("true:plain", words)]
    maker.paragraphs.append(f"> {words}\n\n出典：{about.publisher}「{about.title}」（{wrong}）")
    del passage


def _heading(maker: Maker) -> None:
    passage, words = maker.take()
    about = maker.report.metadata
    wrong = maker.random.choice(
        ("総合的な評価の枠組み", "次年度以降の工程表", "有識者からの意見聴取")
    )
    maker.planted += [Planted("heading", wrong), Planted("true:plain", words)]
    maker.paragraphs.append(f"> {words}\n\n出典：{about.publisher}「{about.title}」「{wrong}」")
    del passage


def _title(maker: Maker) -> None:
    about = maker.report.metadata
    at = len(about.title) // 2
    wrong = f"{about.title[:at]}新{about.title[at + 1 :]}"
    maker.planted.append(Planted("title", wrong))
    maker.paragraphs.append(f"出典：{about.publisher}「{wrong}」（{about.date}）")


def _order(maker: Maker) -> None:
    passage, words = maker.take(lambda text: text.count("、") >= 2)
    parts = words.removesuffix("。").split("、")
    if len(parts) < 3 or min(len(parts[0]), len(parts[-1])) < 6:
        maker.add("true:plain", words, passage)
        return
    altered = f"{parts[-1]}（中略）{parts[0]}"
    if maker.folded.count(fold(parts[0])) > 1 or maker.folded.count(fold(parts[-1])) > 1:
        maker.add("true:plain", words, passage)
        return
    maker.add("order", altered, passage)


_WRONG = (
    _digit,
    _particle,
    _fiscal,
    _negation,
    _section,
    _invented,
    _figure,
    _date,
    _heading,
    _title,
    _order,
)
