"""The result of a draft's check as text for a terminal.

Takes a manuscript and a result; gives rich `Text`, which is plain where the output is not a
terminal. Words of a draft or a report pass through `safe` and are never read as markup.
"""

from collections import Counter
from collections.abc import Sequence

from rich.text import Text

from assistant.checking.manuscript import Manuscript, Paragraph, ParagraphKind
from assistant.checking.result import Apart, Edit, Finding, Result, Subject, Verdict
from ui.screen import safe

_DIM = "bright_black"
VERDICTS = {
    Verdict.ALTERED: "違いがあります",
    Verdict.NOT_FOUND: "見当たりません",
    Verdict.ELSEWHERE: "箇所が違います",
    Verdict.FOUND: "報告書のとおり",
    Verdict.APART: "照合の対象外",
}
SUBJECTS = {Subject.QUOTATION: "引用", Subject.FIGURE: "数字・日付", Subject.SOURCE: "出典"}
APART = {
    Apart.TERM: "用語・標語",
    Apart.LAW: "法令",
    Apart.TITLE: "題名",
    Apart.OTHER_SOURCE: "ほかの出典",
    Apart.UNATTRIBUTED: "だれの言葉か不明",
}
_UNITS = {Subject.QUOTATION: "件", Subject.FIGURE: "か所", Subject.SOURCE: "件"}
_LONGEST = 60


def result_text(manuscript: Manuscript, result: Result, everything: bool) -> Text:
    """Return the whole result: a summary, what needs a look, what was found."""
    text = Text(summary(result) + "\n", "bold")
    paragraphs = manuscript.paragraphs
    alarms = [finding for finding in result.findings if finding.needs_a_look]
    for number, finding in enumerate(alarms, 1):
        text.append("\n").append_text(_alarm(number, finding, paragraphs))
    found = [f for f in result.findings if f.verdict is Verdict.FOUND]
    if found:
        text.append("\n報告書のとおりのもの\n", "bold")
        for finding in found:
            text.append_text(_line(finding, paragraphs))
    apart = [f for f in result.findings if f.verdict is Verdict.APART]
    if apart:
        text.append_text(_apart(apart, paragraphs, everything))
    text.rstrip()
    return text


def summary(result: Result) -> str:
    """Return one sentence on each kind of thing that was checked."""
    parts = []
    for subject in Subject:
        counts = Counter(
            finding.needs_a_look
            for finding in result.findings
            if finding.subject is subject and finding.verdict is not Verdict.APART
        )
        if total := sum(counts.values()):
            unit = _UNITS[subject]
            parts.append(
                f"{SUBJECTS[subject]}{total}{unit}のうち{counts[False]}{unit}は報告書のとおりです。"
            )
    alarms = sum(finding.needs_a_look for finding in result.findings)
    if not parts:
        return "報告書からの引用は見当たりませんでした。"
    told = f"{alarms}か所を確かめてください。" if alarms else "確かめる箇所はありません。"
    return "".join(parts) + told


def where(finding: Finding, paragraphs: Sequence[Paragraph]) -> str:
    """Return where in the draft a finding is, as its reader counts."""
    index = finding.where.paragraph
    paragraph = paragraphs[index]
    if paragraph.line is not None:
        return f"{paragraph.line}行目"
    if paragraph.kind is ParagraphKind.NOTE:
        return _note(index, paragraphs)
    return f"{index + 1}段落目"


def _note(index: int, paragraphs: Sequence[Paragraph]) -> str:
    """Return a note's number: Word counts notes in the order of their marks."""
    notes = list(dict.fromkeys(mark.note for each in paragraphs for mark in each.marks))
    first = max((note for note in notes if note <= index), default=None)
    return "注" if first is None else f"注{notes.index(first) + 1}"


def _alarm(number: int, finding: Finding, paragraphs: Sequence[Paragraph]) -> Text:
    text = Text(f"{number}. ", "bold cyan")
    text.append(f"【{SUBJECTS[finding.subject]}・{VERDICTS[finding.verdict]}】", "bold yellow")
    text.append(f"{where(finding, paragraphs)}\n    {safe(finding.message)}\n")
    if finding.edits:
        text.append("    違い：").append_text(difference(finding.edits)).append("\n")
    else:
        text.append(f"    原稿：{_short(finding.words)}\n")
    if finding.report_words and not finding.edits:
        text.append(f"    報告書：{_short(finding.report_words)}\n")
    if finding.reference:
        text.append(f"    箇所：{safe(finding.reference)}{_lines(finding)}\n", _DIM)
    return text


def difference(edits: Sequence[Edit]) -> Text:
    """Return the draft's words with what the report has instead: ［73→37］, ［＋を］, ［－は］."""
    text = Text()
    for edit in edits:
        if edit.draft == edit.report:
            text.append(safe(edit.draft))
            continue
        text.append("［")
        if edit.draft:
            text.append(("" if edit.report else "－") + safe(edit.draft), "red strike")
        if edit.report:
            text.append(("→" if edit.draft else "＋") + safe(edit.report), "green")
        text.append("］")
    return text


def _line(finding: Finding, paragraphs: Sequence[Paragraph]) -> Text:
    text = Text(f"・{where(finding, paragraphs)} {_short(finding.words)}")
    told = f"　{safe(finding.reference)}{_lines(finding)}" if finding.reference else ""
    return text.append(told + "\n", _DIM)


def _apart(found: Sequence[Finding], paragraphs: Sequence[Paragraph], everything: bool) -> Text:
    text = Text(f"\n照合の対象としなかったもの（{len(found)}件）", "bold")
    if not everything:
        return text.append("：--all で表示します。\n", _DIM)
    text.append("\n")
    for finding in found:
        kind = APART[finding.apart] if finding.apart else ""
        text.append(f"・{where(finding, paragraphs)} {_short(finding.words)}（{kind}）\n", _DIM)
    return text


def _lines(finding: Finding) -> str:
    place = finding.place
    if place is None or place.line_start is None:
        return ""
    same = place.line_end in (None, place.line_start)
    return f"（L{place.line_start}）" if same else f"（L{place.line_start}-{place.line_end}）"


def _short(text: str) -> str:
    one = " ".join(safe(text).split())
    return one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…"
