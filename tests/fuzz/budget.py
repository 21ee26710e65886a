"""How long a fuzz target runs: a fixed number of seeds, or as long as RECTO_FUZZ_SECONDS says (each target)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator


def seeds(number: int) -> Iterator[int]:
    """0, 1, … `number` - 1; in a long run as many as the time allows, from a random one on."""
    seconds = float(os.environ.get("RECTO_FUZZ_SECONDS", "0"))
    if not seconds:
        yield from range(number)
        return
    end = time.monotonic() + seconds
    seed = random.randrange(1 << 30)
    while time.monotonic() < end:
        yield seed
        seed += 1
