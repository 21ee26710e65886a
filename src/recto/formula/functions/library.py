"""Where XBRL's functions are declared, and how their arguments are told apart."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from recto.formula.names import XFF, XFI, XFM
from recto.formula.subject import FactNode, PartNode, Subject
from recto.instance.model import Context, Fact
from recto.names import XBRLI, QName
from recto.xpath import STANDARD, Dynamic, Library, XPathError
from recto.xpath.context import Function
from recto.xpath.functions.registry import converter, declare
from recto.xpath.nodes import DocumentNode, ElementNode
from recto.xpath.values import AnyURI, QNameValue, Value

_NAMESPACES = {"xfi": XFI, "xff": XFF, "xfm": XFM}
_PARTS = ("contexts", "equality", "concepts", "dimensions", "relations", "picture", "variables", "reports")
ROOT = QName(XFI, "root")
XBRL = f"{{{XBRLI}}}xbrl"


class _Xbrl(Library):
    """Loads its parts when first asked."""

    _loaded = False

    def find(self, clark: str, arity: int) -> Any:
        if not self._loaded:
            self._loaded = True
            for part in (*_PARTS, "mathematics"):
                import_module(f"recto.formula.functions.{part}")
        return super().find(clark, arity)


FUNCTIONS = _Xbrl(STANDARD)


def function(name: str, *types: str, **options: Any) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Declares an xfi or xff function; see `recto.xpath.functions.registry.declare`."""
    return declare(name, *types, library=FUNCTIONS, namespaces=_NAMESPACES, **options)


def supply(name: str, run: Callable[..., Value], *types: str) -> None:
    """A function that taxonomies declare and leave to the processor (Variables 1.0, 2.8), for all DTSs of this process.

    `name` is in Clark notation; `run(dynamic, *arguments)` gets arguments of the types, written as `xs:decimal+`.
    """
    FUNCTIONS.add(Function(name, run, [converter(each) for each in types], len(types), len(types)))


def mistyped(wanted: str) -> XPathError:
    return XPathError("XPTY0004", f"an argument is no {wanted}")


def item_of(node: Value) -> FactNode:
    """The node of an item. Raises XPTY0004 for anything else."""
    if (
        isinstance(node, FactNode)
        and not node.fact.is_tuple
        and (node.fact.context_id or node.fact.concept is not None)
    ):
        return node
    raise mistyped("item")


def fact_of(node: Value) -> FactNode:
    if isinstance(node, FactNode):
        return node
    raise mistyped("fact")


def context_of(node: Value) -> Context:
    """The context of an item. Raises XPTY0004 where there is none."""
    context = item_of(node).fact.context
    if context is None:
        raise mistyped("item with a context")
    return context


def part_of(node: Value, part: str) -> PartNode:
    if isinstance(node, PartNode) and node.part == part:
        return node
    raise mistyped(f"element xbrli:{part}")


def subject_of(dynamic: Dynamic) -> Subject:
    subject = dynamic.subject
    if isinstance(subject, Subject):
        return subject
    inner = getattr(subject, "subject", None)
    if isinstance(inner, Subject):
        return inner
    raise XPathError("XPDY0002", "there is no instance")


def subject_at(dynamic: Dynamic, root: Value) -> Subject:
    """The instance that a root node is of; the target instance where none is given."""
    if root is None or (type(root) is list and not root):
        return subject_of(dynamic)
    if isinstance(root, (ElementNode, DocumentNode)):
        subject = getattr(root.tree, "subject", None)
        if isinstance(subject, Subject) and (isinstance(root, DocumentNode) or root.name == XBRL):
            return subject
    raise mistyped("element xbrli:xbrl")


def concept_of(dynamic: Dynamic, name: QNameValue, code: str = "xfie:invalidConceptQName") -> Any:
    concept = subject_of(dynamic).taxonomy.concept(name.name)
    if concept is None or concept.kind == "other":
        raise XPathError(code, f"the DTS has no concept {name}")
    return concept


def named(concept: Any) -> QNameValue:
    """A concept's name as a value."""
    return QNameValue(concept.qname, concept.prefix)


def name_value(subject: Subject, name: QName) -> QNameValue:
    """A name of the DTS as a value, with the prefix that its concept, the report or a schema gives it."""
    concept = subject.taxonomy.concept(name)
    if concept is not None and concept.prefix:
        return QNameValue(name, concept.prefix)
    known = (subject.instance.prefixes, subject.taxonomy.prefixes())
    return QNameValue(name, next((p for each in known for p, uri in each.items() if p and uri == name.namespace), ""))


__all__ = ["FUNCTIONS", "AnyURI", "Fact", "function"]
