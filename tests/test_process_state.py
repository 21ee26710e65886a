"""What a process shares is on the list of docs/architecture.md: all caches, and all tables of modules that grow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "recto"
CACHES = {"cache", "lru_cache"}
GROWING = {
    "dict", "list", "set", "defaultdict", "deque", "OrderedDict", "Counter", "WeakValueDictionary",
    "WeakKeyDictionary", "WeakSet",
}  # fmt: skip
CHANGES = {"append", "add", "update", "setdefault", "pop", "popitem", "clear", "extend", "insert", "discard", "remove"}


def shared(path: Path) -> Iterator[str]:
    """Functions whose results are kept, and tables of a module that something in it changes."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(_name(each) in CACHES for each in node.decorator_list):
            yield node.name
    tables = {name for node in tree.body for name in _tables(node)}
    for node in ast.walk(tree):
        found = _changed(node) & tables
        yield from found


def _name(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _tables(node: ast.stmt) -> Iterator[str]:
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    kinds = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
    if isinstance(value, kinds) or (isinstance(value, ast.Call) and _name(value) in GROWING):
        yield from (each.id for each in targets if isinstance(each, ast.Name))


def _changed(node: ast.AST) -> set[str]:
    """Names of what a statement or call changes, where it is inside a function (the module's own lines make it)."""
    if isinstance(node, ast.FunctionDef):
        found = set()
        local = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        local |= {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
        for each in ast.walk(node):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in CHANGES:
                found.add(_name(each.func.value))
            elif isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store | ast.Del):
                found.add(_name(each.value))
        return found - local
    return set()


def listed() -> set[str]:
    """Modules and packages that the table names."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = text.partition("## What a process shares")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ") and "---" not in line]
    return {name for row in rows for name in re.findall(r"`([\w.]+)`", row[2])}


def test_what_a_process_shares_is_on_the_list() -> None:
    known = listed()
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        names = set(shared(path))
        if names:
            module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
            found[module] = names
    absent = {
        module: sorted(names)
        for module, names in found.items()
        if not any(module == each or module.startswith(f"{each}.") for each in _modules(known))
    }
    assert absent == {}


def test_the_list_names_what_there_is() -> None:
    for name in listed():
        path = PACKAGE.joinpath(*name.split("."))
        holder = PACKAGE.joinpath(*name.split(".")[:-1])
        assert path.is_dir() or path.with_suffix(".py").is_file() or holder.with_suffix(".py").is_file(), name


def _modules(names: set[str]) -> set[str]:
    """The modules of what is named, be it a class in one."""
    found = set(names)
    found |= {name.rpartition(".")[0] for name in names if name.rpartition(".")[2][:1].isupper()}
    return found - {""}
