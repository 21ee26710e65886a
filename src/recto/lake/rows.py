"""A filing as rows of the lake's tables."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from recto.instance.model import Context, Fact, Footnote, Instance
from recto.lake.cover import Cover
from recto.lake.names import Names, standard_prefix
from recto.lake.schemas import DATA, SORTED, TABLES, arrow_schema
from recto.names import ARC_CONCEPT_LABEL, ARC_CONCEPT_REFERENCE, ARC_FACT_FOOTNOTE
from recto.tables.facts import amount, decimals_column, documentation, standard_label
from recto.tables.views import is_negated, used_concepts

if TYPE_CHECKING:
    import pyarrow as pa

    from recto.filing import Filing
    from recto.findings import Finding
    from recto.rendering.model import Report

Rows = dict[str, list[tuple[Any, ...]]]
"""Of each table, in the order in which its files have those of one filing. A row of `cells` tells whether the page
turns the sign, in place of `number` and `presented`: these are its fact's."""
LONG = 1000
"""Characters from which a text goes to `texts` alone."""
_BASES = ("us-gaap", "ifrs-full", "ifrs")
_TO_RESOURCES = frozenset((ARC_CONCEPT_LABEL, ARC_CONCEPT_REFERENCE, ARC_FACT_FOOTNOTE))
"""Arcroles whose arcs lead from a concept or fact to a resource (XBRL 2.1, 4.11.1.3.1, 5.2.2.3, 5.2.3.3)."""


class FilingRows:
    """What a filing adds to each data table, and its own row of `filings` (without batch, run and times)."""

    __slots__ = ("filing", "rows")

    def __init__(self, filing: dict[str, Any], rows: Rows):
        self.filing = filing
        self.rows = rows

    def tables(self) -> dict[str, pa.Table]:
        """The tables that it has rows in."""
        from recto.lake.store import to_table

        made = {name: to_table(name, rows) for name, rows in self.rows.items() if rows and name != "cells"}
        if self.rows["cells"]:
            made["cells"] = _cells_table(self.rows["cells"], made.get("facts"))
        return made


def read(filing: Filing, key: str, known: dict[str, Any], *, pages: bool) -> FilingRows:
    """Reads a filing whole. `known` is what its listing or header tells: it goes before what the cover says.

    Raises what reading raises; layout that fails is a finding of the filing.
    """
    instances = filing.instances
    names = [Names(each) for each in instances]
    facts = [(number, fact) for number, each in enumerate(instances) for fact in each.facts if not fact.is_tuple]
    cover = Cover.of(filing, [fact for _, fact in facts], known)
    rows: Rows = {name: [] for name in DATA}
    rows["facts"], rows["texts"] = _facts(facts, names, key, cover.accepted)
    numbers = {fact: number for number, (_, fact) in enumerate(facts)}
    for instance, each in zip(instances, names, strict=True):
        _concepts(instance, each, key, rows)
        _arcs(instance, each, key, rows["arcs"])
        _footnotes(instance, key, numbers, rows["footnotes"])
    if pages:
        reports = filing.reports
        used = {instance.url: each for instance, each in zip(instances, names, strict=True)}
        kinds = _statements(reports)
        for report in sorted(reports, key=lambda each: each.stem):
            _page(report, kinds.get(report.stem), key, rows["pages"])
            _cells(report, used, key, numbers, rows["cells"])
    rows["pages"].sort(key=itemgetter(2))
    for name in ("labels", "arcs", "footnotes"):
        rows[name].sort(key=_columns(name, *SORTED[name]))
    rows["findings"] = [finding_row(key, each) for each in filing.findings]
    row: dict[str, Any] = cover.row()
    row |= _basis(facts) | {name: len(rows[name]) for name in DATA}
    row |= {"filing": key, "status": "ok", "name": filing.name, "with_pages": pages}
    row["checksum"] = checksum(rows["facts"], rows["texts"])
    return FilingRows(row, rows)


def finding_row(key: str, finding: Finding) -> tuple[Any, ...]:
    return (
        *(key, finding.code, finding.severity, finding.message, finding.document, finding.line, finding.element),
        finding.specification,
    )


def _facts(
    facts: Sequence[tuple[int, Fact]], names: Sequence[Names], key: str, accepted: datetime | None
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    rows, texts = [], []
    contexts: dict[Context, tuple[Any, ...]] = {}
    units: dict[Any, str] = {}
    files: dict[str, str] = {}
    for number, (instance, fact) in enumerate(facts):
        writer = names[instance]
        context = fact.context
        if context is None:
            placed: tuple[Any, ...] = _NOWHERE
        else:
            found = contexts.get(context)
            placed = found if found is not None else contexts.setdefault(context, _context(context, writer))
        unit = fact.unit
        if unit is not None and unit not in units:
            units[unit] = writer.namer.unit(unit)
        concept = writer.name(fact.qname)
        numeric = fact.is_numeric
        value: str | None = None if fact.nil or not fact.valid else fact.value
        if value is not None and not numeric and (len(value) > LONG or _is_block(fact)):
            markup = "<" in value
            texts.append((key, number, accepted, placed[1], concept, placed[3], fact.language, markup, value))
            value = None
        document = files.get(fact.document)
        if document is None:
            document = files[fact.document] = fact.document.rpartition("/")[2]
        decimals = fact.decimals
        rows.append(
            (
                *(key, number, accepted, *placed[:2], concept, *placed[2:5]),
                None if unit is None else units[unit],
                *placed[5:],
                value,
                amount(fact.number) if numeric else None,
                decimals_column(decimals),
                None if decimals is None else decimals == "INF",
                *(fact.nil, fact.valid, fact.hidden, None if numeric else fact.language),
                *(fact.id, instance, document, fact.line or None),
            )
        )
    return rows, texts


_NOWHERE = (None, None, None, None, None, 0, None)


def _context(context: Context, names: Names) -> tuple[Any, ...]:
    """scheme, entity, start, end, period (where it is not of whole days), axes, dimensions."""
    period = context.period
    start, end, last = period.start, period.end, period.last_day
    whole = end is None or (
        (start is None or (start.hour, start.minute, start.second) == (0, 0, 0))
        and (end.hour, end.minute, end.second) == (0, 0, 0)
        and not any(period.zones)
    )
    return (
        *(context.scheme, context.identifier),
        *(start.date() if start else None, last.date() if last else None, None if whole else period.oim),
        *(len(context.dimensions), names.dimensions(context)),
    )


def _is_block(fact: Fact) -> bool:
    type_ = fact.concept.type if fact.concept is not None else None
    return type_ is not None and "textBlock" in type_.qname.local


def _concepts(instance: Instance, names: Names, key: str, rows: Rows) -> None:
    taxonomy = instance.taxonomy
    own = {url for url, each in taxonomy.documents.items() if each.local}
    for concept in used_concepts(instance):
        item_type = concept.type.item_type if concept.type is not None else None
        mine = concept.document in own
        name = names.name(concept.qname)
        rows["concepts"].append(
            (
                *(key, name, names.namer.name(concept.qname), concept.qname.namespace, concept.qname.local, mine),
                concept.kind,
                concept.type.qname.clark if concept.type is not None else None,
                item_type.local if item_type is not None else None,
                *(concept.is_numeric, concept.abstract, concept.nillable, concept.period_type, concept.balance),
                standard_label(taxonomy, concept),
                documentation(taxonomy, concept) if mine else None,
            )
        )
        rows["labels"] += [
            (key, name, each.role, each.language, each.text)
            for each in taxonomy.labels(concept)
            if each.document in own
        ]


def _arcs(instance: Instance, names: Names, key: str, rows: list[tuple[Any, ...]]) -> None:
    """Presentation, calculation, definition and other arcs between concepts that the filing itself draws."""
    taxonomy = instance.taxonomy
    own = {url for url, each in taxonomy.documents.items() if each.local}
    for arcrole in taxonomy.arcroles():
        if arcrole in _TO_RESOURCES:
            continue
        for role in taxonomy.own_link_roles(arcrole):  # those of standard taxonomies alone are a hundred times as many
            definition = taxonomy.role_definition(role)
            for each in taxonomy.network(arcrole, role).relationships:
                if each.document in own:
                    rows.append(
                        (
                            *(key, arcrole, role, definition),
                            *(names.name(each.source.qname), names.name(each.target.qname)),
                            *(each.order, amount(each.weight), each.preferred_label),
                        )
                    )


def _footnotes(instance: Instance, key: str, numbers: dict[Fact, int], rows: list[tuple[Any, ...]]) -> None:
    for fact, links in instance.links.items():
        number = numbers.get(fact)
        if number is None:
            continue
        notes = [link for link in links if isinstance(link.target, Footnote)]
        for position, link in enumerate(notes):
            note = link.target
            assert isinstance(note, Footnote)
            rows.append(
                (
                    *(key, number, position, note.text, note.role, note.language, link.arcrole),
                    *(note.document.rpartition("/")[2], note.line or None),
                )
            )


def _statements(reports: Sequence[Report]) -> dict[str, str]:
    """Which pages are primary statements, by their stems."""
    from recto.statements.find import find_statements

    found: dict[str, str] = {}
    filed_as = [each for each in reports if each.category == "Statements"]  # the others need not be looked at
    for kind, pages in find_statements(filed_as or reports).items():
        if kind != "cover":
            for each in pages:
                found.setdefault(each.stem, kind)
    return found


def _page(report: Report, statement: str | None, key: str, rows: list[tuple[Any, ...]]) -> None:
    rows.append(
        (
            *(key, report.stem, report.number, report.role, statement, report.title, report.short_name),
            *(report.long_name, report.category, report.scale, len(report.rows), len(report.columns)),
        )
    )


def _cells(
    report: Report, used: dict[str, Names], key: str, numbers: dict[Fact, int], rows: list[tuple[Any, ...]]
) -> None:
    names = used.get(report.instance.url) if report.instance is not None else None
    headings = [" | ".join(column.labels) for column in report.columns]
    for number, row in enumerate(report.rows):
        concept = names.name(row.concept.qname) if names is not None and row.concept is not None else None
        head = (key, report.stem, number)
        about = (row.kind, row.depth, concept, row.label, row.label_role)
        negated = is_negated(row.label_role)
        shown = False
        for column, cell in enumerate(row.cells):
            for fact in cell.facts:
                at = numbers.get(fact)
                if at is None:
                    continue
                shown = True
                rows.append(
                    (
                        *(*head, column, *about, headings[column] if column < len(headings) else None),
                        *(cell.text if len(cell.text) <= LONG and cell.kind != "html" else None, negated, at),
                    )
                )
        if not shown:
            rows.append((*head, None, *about, None, None, None, None))


def _cells_table(rows: Sequence[tuple[Any, ...]], facts: pa.Table | None) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = arrow_schema("cells")
    *columns, turned, at = zip(*rows, strict=True)
    number, presented, fact = schema.field("number"), schema.field("presented"), schema.field("fact")
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=False)]
    shown = pa.array(at, fact.type)
    told = pa.nulls(len(rows), number.type) if facts is None else facts["number"].combine_chunks().take(shown)
    signed = pc.if_else(pa.array(turned, pa.bool_()), pc.negate(told), told)
    return pa.Table.from_arrays([*arrays, told, signed.cast(presented.type), shown], schema=schema)


def _basis(facts: Iterable[tuple[int, Fact]]) -> dict[str, Any]:
    counts: Counter[str] = Counter(fact.qname.namespace for _, fact in facts)
    for namespace, _ in counts.most_common():
        prefix = standard_prefix(namespace)
        if prefix in _BASES:
            return {"basis": prefix, "taxonomy": namespace}
    return {"basis": None, "taxonomy": None}


def _columns(table: str, *names: str) -> itemgetter[Any]:
    """What picks these columns of a row."""
    order = [column.name for column in TABLES[table]]
    return itemgetter(*map(order.index, names))


_CHECKED = _columns(
    *("facts", "fact", "scheme", "entity", "concept", "start", "end", "period", "unit", "dimensions", "value"),
    *("decimals", "is_exact", "nil", "valid", "language", "id", "document", "line"),
)
_TEXT = _columns("texts", "fact", "concept", "text")


def checksum(facts: Iterable[Sequence[Any]], texts: Iterable[Sequence[Any]]) -> str:
    """A digest of a filing's rows of `facts` and `texts`, in the order of the facts."""
    digest = hashlib.blake2b(digest_size=16)
    for rows, chosen in ((facts, _CHECKED), (texts, _TEXT)):
        for row in rows:
            line = "\x1f".join(  # of a date, `str` is how ISO 8601 writes it
                [each if each.__class__ is str else "\x00" if each is None else str(each) for each in chosen(row)]
            )
            digest.update(f"{line}\x1e".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
