"""The interpreter: runs the checks of all rows that are about a form, then looks for what no row allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recto.findings import Finding, Severity
from recto.instance.model import Fact
from recto.names import QName
from recto.rules import Rule
from recto.rules.efm.cover.checks import CHECKS, form_of, has_value, severity_of
from recto.rules.efm.cover.dts import DTS_CHECKS
from recto.rules.efm.cover.page import Page, Place
from recto.rules.efm.cover.table import Row
from recto.rules.efm.submission import Submission, as_date, submission
from recto.rules.efm.telling import tell, tell_fact
from recto.rules.subject import Subject

_NOT_FACTS = frozenset(("blank", "blank-error", "elo-unexpected", "supported-taxonomy"))


def page_of(subject: Subject) -> Page:
    found: Page | None = subject.cache.get("efm.cover")
    if found is None:
        found = subject.cache["efm.cover"] = Page(submission(subject))
    return found


def cover_page(subject: Subject) -> Iterator[Finding]:
    """What the cover page of the form demands (6.5.20, 6.5.40 and after)."""
    page = page_of(subject)
    if not page.about.form or not page.about.dei or page.about.instance.target is not None or page.about.is_fees:
        return
    for row in page.rows:
        check = CHECKS.get(row.check) or DTS_CHECKS.get(row.check)
        if check is not None and row.section and not _too_early(row, page.about) and not _other(row, page):
            yield from check(row, page)
        if row.header:
            yield from _agrees(row, page)


def visible_names(subject: Subject) -> dict[QName, Severity]:
    """Elements of the form's cover page that readers must see (6.5.45), and how bad it is where they do not."""
    page = page_of(subject)
    found: dict[QName, Severity] = {}
    for row in page.rows if page.about.form and page.about.dei else ():
        if row.visible is not None and not _too_early(row, page.about):
            for name in row.names:
                prefix, _, local = name.rpartition(":")
                for namespace in page.namespaces(prefix) if prefix else (page.about.dei,):
                    found[QName(namespace, local)] = row.visible
    return found


def _other(row: Row, page: Page) -> bool:
    """Whether it is about shareholder reports tagged with a taxonomy that the report does not use."""
    return row.section == "6.05.57" and not page.namespaces("oef")


def _too_early(row: Row, filed: Submission) -> bool:
    """Whether the report is about a time when this was not demanded yet."""
    after = as_date(row.after) if row.after else None
    period = filed.period_of_report
    return after is not None and (period is None or period <= after)


def unexpected(subject: Subject) -> Iterator[Finding]:
    """What other forms have on their cover pages, and this one has not (6.5.20 and after)."""
    page = page_of(subject)
    filed = page.about
    if not filed.form or not filed.dei or filed.is_fees:
        return
    allowed: dict[str, list[Row]] = {}
    for row in page.rows:
        for name in row.names:
            allowed.setdefault(name, []).append(row)
    for name in page.names():
        for place, facts in page.places(name).items():
            if any(_covers(row, page, place) for row in allowed.get(name, ())):
                continue
            kind = "inline" if filed.inline else "non-inline"
            rows = (row for row in page.table.by_name.get(name, ()) if row.section and row.source in ("", kind))
            elsewhere = next((row for row in rows if _covers(row, page, place)), None)
            if elsewhere is not None:
                yield _unexpected(elsewhere, page, facts[0])


def _covers(row: Row, page: Page, place: Place) -> bool:
    return row.check not in _NOT_FACTS and row.check in CHECKS and page.counts(row, place)


def _unexpected(row: Row, page: Page, fact: Fact) -> Finding:
    return tell_fact(f"{row.section}.unexpected", fact, severity="warning", form=form_of(page))


def supported(subject: Subject) -> Iterator[Finding]:
    """Facts of a taxonomy that is only for some forms (6.5.55 and after)."""
    page = page_of(subject)
    filed = page.about
    if not filed.form or filed.is_fees:
        return
    for row in page.table.rows:
        if row.check != "supported-taxonomy" or row.applies(filed.form, filed.document_type, filed.inline):
            continue
        for name in row.names:
            taxonomy = name.partition(":")[0]
            fact = next((each for each in filed.own_facts() if f".gov/{taxonomy}/" in each.qname.namespace), None)
            if fact is not None:
                yield tell_fact(
                    f"{row.section}.factsUnexpected", fact, severity="warning", form=form_of(page), taxonomy=taxonomy
                )


def _agrees(row: Row, page: Page) -> Iterator[Finding]:
    """What the header of the submission says too, it says alike (6.5.40)."""
    told = page.about.parameters.get(row.header)
    if told in (None, ""):
        return
    for name in row.names:
        for fact in page.facts(name, row):
            if not _same(fact, str(told)):
                yield tell_fact(
                    "6.05.40.headerValue",
                    fact,
                    severity=severity_of(row, page),
                    value=fact.value.strip(),
                    told=told,
                )


_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


_HEADER_WORDS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "EntityFilerCategory": {
        "Non-Accelerated Filer": ("Non-accelerated Filer", "Smaller Reporting Company"),
        "Accelerated Filer": ("Accelerated Filer", "Smaller Reporting Accelerated Filer"),
        "Large Accelerated Filer": ("Large Accelerated Filer",),
        "Not Applicable": ("Non-accelerated Filer", "Smaller Reporting Company"),
    },
    "EntityInvCompanyType": {"S-1": ("S-1", "S-3"), "S-3": ("S-1", "S-3")},
}
"""What the header's words stand for on cover pages, where those have words of their own."""


def _same(fact: Fact, told: str) -> bool:
    value, told = fact.value.strip(), told.strip()
    if value in _HEADER_WORDS.get(fact.qname.local, {}).get(told, ()):
        return True
    if value == told or has_value(fact, [told]):
        return True
    one, two = _FLAGS.get(value.lower()), _FLAGS.get(told.lower())
    if one is not None and two is not None:
        return one is two
    days = as_date(value), as_date(told)
    if None not in days:
        return days[0] == days[1]
    return re.sub(r"[^\w]", "", value).lower() == re.sub(r"[^\w]", "", told).lower()


def header(subject: Subject) -> Iterator[Finding]:
    """What the submission's header tells and such a form does not have (6.5.40)."""
    page = page_of(subject)
    filed = page.about
    if not filed.told_form or filed.is_fees:
        return
    known = {row.header for row in page.table.rows if row.header}
    expected = {row.header for row in page.rows if row.header}
    for name in sorted(known - expected):
        value = filed.parameters.get(name)
        if value not in (None, "", False, "false"):
            url = filed.instance.url
            yield tell("6.05.40.headerUnexpected", url, about=name, value=value, form=form_of(page))


RULES: list[Rule] = [cover_page, unexpected, supported, header]
