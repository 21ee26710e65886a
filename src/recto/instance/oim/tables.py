"""Tables of xBRL-CSV reports: from the rows of a CSV file to facts (xBRL-CSV 1.0, tables, fact columns).

What a fact column's facts have in common is worked out once for each choice of property groups (`_Layer`), and once for
each kind of concept: which columns give the fact its dimensions, and which of them count as used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, NamedTuple

from recto import limits
from recto.errors import NotFoundError
from recto.instance.model import Context, Decimals, Fact, Unit
from recto.instance.oim.assemble import NOT_IN_CONTEXT, Assembler, Said
from recto.instance.oim.csvfile import FileFault, rows
from recto.instance.oim.kinds import Fault, Kind
from recto.instance.oim.metadata import Metadata, Resolver
from recto.instance.oim.strings import PeriodError, format_period, parse_csv_period
from recto.instance.oim.templates import (
    NONE,
    ROW_NUMBER,
    Absent,
    Column,
    Properties,
    Reference,
    Template,
    Value,
    special,
)
from recto.instance.oim.vocabulary import IDENTIFIER, ROW_IDENTIFIER
from recto.patterns import lazy
from recto.xml.integers import integer

_INTEGER: Final = lazy(r"[+-]?[0-9]+")
_NUMBER: Final = lazy(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SUFFIX: Final = lazy(r"(.*[0-9.])[ \t\r\n]*d[ \t\r\n]*(0|-?[1-9][0-9]*|INF)[ \t\r\n]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file with the template that it follows. `parameters` are the table's own."""

    name: str
    template: Template
    url: str
    parameters: Mapping[str, str]
    optional: bool = False


class _Cell(NamedTuple):
    """A dimension whose value stands in a column; `otherwise` is its value where the cell is empty."""

    dimension: str
    column: int
    specifier: str
    otherwise: Value


class _Row(NamedTuple):
    """The dimension whose value is the number of the row."""

    dimension: str


class _Unresolved(NamedTuple):
    """A dimension whose parameter reference leads nowhere, which is an error once a fact needs it."""

    dimension: str
    name: str


class _Layer:
    """A fact column's properties under one choice of property groups."""

    __slots__ = (
        *("about", "cells", "constants", "contexts", "counts", "decimals", "decimals_cell", "groups_mask", "kinds"),
        *("repeats", "rows", "unresolved", "what"),
    )

    def __init__(self) -> None:
        self.constants: dict[str, str | None] = {}
        self.cells: list[_Cell] = []
        self.rows: list[_Row] = []
        self.unresolved: list[_Unresolved] = []
        self.decimals: Value | _Unresolved = None
        self.decimals_cell: _Cell | None = None
        self.counts = False
        """Whether the column or a property group gives decimals, which those of a table or report do for all facts."""
        self.groups_mask = 0
        self.what: Callable[[list[str]], object] = _nothing
        """The cells of a row that say what is reported: concept, unit and language."""
        self.about: Callable[[list[str]], object] = _nothing
        """The cells that say what about: the context."""
        self.kinds: dict[object, tuple[Kind, Unit | None, str | None, int]] = {}
        """What such cells were found to mean, with the columns used, as bits; only what was as it should be."""
        self.contexts: dict[object, tuple[Context, int]] = {}
        self.repeats = False
        """Whether cells mean the same in each row."""

    def settle(self) -> None:
        """To be called when all dimensions are in their places."""
        what = [each.column for each in self.cells if each.dimension in NOT_IN_CONTEXT]
        about = [each.column for each in self.cells if each.dimension not in NOT_IN_CONTEXT]
        self.what = itemgetter(*what) if what else _nothing
        self.about = itemgetter(*about) if about else _nothing
        self.repeats = not self.rows and not self.unresolved

    def learn(self, row: list[str], kind: Kind, fact: Fact, masks: Mapping[str, int]) -> None:
        """Remembers what the cells of a row mean whose fact has no fault."""
        if not self.repeats or kind.concept is None or fact.context is None or not fact.valid:
            return
        what = about = 0
        for dimension, bits in masks.items():
            if dimension in NOT_IN_CONTEXT:
                what |= bits
            elif dimension != "decimals":
                about |= bits
        if len(self.contexts) >= limits.STREAM_CONTEXTS:
            self.contexts.clear()
        self.kinds[self.what(row)] = (kind, fact.unit, fact.language, what)
        self.contexts[self.about(row)] = (fact.context, about)


def _nothing(row: list[str]) -> None:
    """The cells of a row where none are wanted."""


class _StopTable(Exception):
    pass


class TableReader:
    """Reads one table. `ids` collects the ids of all facts of the report, those that cannot be read too."""

    def __init__(
        self,
        table: Table,
        report: Properties,
        parameters: Mapping[str, str],
        assembler: Assembler,
        ids: set[str],
    ):
        self.table = table
        self.report_properties = report
        self.parameters = {**parameters, **table.parameters}
        self.assembler = assembler
        self.ids = ids
        self.header: dict[str, int] = {}
        self._layers: dict[tuple[str, ...], _Layer] = {}
        self._line = 1

    def read(self, resolver: Resolver, metadata: Metadata) -> Iterator[Fact]:
        try:
            data = resolver.read(self.table.url)
        except NotFoundError as error:
            if not self.table.optional:
                path = ("tables", self.table.name, "url")
                metadata.fault(path, "missingRequiredCSVFile", f"names a file that is absent: {error.message}")
            return
        try:
            yield from self._read(data)
        except FileFault as fault:
            self._line = fault.line
            self._report(fault.code, str(fault))
        except _StopTable:
            return

    def _read(self, data: bytes) -> Iterator[Fact]:
        lines = rows(data)
        first = next(lines, None)
        if first is None:
            return
        self._read_header(first[1])
        template = self.table.template
        columns = [(self.header[name], column) for name, column in template.columns.items() if name in self.header]
        facts = [(index, column) for index, column in columns if column.properties is not None]
        groups = [(index, column) for index, column in columns if column.groups is not None]
        comments = sum(1 << index for index, column in columns if column.comment)
        row_id = self.header.get(template.row_id) if template.row_id is not None else None
        row_ids: set[str] = set()
        width = len(first[1])
        for number, (line, row) in enumerate(lines, 1):
            self._line = line
            if len(row) < width:
                row += [""] * (width - len(row))
            identifier = row[row_id] if row_id is not None else str(number)
            used = comments
            if not self._has_groups(row, groups):
                continue
            if row_id is not None and identifier:
                used |= 1 << row_id
                self._check_row_id(identifier, row_ids)
            for index, column in facts:
                if not row[index]:
                    continue
                if not identifier:
                    name = template.row_id
                    self._report("missingRowIdentifier", f"The row has a fact, but nothing in its column {name!r}")
                    used = -1
                    break
                used |= 1 << index
                fact, mask = self._fact(f"{self.table.name}.r_{identifier}.{column.name}", number, index, column, row)
                used |= mask
                if fact is not None:
                    yield fact
            self._check_used(row, used)

    # Header and row

    def _read_header(self, cells: list[str]) -> None:
        """Raises _StopTable."""
        wrong = False
        for index, name in enumerate(cells):
            if name == "":
                continue
            if IDENTIFIER.fullmatch(name) is None:
                self._report("invalidHeaderValue", f"Column {index + 1}: {name!r} is not an identifier")
            elif name not in self.table.template.columns:
                known = ", ".join(self.table.template.columns)
                message = f"Column {index + 1}: the template {self.table.template.name!r} has no column {name!r}"
                self._report("unknownColumn", f"{message} (it has {known})")
            elif name in self.header:
                self._report(
                    "repeatedColumnIdentifier", f"Columns {self.header[name] + 1} and {index + 1}: both {name!r}"
                )
            else:
                self.header[name] = index
                continue
            wrong = True
        if wrong:
            raise _StopTable

    def _has_groups(self, row: list[str], groups: list[tuple[int, Column]]) -> bool:
        """Whether the row's property groups are known; those left empty give nothing."""
        for index, column in groups:
            name = row[index]
            if name == "" or (column.groups is not None and name in column.groups):
                continue
            try:
                if special(name) is NONE:
                    message = f"column {column.name!r} holds property groups, so #none has no meaning"
                    raise Fault("illegalUseOfNone", message)
                raise Fault("unknownPropertyGroup", f"column {column.name!r} has no property group {name!r}")
            except Fault as fault:
                self._report(fault.code, str(fault))
            return False
        return True

    def _check_row_id(self, identifier: str, seen: set[str]) -> None:
        if ROW_IDENTIFIER.fullmatch(identifier) is None:
            self._report("invalidRowIdentifier", f"{identifier!r} cannot identify a row")
        elif identifier in seen:
            self._report("repeatedRowIdentifier", f"{identifier!r} identifies an earlier row")
        seen.add(identifier)

    def _check_used(self, row: list[str], used: int) -> None:
        if used < 0:
            return
        unused = [index for index, cell in enumerate(row) if cell and not used >> index & 1]
        if unused:
            names = {index: name for name, index in self.header.items()}
            what = ", ".join(repr(names[index]) if index in names else f"column {index + 1}" for index in unused)
            self._report("unmappedCellValue", f"No fact of the row uses what stands in {what}")

    # Facts

    def _fact(
        self, identifier: str, number: int, index: int, column: Column, row: list[str]
    ) -> tuple[Fact | None, int]:
        """The fact of a cell, and the columns that it uses, as bits."""
        self.ids.add(identifier)
        known: Mapping[str, str | None] = {}
        placed = False
        try:
            layer = self._layer(column, row)
            alike = self._alike(identifier, layer, row, row[index])
            if alike is not None:
                return alike
            value = special(row[index])
            if value is NONE:
                raise Fault("illegalUseOfNone", f"column {column.name!r} holds facts, so #none has no meaning")
            known = layer.constants
            dimensions, masks = self._dimensions(layer, row, number)
            kind = self._kind(layer, dimensions)
            decimals: Decimals | None = None
            numeric = kind.numeric
            if kind.concept is None and not kind.is_note:  # of what is not declared, the report tells what is a number
                numeric = "unit" in dimensions or self._counts(layer, row, value)
            if not numeric:
                dimensions.pop("unit", None)
                masks.pop("unit", None)
            if not kind.text or numeric:
                dimensions.pop("language", None)
                masks.pop("language", None)
            for unresolved in layer.unresolved:
                if unresolved.dimension not in ("unit", "language") or (unresolved.dimension == "unit") == numeric:
                    raise _unresolved(unresolved)
            known, placed = dimensions, True
            if numeric and value is not None:
                value, decimals = self._number(str(value), layer, row, masks)
            mask = layer.groups_mask
            for bits in masks.values():
                mask |= bits
            text = None if value is None else str(value)
            fact = self.assembler.fact(Said(identifier, dimensions, text, decimals, self.table.url, self._line))
            if fact is not None:
                layer.learn(row, kind, fact, masks)
            return fact, mask
        except Fault as fault:
            said = Said(identifier, known, row[index], None, self.table.url, self._line)
            self.assembler.report(fault.code, str(fault), said)
            if fault.code == "invalidReferenceTarget":
                raise _StopTable from None
            return self.assembler.invalid(said, placed=placed), -1

    def _alike(self, identifier: str, layer: _Layer, row: list[str], text: str) -> tuple[Fact, int] | None:
        """The same where earlier facts had its concept and its context; None where something is new, or amiss."""
        about = layer.contexts.get(layer.about(row))
        what = layer.kinds.get(layer.what(row))
        if what is None or about is None or text[0] == "#":
            return None
        kind, unit, language, used = what
        used |= about[1] | layer.groups_mask
        decimals: Decimals | None = None
        if kind.numeric:
            masks: dict[str, int] = {}
            try:
                text, decimals = self._number(text, layer, row, masks)
            except Fault:
                return None
            used |= masks.get("decimals", 0)
        url, line = self.table.url, self._line
        fact = self.assembler.alike(identifier, kind, about[0], unit, language, text, decimals, url, line)
        return None if fact is None else (fact, used)

    def _counts(self, layer: _Layer, row: list[str], value: Value) -> bool:
        """Whether a value without unit is a number by what its own column says of it: that it has decimals."""
        if not layer.counts or value is None or _NUMBER.fullmatch(str(value)) is None:
            return False
        cell = layer.decimals_cell
        decimals = layer.decimals
        if cell is not None:
            decimals = special(row[cell.column]) if row[cell.column] else cell.otherwise
        return type(decimals) is int or (type(decimals) is str and _INTEGER.fullmatch(decimals) is not None)

    def _kind(self, layer: _Layer, dimensions: Mapping[str, str | None]) -> Kind:
        if "concept" not in dimensions:
            for unresolved in layer.unresolved:
                if unresolved.dimension == "concept":
                    raise _unresolved(unresolved)
            raise Fault("oime:missingConceptDimension", "it has no concept")
        return self.assembler.kinds.kind(dimensions["concept"] or "#nil")

    def _dimensions(self, layer: _Layer, row: list[str], number: int) -> tuple[dict[str, str | None], dict[str, int]]:
        """Dimensions by name, and which columns each of them used, as bits."""
        dimensions = dict(layer.constants)
        masks: dict[str, int] = {}
        for dimension, index, specifier, otherwise in layer.cells:
            cell = row[index]
            if cell:
                masks[dimension] = 1 << index
                value: Value = special(cell)
            else:
                value = otherwise
            if value is NONE:
                continue
            if dimension == "period":
                value = _period(value, specifier)
            dimensions[dimension] = value if value is None else str(value)
        for each in layer.rows:
            dimensions[each.dimension] = str(number)
        return dimensions, masks

    def _number(self, text: str, layer: _Layer, row: list[str], masks: dict[str, int]) -> tuple[str, Decimals | None]:
        """A number without its decimals suffix, and its decimals."""
        if "d" in text:
            match = _SUFFIX.fullmatch(text)
            if match is None:
                raise Fault("invalidDecimalsSuffix", f"{text!r} does not end in d and an integer or INF")
            return match[1], "INF" if match[2] == "INF" else integer(match[2])
        decimals = layer.decimals
        if isinstance(decimals, _Unresolved):
            raise _unresolved(decimals)
        cell = layer.decimals_cell
        if cell is not None:
            if row[cell.column]:
                masks["decimals"] = 1 << cell.column
                decimals = special(row[cell.column])
            else:
                decimals = cell.otherwise
        if decimals is NONE or (decimals is None and cell is None):
            return text, None
        if type(decimals) is int:
            return text, decimals
        if type(decimals) is not str or _INTEGER.fullmatch(decimals) is None:
            raise Fault("invalidDecimalsValue", f"its decimals must be an integer, not {decimals!r}")
        return text, integer(decimals)

    # Layers

    def _layer(self, column: Column, row: list[str]) -> _Layer:
        header = self.header
        chosen = tuple(row[header[name]] if name in header else "" for name in column.properties_from)
        key = (column.name, *chosen)
        layer = self._layers.get(key)
        if layer is None:
            layer = self._layers[key] = self._make_layer(column, chosen)
        return layer

    def _make_layer(self, column: Column, chosen: tuple[str, ...]) -> _Layer:
        template = self.table.template
        levels = [column.properties or Properties()]
        layer = _Layer()
        for name, group in zip(column.properties_from, chosen, strict=True):
            groups = template.columns[name].groups
            if group and groups is not None:
                levels.append(groups[group])
                layer.groups_mask |= 1 << self.header[name]
        layer.counts = any(level.decimals is not None for level in levels)
        levels += [template.properties, self.report_properties]
        values: dict[str, Value] = {}
        decimals: Value = None
        for level in levels:
            for dimension, value in level.dimensions.items():
                values.setdefault(dimension, value)
            if decimals is None:
                decimals = level.decimals
        for dimension, value in values.items():
            self._place(layer, dimension, value)
        if isinstance(decimals, Reference):
            self._place_decimals(layer, decimals)
        else:
            layer.decimals = decimals
        layer.settle()
        return layer

    def _place(self, layer: _Layer, dimension: str, value: Value) -> None:
        if isinstance(value, Reference):
            specifier = value.specifier
            found = self._resolve(dimension, value)
            if isinstance(found, _Cell):
                layer.cells.append(found)
                return
            if isinstance(found, _Row):
                layer.rows.append(found)
                return
            if isinstance(found, _Unresolved):
                layer.unresolved.append(found)
                return
            value = found
            if dimension == "period" and not isinstance(value, Absent):
                value = _period(value, specifier)
        if not isinstance(value, Absent):
            layer.constants[dimension] = None if value is None else str(value)

    def _place_decimals(self, layer: _Layer, value: Reference) -> None:
        found = self._resolve("decimals", value)
        if isinstance(found, _Cell):
            layer.decimals_cell = found
        elif isinstance(found, _Row):
            layer.decimals = NONE
        else:
            layer.decimals = "" if found is None else found

    def _resolve(self, dimension: str, reference: Reference) -> Value | _Cell | _Row | _Unresolved:
        """Where a reference leads: to the row's number, a column, else a parameter of the table, else of the report."""
        name = reference.name
        if name == ROW_NUMBER:
            return _Row(dimension)
        column = self.table.template.columns.get(name)
        is_column = column is not None and not column.comment
        parameter: Value = special(self.parameters[name]) if name in self.parameters else NONE
        if is_column and name in self.header:
            return _Cell(dimension, self.header[name], reference.specifier, parameter)
        if name in self.parameters or is_column:
            return parameter
        return _Unresolved(dimension, name)

    def _report(self, code: str, message: str) -> None:
        code = f"xbrlce:{code}"
        name = self.table.name
        self.assembler.findings.found(
            code, name, about=f"Table {name!r}", document=self.table.url, line=self._line, reason=message
        )


def _period(value: Value, specifier: str) -> str:
    """A period in full. Raises Fault."""
    try:
        period = parse_csv_period(str(value) if value is not None else "#nil", specifier)
    except PeriodError as error:
        raise Fault(error.code, f"the period {error}") from None
    return format_period(period) or ""


def _unresolved(unresolved: _Unresolved) -> Fault:
    message = f"${unresolved.name} names no column of the template and no parameter (for {unresolved.dimension})"
    return Fault("invalidReferenceTarget", message)
