"""Reader of xBRL-CSV 1.0 reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from recto import limits
from recto.findings import Findings
from recto.instance.home import Home
from recto.instance.model import Context, Fact, FootnoteLink, Instance, Unit
from recto.instance.oim.assemble import Assembler
from recto.instance.oim.document import check_taxonomy
from recto.instance.oim.duplicates import report_duplicates
from recto.instance.oim.jsontext import Path
from recto.instance.oim.kinds import Fault
from recto.instance.oim.links import Link, LinkBuilder
from recto.instance.oim.metadata import PREFIX, StopReading, read_metadata
from recto.instance.oim.parameters import report_parameters
from recto.instance.oim.strings import UnitError, parse_unit
from recto.instance.oim.tables import Table, TableReader
from recto.instance.oim.templates import Properties, TemplateReader, Value
from recto.instance.oim.vocabulary import PURE
from recto.taxonomy.model import Taxonomy
from recto.xml import file_name, resolve_url

GetTaxonomy = Callable[[Sequence[str]], Taxonomy]
_BEARABLE: Final = frozenset(("oime:unknownConcept", "oime:unknownDimension"))
"""Faults of templates with which facts can still be told apart, as where a taxonomy could not be found."""


def read_csv(data: bytes, url: str, resolver: Any, get: GetTaxonomy) -> Instance:
    """The report that a metadata document describes, with all its tables.

    Faults become findings; where the metadata are at fault, the instance has no facts. Raises SourceError for what is
    not JSON (`xbrlce:invalidJSON`) or is of another type of document (`oimce:unsupportedDocumentType`).
    """
    findings = Findings()
    try:
        report = CSVReport(data, url, resolver, get, findings)
    except StopReading as stopped:
        return _report(url, get(()), findings, schema_refs=stopped.missing)
    facts = tuple(report.facts())
    metadata = report.metadata
    links = report.links(facts)
    report_duplicates(facts, metadata.info.allowed_duplicates, report.taxonomy, findings)
    return _report(
        url,
        report.taxonomy,
        findings,
        metadata.info.namespaces,
        metadata.info.taxonomy,
        facts=facts,
        contexts=report.assembler.contexts,
        units=report.assembler.units,
        links=links,
    )


def stream_facts(
    data: bytes, url: str, resolver: Any, get: GetTaxonomy, findings: Findings | None = None
) -> tuple[Instance, Iterator[Fact]]:
    """A report without facts, and its facts row by row: only the file being read, and some contexts, stay in memory.

    `data` are the metadata's bytes. Links are not followed, and duplicates not looked for; notes are left out.
    Raises SourceError as `read_csv` does.
    """
    findings = findings if findings is not None else Findings()
    try:
        report = CSVReport(data, url, resolver, get, findings, limit=limits.STREAM_CONTEXTS)
    except StopReading as stopped:
        return _report(url, get(()), findings, schema_refs=stopped.missing), iter(())
    info = report.metadata.info
    return _report(url, report.taxonomy, findings, info.namespaces, info.taxonomy), report.facts()


def _report(
    url: str,
    taxonomy: Taxonomy,
    findings: Findings,
    namespaces: Mapping[str, str] | None = None,
    schema_refs: Sequence[str] = (),
    *,
    facts: Sequence[Fact] = (),
    contexts: Mapping[str, Context] | None = None,
    units: Mapping[str, Unit] | None = None,
    links: Mapping[Fact, Sequence[FootnoteLink]] | None = None,
) -> Instance:
    return Instance(
        url,
        (url,),
        "csv",
        None,
        taxonomy,
        facts,
        contexts or {},
        units or {},
        namespaces or {},
        schema_refs,
        links or {},
        findings,
        Home(),
        file_name(url),
    )


class CSVReport:
    """A report whose metadata were read and found to be in order. Raises StopReading where they are not."""

    def __init__(
        self,
        data: bytes,
        url: str,
        resolver: Any,
        get: GetTaxonomy,
        findings: Findings,
        *,
        limit: int | None = None,
    ):
        self.findings = findings
        self.resolver = resolver
        self.metadata = metadata = read_metadata(data, url, resolver, findings)
        info = metadata.info
        self.taxonomy = get(info.taxonomy)
        check_taxonomy(info, self.taxonomy, metadata.report)
        self.assembler = Assembler(
            self.taxonomy,
            info.namespaces,
            findings,
            "xbrlce",
            canonical_values=info.canonical_values,
            limit=limit,
        )
        before = len(findings)
        templates = TemplateReader(metadata, self._check_dimension)
        self.templates = templates.read()
        self.properties: Properties = templates.properties(metadata.content, ())
        self.parameters = report_parameters(metadata, resolver, findings)
        self.tables = list(self._tables(templates))
        self._check_parameters()
        self._ids: set[str] = set()
        if any(each.code not in _BEARABLE for each in tuple(findings)[before:]):
            raise StopReading

    def facts(self) -> Iterator[Fact]:
        for table in self.tables:
            yield from TableReader(table, self.properties, self.parameters, self.assembler, self._ids).read(
                self.resolver, self.metadata
            )

    def links(self, facts: Sequence[Fact]) -> Any:
        """What each fact is linked to."""
        builder = LinkBuilder(
            self.metadata.info,
            {fact.id: fact for fact in facts},
            self.assembler.notes,
            self._ids.__contains__,
            self.findings,
            self.metadata.url,
            PREFIX,
        )
        return builder.build(self._links())

    def _links(self) -> Iterator[Link]:
        text = self.metadata.report.text
        for link_type, groups in self.metadata.content.get("links", {}).items():
            if not groups:
                yield Link(link_type, None, None, (), text.line(("links", link_type)))
            for group, sources in groups.items():
                if not sources:
                    yield Link(link_type, group, None, (), text.line(("links", link_type, group)))
                    continue
                lines = text.lines_of_members(("links", link_type, group))
                for source, targets in sources.items():
                    yield Link(link_type, group, source, targets, lines.get(source, 0))

    def _tables(self, templates: TemplateReader) -> Iterator[Table]:
        metadata = self.metadata
        for name, content in metadata.content.get("tables", {}).items():
            path = ("tables", name)
            templates.identifier(name, path)
            template_name = content.get("template", name)
            template = self.templates.get(template_name)
            if template is None:
                metadata.fault(path, "unknownTableTemplate", f"has no template: there is no {template_name!r}")
                continue
            parameters = content.get("parameters", {})
            for parameter in parameters:
                templates.identifier(parameter, (*path, "parameters", parameter))
            url = resolve_url(metadata.url, content["url"])
            yield Table(name, template, url, parameters, content.get("optional", False))

    def _check_parameters(self) -> None:
        """Every parameter must be referred to (xBRL-CSV 1.0, parameters)."""
        own = self.properties.references()
        used = own.union(*(template.references() for template in self.templates.values()))
        for name in self.parameters:
            if name not in used:
                path = (
                    ("parameters", name) if name in self.metadata.content.get("parameters", {}) else ("parameterURL",)
                )
                self.metadata.fault(path, "unreferencedParameter", f"gives {name!r}, which nothing refers to")
        for table in self.tables:
            for name in table.parameters.keys() - table.template.references() - own:
                place: Path = ("tables", table.name, "parameters", name)
                self.metadata.fault(place, "unreferencedParameter", f"gives {name!r}, which nothing refers to")

    def _check_dimension(self, name: str, value: Value) -> None:
        """Looks at what does not depend on rows. Raises Fault."""
        kinds = self.assembler.kinds
        literal = value is None or type(value) is str
        if ":" in name:
            axis = kinds.axis(name)
            if axis.concept is None:
                self.assembler.missing.add(name)
                raise Fault("oime:unknownDimension", f"{name} is no dimension of the taxonomy")
            if axis.unsupported is not None:
                raise Fault("oime:unsupportedDimensionDataType", f"the type of {name} is {axis.unsupported}")
            if literal:
                self.assembler.member(axis, name, value)  # type: ignore[arg-type]
        elif literal:
            check: dict[str, Callable[[str], object]] = {
                "concept": self._check_concept,
                "entity": self.assembler.entity,
                "period": self.assembler.period,
                "unit": self._check_unit,
                "language": self.assembler.check_language,
            }
            check[name](value if type(value) is str else "#nil")

    def _check_concept(self, text: str) -> None:
        kind = self.assembler.kinds.kind(text)
        if kind.is_note:
            return
        if kind.concept is None:
            self.assembler.missing.add(text)
            raise Fault("oime:unknownConcept", f"{text} is in no schema of the taxonomy")
        if kind.concept.abstract:
            raise Fault("oime:valueForAbstractConcept", f"{text} is abstract, so it has no value")
        if kind.unsupported is not None:
            raise Fault("oime:unsupportedConceptDataType", f"{text} cannot be reported here: {kind.unsupported}")

    def _check_unit(self, text: str) -> None:
        try:
            numerators, denominators = parse_unit(text, self.metadata.info.namespaces)
        except UnitError as error:
            raise Fault(error.code, str(error)) from None
        if numerators == (PURE,) and not denominators:
            raise Fault("oime:illegalPureUnit", "a pure number is one without unit, it must not be xbrli:pure")
