"""Assessment of elements against their declarations (XML Schema 1.0 part 1, 3.3.4, 3.4.4, 3.8.4 and 3.10.4).

A content model is followed from left to right without going back: models are unambiguous (3.8.6), and one that is not
is a fault of its schema. Only where children do not fit so, and a group repeats, all ways are tried (`matching`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any

from lxml import etree

from recto.names import XSD, XSI, QName
from recto.schema.components import (
    ANY_CONTENT,
    UNBOUNDED,
    AttributeUse,
    ComplexType,
    ElementDecl,
    Particle,
    methods,
)
from recto.schema.faults import Fault, attribute_name, expected, fault, named
from recto.schema.grammar import Grammar
from recto.schema.matching import Ways, repeats
from recto.schema.remembered import Shape, accepts, is_name, keep, same
from recto.taxonomy.model import DataType
from recto.taxonomy.types import ANY_TYPE
from recto.taxonomy.values import check, equal, shown, white_space
from recto.xsd import SPACE

_NIL = f"{{{XSI}}}nil"
_TYPE = f"{{{XSI}}}type"
_XSI_ALLOWED = frozenset(f"{{{XSI}}}{name}" for name in ("nil", "type", "schemaLocation", "noNamespaceSchemaLocation"))
_ID = QName(XSD, "ID")


class Assessor:
    """Assesses elements of documents against one grammar. `skip_text` tells declarations whose text others check."""

    def __init__(self, grammar: Grammar, *, skip_text: Callable[[ElementDecl], bool] | None = None):
        self.grammar = grammar
        self._skip_text = skip_text
        self._uses: dict[tuple[ComplexType, tuple[str, ...]], list[tuple[str, AttributeUse]]] = {}
        self._plain_uses: dict[tuple[ComplexType, tuple[str, ...]], list[AttributeUse | None]] = {}
        self._fits: dict[tuple[Particle, str], bool] = {}
        self._shapes: dict[Particle, dict[tuple[str, ...], Shape]] = {}
        self._leaves: dict[ElementDecl, ComplexType | None] = {}

    def strict(self, element: Any) -> Iterator[Fault]:
        """An element that must have a declaration."""
        decl = self.grammar.element(element.tag)
        if decl is None:
            if self.grammar.lacks(element.tag):
                return
            yield fault("cvc-elt.1", element)
            return
        yield from self.element(element, decl)

    def lax(self, element: Any) -> Iterator[Fault]:
        """An element that is assessed if it is declared; else what is inside it is."""
        decl = self.grammar.element(element.tag)
        if decl is not None:
            yield from self.element(element, decl)
            return
        type_ = self._xsi_type(element)
        if type_ is not None:
            yield from self._against(element, type_, None)
            return
        yield from self._lax_attributes(element)
        for child in element:
            yield from self.lax(child)

    def element(self, element: Any, decl: ElementDecl) -> Iterator[Fault]:
        """Element Locally Valid (3.3.4)."""
        if decl.abstract:
            yield fault("cvc-elt.2", element)
            return
        type_ = self.grammar.type_of(decl)
        if element.get(_TYPE) is not None:
            given = self._xsi_type(element)
            if given is None:
                yield fault("cvc-elt.4.2", element, type=element.get(_TYPE))
                return
            if not derived(given, type_):
                yield fault("cvc-elt.4.3", element, type=element.get(_TYPE), reason="does not derive from its own")
                return
            blocked = self.grammar.blocks(decl) | (type_.block if isinstance(type_, ComplexType) else frozenset())
            if blocked and blocked & methods(given, type_):
                yield fault("cvc-elt.4.3", element, type=element.get(_TYPE), reason="is blocked")
                return
            type_ = given
        nil = element.get(_NIL)
        if nil is not None:
            if not decl.nillable:
                yield fault("cvc-elt.3.1", element)
                return
            if nil.strip(SPACE) in ("true", "1"):
                if len(element) or element.text:
                    yield fault("cvc-elt.3.2.1", element)
                yield from self._attributes(element, type_)
                return
            if nil.strip(SPACE) not in ("false", "0"):
                yield fault("cvc-attribute.3", element, name="xsi:nil", reason=f"it is {nil!r}, not true or false")
        yield from self._against(element, type_, decl)

    def plain(self, element: Any, decl: ElementDecl) -> bool:
        """Whether an element without children is valid, decided fast; False means that it has to be looked at.

        Most elements of a linkbase are locators, arcs and labels with the same attributes over and over.
        """
        if decl not in self._leaves:
            self._leaves[decl] = self._leaf_type(decl)
        type_ = self._leaves[decl]
        if type_ is None or len(element):
            return False
        text = element.text
        if text and not type_.mixed and (type_.empty or text.strip(SPACE)):
            return False
        key = (type_, tuple(element.keys()))
        uses = self._plain_uses.get(key)
        if uses is None:
            uses = self._uses_in_order(key)
            if uses is None:
                return False
        for use, value in zip(uses, element.values(), strict=True):
            if use is not None and value not in use.valid and not accepts(use, value):
                return False
        return True

    def _uses_in_order(self, key: tuple[ComplexType, tuple[str, ...]]) -> list[AttributeUse | None] | None:
        """The declaration of each attribute of a set that is known to be complete and allowed; None of any other."""
        known = self._uses.get(key)
        if known is None or _TYPE in key[1] or _NIL in key[1]:
            return None
        checked = dict(known)
        uses = self._plain_uses[key] = [checked.get(name) for name in key[1]]
        return uses

    def shape(self, decl: ElementDecl, key: tuple[str, ...]) -> Shape | None:
        """What elements with this tag and these attributes (`key`) have in common; None where that is not known."""
        if decl not in self._leaves:
            self._leaves[decl] = self._leaf_type(decl)
        type_ = self._leaves[decl]
        uses = None if type_ is None else self._uses_in_order((type_, key[1:]))
        if type_ is None or uses is None or any(use is not None and is_name(use) for use in uses):
            return None
        return Shape(decl, type_.mixed, type_.empty, uses)

    def _leaf_type(self, decl: ElementDecl) -> ComplexType | None:
        """The type of elements that may be empty or hold text without structure."""
        type_ = self.grammar.type_of(decl)
        if decl.abstract or not isinstance(type_, ComplexType) or type_.abstract or type_.simple is not None:
            return None
        return type_ if type_.particle is None or type_.particle.nullable else None

    def _against(self, element: Any, type_: DataType | ComplexType, decl: ElementDecl | None) -> Iterator[Fault]:
        yield from self._attributes(element, type_)
        if isinstance(type_, DataType):
            if type_ is ANY_TYPE:
                return
            yield from self._simple_content(element, type_, decl)
            return
        if type_.abstract:
            yield fault("cvc-type.2", element)
        if type_.simple is not None:
            yield from self._simple_content(element, type_.simple, decl)
            return
        if type_.empty and (len(element) or element.text):
            yield fault("cvc-complex-type.2.1", element)
            return
        if not type_.mixed and _has_text(element):
            yield fault("cvc-complex-type.2.3", element)
        if type_.particle is None:
            if len(element):
                yield fault("cvc-complex-type.2.1", element)
            return
        yield from self._content(element, type_)

    # Attributes

    def _attributes(self, element: Any, type_: DataType | ComplexType) -> Iterator[Fault]:
        names = element.keys()
        if isinstance(type_, DataType):
            if type_ is not ANY_TYPE:
                for name in names:
                    if name not in _XSI_ALLOWED:
                        yield fault("cvc-type.3.1.1", element, name=attribute_name(name))
            return
        key = (type_, tuple(names))
        known = self._uses.get(key)
        if known is not None:
            for name, use in known:
                if element.get(name) not in use.valid:
                    yield from self._attribute(element, name, use)
            return
        yield from self._attributes_anew(element, type_, key)

    def _attributes_anew(
        self, element: Any, type_: ComplexType, key: tuple[ComplexType, tuple[str, ...]]
    ) -> Iterator[Fault]:
        """The attributes of an element with a set of names not met before; kept if nothing is wrong with it."""
        names = key[1]
        uses = type_.attributes
        checked: list[tuple[str, AttributeUse]] = []
        sound = True
        required = sum(use.required for use in uses.values())
        for name in names:
            use = uses.get(QName.of(name))
            if use is not None:
                required -= use.required
                checked.append((name, use))
                yield from self._attribute(element, name, use)
            elif name in _XSI_ALLOWED:
                continue
            elif type_.wildcard is None or not type_.wildcard.admits(QName.of(name).namespace):
                sound = False
                yield fault("cvc-complex-type.3.2.2", element, name=attribute_name(name))
            elif type_.wildcard.process != "skip":
                declared = self.grammar.attribute(name)
                if declared is not None:
                    checked.append((name, declared))
                    yield from self._attribute(element, name, declared)
                elif type_.wildcard.process == "strict":
                    sound = False
                    yield fault(
                        "cvc-complex-type.3.2.2", element, name=f"{attribute_name(name)}, which is not declared"
                    )
        if sound and required <= 0:
            self._uses[key] = checked
        if required > 0:
            for name_, use in uses.items():
                if use.required and element.get(name_.clark) is None:
                    yield fault("cvc-complex-type.4", element, name=attribute_name(name_.clark))

    def _attribute(self, element: Any, name: str, use: AttributeUse) -> Iterator[Fault]:
        text = element.get(name)
        if use.type is not None:
            wrong = check(use.type, text, namespaces=element.nsmap if use.type.xsd_base == "QName" else None)
            if wrong is not None:
                yield fault("cvc-attribute.3", element, name=attribute_name(name), reason=wrong)
                return
        if use.fixed is not None and not same(use.type, text, use.fixed):
            yield fault("cvc-attribute.4", element, name=attribute_name(name), value=shown(text), fixed=use.fixed)
        else:
            keep(use, (text,))

    def _lax_attributes(self, element: Any) -> Iterator[Fault]:
        for name in element.keys():  # noqa: SIM118 (lxml's elements iterate over children)
            if name[:1] == "{" and name not in _XSI_ALLOWED:
                declared = self.grammar.attribute(name)
                if declared is not None:
                    yield from self._attribute(element, name, declared)

    def lax_attributes(self, element: Any) -> Iterator[Fault]:
        """Attributes in other namespaces that happen to be declared."""
        yield from self._lax_attributes(element)

    # Content

    def _simple_content(self, element: Any, type_: DataType, decl: ElementDecl | None) -> Iterator[Fault]:
        if len(element):
            yield fault("cvc-complex-type.2.2", element)
            return
        text = element.text or ""
        if decl is not None:
            if self._skip_text is not None and self._skip_text(decl):
                return
            default = decl.fixed if decl.fixed is not None else decl.default
            if not text and default is not None:
                text = default
            if decl.fixed is not None and not equal(type_, text, decl.fixed):
                yield fault("cvc-elt.5.2.2.2", element, value=shown(text), fixed=decl.fixed)
                return
        wrong = check(type_, text, namespaces=element.nsmap if type_.xsd_base == "QName" else None)
        if wrong is not None:
            yield fault("cvc-type.3.1.3", element, reason=wrong)

    def _content(self, element: Any, type_: ComplexType) -> Iterator[Fault]:
        if type_.anything:
            for child in element:
                yield from self.lax(child)
            return
        assert type_.particle is not None
        match = _Match(self, element)
        position = match.particle(type_.particle, 0)
        if position != len(match.children) and repeats(type_.particle):
            leaves = Ways(match.fits, len(match.children)).leaves(type_.particle)
            if leaves is not None:
                yield from match.assessed(leaves)
                return
        yield from match.faults
        if match.faults and position < 0:
            return
        if position < len(match.children):
            child = match.children[position]
            yield fault("cvc-complex-type.2.4", child, reason=f"{named(child)} cannot stand here in {named(element)}")

    def _xsi_type(self, element: Any) -> DataType | ComplexType | None:
        text = element.get(_TYPE)
        if text is None:
            return None
        prefix, colon, local = text.strip(SPACE).rpartition(":")
        namespace = element.nsmap.get(prefix if colon else None, "")
        return self.grammar.type(QName(namespace, local))


class _Match:
    """One pass over the children of an element along its content model."""

    __slots__ = ("assessor", "children", "element", "faults")

    def __init__(self, assessor: Assessor, element: Any):
        self.assessor = assessor
        self.element = element
        self.children = list(element)
        self.faults: list[Fault] = []

    def particle(self, particle: Particle, at: int) -> int:
        """The position after what the particle takes from `at`; -1 after a fault."""
        taken = 0
        children = self.children
        if particle.kind == "choice" and particle.most == UNBOUNDED:
            taken = self._elements(particle, at)
            at += taken
        while taken < particle.most and at < len(children) and self._starts(particle, children[at]):
            after = self._once(particle, at)
            if after < 0:
                return -1
            if after == at:
                break
            at = after
            taken += 1
        if taken < particle.least and not (particle.kind and particle.nullable):
            where = children[at] if at < len(children) else self.element
            needed = expected(particle)
            found = f"{named(children[at])} stands" if at < len(children) else "it ends"
            reason = f"in {named(self.element)} {needed} is needed where {found}"
            self.faults.append(fault("cvc-complex-type.2.4", where, reason=reason))
            return -1
        return at

    def fits(self, particle: Particle, at: int) -> bool:
        """Whether an element or a wildcard of the model admits a child."""
        return self._starts(particle, self.children[at])

    def assessed(self, leaves: Iterable[Particle]) -> list[Fault]:
        """Each child by the particle that it belongs to."""
        self.faults = []
        for at, particle in enumerate(leaves):
            self._once(particle, at)
        return self.faults

    def _elements(self, choice: Particle, at: int) -> int:
        """How many children from `at` on are elements that an unbounded choice names; assesses them.

        Extended links are little else: locators, arcs and labels with the same attributes over and over. The values
        of each attribute are looked at together; only what is not evidently valid is assessed by itself.
        """
        assessor = self.assessor
        shapes = assessor._shapes.setdefault(choice, {})
        used: dict[Shape, list[tuple[int, Any, list[str]]]] = {}
        faults: list[tuple[int, Fault]] = []
        first = at
        for child in self.children[at:] if at else self.children:
            key = (child.tag, *child.keys())
            shape = shapes.get(key)
            if shape is None:
                decl = self._named(choice, child)
                if decl is None:
                    break
                shape = assessor.shape(decl, key)
                if shape is not None:
                    shapes[key] = shape
                else:
                    # Its first assessment tells whether the set of attributes is sound.
                    faults += [(at, fault) for fault in assessor.element(child, decl)]
                    at += 1
                    continue
            text = child.text
            if len(child) or (text and not shape.text and (shape.empty or text.strip(SPACE))):
                faults += [(at, fault) for fault in assessor.element(child, shape.decl)]
            elif shape in used:
                used[shape].append((at, child, child.values()))
            else:
                used[shape] = [(at, child, child.values())]
            at += 1
        for shape, met in used.items():
            for place, child in shape.doubtful(met):
                faults += [(place, fault) for fault in assessor.element(child, shape.decl)]
        faults.sort(key=itemgetter(0))
        self.faults += [fault for _, fault in faults]
        return at - first

    def _named(self, choice: Particle, child: Any) -> ElementDecl | None:
        """The declaration of an element that a choice takes as such; None where there is more to it."""
        part = next((part for part in choice.parts if self._starts(part, child)), None)
        if part is None or part.element is None or part.least > 1 or part.most < 1:
            return None
        return self._declaration(part.element, child)

    def _declaration(self, decl: ElementDecl, child: Any) -> ElementDecl:
        """That of the element itself, which may substitute the one that the model names."""
        if decl.name.clark == child.tag:
            return decl
        return self.assessor.grammar.element(child.tag) or decl

    def _once(self, particle: Particle, at: int) -> int:
        child = self.children[at]
        if particle.element is not None:
            decl = self._declaration(particle.element, child)
            if not self.assessor.plain(child, decl):
                self.faults.extend(self.assessor.element(child, decl))
            return at + 1
        if particle.wildcard is not None:
            process = particle.wildcard.process
            if process == "strict":
                self.faults.extend(self.assessor.strict(child))
            elif process == "lax":
                self.faults.extend(self.assessor.lax(child))
            return at + 1
        if particle.kind == "choice":
            for part in particle.parts:
                if self._starts(part, child):
                    return self.particle(part, at)
            return at
        if particle.kind == "all":
            return self._all(particle, at)
        for part in particle.parts:
            at = self.particle(part, at)
            if at < 0:
                return -1
        return at

    def _all(self, particle: Particle, at: int) -> int:
        missing = list(particle.parts)
        while at < len(self.children):
            part = next((each for each in missing if self._starts(each, self.children[at])), None)
            if part is None:
                break
            missing.remove(part)
            at = self.particle(part, at)
            if at < 0:
                return -1
        needed = next((part for part in missing if not part.nullable), None)
        if needed is not None:
            reason = f"{named(self.element)} lacks {expected(needed)}"
            self.faults.append(fault("cvc-complex-type.2.4", self.element, reason=reason))
            return -1
        return at

    def _starts(self, particle: Particle, child: Any) -> bool:
        fits = self.assessor._fits
        key = (particle, child.tag)
        known = fits.get(key)
        if known is None:
            known = fits[key] = self._finds(particle, child)
        return known

    def _finds(self, particle: Particle, child: Any) -> bool:
        decl = particle.element
        if decl is not None:
            if decl.name.clark == child.tag:
                return True
            return decl.is_global and self.assessor.grammar.may_substitute(child.tag, decl)
        if particle.wildcard is not None:
            return particle.wildcard.admits(QName.of(child.tag).namespace)
        for part in particle.parts:
            if part.most and self._starts(part, child):
                return True
            if particle.kind == "sequence" and not part.nullable:
                return False
        return False


def derived(type_: DataType | ComplexType | None, base: DataType | ComplexType) -> bool:
    """Whether a type is another or derives from it (3.4.6, 3.14.6)."""
    if base is ANY_CONTENT or base is ANY_TYPE:
        return True
    seen = 0
    at = type_
    while at is not None and seen < 200:
        if at is base or (at.qname if isinstance(at, DataType) else at.name) is (
            base.qname if isinstance(base, DataType) else base.name
        ):
            return True
        at = at.base
        seen += 1
    return isinstance(base, DataType) and type_ in base.members


def normalized(text: str, type_: DataType) -> str:
    """Text with its white space as the type has it."""
    mode = white_space(type_)
    if mode == "preserve":
        return text
    text = text.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return text if mode == "replace" else " ".join(part for part in text.split(" ") if part)


_has_text = etree.XPath("boolean(text()[normalize-space()])")
"""Whether an element has text of its own that is not white space; faster than to look at all children."""
