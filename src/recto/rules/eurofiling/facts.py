"""Facts: no duplicates, accuracy by decimals and as exact as asked for, none nil or empty (2.16 to 2.19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from recto.findings import Finding
from recto.instance.filing_indicators import is_indicator
from recto.instance.model import Fact
from recto.names import QName
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.eurofiling.authority import authority, listed, metric, tell, tell_fact
from recto.rules.subject import Subject
from recto.rules.values import Values

_EASED: Final = lazy(r"/(?:fp|esg|pillar3|p3\w*|rem_dbm)[^/]*\.(?:xsd|json)\Z|/fws/(?:fp|esg|pillar3)/", re.IGNORECASE)
"""Modules whose amounts may be as rough as millions."""
_EASED_FROM: Final = "2025-04-01"
"""From this reference date on EBA takes amounts in tens of thousands."""
_LARGEST_FRACTION: Final = 50
_EIOPA: Final = ((Decimal(100_000_000), -4), (Decimal(1_000_000), -3), (Decimal(1_000), -2))
"""EIOPA: amounts of at least so much need at least so many decimals; smaller ones -1."""


def reported(subject: Subject) -> Iterator[Fact]:
    """Facts but for filing indicators."""
    for fact in subject.instance.facts:
        if not is_indicator(fact) and not fact.is_tuple:
            yield fact


def duplicates(subject: Subject) -> Iterator[Finding]:
    """What is said of one thing is said once; in CSV, where tables share facts, with one value (2.16)."""
    values = Values(subject)
    groups: dict[object, list[Fact]] = {}
    for fact in reported(subject):
        if fact.context is not None and fact.valid:
            key = (fact.qname, values.context_key(fact.context), fact.parent, (fact.language or "").lower())
            groups.setdefault(key, []).append(fact)
    several = subject.instance.kind == "csv"
    for group in groups.values():
        if len(group) < 2:
            continue
        units = {values.unit_key(fact.unit) for fact in group}
        first = group[0]
        if len(units) > 1:
            names = listed(dict.fromkeys(fact.unit_id or "none" for fact in group))
            yield tell_fact(subject, "2.16.units", first, group[1:], count=len(units), units=names)
        elif not several or len({(fact.value, fact.decimals) for fact in group}) > 1:
            lines = [str(fact.line) for fact in group if fact.line]
            where = f", in lines {listed(lines)}" if lines else ""
            yield tell_fact(subject, "2.16.duplicate", first, group[1:], count=len(group), where=where)


def accuracy(subject: Subject) -> Iterator[Finding]:
    """Numbers are as accurate as the authority asks, and say so by decimals (2.17, 2.18, 3.2)."""
    eiopa = authority(subject) == "EIOPA"
    least = least_of_money(subject)
    for fact in reported(subject):
        if fact.nil:
            continue
        if fact.precision is not None:
            yield tell_fact(subject, "2.17.precision", fact)
        kind, decimals, number = metric(fact), fact.decimals, fact.number
        if number is None or not number.is_finite():
            continue
        if kind == "percent" and abs(number) > _LARGEST_FRACTION and not eiopa:
            yield tell_fact(subject, "3.2.fraction", fact, value=fact.value)
        if not isinstance(decimals, int):
            continue
        if kind == "monetary":
            needed = _eiopa_least(number) if eiopa else least
            if decimals < needed:
                yield tell_fact(
                    subject, "2.18.decimals", fact, decimals=decimals, least=needed, what="amounts of money"
                )
        elif kind == "percent" and decimals < 4:
            yield tell_fact(subject, "2.18.decimals", fact, decimals=decimals, least=4, what="rates and percentages")
        elif kind == "integer" and decimals != 0:
            yield tell_fact(subject, "2.18.integer", fact, decimals=decimals)


def _eiopa_least(number: Decimal) -> int:
    return next((least for bound, least in _EIOPA if abs(number) >= bound), -1)


def least_of_money(subject: Subject) -> int:
    """The least decimals of amounts that EBA takes for the report's module and reference date."""
    if any(_EASED.search(url) for url in subject.instance.schema_refs):
        return -6
    day = max((context.period.days[1] or "" for context in subject.instance.contexts.values()), default="")
    return -4 if day >= _EASED_FROM else -3


def contents(subject: Subject) -> Iterator[Finding]:
    """No fact is nil, no text empty (2.19)."""
    for fact in reported(subject):
        if fact.nil:
            yield tell_fact(subject, "2.19.nil", fact)
        elif not fact.is_numeric and not fact.value.strip() and metric(fact) == "text":
            yield tell_fact(subject, "2.19.empty", fact)


def denominations(subject: Subject) -> Iterator[Finding]:
    """Amounts are in one currency, but those that their members say are in another (3.1)."""
    currencies: dict[QName, Fact] = {}
    for fact in reported(subject):
        measure = fact.unit.measure if fact.unit is not None else None
        if measure is None or metric(fact) != "monetary":
            continue
        own = _denomination(fact)
        if own is None:
            currencies.setdefault(measure, fact)
        elif own and own != measure.local:
            yield tell_fact(subject, "3.1.denomination", fact, unit=measure.local, currency=own)
    if len(currencies) > 1:
        first, *others = currencies.values()
        names = listed(measure.local for measure in currencies)
        count = len(currencies)
        yield tell(
            subject, "3.1.currencies", first.document, first.line, facts=(first, *others), count=count, names=names
        )


def _denomination(fact: Fact) -> str | None:
    """The currency that a fact's members say it is reported in; "" where they only say that it is another; None where
    it is the report's. (EBA: CCA = x1 with the currency of CUS or CUA; EIOPA: AF = x1 with that of OC.)
    """
    members = {axis.local: member.local for axis, member in fact.dimensions.items() if isinstance(member, QName)}
    if members.get("CCA") == "x1":
        return _currency(members.get("CUS") or members.get("CUA"))
    if members.get("AF") == "x1":
        return _currency(members.get("OC"))
    if members.get("qAEA") == "qx2000":
        return ""
    return None


def _currency(member: str | None) -> str:
    return member if member is not None and len(member) == 3 and member.isupper() else ""


RULES: list[Rule] = [duplicates, accuracy, contents, denominations]
