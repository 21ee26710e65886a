"""What a DTS defines: parameters, variable sets, consistency assertions, messages, severities; read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from recto.findings import Finding
from recto.formula import names as N
from recto.formula.compiler import Compiler, custom_function, resolve, variable_name
from recto.formula.filters import Use, read_filter
from recto.names import XBRLI, XSD, QName
from recto.taxonomy.nodes import Element, Node, NodeRelationship
from recto.xpath import Expression, XPathError
from recto.xpath.errors import UnknownFunctionError

_KINDS = {
    QName(N.VALUE, "valueAssertion"): "value",
    QName(N.EXISTENCE, "existenceAssertion"): "existence",
    QName(N.FORMULA, "formula"): "formula",
}
_FACT_VARIABLE = QName(N.VARIABLE, "factVariable")
_GENERAL_VARIABLE = QName(N.VARIABLE, "generalVariable")
_PARAMETER = QName(N.VARIABLE, "parameter")
_INSTANCE = QName(N.INSTANCES, "instance")
_IMPLEMENTATION = QName(N.CUSTOM, "implementation")
_TRUE = ("true", "1")
RESERVED = frozenset(
    (
        XBRLI,
        XSD,
        N.XFI,
        N.XFF,
        "http://www.w3.org/2005/xpath-functions",
        "http://www.w3.org/2005/xqt-errors",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/2005/xpath-datatypes",
        "http://www.xbrl.org/2003/linkbase",
        "http://www.xbrl.org/2003/XLink",
        "http://www.w3.org/1999/xlink",
        N.VARIABLE,
        N.FORMULA,
    )
)


class Variable:
    """A fact or general variable of a variable set."""

    __slots__ = (
        "depends",
        "expression",
        "fact",
        "fallback",
        "filters",
        "instance",
        "matches",
        "name",
        "nils",
        "node",
        "sequence",
    )

    def __init__(self, name: str, node: Node):
        self.name = name
        self.node = node
        element = node.element
        self.fact = node.name is _FACT_VARIABLE
        self.sequence = element.get("bindAsSequence") in _TRUE
        self.nils = element.get("nils") in _TRUE
        self.matches = element.get("matches") in _TRUE
        self.filters: list[Use] = []
        self.fallback: Expression | None = None
        self.expression: Expression | None = None
        """Of a general variable."""
        self.depends: frozenset[str] = frozenset()
        self.instance: Node | None = None
        """Another instance than the source instance that its facts are taken from."""


class VariableSet:
    """An assertion or formula with its variables, filters and preconditions."""

    def __init__(self, node: Node, kind: str):
        self.node = node
        self.kind = kind
        element = node.element
        self.id = node.id or ""
        self.implicit = element.get("implicitFiltering") != "false"
        self.dimensional = element.get("aspectModel") != "non-dimensional"
        self.variables: list[Variable] = []
        self.parameters: dict[str, str] = {}
        """Variable → parameter, where a relationship gives it a name of its own."""
        self.group_filters: list[Use] = []
        self.preconditions: list[Expression] = []
        self.test: Expression | None = None
        self.faults: list[Finding] = []
        self.rules: Any = None
        """Of a formula: its output rules (`recto.formula.rules`)."""
        self.scopes: list[VariableSet] = []
        """Formulas whose results give variables to this one (variables-scope)."""
        self.scope_names: dict[int, str] = {}
        self.instance: Node | None = None
        """Of a formula: the instance that its facts go to."""

    @property
    def label(self) -> str:
        return self.id or f"{self.node.name.local} at line {self.node.line}"


class Parameter:
    __slots__ = ("as_type", "expression", "fault", "name", "node", "required")

    def __init__(self, name: str, node: Node):
        self.name = name
        self.node = node
        self.expression: Expression | None = None
        self.required = node.element.get("required") in _TRUE
        self.as_type = node.element.get("as")
        self.fault = False


class Consistency:
    """A consistency assertion (Consistency assertions 1.0)."""

    def __init__(self, node: Node):
        self.node = node
        self.id = node.id or ""
        self.strict = node.element.get("strict") in _TRUE
        self.formulas: list[VariableSet] = []
        self.absolute: Expression | None = None
        self.proportional: Expression | None = None
        self.parameters: dict[str, str] = {}
        self.faults: list[Finding] = []
        self.kind = "consistency"

    @property
    def label(self) -> str:
        return self.id or f"consistencyAssertion at line {self.node.line}"


class Definitions:
    """All of it, with what is wrong with it."""

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
        self._signatures: set[str] = set()
        self._implementations: list[tuple[QName, Node]] = []
        self._read()

    # Findings

    def error(
        self, code: str, message: str, node: Node | NodeRelationship | Element | Any, document: str = ""
    ) -> Finding:
        url = document or getattr(node, "document", None)
        found = Finding(code, "error", message, url, getattr(node, "line", None))
        self.findings.append(found)
        return found

    def fault(self, error: XPathError, node: Node, what: str) -> Finding:
        """A static error of an expression of a node."""
        code = error.code
        if isinstance(error, UnknownFunctionError) and (
            QName.of(error.name).namespace not in RESERVED and error.name not in self._signatures
        ):
            code = "xbrlve:noCustomFunctionSignature"
        return self.error(code, f"{what}: {error.message}", node)

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
                self._function(node)
        self._check_implementers(found)
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

    def _function(self, node: Node) -> None:
        element = node.element
        name = resolve(element.get("name") or "", element.namespaces)
        if name is None:
            self.error("err:XPST0081", f"the function's name {element.get('name')!r} is of no namespace", node)
            return
        if not name.namespace or name.namespace in RESERVED:
            self.error(
                "xbrlve:noProhibitedNamespaceForCustomFunction",
                f"{name.clark}: the namespace is reserved for other functions",
                node,
            )
            return
        targets = [each.target for each in self.network(N.ARC_IMPLEMENTATION).of(node)]
        implementations = [each for each in targets if isinstance(each, Node)]
        if len(implementations) > 1:
            self.error("xbrlcfie:tooManyCFIRelationships", f"{name.clark} has several implementations", node)
            return
        self._signatures.add(name.clark)
        if not implementations:
            return  # it is the processor's to supply, or to miss where it is called
        implementation = implementations[0]
        wanted = sum(child.name.local == "input" for child in element.children)
        given = sum(child.name.local == "input" for child in implementation.element.children)
        if wanted != given:
            self.error("xbrlcfie:inputMismatch", f"{name.clark} has {wanted} inputs, its implementation {given}", node)
            return
        self.compiler.library.add(custom_function(self.compiler, node, implementation, name))
        self._implementations.append((name, implementation))

    def _check_implementers(self, found: list[Node]) -> None:
        """Each implementation is of one function (Custom function implementation 1.0, 2.2)."""
        network = self.network(N.ARC_IMPLEMENTATION)
        for node in found:
            if node.name is _IMPLEMENTATION:
                signatures = len(network.into(node))
                if signatures > 1:
                    self.error("xbrlcfie:tooManyCFIRelationships", "an implementation has several functions", node)
                elif not signatures:
                    self.error("xbrlcfie:missingCFIRelationship", "an implementation has no function", node)

    def _check_implementations(self) -> None:
        for name, node in self._implementations:
            known = {
                variable_name(child.get("name") or "", child.namespaces)
                for child in node.element.children
                if child.name.local in ("input", "step")
            }
            for child in node.element.children:
                if child.name.local not in ("step", "output"):
                    continue
                expression = self._compile(node, child, None, f"function {name.local}")
                for free in expression.names if expression is not None else ():
                    if free not in known:
                        self.error("err:XPST0008", f"function {name.local}: there is no variable ${free}", node)

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
            made.expression = self._compile(node, element, "select", f"parameter ${name}")
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
        self._check_implementations()

    def _compile(
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
        self._reading.add(node)
        try:
            made = read_filter(node, self.compiler, self.below)
        except XPathError as error:
            if node not in self._filters:
                self._filters[node] = error
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
            faults.append(Finding(error.code, "error", error.message, node.document, node.line))
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
                test = self._compile(each.target, each.target.element, "test", "precondition", made.faults)
                if test is not None:
                    made.preconditions.append(test)
        if element.get("test") is not None:
            made.test = self._compile(node, element, "test", made.label, made.faults)
        if made.kind == "formula":
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
        if target.name not in (_FACT_VARIABLE, _GENERAL_VARIABLE, _PARAMETER):
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
                variable.fallback = self._compile(target, element, "fallbackValue", what, made.faults)
            for source in self.network(N.ARC_INSTANCE_VARIABLE).into(target):
                if isinstance(source.source, Node) and source.source.name is _INSTANCE:
                    variable.instance = source.source
        else:
            variable.expression = self._compile(target, element, "select", f"{made.label}, ${name}", made.faults)
        made.variables.append(variable)

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
            made.absolute = self._compile(node, element, "absoluteAcceptanceRadius", made.label, made.faults)
        if proportional is not None:
            made.proportional = self._compile(node, element, "proportionalAcceptanceRadius", made.label, made.faults)
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
            found[each.source] = each.target
            test = self._compile(each.target, each.target.element, "test", "equality definition")
            if test is not None:
                self.equality[each.source] = test

    # Order and static checks of variables

    def order(self, made: VariableSet) -> list[Variable]:
        """Variables in an order in which each comes after those it depends on; faults are added to the set."""
        by_name = {each.name: each for each in made.variables}
        allowed = set(by_name) | set(made.parameters) | set(self.parameters)
        for scope in made.scopes:
            allowed |= {each.name for each in scope.variables} | set(made.scope_names.values())
        for each in made.variables:
            depends = set()
            if each.fact:
                depends |= {name for use in each.filters for name in use.depends}
                for name in each.fallback.names if each.fallback is not None else ():
                    if name in by_name:
                        made.faults.append(
                            self.error(
                                "xbrlve:fallbackValueVariableReferenceNotAllowed",
                                f"{made.label}: the fallback value of ${each.name} refers to the variable ${name}",
                                each.node,
                            )
                        )
                    elif name not in allowed:
                        self._unresolved(made, name, each.node)
            elif each.expression is not None:
                depends |= set(each.expression.names)
            for name in depends:
                if name not in allowed:
                    self._unresolved(made, name, each.node)
            each.depends = frozenset(name for name in depends if name in by_name)
        for use in made.group_filters:
            for name in use.depends:
                if name in by_name:
                    made.faults.append(
                        self.error(
                            "xbrlve:factVariableReferenceNotAllowed",
                            f"{made.label}: a filter of all variables refers to the variable ${name}",
                            use.filter.node,
                        )
                    )
                elif name not in allowed:
                    self._unresolved(made, name, use.filter.node)
        tests = [(made.test, made.node)] + [(test, made.node) for test in made.preconditions]
        if made.rules is not None:
            tests += [(each, made.node) for each in made.rules.expressions()]
        for test, node in tests:
            for name in test.names if test is not None else ():
                if made.kind == "existence" and test is made.test and name in by_name:
                    made.faults.append(
                        self.error(
                            "xbrleae:variableReferenceNotAllowed",
                            f"{made.label}: the test of an existence assertion refers to the variable ${name}",
                            node,
                        )
                    )
                elif name not in allowed:
                    self._unresolved(made, name, node)
        self._check_models(made)
        ordered: list[Variable] = []
        done: set[str] = set()
        pending = list(made.variables)
        while pending:
            ready = [each for each in pending if each.depends <= done]
            if not ready:
                names = ", ".join("$" + each.name for each in pending)
                made.faults.append(
                    self.error(
                        "xbrlve:cyclicDependencies",
                        f"{made.label}: the variables {names} depend on one another",
                        made.node,
                    )
                )
                break
            for each in ready:
                ordered.append(each)
                done.add(each.name)
            pending = [each for each in pending if each.name not in done]
        return ordered

    def _check_models(self, made: VariableSet) -> None:
        """Filters that the set's aspect model does not know (Variables 1.0, 2.1)."""

        def visit(uses: list[Use], seen: set[Node]) -> None:
            for use in uses:
                node = use.filter.node
                if node in seen:
                    continue
                seen.add(node)
                if node.name.namespace == N.F_BOOLEAN:
                    visit(self.below(node), seen)
                elif (_only_dimensional(node) and not made.dimensional) or (
                    _only_non_dimensional(node) and made.dimensional
                ):
                    made.faults.append(
                        self.error(
                            "xbrlve:filterAspectModelMismatch",
                            f"{made.label}: its aspect model does not know what {node.name.local} filters by",
                            node,
                        )
                    )

        for uses in (made.group_filters, *(each.filters for each in made.variables)):
            visit(uses, set())

    def _unresolved(self, made: VariableSet, name: str, node: Node) -> None:
        made.faults.append(
            self.error("xbrlve:unresolvedDependency", f"{made.label}: there is no variable or parameter ${name}", node)
        )


def _only_dimensional(node: Node) -> bool:
    return node.name.namespace == N.F_DIMENSION or node.name.local in (
        "matchDimension",
        "matchNonXDTSegment",
        "matchNonXDTScenario",
    )


def _only_non_dimensional(node: Node) -> bool:
    """Filters by complete segments and scenarios."""
    return node.name.namespace == N.F_SEGMENT or node.name.local in ("matchSegment", "matchScenario")


_NAME, _COVER, _COMPLEMENT = QName("", "name"), QName("", "cover"), QName("", "complement")


def definitions(taxonomy: Any) -> Definitions:
    """The definitions of a DTS, made once and kept with it."""
    kept: dict[str, Any] = taxonomy.__dict__
    made = kept.get("_formula_definitions")
    if made is None:
        made = kept["_formula_definitions"] = Definitions(taxonomy)
    return made


__all__ = ["Consistency", "Definitions", "Iterable", "Mapping", "Parameter", "Variable", "VariableSet"]
