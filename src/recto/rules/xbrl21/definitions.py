"""What definition arcs demand of instances: essence-alias and requires-element (XBRL 2.1, 5.2.6.2)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from recto.findings import Finding
from recto.instance.model import Fact
from recto.names import ARC_ESSENCE_ALIAS, ARC_REQUIRES_ELEMENT, QName
from recto.rules.subject import Subject, fact_finding, fact_label
from recto.rules.values import Values


def essence_alias(subject: Subject) -> Iterator[Finding]:
    """An alias and its essence, reported in one context under one parent, agree (XBRL 2.1, 5.2.6.2.2)."""
    roles = subject.dts.roles(ARC_ESSENCE_ALIAS)
    if not roles or not subject.instance.facts:
        return
    values = Values(subject)
    by_name = _by_name(subject)
    for role in roles:
        for each in subject.dts.network(ARC_ESSENCE_ALIAS, role).relationships:
            aliases = by_name.get(each.target.qname, ())
            if not aliases:
                continue
            essences: dict[tuple[Hashable, Fact | None], list[Fact]] = {}
            for fact in by_name.get(each.source.qname, ()):
                if not fact.nil and fact.context is not None:
                    essences.setdefault((values.context_key(fact.context), fact.parent), []).append(fact)
            for alias in aliases:
                if alias.nil or alias.context is None:
                    continue
                for essence in essences.get((values.context_key(alias.context), alias.parent), ()):
                    same_unit = values.unit_key(alias.unit) == values.unit_key(essence.unit)
                    if same_unit and values.same_value(alias, essence):
                        continue
                    what = "value" if same_unit else "unit"
                    yield fact_finding(
                        "xbrl.5.2.6.2.2:essenceAlias",
                        alias,
                        others=(essence,),
                        essence=fact_label(essence),
                        fact=essence.id,
                        what=what,
                    )


def requires_element(subject: Subject) -> Iterator[Finding]:
    """Where a concept is reported, those that it requires are reported too (XBRL 2.1, 5.2.6.2.4)."""
    roles = subject.dts.roles(ARC_REQUIRES_ELEMENT)
    if not roles or not subject.instance.facts:
        return
    by_name = _by_name(subject)
    for role in roles:
        for each in subject.dts.network(ARC_REQUIRES_ELEMENT, role).relationships:
            facts = by_name.get(each.source.qname)
            if facts and each.target.qname not in by_name:
                yield fact_finding("xbrl.5.2.6.2.4:requiresElement", facts[0], concept=each.target.name)


def _by_name(subject: Subject) -> dict[QName, list[Fact]]:
    found: dict[QName, list[Fact]] = {}
    for fact in subject.instance.facts:
        found.setdefault(fact.qname, []).append(fact)
    return found


RULES = (essence_alias, requires_element)
