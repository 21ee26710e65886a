"""What questions need of a lake."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from recto.lake.places import Place
from recto.lake.result import Result

Day = str | date


class Asked(Protocol):
    """A lake that can be asked: `recto.Lake`."""

    @property
    def place(self) -> Place: ...

    def sql(self, statement: str, parameters: list[Any] | dict[str, Any] | None = None) -> Result: ...

    def company(self, text: str) -> dict[str, Any]: ...
