"""Writer of xBRL-CSV 1.0 reports.

The layout: facts are put into tables by what they have, numbers or texts with the same taxonomy-defined dimensions
together, so that every column means one thing. Each row is one fact: its concept, period, unit or language, members,
decimals and value. What all facts have in common (the entity, mostly) stands in the metadata alone.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from recto.findings import Findings
from recto.instance.model import Instance
from recto.instance.oim.report import Report, ReportFact
from recto.instance.oim.vocabulary import CSV_TYPE, ROW_IDENTIFIER
from recto.instance.oim.write_json import document_info
from recto.patterns import lazy

_LONGEST_NAME: Final = 60
_NOT_IN_IDENTIFIER: Final = lazy(r"[^A-Za-z0-9_-]+")


def to_csv(
    instance: Instance,
    findings: Findings | None = None,
    *,
    stem: str = "report",
    relative: Callable[[str], str] = lambda url: url,
) -> dict[str, bytes]:
    """The instance as an xBRL-CSV report: files by name, the metadata `STEM.json` first, then its tables.

    What the Open Information Model cannot say is left out, each with a warning in `findings`. `relative` makes the
    absolute URLs of the taxonomy's starting points what the report shall name.
    """
    report = Report(instance, findings if findings is not None else Findings(), relative)
    facts = list(report.facts())
    entities = {fact.dimensions.get("entity") for fact in facts if not fact.note}
    tables = _distribute(facts, one_entity=len(entities) == 1)
    content: dict[str, Any] = {"documentInfo": document_info(report, CSV_TYPE)}
    if len(entities) == 1 and None not in entities:
        content["dimensions"] = {"entity": next(iter(entities))}
    content["tableTemplates"] = {table.name: table.template() for table in tables}
    content["tables"] = {table.name: {"url": f"{stem}-{table.name}.csv"} for table in tables}
    ids = {fact.id: table.fact_id(fact, number) for table in tables for number, fact in enumerate(table.facts, 1)}
    links = _links(facts, ids)
    if links:
        content["links"] = links
    files = {f"{stem}.json": (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()}
    files.update({f"{stem}-{table.name}.csv": table.file() for table in tables})
    return files


@dataclass(slots=True)
class _Table:
    """The facts of one shape. `columns` are core dimensions and axes, each with the column that holds it."""

    name: str
    columns: dict[str, str]
    numeric: bool
    note: bool
    facts: list[ReportFact] = field(default_factory=list)

    @property
    def has_ids(self) -> bool:
        return all(ROW_IDENTIFIER.fullmatch(fact.id) for fact in self.facts)

    def template(self) -> dict[str, Any]:
        """The table's template; entities that all facts share are left to the report's dimensions."""
        dimensions = {dimension: f"${column}" for dimension, column in self.columns.items()}
        if self.note:
            dimensions["concept"] = "xbrl:note"
            dimensions["entity"] = "#none"
        names = list(self.columns.values())
        columns: dict[str, Any] = {name: {} for name in (["id", *names] if self.has_ids else names)}
        value: dict[str, Any] = {"dimensions": dimensions}
        if self.numeric:
            columns["decimals"] = {}
            value["decimals"] = "$decimals"
        columns["value"] = value
        template: dict[str, Any] = {"columns": columns}
        return {"rowIdColumn": "id", **template} if self.has_ids else template

    def fact_id(self, fact: ReportFact, number: int) -> str:
        """The id that readers give to the fact in row `number` (xBRL-CSV 1.0, fact ids)."""
        return f"{self.name}.r_{fact.id if self.has_ids else number}.value"

    def file(self) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        has_ids = self.has_ids
        writer.writerow(self.template()["columns"])
        for fact in self.facts:
            cells = [fact.id] if has_ids else []
            cells += [
                _cell(fact.dimensions[dimension]) if dimension in fact.dimensions else "" for dimension in self.columns
            ]
            if self.numeric:
                cells.append("" if fact.decimals is None else str(fact.decimals))
            cells.append(_cell(fact.value))
            writer.writerow(cells)
        return text.getvalue().encode()


def _cell(value: str | None) -> str:
    """A value as a cell has it (xBRL-CSV 1.0, special values)."""
    if value is None:
        return "#nil"
    return f"#{value}" if value.startswith("#") else value or "#empty"


def _distribute(facts: list[ReportFact], *, one_entity: bool) -> list[_Table]:
    tables: dict[tuple[object, ...], _Table] = {}
    names: set[str] = set()
    for fact in facts:
        axes = tuple(name for name in fact.dimensions if ":" in name)
        key = (fact.numeric, fact.note, *axes)
        table = tables.get(key)
        if table is None:
            cores = ["language"] if fact.note else ["concept", "period", "unit" if fact.numeric else "language"]
            if not one_entity and not fact.note:
                cores.insert(1, "entity")
            kind = "notes" if fact.note else "numbers" if fact.numeric else "texts"
            columns = {core: core for core in cores}
            taken = {*cores, "id", "decimals", "value", "rowNumber"}
            for axis in axes:
                columns[axis] = _unused(_NOT_IN_IDENTIFIER.sub("_", axis.partition(":")[2]), taken)
            words = [kind, *(columns[axis].removesuffix("Axis") for axis in axes)]
            name = _unused("_".join(words)[:_LONGEST_NAME], names)
            table = tables[key] = _Table(name, columns, fact.numeric, fact.note)
        table.facts.append(fact)
    return list(tables.values())


def _unused(wanted: str, taken: set[str]) -> str:
    """An identifier like the one wanted that is not taken yet; it then is."""
    name, number = wanted if wanted[:1].isalpha() else f"_{wanted}", 2
    stem = name
    while name.lower() in taken or name in taken:
        name, number = f"{stem}_{number}", number + 1
    taken.update((name, name.lower()))
    return name


def _links(facts: list[ReportFact], ids: Mapping[str, str]) -> dict[str, dict[str, dict[str, list[str]]]]:
    links: dict[str, dict[str, dict[str, list[str]]]] = {}
    for fact in facts:
        for link_type, groups in fact.links.items():
            for group, targets in groups.items():
                sources = links.setdefault(link_type, {}).setdefault(group, {})
                sources[ids[fact.id]] = [ids[target] for target in targets]
    return links
