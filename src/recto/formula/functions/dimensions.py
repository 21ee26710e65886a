"""Functions on the dimensions of facts (function registry, 90213 to 90403)."""

from __future__ import annotations

from typing import Any

from recto.formula.functions.library import context_of, function, item_of, name_value, subject_of
from recto.formula.subject import FactNode, dimension_element
from recto.instance.model import TypedMember
from recto.names import ARC_ALL, ARC_DIMENSION_DOMAIN, ARC_DOMAIN_MEMBER, ARC_HYPERCUBE_DIMENSION, XBRLDI, XBRLI, QName
from recto.xpath import Dynamic, XPathError
from recto.xpath.values import QNameValue, Value, one_or_list


def _axis(dynamic: Dynamic, name: QNameValue, *, typed: bool) -> Any:
    concept = subject_of(dynamic).taxonomy.concept(name.name)
    if concept is None or concept.kind != "dimension" or (concept.typed_domain is not None) is not typed:
        kind = "Typed" if typed else "Explicit"
        raise XPathError(f"xfie:invalid{kind}DimensionQName", f"{name} is no {kind.lower()} dimension of the DTS")
    return concept


def explicit_member(node: FactNode, axis: QName) -> QName | None:
    """A fact's member on an explicit dimension, the default where none is reported."""
    context = node.fact.context
    member = context.dimensions.get(axis) if context is not None else None
    if isinstance(member, QName):
        return member
    taxonomy = node.subject.taxonomy
    concept = taxonomy.concept(axis)
    default = taxonomy.default_member(concept) if concept is not None and context is not None else None
    return default.qname if default is not None else None


@function("xfi:fact-has-explicit-dimension", "node()", "xs:QName")
def _has_explicit(dynamic: Dynamic, node: Value, name: QNameValue) -> Value:
    _axis(dynamic, name, typed=False)
    return explicit_member(item_of(node), name.name) is not None


@function("xfi:fact-has-typed-dimension", "node()", "xs:QName")
def _has_typed(dynamic: Dynamic, node: Value, name: QNameValue) -> Value:
    _axis(dynamic, name, typed=True)
    return isinstance(context_of(node).dimensions.get(name.name), TypedMember)


@function("xfi:fact-has-explicit-dimension-value", "node()", "xs:QName", "xs:QName")
def _has_explicit_value(dynamic: Dynamic, node: Value, name: QNameValue, member: QNameValue) -> Value:
    _axis(dynamic, name, typed=False)
    return explicit_member(item_of(node), name.name) is member.name


@function("xfi:fact-explicit-dimension-value", "node()", "xs:QName")
def _explicit_value(dynamic: Dynamic, node: Value, name: QNameValue) -> Value:
    _axis(dynamic, name, typed=False)
    fact = item_of(node)
    member = explicit_member(fact, name.name)
    return name_value(fact.subject, member) if member is not None else []


def _explicit_in(container: str) -> None:
    @function(f"xfi:fact-explicit-{container}-dimension-value", "node()", "xs:QName")
    def value(dynamic: Dynamic, node: Value, name: QNameValue) -> Value:
        _axis(dynamic, name, typed=False)
        fact = item_of(node)
        context = context_of(node)
        if name.name in context.dimensions and context.containers.get(name.name) != container:
            return []
        member = explicit_member(fact, name.name)
        return name_value(fact.subject, member) if member is not None else []


_explicit_in("segment")
_explicit_in("scenario")


@function("xfi:fact-typed-dimension-value", "node()", "xs:QName")
def _typed_value(dynamic: Dynamic, node: Value, name: QNameValue) -> Value:
    element = typed_element(dynamic, node, name)
    return element if element is not None else []


def typed_element(dynamic: Dynamic, node: Value, name: QNameValue) -> Any:
    """The element that states an item's member of a typed dimension; None where it has none."""
    _axis(dynamic, name, typed=True)
    fact = item_of(node)
    context = context_of(node)
    if not isinstance(context.dimensions.get(name.name), TypedMember):
        return None
    element = dimension_element(fact.subject, context, name.name)
    return fact.subject.tree.node(element) if element is not None else None


@function("xfi:fact-explicit-dimensions", "node()")
def _explicit_dimensions(dynamic: Dynamic, node: Value) -> Value:
    fact = item_of(node)
    context = context_of(node)
    names = [axis for axis, member in context.dimensions.items() if isinstance(member, QName)]
    names += [axis for axis in default_axes(fact.subject.taxonomy) if axis not in context.dimensions]
    return one_or_list([name_value(fact.subject, name) for name in names])


def default_axes(taxonomy: Any) -> list[QName]:
    """Axes that have a default member."""
    from recto.names import ARC_DIMENSION_DEFAULT

    found = dict.fromkeys(
        each.source.qname
        for role in taxonomy.link_roles(ARC_DIMENSION_DEFAULT)
        for each in taxonomy.network(ARC_DIMENSION_DEFAULT, role).relationships
    )
    return list(found)


@function("xfi:fact-typed-dimensions", "node()")
def _typed_dimensions(dynamic: Dynamic, node: Value) -> Value:
    fact = item_of(node)
    members = context_of(node).dimensions.items()
    return one_or_list([name_value(fact.subject, axis) for axis, member in members if isinstance(member, TypedMember)])


def _remainder(container: str) -> None:
    @function(f"xfi:fact-{container}-remainder", "node()")
    def remainder(dynamic: Dynamic, node: Value) -> Value:
        fact = item_of(node)
        element = fact.subject.part("context", context_of(node)).element
        found = [
            fact.subject.tree.node(child)
            for holder in element.iter(f"{{{XBRLI}}}{container}")
            for child in holder
            if isinstance(child.tag, str) and not child.tag.startswith(f"{{{XBRLDI}}}")
        ]
        return one_or_list(found)


_remainder("segment")
_remainder("scenario")


@function("xfi:fact-dimension-s-equal2", "node()", "node()", "xs:QName")
def _dimension_s_equal(dynamic: Dynamic, left: Value, right: Value, name: QNameValue) -> Value:
    a, b = item_of(left), item_of(right)
    return dimension_equal(a, b, name.name)


def dimension_equal(left: FactNode, right: FactNode, axis: QName) -> bool:
    """Whether two facts have s-equal members on a dimension, or neither has one."""
    members = [
        node.fact.context.dimensions.get(axis) if node.fact.context is not None else None for node in (left, right)
    ]
    if any(isinstance(member, TypedMember) for member in members):
        keys = [
            node.subject.pieces.key(member.xml, names=False) if isinstance(member, TypedMember) else None
            for node, member in zip((left, right), members, strict=True)
        ]
        return keys[0] == keys[1] and "NaN" not in repr(keys[0])
    return explicit_member(left, axis) is explicit_member(right, axis)


# Members (90213, 90214)


def domain_of(taxonomy: Any, axis: Any) -> set[QName]:
    """All members that a dimension's domains hold in any link role, usable or not."""
    found: set[QName] = set()
    for role in taxonomy.link_roles(ARC_DIMENSION_DOMAIN):
        for each in taxonomy.network(ARC_DIMENSION_DOMAIN, role).children(axis):
            pending = [(each.target, each.target_role or role)]
            seen = set()
            while pending:
                member, at = pending.pop()
                if (member, at) in seen:
                    continue
                seen.add((member, at))
                found.add(member.qname)
                pending += [
                    (below.target, below.target_role or at)
                    for below in taxonomy.network(ARC_DOMAIN_MEMBER, at).children(member)
                ]
    return found


def network_members(taxonomy: Any, member: Any, role: str, arcrole: str, axis: str) -> list[Any]:
    """Concepts below a member in a network: `child`, `child-or-self`, `descendant` or `descendant-or-self`."""
    network = taxonomy.network(arcrole, role)
    found: dict[Any, None] = {}
    if axis.endswith("-or-self"):
        found[member] = None
    if axis.startswith("child"):
        found.update(dict.fromkeys(each.target for each in network.children(member)))
        return list(found)
    pending = [member]
    seen = set()
    while pending:
        at = pending.pop()
        if at in seen:
            continue
        seen.add(at)
        for each in network.children(at):
            found[each.target] = None
            pending.append(each.target)
    return list(found)


@function("xfi:filter-member-network-selection", "xs:QName", "xs:QName", "xs:string", "xs:string", "xs:string")
def _network_selection(
    dynamic: Dynamic, dimension: QNameValue, member: QNameValue, role: str, arcrole: str, axis: str
) -> Value:
    subject = subject_of(dynamic)
    taxonomy = subject.taxonomy
    concept = taxonomy.concept(dimension.name)
    if concept is None or concept.kind == "other":
        raise XPathError("xfie:invalidDimensionQName", f"the DTS has no dimension {dimension}")
    if concept.kind != "dimension":
        return []
    origin = taxonomy.concept(member.name)
    if origin is None:
        return []
    domain = domain_of(taxonomy, concept)
    if origin.qname not in domain:
        return []
    found = network_members(taxonomy, origin, role, arcrole, axis)
    return one_or_list([name_value(subject, each.qname) for each in found if each.qname in domain])


@function("xfi:filter-member-DRS-selection", "xs:QName", "xs:QName", "xs:QName", "xs:string?", "xs:string")
def _drs_selection(
    dynamic: Dynamic, dimension: QNameValue, primary: QNameValue, member: QNameValue, role: Value, axis: str
) -> Value:
    subject = subject_of(dynamic)
    taxonomy = subject.taxonomy
    concept, item = taxonomy.concept(dimension.name), taxonomy.concept(primary.name)
    if concept is None or concept.qname.namespace == XBRLI or (concept.kind == "other" and item is None):
        raise XPathError("xfie:invalidDimensionQName", f"the DTS has no dimension {dimension}")
    if item is None:
        raise XPathError("xfie:invalidPrimaryItemConceptQName", f"the DTS has no primary item {primary}")
    origin = taxonomy.concept(member.name)
    if concept.kind != "dimension" or origin is None:
        return []
    found: dict[Any, None] = {}
    wanted = role if isinstance(role, str) and role else None
    for base in taxonomy.link_roles(ARC_ALL):
        if wanted is not None and base != wanted:
            continue
        heads = _inherits(taxonomy, item, base)
        for head in heads:
            for cube in taxonomy.network(ARC_ALL, base).children(head):
                at = cube.target_role or base
                for has in taxonomy.network(ARC_HYPERCUBE_DIMENSION, at).children(cube.target):
                    if has.target is concept:
                        _members(taxonomy, concept, has.target_role or at, origin, axis, found)
    return one_or_list([name_value(subject, each.qname) for each in found])


def _inherits(taxonomy: Any, item: Any, role: str) -> list[Any]:
    network = taxonomy.network(ARC_DOMAIN_MEMBER, role)
    found = {item: None}
    pending = [item]
    while pending:
        for each in network.parents(pending.pop()):
            if each.source not in found:
                found[each.source] = None
                pending.append(each.source)
    return list(found)


def _members(taxonomy: Any, axis: Any, role: str, origin: Any, which: str, found: dict[Any, None]) -> None:
    """Adds the usable members below the origin in a domain."""
    pending = [
        (each.target, each.target_role or role, each.target is origin, each.usable, 0)
        for each in taxonomy.network(ARC_DIMENSION_DOMAIN, role).children(axis)
    ]
    seen = set()
    while pending:
        member, at, below, _, depth = pending.pop()
        if (member, at, below) in seen:
            continue
        seen.add((member, at, below))
        for each in taxonomy.network(ARC_DOMAIN_MEMBER, at).children(member):
            inside = below and (which == "DRS-descendant" or member is origin)
            if inside and each.usable:
                found[each.target] = None
            pending.append(
                (each.target, each.target_role or at, inside or each.target is origin, each.usable, depth + 1)
            )
