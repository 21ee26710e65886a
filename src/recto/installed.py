"""Taxonomy packages that the user keeps with recto: `recto taxonomy add`. Every filing is opened with them.

They lie in `packages/` below the cache folder, as the zip files they were. What `--taxonomies` gives comes first.
"""

from __future__ import annotations

import os
from pathlib import Path

from recto import files, settings
from recto.errors import NotFoundError, SourceError, UsageError
from recto.findings import Findings


def folder(cache_dir: str | os.PathLike[str] | None = None) -> Path:
    """Where they are: below `cache_dir`, by default the user's cache folder (`RECTO_CACHE_DIR`)."""
    return settings.cache_dir(cache_dir) / "packages"


def installed(cache_dir: str | os.PathLike[str] | None = None) -> list[Path]:
    """The packages, by name."""
    try:
        return sorted(path for path in folder(cache_dir).iterdir() if path.suffix == ".zip")
    except OSError:
        return []


def add(package: str | os.PathLike[str], cache_dir: str | os.PathLike[str] | None = None) -> Path:
    """Keeps a copy of a package; one of the same file name is replaced. Returns where it lies.

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
    if errors or not opened.rules:
        reason = errors[0].message if errors else "it has no catalog that says which URLs it holds"
        raise SourceError(f"not a usable taxonomy package: {reason}", document=str(path))
    target = folder(cache_dir) / path.with_suffix(".zip").name
    target.parent.mkdir(parents=True, exist_ok=True)
    with files.writing(target) as copy, path.open("rb") as original:
        shutil.copyfileobj(original, copy)
    return target


def remove(name: str, cache_dir: str | os.PathLike[str] | None = None) -> Path:
    """Drops the package of that file name, with or without `.zip`. Raises `UsageError` where there is none."""
    for path in installed(cache_dir):
        if name in (path.name, path.stem):
            path.unlink()
            return path
    raise UsageError(f"no package {name!r} is installed")
