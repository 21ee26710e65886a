"""The SOURCE argument and the options that every command which reads one has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from recto.errors import SourceError, UsageError

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.instance.model import Instance

Command = TypeVar("Command", bound=Callable[..., Any])


class SourceOptions(TypedDict):
    """What `source_options` passes to a command, as keyword arguments; `recto.open` takes the same."""

    taxonomies: tuple[str, ...]
    cache_dir: str | None
    offline: bool | None
    use_cache: bool
    language: tuple[str, ...]
    regime: str | None
    parameters: Mapping[str, str]


def source_argument(function: Command) -> Command:
    return click.argument("source", metavar="SOURCE")(function)


def source_options(function: Command) -> Command:
    """Adds --taxonomies, --cache-dir, --offline, --no-cache, --language, --regime, --param; `recto.open` looks in the
    environment for the rest.
    """
    for option in (
        click.option(
            "--param",
            "parameters",
            metavar="NAME=VALUE",
            multiple=True,
            callback=_parameters,
            help="A value for filer rules and formulas. Repeatable.",
        ),
        click.option(
            "--regime",
            metavar="NAME",
            help="Whose report it is: sec, esef, uk, …, or plain. Default: what it shows itself to be.",
        ),
        click.option(
            "--language",
            metavar="TAG",
            multiple=True,
            help="Language of labels and headings: de, ja, es. Repeatable, best first. Default: the report's own.",
        ),
        click.option(
            "--no-cache",
            "use_cache",
            flag_value=False,
            default=True,
            help="Use nothing from the cache: only the filing, --taxonomies and the web.",
        ),
        click.option("--offline", flag_value=True, default=None, help="Fetch nothing (or set RECTO_OFFLINE=1)."),
        click.option(
            "--cache-dir",
            metavar="DIR",
            help="Where fetched documents and compiled taxonomies are kept (or set RECTO_CACHE_DIR).",
        ),
        click.option(
            "--taxonomies",
            metavar="PATH",
            multiple=True,
            help="A taxonomy package, or a folder laid out HOST/PATH. Repeatable (or set RECTO_TAXONOMIES,"
            " separated by ':').",
        ),
    ):
        function = option(function)
    return function


def instance_option(function: Command) -> Command:
    """Adds --instance, for `further_instances`."""
    return click.option(
        "--instance",
        "others",
        metavar="NAME=SOURCE",
        multiple=True,
        help="Another report that formulas name. Repeatable.",
    )(function)


def further_instances(given: tuple[str, ...], options: SourceOptions) -> dict[str, Instance]:
    """`NAME=SOURCE`, each the first report of its source. Raises `UsageError` for what is none."""
    from recto.filing.outcomes import instance_of

    found = {}
    for each in given:
        name, equals, source = each.partition("=")
        if not name or not equals or not source:
            raise UsageError(f"--instance takes NAME=SOURCE, not {each!r}")
        found[name] = instance_of(open_filing(source, options), 0)
    return found


def _parameters(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in value:
        name, equals, text = each.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(f"{each!r} has not the form NAME=VALUE", ctx, option)
        found[name.strip()] = text
    return found


def open_filing(source: str, options: SourceOptions | dict[str, Any]) -> Filing:
    """The filing, or taxonomy, that SOURCE names, read with the common options."""
    from recto.filing import open as open_

    return open_(source, **options)


def open_report(source: str, options: SourceOptions | dict[str, Any]) -> Filing:
    """The same for commands about facts.

    Raises `SourceError` (`recto:noFacts`) where SOURCE is a schema. Of a folder or archive that lacks its report,
    findings tell what is absent.
    """
    filing = open_filing(source, options)
    if source.casefold().endswith(".xsd") and all(entry.kind == "schema" for entry in filing.source.entries):
        raise SourceError.of("recto:noFacts", document=source)
    return filing
