"""Taxonomy packages: a catalog that rewrites URLs, metadata, and the files they lead to (Taxonomy Packages 1.0)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from recto.errors import RectoError, SourceError
from recto.findings import Findings
from recto.sources.archive import Archive
from recto.sources.contents import metadata_folder
from recto.sources.package_grammar import CATALOG, catalog_faults, metadata_faults
from recto.sources.places import Disk, Located, Members, Place, is_zip, read_file, read_head
from recto.xml import Document, file_url, normalize_start, normalize_url, parse, resolve_url
from recto.xml.xlink import XML_LANG

TP: Final = "http://xbrl.org/2016/taxonomy-package"
_SPECIFICATION: Final = "Taxonomy Packages 1.0"


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A starting point that a package offers: `names` by language, and the URLs of its documents."""

    names: Mapping[str, str]
    urls: tuple[str, ...]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True, slots=True)
class PackageMetadata:
    """What `META-INF/taxonomyPackage.xml` says. Texts by language; "" where none is given."""

    identifier: str
    names: Mapping[str, str]
    version: str = ""
    publisher: Mapping[str, str] = field(default_factory=dict)
    publication_date: str = ""
    entry_points: tuple[EntryPoint, ...] = ()


@dataclass(slots=True)
class TaxonomyPackage:
    """An opened package. `rules` are its catalog's: URL prefix → what to put in its place."""

    name: str
    base_url: str
    """URL of the package's top-level folder, with a closing slash."""
    rules: dict[str, str]
    files: Mapping[str, Callable[[], bytes]]
    """Metadata files by their name below the top-level folder (`META-INF/…`)."""
    place: Place
    """Finds the package's own files by URL."""

    def metadata(self, findings: Findings | None = None) -> PackageMetadata | None:
        """The package's metadata; None, with a finding, where it has none or none that can be read."""
        return read_metadata(self, findings if findings is not None else Findings())


class Packages:
    """Taxonomy packages as one place: of all their rules, the one with the longest prefix applies."""

    def __init__(self, packages: Iterable[TaxonomyPackage] = ()):
        self._rules: list[tuple[str, str, Place]] = []
        self._packages: list[TaxonomyPackage] = []
        for package in packages:
            self.add(package)

    def add(self, package: TaxonomyPackage) -> None:
        self._packages.append(package)
        self._rules += [(start, target, package.place) for start, target in package.rules.items()]
        self._rules.sort(key=lambda rule: -len(rule[0]))

    def find(self, url: str) -> Located | None:
        for start, target, place in self._rules:
            if url.startswith(start):
                located = place.find(normalize_url(target + url[len(start) :]))
                if located is not None:
                    return located
        for package in self._packages:
            if url.startswith(package.base_url):
                return package.place.find(url)
        return None

    def __len__(self) -> int:
        return len(self._packages)


def open_package(path: str | os.PathLike[str], findings: Findings) -> TaxonomyPackage:
    """The taxonomy package at `path`: a zip archive, or a folder as unpacked from one.

    Raises `SourceError` (`tpe:invalidArchiveFormat`, `tpe:metadataDirectoryNotFound` …) where there is nothing to use.
    """
    location = Path(path)
    if location.is_dir():
        return _folder_package(location, findings)
    with_head = read_head(location)
    if not is_zip(with_head):
        raise SourceError.of("tpe:invalidArchiveFormat", document=str(path), reason="not a zip archive")
    return zip_package(Archive(location, damaged="tpe:invalidArchiveFormat"), file_url(location) + "/", findings)


def zip_package(archive: Archive, base_url: str, findings: Findings, *, local: bool = False) -> TaxonomyPackage:
    """The taxonomy package in an archive, whose files have URLs below `base_url`."""
    archive.require_safe("tpe")
    for problem in archive.problems:
        findings.raised(problem.error("tpe", base_url), specification=_SPECIFICATION)
    top = _top_folder(archive, base_url, findings)
    place = Members(base_url, archive, local=local, stamp=archive.stamp)
    files = {name[len(top) :]: archive[name] for name in archive if name.startswith(f"{top}META-INF/")}
    return _package(archive.name, resolve_url(base_url, top) if top else base_url, files, place, findings)


def folder_packages(folder: Path, base_url: str, findings: Findings) -> list[TaxonomyPackage]:
    """Packages that lie unpacked in a filing's folder: the folder itself, or folders in it."""
    found = []
    with os.scandir(folder) as items:
        names = sorted(item.name for item in items if item.is_dir())
    for name in names:
        if name == "META-INF":
            root = folder
        elif (folder / name / "META-INF" / "catalog.xml").is_file():
            root = folder / name
        else:
            continue
        try:
            found.append(_folder_package(root, findings, local=base_url))
        except RectoError as error:
            findings.raised(error)
    return found


def read_metadata(package: TaxonomyPackage, findings: Findings) -> PackageMetadata | None:
    url = resolve_url(package.base_url, "META-INF/taxonomyPackage.xml")
    read = package.files.get("META-INF/taxonomyPackage.xml")
    if read is None:
        findings.found("tpe:metadataFileNotFound", document=package.base_url, specification=_SPECIFICATION)
        return None
    try:
        document = parse(read(), url, findings)
    except RectoError as error:
        _invalid(findings, error.message, url, error.line)
        return None
    root = document.root
    namespace = root.tag.rpartition("}")[0][1:]
    if root.tag != f"{{{namespace}}}taxonomyPackage" or "taxonomy-package" not in namespace:
        _invalid(findings, f"the root element is {root.tag}", url, document.line(root))
        return None
    return _metadata(document, f"{{{namespace}}}", findings)


def _metadata(document: Document, tp: str, findings: Findings) -> PackageMetadata | None:
    root = document.root
    identifier = (root.findtext(tp + "identifier") or "").strip()
    for message, line in metadata_faults(document, tp):
        _invalid(findings, message, document.url, line)
    _texts(root, tp, "description", document, findings)
    entry_points = []
    for entry in root.iterfind(f"{tp}entryPoints/{tp}entryPoint"):
        hrefs = [item.get("href") for item in entry.iterfind(tp + "entryPointDocument")]
        entry_points.append(
            EntryPoint(
                _texts(entry, tp, "name", document, findings),
                tuple(document.resolve(entry, href) for href in hrefs if href),
                _texts(entry, tp, "description", document, findings),
                (entry.findtext(tp + "version") or "").strip(),
            )
        )
    return PackageMetadata(
        identifier,
        _texts(root, tp, "name", document, findings),
        (root.findtext(tp + "version") or "").strip(),
        _texts(root, tp, "publisher", document, findings),
        (root.findtext(tp + "publicationDate") or "").strip(),
        tuple(entry_points),
    )


def _texts(parent: Any, tp: str, name: str, document: Document, findings: Findings) -> dict[str, str]:
    """Texts by language: each needs one, its own or inherited, and none may occur twice (3.2.2)."""
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for element in parent.iterfind(tp + name):
        language = element.get(XML_LANG)
        at = element
        while language is None and (at := at.getparent()) is not None:
            language = at.get(XML_LANG)
        line = document.line(element)
        language = language.strip() if language else ""
        if not language:
            findings.found("tpe:missingLanguageAttribute", name, document=document.url, line=line)
        elif language.lower() in seen:
            findings.found(
                "tpe:duplicateLanguagesForElement", name, document=document.url, line=line, language=language
            )
        seen.add(language.lower())
        texts.setdefault(language, (element.text or "").strip())
    return texts


def _invalid(findings: Findings, message: str, url: str, line: int | None) -> None:
    findings.found("tpe:invalidMetaDataFile", document=url, line=line, specification=_SPECIFICATION, reason=message)


def _folder_package(folder: Path, findings: Findings, *, local: str = "") -> TaxonomyPackage:
    metadata = metadata_folder(folder)
    if metadata is None:
        raise SourceError.of("tpe:metadataDirectoryNotFound", document=str(folder))
    top = metadata.parent
    names = [name for name in ("catalog.xml", "taxonomyPackage.xml") if (metadata / name).is_file()]
    files = {f"META-INF/{name}": _Read(metadata / name) for name in names}
    place = Disk((folder,), local=local)
    return _package(folder.name, file_url(top) + "/", files, place, findings)


@dataclass(frozen=True, slots=True)
class _Read:
    path: Path

    def __call__(self) -> bytes:
        return read_file(self.path)


def _top_folder(archive: Archive, url: str, findings: Findings) -> str:
    """The single top-level folder, with a slash; packages that have none, or more, are read where they can be."""
    tops = archive.top_folders
    if len(tops) != 1 or any("/" not in name for name in archive):
        findings.found(
            "tpe:invalidDirectoryStructure",
            document=url,
            specification=f"{_SPECIFICATION}, 3.1",
            reason="the package must have exactly one top-level folder, and no other file beside it",
        )
    holders = [top for top in tops if archive.has_folder(f"{top}/META-INF")]
    if holders:
        return holders[0] + "/"
    if "META-INF" in tops:
        return ""
    raise SourceError.of("tpe:metadataDirectoryNotFound", document=url)


def _package(
    name: str, base_url: str, files: Mapping[str, Callable[[], bytes]], place: Place, findings: Findings
) -> TaxonomyPackage:
    rules: dict[str, str] = {}
    read = files.get("META-INF/catalog.xml")
    if read is not None:
        rules = _rules(read, resolve_url(base_url, "META-INF/catalog.xml"), findings)
    return TaxonomyPackage(name, base_url, rules, files, place)


def _rules(read: Callable[[], bytes], url: str, findings: Findings) -> dict[str, str]:
    """A catalog's `rewriteURI` rules, targets absolute (XML Catalogs 1.1, 7.2.2: relative to the catalog's base)."""

    def invalid(message: str, line: int | None) -> None:
        findings.found("tpe:invalidCatalogFile", document=url, line=line, specification=_SPECIFICATION, reason=message)

    try:
        document = parse(read(), url)
    except RectoError as error:
        invalid(error.message, error.line)
        return {}
    for message, line in catalog_faults(document):
        invalid(message, line)
    rules: dict[str, str] = {}
    for element in document.root.iter(f"{{{CATALOG}}}rewriteURI"):
        start, target = normalize_start(element.get("uriStartString") or ""), element.get("rewritePrefix")
        if not start or target is None:
            continue
        if start in rules:
            findings.found(
                "tpe:multipleRewriteURIsForStartString",
                document=url,
                line=document.line(element),
                specification=_SPECIFICATION,
                start=start,
            )
        else:
            rules[start] = document.resolve(element, target)
    return rules
