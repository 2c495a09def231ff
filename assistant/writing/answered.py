"""What a model wrote, beside what the quote mode answered → the answer object.

Takes the writer's events and the answer of the quote mode; gives the same events and, last, the
`Answer`. Whatever goes wrong with the model ends in the quote mode's answer with a note: there is
never an empty success. Knows nothing about prompts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import (
    Answer,
    Checked,
    Citation,
    Note,
    NoteKind,
    Status,
    WrittenSentence,
)
from assistant.cite import place_of
from assistant.refusing.refuse import not_in_report
from assistant.writing.evidence import Evidence, Piece, evidence
from assistant.writing.reply import Sentence
from assistant.writing.support import REASONS, Check
from assistant.writing.write import Event, Line, Outcome, Writer, Written
from corpus.markup import quotable
from corpus.model import Passage
from index.snapshot import Snapshot

_ASKED = frozenset({Status.ANSWERED, Status.NOT_IN_REPORT, Status.UNSURE})
"""What the quote mode makes of a question that a model may answer."""

_SHOWN = (Checked.VERIFIED, Checked.REPAIRED)
MARKS = {Checked.UNVERIFIED: "（未確認）", Checked.UNSOURCED: "（出典なし）"}
"""What stands behind a sentence that is shown though it is not verified."""

_INSTEAD = "報告書の言葉による答えを示します。"
_NEARBY = 3


def answered(
    writer: Writer, quoted: Answer, passages: Sequence[Passage], snapshot: Snapshot
) -> Iterator[Event | Answer]:
    """Yield the writer's events and the answer that they come to.

    Args:
        writer: with its model.
        quoted: the answer of the quote mode.
        passages: what the model may use, best first.
        snapshot: where they are from.
    """
    if quoted.status not in _ASKED or not passages:
        yield quoted
        return
    given = evidence(passages, snapshot)
    for event in writer.write(quoted.standalone_question, given):
        if isinstance(event, Written):
            yield _answer(event, quoted, given, writer.model.name)
        else:
            yield event


def so_far(checks: Sequence[Check]) -> tuple[str, tuple[Citation, ...]]:
    """Return text and citations of the sentences that hold, while a model is still writing."""
    cited: dict[str, Citation] = {}
    text = [
        _line(each.sentence, "".join(f"[{_number(piece, cited)}]" for piece in each.pieces))
        for each in checks
        if each.holds
    ]
    return "\n\n".join(text), tuple(cited.values())


def _answer(written: Written, quoted: Answer, given: Evidence, name: str) -> Answer:
    provenance = {
        **quoted.provenance,
        "mode": name,
        "tokens": {"prompt": written.usage.prompt, "completion": written.usage.completion},
        "rounds": written.rounds,
    }
    if written.outcome is Outcome.ABSTAINED:
        return replace(_abstained(quoted, given), mode=name, provenance=provenance)
    if written.outcome is Outcome.USELESS:
        note = Note(NoteKind.MODEL, f"{written.trouble}{_INSTEAD}")
        told = {**provenance, "mode": quoted.mode, "model": name}
        sentences = tuple(_told(line, ()) for line in written.lines)
        return replace(quoted, notes=(*quoted.notes, note), sentences=sentences, provenance=told)
    return replace(_composed(written.lines, quoted, given), mode=name, provenance=provenance)


def _abstained(quoted: Answer, given: Evidence) -> Answer:
    """Return the answer that the report does not say; the nearest sections are named."""
    if quoted.status is not Status.ANSWERED:
        return quoted
    notes = [note for note in quoted.notes if note.kind is NoteKind.PREMISE]
    near = {piece.passage.section_id: piece for piece in reversed(given.pieces)}
    for section, piece in list(reversed(near.items()))[:_NEARBY]:
        notes.append(Note(NoteKind.NEARBY, f"近い箇所：{piece.heading}", section))
    return replace(
        quoted,
        status=Status.NOT_IN_REPORT,
        answer=not_in_report().lead,
        citations=(),
        confidence=None,
        notes=tuple(notes),
    )


def _composed(lines: Sequence[Line], quoted: Answer, given: Evidence) -> Answer:
    cited: dict[str, Citation] = {}
    text: list[str] = []
    told: list[WrittenSentence] = []
    is_filled = False
    for line in lines:
        if line.checked in _SHOWN:
            numbers = tuple(_number(piece, cited) for piece in line.check.pieces)
            text.append(_line(line.check.sentence, "".join(f"[{number}]" for number in numbers)))
            told.append(_told(line, numbers))
        elif line.checked in MARKS:
            text.append(_line(line.check.sentence, MARKS[line.checked]))
            told.append(_told(line, ()))
        else:
            filling = "" if is_filled else _quoted_lines(quoted, cited)
            is_filled = is_filled or bool(filling)
            text += [filling] if filling else []
            told.append(_told(line, (), Checked.REPLACED if filling else None))
    notes = _notes(quoted, told)
    return replace(
        quoted,
        status=Status.ANSWERED,
        answer="\n\n".join(text),
        citations=tuple(cited.values()),
        confidence=None,
        notes=notes,
        sentences=tuple(told),
    )


def _quoted_lines(quoted: Answer, cited: dict[str, Citation]) -> str:
    """Return the quote mode's claims that rest on what is not cited yet, with new numbers."""
    known = {(c.place.report, c.place.char_start) for c in cited.values()}
    new = [c for c in quoted.citations if (c.place.report, c.place.char_start) not in known]
    if quoted.status is not Status.ANSWERED or not new:
        return ""
    out = []
    for citation in new:
        number = len(cited) + 1
        cited[f"quoted {citation.number}"] = replace(citation, number=number)
        out.append(f"「{' '.join(citation.quote.split())}」 [{number}]")
    return "\n\n".join(out)


def _number(piece: Piece, cited: dict[str, Citation]) -> int:
    if piece.passage.id not in cited:
        place = place_of(piece.report, piece.passage, piece.span)
        quote = quotable(piece.passage.text)
        cited[piece.passage.id] = Citation(len(cited) + 1, place, quote)
    return cited[piece.passage.id].number


def _line(sentence: Sentence, behind: str) -> str:
    return f"{'- ' if sentence.is_item else ''}{sentence.text} {behind}"


def _told(line: Line, numbers: Sequence[int], checked: Checked | None = None) -> WrittenSentence:
    fault = line.check.fault
    return WrittenSentence(
        line.check.sentence.text,
        checked or line.checked,
        tuple(numbers),
        REASONS[fault] if fault else None,
    )


def _notes(quoted: Answer, told: Sequence[WrittenSentence]) -> tuple[Note, ...]:
    dropped = (NoteKind.NEARBY, NoteKind.ORIGINAL_SPELLING, NoteKind.SECOND_HAND)
    kept = [note for note in quoted.notes if note.kind not in dropped]
    if quoted.status is not Status.ANSWERED:
        kept = [note for note in kept if note.kind is not NoteKind.MISSING]
    left_out = sum(each.checked in (Checked.DROPPED, Checked.REPLACED) for each in told)
    if left_out:
        text = f"言語モデルが書いた文のうち{left_out}文は、報告書で確かめられないため除きました。"
        kept.append(Note(NoteKind.MODEL, text))
    return tuple(kept)
