"""Payments for resource extraction, exhibit 2.01 of form SD (EDGAR Filer Manual, 6.5.58)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeGuard

from recto.findings import Finding
from recto.instance.model import Context, Fact
from recto.names import QName
from recto.patterns import lazy
from recto.rules.efm.submission import Submission, as_date, submission
from recto.rules.efm.telling import tell, tell_context, tell_fact
from recto.rules.subject import Subject
from recto.rules.values import Values

_RXP: Final = lazy(r"https?://xbrl\.sec\.gov/rxp/")
_FORM: Final = "2.01 SD"
_EXHIBIT: Final = "EX-2.01"
_ISO4217: Final = "http://www.xbrl.org/2003/iso4217"
_PAYMENTS: Final = "PmtAxis"
_REGIMES: Final = frozenset(("EU", "UK", "NO", "CA"))
"""Reporting regimes of others by whose rules a report may be made."""
_NEEDS: Final = (
    ("A", "R M Gv Co"),
    ("Co", "A"),
    ("Cm", "A"),
    ("Gv", "Co A"),
    ("E", "Co"),
    ("Km", "K"),
    ("K", "Km A"),
    ("M", "A"),
    ("P", "A"),
    ("R", "A"),
    ("Pr", "A Gv"),
    ("Sn", "Co"),
)
"""What a payment that has one element has besides, by local names."""
_EVEN_NIL: Final = frozenset((("A", "R"), ("A", "M")))
"""Where an amount that is nil needs the other too."""
_TOTALS: Final = frozenset(
    "Royalties Fees ProductionEntitlements Dividends Bonuses InfrastructureImprovements CommunityAndSocial"
    " OtherPayments Taxes".split()
)
"""Elements of totals by type of payment, which are the types' names as well."""
_BY_AXIS: Final = {"GovernmentAxis": ("Gv", "6.05.58.08.government"), "ProjectAxis": ("Pr", "6.05.58.09.project")}
"""Axes whose members each have a payment, with the element that names the member in it."""


class _Report:
    """The facts of resource extraction: by what they are about, by element, and what payments name."""

    def __init__(self, subject: Subject):
        self.places: dict[object, dict[str, Fact]] = {}
        self.contexts: dict[object, Context] = {}
        self.named: dict[str, set[str]] = {}
        """Element → the local names that it has as values in single payments."""
        self.totals: set[str] = set()
        """Elements with a fact without dimensions."""
        self.other_regime = False
        values = Values(subject)
        for fact in submission(subject).own_facts():
            if fact.context is None:
                continue
            key = values.context_key(fact.context)
            facts = self.places.setdefault(key, {})
            self.contexts.setdefault(key, fact.context)
            if not _RXP.match(fact.qname.namespace):
                continue
            name = fact.qname.local
            facts[name] = fact
            if not fact.context.dimensions:
                self.totals.add(name)
            if any(axis.local == _PAYMENTS for axis in fact.context.dimensions) and not fact.nil:
                self.named.setdefault(name, set()).add(_local(fact))
            if name == "AlternativeReportingRegime" and fact.value.strip() in _REGIMES:
                self.other_regime = True


def _local(fact: Fact) -> str:
    """The local name of the element that a value names, as QName or URI with a fragment."""
    return fact.value.strip().rpartition("#")[2].rpartition(":")[2]


def exhibit(filed: Submission) -> Iterator[Finding]:
    """The document type is that of the exhibit; the period ends with the fiscal year."""
    fact = filed.dei_fact("DocumentType")
    if fact is None:
        return
    if filed.attachment and (filed.document_type == _FORM) != (filed.attachment == _EXHIBIT):
        yield tell_fact("6.05.58.exhibitDocumentType", fact, value=filed.document_type, exhibit=filed.attachment)
    if filed.document_type == _FORM:
        end, last = filed.dei_fact("CurrentFiscalYearEndDate"), as_date(filed.dei_value("DocumentPeriodEndDate") or "")
        if end is not None and last is not None and end.value.strip() != f"--{last:%m-%d}":
            yield tell_fact("6.05.58.fiscalYearEnd", end, value=end.value.strip(), day=last.isoformat())


def payments(subject: Subject) -> Iterator[Finding]:
    """What a payment is told of with, and that payments and totals stand for each other."""
    filed = submission(subject)
    if filed.document_type != _FORM:
        return
    report = _Report(subject)
    currency = filed.dei_value("EntityReportingCurrencyISOCode")
    for key, facts in report.places.items():
        context = report.contexts[key]
        amount, method = facts.get("A"), facts.get("Cm")
        if _has(amount) and _has(method) and _is_in(amount, currency):
            yield tell_context("6.05.58.04.conversionMethod", context, currency=currency)
        if not report.other_regime:
            yield from _needs(context, facts)
            named = facts.get("P")
            if _has(named) and _local(named) not in report.totals:
                yield tell_context("6.05.58.07.total", context, type=_local(named))
    if not report.other_regime:
        yield from _unnamed(report)
        yield from _reporting_currency(filed, report, currency)


def _has(fact: Fact | None) -> TypeGuard[Fact]:
    return fact is not None and not fact.nil


def _is_in(amount: Fact, currency: str | None) -> bool:
    unit = amount.unit
    return (
        currency is not None
        and unit is not None
        and not unit.denominators
        and tuple(unit.numerators) == (QName(_ISO4217, currency),)
    )


def _needs(context: Context, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    for name, others in _NEEDS:
        fact = facts.get(name)
        for other in others.split():
            if fact is not None and (not fact.nil or (name, other) in _EVEN_NIL) and not _has(facts.get(other)):
                yield tell_context("6.05.58.03.dependency", context, name=f"rxp:{name}", other=f"rxp:{other}")


def _unnamed(report: _Report) -> Iterator[Finding]:
    """Totals whose type no payment names, and members of governments and projects that none names."""
    told: set[str] = set()
    for key, facts in report.places.items():
        context = report.contexts[key]
        for name in sorted(_TOTALS & facts.keys() - told):
            if not facts[name].nil and name not in report.named.get("P", ()):
                told.add(name)
                yield tell_fact("6.05.58.06.paymentType", facts[name])
        for axis, member in context.dimensions.items():
            element, code = _BY_AXIS.get(axis.local, ("", ""))
            if element and _RXP.match(axis.namespace) and isinstance(member, QName):
                if member.local not in report.named.get(element, ()) and f"{axis.local} {member.local}" not in told:
                    told.add(f"{axis.local} {member.local}")
                    yield tell_context(code, context, member=member.local, name=f"rxp:{element}")


def _reporting_currency(filed: Submission, report: _Report, currency: str | None) -> Iterator[Finding]:
    """There is an amount in the reporting currency for the year that ends with the period (6.5.58.5)."""
    fact = filed.dei_fact("DocumentPeriodEndDate")
    day = as_date(fact.value) if fact is not None else None
    if fact is None or day is None or not currency:
        return
    end = datetime(day.year, day.month, day.day) + timedelta(days=1)
    for facts in report.places.values():
        amount = facts.get("A")
        if _has(amount) and _is_in(amount, currency) and amount.period is not None and amount.period.end == end:
            start = amount.period.start
            if start is not None and (start.year + 1, start.month, start.day) == (end.year, end.month, end.day):
                return
    yield tell("6.05.58.05.amountOfYear", fact.document, fact.line, about=currency, day=day.isoformat())
