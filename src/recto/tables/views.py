"""Concepts, labels, relationships, reports and report cells as Arrow tables (schemas in `recto.tables.schemas`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from recto.instance.model import Fact, Instance
from recto.instance.naming import Namer
from recto.names import QName
from recto.tables.facts import Describer, amount, decimals_column, documentation, float_of, standard_label
from recto.tables.schemas import CELLS, CONCEPTS, LABELS, READ, RELATIONSHIPS, REPORTS, ColumnSpec, arrow_schema
from recto.taxonomy.model import Concept, Described

if TYPE_CHECKING:
    import pyarrow as pa


class ReportLike(Protocol):
    """What the tables read of a report page (`recto.rendering.model.Report`; this room does not import that one)."""

    stem: str
    number: int
    role: str
    title: str
    short_name: str
    long_name: str
    category: str
    scale: str
    columns: Any
    rows: Any
    instance: Instance | None


def _table(columns: tuple[ColumnSpec, ...], rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    import pyarrow as pa

    schema = arrow_schema(columns)
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(column, field.type) for column, field in zip(values, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def used_concepts(instance: Instance) -> list[Concept]:
    """Concepts of the facts, axes and members that the instance reports, in order of first use."""
    found: dict[Concept, None] = {}
    for fact in instance.facts:
        if fact.concept is not None:
            found.setdefault(fact.concept)
    for context in instance.contexts.values():
        for pair in context.dimensions.items():
            for name in pair:
                concept = instance.taxonomy.concept(name) if isinstance(name, QName) else None
                if concept is not None:
                    found.setdefault(concept)
    return list(found)


def concepts_table(instance: Instance, *, whole: bool = False, described: Described | None = None) -> pa.Table:
    """The concepts that the instance uses; the DTS's, all of them, if `whole`.

    `described`: where their documentation is to be had, if the DTS's own labels are not all.
    """
    described = described or instance.taxonomy
    namer = Namer.of(instance)
    concepts: Iterable[Concept] = instance.taxonomy.concepts() if whole else used_concepts(instance)
    return _table(CONCEPTS, (_concept_row(described, namer, concept) for concept in concepts))


def _concept_row(described: Described, namer: Namer, concept: Concept) -> tuple[Any, ...]:
    item_type = concept.type.item_type if concept.type is not None else None
    return (
        namer.name(concept.qname),
        concept.qname.namespace,
        concept.qname.local,
        concept.id,
        concept.kind,
        concept.type.qname.clark if concept.type is not None else None,
        item_type.local if item_type is not None else None,
        concept.is_numeric,
        concept.abstract,
        concept.nillable,
        concept.period_type,
        concept.balance,
        standard_label(described, concept),
        documentation(described, concept),
        concept.document,
        concept.line,
    )


def labels_table(instance: Instance, *, described: Described | None = None) -> pa.Table:
    """Every label of the concepts that the instance uses; `described`: as for `concepts_table`."""
    described = described or instance.taxonomy
    namer = Namer.of(instance)
    return _table(
        LABELS,
        (
            (namer.name(concept.qname), each.role, each.language, each.text, each.link_role, each.document, each.line)
            for concept in used_concepts(instance)
            for each in described.labels(concept)
        ),
    )


def relationships_table(instance: Instance, arcroles: Sequence[str] | None = None) -> pa.Table:
    """The effective relationships of the given arcroles, or of all, network by network."""
    taxonomy, namer = instance.taxonomy, Namer.of(instance)
    return _table(
        RELATIONSHIPS,
        (
            (
                *(each.arcrole, each.role, taxonomy.role_definition(role)),
                *(namer.name(each.source.qname), namer.name(each.target.qname)),
                *(each.order, float_of(each.weight), each.preferred_label, each.target_role),
                *(each.context_element, each.closed, each.usable, each.document, each.line),
            )
            for arcrole in (taxonomy.arcroles() if arcroles is None else arcroles)
            for role in taxonomy.roles(arcrole)
            for each in taxonomy.network(arcrole, role).relationships
        ),
    )


def reports_table(reports: Sequence[ReportLike]) -> pa.Table:
    return _table(
        REPORTS,
        (
            (
                r.stem,
                r.number,
                r.role,
                r.title,
                r.short_name,
                r.long_name,
                r.category,
                r.scale,
                len(r.rows),
                len(r.columns),
            )
            for r in reports
        ),
    )


def cells_table(reports: Sequence[ReportLike]) -> pa.Table:
    """Every cell that shows a fact, one row for each fact that it shows."""
    return _table(CELLS, (row for report in reports for row in _cell_rows(report)))


def _cell_rows(report: ReportLike) -> Iterable[tuple[Any, ...]]:
    if report.instance is None:
        return
    instance = report.instance
    describer = Describer(Namer.of(instance), instance.taxonomy)
    section: str | None = None
    for number, row in enumerate(report.rows):
        if row.kind == "section":
            section = row.label
        negated = is_negated(row.label_role)
        for position, cell in enumerate(row.cells):
            for fact in cell.facts:
                exact = fact.number
                value = float_of(exact)
                *_, start, end, members = describer.context(fact.context)
                unit = None if fact.unit is None else describer.namer.unit(fact.unit)
                yield (
                    *(report.stem, number, position, row.kind, row.depth),
                    *(describer.namer.name(fact.qname), row.label, row.label_role),
                    *(section, list(report.columns[position].labels), start, end, unit, members, cell.text),
                    *(None if fact.nil or not fact.valid else fact.value, value, amount(exact)),
                    *(-value if negated and value is not None else value, decimals_column(fact.decimals)),
                    *(fact.id, instance.url),
                )


def is_negated(label_role: str | None) -> bool:
    """A negated label turns the sign that a page shows (rendering.md 19.5)."""
    return label_role is not None and "negated" in label_role


def pages_of(reports: Sequence[ReportLike]) -> dict[Fact, tuple[list[str], bool]]:
    """Fact → (pages that show it, whether the first of them turns its sign)."""
    found: dict[Fact, tuple[list[str], bool]] = {}
    for report in reports:
        for row in report.rows:
            for cell in row.cells:
                for fact in cell.facts:
                    pages, _ = found.setdefault(fact, ([], is_negated(row.label_role)))
                    if not pages or pages[-1] != report.stem:
                        pages.append(report.stem)
    return found


def read_table(pages: Sequence[tuple[str, Any]]) -> pa.Table:
    """The facts of pages read back: (file name, `recto.rendering.reading.ReadPage`) pairs."""
    return _table(READ, (_read_row(name, page.title, fact) for name, page in pages for fact in page.facts))


def _read_row(name: str, title: str, fact: Any) -> tuple[Any, ...]:
    return (
        *(name, title, fact.row, fact.column, list(fact.candidates), list(fact.path), fact.label, fact.element),
        *([f"{axis}={member}" for axis, member in fact.members], list(fact.headings), fact.months, fact.end),
        fact.moment,
        *(fact.unit, list(fact.unit_candidates), fact.text),
        *(None if fact.value is None else format(fact.value, "f"), float_of(fact.value)),
        amount(fact.value),
        *(fact.decimals, fact.nil, fact.data_type),
    )
