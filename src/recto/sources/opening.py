"""Opening a source: what it is, which documents it has, where to start reading."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from recto.errors import NotFoundError, RectoError, SourceError
from recto.findings import Findings
from recto.sources import edgar
from recto.sources.archive import Archive, is_zip
from recto.sources.classify import Entry, classify, entries_of
from recto.sources.contents import (
    HEAD,
    FileReader,
    Files,
    UrlReader,
    expect_report,
    in_mapping,
    on_disk,
    report_absent,
    walk,
)
from recto.sources.packages import (
    Packages,
    folder_packages,
    is_package_folder,
    open_package,
    read_metadata,
    zip_package,
)
from recto.sources.places import Disk, Members, Mirror, Place, read_file, read_head
from recto.sources.report_packages import entries_of_package, is_report_package, read_report_package
from recto.sources.resolver import Resolver
from recto.sources.sgml import is_submission, read_submission
from recto.sources.web import Web
from recto.xml import file_name, file_path, file_url, normalize_url, resolve_url, split_fragment


@dataclass(slots=True)
class FilingSource:
    """A filing as it was opened: its documents by name, the entries to read, and the resolver that finds all else."""

    name: str
    base_url: str
    """What the URLs of the filing's own documents begin with."""
    resolver: Resolver
    entries: list[Entry]
    files: Files
    findings: Findings = field(default_factory=Findings)
    header: Mapping[str, str] = field(default_factory=dict)
    """What a full submission's header tells: `accession`, `form`, `filed`, `accepted`, `period`, `cik`, `company`."""
    close: Callable[[], None] = lambda: None
    """Gives back open files and connections; what was read stays."""


@dataclass(slots=True)
class _Around:
    """What documents outside the filing are found with, and the findings so far."""

    places: list[Place]
    web: Web
    findings: Findings

    def resolver(self, own: Sequence[Place], base_url: str) -> Resolver:
        return Resolver([*own, *self.places], web=self.web, base_url=base_url)


def open_source(
    source: str | os.PathLike[str],
    *,
    taxonomies: Sequence[str | os.PathLike[str]] = (),
    cache_dir: str | os.PathLike[str] | None = None,
    offline: bool | None = None,
    use_cache: bool = True,
    identity: str | None = None,
) -> FilingSource:
    """Open a folder, file, URL or accession number, and find out what there is to read.

    A single document is an entry by itself, a folder or archive gives the entries that its documents make
    (`classify.entries_of`). Taxonomies are packages, or folders laid out `HOST/PATH` (which may also hold packages as
    zip files). What is not given is taken from `RECTO_TAXONOMIES` (separated as `PATH` is), `RECTO_CACHE_DIR`,
    `RECTO_OFFLINE` and `RECTO_IDENTITY`.

    Documents of a local folder or file may refer to other local files; those of archives and URLs may not.

    Raises `SourceError` where the source cannot be read: `NotFoundError` where it is not there, `UnsafeInputError`
    where it is hostile.
    """
    text = os.fspath(source)
    around = _around(taxonomies, cache_dir, offline, use_cache, identity, text)
    if text.startswith(("http://", "https://")):
        return _open_url(text, around)
    path = file_path(text) if text.startswith("file:") else Path(text)
    try:
        if path is not None and path.is_dir():
            return _open_folder(path, around)
        if path is not None and path.exists():
            return _open_file(path, around)
    except (OSError, ValueError) as error:
        raise SourceError(f"cannot be read: {error}", document=text) from None
    submission = edgar.accession_url(text)
    if submission is None:
        raise NotFoundError("no such file or folder", document=text)
    try:
        return _open_url(submission, around)
    except NotFoundError as error:
        raise error if error.code == "recto:offline" else edgar.not_under_prefix(text, submission) from None


def taxonomy_places(taxonomies: Sequence[str | os.PathLike[str]], findings: Findings) -> list[Place]:
    """The places that `--taxonomies` names, in order; what is no taxonomy becomes a finding."""
    places: list[Place] = []
    packages = Packages()
    for item in taxonomies:
        path = Path(item)
        try:
            if path.is_dir() and not is_package_folder(path):
                places.append(Mirror(path))
                for archive in sorted(path.glob("*.zip")):
                    packages.add(open_package(archive, findings))
            elif path.exists():
                packages.add(open_package(path, findings))
            else:
                raise NotFoundError("no such file or folder", document=str(path))
        except RectoError as error:
            findings.error(error.code, f"taxonomy not used: {error.message}", document=error.document or str(path))
    return [packages, *places] if len(packages) else places


def _around(
    taxonomies: Sequence[str | os.PathLike[str]],
    cache_dir: str | os.PathLike[str] | None,
    offline: bool | None,
    use_cache: bool,
    identity: str | None,
    source: str,
) -> _Around:
    environment = os.environ
    if not taxonomies:
        taxonomies = [path for path in environment.get("RECTO_TAXONOMIES", "").split(os.pathsep) if path]
    if offline is None:
        offline = environment.get("RECTO_OFFLINE", "").lower() not in ("", "0", "false", "no")
    findings = Findings()
    host = urlsplit(source).hostname if source.startswith(("http://", "https://")) else None
    web = Web(
        cache_dir,
        offline=offline,
        use_cache=use_cache,
        identity=identity or environment.get("RECTO_IDENTITY") or None,
        trusted_hosts=frozenset((host,)) if host else frozenset(),
    )
    return _Around(taxonomy_places(taxonomies, findings), web, findings)


def _open_folder(folder: Path, around: _Around) -> FilingSource:
    findings = around.findings
    base_url = file_url(folder).rstrip("/") + "/"
    names = walk(folder)
    report_absent(folder, base_url, findings)
    packages = folder_packages(folder, base_url, findings)
    own: list[Place] = [Disk(local=base_url)]
    if packages:
        own.append(Packages(packages))
    if (folder / "META-INF" / "reportPackage.json").is_file() or (packages and (folder / "reports").is_dir()):
        names = [name for name in names if name.startswith("reports/")]
        candidates = on_disk(names, folder)
    else:
        candidates = on_disk([name for name in names if "/" not in name], folder)
        if not any(candidate.kind in ("xbrl", "inline", "json", "csv") for candidate in candidates):
            candidates += on_disk([name for name in names if "/" in name], folder)
    entries = entries_of(candidates, findings)
    expect_report(entries, base_url, findings)
    files = {name: FileReader(folder / name) for name in names}
    return FilingSource(
        folder.absolute().name,
        base_url,
        around.resolver(own, base_url),
        entries,
        files,
        findings,
        close=around.web.close,
    )


def _open_file(path: Path, around: _Around) -> FilingSource:
    if not path.is_file():
        raise SourceError("not a regular file", document=str(path))
    head = read_head(path, HEAD)
    url = file_url(path)
    extension = path.suffix.lower()
    if extension in (".xbri", ".xbr"):
        return _open_zip(Archive(path, damaged="rpe:invalidArchiveFormat"), path.stem, extension, url + "/", around)
    if is_zip(head):
        return _open_zip(Archive(path), path.stem, extension, url + "/", around)
    if is_submission(head):
        return _open_submission(read_file(path), path.stem, url + "/", around)
    base_url = url[: url.rfind("/") + 1]
    entry = _entry_of_document(path.name, url, FileReader(path), head)
    resolver = around.resolver([Disk(local=base_url)], base_url)
    packages = _packages_around(path, base_url, around.findings)
    if packages is not None:
        resolver.add(packages, first=True)
    return FilingSource(
        path.stem, base_url, resolver, [entry], {path.name: FileReader(path)}, around.findings, close=around.web.close
    )


def _open_zip(archive: Archive, name: str, extension: str, base_url: str, around: _Around) -> FilingSource:
    findings = around.findings
    own: list[Place] = [Members(base_url, archive)]
    if is_report_package(archive, extension):
        report_package = read_report_package(archive, extension, base_url, findings)
        entries = entries_of_package(report_package, archive, base_url, findings)
        if f"{report_package.top}META-INF/taxonomyPackage.xml" in archive:
            package = zip_package(archive, base_url, findings, local=True)
            read_metadata(package, findings)
            own.append(Packages([package]))
    elif _has_package(archive):
        package = zip_package(archive, base_url, findings, local=True)
        own.append(Packages([package]))
        metadata = read_metadata(package, findings)
        points = metadata.entry_points if metadata is not None else ()
        entries = [Entry("schema", point.urls) for point in points if point.urls]
        if not entries:
            entries = entries_of(in_mapping(archive, base_url), findings)
    else:
        archive.require_safe()
        for problem in archive.problems:
            findings.warning(problem.code, problem.message, document=base_url)
        entries = entries_of(in_mapping(archive, base_url), findings)
        expect_report(entries, base_url, findings)

    def close() -> None:
        archive.close()
        around.web.close()

    return FilingSource(name, base_url, around.resolver(own, base_url), entries, archive, findings, close=close)


def _open_submission(data: bytes, name: str, base_url: str, around: _Around) -> FilingSource:
    submission = read_submission(data, base_url.rstrip("/"), around.findings)
    files = submission.files
    entries = entries_of(in_mapping(files, base_url, around.findings), around.findings)
    expect_report(entries, base_url, around.findings)
    return FilingSource(
        submission.header.get("accession", name),
        base_url,
        around.resolver([Members(base_url, files)], base_url),
        entries,
        files,
        around.findings,
        submission.header,
        around.web.close,
    )


def _open_url(source: str, around: _Around) -> FilingSource:
    url = split_fragment(normalize_url(edgar.document_url(source)))[0]
    folder = edgar.folder_url(url)
    resolver = around.resolver([], folder or url.rpartition("/")[0] + "/")
    if folder is not None:
        names, candidates = edgar.folder_candidates(folder, resolver.read)
        entries = entries_of(candidates, around.findings)
        expect_report(entries, folder, around.findings)
        files = {name: UrlReader(resolver, resolve_url(folder, name)) for name in names}
        name = folder.rstrip("/").rpartition("/")[2]
        return FilingSource(name, folder, resolver, entries, files, around.findings, close=around.web.close)
    data = resolver.read(url)
    name = file_name(url)
    stem, dot, extension = name.rpartition(".")
    if is_zip(data):
        return _open_zip(Archive(data, url), stem or name, (dot + extension).lower(), url + "/", around)
    if is_submission(data[:HEAD]):
        return _open_submission(data, stem or name, edgar.submission_base(url), around)
    entry = _entry_of_document(name, url, lambda: data, data)
    files = {name: UrlReader(resolver, url)}
    return FilingSource(
        stem or name, resolver.base_url, resolver, [entry], files, around.findings, close=around.web.close
    )


def _entry_of_document(name: str, url: str, read: Callable[[], bytes], head: bytes) -> Entry:
    candidate = classify("", url, read, lambda: head)
    if candidate is not None:
        return Entry(candidate.kind, (url,))
    message = "neither a report nor a taxonomy that recto knows"
    if head[:512].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        message = f"XML or HTML without XBRL: {message}"
    raise SourceError(message, code="recto:unknownKind", document=url if url.startswith("http") else name)


def _has_package(archive: Archive) -> bool:
    tops = archive.top_folders
    if len(tops) == 1 and archive.has_folder(f"{tops[0]}/META-INF"):
        return True
    return "META-INF/taxonomyPackage.xml" in archive


def _packages_around(path: Path, base_url: str, findings: Findings) -> Packages | None:
    """The unpacked package, if any, in whose `reports` folder a document lies."""
    for folder in list(path.absolute().parents)[:3]:
        if folder.name == "reports" and (folder.parent / "META-INF" / "catalog.xml").is_file():
            return Packages(folder_packages(folder.parent, base_url, findings))
    return None
