"""The DTS fixture that most tests of this room share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from recto.taxonomy.dts import DTS
from recto.taxonomy.store import Store
from tests.taxonomy.samples import load


@pytest.fixture(params=["memory", "stored", "stored again"])
def dts(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., DTS]:
    """`load`, with the documents compiled in memory, compiled and stored, and read from the store."""

    def made(documents: Mapping[str, str | bytes], *entries: str) -> DTS:
        if request.param == "memory":
            return load(documents, *entries)
        store = Store(tmp_path)
        shared = frozenset(documents)
        if request.param == "stored again":
            load(documents, *entries, store=store, shared=shared)
        return load(documents, *entries, store=store, shared=shared)

    return made
