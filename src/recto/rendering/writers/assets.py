"""The static files of a folder of pages: style sheet and script."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data

STATIC = ("report.css", "Show.js")
"""Files that go beside the pages as they are."""


@cache
def static_file(name: str) -> bytes:
    """A file of the folder `static`. Raises FileNotFoundError for any other name."""
    data = get_data(__package__, f"static/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data
