"""Extensible Enumerations 1.0 (2014-10-29) and 2.0 (2020-02-12)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from recto.findings import Finding
from recto.instance import element_of
from recto.instance.model import Fact
from recto.names import ARC_DOMAIN_MEMBER, ENUM, ENUM2, QName
from recto.rules import Rule
from recto.rules.dimensions.cubes import usable_members
from recto.rules.subject import Subject, concept_finding, fact_finding
from recto.taxonomy.model import Concept, DataType

_SINGLE_1, _SINGLE_2, _SET_2 = (
    QName(ENUM, "enumerationItemType"),
    QName(ENUM2, "enumerationItemType"),
    QName(ENUM2, "enumerationSetItemType"),
)


class _Version(Struct, frozen=True):
    """What distinguishes the specifications and the kinds of concepts."""

    namespace: str
    taxonomy: str
    """Prefix of codes for taxonomies."""
    specification: str
    invalid: str
    """Code of a value outside the domain."""
    is_set: bool = False


_VERSIONS = {
    _SINGLE_1: _Version(ENUM, "enumte", "Extensible Enumerations 1.0", "enumie:InvalidFactValue"),
    _SINGLE_2: _Version(ENUM2, "enum2te", "Extensible Enumerations 2.0", "enum2ie:InvalidEnumerationValue"),
    _SET_2: _Version(ENUM2, "enum2te", "Extensible Enumerations 2.0", "enum2ie:InvalidEnumerationSetValue", True),
}


def _version(type_: DataType | None) -> _Version | None:
    """The kind of enumeration that a type makes; None for other types."""
    if type_ is not None:
        for each in type_.chain():
            version = _VERSIONS.get(each.qname)
            if version is not None:
                return version
    return None


def _own_enumerations(subject: Subject) -> Iterator[tuple[Concept, _Version]]:
    """Enumeration concepts that the filing's own schemas declare."""
    dts = subject.dts
    if dts.type(_SINGLE_1) is None and dts.type(_SINGLE_2) is None:
        return
    for _, concept in subject.own_concepts():
        version = _version(concept.type)
        if version is not None:
            yield concept, version


def declarations(subject: Subject) -> Iterator[Finding]:
    """An enumeration names the head of its domain, an item that is no hypercube or dimension, and the link role of
    the domain (Extensible Enumerations 1.0, 2; 2.0, 4).
    """
    for concept, version in _own_enumerations(subject):
        domain = concept.attributes.get(QName(version.namespace, "domain"))
        prefix = version.taxonomy
        if domain is None:
            yield concept_finding(f"{prefix}:MissingDomainError", concept)
        else:
            head = subject.dts.concept(QName.of(domain))
            if head is None or head.kind != "item":
                what = "which the taxonomy does not declare" if head is None else f"a {head.kind}, not an item"
                yield concept_finding(f"{prefix}:InvalidDomainError", concept, head=domain, what=what)
        if concept.attributes.get(QName(version.namespace, "linkrole")) is None:
            yield concept_finding(f"{prefix}:MissingLinkRoleError", concept)


class _Domains:
    """The allowed values of enumeration concepts."""

    def __init__(self, subject: Subject):
        self._dts = subject.dts
        self._known: dict[tuple[str, str, bool], frozenset[QName]] = {}

    def allowed(self, concept: Concept, version: _Version) -> frozenset[QName] | None:
        """None where the declaration lacks what is needed to tell."""
        attributes = concept.attributes
        domain = attributes.get(QName(version.namespace, "domain"))
        role = attributes.get(QName(version.namespace, "linkrole"))
        if domain is None or role is None:
            return None
        usable = (attributes.get(QName(version.namespace, "headUsable")) or "").strip() in ("true", "1")
        key = (domain, role.strip(), usable)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(*key)
        return found

    def _find(self, domain: str, role: str, head_usable: bool) -> frozenset[QName]:
        """Usable members under the head, followed over target roles (Dimensions 1.0, 2.5.3)."""
        head = self._dts.concept(QName.of(domain))
        if head is None:
            return frozenset()
        members = usable_members(self._dts, ARC_DOMAIN_MEMBER, role, head)
        return members | {head.qname} if head_usable else members - {head.qname}


def facts(subject: Subject) -> Iterator[Finding]:
    """Values are members of the domain; those of a set are in order and not repeated (Extensible Enumerations 1.0, 3;
    2.0, 6.1).
    """
    versions: dict[Concept, _Version | None] = {}
    domains = _Domains(subject)
    in_oim = subject.instance.kind in ("json", "csv")
    for fact in subject.instance.facts:
        concept = fact.concept
        if concept is None or fact.nil or (not fact.has_value and (in_oim or fact.format is not None)):
            continue  # what could not be read or transformed was reported; another value that is wrong is no member
        if concept in versions:
            version = versions[concept]
        else:
            version = versions[concept] = _version(concept.type)
        if version is None:
            continue
        allowed = domains.allowed(concept, version)
        if allowed is None:
            continue
        if version.namespace == ENUM:
            yield from _qname_value(subject, fact, version, allowed)
        else:
            yield from _uri_values(fact, version, allowed)


def _qname_value(subject: Subject, fact: Fact, version: _Version, allowed: frozenset[QName]) -> Iterator[Finding]:
    prefix, _, local = fact.value.strip().rpartition(":")
    element = element_of(subject.instance, fact)
    prefixes = element.nsmap if element is not None else dict(subject.instance.prefixes)
    name = QName(prefixes.get(prefix or None) or "", local)
    if name not in allowed:
        yield fact_finding(version.invalid, fact, member=fact.value.strip(), domain=_domain(fact, version))


def _uri_values(fact: Fact, version: _Version, allowed: frozenset[QName]) -> Iterator[Finding]:
    words = fact.value.split() if version.is_set else [fact.value.strip()]
    for word in dict.fromkeys(words):
        namespace, _, local = word.rpartition("#")
        if QName(namespace, local) not in allowed:
            yield fact_finding(version.invalid, fact, member=word, domain=_domain(fact, version))
    if not version.is_set:
        return
    if len(set(words)) < len(words):
        repeated = next(word for number, word in enumerate(words) if word in words[:number])
        yield fact_finding("enum2ie:RepeatedEnumerationSetValue", fact, member=repeated)
    for before, after in pairwise(words):
        if before > after:
            yield fact_finding("enum2ie:InvalidEnumerationSetOrder", fact, after=after, before=before)
            break


def _domain(fact: Fact, version: _Version) -> str:
    assert fact.concept is not None
    attributes = fact.concept.attributes
    head = QName.of(attributes[QName(version.namespace, "domain")])
    return f"{head.local} in {attributes[QName(version.namespace, 'linkrole')]}"


def rules() -> list[Rule]:
    """All rules on extensible enumerations."""
    return [declarations, facts]
