"""Running the commands as a user does, in process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from recto.cli import main


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


@pytest.fixture
def recto_command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs `recto ARGUMENTS…`; gives exit status, stdout and stderr."""

    def run(*arguments: object) -> Outcome:
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run
