"""What the documentInfo of xBRL-JSON and xBRL-CSV says: prefixes, link types and groups, features, taxonomy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from recto.findings import Findings
from recto.instance.oim.jsontext import JSONText, Path, pointer
from recto.instance.oim.vocabulary import RESERVED_LINK_ALIASES, RESERVED_PREFIXES
from recto.taxonomy.model import Taxonomy
from recto.xml import resolve_url, split_url

SPECIFICATION: Final = {"xbrlje": "xBRL-JSON 1.0", "xbrlce": "xBRL-CSV 1.0", "oimce": "OIM Common Definitions 1.0"}
_DUPLICATES: Final = ("none", "complete", "consistent", "all")


class Reporter:
    """Turns faults at places of a JSON document into findings with code, document and line."""

    def __init__(self, text: JSONText, prefix: str, findings: Findings):
        self.text = text
        self.prefix = prefix
        self.findings = findings
        self.faults: list[tuple[Path, str]] = []
        """Where, and what, of everything reported."""

    def __call__(self, path: Path, code: str, message: str) -> None:
        """`code` is the local part alone where it is one of the format's own."""
        code = code if ":" in code else f"{self.prefix}:{code}"
        self.faults.append((path, message))
        place = pointer(path)
        self.findings.found(
            code,
            place,
            about=place,
            reason=message,
            document=self.text.url,
            line=self.text.line(path),
            specification=specification(code),
        )


def specification(code: str) -> str:
    return SPECIFICATION.get(code.partition(":")[0], "Open Information Model 1.0")


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The part of a report that is the same in both formats."""

    namespaces: Mapping[str, str]
    link_types: Mapping[str, str]
    link_groups: Mapping[str, str]
    taxonomy: tuple[str, ...]
    """Absolute URLs."""
    canonical_values: bool
    allowed_duplicates: str


def read_info(info: Mapping[str, Any], base: str, report: Reporter, extended: Iterable[Path] = ()) -> DocumentInfo:
    """Checks a documentInfo whose structure is known to be right. `extended` are the paths of extension properties.

    Source: OIM Common Definitions 1.0, 3.2 and 3.3; xBRL-JSON 1.0 and xBRL-CSV 1.0, documentInfo.
    """
    namespaces = info.get("namespaces", {})
    for name, reserved in (
        ("namespaces", RESERVED_PREFIXES),
        ("linkTypes", RESERVED_LINK_ALIASES),
        ("linkGroups", RESERVED_LINK_ALIASES),
    ):
        _check_uri_map(info.get(name, {}), name, reserved, report)
    features = info.get("features", {})
    for path in (*(("documentInfo", "features", key) for key in features), *extended):
        prefix = str(path[-1]).partition(":")[0]
        if prefix not in namespaces:
            report(path, "oimce:unboundPrefix", f"has the prefix {prefix!r}, which namespaces does not declare")
    duplicates = features.get("xbrl:allowedDuplicates", "all")
    if duplicates not in _DUPLICATES:
        report(
            ("documentInfo", "features", "xbrl:allowedDuplicates"),
            "invalidJSONStructure",
            f"must be one of {', '.join(_DUPLICATES)}, not {duplicates!r}",
        )
        duplicates = "all"
    base_url = info.get("baseURL")
    if base_url:
        if not _is_absolute(base_url):
            report(("documentInfo", "baseURL"), "oime:invalidBaseURL", f"must be an absolute URL, not {base_url!r}")
        else:
            base = base_url
    return DocumentInfo(
        namespaces,
        info.get("linkTypes", {}),
        info.get("linkGroups", {}),
        tuple(resolve_url(base, url) for url in info.get("taxonomy", ())),
        features.get("xbrl:canonicalValues") in (True, "true"),
        duplicates,
    )


def check_taxonomy(info: DocumentInfo, taxonomy: Taxonomy, report: Reporter) -> None:
    """Reports starting points that are no taxonomy, or that the report should have brought along (OIM 1.0, taxonomy).

    A published document that is only not at hand is told as missing, and no fault of the report.
    """
    absent = {finding.document for finding in taxonomy.findings if finding.severity == "error"}
    missing = getattr(getattr(taxonomy, "discovery", None), "missing", ())
    own = report.text.url.rpartition("/")[0] + "/"
    for url in info.taxonomy:
        if url in absent and (url not in missing or url.startswith(own)):
            report(("documentInfo", "taxonomy"), "oime:invalidTaxonomy", f"names a document that cannot be read: {url}")


def extension_paths(value: Mapping[str, Any], around: Sequence[str | int] = ()) -> list[Path]:
    """Paths of an object's properties that have prefixed names."""
    return [(*around, key) for key in value if ":" in key]


def _check_uri_map(uris: Mapping[str, str], name: str, reserved: Mapping[str, str], report: Reporter) -> None:
    by_uri: dict[str, str] = {}
    aliases = {uri: alias for alias, uri in reserved.items()}
    for alias, uri in uris.items():
        path = ("documentInfo", name, alias)
        if not _is_absolute(uri):
            report(path, "oimce:invalidURI", f"must be an absolute URI, not {uri!r}")
        elif reserved.get(alias, uri) != uri:
            report(path, "oimce:invalidURIForReservedAlias", f"must be {reserved[alias]!r}, for which it is reserved")
        elif aliases.get(uri, alias) != alias:
            report(path, "oimce:invalidAliasForReservedURI", f"stands for {uri!r}, whose alias is {aliases[uri]!r}")
        elif uri in by_uri:
            report(path, "oimce:multipleAliasesForURI", f"stands for the same URI as {by_uri[uri]!r}: {uri!r}")
        by_uri.setdefault(uri, alias)


def _is_absolute(uri: str) -> bool:
    parts = split_url(uri)
    return parts is not None and bool(parts.scheme) and bool(parts.netloc or parts.path)
