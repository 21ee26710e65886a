"""What depends on what: variables of a set on one another, and sets on what others give (Variables 1.0, 3.1)."""

from __future__ import annotations

from typing import Any

from recto.formula import names as N
from recto.formula.filters import Use
from recto.formula.sets import Variable, VariableSet
from recto.taxonomy.nodes import Node


def order(definitions: Any, made: VariableSet) -> list[Variable]:
    """Variables in an order in which each comes after those it depends on; faults are added to the set."""
    by_name = {each.name: each for each in made.variables}
    allowed = set(by_name) | set(made.parameters) | set(definitions.parameters)
    for scope in _all_scopes(made):
        allowed |= {each.name for each in scope.variables} | set(scope.scope_names.values())
    allowed |= set(made.scope_names.values())
    for each in made.variables:
        depends = set()
        if each.fact:
            depends |= {name for use in each.filters for name in use.depends}
            for name in each.fallback.names if each.fallback is not None else ():
                if name in by_name:
                    made.faults.append(
                        definitions.error(
                            "xbrlve:fallbackValueVariableReferenceNotAllowed",
                            f"{made.label}: the fallback value of ${each.name} refers to the variable ${name}",
                            each.node,
                        )
                    )
                elif name not in allowed:
                    _unresolved(definitions, made, name, each.node)
        elif each.expression is not None:
            depends |= set(each.expression.names)
        for name in depends:
            if name not in allowed:
                _unresolved(definitions, made, name, each.node)
        each.depends = frozenset(name for name in depends if name in by_name)
    for use in made.group_filters:
        for name in use.depends:
            if name in by_name:
                made.faults.append(
                    definitions.error(
                        "xbrlve:factVariableReferenceNotAllowed",
                        f"{made.label}: a filter of all variables refers to the variable ${name}",
                        use.filter.node,
                    )
                )
            elif name not in allowed:
                _unresolved(definitions, made, name, use.filter.node)
    tests = [(made.test, made.node)] + [(test, made.node) for test in made.preconditions]
    if made.rules is not None:
        tests += [(each, made.node) for each in made.rules.expressions()]
    for test, node in tests:
        for name in test.names if test is not None else ():
            if made.kind == "existence" and test is made.test and name in by_name:
                made.faults.append(
                    definitions.error(
                        "xbrleae:variableReferenceNotAllowed",
                        f"{made.label}: the test of an existence assertion refers to the variable ${name}",
                        node,
                    )
                )
            elif name not in allowed:
                _unresolved(definitions, made, name, node)
    _check_models(definitions, made)
    ordered: list[Variable] = []
    done: set[str] = set()
    pending = list(made.variables)
    while pending:
        ready = [each for each in pending if each.depends <= done]
        if not ready:
            names = ", ".join("$" + each.name for each in pending)
            made.faults.append(
                definitions.error(
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


def _check_models(definitions: Any, made: VariableSet) -> None:
    """Filters that the set's aspect model does not know (Variables 1.0, 2.1)."""

    def visit(uses: list[Use], seen: set[Node]) -> None:
        for use in uses:
            node = use.filter.node
            if node in seen:
                continue
            seen.add(node)
            if node.name.namespace == N.F_BOOLEAN:
                visit(definitions.below(node), seen)
            elif (_only_dimensional(node) and not made.dimensional) or (
                _only_non_dimensional(node) and made.dimensional
            ):
                made.faults.append(
                    definitions.error(
                        "xbrlve:filterAspectModelMismatch",
                        f"{made.label}: its aspect model does not know what {node.name.local} filters by",
                        node,
                    )
                )

    for uses in (made.group_filters, *(each.filters for each in made.variables)):
        visit(uses, set())


def _unresolved(definitions: Any, made: VariableSet, name: str, node: Node) -> None:
    made.faults.append(
        definitions.error(
            "xbrlve:unresolvedDependency", f"{made.label}: there is no variable or parameter ${name}", node
        )
    )


def _all_scopes(made: VariableSet) -> list[VariableSet]:
    """The formulas whose variables a set sees: those it is in the scope of, and those they are in the scope of."""
    found: dict[int, VariableSet] = {}
    pending = list(made.scopes)
    while pending:
        each = pending.pop()
        if id(each) not in found:
            found[id(each)] = each
            pending += each.scopes
    return list(found.values())


def chained(definitions: Any) -> list[VariableSet]:
    """The sets in an order in which each comes after those it needs.

    It needs the formulas whose scope it is in (Variables scope), and those whose facts go to an instance that its
    variables are bound in (Instances 1.0). Sets that need one another get faults.
    """
    makers: dict[str, list[VariableSet]] = {}
    for made in definitions.sets:
        if made.kind == "formula":
            makers.setdefault(made.instance, []).append(made)
    needs: dict[int, set[int]] = {}
    for made in definitions.sets:
        taken = {each.instance for each in made.variables if each.instance}
        needs[id(made)] = {id(each) for each in made.scopes} | {
            id(each) for name in taken for each in makers.get(name, ())
        }
    ordered: list[VariableSet] = []
    done: set[int] = set()
    pending = list(definitions.sets)
    while pending:
        ready = [each for each in pending if needs[id(each)] <= done]
        if not ready:
            for each in pending:
                code = "xbrlvarinste:instanceVariableRecursionCycle" if not each.scopes else "xbrlve:cyclicDependencies"
                message = f"{each.label}: what it needs depends on what it gives"
                each.faults.append(definitions.error(code, message, each.node))
            return [*ordered, *pending]
        ordered += ready
        done |= {id(each) for each in ready}
        pending = [each for each in pending if id(each) not in done]
    return ordered


def _only_dimensional(node: Node) -> bool:
    return node.name.namespace == N.F_DIMENSION or node.name.local in (
        "matchDimension",
        "matchNonXDTSegment",
        "matchNonXDTScenario",
    )


def _only_non_dimensional(node: Node) -> bool:
    """Filters by complete segments and scenarios."""
    return node.name.namespace == N.F_SEGMENT or node.name.local in ("matchSegment", "matchScenario")
