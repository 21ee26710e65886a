"""The shared filings, one at a time: tests of one follow each other, and it is read and laid out once for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import recto

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def name(at: int) -> str:
        callspec = getattr(items[at], "callspec", None)
        return str(callspec.params.get("name", "")) if callspec else ""

    places = [at for at, item in enumerate(items) if HERE in item.path.parents]
    for at, item in zip(places, [items[at] for at in sorted(places, key=name)], strict=True):
        items[at] = item


class _Opened:
    def __init__(self) -> None:
        self.name: str | None = None
        self.filing: recto.Filing | None = None

    def get(self, name: str, data: Path) -> recto.Filing:
        if self.filing is None or self.name != name:
            self.close()
            self.filing = recto.open(data / "filings" / name, taxonomies=[data / "taxonomies"], offline=True)
            self.name = name
        return self.filing

    def close(self) -> None:
        if self.filing is not None:
            self.filing.close()
        self.filing = None


@pytest.fixture(scope="session")
def _opened() -> Iterator[_Opened]:
    opened = _Opened()
    yield opened
    opened.close()


@pytest.fixture
def filing(name: str, shared_data: Path, _opened: _Opened) -> recto.Filing:
    """The shared filing `name`, with the shared taxonomies; the parameter `name` is the test's."""
    return _opened.get(name, shared_data)
