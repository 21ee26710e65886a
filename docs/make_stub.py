"""Writes tests/api/recto.pyi: the whole public surface with its types, from the source; a test tells when it differs.

Run by `make docs`. What changes there, changes for everybody who uses recto: docs/versioning.md.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import recto

STUB = Path(__file__).resolve().parents[1] / "tests" / "api" / "recto.pyi"
HEAD = '''"""The public surface of recto with its types: written by docs/make_stub.py, compared by tests/api."""

'''
SPECIAL = frozenset(
    "__arrow_c_stream__ __bool__ __call__ __contains__ __enter__ __exit__ __getitem__ __iter__ __len__".split()
)
"""Methods with such names that people use through syntax."""


class Module:
    """The source of a module: its definitions, and whence it has each name."""

    def __init__(self, name: str):
        self.name = name
        module = import_module(name)
        self.tree = ast.parse(Path(inspect.getsourcefile(module) or "").read_text(encoding="utf-8"))
        self.definitions: dict[str, ast.stmt] = {}
        self.imports: dict[str, tuple[str, str]] = {}
        self._read(self.tree.body)

    def _read(self, body: list[ast.stmt]) -> None:
        for node in body:
            if isinstance(node, ast.ImportFrom):
                for each in node.names:
                    self.imports[each.asname or each.name] = (node.module or "", each.name)
            elif isinstance(node, ast.Import):
                for each in node.names:
                    self.imports[each.asname or each.name.partition(".")[0]] = (each.name, "")
            elif isinstance(node, ast.If):
                self._read(node.body)
            elif isinstance(node, ast.ClassDef | ast.FunctionDef):
                self.definitions.setdefault(node.name, node)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        self.definitions.setdefault(target.id, node)


@cache
def module(name: str) -> Module:
    return Module(name)


def home_of(name: str, place: str) -> tuple[Module, str]:
    """The module that defines a name, through the packages that hand it on."""
    found = module(place)
    while name not in found.definitions:
        place, name = found.imports[name]
        found = module(place)
    return found, name


def _name_of(node: ast.stmt) -> str:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return getattr(node, "name", "")


class Stub:
    """Collects the text of the stub and what it has to import."""

    def __init__(self) -> None:
        self.imports: dict[str, tuple[str, str]] = {}
        """Name in the stub → (module, name there)."""
        self.opaque: list[str] = []
        """Classes of recto's that are handed out and not promised."""
        self.known: dict[tuple[str, str], str] = {}
        """(module, name there) → name in the stub."""
        for name in recto.__all__:
            if name in recto._HOMES:
                place, own = home_of(name, recto._HOMES[name])
                self.known[place.name, own] = name

    def written(self, node: ast.expr, place: Module) -> str:
        """An annotation with the names that the stub has for what it names."""
        stub = self

        class Renamed(ast.NodeTransformer):
            def visit_Name(self, node: ast.Name) -> ast.Name:
                return ast.Name(stub.name(node.id, place))

            def visit_Constant(self, node: ast.Constant) -> ast.expr:
                return node

        return ast.unparse(Renamed().visit(ast.parse(ast.unparse(node), mode="eval").body))

    def name(self, name: str, place: Module) -> str:
        if name in place.definitions:
            source = (place.name, name)
        elif name in place.imports:
            source = place.imports[name]
            if source[0].startswith("recto") and source[1]:
                try:
                    found, own = home_of(source[1], source[0])
                    source = (found.name, own)
                except KeyError:  # a module
                    pass
        else:
            return name  # a builtin
        if source in self.known:
            return self.known[source]
        if source[0].startswith("recto"):
            found = module(source[0])
            node = found.definitions[source[1]]
            if isinstance(node, ast.Assign):
                return f"({self.written(node.value, found)})"  # an alias: what it stands for
        free = name
        while free in set(self.known.values()):
            free += "_"
        self.known[source] = free
        if source[0].startswith("recto"):
            self.opaque.append(free)
        else:
            self.imports[free] = source
        return free

    def text(self) -> str:
        parts = []
        for name in sorted(recto.__all__):
            if name == "__version__":
                parts.append("__version__: str\n")
                continue
            place, own = home_of(name, recto._HOMES[name])
            node = place.definitions[own]
            if isinstance(node, ast.ClassDef):
                parts.append("\n".join(self.class_(node, place)) + "\n")
            elif isinstance(node, ast.FunctionDef):
                parts.append("\n".join(self.function(node, place, "")) + "\n")
            else:
                value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
                assert value is not None
                parts.append(f"{name} = {self.written(value, place)}\n")
        opaque = "".join(f"class {name}: ...\n" for name in sorted(self.opaque))
        heads = "\n".join(sorted(self._import_lines()))
        return f"{HEAD}{heads}\n\n# Handed out, and not promised:\n{opaque}\n" + "\n".join(parts)

    def _import_lines(self) -> Iterator[str]:
        for name, (place, own) in self.imports.items():
            if not own:
                yield f"import {place}" if name == place else f"import {place} as {name}"
            else:
                yield f"from {place} import {own}" if name == own else f"from {place} import {own} as {name}"

    def class_(self, node: ast.ClassDef, place: Module) -> Iterator[str]:
        inner = [(each, self.hidden(each, place)) for each in node.bases]
        bases = [base for each in node.bases for base in self.bases(each, place)]
        bases += [f"{each.arg}={ast.unparse(each.value)}" for each in node.keywords]
        for each in node.decorator_list:
            if "dataclass" in ast.unparse(each):
                yield "@" + self.written(each, place)
        yield f"class {node.name}({', '.join(bases)}):" if bases else f"class {node.name}:"
        lines = [line for each in node.body for line in self.member(each, place)]
        own = {_name_of(each) for each in node.body} | {line.strip().partition(":")[0] for line in lines}
        for _, hidden in inner:
            if hidden is not None:
                lines += [
                    line
                    for each in hidden[0].body
                    if _name_of(each) not in own
                    for line in self.member(each, hidden[1])
                ]
        yield from lines or ["    ..."]

    def bases(self, base: ast.expr, place: Module) -> Iterator[str]:
        """The base, or those of one that is not public."""
        hidden = self.hidden(base, place)
        if hidden is None:
            yield self.written(base, place)
        else:
            for each in hidden[0].bases:
                yield from self.bases(each, hidden[1])

    def hidden(self, base: ast.expr, place: Module) -> tuple[ast.ClassDef, Module] | None:
        """A class of recto's that is not public, with its module: what it has is said of those that derive from it."""
        name = base.id if isinstance(base, ast.Name) else ""
        source = (place.name, name) if name in place.definitions else place.imports.get(name, ("", ""))
        if not source[0].startswith("recto"):
            return None
        found, own = home_of(source[1], source[0])
        node = found.definitions[own]
        public = (found.name, own) in self.known and self.known[found.name, own] not in self.opaque
        return (node, found) if isinstance(node, ast.ClassDef) and not public else None

    def member(self, node: ast.stmt, place: Module) -> Iterator[str]:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if not node.target.id.startswith("_"):
                default = "" if node.value is None else " = ..."
                yield f"    {node.target.id}: {self.written(node.annotation, place)}{default}"
        elif isinstance(node, ast.FunctionDef):
            if node.name == "__init__":
                yield from self._made(node, place)
            elif not node.name.startswith("_") or node.name in SPECIAL:
                yield from self.function(node, place, "    ")

    def _made(self, node: ast.FunctionDef, place: Module) -> Iterator[str]:
        """Attributes that a constructor sets: public ones, typed by its parameters or by what is written there."""
        types = {each.arg: each.annotation for each in [*node.args.args, *node.args.kwonlyargs]}
        for each in ast.walk(node):
            if isinstance(each, ast.AnnAssign):
                target, annotation = each.target, each.annotation
            elif isinstance(each, ast.Assign) and len(each.targets) == 1:
                target, annotation = each.targets[0], None
                if isinstance(each.value, ast.Name):
                    annotation = types.get(each.value.id)
                elif isinstance(each.value, ast.JoinedStr):
                    annotation = ast.Name("str")
                elif isinstance(each.value, ast.Call) and ast.unparse(each.value.func)[:1].isupper():
                    annotation = each.value.func
            else:
                continue
            if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self" and target.attr[0] != "_":
                said = "object" if annotation is None else self.written(annotation, place)
                yield f"    {target.attr}: {said}"

    def function(self, node: ast.FunctionDef, place: Module, indent: str) -> Iterator[str]:
        for each in node.decorator_list:
            decorator = ast.unparse(each)
            if decorator == "once":
                yield f"{indent}@property"
            elif decorator.endswith((".setter", "contextmanager")) or decorator in (
                "property",
                "classmethod",
                "staticmethod",
            ):
                yield f"{indent}@{decorator}"
            elif decorator == "overload":
                yield f"{indent}@{self.written(each, place)}"
        if any(ast.unparse(each) == "overload" for each in node.decorator_list):
            self._overloaded = node.name
        elif getattr(self, "_overloaded", None) == node.name:  # the one that all stand for
            self._overloaded = None
            return
        said = node.returns
        returned = "" if said is None else f" -> {self.written(said, place)}"
        yield f"{indent}def {node.name}({self._parameters(node.args, place)}){returned}: ..."

    def _parameters(self, arguments: ast.arguments, place: Module) -> str:
        def one(each: ast.arg, default: ast.expr | None) -> str:
            said = "" if each.annotation is None else f": {self.written(each.annotation, place)}"
            return f"{each.arg}{said}" + ("" if default is None else " = ..." if said else "=...")

        plain = [*arguments.posonlyargs, *arguments.args]
        defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
        parts = [one(each, default) for each, default in zip(plain, defaults, strict=True)]
        if arguments.posonlyargs:
            parts.insert(len(arguments.posonlyargs), "/")
        if arguments.vararg is not None:
            parts.append("*" + one(arguments.vararg, None))
        elif arguments.kwonlyargs:
            parts.append("*")
        parts += [one(a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
        if arguments.kwarg is not None:
            parts.append("**" + one(arguments.kwarg, None))
        return ", ".join(parts)


def stub() -> str:
    """The stub, as it should be."""
    return Stub().text()


if __name__ == "__main__":
    STUB.parent.mkdir(exist_ok=True)
    STUB.write_text(stub(), encoding="utf-8")
