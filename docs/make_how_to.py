"""Writes into docs/how-to/*.md what their code prints; `make docs` runs it, and a test tells when a page is behind."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "how-to"
EXAMPLE = ROOT / "examples" / "annual-reports"
_CODE = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<output>.*?)```\n)?", re.S)


def pages() -> list[Path]:
    """Pages with code, in the order of their names."""
    return sorted(path for path in PAGES.glob("*.md") if path.name != "README.md")


def code_of(page: Path) -> str:
    match = _CODE.search(page.read_text(encoding="utf-8"))
    assert match is not None, page
    return match["code"]


def commands_of(page: Path) -> list[str]:
    """What the page says for the shell."""
    return re.findall(r"^ {4}(recto .*)$", page.read_text(encoding="utf-8"), re.M)


def printed(code: str) -> str:
    """What code prints where the example stands."""
    with tempfile.TemporaryDirectory() as folder:
        for each in EXAMPLE.iterdir():
            if each.is_dir():
                (Path(folder) / each.name).symlink_to(each)
        settings = {
            "RECTO_TAXONOMIES": "taxonomy",
            "RECTO_OFFLINE": "1",
            "COLUMNS": "140",
            "PYTHONPATH": str(ROOT / "src"),
        }
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=folder,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"{code}\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())


def renewed(page: Path) -> str:
    """The page with what its code prints now."""
    text = page.read_text(encoding="utf-8")
    match = _CODE.search(text)
    assert match is not None, page
    output = printed(match["code"])  # a page that shows nothing printed is run all the same
    if match["output"] is None:
        return text
    return text[: match.start("output")] + (f"{output}\n" if output else "") + text[match.end("output") :]


if __name__ == "__main__":
    for each in pages():
        each.write_text(renewed(each), encoding="utf-8")
