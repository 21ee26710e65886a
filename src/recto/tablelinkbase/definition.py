"""The tables of a DTS as their linkbases define them (Table linkbase 1.0, definition model), with what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from recto.findings import Finding
from recto.findings.catalogue import found
from recto.formula import names as N
from recto.formula.compiler import variable_name
from recto.formula.definitions import Definitions
from recto.formula.filters import Use, read_filter
from recto.names import ARC_ELEMENT_LABEL, QName
from recto.tablelinkbase import names as T
from recto.taxonomy.nodes import Element, Node, NodeRelationship
from recto.xpath import XPathError

Kind = Literal["rule", "concepts", "members", "aspect"]
_KINDS: dict[QName, Kind] = {
    T.N_RULE: "rule",
    T.N_CONCEPTS: "concepts",
    T.N_MEMBERS: "members",
    T.N_ASPECT: "aspect",
}
_TRUE = ("true", "1")
_PARAMETER = QName(N.VARIABLE, "parameter")
_NAME, _AXIS, _COMPLEMENT = QName("", "name"), QName("", "axis"), QName("", "complement")
_RULE_SET = QName(T.TABLE, "ruleSet")
_DEEPEST = 200
_FATAL = frozenset(("err:XPST0081", "xbrlte:tableParameterNameClash", "xbrlte:cyclicDefinitionNodes"))
"""Faults of tables that are not laid out."""


class DefinitionNode:
    """A node of a breakdown's tree."""

    __slots__ = ("children", "filters", "kind", "node", "parent_first")

    def __init__(self, node: Node, parent_first: bool):
        self.node = node
        self.kind: Kind = _KINDS[node.name]
        order = node.element.get("parentChildOrder")
        self.parent_first = parent_first if order is None else order == "parent-first"
        self.children: list[DefinitionNode] = []
        self.filters: list[Use] = []
        """Of an aspect node."""

    @property
    def element(self) -> Element:
        return self.node.element

    @property
    def abstract(self) -> bool:
        return self.element.get("abstract") in _TRUE

    @property
    def merge(self) -> bool:
        return self.element.get("merge") in _TRUE

    @property
    def tag(self) -> str | None:
        """Its tag selector."""
        return self.element.get("tagSelector")

    def rule_sets(self) -> Iterator[tuple[str | None, tuple[Element, ...]]]:
        """`(tag, rules)`: of the rules beside rule sets without a tag, then of each rule set."""
        own = tuple(each for each in self.element.children if each.name is not _RULE_SET)
        sets = [each for each in self.element.children if each.name is _RULE_SET]
        if own or not sets:
            yield None, own
        for each in sets:
            yield each.get("tag"), each.children


class Breakdown:
    """A tree of nodes on an axis of a table."""

    __slots__ = ("axis", "node", "roots")

    def __init__(self, node: Node, axis: Literal["x", "y", "z"]):
        self.node = node
        self.axis = axis
        self.roots: list[DefinitionNode] = []


class TableDefinition:
    """A `table:table`."""

    __slots__ = ("breakdowns", "faults", "filters", "node", "parameters", "role")

    def __init__(self, node: Node, role: str):
        self.node = node
        self.role = role
        """The link role of its relationships."""
        self.breakdowns: list[Breakdown] = []
        self.filters: list[Use] = []
        self.parameters: list[tuple[str, str]] = []
        """`(name in the table, name of the parameter)`."""
        self.faults: list[Finding] = []
        """Why it cannot be laid out."""

    @property
    def label(self) -> str:
        return self.node.id or f"table at line {self.node.line}"


class Tables:
    """The tables of a DTS. `findings`: what is wrong with them that no instance is needed to see."""

    def __init__(self, taxonomy: Any, formulas: Definitions):
        self.taxonomy = taxonomy
        self.formulas = formulas
        self.findings: list[Finding] = []
        self.tables: list[TableDefinition] = []
        self._filters: dict[Node, Any] = {}
        self._read()

    def _read(self) -> None:
        nodes = list(self.taxonomy.nodes.resources(frozenset((T.N_TABLE.clark,))))
        self._check_ends()
        network = self.taxonomy.node_network
        for node in nodes:
            roles = dict.fromkeys(each.role for each in network(T.ARC_BREAKDOWN).of(node))
            for role in roles or ("",):
                made = TableDefinition(node, role)
                self.tables.append(made)
                self._table(made)
        self.tables.sort(key=lambda each: (each.node.anchor.document, each.node.line))

    def fault(self, table: TableDefinition | None, code: str, at: Any, **arguments: Any) -> None:
        """One thing that is wrong, told. A table is laid out all the same where it can be."""
        subject = table.label if table is not None else _name_of(at)
        made = found(code, subject, document=at.document, line=at.line, **arguments)
        self.findings.append(made)
        if table is not None and code in _FATAL:
            table.faults.append(made)

    # Relationships

    _ENDS: tuple[tuple[str, str, Any, Any], ...] = (
        (T.ARC_BREAKDOWN, "tableBreakdown", (T.N_TABLE,), (T.N_BREAKDOWN,)),
        (T.ARC_TREE, "breakdownTree", (T.N_BREAKDOWN,), T.NODES),
        (T.ARC_SUBTREE, "definitionNodeSubtree", T.NODES, T.NODES),
        (T.ARC_PARAMETER, "tableParameter", (T.N_TABLE,), (_PARAMETER,)),
        (T.ARC_FILTER, "tableFilter", (T.N_TABLE,), None),
        (T.ARC_NODE_FILTER, "aspectNodeFilter", (T.N_ASPECT,), None),
    )

    def _check_ends(self) -> None:
        """What relationships of tables may connect (Table linkbase 1.0, 6)."""
        for arcrole, name, sources, targets in self._ENDS:
            for each in self.taxonomy.node_network(arcrole):
                if not isinstance(each.source, Node) or each.source.name not in sources:
                    self.fault(None, f"xbrlte:{name}SourceError", each)
                elif arcrole == T.ARC_SUBTREE and each.source.name in (T.N_CONCEPTS, T.N_MEMBERS):
                    self.fault(None, "xbrlte:prohibitedDefinitionNodeSubtreeSourceError", each)
                fits = isinstance(each.target, Node) and (
                    each.target.name.namespace in N.FILTERS if targets is None else each.target.name in targets
                )
                if not fits:
                    self.fault(None, f"xbrlte:{name}TargetError", each)

    def _of(self, arcrole: str, role: str, node: Node) -> list[tuple[NodeRelationship, Node]]:
        all_of = self.taxonomy.node_network(arcrole, role).of(node) if role else ()
        return [(each, each.target) for each in all_of if isinstance(each.target, Node)]

    def _table(self, made: TableDefinition) -> None:
        node = made.node
        parent_first = node.element.get("parentChildOrder") != "children-first"
        for each, target in self._of(T.ARC_BREAKDOWN, made.role, node):
            axis = each.attributes.get(_AXIS)
            if target.name is T.N_BREAKDOWN and axis in ("x", "y", "z"):
                breakdown = Breakdown(target, axis)  # type: ignore[arg-type]
                made.breakdowns.append(breakdown)
                order = target.element.get("parentChildOrder")
                first = parent_first if order is None else order == "parent-first"
                for _, below in self._of(T.ARC_TREE, made.role, target):
                    if below.name in T.NODES:
                        breakdown.roots.append(self._node(made, below, first, frozenset()))
        made.filters = [
            use for each, target in self._of(T.ARC_FILTER, made.role, node) for use in self._use(each, target)
        ]
        names: set[str] = set()
        for each, target in self._of(T.ARC_PARAMETER, made.role, node):
            if target.name is not _PARAMETER:
                continue
            name = variable_name(each.attributes.get(_NAME) or "", each.namespaces())
            own = variable_name(target.element.get("name") or "", target.element.namespaces)
            if name is None or own is None:
                self.fault(made, "err:XPST0081", each, reason="the name of a parameter is of no namespace")
            elif name in names:
                self.fault(made, "xbrlte:tableParameterNameClash", each, name=name)
            else:
                names.add(name)
                made.parameters.append((name, own))

    def _node(self, table: TableDefinition, node: Node, parent_first: bool, above: frozenset[Node]) -> DefinitionNode:
        made = DefinitionNode(node, parent_first)
        self._check_node(table, made)
        if made.kind in ("concepts", "members"):
            return made
        if node in above or len(above) > _DEEPEST:
            self.fault(table, "xbrlte:cyclicDefinitionNodes", node, most=_DEEPEST)
            return made
        for _, below in self._of(T.ARC_SUBTREE, table.role, node):
            if below.name in T.NODES:
                made.children.append(self._node(table, below, made.parent_first, above | {node}))
        if made.kind == "aspect":
            uses = self._of(T.ARC_NODE_FILTER, table.role, node)
            made.filters = [use for each, target in uses for use in self._use(each, target)]
        elif not made.children and (made.abstract or made.merge):
            self.fault(table, "xbrlte:abstractRuleNodeNoChildren", node)
        return made

    def _check_node(self, table: TableDefinition, made: DefinitionNode) -> None:
        node = made.node
        if made.merge:
            if not made.abstract:
                self.fault(table, "xbrlte:nonAbstractMergedRuleNode", node)
            if any(tag is not None for tag, _ in made.rule_sets()):
                self.fault(table, "xbrlte:mergedRuleNodeWithTaggedRuleSet", node)
        if made.kind == "rule":
            tags = [tag for tag, _ in made.rule_sets() if tag is not None]
            for tag in {tag: None for tag in tags if tags.count(tag) > 1}:
                self.fault(table, "xbrlte:duplicateTag", node, tag=tag)
        if (made.kind != "rule" or made.merge) and self.labels(node):
            self.fault(table, "xbrlte:invalidUseOfLabel", node)

    # Filters, labels

    def _use(self, each: NodeRelationship, target: Node) -> list[Use]:
        if target.name.namespace not in N.FILTERS:
            return []
        if target not in self._filters:
            try:
                self._filters[target] = read_filter(target, self.formulas.compiler, self.formulas.below)
            except XPathError as error:
                self._filters[target] = None
                self.findings.append(self.formulas.fault_of(error, target, f"filter {target.id or target.name.local}"))
        made = self._filters[target]
        return [Use(made, each.attributes.get(_COMPLEMENT) in _TRUE)] if made is not None else []

    def labels(self, node: Node) -> tuple[tuple[str, str, str], ...]:
        """`(role, language, text)` of the generic labels of a node."""
        texts = []
        for each in self.taxonomy.node_network(ARC_ELEMENT_LABEL).of(node):
            if isinstance(each.target, Node):
                texts.append((each.target.role or "", each.target.language or "", each.target.text))
        return tuple(texts)


def _name_of(relationship: NodeRelationship) -> str:
    """A relationship between wrong things, by what it begins at."""
    source = relationship.source
    if isinstance(source, Node):
        return source.id or f"{source.name.local} at line {source.line}"
    return getattr(source, "name", "") or "a relationship"
