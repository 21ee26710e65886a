"""A lake in the viewer: companies, their filings and numbers, texts; and from each number to its fact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recto.lake import Lake
from tests.browser.conftest import Open, Serve
from tests.browser.test_walk import serious, until


@pytest.fixture(scope="module")
def lake_server(serve: Serve, lake_folder: Path, opening: dict[str, Any]) -> str:
    return serve(lake=Lake(lake_folder, closed=True), taxonomies=opening["taxonomies"])


def test_from_a_company_to_a_number_to_its_fact(watched: Open, lake_server: str) -> None:
    watch = watched()
    page = watch.open(lake_server)
    page.wait_for_selector("main table")
    assert page.locator("main tbody tr").count() == 2
    watch.shot("lake-companies")
    assert serious(page) == []
    page.get_by_role("link", name="QUARRY WORKS INC.").click()
    page.wait_for_selector("text=Gross profit")
    page.wait_for_selector("text=What it reports")
    watch.shot("lake-company")
    assert serious(page) == []
    page.get_by_label("Name or label").fill("restoration")
    page.wait_for_selector("main .filings li a:has-text('Restoration')")

    page.get_by_role("link", name="Revenue", exact=True).click()
    page.wait_for_selector(".chart svg")
    watch.shot("lake-series")
    assert serious(page) == []
    assert page.get_by_text("worked out").count()
    page.get_by_role("link", name="Years", exact=True).click()
    until(page, "location.hash.includes('frequency=year')")
    page.wait_for_selector(".chart svg")
    page.get_by_role("link", name="As reported first").click()
    page.wait_for_selector("a[aria-current]:has-text('first')")
    page.get_by_label("As known on").fill("2022-06-30")
    page.locator(".asking button").click()
    until(page, "location.hash.includes('day=2022-06-30')")
    page.wait_for_selector(".chart svg")

    page.goto(f"{lake_server}/#/statement/QWK/income")
    page.wait_for_selector("main table tbody td a")
    watch.shot("lake-statement")
    assert serious(page) == []
    page.locator("main tbody td a", has_text="625,000,000").first.click()
    page.wait_for_url("**/view/**")
    page.wait_for_selector("td.chosen")
    page.wait_for_selector("aside .properties")
    watch.shot("lake-filing")
    assert serious(page) == []

    page.keyboard.press("c")
    page.wait_for_selector(".chart svg")
    page.get_by_role("link", name="Over the lake").click()
    page.wait_for_selector("main table:has-text('How it is known')")
    page.wait_for_selector(".chart svg")
    watch.shot("lake-row")
    assert serious(page) == []
    assert watch.problems == []
    assert watch.outside(lake_server) == []


def test_peers_restatements_events_and_texts(watched: Open, lake_server: str) -> None:
    watch = watched(dark=True)
    page = watch.open(f"{lake_server}/#/peers?concept=revenue&year=2023&period=FY")
    page.wait_for_selector("main table")
    assert page.locator("main tbody tr").count() == 2
    watch.shot("lake-peers")
    assert serious(page) == []
    for name, wanted in {
        "Restatements": "EarningsPerShareBasic",
        "Subsequent events": "a fire damaged the crusher",
        "Filings": "10-K/A",
    }.items():
        page.locator("nav").get_by_role("link", name=name, exact=True).click()
        page.wait_for_selector(f"main :text('{wanted.replace('EarningsPerShareBasic', 'Earnings Per Share Basic')}')")
        watch.shot(f"lake-{name.split()[0].casefold()}")
        assert serious(page) == []
    page.get_by_label("Search texts of all filings").fill("crusher")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 found")
    watch.shot("lake-texts")
    assert serious(page) == []
    page.get_by_role("link", name="Read it in the filing").click()
    page.wait_for_url("**/view/**")
    page.wait_for_selector("aside .properties")
    page.goto(f"{lake_server}/#/open")
    page.wait_for_selector("main .cards a")
    assert serious(page) == []
    page.goto(f"{lake_server}/#/company/nobody")
    page.wait_for_selector("text=the lake knows no company")
    watch.problems = [each for each in watch.problems if "404" not in each]
    assert watch.problems == []
    assert watch.outside(lake_server) == []


def test_a_lake_on_a_phone(watched: Open, lake_server: str) -> None:
    watch = watched(size=(390, 844))
    page = watch.open(f"{lake_server}/#/company/QWK")
    page.wait_for_selector("text=Gross profit")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    watch.shot("lake-phone")
    assert serious(page) == []
    page.get_by_role("button", name="Views").click()
    page.locator("nav").get_by_role("link", name="Peers").click()
    page.wait_for_selector("main h1:has-text('Peers')")
    assert watch.problems == []
