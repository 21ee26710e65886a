"""Text that comes from a filing, for a terminal: it is shown and controls nothing."""

from __future__ import annotations

from typing import Final

from recto.patterns import lazy

_UNPRINTABLE: Final = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]")
"""C0 and C1 controls but tab and line feed; what controls the bidirectional algorithm, and interlinear marks."""


def printable(text: str) -> str:
    """Text whose control characters are written out (`\\u001b`), so that a terminal shows them and obeys none."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) if _UNPRINTABLE.search(text) else text
