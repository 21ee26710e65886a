"""The tables of an instance, laid out and filled; what is wrong with them as findings."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import Any

from msgspec import Struct

from recto.findings import Finding
from recto.formula.compiler import Run
from recto.formula.definitions import definitions
from recto.formula.evaluate import Evaluator
from recto.formula.subject import Subject
from recto.instance.model import Fact, Instance
from recto.tablelinkbase import names as T
from recto.tablelinkbase.aspects import RuleFault, name_of
from recto.tablelinkbase.definition import Breakdown, TableDefinition, Tables
from recto.tablelinkbase.fill import Shelf
from recto.tablelinkbase.layout import constraints, project
from recto.tablelinkbase.model import LayoutTable, Place, TableSet
from recto.tablelinkbase.structure import StructuralNode, Structure
from recto.xpath import Budget, XPathError
from recto.xpath.errors import BudgetError
from recto.xpath.values import items

MOST_CELLS = 2_000_000
MOST_TABLES = 1_000


def table_definitions(taxonomy: Any) -> Tables:
    """The tables that a DTS defines, read once and kept with it."""
    made: Tables = taxonomy.kept("table definitions", lambda dts: Tables(dts, definitions(dts)))
    return made


class TableOutcomes(Struct, frozen=True, eq=False):
    """The tables of an instance, and what is wrong with them."""

    sets: tuple[TableSet, ...]
    findings: tuple[Finding, ...]


def made_tables(instance: Instance, parameters: Mapping[str, Any] | None = None) -> TableOutcomes:
    """All tables of an instance's DTS, filled with its facts."""
    maker = TableMaker(instance, parameters)
    return TableOutcomes(tuple(maker.sets()), tuple(maker.findings))


class _Parameters(dict[str, Any]):
    """The values of a DTS's parameters, evaluated when the first of them is asked for: most tables ask for none."""

    def __init__(self, evaluate: Callable[[], dict[str, Any]]):
        super().__init__()
        self._evaluate: Callable[[], dict[str, Any]] | None = evaluate

    def __contains__(self, name: object) -> bool:
        if self._evaluate is not None:
            evaluate, self._evaluate = self._evaluate, None
            self.update(evaluate())
        return super().__contains__(name)

    def __missing__(self, name: str) -> Any:
        if name in self:
            return self[name]
        raise KeyError(name)


class TableMaker:
    """Lays out the tables of an instance. `findings` grows as tables are made."""

    def __init__(self, instance: Instance, parameters: Mapping[str, Any] | None = None):
        self.instance = instance
        self.subject = Subject(instance)
        self.definitions = table_definitions(instance.taxonomy)
        self.findings: list[Finding] = list(self.definitions.findings)
        self._given = parameters
        self.parameters = _Parameters(self._evaluated)

    def _evaluated(self) -> dict[str, Any]:
        evaluator = Evaluator(self.instance, parameters=self._given)
        values = evaluator.evaluate_parameters()
        self.findings += evaluator.findings
        return values

    def sets(self, only: Collection[str] = ()) -> Iterator[TableSet]:
        """Table sets in the order of their linkbases; those with faults are left out, and told."""
        for table in self.definitions.tables:
            if only and table.node.id not in only:
                continue
            made = self.table_set(table)
            if made is not None:
                yield made

    def table_set(self, table: TableDefinition) -> TableSet | None:
        if table.faults:
            return None
        try:
            tables = tuple(self._tables(table))
        except RuleFault as fault:
            self.findings.append(fault.told(table.label, table.node))
            return None
        except XPathError as error:
            self.findings.append(RuleFault(error.code, reason=error.message).told(table.label, table.node))
            return None
        node = table.node
        return TableSet(node.id or "", table.role, self.definitions.labels(node), node.document, node.line, tables)

    def _tables(self, table: TableDefinition) -> Iterator[LayoutTable]:
        own = [
            (name, items(self.parameters[parameter]) if parameter in self.parameters else [])
            for name, parameter in table.parameters
        ]
        count = 1
        for _, each in own:
            count *= len(each)
        if count > MOST_TABLES:
            raise BudgetError(f"the parameters give more than {MOST_TABLES} tables")
        for chosen in product(*(each for _, each in own)):
            given = dict(zip((name for name, _ in own), chosen, strict=True))
            run = Run(self.subject, Budget())
            made = Structure(self.definitions, table, self.subject, run, ChainMap(given, self.parameters), self._facts)
            yield self._table(table, made, given)

    def _table(self, table: TableDefinition, structure: Structure, given: dict[str, Any]) -> LayoutTable:
        resolved = [(each, structure.breakdown(each)) for each in table.breakdowns]
        self._check_aspects(table, structure, resolved)
        headers: dict[Any, Any] = {}
        places: dict[Any, Any] = {}
        for axis in T.AXES:
            on_axis = [(self.definitions.labels(each.node), roots) for each, roots in resolved if each.axis == axis]
            headers[axis], places[axis] = project(on_axis)
        z, y, x = (places[axis] for axis in T.AXES)
        if len(z) * len(y) * len(x) > MOST_CELLS:
            raise BudgetError(f"the table has more than {MOST_CELLS} cells")
        shelf = self._shelf if structure.facts is self._facts else self._shelf_of(structure.facts)

        def facts_at(*at: Place) -> tuple[Fact, ...]:
            if any(each.abstract for each in at):
                return ()
            return shelf.at(constraints(at, frozenset().union(*(each.tags for each in at))))

        cells = tuple(tuple(tuple(facts_at(piece, row, column) for column in x) for row in y) for piece in z)
        return LayoutTable(headers, places, cells, given)

    @cached_property
    def _facts(self) -> list[int]:
        """Items of which is known what they are about and what they say, as pages demand it."""
        return [
            at
            for at, fact in enumerate(self.subject.columns.facts)
            if not fact.is_tuple and fact.context is not None and fact.valid
        ]

    @cached_property
    def _shelf(self) -> Shelf:
        """Of all facts: what tables without filters are filled from."""
        return self._shelf_of(self._facts)

    def _shelf_of(self, chosen: list[int]) -> Shelf:
        facts = self.subject.columns.facts
        return Shelf([facts[at] for at in chosen])

    def _check_aspects(
        self, table: TableDefinition, structure: Structure, resolved: list[tuple[Breakdown, list[StructuralNode]]]
    ) -> None:
        """Breakdowns share no aspect, and one of them gives the concept (Table linkbase 1.0, 6.3)."""
        seen: set[Any] = set()
        for each, roots in resolved:
            own = structure_aspects(roots) | structure.aspects(each)
            clash = own & seen
            if clash:
                name = name_of(next(iter(clash)))
                raise RuleFault("xbrlte:aspectClashBetweenBreakdowns", each.node, aspect=name)
            seen |= own
        if "concept" not in seen:
            raise RuleFault("xbrlte:tableMissingConceptAspect")


def structure_aspects(roots: list[StructuralNode]) -> set[Any]:
    found: set[Any] = set()
    pending = list(roots)
    while pending:
        node = pending.pop()
        found.update(aspect for each in node.sets.values() for aspect in each)
        pending += node.children
    return found
