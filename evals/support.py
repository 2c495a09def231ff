"""How well the check of a model's sentences tells true ones from altered ones.

    python -m evals.support

Takes the sentences of seven reports, as a model might repeat them: verbatim, quoted, reported, and
with one error each; prints how many of each kind the check lets pass. True ones should, altered
ones should not. No model is needed; how often a model errs is another question.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from assistant.writing.evidence import Evidence, Piece
from assistant.writing.reply import sentences_of
from assistant.writing.support import check
from corpus.japanese import sentences
from corpus.markup import plain
from corpus.model import Passage, PassageKind, Report
from evals import alterations
from evals.drafting import reports

_SHORTEST = 14
_EACH = 120
"""Sentences of a report that are taken, at most."""
_DONE = re.compile(r"(検討|推進|促進|実現|支援|強化|整備|実施)(?:する|していく|を進める)?$")

Alter = Callable[[str], str | None]

TRUE: dict[str, Alter] = {
    "verbatim": lambda text: text,
    "quoted": lambda text: f"「{text}」と記載されています",
    "reported": lambda text: f"報告書では、{text}とされています",
}
FALSE: dict[str, Alter] = {
    "digit": alterations.digit,
    "fiscal year": alterations.fiscal_year,
    "negation": alterations.negation,
    "said to be done": lambda text: _done(text),
}


def _done(text: str) -> str | None:
    altered = _DONE.sub(r"\1した", text)
    return altered if altered != text else None


def _sentences(report: Report) -> list[tuple[Passage, str]]:
    found = []
    for passage in report.passages:
        if passage.kind in (PassageKind.ITEM, PassageKind.PARAGRAPH):
            text = plain(passage.text)
            spans = [span.of(text).rstrip("。") for span in sentences(text)]
            found += [(passage, words) for words in spans if len(words) >= _SHORTEST]
    random.Random(0).shuffle(found)  # noqa: S311 - a sample, not a secret
    return found[:_EACH]


def judged(report: Report) -> Iterator[tuple[str, bool]]:
    """Yield the kind of each sentence and whether the check lets it pass."""
    found = _sentences(report)
    for at, (passage, text) in enumerate(found):
        other = found[(at + len(found) // 2) % len(found)][0]
        given = Evidence((Piece("k1k1", report, passage), Piece("k2k2", report, other)))
        for kind, alter in (TRUE | FALSE).items():
            if (altered := alter(text)) is not None:
                yield kind, _passes(f"{altered}[k1k1]。", given)
        if other.id != passage.id:
            yield "another passage", _passes(f"{text}[k2k2]。", given)


def _passes(reply: str, given: Evidence) -> bool:
    return all(check(sentence, given, "").holds for sentence in sentences_of(reply))


def figures(given: Sequence[Report]) -> dict[str, tuple[int, int]]:
    """Return for each kind how many pass, of how many."""
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for report in given:
        for kind, is_passed in judged(report):
            total[kind] += 1
            passed[kind] += is_passed
    return {kind: (passed[kind], total[kind]) for kind in total}


if __name__ == "__main__":
    for name, (count, of) in figures(reports()).items():
        print(f"{name:16} {count:4} / {of} pass")
