"""The grammar of XBRL's own elements, built in as code.

Written as the component trees that the taxonomy's compiler makes of a schema, so that one builder serves both.
Sources: XBRL 2.1, 3.5, 4 and 5.1 with appendix A; Dimensions 1.0, appendix A; Generic Links 1.0, 2; the XML namespace.

The notation: content models are `a, b?` (sequence), `a | b` (choice), with `* + ?`, parentheses and `any(namespace
process)`; attributes are `name:type`, or a bare prefixed name for a global attribute, with `!` where required and
`=value` where fixed; the last item may be `any(namespace process)`. The namespace `other:p` is any but that of p.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from recto.names import GEN, GEN_LABEL, GEN_REFERENCE, LINK, XBRLDI, XBRLDT, XBRLI, XL, XLINK, XML, XSD, XSI
from recto.taxonomy.compiled import Tree

PREFIXES = {
    "xs": XSD,
    "xbrli": XBRLI,
    "link": LINK,
    "xl": XL,
    "xlink": XLINK,
    "xml": XML,
    "xsi": XSI,
    "xbrldi": XBRLDI,
    "xbrldt": XBRLDT,
    "gen": GEN,
    "genlabel": GEN_LABEL,
    "genref": GEN_REFERENCE,
}
_XHTML = "http://www.w3.org/1999/xhtml"

# Complex types: name → (mixed, how, base, content, attributes)
_TYPES: dict[str, tuple[bool, str, str, str, str]] = {
    "xl:documentationType": (False, "simple", "xs:string", "", "any(other:xl lax)"),
    "xl:titleType": (False, "", "", "", "xlink:type!=title"),
    "xl:locatorType": (
        False,
        "",
        "",
        "xl:title*",
        "xlink:type!=locator xlink:href! xlink:label! xlink:role xlink:title",
    ),
    "xl:arcType": (
        False,
        "",
        "",
        "xl:title*",
        "xlink:type!=arc xlink:from! xlink:to! xlink:arcrole! xlink:title xlink:show xlink:actuate order:xs:decimal"
        " use:xl:useEnum priority:xs:integer any(other:xl lax)",
    ),
    "xl:resourceType": (True, "", "", "", "xlink:type!=resource xlink:label! xlink:role xlink:title id:xs:ID"),
    "xl:extendedType": (
        False,
        "",
        "",
        "(xl:title | xl:documentation | xl:locator | xl:arc | xl:resource)*",
        "xlink:type!=extended xlink:role! xlink:title id:xs:ID any(xml lax)",
    ),
    "xl:simpleType": (
        False,
        "",
        "",
        "",
        "xlink:type!=simple xlink:href! xlink:arcrole xlink:role xlink:title xlink:show xlink:actuate any(xml lax)",
    ),
    "xbrli:contextEntityType": (False, "", "", "xbrli:identifier=identifier, xbrli:segment?", ""),
    "xbrli:contextPeriodType": (
        False,
        "",
        "",
        "(xbrli:startDate=xbrli:dateUnion, xbrli:endDate=xbrli:dateUnion) | xbrli:instant=xbrli:dateUnion"
        " | xbrli:forever=forever",
        "",
    ),
    "xbrli:contextScenarioType": (False, "", "", "any(other:xbrli lax)+", ""),
    "xbrli:measuresType": (False, "", "", "xbrli:measure+", ""),
    "gen:genericArcType": (False, "extension", "xl:arcType", "", "id:xs:ID"),
    "gen:linkType": (
        False,
        "restriction",
        "xl:extendedType",
        "(xl:title | xl:documentation | link:loc | gen:arc | xl:resource)*",
        "any(xml lax)",
    ),
    "gen:linkTypeWithOpenAttrs": (False, "extension", "gen:linkType", "", "any(other:gen strict)"),
}


def _standard_link(*parts: str) -> tuple[bool, str, str, str, str]:
    inner = " | ".join(("xl:title", "link:documentation", "link:loc", *parts))
    return (False, "restriction", "xl:extendedType", f"({inner})*", "any(xml lax)")


_TEXT_RESOURCE = (True, "extension", "xl:resourceType", f"any({_XHTML} skip)*", "any(xml lax)")
_REFERENCE = (True, "extension", "xl:resourceType", "link:part*", "")

# Global elements: name → (type or anonymous type, substitution group, abstract)
_ELEMENTS: dict[str, tuple[str | tuple[bool, str, str, str, str], str, bool]] = {
    **{f"xl:{name}": (f"xl:{name}Type", "", True) for name in ("documentation", "title", "locator", "arc")},
    **{f"xl:{name}": (f"xl:{name}Type", "", True) for name in ("resource", "extended", "simple")},
    "link:documentation": ("xl:documentationType", "xl:documentation", False),
    "link:loc": ("xl:locatorType", "xl:locator", False),
    **{f"link:{name}Arc": ("xl:arcType", "xl:arc", False) for name in ("label", "reference", "definition", "footnote")},
    "link:presentationArc": ((False, "extension", "xl:arcType", "", "preferredLabel:nonEmpty"), "xl:arc", False),
    "link:calculationArc": ((False, "extension", "xl:arcType", "", "weight:xs:decimal!"), "xl:arc", False),
    "link:label": (_TEXT_RESOURCE, "xl:resource", False),
    "link:footnote": (_TEXT_RESOURCE, "xl:resource", False),
    "link:part": ("xs:anySimpleType", "", True),
    "link:reference": (_REFERENCE, "xl:resource", False),
    "link:presentationLink": (_standard_link("link:presentationArc"), "xl:extended", False),
    "link:definitionLink": (_standard_link("link:definitionArc"), "xl:extended", False),
    "link:calculationLink": (_standard_link("link:calculationArc"), "xl:extended", False),
    "link:labelLink": (_standard_link("link:labelArc", "link:label"), "xl:extended", False),
    "link:referenceLink": (_standard_link("link:referenceArc", "link:reference"), "xl:extended", False),
    "link:footnoteLink": (_standard_link("link:footnoteArc", "link:footnote"), "xl:extended", False),
    "link:linkbase": (
        (
            False,
            "",
            "",
            "(link:documentation | link:roleRef | link:arcroleRef | xl:extended)*",
            "id:xs:ID any(xml lax)",
        ),
        "",
        False,
    ),
    "link:linkbaseRef": (
        (False, "restriction", "xl:simpleType", "", "xlink:arcrole! any(xml lax)"),
        "xl:simple",
        False,
    ),
    "link:schemaRef": ("xl:simpleType", "xl:simple", False),
    "link:roleRef": ((False, "extension", "xl:simpleType", "", "roleURI:nonEmpty!"), "xl:simple", False),
    "link:arcroleRef": ((False, "extension", "xl:simpleType", "", "arcroleURI:nonEmpty!"), "xl:simple", False),
    "link:definition": ("xs:string", "", False),
    "link:usedOn": ("xs:QName", "", False),
    "link:roleType": ((False, "", "", "link:definition?, link:usedOn+", "roleURI:nonEmpty! id:xs:ID"), "", False),
    "link:arcroleType": (
        (False, "", "", "link:definition?, link:usedOn+", "arcroleURI:nonEmpty! id:xs:ID cyclesAllowed:cycles!"),
        "",
        False,
    ),
    "xbrli:segment": ((False, "", "", "any(other:xbrli lax)+", ""), "", False),
    "xbrli:context": (
        (
            False,
            "",
            "",
            "xbrli:entity=xbrli:contextEntityType, xbrli:period=xbrli:contextPeriodType,"
            " (xbrli:scenario=xbrli:contextScenarioType)?",
            "id:xs:ID!",
        ),
        "",
        False,
    ),
    "xbrli:measure": ("xs:QName", "", False),
    "xbrli:divide": (
        (False, "", "", "xbrli:unitNumerator=xbrli:measuresType, xbrli:unitDenominator=xbrli:measuresType", ""),
        "",
        False,
    ),
    "xbrli:unit": ((False, "", "", "xbrli:measure+ | xbrli:divide", "id:xs:ID!"), "", False),
    "xbrli:item": ("xs:anyType", "", True),
    "xbrli:tuple": ("xs:anyType", "", True),
    "xbrli:numerator": ("xs:decimal", "", False),
    "xbrli:denominator": ("xbrli:nonZeroDecimal", "", False),
    "xbrli:xbrl": (
        (
            False,
            "",
            "",
            "link:schemaRef+, link:linkbaseRef*, link:roleRef*, link:arcroleRef*,"
            " (xbrli:item | xbrli:tuple | xbrli:context | xbrli:unit | link:footnoteLink)*",
            "id:xs:ID any(xml lax)",
        ),
        "",
        False,
    ),
    "xbrldi:explicitMember": ((False, "simple", "xs:QName", "", "dimension:xs:QName!"), "", False),
    "xbrldi:typedMember": ((False, "", "", "any(other:xbrldi strict)", "dimension:xs:QName!"), "", False),
    "gen:arc": ("gen:genericArcType", "xl:arc", False),
    "gen:link": ("gen:linkTypeWithOpenAttrs", "xl:extended", False),
    "genlabel:label": (_TEXT_RESOURCE, "xl:resource", False),
    "genref:reference": (_REFERENCE, "xl:resource", False),
}


def clark(name: str) -> str:
    """A prefixed name of this module in Clark notation; a bare one stays."""
    prefix, colon, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}" if colon else name


def _node(tag: str, attributes: dict[str, str], *children: Tree) -> Tree:
    return (tag, attributes, children, 0)


def _choice_of(base: str, *values: str) -> Tree:
    facets = (_node("enumeration", {"value": value}) for value in values)
    return _node("simpleType", {}, _node("restriction", {"base": clark(base)}, *facets))


_NON_EMPTY = _node(
    "simpleType", {}, _node("restriction", {"base": clark("xs:anyURI")}, _node("minLength", {"value": "1"}))
)
_INLINE: dict[str, Callable[[], Tree]] = {
    "nonEmpty": lambda: _NON_EMPTY,
    "cycles": lambda: _choice_of("xs:NMTOKEN", "any", "undirected", "none"),
    "xl:useEnum": lambda: _choice_of("xs:NMTOKEN", "optional", "prohibited"),
    "identifier": lambda: _node(
        "complexType",
        {},
        _node(
            "simpleContent",
            {},
            _node(
                "extension",
                {"base": clark("xs:token")},
                _node("attribute", {"name": "scheme", "use": "required"}, _NON_EMPTY),
            ),
        ),
    ),
    "forever": lambda: _node("complexType", {}),
}

# Global attributes: name → type or allowed values
_ATTRIBUTES: dict[str, str | tuple[str, ...]] = {
    "xlink:type": ("xs:string", "simple", "extended", "locator", "arc", "resource", "title"),
    "xlink:role": "nonEmpty",
    "xlink:arcrole": "nonEmpty",
    "xlink:title": "xs:string",
    "xlink:show": ("xs:string", "new", "replace", "embed", "other", "none"),
    "xlink:actuate": ("xs:string", "onLoad", "onRequest", "other", "none"),
    "xlink:label": "xs:NCName",
    "xlink:from": "xs:NCName",
    "xlink:to": "xs:NCName",
    "xlink:href": "xs:anyURI",
    "xml:space": ("xs:NCName", "default", "preserve"),
    "xml:base": "xs:anyURI",
    "xml:id": "xs:ID",
    "xbrli:periodType": ("xs:token", "instant", "duration"),
    "xbrli:balance": ("xs:token", "debit", "credit"),
    "xbrldt:contextElement": ("xs:token", "segment", "scenario"),
    "xbrldt:typedDomainRef": "xs:anyURI",
    "xbrldt:closed": "xs:boolean",
    "xbrldt:usable": "xs:boolean",
    "xbrldt:targetRole": "xs:anyURI",
}


@cache
def elements() -> dict[str, tuple[Tree, str, bool]]:
    """Global elements by Clark name: declaration, substitution group's Clark name, whether abstract."""
    made: dict[str, tuple[Tree, str, bool]] = {}
    for name, (type_, head, abstract) in _ELEMENTS.items():
        attributes = {"name": name.partition(":")[2]}
        inner: tuple[Tree, ...] = ()
        if isinstance(type_, str):
            attributes["type"] = clark(type_)
        else:
            inner = (_complex("", type_),)
        made[clark(name)] = (_node("element", attributes, *inner), clark(head) if head else "", abstract)
    return made


@cache
def types() -> dict[str, Tree]:
    """Complex types by Clark name."""
    return {clark(name): _complex(name.partition(":")[2], definition) for name, definition in _TYPES.items()}


@cache
def attributes() -> dict[str, Tree]:
    """Global attributes by Clark name."""
    made: dict[str, Tree] = {}
    for name, type_ in _ATTRIBUTES.items():
        local = name.partition(":")[2]
        if isinstance(type_, tuple):
            made[clark(name)] = _node("attribute", {"name": local}, _choice_of(*type_))
        elif type_ in _INLINE:
            made[clark(name)] = _node("attribute", {"name": local}, _INLINE[type_]())
        else:
            made[clark(name)] = _node("attribute", {"name": local, "type": clark(type_)})
    empty = _node("simpleType", {}, _node("restriction", {"base": clark("xs:string")}, _node("length", {"value": "0"})))
    language = _node("simpleType", {}, _node("union", {"memberTypes": clark("xs:language")}, empty))
    made[clark("xml:lang")] = _node("attribute", {"name": "lang"}, language)
    return made


def _complex(name: str, definition: tuple[bool, str, str, str, str]) -> Tree:
    mixed, how, base, content, attribute_text = definition
    inner = (*_content(content), *_attribute_uses(attribute_text))
    attributes = {"name": name} if name else {}
    if mixed:
        attributes["mixed"] = "true"
    if how == "simple":
        return _node(
            "complexType", attributes, _node("simpleContent", {}, _node("extension", {"base": clark(base)}, *inner))
        )
    if how:
        derivation = _node(how, {"base": clark(base)}, *inner)
        return _node("complexType", attributes, _node("complexContent", {}, derivation))
    return _node("complexType", attributes, *inner)


def _wildcard(text: str) -> dict[str, str]:
    namespace, process = text[4:-1].split()
    if namespace.startswith("other:"):
        own = PREFIXES[namespace[6:]]
        return {"namespace": "##other", "targetNamespace": own, "processContents": process}
    return {"namespace": PREFIXES.get(namespace, namespace), "processContents": process}


def _attribute_uses(text: str) -> list[Tree]:
    uses: list[Tree] = []
    for item in re.findall(r"any\([^)]*\)|\S+", text):
        if item.startswith("any("):
            uses.append(_node("anyAttribute", _wildcard(item)))
            continue
        name, _, fixed = item.partition("=")
        attributes = {"use": "required" if name.endswith("!") else "optional"}
        if fixed:
            attributes["fixed"] = fixed
        first, _, rest = name.rstrip("!").partition(":")
        if first in PREFIXES:
            attributes["ref"] = clark(f"{first}:{rest}")
            uses.append(_node("attribute", attributes))
        elif rest in _INLINE:
            uses.append(_node("attribute", {"name": first, **attributes}, _INLINE[rest]()))
        else:
            uses.append(_node("attribute", {"name": first, "type": clark(rest), **attributes}))
    return uses


def _content(text: str) -> list[Tree]:
    if not text:
        return []
    tokens = re.findall(r"any\([^)]*\)|[\w:]+(?:=[\w:]+)?|[(),|*+?]", text)
    position = 0

    def occurs(tree: Tree) -> Tree:
        nonlocal position
        if position < len(tokens) and tokens[position] in "*+?":
            sign = tokens[position]
            position += 1
            least, most = {"*": ("0", "unbounded"), "+": ("1", "unbounded"), "?": ("0", "1")}[sign]
            return (tree[0], {**tree[1], "minOccurs": least, "maxOccurs": most}, tree[2], 0)
        return tree

    def atom() -> Tree:
        nonlocal position
        token = tokens[position]
        position += 1
        if token == "(":
            inner = group()
            position += 1
            return occurs(inner)
        if token.startswith("any("):
            return occurs(_node("any", _wildcard(token)))
        name, _, type_ = token.partition("=")
        if not type_:
            return occurs(_node("element", {"ref": clark(name)}))
        attributes = {"name": name.partition(":")[2], "form": "qualified"}
        if type_ in _INLINE:
            return occurs(_node("element", attributes, _INLINE[type_]()))
        return occurs(_node("element", {**attributes, "type": clark(type_)}))

    def group() -> Tree:
        nonlocal position
        items = [atom()]
        kind = "sequence"
        while position < len(tokens) and tokens[position] in ",|":
            kind = "choice" if tokens[position] == "|" else "sequence"
            position += 1
            items.append(atom())
        return items[0] if len(items) == 1 and items[0][0] in ("sequence", "choice") else _node(kind, {}, *items)

    return [group()]
