"""Severities of unsatisfied assertions (Assertion severity 1.0 and 2.0)."""

from __future__ import annotations

from typing import Any, Literal

from recto.findings import Finding
from recto.formula import names as N
from recto.formula.definitions import finding_at
from recto.names import QName
from recto.taxonomy.nodes import Node
from recto.xpath import Dynamic, Expression, XPathError
from recto.xpath.values import QNameValue, atomize, string

Level = Literal["ok", "warning", "error"]
_LEVELS = ("ok", "warning", "error")
_ASSERTIONS = (
    QName(N.VALUE, "valueAssertion"),
    QName(N.EXISTENCE, "existenceAssertion"),
    QName(N.CONSISTENCY, "consistencyAssertion"),
)
_PUBLISHED = ("http://www.xbrl.org/", "https://www.xbrl.org/")
_SET = QName(N.VALIDATION, "assertionSet")


class Severities:
    """The severity of each assertion: fixed, or an expression; errors of the relationships go to `findings`."""

    def __init__(self, definitions: Any, findings: list[Finding]):
        self._definitions = definitions
        self._findings = findings
        self._fixed: dict[Node, Level] = {}
        self._expressions: dict[Node, Expression] = {}
        for arcrole in N.ARC_SEVERITIES:
            for each in definitions.taxonomy.node_network(arcrole):
                self._relationship(each, "2022" in arcrole)

    def _relationship(self, each: Any, second: bool) -> None:
        source, target = each.source, each.target
        is_assertion = isinstance(source, Node) and source.name in _ASSERTIONS
        is_set = isinstance(source, Node) and source.name is _SET
        if not is_assertion and not (second and is_set):
            self._error("seve:assertionSeveritySourceError", "what has a severity is no assertion", each)
            return
        local = target.name.local if isinstance(target, Node) and target.name.namespace in N.SEVERITIES else ""
        foreign = not second and isinstance(target, Node) and not target.document.startswith(_PUBLISHED)
        if local not in (*_LEVELS, "expression") or foreign:  # Assertion severity 1.0, 2.1: only the published ones
            self._error("seve:assertionSeverityTargetError", "an assertion's severity is none", each)
            return
        if not is_assertion:
            for member in self._definitions.taxonomy.node_network(N.ARC_ASSERTION_SET).of(source):
                if isinstance(member.target, Node):
                    self._set(member.target, target, local, each, own=False)
            return
        if source in self._fixed or source in self._expressions:
            self._error(
                "seve:multipleSeveritiesForAssertionError",
                f"the assertion {source.id or ''} has several severities",
                each,
            )
            return
        self._set(source, target, local, each, own=True)

    def _error(self, code: str, message: str, at: Any) -> None:
        self._findings.append(finding_at(code, message, at))

    def _set(self, assertion: Node, target: Node, local: str, each: Any, *, own: bool) -> None:
        if not own and (assertion in self._fixed or assertion in self._expressions):
            self._error(
                "seve:multipleSeveritiesForAssertionError",
                f"the assertion {assertion.id or ''} has several severities",
                each,
            )
            return
        if local != "expression":
            self._fixed[assertion] = local  # type: ignore[assignment]
            return
        try:
            self._expressions[assertion] = self._definitions.compiler.of(target.element, "severity")
        except XPathError as error:
            self._findings.append(self._definitions.fault_of(error, target, "severity"))
            self._fixed[assertion] = "error"

    def of(self, node: Node, dynamic: Dynamic, variables: Any) -> Level:
        """Raises `XPathError` where an expression gives no severity."""
        expression = self._expressions.get(node)
        if expression is None:
            return self._fixed.get(node, "error")
        value = atomize(expression(dynamic, variables, dynamic.subject.root))
        text = value.name.local if isinstance(value, QNameValue) else "" if type(value) is list else string(value)
        level = text.lower()
        if text not in ("OK", "WARNING", "ERROR") and text not in _LEVELS:
            raise XPathError(
                "seve:invalidSeverityExpressionResultError", f"{text[:40]!r} is no severity: OK, WARNING or ERROR"
            )
        return level  # type: ignore[return-value]
