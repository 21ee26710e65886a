"""What comes of the formulas and tables of a filing's DTS (Formula 1.0, Table linkbase 1.0), kept once made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from recto.errors import UsageError
from recto.findings import Findings

if TYPE_CHECKING:
    from recto.filed import Filed
    from recto.formula.evaluate import Outcomes
    from recto.instance.model import Instance
    from recto.rendering.model import Report
    from recto.tablelinkbase.model import TableSet
    from recto.tablelinkbase.tables import TableOutcomes
    from recto.taxonomy.store import Store


class Computed:
    """Outcomes by instance and by what was asked. What two threads make at once is equal, and the first stays."""

    def __init__(self) -> None:
        self._tables: dict[int, TableOutcomes] = {}
        self._formulas: dict[tuple[int, tuple[str, ...], tuple[str, ...]], Outcomes] = {}

    def formulas(
        self,
        filing: Filed,
        number: int,
        only: Collection[str],
        languages: Sequence[str],
        instances: Mapping[str, Instance] | None,
    ) -> Outcomes:
        """Those of one instance. Outcomes that took further instances are not kept."""
        from recto.formula.evaluate import evaluate

        instance = instance_of(filing, number)
        if instances:
            return evaluate(instance, parameters=filing.parameters, only=only, languages=languages, instances=instances)
        key = (number, tuple(only), tuple(languages))
        known = self._formulas.get(key)
        if known is None:
            made = evaluate(instance, parameters=filing.parameters, only=only, languages=languages)
            known = self._formulas.setdefault(key, made)
        return known

    def tables(self, filing: Filed, number: int) -> TableOutcomes:
        from recto.tablelinkbase.tables import made_tables

        instance = instance_of(filing, number)
        known = self._tables.get(number)
        if known is None:
            known = self._tables.setdefault(number, made_tables(instance, filing.parameters))
        return known


def instance_of(filing: Filed, number: int) -> Instance:
    """Raises `UsageError` where the filing has no such instance."""
    if not 0 <= number < len(filing.instances):
        there = f"there is no report {number}" if filing.instances else "the source holds no report"
        raise UsageError(there, document=filing.name)
    return filing.instances[number]


def drawn_tables(filing: Filed, instance: Instance) -> tuple[TableSet, ...]:
    """The tables of an instance for its pages; none is asked for where the DTS draws none."""
    from recto.tablelinkbase.names import ARC_BREAKDOWN

    if ARC_BREAKDOWN not in instance.taxonomy.arcroles():
        return ()
    return filing.table_outcomes(filing.instances.index(instance)).sets


def pages_of_table(filing: Filed, table: str, languages: Sequence[str], store: Store | None) -> list[Report]:
    """A table of the DTS by its id as pages. Raises `UsageError` where the DTS has no such table."""
    from recto.desk import PageDesk
    from recto.rendering.table_pages import table_pages
    from recto.rendering.view import View

    outcomes = filing.table_outcomes()
    sets = [each for each in outcomes.sets if each.id == table]
    if not sets:
        from difflib import get_close_matches

        names = [each.id for each in outcomes.sets if each.id]
        near = get_close_matches(table, names, 3, 0.4)
        hint = f": did you mean {', '.join(near)}?" if near else f": the DTS has {len(names)} tables"
        raise UsageError(f"there is no table {table!r}{hint}", document=filing.name)
    view = View(filing.instances[0], languages, Findings(), regime=filing.regime, store=store)
    pages = table_pages(sets, view, 1, empty=True)
    for page in pages:
        page.desk = PageDesk()
    return pages
