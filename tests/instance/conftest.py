"""Readers of small documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recto.instance.model import Instance
from tests.instance.samples import inline, load, xbrl


@pytest.fixture
def read_xbrl() -> Callable[..., Instance]:
    return lambda body, **more: load("xbrl", {"r.xml": xbrl(body, **more)}, "r.xml")[0]


@pytest.fixture
def read_inline() -> Callable[..., Instance]:
    return lambda body, **more: load("inline", {"r.htm": inline(body, **more)}, "r.htm")[0]
