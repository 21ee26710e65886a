"""xBRL-CSV Table Constraints 1.0 (proposed recommendations of 2026-03-18 and 2026-05-05): what metadata say of columns,
parameters, keys and numbers of rows, and whether the tables keep to it.

The specification's text was not to be had in whole when this was written; docs/decisions.md says what was decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from recto.errors import RectoError
from recto.findings import Finding, Findings
from recto.rules import Rule
from recto.rules.subject import Subject


def rules() -> list[Rule]:
    return [constraints]


def constraints(subject: Subject) -> Iterator[Finding]:
    """Faults of the constraints themselves; where there are none, what of the report does not keep to them."""
    instance = subject.instance
    if instance.kind != "csv":
        return
    from recto.instance.oim.metadata import StopReading, read_metadata
    from recto.instance.oim.parameters import report_parameters
    from recto.rules.table_constraints.definitions import read
    from recto.rules.table_constraints.tables import Tables

    ignored = Findings()  # told when the report was read
    try:
        data = subject.resolver.read(instance.url)
        metadata = read_metadata(data, instance.url, subject.resolver, ignored)
    except (RectoError, StopReading):
        return
    if not any(uri.endswith("/tc") for uri in metadata.info.namespaces.values()):
        return
    faults: list[Finding] = []
    templates = read(metadata, faults)
    yield from faults
    if not faults and templates:
        yield from Tables(metadata, templates, subject.resolver, report_parameters(metadata, subject.resolver, ignored))
