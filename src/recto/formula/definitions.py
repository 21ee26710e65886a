"""What a DTS defines: parameters, variable sets, consistency assertions, messages, severities; read once."""

from __future__ import annotations

from collections.abc import Collection
from threading import RLock
from typing import Any

from recto.findings import Finding, catalogue
from recto.formula import names as N
from recto.formula.compiler import Compiler, variable_name
from recto.formula.custom import RESERVED, Functions
from recto.formula.dependencies import chained, order
from recto.formula.filters import Use, read_filter
from recto.formula.sets import FACT_VARIABLE, Consistency, Parameter, Variable, VariableSet
from recto.names import QName
from recto.taxonomy.nodes import Element, Node, NodeRelationship
from recto.xpath import Expression, XPathError
from recto.xpath.errors import UnknownFunctionError

_KINDS = {
    QName(N.VALUE, "valueAssertion"): "value",
    QName(N.EXISTENCE, "existenceAssertion"): "existence",
    QName(N.FORMULA, "formula"): "formula",
    QName(N.TUPLE, "tuple"): "formula",
}
_GENERAL_VARIABLE = QName(N.VARIABLE, "generalVariable")
_PARAMETER = QName(N.VARIABLE, "parameter")
_INSTANCE = QName(N.INSTANCES, "instance")
_IMPLEMENTATION = QName(N.CUSTOM, "implementation")
_TRUE = ("true", "1")
MOST_NESTED = 50
"""Boolean filters within one another."""


def finding_at(code: str, message: str, node: Any, document: str = "") -> Finding:
    """A finding about a node, a relationship, or an element."""
    url = document or getattr(node, "document", None)
    return catalogue.found(code, document=url, line=getattr(node, "line", None), reason=message.removesuffix("."))


class Definitions:
    """All of it, with what is wrong with it.

    Nothing is added to `findings` once `ordered` was asked for: what evaluating meets is the evaluator's to tell.
    """

    def __init__(self, taxonomy: Any):
        self.taxonomy = taxonomy
        self.compiler = Compiler(taxonomy)
        self.findings: list[Finding] = []
        self.parameters: dict[str, Parameter] = {}
        self.sets: list[VariableSet] = []
        self.consistency: list[Consistency] = []
        self._of_node: dict[Node, VariableSet] = {}
        self._uses: dict[Node, list[Use]] = {}
        self._filters: dict[Node, Any] = {}
        self._reading: set[Node] = set()
        self.functions = Functions(self)
        self._ordered: list[tuple[VariableSet, list[Variable]]] | None = None
        self._lock = RLock()
        self._whole = False
        self._read()
        self._whole = True

    # Findings

    def error(
        self, code: str, message: str, node: Node | NodeRelationship | Element | Any, document: str = ""
    ) -> Finding:
        told = finding_at(code, message, node, document)
        self.findings.append(told)
        return told

    def fault(self, error: XPathError, node: Node, what: str) -> Finding:
        """A static error of an expression of a node."""
        told = self.fault_of(error, node, what)
        self.findings.append(told)
        return told

    def fault_of(self, error: XPathError, node: Node, what: str) -> Finding:
        """The same for who keeps findings of their own: it is not added to those of the definitions."""
        code = error.code
        if isinstance(error, UnknownFunctionError) and (
            QName.of(error.name).namespace not in RESERVED and error.name not in self.functions.signatures
        ):
            code = "xbrlve:noCustomFunctionSignature"
        return finding_at(code, f"{what}: {error.message}", node)

    # Reading

    def _read(self) -> None:
        wanted = {name.clark for name in (*_KINDS, _PARAMETER)}
        wanted |= {
            _IMPLEMENTATION.clark,
            QName(N.VARIABLE, "function").clark,
            QName(N.CONSISTENCY, "consistencyAssertion").clark,
        }
        found = list(self.taxonomy.nodes.resources(frozenset(wanted)))
        self.network = self.taxonomy.node_network
        for node in found:
            if node.name.local == "function":
                self.functions.read(node)
        self.functions.check_implementers(found)
        for node in found:
            if node.name is _PARAMETER:
                self._parameter(node)
        self._check_parameters()
        for node in found:
            kind = _KINDS.get(node.name)
            if kind is not None:
                made = VariableSet(node, kind)
                self._of_node[node] = made
                self.sets.append(made)
        for made in self.sets:
            self._variable_set(made)
        for node in found:
            if node.name.local == "consistencyAssertion":
                self._consistency(node)
        self._scopes()
        self._check_equality()

    def named(self, names: Collection[str]) -> tuple[frozenset[str], list[str]]:
        """The ids of the assertions and formulas that ids name, those of assertion sets too; and those of nothing."""
        ids = [each.id for each in self.sets] + [each.id for each in self.consistency]
        members: dict[str, set[str]] = {identifier: {identifier} for identifier in ids}
        for each in self.network(N.ARC_ASSERTION_SET):
            if isinstance(each.source, Node) and isinstance(each.target, Node) and each.source.id:
                members.setdefault(each.source.id, set()).add(each.target.id or "")
        found = frozenset(identifier for name in names for identifier in members.get(name, ()))
        return found, [name for name in names if name not in members]

    def ordered(self) -> list[tuple[VariableSet, list[Variable]]]:
        """The sets, each after those whose variables or facts it takes, with their variables in such an order too.

        What is amiss is added to the faults of the sets, once.
        """
        with self._lock:
            if self._ordered is None:
                self._ordered = [(made, order(self, made)) for made in chained(self)]
            return self._ordered

    def _parameter(self, node: Node) -> None:
        element = node.element
        name = variable_name(element.get("name") or "", element.namespaces)
        if name is None:
            self.error(
                "xbrlve:variableNameResolutionFailure", f"the name {element.get('name')!r} is of no namespace", node
            )
            return
        if name in self.parameters:
            if self.parameters[name].node is not node:
                self.error("xbrlve:parameterNameClash", f"there are several parameters ${name}", node)
            return
        made = self.parameters[name] = Parameter(name, node)
        if element.get("select"):
            made.expression = self.compile(node, element, "select", f"parameter ${name}")
            made.fault = made.expression is None

    def _check_parameters(self) -> None:
        state: dict[str, int] = {}

        def visit(name: str) -> None:
            parameter = self.parameters[name]
            state[name] = 1
            for other in parameter.expression.names if parameter.expression is not None else ():
                if other not in self.parameters:
                    self.error("err:XPST0008", f"parameter ${name}: there is no variable ${other}", parameter.node)
                    parameter.fault = True
                elif state.get(other) == 1:
                    self.error(
                        "xbrlve:parameterCyclicDependencies", f"the parameter ${name} depends on itself", parameter.node
                    )
                    parameter.fault = True
                elif other not in state:
                    visit(other)
            state[name] = 2

        try:
            for name in self.parameters:
                if name not in state:
                    visit(name)
        except RecursionError:
            self.error("xbrlve:parameterCyclicDependencies", "parameters depend on one another too deeply", None)
            for parameter in self.parameters.values():
                parameter.fault = True
        self.functions.check_implementations()

    def compile(
        self, node: Node, element: Element, attribute: str | None, what: str, faults: list[Finding] | None = None
    ) -> Expression | None:
        try:
            return self.compiler.of(element, attribute, node)
        except XPathError as error:
            found = self.fault(error, node, what)
            if faults is not None:
                faults.append(found)
            return None

    def below(self, node: Node) -> list[Use]:
        """The filters that a boolean filter combines."""
        with self._lock:
            return self._relations(node, N.ARC_BOOLEAN)

    def _relations(self, node: Node, arcrole: str) -> list[Use]:
        uses = []
        for each in self.network(arcrole).of(node):
            if not isinstance(each.target, Node):
                continue
            found = self._filter(each.target)
            if found is not None:
                complement = each.attributes.get(_COMPLEMENT) in _TRUE
                covers = each.attributes.get(_COVER, "true") in _TRUE
                uses.append(Use(found, complement, covers))
        return uses

    def _filter(self, node: Node) -> Any:
        if node in self._filters:
            found = self._filters[node]
            if isinstance(found, XPathError):
                raise found
            return found
        if node in self._reading:
            raise XPathError("xpath:filterCycle", "a boolean filter contains itself")
        if len(self._reading) > MOST_NESTED:
            raise XPathError("xpath:expressionBudget", f"boolean filters nest more than {MOST_NESTED} deep")
        self._reading.add(node)
        try:
            made = read_filter(node, self.compiler, self.below)
        except XPathError as error:
            if node not in self._filters:
                self._filters[node] = error
                if not self._whole:  # tables have filters of their own, and tell what is wrong with them
                    self.fault(error, node, f"filter {node.id or node.name.local}")
            raise
        finally:
            self._reading.discard(node)
        self._filters[node] = made
        return made

    def filters(self, node: Node, arcrole: str, faults: list[Finding]) -> list[Use]:
        try:
            return self._relations(node, arcrole)
        except XPathError as error:
            faults.append(
                catalogue.found(
                    error.code, document=node.document, line=node.line, reason=error.message.removesuffix(".")
                )
            )
            return []

    def _variable_set(self, made: VariableSet) -> None:
        node = made.node
        element = node.element
        model = element.get("aspectModel")
        if model is not None and model not in N.ASPECT_MODELS:
            made.faults.append(self.error("xbrlve:unknownAspectModel", f"there is no aspect model {model!r}", node))
        known: dict[str, Any] = {}
        for each in self.network(N.ARC_SET).of(node):
            if isinstance(each.target, Node):
                self._member(made, each, each.target, known)
        made.group_filters = self.filters(node, N.ARC_SET_FILTER, made.faults)
        for each in self.network(N.ARC_PRECONDITION).of(node):
            if isinstance(each.target, Node):
                test = self.compile(each.target, each.target.element, "test", "precondition", made.faults)
                if test is not None:
                    made.preconditions.append(test)
        if element.get("test") is not None:
            made.test = self.compile(node, element, "test", made.label, made.faults)
        if made.kind == "formula":
            for each in self.network(N.ARC_FORMULA_INSTANCE).of(node):
                made.instance = self._instance(each.target) or made.instance
            from recto.formula.rules import read_rules

            try:
                made.rules = read_rules(self, made)
            except XPathError as error:
                made.faults.append(self.fault(error, node, made.label))

    def _member(self, made: VariableSet, each: NodeRelationship, target: Node, known: dict[str, Any]) -> None:
        text = each.attributes.get(_NAME)
        namespaces = each.namespaces()
        name = variable_name(text or "", namespaces)
        if name is None:
            made.faults.append(
                self.error(
                    "xbrlve:variableNameResolutionFailure", f"the name {text!r} of a variable is of no namespace", each
                )
            )
            return
        if target.name not in (FACT_VARIABLE, _GENERAL_VARIABLE, _PARAMETER):
            return
        if name in known:
            if known[name] is not target or target.name is not _PARAMETER:
                made.faults.append(
                    self.error("xbrlve:duplicateVariableNames", f"{made.label}: several variables ${name}", each)
                )
            return
        known[name] = target
        if target.name is _PARAMETER:
            own = variable_name(target.element.get("name") or "", target.element.namespaces)
            if own is not None:
                made.parameters[name] = own
            return
        variable = Variable(name, target)
        element = target.element
        if variable.fact:
            variable.filters = self.filters(target, N.ARC_FILTER, made.faults)
            self._check_covers(made, name, variable.filters)
            if element.get("fallbackValue") is not None:
                what = f"{made.label}, fallback value of ${name}"
                variable.fallback = self.compile(target, element, "fallbackValue", what, made.faults)
            for source in self.network(N.ARC_INSTANCE_VARIABLE).into(target):
                variable.instance = self._instance(source.source) or variable.instance
        else:
            variable.expression = self.compile(target, element, "select", f"{made.label}, ${name}", made.faults)
        made.variables.append(variable)

    def _instance(self, node: Any) -> str:
        """The name of an instance (Instances 1.0); "" for the standard ones, and for what is none."""
        if not isinstance(node, Node) or node.name is not _INSTANCE:
            return ""
        name = (node.element.get("name") or "").rpartition(":")[2]
        return "" if name in ("standard-input-instance", "standard-output-instance") else name

    def _check_covers(self, made: VariableSet, name: str, uses: list[Use]) -> None:
        """No aspect may be covered by one aspect cover filter and left to another (Aspect cover filters 1.0, 2.2)."""
        known: dict[Any, bool] = {}
        for use in uses:
            if use.filter.node.name.namespace != N.F_COVER:
                continue
            for aspect in use.filter.stated:
                if known.setdefault(aspect, use.covers) is not use.covers:
                    made.faults.append(
                        self.error(
                            "xbrlacfe:inconsistentAspectCoverFilters",
                            f"{made.label}: the filters of ${name} cover an aspect and do not",
                            use.filter.node,
                        )
                    )
                    return

    def _consistency(self, node: Node) -> None:
        made = Consistency(node)
        self.consistency.append(made)
        element = node.element
        absolute, proportional = element.get("absoluteAcceptanceRadius"), element.get("proportionalAcceptanceRadius")
        if absolute is not None and proportional is not None:
            made.faults.append(
                self.error("xbrlcae:acceptanceRadiusConflict", f"{made.label} has two acceptance radii", node)
            )
        if absolute is not None:
            made.absolute = self.compile(node, element, "absoluteAcceptanceRadius", made.label, made.faults)
        if proportional is not None:
            made.proportional = self.compile(node, element, "proportionalAcceptanceRadius", made.label, made.faults)
        for each in self.network(N.ARC_CONSISTENCY_FORMULA).of(node):
            formula = self._of_node.get(each.target) if isinstance(each.target, Node) else None
            if formula is not None:
                made.formulas.append(formula)
        if not made.formulas:
            made.faults.append(self.error("xbrlcae:missingFormulae", f"{made.label} has no formula", node))
        for each in self.network(N.ARC_CONSISTENCY_PARAMETER).of(node):
            if not isinstance(each.target, Node) or each.target.name is not _PARAMETER:
                made.faults.append(
                    self.error("xbrlcae:variablesNotAllowed", f"{made.label} has a variable that is no parameter", each)
                )
                continue
            name = variable_name(each.attributes.get(_NAME) or "", each.namespaces())
            own = variable_name(each.target.element.get("name") or "", each.target.element.namespaces)
            if name is not None and own is not None:
                made.parameters[name] = own

    def _scopes(self) -> None:
        """Formulas whose variables and results others see (Variables scope relationships)."""
        for each in self.network(N.ARC_SCOPE):
            source = self._of_node.get(each.source) if isinstance(each.source, Node) else None
            target = self._of_node.get(each.target) if isinstance(each.target, Node) else None
            if source is not None and target is not None:
                target.scopes.append(source)
                name = variable_name(each.attributes.get(_NAME) or "", each.namespaces())
                if name:
                    target.scope_names[id(source)] = name

    def _check_equality(self) -> None:
        self.equality: dict[Any, Expression] = {}
        found: dict[Any, Node] = {}
        for each in self.network(N.ARC_EQUALITY):
            if not isinstance(each.target, Node):
                continue
            if each.source in found and found[each.source] is not each.target:
                self.error(
                    "xbrlve:multipleTypedDimensionEqualityDefinitions",
                    "a typed domain has several definitions of equality",
                    each,
                )
                continue
            first = all(each.target is not other for other in found.values())
            found[each.source] = each.target
            test = self.compile(each.target, each.target.element, "test", "equality definition")
            if test is None:
                continue
            self.equality[each.source] = test
            for name in test.names if first else ():
                if name not in self.parameters and name not in N.COMPARED:
                    self.error("err:XPST0008", f"equality definition: there is no variable ${name}", each.target)


_NAME, _COVER, _COMPLEMENT = QName("", "name"), QName("", "cover"), QName("", "complement")


def definitions(taxonomy: Any) -> Definitions:
    """The definitions of a DTS, made once and kept with it; any number of threads may use them."""
    made: Definitions = taxonomy.kept("formula definitions", Definitions)
    return made


__all__ = ["Definitions", "definitions", "finding_at"]
