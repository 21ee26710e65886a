"""What a report says, apart from how: for comparing reports that went through other formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from decimal import Decimal

from lxml import etree

from recto.findings import Findings
from recto.instance.anchors import element_of
from recto.instance.model import Context, Fact, Footnote, Instance, Period, TypedMember, Unit
from recto.instance.oim.kinds import kind_of
from recto.instance.oim.report import Report, inferred_decimals
from recto.instance.oim.strings import utc
from recto.instance.values import enumeration_members, qname_of


def facts_of(instance: Instance) -> Counter[Hashable]:
    """Every fact that OIM can say: by concept, period, entity, unit, dimensions, value, decimals, language, notes."""
    report = Report(instance, Findings())
    sayable = [fact for fact in instance.facts if report._is_sayable(fact)]
    told = set(sayable)
    return Counter((said(instance, fact), footnotes(instance, fact, told)) for fact in sayable)


def said(instance: Instance, fact: Fact) -> Hashable:
    kind = kind_of(fact.qname, "", instance.taxonomy)
    language = fact.language.lower() if kind.text and not fact.is_numeric and fact.language else None
    assert fact.context is not None
    unit = _unit(fact.unit) if fact.is_numeric else None
    return fact.qname, _context(fact.context), unit, _value(instance, fact), _decimals(fact), language


def footnotes(instance: Instance, fact: Fact, told: set[Fact]) -> Hashable:
    links = sorted(instance.links.get(fact, ()), key=lambda link: link.order)
    return tuple(
        (link.arcrole, link.link_role, _end(instance, link.target))
        for link in links
        if isinstance(link.target, Footnote) or link.target in told
    )


def _end(instance: Instance, end: Fact | Footnote) -> Hashable:
    if isinstance(end, Fact):
        return said(instance, end)
    return end.text, (end.language or "und").lower()


def _context(context: Context) -> Hashable:
    members = frozenset(
        (axis, _typed(member) if isinstance(member, TypedMember) else member)
        for axis, member in context.dimensions.items()
    )
    return context.scheme, context.identifier, _period(context.period), members


def _typed(member: TypedMember) -> Hashable:
    text = etree.fromstring(member.xml).text or ""
    return member.element, None if member.nil else " ".join(text.split())


def _period(period: Period) -> Hashable:
    def moment(when: object, zone: str) -> object:
        return (utc(when, zone), bool(zone)) if when is not None and zone else (when, False)  # type: ignore[arg-type]

    return moment(period.start, period.zones[0]), moment(period.end, period.zones[1])


def _unit(unit: Unit | None) -> Hashable:
    return unit and (tuple(sorted(unit.numerators)), tuple(sorted(unit.denominators)))


def _value(instance: Instance, fact: Fact) -> Hashable:
    if fact.nil:
        return None
    kind = kind_of(fact.qname, "", instance.taxonomy)
    if kind.enumeration:
        return frozenset(enumeration_members(fact) or ())
    if kind.prefixed:
        element = element_of(instance, fact)
        return qname_of(fact.value, instance.prefixes if element is None else element.nsmap) or fact.value
    return fact.value


def _decimals(fact: Fact) -> int | Decimal | str | None:
    if not fact.is_numeric or fact.nil:
        return None
    if fact.decimals is None and fact.precision is not None:
        inferred = inferred_decimals(fact.value, fact.precision)
        return "INF" if inferred is None else inferred
    return "INF" if fact.decimals is None else fact.decimals
