"""The table of cover pages: which elements each form must, may or may not have (made by `tools/efm_tables.py`)."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Any, Final, Literal

from msgspec import Struct, field

from recto.rules.efm import data

Visible = Literal["warning", "error"]
ALL_BUT: Final = "!not!"
"""At the head of a list: what follows is what is not meant."""


class Row(Struct, frozen=True, dict=True):
    """What one check demands of some elements on some forms."""

    check: str
    names: tuple[str, ...]
    """Local names of Document and Entity Information; prefixed of other taxonomies; `cef:*` for a whole one."""
    section: str
    forms: tuple[str, ...]
    """Submission types, `*` for all; `POS EX§N-2` is a submission type with a document type."""
    other_forms: bool = False
    """It is for the forms that are not listed."""
    pattern: str = ""
    """Of submission types, in place of a list."""
    source: str = ""
    """`inline` or `non-inline`; "" for both."""
    axis: str = ""
    """Which contexts count (`Table.axes`); "" for those without dimensions."""
    value: tuple[Any, ...] = ()
    references: tuple[str, ...] = ()
    reference_value: tuple[Any, ...] = ()
    header: str = ""
    """The parameter whose value must agree."""
    item: str = ""
    after: str = ""
    """The day after which it is demanded."""
    language: str = ""
    """A pattern of the languages that are meant."""
    namespace: str = ""
    earliest: str = ""
    """The version of Document and Entity Information from which on it can be demanded."""
    document_types: tuple[str, ...] = ()
    severity: str = ""
    taxonomy: str = ""
    where: dict[str, Any] = field(default_factory=dict)
    bind_absent: bool = False
    visible: Visible | None = None
    """How bad it is where an inline report hides the fact."""

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return re.compile(self.pattern) if self.pattern else None

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(self.forms)

    def applies(self, form: str, document_type: str, inline: bool) -> bool:
        """Whether it is about such reports."""
        if self.source and (self.source == "inline") != inline:
            return False
        if self._pattern is not None:
            return self._pattern.match(form) is not None
        forms = self._forms
        found = "*" in forms or form in forms or f"{form}§{document_type}" in forms
        return found != self.other_forms


class Axis(Struct, frozen=True):
    """Which dimensions a context has for some rows."""

    axes: tuple[str | None, ...] = ()
    """Names of axes, None for no dimension; `!std!:` before a name means that of any standard taxonomy."""
    members: tuple[str, ...] = ()
    cubes: tuple[str, ...] = ()


class Table(Struct, frozen=True, dict=True):
    """All rows, with the severity of each check."""

    severities: dict[str, Literal["error", "warning"]]
    axes: dict[str, Axis]
    rows: tuple[Row, ...]

    @cached_property
    def by_name(self) -> dict[str, list[Row]]:
        """Rows by the names they are about."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            for name in row.names:
                found.setdefault(name, []).append(row)
        return found

    @cached_property
    def told(self) -> frozenset[str]:
        """All names that rows are about or refer to."""
        return frozenset(self.by_name).union(*(row.references for row in self.rows))


@lru_cache(1)
def table() -> Table:
    return data.table("cover", Table)
