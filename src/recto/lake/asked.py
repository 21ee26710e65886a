"""What modules that answer a lake's questions may ask of it: protocols, so that none needs the lake above it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from recto.lake.result import Result

Day = str | date


class Asked(Protocol):
    """A lake."""

    def sql(self, statement: str, parameters: list[Any] | dict[str, Any] | None = None) -> Result: ...
    def company(self, text: str) -> dict[str, Any]: ...


class Company(Protocol):
    """What a lake knows of one company."""

    @property
    def lake(self) -> Asked: ...
    @property
    def company(self) -> Mapping[str, Any]: ...
    @property
    def filings(self) -> Collection[str]: ...
