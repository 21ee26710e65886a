"""What is evaluated: variables, variable sets, parameters, consistency assertions, as linkbases define them."""

from __future__ import annotations

from typing import Any, Final

from recto.findings import Finding
from recto.formula import names as N
from recto.formula.filters import Use
from recto.names import QName
from recto.taxonomy.nodes import Node
from recto.xpath import Expression

FACT_VARIABLE: Final = QName(N.VARIABLE, "factVariable")
_TRUE = ("true", "1")


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
        self.fact = node.name is FACT_VARIABLE
        self.sequence = element.get("bindAsSequence") in _TRUE
        self.nils = element.get("nils") in _TRUE
        self.matches = element.get("matches") in _TRUE
        self.filters: list[Use] = []
        self.fallback: Expression | None = None
        self.expression: Expression | None = None
        """Of a general variable."""
        self.depends: frozenset[str] = frozenset()
        self.instance = ""
        """Name of another instance than the source instance that its facts are taken from (Instances 1.0)."""


class VariableSet:
    """An assertion or formula with its variables, filters and preconditions."""

    def __init__(self, node: Node, kind: str):
        self.node = node
        self.kind = kind
        element = node.element
        self.id = node.id or ""
        self.implicit = element.get("implicitFiltering") not in ("false", "0")
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
        self.instance = ""
        """Of a formula: the name of the instance that its facts go to; "" for the standard output instance."""

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

    @property
    def names(self) -> tuple[str, ...]:
        """What callers may name it by: in Clark notation, as the DTS writes it, and without a namespace."""
        return self.name, self.node.element.get("name") or "", self.name.rpartition("}")[2]


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
