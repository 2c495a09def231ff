"""The command line `tenkyo`: parse, call, render.

Takes what the user typed; calls the packages and writes what they give. Everything heavy is
imported inside the commands, so that `tenkyo --help` is quick. Knows nothing about how reports
are read, searched or answered from.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import InputError, QuestionError, TenkyoError
from ui import boundary, checking, citing, embedding, evaluating, keeping
from ui.chat import command
from ui.screen import put, put_json, say, speak_utf8
from ui.usage import JapaneseCommand, JapaneseGroup

HELLO = """\
典拠（tenkyo）です。報告書についての質問に、報告書の言葉のままの引用と箇所でお答えします。
質問の例：tenkyo ask "6つの戦略は何ですか"
端末で tenkyo とだけ入力すると、続けて質問できます。使い方の一覧は tenkyo --help で表示します。"""

_HELP = """\
報告書についての質問に、報告書の言葉のままの引用と箇所でお答えします。

端末で tenkyo とだけ入力すると、続けて質問できます。

終了コード：0 は正常（報告書に答えが見当たらない場合も含みます）、1 は失敗、2 は入力の誤りです。"""

app = typer.Typer(
    cls=JapaneseGroup,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

ReportOption = Annotated[
    str | None, typer.Option("--report", metavar="ID", help="対象の報告書（省略するとすべて）")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON で出力します。")]


def main() -> None:
    """Run the program and end with its exit code."""
    speak_utf8()
    # One thread is enough for one question; starting more costs a fifth of a short run.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(boundary.run(lambda: app(prog_name="tenkyo", standalone_mode=False)))


@app.callback(invoke_without_command=True, help=_HELP)
def conversation(context: typer.Context) -> None:
    """Hold a conversation where no command is given."""
    if context.invoked_subcommand is not None:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        put(HELLO)
        return
    from corpus.settings import load_settings
    from ui.lookup import open_assistant
    from ui.terminal import converse

    with open_assistant(load_settings()) as assistant:
        converse(assistant)


@app.command(cls=JapaneseCommand, help="質問に答えます。")
def ask(
    words: Annotated[list[str] | None, typer.Argument(metavar="質問", help="質問の文")] = None,
    as_json: JsonOption = False,
    batch: Annotated[
        Path | None,
        typer.Option(metavar="ファイル", help="1行に1問の JSONL ファイルに、まとめて答えます。"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="ファイル", help="--batch の答えを書くファイル（省略すると標準出力）"),
    ] = None,
    report: ReportOption = None,
) -> None:
    """Answer one question, or a file of them."""
    question = " ".join(words or ())
    with _errors_as_json(as_json, question=question):
        if batch is not None and words:
            raise InputError("質問と --batch は一緒に使えません。どちらかにしてください。")
        if batch is not None:
            _ask_batch(batch, out, report)
        elif out is not None:
            raise InputError("--out は --batch と一緒に使います。")
        elif not words:
            raise QuestionError('質問を書いてください。例：tenkyo ask "6つの戦略は何ですか"')
        else:
            _ask_one(question, as_json, report)


def _ask_one(question: str, as_json: bool, report: str | None) -> None:
    from corpus.settings import load_settings
    from ui.last import remember
    from ui.lookup import open_assistant

    settings = load_settings()
    with open_assistant(settings, report) as assistant:
        answer = assistant.ask(question, report_id=report)
    remember(settings, answer)
    if as_json:
        put_json(answer.as_dict())
        return
    from ui.render import answer_text

    put(answer_text(answer))


def _ask_batch(batch: Path, out: Path | None, report: str | None) -> None:
    from corpus.settings import load_settings
    from ui.batch import answer_batch, open_answers, open_questions
    from ui.lookup import open_assistant
    from ui.progress import Bar

    with ExitStack() as stack:
        questions = stack.enter_context(open_questions(batch))
        answers = stack.enter_context(open_answers(out, batch)) if out else sys.stdout
        assistant = stack.enter_context(open_assistant(load_settings(), report))
        bar = stack.enter_context(Bar())
        summary = answer_batch(assistant, questions, answers, report, bar)
    if summary.bad:
        say(f"{summary.lines}行のうち{summary.bad}行に答えられませんでした。")
        raise typer.Exit(boundary.BAD_INPUT)


@app.command(cls=JapaneseCommand, help="言葉や文に近い箇所を探します。")
def search(
    words: Annotated[list[str], typer.Argument(metavar="言葉", help="探す言葉や文")],
    explain: Annotated[bool, typer.Option("--explain", help="得点の内訳も表示します。")] = False,
    limit: Annotated[
        int,
        typer.Option(
            metavar="件数", min=1, max=1000, help="表示する件数（省略すると10）", show_default=False
        ),
    ] = 10,
    report: ReportOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the passages nearest to some words."""
    query = " ".join(words)
    with _errors_as_json(as_json, query=query):
        from corpus.settings import load_settings
        from ui.lookup import find_passages, open_assistant, without_model

        with open_assistant(without_model(load_settings()), report) as assistant:
            found = find_passages(assistant, query, limit, report)
    if as_json:
        put_json({"query": query, "hits": found.as_dicts()})
        return
    from ui.render import hits_text

    put(hits_text(found.hits, found.parts if explain else ()))


@app.command(cls=JapaneseCommand, help="節の全文を行番号とともに表示します。")
def show(
    section_id: Annotated[
        str, typer.Argument(metavar="節のID", help="tenkyo outline や search で確かめられます。")
    ],
    report: ReportOption = None,
) -> None:
    """Show a section's text."""
    from corpus.settings import load_settings
    from ui.render import section_text
    from ui.sections import find_section

    found = find_section(load_settings(), section_id, report)
    put(section_text(found.report, found.section))


@app.command(cls=JapaneseCommand, help="報告書の見出しと、節の ID を表示します。")
def outline(report: ReportOption = None) -> None:
    """Show the section trees of the reports."""
    from corpus.settings import load_settings
    from ui.render import outline_text
    from ui.sections import kept_reports

    for kept in kept_reports(load_settings(), report):
        put(outline_text(kept))


@contextmanager
def _errors_as_json(wanted: bool, **asked: str) -> Iterator[None]:
    """Where JSON is wanted, give an error as an object too, so that a program can read it."""
    try:
        yield
    except TenkyoError as error:
        if wanted:
            put_json({**asked, "status": "error", "error": str(error)})
        raise


app.add_typer(command.app)
app.add_typer(keeping.app)
app.add_typer(citing.app)
app.add_typer(checking.app)
app.add_typer(embedding.app, name="embedder", help="言葉の近さを測る埋め込みモデルを選びます。")
app.add_typer(evaluating.app, name="eval", help="答えの良し悪しを数字で確かめます。")

if __name__ == "__main__":
    main()
