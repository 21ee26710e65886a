"""What an explanation consists of."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Scope = Literal["page", "row", "column", "cell", "fact"]


class Decision(Struct, frozen=True, omit_defaults=True):
    """One decision of the layout, in words."""

    scope: Scope
    """What it decided about."""
    rule: str
    """A short name that stays: `order`, `title`, `scale`, `column-hidden`, `sign`, `label`, `left-out`, …"""
    text: str
    """One sentence or two, without line breaks."""
    clause: str = ""
    """Section of the rendering rules (`11.5`), as the docstrings of `recto.rendering` cite them."""
    facts: tuple[str, ...] = ()
    """Ids of the facts it speaks of, at most ten."""

    @property
    def line(self) -> str:
        """As printed: `scale (13.1): …`."""
        return f"{self.rule} ({self.clause}): {self.text}" if self.clause else f"{self.rule}: {self.text}"
