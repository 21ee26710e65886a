"""Checks of the table that look at the taxonomies a report uses, or at its periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Final

from recto.findings import Finding
from recto.instance.model import Fact
from recto.rules.efm.cover.checks import Check, about, listed, lower, severity_of
from recto.rules.efm.cover.page import Page
from recto.rules.efm.cover.table import Row
from recto.rules.efm.submission import as_date
from recto.rules.efm.telling import tell, tell_fact


def version_key(version: str) -> tuple[int, int]:
    """Versions in their order: 2021, 2021q4, 2022; 2018-01-31 is 2018."""
    match = re.match(r"(\d{4})(?:q(\d))?", version.rpartition("/")[2])
    return (int(match.group(1)), int(match.group(2) or 0)) if match else (0, 0)


def newer_version(row: Row, page: Page) -> Iterator[Finding]:
    """`taxonomy-version-required`: a version of the taxonomy that has the elements."""
    filed = page.about
    if version_key(filed.dei_version) < version_key(row.earliest):
        yield tell(
            row.section,
            "deiVersionRequired",
            f"{about(page).capitalize()} demands {listed(row.names)}, which {row.earliest} and later versions have; the"
            f" report uses dei/{filed.dei_version}.",
            filed.instance.url,
            severity=severity_of(row, page),
        )


def _documents(page: Page) -> Iterable[str]:
    return page.about.dts.documents


def _matches(url: str, patterns: str) -> bool:
    return any(fnmatchcase(url.replace("http://", "https://"), pattern) for pattern in patterns.split("|"))


def taxonomy_used(row: Row, page: Page) -> Iterator[Finding]:
    """`taxonomy-url-required-in-dts`: the form demands facts of a taxonomy, whose schema must be in the DTS."""
    filed = page.about
    if row.earliest and version_key(filed.dei_version) < version_key(row.earliest):
        return
    if row.document_types and filed.attachment not in row.document_types:
        return
    if not any(_matches(url, str(row.value[0])) for url in _documents(page)):
        yield tell(
            row.section,
            "taxonomyUrlRequired",
            f"{about(page).capitalize()} demands the taxonomy {row.value[0].replace('|', ' or ')}, which the report's"
            " DTS does not hold.",
            filed.instance.url,
            severity=severity_of(row, page),
        )


def taxonomy_not_used(row: Row, page: Page) -> Iterator[Finding]:
    """`taxonomy-url-unexpected-in-dts`."""
    found = next((url for url in _documents(page) if _matches(url, str(row.value[0]))), None)
    if found is not None:
        message = f"{about(page).capitalize()} must not use the taxonomy {found}."
        yield tell(
            row.section, "taxonomyUrlUnexpected", message, page.about.instance.url, severity=severity_of(row, page)
        )


def facts_of_item(row: Row, page: Page) -> Iterator[Finding]:
    """`item-facts-dependency`: where an item is reported, facts of its taxonomy are."""
    filed = page.about
    items = filed.words("itemsList") or filed.words("items")
    if row.item in items and not any(re.match(row.namespace, fact.qname.namespace) for fact in filed.own_facts()):
        message = f"Where item {row.item} is reported, facts of its taxonomy should be, and there are none."
        code = f"item{row.item.replace('.', '')}Dependency"
        yield tell(row.section, code, message, filed.instance.url, severity=severity_of(row, page))


def length_of_period(row: Row, page: Page) -> Iterator[Finding]:
    """`required-context-duration`: the period has so many months, give or take some days."""
    context = page.about.required_context
    if context is None or context.period.start is None or context.period.end is None:
        return
    days = (context.period.end - context.period.start).days
    months = int(row.value[0])
    if abs(days - months * 30.4375) > 10:
        yield tell(
            row.section,
            "requiredContextPeriodDurationValue",
            f"The period of {about(page)} must be of {months} months; that of context {context.id} has {days} days.",
            context.document,
            context.line,
            severity=severity_of(row, page),
            element="xbrli:context",
        )


def fund_class(row: Row, page: Page) -> Iterator[Finding]:
    """`fw`: each class of a fund that is told of has these elements."""
    places = set(page.all_places(row.names, row))
    for name in row.names:
        if not any(page.at(name, place) for place in places) or not places:
            yield tell(
                row.section,
                f"{lower(name)}Missing",
                f"{about(page).capitalize()} should have a value for {name} for a class of the fund.",
                page.about.instance.url,
                severity=severity_of(row, page),
                element=name,
            )


def year_to(row: Row, page: Page) -> Iterator[Finding]:
    """`p1y-ending-on`: the facts are about the year that ends with the period."""
    end = as_date(page.about.dei_value(row.references[0]) or "")
    if end is None:
        return
    for name in row.names:
        for fact in page.facts(name, row):
            period = fact.period
            last = period.last_day if period is not None else None
            days = (period.end - period.start).days if period is not None and period.start and period.end else 0
            if last is None or last.date() != end or not 350 <= days <= 380:
                message = f"its period should be the year that ends on {end.isoformat()}"
                yield tell_fact(row.section, f"{lower(name)}Period", fact, message, severity=severity_of(row, page))


def each_month(row: Row, page: Page) -> Iterator[Finding]:
    """`monthly-facts`: there is a fact about each month of the year that ends with the period."""
    end = as_date(page.about.dei_value(row.references[0]) or "")
    if end is None:
        return
    wanted = {((end.year * 12 + end.month - 1 - back) // 12, (end.month - 1 - back) % 12 + 1) for back in range(12)}
    for name in row.names:
        facts: list[Fact] = [fact for place in page.places(name).values() for fact in place]
        found = set()
        for fact in facts:
            last = fact.period.last_day if fact.period is not None else None
            if last is not None and fact.period is not None and fact.period.start is not None:
                if fact.period.end is not None and fact.period.end - fact.period.start < timedelta(days=40):
                    found.add((last.year, last.month))
        if wanted - found:
            months = ", ".join(f"{year}-{month:02}" for year, month in sorted(wanted - found))
            message = f"There should be a fact of {name} about each month of the year; there is none about {months}."
            yield tell(
                row.section, f"{lower(name)}Monthly", message, page.about.instance.url, severity=severity_of(row, page)
            )


def with_facts(row: Row, page: Page) -> Iterator[Finding]:
    """`taxonomy-ns-in-dts-fact-required`: a taxonomy that is used has facts."""
    filed = page.about
    pattern = str(row.value[0])
    namespace = next((each for each in filed.dts.namespaces() if re.match(pattern, each)), None)
    if namespace is not None and not any(re.match(pattern, fact.qname.namespace) for fact in filed.own_facts()):
        message = f"The report uses the taxonomy {namespace}, and has no fact of it."
        yield tell(row.section, "taxonomyFactsDependency", message, filed.instance.url, severity=severity_of(row, page))


def facts_of_document(row: Row, page: Page) -> Iterator[Finding]:
    """`doc-type-facts-dependency`: an exhibit of this type has facts of its taxonomy."""
    filed = page.about
    if filed.attachment not in row.document_types:
        return
    if not any(re.match(row.namespace, fact.qname.namespace) for fact in filed.own_facts()):
        message = f"An exhibit {filed.attachment} should have facts of the taxonomy {row.taxonomy}, and has none."
        code = f"{row.taxonomy.lower()}FactsDependency"
        yield tell(row.section, code, message, filed.instance.url, severity=severity_of(row, page))


def given_others(row: Row, page: Page) -> Iterator[Finding]:
    """`fdepflag-present`: where there are facts of a taxonomy, some other elements have values."""
    filed = page.about
    taxonomy = row.names[0].partition(":")[0]
    if not any(f".gov/{taxonomy}/" in fact.qname.namespace for fact in filed.own_facts()):
        return
    for name, values in row.where.items():
        fact = next((f for f in filed.own_facts() if f.qname.local == name.rpartition(":")[2] and not f.nil), None)
        excluded = "!not!" in values
        if fact is None:
            if not row.bind_absent:
                return
        elif (fact.value.strip() in values) == excluded:
            return
    for reference in row.references:
        local = reference.rpartition(":")[2]
        if not any(fact.qname.local == local and not fact.nil for fact in filed.own_facts()):
            message = f"{about(page).capitalize()} should have a value for {reference}."
            yield tell(
                row.section, f"{lower(reference)}Missing", message, filed.instance.url, severity=severity_of(row, page)
            )


DTS_CHECKS: Final[dict[str, Check]] = {
    "taxonomy-version-required": newer_version,
    "taxonomy-url-required-in-dts": taxonomy_used,
    "taxonomy-url-unexpected-in-dts": taxonomy_not_used,
    "item-facts-dependency": facts_of_item,
    "required-context-duration": length_of_period,
    "fw": fund_class,
    "p1y-ending-on": year_to,
    "monthly-facts": each_month,
    "taxonomy-ns-in-dts-fact-required": with_facts,
    "doc-type-facts-dependency": facts_of_document,
    "fdepflag-present": given_others,
}
"""Checks by the table's names for them."""
