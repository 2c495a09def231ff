"""Stage 5: nothing false leaves the house.

Takes a cited draft; gives it without the claims that do not hold. A claim holds when every
quotation stands in the report at its place, and every part of its text, with every number,
stands in what it cites. Nothing is matched fuzzily.
"""

import re
from dataclasses import replace

from assistant.cite import CitedDraft, cite
from assistant.composing.draft import Claim, Source
from assistant.refusing.refuse import unsure
from corpus.markup import fold

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SEPARATORS = re.compile(r"[：:、　\s]+")


def verify(cited: CitedDraft) -> CitedDraft:
    """Return the answer without the claims that their sources do not bear out.

    Where none holds, nothing is answered: the question is left unsure.
    """
    draft = cited.draft
    kept = tuple(claim for claim in draft.claims if _holds(claim))
    if kept == draft.claims:
        return cited
    return cite(replace(draft, claims=kept) if kept else unsure())


def is_verbatim(quote: str, source: str) -> bool:
    """True where `quote` stands in `source`, apart from white space, width and markup."""
    folded = fold(quote)
    return bool(folded) and folded in fold(source)


def _holds(claim: Claim) -> bool:
    if not claim.sources or not all(_quote_stands(source) for source in claim.sources):
        return False
    cited = "\n".join(fold(source.quote) for source in claim.sources)
    parts = [part for part in _SEPARATORS.split(claim.text) if part]
    numbers = _numbers(claim.text) - {n for s in claim.sources for n in _numbers(s.quote)}
    return not numbers and (fold(claim.text) in cited or all(fold(p) in cited for p in parts))


def _numbers(text: str) -> set[str]:
    """Return the numbers of `text`; a space parts two of them (31,200 28,900)."""
    return {number for word in text.split() for number in _NUMBER.findall(fold(word))}


def _quote_stands(source: Source) -> bool:
    """True where the quotation is the report's text at its span, inside its passage."""
    span, passage = source.span, source.passage.span
    inside = passage.start <= span.start < span.end <= passage.end
    return inside and is_verbatim(source.quote, span.of(source.report.text))
