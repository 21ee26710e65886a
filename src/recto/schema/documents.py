"""Schema documents: their own structure, and whether what they refer to is there.

Source: XML Schema 1.0 part 1 (3.2 to 3.15, 4.2, appendix A) and part 2 (4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from recto.names import XML, XSD, XSI, QName
from recto.schema.assess import Assessor
from recto.schema.definitions import definition_faults
from recto.schema.faults import Fault, fault
from recto.schema.grammar import Grammar
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.patterns import PatternError, compile_pattern
from recto.taxonomy.values import check_built_in
from recto.xml import Document
from recto.xml.integers import natural

_XS = f"{{{XSD}}}"
_CORE_NAMESPACES = frozenset((XSD, XML, XSI))

_FORM = ("qualified", "unqualified")
_OCCURS = "minOccurs:nonNegativeInteger maxOccurs:allNNI"
_DERIVATION = "#all extension restriction substitution list union"
_PARTICLES = "(element|group|choice|sequence|any)*"
_ATTRIBUTES = "(attribute|attributeGroup)* anyAttribute?"
_MODEL = f"(group|all|choice|sequence)? {_ATTRIBUTES}"
_FACETS = (
    "(minExclusive|minInclusive|maxExclusive|maxInclusive|totalDigits|fractionDigits|length|minLength|maxLength"
    "|enumeration|whiteSpace|pattern)*"
)
_CONSTRAINTS = "(unique|key|keyref)*"
_LIMITS = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
_COUNTS = ("fractionDigits", "length", "minLength", "maxLength")

# Element → (attributes with type, "!" where required; content after an optional annotation). `element@global` is the
# form that a child of `schema` (or of `redefine`) has, `restriction@simple` that of a simple type's restriction, …
_TABLE: dict[str, tuple[str, str]] = {
    "schema": (
        "targetNamespace:anyURI version:token finalDefault:derivation blockDefault:derivation"
        " attributeFormDefault:form elementFormDefault:form",
        "(include|import|redefine|annotation)*"
        " ((simpleType|complexType|group|attributeGroup|element|attribute|notation) annotation*)*",
    ),
    "include": ("schemaLocation:anyURI!", ""),
    "import": ("namespace:anyURI schemaLocation:anyURI", ""),
    "redefine": ("schemaLocation:anyURI!", "(annotation|simpleType|complexType|group|attributeGroup)*"),
    "element@global": (
        "name:NCName! type:QName substitutionGroup:QName default:string fixed:string nillable:boolean abstract:boolean"
        " final:derivation block:derivation",
        f"(simpleType|complexType)? {_CONSTRAINTS}",
    ),
    "element": (
        f"name:NCName ref:QName type:QName {_OCCURS} default:string fixed:string nillable:boolean block:derivation"
        " form:form",
        f"(simpleType|complexType)? {_CONSTRAINTS}",
    ),
    "attribute@global": ("name:NCName! type:QName default:string fixed:string", "simpleType?"),
    "attribute": ("name:NCName ref:QName type:QName use:use default:string fixed:string form:form", "simpleType?"),
    "complexType@global": (
        "name:NCName! mixed:boolean abstract:boolean final:derivation block:derivation",
        f"(simpleContent|complexContent|({_MODEL}))",
    ),
    "complexType": ("mixed:boolean", f"(simpleContent|complexContent|({_MODEL}))"),
    "simpleContent": ("", "(restriction|extension)"),
    "complexContent": ("mixed:boolean", "(restriction|extension)"),
    "restriction@simpleContent": ("base:QName!", f"simpleType? {_FACETS} {_ATTRIBUTES}"),
    "restriction@complexContent": ("base:QName!", _MODEL),
    "restriction@simpleType": ("base:QName", f"simpleType? {_FACETS}"),
    "extension@simpleContent": ("base:QName!", _ATTRIBUTES),
    "extension@complexContent": ("base:QName!", _MODEL),
    "simpleType@global": ("name:NCName! final:derivation", "(restriction|list|union)"),
    "simpleType": ("", "(restriction|list|union)"),
    "list": ("itemType:QName", "simpleType?"),
    "union": ("memberTypes:QNames", "simpleType*"),
    "group@global": ("name:NCName!", "(all|choice|sequence)?"),
    "group": (f"ref:QName! {_OCCURS}", ""),
    "all": ("minOccurs:zeroOne maxOccurs:one", "element*"),
    "choice": (_OCCURS, _PARTICLES),
    "sequence": (_OCCURS, _PARTICLES),
    "any": (f"{_OCCURS} namespace:namespaceList processContents:process", ""),
    "anyAttribute": ("namespace:namespaceList processContents:process", ""),
    "attributeGroup@global": ("name:NCName!", _ATTRIBUTES),
    "attributeGroup": ("ref:QName!", ""),
    "notation": ("name:NCName! public:token system:anyURI", ""),
    "unique": ("name:NCName!", "selector field+"),
    "key": ("name:NCName!", "selector field+"),
    "keyref": ("name:NCName! refer:QName!", "selector field+"),
    "selector": ("xpath:token!", ""),
    "field": ("xpath:token!", ""),
    "pattern": ("value:string!", ""),
    "enumeration": ("value:string!", ""),
    "whiteSpace": ("value:whiteSpace! fixed:boolean", ""),
    **dict.fromkeys(_LIMITS, ("value:string! fixed:boolean", "")),
    **dict.fromkeys(_COUNTS, ("value:nonNegativeInteger! fixed:boolean", "")),
    "totalDigits": ("value:positiveInteger! fixed:boolean", ""),
}
_ENUMERATED = {
    "form": _FORM,
    "use": ("optional", "required", "prohibited"),
    "process": ("strict", "lax", "skip"),
    "whiteSpace": ("preserve", "replace", "collapse"),
    "zeroOne": ("0", "1"),
    "one": ("1",),
}
_ANNOTATION_FIRST = frozenset(_TABLE) - {"schema", "redefine"}
_REFERENCES = {
    "type": "type",
    "base": "type",
    "itemType": "type",
    "memberTypes": "type",
    "substitutionGroup": "element",
}


class SchemaChecker:
    """Checks one schema document of a DTS."""

    def __init__(self, document: LoadedDocument, tree: Document, grammar: Grammar, assessor: Assessor):
        self.document = document
        self.tree = tree
        self.grammar = grammar
        self.assessor = assessor
        self._ids: set[str] = set()

    def faults(self) -> Iterator[Fault]:
        root = self.tree.root
        yield from self._walk(root, "schema", "")
        yield from self._unique_names(root)
        yield from definition_faults(root, self.document, self.grammar, self.expand)

    def _walk(self, element: Any, local: str, parent: str) -> Iterator[Fault]:
        entry = _compiled(local, parent)
        if entry is None:
            yield fault("s4s-elt-invalid", element)
            return
        attributes, required, content = entry
        yield from self._attributes(element, local, attributes, required)
        names: list[str] = []
        for child in element:
            tag = child.tag
            if not tag.startswith(_XS):
                yield fault(
                    "s4s-elt-must-match", child, parent=f"xs:{local}", reason="an element that is not XML Schema's"
                )
                continue
            name = tag[len(_XS) :]
            names.append(name)
            if name == "annotation":
                yield from self._annotation(child)
            else:
                yield from self._walk(child, name, local)
        if not content.fullmatch("".join(f"<{name}>" for name in names)):
            yield fault("s4s-elt-must-match", element, parent=f"xs:{local}", reason=", ".join(names) or "nothing")
        if (element.text and element.text.strip()) or any(child.tail and child.tail.strip() for child in element):
            yield fault("s4s-elt-character", element)
        yield from self._own_rules(element, local, parent)

    def _attributes(
        self, element: Any, local: str, attributes: dict[str, str], required: tuple[str, ...]
    ) -> Iterator[Fault]:
        foreign = False
        for name, text in element.items():
            if name[:1] == "{":
                if name.startswith(_XS):
                    yield fault("s4s-att-not-allowed", element, name=name)
                foreign = True
                continue
            kind = attributes.get(name)
            if kind is None:
                yield fault("s4s-att-not-allowed", element, name=name)
                continue
            wrong = self._value(element, kind, text)
            if wrong is not None:
                yield fault("s4s-att-invalid-value", element, name=name, reason=wrong)
            elif kind in ("QName", "QNames") and name in _REFERENCES:
                for each in text.split():
                    yield from self._reference(element, local, name, each)
        for name in required:
            if element.get(name) is None:
                yield fault("s4s-att-must-appear", element, name=name)
        if foreign:
            yield from self.assessor.lax_attributes(element)

    def _value(self, element: Any, kind: str, text: str) -> str | None:
        allowed = _ENUMERATED.get(kind)
        if allowed is not None:
            return None if text.strip() in allowed else f"{text!r} is none of {', '.join(allowed)}"
        if kind == "string":
            return None
        if kind == "ID":
            wrong = check_built_in("ID", text)
            if wrong is None and text.strip() in self._ids:
                return f"the id {text.strip()!r} occurs twice"
            self._ids.add(text.strip())
            return wrong
        if kind == "derivation":
            others = [word for word in text.split() if word not in _DERIVATION.split()]
            return f"{others[0]!r} is no kind of derivation" if others else None
        if kind == "allNNI":
            return None if text.strip() == "unbounded" else check_built_in("nonNegativeInteger", text)
        if kind == "QNames":
            faults = (check_built_in("QName", each, namespaces=element.nsmap) for each in text.split())
            return next((each for each in faults if each), None)
        if kind == "namespaceList":
            return None
        return check_built_in(kind, text, namespaces=element.nsmap if kind == "QName" else None)

    def _reference(self, element: Any, local: str, name: str, text: str) -> Iterator[Fault]:
        target = self.expand(element, text)
        if target.namespace in _CORE_NAMESPACES and self.grammar.type(target) is not None:
            return
        if _REFERENCES[name] == "type":
            found = self.grammar.type(target) is not None
        else:
            found = self.grammar.element(target.clark) is not None
        if not found:
            what = "type" if _REFERENCES[name] == "type" else "element"
            yield fault("src-resolve", element, what=what, name=text)

    def expand(self, element: Any, text: str) -> QName:
        """The name that a QName on an element of the schema means."""
        prefix, colon, local = text.strip().rpartition(":")
        namespace = element.nsmap.get(prefix if colon else None, "")
        if not namespace and self.document.chameleon:
            namespace = self.document.namespace or ""
        return QName(namespace, local)

    def _own_rules(self, element: Any, local: str, parent: str) -> Iterator[Fault]:
        get = element.get
        if local in ("element", "attribute") and parent not in ("schema", "redefine"):
            if (get("name") is None) == (get("ref") is None):
                yield fault(f"src-{local}.2.1", element)
            elif get("ref") is not None:
                yield from self._ref(element, local)
        if local in ("element", "attribute"):
            if get("default") is not None and get("fixed") is not None:
                yield fault(f"src-{local}.1", element)
            inline = any(child.tag in (_XS + "simpleType", _XS + "complexType") for child in element)
            if get("type") is not None and inline:
                yield fault(f"src-{local}.3", element)
        if local == "group" and get("ref") is not None:
            target = self.expand(element, get("ref"))
            if self.grammar.dts.component("group", target) is None:
                yield fault("src-resolve", element, what="group", name=get("ref"))
        if local == "attributeGroup" and get("ref") is not None:
            target = self.expand(element, get("ref"))
            if self.grammar.dts.component("attributeGroup", target) is None:
                yield fault("src-resolve", element, what="attribute group", name=get("ref"))
        if local == "pattern" and get("value") is not None:
            try:
                compile_pattern(get("value"))
            except PatternError as error:
                yield fault("src-pattern", element, reason=error)
        least, most = natural(get("minOccurs") or ""), natural(get("maxOccurs") or "")
        if least is not None and most is not None and least > most:
            yield fault("p-props-correct.2.1", element, least=least, most=most)

    def _ref(self, element: Any, local: str) -> Iterator[Fault]:
        target = self.expand(element, element.get("ref"))
        if local == "element":
            found = self.grammar.element(target.clark) is not None
        else:
            found = self.grammar.attribute(target.clark) is not None or target.namespace == XML
        if not found:
            yield fault("src-resolve", element, what=local, name=element.get("ref"))

    def _annotation(self, annotation: Any) -> Iterator[Fault]:
        for child in annotation:
            if child.tag == _XS + "appinfo":
                for content in child:
                    yield from self.assessor.lax(content)
            elif child.tag != _XS + "documentation":
                yield fault("s4s-elt-must-match", child, parent="xs:annotation", reason="not appinfo or documentation")

    def _unique_names(self, root: Any) -> Iterator[Fault]:
        """No two global components of a kind have one name (3.15.6)."""
        seen: set[tuple[str, str]] = set()
        for child in root:
            name = child.get("name")
            kind = child.tag[len(_XS) :]
            if name is None or kind == "annotation":
                continue
            key = ("type" if kind in ("simpleType", "complexType") else kind, name)
            if key in seen:
                yield fault("sch-props-correct.2", child, kind=kind, name=name)
            seen.add(key)


@lru_cache(maxsize=1024)
def _compiled(local: str, parent: str) -> tuple[dict[str, str], tuple[str, ...], re.Pattern[str]] | None:
    row = _TABLE.get(f"{local}@{parent}")
    if row is None and parent in ("schema", "redefine"):
        row = _TABLE.get(f"{local}@global")
    row = row or _TABLE.get(local)
    if row is None:
        return None
    attributes = {"id": "ID"}
    required = []
    for item in row[0].split():
        name, _, kind = item.partition(":")
        attributes[name] = kind.rstrip("!")
        if kind.endswith("!"):
            required.append(name)
    text = row[1] if local in ("schema", "redefine") else f"annotation? {row[1]}"
    pattern = re.sub(r"[A-Za-z]+", lambda match: f"(?:<{match.group()}>)", text).replace(" ", "")
    return attributes, tuple(required), re.compile(pattern)
