"""Tables and parameters of a report against the constraints of their templates (`tcre`)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from recto.errors import RectoError
from recto.findings import Finding
from recto.findings.catalogue import found
from recto.instance.oim.csvfile import FileFault, rows
from recto.instance.oim.kinds import Fault
from recto.instance.oim.metadata import Metadata
from recto.instance.oim.templates import special
from recto.rules.table_constraints.definitions import Constraints, Key
from recto.rules.table_constraints.values import Constraint, sorts
from recto.xml import resolve_url

_NIL: Final = "#nil"
Values = tuple[Hashable, ...]


class _Met(Struct):
    """Values of a unique key, over all tables."""

    values: set[Values] = field(default_factory=set)


class _Span(Struct):
    """The rows of a table that has a sort key."""

    table: str
    document: str
    line: int
    """Of the first row."""
    first: tuple[Any, ...]
    last: tuple[Any, ...]
    sorted: bool = True


class _Reference(Struct, frozen=True):
    """A value of a reference key, to be looked for when all tables were read."""

    key: Key
    values: Values
    shown: str
    document: str
    line: int
    where: str


class Tables:
    """Iterates over what is found; rows are read once, one at a time, and of them only the values of keys kept."""

    def __init__(
        self,
        metadata: Metadata,
        templates: Mapping[str, Constraints],
        resolver: Any,
        parameters: Mapping[str, str],
    ) -> None:
        self.metadata = metadata
        self.templates = templates
        self.resolver = resolver
        self.parameters = parameters
        self.namespaces = metadata.info.namespaces
        self.keys: dict[str, _Met] = {}
        self.references: list[_Reference] = []
        self.counts: dict[str, int] = {}
        self.spans: dict[str, list[_Span]] = {}
        for template in templates.values():
            for key in template.unique:
                self.keys.setdefault(key.name, _Met())

    def __iter__(self) -> Iterator[Finding]:
        for name, content in self.metadata.content.get("tables", {}).items():
            template = self.templates.get(content.get("template", name))
            if template is not None:
                yield from self._table(name, content, template)
        for template in self.templates.values():
            yield from self._number(template)
            yield from self._overlaps(template)
        yield from self._referring()

    def _tell(self, code: str, about: str, document: str, line: int = 0, /, **arguments: Any) -> Finding:
        return found(f"tcre:{code}", about, document=document, line=line, **arguments)

    # Tables

    def _table(self, name: str, content: Mapping[str, Any], template: Constraints) -> Iterator[Finding]:
        own: Mapping[str, str] = content.get("parameters", {})
        given = {**self.parameters, **own}
        url = resolve_url(self.metadata.url, content["url"])
        for column in template.columns:
            if column in given:
                yield self._tell("columnParameterConflict", f"table {name}", self.metadata.url, name=column)
        wrong = set()
        for parameter, constraint in template.parameters.items():
            text = given.get(parameter)
            for told in self._value(constraint, f"parameter {parameter}", text, self.metadata.url, 0):
                wrong.add(parameter)
                yield told
        try:
            data = self.resolver.read(url)
        except RectoError:
            return  # told when the report was read
        self.counts[template.name] = self.counts.get(template.name, 0) + 1
        try:
            yield from self._rows(name, template, given, wrong, url, rows(data))
        except FileFault:
            return

    def _rows(
        self,
        name: str,
        template: Constraints,
        given: Mapping[str, str],
        wrong_parameters: set[str],
        url: str,
        lines: Iterator[tuple[int, list[str]]],
    ) -> Iterator[Finding]:
        header: dict[str, int] = {}
        for at, column in enumerate(next(lines, (1, []))[1]):
            header.setdefault(column, at)
        yield from self._header(name, template, header, url)
        keys = [(key, self._getters(template, key, header, given)) for key in (*template.unique, *template.reference)]
        columns = [(column, header[column], each) for column, each in template.columns.items() if column in header]
        count = 0
        for line, row in lines:
            if not any(row):
                continue
            count += 1
            wrong = set(wrong_parameters)
            for column, at, constraint in columns:
                text = row[at] if at < len(row) else ""
                for told in self._value(constraint, f"{column} of {name}", text, url, line, cell=True):
                    wrong.add(column)
                    yield told
            for key, getters in keys:
                found_values = [get(row) for get in getters]
                values = tuple(value for value, _ in found_values)
                shown = ", ".join(text for _, text in found_values)
                if key.refers_to is not None:
                    if wrong.isdisjoint(key.fields) and any(value is not None for value in values):
                        self.references.append(_Reference(key, values, shown, url, line, f"table {name}"))
                    continue
                met = self.keys[key.name].values
                if values in met:
                    told = self._tell("uniqueKeyViolation", f"table {name}", url, line, key=key.name, value=shown)
                    yield replace(told, severity=key.severity)
                met.add(values)
                if key.name == template.sort_key and wrong.isdisjoint(key.fields):
                    yield from self._sorted(name, template, tuple(map(sorts, values)), url, line)
        yield from self._length(name, template, count, url)

    def _sorted(
        self, name: str, template: Constraints, here: tuple[Any, ...], url: str, line: int
    ) -> Iterator[Finding]:
        """Keeps what the rows of a table span, and tells of the first that does not come after the one before."""
        spans = self.spans.setdefault(template.name, [])
        if not spans or spans[-1].table != name:
            spans.append(_Span(name, url, line, here, here))
            return
        span = spans[-1]
        if here > span.last:
            span.last = here
            return
        if span.sorted:
            reason = "this row does not come after the one before"
            yield self._tell("sortKeyViolation", f"table {name}", url, line, key=template.sort_key, reason=reason)
        span.sorted = False
        span.first = min(span.first, here)

    def _overlaps(self, template: Constraints) -> Iterator[Finding]:
        """Tables of one template of which neither comes wholly before the other."""
        last: _Span | None = None
        for span in sorted(self.spans.get(template.name, ()), key=lambda each: (each.first, each.last)):
            if last is not None and last.last >= span.first:
                reason = f"they do not come wholly after those of the table {last.table}, nor before"
                about = f"table {span.table}"
                yield self._tell(
                    "sortKeyViolation", about, span.document, span.line, key=template.sort_key, reason=reason
                )
            if last is None or span.last > last.last:
                last = span

    def _header(self, name: str, template: Constraints, header: Mapping[str, int], url: str) -> Iterator[Finding]:
        needed = [column for column, each in template.columns.items() if not each.optional]
        for column in dict.fromkeys((*needed, *(template.order or ()))):
            if column not in header:
                yield self._tell("missingColumn", f"column {column} of {name}", url, 1)
        if template.order is not None:
            places = [header[column] for column in template.order if column in header]
            if places != sorted(places):
                yield self._tell("invalidColumnOrder", f"table {name}", url, 1, order=", ".join(template.order))

    def _length(self, name: str, template: Constraints, count: int, url: str) -> Iterator[Finding]:
        least, most = template.limits.get("minTableRows"), template.limits.get("maxTableRows")
        if least is not None and count < least:
            yield self._tell("minTableRowsViolation", f"table {name}", url, count=count, least=least)
        if most is not None and count > most:
            yield self._tell("maxTableRowsViolation", f"table {name}", url, count=count, most=most)

    def _number(self, template: Constraints) -> Iterator[Finding]:
        count, url = self.counts.get(template.name, 0), self.metadata.url
        least, most = template.limits.get("minTables"), template.limits.get("maxTables")
        if least is not None and count < least:
            yield self._tell("minTablesViolation", f"template {template.name}", url, count=count, least=least)
        if most is not None and count > most:
            yield self._tell("maxTablesViolation", f"template {template.name}", url, count=count, most=most)

    # Values

    def _value(
        self, constraint: Constraint, about: str, text: str | None, url: str, line: int, *, cell: bool = False
    ) -> Iterator[Finding]:
        if text == _NIL and not constraint.nillable:
            yield self._tell("invalidValue", about, url, line, reason="it must not be #nil")
            return
        value = _effective(text, cell=cell)
        if value is None:
            if not constraint.optional and not (text == _NIL and constraint.nillable):
                yield self._tell("missingValue", about, url, line)
            return
        fault = constraint.fault(value, self.namespaces)
        if fault is not None:
            yield self._tell(fault[0], about, url, line, **fault[1])

    def _getters(
        self, template: Constraints, key: Key, header: Mapping[str, int], given: Mapping[str, str]
    ) -> list[Callable[[Sequence[str]], tuple[Hashable, str]]]:
        made: list[Callable[[Sequence[str]], tuple[Hashable, str]]] = []
        for name in key.fields:
            constraint = template.constraint(name)
            assert constraint is not None
            if name in template.columns:
                made.append(_of_column(constraint, header.get(name)))
            else:
                text = _effective(given.get(name), cell=False)
                made.append(_constant((constraint.key(text), text or "nothing")))
        return made

    # References

    def _referring(self) -> Iterator[Finding]:
        for each in self.references:
            known = each.values in self.keys[each.key.refers_to or ""].values
            if known is each.key.negate:
                told = self._tell(
                    "referenceKeyViolation",
                    each.where,
                    each.document,
                    each.line,
                    key=each.key.name,
                    value=each.shown,
                    wrong="" if known else "not",
                    other=each.key.refers_to,
                )
                yield replace(told, severity=each.key.severity, message=" ".join(told.message.split()))


def _of_column(constraint: Constraint, at: int | None) -> Callable[[Sequence[str]], tuple[Hashable, str]]:
    def get(row: Sequence[str]) -> tuple[Hashable, str]:
        text = _effective(row[at] if at is not None and at < len(row) else "", cell=True)
        return constraint.key(text), text or "nothing"

    return get


def _constant(value: tuple[Hashable, str]) -> Callable[[Sequence[str]], tuple[Hashable, str]]:
    return lambda row: value


def _effective(text: str | None, *, cell: bool) -> str | None:
    """A cell's or parameter's value; None for nothing: `#none`, `#nil`, and in a cell no text (xBRL-CSV 1.0)."""
    if text is None or (cell and text == ""):
        return None
    try:
        value = special(text)
    except Fault:
        return text  # told when the report was read
    return value if isinstance(value, str) else None
