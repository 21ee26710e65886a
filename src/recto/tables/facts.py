"""Facts as an Arrow table: what belongs to a context, a unit or a concept is made once and taken by index."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Context as DecimalContext
from decimal import Decimal, DecimalException, Inexact, InvalidOperation
from typing import TYPE_CHECKING, Any

from recto.arithmetic import number_of
from recto.instance.model import Context, Fact, Instance, Member, Period, Unit
from recto.instance.naming import Namer
from recto.names import ROLE_DOCUMENTATION, ROLE_LABEL, QName
from recto.tables.schemas import (
    AMOUNT_PRECISION,
    AMOUNT_SCALE,
    CONCEPT_COLUMNS,
    CONTEXT_COLUMNS,
    FACT_FISCAL,
    FACT_PAGES,
    FACTS,
    arrow_schema,
    axis_columns,
)
from recto.taxonomy.model import Concept, Described, Taxonomy

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


def float_of(value: Decimal | None) -> float | None:
    """The nearest float; infinite beyond all floats, None for none and for NaN."""
    return None if value is None or value.is_nan() else float(value)


def decimals_column(decimals: object) -> int | None:
    """`decimals` as the column holds it: None where absent, INF, or so large that no number could have it."""
    return decimals if isinstance(decimals, int) and abs(decimals) < 1 << 31 else None


def standard_label(described: Described, concept: Concept) -> str | None:
    return described.label(concept, ROLE_LABEL, ENGLISH)


def documentation(described: Described, concept: Concept) -> str | None:
    return described.label(concept, ROLE_DOCUMENTATION, ENGLISH)


def spread(
    keys: Sequence[Hashable], described: Callable[[Any], Sequence[Any]], names: Sequence[str], schema: pa.Schema
) -> dict[str, pa.Array]:
    """Columns of what follows from something that rows share; `described` gives the values for one of the keys."""
    import pyarrow as pa

    index = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    rows = pa.array([index[key] for key in keys], pa.int32())
    values = [described(key) for key in index]
    return {
        name: pa.array([each[at] for each in values], schema.field(name).type).take(rows)
        for at, name in enumerate(names)
    }


def numbers(texts: Sequence[str | None] | pa.Array) -> dict[str, pa.Array]:
    """The columns `number` and `exact` of the values of numeric facts, which are all read at once where none of them is
    beyond what `exact` holds.
    """
    import pyarrow as pa

    exact = arrow_schema(FACTS).field("exact").type
    try:
        written = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
        return {"exact": written.cast(exact), "number": written.cast(pa.float64())}
    except pa.ArrowInvalid:
        values = [
            None if text is None else number_of(text)
            for text in (texts.to_pylist() if isinstance(texts, pa.Array) else texts)
        ]
        return {
            "exact": pa.array(list(map(amount, values)), exact),
            "number": pa.array(list(map(float_of, values)), pa.float64()),
        }


def facts_table(
    instances: Sequence[Instance],
    *,
    facts: Iterable[tuple[Instance, Fact]] | None = None,
    axes: Sequence[QName] = (),
    labels: bool = False,
    pages: Pages | None = None,
    fiscal: bool = False,
) -> pa.Table:
    """The facts (tuples left out) of some instances, or just those given, with `recto.tables.schemas.FACTS` as columns.

    `axes` adds a column for each axis, named by its prefixed name; with `labels` also one for its members' labels,
    `AXIS label`. `pages` adds `pages` and `presented`, `fiscal` the columns of `FACT_FISCAL`.
    """
    import pyarrow as pa

    if facts is None:
        facts = ((each, fact) for each in instances for fact in each.facts if not fact.is_tuple)
    rows = list(facts)
    namers = {each: Namer.of(each) for each in instances}
    schema = arrow_schema(FACTS)
    columns: dict[str, pa.Array] = {}
    columns |= _of_facts(rows, schema)
    describers = {each: Describer(namer, each.taxonomy) for each, namer in namers.items()}
    columns |= _of_concepts(rows, describers, schema)
    columns |= _of_contexts(rows, describers, schema)
    columns |= _of_units(rows, namers, schema)
    fields, arrays = list(schema), [columns[name] for name in schema.names]
    if pages is not None:
        page_schema = arrow_schema(FACT_PAGES)
        fields += list(page_schema)
        arrays += _of_pages(rows, pages, page_schema)
    if fiscal:
        fiscal_schema = arrow_schema(FACT_FISCAL)
        fields += list(fiscal_schema)
        arrays += _of_fiscal(rows, fiscal_schema)
    namer = next(iter(namers.values())) if namers else Namer()
    for axis, field in zip(axes, arrow_schema(axis_columns(tuple(map(namer.name, axes)))), strict=True):
        fields.append(field)
        arrays.append(pa.array([_member(namers[i], f, axis) for i, f in rows], pa.string()))
        if labels:
            fields.append(pa.field(f"{field.name} label", pa.string()))
            arrays.append(pa.array([_member_label(describers[i], f, axis) for i, f in rows], pa.string()))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _member(namer: Namer, fact: Fact, axis: QName) -> str | None:
    member = fact.dimensions.get(axis)
    return None if member is None else namer.member(member)


def _member_label(describer: Describer, fact: Fact, axis: QName) -> str | None:
    member = fact.dimensions.get(axis)
    if member is None or not isinstance(member, QName):
        return None if member is None else member.text
    return describer.label(member)


def _of_fiscal(rows: list[tuple[Instance, Fact]], schema: pa.Schema) -> list[pa.Array]:
    import pyarrow as pa

    places = [fact.fiscal for _, fact in rows]
    covers = [instance.home.calendar for instance, _ in rows]
    columns: list[list[Any]] = [
        [None if place is None else place.year for place in places],
        [None if place is None else place.quarter for place in places],
        [None if place is None else place.name for place in places],
        [cover.cover_year for cover in covers],
        [cover.cover_period for cover in covers],
    ]
    return [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]


def _of_facts(rows: list[tuple[Instance, Fact]], schema: pa.Schema) -> dict[str, pa.Array]:
    import pyarrow as pa

    facts = [fact for _, fact in rows]
    concepts = {concept: concept.is_numeric for concept in {fact.concept for fact in facts} if concept is not None}
    numeric = [f.unit_id is not None if f.concept is None else concepts[f.concept] for f in facts]
    texts = [None if f.nil or not f.valid else f.value for f in facts]
    values: dict[str, list[Any]] = {
        "id": [f.id for f in facts],
        "language": [None if number else f.language for f, number in zip(facts, numeric, strict=True)],
        "value": texts,
        "decimals": [decimals_column(f.decimals) for f in facts],
        "is_exact": [None if f.decimals is None else f.decimals == "INF" for f in facts],
        "nil": [f.nil for f in facts],
        "numeric": numeric,
        "unit_id": [f.unit_id for f in facts],
        "hidden": [f.hidden for f in facts],
        "valid": [f.valid for f in facts],
        "document": [f.document for f in facts],
        "line": [f.line or None for f in facts],
        "instance": [i.url for i, _ in rows],
        "target": [i.target for i, _ in rows],
    }
    made = {name: pa.array(column, schema.field(name).type) for name, column in values.items()}
    return made | numbers([text if wanted else None for text, wanted in zip(texts, numeric, strict=True)])


def _of_concepts(
    rows: list[tuple[Instance, Fact]], describers: Mapping[Instance, Describer], schema: pa.Schema
) -> dict[str, pa.Array]:
    def described(key: tuple[Instance, QName, Concept | None]) -> tuple[Any, ...]:
        return describers[key[0]].concept(key[1], key[2])

    return spread([(i, f.qname, f.concept) for i, f in rows], described, CONCEPT_COLUMNS, schema)


class Describer:
    """What columns say of concepts and contexts, in one filing's names; what recurs (periods, members) is said once."""

    def __init__(self, namer: Namer, taxonomy: Taxonomy):
        self.namer = namer
        self.taxonomy = taxonomy
        self._periods: dict[Period, tuple[Any, ...]] = {}
        self._members: dict[tuple[QName, QName], dict[str, Any]] = {}

    def concept(self, qname: QName, concept: Concept | None) -> tuple[Any, ...]:
        """Values of `CONCEPT_COLUMNS`."""
        if concept is None:
            return (self.namer.name(qname), qname.namespace, None, None, None, None)
        return (
            self.namer.name(qname),
            qname.namespace,
            standard_label(self.taxonomy, concept),
            concept.balance,
            concept.period_type,
            concept.type.qname.clark if concept.type is not None else None,
        )

    def context(self, context: Context | None) -> tuple[Any, ...]:
        """Values of `CONTEXT_COLUMNS`."""
        if context is None:
            return (None,) * 7 + ([],)
        members = [self._member(axis, member) for axis, member in context.dimensions.items()]
        return (context.scheme, context.identifier, *self._period(context.period), members)

    def _period(self, period: Period) -> tuple[Any, ...]:
        found = self._periods.get(period)
        if found is None:
            start, end = (
                None if exact else at for at, exact in zip((period.start, period.end), period.exact, strict=True)
            )
            days = (start.date() if start else None, _last_date(period))
            found = self._periods[period] = (period.oim, start, end, *days)
        return found

    def _member(self, axis: QName, member: Member) -> dict[str, Any]:
        if not isinstance(member, QName):
            return self._pair(axis, member.text, True, None)
        found = self._members.get((axis, member))
        if found is None:
            found = self._pair(axis, self.namer.name(member), False, self.label(member))
            self._members[axis, member] = found
        return found

    def _pair(self, axis: QName, member: str, typed: bool, label: str | None) -> dict[str, Any]:
        return {
            "axis": self.namer.name(axis),
            "member": member,
            "typed": typed,
            "axis_label": self.label(axis),
            "member_label": label,
        }

    def label(self, name: QName) -> str | None:
        concept = self.taxonomy.concept(name)
        return None if concept is None else standard_label(self.taxonomy, concept)


def _last_date(period: Period) -> date | None:
    """The last day; None for forever, and where `date` cannot hold it."""
    day = period.days[1] if period.exact[1] else None
    if day is not None:
        return date.fromisoformat(day) if len(day) == 10 and day[0] != "-" else None
    last = None if period.exact[1] else period.last_day
    return None if last is None else last.date()


def _of_contexts(
    rows: list[tuple[Instance, Fact]], describers: Mapping[Instance, Describer], schema: pa.Schema
) -> dict[str, pa.Array]:
    def described(key: tuple[Instance, Context | None]) -> tuple[Any, ...]:
        return describers[key[0]].context(key[1])

    return spread([(i, f.context) for i, f in rows], described, CONTEXT_COLUMNS, schema)


def _of_units(
    rows: list[tuple[Instance, Fact]], namers: Mapping[Instance, Namer], schema: pa.Schema
) -> dict[str, pa.Array]:
    def described(key: tuple[Instance, Unit | None]) -> tuple[str | None]:
        return (None if key[1] is None else namers[key[0]].unit(key[1]),)

    return spread([(i, f.unit) for i, f in rows], described, ("unit",), schema)


def _of_pages(rows: list[tuple[Instance, Fact]], pages: Pages, schema: pa.Schema) -> list[pa.Array]:
    import pyarrow as pa

    shown = [pages.get(fact, ((), False)) for _, fact in rows]
    presented = [
        None if not names or (number := float_of(fact.number)) is None else (-number if turned else number)
        for (_, fact), (names, turned) in zip(rows, shown, strict=True)
    ]
    return [
        pa.array([list(names) for names, _ in shown], schema.field("pages").type),
        pa.array(presented, schema.field("presented").type),
    ]
