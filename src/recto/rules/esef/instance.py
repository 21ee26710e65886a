"""Contexts, units and facts (Reporting Manual, 2.1 and 2.2; RTS, Annexes II and IV)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from recto.errors import RectoError
from recto.findings import Finding
from recto.instance.model import Context, Fact
from recto.names import ISO4217, XBRLI
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.duplicates import duplicate_sets, is_consistent
from recto.rules.esef.report import MANDATORY, report, tell, tell_fact
from recto.rules.lei import SCHEME, has_check_digits, is_lei
from recto.rules.subject import Subject
from recto.rules.values import Values, value_key
from recto.taxonomy.model import DataType

_DATE: Final = lazy(r"\s*(-?\d{4,}-\d\d-\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?\s*\Z")
_XBRL: Final = ("http://www.xbrl.org/", "https://www.xbrl.org/")
_PERIOD: Final = tuple(f"{{{XBRLI}}}{name}" for name in ("startDate", "endDate", "instant"))
_REGISTRY: Final = lazy(r"http://www\.xbrl\.org/(?:inlineXBRL|2008/inlineXBRL)/transformation/(?:(\d{4})-\d\d-\d\d)?")
_FIRST_YEAR: Final = 2020
"""Of the oldest transformation registry that may be used, the fourth."""


def identifiers(subject: Subject) -> Iterator[Finding]:
    """The issuer is told by its LEI, the same in all contexts (2.1.1, 2.1.4)."""
    first: Context | None = None
    told: set[str] = set()
    for context in subject.instance.contexts.values():
        if context.scheme != SCHEME:
            if context.scheme not in told:
                told.add(context.scheme)
                yield _context("2.1.1.invalidIdentifier", context, identifier=f"the scheme {context.scheme}")
        elif context.identifier not in told:
            told.add(context.identifier)
            if not has_check_digits(context.identifier):
                yield _context("2.1.1.invalidIdentifierFormat", context, identifier=context.identifier)
            elif not is_lei(context.identifier):
                yield _context("2.1.1.invalidIdentifier", context, identifier=context.identifier)
        if first is None:
            first = context
        elif (context.scheme, context.identifier) != (first.scheme, first.identifier):
            yield _context("2.1.4.multipleIdentifiers", context, identifier=context.identifier, other=first.identifier)
            return


def _context(code: str, context: Context, **arguments: Any) -> Finding:
    return tell(code, context.document, context.line, about=context.id, element="xbrli:context", **arguments)


def contexts(subject: Subject) -> Iterator[Finding]:
    """Periods are days, without times and zones; contexts have scenarios of dimensions (2.1.2, 2.1.3)."""
    anchors = subject.anchors
    for context in subject.instance.contexts.values():
        element = anchors.contexts.get(context.id) if anchors is not None else None
        if element is not None:
            for each in element.iter(*_PERIOD):
                match = _DATE.match("".join(each.itertext()))
                if match is not None and match.group(2):
                    yield _context("2.1.2.periodWithTimeContent", context)
                if match is not None and match.group(3):
                    yield _context("2.1.2.periodWithTimeZone", context)
        if context.segment_other or "segment" in context.containers.values():
            yield _context("2.1.3.segmentUsed", context)
        if context.scenario_other:
            yield _context("2.1.3.scenarioContainsNonDimensionalContent", context)


def _derives(type_: DataType | None, name: str) -> bool:
    return type_ is not None and any(each.qname.local == name for each in type_.chain())


def numbers(subject: Subject) -> Iterator[Finding]:
    """Accuracy by decimals; percentages as fractions of one (2.2.1, 2.2.2)."""
    for fact in report(subject).facts:
        if fact.precision is not None:
            yield tell_fact("2.2.1.precisionAttributeUsed", fact)
        number = fact.number
        if number is not None and number > 1 and fact.concept is not None:
            if _derives(fact.concept.type, "percentItemType"):
                yield tell_fact("2.2.2.percentGreaterThan100", fact, value=fact.value.strip())


def registries(subject: Subject) -> Iterator[Finding]:
    """Formats are of the fourth transformation registry or a later one (2.2.3)."""
    told: set[str] = set()
    for fact in report(subject).facts:
        if fact.format is None or fact.format.namespace in told:
            continue
        match = _REGISTRY.match(fact.format.namespace)
        if match is None or not match.group(1) or int(match.group(1)) < _FIRST_YEAR:
            told.add(fact.format.namespace)
            yield tell_fact("2.2.3.incorrectTransformationRuleApplied", fact, registry=fact.format.namespace)


def duplicates(subject: Subject) -> Iterator[Finding]:
    """Facts about the same do not contradict each other (2.2.4; RTS, Annex IV, 12)."""
    values = Values(subject)
    for group in duplicate_sets(subject, values):
        first = group[0]
        if first.is_numeric:
            if not is_consistent(group, values):
                code = "2.2.4.inconsistentDuplicateNumericFactInInlineXbrlDocument"
                yield tell_fact(code, first, *group[1:], count=len(group))
        elif len({None if fact.nil else _text(fact) for fact in group}) > 1:
            code = "2.2.4.inconsistentDuplicateNonnumericFactInInlineXbrlDocument"
            yield tell_fact(code, first, *group[1:], count=len(group))


def _text(fact: Fact) -> Any:
    return value_key(fact.concept.type if fact.concept is not None else None, fact.value)


def currency(subject: Subject) -> Iterator[Finding]:
    """All amounts are told in one currency at least (RTS, Annex II, 1)."""
    currencies: dict[str, list[Fact]] = {}
    for fact in report(subject).facts:
        if fact.concept is not None and _derives(fact.concept.type, "monetaryItemType") and fact.unit is not None:
            measure = fact.unit.measure
            if measure is not None and measure.namespace == ISO4217:
                currencies.setdefault(measure.local, []).append(fact)
    if len(currencies) < 2:
        return
    values = Values(subject)

    def key(fact: Fact) -> Any:
        return (fact.qname, values.context_key(fact.context) if fact.context is not None else None)

    declared = max(currencies, key=lambda each: len(currencies[each]))
    known = {key(fact) for fact in currencies[declared]}
    alone = [fact for each, facts in currencies.items() if each != declared for fact in facts if key(fact) not in known]
    if alone:
        code = "RTS.Annex.II.Par.1.factsWithOtherThanDeclaredCurrencyOnly"
        yield tell_fact(code, alone[0], *alone[1:], count=len(alone), currency=declared)


def mandatory(subject: Subject) -> Iterator[Finding]:
    """What Annex II, table 1, lists and every report has is marked up (RTS, Annex II, 2)."""
    if not report(subject).complete:
        return
    names = {fact.qname.local for fact in report(subject).facts}
    missing = [name for name, always in MANDATORY.items() if always and name not in names]
    if missing:
        code = "RTS.Annex.II.Par.2.missingMandatoryMarkups"
        yield tell(code, subject.instance.url, about=", ".join(missing))


def units(subject: Subject) -> Iterator[Finding]:
    """No unit of the issuer's is one that the units registry has (RTS, Annex III; 1.7.1)."""
    own = [
        (unit, measure)
        for unit in subject.instance.units.values()
        for measure in (*unit.numerators, *unit.denominators)
        if measure.namespace != ISO4217 and not measure.namespace.startswith(_XBRL)
    ]
    if not own:
        return
    from recto.rules.utr import load_registry

    try:
        registry = load_registry(subject)
    except RectoError:
        return  # told by the rules for units
    listed = {entry.unit.local for entries in registry.entries.values() for entry in entries if entry.unit is not None}
    for unit, measure in own:
        if measure.local in listed:
            code = "RTS.III.1.G1-7-1.customUnitInUtr"
            yield tell(code, unit.document, unit.line, about=unit.id, measure=measure.local)


RULES: list[Rule] = [identifiers, contexts, numbers, registries, duplicates, currency, mandatory, units]
