"""Schema components with their content models (XML Schema 1.0 part 1, sections 3.2 to 3.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from recto import limits
from recto.names import XSD, QName
from recto.taxonomy.compiled import Tree
from recto.taxonomy.model import DataType

if TYPE_CHECKING:
    from recto.taxonomy.discovery import LoadedDocument

Process = Literal["strict", "lax", "skip"]
UNBOUNDED = 1 << 60
ANY_TYPE_NAME = QName(XSD, "anyType")


class Wildcard(Struct, frozen=True, eq=False):
    """`any` and `anyAttribute`. `allowed` None: any namespace; with `negated`, any but these."""

    allowed: frozenset[str] | None
    negated: bool
    process: Process

    def admits(self, namespace: str) -> bool:
        if self.allowed is None:
            return True
        return (namespace in self.allowed) is not self.negated


class ElementDecl(Struct, eq=False):
    """An element declaration, global or local; the type is found when first asked for (`Grammar.type_of`)."""

    name: QName
    document: LoadedDocument | None
    tree: Tree | None
    """Of a local declaration or of a built-in one."""
    type_name: str = ""
    definition: Tree | None = None
    head: QName | None = None
    abstract: bool = False
    nillable: bool = False
    default: str | None = None
    fixed: str | None = None
    is_global: bool = True
    line: int = 0
    block: str | None = None
    """As written; `Grammar.blocks` knows what it means."""
    final: str | None = None
    type: DataType | ComplexType | None = None


class AttributeUse(Struct, eq=False):
    name: QName
    type: DataType | None
    required: bool = False
    prohibited: bool = False
    default: str | None = None
    fixed: str | None = None
    valid: set[str] = field(default_factory=set)
    """Values that were found valid; attributes of one type share them, unless the value is fixed."""


class Particle(Struct, eq=False):
    """A term with its occurrence: an element, a wildcard or a group of particles."""

    least: int
    most: int
    element: ElementDecl | None = None
    wildcard: Wildcard | None = None
    kind: Literal["", "sequence", "choice", "all"] = ""
    parts: tuple[Particle, ...] = ()
    line: int = 0

    @property
    def nullable(self) -> bool:
        if self.least == 0:
            return True
        if self.kind == "choice":
            return any(part.nullable for part in self.parts)  # one without parts admits nothing (3.8.4)
        return bool(self.kind) and all(part.nullable for part in self.parts)


class ComplexType(Struct, eq=False):
    """A complex type. `simple` is the type of its text where it has simple content; `particle` its content model."""

    name: QName
    base: DataType | ComplexType | None = None
    derivation: Literal["", "restriction", "extension"] = ""
    simple: DataType | None = None
    particle: Particle | None = None
    mixed: bool = False
    attributes: dict[QName, AttributeUse] = field(default_factory=dict)
    wildcard: Wildcard | None = None
    abstract: bool = False
    block: frozenset[str] = frozenset()
    """The ways of derivation by which no type may stand for this one (prohibited substitutions)."""
    anything: bool = False
    """It is xs:anyType."""
    other_text: bool = False
    """It extends a content model, but admits text where that does not, or the other way round."""
    empty: bool = False
    """Its content type is empty: no children, and no white space either (3.4.2, 3.4.4)."""
    upa: str | None = None
    """Why the content model is ambiguous, once looked at; "" where it is not."""


ANY_CONTENT = ComplexType(
    ANY_TYPE_NAME,
    particle=Particle(0, UNBOUNDED, wildcard=Wildcard(None, False, "lax")),
    mixed=True,
    wildcard=Wildcard(None, False, "lax"),
    anything=True,
)


def methods(type_: DataType | ComplexType | None, base: DataType | ComplexType) -> frozenset[str]:
    """The ways of derivation on the way from a type to one that it derives from."""
    found: set[str] = set()
    name = base.qname if isinstance(base, DataType) else base.name
    seen = 0
    while type_ is not None and seen < limits.SCHEMA_HEADS:
        if (type_.qname if isinstance(type_, DataType) else type_.name) is name:
            break
        found.add(type_.derivation if isinstance(type_, ComplexType) and type_.derivation else "restriction")
        type_ = type_.base
        seen += 1
    return frozenset(found)


def either(first: Wildcard, second: Wildcard) -> Wildcard:
    """The union of two attribute wildcards (XML Schema 1, 3.10.6)."""
    process = second.process
    if first.allowed is None or second.allowed is None:
        return Wildcard(None, False, process)
    if first.negated and second.negated:
        return Wildcard(first.allowed & second.allowed, True, process)
    if first.negated:
        return Wildcard(first.allowed - second.allowed, True, process)
    if second.negated:
        return Wildcard(second.allowed - first.allowed, True, process)
    return Wildcard(first.allowed | second.allowed, False, process)
