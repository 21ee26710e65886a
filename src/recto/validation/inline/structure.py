"""Where ix elements stand, which attributes they have, and what they hold (Inline XBRL 1.1, 4 to 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recto.findings import Finding
from recto.names import LINK, XBRLI, XHTML, XML, XSI
from recto.taxonomy.values import check_built_in
from recto.validation.inline.documents import FACTS, IX_, InlineDocument, inline_documents
from recto.validation.subject import Subject, prefixed
from recto.xml.xlink import XML_BASE, XML_LANG

_SYNTAX = "html:syntaxError"
_HEAD = f"{{{XHTML}}}head"
_NIL = f"{{{XSI}}}nil"


@dataclass(frozen=True, slots=True)
class _Rule:
    """What an ix element may have. `open`: also attributes of namespaces other than ix."""

    section: str
    attributes: dict[str, str]
    """Attribute → built-in type, with "!" where required."""
    open: bool = False
    parents: tuple[str, ...] = ()
    """Local names of the ix elements that must be its parent; empty: anywhere."""
    children: tuple[str, ...] = ()
    """Clark names of the only children allowed; empty: whatever."""
    order: bool = False
    needs_children: bool = False


def _attributes(text: str) -> dict[str, str]:
    return dict(item.partition(":")[::2] for item in text.split())


_FACT = "contextRef:NCName! id:NCName name:QName! order:decimal target:NMTOKEN tupleRef:NCName"
_RULES: dict[str, _Rule] = {
    "continuation": _Rule("4", _attributes("id:NCName! continuedAt:NCName")),
    "denominator": _Rule("7", _attributes("format:QName scale:integer sign:sign"), True),
    "exclude": _Rule("5", {}),
    "footnote": _Rule(
        "6", _attributes("id:NCName! footnoteRole:anyURI continuedAt:NCName title:string") | {XML_LANG: "language"}
    ),
    "fraction": _Rule("7", _attributes(f"{_FACT} unitRef:NCName!"), True),
    "header": _Rule("8", {}, children=tuple(IX_ + name for name in ("hidden", "references", "resources")), order=True),
    "hidden": _Rule(
        "9",
        {},
        parents=("header",),
        children=tuple(IX_ + name for name in ("footnote", *FACTS)),
        needs_children=True,
    ),
    "nonFraction": _Rule(
        "10",
        _attributes(
            f"{_FACT} decimals:decimals format:QName precision:precision scale:integer sign:sign unitRef:NCName!"
        ),
        True,
    ),
    "nonNumeric": _Rule("11", _attributes(f"{_FACT} continuedAt:NCName escape:boolean format:QName"), True),
    "numerator": _Rule("7", _attributes("format:QName scale:integer sign:sign"), True),
    "references": _Rule(
        "12",
        _attributes("id:NCName target:NMTOKEN"),
        True,
        parents=("header",),
        children=(f"{{{LINK}}}schemaRef", f"{{{LINK}}}linkbaseRef"),
        needs_children=True,
    ),
    "relationship": _Rule(
        "13",
        _attributes("arcrole:anyURI linkRole:anyURI fromRefs:NMTOKENS! toRefs:NMTOKENS! order:decimal"),
        parents=("resources",),
    ),
    "resources": _Rule(
        "14",
        {},
        parents=("header",),
        children=(
            IX_ + "relationship",
            f"{{{LINK}}}roleRef",
            f"{{{LINK}}}arcroleRef",
            f"{{{XBRLI}}}context",
            f"{{{XBRLI}}}unit",
        ),
    ),
    "tuple": _Rule(
        "15", _attributes("id:NCName name:QName! order:decimal target:NMTOKEN tupleID:NCName tupleRef:NCName"), True
    ),
}
_ORDER = {IX_ + "hidden": 0, IX_ + "references": 1, IX_ + "resources": 2}


def syntax(subject: Subject) -> Iterator[Finding]:
    """ix elements have the attributes, parents and children that the specification's schema gives them."""
    for inline in inline_documents(subject):
        values: dict[tuple[str, str], str | None] = {}
        for name, elements in inline.elements.items():
            rule = _RULES.get(name)
            for element in elements:
                if rule is None:
                    yield inline.error(_SYNTAX, element, f"there is no element ix:{name}", "3")
                    continue
                yield from _attribute_findings(inline, element, rule, values)
                yield from _place(inline, element, rule)
                if rule.children or rule.needs_children:
                    yield from _content(inline, element, rule)


def _attribute_findings(
    inline: InlineDocument, element: Any, rule: _Rule, values: dict[tuple[str, str], str | None]
) -> Iterator[Finding]:
    allowed = rule.attributes
    for name, text in element.items():
        kind = allowed.get(name)
        if kind is not None:
            key = (kind, text)
            if key not in values:
                values[key] = _value_fault(kind.rstrip("!"), text)
            if values[key] is not None:
                yield inline.error(
                    _SYNTAX, element, f"{prefixed(element)}: its attribute {name}: {values[key]}", rule.section
                )
        elif name[:1] != "{" or name.startswith(IX_):
            shown = name.replace(IX_, "ix:")
            yield inline.error(_SYNTAX, element, f"{prefixed(element)} cannot have the attribute {shown}", rule.section)
        elif not rule.open:
            yield inline.error(
                _SYNTAX, element, f"{prefixed(element)} cannot have the attribute {_short(name)}", rule.section
            )
        elif name.startswith(f"{{{XBRLI}}}"):
            code = "xmlSchema:attributesExtraneous"
            if element.tag == IX_ + "references":
                code = "ix11.12.1.1:qualifiedAttributeDisallowed"
            message = f"{prefixed(element)} cannot have the attribute {_short(name)} of XBRL's own namespace"
            yield inline.error(code, element, message, rule.section)
    for name, kind in allowed.items():
        if kind.endswith("!") and element.get(name) is None:
            yield inline.error(_SYNTAX, element, f"{prefixed(element)} lacks its attribute {name}", rule.section)


def _value_fault(kind: str, text: str) -> str | None:
    if kind == "sign":
        return None if text.strip() == "-" else f"{text!r} is not '-'"
    if kind in ("decimals", "precision"):
        if text.strip() == "INF":
            return None
        return check_built_in("integer" if kind == "decimals" else "nonNegativeInteger", text)
    return check_built_in(kind, text)


def _short(name: str) -> str:
    namespace, _, local = name[1:].rpartition("}")
    prefix = {XML: "xml", XSI: "xsi", XBRLI: "xbrli", "http://www.w3.org/1999/xlink": "xlink"}.get(namespace)
    return f"{prefix}:{local}" if prefix else local


def _place(inline: InlineDocument, element: Any, rule: _Rule) -> Iterator[Finding]:
    parent = element.getparent()
    if rule.parents and (parent is None or parent.tag not in [IX_ + name for name in rule.parents]):
        where = prefixed(parent) if parent is not None else "nothing"
        yield inline.error(
            _SYNTAX, element, f"{prefixed(element)} stands in {where}, not in ix:{rule.parents[0]}", rule.section
        )
    if element.tag == IX_ + "header" and any(each.tag == _HEAD for each in element.iterancestors()):
        yield inline.error(_SYNTAX, element, "ix:header cannot stand in the head of the document", "8.1.1")


def _content(inline: InlineDocument, element: Any, rule: _Rule) -> Iterator[Finding]:
    stage = 0
    for child in element:
        if rule.children and child.tag not in rule.children:
            yield inline.error(_SYNTAX, child, f"{prefixed(child)} cannot stand in {prefixed(element)}", rule.section)
        if rule.order:
            order = _ORDER.get(child.tag, stage)
            if order < stage or (order == stage == 0 and child is not element[0]) or (order == stage == 2):
                if child.tag in _ORDER and not (order == stage == 0 and child is element[0]):
                    yield inline.error(
                        _SYNTAX, child, f"{prefixed(child)} stands out of its order in ix:header", rule.section
                    )
            stage = max(stage, order)
    if rule.needs_children and len(element) == 0:
        yield inline.error(_SYNTAX, element, f"{prefixed(element)} is empty", rule.section)
    if (element.text and element.text.strip()) or any(child.tail and child.tail.strip() for child in element):
        yield inline.error(_SYNTAX, element, f"text stands in {prefixed(element)}", rule.section)


def base_uri(subject: Subject) -> Iterator[Finding]:
    """No element of XHTML has xml:base: XHTML has none (Inline XBRL 1.1, 3.1 and appendix)."""
    for inline in inline_documents(subject):
        if not inline.document.has_base:
            continue
        for element in inline.document.root.iter(f"{{{XHTML}}}*"):
            if element.get(XML_BASE) is not None:
                yield inline.error(_SYNTAX, element, f"{prefixed(element)} cannot have the attribute xml:base", "3.1")


def identifiers(subject: Subject) -> Iterator[Finding]:
    """ids are unique in a document; those of contexts and units in the document set (XML 1.0, 3.3.1; 14.1.2)."""
    resources: dict[str, str] = {}
    for inline in inline_documents(subject):
        seen: set[str] = set()
        url = inline.document.url
        for element in inline.document.root.iter():
            identifier = element.get("id")
            if identifier is None:
                continue
            if identifier in seen:
                yield inline.error(
                    "xml.3.3.1:idMustBeUnique", element, f"the id {identifier!r} occurs more than once", "3.1"
                )
            seen.add(identifier)
            if element.tag.startswith(f"{{{XBRLI}}}") and resources.setdefault(identifier, url) != url:
                yield inline.error(
                    "ix11.14.1.2:resourceIdDuplication",
                    element,
                    f"the id {identifier!r} is also that of a resource in {resources[identifier]}",
                    "14.1.2",
                )


def document_set(subject: Subject) -> Iterator[Finding]:
    """A document set has resources, and one id at most for the references of a target (12.1.2, 14.1.2)."""
    documents = inline_documents(subject)
    if documents and not any(inline.elements.get("resources") for inline in documents):
        first = documents[0]
        yield first.error(
            "ix11.14.1.2:missingResources", first.document.root, "the document set has no ix:resources", "14.1.2"
        )
    with_id: dict[str | None, Any] = {}
    for inline in documents:
        for element in inline.of("references"):
            if element.get("id") is None:
                continue
            if element.get("target") in with_id:
                yield inline.error(
                    "ix11.12.1.2:referencesTargetId",
                    element,
                    "another ix:references of the same target has an id already",
                    "12.1.2",
                )
            with_id[element.get("target")] = element


def footnotes(subject: Subject) -> Iterator[Finding]:
    """Footnotes have a language (Inline XBRL 1.1, 6.1.2)."""
    for inline in inline_documents(subject):
        for element in inline.of("footnote"):
            if not any(each.get(XML_LANG) for each in (element, *element.iterancestors())):
                yield inline.error("ix11.6.1.2:footnoteLang", element, "ix:footnote has no xml:lang in scope", "6.1.2")


def relationships(subject: Subject) -> Iterator[Finding]:
    """A relationship does not lead from a fact to itself (XBRL 2.1, 5.1.4.3, by way of the target document)."""
    for inline in inline_documents(subject):
        for element in inline.of("relationship"):
            sources = set((element.get("fromRefs") or "").split())
            same = sources.intersection((element.get("toRefs") or "").split())
            if same:
                yield inline.error(
                    "xbrl.5.1.4.3:cycles", element, f"the relationship leads from {min(same)!r} to itself", "13.1.2"
                )


RULES = (syntax, base_uri, identifiers, document_set, footnotes, relationships)
