"""Table linkbase 1.0: what is wrong with the tables of the DTS; nothing is loaded where it has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from recto.findings import Finding

if TYPE_CHECKING:
    from recto.rules import Rule
    from recto.rules.subject import Subject


def rules() -> Sequence[Rule]:
    return (tables,)


def tables(subject: Subject) -> Iterator[Finding]:
    """Faults of tables, found by laying them out."""
    from recto.tablelinkbase import names

    instance = subject.instance
    arcroles = instance.taxonomy.arcroles()
    if not any(each in arcroles for each in names.ARCROLES):
        return
    filing = subject.filing
    if filing is not None:
        for at, each in enumerate(filing.instances):
            if each is instance:
                yield from filing.table_outcomes(at).findings
                return
    from recto.tablelinkbase.tables import made_tables

    yield from made_tables(instance, subject.parameters).findings
