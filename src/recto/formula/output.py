"""Facts that formulas give: aspects from rules and sources, in an instance of their own (Formula 1.0, 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from recto.formula.bind import FALLBACK
from recto.formula.compiler import Run
from recto.formula.evaluation import Evaluation
from recto.formula.given import measures, moment, reduced, text
from recto.formula.rules import UNCOVERED, Rule, Rules, dimension_of, qname_of
from recto.formula.sets import VariableSet
from recto.formula.subject import FactNode, Subject
from recto.instance.contexts import canonical, typed_member
from recto.instance.home import Home
from recto.instance.model import Context, Decimals, Fact, Instance, Member, Period, Unit
from recto.names import XBRLDI, QName
from recto.xpath import XPathError
from recto.xpath.nodes import ElementNode
from recto.xpath.values import STRINGS, TYPES, QNameValue, Untyped, Value, atomize, cast, items, string, type_name

_TRUE = ("true", "1")
_MOST_DIGITS = 9
"""Of an accuracy."""


class Produced:
    """A fact that a formula gave, as a node."""

    __slots__ = ("fact", "node")

    def __init__(self, fact: Fact, node: FactNode):
        self.fact = fact
        self.node = node


class _Given(Subject):
    """What formulas gave, as expressions see it; the instance is made where one asks for more than a value."""

    def __init__(self, output: Output):
        super().__init__(output.instance())
        self._output = output
        self._made = 0

    @property
    def tree(self) -> Any:
        if self._made != len(self._output.facts):
            self._made = len(self._output.facts)
            self.instance = self._output.instance()
            self._by_ordinal = [None] * self._made
            self._tree = None
        return super().tree


class Output:
    """The facts that formulas gave in one instance, with contexts and units of their own."""

    def __init__(self, source: Instance):
        self.source = source
        self.facts: list[Fact] = []
        self._contexts: dict[Any, Context] = {}
        self._units: dict[Any, Unit] = {}
        self.given = _Given(self)

    def instance(self) -> Instance:
        """The output instance."""
        from recto.findings import Findings

        source = self.source
        return Instance(
            source.url,
            source.documents,
            "xbrl",
            None,
            source.taxonomy,
            tuple(self.facts),
            {each.id: each for each in self._contexts.values()},
            {each.id: each for each in self._units.values()},
            source.prefixes,
            source.schema_refs,
            {},
            Findings(),
            Home(),
            source.name,
        )

    def produce(self, made: VariableSet, evaluation: Evaluation, run: Run, *, add: bool) -> Produced:
        """The fact of one evaluation. Raises `XPathError` with the codes of Formula 1.0."""
        rules: Rules = made.rules
        maker = _Maker(self, made, rules, evaluation, run)
        fact = maker.fact(len(self.facts))
        self.facts.append(fact)
        return Produced(fact, FactNode(self.given, fact))

    def context(self, entity: tuple[str, str], period: Period, members: Any, segment: Any, scenario: Any) -> Context:
        containers = {axis: container for axis, (_, container) in members.items()}
        dimensions = {axis: member for axis, (member, _) in members.items()}
        marks = frozenset((axis, _mark(member), containers[axis]) for axis, member in dimensions.items())
        key = (entity, period.start, period.end, marks, segment, scenario)
        known = self._contexts.get(key)
        if known is None:
            known = self._contexts[key] = Context(
                f"c-{len(self._contexts):02}",
                entity[0],
                entity[1],
                period,
                dimensions,
                containers,
                segment,
                scenario,
                bool(scenario) or "scenario" in containers.values(),
            )
        return known

    def unit(self, over: Iterable[QName], under: Iterable[QName]) -> Unit:
        numerators, denominators = tuple(sorted(over)), tuple(sorted(under))
        known = self._units.get((numerators, denominators))
        if known is None:
            name = f"u-{len(self._units):02}"
            known = self._units[numerators, denominators] = Unit(name, numerators, denominators)
        return known


def _mark(member: Member) -> Any:
    return member if isinstance(member, QName) else (member.element, member.values)


class _Maker:
    def __init__(self, output: Output, made: VariableSet, rules: Rules, evaluation: Evaluation, run: Run):
        self.output = output
        self.made = made
        self.rules = rules
        self.evaluation = evaluation
        self.run = run
        self.variables = evaluation.variables
        self.taxonomy = output.source.taxonomy

    def evaluate(self, element: Any, attribute: str | None = None) -> Value:
        expression = self.rules.expression(element, attribute)
        if expression is None:
            return []
        return expression(self.run, self.variables, self.evaluation.binder.subject.root)

    # Sources

    def source(self, rule: Rule | None, aspect: str, axis: QName | None = None) -> FactNode | None:
        """The fact that gives an aspect where no rule does; None where there is no source."""
        name = self.rules.source_of(rule)
        if name is None:
            return None
        if name == UNCOVERED:

            def open_(profile: Any) -> bool:
                if axis is not None:
                    return bool(profile.dimensional and (axis in profile.axes) is profile.only)
                return bool(getattr(profile, aspect))

            found = self.evaluation.first_uncovered(open_)
            if found is None and axis is None:
                raise XPathError("xbrlfe:undefinedSAV", f"no variable leaves the {aspect} uncovered")
            return found
        at = self.evaluation.binder.place.get(name)
        bound = self.evaluation.binder.bound[at] if at is not None else None
        if at is None or bound is None or not bound.variable.fact:
            raise XPathError("xbrlfe:nonexistentSourceVariable", f"the source ${name} is no fact variable")
        entry = self.evaluation.row[at]
        if entry is FALLBACK or not entry:
            raise XPathError("xbrlfe:bindEmptySourceVariable", f"the source ${name} is bound to no fact")
        if bound.variable.sequence and bound.uncovered is not None:
            covered = (
                (axis in bound.uncovered.axes) is not bound.uncovered.only
                if axis is not None
                else not getattr(bound.uncovered, aspect)
            )
            if covered and axis is None:
                raise XPathError(
                    "xbrlfe:sequenceSAVConflicts", f"the source ${name} is a sequence that differs in the {aspect}"
                )
        return bound.subject.node(bound.subject.columns.facts[entry[0]])

    # Aspects

    def fact(self, index: int) -> Fact:
        concept = self.concept()
        if self.rules.tuples:
            return Fact(
                f"f-{index:02}",
                concept.qname,
                concept,
                *(None, None, None, None, "", False, None, None, None),
                self.output.source.url,
                0,
                index,
                has_id=False,
                parent=self.place(),
            )
        entity = self.entity()
        period = self.period(concept)
        unit = self.unit(concept)
        context = self.context(entity, period)
        value, nil, accuracy = self.value(concept, unit)
        decimals, precision = accuracy
        return Fact(
            f"f-{index:02}",
            concept.qname,
            concept,
            context.id,
            context,
            unit.id if unit is not None else None,
            unit,
            value,
            nil,
            decimals,
            precision,
            None,
            self.output.source.url,
            0,
            index,
            has_id=False,
            xsi_nil="true" if nil else None,
            parent=self.place(),
        )

    def place(self) -> Fact | None:
        """The tuple that the fact stands in: one that another formula gave, whose scope this one is in."""
        found = self.variables.get(self.rules.location or "")
        return found.fact if isinstance(found, FactNode) and found.subject is self.output.given else None

    def concept(self) -> Any:
        rule = self.rules.concept
        name: QName | None = None
        if rule is not None:
            for child in rule.element.children:
                if child.name.local == "qname":
                    name = qname_of(child)
                elif child.name.local == "qnameExpression":
                    value = atomize(self.evaluate(child))
                    name = value.name if isinstance(value, QNameValue) else None
                    if name is None:
                        raise XPathError("xbrlfe:missingConceptRule", "the rule for the concept gives no xs:QName")
        if name is None:
            fact = self.source(rule, "concept")
            name = fact.fact.qname if fact is not None else None
        concept = self.taxonomy.concept(name) if name is not None else None
        kind = "tuple" if self.rules.tuples else "item"
        if concept is None or concept.kind != kind:
            raise XPathError("xbrlfe:missingConceptRule", f"no {kind} concept is given")
        return concept

    def entity(self) -> tuple[str, str]:
        rule = self.rules.entity
        scheme = value = None
        if rule is not None:
            if rule.element.get("scheme") is not None:
                scheme = text(self.evaluate(rule.element, "scheme"))
            if rule.element.get("value") is not None:
                value = text(self.evaluate(rule.element, "value"))
        if scheme is None or value is None:
            fact = self.source(rule, "entity")
            if fact is None or fact.fact.context is None:
                raise XPathError("xbrlfe:missingEntityIdentifierRule", "nothing gives the entity identifier")
            scheme = fact.fact.context.scheme if scheme is None else scheme
            value = fact.fact.context.identifier if value is None else value
        return scheme, value

    def period(self, concept: Any) -> Period:
        rule = self.rules.period
        source: list[Period] = []

        def from_source() -> Period:
            if not source:
                fact = self.source(rule, "period")
                if fact is None or fact.fact.context is None:
                    raise XPathError("xbrlfe:missingPeriodRule", "nothing gives the period")
                source.append(fact.fact.context.period)
            return source[0]

        made: Period | None = None
        for child in rule.element.children if rule is not None else ():
            name = child.name.local
            if name == "forever":
                made = Period(None, None)
            elif name == "instant":
                made = Period(
                    None,
                    self.moment(child, "value", end=True) if child.get("value") is not None else from_source().end,
                )
            elif name == "duration":
                start = (
                    self.moment(child, "start", end=False) if child.get("start") is not None else from_source().start
                )
                end = self.moment(child, "end", end=True) if child.get("end") is not None else from_source().end
                if start is not None and end is not None and start >= end:
                    raise XPathError("FORG0001", "the period ends before it begins")
                made = Period(start, end)
        if made is None:
            made = from_source()
        kind = made.kind
        if (concept.period_type == "instant") is not (kind == "instant"):
            raise XPathError("xbrlfe:conflictingAspectRules", f"the period is not one of {concept.name}")
        return made

    def moment(self, element: Any, attribute: str, *, end: bool) -> datetime:
        return moment(self.evaluate(element, attribute), end=end)

    def unit(self, concept: Any) -> Unit | None:
        if not concept.is_numeric or _is_fraction(concept):
            return None if not concept.is_numeric else self._unit()
        return self._unit()

    def _unit(self) -> Unit:
        rule = self.rules.unit
        children = [
            each
            for each in (rule.element.children if rule is not None else ())
            if each.name.local in ("multiplyBy", "divideBy")
        ]
        over: list[QName] = []
        under: list[QName] = []
        augment = (
            rule is None
            or rule.element.get(
                "augment",
            )
            is None
            or rule.element.get("augment") in _TRUE
        )
        if not children or (rule is not None and augment and self.rules.source_of(rule) is not None):
            fact = self.source(rule, "unit")
            if fact is not None and fact.fact.unit is not None:
                over += fact.fact.unit.numerators
                under += fact.fact.unit.denominators
            elif not children:
                raise XPathError("xbrlfe:missingUnitRule", "nothing gives the unit")
        for child in children:
            top, bottom = self._measures(child, rule)
            if child.name.local == "multiplyBy":
                over += top
                under += bottom
            else:
                over += bottom
                under += top
        return self.output.unit(*reduced(over, under))

    def _measures(self, child: Any, rule: Rule | None) -> tuple[list[QName], list[QName]]:
        if child.get("measure") is not None:
            return measures(self.evaluate(child, "measure")), []
        source = Rule(child, None)
        from recto.formula.rules import _source

        source.source = _source(child) or self.rules.source_of(rule)
        fact = self.source(source, "unit")
        if fact is None or fact.fact.unit is None:
            raise XPathError("xbrlfe:missingUnitRule", "nothing gives a measure")
        return list(fact.fact.unit.numerators), list(fact.fact.unit.denominators)

    # Segments, scenarios, dimensions

    def context(self, entity: tuple[str, str], period: Period) -> Context:
        others: dict[str, list[str]] = {"segment": [], "scenario": []}
        members: dict[QName, tuple[Member, str]] = {}
        dimensional = self.made.dimensional
        emptied: set[str] = set()
        for rule in self.rules.segments:
            if rule.name == "occEmpty":
                emptied.add(rule.element.get("occ") or "")
        for container in ("segment", "scenario"):
            if container not in emptied:
                others[container] += self._source_content(container)
        if dimensional:
            members.update(self._source_members())
        else:
            self._whole(members, emptied)
        for rule in self.rules.segments:
            self._rule(rule, others, members)
        return self.output.context(entity, period, members, tuple(others["segment"]), tuple(others["scenario"]))

    def _source_content(self, container: str) -> list[str]:
        rule = next((each for each in self.rules.segments if (each.element.get("occ") or "") == container), None)
        try:
            fact = self.source(rule, container)
        except XPathError as error:
            if error.code == "xbrlfe:undefinedSAV":
                return []
            raise
        if fact is None or fact.fact.context is None:
            return []
        context = fact.fact.context
        return list(context.segment_other if container == "segment" else context.scenario_other)

    def _source_members(self) -> dict[QName, tuple[Member, str]]:
        """Members of the default source on all axes."""
        found: dict[QName, tuple[Member, str]] = {}
        name = self.rules.source
        if name is None:
            return found
        if name == UNCOVERED:
            for at, entry in enumerate(self.evaluation.row):
                bound = self.evaluation.binder.bound[at]
                if not bound.variable.fact or entry is FALLBACK or not entry or bound.uncovered is None:
                    continue
                fact = bound.subject.columns.facts[entry[0]]
                for axis, member in fact.dimensions.items():
                    if (axis in bound.uncovered.axes) is bound.uncovered.only:
                        found.setdefault(axis, (member, _container_of(fact, axis)))
            return found
        source = self._source_fact(name)
        if source is None:
            return found
        for axis, member in source.fact.dimensions.items():
            found[axis] = (member, _container_of(source.fact, axis))
        return found

    def _source_fact(self, name: str) -> FactNode | None:
        at = self.evaluation.binder.place.get(name)
        if at is None:
            return None
        bound = self.evaluation.binder.bound[at]
        entry = self.evaluation.row[at]
        if not bound.variable.fact or entry is FALLBACK or not entry:
            return None
        return bound.subject.node(bound.subject.columns.facts[entry[0]])

    def _whole(self, members: dict[QName, tuple[Member, str]], emptied: set[str]) -> None:
        """Non-dimensional model: segment and scenario go as wholes, dimensions in them too."""
        for container in ("segment", "scenario"):
            if container in emptied:
                continue
            rule = next((each for each in self.rules.segments if (each.element.get("occ") or "") == container), None)
            try:
                fact = self.source(rule, container)
            except XPathError as error:
                if error.code == "xbrlfe:undefinedSAV":
                    continue
                raise
            if fact is not None:
                for axis, member in fact.fact.dimensions.items():
                    if _container_of(fact.fact, axis) == container:
                        members[axis] = (member, container)

    def _rule(self, rule: Rule, others: dict[str, list[str]], members: dict[QName, tuple[Member, str]]) -> None:
        name = rule.name
        container = rule.element.get("occ") or ""
        if name == "occEmpty":
            if not self.made.dimensional:
                for axis in [axis for axis, (_, where) in members.items() if where == container]:
                    del members[axis]
        elif name == "occFragments":
            for child in rule.element.children:
                self._fragment(child.to_xml(), container, others, members)
        elif name == "occXpath":
            for node in items(self.evaluate(rule.element, "select")):
                if not isinstance(node, ElementNode):
                    raise XPathError(
                        "xbrlfe:badSubsequentOCCValue", "what goes into a segment or scenario is no element"
                    )
                self._fragment(node.element, container, others, members)
        elif name in ("explicitDimension", "typedDimension"):
            self._dimension(rule, members)

    def _fragment(
        self, element: Any, container: str, others: dict[str, list[str]], members: dict[QName, tuple[Member, str]]
    ) -> None:
        if element.tag.startswith(f"{{{XBRLDI}}}"):
            if self.made.dimensional:
                raise XPathError(
                    "xbrlfe:badSubsequentOCCValue", "a rule for the rest of a segment or scenario gives a dimension"
                )
            prefix, colon, local = (element.get("dimension") or "").strip().partition(":")
            axis = QName(element.nsmap.get(prefix if colon else None, ""), local if colon else prefix)
            if element.tag.endswith("}explicitMember"):
                prefix, colon, local = (element.text or "").strip().partition(":")
                uri = element.nsmap.get(prefix if colon else None, "")
                members[axis] = (QName(uri, local if colon else prefix), container)
            elif len(element):
                members[axis] = (typed_member(element[0]), container)
            return
        others.setdefault(container, []).append(canonical(element))

    def _dimension(self, rule: Rule, members: dict[QName, tuple[Member, str]]) -> None:
        axis = dimension_of(rule.element)
        if axis is None:
            return
        container = members[axis][1] if axis in members else self._container(axis)
        children = rule.element.children
        if any(child.name.local == "omit" for child in children):
            members.pop(axis, None)
            return
        if not children:
            fact = self.source(rule, "", axis)
            member = fact.fact.dimensions.get(axis) if fact is not None else None
            if member is None:
                members.pop(axis, None)
            elif fact is not None:
                members[axis] = (member, _container_of(fact.fact, axis))
            return
        child = children[0]
        if rule.name == "explicitDimension":
            holder = child.children[0] if child.name.local == "member" and child.children else child
            if holder.name.local == "qname":
                name = qname_of(holder)
            else:
                value = atomize(self.evaluate(holder))
                name = value.name if isinstance(value, QNameValue) else None
            if name is None:
                raise XPathError("xbrlfe:missingSAVForExplicitDimensionRule", "the rule gives no member")
            declared = self.taxonomy.concept(axis)
            default = self.taxonomy.default_member(declared) if declared is not None else None
            if default is not None and default.qname is name:
                members.pop(axis, None)  # the default is not stated (Dimensions 1.0, 3.1.4.2.3)
            else:
                members[axis] = (name, container)
        elif child.name.local == "value":
            if child.children:
                members[axis] = (typed_member(child.children[0].to_xml()), container)
        else:
            found = items(self.evaluate(child))
            if len(found) != 1 or not isinstance(found[0], ElementNode):
                raise XPathError(
                    "xbrlfe:wrongXpathResultForTypedDimensionRule", "the rule for a typed dimension gives no element"
                )
            members[axis] = (typed_member(found[0].element), container)

    def _container(self, axis: QName) -> str:
        """Where other contexts of the source instance state dimensions; the scenario where none does."""
        taxonomy = self.taxonomy
        for context in self.output.source.contexts.values():
            if axis in context.containers:
                return context.containers[axis]
        from recto.names import ARC_ALL

        for role in taxonomy.roles(ARC_ALL):
            for each in taxonomy.network(ARC_ALL, role).relationships:
                if each.context_element:
                    return each.context_element
        return "scenario"

    # Value and accuracy

    def _lexical(self, value: Any, concept: Any) -> str:
        """A value as text of the concept's type. Raises `XPathError` where it is none."""
        if isinstance(value, QNameValue):
            found = [prefix for prefix, uri in self.output.source.prefixes.items() if uri == value.name.namespace]
            return string(QNameValue(value.name, found[0]) if found and value.prefix not in found else value)
        base = concept.type.xsd_base if concept.type is not None else None
        if base in TYPES and base not in _AS_TEXT and type_name(value) != base:
            value = cast(Untyped(value) if isinstance(value, str) else value, base)
        return string(value)

    def value(self, concept: Any, unit: Unit | None) -> tuple[str, bool, tuple[Decimals | None, Decimals | None]]:
        rules = self.rules
        assert rules.value is not None
        root = self.evaluation.binder.subject.root
        result = rules.value(self.run, self.variables, root)
        found = atomize(result)
        if type(found) is list:
            if found:
                raise XPathError("xbrlfe:nonSingletonOutputValue", "the formula gives several values")
            return "", True, (None, None)
        text = self._lexical(found, concept)
        if not concept.is_numeric:
            return text, False, (None, None)
        for rule, is_decimals in ((rules.decimals, True), (rules.precision, False)):
            if rule is None:
                continue
            stated = atomize(rule(self.run, self.variables, root))
            if type(stated) is list:
                raise XPathError("xbrlfe:nonSingletonOutputValue", "the accuracy is no single value")
            words = string(stated).strip()
            number: Decimals | None = "INF" if words.upper() == "INF" else _whole(words)
            if number is None:
                raise XPathError("FORG0001", f"the accuracy {words[:40]!r} is no whole number")
            return text, False, ((number, None) if is_decimals else (None, number))
        return text, False, (None, 0)


_AS_TEXT = STRINGS | {"string", "QName", "anyURI"}
"""Types that take any value as its text."""


def _whole(words: str) -> int | None:
    """A number cut to a whole one; None for what is none, or of so many digits that no accuracy means it."""
    try:
        number = Decimal(words)
    except ArithmeticError:
        return None
    return int(number) if number.is_finite() and number.adjusted() < _MOST_DIGITS else None


def _is_fraction(concept: Any) -> bool:
    item = concept.type.item_type if concept.type is not None else None
    return item is not None and item.local == "fractionItemType"


def _container_of(fact: Fact, axis: QName) -> str:
    return fact.context.containers.get(axis, "segment") if fact.context is not None else "segment"
