"""Opening a source: what it is, which documents it has, where to start reading."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from recto import settings
from recto.errors import NotFoundError, RectoError, SourceError
from recto.findings import Findings
from recto.sources.candidate import REPORTS, Candidate
from recto.sources.classify import entries_of
from recto.sources.contents import (
    HEAD,
    FileReader,
    entry_of_document,
    expect_report,
    is_submission,
    metadata_folder,
    on_disk,
    report_absent,
    tell_of_others,
    walk,
)
from recto.sources.gzipped import inner_name, is_gzip, unpack
from recto.sources.places import Disk, Members, Mirror, Place, is_zip, read_file, read_head
from recto.sources.resolver import Resolver
from recto.sources.source import Around, FilingSource, LazyWeb
from recto.xml import checked_url, file_path, file_url

if TYPE_CHECKING:
    from recto.sources.packages import TaxonomyPackage


def open_source(
    source: str | os.PathLike[str],
    *,
    taxonomies: Sequence[str | os.PathLike[str]] = (),
    cache_dir: str | os.PathLike[str] | None = None,
    offline: bool | None = None,
    use_cache: bool = True,
    identity: str | None = None,
    plain_pages: bool = False,
) -> FilingSource:
    """Open a folder, file, URL, accession number or query of EDGAR (`AAPL 10-K 2023`), and find out what there is.

    A single document is an entry by itself, a folder or archive gives the entries that its documents make
    (`classify.entries_of`). Taxonomies are packages, or folders laid out `HOST/PATH` (which may also hold packages as
    zip files). What is not given is taken from `RECTO_TAXONOMIES` (separated as `PATH` is), `RECTO_CACHE_DIR`,
    `RECTO_OFFLINE` and `RECTO_IDENTITY`.

    Documents of a local folder or file may refer to schemas, linkbases, instances and metadata elsewhere on the disk;
    what else they name must be in their folder. Documents of archives and URLs may refer to no local file.
    `plain_pages`: a page of XHTML without markup is a report too.

    Raises `SourceError` where the source cannot be read: `NotFoundError` where it is not there, `UnsafeInputError`
    where it is hostile.
    """
    text = os.fspath(source)
    if not text.strip():
        raise NotFoundError.of("recto:notFound", document=text, what="source: its name is empty")
    around = _around(taxonomies, cache_dir, offline, use_cache, identity, text)
    if text.startswith(("http://", "https://")):
        from recto.sources.remote import open_url

        return open_url(text, around)
    path = file_path(text) if text.startswith("file:") else Path(text)
    try:
        if path is not None and path.is_dir():
            return _open_folder(path, around)
        if path is not None and path.exists():
            return _open_file(path, around, plain_pages)
    except (OSError, ValueError) as error:
        raise SourceError.of("recto:source", document=text, reason=error) from None
    from recto.edgar import accession_url, not_under_prefix, parse_query

    submission = accession_url(text)
    if submission is None:
        query = parse_query(text)
        if query is None:
            raise NotFoundError.of("recto:notFound", document=text, what="file or folder")
        from recto.edgar import Edgar

        submission = Edgar(around.web).newest(query).url
    from recto.sources.remote import open_url

    try:
        return open_url(submission, around)
    except NotFoundError as error:
        raise error if error.code == "recto:offline" else not_under_prefix(text, submission) from None


def open_data(
    data: bytes,
    name: str,
    *,
    taxonomies: Sequence[str | os.PathLike[str]] = (),
    cache_dir: str | os.PathLike[str] | None = None,
    offline: bool | None = None,
    use_cache: bool = True,
    identity: str | None = None,
) -> FilingSource:
    """Open a filing zip, report package, full submission or document from its bytes, as `open_source` the file `name`.

    Its documents lie below `file:///NAME/`, a single one as `file:///NAME`, and may refer to no local file.
    Raises `SourceError` for anything else.
    """
    from recto.sources.containers import open_submission, open_zip

    around = _around(taxonomies, cache_dir, offline, use_cache, identity, "")
    if is_gzip(data):
        data, name = unpack(data, name), inner_name(name)
    stem, dot, extension = name.rpartition("/")[2].rpartition(".")
    base_url = f"file:///{name}/"
    if is_zip(data[:HEAD]):
        from recto.sources.archive import Archive

        return open_zip(Archive(data, name), stem or name, (dot + extension).lower(), base_url, around)
    if is_submission(data[:HEAD]):
        return open_submission(data, stem or name, base_url, around)
    url = file_url("/" + name)
    entry = entry_of_document(name, url, lambda: data, data[:HEAD])
    resolver = around.resolver([Members("file:///", {name: lambda: data})], "file:///")
    return FilingSource(
        stem or name, "file:///", resolver, [entry], {name: lambda: data}, around.findings, close=around.web.close
    )


def taxonomy_places(taxonomies: Sequence[str | os.PathLike[str]], findings: Findings) -> list[Place]:
    """The places that `--taxonomies` names, in order; what is no taxonomy becomes a finding.

    Raises NotFoundError for a name that leads nowhere.
    """
    places: list[Place] = []
    packages: list[TaxonomyPackage] = []
    for item in taxonomies:
        path = Path(item)
        if not path.exists():
            raise NotFoundError.of("recto:notFound", document=str(path), what="file or folder of taxonomies")
        try:
            mirror = path.is_dir() and metadata_folder(path) is None
            if mirror:
                places.append(Mirror(path))
            for package in sorted(path.glob("*.zip")) if mirror else [path]:
                from recto.sources.packages import open_package

                packages.append(open_package(package, findings))
        except RectoError as error:
            findings.raised(error, document=str(path), about="taxonomy not used")
    if packages:
        from recto.sources.packages import Packages

        places.insert(0, Packages(packages))
    return places


def _around(
    taxonomies: Sequence[str | os.PathLike[str]],
    cache_dir: str | os.PathLike[str] | None,
    offline: bool | None,
    use_cache: bool,
    identity: str | None,
    source: str,
) -> Around:
    findings = Findings()
    host = checked_url(source).hostname if source.startswith(("http://", "https://")) else None
    web = LazyWeb(
        cache_dir,
        offline=settings.offline(offline),
        use_cache=use_cache,
        identity=settings.identity(identity),
        trusted_hosts=frozenset((host,)) if host else frozenset(),
        edgar=settings.edgar(),
    )
    return Around(taxonomy_places(settings.taxonomies(taxonomies), findings), web, findings)


def _open_folder(folder: Path, around: Around) -> FilingSource:
    findings = around.findings
    base_url = file_url(folder).rstrip("/") + "/"
    names = walk(folder)
    report_absent(folder, base_url, findings)
    own: list[Place] = [Disk(local=base_url, home=folder)]
    packages = any(name.endswith("META-INF/catalog.xml") for name in names)
    if packages:
        from recto.sources.packages import Packages, folder_packages

        own.append(Packages(folder_packages(folder, base_url, findings)))
    if (folder / "META-INF" / "reportPackage.json").is_file() or (packages and (folder / "reports").is_dir()):
        candidates = on_disk([name for name in names if name.startswith("reports/")], folder)
        if not candidates:
            candidates = on_disk([name for name in names if not name.startswith("META-INF/")], folder)
            for candidate in candidates:
                if candidate.kind != "schema":
                    findings.found("recto:misplacedReport", document=candidate.url, name=candidate.name)
    else:
        candidates = on_disk([name for name in names if "/" not in name], folder)
        submission = _submission_in(folder, names, candidates)
        if submission is not None:
            return _open_file(submission, around)
        if not any(candidate.kind in REPORTS for candidate in candidates):
            candidates += on_disk([name for name in names if "/" in name], folder)
        packed = [name for name in names if name.lower().endswith((".zip", ".xbri", ".xbr", ".gz"))]
        if len(packed) == 1 and not candidates:  # as it was unpacked from a mail or an archive
            return _open_file(folder / packed[0], around)
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


def _submission_in(folder: Path, names: Sequence[str], candidates: Sequence[Candidate]) -> Path | None:
    """The full submission in a folder that holds one, and no report that has its own schemas there.

    Whoever fetches filings by program often keeps the submission, and beside it its first document alone.
    """
    texts = [name for name in names if "/" not in name and name.lower().endswith((".txt", ".nc"))]
    found = [name for name in texts if is_submission(read_head(folder / name, HEAD))]
    if len(found) != 1:
        return None
    here = {file_url(folder / name) for name in names}
    whole = (each.kind in REPORTS and not (each.schema_refs and here.isdisjoint(each.schemas)) for each in candidates)
    return None if any(whole) else folder / found[0]


def open_local(path: Path, around: Around) -> FilingSource:
    """Opens a file or folder with what is around it, as `open_source` does."""
    return _open_folder(path, around) if path.is_dir() else _open_file(path, around)


def _open_file(path: Path, around: Around, plain_pages: bool = False) -> FilingSource:
    if not path.is_file():
        raise SourceError.of("recto:source", document=str(path), reason="not a regular file")
    head = read_head(path, HEAD)
    url = file_url(path)
    extension = path.suffix.lower()
    if extension in (".xbri", ".xbr") or is_zip(head):
        from recto.sources.archive import Archive
        from recto.sources.containers import open_zip

        damaged = "rpe:invalidArchiveFormat" if extension in (".xbri", ".xbr") else "zip:damaged"
        return open_zip(Archive(path, damaged=damaged), path.stem, extension, url + "/", around)
    if extension == ".zip":
        raise SourceError.of("rpe:invalidArchiveFormat", document=str(path), reason="not a zip archive")
    if is_gzip(head):
        return _open_gzip(path, around, plain_pages)
    if is_submission(head):
        from recto.sources.containers import open_submission

        return open_submission(read_file(path), path.stem, url + "/", around)
    base_url = url[: url.rfind("/") + 1]
    entry = entry_of_document(path.name, url, FileReader(path), head, plain_pages=plain_pages)
    if entry.kind == "inline":
        tell_of_others(path, around.findings)
    resolver = around.resolver([Disk(local=base_url, home=path.parent)], base_url)
    _add_packages_around(path, resolver, around.findings)
    return FilingSource(
        path.stem, base_url, resolver, [entry], {path.name: FileReader(path)}, around.findings, close=around.web.close
    )


def _open_gzip(path: Path, around: Around, plain_pages: bool) -> FilingSource:
    """What was packed by itself: an archive, a submission, or a document, whose schemas may lie beside it."""
    data, name = unpack(path, str(path)), inner_name(path.name)
    url = file_url(path.with_name(name))
    if is_zip(data):
        from recto.sources.archive import Archive
        from recto.sources.containers import open_zip

        inner = Path(name)
        return open_zip(Archive(data, str(path)), inner.stem, inner.suffix.lower(), url + "/", around)
    if is_submission(data[:HEAD]):
        from recto.sources.containers import open_submission

        return open_submission(data, Path(name).stem, url + "/", around)
    base_url = url[: url.rfind("/") + 1]
    entry = entry_of_document(name, url, lambda: data, data[:HEAD], plain_pages=plain_pages)
    files = {name: lambda: data}
    own: list[Place] = [Members(base_url, files), Disk(local=base_url, home=path.parent)]
    resolver = around.resolver(own, base_url)
    _add_packages_around(path, resolver, around.findings)
    return FilingSource(Path(name).stem, base_url, resolver, [entry], files, around.findings, close=around.web.close)


def _add_packages_around(path: Path, resolver: Resolver, findings: Findings) -> None:
    """Let a document in the `reports` folder of an unpacked package find the package's taxonomy."""
    for folder in list(path.absolute().parents)[:3]:
        if folder.name == "reports" and (folder.parent / "META-INF" / "catalog.xml").is_file():
            from recto.sources.packages import Packages, folder_packages

            resolver.add(Packages(folder_packages(folder.parent, resolver.base_url, findings)), first=True)
            return
