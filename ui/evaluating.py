"""The commands `tenkyo eval …` that measure: run, score, compare, gate, report, retrieval.

Takes what was typed; prints figures or writes files. Everything is worked out in `evals`.
"""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import InputError
from ui import questions
from ui.questions import Set, set_path
from ui.screen import put, put_json, say
from ui.usage import JapaneseCommand, JapaneseGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

app = typer.Typer(cls=JapaneseGroup, no_args_is_help=True)


class Mode(StrEnum):
    """Who writes the answers of a run."""

    QUOTE = "quote"
    MODEL = "model"


_BASELINES = Path(__file__).parent.parent / "evals" / "baselines"
_HEADLINES = (
    "success", "facts", "any@5", "all@10", "mrr@10", "citation_precision", "citation_recall",
    "verbatim", "false_answers", "over_refusal",
)  # fmt: skip

Run = Annotated[Path, typer.Argument(metavar="結果", help="tenkyo eval run が作ったフォルダー。")]


@app.command(
    cls=JapaneseCommand,
    help="質問に答えさせ、結果をフォルダーに残します。中断しても続きから始めます。",
)
def run(
    questions: Set = Path("dev"),
    out: Annotated[Path, typer.Option("--out", help="結果を置くフォルダー。")] = Path("runs/last"),
    mode: Annotated[
        Mode,
        typer.Option(
            metavar="方式",
            help="quote（報告書の言葉だけで答える）、model（TENKYO_MODEL の言語モデルが書く）",
            show_default=False,
        ),
    ] = Mode.QUOTE,
) -> None:
    """Ask all questions of a set."""
    from corpus.settings import load_settings
    from evals.run import read_costs, run_set
    from ui.lookup import open_assistant, without_model
    from ui.progress import Bar

    settings = load_settings()
    if mode is Mode.QUOTE:
        settings = without_model(settings)
    elif not settings.model:
        raise InputError("--mode model には、TENKYO_MODEL で言語モデルを指定してください。")
    with open_assistant(settings) as assistant, Bar() as bar:
        told = partial(bar, "質問に答える")
        figures = run_set(set_path(questions), out, assistant, told)
    _show(figures)
    if costs := read_costs(out):
        put(f"1問当たりのトークン  質問側 {costs['prompt']:.0f}、答え側 {costs['completion']:.0f}")
    put(f"結果を「{out}」に置きました。")


@app.command(cls=JapaneseCommand, help="残っている答えを採点し直します。質問はし直しません。")
def score(questions: Set, folder: Run) -> None:
    """Judge kept answers again."""
    from corpus.settings import load_settings
    from evals.run import score_run
    from ui.lookup import open_assistant, without_model

    with open_assistant(without_model(load_settings())) as assistant:
        snapshot = assistant.snapshot
        texts = {name: snapshot.report(name).text for name in snapshot.report_ids}
    _show(score_run(set_path(questions), folder, texts))


@app.command(cls=JapaneseCommand, help="二つの結果を比べ、良くなった点と悪くなった点を示します。")
def compare(before: Run, after: Run) -> None:
    """Show what differs between two runs."""
    from evals.compare import case_changes, changes
    from evals.run import read_metrics

    old, new = read_metrics(before), read_metrics(after)
    for change in changes(old, new):
        interval = f"{change.difference.low:+.3f}～{change.difference.high:+.3f}"
        put(
            f"{change.measure.name:20s} {change.before:.3f} → {change.after:.3f}  "
            f"差 {change.difference.mean:+.3f}（95％区間 {interval}）  "
            f"良 {change.wins}・同 {change.ties}・悪 {change.losses}"
        )
    for case in case_changes(old, new):
        put(f"{case.case:12s} 正答 {case.success:+.0f}  ほか {case.others:+.3f}")


@app.command(
    cls=JapaneseCommand,
    help="変更を取り込んでよいかを調べます（終了コード 0 は合格、10 は不合格）。",
)
def gate(
    folder: Run,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="比べる相手（省略すると付属のもの）。")
    ] = None,
) -> None:
    """Fail where a run is worse than the baseline."""
    from evals.gate import FAILED, objections
    from evals.run import read_metrics

    figures = read_metrics(folder)
    shipped = _BASELINES / f"{figures['set']}.json"
    found = objections(read_metrics(baseline or shipped), figures)
    for reason in found:
        say(reason)
    if found:
        raise typer.Exit(FAILED)
    put("合格です。悪くなった点はありません。")


@app.command(cls=JapaneseCommand, help="結果を一つの HTML ファイルにまとめます。")
def report(
    questions: Set,
    folder: Run,
    out: Annotated[Path, typer.Option("--out", help="書き出す HTML ファイル。")] = Path(
        "report.html"
    ),
) -> None:
    """Write the HTML page of a run."""
    from evals.cases import read_cases
    from evals.page import render
    from evals.run import read_answers, read_metrics

    answers = {str(answer["id"]): answer for answer in read_answers(folder)}
    page = render(read_metrics(folder), read_cases(set_path(questions)), answers)
    out.write_text(page, encoding="utf-8")
    put(f"「{out}」に書き出しました。")


@app.command(
    cls=JapaneseCommand,
    help="検索だけを測ります。根拠が上位に出るかを、語・意味・その両方について示します。",
)
def retrieval(
    questions: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="質問", help="質問のファイル、または付属の dev・test（省略は dev）。"
        ),
    ] = None,
    squad: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="ファイル", help="索引の代わりに使う SQuAD 形式の質問と文章。繰り返せます。"
        ),
    ] = None,
    pool: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="ファイル", help="--squad に加えて探す文章（SQuAD 形式）。繰り返せます。"
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(metavar="問", min=1, help="等間隔に選んだ、この数の質問だけを使います。"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
) -> None:
    """Measure retrieval alone."""
    if squad and questions:
        raise InputError("質問のファイルと --squad は一緒に使えません。")
    if pool and not squad:
        raise InputError("--pool は --squad と一緒に使います。")
    if squad:
        figures = _in_collection(squad, pool or [], limit)
    else:
        figures = _in_index(questions or [Path("dev")], limit)
    if as_json:
        put_json(figures)
    else:
        _show_rankings(figures)


def _in_index(sets: "Sequence[Path]", limit: int | None) -> dict[str, Any]:
    from corpus.settings import load_settings
    from evals.cases import read_cases
    from evals.retrieval import search_index
    from ui.lookup import open_assistant, without_model
    from ui.progress import Bar

    cases = [case for given in sets for case in read_cases(set_path(given))]
    with open_assistant(without_model(load_settings())) as assistant, Bar() as bar:
        figures = search_index(cases, assistant, limit, bar)
    return {"sets": [str(given) for given in sets], **figures}


def _in_collection(
    squad: "Sequence[Path]", pool: "Sequence[Path]", limit: int | None
) -> dict[str, Any]:
    from corpus.settings import load_settings
    from evals.retrieval import search_pool
    from evals.squad import read_collection
    from ui.progress import Bar

    collection = read_collection(squad, pool)
    with Bar() as bar:
        figures = search_pool(collection, load_settings(), limit, bar)
    return {"squad": [str(path) for path in squad], "pool": [str(path) for path in pool], **figures}


def _show(figures: "Mapping[str, Any]") -> None:
    for name in _HEADLINES:
        if figure := figures["measures"].get(name):
            interval = f"{figure['low']:.3f}～{figure['high']:.3f}"
            put(f"{name:20s} {figure['mean']:.3f}（95％区間 {interval}、{figure['cases']}問）")


_GROUPS = {
    "all": "すべての質問",
    "single": "単独の質問",
    "paraphrase": "報告書の言葉を避けた質問",
    "conversation": "会話の中の質問",
}


def _show_rankings(figures: "Mapping[str, Any]") -> None:
    from evals.retrieval import RANKED, RANKINGS

    put(f"{figures['passages']:,}か所から探しました（埋め込みモデル：{figures['embedder']}）。")
    for name, group in figures["groups"].items():
        put(f"\n{_GROUPS[name]}（{group['questions']:,}問、括弧内は95％区間）")
        put(_row("", RANKINGS.values()))
        for measure in RANKED:
            cells = (_cell(group["rankings"][ranking][measure.name]) for ranking in RANKINGS)
            put(_row(measure.name, cells))
    put("")
    for measure in RANKED:
        put(f"{measure.name:8s} {measure.meaning}")


def _cell(figure: "Mapping[str, float]") -> str:
    return f"{figure['mean']:.3f}（{figure['low']:.3f}～{figure['high']:.3f}）"


def _row(name: str, cells: "Iterable[str]") -> str:
    from rich.cells import set_cell_size

    return (f"{name:8s} " + " ".join(set_cell_size(cell, 22) for cell in cells)).rstrip()


app.add_typer(questions.app)
