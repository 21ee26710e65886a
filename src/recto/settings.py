"""Settings that a user makes in the environment; nothing else in recto reads it.

A value is read when it is asked for, so that a program may set it before it opens a filing. What a caller gives comes
first: each function takes it and falls back on the environment. A variable that is set to nothing is not set.

    RECTO_TAXONOMIES    taxonomy packages and mirror folders, separated as PATH is (`:`, on Windows `;`)
    RECTO_CACHE_DIR     where fetched documents, compiled taxonomies and kept packages lie
    RECTO_OFFLINE       anything but empty, 0, false, no or off: fetch nothing
    RECTO_IDENTITY      name and e-mail address by which a server (the SEC's demands it) may reach the user
    RECTO_EDGAR         a server that keeps EDGAR's layout, asked in place of www.sec.gov and data.sec.gov
    RECTO_DEBUG         set to anything: the commands let a traceback through
    NO_COLOR            set to anything: no color on terminals (no-color.org)
    COLUMNS             how wide the terminal is, whatever it says itself
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_NO = ("", "0", "false", "no", "off")


def taxonomies(given: Sequence[str | os.PathLike[str]] = ()) -> list[str | os.PathLike[str]]:
    """Paths of packages and mirror folders: those given, else `RECTO_TAXONOMIES`."""
    if isinstance(given, str | os.PathLike):
        return [given]
    return list(given) or [path for path in os.environ.get("RECTO_TAXONOMIES", "").split(os.pathsep) if path]


def offline(given: bool | None = None) -> bool:
    """Whether nothing may be fetched: as given, else `RECTO_OFFLINE`."""
    return os.environ.get("RECTO_OFFLINE", "").strip().lower() not in _NO if given is None else given


def identity(given: str | None = None) -> str | None:
    """Who asks, as given, else `RECTO_IDENTITY`; None where neither says."""
    return given or os.environ.get("RECTO_IDENTITY") or None


def edgar(given: str | None = None) -> str | None:
    """Base URL of a server that stands in for www.sec.gov and data.sec.gov: as given, else `RECTO_EDGAR`."""
    return given or os.environ.get("RECTO_EDGAR") or None


def cache_dir(given: str | os.PathLike[str] | None = None) -> Path:
    """The cache folder: as given, else `RECTO_CACHE_DIR`, else the user's own for recto. It need not exist."""
    named = given or os.environ.get("RECTO_CACHE_DIR")
    return Path(named) if named else user_dir()


def user_dir() -> Path:
    """The user's own folder for recto, wherever the cache is: what all processes of the user share."""
    if sys.platform == "linux":  # what platformdirs says there, without its import (XDG Base Directory Specification)
        base = os.environ.get("XDG_CACHE_HOME", "").strip()
        return (Path(base) if base else Path.home() / ".cache") / "recto"
    import platformdirs

    return platformdirs.user_cache_path("recto")


def debug() -> bool:
    return "RECTO_DEBUG" in os.environ


def no_color() -> bool:
    return bool(os.environ.get("NO_COLOR"))


def columns(otherwise: int) -> int:
    """Characters in a line of the terminal: `COLUMNS`, else what standard output says; `otherwise` where neither does.

    As `shutil.get_terminal_size`, without the import of all that copies and packs files.
    """
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or otherwise  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # it is closed, detached, or no terminal
        return otherwise
