"""Facts as plain records, as `recto facts` prints them: one flat dictionary each, names as the filing writes them.

For whole columns at once, with types, use the Arrow tables of `recto.tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from recto.instance.naming import Namer

if TYPE_CHECKING:
    from recto.instance.model import Context, Fact, Instance
    from recto.rendering.model import Page, Report
    from recto.tables.stream import FactStream

Record = dict[str, Any]


class Paged(Protocol):
    """What records are made of: a `recto.Filing`."""

    @property
    def instances(self) -> tuple[Instance, ...]: ...
    @property
    def reports(self) -> list[Report]: ...


FIELDS = (
    "id",
    "concept",
    "namespace",
    "entity",
    "period",
    "start",
    "end",
    "unit",
    "language",
    "dimensions",
    "value",
    "decimals",
    "nil",
    "valid",
    "hidden",
    "document",
    "line",
    "pages",
    "instance",
    "target",
    "scheme",
)
"""Keys of a record, in order."""


def records(filing: Paged, wanted: Callable[[Fact, Namer], bool] | None = None) -> Iterator[Record]:
    """A record for every item fact of the filing (tuples are structure, not facts that have a value).

    `period` is OIM's form, end exclusive; `start` and `end` are dates as people write them, last day included, `end`
    alone for an instant. `unit` is OIM's form, `iso4217:USD/xbrli:shares`. `value` is the exact lexical value, None for
    nil, and for a fact that is not `valid`. `decimals` is an integer or `"INF"`. `pages` are the report pages that show
    the fact. `instance` and `target` tell the reports of a filing apart; `scheme` is that of the entity.
    """
    pages = pages_by_fact(filing.reports)
    for instance in filing.instances:
        namer = Namer.of(instance)
        contexts: dict[Context, Record] = {}
        for fact in instance.facts:
            if not fact.is_tuple and (wanted is None or wanted(fact, namer)):
                record = _record(fact, namer, contexts, pages)
                scheme = None if fact.context is None else fact.context.scheme
                record.update(instance=instance.name, target=instance.target, scheme=scheme)
                yield record


def _record(fact: Fact, namer: Namer, contexts: dict[Context, Record], pages: Mapping[Fact, Sequence[str]]) -> Record:
    record: Record = {"id": fact.id, "concept": namer.name(fact.qname), "namespace": fact.qname.namespace}
    if fact.context is None:
        record.update(_NO_CONTEXT)
    else:
        shared = contexts.get(fact.context)
        if shared is None:
            shared = contexts[fact.context] = _context_fields(fact.context, namer)
        record.update(shared)
    dimensions = record.pop("dimensions")
    record["unit"] = None if fact.unit is None else namer.unit(fact.unit)
    record["language"] = None if fact.is_numeric else fact.language
    record["dimensions"] = dimensions
    record["value"] = None if fact.nil or not fact.valid else fact.value
    record["decimals"] = fact.decimals
    record["nil"] = fact.nil
    record["valid"] = fact.valid
    record["hidden"] = fact.hidden
    record["document"] = fact.document.rpartition("/")[2]
    record["line"] = fact.line
    record["pages"] = list(pages.get(fact, ()))
    return record


class Streamed:
    """The records of a report that is read as it goes: `axes` and iteration each read it once.

    Pages are not made of it, so that `pages` is empty.
    """

    def __init__(self, name: str, source: FactStream | Callable[[], tuple[Instance, Iterable[Fact]]]):
        """`source`: an xBRL-XML instance of that name, or what gives a report without facts, and its facts."""
        self._name = name
        self._source = source

    def axes(self) -> list[str]:
        """Names of all axes, in the order of their first use."""
        found: dict[str, None] = {}
        if callable(self._source):
            instance, facts = self._source()
            namer = Namer.of(instance)
            for fact in facts:
                for axis in fact.dimensions:
                    found.setdefault(namer.name(axis))
        else:
            for context, namer in self._source.contexts():
                for axis in context.dimensions:
                    found.setdefault(namer.name(axis))
        return list(found)

    def __iter__(self) -> Iterator[Record]:
        return self._of_facts(*self._source()) if callable(self._source) else self._of_xml(self._source)

    def _of_facts(self, instance: Instance, facts: Iterable[Fact]) -> Iterator[Record]:
        namer = Namer.of(instance)
        for fact in facts:
            record = _record(fact, namer, {}, {})
            scheme = None if fact.context is None else fact.context.scheme
            record.update(instance=instance.name, target=instance.target, scheme=scheme)
            yield record

    def _of_xml(self, source: FactStream) -> Iterator[Record]:
        last, shared = None, _NO_CONTEXT
        for fact, namer in source:
            context = fact.context
            if context is not last:
                last, shared = context, _NO_CONTEXT if context is None else _context_fields(context, namer)
            yield {
                "id": fact.id,
                "concept": namer.name(fact.qname),
                "namespace": fact.qname.namespace,
                **{key: shared[key] for key in ("entity", "period", "start", "end")},
                "unit": None if fact.unit is None else namer.unit(fact.unit),
                "language": fact.language,
                "dimensions": shared["dimensions"],
                "value": fact.value,
                "decimals": fact.decimals,
                "nil": fact.nil,
                "valid": fact.valid,
                "hidden": False,
                "document": self._name,
                "line": fact.line,
                "pages": [],
                "instance": self._name,
                "target": None,
                "scheme": None if context is None else context.scheme,
            }


_NO_CONTEXT: Record = {"entity": None, "period": None, "start": None, "end": None, "dimensions": {}}


def _context_fields(context: Context, namer: Namer) -> Record:
    period = context.period
    start, end = period.days
    return {
        "entity": context.identifier,
        "period": period.oim,
        "start": start,
        "end": end,
        "dimensions": {namer.name(axis): namer.member(member) for axis, member in context.dimensions.items()},
    }


def pages_by_fact(reports: Iterable[Report]) -> dict[Fact, list[str]]:
    """The stems of the pages that show each fact, in page order; reports embedded in a page count as that page."""
    found: dict[Fact, list[str]] = {}
    for report in reports:
        for fact in _shown(report):
            stems = found.setdefault(fact, [])
            if not stems or stems[-1] != report.stem:
                stems.append(report.stem)
    return found


def _shown(report: Page) -> Iterator[Fact]:
    for row in report.rows:
        for cell in row.cells:
            yield from cell.facts
            if cell.embedded is not None:
                yield from _shown(cell.embedded)


def axes(instances: Iterable[Instance]) -> list[str]:
    """Names of all axes that contexts of the instances use, in order of first use: the axis columns of a CSV."""
    found: dict[str, None] = {}
    for instance in instances:
        namer = Namer.of(instance)
        for context in instance.contexts.values():
            for axis in context.dimensions:
                found.setdefault(namer.name(axis))
    return list(found)


def csv_rows(rows: Iterable[Record], axis_names: Sequence[str]) -> Iterator[list[str]]:
    """A header and a row of texts for each record: FIELDS, with one column for each axis in place of `dimensions`."""
    position = FIELDS.index("dimensions")
    yield [*FIELDS[:position], *axis_names, *FIELDS[position + 1 :]]
    for record in rows:
        members = record["dimensions"]
        yield [
            *(_text(record[name]) for name in FIELDS[:position]),
            *(members.get(name, "") for name in axis_names),
            *(_text(record[name]) for name in FIELDS[position + 1 :]),
        ]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(value)
    return str(value)
