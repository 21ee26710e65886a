"""What the layout meets that a regulator may have a rule about. That it is a fault is the rule's to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from recto.findings import Finding

Met = Literal[
    "roleDefinition",
    "phantomAxes",
    "skippedBalance",
    "noBalances",
    "malformedCommand",
    "nothingToLayOut",
    "unorderedAxis",
    "noAnnualReturns",
    "tooManyBars",
    "elementsOnColumns",
    "unorderedUnits",
]
"""A link role's definition in another form; axes whose default no fact uses; a balance without a period at its date;
what looks like changes in equity without balances; an embedding command that cannot be read; a layout without rows or
columns; an axis that neither the tree nor a command orders; a bar chart with nothing or too much to draw; concepts
asked for on columns where elements are shown; units of which only some are ordered."""


class Observed(Struct, frozen=True):
    """Something that was met in laying out pages. `arguments` say what; `code` tells kinds of one thing apart."""

    what: Met
    arguments: dict[str, object]
    code: str = ""
    document: str | None = None
    line: int | None = None
    element: str | None = None
    facts: tuple[str, ...] = ()


Judge = Callable[[Observed], Finding | None]
"""What a rule says of it; None where it is no fault."""
