"""A folder of report pages as the SEC makes it, with an index page to browse them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct, field

from recto import files
from recto.errors import SourceError, UsageError
from recto.failures import failure
from recto.patterns import lazy
from recto.rendering.model import RenderedFiling, Report
from recto.rendering.writers import assets, documents, naming
from recto.rendering.writers.html import LOCAL, PageWriter, Variant

FORMATS: Final = ("html", "xlsx", "md", "json", "txt", "csv")
_REPORT_FILE: Final = lazy(rb"<HtmlFileName>(R\d+\.htm)</HtmlFileName>")

Reader = Callable[[str], bytes]
Index = Callable[[Sequence[Report], Sequence[str]], Mapping[str, bytes]]
"""Makes the page that browses a folder, and what it needs, by name: of the pages written and the names of the files to
offer beside them."""
_Made = TypeVar("_Made")


class Written(Struct):
    """What was written."""

    folder: Path
    files: list[str] = field(default_factory=list)
    """Names in the folder, in the order written."""
    pages: int = 0
    bytes: int = 0


def write_folder(
    filing: RenderedFiling,
    folder: str | os.PathLike[str],
    *,
    formats: Collection[str] | None = None,
    only: Sequence[Report] | None = None,
    files: Mapping[str, object] | None = None,
    variant: Variant = LOCAL,
    progress: Callable[[int, int, str], None] | None = None,
    index: Index | None = None,
) -> Written:
    """Writes the pages and what goes with them into the folder, which is made where it is absent.

    `formats`: of `html`, `xlsx`, `md`, `json`, `txt`, `csv`; by default html, and xlsx where the SEC would make a
    workbook. With html come FilingSummary.xml, MetaLinks.json (inline filings), report.css, Show.js, pictures
    and, where `index` makes it, index.html.
    `only`: pages to write, if not all. `files`: the filing's own files by name (bytes, or functions that give them),
    for the pictures that text blocks show.

    A file that is there already is replaced at one stroke, so that no reader finds it half written. Pages that an
    earlier rendering left and this one does not have are removed.

    Raises UsageError for an unknown format, SourceError where the folder cannot be written.
    """
    wanted = ("html", "xlsx") if formats is None else (formats,) if isinstance(formats, str) else tuple(formats)
    unknown = [each for each in wanted if each not in FORMATS]
    if unknown:
        raise UsageError(f"unknown format {unknown[0]!r}; known are {', '.join(FORMATS)}")
    reports = list(filing.reports if only is None else only)
    if progress is not None:
        progress(0, len(reports), "writing pages")
    with _Target(Path(folder)) as target:
        downloads: list[str] = []
        if "xlsx" in wanted and _workbook(filing, reports, target, forced=formats is not None or only is not None):
            downloads.append("Financial_Report.xlsx")
        if "html" in wanted:
            _html(filing, reports, target, variant, files or {}, whole=only is None, downloads=downloads, index=index)
        for form in ("md", "json", "txt", "csv"):
            if form in wanted:
                for report, text in _made(filing, reports, form, lambda each: page_as(each, form)):  # noqa: B023
                    target.write(f"{report.stem}.{form}", text.encode("utf-8", "replace"))
    if progress is not None:
        progress(len(reports), len(reports), "writing pages")
    target.written.pages = len(reports)
    return target.written


def _made(
    filing: RenderedFiling, reports: Iterable[Report], form: str, make: Callable[[Report], _Made]
) -> Iterator[tuple[Report, _Made]]:
    """Each report with what is made of it. One that cannot be made is one finding, and the others go on."""
    for report in reports:
        try:
            made = make(report)
        except Exception as error:
            filing.findings.add(failure(error, f"Writing {report.stem} as {form}"))
            continue
        yield report, made


def page_as(report: Report, form: str) -> str:
    """One page as `txt`, `md`, `json` or `csv`. Raises UsageError for another format."""
    from recto.rendering.writers import csv_, json_, markdown, text

    writers: dict[str, Callable[[Report], str]] = {
        "txt": text.page_text,
        "text": text.page_text,
        "md": markdown.page_markdown,
        "json": json_.page_json,
        "csv": csv_.page_csv,
    }
    if form not in writers:
        raise UsageError(f"unknown format {form!r}; known are text, md, json, csv")
    return writers[form](report)


class _Target:
    """The folder, in which nothing changes until all files are made (`recto.files.Folder`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = Written(folder)
        try:
            self._files = files.Folder(folder)
        except OSError as error:
            raise SourceError(f"the folder cannot be made: {error.strerror}", document=str(folder)) from error

    def __enter__(self) -> _Target:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, traceback: object) -> None:
        with self._told():
            self._files.close(keep=kind is None)

    def write(self, name: str, data: bytes) -> None:
        with self._told():
            self._files.write(name, data)
        self.written.files.append(name)
        self.written.bytes += len(data)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            path = str(error.filename or self.folder)
            raise SourceError(f"the file cannot be written: {error.strerror}", document=path) from error

    def former_pages(self) -> set[str]:
        """Pages that an earlier FilingSummary.xml in the folder names."""
        try:
            data = (self.folder / "FilingSummary.xml").read_bytes()
        except OSError:
            return set()
        return {name.decode() for name in _REPORT_FILE.findall(data)}

    def remove(self, names: Iterable[str]) -> None:
        self._files.remove(names)


def _html(
    filing: RenderedFiling,
    reports: Sequence[Report],
    target: _Target,
    variant: Variant,
    files: Mapping[str, object],
    *,
    whole: bool,
    downloads: list[str],
    index: Index | None,
) -> None:
    former = target.former_pages() if whole else set()
    writer = PageWriter(variant)
    for report, page in _made(filing, reports, "html", writer.page):
        target.write(f"{report.stem}.htm", page)
    target.remove(former - {f"{report.stem}.htm" for report in reports})
    for name, image in filing.images.items():
        target.write(name, image)
    shown = _pictures(filing, files)
    for name, picture in shown.items():
        if picture is not None:
            target.write(name, picture)
    for name in assets.STATIC:
        target.write(name, assets.static_file(name))
    if whole:
        from recto.rendering.writers.summary import filing_summary

        target.write("FilingSummary.xml", filing_summary(filing, images=shown))
        if any(each.instance.kind == "inline" for each in filing.instances):
            from recto.rendering.writers.metalinks import meta_links

            target.write("MetaLinks.json", meta_links(filing))
            downloads.append("MetaLinks.json")
    if index is not None:
        for name, data in index(reports, downloads).items():
            target.write(name, data)


def _workbook(filing: RenderedFiling, reports: Sequence[Report], target: _Target, *, forced: bool) -> bool:
    from recto.rendering.writers.xlsx import workbook, workbook_allowed

    if not reports or not (forced or workbook_allowed(filing)):
        return False
    try:
        made = workbook(reports, title=naming.filing_name(filing))
    except Exception as error:
        filing.findings.add(failure(error, "Writing the workbook"))
        return False
    target.write("Financial_Report.xlsx", made)
    return True


def _pictures(filing: RenderedFiling, files: Mapping[str, object]) -> dict[str, bytes | None]:
    """Pictures that the filing's documents show, by name; None where the filing does not bring the file."""
    names: dict[str, None] = {}
    for each in filing.instances:
        names.update(dict.fromkeys(documents.referenced_images(each.instance)))
        if each.instance.kind == "inline":
            for url in each.instance.documents:
                data = file_bytes(files, documents.base_name(url))
                if data is not None:
                    names.update(dict.fromkeys(documents.document_images(data)))
    safe = sorted(name for name in names if name and name == os.path.basename(name) and not name.startswith("."))
    return {name: file_bytes(files, name) for name in safe}


def file_bytes(files: Mapping[str, object], name: str) -> bytes | None:
    """A file of the filing by its name; None where it brings none."""
    found = files.get(name)
    if found is None:
        found = next((reader for path, reader in files.items() if path.endswith("/" + name)), None)
    if callable(found):
        found = found()
    return bytes(found) if isinstance(found, bytes | bytearray | memoryview) else None
