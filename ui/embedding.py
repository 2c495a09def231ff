"""The commands `tenkyo embedder …`: show, use, train.

Takes what was typed; calls `index` and writes what it gives. Knows nothing about how a model
turns text into vectors.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import InputError, TenkyoError
from ui.boundary import FAILURE
from ui.screen import put, say
from ui.usage import JapaneseCommand, JapaneseGroup

if TYPE_CHECKING:
    from corpus.settings import Settings
    from index.snapshot import Snapshot

app = typer.Typer(cls=JapaneseGroup)

_KINDS = """\
選べるもの
  fitted            取り込んだ報告書から、索引を作るたびに作る語のベクトル
  bundled           付属の語のベクトル
  フォルダー        tenkyo embedder train で作ったもの、sentence-transformers 形式のモデル
  組織名/モデル名   Hugging Face のモデルで、この端末に取得してあるもの"""


@app.callback(invoke_without_command=True)
def overview(context: typer.Context) -> None:
    """Show the state where no command is given."""
    if context.invoked_subcommand is None:
        show()


@app.command(cls=JapaneseCommand, help="どの埋め込みモデルを使っているかを表示します。")
def show() -> None:
    """Show which model is set, and which one the index is made with."""
    from corpus.settings import chosen_embedder, embedder_is_in_environment, load_settings
    from index.serve import serving

    settings = load_settings()
    if embedder_is_in_environment():
        origin = "環境変数 TENKYO_EMBEDDER による指定"
    else:
        chosen = chosen_embedder(settings.home)
        origin = "tenkyo embedder use による指定" if chosen else "既定"
    put(f"埋め込みモデル：{settings.embedder}（{origin}）")
    snapshot = serving(settings)
    if snapshot is not None:
        snapshot.close()
        put(_told(snapshot))
    if snapshot is None or snapshot.manifest.embedder != settings.embedder:
        put(_outlook(settings, snapshot is not None))
    put("\n" + _KINDS)


def _told(snapshot: "Snapshot") -> str:
    """Return what the index that serves is made with."""
    held, model = snapshot.manifest, snapshot.embedder
    size = f"{model.dimension}次元、{held.passages}か所"
    text = f"索引：「{held.embedder}」で作ってあります（{size}）。"
    prefixes = getattr(model, "prefixes", None)
    if prefixes is None or prefixes == type(prefixes)():
        return text
    query, passage = prefixes.query.replace("\n", " "), prefixes.passage.replace("\n", " ")
    return f"{text}\n前置き：質問には「{query}」、箇所には「{passage}」"


def _outlook(settings: "Settings", is_served: bool) -> str:
    """Return what the next question will do about an index that the set model did not make."""
    from index.embedder.choose import FITTED, open_embedder

    will = "作り直します" if is_served else "作ります"
    try:
        if settings.embedder != FITTED:
            open_embedder(settings.embedder, Path())
    except TenkyoError as error:
        return f"このモデルの索引は作れません。{error}"
    return f"このモデルの索引は、次に使うときに{will}。"


@app.command(cls=JapaneseCommand, help="使う埋め込みモデルを替え、索引を作り直します。")
def use(
    name: Annotated[
        str,
        typer.Argument(
            metavar="モデル", help="fitted、bundled、モデルのフォルダー、または組織名/モデル名"
        ),
    ],
) -> None:
    """Make the index with another model, and keep the choice once that has worked."""
    from corpus.settings import choose_embedder, embedder_is_in_environment, load_settings
    from index.embedder.choose import BUNDLED, FITTED
    from index.serve import open_snapshot
    from ui.progress import Bar

    if embedder_is_in_environment():
        raise InputError(
            "環境変数 TENKYO_EMBEDDER の指定が優先されます。取り除いてからやり直してください。"
        )
    if name not in (FITTED, BUNDLED) and name and Path(name).is_dir():
        name = os.path.abspath(name)  # it must be found from any folder
    wanted = load_settings().model_copy(update={"embedder": name})
    with Bar() as bar:
        snapshot = open_snapshot(wanted, bar)
    snapshot.close()
    if snapshot.is_stale:
        say(f"埋め込みモデルは替えていません。{snapshot.trouble}")
        raise typer.Exit(FAILURE)
    choose_embedder(wanted.home, name)
    put(f"埋め込みモデルを「{name}」にしました。")
    put(_told(snapshot))


@app.command(
    cls=JapaneseCommand, help="手元の文書から語のベクトルを学習し、モデルのフォルダーを作ります。"
)
def train(
    texts: Annotated[
        Path,
        typer.Option(metavar="フォルダー", help="学習に使う文書（.md、.txt）のフォルダー"),
    ],
    out: Annotated[Path, typer.Option(metavar="フォルダー", help="モデルを置く新しいフォルダー")],
    synonyms: Annotated[
        Path | None,
        typer.Option(metavar="ファイル", help="近い意味の語の一覧（省略すると使いません）"),
    ] = None,
) -> None:
    """Train word vectors on a folder of texts."""
    from index.embedder.train.build import train as train_model
    from ui.progress import Bar

    with Bar() as bar:
        train_model(texts, out, synonyms, bar)
    put(f"モデルを「{out}」に作りました。tenkyo embedder use {out} で使えます。")
