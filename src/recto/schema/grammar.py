"""The grammar of a DTS: its schema components, built from the taxonomy's component trees when first asked for.

Source: XML Schema 1.0 part 1, sections 3.2 to 3.10.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from recto import limits
from recto.names import XBRLI, XL, QName
from recto.schema import core
from recto.schema.components import (
    ANY_CONTENT,
    ANY_TYPE_NAME,
    UNBOUNDED,
    AttributeUse,
    ComplexType,
    ElementDecl,
    Particle,
    Process,
    Wildcard,
    either,
    methods,
)
from recto.schema.hinted import Hints, Schemas
from recto.taxonomy.compiled import ABSTRACT, NILLABLE, Tree
from recto.taxonomy.model import DataType
from recto.taxonomy.types import BUILT_IN_TYPES, TypeTable
from recto.xml.integers import natural

if TYPE_CHECKING:
    from recto.taxonomy.discovery import LoadedDocument
    from recto.taxonomy.dts import DTS
    from recto.xml import Document

_FINAL = frozenset(("extension", "restriction"))
_BLOCKED = _FINAL | {"substitution"}
_SIMPLE_FINAL = frozenset(("restriction", "list", "union"))
_NO_FACETS = frozenset(("attribute", "attributeGroup", "anyAttribute", "simpleType"))
ReadTree = Callable[["LoadedDocument"], "Document | None"]


class Grammar:
    """The components of one DTS; XBRL's own grammar where the schemas are those of the specifications."""

    def __init__(self, dts: DTS, hints: Hints | None = None, tree: ReadTree | None = None):
        """`tree` gives the parsed document of one of the DTS, None where there is none."""
        self._tree = tree
        self._defaults: dict[LoadedDocument, tuple[str | None, str | None]] = {}
        self.dts = Schemas(dts, hints)
        self._dts = dts
        self._table = TypeTable(self.dts)
        self._elements: dict[str, ElementDecl | None] = {}
        self._types: dict[tuple[QName, int], DataType | ComplexType | None] = {}
        self._attributes: dict[str, AttributeUse | None] = {}
        self._valid: dict[DataType | None, set[str]] = {}
        self._open: set[tuple[QName, int]] = set()
        self._open_groups: set[QName] = set()
        self._room = limits.SCHEMA_PARTICLES
        self.exhausted: LoadedDocument | None = None
        """A schema whose groups, taken apart, are more than can be held."""

    # Elements

    def element(self, tag: str) -> ElementDecl | None:
        """The global declaration of an element, by its Clark name."""
        try:
            return self._elements[tag]
        except KeyError:
            pass
        self._elements[tag] = found = self._find_element(tag)
        return found

    def lacks(self, tag: str) -> bool:
        """Whether a schema that was not to be had may declare the element, by its Clark name."""
        return self._dts.lacks(QName.of(tag).namespace)

    def _find_element(self, tag: str) -> ElementDecl | None:
        built_in = core.elements().get(tag)
        name = QName.of(tag)
        if built_in is not None:
            tree, head, abstract = built_in
            return ElementDecl(
                name,
                None,
                tree,
                tree[1].get("type", ""),
                tree[2][0] if tree[2] else None,
                QName.of(head) if head else None,
                abstract,
            )
        for document in self.dts.schemas_of(name.namespace):
            ordinal = document.compiled.find_element(name.local)
            if ordinal < 0:
                continue
            record = document.compiled.element(ordinal)
            group = document.name(record.substitution_group) if record.substitution_group else ""
            return ElementDecl(
                name,
                document,
                None,
                document.name(record.type) if record.type else "",
                record.definition,
                QName.of(group) if group else None,
                bool(record.flags & ABSTRACT),
                bool(record.flags & NILLABLE),
                record.attributes.get("default"),
                record.attributes.get("fixed"),
                True,
                record.line,
                record.attributes.get("block"),
                record.attributes.get("final"),
            )
        return None

    def type_of(self, decl: ElementDecl) -> DataType | ComplexType:
        """The declared type: named, anonymous, that of the substitution group's head, or xs:anyType."""
        if decl.type is not None:
            return decl.type
        found: DataType | ComplexType | None = ANY_CONTENT
        if decl.definition is not None:
            found = self._anonymous(decl.definition, decl.name, decl.document)
        elif decl.type_name:
            found = self.type(QName.of(decl.type_name)) or ANY_CONTENT
        elif decl.head is not None and decl.head is not decl.name:
            for name in self.heads(decl.name.clark):
                head = self.element(name.clark)
                if head is not None and (head.definition is not None or head.type_name):
                    found = self.type_of(head)
                    break
        decl.type = found
        return found  # type: ignore[return-value]

    def substitutes(self, tag: str, head: QName) -> bool:
        """Whether the element `tag` may stand where `head` is declared (XML Schema 1, 3.3.6)."""
        if tag == head.clark:
            return True
        seen = 0
        decl = self.element(tag)
        while decl is not None and decl.head is not None and seen < limits.SCHEMA_HEADS:
            if decl.head is head:
                return True
            decl = self.element(decl.head.clark)
            seen += 1
        return False

    def may_substitute(self, tag: str, decl: ElementDecl) -> bool:
        """The same, and the declaration does not block it (3.3.6, Substitution Group OK)."""
        if not self.substitutes(tag, decl.name):
            return False
        type_ = self.type_of(decl)
        blocked = self.blocks(decl) | (type_.block if isinstance(type_, ComplexType) else frozenset())
        if not blocked or tag == decl.name.clark:
            return True
        other = self.element(tag)
        if "substitution" in blocked or other is None:
            return False
        return not blocked & methods(self.type_of(other), type_)

    def blocks(self, decl: ElementDecl) -> frozenset[str]:
        """The disallowed substitutions of an element (3.3.2)."""
        return self._ways(decl.block, decl.document, 0, _BLOCKED)

    def finals(self, decl: ElementDecl) -> frozenset[str]:
        """The substitution group exclusions of an element (3.3.2)."""
        return self._ways(decl.final, decl.document, 1, _FINAL)

    def final_of(self, name: QName) -> frozenset[str]:
        """The ways in which nothing may be derived from a named type (3.4.2, 3.14.2)."""
        for document in self.dts.schemas_of(name.namespace):
            for kind in ("complexType", "simpleType"):
                tree = document.compiled.component(kind, name.local)
                if tree is not None:
                    known = _FINAL if kind == "complexType" else _SIMPLE_FINAL
                    return self._ways(tree[1].get("final"), document, 1, known)
        return frozenset()

    def _ways(
        self, text: str | None, document: LoadedDocument | None, which: int, every: frozenset[str]
    ) -> frozenset[str]:
        """What a block or final attribute says; where there is none, blockDefault or finalDefault (`which` 0 or 1)."""
        if text is None and document is not None and document.local:
            if document not in self._defaults:
                tree = self._tree(document) if self._tree is not None else None
                get = tree.root.get if tree is not None else {}.get
                self._defaults[document] = get("blockDefault"), get("finalDefault")
            text = self._defaults[document][which]
        if not text:
            return frozenset()
        return every if text.strip() == "#all" else every.intersection(text.split())

    def heads(self, tag: str) -> list[QName]:
        """The chain of substitution groups above an element, nearest first."""
        chain: dict[QName, None] = {}
        decl = self.element(tag)
        while decl is not None and decl.head is not None and decl.head not in chain:
            chain[decl.head] = None
            decl = self.element(decl.head.clark)
        return list(chain)

    # Types

    def type(self, name: QName, skip: int = 0) -> DataType | ComplexType | None:
        """A named type; `skip` definitions are passed over (a redefined type's base is the one below it)."""
        if name is ANY_TYPE_NAME:
            return ANY_CONTENT
        built_in = BUILT_IN_TYPES.get(name)
        if built_in is not None:
            return built_in
        key = (name, skip)
        if key in self._types:
            return self._types[key]
        if key in self._open:
            return None
        if not skip and not self._open:
            for base in self._table.long_chain(name, self._types):
                self.type(base)
        self._open.add(key)
        self._types[key] = made = self._make_type(name, skip)
        self._open.discard(key)
        return made

    def _make_type(self, name: QName, skip: int) -> DataType | ComplexType | None:
        tree = core.types().get(name.clark)
        if tree is not None:
            return self._complex(tree, name, None, 0)
        passed = 0
        for document in self.dts.schemas_of(name.namespace):
            for kind in ("complexType", "simpleType"):
                found = document.compiled.component(kind, name.local)
                if found is None:
                    continue
                if passed < skip:
                    passed += 1
                    continue
                if kind == "simpleType":
                    return self._table.named(name)
                return self._complex(found, name, document, skip)
        return None

    def _anonymous(self, tree: Tree, owner: QName, document: LoadedDocument | None) -> DataType | ComplexType:
        name = QName(owner.namespace, "#" + owner.local)
        if tree[0] == "simpleType":
            return self._simple(tree, name, document)
        return self._complex(tree, name, document, 0)

    def _simple(self, tree: Tree, name: QName, document: LoadedDocument | None) -> DataType:
        home = document if document is not None else self.dts.schemas_of(XL)[0]
        return self._table.anonymous(tree, name, home)

    def _complex(self, tree: Tree, name: QName, document: LoadedDocument | None, skip: int) -> ComplexType:
        made = ComplexType(
            name,
            abstract=tree[1].get("abstract", "").strip() in ("true", "1"),
            mixed=tree[1].get("mixed", "").strip() in ("true", "1"),
            block=self._ways(tree[1].get("block"), document, 0, _FINAL),
        )
        content = next((child for child in tree[2] if child[0] in ("simpleContent", "complexContent")), None)
        if content is None:
            made.base = ANY_CONTENT
            made.derivation = "restriction"
            made.particle = self._model(tree, document)
            made.empty = _is_empty(made)
            self._collect(tree, document, made, set())
            return made
        derivation = next((child for child in content[2] if child[0] in ("restriction", "extension")), None)
        if derivation is None:
            return made
        made.derivation = "restriction" if derivation[0] == "restriction" else "extension"
        base_name = QName.of(self._name(derivation[1].get("base", ""), document))
        base = self.type(base_name, skip + 1 if base_name is name else 0)
        made.base = base
        if content[0] == "simpleContent":
            made.simple = self._simple_content(derivation, base, name, document)
            if isinstance(base, ComplexType):
                made.mixed = base.mixed and made.simple is None
        else:
            if content[1].get("mixed", "").strip() in ("true", "1"):
                made.mixed = True
            self._complex_content(derivation, base, document, made)
            made.empty = _is_empty(made)
        if isinstance(base, ComplexType):
            made.attributes.update(base.attributes)
            if made.derivation == "extension":
                made.wildcard = base.wildcard
            elif base.anything:
                made.wildcard = None
        self._collect(derivation, document, made, set())
        return made

    def _complex_content(
        self, derivation: Tree, base: DataType | ComplexType | None, document: LoadedDocument | None, made: ComplexType
    ) -> None:
        own = self._model(derivation, document)
        if made.derivation == "extension" and isinstance(base, ComplexType) and not base.anything:
            if base.simple is not None:
                made.simple = base.simple
            if base.particle is not None and own is not None:
                made.particle = Particle(1, 1, kind="sequence", parts=(base.particle, own))
            else:
                made.particle = own if own is not None else base.particle
            made.other_text = own is not None and base.particle is not None and made.mixed is not base.mixed
            made.mixed = made.mixed or base.mixed
        else:
            made.particle = own

    def _simple_content(
        self, derivation: Tree, base: DataType | ComplexType | None, name: QName, document: LoadedDocument | None
    ) -> DataType | None:
        if isinstance(base, DataType):
            inherited: DataType | None = base
        else:
            inherited = base.simple if base is not None else None
        if derivation[0] == "extension":
            return inherited
        # The taxonomy resolves named and anonymous types with their facets already.
        facets = [child for child in derivation[2] if child[0] not in _NO_FACETS]
        inline = next((child for child in derivation[2] if child[0] == "simpleType"), None)
        if inline is None and not facets:
            return inherited
        home = document if document is not None else self.dts.schemas_of(XL)[0]
        tree: Tree = ("complexType", {}, (("simpleContent", {}, (derivation,), 0),), 0)
        return self._table.anonymous(tree, name, home)

    # Content models

    def _model(self, parent: Tree, document: LoadedDocument | None) -> Particle | None:
        for child in parent[2]:
            if child[0] in ("sequence", "choice", "all", "group"):
                return self._particle(child, document)
        return None

    def _particle(self, tree: Tree, document: LoadedDocument | None) -> Particle:
        tag, attributes, children, line = tree
        least = _count(attributes.get("minOccurs"), 1)
        most = (
            UNBOUNDED
            if attributes.get("maxOccurs", "").strip() == "unbounded"
            else _count(attributes.get("maxOccurs"), 1)
        )
        if tag == "element":
            return Particle(least, most, element=self._element_use(tree, document), line=line)
        if tag == "any":
            return Particle(least, most, wildcard=self._wildcard(attributes, document), line=line)
        if tag == "group":
            inner = self._group(attributes, document)
            return Particle(least, most, kind="sequence", parts=(inner,) if inner is not None else (), line=line)
        parts = tuple(
            self._particle(child, document)
            for child in children
            if child[0] in ("element", "any", "group", "sequence", "choice")
            and child[1].get("maxOccurs", "").strip() != "0"
        )
        return Particle(least, most, kind=tag, parts=parts, line=line)  # type: ignore[arg-type]

    def _group(self, attributes: dict[str, str], document: LoadedDocument | None) -> Particle | None:
        """The model of a group; nothing of one that contains itself, anything once groups have made too much."""
        name = QName.of(self._name(attributes.get("ref", ""), document))
        found = self.dts.component("group", name)
        if found is None or name in self._open_groups:
            return None
        self._room -= 1 + len(found[1][2][0][2] if found[1][2] else ())
        if self._room < 0:
            self.exhausted = found[0]
            return Particle(0, UNBOUNDED, wildcard=Wildcard(None, False, "lax"))
        self._open_groups.add(name)
        try:
            for child in found[1][2]:
                if child[0] in ("sequence", "choice", "all"):
                    return self._particle(child, found[0])
        finally:
            self._open_groups.discard(name)
        return None

    def _element_use(self, tree: Tree, document: LoadedDocument | None) -> ElementDecl:
        attributes = tree[1]
        reference = attributes.get("ref")
        if reference:
            name = self._name(reference, document)
            return self.element(name) or ElementDecl(QName.of(name), None, None)
        form = attributes.get("form") or ("qualified" if document is None or document.compiled.qualified else "")
        namespace = (document.namespace or "") if document is not None else XBRLI
        local = attributes.get("name", "").strip()
        definition = next((child for child in tree[2] if child[0] in ("simpleType", "complexType")), None)
        return ElementDecl(
            QName(namespace if form == "qualified" else "", local),
            document,
            tree,
            self._name(attributes["type"], document) if "type" in attributes else "",
            definition,
            None,
            False,
            attributes.get("nillable", "").strip() in ("true", "1"),
            attributes.get("default"),
            attributes.get("fixed"),
            False,
            tree[3],
            attributes.get("block"),
        )

    def _wildcard(self, attributes: dict[str, str], document: LoadedDocument | None) -> Wildcard:
        words = attributes.get("namespace", "##any").split()
        process: Process = attributes.get("processContents", "strict")  # type: ignore[assignment]
        own = (document.namespace or "") if document is not None else attributes.get("targetNamespace", "")
        if words == ["##any"]:
            return Wildcard(None, False, process)
        if words == ["##other"]:
            return Wildcard(frozenset((own, "")), True, process)
        named = {own if word == "##targetNamespace" else "" if word == "##local" else word for word in words}
        return Wildcard(frozenset(named), False, process)

    # Attributes

    def attribute(self, name: str) -> AttributeUse | None:
        """The global attribute of that Clark name."""
        try:
            return self._attributes[name]
        except KeyError:
            pass
        found: AttributeUse | None = None
        built_in = core.attributes().get(name)
        if built_in is not None:
            found = self._attribute_decl(built_in, QName.of(name), None)
        elif name[:1] == "{":
            component = self.dts.component("attribute", QName.of(name))
            if component is not None:
                found = self._attribute_decl(component[1], QName.of(name), component[0])
        self._attributes[name] = found
        return found

    def _attribute_decl(self, tree: Tree, name: QName, document: LoadedDocument | None) -> AttributeUse:
        attributes = tree[1]
        inline = next((child for child in tree[2] if child[0] == "simpleType"), None)
        type_: DataType | ComplexType | None = None
        if inline is not None:
            type_ = self._simple(inline, QName(name.namespace, "@" + name.local), document)
        elif "type" in attributes:
            type_ = self.type(QName.of(self._name(attributes["type"], document)))
        simple = type_ if isinstance(type_, DataType) else None
        return self._use(name, simple, False, attributes.get("default"), attributes.get("fixed"))

    def _use(
        self, name: QName, type_: DataType | None, required: bool, default: str | None, fixed: str | None
    ) -> AttributeUse:
        valid = self._valid.setdefault(type_, set()) if fixed is None else set()
        return AttributeUse(name, type_, required, False, default, fixed, valid)

    def _collect(self, parent: Tree, document: LoadedDocument | None, made: ComplexType, taken: set[QName]) -> None:
        for child in parent[2]:
            tag, attributes = child[0], child[1]
            if tag == "attribute":
                self._attribute_use(child, document, made)
            elif tag == "attributeGroup":
                name = QName.of(self._name(attributes.get("ref", ""), document))
                found = self.dts.component("attributeGroup", name) if name not in taken else None
                if found is not None:
                    taken.add(name)
                    self._collect(found[1], found[0], made, taken)
            elif tag == "anyAttribute":
                own = self._wildcard(attributes, document)
                made.wildcard = (
                    own if made.wildcard is None or made.derivation != "extension" else either(made.wildcard, own)
                )

    def _attribute_use(self, tree: Tree, document: LoadedDocument | None, made: ComplexType) -> None:
        attributes = tree[1]
        reference = attributes.get("ref")
        if reference:
            declared = self.attribute(self._name(reference, document))
            name = QName.of(self._name(reference, document))
            type_ = declared.type if declared is not None else None
            default = attributes.get("default", declared.default if declared is not None else None)
            fixed = attributes.get("fixed", declared.fixed if declared is not None else None)
        else:
            qualified = attributes.get("form") == "qualified"
            namespace = (document.namespace or "") if document is not None and qualified else ""
            name = QName(namespace, attributes.get("name", "").strip())
            decl = self._attribute_decl(tree, name, document)
            type_, default, fixed = decl.type, decl.default, decl.fixed
            if type_ is None and made.derivation == "restriction" and name in made.attributes:
                type_ = made.attributes[name].type
        use = attributes.get("use", "optional").strip()
        if use == "prohibited":
            made.attributes.pop(name, None)
            return
        made.attributes[name] = self._use(name, type_, use == "required", default, fixed)

    @staticmethod
    def _name(name: str, document: LoadedDocument | None) -> str:
        return document.name(name) if document is not None else name


def _is_empty(type_: ComplexType) -> bool:
    """Whether the content type is empty (3.4.2)."""
    particle = type_.particle
    if type_.simple is not None or type_.mixed:
        return False
    if particle is None or particle.most == 0:
        return True
    return bool(particle.kind) and not particle.parts and (particle.kind != "choice" or particle.least == 0)


def _count(text: str | None, default: int) -> int:
    if text is None:
        return default
    found = natural(text)
    return default if found is None else found
