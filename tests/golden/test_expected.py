"""Every filing that the SEC's renderer was run on: our pages are the same, cell by cell, and so is FilingSummary.xml.

The comparison is `../shared/tools/compare_pages.py`, run as it stands.
"""

from __future__ import annotations

import runpy
import subprocess
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

import recto
from tests.conftest import SHARED

COMPARE = SHARED / "tools" / "compare_pages.py"

KNOWN: dict[str, str] = {}
"""Filing → why a page of it still differs. The aim is an empty table."""


@cache
def shared_folder() -> Path | None:
    unpack = SHARED / "unpack"
    if not unpack.exists():
        return None
    return Path(subprocess.run([str(unpack)], check=True, capture_output=True, text=True).stdout.strip())


def names(part: str) -> list[str]:
    folder = shared_folder()
    return [] if folder is None else sorted(each.name for each in (folder / part).iterdir() if each.is_dir())


EXPECTED = names("expected")


@pytest.mark.skipif(not EXPECTED, reason="../shared is absent: the real filings are not part of this repository")
@pytest.mark.parametrize("name", EXPECTED)
def test_pages_are_the_same(
    name: str,
    filing: recto.Filing,
    shared_data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    if name in KNOWN:
        request.applymarker(pytest.mark.xfail(reason=KNOWN[name], strict=True))
    filing.render(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(COMPARE), str(shared_data / "expected" / name), str(tmp_path), "-v", "3"])
    with ExitStack() as files:  # the comparison leaves its files open
        opened = {"open": lambda *given: files.enter_context(open(*given))}
        with pytest.raises(SystemExit) as compared:
            runpy.run_path(str(COMPARE), opened, run_name="__main__")
    assert compared.value.code == 0, capsys.readouterr().out
