"""Identity constraints: xs:unique, xs:key and xs:keyref (XML Schema 1.0 part 1, 3.11)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree
from msgspec import Struct

from recto.names import XSD, QName
from recto.schema.assess import normalized
from recto.schema.components import ComplexType
from recto.schema.faults import Fault, fault
from recto.schema.grammar import Grammar
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.model import DataType
from recto.taxonomy.values import shown
from recto.xsd import STRINGS

_XS = f"{{{XSD}}}"
_KINDS = (_XS + "unique", _XS + "key", _XS + "keyref")
_NAME = r"[^\W\d][\w.\-]*"
_TEST = rf"(?:{_NAME}:\*|(?:{_NAME}:)?{_NAME}|\*)"
_STEP = rf"(?:\.|(?:child::)?{_TEST})"
_SELECTOR_PATH = rf"(?:\.//)?{_STEP}(?:/{_STEP})*"
_FIELD_PATH = rf"(?:\.//)?(?:{_STEP}/)*(?:{_STEP}|(?:@|attribute::){_TEST})"
_SELECTOR = rf"{_SELECTOR_PATH}(?:\|{_SELECTOR_PATH})*"
_FIELD = rf"{_FIELD_PATH}(?:\|{_FIELD_PATH})*"
_GAPS = r"\s*(//|/|\||::|@)\s*"
"""Compiled by `re` when first used: few taxonomies have such constraints."""

Expand = Callable[[Any, str], QName]
_Key = tuple[tuple[str, object], ...]


class Constraint(Struct, eq=False):
    kind: str
    """`unique`, `key` or `keyref`."""
    name: QName
    element: Any
    """Where it stands in its schema."""
    owner: str
    """The element that it is on, in Clark notation."""
    selector: etree.XPath
    fields: list[etree.XPath]
    refer: QName | None = None


def constraints(root: Any, document: LoadedDocument, expand: Expand) -> tuple[list[Constraint], list[Fault]]:
    """The identity constraints that a schema document declares, and what is wrong with their declarations."""
    found: list[Constraint] = []
    faults: list[Fault] = []
    namespace = document.namespace or ""
    names: set[str] = set()
    for element in root.iter(*_KINDS):
        owner = element.getparent()
        name = element.get("name")
        if owner.tag != _XS + "element" or not name or not owner.get("name"):
            continue  # told as wrong structure
        if name in names:
            faults.append(fault("sch-props-correct.2", element, kind="identity constraint", name=name))
        names.add(name)
        made = _constraint(element, owner, QName(namespace, name), document, expand, faults)
        if made is not None:
            found.append(made)
    return found, faults


def reference_faults(found: list[Constraint]) -> Iterator[Fault]:
    """Each xs:keyref refers to a key or unique with as many fields (c-props-correct.2)."""
    known = {each.name: each for each in found if each.kind != "keyref"}
    for each in found:
        if each.refer is None:
            continue
        target = known.get(each.refer)
        if target is None:
            yield fault("src-resolve", each.element, what="key", name=each.refer.local)
        elif len(target.fields) != len(each.fields):
            yield fault(
                "c-props-correct.2",
                each.element,
                name=each.name.local,
                count=len(each.fields),
                wanted=len(target.fields),
            )


def _constraint(
    element: Any, owner: Any, name: QName, document: LoadedDocument, expand: Expand, faults: list[Fault]
) -> Constraint | None:
    selector: etree.XPath | None = None
    fields: list[etree.XPath] = []
    for child in element.iter(_XS + "selector", _XS + "field"):
        is_field = child.tag == _XS + "field"
        text = re.sub(_GAPS, r"\1", (child.get("xpath") or "").strip())
        code = "c-fields-xpaths" if is_field else "c-selector-xpath"
        if not re.fullmatch(_FIELD if is_field else _SELECTOR, text):
            faults.append(fault(code, child, path=shown(text), reason="it is none that may stand here"))
            return None
        try:
            path = etree.XPath(text, namespaces={prefix: uri for prefix, uri in child.nsmap.items() if prefix})
        except etree.XPathError as error:
            faults.append(fault(code, child, path=shown(text), reason=error))
            return None
        unbound = [part for part in re.findall(rf"({_NAME}):(?!:)", text) if part not in child.nsmap]
        if unbound:
            faults.append(fault(code, child, path=shown(text), reason=f"the prefix {unbound[0]!r} is not bound"))
            return None
        if is_field:
            fields.append(path)
        else:
            selector = path
    if selector is None or not fields:
        return None  # told as wrong structure
    is_global = owner.getparent().tag == _XS + "schema"
    form = owner.get("form") or ("qualified" if document.compiled.qualified else "")
    namespace = name.namespace if is_global or form == "qualified" else ""
    refer = expand(element, element.get("refer")) if element.get("refer") else None
    kind = element.tag[len(_XS) :]
    return Constraint(kind, name, element, QName(namespace, owner.get("name").strip()).clark, selector, fields, refer)


class IdentityChecker:
    """Checks documents against identity constraints (3.11.4)."""

    def __init__(self, found: list[Constraint], grammar: Grammar):
        self.grammar = grammar
        self._by_owner: dict[str, list[Constraint]] = {}
        for each in found:
            self._by_owner.setdefault(each.owner, []).append(each)
        self._keys = {each.name: each for each in found if each.kind != "keyref"}

    def faults(self, root: Any) -> Iterator[Fault]:
        """Those of a document, or of what stands in an element."""
        for owner in root.iter(*self._by_owner):
            for each in self._by_owner[owner.tag]:
                if each.kind == "keyref":
                    yield from self._references(owner, each)
                else:
                    yield from self._unique(owner, each)

    def _unique(self, owner: Any, constraint: Constraint) -> Iterator[Fault]:
        seen: dict[_Key, Any] = {}
        for node, key, problem in self._nodes(owner, constraint):
            if problem is not None:
                yield problem
            elif key is None:
                if constraint.kind == "key":
                    yield fault("cvc-identity-constraint.4.2.1", node, name=constraint.name.local)
            elif key in seen:
                code = "4.2.2" if constraint.kind == "key" else "4.1"
                what = " and ".join(shown(str(part)) for _, part in key)
                yield fault(f"cvc-identity-constraint.{code}", node, value=what, name=constraint.name.local)
            else:
                seen[key] = node

    def _references(self, owner: Any, constraint: Constraint) -> Iterator[Fault]:
        target = self._keys.get(constraint.refer) if constraint.refer is not None else None
        if target is None:
            return
        keys = {
            key
            for scope in owner.iter(target.owner)
            for _, key, problem in self._nodes(scope, target)
            if key is not None and problem is None
        }
        for node, key, problem in self._nodes(owner, constraint):
            if problem is not None:
                yield problem
            elif key is not None and key not in keys:
                what = " and ".join(shown(str(part)) for _, part in key)
                yield fault("cvc-identity-constraint.4.3", node, value=what, name=target.name.local)

    def _nodes(self, owner: Any, constraint: Constraint) -> Iterator[tuple[Any, _Key | None, Fault | None]]:
        """Each node that the selector selects with its key; None for a key of which a part is absent."""
        for node in constraint.selector(owner):
            key: list[tuple[str, object]] = []
            problem = None
            for path in constraint.fields:
                found = path(node)
                if len(found) > 1:
                    reason = f"is {len(found)} things"
                    problem = fault("cvc-identity-constraint.3", node, name=constraint.name.local, reason=reason)
                elif found:
                    value = self._value(found[0])
                    if value is None:
                        reason = "is an element that holds elements"
                        problem = fault("cvc-identity-constraint.3", node, name=constraint.name.local, reason=reason)
                    elif not (value[1] == "" and _is_nil(found[0])):
                        key.append(value)
            yield node, tuple(key) if len(key) == len(constraint.fields) else None, problem

    def _value(self, found: Any) -> tuple[str, object] | None:
        if isinstance(found, str):  # an attribute
            parent, name = found.getparent(), QName.of(found.attrname)  # type: ignore[attr-defined]
            type_ = self._type(parent)
            use = type_.attributes.get(name) if isinstance(type_, ComplexType) else None
            simple = use.type if use is not None else None
            if simple is None and name.namespace:
                declared = self.grammar.attribute(name.clark)
                simple = declared.type if declared is not None else None
            return _comparable(str(found), simple, parent.nsmap)
        if len(found):
            return None
        type_ = self._type(found)
        simple = type_.simple if isinstance(type_, ComplexType) else type_
        return _comparable(found.text or "", simple, found.nsmap)

    def _type(self, element: Any) -> DataType | ComplexType | None:
        """The declared type of an element: that of its global declaration, or the one in its parent's model."""
        decl = self.grammar.element(element.tag)
        if decl is not None:
            return self.grammar.type_of(decl)
        parent = element.getparent()
        over = self._type(parent) if parent is not None else None
        waiting = [over.particle] if isinstance(over, ComplexType) else []
        while waiting:
            particle = waiting.pop()
            if particle is None:
                continue
            waiting.extend(particle.parts)
            if particle.element is not None and particle.element.name.clark == element.tag:
                return self.grammar.type_of(particle.element)
        return None


def _comparable(text: str, type_: DataType | None, nsmap: dict[str | None, str]) -> tuple[str, object]:
    """A value so that equal ones of a type compare equal, whatever their lexical form; of other types they differ."""
    if type_ is None:
        return "string", text
    text = normalized(text, type_)
    base = type_.xsd_base
    if type_.item is not None or type_.members:
        return "string", text
    try:
        if _is_decimal(type_):
            return "decimal", Decimal(text)
        if base in ("float", "double"):
            return base, float(text)
    except (InvalidOperation, ValueError):
        return base, text
    if base == "boolean":
        return base, {"1": "true", "0": "false"}.get(text, text)
    if base == "QName":
        prefix, colon, local = text.rpartition(":")
        return base, f"{{{nsmap.get(prefix if colon else None, '')}}}{local}"
    return ("string" if base in STRINGS else base), text


def _is_decimal(type_: DataType) -> bool:
    return any(each.qname.namespace == XSD and each.qname.local == "decimal" for each in type_.chain())


def _is_nil(found: Any) -> bool:
    return not isinstance(found, str) and found.get("{http://www.w3.org/2001/XMLSchema-instance}nil") in ("true", "1")


def _shown(element: Any) -> str:
    local = element.tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local
