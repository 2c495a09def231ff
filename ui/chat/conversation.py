"""A conversation as HTML: what was asked, the answer with its markers, notes and sources.

Takes turns; gives HTML in which every word of a user, an answer or a report is escaped. Knows
nothing about how answers come about.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation, Note, NoteKind, Status
from ui.chat.cards import card, target
from ui.chat.export import markdown
from ui.chat.runs import brings_its_mark, escaped
from ui.chat.turns import Talk, Turn

STATUS = {
    Status.ANSWERED: "報告書に記載があります",
    Status.NOT_IN_REPORT: "報告書に記載がありません",
    Status.UNSURE: "確かな答えはありません",
    Status.CLARIFY: "お尋ねの意味を確かめます",
    Status.SMALLTALK: "ご案内",
    Status.ERROR: "答えられませんでした",
}
_NOTES = {
    NoteKind.PREMISE: "前提の違い",
    NoteKind.MISSING: "答えのない部分",
    NoteKind.ORIGINAL_SPELLING: "原文ママ",
    NoteKind.YEAR: "年",
    NoteKind.EDITION: "版",
    NoteKind.MODEL: "言語モデル",
    NoteKind.SECOND_HAND: "孫引き",
}
_NEARBY = "近い箇所："
"""How the text of a nearby note begins; the page says it once, as a heading."""

VERDICTS = {"good": "役に立った", "bad": "役に立たない", "source": "出典が違う"}
"""What a user can say of an answer."""

_MARKS = re.compile(r"(?:\[\d+\])+$")
"""The markers of a claim: they end its line. A bracketed number within is the report's."""
_ITEM = re.compile(r"\s*- ")
_CARDS_OPEN = 3
"""Cards that are shown without a click; a list has one for each item."""


def conversation(turns: Sequence[Turn]) -> str:
    """Return the whole conversation."""
    last = len(turns) - 1
    return "".join(_turn(turn, number, number == last) for number, turn in enumerate(turns))


def welcome(examples: Sequence[str], talks: Sequence[Talk]) -> str:
    """Return what stands there before anything is asked: examples, earlier conversations."""
    buttons = "".join(
        f'<li><button type="button" class="example">{escaped(question)}</button></li>'
        for question in examples
    )
    return (
        '<div class="welcome"><h3>報告書に聞く</h3>'
        "<p>質問を文で入力してください。答えは報告書の言葉のままで、根拠の箇所をつけて示します。"
        "報告書に書かれていないことには、書かれていないと答えます。</p>"
        f'<p class="label">質問の例</p><ul class="examples">{buttons}</ul>'
        f"{_earlier(talks)}</div>"
    )


def _earlier(talks: Sequence[Talk]) -> str:
    if not talks:
        return ""
    items = "".join(
        f'<li><time datetime="{escaped(talk.at)}">{escaped(talk.at[:10])}</time>'
        f'<button type="button" class="earlier" data-talk="{number}">'
        f"{escaped(talk.turns[0].answer.question)}（{len(talk.turns)}問）</button>"
        f'<button type="button" class="forget" data-talk="{number}" '
        f'aria-label="会話「{escaped(talk.turns[0].answer.question)}」を消す">消す</button></li>'
        for number, talk in enumerate(talks)
        if talk.turns
    )
    return (
        f'<p class="label">これまでの会話（このブラウザーにだけ残ります）</p>'
        f'<ul class="earlier-talks">{items}</ul>'
    )


def _turn(turn: Turn, number: int, is_last: bool) -> str:
    answer = turn.answer
    parts = (
        f'<section class="turn" data-turn="{number}" aria-label="質問{number + 1}" '
        f'data-markdown="{escaped(markdown(answer, STATUS[answer.status]))}">',
        _asked(answer, number),
        f'<div class="answer" data-status="{answer.status}">',
        f'<p class="status">{STATUS[answer.status]}</p>',
        _written_by(answer),
        f'<div class="words">{answer_html(answer, number)}</div>',
        _notes(answer),
        _sources(answer.citations, number),
        "</div>",
        _feedback(turn, number) if answer.status is not Status.SMALLTALK else "",
        _suggestions(turn.suggestions) if is_last else "",
        "</section>",
    )
    return "".join(parts)


def _written_by(answer: Answer) -> str:
    """Say that a language model has written the answer; a refusal has no words of its own."""
    if answer.mode == "quote" or answer.status is not Status.ANSWERED:
        return ""
    name = escaped(answer.mode)
    return f'<p class="mode">言語モデル（{name}）が書き、報告書と照合した文です。</p>'


def _asked(answer: Answer, number: int) -> str:
    read = ""
    if answer.standalone_question != answer.question:
        read = f'<p class="read">お尋ねの読み方：{escaped(answer.standalone_question)}</p>'
    return (
        f'<div class="asking"><h3 class="asked">{escaped(answer.question)}</h3>'
        f'<button type="button" class="edit" data-turn="{number}" '
        f'aria-label="質問{number + 1}を書き直す">書き直す</button></div>{read}'
    )


def answer_html(answer: Answer, number: int) -> str:
    """Return the answer's text with its markers as buttons."""
    cited = {citation.number: citation for citation in answer.citations}
    out: list[str] = []
    in_list = False
    for line in filter(str.strip, answer.answer.splitlines()):
        item = _ITEM.match(line)
        if bool(item) is not in_list:
            out.append("<ul>" if item else "</ul>")
            in_list = bool(item)
        said = line[item.end() :] if item else line
        words = _line(said, cited, number)
        name = ' class="numbered"' if brings_its_mark(said) else ""
        out.append(f"<li{name}>{words}</li>" if item else f"<p>{words}</p>")
    return "".join(out) + ("</ul>" if in_list else "")


def _line(line: str, cited: dict[int, Citation], turn: int) -> str:
    found = _MARKS.search(line)
    if found is None:
        return escaped(line)
    numbers = [int(mark) for mark in re.findall(r"\d+", found[0])]
    if not all(number in cited for number in numbers):
        return escaped(line)
    words = escaped(line[: found.start()].rstrip())
    return words + "".join(_marker(cited[number], turn) for number in numbers)


def _marker(citation: Citation, turn: int) -> str:
    quote = escaped(citation.quote)
    return (
        f' <button type="button" class="marker" {target(citation, turn)} data-quote="{quote}" '
        f'aria-label="出典{citation.number}を報告書で見る">[{citation.number}]</button>'
    )


def _notes(answer: Answer) -> str:
    reports = {hit.place.section_id: hit.place.report for hit in answer.hits}
    fallback = next(iter(answer.provenance.get("reports", {})), "")
    told = [note for note in answer.notes if note.kind is not NoteKind.NEARBY]
    near = [note for note in answer.notes if note.kind is NoteKind.NEARBY]
    out = "".join(_note(note, reports, fallback) for note in told)
    if near:
        items = "".join(
            f"<li>{_goto(note, note.text.removeprefix(_NEARBY), reports, fallback)}</li>"
            for note in near
        )
        out += f'<div class="note" data-kind="nearby"><p>近い箇所</p><ul>{items}</ul></div>'
    return out


def _note(note: Note, reports: dict[str, str], fallback: str) -> str:
    text = note.text
    if note.quote and note.quote not in text:
        text += f"「{note.quote}」"
    link = _goto(note, "箇所を見る", reports, fallback) if note.section_id else ""
    return (
        f'<div class="note" data-kind="{note.kind}"><p><strong>{_NOTES[note.kind]}</strong> '
        f"{escaped(text)} {link}</p></div>"
    )


def _goto(note: Note, words: str, reports: dict[str, str], fallback: str) -> str:
    section = note.section_id or ""
    report = reports.get(section, fallback)
    quote = f' data-quoted="{escaped(note.quote)}"' if note.quote else ""
    return (
        f'<button type="button" class="goto" data-report="{escaped(report)}" '
        f'data-section="{escaped(section)}"{quote}>{escaped(words)}</button>'
    )


def _sources(citations: Sequence[Citation], turn: int) -> str:
    if not citations:
        return ""
    cards = [card(citation, turn) for citation in citations]
    shown = f'<ol class="cards">{"".join(cards[:_CARDS_OPEN])}</ol>'
    if len(cards) > _CARDS_OPEN:
        rest = "".join(cards[_CARDS_OPEN:])
        shown += (
            f'<details class="more"><summary>ほかの出典{len(cards) - _CARDS_OPEN}件</summary>'
            f'<ol class="cards" start="{_CARDS_OPEN + 1}">{rest}</ol></details>'
        )
    return f'<div class="sources"><p class="label">出典</p>{shown}</div>'


def _feedback(turn: Turn, number: int) -> str:
    buttons = "".join(
        f'<button type="button" data-feedback="{name}" data-turn="{number}" '
        f'aria-pressed="{"true" if turn.verdict == name else "false"}">{words}</button>'
        for name, words in VERDICTS.items()
    )
    return f'<div class="feedback" role="group" aria-label="この答えについて">{buttons}</div>'


def _suggestions(questions: Sequence[str]) -> str:
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="suggestion">{escaped(question)}</button></li>'
        for question in questions
    )
    return f'<div class="suggestions"><p class="label">続けて聞く</p><ul>{buttons}</ul></div>'
