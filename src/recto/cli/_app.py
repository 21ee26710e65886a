"""The group of all commands, each imported only when it is named."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import click


class CommandModules(click.Group):
    """A group whose commands are the modules of this package (see the package's docstring)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if "_" in cmd_name:
            return None
        try:
            module = import_module(f"recto.cli.{cmd_name.replace('-', '_')}")
        except ModuleNotFoundError as error:
            if error.name is None or not error.name.startswith("recto.cli."):
                raise
            return None
        found: object = getattr(module, "command", None)
        if not isinstance(found, click.Command):
            return None
        found.name = cmd_name
        _complete_paths(found)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = _nearest(args[0])
            if near is None:
                raise
            raise click.UsageError(f"{error.message.rstrip('.')}. Did you mean {near!r}?", ctx) from None


def _complete_paths(command: click.Command) -> None:
    """Lets shells complete the names of files where a parameter takes one, which click's types of text do not."""
    for parameter in command.params:
        if parameter.metavar in _PATHS:
            setattr(parameter, "shell_complete", _paths)  # noqa: B010 - a method of click's, for this one alone
    for below in getattr(command, "commands", {}).values():
        _complete_paths(below)


_PATHS = frozenset("SOURCE SOURCE… [SOURCE]... A B PAGE... FILE DIR PATH INDEX PACKAGE".split())
"""What help calls that which may be a path."""


def _paths(ctx: click.Context, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


@cache
def _names() -> frozenset[str]:
    from pkgutil import iter_modules

    package = import_module("recto.cli")
    return frozenset(
        module.name.replace("_", "-") for module in iter_modules(package.__path__) if not module.name.startswith("_")
    )


def _nearest(word: str) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(word, sorted(_names()), n=1)
    return found[0] if found else None


def _print_version(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        import recto

        click.echo(f"recto {recto.__version__}")
        ctx.exit()


@click.group(cls=CommandModules, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def app() -> None:
    """Read XBRL filings: render their report pages as the SEC does, list their facts, check them.

    SOURCE is a folder; an inline .htm or .xhtml, an instance .xml or .xbrl; a filing .zip or report package (.xbri,
    .xbr, .zip); an SGML full submission (.txt, .nc); xBRL-JSON or xBRL-CSV metadata (.json); one of these packed by
    itself (.gz); an https:// URL; or an EDGAR accession number, or a company, a form and perhaps a year, in quotes
    ('AAPL 10-K 2023').

    Results go to stdout, messages to stderr. Exit status: 0 done and no error found; 1 done, and the filing has errors,
    or some of several sources failed; 2 usage, or the source could not be read.
    """
