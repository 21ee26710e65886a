"""The documentation's examples are files, and they run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = sorted((ROOT / "examples" / "library").glob("*.py"))
DEMO = ROOT / "examples" / "subsequent-events"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_examples_run(path: Path, tmp_path: Path) -> None:
    arguments = [str(DEMO / "filing"), str(DEMO / "taxonomy"), str(tmp_path / "pages")]
    # Coverage and the like must not be asked for in the child; warnings are errors there too.
    done = subprocess.run(
        [sys.executable, "-W", "error", str(path), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def blocks(path: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.S)


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_python_in_the_documentation_is_that_of_the_examples(path: Path) -> None:
    """Each block stands in one of the files, up to the names of the filing and of the folders."""
    files = [_plain(each.read_text(encoding="utf-8")) for each in SCRIPTS]
    for block in blocks(path):
        assert any(_plain(block) in text for text in files), block


def _plain(text: str) -> str:
    text = re.sub(r"recto\.open\([^)]*\)", "recto.open(…)", text)
    text = re.sub(r"filing\.render\([^)]*\)", "filing.render(…)", text)
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(
        line for line in lines if line and not line.startswith(("import sys", "from pathlib", "REPORTS", "FILING,"))
    )
