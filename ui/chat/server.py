"""The web server of the page: Gradio, the reports, our own files, and what a browser may fetch.

Takes a desk; serves until it is stopped. Answers nobody but this machine unless told otherwise,
and tells the browser to fetch nothing from anywhere else.
"""

import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import InputError, TenkyoError
from ui.chat.desk import Desk
from ui.chat.drafts import add_drafts
from ui.chat.events import Events
from ui.chat.loading import load_gradio

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

_STATIC = Path(__file__).parent / "static"

_POLICY = "; ".join(
    (
        # Gradio's page begins with inline scripts and compiles templates.
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def application(desk: Desk, host: str = LOOPBACK[0]) -> "FastAPI":
    """Return the whole application.

    Args:
        desk: answers and shows reports.
        host: where it will listen; on this machine's own addresses no other name is answered to.
    """
    load_gradio()
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.middleware.trustedhost import TrustedHostMiddleware
    from fastapi.staticfiles import StaticFiles

    from ui.chat.page import HEAD, page
    from ui.chat.theme import theme

    app = FastAPI(title="tenkyo", docs_url=None, redoc_url=None, openapi_url=None)
    if host in LOOPBACK:
        # A page elsewhere could point a name of its own at this address (DNS rebinding).
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, "[::1]"])
    app.middleware("http")(_guarded)
    app.mount("/chat", StaticFiles(directory=_STATIC))
    _add_reports(app, desk)
    add_drafts(app, desk)
    blocks = page(Events(desk))
    blocks.queue(default_concurrency_limit=20, max_size=200)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme(),
        head=HEAD,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
    )
    return app


async def _guarded(
    request: "Request", go_on: "Callable[[Request], Awaitable[Response]]"
) -> "Response":
    response = await go_on(request)
    response.headers.update(_HEADERS)
    return response


def _add_reports(app: "FastAPI", desk: Desk) -> None:
    from fastapi.responses import JSONResponse

    @app.get("/reports")
    def reports() -> JSONResponse:
        return JSONResponse([asdict(named) for named in desk.reports()])

    @app.get("/reports/{report_id}")
    def report(report_id: str) -> JSONResponse:
        try:
            return JSONResponse(asdict(desk.view(report_id)))
        except TenkyoError:
            text = "この報告書は取り除かれたため、表示できません。ほかの報告書を選んでください。"
            return JSONResponse({"error": text}, status_code=404)


def serve(desk: Desk, host: str, port: int, told: Callable[[str], None], browser: bool) -> None:
    """Serve the page until Ctrl-C.

    Args:
        desk: answers and shows reports.
        host: address to listen on.
        port: port to listen on; 0 for any that is free.
        told: is given the address of the page once it can be opened.
        browser: open it in the user's browser.

    Raises:
        InputError: the address cannot be used.
    """
    import uvicorn

    bound = _bound(host, port)
    shown = host if host not in ("0.0.0.0", "::") else LOOPBACK[0]
    place = f"[{shown}]" if ":" in shown else shown
    address = f"http://{place}:{bound.getsockname()[1]}/"
    app = application(desk, host)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    waiting = threading.Thread(target=_announce, args=(server, address, told, browser), daemon=True)
    waiting.start()
    server.run([bound])


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket with that address; nobody can connect before the page is ready."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if os.name == "posix":  # as in socket.create_server: a stopped page can start again at once
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        return made
    except (OSError, OverflowError) as error:
        raise InputError(
            f"{host} のポート {port} を使えません。--port で別の番号を指定してください。（{error}）"
        ) from error


def _announce(server: object, address: str, told: Callable[[str], None], browser: bool) -> None:
    pause = threading.Event()
    while not getattr(server, "started", False):
        pause.wait(0.02)
    told(address)
    if browser and _has_screen():
        webbrowser.open(address)


def _has_screen() -> bool:
    """False on a Linux without a desktop, where a text browser would take the terminal over."""
    known = sys.platform in ("win32", "darwin")
    return known or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
