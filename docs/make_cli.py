"""Writes docs/cli.md from the commands themselves: `make docs`. With --check, only tells whether it is current.

The page is laid out here and not by click, so that it does not change with click's version.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import click

from recto.cli._app import app

TARGET = Path(__file__).with_name("cli.md")
INTRODUCTION = """\
# The commands

This page is made from the commands themselves (`make docs`); `recto COMMAND --help` prints the same.
"""


def reference() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_command(app, "recto")]).rstrip() + "\n"


def _command(command: click.Command, path: str) -> list[str]:
    arguments = [each.metavar or str(each.name).upper() for each in command.params if isinstance(each, click.Argument)]
    usage = [path, *(["COMMAND"] if isinstance(command, click.Group) else arguments), "[OPTIONS]"]
    level = "#" * min(4, len(path.split()) + 1)
    parts = [f"{level} {path}", "", f"    {' '.join(usage)}", ""]
    parts += [_text(inspect.cleandoc(command.help or "")), ""]
    options = [each for each in command.params if isinstance(each, click.Option) and not each.hidden]
    if options:
        parts += ["| option | |", "|---|---|", *(_option(each) for each in options), ""]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None, f"cli/{name}.py holds no click command named `command`"
            parts += _command(child, f"{path} {name}")
    return parts


def _text(help_text: str) -> str:
    """Help as Markdown: what click keeps as it stands (after a backspace) stays so here."""
    paragraphs = help_text.split("\n\n")
    return "\n\n".join(f"```\n{each[2:]}\n```" if each.startswith("\b\n") else each for each in paragraphs)


def _option(option: click.Option) -> str:
    names = ", ".join(option.opts)
    if not option.is_flag and not option.count:
        names += " " + _value(option)
    text = (option.help or "").replace("|", "\\|")
    if option.multiple and "epeat" not in text:
        text += " Repeatable."
    return f"| `{names}` | {text} |"


def _value(option: click.Option) -> str:
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return ",".join(str(choice) for choice in option.type.choices)
    return {"text": "TEXT", "integer": "N", "float": "X"}.get(option.type.name, option.type.name.upper())


def main() -> int:
    text = reference()
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.exists() and TARGET.read_text("utf-8") == text else 1
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
