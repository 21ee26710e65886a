"""Reader of xBRL-XML instances (XBRL 2.1, 4)."""

from __future__ import annotations

from typing import Any

from lxml import etree
from msgspec import Struct, field

from recto.findings import Findings
from recto.instance.anchors import Anchors
from recto.instance.builder import Attributes, FactBuilder, FactKind, attributes_among, fault_of_fraction
from recto.instance.contexts import read_context, read_unit, settled, text_of
from recto.instance.links import external_locators, read_links
from recto.instance.model import Context, Fact, Instance, Unit
from recto.instance.prefixes import Prefixes
from recto.names import LINK, XBRLI, XSI
from recto.taxonomy.model import Taxonomy
from recto.xml import Document, file_name, split_fragment, xlink

XBRL = f"{{{XBRLI}}}xbrl"
CONTEXT = f"{{{XBRLI}}}context"
UNIT = f"{{{XBRLI}}}unit"
SCHEMA_REF = f"{{{LINK}}}schemaRef"
LINKBASE_REF = f"{{{LINK}}}linkbaseRef"
ROLE_REF = f"{{{LINK}}}roleRef"
ARCROLE_REF = f"{{{LINK}}}arcroleRef"
FOOTNOTE_LINK = f"{{{LINK}}}footnoteLink"
NIL = f"{{{XSI}}}nil"
REFERENCES = frozenset((SCHEMA_REF, LINKBASE_REF, ROLE_REF, ARCROLE_REF))
_NUMERATOR = f"{{{XBRLI}}}numerator"
_DENOMINATOR = f"{{{XBRLI}}}denominator"
_IDS = etree.XPath("descendant::*/@id", smart_strings=False)


class Parts(Struct):
    """The children of an `xbrli:xbrl` element, sorted by what they are."""

    doc: Document
    root: Any
    prefixes: Prefixes
    references: list[Any] = field(default_factory=list)
    contexts: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)
    facts: list[Any] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)

    @property
    def urls(self) -> tuple[str, ...]:
        """Documents that the instance refers to, absolute, without fragment: where its DTS starts (XBRL 2.1, 3.2)."""
        urls = dict.fromkeys(reference_url(self.doc, each) for each in self.references)
        urls.update(dict.fromkeys(external_locators(self.links, self.doc)))
        return tuple(url for url in urls if url)


def reference_url(doc: Document, element: Any) -> str:
    """The document that a schemaRef, linkbaseRef, roleRef or arcroleRef names; "" where it names none."""
    href = element.get(xlink.HREF)
    return split_fragment(doc.resolve(element, href))[0] if href else ""


def find_root(doc: Document) -> Any | None:
    """The `xbrli:xbrl` element: the root, or somewhere inside another document (XBRL 2.1, 4)."""
    root = doc.root
    return root if root.tag == XBRL else next(root.iter(XBRL), None)


def scan(doc: Document, root: Any, data: bytes, findings: Findings) -> Parts:
    """Sorts the children of `root` in one pass."""
    parts = Parts(doc, root, Prefixes(doc.root, data))
    kinds: dict[str, list[Any]] = {SCHEMA_REF: parts.references, LINKBASE_REF: parts.references}
    kinds[ROLE_REF] = kinds[ARCROLE_REF] = parts.references
    for child in root:
        tag = child.tag
        kind = kinds.get(tag)
        if kind is not None:
            kind.append(child)
        elif tag == CONTEXT:
            keep_by_id(parts.contexts, child, doc, findings)
        elif tag == UNIT:
            keep_by_id(parts.units, child, doc, findings)
        else:
            extended = child.get(xlink.TYPE) == "extended"
            if tag == FOOTNOTE_LINK:  # one that is no extended link is no fact either
                kind = parts.links if extended else []
            else:
                kind = kinds[tag] = parts.links if extended else parts.facts
            kind.append(child)
    return parts


def keep_by_id(
    table: dict[str, Any],
    element: Any,
    doc: Document,
    findings: Findings,
    repeated: str = "xml.3.3.1:idMustBeUnique",
) -> None:
    """Files a context or unit under its id; a second one with the same id is reported (`repeated`) and left out."""
    identifier = element.get("id")
    if identifier is not None and identifier not in table:
        table[identifier] = element
        return
    name = element.tag.rpartition("}")[2]
    arguments = (
        {} if identifier is None else {"name": f"xbrli:{name}", "id": identifier, "where": "another of its kind"}
    )
    findings.found(
        repeated if identifier is not None else "xmlSchema:attributesRequired",
        f"xbrli:{name}",
        document=doc.url,
        line=doc.line(element),
        element=f"xbrli:{name}",
        specification="XBRL 2.1, 4.7.1 and 4.8.1",
        **arguments,
    )


def read(parts: Parts, taxonomy: Taxonomy, findings: Findings) -> Instance:
    """The instance, once its DTS is known."""
    doc = parts.doc
    prefixes = parts.prefixes
    contexts = {
        key: settled(read_context(each, doc, prefixes, findings), taxonomy, each)
        for key, each in parts.contexts.items()
    }
    units = {key: read_unit(each, doc, prefixes, findings) for key, each in parts.units.items()}
    facts = _Facts(parts, taxonomy, contexts, units, findings)
    facts.others += [each for each in parts.links if each.tag != FOOTNOTE_LINK]
    facts.read(parts.facts, None, language_of(parts.root))
    built = facts.builder
    return Instance(
        doc.url,
        (doc.url,),
        "xbrl",
        None,
        taxonomy,
        tuple(built.facts),
        contexts,
        units,
        {prefix: namespace for prefix, namespace in doc.root.nsmap.items() if prefix},
        tuple(reference_url(doc, each) for each in parts.references if each.tag in (SCHEMA_REF, LINKBASE_REF)),
        read_links(parts.links, doc, built.facts, built.elements, language_of, findings),
        findings,
        built.home,
        file_name(doc.url),
        Anchors(
            {doc.url: doc}, built.elements, parts.contexts, parts.units, parts.links, (), facts.alike, facts.others
        ),
    )


def language_of(element: Any) -> str | None:
    """The `xml:lang` in force at an element; None where there is none, or it was taken back with ""."""
    at = element
    while at is not None:
        language = at.get(xlink.XML_LANG)
        if language is not None:
            return language or None
        at = at.getparent()
    return None


def composed(kind: FactKind, element: Any) -> tuple[str, tuple[str, str] | None, str | None]:
    """Value and terms of a fraction, or of an item that wrongly has elements inside, and what is wrong with it."""
    if not kind.is_fraction:
        return text_of(element), None, "an item cannot contain elements" if len(element) else None
    terms = [text_of(child).strip() for name in (_NUMERATOR, _DENOMINATOR) for child in element.iterchildren(name)]
    if len(terms) == 2:
        return f"{terms[0]}/{terms[1]}", (terms[0], terms[1]), fault_of_fraction(terms[0], terms[1])
    nil = element.get(NIL) in ("true", "1")
    return text_of(element), None, None if nil else "a fraction needs one numerator and one denominator"


def stands_for_others(kind: FactKind, element: Any) -> bool:
    """Whether an element holds facts: a tuple, or what seems to be one and is not declared."""
    return kind.is_tuple or (kind.concept is None and len(element) > 0 and element.get("contextRef") is None)


class _Facts:
    """Reads items and tuples."""

    def __init__(
        self,
        parts: Parts,
        taxonomy: Taxonomy,
        contexts: dict[str, Context],
        units: dict[str, Unit],
        findings: Findings,
    ):
        root = parts.root
        self.builder = FactBuilder(taxonomy, contexts, units, findings, lambda: set(_IDS(root)))
        self.doc = parts.doc
        self.alike: dict[tuple[str, ...], Any] = {}
        self.others: list[Any] = []
        """See `Anchors`."""
        self._plain = self.builder.plain(parts.doc.url)

    def read(self, elements: Any, parent: Fact | None, language: str | None) -> None:
        builder = self.builder
        kinds: dict[str, FactKind] = {}
        layouts: dict[tuple[str, ...], tuple[Attributes | None, set[str]]] = {}
        names: list[str] | None = None
        given: Attributes | None = None
        met: set[str] = set()
        url, plain = self.doc.url, self._plain
        for element, line in zip(elements, self.doc.lines(elements), strict=True):
            tag = element.tag
            kind = kinds.get(tag)
            if kind is None:
                kind = kinds[tag] = builder.kind(tag, element.prefix)
            if kind.plain and not len(element):
                keys = element.keys()
                if keys != names:  # most facts have the attributes of the one before them
                    names = keys
                    shape = tuple(keys)
                    if shape not in layouts:
                        layouts[shape] = (attributes_among(shape), set())
                    given, met = layouts[shape]
                if tag not in met:
                    met.add(tag)
                    if parent is None:
                        self.alike[tag, *keys] = element
                if given is not None and plain(
                    kind, given, element.values(), element.text or "", element, line, parent, language
                ):
                    continue
            if parent is None:
                self.others.append(element)
            get = element.get
            own = get(xlink.XML_LANG)
            lang = language if own is None else own or None
            nil = get(NIL)
            if stands_for_others(kind, element):
                fact = builder.add(
                    kind,
                    element,
                    url,
                    line,
                    "",
                    attribute=get,
                    nil=nil,
                    language=lang,
                    parent=parent,
                    is_tuple=True,
                )
                self.read(element, fact, lang)
            elif len(element) == 0 and not kind.is_fraction:
                text = element.text or ""
                builder.add(kind, element, url, line, text, attribute=get, nil=nil, language=lang, parent=parent)
            else:
                self._complex(kind, element, line, lang, parent)

    def _complex(self, kind: FactKind, element: Any, line: int, language: str | None, parent: Fact | None) -> None:
        """A fraction, or an item that wrongly has elements inside."""
        value, fraction, invalid = composed(kind, element)
        fact = self.builder.add(
            kind,
            element,
            self.doc.url,
            line,
            value,
            attribute=element.get,
            nil=element.get(NIL),
            language=language,
            parent=parent,
            invalid=invalid,
            fraction=fraction,
        )
        if invalid is not None and fraction is None:  # of terms schema validation tells
            self.builder.report("xmlSchema:valueError", fact, "XBRL 2.1, 4.6", what="its value", reason=invalid)
