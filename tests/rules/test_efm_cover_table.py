"""Codes of cover pages, each provoked: a row of the table meets pages that lack, repeat or contradict what it asks.

The pages are stand-ins that answer what a row's check asks, for the table has rows of hundreds of forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import pytest

from recto.findings import catalogue
from recto.names import QName
from recto.rules.efm.cover import rows
from recto.rules.efm.cover.checks import CHECKS
from recto.rules.efm.cover.dts import DTS_CHECKS
from recto.rules.efm.cover.page import Page, Place
from recto.rules.efm.cover.table import ALL_BUT, Row, table
from recto.rules.subject import Subject
from tests.rules.small_efm import DEI

END = datetime(2025, 1, 1)


def fact(name: str, value: str, *, namespace: str = DEI, days: int = 31) -> Any:
    period = SimpleNamespace(start=END - timedelta(days=days), end=END, last_day=END - timedelta(days=1))
    return SimpleNamespace(
        id="f1",
        qname=QName(namespace, name.rpartition(":")[2]),
        concept=None,
        value=value,
        nil=False,
        language="en-US",
        document="own.htm",
        line=1,
        period=period,
    )


class StandIn(Page):
    """A page with these facts, of a report whose taxonomies have every element."""

    def __init__(self, facts: dict[str, dict[Place, list[Any]]], **about: Any):
        self.table = table()
        self._facts = cast(Any, facts)
        self._places = {}
        own = [each for places in facts.values() for found in places.values() for each in found]
        parameters: dict[str, str] = about.pop("parameters", {})
        context = SimpleNamespace(id="c", document="own.htm", line=1, period=SimpleNamespace(start=END, end=END))
        known: dict[str, Any] = {
            "form": "8-K",
            "told_form": "8-K",
            "document_type": "8-K",
            "attachment": "",
            "inline": True,
            "dei": DEI,
            "dei_version": "2015",
            "today": date(2025, 2, 1),
            "period_of_report": date(2024, 12, 31),
            "parameters": parameters,
            "words": lambda name: parameters.get(name, "").split(),
            "dts": SimpleNamespace(documents=(), namespaces=lambda: ()),
            "own_facts": lambda: own,
            "dei_value": lambda name: "2024-12-31",
            "required_context": context,
            "required_period": None,
            "is_fees": False,
            "instance": SimpleNamespace(url="own.htm", target=None),
        }
        self.about = cast(Any, SimpleNamespace(**{**known, **about}))

    def declared(self, name: str) -> bool:
        return True


def place_of(row: Row, page: Page) -> Iterator[Place]:
    """Contexts that the row counts, of one axis or none."""
    axis = page.table.axes.get(row.axis)
    member = QName("urn:m", axis.members[0] if axis is not None and axis.members else "Member")
    namespaces = ("http://fasb.org/us-gaap/2024", DEI, "http://xbrl.sec.gov/oef/2024", "http://xbrl.sec.gov/rr/2024")
    named = [each.rpartition(":")[2] for each in (axis.axes if axis is not None else ()) if each]
    places: list[Place] = [(), *(((QName(each, name), member),) for name in named for each in namespaces)]
    return (place for place in places if page.counts(row, place))


def pages_for(row: Row) -> Iterator[Page]:
    """Pages that a row may find fault with."""
    form = next((each for each in row.forms if each != "*"), "8-K").partition("§")[0]
    about: dict[str, Any] = {"form": form, "inline": row.source != "non-inline"}
    empty = StandIn({}, **about)
    yield empty
    values = dict.fromkeys(
        ["odd", "2999-01-01", "true", "false", "811-1", *(str(each) for each in (*row.value, *row.reference_value))]
    )
    places = list(place_of(row, empty))[:2]
    groups = (row.names, row.names[:1], row.references, (*row.names, *row.references))
    for value in list(values)[:8]:
        for group in groups:
            for chosen in (places[:1], places):
                told = {name: {place: [fact(name, value)] for place in chosen} for name in group}
                yield StandIn(told, **about, parameters={"items": "5.03 " + row.item, "fileNumber": "811-1"})
    addresses = [each for text in row.value[:1] for each in str(text).replace("*", "x").split("|")]
    sample = f"https://xbrl.sec.gov/{row.taxonomy or 'oef'}/2024"
    dts = SimpleNamespace(documents=addresses, namespaces=lambda: (sample, *_spelled(row)))
    kind = row.document_types[0] if row.document_types else ""
    yield StandIn({}, **about, dts=dts, attachment=kind, parameters={"itemsList": row.item}, dei_version="2030")
    yield StandIn({}, **about, attachment=kind, dei_version="2030")
    taxonomy = row.names[0].partition(":")[0] if row.names else ""
    namespace = f"http://xbrl.sec.gov/{taxonomy}/2024"
    flags = {
        each.rpartition(":")[2]: "other" if ALL_BUT in wanted else str(wanted[0]) for each, wanted in row.where.items()
    }
    held = {name: {(): [fact(name, value)]} for name, value in flags.items()}
    held["x"] = {(): [fact("x", "1", namespace=namespace)]}
    yield StandIn(held, **about)


def _spelled(row: Row) -> list[str]:
    """Namespaces that the pattern of a row may mean."""
    if not row.value:
        return []
    pattern = str(row.value[0])
    bare = re.sub(r"\(\?:?|[()^$?]|\\|\[[^\]]*\][+*]?(?:\{[^}]*\})?|\.\*|d\{4\}", "", pattern)
    years = re.sub(r"\\d\{4\}|\[[^\]]*\]\+|\.\*|\.\+", "2024", pattern)
    return [bare, re.sub(r"[\\^$?]", "", years)]


@cache
def provoked() -> frozenset[str]:
    """Codes that some page provokes from some row."""
    found: set[str] = set()
    for row in table().rows:
        check = CHECKS.get(row.check) or DTS_CHECKS.get(row.check)
        for page in pages_for(row):
            page.__dict__["rows"] = [row]
            if check is not None and row.section:
                found.update(each.code for each in check(row, page))
            if row.header:
                page.about.parameters[row.header] = "another"
                found.update(each.code for each in rows._agrees(row, page))
    found.update(_of_other_forms())
    return frozenset(found)


def _of_other_forms() -> Iterable[str]:
    """What forms have that have no such rows."""
    known = table()
    for row in known.rows:
        if not row.section:
            continue
        kind = row.source != "non-inline"
        empty = StandIn({}, form="ARS", inline=kind)
        for place in place_of(row, empty):
            held = {name: {place: [fact(name, "odd")]} for name in row.names[:1]}
            taxonomy = row.names[0].partition(":")[0] if row.names else ""
            held["x"] = {(): [fact("x", "1", namespace=f"http://xbrl.sec.gov/{taxonomy}/2024")]}
            page = StandIn(held, form="ARS", inline=kind)
            page.__dict__["rows"] = []
            subject = cast(Subject, SimpleNamespace(cache={"efm.cover": page}))
            yield from (each.code for each in rows.unexpected(subject))
            if row.check == "supported-taxonomy":
                yield from (each.code for each in rows.supported(subject))
            break
    page = StandIn({}, parameters={next(row.header for row in known.rows if row.header): "told"})
    page.__dict__["rows"] = []
    subject = cast(Subject, SimpleNamespace(cache={"efm.cover": page}))
    yield from (each.code for each in rows.header(subject))


CODES = """
EFM.6.05.20.dependentValue
EFM.6.05.20.missing
EFM.6.05.20.mutualDependency
EFM.6.05.20.unexpected
EFM.6.05.21.exclusiveValue
EFM.6.05.21.itemDependency
EFM.6.05.21.otherMissing
EFM.6.05.26.missing
EFM.6.05.26.securityAxes
EFM.6.05.26.unexpected
EFM.6.05.40.dependentValue
EFM.6.05.40.fileNumber
EFM.6.05.40.headerUnexpected
EFM.6.05.40.headerValue
EFM.6.05.40.missing
EFM.6.05.40.unexpected
EFM.6.05.46.exclusive
EFM.6.05.46.securityAxes
EFM.6.05.46.unexpected
EFM.6.05.47.missing
EFM.6.05.47.unexpected
EFM.6.05.48.dependency
EFM.6.05.48.inclusive
EFM.6.05.48.missing
EFM.6.05.48.unexpected
EFM.6.05.49.dependentValue
EFM.6.05.49.exclusiveValues
EFM.6.05.49.missing
EFM.6.05.49.unexpected
EFM.6.05.49.value
EFM.6.05.49.versionRequired
EFM.6.05.50.dependentValue
EFM.6.05.50.missing
EFM.6.05.50.unexpected
EFM.6.05.51.dependency
EFM.6.05.51.inclusive
EFM.6.05.51.missing
EFM.6.05.51.otherMissing
EFM.6.05.51.unexpected
EFM.6.05.51.value
EFM.6.05.52.missing
EFM.6.05.52.unexpected
EFM.6.05.53.otherMissing
EFM.6.05.53.unexpected
EFM.6.05.54.missing
EFM.6.05.54.mutualDependency
EFM.6.05.54.unexpected
EFM.6.05.54.versionRequired
EFM.6.05.55.dependentValue
EFM.6.05.55.exclusive
EFM.6.05.55.factsUnexpected
EFM.6.05.55.inclusive
EFM.6.05.55.missing
EFM.6.05.55.mutualDependency
EFM.6.05.55.taxonomyRequired
EFM.6.05.55.unexpected
EFM.6.05.55.value
EFM.6.05.55.valueDependency
EFM.6.05.56.factsUnexpected
EFM.6.05.56.taxonomyRequired
EFM.6.05.57.dependency
EFM.6.05.57.duration
EFM.6.05.57.exclusive
EFM.6.05.57.missing
EFM.6.05.57.unexpected
EFM.6.05.58.01.taxonomyRequired
EFM.6.05.58.02.missing
EFM.6.05.58.10.missing
EFM.6.05.58.10.unexpected
EFM.6.05.59.01.taxonomyRequired
EFM.6.05.59.02.period
EFM.6.05.59.03.monthly
EFM.6.05.59.04.future
EFM.6.05.60.taxonomyRequired
EFM.6.05.60.taxonomyUnexpected
EFM.6.05.77.itemDependency
EFM.EXG.3.4.factsDependency
EFM.EXG.3.4.factsUnexpected
EFM.EXG.3.4.taxonomyRequired
"""


def test_the_list_is_whole() -> None:
    """The catalogue has no code of a cover page that is not provoked here or above."""
    assert set(CODES.split()) <= {each.code for family in catalogue.families() for each in family.entries}


@pytest.mark.parametrize("code", CODES.split())
def test_every_code_of_cover_pages_is_provoked(code: str) -> None:
    assert code in provoked()
