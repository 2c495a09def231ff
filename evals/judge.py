"""One answer against its gold: everything the measures need, worked out once.

Takes a case, the answer object of the contract and the report's text; gives a `Judgement`.
Deterministic, without a language model. Knows nothing about means and intervals.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.markup import fold
from evals.cases import Case, Evidence

DEPTH = 10
"""Hits that are judged."""
LONGEST_HIT = 300
LONGEST_ROW = 800
"""Characters; a longer hit is no passage and does not count."""
LONGEST_ANSWER = 400
"""Characters; an answer may also be four times as long as its evidence."""
_SAME_PLACE = 8
"""Lines; a hit at the lines of the evidence counts when it spans no more."""

_MARKER = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ABSTAINED = ("not_in_report", "unsure")

ALONE = "alone"
"""Field of a run's answer: status and citations of the same question without a conversation."""

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an answer fares; None stands for what does not apply to its case."""

    case: Case
    gold: tuple[Evidence, ...]
    """The evidence, or the alternative that the answer fits best."""
    status: str
    confidence: float | None
    is_abstained: bool
    is_success: bool
    """Strict: all facts, half of the citations on gold, some gold cited, not too long."""
    relevant: tuple[bool, ...]
    """For each judged hit, whether it holds some evidence."""
    found_at: tuple[int | None, ...]
    """For each evidence, the rank from 1 of the first hit that holds it."""
    section_at: tuple[int | None, ...]
    """For each gold section, the rank of the first hit in it."""
    citation_precision: float | None
    citation_recall: float | None
    pinpoint: float | None
    """Share of the citations on gold whose lines and section are those of the gold."""
    verbatim: float | None
    """Share of the quotations that stand at their place in the report."""
    resolved: float | None
    """Share of markers and citations that belong to each other."""
    facts: float | None
    unsupported_numbers: int
    """Numbers and dates in sentences with a marker that no citation contains."""
    length: int
    contaminated: float | None
    """1 where the topic before still shows in the answer to a new one, 0 where it does not."""


def judge(case: Case, answer: Json, text: str) -> Judgement:
    """Judge `answer` to `case`; `text` is the source of the report it cites."""
    citations = answer.get("citations") or []
    best = max(
        case.evidence_sets, key=lambda group: _fit(group, citations, answer.get("hits") or [])
    )
    status = str(answer.get("status", "missing"))
    abstained = status in _ABSTAINED
    hits = [hit for hit in (answer.get("hits") or [])[:DEPTH]]
    precision = _precision(best, citations) if case.answerable and not abstained else None
    recall = _share(_is_cited(e, citations) for e in best) if case.answerable else None
    facts = _facts(case, str(answer.get("answer", ""))) if case.answerable else None
    length = len(fold(str(answer.get("answer", ""))))
    return Judgement(
        case=case,
        gold=best,
        status=status,
        confidence=answer.get("confidence"),
        is_abstained=abstained,
        is_success=_is_success(case, status, citations, best, facts, precision, recall, length),
        relevant=tuple(any(_holds(hit, e) for e in best) for hit in hits),
        found_at=tuple(_rank([_holds(hit, e) for hit in hits]) for e in best),
        section_at=tuple(_rank([_in_section(hit, s) for hit in hits]) for s in case.sections),
        citation_precision=precision,
        citation_recall=recall,
        pinpoint=_pinpoint(case, best, citations),
        verbatim=_share(_is_verbatim(c, text) for c in citations),
        resolved=_resolved(str(answer.get("answer", "")), citations),
        facts=facts,
        unsupported_numbers=_unsupported(str(answer.get("answer", "")), citations),
        length=length,
        contaminated=_contaminated(answer),
    )


def _is_success(
    case: Case,
    status: str,
    citations: Sequence[Json],
    best: Sequence[Evidence],
    facts: float | None,
    precision: float | None,
    recall: float | None,
    length: int,
) -> bool:
    if case.answerable is None:
        return status == "smalltalk" and not citations
    if not case.answerable:
        return status in _ABSTAINED and not citations
    limit = max(LONGEST_ANSWER, 4 * sum(len(fold(e.quote)) for e in best))
    enough = facts == 1.0 and (precision or 0.0) >= 0.5 and (recall or 0.0) > 0
    return status not in _ABSTAINED and enough and length <= limit


def _fit(
    group: Sequence[Evidence], citations: Sequence[Json], hits: Sequence[Json]
) -> tuple[float, bool]:
    cited = (_share(_is_cited(e, citations) for e in group) or 0.0) + _precision(group, citations)
    return cited, any(_holds(hit, e) for hit in hits[:5] for e in group)


def _lines(place: Json) -> tuple[int, int] | None:
    first, last = place.get("line_start"), place.get("line_end")
    return (int(first), int(last or first)) if first is not None else None


def _holds(hit: Json, evidence: Evidence) -> bool:
    """True where a hit of a passage's size holds the evidence."""
    text = fold(str(hit.get("text", "")))
    if len(text) > (LONGEST_ROW if hit.get("table") else LONGEST_HIT):
        return False
    if fold(evidence.quote) in text:
        return True
    lines = _lines(hit)
    first, last = evidence.lines
    near = lines is not None and lines[0] <= first and last <= lines[1]
    return near and lines is not None and lines[1] - lines[0] <= _SAME_PLACE


def _overlaps(citation: Json, evidence: Evidence) -> bool:
    lines = _lines(citation)
    return lines is not None and lines[0] <= evidence.lines[1] and evidence.lines[0] <= lines[1]


def _is_cited(evidence: Evidence, citations: Sequence[Json]) -> bool:
    """True where a quotation holds the evidence, or half of it at its lines."""
    wanted = fold(evidence.quote)
    for citation in citations:
        quote = fold(str(citation.get("quote", "")))
        part = quote and quote in wanted and 2 * len(quote) >= len(wanted)
        if wanted in quote or (part and _overlaps(citation, evidence)):
            return True
    return False


def _is_on_gold(citation: Json, group: Sequence[Evidence]) -> bool:
    quote = fold(str(citation.get("quote", "")))
    return any(
        fold(e.quote) in quote
        or (len(quote) >= 4 and quote in fold(e.quote))
        or _overlaps(citation, e)
        for e in group
    )


def _precision(group: Sequence[Evidence], citations: Sequence[Json]) -> float:
    return _share(_is_on_gold(c, group) for c in citations) or 0.0


def _pinpoint(case: Case, group: Sequence[Evidence], citations: Sequence[Json]) -> float | None:
    on_gold = [c for c in citations if _is_on_gold(c, group)]
    return _share(
        any(_overlaps(c, e) for e in group)
        and (not case.sections or any(_in_section(c, s) for s in case.sections))
        for c in on_gold
    )


def _in_section(place: Json, heading: str) -> bool:
    return fold(heading) in [fold(str(h)) for h in place.get("section_path") or ()]


def _is_verbatim(citation: Json, text: str) -> bool:
    quote = fold(str(citation.get("quote", "")))
    start, end = citation.get("char_start"), citation.get("char_end")
    place = text[start:end] if start is not None and end is not None else text
    return bool(quote) and quote in fold(place)


def _resolved(answer: str, citations: Sequence[Json]) -> float | None:
    marked = set(map(int, _MARKER.findall(answer)))
    numbered = {int(c.get("number", 0)) for c in citations}
    either = marked | numbered
    return len(marked & numbered) / len(either) if either else None


def _facts(case: Case, answer: str) -> float:
    words = fold(answer)
    return _share(any(fold(s) in words for s in fact) for fact in case.key_facts) or 0.0


def _unsupported(answer: str, citations: Sequence[Json]) -> int:
    known = _numbers("\n".join(str(c.get("quote", "")) for c in citations))
    lines = [line for line in answer.splitlines() if _MARKER.search(line)]
    return len(_numbers(_MARKER.sub(" ", "\n".join(lines))) - known)


def _numbers(text: str) -> set[str]:
    """Return the numbers of `text`; a space parts two of them (31,200 28,900)."""
    return {number for word in text.split() for number in _NUMBER.findall(fold(word))}


def _contaminated(answer: Json) -> float | None:
    if ALONE not in answer:
        return None
    with_history, alone = (
        (part.get("status"), [(c.get("char_start"), c.get("char_end")) for c in part["citations"]])
        for part in (answer, answer[ALONE])
    )
    return float(with_history != alone)


def _rank(matches: Sequence[bool]) -> int | None:
    return next((rank for rank, match in enumerate(matches, start=1) if match), None)


def _share(values: Iterable[object]) -> float | None:
    """Return the share of true values, None where there are none."""
    found = [bool(value) for value in values]
    return sum(found) / len(found) if found else None
