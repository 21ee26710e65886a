"""Metadata of xBRL-CSV reports: the document, and those that it extends, merged (xBRL-CSV 1.0, extends)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from recto.errors import SourceError, UnsafeInputError
from recto.findings import Findings
from recto.instance.oim.document import DocumentInfo, Reporter, extension_paths, read_info
from recto.instance.oim.jsontext import JSONText, Path
from recto.instance.oim.read_json import require_type, take_draft
from recto.instance.oim.structure import CSV_METADATA, UNKNOWN, check
from recto.instance.oim.vocabulary import CSV_TYPE
from recto.patterns import lazy
from recto.xml import is_absolute, resolve_url

PREFIX: Final = "xbrlce"
_MAPS: Final = ("namespaces", "linkTypes", "linkGroups", "features", "final")
_OBJECTS: Final = ("tableTemplates", "tables", "dimensions", "parameters")
_TYPE: Final = lazy(r"xbrl-(?:csv|json)\Z")


class Resolver(Protocol):
    """What is needed to find other documents of a report."""

    def read(self, url: str) -> bytes: ...


class StopReading(Exception):
    """The metadata are such that no fact can be read; `missing` are URLs of metadata that were not to be had."""

    def __init__(self, *missing: str):
        super().__init__(*missing)
        self.missing = missing


@dataclass(slots=True)
class Metadata:
    """Merged metadata. `content` has the structure that CSV_METADATA demands."""

    url: str
    content: dict[str, Any]
    report: Reporter
    """Of the primary document."""
    info: DocumentInfo
    origins: dict[Path, Reporter] = field(default_factory=dict)
    """Of members that stand in a document which the primary one extends."""

    def fault(self, path: Path, code: str, message: str) -> None:
        """Reports a fault where the member at `path` was written."""
        self.origins.get(path[:2], self.report)(path, code, message)


def read_metadata(data: bytes, url: str, resolver: Resolver, findings: Findings) -> Metadata:
    """Reads and merges. Raises SourceError for what is no metadata at all, StopReading where faults leave nothing."""
    reader = _Reader(resolver, findings)
    content, report = reader.read(data, url, (url,))
    extended = [*extension_paths(content), *extension_paths(content["documentInfo"], ("documentInfo",))]
    info = read_info(content["documentInfo"], url, report, extended)
    metadata = Metadata(url, content, report, info, reader.origins)
    for path in _inner_extensions(content):
        prefix = str(path[-1]).partition(":")[0]
        if prefix not in info.namespaces:
            metadata.fault(path, "oimce:unboundPrefix", f"has the prefix {prefix!r}, which namespaces does not declare")
    if not info.taxonomy:
        report(("documentInfo", "taxonomy"), "oime:noTaxonomy", "must name at least one document")
    if reader.broken or (report.faults and not info.taxonomy):
        raise StopReading
    return metadata


class _Reader:
    def __init__(self, resolver: Resolver, findings: Findings):
        self.resolver = resolver
        self.findings = findings
        self.origins: dict[Path, Reporter] = {}
        self.broken = False

    def read(self, data: bytes, url: str, chain: tuple[str, ...]) -> tuple[dict[str, Any], Reporter]:
        text = JSONText(data, url, f"{PREFIX}:invalidJSON")
        report = Reporter(text, PREFIX, self.findings)
        take_draft(text, self.findings)
        if len(chain) == 1 or not _has_type(text):
            require_type(text, CSV_TYPE)
        for path, _ in text.repeated_keys() if text.has_repeated_keys else ():
            report(path, "invalidJSON", "occurs more than once in its object")
        content = text.value
        if report.faults or not check(content, CSV_METADATA, (), report):
            raise StopReading
        if any(message != UNKNOWN for _, message in report.faults):
            raise StopReading
        info = content["documentInfo"]
        base = info.get("baseURL") or url
        base = base if is_absolute(base) else url
        if "taxonomy" in info:
            info["taxonomy"] = [resolve_url(base, each) for each in info["taxonomy"]]
        for number, each in enumerate(info.get("extends", ())):
            self._extend(content, resolve_url(url, each), ("documentInfo", "extends", number), report, chain)
        return content, report

    def _extend(self, content: dict[str, Any], url: str, path: Path, report: Reporter, chain: tuple[str, ...]) -> None:
        if url in chain:
            report(path, "cycleInExtensionChain", f"leads back to {url}")
            raise StopReading
        try:
            data = self.resolver.read(url)
        except UnsafeInputError:
            raise
        except SourceError as error:
            reason = (
                f"names metadata that are missing: {url} ({error.message}). They say what the tables mean, and stand in"
                " the publisher's taxonomy package: give it with --taxonomies"
            )
            report(path, "unresolvableBaseMetadataFile", reason)
            raise StopReading(url) from None
        base, origin = self.read(data, url, (*chain, url))
        ours, theirs = content["documentInfo"]["documentType"], base["documentInfo"]["documentType"]
        if ours != theirs:
            report(path, "multipleDocumentTypesInExtensionChain", f"is of the type {theirs!r}, not {ours!r}")
            raise StopReading
        _Merge(self, path, report, origin, base["documentInfo"].get("final", {})).merge(content, base)


def _inner_extensions(content: Mapping[str, Any]) -> Iterator[Path]:
    """Paths of properties with prefixed names in templates, columns, property groups and tables."""
    for name, template in content.get("tableTemplates", {}).items():
        at: Path = ("tableTemplates", name)
        yield from extension_paths(template, at)
        for key, column in template["columns"].items():
            yield from extension_paths(column, (*at, "columns", key))
            for group, properties in column.get("propertyGroups", {}).items():
                yield from extension_paths(properties, (*at, "columns", key, "propertyGroups", group))
    for name, table in content.get("tables", {}).items():
        yield from extension_paths(table, ("tables", name))


def _has_type(text: JSONText) -> bool:
    """Whether a document says to be a report of any type of OIM, so that types in a chain can be compared."""
    info = text.value.get("documentInfo") if type(text.value) is dict else None
    found = info.get("documentType") if type(info) is dict else None
    return type(found) is str and _TYPE.search(found) is not None


@dataclass(frozen=True, slots=True)
class _Merge:
    """Takes one extended document into the one that extends it."""

    reader: _Reader
    path: Path
    report: Reporter
    origin: Reporter
    final: Mapping[str, bool]

    def merge(self, content: dict[str, Any], base: dict[str, Any]) -> None:
        info, base_info = content["documentInfo"], base["documentInfo"]
        for name in _MAPS:
            self._merge_object(info, base_info, name, ("documentInfo", name))
        self._merge_taxonomy(info, base_info)
        for name in _OBJECTS:
            self._merge_object(content, base, name, (name,))
        self._copy(info, base_info, {*_MAPS, "taxonomy", "documentType", "extends"}, ("documentInfo",))
        self._copy(content, base, {*_OBJECTS, "documentInfo"}, ())
        closed = self.final.get("parameters") or self.final.get("parameterURL")
        if closed and "parameterURL" in content and "parameterURL" not in base:
            self._fault(("parameterURL",), "illegalExtensionOfFinalProperty", "adds to parameters, which are final")

    def _merge_object(self, into: dict[str, Any], base: Mapping[str, Any], name: str, path: Path) -> None:
        ours, theirs = into.get(name, {}), base.get(name, {})
        final = self.final.get(name, False)
        for key, value in ours.items():
            if final and key not in theirs:
                what = f"adds to {name}, which {self.origin.text.url} makes final"
                self._fault((*path, key), "illegalExtensionOfFinalProperty", what)
            elif key in theirs and not same(theirs[key], value):
                what = f"has another value in {self.origin.text.url}"
                self._fault((*path, key), "conflictingMetadataValue", what)
        for key, value in theirs.items():
            if key not in ours:
                into.setdefault(name, {})[key] = value
                if len(path) == 1:
                    self.reader.origins.setdefault((*path, key), self.origin)

    def _merge_taxonomy(self, into: dict[str, Any], base: Mapping[str, Any]) -> None:
        ours, theirs = into.get("taxonomy", []), base.get("taxonomy", [])
        added = [url for url in ours if url not in theirs]
        if added and self.final.get("taxonomy"):
            what = f"changes the taxonomy, which {self.origin.text.url} makes final"
            self._fault(("documentInfo", "taxonomy"), "illegalExtensionOfFinalProperty", what)
        if theirs:
            into["taxonomy"] = [*theirs, *added]

    def _copy(self, into: dict[str, Any], base: Mapping[str, Any], merged: set[str], path: Path) -> None:
        for key, value in base.items():
            if key in merged:
                continue
            if key not in into:
                into[key] = value
                self.reader.origins[*path, key] = self.origin
            elif not same(into[key], value):
                what = f"has another value in {self.origin.text.url}, and is not a property that can be extended"
                self._fault((*path, key), "illegalRedefinitionOfNonExtensibleProperty", what)

    def _fault(self, path: Path, code: str, message: str) -> None:
        self.report(path, code, message)
        self.reader.broken = True


def same(one: Any, other: Any) -> bool:
    """Whether JSON values are equal: unlike in Python, true is not 1."""
    if type(one) is not type(other):
        return False
    if type(one) is dict:
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if type(one) is list:
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
