"""`recto serve`: the viewer in the browser, from this machine."""

from __future__ import annotations

import sys
from typing import Any

import click

from recto.cli import UNREADABLE
from recto.cli._lake import lake_of
from recto.cli._options import source_options
from recto.cli._output import message


@click.command(short_help="The web viewer, on this machine.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; any but a loopback one needs the token that is printed.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any that is free."
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Another name by which browsers may ask for this server. Repeatable.",
)
@click.option("--token", is_flag=True, help="Ask for a token on a loopback address too.")
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="HOST",
    help="A host from which readers may open filings by URL, `www.sec.gov`. Repeatable; default: none.",
)
@click.option("--no-uploads", "uploads", flag_value=False, default=True, help="Take no files from readers.")
@click.option("--lake", metavar="DIR", help="A lake whose companies, filings, numbers and texts are shown too.")
@source_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    host: str,
    port: int,
    names: tuple[str, ...],
    token: bool,
    allowed: tuple[str, ...],
    uploads: bool,
    lake: str | None,
    **options: Any,
) -> None:
    """Serve the viewer of every SOURCE, and of a lake with all its filings, and an API of the same as JSON
    (`/api/openapi.json`), until it is stopped.

    Only this machine can ask, unless --host says otherwise; then a token is needed, which the printed address carries.
    """
    try:
        import uvicorn

        from recto.web import Shelf, create_app, listen
    except ModuleNotFoundError:
        message("recto: the server needs starlette and uvicorn: pip install 'recto[web]'")
        ctx.exit(UNREADABLE)
    import secrets

    loopback = host in ("localhost", "::1") or host.startswith("127.")
    secret = secrets.token_urlsafe(24) if token or not loopback else None
    opened = lake_of(lake)
    shelf = Shelf(sources, options=options, hosts=allowed, uploads=uploads, lake=opened)
    app = create_app(shelf, hosts=(*names, *([] if loopback else [host])), token=secret)
    try:
        listener = listen(host, port)
    except OSError as error:
        message(f"recto: {host}:{port} cannot be listened on: {error.strerror}")
        ctx.exit(UNREADABLE)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    message(f"The viewer is at {address}{f'?token={secret}' if secret else ''}  (Ctrl-C stops it)")
    sys.stderr.flush()
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, date_header=False)
    uvicorn.Server(config).run(sockets=[listener])
