"""Gold questions: their schema, reading them, and what is wrong with a set.

Takes JSONL files; gives `Case`s, or problems with line and reason. `evals/README.md` describes
the schema. Knows nothing about answers.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import InputError
from corpus.markup import fold
from corpus.model import Report


class Evidence(BaseModel):
    """Words of the report that support an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lines: tuple[int, int]
    """First and last line, 1-based."""
    quote: str
    """Verbatim, apart from markup and white space."""


class Case(BaseModel):
    """One question with its gold answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    question: str
    kind: str
    """fact, list, table, paraphrase, multi, reason, unanswerable, conversation or smalltalk."""
    answerable: bool | None
    """None for small talk, which wants neither an answer from the report nor a refusal."""
    history: tuple[str, ...] = ()
    """Earlier turns of the user, oldest first."""
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[tuple[Evidence, ...], ...] = ()
    """Other evidence that suffices by itself."""
    sections: tuple[str, ...] = ()
    """Headings of the sections that the evidence stands in."""
    key_facts: tuple[tuple[str, ...], ...] = ()
    """For each fact that the answer must contain, its spellings."""
    topic: str | None = None
    """Of a conversation: followup or switch."""
    style: str | None = Field(default=None, alias="register")
    """How it is worded: polite, keyword, casual, full-width, romaji …"""
    split: str = "dev"
    source: str = "written"
    report: str | None = None
    """Id of the report that is asked; None for all."""
    note: str = ""

    @property
    def evidence_sets(self) -> tuple[tuple[Evidence, ...], ...]:
        """The evidence and its alternatives."""
        return (self.evidence, *self.alternatives)


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a set.

    Raises:
        InputError: the file cannot be read, or a line is not a case; the line is named.
    """
    return [case for _, case in numbered_cases(path)]


def numbered_cases(path: Path) -> Iterator[tuple[int, Case]]:
    """Yield (line, case) for the cases of a set; raises like `read_cases`."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"評価用の質問「{path}」を読めません。") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, Case.model_validate(json.loads(line))
        except (ValueError, ValidationError) as error:
            raise InputError(f"「{path}」の{number}行目を読めません（{_why(error)}）。") from error


def _why(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return "JSON ではありません"
    names = "・".join(dict.fromkeys(str(e["loc"][0]) for e in error.errors() if e["loc"]))
    return f"{names or '全体'} が正しくありません"


def problems(path: Path, report: Report) -> list[str]:
    """Return what is wrong with a set on `report`, one Japanese line each with its line number."""
    headings = {fold(section.heading) for section in report.sections}
    source = report.text.split("\n")
    seen: set[str] = set()
    found: list[str] = []
    for number, case in numbered_cases(path):
        reasons = [*_duplicates(case, seen), *_gold(case), *_places(case, source)]
        reasons += [f"節「{s}」がありません" for s in case.sections if fold(s) not in headings]
        found += [f"{number}行目（{case.id}）：{reason}。" for reason in reasons]
        seen.add(case.id)
    return found


def _duplicates(case: Case, seen: set[str]) -> list[str]:
    return ["同じ id が前にあります"] if case.id in seen else []


def _gold(case: Case) -> list[str]:
    if case.answerable:
        return [] if case.evidence and case.key_facts else ["根拠か要点がありません"]
    return ["答えのない質問に根拠があります"] if case.evidence or case.key_facts else []


def _places(case: Case, source: Sequence[str]) -> Iterator[str]:
    """Yield the quotations and key facts that the report does not bear out."""
    for evidence in (e for group in case.evidence_sets for e in group):
        first, last = evidence.lines
        if fold(evidence.quote) not in fold("".join(source[first - 1 : last])):
            yield f"引用「{evidence.quote[:20]}」が{first}～{last}行目にありません"
    groups = [fold("".join(e.quote for e in group)) for group in case.evidence_sets]
    for spellings in case.key_facts:
        if not any(fold(s) in quotes for s in spellings for quotes in groups):
            yield f"要点「{spellings[0]}」が根拠にありません"
