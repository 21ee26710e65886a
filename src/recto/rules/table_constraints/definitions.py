"""Constraints as metadata state them, with what is wrong with them (`tcme`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from recto.findings import Finding
from recto.findings.catalogue import found
from recto.instance.oim.metadata import Metadata
from recto.names import XSD, QName
from recto.patterns import lazy
from recto.rules.table_constraints.consistency import disagreements
from recto.rules.table_constraints.values import (
    CORE,
    DURATION_TYPES,
    NO_KEYS,
    NUMERIC,
    ORDERED,
    PERIOD_TYPES,
    UNSUPPORTED,
    ZONED,
    Constraint,
    data_type,
)
from recto.taxonomy.types import BUILT_IN_TYPES
from recto.taxonomy.values import check

NAMESPACE: Final = lazy(r"https://xbrl\.org/(?:[A-Z]+/(?:\d{4}-\d\d-\d\d|YYYY-MM-DD)|\d{4})/tc")
"""Of the Recommendation, and of its drafts of any stage, the undated ones of the working group too."""
_OF_TEMPLATE: Final = ("tc:parameters", "tc:keys", "tc:columnOrder", "tc:tableConstraints")
_TEXTS: Final = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_COUNTS: Final = ("length", "minLength", "maxLength", "totalDigits", "fractionDigits")
_LENGTHS: Final = ("length", "minLength", "maxLength")
_FLAGS: Final = ("optional", "nillable", "timeZone")
_LISTS: Final = ("enumerationValues", "patterns")
_KNOWN: Final = {"type", "periodType", "durationType", *_TEXTS, *_COUNTS, *_FLAGS, *_LISTS}
_LIMITS: Final = ("minTables", "maxTables", "minTableRows", "maxTableRows")
_UNIQUE: Final = {"name", "fields", "severity", "shared"}
_REFERENCE: Final = {"name", "fields", "severity", "referencedKeyName", "negate"}
_LONG: Final = frozenset(("string", "normalizedString", "token", "anyURI", "hexBinary", "base64Binary", "language"))


class Key(Struct, frozen=True):
    name: str
    fields: tuple[str, ...]
    severity: str = "error"
    shared: bool = False
    refers_to: str | None = None
    """Of a reference key: the unique key whose values it has, or with `negate` has not."""
    negate: bool = False


class Constraints(Struct):
    """Of one table template."""

    name: str
    columns: dict[str, Constraint] = field(default_factory=dict)
    parameters: dict[str, Constraint] = field(default_factory=dict)
    unique: list[Key] = field(default_factory=list)
    reference: list[Key] = field(default_factory=list)
    sort_key: str | None = None
    order: tuple[str, ...] | None = None
    limits: dict[str, int] = field(default_factory=dict)

    def constraint(self, name: str) -> Constraint | None:
        return self.columns.get(name) or self.parameters.get(name)


def read(metadata: Metadata, faults: list[Finding]) -> dict[str, Constraints]:
    """The constraints of each template that has any. What is wrong is added to `faults`."""
    return _Reader(metadata, faults).read()


class _Reader:
    def __init__(self, metadata: Metadata, faults: list[Finding]) -> None:
        self.metadata = metadata
        self.faults = faults
        self.namespaces = metadata.info.namespaces
        self.xsd = {prefix for prefix, uri in self.namespaces.items() if uri == XSD}
        self.xsd.add("xs")
        self.left_out = False
        """Whether a key is not known for its structure is wrong."""

    def tell(self, code: str, about: str, /, **arguments: Any) -> None:
        self.faults.append(found(f"tcme:{code}", about, document=self.metadata.url, **arguments))

    def read(self) -> dict[str, Constraints]:
        for prefix, uri in self.namespaces.items():
            ours = NAMESPACE.fullmatch(uri) is not None
            if ours and prefix != "tc":
                reason = "the namespace of table constraints has the prefix tc"
                self.tell("invalidNamespacePrefix", prefix, prefix=prefix, namespace=uri, reason=reason)
            elif prefix == "tc" and not ours:
                reason = "the prefix tc is that of table constraints"
                self.tell("invalidNamespacePrefix", prefix, prefix=prefix, namespace=uri, reason=reason)
        self._misplaced(self.metadata.content, ())
        templates = {
            name: self._template(name, content)
            for name, content in self.metadata.content.get("tableTemplates", {}).items()
        }
        self._compare(templates)
        return {
            name: each
            for name, each in templates.items()
            if each.columns or each.parameters or each.unique or each.reference or each.order or each.limits
        }

    def _misplaced(self, content: Any, path: tuple[str, ...]) -> None:
        """Properties of ours that stand where none is known."""
        if isinstance(content, Mapping):
            of_template = len(path) == 2 and path[0] == "tableTemplates"
            of_column = len(path) == 4 and path[0] == "tableTemplates" and path[2] == "columns"
            for name, value in content.items():
                if str(name).startswith("tc:"):
                    known = name in _OF_TEMPLATE if of_template else of_column and name == "tc:constraints"
                    if not known:
                        self.tell("misplacedOrUnknownProperty", "/".join(path) or "the report", name=name)
                    elif isinstance(value, Mapping):
                        self._inner(value, "/".join((*path, name)))
                else:
                    self._misplaced(value, (*path, str(name)))

    def _inner(self, content: Mapping[str, Any], where: str) -> None:
        for name, value in content.items():
            if str(name).startswith("tc:"):
                self.tell("misplacedOrUnknownProperty", where, name=name)
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, Mapping):
                    self._inner(each, f"{where}/{name}")

    def _template(self, name: str, content: Mapping[str, Any]) -> Constraints:
        made = Constraints(name)
        columns = content.get("columns", {})
        for column, value in columns.items():
            if "tc:constraints" in value:
                where = f"column {name}.{column}"
                if value.get("comment") is True:
                    self.tell("illegalConstraint", where, reason="a column of comments has no constraints")
                    continue
                constraint = self._constraint(value["tc:constraints"], where)
                if constraint is not None:
                    made.columns[column] = constraint
        parameters = content.get("tc:parameters", {})
        if self._is_object(parameters, f"{name}: tc:parameters"):
            for parameter, value in parameters.items():
                constraint = self._constraint(value, f"parameter {parameter} of {name}")
                if constraint is not None:
                    made.parameters[parameter] = constraint
                if parameter in columns:
                    self.tell("columnParameterConflict", name, name=parameter)
        if "tc:keys" in content:
            self._keys(made, content["tc:keys"])
        self._order(made, content, list(columns))
        self._limits(made, content)
        return made

    # Values

    def _constraint(self, content: Any, where: str) -> Constraint | None:
        if not self._is_object(content, where):
            return None
        before = len(self.faults)
        for name in content.keys() - _KNOWN:
            if not str(name).startswith("tc:"):
                self._structure(where, f"the property {name!r} is unknown")
        for name in _FLAGS:
            if name in content and type(content[name]) is not bool:
                self._structure(where, f"{name} must be true or false")
        for name in ("type", "periodType", "durationType", *_TEXTS):
            if name in content and type(content[name]) is not str:
                self._structure(where, f"{name} must be a string")
        for name in _COUNTS:
            if name in content and (type(content[name]) is not int or content[name] < 0):
                self._structure(where, f"{name} must be a number from 0 up")
        if content.get("totalDigits") == 0 and type(content["totalDigits"]) is int:
            self._structure(where, "totalDigits must be a number from 1 up")
        for name in _LISTS:
            self._texts(content.get(name), name, where) if name in content else None
        if "type" not in content:
            self._structure(where, "lacks the property 'type'")
        if len(self.faults) > before:
            return None
        base = self._base(content["type"])
        if base is None:
            self.tell("unknownType", where, type=content["type"])
            return None
        self._applicable(content, base, where)
        if len(self.faults) > before:
            return None
        facets = {name: str(content[name]) for name in (*_COUNTS, *_TEXTS) if name in content}
        if "patterns" in content:
            facets["pattern"] = "\n".join(content["patterns"])
        for reason in disagreements(content, base, facets, self.namespaces):
            self.tell("illegalConstraint", where, reason=reason)
        if len(self.faults) > before:
            return None
        return Constraint(
            content["type"],
            base,
            data_type(base, facets, tuple(content.get("enumerationValues", ()))),
            content.get("optional", False),
            content.get("nillable", False),
            content.get("timeZone"),
            content.get("periodType"),
            content.get("durationType"),
        )

    def _base(self, type_: str) -> str | None:
        if type_ in CORE:
            return CORE[type_]
        if type_ == "decimals":
            return "integer"
        prefix, _, local = type_.partition(":")
        known = prefix in self.xsd and QName(XSD, local) in BUILT_IN_TYPES and local not in UNSUPPORTED
        return local if known else None

    def _applicable(self, content: Mapping[str, Any], base: str, where: str) -> None:
        """Facets that the type has, with values that are of the type."""
        type_, plain = content["type"], data_type(base, {}, ())
        period = content.get("periodType")
        if period is not None:
            if type_ != "period":
                self.tell("illegalConstraint", where, reason="periodType is for periods alone")
            elif period not in PERIOD_TYPES:
                self.tell("unknownPeriodType", where, type=period)
        duration = content.get("durationType")
        if duration is not None:
            if base != "duration":
                self.tell("illegalConstraint", where, reason="durationType is for durations alone")
            elif duration not in DURATION_TYPES:
                self.tell("unknownDurationType", where, type=duration)
        if "timeZone" in content and type_ != "period" and base not in ZONED:
            self.tell("illegalConstraint", where, reason=f"values of the type {type_} have no time zone")
        root = plain.xsd_base
        family = {each.qname.local for each in plain.chain()} | {root, base}
        numeric = bool(family & NUMERIC)
        for name in content:
            long, digits = name in _LENGTHS, name in ("totalDigits", "fractionDigits")
            if (long and not family & _LONG) or (digits and "decimal" not in family):
                self.tell("illegalConstraint", where, reason=f"{name} is not for the type {type_}")
            elif name == "fractionDigits" and base != "decimal" and content[name] > 0:
                self.tell("illegalConstraint", where, reason=f"values of the type {type_} have no fraction")
            elif name in _TEXTS:
                if not numeric and not family & ORDERED:
                    self.tell("illegalConstraint", where, reason=f"values of the type {type_} have no order")
                elif (told := check(plain, content[name])) is not None:
                    self.tell("illegalConstraint", where, reason=f"{name}: {told}")

    # Keys

    def _keys(self, made: Constraints, content: Any) -> None:
        where = f"{made.name}: tc:keys"
        if not self._is_object(content, where):
            return
        for name in content.keys() - {"unique", "reference", "sortKey"}:
            if not str(name).startswith("tc:"):
                self._structure(where, f"the property {name!r} is unknown")
        if "unique" not in content and "reference" not in content:
            self.tell("missingKeyProperty", where)
            return
        made.unique = list(self._each_key(made, content, "unique", _UNIQUE))
        made.reference = list(self._each_key(made, content, "reference", _REFERENCE))
        names: set[str] = set()
        for key in (*made.unique, *made.reference):
            if key.name in names:
                self.tell("duplicateKeyName", where, name=key.name)
            names.add(key.name)
        sort = content.get("sortKey")
        if sort is not None:
            key_ = next((each for each in made.unique if each.name == sort), None)
            if type(sort) is not str:
                self._structure(where, "sortKey must be a string")
            elif key_ is None:
                self._unknown(where, sort)
            else:
                made.sort_key = sort

    def _unknown(self, where: str, name: str | None) -> None:
        if not self.left_out:  # for it may be one of those
            self.tell("unknownKey", where, name=name)

    def _each_key(self, made: Constraints, content: Mapping[str, Any], kind: str, known: set[str]) -> Iterator[Key]:
        if kind not in content:
            return
        listed = content[kind]
        where = f"{made.name}: tc:keys/{kind}"
        if type(listed) is not list or not listed:
            self._structure(where, "must be a list that is not empty")
            self.left_out = True
            return
        for each in listed:
            if not self._has_form(each, where, kind, known):
                self.left_out = True
                continue
            name, severity = each["name"], each.get("severity", "error")
            place = f"key {name} of {made.name}"
            if severity not in ("error", "warning"):
                self.tell("unknownSeverity", place, value=severity)
            refers_to = each.get("referencedKeyName")
            for name_ in each["fields"]:
                self._field(made, place, name_)
            own = [name_ in made.columns for name_ in each["fields"] if made.constraint(name_) is not None]
            if kind == "unique" and own != sorted(own):
                self.tell("illegalUniqueKeyOrder", place)
            yield Key(
                name,
                tuple(each["fields"]),
                severity,
                each.get("shared") is True,
                refers_to if kind == "reference" else None,
                each.get("negate") is True,
            )

    def _has_form(self, content: Any, where: str, kind: str, known: set[str]) -> bool:
        """Whether a key has the properties that it must have, each of the right form."""
        if not self._is_object(content, where):
            return False
        before = len(self.faults)
        for name in content.keys() - known:
            if not str(name).startswith("tc:"):
                self._structure(where, f"the property {name!r} is unknown")
        for name in ("name", "severity", *(("referencedKeyName",) if kind == "reference" else ())):
            if name not in content and name != "severity":
                self._structure(where, f"a key lacks the property {name!r}")
            elif name in content and type(content[name]) is not str:
                self._structure(where, f"{name} must be a string")
        for name in known & {"shared", "negate"}:
            if name in content and type(content[name]) is not bool:
                self._structure(where, f"{name} must be true or false")
        self._texts(content.get("fields"), "fields", where)
        return len(self.faults) == before

    def _field(self, made: Constraints, place: str, name: str) -> None:
        constraint = made.constraint(name)
        if constraint is None:
            reason = "no column or parameter of that name has constraints"
            self.tell("illegalKeyField", place, field=name, reason=reason)
        elif constraint.base in NO_KEYS:
            reason = f"values of the type {constraint.type} cannot be compared"
            self.tell("illegalKeyField", place, field=name, reason=reason)
        elif (constraint.base in ZONED or constraint.type == "period") and constraint.time_zone is None:
            reason = "whether its values have a time zone must be said"
            self.tell("illegalKeyField", place, field=name, reason=reason)
        elif constraint.base == "duration" and constraint.duration_type is None:
            reason = "of which type its durations are must be said"
            self.tell("illegalKeyField", place, field=name, reason=reason)

    def _compare(self, templates: Mapping[str, Constraints]) -> None:
        """Keys of one name in several templates, and those that others refer to."""
        known: dict[str, tuple[Constraints, Key]] = {}
        for template in templates.values():
            for key in template.unique:
                first = known.setdefault(key.name, (template, key))
                if first[1] is key:
                    continue
                place = f"key {key.name} of {template.name}"
                if not (key.shared and first[1].shared):
                    self.tell("duplicateKeyName", place, name=key.name)
                    continue
                if key.severity != first[1].severity:
                    self.tell("inconsistentSharedKeySeverity", place)
                reason = _differs(template, key, *first)
                if reason:
                    self.tell("inconsistentSharedKeyFields", place, reason=reason)
        for template in templates.values():
            for key in template.reference:
                place = f"key {key.name} of {template.name}"
                other = known.get(key.refers_to or "")
                if other is None:
                    self._unknown(place, key.refers_to)
                    continue
                reason = _differs(template, key, *other)
                if reason:
                    self.tell("inconsistentReferenceKeyFields", place, name=key.refers_to, reason=reason)

    # Tables

    def _order(self, made: Constraints, content: Mapping[str, Any], columns: list[str]) -> None:
        if "tc:columnOrder" not in content:
            return
        order = content["tc:columnOrder"]
        where = f"{made.name}: tc:columnOrder"
        if type(order) is not list or not all(type(each) is str for each in order):
            self._structure(where, "must be a list of names of columns")
        elif len(set(order)) != len(order):
            self._structure(where, "names a column twice")
        elif sorted(order) != sorted(columns):
            self.tell("inconsistentColumnOrderDefinition", made.name)
        else:
            made.order = tuple(order)

    def _limits(self, made: Constraints, content: Mapping[str, Any]) -> None:
        limits = content.get("tc:tableConstraints", {})
        where = f"{made.name}: tc:tableConstraints"
        if not self._is_object(limits, where):
            return
        for name, value in limits.items():
            if name not in _LIMITS:
                if not str(name).startswith("tc:"):
                    self._structure(where, f"the property {name!r} is unknown")
            elif type(value) is not int or value < 1:
                self._structure(where, f"{name} must be a number from 1 up")
            else:
                made.limits[name] = value

    # Structure

    def _structure(self, where: str, reason: str) -> None:
        self.tell("invalidJSONStructure", where, reason=reason)

    def _is_object(self, content: Any, where: str) -> bool:
        if isinstance(content, Mapping):
            return True
        self._structure(where, "must be an object")
        return False

    def _texts(self, content: Any, name: str, where: str) -> bool:
        """Whether a list holds texts, one at least and none twice."""
        good = type(content) is list and bool(content) and all(type(each) is str for each in content)
        if not good or len(set(content)) != len(content):
            self._structure(where, f"{name} must be a list of strings, one at least and none twice")
            return False
        return True


def _differs(one: Constraints, key: Key, other: Constraints, known: Key) -> str:
    """How the fields of a key are others than those of a key that they should be like."""
    if len(key.fields) != len(known.fields):
        return f"{len(key.fields)} fields, not {len(known.fields)}"
    for mine, theirs in zip(key.fields, known.fields, strict=True):
        first, second = one.constraint(mine), other.constraint(theirs)
        if first is None or second is None:
            continue
        if _type(first) != _type(second):
            return f"{mine} is of the type {first.type}, not {second.type}"
        if first.time_zone is not second.time_zone:
            return f"one of {mine} and {theirs} has a time zone, the other none"
        if first.duration_type != second.duration_type:
            return f"{mine} is of the type {first.duration_type}, not {second.duration_type}"
    return ""


def _type(constraint: Constraint) -> str:
    """The type as others of the same meaning are written too, with any prefix of XML Schema's namespace."""
    return f"xs:{constraint.base}" if ":" in constraint.type else constraint.type
