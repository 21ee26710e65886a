"""What the layout tells of its decisions, and to whom: nobody, or a `recorder.Record`."""

from __future__ import annotations

from typing import Any, Protocol

from recto.instance.model import Fact


class Listener(Protocol):
    """Who listens to the layout of one instance. Candidates and placers are handed over as they are."""

    dropped: dict[Fact, Fact]
    placers: dict[Any, Any]

    def refuse(self, fact: Fact, clause: str, text: str) -> None: ...
    def fail(self, candidate: Any, clause: str, text: str) -> None: ...
