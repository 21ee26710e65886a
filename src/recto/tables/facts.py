"""Facts as an Arrow table: what belongs to a context, a unit or a concept is made once and taken by index."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Context as DecimalContext
from decimal import Decimal, DecimalException, Inexact, InvalidOperation
from typing import TYPE_CHECKING, Any

from recto.instance.model import Context, Fact, Instance, Unit
from recto.instance.naming import Namer
from recto.names import ROLE_DOCUMENTATION, ROLE_LABEL, QName
from recto.tables.schemas import (
    AMOUNT_PRECISION,
    AMOUNT_SCALE,
    CONCEPT_COLUMNS,
    CONTEXT_COLUMNS,
    FACT_PAGES,
    FACTS,
    arrow_schema,
    axis_columns,
)
from recto.taxonomy.model import Concept, Taxonomy

if TYPE_CHECKING:
    import pyarrow as pa

ENGLISH = ("en-US", "en", "en-GB")
_EXACT = DecimalContext(prec=AMOUNT_PRECISION, traps=[Inexact, InvalidOperation])
_QUANTUM = Decimal(1).scaleb(-AMOUNT_SCALE)

Pages = Mapping[Fact, tuple[Sequence[str], bool]]
"""Fact → (pages that show it, whether its first page turns its sign)."""


def amount(value: Decimal | None) -> Decimal | None:
    """The value if it fits `decimal128(38, 12)` exactly, else None."""
    if value is None or not value.is_finite():
        return None
    try:
        return value.quantize(_QUANTUM, context=_EXACT)
    except DecimalException:
        return None


def standard_label(taxonomy: Taxonomy, concept: Concept) -> str | None:
    return taxonomy.label(concept, ROLE_LABEL, ENGLISH)


def documentation(taxonomy: Taxonomy, concept: Concept) -> str | None:
    return taxonomy.label(concept, ROLE_DOCUMENTATION, ENGLISH)


class _Pool:
    """Distinct objects in order of first use, and for each row the index of its object."""

    def __init__(self) -> None:
        self._index: dict[Hashable, int] = {}
        self.rows: list[int | None] = []

    def add(self, key: Hashable | None) -> None:
        self.rows.append(None if key is None else self._index.setdefault(key, len(self._index)))

    def __iter__(self) -> Any:
        return iter(self._index)

    def spread(self, values: Iterable[Any], type_: pa.DataType) -> pa.Array:
        """One value for each distinct object, spread over the rows."""
        import pyarrow as pa

        return pa.array(list(values), type_).take(pa.array(self.rows, pa.int32()))


def facts_table(
    instances: Sequence[Instance],
    *,
    facts: Iterable[tuple[Instance, Fact]] | None = None,
    axes: Sequence[QName] = (),
    pages: Pages | None = None,
) -> pa.Table:
    """The facts (tuples left out) of some instances, or just those given, with `recto.tables.schemas.FACTS` as columns.

    `axes` adds a column for each axis, named by its prefixed name; `pages` adds `pages` and `presented`.
    """
    import pyarrow as pa

    if facts is None:
        facts = ((each, fact) for each in instances for fact in each.facts if not fact.is_tuple)
    rows = list(facts)
    namers = {each: Namer.of(each) for each in instances}
    schema = arrow_schema(FACTS)
    columns: dict[str, pa.Array] = {}
    columns |= _of_facts(rows, schema)
    columns |= _of_concepts(rows, namers, schema)
    columns |= _of_contexts(rows, namers, schema)
    columns |= _of_units(rows, namers, schema)
    fields, arrays = list(schema), [columns[name] for name in schema.names]
    if pages is not None:
        page_schema = arrow_schema(FACT_PAGES)
        fields += list(page_schema)
        arrays += _of_pages(rows, pages, page_schema)
    namer = next(iter(namers.values())) if namers else Namer()
    for axis, field in zip(axes, arrow_schema(axis_columns(tuple(map(namer.name, axes)))), strict=True):
        fields.append(field)
        arrays.append(pa.array([_member(namers[i], f, axis) for i, f in rows], pa.string()))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _member(namer: Namer, fact: Fact, axis: QName) -> str | None:
    member = fact.dimensions.get(axis)
    return None if member is None else namer.member(member)


def _of_facts(rows: list[tuple[Instance, Fact]], schema: pa.Schema) -> dict[str, pa.Array]:
    import pyarrow as pa

    facts = [fact for _, fact in rows]
    values: dict[str, list[Any]] = {
        "id": [f.id for f in facts],
        "language": [None if f.is_numeric else f.language for f in facts],
        "value": [None if f.nil else f.value for f in facts],
        "number": [amount(f.number) for f in facts],
        "decimals": [f.decimals if isinstance(f.decimals, int) else None for f in facts],
        "is_exact": [None if f.decimals is None else f.decimals == "INF" for f in facts],
        "nil": [f.nil for f in facts],
        "numeric": [f.is_numeric for f in facts],
        "unit_id": [f.unit_id for f in facts],
        "hidden": [f.hidden for f in facts],
        "valid": [f.valid for f in facts],
        "document": [f.document for f in facts],
        "line": [f.line or None for f in facts],
        "instance": [i.url for i, _ in rows],
    }
    return {name: pa.array(column, schema.field(name).type) for name, column in values.items()}


def _of_concepts(
    rows: list[tuple[Instance, Fact]], namers: Mapping[Instance, Namer], schema: pa.Schema
) -> dict[str, pa.Array]:
    pool = _Pool()
    for instance, fact in rows:
        pool.add((instance, fact.qname, fact.concept))
    described = [describe_concept(namers[i], i.taxonomy, qname, concept) for i, qname, concept in pool]
    return {n: pool.spread((d[k] for d in described), schema.field(n).type) for k, n in enumerate(CONCEPT_COLUMNS)}


def describe_concept(namer: Namer, taxonomy: Taxonomy, qname: QName, concept: Concept | None) -> tuple[Any, ...]:
    """Values of `CONCEPT_COLUMNS`."""
    if concept is None:
        return (namer.name(qname), qname.namespace, None, None, None, None)
    data_type = concept.type.qname.clark if concept.type is not None else None
    return (
        namer.name(qname),
        qname.namespace,
        standard_label(taxonomy, concept),
        concept.balance,
        concept.period_type,
        data_type,
    )


def _of_contexts(
    rows: list[tuple[Instance, Fact]], namers: Mapping[Instance, Namer], schema: pa.Schema
) -> dict[str, pa.Array]:
    pool = _Pool()
    for instance, fact in rows:
        pool.add((instance, fact.context))
    described = [describe_context(namers[i], i.taxonomy, context) for i, context in pool]
    return {n: pool.spread((d[k] for d in described), schema.field(n).type) for k, n in enumerate(CONTEXT_COLUMNS)}


def describe_context(namer: Namer, taxonomy: Taxonomy, context: Context | None) -> tuple[Any, ...]:
    """Values of `CONTEXT_COLUMNS`."""
    if context is None:
        return (None,) * 7 + ([],)
    period = context.period
    last = period.last_day
    return (
        context.scheme,
        context.identifier,
        period.oim,
        period.start,
        period.end,
        period.start.date() if period.start else None,
        last.date() if last else None,
        [_describe_member(namer, taxonomy, axis, member) for axis, member in context.dimensions.items()],
    )


def _describe_member(namer: Namer, taxonomy: Taxonomy, axis: QName, member: Any) -> dict[str, Any]:
    explicit = isinstance(member, QName)
    return {
        "axis": namer.name(axis),
        "member": namer.member(member),
        "typed": not explicit,
        "axis_label": _label_of(taxonomy, axis),
        "member_label": _label_of(taxonomy, member) if explicit else None,
    }


def _label_of(taxonomy: Taxonomy, name: QName) -> str | None:
    concept = taxonomy.concept(name)
    return None if concept is None else standard_label(taxonomy, concept)


def _of_units(
    rows: list[tuple[Instance, Fact]], namers: Mapping[Instance, Namer], schema: pa.Schema
) -> dict[str, pa.Array]:
    pool = _Pool()
    for instance, fact in rows:
        pool.add(None if fact.unit is None else (instance, fact.unit))

    def written(key: tuple[Instance, Unit]) -> str:
        return namers[key[0]].unit(key[1])

    return {"unit": pool.spread(map(written, pool), schema.field("unit").type)}


def _of_pages(rows: list[tuple[Instance, Fact]], pages: Pages, schema: pa.Schema) -> list[pa.Array]:
    import pyarrow as pa

    shown = [pages.get(fact, ((), False)) for _, fact in rows]
    presented = [
        None if not names or (number := amount(fact.number)) is None else (-number if turned else number)
        for (_, fact), (names, turned) in zip(rows, shown, strict=True)
    ]
    return [
        pa.array([list(names) for names, _ in shown], schema.field("pages").type),
        pa.array(presented, schema.field("presented").type),
    ]
