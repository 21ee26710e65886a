"""What an ingest is given, as jobs: one filing each, small enough to be sent to another process or machine."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from recto.edgar import ListedFiling, accession_url
from recto.errors import NotFoundError, RectoError
from recto.sources.contents import HEAD, in_mapping, is_submission, on_disk
from recto.sources.gzipped import inner_name, unpack
from recto.sources.sets import by_themselves
from recto.sources.sgml import accession_of

if TYPE_CHECKING:
    from recto.sources.archive import Archive
    from recto.sources.candidate import Candidate

_ACCESSION = re.compile(r"(?:^|[^0-9])(\d{10})-?(\d{2})-?(\d{6})(?:[^0-9]|$)")
_REPORT = (".zip", ".xbri", ".xbr", ".txt", ".nc", ".json")
_PACKED = (".tar.gz", ".tgz", ".tar")
_GZIP = ".gz"
DEEPEST = 6
"""Folders in folders, and zips in zips, that are looked into."""
_DOCUMENT = (".htm", ".html", ".xhtml", ".xml", ".xbrl", ".xsd")
_WHOLE = (".htm", ".html", ".xhtml", ".xbrl")
"""What documents are called that may be filings by themselves."""


class Job(Struct):
    """One filing to take in: a path or URL that `recto.open` takes, or its bytes."""

    source: str
    """What people are told it is."""
    location: str
    accession: str | None = None
    """Its key, where it is known before it is read."""
    data: bytes | None = None
    known: dict[str, Any] = {}
    """Columns of `filings` that a listing told."""
    attempt: int = 0
    error: str | None = None
    """Why there is nothing to read."""
    code: str = "recto:source"


def jobs_of(sources: Sequence[str], empty: list[str] | None = None, **options: Any) -> Iterator[Job]:
    """The filings of all sources, one after the other, as they are asked for.

    A source: a folder (of a filing, or of filings), a document, a zip (a filing, or a zip of such), a submission, an
    archive of submissions (`.tar.gz`, or its URL), an accession number, a URL, or a query of EDGAR: `AAPL 10-K 2023`,
    or `AAPL 10-K*` for all of them. What cannot be read is a job with an error; sources in which
    nothing was found are put into `empty`.
    """
    for source in sources:
        any_there = False
        try:
            for job in _jobs(source, options):
                any_there = True
                yield job
            if not any_there and empty is not None:
                empty.append(source)
        except RectoError as error:
            yield Job(source, source, error=error.message, code=error.code)
        except OSError as error:
            yield Job(source, source, error=error.strerror or str(error), code="recto:system")


def _jobs(source: str, options: dict[str, Any]) -> Iterator[Job]:
    path = Path(source)
    if source.startswith(("http://", "https://")):
        if source.endswith(_PACKED):
            yield from _archive(_downloaded(source, options), source)
        else:
            yield Job(source, source, _accession(source))
    elif path.is_dir():
        yield from _folder(path)
    elif path.exists():
        yield from _file(path)
    elif accession_url(source) is not None:
        yield Job(source, source, _accession(source))
    else:
        yield from _query(source, options)


def _folder(path: Path, depth: int = 0) -> Iterator[Job]:
    """A folder with documents in it is a filing; else each of what it holds is looked at."""
    names = sorted(os.listdir(path))
    inside = [path / name for name in names if not name.startswith(".")]
    package = (path / "META-INF").is_dir()
    documents = [each for each in inside if each.suffix.lower() in _DOCUMENT and each.is_file()]
    if documents and not package:
        if any(each.is_dir() or each.suffix.lower() in _REPORT for each in inside):
            documents = [path / each.name for each in _known(documents, path)]  # a page beside filings is none
        alone = by_themselves(_known([each for each in documents if each.suffix.lower() in _WHOLE], path))
        if alone:
            yield from (Job(str(path / each.name), str(path / each.name), _accession(each.name)) for each in alone)
            return
    if package or documents:
        yield Job(str(path), str(path), _accession(path.name))
        return
    for each in inside:
        if each.is_dir():
            if depth < DEEPEST:
                yield from _folder(each, depth + 1)
        elif each.suffix.lower() in (*_REPORT, _GZIP, ".tgz"):
            if not _is_beside(each):
                yield from _file(each)


def _known(documents: list[Path], folder: Path) -> list[Candidate]:
    return on_disk([each.name for each in documents], folder)


def _file(path: Path) -> Iterator[Job]:
    if path.name.endswith(_PACKED):
        yield from _archive(path, str(path))
        return
    if path.suffix.lower() == ".zip":
        inner = _zips(path, str(path))
        if inner is not None:
            yield from inner
            return
    yield Job(str(path), str(path), _accession(path.name) or accession_of(_head(path)))


def _head(path: Path) -> bytes:
    """How a file begins; of one that cannot be read, as a submission does, for whoever reads it to tell."""
    try:
        if path.suffix.lower() == _GZIP:
            with gzip.open(path) as packed:
                return packed.read(HEAD)
        with open(path, "rb") as file:
            return file.read(HEAD)
    except (OSError, EOFError, zlib.error):
        return b"<SUBMISSION>"


def _is_beside(path: Path) -> bool:
    """Whether a text or some JSON lies beside filings and is none."""
    suffix = Path(inner_name(path.name)).suffix.lower()
    return (suffix == ".txt" and _is_other(path.name, _head(path))) or (
        suffix == ".json" and not _known([path], path.parent)
    )


def _is_other(name: str, head: bytes) -> bool:
    """Whether it is a text that lies beside filings: no submission, nor called like one."""
    return name.lower().endswith((".txt", ".txt.gz")) and _accession(name) is None and not is_submission(head)


def _archive(path: Path, name: str) -> Iterator[Job]:
    from recto.edgar.feeds import read_archive

    with open(path, "rb") as file:
        for accession, data in read_archive(file, name):
            yield Job(f"{name}/{accession}.nc", f"{accession}.nc", accession, data)


def _downloaded(url: str, options: dict[str, Any]) -> Path:
    """The archive at a URL, in the cache: received once, and resumed where it was cut off."""
    from recto import settings
    from recto.sources.listing import edgar

    folder = settings.cache_dir(options.get("cache_dir")) / "archives"
    with edgar(**_asking(options)) as asked:
        return asked.download(url, folder)


def _asking(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options[name] for name in ("cache_dir", "offline", "use_cache", "identity") if name in options}


def _zips(archived: Path | bytes, where: str, depth: int = 0) -> Iterator[Job] | None:
    """The filings of a zip of zips or submissions, those of zips in it too; None where the zip is a filing itself.

    Raises `SourceError` for what is no zip.
    """
    from recto.sources.archive import Archive

    archive = Archive(archived, where)
    held = [name for name in archive if name.lower().endswith((".zip", ".nc", ".txt", ".xbri", ".xbr", _GZIP))]
    if any(name.lower().endswith(_DOCUMENT) for name in archive):
        held = _alone_in(archive)
    if not held:
        archive.close()
        return None

    def read() -> Iterator[Job]:
        archive.require_safe()
        try:
            for name in sorted(held):
                inner = f"{where}/{name}"
                try:
                    data = archive[name]()
                    if name.lower().endswith(_GZIP):
                        data, name = unpack(data, inner), inner_name(name)
                    if not _is_other(name, data[:HEAD]):
                        yield from _member(data, name, inner, depth)
                except RectoError as error:
                    yield Job(inner, inner, _accession(name), error=error.message, code=error.code)
        finally:
            archive.close()

    return read()


def _alone_in(archive: Archive) -> list[str]:
    """The documents of a zip that are filings by themselves."""
    documents = [name for name in archive if name.lower().endswith(_WHOLE)]
    if len(documents) < 2 or any("META-INF/" in name for name in archive):
        return []
    archive.require_safe()
    return [each.name for each in by_themselves(in_mapping({name: archive[name] for name in documents}, "file:///"))]


def _member(data: bytes, name: str, where: str, depth: int) -> Iterator[Job]:
    """The filing that a member of a zip is, or those that it holds."""
    inner = None
    if name.lower().endswith(".zip") and depth < DEEPEST:
        with contextlib.suppress(RectoError):  # whoever reads it will tell
            inner = _zips(data, where, depth + 1)
    if inner is None:
        yield Job(where, name.rpartition("/")[2], _accession(name) or accession_of(data[:HEAD]), data)
    else:
        yield from inner


_ALL = re.compile(
    r"(?P<query>.+?)\s*\*(?:\s+(?P<since>latest|\d{4}(?:-\d\d){0,2})(?:\.\.(?P<until>\d{4}(?:-\d\d){0,2}))?)?"
)


def _query(source: str, options: dict[str, Any]) -> Iterator[Job]:
    """`AAPL 10-K 2023`, one filing; `AAPL 10-K*` and `AAPL 10-K* 2015..2020`, all of them (by day of filing);
    `* 10-K* 2024-01..2024-03`, those of all companies; `* 10-K* latest`, those of the SEC's feed of the last ones."""
    from recto.edgar import parse_query
    from recto.sources.listing import edgar

    match = _ALL.fullmatch(source.strip())
    query = parse_query(match["query"] if match else source)
    if query is None:
        raise NotFoundError("no such file or folder", document=source)
    with edgar(**_asking(options)) as asked:
        found: Any
        if match is None:
            found = [asked.newest(query)]
        elif query.company == "*" and match["since"] == "latest":
            found = asked.latest(forms=[query.form])
        elif query.company == "*":
            found = asked.index(match["since"], match["until"] or match["since"], forms=[query.form])
        else:
            found = asked.filings(
                query.company, forms=[query.form], since=match["since"], until=match["until"], xbrl=True
            )
        for each in found:
            yield listed_job(each)


def listed_job(filing: ListedFiling) -> Job:
    """The job of a filing that EDGAR lists."""
    known = {
        "cik": filing.cik,
        "company": filing.company,
        "form": filing.form,
        "filed": filing.filed,
        "period": filing.period,
        "accepted": filing.accepted,
    }
    return Job(filing.source, filing.url, filing.accession, known={k: v for k, v in known.items() if v is not None})


def _accession(name: str) -> str | None:
    match = _ACCESSION.search(name.rpartition("/")[2])
    return None if match is None else "-".join(match.groups())


def count_jobs(sources: Sequence[str]) -> int:
    """How many filings the sources hold, where counting them is cheap: folders and single files; else 0."""
    count = 0
    for source in sources:
        path = Path(source)
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                if any(name.lower().endswith(_DOCUMENT) for name in names) or "META-INF" in folders:
                    if folders and "META-INF" not in folders:
                        return 0
                    count += 1
                    folders.clear()
                elif any(name.endswith((".tar.gz", ".tgz", ".zip")) for name in names):
                    return 0
                else:
                    count += sum(name.lower().endswith((*_REPORT, _GZIP)) for name in names if folder)
        elif path.is_file() and not source.endswith((".zip", ".gz", ".tgz", ".tar")):
            count += 1
        else:
            return 0
    return count
