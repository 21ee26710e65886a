"""XHTML as Inline XBRL has it: elements, attributes and what stands in what (Inline XBRL 1.1, 3.1 and schema).

Inline XBRL's own elements are looked at by `grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recto.findings import Finding
from recto.names import IX, XHTML
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.inline.support import files_of
from recto.rules.inline.xhtml_model import schema
from recto.rules.subject import Subject, finding

_FAULT = lazy(r"Element '\{([^}]*)\}([^']*)'")
_NAMESPACE = lazy(r"\{[^}]*\}")
_EXPECTED = lazy(r" Expected is one of \((?:[^,]*,){6}.*", re.DOTALL)
_BASE = "attribute '{http://www.w3.org/XML/1998/namespace}base'"


def documents(subject: Subject) -> Iterator[Finding]:
    """XHTML elements and their attributes are those of the schema (Inline XBRL 1.1, 3.1 and schema)."""
    for file in files_of(subject):
        root = file.doc.root
        if schema(whole=False).validate(root) or (model := schema()).validate(root):
            continue
        told: tuple[int, str] | None = None
        for error in model.error_log:
            match = _FAULT.match(error.message)
            # Other elements, and xml:base, are looked at by the rules of the grammar.
            if match is None or match[1] != XHTML or _BASE in error.message:
                continue
            about = (error.line, error.message.partition(": ")[0])
            if about == told and ", attribute " in about[1]:
                continue  # first the facet that a value breaks, then that it is no value of the type
            told = about
            reason = _NAMESPACE.sub("", _EXPECTED.sub("", error.message.replace(f"{{{IX}}}", "ix:")))
            yield finding("html:syntaxError", file.doc.url, error.line, about=match[2], element=match[2], reason=reason)


RULES: tuple[Rule, ...] = (documents,)
