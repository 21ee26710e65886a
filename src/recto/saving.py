"""Saving whole reports: as xBRL-JSON, xBRL-CSV or xBRL-XML, as files or in a report package."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

from recto import files
from recto.errors import RectoError, UsageError
from recto.findings import Findings

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.instance.model import Instance
    from recto.sources import FilingSource

Form = Literal["json", "csv", "xml"]
FORMS: Final[tuple[Form, ...]] = ("json", "csv", "xml")
_BY_EXTENSION: Final[Mapping[str, Form]] = {".json": "json", ".csv": "csv", ".xml": "xml", ".xbrl": "xml"}
_PACKAGES: Final = {
    ".zip": "https://xbrl.org/report-package/2023",
    ".xbr": "https://xbrl.org/report-package/2023/xbr",
}
_KEPT: Final = frozenset(
    "invalidFactValue nonCanonicalValue unknownConcept unknownDimension disallowedDuplicateFacts unusedNoteFact"
    " invalidPeriodDimension missingPeriodDimension".split()
)
"""Errors (local parts of codes) of OIM reports with which no fact is lost."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NOT_IN_FILE_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")


def save(
    filing: Filing,
    path: str | os.PathLike[str],
    form: Form | None = None,
    *,
    findings: Findings | None = None,
    force: bool = False,
) -> list[Path]:
    """Writes the reports of a filing, and returns the files written: of each report, the one to open first.

    `form` follows from the extension of `path` where not given: `.json`, `.csv` (the metadata is then the `.json`
    beside it), `.xml` or `.xbrl`; `.zip` and `.xbr` make a report package, of xBRL-CSV if nothing else is asked for,
    with the filing's own taxonomy documents in it. A filing of several reports gives as many files, whose names tell
    the inline target or are numbered.

    What a format cannot say is left out, each time with a warning in `findings`. Files come to be whole or not at all.
    Raises UsageError, and RectoError (`recto:notSaved`) where facts would be lost because the source has errors, unless
    `force` is set.
    """
    path = Path(path)
    chosen = _form(path, form)
    found = findings if findings is not None else Findings()
    if not any(each.documents for each in filing.instances):  # a taxonomy alone is read as a report without any
        raise UsageError("the source holds no report to save", document=filing.name)
    written = []
    names: set[str] = set()
    for instance in filing.instances:
        target = _target(path, instance, names)
        if not force:
            require_whole(instance, chosen)
        files = _files(instance, target, chosen, filing.source, found)
        if not force:
            require_own_files(target, files, chosen)
        write_files(target.parent, files)
        written.append(target.parent / next(iter(files)))
    return written


def require_whole(instance: Instance, form: Form) -> None:
    """Raises RectoError (`recto:notSaved`) where facts could not be read or are not valid, or none can be written."""
    invalid = [fact for fact in instance.facts if not fact.valid]
    if invalid:
        first = invalid[0]
        name = first.concept.name if first.concept is not None else first.qname.local
        what = "1 fact is not valid" if len(invalid) == 1 else f"{len(invalid):,} facts are not valid"
        reason = (
            f"{what}, and what is not known cannot be written: fact {first.id} ({name})"
            f"{' is the first' if len(invalid) > 1 else ''}; --force leaves such facts out"
        )
        raise RectoError.of("recto:notSaved", document=first.document, line=first.line, reason=reason)
    if instance.kind not in ("json", "csv"):
        from recto.instance.oim.report import Report

        if form != "xml" and instance.facts and not Report(instance, Findings()).has_facts():
            reason = f"none of the {len(instance.facts)} facts can be said in that format"
            raise RectoError.of("recto:notSaved", document=instance.url, reason=reason)
        return
    for finding in instance.findings:
        if finding.severity == "error" and finding.code.rpartition(":")[2] not in _KEPT:
            reason = f"facts would be lost: {finding.code}: {finding.message}"
            raise RectoError.of("recto:notSaved", document=finding.document, line=finding.line, reason=reason)


def require_own_files(target: Path, files: Iterable[str], form: Form) -> None:
    """Raises UsageError where a file that would be written over is no report of that format."""
    wanted = "zip" if target.suffix.lower() in _PACKAGES else form
    names = list(files)
    known: set[str] | None = None
    for name in names:
        path = target.parent / name
        if not path.exists():
            continue
        kind = _kind_of(path) if path.suffix != ".csv" else None
        if kind is None and form == "csv" and wanted == "csv":
            if known is None:
                known = _tables_of(target.parent / names[0])
            if name in known:
                continue
        if kind != wanted:
            what = _KINDS.get(kind or "", "no such report")
            message = f"not written over, because it holds {what}; choose another name, or --force"
            raise UsageError(message, document=str(path))


_KINDS: Final = {
    "json": "an xBRL-JSON report",
    "csv": "an xBRL-CSV report",
    "xml": "an xBRL-XML report",
    "zip": "a zip",
}


def _kind_of(path: Path) -> str | None:
    """The format of a file that is there: that of a report, or `zip`; None for anything else."""
    try:
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
    except OSError:
        return None
    if head[:2] == b"PK":
        return "zip"
    if b"xbrl.org/2021/xbrl-json" in head or b"xbrl-json" in head:
        return "json"
    if b"xbrl.org/2021/xbrl-csv" in head or b"xbrl-csv" in head:
        return "csv"
    return "xml" if _INSTANCE.search(head) else None


_INSTANCE: Final = re.compile(rb"<(?:[\w.-]+:)?xbrl[\s>]")


def _tables_of(metadata: Path) -> set[str]:
    """Names of the tables of an xBRL-CSV report that is there."""
    try:
        content = json.loads(metadata.read_bytes())
        return {str(table["url"]) for table in content["tables"].values()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return set()


def _form(path: Path, form: Form | None) -> Form:
    extension = path.suffix.lower()
    if extension == ".xbri":
        raise UsageError("an .xbri package holds inline reports; use .xbr or .zip", document=str(path))
    if form is not None:
        return form
    if extension in _PACKAGES:
        return "csv"
    if extension not in _BY_EXTENSION:
        known = ", ".join((*_BY_EXTENSION, *_PACKAGES))
        raise UsageError(f"the extension says no format: one of {known}, or --as", document=str(path))
    return _BY_EXTENSION[extension]


def _target(path: Path, instance: Instance, names: set[str]) -> Path:
    name, number = path.name, 2
    if names and instance.target:
        name = f"{path.stem}-{_NOT_IN_FILE_NAME.sub('_', instance.target)}{path.suffix}"
    while name in names:
        name, number = f"{path.stem}-{number}{path.suffix}", number + 1
    names.add(name)
    return path.with_name(name)


def _files(instance: Instance, path: Path, form: Form, source: FilingSource, findings: Findings) -> dict[str, bytes]:
    """What to write into the folder of `path`, the file to open first first."""
    if path.suffix.lower() not in _PACKAGES:
        relative = _Relative(path, source, findings, instance).href
        return _report(instance, path.stem, path.suffix, form, relative, _url(path), findings)
    stem = _NOT_IN_FILE_NAME.sub("_", path.stem) or "report"
    documents = local_documents(instance, source)
    reports = _report(
        instance,
        stem,
        ".xbrl" if form == "xml" else ".json",
        form,
        lambda url: documents[url][0] if url in documents else url,
        source.base_url + "report",
        findings,
    )
    members = {
        f"{stem}/META-INF/reportPackage.json": _package_metadata(_PACKAGES[path.suffix.lower()]),
        **{f"{stem}/reports/{name}": data for name, data in reports.items()},
        **{f"{stem}/reports/{name}": data for name, data in documents.values()},
    }
    return {path.name: _zipped(members)}


def _report(
    instance: Instance,
    stem: str,
    extension: str,
    form: Form,
    relative: Callable[[str], str],
    base: str,
    findings: Findings,
) -> dict[str, bytes]:
    if form == "csv":
        from recto.instance.oim.write_csv import to_csv

        return to_csv(instance, findings, stem=stem, relative=relative)
    if form == "json":
        from recto.instance.oim.write_json import to_json

        return {f"{stem}{extension}": to_json(instance, findings, relative=relative)}
    from recto.instance.write_xml import to_xml

    return {f"{stem}{extension}": to_xml(instance, findings, base=base)}


class _Relative:
    """Makes URLs of taxonomy documents on disk relative to a file that is written."""

    def __init__(self, path: Path, source: FilingSource, findings: Findings, instance: Instance):
        self.folder = path.absolute().parent
        self.source = source
        self.findings = findings
        self.instance = instance

    def href(self, url: str) -> str:
        from recto.xml import file_path

        path = file_path(url) if url.startswith("file:") else None
        if path is None:
            return url
        if not path.is_file():
            code = "recto:taxonomyNotSaved" if url in self.instance.taxonomy.documents else "recto:taxonomyNotFound"
            self.findings.found(code, document=self.instance.url, url=url)
            return url
        try:
            return quote(os.path.relpath(path, self.folder).replace(os.sep, "/"))
        except ValueError:  # on another drive
            return url


def local_documents(instance: Instance, source: FilingSource) -> dict[str, tuple[str, bytes]]:
    """The documents of the taxonomy that belong to the filing, by URL: name relative to the filing, and bytes."""
    found = {}
    for url in instance.taxonomy.documents:
        if url.startswith(source.base_url) and source.resolver.is_local(url):
            name = url[len(source.base_url) :]
            if ".." not in name.split("/"):
                found[url] = (name, source.resolver.read(url))
    return found


def _url(path: Path) -> str:
    from recto.xml import file_url

    return file_url(path.absolute())


def _package_metadata(document_type: str) -> bytes:
    return (json.dumps({"documentInfo": {"documentType": document_type}}, indent=2) + "\n").encode()


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip archive: the same bytes for the same members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return stream.getvalue()


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Writes files into a folder, which is made if need be: all are complete before the first gets its name.

    The first file named is the last to get its name. Raises RectoError (`recto:system`) where that fails; then what
    was there before is untouched.
    """
    try:
        files.write_all(folder, contents)
    except OSError as error:
        reason = f"cannot be written: {error.strerror or error}"
        raise RectoError.of("recto:system", document=str(error.filename or folder), reason=reason) from None


__all__ = ["FORMS", "Form", "local_documents", "require_whole", "save", "write_files"]
