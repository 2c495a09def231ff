"""Cases drafted from what users thought of the answers they got.

Takes the feedback that a front end has kept and the reports it is about; gives cases to be
completed by a person. An answer that was praised lends its quotations as evidence and leaves the
key facts to be filled in; for any other, the note says what was amiss. `eval check` names what is
still missing. Knows nothing about where feedback is kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.answer import Status
from corpus.markup import fold
from corpus.model import Report


class Verdict(StrEnum):
    """What a user thought of an answer."""

    GOOD = "good"
    BAD = "bad"
    SOURCE = "source"
    """The source is the wrong one, whatever the answer."""


@dataclass(frozen=True, slots=True)
class JudgedCitation:
    """A citation of the judged answer."""

    section_id: str
    line_start: int | None
    """1-based, inclusive; None for paged formats."""
    line_end: int | None
    quote: str
    report: str | None = None
    """Id of the cited report; None where only one was asked."""


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """What of an answer is kept beside the verdict."""

    status: Status
    answer: str
    citations: tuple[JudgedCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict of a user on one answer."""

    at: str
    """When, in ISO 8601 with the time zone."""
    report: str | None
    """Id of the report that was asked; None for all."""
    question: str
    history: tuple[str, ...]
    """Earlier turns of the user, oldest first."""
    verdict: Verdict
    answer: JudgedAnswer


def judged(answer: Mapping[str, Any]) -> JudgedAnswer:
    """Return what is kept of an answer object (`Answer.as_dict`)."""
    citations = (
        JudgedCitation(c["section_id"], c["line_start"], c["line_end"], c["quote"], c["report"])
        for c in answer["citations"]
    )
    return JudgedAnswer(Status(answer["status"]), str(answer["answer"]), tuple(citations))


def drafted_cases(
    given: Iterable[Feedback], reports: Mapping[str, Report]
) -> Iterator[dict[str, Any]]:
    """Yield a draft case for each question; where a user changed their mind, the last counts."""
    last = {(each.report, each.question, each.history): each for each in given}
    for number, feedback in enumerate(last.values(), start=1):
        yield {"id": f"feedback-{number:03}", **_case(feedback, reports)}


def _case(feedback: Feedback, reports: Mapping[str, Report]) -> dict[str, Any]:
    praised = feedback.verdict is Verdict.GOOD
    answer = feedback.answer
    good = list(_standing(answer.citations, feedback, reports)) if praised else []
    return {
        "kind": _kind(answer.status, praised),
        "question": feedback.question,
        "history": list(feedback.history),
        "answerable": _answerable(answer.status, praised),
        "evidence": [{"lines": [c.line_start, c.line_end], "quote": c.quote} for c in good],
        "sections": list(dict.fromkeys(_headings(good, feedback, reports))),
        "key_facts": [],
        "report": report_of(feedback),
        "source": "feedback",
        "note": _note(feedback, len(good)),
    }


def report_of(feedback: Feedback) -> str | None:
    """Return the id of the report that feedback is about: the one asked, or the first cited."""
    cited = [c.report for c in feedback.answer.citations if c.report]
    return feedback.report or (cited[0] if cited else None)


def _standing(
    citations: Sequence[JudgedCitation], feedback: Feedback, reports: Mapping[str, Report]
) -> Iterator[JudgedCitation]:
    """Yield the citations that the report of the case still bears out."""
    report = reports.get(report_of(feedback) or "")
    for citation in citations:
        if report is None or citation.report not in (None, report.id) or not citation.line_start:
            continue
        lines = report.text.split("\n")[citation.line_start - 1 : citation.line_end]
        if fold(citation.quote) in fold("".join(lines)):
            yield citation


def _headings(
    citations: Iterable[JudgedCitation], feedback: Feedback, reports: Mapping[str, Report]
) -> Iterator[str]:
    report = reports.get(report_of(feedback) or "")
    for citation in citations:
        if report and (section := report.section_by_id.get(citation.section_id)):
            yield section.heading


def _kind(status: Status, praised: bool) -> str:
    if status is Status.SMALLTALK:
        return "smalltalk"
    return "unanswerable" if praised and status is not Status.ANSWERED else "fact"


def _answerable(status: Status, praised: bool) -> bool | None:
    if status is Status.SMALLTALK:
        return None
    return not praised or status is Status.ANSWERED


_AMISS = {
    Verdict.BAD: "利用者の評価は「よくない」です。正しい根拠と要点を書くか、"
    "報告書にないことなら answerable を false にしてください。",
    Verdict.SOURCE: "利用者の評価は「出典が違う」です。正しい根拠と要点を書いてください。",
}


def _note(feedback: Feedback, standing: int) -> str:
    said = f"{feedback.at} の答え：{feedback.answer.answer}"
    if feedback.verdict is not Verdict.GOOD:
        return f"{_AMISS[feedback.verdict]}{said}"
    if feedback.answer.status is not Status.ANSWERED:
        return f"利用者の評価は「よい」です。{said}"
    gone = len(feedback.answer.citations) - standing
    lost = f"今の報告書にない引用{gone}件を除きました。" if gone else ""
    return f"利用者の評価は「よい」です。要点を書いてください。{lost}{said}"
