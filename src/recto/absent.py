"""Modules that a process does without though they are installed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


class _Absent:
    """A finder that finds a module, and a loader that does not load it."""

    def __init__(self, name: str):
        self.name = name

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name == self.name else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        raise ModuleNotFoundError(f"this process does without {self.name}", name=self.name)


def forgo(name: str) -> None:
    """Lets this process do without a module, for good; nothing happens where it has been imported already.

    pyarrow imports pandas, where it is installed, as soon as an array is made, in case it is made of a series: 0.3 s
    of processor time and 45 MB that a process which has no frames need not spend.
    """
    if name not in sys.modules:
        sys.meta_path.insert(0, _Absent(name))
