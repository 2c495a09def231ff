"""The command `tenkyo check`: the quotations, figures and sources of a draft against the reports.

Takes what the user typed; reads the draft, calls `assistant.checking` and writes what it gives. A
part of the command line of `ui.cli`. The draft is never changed, kept or logged.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import DraftRefused, InputError, StorageError
from ui.screen import put, put_json
from ui.usage import JapaneseCommand

if TYPE_CHECKING:
    from assistant.checking.manuscript import Manuscript
    from assistant.checking.result import Result
    from corpus.settings import Settings

app = typer.Typer()

SOMETHING_TO_LOOK_AT = 10
"""Exit code; as of `tenkyo eval gate`."""


_HELP = """\
原稿の引用、数字、出典を、報告書と照合します。

終了コード：0 は確かめる箇所なし、10 はあり、2 は読めない原稿です。"""


@app.command(cls=JapaneseCommand, help=_HELP)
def check(
    draft: Annotated[
        Path, typer.Argument(metavar="原稿", help="照合するファイル（.docx、.md、.txt）")
    ],
    report: Annotated[
        str | None, typer.Option("--report", metavar="ID", help="対象の報告書（省略するとすべて）")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
    comments: Annotated[
        Path | None,
        typer.Option(
            metavar="ファイル", help="確かめる箇所をコメントにした .docx の写しを書きます。"
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="照合しなかった用語や題名も表示します。")
    ] = False,
) -> None:
    """Check a draft; exit 0 nothing to look at, 10 something to look at, 2 it cannot be read."""
    from corpus.settings import load_settings

    settings = load_settings()
    data = _bytes(draft, settings.max_report_mb)
    manuscript, result = _checked(draft.name, data, report, settings)
    if comments is not None:
        _write_comments(draft, data, comments, result)
    if as_json:
        put_json(result.as_dict())
    else:
        from ui.findings import result_text

        put(result_text(manuscript, result, everything))
    if result.needs_a_look:
        raise typer.Exit(SOMETHING_TO_LOOK_AT)


def _bytes(draft: Path, largest_mb: float) -> bytes:
    """Return what is in a file; of one that is too large, enough to be refused."""
    if draft.is_dir() or (draft.exists() and not draft.is_file()):
        raise DraftRefused(draft.name, "ふつうのファイルを指定してください。")
    try:
        with draft.open("rb") as file:
            return file.read(int(largest_mb * 1e6) + 1)
    except FileNotFoundError as error:
        raise DraftRefused(str(draft), "ファイルがありません。") from error
    except (OSError, ValueError) as error:
        raise DraftRefused(str(draft), "開けません。読む権限を確かめてください。") from error


def _checked(
    name: str, data: bytes, report: str | None, settings: "Settings"
) -> "tuple[Manuscript, Result]":
    from assistant.checking.check import check
    from assistant.checking.reading import read_manuscript
    from ui.sections import kept_reports

    manuscript = read_manuscript(name, data, settings.max_report_mb)
    return manuscript, check(manuscript, list(kept_reports(settings, report)))


def _write_comments(draft: Path, data: bytes, to: Path, result: "Result") -> None:
    """Write a copy with comments; never over the draft or another file."""
    if draft.suffix.lower() != ".docx" or to.suffix.lower() != ".docx":
        raise InputError("--comments は、.docx の原稿に、.docx の名前で使えます。")
    from assistant.word.comments import commented

    made = commented(draft.name, data, result)
    try:
        with to.open("xb") as file:
            file.write(made)
    except FileExistsError as error:
        raise InputError(f"「{to}」はすでにあります。別の名前を指定してください。") from error
    except OSError as error:
        raise StorageError(f"「{to}」に書き込めません。（{error.strerror}）") from error
