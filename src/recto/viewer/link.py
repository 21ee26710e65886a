"""The front end as two scripts: what a first page needs, and the rest, which is loaded when it is first asked for.

Pages that open from disk cannot load modules, and many small requests are what a first page would wait for longest.
The modules are written so that a few replacements do it: imports are of names, at the top, from './x.js',
without circles; what is exported is declared where it is exported. A test holds them to it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pkgutil import get_data
from typing import Final

from recto.patterns import lazy

ENTRIES: Final = ("main", "home")
"""Modules that a page begins with."""
_IMPORT: Final = lazy(r"import \{([^}]*)\} from '\./([\w-]+)\.js';")
_LAZY: Final = lazy(r"import\('\./([\w-]+)\.js'\)")
_EXPORTED: Final = lazy(r"(?:(?:async )?function\*? ?|class |const |let )(\w+)")


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


def _in_order(entry: str, *, later: bool = True) -> dict[str, str]:
    """The text of each of them."""
    order: dict[str, str] = {}
    open_: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        if name in open_:
            raise ValueError(f"modules of the front end import each other: {' → '.join([*open_, name])}")
        open_.append(name)
        text = _text(name)
        for _, other in _IMPORT.findall(text):
            visit(other)
        for other in _LAZY.findall(text) if later and "import('" in text else ():
            visit(other)
        open_.pop()
        order[name] = text

    visit(entry)
    return order


_REST: Final = """
let loading = null;
const rest = async () => {
  if (document.readyState === 'loading') {
    await new Promise((resolve) => { document.addEventListener('DOMContentLoaded', resolve, { once: true }); });
  }
  const here = document.getElementById('later');
  const script = document.createElement('script');
  const loaded = here || new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error('the rest of the viewer cannot be loaded'));
  });
  if (here) script.textContent = here.textContent;
  else script.src = '%s';
  document.head.append(script);
  await loaded;
};
const later = (name) => {
  loading = loading || rest();
  loading.catch(() => { loading = null; });
  return loading.then(() => globalThis.rectoModules[name]);
};
"""
"""Gives a module of the second script, which stands in the page as text that its policy names, or is served."""


@cache
def linked(entry: str = "main") -> str:
    """The classic script of the modules that an entry needs from its start."""
    first = _in_order(entry, later=False)
    own = first.pop(entry)
    rest = later(entry)
    head = _REST % address(f"later-{entry}") if rest else ""
    given = f"globalThis.rectoModules = {{ {_named(first)} }};\n" if rest else ""
    body = "".join(_module(*each) for each in first.items())
    return _closed(f"{head}{body}{given}{_module(entry, own)}")


@cache
def later(entry: str = "main") -> str:
    """The classic script of the modules that an entry loads when they are needed; empty where there are none."""
    first = _in_order(entry, later=False)
    rest = {name: text for name, text in _in_order(entry).items() if name not in first}
    del first[entry]
    body = "".join(_module(*each) for each in rest.items())
    known = f"const {{ {_named(first)} }} = globalThis.rectoModules;\n"
    return _closed(f"{known}{body}Object.assign(globalThis.rectoModules, {{ {_named(rest)} }});\n") if rest else ""


def script(name: str) -> str:
    """One of the scripts by its name: `linked-main`, `later-main`, `linked-home`. Raises FileNotFoundError."""
    kind, _, entry = name.partition("-")
    if kind == "linked" and entry in ENTRIES:
        return linked(entry)
    text = later(entry) if kind == "later" and entry in ENTRIES else ""
    if not text:
        raise FileNotFoundError(name)
    return text


@cache
def address(name: str) -> str:
    """Where the server has a script: another address for another text, so that browsers may keep it."""
    return f"/front/{name}.js?v={digest(script(name).encode())}"


def digest(data: bytes) -> str:
    """What tells a text from another in an address."""
    return hashlib.sha256(data).hexdigest()[:12]


def _closed(body: str) -> str:
    """A script that leaves no names behind, and may stand in a page."""
    return f"(() => {{\n'use strict';\n{body}}})();\n".replace("</script", "<\\/script")


def _named(modules: Iterable[str]) -> str:
    return ", ".join(f"{_safe(name)}: m_{_safe(name)}" for name in modules)


def _module(name: str, text: str) -> str:
    """A module as a constant that holds what it exports."""
    text = _IMPORT.sub(_constant, text)
    if "import('" in text:
        text = _LAZY.sub(lambda match: f"later('{_safe(match[1])}')", text)
    first, *others = f"\n{text}".split("\nexport ")
    exported = [found[1] for each in others if (found := _EXPORTED.match(each))]
    text = "\n".join([first, *others])[1:]
    return f"const m_{_safe(name)} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();\n"


def _text(name: str) -> str:
    """A module's text; an import is one line, however it is written."""
    text = front_file(f"{name}.js").decode()
    if "import {\n" in text:
        text = re.sub(r"import \{[^}]*\}", lambda found: " ".join(found[0].split()), text)
    return text


def _constant(found: re.Match[str]) -> str:
    """An import, as a constant that holds what another module gives."""
    return f"const {{{found[1].replace(' as ', ': ')}}} = m_{_safe(found[2])};"


def _safe(name: str) -> str:
    return name.replace("-", "_")
