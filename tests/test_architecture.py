"""The rules of the house: no import runs upward, and the three views do not import each other."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "recto"
LEVELS = {
    **dict.fromkeys(
        ("names", "errors", "files", "fiscal", "limits", "once", "passive", "printable", "reprs", "settings"), 0
    ),
    "publishers": 0,
    "arithmetic": 1,
    "frames": 2,
    "workbook": 1,
    "findings": 1,
    "failures": 2,
    "gathering": 2,
    "prose": 2,
    "xml": 2,
    "edgar": 3,
    "sources": 3,
    "taxonomy": 4,
    "instance": 5,
    "schema": 5,
    "xpath": 5,
    "regimes": 5,
    "formula": 6,
    **dict.fromkeys(("rules", "rendering", "tables"), 6),
    "charts": 7,
    "desk": 7,
    "trees": 7,
    "select": 7,
    "statements": 7,
    **dict.fromkeys(("filing", "records", "saving", "comparison", "installed", "explain", "viewer", "calculations"), 7),
    "lake": 8,
    "suites": 8,
    **dict.fromkeys(("cli", "web", "mcp"), 9),
}
VIEWS = {"rules", "rendering", "tables"}
LARGEST = 800
"""Lines of a module."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, typing_too: bool = False) -> set[str]:
    """Rooms that a module imports, at its top or inside functions; those for type checkers only if asked for."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not typing_too:
            return
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith("recto"):
            parts = node.module.split(".")
            found.update([parts[1]] if len(parts) > 1 else [alias.name for alias in node.names])
        elif isinstance(node, ast.Import):
            found.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("recto."))
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return found & LEVELS.keys()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_import_runs_upward(path: Path) -> None:
    home = room(path)
    if home in ("__init__", "__main__"):
        return
    for other in imports(path) - {home}:
        assert LEVELS[other] <= LEVELS[home], f"{home} imports {other}"
        assert not (home in VIEWS and other in VIEWS), f"{home} and {other} are views: neither imports the other"


def test_modules_stay_small() -> None:
    large = {str(p.relative_to(PACKAGE)): n for p in modules() if (n := len(p.read_text().splitlines())) > LARGEST}
    assert large == {}


def test_every_room_is_on_the_map() -> None:
    rooms = {room(path) for path in modules()} - {"__init__", "__main__"}
    assert rooms == set(LEVELS)


def test_laying_out_pages_loads_nothing_of_the_web() -> None:
    """A command pays for what it imports: one quoting function of `xml.sax` brought all of HTTP along."""
    heavy = "urllib.request http.client email.parser ssl xml.sax asyncio pyarrow pandas".split()
    code = f"import sys, recto.rendering.render; print([each for each in {heavy} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
