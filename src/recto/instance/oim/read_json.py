"""Reader of xBRL-JSON 1.0 reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from recto.errors import SourceError
from recto.findings import Findings
from recto.instance.home import Home
from recto.instance.model import Fact, FootnoteLink, Instance
from recto.instance.oim.assemble import Assembler, Said
from recto.instance.oim.document import DocumentInfo, Reporter, check_taxonomy, extension_paths, read_info
from recto.instance.oim.duplicates import report_duplicates
from recto.instance.oim.jsontext import JSONText
from recto.instance.oim.links import Link, LinkBuilder
from recto.instance.oim.structure import FACT, JSON_REPORT, UNKNOWN, check
from recto.instance.oim.vocabulary import DRAFT, JSON_TYPE, XBRL
from recto.taxonomy.model import Taxonomy
from recto.xml import file_name

GetTaxonomy = Callable[[Sequence[str]], Taxonomy]
PREFIX: Final = "xbrlje"


def read_json(data: bytes, url: str, get: GetTaxonomy) -> Instance:
    """The report in a JSON document.

    Faults become findings. Where the documentInfo is at fault, or a key occurs twice, nothing else can be relied on,
    and the instance has no facts. Raises SourceError for what is not JSON (`xbrlje:invalidJSON`) or is of another
    type of document (`oimce:unsupportedDocumentType`).
    """
    text = JSONText(data, url, f"{PREFIX}:invalidJSON")
    findings = Findings()
    take_draft(text, findings)
    require_type(text, JSON_TYPE)
    report = Reporter(text, PREFIX, findings)
    for path, _ in text.repeated_keys() if text.has_repeated_keys else ():
        report(path, "invalidJSON", "occurs more than once in its object")
    content = text.value
    if report.faults or not check(content, JSON_REPORT, (), report) or is_unreliable(report):
        return _instance(url, (), Assembler(get(()), {}, findings, PREFIX), (), {}, {})
    info = read_info(
        content["documentInfo"],
        url,
        report,
        [*extension_paths(content), *extension_paths(content["documentInfo"], ("documentInfo",))],
    )
    if not info.taxonomy:
        report(("documentInfo", "taxonomy"), "oime:noTaxonomy", "must name at least one document")
        return _instance(url, (), Assembler(get(()), {}, findings, PREFIX), (), info.namespaces, {})
    taxonomy = get(info.taxonomy)
    check_taxonomy(info, taxonomy, report)
    reader = _Facts(text, info, taxonomy, report)
    facts = tuple(reader.read(content.get("facts", {})))
    links = reader.links(facts)
    report_duplicates(facts, info.allowed_duplicates, taxonomy, findings)
    return _instance(url, facts, reader.assembler, info.taxonomy, info.namespaces, links)


def take_draft(text: JSONText, findings: Findings) -> None:
    """Where a document says to be of a draft of the Recommendations of 2021, takes it as of these: they differ little.

    That is told. Its document type, the names of its namespaces, and where it names what it extends become those of the
    Recommendations.
    """
    content = text.value if type(text.value) is dict else {}
    info = content.get("documentInfo")
    found = info.get("documentType") if type(info) is dict else None
    match = DRAFT.match(found) if type(found) is str else None
    if match is None or type(found) is not str or type(info) is not dict:
        return
    findings.found(
        "recto:draftDocumentType", found, document=text.url, line=text.line(("documentInfo", "documentType"))
    )
    draft, info["documentType"] = match[0].removesuffix(match[1]), XBRL + match[1]
    namespaces = info.get("namespaces")
    if type(namespaces) is dict:
        for prefix, uri in namespaces.items():
            if uri == draft:
                namespaces[prefix] = XBRL
    if type(content.get("extends")) is list and "extends" not in info:
        info["extends"] = content.pop("extends")


def require_type(text: JSONText, document_type: str) -> None:
    """Raises SourceError where the document is of another type (OIM Common Definitions 1.0, 2)."""
    info = text.value.get("documentInfo") if type(text.value) is dict else None
    found = info.get("documentType") if type(info) is dict else None
    if found != document_type:
        said = "there is none" if found is None else f"not {found!r}"
        message = f"the document type must be {document_type!r}: {said}"
        line = text.line(("documentInfo", "documentType"))
        raise SourceError(message, code="oimce:unsupportedDocumentType", document=text.url, line=line)


def is_unreliable(report: Reporter) -> bool:
    """Whether the documentInfo has other faults than a property too many."""
    return any(path[:1] == ("documentInfo",) and message != UNKNOWN for path, message in report.faults)


def _instance(
    url: str,
    facts: tuple[Fact, ...],
    assembler: Assembler,
    taxonomy: Sequence[str],
    namespaces: Mapping[str, str],
    links: Mapping[Fact, Sequence[FootnoteLink]],
) -> Instance:
    return Instance(
        url,
        (url,),
        "json",
        None,
        assembler.kinds.taxonomy,
        facts,
        assembler.contexts,
        assembler.units,
        namespaces,
        tuple(taxonomy),
        links,
        assembler.findings,
        Home(),
        file_name(url),
    )


class _Facts:
    """Reads the members of `facts`."""

    def __init__(self, text: JSONText, info: DocumentInfo, taxonomy: Taxonomy, report: Reporter):
        self.text = text
        self.info = info
        self.report = report
        content = text.value.get("facts", {})
        self.lines = text.lines_of_keys(("facts",), content) if content else {}
        self.assembler = Assembler(
            taxonomy,
            info.namespaces,
            report.findings,
            PREFIX,
            canonical_values=info.canonical_values,
            ids=self.lines,
        )
        self._links: list[Link] = []
        self._known: set[object] = set()
        """Keys of dimensions, and values of some, that were found to be of the right form."""

    def read(self, content: Mapping[str, Any]) -> Iterator[Fact]:
        url = self.text.url
        lines = self.lines
        for identifier, fact in content.items():
            if not self._is_plain(fact) and not self._check(identifier, fact):
                continue
            line = lines[identifier]
            made = self.assembler.fact(
                Said(identifier, fact["dimensions"], fact["value"], fact.get("decimals"), url, line)
            )
            for link_type, groups in fact.get("links", {}).items():
                if not groups:
                    self._links.append(Link(link_type, None, None, (), line))
                for group, targets in groups.items():
                    self._links.append(Link(link_type, group, identifier, targets, line))
            if made is not None:
                yield made

    def _check(self, identifier: str, fact: Any) -> bool:
        path = ("facts", identifier)
        has_decimals = type(fact) is dict and "decimals" in fact
        if not check(fact, FACT, path, self.report) or has_decimals != ("decimals" in fact):
            return False
        self._known.update((key, value) if key in _CHECKED else key for key, value in fact["dimensions"].items())
        bound = True
        for extension in extension_paths(fact, path):
            prefix = str(extension[-1]).partition(":")[0]
            if prefix not in self.info.namespaces:
                message = f"has the prefix {prefix!r}, which namespaces does not declare"
                self.report(extension, "oimce:unboundPrefix", message)
                bound = False
        return bound

    def _is_plain(self, fact: Any) -> bool:
        """Whether a fact has only what was seen to be right before, as nearly all have: no need to look further."""
        if type(fact) is not dict or not fact.keys() <= _PLAIN:
            return False
        dimensions = fact.get("dimensions")
        if type(dimensions) is not dict or type(fact.get("value")) is not str:
            return False
        if "concept" not in dimensions or ("decimals" in fact and type(fact["decimals"]) is not int):
            return False
        known = self._known
        for key, value in dimensions.items():
            if type(value) is not str or ((key, value) if key in _CHECKED else key) not in known:
                return False
        return True

    def links(self, facts: Sequence[Fact]) -> dict[Fact, list[FootnoteLink]]:
        builder = LinkBuilder(
            self.info,
            {fact.id: fact for fact in facts},
            self.assembler.notes,
            self.lines.__contains__,
            self.report.findings,
            self.text.url,
            PREFIX,
        )
        return builder.build(self._links, complete=not self.report.faults)


_PLAIN: Final = frozenset(("value", "decimals", "dimensions"))
_CHECKED: Final = frozenset(("concept", "entity", "language"))
"""Dimensions whose values must have a form that the structure demands."""
