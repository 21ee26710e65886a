"""Bounds on work, for what could take time without end.

Seconds of this process's own, not of the wall: what else the machine does at the time does not count.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bounded(seconds: float, told: object = "") -> Iterator[None]:
    """Fails where the block takes more processor time; generous bounds, for work that would otherwise not end."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds, told
