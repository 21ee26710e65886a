"""The front end as one script, for pages that open from disk, where modules cannot load others.

The modules are written so that a few replacements do it: imports are of names, at the top, from './x.js',
without circles; what is exported is declared where it is exported. A test holds them to it.
"""

from __future__ import annotations

import re
from functools import cache
from pkgutil import get_data
from typing import Final

_IMPORT: Final = re.compile(r"^import \{([^}]*)\} from '\./([\w-]+)\.js';\n", re.M)
_LAZY: Final = re.compile(r"\bimport\('\./([\w-]+)\.js'\)")
_EXPORT: Final = re.compile(r"^export ((?:async )?function\*? ?|class |const |let )(\w+)", re.M)


@cache
def front_file(name: str) -> bytes:
    """A file of the front end. Raises FileNotFoundError for any other name."""
    if not re.fullmatch(r"[\w-]+\.(?:js|css|html)", name):
        raise FileNotFoundError(name)
    data = get_data("recto.viewer", f"front/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data


def modules(entry: str = "main") -> list[str]:
    """The modules that an entry needs, each behind those that it imports."""
    order: list[str] = []
    open_: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        if name in open_:
            raise ValueError(f"modules of the front end import each other: {' → '.join([*open_, name])}")
        open_.append(name)
        text = front_file(f"{name}.js").decode()
        for _, other in _IMPORT.findall(text):
            visit(other)
        for other in _LAZY.findall(text):
            visit(other)
        open_.pop()
        order.append(name)

    visit(entry)
    return order


@cache
def linked(entry: str = "main") -> str:
    """One classic script that does what the modules do."""
    parts = ["'use strict';\n"]
    for name in modules(entry):
        text = front_file(f"{name}.js").decode()
        exported = [each for _, each in _EXPORT.findall(text)]
        text = _IMPORT.sub(lambda match: f"const {{{match[1].replace(' as ', ': ')}}} = m_{_safe(match[2])};\n", text)
        text = _LAZY.sub(lambda match: f"Promise.resolve(m_{_safe(match[1])})", text)
        text = _EXPORT.sub(r"\1\2", text)
        parts.append(f"const m_{_safe(name)} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();\n")
    script = f"(() => {{\n{''.join(parts)}}})();\n"
    return script.replace("</script", "<\\/script")


def _safe(name: str) -> str:
    return name.replace("-", "_")
