"""The commands `tenkyo eval …` for sets of questions: init, check, from-feedback.

Takes what was typed; writes the start of a set, or names what is wrong with one. The cases are
made and checked in `evals`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import InputError
from ui.screen import put, say
from ui.usage import JapaneseCommand

if TYPE_CHECKING:
    from corpus.model import Report
    from corpus.settings import Settings

app = typer.Typer()

_SETS = Path(__file__).parent.parent / "evals" / "sets"

Set = Annotated[
    Path, typer.Argument(metavar="質問", help="質問のファイル、または付属の dev・test。")
]


def set_path(given: Path) -> Path:
    """Return the file of a set: a shipped one by its name, any other by its path."""
    shipped = _SETS / f"{given}.jsonl"
    return shipped if not given.exists() and shipped.exists() else given


@app.command(cls=JapaneseCommand, help="質問のファイルの誤りを、行と理由で示します。")
def check(
    questions: Set,
    report_id: Annotated[str, typer.Option("--report", help="質問の対象の報告書。")],
) -> None:
    """Name what is wrong with a set."""
    from corpus.library import find, load
    from corpus.settings import load_settings
    from evals.cases import problems

    settings = load_settings()
    found = problems(set_path(questions), load(find(settings, report_id), settings))
    for problem in found:
        say(problem)
    if found:
        raise typer.Exit(2)
    put("誤りはありません。")


@app.command(cls=JapaneseCommand, help="自分の報告書のために、質問のファイルの書き出しを作ります。")
def init(
    report_id: Annotated[str, typer.Argument(metavar="報告書", help="報告書の ID。")],
    out: Annotated[Path, typer.Option("--out", help="書き出すファイル。")] = Path(
        "questions.jsonl"
    ),
) -> None:
    """Start a set for a report."""
    from corpus.library import find, load
    from corpus.settings import load_settings
    from evals.start import start_set

    settings = load_settings()
    cases = start_set(load(find(settings, report_id), settings), out)
    put(f"「{out}」に{cases}問の書き出しを作りました。質問を書き換えてください。")


@app.command(
    name="from-feedback",
    cls=JapaneseCommand,
    help="画面で付けた評価から、質問のファイルの書き出しを作ります。",
)
def from_feedback(
    out: Annotated[Path, typer.Option("--out", help="書き出すファイル。")] = Path(
        "feedback-questions.jsonl"
    ),
    report_id: Annotated[
        str | None,
        typer.Option("--report", metavar="ID", help="対象の報告書（省略するとすべて）"),
    ] = None,
) -> None:
    """Start a set from what users thought of the answers."""
    from corpus.settings import load_settings
    from evals.feedback import drafted_cases, report_of
    from evals.start import write_cases
    from ui.chat.feedback import read

    settings = load_settings()
    given = [each for each in read(settings.home) if report_id in (None, report_of(each))]
    if not given:
        raise InputError("評価がまだありません。tenkyo chat の画面で付けられます。")
    cases = write_cases(drafted_cases(given, _reports(settings)), out)
    put(f"「{out}」に{cases}問の書き出しを作りました。足りない根拠と要点を書いてください。")
    put("足りないところは tenkyo eval check で確かめられます。")


def _reports(settings: "Settings") -> dict[str, "Report"]:
    from corpus.library import load, sources

    return {source.id: load(source, settings) for source in sources(settings)}
