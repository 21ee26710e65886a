"""The catalogue of codes: severity, clause and sentence of everything that recto can find, each in one place.

A code's entry is looked up by what stands before its first `:` or `.`, so that only the module of one specification is
loaded. `found` makes a finding of an entry: what differs from case to case are its subject and its arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import chain
from typing import Any, Final, TypeAlias

from msgspec import Struct

from recto.findings.model import Finding, Severity

Codes: TypeAlias = "dict[str, tuple[Severity, str, str]]"
"""Code to severity, specification with clause, and sentence."""

MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "xbrl21": ("xbrl",),
    "xmlschema": ("xmlSchema",),
    "dimensions": ("xbrldte", "xbrldie"),
    "calc11": ("calc11e",),
    "enumerations": ("enumte", "enum2te", "enumie", "enum2ie"),
    "generic": ("xbrlgene", "gple", "xbrlle", "xbrlre"),
    "units": ("utre",),
    "inline": ("ix11", "html"),
    "oim": ("oime", "oimce", "xbrlxe", "xbrlje", "xbrlce"),
    "table_constraints": ("tcme", "tcre"),
    "packages": ("tpe", "rpe"),
    "documents": ("xml", "gzip", "zip"),
    "formula": (
        "xbrlve",
        "xbrlvarinste",
        "xbrlfe",
        "xbrlcfie",
        "xbrlcae",
        "xbrleae",
        "xbrlmsge",
        "xbrlmfe",
        "xbrlacfe",
        "xbrldfe",
        "seve",
        "err",
        "formula",
        "xpath",
        "xfie",
        "xffe",
        "{",
    ),
    "tables": ("xbrlte",),
    "sec": ("EFM", "EXG", "info"),
    "efm": ("EFM",),
    "esef": ("ESEF",),
    "eurofiling": ("EBA", "EIOPA"),
    "own": ("recto",),
}
"""Modules of `recto.findings.codes`, in the order of docs/findings.md, each with how its codes begin, before the first
`:` or `.`."""


_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    prefix: tuple(name for name, prefixes in MODULES.items() if prefix in prefixes)
    for prefix in dict.fromkeys(chain.from_iterable(MODULES.values()))
}
"""How codes begin → their modules."""

strict = False
"""Whether a code without an entry raises (our tests set it)."""


class Entry(Struct, frozen=True):
    """What the catalogue says of a code."""

    code: str
    severity: Severity
    specification: str
    """Specification and clause, or what else demands it."""
    sentence: str
    """Fields in braces are the finding's subject and arguments. `{reason}` is what differs from case to case."""


class Family(Struct, frozen=True):
    """The codes of one specification or regulator."""

    name: str
    title: str
    entries: tuple[Entry, ...]


def entry(code: str) -> Entry | None:
    """The entry of a code; None where the catalogue has none."""
    prefix = _prefix(code)
    for name in _NAMES.get(prefix, ()):
        module = _module(name)
        known = module.CODES.get(code) or getattr(module, "OTHERS", {}).get(prefix)
        if known is not None:
            return Entry(code, *known)
    return None


def families() -> Iterator[Family]:
    """The whole catalogue."""
    for name in MODULES:
        module = _module(name)
        others = {
            "{namespace}*" if prefix == "{" else f"{prefix}:*": rest
            for prefix, rest in getattr(module, "OTHERS", {}).items()
        }
        codes = {**module.CODES, **others}
        yield Family(name, module.TITLE, tuple(Entry(code, *rest) for code, rest in codes.items()))


def found(
    code: str,
    subject: str | None = None,
    /,
    *,
    document: str | None = None,
    line: int | None = None,
    element: str | None = None,
    facts: tuple[str, ...] = (),
    severity: Severity | None = None,
    specification: str | None = None,
    about: str | None = None,
    **arguments: Any,
) -> Finding:
    """The finding that the catalogue's entry makes of a subject and arguments; `line` 0 is no line.

    `severity` and `specification` are the entry's unless given. `about` is said before the sentence, which
    then ends with a period. A code that the catalogue lacks, or a field of its sentence that is not given, is a mistake
    of ours: an error where `strict` (in tests), else told as well as may be.
    """
    known = entry(code)
    if known is None:
        if strict:
            raise LookupError(f"the catalogue of findings has no code {code!r}")
        known = Entry(code, "error", specification or "", "{reason}")
    try:
        message = known.sentence.format(subject=subject, **arguments)
    except LookupError:
        if strict:
            raise
        message = ", ".join((subject or code, *(f"{name}: {value}" for name, value in arguments.items())))
    return Finding(
        code,
        severity or known.severity,
        message if about is None else f"{about}: {message.removesuffix('.')}.",
        document,
        line or None,
        element,
        facts,
        specification or known.specification,
        subject,
        tuple((name, str(value)) for name, value in arguments.items()),
    )


def _prefix(code: str) -> str:
    if code.startswith("{"):  # of a taxonomy's own namespace
        return "{"
    return code.split(":", 1)[0].split(".", 1)[0]


@cache
def _module(name: str) -> Any:
    return import_module(f"recto.findings.codes.{name}")


def markdown() -> str:
    """The catalogue as docs/findings.md has it."""
    lines = [
        "# Findings",
        "",
        "Generated by `make docs` from `recto.findings.codes`.",
        "",
        "What `recto validate` and every other command may find, by specification.",
        "A sentence's fields in braces are the finding's `subject` and `arguments`;",
        "`{reason}` says what it is in the case at hand, where a code is for many.",
        "About a fact or a concept, the sentence is said after its name.",
    ]
    for family in families():
        lines += ["", f"## {family.title}", "", "| code | severity | clause | sentence |", "|---|---|---|---|"]
        for each in family.entries:
            sentence = each.sentence.replace("|", "\\|")
            lines.append(f"| `{each.code}` | {each.severity} | {each.specification} | {sentence} |")
    return "\n".join(lines) + "\n"
