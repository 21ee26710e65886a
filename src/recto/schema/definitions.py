"""Definitions of a schema document that are well formed, but not what XML Schema allows them to be.

Content models that are ambiguous (XML Schema 1.0 part 1, 3.8.6), derivations (3.4.6, 3.14.6, 3.9.6), what `final`
forbids, and members of substitution groups (3.3.6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from recto.names import XSD, QName
from recto.schema.ambiguity import ambiguity
from recto.schema.assess import derived
from recto.schema.components import ANY_CONTENT, ComplexType, methods
from recto.schema.derivation import derivation_problems
from recto.schema.faults import Fault, fault
from recto.schema.grammar import Grammar
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.model import DataType
from recto.taxonomy.types import ANY_TYPE

_XS = f"{{{XSD}}}"
_COMPLEX, _SIMPLE, _ELEMENT = _XS + "complexType", _XS + "simpleType", _XS + "element"
_SIMPLE_CONTENT, _COMPLEX_CONTENT = _XS + "simpleContent", _XS + "complexContent"

Expand = Callable[[Any, str], QName]
"""Resolves a name that stands on an element of the schema."""


def definition_faults(root: Any, document: LoadedDocument, grammar: Grammar, expand: Expand) -> Iterator[Fault]:
    """The faults of all definitions in a schema document."""
    namespace = document.namespace or ""
    for child in root:
        tag = child.tag
        name = child.get("name")
        if not name:
            continue
        if tag == _ELEMENT:
            yield from _member(child, QName(namespace, name), grammar)
        if len(child):
            for element, type_ in _complex_types(child, QName(namespace, name), grammar):
                yield from _type_faults(name, element, type_, grammar)
            yield from _derivations(child, grammar, expand)


def _type_faults(name: str, element: Any, type_: ComplexType, grammar: Grammar) -> Iterator[Fault]:
    label = repr(element.get("name") or name)
    if type_.particle is not None:
        why = ambiguity(grammar, type_.particle)
        if why is not None:
            yield fault("cos-nonambig", element, type=label, reason=why)
    what = f"type of {label}" if element.tag == _ELEMENT else f"type {label}"
    for code, arguments in derivation_problems(grammar, type_):
        yield fault(code, element, type=what, **arguments)


def _complex_types(component: Any, name: QName, grammar: Grammar) -> Iterator[tuple[Any, ComplexType]]:
    """The complex types that a global component defines, those of local elements too, with where each stands."""
    type_: object = None
    if component.tag == _COMPLEX:
        type_ = grammar.type(name)
    elif component.tag == _ELEMENT and component[-1].tag != _SIMPLE:
        decl = grammar.element(name.clark)
        type_ = grammar.type_of(decl) if decl is not None and decl.definition is not None else None
    if not isinstance(type_, ComplexType) or type_.anything:
        return
    yield component, type_
    local = {each.get("name"): each for each in component.iter(_ELEMENT) if each.get("name") and len(each)}
    if not local:
        return
    seen = {id(type_)}
    waiting = [type_.particle]
    while waiting:
        particle = waiting.pop()
        if particle is None:
            continue
        waiting.extend(particle.parts)
        decl = particle.element
        if decl is None or decl.is_global or decl.definition is None or decl.name.local not in local:
            continue
        inner = grammar.type_of(decl)
        if isinstance(inner, ComplexType) and not inner.anything and id(inner) not in seen:
            seen.add(id(inner))
            waiting.append(inner.particle)
            yield local[decl.name.local], inner


def _member(element: Any, name: QName, grammar: Grammar) -> Iterator[Fault]:
    """The type of an element in a substitution group derives from that of its head (3.3.6, e-props-correct.4)."""
    decl = grammar.element(name.clark)
    head = grammar.element(decl.head.clark) if decl is not None and decl.head is not None else None
    if decl is None or head is None or not (decl.type_name or decl.definition is not None):
        return
    type_, over = grammar.type_of(decl), grammar.type_of(head)
    if over is ANY_CONTENT or over is ANY_TYPE or (type_ is ANY_CONTENT and not decl.type_name.endswith("}anyType")):
        excluded = grammar.finals(head)
        over = ANY_CONTENT
    else:
        if not derived(type_, over):
            reason = "its type does not derive from that of what it substitutes"
            yield fault("e-props-correct.4", element, name=name.local, head=head.name.local, reason=reason)
            return
        excluded = grammar.finals(head)
    if excluded and excluded & methods(type_, over):
        ways = " or ".join(sorted(excluded & methods(type_, over)))
        reason = f"what it substitutes is final for types that derive by {ways}"
        yield fault("e-props-correct.4", element, name=name.local, head=head.name.local, reason=reason)


def _derivations(component: Any, grammar: Grammar, expand: Expand) -> Iterator[Fault]:
    """Bases are of the kind that the derivation needs, and not final for it."""
    for element in component.iter(_XS + "restriction", _XS + "extension", _XS + "list", _XS + "union"):
        way = element.tag[len(_XS) :]
        parent = element.getparent().tag
        for attribute in ("base", "itemType", "memberTypes"):
            for text in (element.get(attribute) or "").split():
                name = expand(element, text)
                if name.namespace == XSD:
                    continue
                if way in grammar.final_of(name):
                    yield fault(_final_code(way, parent), element, base=text, way=way)
                if attribute == "base":
                    yield from _wrong_kind(element, parent, text, grammar.type(name))


def _final_code(way: str, parent: str) -> str:
    if way == "list":
        return "cos-st-restricts.2.3.1.1"
    if way == "union":
        return "cos-st-restricts.3.3.1"
    if way == "extension":
        return "cos-ct-extends.1.1"
    return "st-props-correct.3" if parent == _SIMPLE else "derivation-ok-restriction.1"


def _wrong_kind(element: Any, parent: str, text: str, base: DataType | ComplexType | None) -> Iterator[Fault]:
    """Types with text derive from types with text, types with elements from types with elements (3.4.3)."""
    if base is None:
        return
    complex_ = isinstance(base, ComplexType)
    if parent == _SIMPLE and complex_:
        yield fault("src-simple-type.1", element, base=text)
    elif parent == _COMPLEX_CONTENT and not complex_:
        yield fault("src-ct.1", element, base=text)
    elif parent == _SIMPLE_CONTENT:
        if isinstance(base, ComplexType):
            if base.simple is None and (element.tag != _XS + "restriction" or not base.mixed) and _known(base):
                yield fault("src-ct.2", element, base=text, reason="it has elements")
        elif element.tag == _XS + "restriction":
            yield fault("src-ct.2", element, base=text, reason="a simple type can only be extended")


def _known(type_: ComplexType) -> bool:
    """Whether all types that a type derives from are known; those of a circle are not."""
    at: DataType | ComplexType | None = type_
    seen = 0
    while isinstance(at, ComplexType) and not at.anything and seen < 10_000:
        at = at.base
        seen += 1
    return at is not None and seen < 10_000
