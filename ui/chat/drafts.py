"""What the page does for drafts: references in all forms, the basket as a file, the check.

Takes a desk; adds its addresses to the web server. Everything is made in memory: nothing of a
draft or a basket is written to disk or logged, and nothing is given to a page of another origin.
"""

import json
from collections.abc import AsyncIterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlsplit

from pydantic import ValidationError

from assistant.export.collected import Collected, Item, read_basket
from assistant.references.reference import Form, Options, Pages
from corpus.eras import Years
from corpus.errors import DraftRefused, InputError, TenkyoError
from corpus.markup import fold
from ui.chat.desk import Desk

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

_Kind = TypeVar("_Kind", bound=StrEnum)

_LARGEST = 20_000_000
"""Bytes of a request; those of a draft are bounded by `assistant.checking.reading` too."""

_LARGEST_JSON = 4_000_000
"""Bytes of a place or a basket; 200 citations with the longest notes take about 1.5 million."""

_CHECK_PAGE = Path(__file__).parent / "static" / "check.html"


def add_drafts(app: "FastAPI", desk: Desk) -> None:
    """Add the addresses that serve drafts."""
    _add_references(app, desk)
    _add_basket(app, desk)
    _add_check(app, desk)


def _add_references(app: "FastAPI", desk: Desk) -> None:
    from fastapi import Request
    from fastapi.responses import JSONResponse

    @app.post("/references")
    async def references(request: Request) -> "Response":
        try:
            told = await _json(request)
            item, options = _asked(told, desk)
        except TenkyoError as error:
            return _refusal(error)
        return JSONResponse(_forms(item, options))


def _asked(told: object, desk: Desk) -> tuple[Item, Options]:
    """Return the cited place, which must still read as the page shows it, and the options."""
    if not isinstance(told, dict):
        raise InputError("送られた内容を読み取れません。")
    options = _options(str(told.pop("years", "")), str(told.pop("pages", "")))
    quoted = str(told.pop("quote", ""))
    item = desk.found(_collected(told | {"sha256": desk.sha256(str(told.get("report")))}))
    if fold(item.quote) != fold(quoted):
        raise InputError("報告書が変わっています。もう一度質問して、出典を確かめてください。")
    return item, options


def _add_basket(app: "FastAPI", desk: Desk) -> None:
    from fastapi import Request
    from fastapi.concurrency import run_in_threadpool
    from fastapi.responses import Response

    from assistant.export.export import Exported, Format, export
    from assistant.export.notes import missing
    from assistant.export.provenance import record

    def written(
        told: object, form: Format, options: Options, record_too: bool
    ) -> tuple[Exported, list[str]]:
        items = desk.items(read_basket(told))
        lines = record(items, desk.provenance()) if record_too else ()
        return export(items, form, lines, options), missing(items, options)

    @app.post("/basket/{form}")
    async def basket(
        form: str, request: Request, with_record: bool = False, years: str = "", pages: str = ""
    ) -> "Response":
        try:
            told, options = await _json(request), _options(years, pages)
            chosen = _one_of(Format, form)
            made, left = await run_in_threadpool(written, told, chosen, options, with_record)
        except TenkyoError as error:
            return _refusal(error)
        name = f"tenkyo-{date.today().isoformat()}{made.suffix}"  # noqa: DTZ011 - the user's day
        headers = _attached(name) | {"Tenkyo-Missing": quote("、".join(left))}
        return Response(made.data, headers=headers, media_type=made.media_type)


def _add_check(app: "FastAPI", desk: Desk) -> None:
    from fastapi import Request
    from fastapi.concurrency import run_in_threadpool
    from fastapi.responses import FileResponse, JSONResponse, Response

    from assistant.checking.reading import read_manuscript
    from ui.chat.checked import as_page

    def copy_with_comments(name: str, data: bytes) -> bytes:
        from assistant.word.comments import commented

        return commented(name, data, desk.check(read_manuscript(name, data)))

    def checked(name: str, data: bytes) -> dict[str, Any]:
        manuscript = read_manuscript(name, data)
        return as_page(manuscript, desk.check(manuscript))

    @app.get("/check")
    def page() -> "Response":
        return FileResponse(_CHECK_PAGE, media_type="text/html; charset=utf-8")

    @app.post("/check")
    async def check(request: Request, name: str) -> "Response":
        try:
            data = await _body(request)
            return JSONResponse(await run_in_threadpool(checked, name, data))
        except TenkyoError as error:
            return _refusal(error)

    @app.post("/check/comments")
    async def comments(request: Request, name: str) -> "Response":
        try:
            data = await _body(request)
            if not name.lower().endswith(".docx"):
                raise DraftRefused(name, "コメントをつけられるのは .docx の原稿です。")
            made = await run_in_threadpool(copy_with_comments, name, data)
        except TenkyoError as error:
            return _refusal(error)
        return Response(made, headers=_attached(f"{Path(name).stem}（照合）.docx"))


async def _body(request: "Request", largest: int = _LARGEST) -> bytes:
    """Return what was sent, from our own page and not too much of it.

    Raises:
        InputError: it comes from another site, or is too large.
    """
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    is_ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not is_ours or site not in ("same-origin", "none"):
        raise ForeignSite("ほかのサイトからは使えません。典拠のページから操作してください。")
    data = bytearray()
    async for piece in _pieces(request):
        data += piece
        if len(data) > largest:
            raise InputError("送られた内容が大きすぎます。分けてお試しください。")
    return bytes(data)


def _pieces(request: "Request") -> AsyncIterator[bytes]:
    return request.stream()


class ForeignSite(InputError):
    """A request that a page of another origin has made."""


async def _json(request: "Request") -> Any:  # noqa: ANN401 - checked by whoever asks
    try:
        return json.loads(await _body(request, _LARGEST_JSON))
    except (ValueError, RecursionError) as error:
        raise InputError("送られた内容を読み取れません。") from error


def _collected(told: object) -> Collected:
    try:
        return Collected.model_validate(told)
    except ValidationError as error:
        raise InputError("出典の箇所を読み取れません。もう一度質問してください。") from error


def _options(years: str, pages: str) -> Options:
    return Options(_one_of(Years, years or Years.ERA), _one_of(Pages, pages or Pages.WHITE_PAPER))


def _one_of(kind: type[_Kind], value: str) -> _Kind:
    try:
        return kind(value)
    except ValueError as error:
        raise InputError("書き方の指定を読み取れません。") from error


def _forms(item: Item, options: Options) -> dict[str, Any]:
    from assistant.references.forms import NAMES, write

    written = {form: write(item.reference, form, options) for form in Form}
    missing = dict.fromkeys(part for each in written.values() for part in each.missing)
    return {
        "quote": item.quote,
        "sha256": item.report.sha256,
        "title": write(item.reference, Form.SHORT).text,
        "forms": [
            {"form": form, "name": NAMES[form], "text": each.text} for form, each in written.items()
        ],
        "missing": [part for part in missing if part != "作成者"],
    }


def _attached(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }


def _refusal(error: TenkyoError) -> "Response":
    from fastapi.responses import JSONResponse

    status = 403 if isinstance(error, ForeignSite) else 400
    # A sentence may name what was sent, and that may hold half a character.
    words = str(error).encode("utf-8", "replace").decode("utf-8")
    return JSONResponse({"error": words}, status_code=status)
