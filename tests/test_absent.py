"""Processes that do without pandas: commands, and the workers of an ingest."""

from __future__ import annotations

import subprocess
import sys

import pytest

from recto.absent import forgo

_MADE = """
import sys
from recto.absent import forgo
forgo("pandas")
import pyarrow
assert pyarrow.array(["a", None]).to_pylist() == ["a", None]
assert "pandas" not in sys.modules
try:
    import pandas
except ModuleNotFoundError as error:
    print(error.name)
"""


def test_arrays_are_made_without_it() -> None:
    pytest.importorskip("pandas")
    assert subprocess.check_output([sys.executable, "-c", _MADE], text=True).strip() == "pandas"


def test_what_is_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    before = list(sys.meta_path)
    forgo("pytest")
    assert sys.meta_path == before


def test_a_module_that_is_forgone_is_no_longer_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.delitem(sys.modules, "this", raising=False)
    forgo("this")
    with pytest.raises(ModuleNotFoundError, match="does without this"):
        __import__("this")


_COMMAND = """
import sys
from recto.cli import main
sys.argv[1:] = ["--version"]
main()
import pyarrow
pyarrow.array([1])
print("pandas" in sys.modules)
"""


def test_commands_do_without() -> None:
    pytest.importorskip("pandas")
    assert subprocess.check_output([sys.executable, "-c", _COMMAND], text=True).splitlines()[-1] == "False"
