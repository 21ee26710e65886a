"""From definition nodes to structural nodes: rules evaluated, merged nodes merged, networks and open nodes resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recto.formula.compiler import Run, resolve
from recto.formula.filters import State, Use
from recto.formula.subject import Subject
from recto.names import QName
from recto.tablelinkbase.aspects import Aspect, RuleFault, Value, fact_value, member_value, read_rules, value_key
from recto.tablelinkbase.definition import Breakdown, DefinitionNode, TableDefinition, Tables
from recto.tablelinkbase.model import HeaderCell
from recto.tablelinkbase.relations import Branch, concept_tree, member_tree
from recto.taxonomy.nodes import Element
from recto.xpath import XPathError

Sets = dict[str | None, dict[Aspect, Value]]


class StructuralNode:
    """A node of a structural model: what it constrains by tag, and how headers show it."""

    __slots__ = (
        "abstract",
        "children",
        "concept",
        "definition",
        "header",
        "label_role",
        "labels",
        "rollup",
        "sets",
        "tags",
    )

    def __init__(self, definition: DefinitionNode, sets: Sets, tags: frozenset[str]):
        self.definition = definition
        self.sets = sets
        self.tags = tags
        self.labels: tuple[tuple[str, str, str], ...] = ()
        self.abstract = False
        """Whether it stands for no column of its own where it has children."""
        self.rollup = False
        """Whether it is the column of its own that the node above has beside its children."""
        self.children: list[StructuralNode] = []
        self.concept: QName | None = None
        self.label_role: str | None = None
        self.header: HeaderCell | None = None
        """Of a place: one for each that the node is over."""


class Structure:
    """Resolves one table for given values of its parameters. `facts`: those that pass the table's filters."""

    def __init__(
        self,
        tables: Tables,
        table: TableDefinition,
        subject: Subject,
        run: Run,
        variables: Mapping[str, Any],
        facts: list[int],
    ):
        """`facts`: those that tables can show, as ordinals of the subject's columns."""
        self.tables = tables
        self.table = table
        self.subject = subject
        self.run = run
        self.variables = variables
        self.taxonomy = subject.taxonomy
        self.facts = self._filtered(table.filters, facts)

    def _filtered(self, filters: Sequence[Use], facts: list[int]) -> list[int]:
        if not filters or not facts:
            return facts
        state = State(self.subject, self.run, self.variables)
        for use in filters:
            facts = use.select(state, facts)
        return facts

    def evaluate(self, element: Element, attribute: str | None) -> Any:
        expression = self.tables.formulas.compiler.of(element, attribute)
        return expression(self.run, self.variables)  # there is no context item (Table linkbase 1.0, 6.2)

    def breakdown(self, breakdown: Breakdown) -> list[StructuralNode]:
        """The trees of a breakdown. Raises `RuleFault`."""
        made = [each for root in breakdown.roots for each in self._resolve(root, {}, frozenset())]
        self._complete(breakdown, made)
        return made

    def _resolve(self, node: DefinitionNode, merged: Sets, tags: frozenset[str]) -> list[StructuralNode]:
        try:
            if node.kind == "rule":
                return self._rule(node, merged, tags)
            tags |= {node.tag} if node.tag else set()
            if node.kind == "aspect":
                return self._open(node, merged, tags)
            return self._network(node, merged, tags)
        except RuleFault as error:
            error.at = error.at or node.node
            raise
        except XPathError as error:
            raise RuleFault(error.code, node.node, reason=error.message) from None

    def _rule(self, node: DefinitionNode, merged: Sets, tags: frozenset[str]) -> list[StructuralNode]:
        own: Sets = {}
        for tag, rules in node.rule_sets():
            own[tag] = read_rules(rules, self.evaluate, self.taxonomy)
        aspects = {frozenset(each) for each in own.values()}
        if len(aspects) > 1:
            raise RuleFault("xbrlte:constraintSetAspectMismatch")
        sets = _over(own, merged)
        tags |= {node.tag} if node.tag else set()
        if node.merge:
            return [each for child in node.children for each in self._resolve(child, sets, tags)]
        made = StructuralNode(node, sets, tags)
        made.labels = self.tables.labels(node.node)
        made.abstract = node.abstract
        for child in node.children:
            made.children += self._resolve(child, {}, frozenset())
        return [_with_rollup(made)]

    def _network(self, node: DefinitionNode, merged: Sets, tags: frozenset[str]) -> list[StructuralNode]:
        aspect: Aspect
        if node.kind == "concepts":
            aspect, trees = "concept", concept_tree(node.element, self.evaluate, self.subject)
        else:
            aspect, trees = member_tree(node.element, self.evaluate, self.subject)
        if not any(map(_stands, trees)):
            raise RuleFault("xbrlte:closedDefinitionNodeZeroCardinality")

        def made_of(branch: Branch, merged: Sets) -> StructuralNode:
            name = branch.concept.qname
            value = name if isinstance(aspect, str) else member_value(self.taxonomy, aspect, name)
            own = frozenset((branch.tag,)) if branch.tag else tags
            made = StructuralNode(node, _over({None: {aspect: value}}, merged), own)
            made.abstract = branch.abstract
            made.concept, made.label_role = name, branch.label_role
            made.children = [made_of(each, {}) for each in branch.children if _stands(each)]
            return _with_rollup(made)

        return [made_of(each, merged) for each in trees if _stands(each)]

    def aspects(self, breakdown: Breakdown) -> set[Aspect]:
        """What the nodes of a breakdown give values of, whether or not they came to any."""
        found: set[Aspect] = set()
        pending = list(breakdown.roots)
        while pending:
            node = pending.pop()
            pending += node.children
            if node.kind == "aspect":
                found.add(self._aspect(node)[0])
            elif node.kind == "concepts":
                found.add("concept")
        return found

    # Open nodes

    def _open(self, node: DefinitionNode, merged: Sets, tags: frozenset[str]) -> list[StructuralNode]:
        aspect, unreported = self._aspect(node)
        facts = self.subject.columns.facts
        values: dict[Any, Value] = {}
        for at in self._filtered(node.filters, self.facts):
            value = fact_value(facts[at], aspect)
            if value is None and not (isinstance(aspect, QName) and (unreported or self._has_default(aspect))):
                continue
            values.setdefault(value_key(value), value)
        made: list[StructuralNode] = []
        for value in values.values():
            each = StructuralNode(node, _over({None: {aspect: value}}, merged), tags)
            each.abstract = bool(node.children)
            for child in node.children:
                each.children += self._resolve(child, {}, frozenset())
            made.append(each)
        return made

    def _aspect(self, node: DefinitionNode) -> tuple[Aspect, bool]:
        for child in node.element.children:
            name = child.name.local
            if name == "dimensionAspect":
                axis = resolve(child.string, child.namespaces, child.namespaces.get("", ""))
                concept = self.taxonomy.concept(axis) if axis is not None else None
                if axis is None or concept is None or concept.kind != "dimension":
                    raise RuleFault("xbrlte:invalidDimensionQNameOnAspectNode", dimension=child.string.strip())
                return axis, child.get("includeUnreportedValue") in ("true", "1")
            plain = _ASPECTS.get(name)
            if plain is not None:
                return plain, False
        raise RuleFault("xbrlte:incompleteAspectRule", aspect="")

    def _has_default(self, axis: QName) -> bool:
        dimension = self.taxonomy.concept(axis)
        return dimension is not None and self.taxonomy.default_member(dimension) is not None

    # Aspects that leaves leave out

    def _complete(self, breakdown: Breakdown, roots: list[StructuralNode]) -> None:
        """Every leaf constrains every aspect of its breakdown; a dimension left out is absent."""
        aspects: dict[Aspect, None] = {}
        for root in roots:
            _gather(root, aspects)

        def visit(node: StructuralNode, known: frozenset[Aspect]) -> None:
            known |= {aspect for each in node.sets.values() for aspect in each}
            for child in node.children:
                visit(child, known)
            if node.children or node.abstract:
                return
            for aspect in aspects:
                if aspect in known:
                    continue
                if isinstance(aspect, str):
                    raise RuleFault("xbrlte:missingAspectValue", node.definition.node, aspect=aspect)
                for each in node.sets.values() or (node.sets.setdefault(None, {}),):
                    each[aspect] = None

        for root in roots:
            visit(root, frozenset())


def _stands(branch: Branch) -> bool:
    """What facts cannot have is a header only over others."""
    return not branch.abstract or any(map(_stands, branch.children))


def _with_rollup(node: StructuralNode) -> StructuralNode:
    if node.children and not node.abstract:
        made = StructuralNode(node.definition, {}, node.tags)
        made.rollup = True
        node.children.insert(0 if node.definition.parent_first else len(node.children), made)
    return node


_ASPECTS = {
    "conceptAspect": "concept",
    "unitAspect": "unit",
    "entityIdentifierAspect": "entity",
    "periodAspect": "period",
}


def _gather(node: StructuralNode, aspects: dict[Aspect, None]) -> None:
    for each in node.sets.values():
        for aspect in each:
            aspects.setdefault(aspect)
    for child in node.children:
        _gather(child, aspects)


def _over(own: Sets, merged: Sets) -> Sets:
    """A node's sets on top of those of merged nodes above it."""
    if not merged:
        return {tag: dict(each) for tag, each in own.items()}
    base = merged.get(None, {})
    return {tag: {**base, **each} for tag, each in own.items()}
