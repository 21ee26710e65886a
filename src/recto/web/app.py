"""The ASGI application: pages of the viewer, the front end's files, and the API."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from recto.errors import NotFoundError, RectoError, UsageError
from recto.viewer.bundle import shell
from recto.viewer.link import ENTRIES, address, digest, front_file, linked, script
from recto.web import openapi
from recto.web.api import operations
from recto.web.guard import Guard
from recto.web.openapi import Operation, in_path
from recto.web.shelf import UPLOAD_SIZE, Entry, Shelf

_TYPES: Final = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
Endpoint = Callable[[Request], Awaitable[Response]]


def create_app(shelf: Shelf, *, hosts: Iterable[str] = (), token: str | None = None) -> Starlette:
    """The application over a shelf. `hosts`: names besides the loopback ones by which it may be asked. `token`: what
    a reader has to give.
    """
    table = operations()
    if shelf.lake is not None:
        from recto.web import lake

        table += lake.operations()
    described = msgspec.json.encode(openapi.document(table, _version()))

    async def api_document(request: Request) -> Response:
        return Response(described, media_type="application/json")

    async def home(request: Request) -> Response:
        entries = shelf.entries
        if len(entries) == 1 and not shelf.uploads and not shelf.hosts and shelf.lake is None:
            return _viewer(shelf, entries[0])
        return _page("recto", "home", {"api": "/api", "lake": shelf.lake is not None})

    async def viewer(request: Request) -> Response:
        try:
            return _viewer(shelf, await run_in_threadpool(shelf.entry, request.path_params["filing"]))
        except RectoError as error:
            return _problem(_status(error), error)

    async def front(request: Request) -> Response:
        name = request.path_params["name"]
        try:
            if name == "vega.js":
                data = await run_in_threadpool(vega)
            elif name.startswith(("linked-", "later-")):
                data = script(name.removesuffix(".js")).encode()
            else:
                data = front_file(name)
        except (FileNotFoundError, UsageError):
            return PlainTextResponse("there is no such file", status_code=404)
        kind = _TYPES.get(name.rpartition(".")[2])
        if kind is None:
            return PlainTextResponse("there is no such file", status_code=404)
        asked = request.query_params.get("v")
        kept = "private, max-age=31536000, immutable" if asked == digest(data) else "no-cache"
        return Response(data, headers={"content-type": kind, "cache-control": kept})

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        for entry in ENTRIES:
            linked(entry)
        yield
        await run_in_threadpool(shelf.close)

    routes = [
        Route("/", home),
        Route("/view/{filing}", viewer),
        Route("/front/{name}", front),
        Route("/api/openapi.json", api_document),
        *(Route(each.path, _endpoint(each, shelf), methods=[each.method]) for each in table),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=tuple(hosts), token=token)],
        exception_handlers={HTTPException: _not_there},  # type: ignore[dict-item]
        lifespan=lifespan,
    )


async def _not_there(request: Request, error: HTTPException) -> Response:
    return _answer({"code": "recto:notFound", "message": error.detail}, error.status_code, error.headers)


def _version() -> str:
    import recto

    return recto.__version__


def _viewer(shelf: Shelf, entry: Entry) -> Response:
    """Of a filing that is open, the page brings head and first page along: nothing else is asked for to show it."""
    boot = {
        "api": f"/api/filings/{quote(entry.id, safe='')}",
        "home": "/",
        "compare": True,
        "lake": shelf.lake is not None,
        "given": shelf.first_parts(entry.id),
    }
    return _page(entry.title or entry.name, "main", boot)


def _page(title: str, entry: str, boot: dict[str, Any]) -> Response:
    source = address(f"linked-{entry}")
    page = shell(
        title,
        policy=f'<link rel="preload" as="script" href="{source}">\n',
        boot=msgspec.json.encode(boot),
        script=f'<script src="{source}"></script>',
    )
    return Response(page, media_type="text/html; charset=utf-8")


# The API


def _endpoint(operation: Operation, shelf: Shelf) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            values = _parameters(operation, request)
            if operation.body is not None:
                values["body"] = await _body(request)
            found = await run_in_threadpool(operation.answer, shelf, **values)
        except RectoError as error:
            return _problem(_status(error), error)
        except OSError as error:
            return _answer({"code": "recto:system", "message": error.strerror or str(error)}, 422)
        if isinstance(found, Response):
            return found
        return _answer(found, operation.status)

    return endpoint


def _parameters(operation: Operation, request: Request) -> dict[str, Any]:
    """The parameters as their schemas demand. Raises `UsageError`."""
    values: dict[str, Any] = {}
    for name in in_path(operation):
        values[name] = request.path_params[name]
    known = {each.name: each for each in operation.parameters}
    for name, text in request.query_params.multi_items():
        parameter = known.get(name)
        if parameter is None:
            continue
        values[name] = _checked(name, text, parameter.schema)
    for each in operation.parameters:
        if each.required and each.name not in values:
            raise UsageError(f"the parameter {each.name!r} is missing")
    if operation.answer.__name__ == "get_chart":
        values["row"] = _checked("row", values["row"], openapi.NUMBER)
    return values


def _checked(name: str, text: str, schema: dict[str, Any]) -> Any:
    if schema["type"] == "integer":
        if not (text.isascii() and text.isdecimal() and len(text) < 12):
            raise UsageError(f"{name!r} has to be a whole number")
        number = int(text)
        if not schema.get("minimum", 0) <= number <= schema.get("maximum", 1 << 40):
            raise UsageError(f"{name!r} has to be from {schema.get('minimum', 0)} to {schema.get('maximum')}")
        return number
    if len(text) > schema.get("maxLength", 400):
        raise UsageError(f"{name!r} is too long")
    if len(text) < schema.get("minLength", 0):
        raise UsageError(f"{name!r} is too short")
    if "enum" in schema and text not in schema["enum"]:
        raise UsageError(f"{name!r} is none of {', '.join(schema['enum'])}")
    return text


async def _body(request: Request) -> bytes:
    """The body, no longer than an upload may be: what is longer is not read."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > UPLOAD_SIZE:
        raise UsageError(f"files up to {UPLOAD_SIZE >> 20} MiB are taken")
    parts: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > UPLOAD_SIZE:
                raise UsageError(f"files up to {UPLOAD_SIZE >> 20} MiB are taken")
            parts.append(chunk)
    except ClientDisconnect:
        raise UsageError("the file did not arrive whole") from None
    return b"".join(parts)


def _status(error: RectoError) -> int:
    if isinstance(error, NotFoundError):
        return 404
    return 400 if isinstance(error, UsageError) else 422


def _problem(status: int, error: RectoError) -> Response:
    return _answer({"code": error.code, "message": error.message}, status)


def _answer(value: Any, status: int = 200, headers: Any = None) -> Response:
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json", headers=headers)


_vega_lock = threading.Lock()


def vega() -> bytes:
    """The bundle that draws charts in the browser. Raises `UsageError` where the extra `charts` is not installed."""
    from recto.viewer.vega import bundle

    with _vega_lock:
        return bundle()
