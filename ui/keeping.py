"""The commands for what is kept: reports, the index, the state of the data folder.

Takes what the user typed; calls `corpus` and `index` and writes what they give. A part of the
command line of `ui.cli`. Knows nothing about questions.
"""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import InputError, ReportRefused
from ui.boundary import BAD_INPUT, FAILURE
from ui.screen import put, put_json, say
from ui.usage import JapaneseCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.library import Source
    from corpus.model import Metadata
    from corpus.settings import Settings
    from index.doctor import Finding

app = typer.Typer()


def _words(told: str) -> Any:  # noqa: ANN401 - what Typer gives for an option
    return typer.Option(metavar="文字列", help=told)


@app.command(cls=JapaneseCommand, help="報告書（.md、.txt）を取り込みます。")
def add(
    files: Annotated[list[Path], typer.Argument(metavar="ファイル", help="取り込むファイル")],
    title: Annotated[str | None, _words("題名（省略すると本文の最初の見出し）")] = None,
    publisher: Annotated[str | None, _words("発行者（例：総務省）")] = None,
    bureau: Annotated[str | None, _words("部局（例：国際戦略局）")] = None,
    date: Annotated[str | None, _words("発行の時期（例：令和元年6月）")] = None,
    licence: Annotated[str | None, _words("利用条件")] = None,
    url: Annotated[str | None, _words("掲載場所の URL")] = None,
) -> None:
    """Take files into the library; one that is refused does not stop the others."""
    from corpus.model import Metadata
    from corpus.settings import load_settings

    if title and len(files) > 1:
        raise InputError("--title は、ファイルを1つだけ取り込むときに使えます。")
    settings = load_settings()
    given = Metadata(title or "", publisher, bureau, date, licence, url)
    taken = [_add_one(settings, file, given) for file in files]
    if not all(taken):
        raise typer.Exit(BAD_INPUT)


def _add_one(settings: "Settings", file: Path, given: "Metadata") -> bool:
    """Take one file in and say so; False where it was refused."""
    from corpus import library

    known = {source.id for source in library.sources(settings)}
    try:
        source = library.add(settings, file, given)
    except ReportRefused as error:
        say(str(error))
        return False
    done = "はすでに取り込まれています" if source.id in known else "を取り込みました"
    put(f"「{source.metadata.title}」{done}（ID：{source.id}）。")
    return True


@app.command(cls=JapaneseCommand, help="取り込み済みの報告書を一覧にします。")
def reports(
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
) -> None:
    """List the kept reports."""
    from corpus.library import sources
    from corpus.settings import load_settings

    kept = sources(load_settings())
    if as_json:
        put_json({"reports": [_as_dict(source) for source in kept]})
        return
    for source in kept:
        about = source.metadata
        parts = filter(None, (about.publisher, about.bureau, about.date, about.url))
        put(f"{source.id}{'（付属）' if source.is_shipped else ''}\n    {about.title}")
        put("    " + "　".join(parts))


def _as_dict(source: "Source") -> dict[str, Any]:
    return {
        "id": source.id,
        **asdict(source.metadata),
        "file": source.file,
        "sha256": source.sha256,
        "shipped": source.is_shipped,
    }


@app.command(cls=JapaneseCommand, help="取り込んだ報告書を取り除きます。")
def remove(
    report_id: Annotated[
        str, typer.Argument(metavar="ID", help="報告書の ID（tenkyo reports で確かめられます）")
    ],
) -> None:
    """Take a report out of the library."""
    from corpus import library
    from corpus.settings import load_settings

    source = library.remove(load_settings(), report_id)
    put(f"「{source.metadata.title}」を取り除きました（ID：{source.id}）。")


@app.command(cls=JapaneseCommand, help="検索の索引を作ります。最新のときは何もしません。")
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="最新でも作り直します。")] = False,
) -> None:
    """Bring the index up to date."""
    from corpus.settings import load_settings
    from index.serve import open_snapshot
    from ui.progress import Bar

    with Bar() as bar:
        snapshot = open_snapshot(load_settings(), bar, rebuild=rebuild)
    snapshot.close()
    if snapshot.is_stale:
        say(f"索引を新しくできませんでした。前の索引を使い続けます。{snapshot.trouble}")
        raise typer.Exit(FAILURE)
    held = snapshot.manifest
    put(f"索引は最新です（報告書{len(held.reports)}件、{held.passages}か所）。")


@app.command(cls=JapaneseCommand, help="データの傷みを調べます。")
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="見つかった傷みを直します。")] = False,
) -> None:
    """Say what is wrong with the data folder, and mend it where wanted."""
    from corpus.settings import load_settings
    from index import doctor as examination
    from ui.progress import Bar

    settings = load_settings()
    findings = examination.examine(settings)
    _show(findings)
    if repair and not all(finding.is_good for finding in findings):
        with Bar() as bar:
            examination.repair(settings, bar)
        put("直しました。もう一度調べます。")
        findings = examination.examine(settings)
        _show(findings)
    if not all(finding.is_good for finding in findings):
        if not repair:
            say("tenkyo doctor --repair で、索引を作り直せます。")
        raise typer.Exit(FAILURE)


def _show(findings: "Sequence[Finding]") -> None:
    for finding in findings:
        put(f"{'○' if finding.is_good else '×'} {finding.text}")


@app.command(cls=JapaneseCommand, help="tenkyo の版を表示します。")
def version() -> None:
    """Show the version."""
    from corpus.version import program_version

    put(f"tenkyo {program_version()}")
