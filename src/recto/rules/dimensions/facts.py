"""Dimensions in instances: contexts, and facts against the hypercubes of their concepts (Dimensions 1.0, 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.instance.model import Context, Fact, TypedMember
from recto.names import XBRLDI, QName
from recto.rules.dimensions.cubes import Cube, Cubes, cubes_of
from recto.rules.subject import Subject, fact_finding, fault_sentence, finding
from recto.taxonomy.model import Concept

_TYPED = f"{{{XBRLDI}}}typedMember"


def contexts(subject: Subject) -> Iterator[Finding]:
    """Dimension values fit their dimensions: explicit or typed, known members, no defaults (Dimensions 1.0, 3.1.4)."""
    checker = _ContextChecker(subject)
    for context in subject.instance.contexts.values():
        if context.dimensions:
            yield from checker.check(context)


class _ContextChecker:
    def __init__(self, subject: Subject):
        self.subject = subject
        self._in_oim = subject.instance.kind in ("json", "csv")
        self._pairs: dict[tuple[QName, QName], tuple[str, dict[str, Any]] | None] = {}
        self._typed: dict[tuple[QName, str], tuple[str, dict[str, Any]] | None] = {}

    def check(self, context: Context) -> Iterator[Finding]:
        for axis, member in context.dimensions.items():
            if isinstance(member, TypedMember):
                key = (axis, member.xml)
                if key not in self._typed:
                    self._typed[key] = self._typed_fault(context, axis, member)
                fault = self._typed[key]
            else:
                pair = (axis, member)
                if pair not in self._pairs:
                    self._pairs[pair] = self._explicit_fault(axis, member)
                fault = self._pairs[pair]
            if fault is not None:
                yield finding(
                    f"xbrldie:{fault[0]}",
                    context.document,
                    context.line,
                    about=context.id,
                    element="xbrli:context",
                    **fault[1],
                )

    def _told(self, dimension: Concept | None) -> bool:
        """Whether a dimension that is none was told when the report was read (OIM 1.0: `oime:unknownDimension`)."""
        return self._in_oim and (dimension is None or dimension.kind != "dimension")

    def _explicit_fault(self, axis: QName, member: QName) -> tuple[str, dict[str, Any]] | None:
        dts = self.subject.dts
        dimension = dts.concept(axis)
        if (dimension is None and dts.lacks(axis.namespace)) or dts.lacks(member.namespace):
            return None  # a missing document may declare it
        if self._told(dimension):
            return None
        if dimension is None or dimension.kind != "dimension" or dimension.typed_domain is not None:
            name = dimension.name if dimension is not None else axis.local
            return "ExplicitMemberNotExplicitDimensionError", {"dimension": name}
        concept = dts.concept(member)
        if concept is None:
            return (
                "ExplicitMemberUndefinedQNameError",
                {"member": member.local, "reason": "it is not declared in the taxonomy"},
            )
        if dts.default_member(dimension) is concept:
            return (
                "DefaultValueUsedInInstanceError",
                {"member": concept.name, "dimension": dimension.name},
            )
        return None

    def _typed_fault(self, context: Context, axis: QName, member: TypedMember) -> tuple[str, dict[str, Any]] | None:
        dts = self.subject.dts
        dimension = dts.concept(axis)
        if (dimension is None and dts.lacks(axis.namespace)) or self._told(dimension):
            return None
        if dimension is None or dimension.kind != "dimension" or dimension.typed_domain is None:
            name = dimension.name if dimension is not None else axis.local
            return "TypedMemberNotTypedDimensionError", {"dimension": name}
        domain = dts.typed_domain(dimension)
        if domain is None:
            return None  # the taxonomy is at fault
        code = "IllegalTypedDimensionContentError"
        if member.element is not domain.qname:
            return (
                code,
                {
                    "dimension": dimension.name,
                    "reason": f"it holds {member.element.local}, but its values are {domain.qname.local} elements",
                },
            )
        element = self._element(context, axis, member)
        if element is not None:
            for fault in self.subject.assessor.strict(element):
                return code, {"dimension": dimension.name, "reason": fault_sentence(fault)}
        return None

    def _element(self, context: Context, axis: QName, member: TypedMember) -> Any:
        anchors = self.subject.anchors
        element = anchors.contexts.get(context.id) if anchors is not None else None
        if element is None:
            return None
        for typed in element.iter(_TYPED):
            prefix, colon, local = (typed.get("dimension") or "").strip().rpartition(":")
            if local == axis.local and typed.nsmap.get(prefix if colon else None, "") == axis.namespace and len(typed):
                return typed[0]
        return None


def primary_items(subject: Subject) -> Iterator[Finding]:
    """A fact is valid in at least one base set of hypercubes, if its concept has any (Dimensions 1.0, 3.1.1)."""
    if any(url.startswith("http") and not url.endswith(".xml") for url in subject.dts.discovery.missing):
        return  # what is missing may give defaults, members and further hypercubes
    cubes = cubes_of(subject)
    if not cubes.all():
        return
    known: dict[tuple[Concept, str], str | None] = {}
    checker = _CubeChecker(subject)
    bound: dict[Concept | None, bool] = {None: False}
    for fact in subject.instance.facts:
        concept, context = fact.concept, fact.context
        constrained = bound.get(concept)
        if constrained is None and concept is not None:
            constrained = bound[concept] = concept.kind == "item" and bool(cubes.cubes_of(concept))
        if not constrained or concept is None or context is None:
            continue
        key = (concept, context.id)
        if key not in known:
            known[key] = checker.fault(concept, context, cubes)
        fault = known[key]
        if fault is not None:
            yield _invalid(fact, fault)


def _invalid(fact: Fact, fault: str) -> Finding:
    return fact_finding("xbrldie:PrimaryItemDimensionallyInvalidError", fact, reason=fault)


class _CubeChecker:
    """Facts against cubes; results for a cube and context are kept."""

    def __init__(self, subject: Subject):
        self.subject = subject
        self._results: dict[tuple[int, str], str | None] = {}
        self._kept: list[Cube] = []

    def fault(self, concept: Concept, context: Context, cubes: Cubes) -> str | None:
        """Why no base set allows the concept in the context; None where one does, or there is none."""
        base_sets = cubes.cubes_of(concept)
        if not base_sets:
            return None
        first: str | None = None
        for role, found in base_sets.items():
            fault = next((fault for cube in found if (fault := self._cube_fault(cube, context)) is not None), None)
            if fault is None:
                return None
            first = first or f"in context {context.id} {fault} (hypercube in {role})"
        return first

    def _cube_fault(self, cube: Cube, context: Context) -> str | None:
        key = (id(cube), context.id)
        if key not in self._results:
            fault = self._match(cube, context)
            if not cube.positive:
                name = cube.relationship.target.name
                fault = f"its dimensions are those that {name} excludes" if fault is None else None
            self._results[key] = fault
            self._kept.append(cube)
        return self._results[key]

    def _match(self, cube: Cube, context: Context) -> str | None:
        """Why the context is outside the cube; None where it is inside."""
        containers = context.containers
        if cube.closed:
            for axis in context.dimensions:
                if containers.get(axis) == cube.container and axis not in cube.axes:
                    return f"{axis.local} is no dimension of {cube.relationship.target.name}, which is closed"
            if context.segment_other if cube.container == "segment" else context.scenario_other:
                return f"the {cube.container} holds more than the dimensions of a closed hypercube"
        for dimension in cube.dimensions:
            concept = dimension.concept
            member = context.dimensions.get(concept.qname)
            if member is not None and containers.get(concept.qname) != cube.container:
                member = None
                if self.subject.dts.default_member(concept) is None:
                    return f"{concept.name} must stand in the {cube.container}"
            if member is None:
                default = self.subject.dts.default_member(concept)
                if default is None:
                    return f"{concept.name} is missing"
                member = default.qname
            if dimension.members is None:
                if not isinstance(member, TypedMember):
                    return f"{concept.name} has no typed value"
            elif not isinstance(member, QName) or member not in dimension.members:
                name = member.local if isinstance(member, QName) else "its typed value"
                return f"{name} is no usable member of {concept.name}"
        return None


RULES = (contexts, primary_items)
