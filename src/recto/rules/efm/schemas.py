"""The filer's own schema: namespace, roles, elements (EDGAR Filer Manual, 6.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from recto.findings import Finding
from recto.names import LINK, XBRLDT, XBRLI, XSD, QName
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm.submission import is_standard, submission
from recto.rules.efm.telling import tell, tell_concept, tell_element
from recto.rules.efm.usage import used_concepts
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept
from recto.xml import Document

_NAMESPACE: Final = lazy(r"http://([^/]+)/(\d{4})-?(\d{2})-?(\d{2})\Z")
_AUTHORITY: Final = lazy(r"[a-z]+://([^/?#]*)")
_USED: Final = ("presentationLink", "calculationLink", "definitionLink")
_LONGEST: Final = 255
"""Bytes of a URI in UTF-8 (6.7.30)."""
_LONGEST_NAME: Final = 200
"""Bytes of a name in UTF-8 (6.7.29)."""
_NAMED: Final = tuple(f"{{{XSD}}}{kind}" for kind in ("element", "complexType", "simpleType"))
_INSTANT_ALLOWED: Final = ("stringItemType", "normalizedStringItemType")
_ROLE: Final = f"{{{LINK}}}roleType"
_ARCROLE: Final = f"{{{LINK}}}arcroleType"
_DEFINITION: Final = f"{{{LINK}}}definition"
_USED_ON: Final = f"{{{LINK}}}usedOn"


def _schemas(subject: Subject) -> Iterator[tuple[Document, str | None]]:
    for document in submission(subject).custom_documents:
        if document.compiled.kind == "schema" and (tree := subject.tree(document)) is not None:
            yield tree, document.namespace


def namespaces(subject: Subject) -> Iterator[Finding]:
    """A schema includes none, and its namespace is `http://{authority}/{date}` (6.7.1, 6.7.4, 6.7.30)."""
    for tree, namespace in _schemas(subject):
        for element in tree.root.iterchildren(f"{{{XSD}}}include"):
            yield tell_element("6.07.01.include", element, tree)
        authority = _authority(namespace or "")
        if namespace and (not authority or re.match(r"\w", authority) is None):
            yield tell("6.07.05.authority", tree.url, tree.line(tree.root), about=namespace or "none")
        elif not _is_valid(namespace or ""):
            yield tell("6.07.04.targetNamespace", tree.url, tree.line(tree.root), about=namespace or "none")
        elif len((namespace or "").encode()) > _LONGEST:
            yield tell("6.07.30.length", tree.url, tree.line(tree.root), about=namespace)


def standard_namespaces(subject: Subject) -> Iterator[Finding]:
    """The filer's namespace has not the authority of a standard taxonomy (6.7.3)."""
    for document in submission(subject).custom_documents:
        if document.compiled.kind == "schema" and is_standard(document.namespace or ""):
            yield tell("6.07.03.standardAuthority", document.url, None, about=document.namespace)


def _is_valid(namespace: str) -> bool:
    match = _NAMESPACE.match(namespace)
    if match is None:
        return False
    try:
        datetime(*(int(part) for part in match.groups()[1:]))  # type: ignore[arg-type]
    except ValueError:
        return False
    return True


def prefixes(subject: Subject) -> Iterator[Finding]:
    """The filer's namespace has one prefix, without an underscore (6.7.7); a default namespace counts as one."""
    for tree, namespace in _schemas(subject):
        if not namespace:
            continue
        found = [prefix or "" for prefix, uri in tree.root.nsmap.items() if uri == namespace]
        line = tree.line(tree.root)
        if len(found) != 1:
            about = ", ".join(each or "no prefix" for each in found) or "none"
            yield tell("6.07.07.prefixes", tree.url, line, about=about, namespace=namespace)
        elif "_" in found[0]:
            yield tell("6.07.07.prefix", tree.url, line, about=found[0])


def roles(subject: Subject) -> Iterator[Finding]:
    """Roles and arcroles are the filer's: of its authority, `…/role/{name}`, with their uses and definitions (6.7.9 to
    6.7.15).
    """
    for tree, namespace in _schemas(subject):
        for element in tree.root.iter(_ROLE, _ARCROLE):
            yield from _role(element, tree, namespace or "", element.tag == _ROLE)
            yield from _declared_once(subject, element, tree, element.tag == _ROLE)


def _declared_once(subject: Subject, element: Any, tree: Document, role: bool) -> Iterator[Finding]:
    """A role or arcrole is declared by one schema (6.7.10, 6.7.14)."""
    uri = (element.get("roleURI" if role else "arcroleURI") or "").strip()
    found = subject.dts.role_types(uri) if role else subject.dts.arcrole_types(uri)
    if len({each.document for each in found}) > 1:
        yield tell_element("6.07.10.roleTwice" if role else "6.07.14.arcroleTwice", element, tree, about=uri)


def _role(element: Any, tree: Document, namespace: str, role: bool) -> Iterator[Finding]:
    uri = (element.get("roleURI" if role else "arcroleURI") or "").strip()
    kind, section = ("role", "6.07.09") if role else ("arcrole", "6.07.13")
    if _authority(uri) != _authority(namespace):
        yield tell_element(f"{section}.{kind}Authority", element, tree, about=uri, namespace=namespace)
    elif re.search(rf"/{kind}/[^/]+\Z", uri) is None:
        yield tell_element(f"{section}.{kind}Ending", element, tree, about=uri)
    if len(uri.encode()) > _LONGEST:
        yield tell_element("6.07.30.length", element, tree, about=uri)
    definition = element.find(_DEFINITION)
    text = "".join(definition.itertext()).strip() if definition is not None else ""
    if role:
        used = {"".join(each.itertext()).strip().rpartition(":")[2] for each in element.iter(_USED_ON)}
        missing = [name for name in _USED if name not in used]
        if missing and len(missing) < len(_USED):
            yield tell_element("6.07.11.usedOn", element, tree, about=uri, missing=" and ".join(missing))
    elif not text:
        yield tell_element("6.07.15.arcroleDefinition", element, tree, about=uri)


def _authority(uri: str) -> str:
    match = _AUTHORITY.match(uri)
    return match.group(1) if match else ""


def names(subject: Subject) -> Iterator[Finding]:
    """Names of elements and types are short (6.7.29)."""
    for tree, _ in _schemas(subject):
        for element in tree.root.iter(*_NAMED):
            name = element.get("name") or ""
            if len(name) > _LONGEST_NAME // 4 and len(name.encode()) > _LONGEST_NAME:
                yield tell_element("6.07.29.nameLength", element, tree, about=name, length=len(name.encode()))


def elements(subject: Subject) -> Iterator[Finding]:
    """The filer's elements are named for what they are (6.7.16 to 6.7.32)."""
    filed = submission(subject)
    standard = [
        (namespace, document.compiled)
        for namespace in subject.dts.namespaces()
        if filed.is_published(namespace)
        for document in subject.dts.schemas_of(namespace)
        if document.compiled.element_count
    ]
    for document in filed.custom_documents:
        if document.compiled.kind != "schema":
            continue
        for ordinal in range(document.compiled.element_count):
            concept = subject.dts.concept_declared(document, ordinal)
            if concept is None or concept.kind == "other":
                continue
            yield from _element(concept)
            if _is_fraction(concept) and not (filed.inline and concept in used_concepts(subject)):
                yield tell_concept("6.07.31.fraction", concept)  # of those in use ix:fraction is told
            name = concept.qname.local
            other = next((namespace for namespace, compiled in standard if compiled.find_element(name) >= 0), None)
            if other is not None and (found := subject.dts.concept(QName(other, name))) is not None:
                yield tell_concept("6.07.16.standardName", concept, other=found.name)


def _is_fraction(concept: Concept) -> bool:
    item = concept.type.item_type if concept.type is not None else None
    return item is not None and item.local == "fractionItemType"


def _element(concept: Concept) -> Iterator[Finding]:
    name = concept.qname.local
    if concept.id != f"{concept.prefix}_{name}":
        yield tell_concept("6.07.17.elementId", concept, id=concept.id or "none", wanted=f"{concept.prefix}_{name}")
    if concept.kind == "tuple":
        yield tell_concept("6.07.19.tuple", concept)
        return
    if not concept.nillable:
        yield tell_concept("6.07.18.nillable", concept)
    if concept.typed_domain is not None:
        yield tell_concept("6.07.20.typedDomain", concept)
    group = concept.substitution_group
    is_table = group is not None and group.namespace == XBRLDT and group.local == "hypercubeItem"
    is_axis = group is not None and group.namespace == XBRLDT and group.local == "dimensionItem"
    types = [each.qname.local for each in concept.type.chain()] if concept.type is not None else []
    is_domain = "domainItemType" in types
    if concept.abstract and concept.period_type == "instant":
        yield tell_concept("6.07.21.abstractInstant", concept)
    if is_axis != name.endswith("Axis"):
        yield tell_concept("6.07.23.axisName", concept)
    if is_table != (name.endswith("Table") and (concept.abstract or is_table)):
        yield tell_concept("6.07.24.tableName", concept)
    if concept.kind == "item" and group is not None and group.namespace not in (XBRLI, XBRLDT):
        yield tell_concept("6.07.25.substitutionGroup", concept, group=group.local)
    own = concept.type is not None and concept.type.qname
    named = own and own.local == "domainItemType" and is_standard(own.namespace)
    if bool(named) != name.endswith(("Domain", "Member")) and (bool(named) or not is_domain):
        yield tell_concept("6.07.27.domainName", concept)
    if name.endswith("LineItems") and not concept.abstract:
        yield tell_concept("6.07.26.lineItems", concept)
    if is_domain and concept.period_type == "instant":
        yield tell_concept("6.07.28.domainInstant", concept)
    if concept.period_type == "instant" and not concept.abstract and not is_domain:
        if (types and types[0] == "textBlockItemType") or name.endswith("TextBlock"):
            yield tell_concept("6.07.32.textBlockInstant", concept)
        elif "escapedItemType" in types:
            yield tell_concept("6.07.32.nonnumericInstant", concept)


RULES: list[Rule] = [namespaces, standard_namespaces, prefixes, roles, names, elements]
