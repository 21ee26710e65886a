"""The compiler's part for schemas, and the compiler's entry."""

from __future__ import annotations

from typing import Any

from lxml import etree

from recto.names import ENUM, ENUM2, LINK, XBRLDT, XBRLI, XSD
from recto.taxonomy.compiled import (
    ABSTRACT,
    COMPONENT_KINDS,
    NILLABLE,
    ElementRecord,
    MemoryDocument,
    Tree,
)
from recto.taxonomy.linkbases import LinkbaseCompiler, bases_of
from recto.xml.parsing import Document
from recto.xml.xlink import ARCROLE, HREF, ROLE

SCHEMA = f"{{{XSD}}}schema"
LINKBASE = f"{{{LINK}}}linkbase"
_XS = f"{{{XSD}}}"
_ELEMENT = f"{_XS}element"
_ANNOTATION = f"{_XS}annotation"
_APPINFO = f"{_XS}appinfo"
_IMPORTS = frozenset((f"{_XS}import", f"{_XS}include", f"{_XS}redefine"))
_COMPONENTS = frozenset(_XS + kind for kind in COMPONENT_KINDS)
_ROLE_TYPE = f"{{{LINK}}}roleType"
_ARCROLE_TYPE = f"{{{LINK}}}arcroleType"
_LINKBASE_REF = f"{{{LINK}}}linkbaseRef"
_USED_ON = f"{{{LINK}}}usedOn"
_DEFINITION = f"{{{LINK}}}definition"
_PERIOD_TYPE = f"{{{XBRLI}}}periodType"
_BALANCE = f"{{{XBRLI}}}balance"
_TYPED_DOMAIN = f"{{{XBRLDT}}}typedDomainRef"
_NAME_ATTRIBUTES = frozenset(("base", "type", "ref", "itemType", "substitutionGroup", "refer"))
_QNAME_VALUED = (f"{{{ENUM}}}domain", f"{{{ENUM2}}}domain")
_TRUE = ("true", "1")
_IDS = etree.XPath("//@id | //@xml:id", smart_strings=False)


def compile_document(document: Document, *, lazy: bool = False, raw: bool = False) -> MemoryDocument:
    """Compile a schema or linkbase; a document of any other kind becomes one of kind "other" that holds nothing.

    With `lazy` extended links are left for `MemoryDocument.complete`; with `raw` they are kept as written too.
    """
    root = document.root
    out = MemoryDocument(root=root.tag)
    out.prefixes = {prefix or "": uri for prefix, uri in root.nsmap.items()}
    if root.tag == SCHEMA:
        out.kind = "schema"
        links = LinkbaseCompiler(document, out, raw=raw)
        _SchemaCompiler(document, out, links).compile()
        out.pending = links.compile
    elif root.tag == LINKBASE:
        out.kind = "linkbase"
        links = LinkbaseCompiler(document, out, raw=raw)
        links.scan(root)
        out.pending = links.compile
    if not lazy or document.has_base:
        out.complete()
    if not lazy:
        known = {element.id for element in out.elements}
        for identifier in _IDS(root):
            if identifier not in known:
                out.ids.setdefault(identifier.strip(), ("other", 0))
        out.all_ids = True
    return out


class _SchemaCompiler:
    def __init__(self, document: Document, out: MemoryDocument, links: LinkbaseCompiler):
        self._document = document
        self._out = out
        self._links = links

    def compile(self) -> None:
        root = self._document.root
        out = self._out
        line_of = self._document.line
        out.namespace = (root.get("targetNamespace") or "").strip() or None
        out.qualified = root.get("elementFormDefault") == "qualified"
        elements = out.elements
        for child in root:
            tag = child.tag
            if tag == _ELEMENT:
                elements.append(self._element(child))
            elif tag == _ANNOTATION:
                self._annotation(child)
            elif tag in _IMPORTS:
                location = child.get("schemaLocation")
                bases = bases_of(child, self._document)
                out.reference_order.append(("import", len(out.imports)))
                out.imports.append((tag[len(_XS) :], child.get("namespace"), location, bases, line_of(child)))
                if tag.endswith("}redefine"):
                    self._components(child)
            elif tag in _COMPONENTS:
                self._component(child)

    def _components(self, parent: Any) -> None:
        for child in parent:
            if child.tag in _COMPONENTS:
                self._component(child)
            elif child.tag == _ANNOTATION:
                self._annotation(child)

    def _component(self, element: Any) -> None:
        name = (element.get("name") or "").strip()
        tree = self._tree(element)
        self._out.component_trees.setdefault((tree[0], name), tree)
        if identifier := element.get("id"):
            self._out.ids.setdefault(identifier.strip(), ("component", 0))

    def _element(self, element: Any) -> ElementRecord:
        attributes = dict(element.items())
        nsmap = element.nsmap
        take = attributes.pop
        flags = 0
        if take("abstract", "").strip() in _TRUE:
            flags |= ABSTRACT
        if take("nillable", "").strip() in _TRUE:
            flags |= NILLABLE
        definition: Tree | None = None
        for child in element:
            if child.tag in _COMPONENTS:
                definition = self._tree(child)
                break
        type_ = take("type", "")
        group = take("substitutionGroup", "")
        for name in _QNAME_VALUED:
            if name in attributes:
                attributes[name] = expand(attributes[name], nsmap)
        if self._document.has_base and _TYPED_DOMAIN in attributes:
            # Rare enough to be kept with the reference itself: bases and href, separated by what no URI may hold.
            bases = bases_of(element, self._document)
            attributes[_TYPED_DOMAIN] = " ".join((*bases, attributes[_TYPED_DOMAIN].strip()))
        return ElementRecord(
            take("name", "").strip(),
            take("id", "").strip(),
            expand(type_, nsmap) if type_ else "",
            expand(group, nsmap) if group else "",
            flags,
            take(_PERIOD_TYPE, "").strip(),
            take(_BALANCE, "").strip(),
            take(_TYPED_DOMAIN, "").strip(),
            self._document.line(element),
            attributes,
            definition,
        )

    def _tree(self, element: Any) -> Tree:
        attributes = dict(element.items())
        for name in attributes.keys() & _NAME_ATTRIBUTES:
            attributes[name] = expand(attributes[name], element.nsmap)
        if "memberTypes" in attributes:
            nsmap = element.nsmap
            attributes["memberTypes"] = " ".join(expand(each, nsmap) for each in attributes["memberTypes"].split())
        children = tuple(
            [self._tree(child) for child in element if child.tag.startswith(_XS) and child.tag != _ANNOTATION]
        )
        return (element.tag[len(_XS) :], attributes, children, self._document.line(element))

    def _annotation(self, annotation: Any) -> None:
        for appinfo in annotation:
            if appinfo.tag != _APPINFO:
                continue
            for child in appinfo:
                tag = child.tag
                if tag in (_ROLE_TYPE, _ARCROLE_TYPE):
                    self._role_type(child)
                elif tag == _LINKBASE_REF:
                    bases = bases_of(child, self._document)
                    href = (child.get(HREF) or "").strip()
                    line = self._document.line(child)
                    self._out.reference_order.append(("linkbaseRef", len(self._out.linkbase_refs)))
                    self._out.linkbase_refs.append((href, child.get(ROLE), child.get(ARCROLE), bases, line))
                elif tag == LINKBASE:
                    self._links.scan(child)

    def _role_type(self, element: Any) -> None:
        out = self._out
        is_role = element.tag == _ROLE_TYPE
        uri = (element.get("roleURI" if is_role else "arcroleURI") or "").strip()
        identifier = (element.get("id") or "").strip() or None
        definition: str | None = None
        used_on: list[str] = []
        for child in element:
            if child.tag == _USED_ON:
                used_on.append(expand("".join(child.itertext()), child.nsmap))
            elif child.tag == _DEFINITION and definition is None:
                definition = "".join(child.itertext())
        if identifier:
            out.ids.setdefault(identifier, ("role", len(out.role_types)))
        out.role_types.append(
            (
                "roleType" if is_role else "arcroleType",
                uri,
                identifier,
                definition,
                tuple(used_on),
                None if is_role else element.get("cyclesAllowed"),
                self._document.line(element),
            )
        )


def expand(name: str, nsmap: dict[str | None, str]) -> str:
    """A lexical QName in Clark notation. A prefix that is bound to nothing is kept: `prefix:local`."""
    name = name.strip()
    prefix, colon, local = name.partition(":")
    uri = nsmap.get(prefix if colon else None)
    if uri is None:
        return name
    return f"{{{uri}}}{local if colon else prefix}"
