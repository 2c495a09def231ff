"""The command `tenkyo chat`.

Takes what was typed; opens the index and serves the page.
"""

from typing import Annotated

import typer

from ui.screen import put
from ui.usage import JapaneseCommand

PORT = 7860
"""Where the page is, unless `--port` says otherwise."""

app = typer.Typer()


@app.command(cls=JapaneseCommand, help="質問するページをブラウザーで開きます。")
def chat(
    host: Annotated[
        str,
        typer.Option(
            metavar="住所", help="待ち受ける住所（省略するとこの端末だけ）", show_default=False
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            metavar="番号", min=0, max=65535, help="ポートの番号（省略すると7860か、空いた番号）"
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="ブラウザーを開くかどうか。")
    ] = True,
) -> None:
    """Serve the page until Ctrl-C."""
    from corpus.errors import InputError
    from corpus.settings import load_settings
    from ui.chat.desk import Desk
    from ui.chat.server import serve
    from ui.progress import Bar

    settings = load_settings()
    with Bar() as bar:
        desk = Desk.open(settings, bar)
    with desk:
        try:
            serve(desk, host, PORT if port is None else port, _told, browser)
        except InputError:
            if port is not None:
                raise
            serve(desk, host, 0, _told, browser)  # another program has the usual port


def _told(address: str) -> None:
    put(f"ページを開きました：{address}\n終わるときは Ctrl-C を押してください。")
