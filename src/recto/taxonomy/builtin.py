"""The specifications' own schemas, built in as code: what XBRL 2.1, Dimensions 1.0, generic links and the Data Type
Registry fix by name.

So that nothing need be read or fetched for them, and so that a filing can be processed where no copy is at hand.
Sources: XBRL 2.1 (2003-12-31 with errata), appendix A; Dimensions 1.0, appendices; Generic Links 1.0, appendices;
Reference parts 2004 and 2006; Data Type Registry.
"""

from __future__ import annotations

from functools import lru_cache

from recto.names import (
    ARC_SUMMATION_ITEM_1_1,
    FI,
    GEN,
    GEN_LABEL,
    GEN_REFERENCE,
    LINK,
    REF,
    XBRLDI,
    XBRLDT,
    XBRLI,
    XL,
    XLINK,
    XSD,
)
from recto.taxonomy.compiled import ABSTRACT, ElementRecord, MemoryDocument, Tree

_XBRL = "http://www.xbrl.org/"
_INSTANCE = _XBRL + "2003/xbrl-instance-2003-12-31.xsd"
_LINKBASE = _XBRL + "2003/xbrl-linkbase-2003-12-31.xsd"
_XL = _XBRL + "2003/xl-2003-12-31.xsd"
_XLINK = _XBRL + "2003/xlink-2003-12-31.xsd"
_XBRLDT = _XBRL + "2005/xbrldt-2005.xsd"
_REF_2006 = "http://www.xbrl.org/2006/ref"
CALCULATION_1_1 = "https://xbrl.org/2023/calculation-1.1"

_NUMERIC = [
    "decimal",
    "float",
    "double",
    "integer",
    "nonPositiveInteger",
    "negativeInteger",
    "long",
    "int",
    "short",
    "byte",
    "nonNegativeInteger",
    "unsignedLong",
    "unsignedInt",
    "unsignedShort",
    "unsignedByte",
    "positiveInteger",
]
_NON_NUMERIC = [
    "string",
    "boolean",
    "hexBinary",
    "base64Binary",
    "anyURI",
    "QName",
    "duration",
    "time",
    "date",
    "gYearMonth",
    "gYear",
    "gMonthDay",
    "gDay",
    "gMonth",
    "normalizedString",
    "token",
    "language",
    "Name",
    "NCName",
]
_LINK_ARCS = ("labelArc", "referenceArc", "definitionArc", "presentationArc", "calculationArc", "footnoteArc")
_LINK_LINKS = (
    "presentationLink",
    "definitionLink",
    "calculationLink",
    "labelLink",
    "referenceLink",
    "footnoteLink",
)
_PARTS_2004 = [
    "Publisher",
    "Name",
    "Number",
    "IssueDate",
    "Chapter",
    "Article",
    "Note",
    "Section",
    "Subsection",
    "Paragraph",
    "Subparagraph",
    "Clause",
    "Subclause",
    "Appendix",
    "Example",
    "Page",
    "Exhibit",
    "Footnote",
    "Sentence",
    "URI",
    "URIDate",
]
_DIMENSION_ARCROLES = (
    ("hypercube-dimension", "none"),
    ("dimension-domain", "none"),
    ("domain-member", "undirected"),
    ("all", "undirected"),
    ("notAll", "undirected"),
    ("dimension-default", "none"),
)
_DTR_DECIMAL = [
    "perShare",
    "area",
    "volume",
    "mass",
    "weight",
    "energy",
    "power",
    "length",
    "memory",
    "insolation",
    "temperature",
    "pressure",
    "frequency",
    "irradiance",
    "speed",
    "planeAngle",
    "voltage",
    "electricCurrent",
    "force",
    "electricCharge",
    "flow",
    "massFlow",
    "monetaryPerLength",
    "monetaryPerArea",
    "monetaryPerVolume",
    "monetaryPerDuration",
    "monetaryPerEnergy",
    "monetaryPerMass",
    "ghgEmissions",
    "energyPerMonetary",
    "ghgEmissionsPerMonetary",
    "volumePerMonetary",
]
_SQNAME = r"[^:\s0-9][^:\s]*:\S+"


def _xs(local: str) -> str:
    return f"{{{XSD}}}{local}"


def _node(tag: str, attributes: dict[str, str] | None = None, *children: Tree) -> Tree:
    return (tag, attributes or {}, children, 0)


def _complex(name: str, how: str, base: str, group: str, *facets: tuple[str, str]) -> Tree:
    inner = [_node(facet, {"value": value}) for facet, value in facets]
    if group:
        inner.append(_node("attributeGroup", {"ref": f"{{{XBRLI}}}{group}"}))
    return _node("complexType", {"name": name}, _node("simpleContent", {}, _node(how, {"base": base}, *inner)))


def _simple(name: str, base: str, *facets: tuple[str, str]) -> Tree:
    restriction = _node("restriction", {"base": base}, *(_node(facet, {"value": value}) for facet, value in facets))
    return _node("simpleType", {"name": name} if name else {}, restriction)


class _Builder:
    """Fills a document for one namespace."""

    def __init__(self, namespace: str, prefix: str, imports: tuple[str, ...] = ()):
        self.namespace = namespace
        self.document = MemoryDocument("schema", _xs("schema"), namespace)
        self.document.prefixes = {prefix: namespace, "": XSD}
        self.document.qualified = self.document.all_ids = True
        self.document.reference_order = [("import", at) for at in range(len(imports))]
        self.document.imports = [("import", core_namespace(location), location, (), 0) for location in imports]

    def element(
        self,
        name: str,
        *,
        id: str = "",
        type: str = "",
        head: str = "",
        abstract: bool = False,
        period: str = "",
        typed_domain: str = "",
        definition: Tree | None = None,
    ) -> None:
        flags = ABSTRACT if abstract else 0
        record = ElementRecord(name, id, type, head, flags, period, "", typed_domain, 0, {}, definition)
        self.document.elements.append(record)

    def add(self, *trees: Tree) -> None:
        for tree in trees:
            self.document.component_trees[tree[0], tree[1]["name"]] = tree

    def role(
        self, tag: str, uri: str, id: str, definition: str | None, used_on: str, cycles: str | None = None
    ) -> None:
        self.document.ids[id] = ("role", len(self.document.role_types))
        self.document.role_types.append((tag, uri, id, definition, (used_on,), cycles, 0))


def _instance() -> MemoryDocument:
    make = _Builder(XBRLI, "xbrli", (_LINKBASE,))
    own = f"{{{XBRLI}}}"
    for name in ("monetary", "shares", "pure"):
        make.add(_simple(name, _xs("decimal")))
    above, below = (_simple("", _xs("decimal"), (facet, "0")) for facet in ("minExclusive", "maxExclusive"))
    make.add(_node("simpleType", {"name": "nonZeroDecimal"}, _node("union", {}, above, below)))
    infinite = _simple("", _xs("string"), ("enumeration", "INF"))
    for name, member in (("precisionType", "nonNegativeInteger"), ("decimalsType", "integer")):
        make.add(_node("simpleType", {"name": name}, _node("union", {"memberTypes": _xs(member)}, infinite)))
    dates = f"{_xs('date')} {_xs('dateTime')}"
    make.add(_node("simpleType", {"name": "dateUnion"}, _node("union", {"memberTypes": dates})))
    _fact_attributes(make)
    for name in _NUMERIC:
        make.add(_complex(name + "ItemType", "extension", _xs(name), "numericItemAttrs"))
    for name in ("monetary", "shares", "pure"):
        make.add(_complex(name + "ItemType", "extension", own + name, "numericItemAttrs"))
    for name in _NON_NUMERIC:
        make.add(_complex(name + "ItemType", "extension", _xs(name), "nonNumericItemAttrs"))
    make.add(_complex("dateTimeItemType", "extension", own + "dateUnion", "nonNumericItemAttrs"))
    parts = (_node("element", {"ref": own + name}) for name in ("numerator", "denominator"))
    group = _node("attributeGroup", {"ref": own + "essentialNumericItemAttrs"})
    make.add(_node("complexType", {"name": "fractionItemType"}, _node("sequence", {}, *parts), group))
    for name in ("item", "tuple"):
        make.element(name, type=_xs("anyType"), abstract=True)
    make.element("numerator", type=_xs("decimal"))
    make.element("denominator", type=own + "nonZeroDecimal")
    make.element("measure", type=_xs("QName"))
    for name in ("segment", "context", "divide", "unit", "xbrl"):
        make.element(name, definition=_node("complexType"))
    for name, values in (("periodType", ("instant", "duration")), ("balance", ("debit", "credit"))):
        type_ = _simple("", _xs("token"), *(("enumeration", value) for value in values))
        make.add(_node("attribute", {"name": name}, type_))
    return make.document


def _fact_attributes(make: _Builder) -> None:
    def attribute(name: str, type_: str, use: str) -> Tree:
        return _node("attribute", {"name": name, "type": type_, "use": use})

    def group(name: str, base: str, *attributes: Tree) -> Tree:
        inner = (_node("attributeGroup", {"ref": f"{{{XBRLI}}}{base}"}),) if base else ()
        return _node("attributeGroup", {"name": name}, *inner, *attributes)

    any_other = _node("anyAttribute", {"namespace": "##other", "processContents": "lax"})
    own = f"{{{XBRLI}}}"
    make.add(
        group("factAttrs", "", attribute("id", _xs("ID"), "optional"), any_other),
        group("tupleAttrs", "factAttrs"),
        group("itemAttrs", "factAttrs", attribute("contextRef", _xs("IDREF"), "required")),
        group("essentialNumericItemAttrs", "itemAttrs", attribute("unitRef", _xs("IDREF"), "required")),
        group(
            "numericItemAttrs",
            "essentialNumericItemAttrs",
            attribute("precision", own + "precisionType", "optional"),
            attribute("decimals", own + "decimalsType", "optional"),
        ),
        group("nonNumericItemAttrs", "itemAttrs"),
    )


def _linkbase() -> MemoryDocument:
    make = _Builder(LINK, "link", (_XL, _XLINK))
    xl = f"{{{XL}}}"
    make.element("documentation", type=xl + "documentationType", head=xl + "documentation")
    make.element("loc", type=xl + "locatorType", head=xl + "locator")
    for name in _LINK_ARCS:
        make.element(name, type=xl + "arcType", head=xl + "arc")
    for name in ("label", "reference", "footnote"):
        make.element(name, type=xl + "resourceType", head=xl + "resource")
    make.element("part", type=_xs("anySimpleType"), abstract=True)
    for name in _LINK_LINKS:
        make.element(name, type=xl + "extendedType", head=xl + "extended")
    for name in ("linkbaseRef", "schemaRef", "roleRef", "arcroleRef"):
        make.element(name, type=xl + "simpleType", head=xl + "simple")
    make.element("definition", type=_xs("string"))
    make.element("usedOn", type=_xs("QName"))
    for name in ("linkbase", "roleType", "arcroleType"):
        make.element(name, definition=_node("complexType"))
    return make.document


def _xl() -> MemoryDocument:
    make = _Builder(XL, "xl", (_XLINK,))
    for name in ("documentation", "title", "locator", "arc", "resource", "extended", "simple"):
        make.element(name, type=f"{{{XL}}}{name}Type", abstract=True)
        make.add(_node("complexType", {"name": name + "Type"}))
    make.add(_simple("nonEmptyURI", _xs("anyURI"), ("minLength", "1")))
    return make.document


def _xlink() -> MemoryDocument:
    make = _Builder(XLINK, "xlink")
    for name in ("type", "role", "arcrole", "title", "show", "actuate", "label", "from", "to", "href"):
        make.add(_node("attribute", {"name": name, "type": _xs("anyURI" if name in ("role", "href") else "string")}))
    return make.document


def _xbrldt() -> MemoryDocument:
    make = _Builder(XBRLDT, "xbrldt", (_INSTANCE,))
    for name, cycles in _DIMENSION_ARCROLES:
        uri = f"http://xbrl.org/int/dim/arcrole/{name}"
        make.role("arcroleType", uri, name, None, f"{{{LINK}}}definitionArc", cycles)
    for name in ("hypercubeItem", "dimensionItem"):
        make.element(
            name,
            id=f"xbrldt_{name}",
            type=f"{{{XBRLI}}}stringItemType",
            head=f"{{{XBRLI}}}item",
            abstract=True,
            period="duration",
        )
    make.add(_simple("contextElementType", _xs("token"), ("enumeration", "segment"), ("enumeration", "scenario")))
    for name, type_ in (
        ("typedDomainRef", "anyURI"),
        ("closed", "boolean"),
        ("usable", "boolean"),
        ("targetRole", "anyURI"),
    ):
        make.add(_node("attribute", {"name": name, "type": _xs(type_)}))
    make.add(_node("attribute", {"name": "contextElement", "type": f"{{{XBRLDT}}}contextElementType"}))
    return make.document


def _calculation_1_1() -> MemoryDocument:
    make = _Builder(CALCULATION_1_1, "calc", (_LINKBASE,))
    used_on = f"{{{LINK}}}calculationArc"
    make.role("arcroleType", ARC_SUMMATION_ITEM_1_1, "summation-item", None, used_on, "undirected")
    return make.document


def _xbrldi() -> MemoryDocument:
    make = _Builder(XBRLDI, "xbrldi")
    make.element("explicitMember", type=_xs("QName"))
    make.element("typedMember", definition=_node("complexType"))
    return make.document


def _generic_link() -> MemoryDocument:
    make = _Builder(GEN, "gen", (_XL, _LINKBASE))
    make.role("roleType", "http://www.xbrl.org/2008/role/link", "standard-link-role", None, f"{{{GEN}}}link")
    make.element("arc", id="xml-gen-arc", type=f"{{{GEN}}}genericArcType", head=f"{{{XL}}}arc")
    make.element("link", id="xml-gen-link", type=f"{{{GEN}}}linkTypeWithOpenAttrs", head=f"{{{XL}}}extended")
    make.add(
        *(_node("complexType", {"name": name}) for name in ("genericArcType", "linkType", "linkTypeWithOpenAttrs"))
    )
    return make.document


def _generic_label() -> MemoryDocument:
    make = _Builder(GEN_LABEL, "label", (_XL,))
    for role, id_ in (
        ("label", "standard-label"),
        ("verboseLabel", "verbose-label"),
        ("terseLabel", "terse-label"),
        ("documentation", "documentation"),
    ):
        make.role("roleType", f"http://www.xbrl.org/2008/role/{role}", id_, None, f"{{{GEN_LABEL}}}label")
    arcrole = "http://xbrl.org/arcrole/2008/element-label"
    make.role("arcroleType", arcrole, "element-label", "element has label", f"{{{GEN}}}arc", "undirected")
    make.element("label", id="xml-generic-label", type=f"{{{XL}}}resourceType", head=f"{{{XL}}}resource")
    return make.document


def _generic_reference() -> MemoryDocument:
    make = _Builder(GEN_REFERENCE, "reference", (_XL, _LINKBASE))
    used_on = f"{{{GEN_REFERENCE}}}reference"
    make.role("roleType", "http://www.xbrl.org/2008/role/reference", "standard-reference", None, used_on)
    arcrole = "http://xbrl.org/arcrole/2008/element-reference"
    make.role("arcroleType", arcrole, "element-reference", "element has reference", f"{{{GEN}}}arc", "undirected")
    make.element("reference", id="xml-generic-reference", type=f"{{{XL}}}resourceType", head=f"{{{XL}}}resource")
    return make.document


def _reference_parts(namespace: str) -> MemoryDocument:
    make = _Builder(namespace, "ref", (_LINKBASE,))
    for name in _PARTS_2004:
        type_ = "anyURI" if name == "URI" else "date" if name == "URIDate" else "string"
        make.element(name, id=f"ref_{name}", type=_xs(type_), head=f"{{{LINK}}}part")
    return make.document


def _data_types(namespace: str) -> MemoryDocument:
    """The Data Type Registry's types, for any of the namespaces under which they were published."""
    make = _Builder(namespace, "dtr-types", (_INSTANCE,))
    own, item = f"{{{namespace}}}", f"{{{XBRLI}}}"

    def text(name: str, base: str, *facets: tuple[str, str]) -> None:
        make.add(_complex(name, "restriction", base, "nonNumericItemAttrs", *facets))

    def number(name: str, base: str, *facets: tuple[str, str]) -> None:
        make.add(_complex(name, "restriction", base, "numericItemAttrs", *facets))

    text("domainItemType", item + "stringItemType", ("length", "0"))
    text("escapedItemType", item + "stringItemType")
    text("xmlNodesItemType", own + "escapedItemType")
    text("xmlItemType", own + "xmlNodesItemType")
    text("textBlockItemType", own + "xmlNodesItemType")
    text("guidanceItemType", item + "stringItemType", ("length", "0"))
    text("noLangTokenItemType", item + "tokenItemType")
    text("noLangStringItemType", item + "stringItemType")
    text("prefixedContentItemType", own + "noLangTokenItemType")
    names = rf"({_SQNAME})?(\s+{_SQNAME})*"
    text("SQNameItemType", own + "prefixedContentItemType", ("pattern", _SQNAME))
    text("SQNamesItemType", own + "prefixedContentItemType", ("pattern", names))
    text("gYearListItemType", item + "tokenItemType", ("pattern", r"\s*(-?[0-9]{4,}(\s+-?[0-9]{4,})*)?\s*"))
    text("dateTimeItemType", item + "dateTimeItemType", ("pattern", ".*T.*"))
    make.add(_simple("prefixedContentType", _xs("token")))
    make.add(_simple("SQNameType", own + "prefixedContentType", ("pattern", _SQNAME)))
    make.add(_simple("SQNamesType", own + "prefixedContentType", ("pattern", names)))
    number("percentItemType", item + "pureItemType")
    for name in _DTR_DECIMAL:
        number(name + "ItemType", item + "decimalItemType")
    whole, positive = ("fractionDigits", "0"), ("minInclusive", "0")
    number("noDecimalsMonetaryItemType", item + "monetaryItemType", whole)
    number("nonNegativeMonetaryItemType", item + "monetaryItemType", positive)
    number("nonNegativeNoDecimalsMonetaryItemType", item + "monetaryItemType", positive, whole)
    return make.document


def _lei(namespace: str) -> MemoryDocument:
    """The types of Legal Entity Identifiers (ISO 17442: 18 letters and digits, two check digits)."""
    make = _Builder(namespace, "lei", (_INSTANCE,))
    pattern = ("pattern", "[0-9A-Z]{18}[0-9]{2}")
    make.add(_simple("leiType", _xs("string"), pattern))
    make.add(_complex("leiItemType", "restriction", f"{{{XBRLI}}}stringItemType", "nonNumericItemAttrs", pattern))
    return make.document


def _filing_indicators() -> MemoryDocument:
    """Filing Indicators 1.0: whether a template was filed, by its name."""
    make = _Builder(FI, "fi", (_INSTANCE, _XBRLDT))
    make.element("filed", id="fi_filed", type=f"{{{XBRLI}}}booleanItemType", head=f"{{{XBRLI}}}item", period="instant")
    make.element(
        "template",
        id="fi_template",
        type=f"{{{XBRLI}}}stringItemType",
        head=f"{{{XBRLDT}}}dimensionItem",
        abstract=True,
        period="duration",
        typed_domain="#fi_templateDomain",
    )
    make.element("templateDomain", id="fi_templateDomain", type=_xs("token"))
    return make.document


def _specified(namespace: str) -> MemoryDocument:
    """A schema of formulas or tables; what its elements may hold is left open."""
    from recto.taxonomy import specified

    schema = specified.BY_NAMESPACE[namespace]
    prefixes = {**specified.PREFIXES, schema.prefix: namespace, "xl": XL, "gen": GEN}

    def clark(name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"{{{prefixes[prefix]}}}{local}"

    make = _Builder(namespace, schema.prefix, (_XL, _XBRL + "2008/generic-link.xsd"))
    for name, identifier, head in schema.elements:
        abstract = identifier.endswith("!")
        make.element(name, id=identifier.rstrip("!"), type=_xs("anyType"), head=clark(head), abstract=abstract)
    for tail, identifier, cycles, used_on in schema.arcroles:
        make.role("arcroleType", specified.arcrole(tail), identifier, None, clark(used_on), cycles)
    for uri, identifier, used_on in schema.roles:
        make.role("roleType", uri, identifier, None, clark(used_on))
    return make.document


_OF_FORMULAS = tuple(
    f"http://xbrl.org/{each}" for each in ("2008/", "2010/", "2014/table", "2016/assertion", "2022/assertion")
)


def _of_formulas(namespace: str) -> bool:
    """Whether it may be a namespace of formulas or tables; of others, their schemas are not even loaded."""
    if not namespace.startswith(_OF_FORMULAS):
        return False
    from recto.taxonomy import specified

    return namespace in specified.BY_NAMESPACE


_CORE = {
    XBRLI: (_INSTANCE, _instance),
    LINK: (_LINKBASE, _linkbase),
    XL: (_XL, _xl),
    XLINK: (_XLINK, _xlink),
    XBRLDT: (_XBRLDT, _xbrldt),
    XBRLDI: (_XBRL + "2006/xbrldi-2006.xsd", _xbrldi),
    CALCULATION_1_1: (_XBRL + "2023/calculation-1.1.xsd", _calculation_1_1),
    GEN: (_XBRL + "2008/generic-link.xsd", _generic_link),
    GEN_LABEL: (_XBRL + "2008/generic-label.xsd", _generic_label),
    GEN_REFERENCE: (_XBRL + "2008/generic-reference.xsd", _generic_reference),
    REF: (_XBRL + "2004/ref-2004-08-10.xsd", lambda: _reference_parts(REF)),
    _REF_2006: (_XBRL + "2006/ref-2006-02-27.xsd", lambda: _reference_parts(_REF_2006)),
}
_BY_URL = {url: namespace for namespace, (url, _) in _CORE.items()}
_DTR = _XBRL + "dtr/type/"
_LEI = _XBRL + "taxonomy/int/lei/"
_DTR_FILES = {
    "nonNumeric-2009-12-16.xsd": _DTR + "non-numeric",
    "numeric-2009-12-16.xsd": _DTR + "numeric",
}


_FILING_INDICATORS = FI + "/filing-indicators.xsd"


def core_schema(namespace: str) -> MemoryDocument | None:
    """The built-in schema of a namespace, or None. Data Type Registry namespaces count, and filing indicators'."""
    known = namespace in _CORE or namespace == FI or namespace.startswith((_DTR, _LEI)) or _of_formulas(namespace)
    return _built_in(namespace) if known else None


@lru_cache(maxsize=256)
def _built_in(namespace: str) -> MemoryDocument | None:
    if namespace in _CORE:
        return _CORE[namespace][1]()
    if namespace.startswith(_DTR):
        return _data_types(namespace)
    if namespace.startswith(_LEI) and namespace.count("/") == _LEI.count("/"):
        return _lei(namespace)
    if namespace == FI:
        return _filing_indicators()
    return _specified(namespace) if _of_formulas(namespace) else None


_SEVERITIES = {f"{_XBRL}{year}/severities.xml": f"http://xbrl.org/{year}/assertion-severity" for year in (2016, 2022)}


def severities(url: str) -> MemoryDocument | None:
    """The linkbase at `url` if it is one of those whose resources are the standard severities of assertions, known by
    their ids (Assertion severity 1.0 and 2.0); used where no copy is to be had.
    """
    namespace = _SEVERITIES.get("http" + url[5:] if url.startswith("https:") else url)
    if namespace is None:
        return None
    from lxml import etree

    from recto.taxonomy.schemas import compile_document
    from recto.xml import parse
    from recto.xml.xlink import LABEL, ROLE, TYPE

    root = etree.Element(f"{{{LINK}}}linkbase")
    link = etree.SubElement(root, f"{{{GEN}}}link", {TYPE: "extended", ROLE: "http://www.xbrl.org/2008/role/link"})
    for name in ("error", "warning", "ok"):
        own = {TYPE: "resource", LABEL: name, "id": name.upper()}
        etree.SubElement(link, f"{{{namespace}}}{name}", own)
    return compile_document(parse(etree.tostring(root), url))


def core_url(namespace: str) -> str | None:
    """Where the built-in schema of a namespace is published."""
    return _FILING_INDICATORS if namespace == FI else _CORE[namespace][0] if namespace in _CORE else None


def core_namespace(url: str) -> str | None:
    """The namespace of the schema at `url` if its meaning is built in and never read from a copy."""
    return _BY_URL.get("http" + url[5:] if url.startswith("https:") else url)


def registry_namespace(url: str) -> str | None:
    """The namespace of the schema at `url`, of the Data Type Registry, LEIs, filing indicators, formulas or tables:
    built in, used where no copy is to be had.
    """
    url = "http" + url[5:] if url.startswith("https:") else url
    if url.startswith(_LEI) and url.endswith("/lei.xsd"):
        return url.rpartition("/")[0]
    if url == _FILING_INDICATORS:
        return FI
    if not url.startswith(_DTR):
        if not url.startswith(_XBRL + "20"):
            return None
        from recto.taxonomy import specified

        return specified.NAMESPACES.get(url)
    file = url[len(_DTR) :]
    if file in _DTR_FILES:
        return _DTR_FILES[file]
    folder, _, name = file.rpartition("/")
    return _DTR + folder if name == "types.xsd" else None
