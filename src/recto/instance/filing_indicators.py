"""Filing indicators: which templates a report says it has filed.

Two forms are in use. Eurofiling's is a tuple `find:fIndicators` of items `find:filingIndicator`, whose value names a
template, with an attribute `find:filed` that is true unless it says otherwise. Filing Indicators 1.0 has facts
`fi:filed` of a truth value, told apart by the typed dimension `fi:template`; reports in JSON and CSV know only these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from recto.instance.anchors import element_of
from recto.instance.model import Fact, Instance, TypedMember
from recto.names import FI, FIND, QName

TUPLE: Final = QName(FIND, "fIndicators")
ITEM: Final = QName(FIND, "filingIndicator")
FILED: Final = QName(FI, "filed")
TEMPLATE: Final = QName(FI, "template")
SCHEMA: Final = FI + "/filing-indicators.xsd"
"""Where the schema of Filing Indicators 1.0 is published."""
FILED_ATTRIBUTE: Final = f"{{{FIND}}}filed"
_FALSE: Final = ("false", "0")


class FilingIndicator(Struct, frozen=True):
    """What a report says of one template."""

    template: str
    """The code of the template, `F_40.01`."""
    filed: bool
    fact: Fact
    """The fact that says it."""


def is_indicator(fact: Fact) -> bool:
    """Whether the fact says of a template that it was filed, or holds facts that do."""
    name = fact.qname
    return name is ITEM or name is FILED or name is TUPLE


def indicator(instance: Instance, fact: Fact) -> FilingIndicator | None:
    """What a fact says of a template; None for any other fact, and for one without value or template."""
    if fact.nil or not fact.valid:
        return None
    if fact.qname is ITEM:
        element = element_of(instance, fact)
        stated = "true" if element is None else element.get(FILED_ATTRIBUTE, "true")
        return FilingIndicator(fact.value.strip(), stated.strip() not in _FALSE, fact)
    if fact.qname is FILED:
        member = fact.dimensions.get(TEMPLATE)
        if isinstance(member, TypedMember):
            return FilingIndicator(member.text.strip(), fact.value.strip() not in _FALSE, fact)
    return None


def filing_indicators(instance: Instance) -> tuple[FilingIndicator, ...]:
    """All filing indicators of an instance, in document order."""
    return tuple(_found(instance))


def _found(instance: Instance) -> Iterator[FilingIndicator]:
    for fact in instance.facts:
        if is_indicator(fact):
            found = indicator(instance, fact)
            if found is not None:
                yield found
