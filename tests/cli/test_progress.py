"""The progress bar tells what is at work, and nothing of that controls the terminal."""

from __future__ import annotations

import io
import sys

import pytest

from recto.cli import _progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_names_of_a_filing_control_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(_progress, "_PATIENCE", -1.0)
    monkeypatch.setattr(_progress, "_INTERVAL", -1.0)
    with _progress.progress() as told:
        assert told is not None
        told(1, 2, "R1 \x1b[2J\x9b31m\u202eevil")
    shown = terminal.getvalue().replace("\r\x1b[K", "")
    assert "R1 \\u001b[2J\\u009b31m\\u202eevil" in shown
    assert not any(each in shown for each in "\x1b\x9b\u202e")
