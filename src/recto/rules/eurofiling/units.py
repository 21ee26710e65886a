"""Units: used, each once, of money a currency alone, else pure (2.21 to 2.24, 3.2). Whether the units registry has them
is the business of its own rules (2.23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.instance.model import Unit
from recto.names import ISO4217, XBRLI, QName
from recto.rules import Rule
from recto.rules.eurofiling.authority import listed, metric, tell, tell_context, tell_fact
from recto.rules.eurofiling.facts import reported
from recto.rules.subject import Subject
from recto.rules.values import Values

_PURE: Final = QName(XBRLI, "pure")


def spare(subject: Subject) -> Iterator[Finding]:
    """Each unit is used, and says something of its own (2.21, 2.22)."""
    instance = subject.instance
    if instance.kind not in ("xbrl", "inline"):
        return
    used = {fact.unit_id for fact in instance.facts}
    unused = [unit for unit in instance.units.values() if unit.id not in used]
    if unused:
        first = unused[0]
        names = listed(each.id for each in unused)
        yield tell(subject, "2.22.unused", first.document, first.line, count=len(unused), names=names)
    values = Values(subject)
    known: dict[object, Unit] = {}
    for unit in instance.units.values():
        other = known.setdefault(values.unit_key(unit), unit)
        if other is not unit:
            yield tell_context(subject, "2.21.units", unit, other=other.id)


def measures(subject: Subject) -> Iterator[Finding]:
    """Money is in a currency, nothing scaled or divided; all other numbers are pure (2.24, 3.2)."""
    money: set[str] = set()
    told: set[tuple[QName, str]] = set()
    for fact in reported(subject):
        unit = fact.unit
        if unit is None or not unit.valid:
            continue
        kind = metric(fact)
        if kind == "monetary":
            if (unit.measure is None or unit.measure.namespace != ISO4217) and unit.id not in money:
                money.add(unit.id)
                yield tell_context(subject, "2.24.currency", unit)
        elif kind and unit.measure is not _PURE and (fact.qname, unit.id) not in told:
            told.add((fact.qname, unit.id))
            shown = unit.measure.local if unit.measure is not None else unit.id
            yield tell_fact(subject, "3.2.pure", fact, unit=shown)


RULES: list[Rule] = [spare, measures]
