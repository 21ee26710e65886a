"""XHTML as Inline XBRL has it: documents against the published schema, where that is at hand (Inline XBRL 1.1, 3.1).

The content model of Inline XBRL's own elements is built in (`grammar`). Of that of XHTML only what is usual in HTML and
gone from XHTML is: its schema is fifty files that W3C and XBRL International publish. They are taken from wherever
taxonomies are taken from, and compiled once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from recto.errors import RectoError
from recto.findings import Finding
from recto.instance.inline.document import InlineFile
from recto.names import XHTML
from recto.validation.inline.support import at, files_of
from recto.validation.subject import Subject

_SCHEMA = "http://www.xbrl.org/2013/inlineXBRL/xhtml-inlinexbrl-1_1.xsd"
_FAULT = re.compile(r"Element '\{([^}]*)\}([^']*)'")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_BASE = "attribute '{http://www.w3.org/XML/1998/namespace}base'"
_compiled: dict[bytes, etree.XMLSchema | None] = {}


def documents(subject: Subject) -> Iterator[Finding]:
    """XHTML elements and their attributes are those of the schema (Inline XBRL 1.1, 3.1 and schema)."""
    files = files_of(subject)
    schema = _schema(subject.resolver) if files else None
    for file in files:
        if schema is None:
            yield from _without_schema(file)
            continue
        if schema.validate(file.doc.root):
            continue
        for error in schema.error_log:
            match = _FAULT.match(error.message)
            # Other elements, and xml:base, are looked at by the rules of the grammar.
            if match is None or match[1] != XHTML or _BASE in error.message:
                continue
            yield Finding(
                "html:syntaxError",
                "error",
                _NAMESPACE.sub("", error.message),
                file.doc.url,
                error.line or None,
                match[2],
                (),
                "Inline XBRL 1.1, schema",
            )


_NONE: frozenset[str] = frozenset()
_CELLS = frozenset("col colgroup tbody td tfoot th thead tr".split())
_NAMED = frozenset("button input meta object param select textarea".split())
_TABLE, _IMAGES = frozenset(("table",)), frozenset(("img", "object"))
_GONE = {
    **dict.fromkeys("background bgcolor clear color compact face hspace lang language noshade".split(), _NONE),
    **dict.fromkeys("nowrap start target vspace".split(), _NONE),
    **dict.fromkeys(("align", "valign"), _CELLS),
    **dict.fromkeys("border cellpadding cellspacing frame rules summary".split(), _TABLE),
    "charset": frozenset(("a", "link", "script")),
    "height": _IMAGES,
    "name": _NAMED,
    "width": _IMAGES | _TABLE | {"col", "colgroup"},
}
"""Attributes of HTML that XHTML 1.1 has no more, or only on these elements."""
_GONE_ELEMENTS = frozenset("applet basefont center dir font iframe isindex menu s strike u".split())


def _without_schema(file: InlineFile) -> Iterator[Finding]:
    """What HTML has and XHTML 1.1 has not, for when its schema cannot be asked."""
    for element in file.doc.root.iter(f"{{{XHTML}}}*"):
        local = element.tag.rpartition("}")[2]
        problems = []
        if local in _GONE_ELEMENTS:
            problems.append("there is no such element in XHTML 1.1")
        for name in element.attrib:
            allowed = _GONE.get(name)
            if allowed is not None and local not in allowed:
                problems.append(f"the attribute {name} is not allowed here in XHTML 1.1")
        if local == "meta" and element.get("content") is None:
            problems.append("the attribute content is missing")
        for problem in problems:
            yield at("html:syntaxError", file, element, f"{local}: {problem}.", "Inline XBRL 1.1, schema")


def _schema(resolver: Any) -> etree.XMLSchema | None:
    """The compiled schema; None where one of its documents is not to be had."""
    try:
        data = resolver.read(_SCHEMA)
    except RectoError:
        return None
    if data not in _compiled:
        parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
        parser.resolvers.add(_Documents(resolver))
        try:
            _compiled[data] = etree.XMLSchema(etree.fromstring(data, parser, base_url=_SCHEMA))
        except (etree.XMLSchemaParseError, etree.XMLSyntaxError, RectoError):
            _compiled[data] = None
    return _compiled[data]


class _Documents(etree.Resolver):  # type: ignore[misc]
    """Gives the documents of the schema to lxml, from where recto finds documents."""

    def __init__(self, resolver: Any):
        self._resolver = resolver

    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        return self.resolve_string(self._resolver.read(url), context, base_url=url)


def classes(subject: Subject) -> Iterator[Finding]:
    """An attribute `class` names at least one class (Inline XBRL 1.1, schema: it is a list of NMTOKENs).

    libxml2 takes a list of none for one.
    """
    for file in files_of(subject):
        for element in _EMPTY_CLASS(file.doc.root):
            if element.tag.startswith(f"{{{XHTML}}}"):
                message = f"{element.tag.rpartition('}')[2]}: the attribute class names no class."
                yield at("html:syntaxError", file, element, message, "Inline XBRL 1.1, schema")


_EMPTY_CLASS = etree.XPath("//*[@class][not(normalize-space(@class))]")

RULES = (documents, classes)
