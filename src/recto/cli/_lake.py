"""What commands that ask a lake have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from recto.cli._output import message, output

if TYPE_CHECKING:
    from recto.lake import Lake, Result

Command = TypeVar("Command", bound=Callable[..., Any])

lake_option = click.option("--lake", required=True, metavar="DIR", help="The lake: a folder, or s3://BUCKET/PATH.")
frequency_option = click.option(
    "--frequency",
    type=click.Choice(["quarter", "year", "ttm"]),
    default="year",
    help="`ttm`: the twelve months that end with each quarter. Default: year.",
)
_ANSWERS = (
    click.option(
        "--to",
        "form",
        type=click.Choice(["text", "csv", "json", "parquet", "arrow", "xlsx", "html", "md"]),
        help="Default: by the extension of FILE, else text. `json` is one object a line.",
    ),
    click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout."),
)
_VERSIONS = (
    click.option("--first-reported", is_flag=True, help="Numbers as first reported. Default: as reported latest."),
    click.option("--as-known-on", metavar="DATE", help="As it was known at the end of that day (UTC)."),
)


def answer_options(function: Command) -> Command:
    """Adds --to and -o."""
    for option in reversed(_ANSWERS):
        function = option(function)
    return function


def version_options(function: Command) -> Command:
    """Adds --first-reported and --as-known-on, as the lake's questions take them."""
    for option in reversed(_VERSIONS):
        function = option(function)
    return function


def lake_of(path: str | None) -> Lake | None:
    """The lake of a face that strangers may ask: its SQL reads nothing but the lake."""
    if path is None:
        return None
    from recto.lake import Lake

    return Lake(path, closed=True)


def answer(
    lake: str, ask: Callable[[Lake], Result], form: str | None, path: str | None, *, files: bool = False
) -> None:
    """Writes the answer to a question, which is not asked where the answer could not be written. `files`: of `Lake`."""
    from recto.frames import FORMATS, form_of
    from recto.lake import Lake

    form = form_of(path, ("text", *FORMATS), given=form, default="text")
    with Lake(lake, files=files) as opened:
        result = ask(opened)
    if not len(result):
        message("nothing was found")
    if form == "text":
        text = result.text()
        with output(path) as stream:
            stream.write(text + "\n" if text else "")
        return
    with output(path, binary=True) as stream:
        for chunk in result.chunks(form):
            stream.write(chunk)


def members_of(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """AXIS=MEMBER, repeated, as a dictionary."""
    found: dict[str, str] = {}
    for each in value:
        axis, equals, member = each.partition("=")
        if not equals or not axis.strip() or not member.strip():
            raise click.BadParameter(f"{each!r} has not the form AXIS=MEMBER", ctx, option)
        found[axis.strip()] = member.strip()
    return found
