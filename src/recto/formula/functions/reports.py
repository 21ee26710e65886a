"""Functions on a report as a whole and on names of its DTS (function registry, 80300 to 80363 and 90313)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recto.formula.functions.contexts import moment
from recto.formula.functions.dimensions import typed_element
from recto.formula.functions.library import concept_of, function, name_value, named, subject_of
from recto.formula.subject import Subject
from recto.instance.filing_indicators import filing_indicators
from recto.instance.model import Context
from recto.names import LINK, XLINK
from recto.xpath import Dynamic, XPathError
from recto.xpath.functions.text import _regex
from recto.xpath.nodes import ElementNode
from recto.xpath.values import AnyURI, QNameValue, Value, one_or_list

_HREF = f"{{{XLINK}}}href"
_SCHEMA_REF = f"{{{LINK}}}schemaRef"


class _About:
    """What a report says once and again, looked up once."""

    def __init__(self, subject: Subject):
        self.contexts: list[Context] = list(
            {id(fact.context): fact.context for fact in subject.instance.facts if fact.context is not None}.values()
        )
        """Those that facts have, in their order."""
        self.indicators: dict[bool, list[str]] = {True: [], False: []}
        for each in filing_indicators(subject.instance):
            self.indicators[each.filed].append(each.template)


def _about(dynamic: Dynamic) -> _About:
    subject = subject_of(dynamic)
    known: _About | None = subject.__dict__.get("about")
    if known is None:
        known = subject.__dict__["about"] = _About(subject)
    return known


@function("xfi:taxonomy-refs")
def _taxonomy_refs(dynamic: Dynamic) -> Value:
    root = subject_of(dynamic).tree.root
    return one_or_list([AnyURI(each.get(_HREF) or "") for each in root.iterchildren(_SCHEMA_REF)])


# Identifiers and dates of contexts in use


def _identifiers(dynamic: Dynamic) -> list[Context]:
    """A context for each identifier, in the order of facts."""
    return list({(each.scheme, each.identifier): each for each in _about(dynamic).contexts}.values())


@function("xfi:any-identifier")
def _any_identifier(dynamic: Dynamic) -> Value:
    found = _identifiers(dynamic)
    return subject_of(dynamic).part("identifier", found[0]) if found else []


@function("xfi:unique-identifiers")
def _unique_identifiers(dynamic: Dynamic) -> Value:
    subject = subject_of(dynamic)
    ordered = sorted(_identifiers(dynamic), key=lambda each: (each.scheme, each.identifier))
    return one_or_list([subject.part("identifier", each) for each in ordered])


@function("xfi:single-unique-identifier")
def _single_unique_identifier(dynamic: Dynamic) -> Value:
    return len(_identifiers(dynamic)) == 1


def _dates(which: str, kind: str, *, start: bool) -> None:
    def found(dynamic: Dynamic) -> list[Any]:
        periods = [each.period for each in _about(dynamic).contexts if each.period.kind == kind]
        return list(dict.fromkeys(moment(period, start=start) for period in periods))

    @function(f"xfi:any-{which}-date")
    def any_(dynamic: Dynamic) -> Value:
        return next(iter(found(dynamic)), [])

    @function(f"xfi:unique-{which}-dates")
    def unique(dynamic: Dynamic) -> Value:
        return one_or_list(sorted(found(dynamic)))

    @function(f"xfi:single-unique-{which}-date")
    def single(dynamic: Dynamic) -> Value:
        return len(found(dynamic)) == 1


_dates("start", "duration", start=True)
_dates("end", "duration", start=False)
_dates("instant", "instant", start=False)


# Filing indicators


def _indicators(which: str, *, filed: bool) -> None:
    @function(f"xfi:{which}-filing-indicators")
    def all_(dynamic: Dynamic) -> Value:
        return one_or_list(sorted(set(_about(dynamic).indicators[filed])))

    @function(f"xfi:{which}-filing-indicator", "xs:string")
    def one(dynamic: Dynamic, template: str) -> Value:
        return template in _about(dynamic).indicators[filed]


_indicators("positive", filed=True)
_indicators("negative", filed=False)


# Names of the DTS, members


def _names(dynamic: Dynamic, test: Callable[[str], bool], namespace: str | None) -> Value:
    subject = subject_of(dynamic)
    budget = dynamic.budget
    regex = _regex(namespace, "") if namespace is not None else None
    found = []
    for concept in subject.taxonomy.concepts():
        budget.tick()
        name = concept.qname
        if concept.kind != "other" and test(name.local) and (regex is None or regex.matches(name.namespace, budget)):
            found.append(named(concept))
    return one_or_list(found)


@function("xfi:concepts-from-local-name", "xs:string", "xs:string", least=1)
def _concepts_from_local_name(dynamic: Dynamic, local: str, namespace: str | None = None) -> Value:
    return _names(dynamic, lambda name: name == local, namespace)


@function("xfi:concepts-from-local-name-pattern", "xs:string", "xs:string", least=1)
def _concepts_from_local_name_pattern(dynamic: Dynamic, pattern: str, namespace: str | None = None) -> Value:
    regex = _regex(pattern, "")
    return _names(dynamic, lambda name: regex.matches(name, dynamic.budget), namespace)


@function("xfi:dimension-default", "xs:QName")
def _dimension_default(dynamic: Dynamic, name: QNameValue) -> Value:
    concept = concept_of(dynamic, name, "xfie:invalidDimensionQName")
    if concept.kind != "dimension":
        raise XPathError("xfie:invalidDimensionQName", f"{name} is no dimension")
    subject = subject_of(dynamic)
    default = subject.taxonomy.default_member(concept)
    return name_value(subject, default.qname) if default is not None else []


@function("xfi:fact-typed-dimension-simple-value", "node()", "xs:QName")
def _typed_simple_value(dynamic: Dynamic, node: Value, name: QNameValue) -> Value:
    element = typed_element(dynamic, node, name)
    inner = [each for each in element.children() if isinstance(each, ElementNode)] if element is not None else []
    if not inner or inner[0].attribute("{http://www.w3.org/2001/XMLSchema-instance}nil") in ("true", "1"):
        return []
    return inner[0].atom
