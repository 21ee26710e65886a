"""Checks of the table that look at the taxonomies a report uses, or at its periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Final

from recto.findings import Finding
from recto.rules.efm.cover.checks import Check, form_of, listed, on_fact, on_page, severity_of
from recto.rules.efm.cover.page import Page
from recto.rules.efm.cover.table import ALL_BUT, Row
from recto.rules.efm.submission import as_date
from recto.rules.efm.telling import tell_context


def version_key(version: str) -> tuple[int, int]:
    """Versions in their order: 2021, 2021q4, 2022; 2018-01-31 is 2018."""
    match = re.match(r"(\d{4})(?:q(\d))?", version.rpartition("/")[2])
    return (int(match.group(1)), int(match.group(2) or 0)) if match else (0, 0)


def newer_version(row: Row, page: Page) -> Iterator[Finding]:
    """`taxonomy-version-required`: a version of the taxonomy that has the elements."""
    version = page.about.dei_version
    if version_key(version) < version_key(row.earliest):
        yield on_page(row, page, "versionRequired", listed(row.names), version=row.earliest, used=f"dei/{version}")


def _matches(url: str, patterns: str) -> bool:
    return any(fnmatchcase(url.replace("http://", "https://"), pattern) for pattern in patterns.split("|"))


def taxonomy_used(row: Row, page: Page) -> Iterator[Finding]:
    """`taxonomy-url-required-in-dts`: the form demands facts of a taxonomy, whose schema must be in the DTS."""
    filed = page.about
    if row.earliest and version_key(filed.dei_version) < version_key(row.earliest):
        return
    if row.document_types and filed.attachment not in row.document_types:
        return
    if not any(_matches(url, str(row.value[0])) for url in filed.dts.documents):
        yield on_page(row, page, "taxonomyRequired", str(row.value[0]).replace("|", " or "))


def taxonomy_not_used(row: Row, page: Page) -> Iterator[Finding]:
    """`taxonomy-url-unexpected-in-dts`."""
    found = next((url for url in page.about.dts.documents if _matches(url, str(row.value[0]))), None)
    if found is not None:
        yield on_page(row, page, "taxonomyUnexpected", found)


def facts_of_item(row: Row, page: Page) -> Iterator[Finding]:
    """`item-facts-dependency`: where an item is reported, facts of its taxonomy are."""
    filed = page.about
    items = filed.words("itemsList") or filed.words("items")
    if row.item in items and not any(re.match(row.namespace, fact.qname.namespace) for fact in filed.own_facts()):
        yield on_page(row, page, "itemDependency", "a fact of its taxonomy", item=row.item)


def length_of_period(row: Row, page: Page) -> Iterator[Finding]:
    """`required-context-duration`: the period has so many months, give or take some days."""
    context = page.about.required_context
    if context is None or context.period.start is None or context.period.end is None:
        return
    days = (context.period.end - context.period.start).days
    months = int(row.value[0])
    if abs(days - months * 30.4375) > 10:
        yield tell_context(
            f"{row.section}.duration",
            context,
            severity=severity_of(row, page),
            form=form_of(page),
            months=months,
            days=days,
        )


def fund_class(row: Row, page: Page) -> Iterator[Finding]:
    """`fw`: each class of a fund that is told of has these elements."""
    places = set(page.all_places(row.names, row))
    for name in row.names:
        if not any(page.at(name, place) for place in places):
            yield on_page(row, page, "missing", name, where=" of a class of the fund")


def fund_period(row: Row, page: Page) -> Iterator[Finding]:
    """`fw-unexpected`: what is about a class of a fund is about the period of the report."""
    required = page.about.required_context
    if required is None:
        return
    for name in row.names:
        for fact in page.facts(name, row):
            if fact.period is not None and fact.period != required.period:
                yield on_fact(row, page, "unexpected", fact)


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
                yield on_fact(row, page, "period", fact, day=end.isoformat())


def each_month(row: Row, page: Page) -> Iterator[Finding]:
    """`monthly-facts`: there is a fact about each month of the year that ends with the period."""
    end = as_date(page.about.dei_value(row.references[0]) or "")
    if end is None:
        return
    numbers = [end.year * 12 + end.month - 1 - back for back in range(12)]
    wanted = {(number // 12, number % 12 + 1) for number in numbers}
    for name in row.names:
        found = set()
        for fact in (each for place in page.places(name).values() for each in place):
            period = fact.period
            last = period.last_day if period is not None else None
            if period is not None and last is not None and period.start is not None and period.end is not None:
                if period.end - period.start < timedelta(days=40):
                    found.add((last.year, last.month))
        if wanted - found:
            months = ", ".join(f"{year}-{month:02}" for year, month in sorted(wanted - found))
            yield on_page(row, page, "monthly", name, months=months)


def with_facts(row: Row, page: Page) -> Iterator[Finding]:
    """`taxonomy-ns-in-dts-fact-required`: a taxonomy that is used has facts."""
    filed = page.about
    pattern = str(row.value[0])
    namespace = next((each for each in filed.dts.namespaces() if re.match(pattern, each)), None)
    if namespace is not None and not any(re.match(pattern, fact.qname.namespace) for fact in filed.own_facts()):
        yield on_page(row, page, "factsDependency", namespace)


def facts_of_document(row: Row, page: Page) -> Iterator[Finding]:
    """`doc-type-facts-dependency`: an exhibit of this type has facts of its taxonomy."""
    filed = page.about
    if filed.attachment in row.document_types:
        if not any(re.match(row.namespace, fact.qname.namespace) for fact in filed.own_facts()):
            yield on_page(row, page, "factsDependency", row.taxonomy)


def given_others(row: Row, page: Page) -> Iterator[Finding]:
    """`fdepflag-present`: where there are facts of a taxonomy, some other elements have values."""
    filed = page.about
    taxonomy = row.names[0].partition(":")[0]
    if not any(f".gov/{taxonomy}/" in fact.qname.namespace for fact in filed.own_facts()):
        return
    values = {fact.qname.local: fact.value.strip() for fact in filed.own_facts() if not fact.nil}
    for name, wanted in row.where.items():
        value = values.get(name.rpartition(":")[2])
        if value is None:
            if not row.bind_absent:
                return
        elif (value in wanted) == (ALL_BUT in wanted):
            return
    for reference in row.references:
        if reference.rpartition(":")[2] not in values:
            yield on_page(row, page, "missing", reference, where="")


DTS_CHECKS: Final[dict[str, Check]] = {
    "taxonomy-version-required": newer_version,
    "taxonomy-url-required-in-dts": taxonomy_used,
    "taxonomy-url-unexpected-in-dts": taxonomy_not_used,
    "item-facts-dependency": facts_of_item,
    "required-context-duration": length_of_period,
    "fw": fund_class,
    "fw-unexpected": fund_period,
    "p1y-ending-on": year_to,
    "monthly-facts": each_month,
    "taxonomy-ns-in-dts-fact-required": with_facts,
    "doc-type-facts-dependency": facts_of_document,
    "fdepflag-present": given_others,
}
"""Checks by the table's names for them."""
