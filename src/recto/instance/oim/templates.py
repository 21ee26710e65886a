"""Table templates of xBRL-CSV: columns, properties and parameter references, checked and ready for use.

Source: xBRL-CSV 1.0, table templates, columns, property groups, parameter references, special values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from recto.instance.oim.jsontext import Path
from recto.instance.oim.kinds import Fault
from recto.instance.oim.metadata import Metadata
from recto.instance.oim.vocabulary import IDENTIFIER

ROW_NUMBER: Final = "rowNumber"


class Absent(Enum):
    """The value of a dimension or of decimals that is said not to be there (`#none`)."""

    NONE = "#none"


NONE: Final = Absent.NONE


@dataclass(frozen=True, slots=True)
class Reference:
    """A parameter reference: `$name`, or for periods `$name@start`, `$name@end`."""

    name: str
    specifier: str = ""


Value = str | int | None | Absent | Reference
"""None is nil; int only for decimals."""


@dataclass(frozen=True, slots=True)
class Properties:
    """Dimensions and decimals that a column, property group, template or report gives to facts."""

    dimensions: Mapping[str, Value] = field(default_factory=dict)
    decimals: Value | None = None
    """None where not given."""

    def references(self) -> set[str]:
        values = (*self.dimensions.values(), self.decimals)
        return {value.name for value in values if isinstance(value, Reference) and value.name != ROW_NUMBER}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    comment: bool = False
    properties: Properties | None = None
    """Of a fact column."""
    properties_from: tuple[str, ...] = ()
    groups: Mapping[str, Properties] | None = None
    """Of a property group column."""


@dataclass(frozen=True, slots=True)
class Template:
    name: str
    columns: Mapping[str, Column]
    properties: Properties
    row_id: str | None = None

    def references(self) -> set[str]:
        names = self.properties.references()
        for column in self.columns.values():
            for properties in (column.properties, *(column.groups or {}).values()):
                if properties is not None:
                    names |= properties.references()
        return names


def special(text: str) -> str | Absent | None:
    """What a cell or metadata value means. Raises Fault (`unknownSpecialValue`)."""
    if not text.startswith("#"):
        return text
    if text.startswith("##"):
        return text[1:]
    if text == "#nil":
        return None
    if text == "#empty":
        return ""
    if text == "#none":
        return NONE
    raise Fault("unknownSpecialValue", f"{_short(text)} is not a special value (#empty, #nil, #none; ## for #)")


def parse_value(text: str, dimension: str) -> Value:
    """The value of a dimension in metadata. Raises Fault."""
    if text.startswith("$$"):
        return text[1:]
    if not text.startswith("$"):
        return special(text)
    name, at, specifier = text[1:].partition("@")
    if at and (specifier not in ("start", "end") or dimension != "period"):
        raise Fault("invalidPeriodSpecifier", f"{_short(text)} has a specifier that is not @start or @end of a period")
    if IDENTIFIER.fullmatch(name) is None:
        raise Fault("invalidReference", f"{_short(text)} is not a reference to a parameter")
    return Reference(name, specifier)


def parse_decimals(value: Any) -> Value | None:
    """Raises Fault."""
    if value is None or type(value) is int:
        return value
    if value.startswith("$"):
        return parse_value(value, "decimals")
    if special(value) is NONE:
        return NONE
    raise Fault("invalidDecimalsValue", f"{_short(value)} is neither an integer nor a parameter reference nor #none")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


class TemplateReader:
    """Reads templates; faults are reported at their places. `check_dimension` looks at dimensions and their values."""

    def __init__(self, metadata: Metadata, check_dimension: Callable[[str, Value], None]):
        self.metadata = metadata
        self.check_dimension = check_dimension

    def read(self) -> dict[str, Template]:
        templates = {}
        for name, content in self.metadata.content.get("tableTemplates", {}).items():
            self.identifier(name, ("tableTemplates", name))
            templates[name] = self._template(name, content, ("tableTemplates", name))
        return templates

    def identifier(self, name: str, path: Path) -> None:
        if IDENTIFIER.fullmatch(name) is None:
            self.metadata.fault(path, "invalidIdentifier", f"has a name that is not an identifier: {_short(name)}")

    def properties(self, holder: Mapping[str, Any], path: Path) -> Properties:
        dimensions: dict[str, Value] = {}
        for name, text in holder.get("dimensions", {}).items():
            try:
                dimensions[name] = parse_value(text, name)
                self.check_dimension(name, dimensions[name])
            except Fault as fault:
                self.metadata.fault((*path, "dimensions", name), fault.code, f"is wrong: {fault}")
        decimals = None
        try:
            decimals = parse_decimals(holder.get("decimals"))
        except Fault as fault:
            self.metadata.fault((*path, "decimals"), fault.code, f"is wrong: {fault}")
        return Properties(dimensions, decimals)

    def _template(self, name: str, content: Mapping[str, Any], path: Path) -> Template:
        columns = {}
        for key, column in content["columns"].items():
            at = (*path, "columns", key)
            self.identifier(key, at)
            columns[key] = self._column(key, column, at)
        for key, each in columns.items():
            self._check_groups(each, columns, (*path, "columns", key, "propertiesFrom"))
        row_id = content.get("rowIdColumn")
        if row_id is not None:
            fault = self.metadata.fault
            if row_id not in columns:
                fault((*path, "rowIdColumn"), "undefinedRowIdColumn", f"names no column: {row_id!r}")
            elif columns[row_id].comment:
                fault((*path, "rowIdColumn"), "invalidRowIdColumn", f"names a comment column: {row_id!r}")
        return Template(name, columns, self.properties(content, path), row_id)

    def _column(self, name: str, content: Mapping[str, Any], path: Path) -> Column:
        comment = content.get("comment", False)
        is_fact = "dimensions" in content or "propertiesFrom" in content
        groups = content.get("propertyGroups")
        if (is_fact and groups is not None) or (comment and (is_fact or groups is not None)):
            message = "is of more than one kind: facts, property groups, comments"
            self.metadata.fault(path, "conflictingColumnType", message)
        if "decimals" in content and not is_fact:
            self.metadata.fault(path, "misplacedDecimalsOnNonFactColumn", "has decimals, but holds no facts")
        properties = self.properties(content, path) if is_fact else None
        read_groups = None
        if groups is not None:
            read_groups = {}
            for key, group in groups.items():
                at = (*path, "propertyGroups", key)
                self.identifier(key, at)
                read_groups[key] = self.properties(group, at)
        return Column(name, comment, properties, tuple(content.get("propertiesFrom", ())), read_groups)

    def _check_groups(self, column: Column, columns: Mapping[str, Column], path: Path) -> None:
        """Property group columns of one fact column must not give it the same property twice."""
        seen: dict[str, str] = {}
        for name in dict.fromkeys(column.properties_from):
            other = columns.get(name)
            if other is None or other.groups is None:
                message = f"names {name!r}, which is no column of property groups"
                self.metadata.fault(path, "invalidPropertyGroupColumnReference", message)
                continue
            given = {key for group in other.groups.values() for key in group.dimensions}
            if any(group.decimals is not None for group in other.groups.values()):
                given.add("")
            for key in sorted(given & seen.keys()):
                code = "repeatedPropertyGroupDimension" if key else "repeatedPropertyGroupDecimalsProperty"
                message = f"leads to {key or 'decimals'} in both {seen[key]!r} and {name!r}"
                self.metadata.fault(path, code, message)
            seen.update(dict.fromkeys(given, name))
