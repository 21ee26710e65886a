"""Garbage collection put off while many long-lived objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_MANY: Final = 100_000
"""New objects from which on it pays to spare the collector."""
_ENOUGH: Final = 4_000_000
"""Objects that grow old without having been looked at, until all are."""

_unseen = 0
_seen = 0
"""Objects that have grown old since all were looked at, and those that were left then."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Puts off garbage collection: it would look again and again at what is made here, nearly all of which stays.

    Where it is much, it then counts among the old objects, so that the next collection of young ones does not go
    through it. Python hardly looks at objects that grew old in this way, so we do when they have become many.
    """
    enabled = gc.isenabled()
    gc.disable()
    before = gc.get_count()[0]
    try:
        yield
    finally:
        if enabled:
            made = gc.get_count()[0] - before
            if made >= _MANY and not gc.get_freeze_count():  # thawing would undo what somebody else has frozen
                _grow_old(made)
            gc.enable()


def _grow_old(made: int) -> None:
    global _unseen, _seen
    _unseen += made
    if _unseen <= max(_ENOUGH, _seen // 4):
        gc.freeze()
        gc.unfreeze()
        return
    gc.collect()
    gc.freeze()
    _unseen, _seen = 0, gc.get_freeze_count()
    gc.unfreeze()
