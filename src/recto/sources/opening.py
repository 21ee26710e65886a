"""Opening a source: what it is, which documents it has, where to start reading."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from recto.errors import NotFoundError, SourceError
from recto.findings import Findings
from recto.sources.classify import Candidate, Entry, classify, entries_of
from recto.sources.places import Disk, Mirror, Place, read_file
from recto.sources.resolver import Resolver
from recto.xml import file_url

MAX_FILES = 20_000
"""Files that a folder given as a source may hold."""


@dataclass(slots=True)
class FilingSource:
    """A filing as it was opened: its documents by name, the entries to read, and the resolver that finds all else."""

    name: str
    base_url: str
    resolver: Resolver
    entries: list[Entry]
    files: Mapping[str, Callable[[], bytes]]
    findings: Findings = field(default_factory=Findings)
    header: Mapping[str, str] = field(default_factory=dict)
    """What a full submission's header tells: `accession`, `form`, `filed`, `accepted`, `period`, `cik`, `company`."""


def open_source(
    source: str | os.PathLike[str],
    *,
    taxonomies: Sequence[str | os.PathLike[str]] = (),
    cache_dir: str | os.PathLike[str] | None = None,
    offline: bool = False,
    use_cache: bool = True,
    identity: str | None = None,
) -> FilingSource:
    text = os.fspath(source)
    places = taxonomy_places(taxonomies)
    path = Path(text)
    if path.is_dir():
        return _open_folder(path, places)
    if path.is_file():
        return _open_file(path, places)
    raise NotFoundError("no such file or folder", document=text)


def taxonomy_places(taxonomies: Sequence[str | os.PathLike[str]]) -> list[Place]:
    return [Mirror(os.fspath(path)) for path in taxonomies]


def _open_folder(folder: Path, places: list[Place]) -> FilingSource:
    findings = Findings()
    base_url = file_url(folder) + "/"
    names = _walk(folder)
    files = {name: _file_reader(folder / name) for name in names}
    _report_absent(folder, base_url, findings)
    candidates = _candidates([name for name in names if "/" not in name], folder, base_url)
    if not any(candidate.kind in ("xbrl", "inline", "json", "csv") for candidate in candidates):
        candidates += _candidates([name for name in names if "/" in name], folder, base_url)
    entries = entries_of(candidates, findings)
    _expect_report(entries, base_url, findings)
    resolver = Resolver([Disk(local=base_url), *places], base_url=base_url)
    return FilingSource(folder.absolute().name, base_url, resolver, entries, files, findings)


def _open_file(path: Path, places: list[Place]) -> FilingSource:
    url = file_url(path)
    base_url = url[: url.rfind("/") + 1]
    candidate = classify("", url, lambda: read_file(path))
    if candidate is None:
        raise SourceError(
            "neither a report nor a taxonomy that recto knows", code="recto:unknownKind", document=str(path)
        )
    resolver = Resolver([Disk(local=base_url), *places], base_url=base_url)
    return FilingSource(path.stem, base_url, resolver, [Entry(candidate.kind, (url,))], {path.name: _file_reader(path)})


def _candidates(names: Sequence[str], folder: Path, base_url: str) -> list[Candidate]:
    found = []
    for name in names:
        candidate = classify(name, file_url(folder / name), _file_reader(folder / name))
        if candidate is not None:
            found.append(candidate)
    return found


def _expect_report(entries: list[Entry], url: str, findings: Findings) -> None:
    if not entries or entries[0].kind == "schema":
        findings.error("recto:noReport", "there is no XBRL report among the documents", document=url)


def _report_absent(folder: Path, base_url: str, findings: Findings) -> None:
    """Documents that a file `.absent` names as missing from the folder."""
    try:
        lines = (folder / ".absent").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        words = line.split()
        if words:
            name = words[-1].rpartition("/")[2]
            findings.warning("recto:documentMissing", f"the filing's {name} is not to be had", document=base_url + name)


def _walk(folder: Path) -> list[str]:
    """Relative names of all regular files, sorted, files of a folder before its folders'; hidden ones left out."""
    names: list[str] = []
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        prefix = os.path.relpath(at, folder).replace(os.sep, "/")
        prefix = "" if prefix == "." else prefix + "/"
        names.extend(prefix + name for name in sorted(files) if not name.startswith("."))
        if len(names) > MAX_FILES:
            raise SourceError(f"more than {MAX_FILES} files", code="recto:tooManyFiles", document=str(folder))
    return names


def _file_reader(path: Path) -> Callable[[], bytes]:
    return lambda: read_file(path)
