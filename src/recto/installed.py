"""Taxonomy packages that the user keeps with recto: `recto taxonomy add`. Every filing is opened with them.

They lie in `packages/` below the cache folder, as the zip files they were. What `--taxonomies` gives comes first.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from recto import files, settings
from recto.errors import NotFoundError, SourceError, UsageError
from recto.findings import Findings

if TYPE_CHECKING:
    from recto.publishers import Published
    from recto.sources.web import Web


def folder(cache_dir: str | os.PathLike[str] | None = None) -> Path:
    """Where they are: below `cache_dir`, by default the user's cache folder (`RECTO_CACHE_DIR`)."""
    return settings.cache_dir(cache_dir) / "packages"


def installed(cache_dir: str | os.PathLike[str] | None = None) -> list[Path]:
    """The packages, by name."""
    try:
        return sorted(path for path in folder(cache_dir).iterdir() if path.suffix == ".zip")
    except OSError:
        return []


def add(
    package: str | os.PathLike[str],
    cache_dir: str | os.PathLike[str] | None = None,
    *,
    name: str | None = None,
    lenient: bool = False,
) -> Path:
    """Keeps a copy of a package, under its own file name or `name`; one of that name is replaced. Returns where it
    lies. `lenient`: faults that do not keep its files from being found are borne.

    Raises `NotFoundError` where there is no such file, `SourceError` where it is no taxonomy package.
    """
    import shutil

    from recto.sources.packages import open_package

    path = Path(package)
    if not path.is_file():
        raise NotFoundError("no such file (a taxonomy package is a zip file)", document=str(path))
    findings = Findings()
    opened = open_package(path, findings)
    errors = [finding for finding in findings if finding.severity == "error"]
    if (errors and not lenient) or not opened.rules:
        reason = errors[0].message if errors else "it has no catalog that says which URLs it holds"
        raise SourceError(f"not a usable taxonomy package: {reason}", document=str(path))
    target = folder(cache_dir) / (name or path.with_suffix(".zip").name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with files.writing(target) as copy, path.open("rb") as original:
        shutil.copyfileobj(original, copy)
    return target


def get(
    name: str,
    cache_dir: str | os.PathLike[str] | None = None,
    *,
    offline: bool | None = None,
    identity: str | None = None,
    web: Web | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Path:
    """Fetches the taxonomy package that `recto.publishers.PUBLISHED` lists under a name, and keeps it.

    An archive without a catalog gets one, by what it is known to hold. `web` replaces the network; `progress` is told
    bytes received, bytes in all, and the name. Returns where the package lies. Raises `UsageError` for a name that is
    not listed or is no package, `SourceError` where it cannot be fetched or used.
    """
    from recto import settings
    from recto.publishers import PUBLISHED
    from recto.sources.web import Web

    published = PUBLISHED.get(name)
    if published is None:
        raise UsageError(f"no published taxonomy {name!r} is known; there are {', '.join(PUBLISHED)}")
    if not published.is_package:
        raise UsageError(f"{name} is published document by document, not as a package: compile {published.url}")
    target = folder(cache_dir) / f"{name}.zip"
    received = target.with_name(f".{name}.download")
    client = web or Web(cache_dir, offline=settings.offline(offline), identity=settings.identity(identity))
    try:
        client.download(published.url, received, progress)
    finally:
        if web is None:
            client.close()
    try:
        if published.base:
            _give_catalog(received, published)
        return add(received, cache_dir, name=target.name, lenient=True)
    finally:
        received.unlink(missing_ok=True)


def _give_catalog(path: Path, published: Published) -> None:
    """Adds to an archive without a catalog one that says where its files are found; one that has one stays."""
    import zipfile
    from xml.sax.saxutils import quoteattr

    try:
        with zipfile.ZipFile(path, "a") as archive:
            names = archive.namelist()
            if any(each.endswith("META-INF/catalog.xml") for each in names):
                return
            found = next((each for each in names if each.endswith(published.probe)), None)
            if found is None:
                raise SourceError(f"the archive does not hold {published.probe}", document=published.url)
            top, _, below = found.partition("/")
            home = f"{top}/" if all(each.startswith(f"{top}/") for each in names) and below else ""
            prefix = found[len(home) : -len(published.probe)]
            archive.writestr(
                f"{home}META-INF/catalog.xml",
                '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><rewriteURI'
                f" uriStartString={quoteattr(published.base)} rewritePrefix={quoteattr('../' + prefix)}/></catalog>",
            )
    except zipfile.BadZipFile as error:
        raise SourceError(f"not a zip archive: {error}", document=published.url) from error


def remove(name: str, cache_dir: str | os.PathLike[str] | None = None) -> Path:
    """Drops the package of that file name, with or without `.zip`. Raises `UsageError` where there is none."""
    for path in installed(cache_dir):
        if name in (path.name, path.stem):
            path.unlink()
            return path
    raise UsageError(f"no package {name!r} is installed")
