"""Filing indicators: that there are any, once for each template, in plain contexts, of the taxonomy (1.6, 1.9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.instance.filing_indicators import FILED, ITEM, TUPLE, FilingIndicator, filing_indicators, is_indicator
from recto.names import ARC_ELEMENT_LABEL
from recto.rules import Rule
from recto.rules.eurofiling.authority import tell
from recto.rules.subject import Subject
from recto.taxonomy.networks import Anchor

CODE_ROLE: Final = "http://www.eurofiling.info/xbrl/role/filing-indicator-code"
"""The role of labels of tables that give the code of their filing indicator."""


def indicators_of(subject: Subject) -> tuple[FilingIndicator, ...]:
    known: tuple[FilingIndicator, ...] | None = subject.cache.get("filing indicators")
    if known is None:
        known = subject.cache["filing indicators"] = filing_indicators(subject.instance)
    return known


def reports(subject: Subject) -> Iterator[Finding]:
    """A file holds one report (1.9)."""
    filing = subject.filing
    if filing is not None and len(filing.instances) > 1 and subject.instance is filing.instances[0]:
        yield tell(subject, "1.9.reports", subject.instance.url, count=len(filing.instances))


def missing(subject: Subject) -> Iterator[Finding]:
    """Some template is filed (1.6). Where CSV cannot be read, its file of indicators is looked at instead."""
    instance = subject.instance
    if instance.kind == "csv" and not instance.facts:
        return
    if not any(each.filed for each in indicators_of(subject)):
        yield tell(subject, "1.6.missing", instance.url)


def duplicates(subject: Subject) -> Iterator[Finding]:
    """No template has two indicators, be they the same (1.6.1)."""
    by_template: dict[str, list[FilingIndicator]] = {}
    for each in indicators_of(subject):
        by_template.setdefault(each.template, []).append(each)
    for template, found in by_template.items():
        if len(found) > 1:
            first = found[0].fact
            facts = tuple(each.fact for each in found)
            yield tell(
                subject, "1.6.duplicate", first.document, first.line, about=template, facts=facts, count=len(found)
            )


def contexts(subject: Subject) -> Iterator[Finding]:
    """The contexts of indicators have neither segment nor scenario, but for what tells templates apart (1.6)."""
    for each in indicators_of(subject):
        context = each.fact.context
        if context is None:
            continue
        allowed = 1 if each.fact.qname is FILED else 0
        if len(context.dimensions) > allowed or context.segment_other or context.scenario_other:
            yield tell(
                subject, "1.6.context", each.fact.document, each.fact.line, about=each.template, facts=(each.fact,)
            )


def places(subject: Subject) -> Iterator[Finding]:
    """Indicators stand in tuples, and these before other facts (1.6, 1.6.2)."""
    before = False
    for fact in subject.instance.facts:
        if not is_indicator(fact):
            before = True
        elif fact.qname is TUPLE:
            if before:
                yield tell(subject, "1.6.order", fact.document, fact.line, facts=(fact,))
                return
        elif fact.qname is ITEM and fact.parent is None:
            yield tell(subject, "1.6.outsideTuple", fact.document, fact.line, about=fact.value, facts=(fact,))


def values(subject: Subject) -> Iterator[Finding]:
    """Indicators are those that labels of the taxonomy's tables give (1.6.3). Without the taxonomy nothing is known."""
    known = codes(subject)
    if not known:
        return
    for each in indicators_of(subject):
        if each.template not in known:
            yield tell(
                subject, "1.6.value", each.fact.document, each.fact.line, about=each.template, facts=(each.fact,)
            )


def codes(subject: Subject) -> frozenset[str]:
    """The codes of filing indicators that the taxonomy has."""
    known: frozenset[str] | None = subject.cache.get("filing indicator codes")
    if known is None:
        found: set[str] = set()
        dts = subject.dts
        if ARC_ELEMENT_LABEL in dts.arcroles():
            for role in dts.link_roles(ARC_ELEMENT_LABEL):
                for arc in dts.arcs(ARC_ELEMENT_LABEL, role):
                    if isinstance(arc.target, Anchor) and arc.target.kind == "resource":
                        _, label_role, _, text, *_ = dts.document_of(arc.target).compiled.resource(arc.target.ordinal)
                        if label_role == CODE_ROLE:
                            found.add(" ".join((text or "").split()))
        known = subject.cache["filing indicator codes"] = frozenset(found - {""})
    return known


RULES: list[Rule] = [reports, missing, duplicates, contexts, places, values]
