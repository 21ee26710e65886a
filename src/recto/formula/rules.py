"""The output rules of formulas: their reading and static checks (Formula 1.0, 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.formula.compiler import resolve, variable_name
from recto.formula.names import FORMULA, TUPLE
from recto.names import QName
from recto.taxonomy.nodes import Element
from recto.xpath import Expression

UNCOVERED = QName(FORMULA, "uncovered").clark
LOCATION = QName(TUPLE, "location")
_TRUE = ("true", "1")


class Rule:
    """One aspect rule as written: its element, and the source it has itself or from the elements around it."""

    __slots__ = ("element", "expressions", "name", "source")

    def __init__(self, element: Element, source: str | None):
        self.element = element
        self.name = element.name.local
        self.source = source
        self.expressions: dict[str, Expression] = {}

    def child(self, local: str) -> Element | None:
        return next((each for each in self.element.children if each.name.local == local), None)

    def children(self, local: str) -> Iterator[Element]:
        return (each for each in self.element.children if each.name.local == local)


class Rules:
    """The rules of a formula. `source`: its default source of aspect values."""

    def __init__(self) -> None:
        self.source: str | None = None
        self.tuples = False
        """Whether it gives tuples, which have a concept and a place alone (Formula tuples 1.0)."""
        self.location: str | None = None
        """The variable that holds the tuple that its facts stand in."""
        self.concept: Rule | None = None
        self.entity: Rule | None = None
        self.period: Rule | None = None
        self.unit: Rule | None = None
        self.segments: list[Rule] = []
        """occEmpty, occFragments, occXpath, explicitDimension and typedDimension, in order."""
        self.value: Expression | None = None
        self.decimals: Expression | None = None
        self.precision: Expression | None = None
        self.compiled: dict[tuple[int, str], Expression] = {}

    def expressions(self) -> list[Expression]:
        own = [each for each in (self.value, self.decimals, self.precision) if each is not None]
        return [*own, *self.compiled.values()]

    def expression(self, element: Element, attribute: str | None = None) -> Expression | None:
        return self.compiled.get((id(element), attribute or ""))

    def source_of(self, rule: Rule | None) -> str | None:
        return rule.source if rule is not None and rule.source is not None else self.source


def read_rules(definitions: Any, made: Any) -> Rules:
    """Raises `XPathError` for static errors of expressions; what else is amiss is told and added to the faults."""
    node = made.node
    element = node.element
    rules = Rules()
    compiler = definitions.compiler

    def fault(code: str, message: str) -> None:
        made.faults.append(definitions.error(code, f"{made.label}: {message}", node))

    rules.source = _source(element)
    rules.tuples = node.name.namespace == TUPLE
    if not rules.tuples:
        rules.value = compiler.of(element, "value", node)
    for child in element.children:
        if child.name.local == "decimals":
            rules.decimals = compiler.of(child, None, node)
        elif child.name.local == "precision":
            rules.precision = compiler.of(child, None, node)
        elif child.name.local == "aspects":
            outer = _source(child)
            for each in child.children:
                own = _source(each)
                if each.name == LOCATION:
                    rules.location = own if own is not None else outer
                    continue
                _add(rules, Rule(each, own if own is not None else outer), fault)
    _compile_all(rules, compiler, element, node)
    _check(definitions, made, rules, fault)
    return rules


def _source(element: Element) -> str | None:
    text = element.get("source")
    if text is None:
        return None
    return variable_name(text, element.namespaces) or text


def _add(rules: Rules, rule: Rule, fault: Any) -> None:
    attribute = {"concept": "concept", "entityIdentifier": "entity", "period": "period", "unit": "unit"}.get(rule.name)
    if attribute is None:
        rules.segments.append(rule)
    elif getattr(rules, attribute) is not None:
        fault("xbrlfe:conflictingAspectRules", f"there are several rules for the {attribute}")
    else:
        setattr(rules, attribute, rule)


_EXPRESSIONS = {
    "qnameExpression": None,
    "entityIdentifier": ("scheme", "value"),
    "instant": ("value",),
    "duration": ("start", "end"),
    "multiplyBy": ("measure",),
    "divideBy": ("measure",),
    "occXpath": ("select",),
    "xpath": None,
}


def _compile_all(rules: Rules, compiler: Any, element: Element, node: Any) -> None:
    for each in element.iter():
        if each.name.namespace != FORMULA:
            continue
        wanted = _EXPRESSIONS.get(each.name.local, ())
        if wanted is None:
            rules.compiled[id(each), ""] = compiler.of(each, None, node)
        else:
            for attribute in wanted:
                if each.get(attribute) is not None:
                    rules.compiled[id(each), attribute] = compiler.of(each, attribute, node)


def qname_of(element: Element) -> QName | None:
    return resolve(element.string, element.namespaces, element.namespaces.get("", ""))


def dimension_of(element: Element) -> QName | None:
    return resolve(element.get("dimension") or "", element.namespaces, element.namespaces.get("", ""))


def _check(definitions: Any, made: Any, rules: Rules, fault: Any) -> None:
    taxonomy = definitions.taxonomy
    element = made.node.element
    concept_rule, entity, period, unit = rules.concept, rules.entity, rules.period, rules.unit
    if rules.source_of(concept_rule) is None and not (
        concept_rule is not None and any(each.name.local.startswith("qname") for each in concept_rule.element.children)
    ):
        code = "incompleteConceptRule" if concept_rule is not None else "missingConceptRule"
        fault(f"xbrlfe:{code}", "nothing gives the concept")
    if rules.tuples:
        return
    if rules.source_of(entity) is None and not (
        entity is not None and entity.element.get("scheme") is not None and entity.element.get("value") is not None
    ):
        code = "incompleteEntityIdentifierRule" if entity is not None else "missingEntityIdentifierRule"
        fault(f"xbrlfe:{code}", "nothing gives the entity identifier")
    if rules.source_of(period) is None and not (period is not None and _period_is_whole(period)):
        fault(f"xbrlfe:{'incomplete' if period is not None else 'missing'}PeriodRule", "nothing gives the period")
    concept = _static_concept(taxonomy, made, rules)
    if concept is not None:
        has_unit = unit is not None and any(
            each.name.local in ("multiplyBy", "divideBy") for each in unit.element.children
        )
        if concept.is_numeric:
            if not has_unit and rules.source_of(unit) is None:
                code = "missingSAVForUnitRule" if unit is not None else "missingUnitRule"
                fault(f"xbrlfe:{code}", "nothing gives the unit")
        elif has_unit or (unit is not None and unit.source is not None):
            fault("xbrlfe:conflictingAspectRules", f"{concept.name} is not numeric and has a rule for the unit")
        kinds = {each.name.local for each in period.element.children} if period is not None else set()
        if (concept.period_type == "duration" and "instant" in kinds) or (
            concept.period_type == "instant" and kinds & {"duration", "forever"}
        ):
            fault("xbrlfe:conflictingAspectRules", f"the period is not one of {concept.name}")
    for rule in rules.segments:
        if rule.name not in ("explicitDimension", "typedDimension"):
            continue
        explicit = rule.name == "explicitDimension"
        if not made.dimensional:
            fault("xbrlfe:unrecognisedAspectRule", "rules for dimensions are for the dimensional aspect model")
            continue
        axis = dimension_of(rule.element)
        declared = taxonomy.concept(axis) if axis is not None else None
        if declared is None or declared.kind != "dimension" or (declared.typed_domain is None) is not explicit:
            kind = "Explicit" if explicit else "Typed"
            fault(f"xbrlfe:badUsageOf{kind}DimensionRule", f"{rule.element.get('dimension')} is no such dimension")
        elif not rule.element.children and rules.source_of(rule) is None:
            kind = "Explicit" if explicit else "Typed"
            fault(f"xbrlfe:missingSAVFor{kind}DimensionRule", f"nothing gives the member of {declared.name}")
    variables = {each.name: each for each in made.variables}
    for each in element.iter():
        if each.get("source") is None or (each is not element and each.name.namespace != FORMULA):
            continue
        name = _source(each)
        if name == UNCOVERED:
            if not made.implicit:
                fault("xbrlfe:illegalUseOfUncoveredQName", "formula:uncovered is for implicit filtering")
            continue
        variable = variables.get(name or "")
        if variable is None or not variable.fact:
            fault("xbrlfe:nonexistentSourceVariable", f"the source {each.get('source')!r} is no fact variable")
        elif variable.fallback is not None:
            fault("xbrlfe:bindEmptySourceVariable", f"the source {each.get('source')!r} may fall back")
        elif each is element and variable.sequence:
            fault("xbrlfe:defaultAspectValueConflicts", f"the source {each.get('source')!r} is bound to sequences")


def _period_is_whole(rule: Rule) -> bool:
    for child in rule.element.children:
        name = child.name.local
        if name == "forever":
            return True
        if name == "instant" and child.get("value") is not None:
            return True
        if name == "duration" and child.get("start") is not None and child.get("end") is not None:
            return True
    return False


def _static_concept(taxonomy: Any, made: Any, rules: Rules) -> Any:
    """The concept where it can be told without facts."""
    rule = rules.concept
    if rule is not None:
        for child in rule.children("qname"):
            name = qname_of(child)
            return taxonomy.concept(name) if name is not None else None
        if any(rule.children("qnameExpression")):
            return None
    source = next((each for each in made.variables if each.name == rules.source_of(rule)), None)
    uses = [*made.group_filters, *(source.filters if source is not None else ())]
    for use in uses:
        if use.filter.node.name.local == "conceptName" and not use.complement:
            for holder in use.filter.node.element.iter():
                if holder.name.local == "qname":
                    name = qname_of(holder)
                    concept = taxonomy.concept(name) if name is not None else None
                    if concept is not None:
                        return concept
    return None


__all__ = ["UNCOVERED", "Rule", "Rules", "dimension_of", "qname_of", "read_rules"]
