"""The public surface, and what it costs to import it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import recto


@pytest.mark.parametrize("name", recto.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(recto, name) is not None


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        recto.opne  # noqa: B018


def test_import_is_light() -> None:
    """What costs time is not loaded before it is needed; `make bench` measures the time."""
    code = (
        "import sys; before = set(sys.modules); import recto; "
        "heavy = {'pyarrow', 'lxml', 'rich', 'click', 'httpx2', 'pandas', 'polars', 'duckdb', 'altair', 'msgspec'}; "
        "print(len(set(sys.modules) - before), *sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert run[1:] == []
    assert int(run[0]) < 50
