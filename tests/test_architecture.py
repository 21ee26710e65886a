"""The rules of the house: no import runs upward or in a circle, the views do not import each other, and faces use
public names.

Imports inside functions and those for type checkers alone count as all others do.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "recto"
LEVELS = {
    **dict.fromkeys(
        (
            "names",
            "absent",
            "cells",
            "files",
            "fiscal",
            "limits",
            "once",
            "uncollected",
            "passive",
            "patterns",
            "printable",
            "reprs",
            "settings",
            "version",
            "xsd",
        ),
        0,
    ),
    "publishers": 0,
    "arithmetic": 1,
    "frames": 2,
    "workbook": 1,
    "errors": 1,
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
    "tablelinkbase": 6,
    **dict.fromkeys(("rules", "rendering", "tables"), 6),
    "filed": 6,
    "charts": 7,
    "desk": 7,
    "trees": 7,
    "select": 7,
    "statements": 7,
    **dict.fromkeys(("filing", "streaming", "records", "coverage", "saving", "comparison"), 7),
    **dict.fromkeys(("installed", "explain", "viewer", "calculations"), 7),
    "lake": 8,
    "suites": 8,
    **dict.fromkeys(("cli", "web", "mcp", "verbs"), 9),
}
VIEWS = {"rules", "rendering", "tables"}
LARGEST = 600
"""Lines of a module."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    parts = ("recto", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in modules()}


@cache
def imported(path: Path) -> frozenset[str]:
    """The modules of recto that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "recto":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in MODULES else str(node.module))
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return frozenset(found & MODULES.keys())


def imports(path: Path) -> set[str]:
    """The rooms that a module imports."""
    return {name.split(".")[1] for name in imported(path) if "." in name}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_import_runs_upward(path: Path) -> None:
    home = room(path)
    if home in ("__init__", "__main__"):
        return
    for other in imports(path) - {home}:
        assert LEVELS[other] <= LEVELS[home], f"{home} imports {other}"
        assert not (home in VIEWS and other in VIEWS), f"{home} and {other} are views: neither imports the other"


def circles() -> list[frozenset[str]]:
    """Sets of modules that all reach each other (Tarjan's strongly connected components)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[frozenset[str]] = []

    def visit(name: str) -> None:
        number[name] = low[name] = len(number)
        stack.append(name)
        for other in imported(MODULES[name]) - {name}:
            if other not in number:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            at = stack.index(name)
            found.append(frozenset(stack[at:]))
            del stack[at:]

    for name in MODULES:
        if name not in number:
            visit(name)
    return [each for each in found if len(each) > 1]


def test_no_imports_form_a_circle() -> None:
    assert [sorted(each) for each in circles()] == []


FACES = ("cli", "web", "mcp")


@pytest.mark.parametrize(
    "path", [path for path in modules() if room(path) in FACES], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_faces_use_public_names(path: Path) -> None:
    """A face names nothing of another room that begins with an underscore: no module, no name, no attribute."""
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("recto"):
            parts = str(node.module).split(".")
            own = len(parts) > 1 and parts[1] == room(path)
            names = [*parts[1:], *(alias.name for alias in node.names)]
            wrong += [f"{node.lineno}: {name}" for name in names if name.startswith("_") and not own]
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            owner = node.value
            if not (isinstance(owner, ast.Name) and owner.id in ("self", "cls")):
                wrong.append(f"{node.lineno}: .{node.attr}")
    assert not wrong


def test_no_rule_looks_into_discovery() -> None:
    """Rules see a taxonomy as `recto.rules.subject.Subject` and the taxonomy's public names give it."""
    looking = [
        str(path.relative_to(PACKAGE))
        for path in modules()
        if room(path) in ("rules", "formula") and re.search(r"\._discovery\b", path.read_text(encoding="utf-8"))
    ]
    assert looking == []


def test_modules_stay_small() -> None:
    large = {str(p.relative_to(PACKAGE)): n for p in modules() if (n := len(p.read_text().splitlines())) > LARGEST}
    assert large == {}


def test_every_room_is_on_the_map() -> None:
    rooms = {room(path) for path in modules()} - {"__init__", "__main__"}
    assert rooms == set(LEVELS)
    rows = (PACKAGE.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8").splitlines()
    told = {name for row in rows if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert rooms <= told


def test_laying_out_pages_loads_nothing_of_the_web() -> None:
    """A command pays for what it imports: one quoting function of `xml.sax` brought all of HTTP along."""
    heavy = "urllib.request http.client email.parser ssl xml.sax asyncio pyarrow pandas".split()
    code = f"import sys, recto.rendering.render; print([each for each in {heavy} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
