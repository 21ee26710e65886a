"""FilingSummary.xml: the index of a filing's pages (rendering.md 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from recto.findings import Finding
from recto.rendering.categories import holds
from recto.rendering.model import RenderedFiling, RenderedInstance, Report
from recto.rendering.standard import is_standard, namespace_counts, statistics, total
from recto.rendering.writers.documents import Listed, base_name, documents, primary_first
from recto.rendering.writers.html import VERSION, escape, escape_attribute

FLAGS: Final = (
    "isShr",
    "isDefinitelyFs",
    "isDefinitelyNotFs",
    "isFeeExhibit",
    "isIfrs",
    "isN1a",
    "isN2Prospectus",
    "isN3N4N6",
    "isNcsr",
    "isOEF",
    "isOnlyDei",
    "isProxy",
    "isRR",
    "isRRorOEF",
    "isRxp",
    "isOnlyShr",
    "isSdr",
    "isUsgaap",
    "isVip",
)
"""In the order in which InputFiles prints them (rendering.md 17.3)."""

LOG_LIMIT: Final = 100
_REPOSITORY_EXHIBITS: Final = ("K SDR", "L SDR")
"""Document types of security-based swap data repositories, listed under their exhibit's name."""


def filing_summary(
    filing: RenderedFiling, *, report_format: str = "html", images: Iterable[str] = (), version: str = VERSION
) -> bytes:
    """The document as UTF-8. `images` are the names of pictures that the filing's documents show, in any order."""
    counts = total(statistics(each.instance) for each in filing.instances)
    out = [
        "<?xml version='1.0' encoding='utf-8'?>\n<FilingSummary>",
        f"  <Version>{version}</Version>",
        "  <ProcessingTime/>",
        f"  <ReportFormat>{report_format}</ReportFormat>",
        f"  <ContextCount>{counts.contexts}</ContextCount>",
        f"  <ElementCount>{counts.elements}</ElementCount>",
        f"  <EntityCount>{counts.entities}</EntityCount>",
        f"  <FootnotesReported>{_word(counts.footnotes)}</FootnotesReported>",
        f"  <SegmentCount>{counts.segments}</SegmentCount>",
        "  <ScenarioCount>0</ScenarioCount>",
        "  <TuplesReported>false</TuplesReported>",
        f"  <UnitCount>{counts.units}</UnitCount>",
        "  <MyReports>",
    ]
    for report in filing.reports:
        out += _report(report, report_format)
    out += _book()
    out.append("  </MyReports>")
    out += _group("Logs", _logs(filing.findings), optional=True)
    listed = [(each, documents(each)) for each in filing.instances]
    out += _group("InputFiles", _input_files(listed))
    names = [*sorted(set(images)), *sorted(filing.images)]
    out += _group("SupplementalFiles", (f"    <File>{escape(name)}</File>" for name in names))
    out += _group("BaseTaxonomies", _base_taxonomies(filing))
    links = {document.kind for _, every in listed for document in every if document.local}
    out.append(f"  <HasPresentationLinkbase>{_word('presentationLink' in links)}</HasPresentationLinkbase>")
    out.append(f"  <HasCalculationLinkbase>{_word('calculationLink' in links)}</HasCalculationLinkbase>")
    out.append("</FilingSummary>\n")
    return "\n".join(out).encode("utf-8", "surrogatepass")


def _word(value: bool) -> str:
    return "true" if value else "false"


def _element(name: str, text: str, indent: str = "      ") -> str:
    return f"{indent}<{name}>{escape(text)}</{name}>"


def _group(name: str, lines: Iterable[str], *, optional: bool = False) -> list[str]:
    content = list(lines)
    if not content:
        return [] if optional else [f"  <{name}/>"]
    return [f"  <{name}>", *content, f"  </{name}>"]


def _report(report: Report, report_format: str) -> Iterator[str]:
    instance = f' instance="{escape_attribute(report.instance_name)}"' if report.instance_name else ""
    yield f"    <Report{instance}>"
    yield _element("IsDefault", _word(report.is_default))
    yield _element("HasEmbeddedReports", _word(report.has_embedded))
    if "html" in report_format:
        yield _element("HtmlFileName", f"{report.stem}.htm")
    yield _element("LongName", report.long_name)
    yield _element("ReportType", report.report_type)
    yield _element("Role", report.role)
    yield _element("ShortName", report.short_name)
    if "xml" in report_format:
        yield _element("XmlFileName", f"{report.stem}.xml")
    yield _element("MenuCategory", report.category)
    if report.parent_role is not None:
        yield _element("ParentRole", report.parent_role)
    yield _element("Position", str(report.position))
    yield "    </Report>"


def _book() -> Iterator[str]:
    yield "    <Report>"
    yield _element("IsDefault", "false")
    yield _element("HasEmbeddedReports", "false")
    yield _element("LongName", "All Reports")
    yield _element("ReportType", "Book")
    yield _element("ShortName", "All Reports")
    yield "    </Report>"


def _logs(findings: Iterable[Finding]) -> Iterator[str]:
    """Warnings and errors in the order met, at most 100 (rendering.md 17.3)."""
    told = [finding for finding in findings if finding.severity != "info"]
    for finding in told[:LOG_LIMIT]:
        where = ""
        if finding.document is not None:
            line = "" if finding.line is None else str(finding.line)
            where = f" - {base_name(finding.document)} {line}"
        text = escape(f"[{finding.code}] {finding.message}{where}")
        yield f'    <Log type="{finding.severity.capitalize()}">{text}</Log>'
    if len(told) > LOG_LIMIT:
        text = f"There are more than {LOG_LIMIT} warnings or errors, only {LOG_LIMIT} will be displayed."
        yield f'    <Log type="Info">{text}</Log>'


def _input_files(listed: Iterable[tuple[RenderedInstance, list[Listed]]]) -> Iterator[str]:
    seen: set[str] = set()
    for rendered, every in listed:
        groups: dict[str, list[str]] = {}
        for document in every:
            names = groups.setdefault(document.kind, [])
            if document.local:
                names.append(document.name)
        for kind, names in groups.items():
            for name in primary_first(rendered.instance, names):
                if name not in seen:
                    seen.add(name)
                    marks = _marks(rendered, kind, name) if kind in ("instance", "inline") else ""
                    yield f"    <File{marks}>{escape(name)}</File>"


def _marks(rendered: RenderedInstance, kind: str, name: str) -> str:
    flags = set(rendered.flags)
    definitely = "isDefinitelyFs" in flags or any(holds("Statement", report.long_name) for report in rendered.reports)
    flags -= {"isDefinitelyFs", "isDefinitelyNotFs"}
    if definitely:
        flags.add("isDefinitelyFs")
    elif "isNcsr" in flags:
        flags.add("isDefinitelyNotFs")
    kind_of_filing = rendered.document_type or ""
    if kind_of_filing.startswith(_REPOSITORY_EXHIBITS):
        kind_of_filing = f"EX-99.{kind_of_filing}"
    marks = f' doctype="{escape_attribute(kind_of_filing)}"'
    marks += "".join(f' {flag}="true"' for flag in FLAGS if flag in flags)
    return marks + (f' original="{escape_attribute(name)}"' if kind == "inline" else "")


def _base_taxonomies(filing: RenderedFiling) -> Iterator[str]:
    counts: dict[str, int] = {}
    for each in filing.instances:
        for namespace, number in namespace_counts(each.instance).items():
            counts[namespace] = counts.get(namespace, 0) + number
    for namespace in sorted(counts):
        if is_standard(namespace):
            yield f'    <BaseTaxonomy items="{counts[namespace]}">{escape(namespace)}</BaseTaxonomy>'
