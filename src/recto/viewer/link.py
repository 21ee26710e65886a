"""The front end as one script, for pages that open from disk, where modules cannot load others.

The modules are written so that a few replacements do it: imports are of names, at the top, from './x.js',
without circles; what is exported is declared where it is exported. A test holds them to it.
"""

from __future__ import annotations

import re
from functools import cache
from pkgutil import get_data
from typing import Final

from recto.patterns import lazy

_IMPORT: Final = lazy(r"import \{([^}]*)\} from '\./([\w-]+)\.js';")
_LAZY: Final = lazy(r"\bimport\('\./([\w-]+)\.js'\)")
_EXPORT: Final = lazy(r"export ((?:async )?function\*? ?|class |const |let )(\w+)")


@cache
def front_file(name: str) -> bytes:
    """A file of the front end. Raises FileNotFoundError for any other name."""
    if not re.fullmatch(r"[\w-]+\.(?:js|css|html)", name):
        raise FileNotFoundError(name)
    data = get_data("recto.viewer", f"front/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data


def modules(entry: str = "main", *, later: bool = True) -> list[str]:
    """The modules that an entry needs, each behind those that it imports. `later`: those too that it loads when they
    are needed."""
    return list(_in_order(entry, later=later))


def _in_order(entry: str, *, later: bool = True) -> dict[str, list[str]]:
    """The lines of each of them."""
    order: dict[str, list[str]] = {}
    open_: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        if name in open_:
            raise ValueError(f"modules of the front end import each other: {' → '.join([*open_, name])}")
        open_.append(name)
        lines = _lines(name)
        for line in lines:
            if line.startswith("import {") and (found := _IMPORT.match(line)):
                visit(found[2])
            elif later and "import('" in line:
                for other in _LAZY.findall(line):
                    visit(other)
        open_.pop()
        order[name] = lines

    visit(entry)
    return order


@cache
def linked(entry: str = "main") -> str:
    """One classic script that does what the modules do."""
    parts = ["'use strict';\n"]
    for name, written in _in_order(entry).items():
        exported: list[str] = []
        lines: list[str] = []
        for line in written:
            if line.startswith("import {"):
                line = _IMPORT.sub(_constant, line)
            elif line.startswith("export ") and (found := _EXPORT.match(line)):
                exported.append(found[2])
                line = line.removeprefix("export ")
            if "import('" in line:
                line = _LAZY.sub(lambda match: f"Promise.resolve(m_{_safe(match[1])})", line)
            lines.append(line)
        text = "\n".join(lines)
        parts.append(f"const m_{_safe(name)} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();\n")
    script = f"(() => {{\n{''.join(parts)}}})();\n"
    return script.replace("</script", "<\\/script")


def _lines(name: str) -> list[str]:
    """A module's lines; an import is one line, however it is written."""
    text = front_file(f"{name}.js").decode()
    if "import {\n" in text:
        text = re.sub(r"import \{[^}]*\}", lambda found: " ".join(found[0].split()), text)
    return text.split("\n")


def _constant(found: re.Match[str]) -> str:
    """An import, as a constant that holds what another module gives."""
    return f"const {{{found[1].replace(' as ', ': ')}}} = m_{_safe(found[2])};"


def _safe(name: str) -> str:
    return name.replace("-", "_")
