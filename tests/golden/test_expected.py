"""Every filing that the SEC's renderer was run on: our pages are the same, cell by cell, and so is FilingSummary.xml.

The comparison is `../shared/tools/compare_pages.py`, run as it stands.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from recto.cli import main
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


def render(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Renders a shared filing with the shared taxonomies; gives what was printed. 2 would mean that it could not."""
    shared = shared_folder()
    assert shared is not None
    arguments = ["render", shared / "filings" / name, "--taxonomies", shared / "taxonomies", "--offline", "-o", folder]
    status = main([str(each) for each in arguments])
    captured = capsys.readouterr()
    assert status in (0, 1), captured.err
    return captured.out + captured.err


@pytest.mark.skipif(not EXPECTED, reason="../shared is absent: the real filings are not part of this repository")
@pytest.mark.parametrize("name", EXPECTED)
def test_pages_are_the_same(
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    if name in KNOWN:
        request.applymarker(pytest.mark.xfail(reason=KNOWN[name], strict=True))
    render(name, tmp_path, capsys)
    shared = shared_folder()
    assert shared is not None
    command = [sys.executable, str(COMPARE), str(shared / "expected" / name), str(tmp_path), "-v", "3"]
    compared = subprocess.run(command, capture_output=True, text=True)
    assert compared.returncode == 0, compared.stdout + compared.stderr
