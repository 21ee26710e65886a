"""Functions on concepts and on the facts of an instance (function registry, 80150 to 80152, 90101 to 90206)."""

from __future__ import annotations

from typing import Any

from recto.formula.functions.library import (
    concept_of,
    fact_of,
    function,
    mistyped,
    name_value,
    named,
    subject_at,
    subject_of,
)
from recto.names import XSD, QName
from recto.taxonomy.model import DataType
from recto.xpath import Dynamic, XPathError
from recto.xpath.values import QNameValue, Untyped, Value, one_or_list
from recto.xsd import DERIVED


def _concept(dynamic: Dynamic, name: QNameValue) -> Any:
    return concept_of(dynamic, name)


def _is_fraction(concept: Any) -> bool:
    item = concept.type.item_type if concept.type is not None else None
    return item is not None and item.local == "fractionItemType"


def _kind(name: str, test: Any) -> None:
    @function(name, "xs:QName")
    def is_kind(dynamic: Dynamic, concept: QNameValue) -> Value:
        return bool(test(_concept(dynamic, concept)))


_kind("xfi:is-numeric", lambda concept: concept.is_numeric)
_kind("xfi:is-non-numeric", lambda concept: concept.kind == "item" and not concept.is_numeric)
_kind("xfi:is-fraction", _is_fraction)


def _facts(name: str, keep: Any) -> None:
    @function(name, "node()")
    def facts(dynamic: Dynamic, root: Value) -> Value:
        subject = subject_at(dynamic, root)
        return one_or_list([node for node in subject.facts() if keep(node.fact)])


_facts("xfi:facts-in-instance", lambda fact: True)
_facts("xfi:items-in-instance", lambda fact: not fact.is_tuple)
_facts("xfi:tuples-in-instance", lambda fact: fact.is_tuple)
_facts("xfi:non-nil-facts-in-instance", lambda fact: not fact.nil)


def _inside(name: str, tuples: bool) -> None:
    @function(name, "node()")
    def inside(dynamic: Dynamic, node: Value) -> Value:
        outer = fact_of(node)
        if not outer.fact.is_tuple:
            raise mistyped("tuple")
        subject = outer.subject
        found = [subject.columns.facts[at] for at in subject.columns.children(outer.fact)]
        return one_or_list([subject.node(fact) for fact in found if fact.is_tuple is tuples])


_inside("xfi:items-in-tuple", False)
_inside("xfi:tuples-in-tuple", True)


@function("xfi:concept-balance", "xs:QName")
def _concept_balance(dynamic: Dynamic, name: QNameValue) -> Value:
    return _concept(dynamic, name).balance or ""


@function("xfi:concept-period-type", "xs:QName")
def _concept_period_type(dynamic: Dynamic, name: QNameValue) -> Value:
    return _concept(dynamic, name).period_type or ""


@function("xfi:concept-custom-attribute", "xs:QName", "xs:QName")
def _concept_custom_attribute(dynamic: Dynamic, name: QNameValue, attribute: QNameValue) -> Value:
    concept = _concept(dynamic, name)
    return custom_attribute(subject_of(dynamic).taxonomy, concept, attribute.name)


_DEFAULTS = {"abstract": False, "nillable": False}


def custom_attribute(taxonomy: Any, concept: Any, attribute: QName) -> Value:
    """An attribute of an element declaration, typed where its type is known; empty where it is absent."""
    if not attribute.namespace:
        if attribute.local in _DEFAULTS:
            return bool(getattr(concept, attribute.local))
        simple = {"id": concept.id, "name": concept.qname.local}
        if attribute.local in simple:
            return simple[attribute.local] or []
        return []
    text = concept.attributes.get(attribute)
    if text is None:
        from recto.names import XBRLI

        if attribute.namespace == XBRLI and attribute.local in ("balance", "periodType"):
            return (concept.balance if attribute.local == "balance" else concept.period_type) or []
        return []
    found = taxonomy.component("attribute", attribute)
    declared = None
    if found is not None and found[1][1].get("type"):
        declared = taxonomy.type(QName.of(found[0].name(found[1][1]["type"])))
    from recto.formula.pieces import atom_of

    prefixes = taxonomy.prefixes
    return atom_of(text, declared, prefixes) if declared is not None else Untyped(text)


@function("xfi:concept-data-type", "xs:QName")
def _concept_data_type(dynamic: Dynamic, name: QNameValue) -> Value:
    type_ = _concept(dynamic, name).type
    if type_ is None or "#" in type_.qname.local:
        return []
    return name_value(subject_of(dynamic), type_.qname)


@function("xfi:concept-data-type-derived-from", "xs:QName", "xs:QName")
def _concept_data_type_derived_from(dynamic: Dynamic, name: QNameValue, reference: QNameValue) -> Value:
    type_ = _concept(dynamic, name).type
    return type_ is not None and derives(type_, reference.name)


def derives(type_: DataType, name: QName) -> bool:
    """Whether a type is another or derives from it, built-in types too."""
    if type_.derives_from(name):
        return True
    if name.namespace != XSD:
        return False
    if name.local == "anyType":
        return True
    base: str | None = type_.xsd_base
    if base and name.local in ("anySimpleType", "anyAtomicType"):
        return True
    while base:
        if base == name.local:
            return True
        base = DERIVED.get(base)
    return False


@function("xfi:concept-substitutions", "xs:QName")
def _concept_substitutions(dynamic: Dynamic, name: QNameValue) -> Value:
    concept = _concept(dynamic, name)
    taxonomy = subject_of(dynamic).taxonomy
    found: list[Any] = []
    seen = set()
    while concept is not None and concept.substitution_group is not None and concept.qname not in seen:
        seen.add(concept.qname)
        head = taxonomy.concept(concept.substitution_group)
        found.append(named(head) if head is not None else QNameValue(concept.substitution_group))
        concept = head
    return one_or_list(found)


__all__ = ["XPathError", "custom_attribute", "derives"]
