"""Values of attributes that are the same over and over: what was found valid is remembered with its declaration."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from recto import limits
from recto.schema.components import AttributeUse, ElementDecl
from recto.taxonomy.model import DataType
from recto.taxonomy.values import all_valid, check, equal


class Shape:
    """Elements without children, of one declaration and with the same attributes in the same order."""

    __slots__ = ("decl", "empty", "text", "uses")

    def __init__(self, decl: ElementDecl, text: bool, empty: bool, uses: list[AttributeUse | None]):
        self.decl = decl
        self.text = text
        """Whether they may hold text."""
        self.empty = empty
        """Whether not even white space may stand in them."""
        self.uses = uses

    def doubtful(self, met: list[tuple[int, Any, list[str]]]) -> list[tuple[int, Any]]:
        """Those whose attributes have a value that is not found valid."""
        bad: set[int] = set()
        for nth, (use, values) in enumerate(zip(self.uses, zip(*[row[2] for row in met], strict=True), strict=True)):
            if use is None:
                continue
            new = set(values) - use.valid
            if use.type is not None and use.fixed is None and len(new) > 1 and all_valid(use.type, new):
                keep(use, new)
                continue
            invalid = {value for value in new if not accepts(use, value)}
            if invalid:
                bad.update(at for at, _, row in met if row[nth] in invalid)
        return [(at, child) for at, child, _ in met if at in bad]


def accepts(use: AttributeUse, text: str) -> bool:
    """Whether a value is valid, decided by the value alone; it is remembered then."""
    if is_name(use) or (use.type is not None and check(use.type, text) is not None):
        return False
    if use.fixed is not None and not same(use.type, text, use.fixed):
        return False
    keep(use, (text,))
    return True


def same(type_: DataType | None, text: str, fixed: str) -> bool:
    """Whether a value is the fixed one."""
    return text == fixed if type_ is None else equal(type_, text, fixed)


def is_name(use: AttributeUse) -> bool:
    """Whether values are names, whose meaning depends on where they stand."""
    return use.type is not None and use.type.xsd_base == "QName"


def keep(use: AttributeUse, texts: Collection[str]) -> None:
    """Remembers valid values."""
    if len(use.valid) < limits.SCHEMA_VALUES and not is_name(use):
        use.valid.update(texts)
