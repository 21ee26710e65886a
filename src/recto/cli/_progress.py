"""A progress bar on a terminal, nothing elsewhere.

Drawn by hand: a bar is one line that is written over, and importing a library for it takes longer than most filings.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from recto import settings
from recto.printable import printable

Progress = Callable[[int, int, str], None]
"""Called with how many steps are done, how many there are (0: unknown), and what is at work."""

_PATIENCE = 0.4
"""Seconds before the first bar appears: quick work shows none."""
_INTERVAL = 0.05


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Gives a callback that draws on stderr, or None where stderr is no terminal; the bar is wiped at the end."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.update
    finally:
        bar.wipe()


class _Bar:
    def __init__(self) -> None:
        self.started = self.drawn = time.monotonic()
        self.shown = False

    def update(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if now - self.started < _PATIENCE or now - self.drawn < _INTERVAL:
            return
        self.drawn, self.shown = now, True
        width = settings.columns(80) - 1
        if total:
            filled = 24 * done // total
            text = f"[{'#' * filled}{'.' * (24 - filled)}] {done}/{total} {what}"
        else:
            text = f"{what} …"
        sys.stderr.write("\r\x1b[K" + printable(text)[:width])
        sys.stderr.flush()

    def wipe(self) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
