"""docs/cli.md is current, and every command says what it does."""

from __future__ import annotations

from pathlib import Path

import click

from recto.cli._app import app
from tests.makers import maker

ROOT = Path(__file__).resolve().parents[2]


def _reference() -> str:
    module = maker("cli")
    return module.reference()


def _all(command: click.Command, path: str = "recto") -> list[tuple[str, click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None, f"cli/{name}.py holds no click command named `command`"
            found += _all(child, f"{path} {name}")
    return found


def test_the_reference_is_what_the_commands_say() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == _reference(), "run `make docs`"


def test_every_command_and_every_option_has_its_help() -> None:
    for path, command in _all(app):
        assert command.help, path
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{path} {parameter.opts}"


def test_the_commands_of_the_design_are_there() -> None:
    names = {path for path, _ in _all(app)}
    assert {"recto render", "recto show", "recto facts"} <= names
