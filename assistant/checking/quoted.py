"""The judgment on a quotation: found, altered, elsewhere, not found, or no concern of ours.

Takes a quotation, whose words it is said to be, and the reports; gives a `Finding`. Words stand
in a report exactly or not at all; likeness only tells what an alarm says.
"""

from collections.abc import Callable, Sequence

from assistant.checking.attribution import Attribution, Owner
from assistant.checking.findings import finding_at
from assistant.checking.folded import fold_text
from assistant.checking.kinds import kind_of
from assistant.checking.lookup import Occurrence, Shelf, passages_at
from assistant.checking.nearest import ALIKE, Near, nearest
from assistant.checking.places import spots
from assistant.checking.quotations import Quotation
from assistant.checking.result import Apart, Finding, Subject, Verdict
from assistant.checking.wording import SAID
from corpus.model import Span

_ALIKE_UNSAID = 0.75
"""Likeness from which words that are said to be nobody's are taken for a report's, altered."""
_ALIKE_TERM = 0.75
"""The same for a long one."""
_FAMILIAR = 0.85
"""Likeness from which even a term, in a sentence on the report, is taken for an altered one."""

_CITED = 10
"""Characters from which what is cited with its place is a quotation, whatever its form."""
_LONG = 15
"""Characters from which words that nearly stand in a report were taken from it."""
_NAME = 8
"""Characters up to which a term is a name, which no place of a report has for itself."""

_APART = {
    Apart.TERM: "用語や標語とみて、照合していません。",
    Apart.LAW: "法令の名称とみて、照合していません。",
    Apart.TITLE: "文書などの題名とみて、照合していません。",
    Apart.OTHER_SOURCE: "ほかの資料や人の言葉とみて、照合していません。",
    Apart.UNATTRIBUTED: "報告書の言葉とは書かれておらず、どの報告書にも見当たりません。",
}


def judged(quotation: Quotation, said: Attribution, after: str, shelf: Shelf) -> Finding:
    """Return what becomes of a quotation.

    Args:
        quotation: with its parts.
        said: whose words it is said to be.
        after: the text behind its closing bracket.
        shelf: the reports.
    """
    parts = [fold_text(part.of(quotation.text)).text for part in quotation.parts]
    parts = [part for part in parts if part]
    if not parts:
        return _apart(quotation, Apart.TERM)
    kind = kind_of(quotation.text, quotation.bracket, after, said.owner is Owner.OURS)
    if kind is Apart.TERM and said.places and len(quotation.text) >= _CITED:
        kind = None
    if kind is not None and said.owner is not Owner.OURS:
        return _apart(quotation, kind)  # that a report has the word too says nothing
    if found := _preferred(shelf.find(parts, said.reports) or shelf.find(parts), said):
        return _found(quotation, found, said)
    if said.owner is Owner.OTHER and not said.is_firm and len(quotation.text) >= _LONG:
        near = max(filter(None, (nearest(shelf, p) for p in parts)), key=_likeness, default=None)
        if _likeness(near) >= _FAMILIAR and near:
            return _altered(quotation, near)
    if said.owner is Owner.OTHER:
        return _apart(quotation, kind if kind in (Apart.LAW, Apart.TITLE) else Apart.OTHER_SOURCE)
    if len(parts) > 1 and (ordered := _out_of_order(parts, quotation, said, shelf)):
        return ordered
    return _missed(parts, quotation, said, after, shelf, kind)


def _preferred(found: Sequence[Occurrence], said: Attribution) -> Occurrence | None:
    """Return the place that a reference names, else one that is not negated, else the first."""
    if not found:
        return None
    tests: tuple[Callable[[Occurrence], bool], ...] = (
        lambda each: not each.is_negated and not _is_elsewhere(each, said),
        lambda each: not each.is_negated,
    )
    for test in tests:
        for each in found:
            if test(each):
                return each
    return found[0]


def _is_elsewhere(found: Occurrence, said: Attribution) -> bool:
    """True where the reference names places of the report and this is in none of them."""
    if said.reports and found.report not in said.reports:
        return True
    there = spots(found.report, said.places)
    return there is not None and not any(p.section_id in there for p in found.passages)


def _found(quotation: Quotation, found: Occurrence, said: Attribution) -> Finding:
    if found.is_negated:
        return finding_at(
            Subject.QUOTATION,
            Verdict.ALTERED,
            quotation.where,
            quotation.text,
            "報告書では、この言葉のすぐ後に打ち消しが続きます。引用の終わりを確かめてください。",
            found.report,
            found.passage,
            _to_end(found),
        )
    kind = kind_of(quotation.text, quotation.bracket, "", True)
    is_name = kind in (Apart.TERM, Apart.TITLE)
    is_name &= len(quotation.text) <= _NAME
    if said.owner is Owner.OURS and not is_name and _is_elsewhere(found, said):
        return finding_at(
            Subject.QUOTATION,
            Verdict.ELSEWHERE,
            quotation.where,
            quotation.text,
            "言葉は報告書にありますが、示された箇所ではなく、別の箇所です。",
            found.report,
            found.passage,
            found.spans[0],
        )
    return finding_at(
        Subject.QUOTATION,
        Verdict.FOUND,
        quotation.where,
        quotation.text,
        "報告書のとおりです。",
        found.report,
        found.passage,
        found.spans[0],
    )


def _to_end(found: Occurrence) -> Span:
    last = passages_at(found.report, found.spans[-1])[-1]
    return Span(found.spans[0].start, max(found.spans[-1].end, last.span.end))


def _out_of_order(
    parts: Sequence[str], quotation: Quotation, said: Attribution, shelf: Shelf
) -> Finding | None:
    """Return an alarm where each part stands in one report, but not in the given order."""
    for report in said.reports or shelf.reports:
        places = [shelf.find([part], [report]) for part in parts]
        if all(places):
            return finding_at(
                Subject.QUOTATION,
                Verdict.ALTERED,
                quotation.where,
                quotation.text,
                "（中略）でつないだ言葉の順序が、報告書と違います。",
                report,
                places[0][0].passage,
                places[0][0].spans[0],
            )
    return None


def _missed(
    parts: Sequence[str],
    quotation: Quotation,
    said: Attribution,
    after: str,
    shelf: Shelf,
    kind: Apart | None,
) -> Finding:
    lost = [part for part in parts if not shelf.find([part], said.reports)] or list(parts)
    where = said.reports if said.owner is Owner.OURS else ()
    found = [nearest(shelf, part, where) for part in lost]
    near = max((each for each in found if each), key=lambda each: each.likeness, default=None)
    is_ours = said.owner is Owner.OURS
    needed = ALIKE if is_ours else _ALIKE_UNSAID
    if kind is not None:
        # A title or law of nearly the same name is another one; a term of the cited report is not.
        needed_of_term = _ALIKE_TERM if len(quotation.text) >= _LONG else _FAMILIAR
        if not is_ours or kind is not Apart.TERM or _likeness(near) < needed_of_term:
            return _apart(quotation, kind)
    if near is not None and near.likeness >= needed:
        return _altered(quotation, near)
    if said.owner is Owner.UNKNOWN and not (said.reports and SAID.match(after)):
        return _apart(quotation, Apart.UNATTRIBUTED)
    return Finding(
        Subject.QUOTATION,
        Verdict.NOT_FOUND,
        quotation.where,
        quotation.text,
        "この言葉は、どの報告書にも見当たりません。",
    )


def _likeness(near: Near | None) -> float:
    return near.likeness if near else 0.0


def _altered(quotation: Quotation, near: Near) -> Finding:
    return finding_at(
        Subject.QUOTATION,
        Verdict.ALTERED,
        quotation.where,
        quotation.text,
        "報告書の言葉と違うところがあります。",
        near.report,
        passages_at(near.report, near.span)[0],
        near.span,
        near.edits,
    )


def _apart(quotation: Quotation, kind: Apart) -> Finding:
    return Finding(
        Subject.QUOTATION,
        Verdict.APART,
        quotation.where,
        quotation.text,
        _APART[kind],
        apart=kind,
    )
