"""The viewer in a browser, as a reader walks through it: served, and from a file on disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import recto
from recto.viewer import Description
from tests.browser.conftest import Open, Serve

Axe: Any = pytest.importorskip("axe_playwright_python.sync_playwright").Axe


def until(page: Any, expression: str) -> None:
    """Waits for an expression to hold, asked from outside: the page's own policy forbids to make code of text."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {expression}")


def address(base: str, page: Any) -> str:
    """The address of the first filing that is served."""
    found = page.request.get(f"{base}/api/filings").json()
    return f"{base}/view/{found['filings'][0]['id']}"


def serious(page: Any) -> list[str]:
    """What axe finds that is serious or worse."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


@pytest.fixture(scope="module")
def example_server(serve: Serve, example: Path) -> str:
    return serve(example / "filing", taxonomies=[example / "taxonomy"])


def test_the_example_is_walked_through(watched: Open, example_server: str, tmp_path: Path) -> None:
    watch = watched()
    page = watch.open(address(example_server, watch.page))
    page.get_by_role("link", name="SUBSEQUENT EVENTS (Details)").click()
    until(page, "location.hash.startsWith('#/R3')")
    page.wait_for_selector("table.report td.num")
    watch.shot("page")
    cell = page.locator("table.report td.num .value").first
    shown = cell.inner_text()
    cell.click()
    page.wait_for_selector("aside .properties")
    aside = page.locator("aside")
    assert aside.get_by_text("Definition").count() or aside.locator("code").count()
    assert shown
    page.wait_for_selector("aside .later details")
    watch.shot("cell")
    assert re.search(r"#/R3/\d+/\d+$", page.url)
    aside.get_by_role("button", name="Why it looks so").click()
    page.wait_for_selector("aside .decisions")
    assert "A column for" in aside.inner_text()
    watch.shot("why")
    page.keyboard.press("Escape")
    assert page.locator("aside").is_hidden()
    assert serious(page) == []

    page.locator("table.report td.num .value").first.click()
    page.get_by_role("button", name="Chart the row").click()
    page.wait_for_selector(".chart svg .mark-rect path, .chart svg path[aria-roledescription='bar']")
    watch.shot("chart")
    assert serious(page) == []

    page.go_back()
    page.get_by_role("link", name="Compare periods").click()
    page.wait_for_selector("th:has-text('Difference')")
    watch.shot("compare")
    assert serious(page) == []

    page.go_back()
    page.wait_for_selector("select[aria-label=Export]")
    for choice, start in {"csv": b"", "md": b"# SUBSEQUENT", "json": b"{", "xlsx": b"PK", "allxlsx": b"PK"}.items():
        with page.expect_download() as download:
            page.select_option("select[aria-label=Export]", choice)
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.read_bytes().startswith(start)
    import openpyxl

    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 3

    page.get_by_label("Search words or amounts").fill("subsequent")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=found.")
    watch.shot("search")
    assert page.locator(".results a").count() >= 2
    assert serious(page) == []
    page.locator("#buttons").get_by_role("button", name="Findings").click()
    page.wait_for_selector(".findings")
    watch.shot("findings")
    assert serious(page) == []
    assert watch.problems == []
    assert watch.outside(example_server) == []


def test_the_start_lists_filings_and_takes_uploads(watched: Open, serve: Serve, data: Path) -> None:
    base = serve(data / "inline", data / "equity", taxonomies=[data / "mirror"])
    watch = watched()
    page = watch.open(base)
    assert page.locator(".cards a").count() == 2
    assert serious(page) == []
    watch.shot("start")
    page.set_input_files("#file", str(data / "equity" / "mill-20241231.xml"))
    page.wait_for_url("**/view/**")
    page.wait_for_selector("main h1")
    page.goto(base)
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector("text=changes from the earlier filing")
    watch.shot("compare-filings")
    assert serious(page) == []


@pytest.mark.parametrize("home", ["served", "file"])
def test_apple_from_cell_to_document_and_back(
    watched: Open, serve: Serve, shared_data: Path, tmp_path: Path, home: str
) -> None:
    source, taxonomies = shared_data / "filings" / "aapl-2025q2-10q", shared_data / "taxonomies"
    watch = watched()
    if home == "served":
        own = serve(source, taxonomies=[taxonomies])
        page = watch.open(f"{address(own, watch.page)}#/R4")
    else:
        path = tmp_path / "report.html"
        recto.open(source, taxonomies=[taxonomies], offline=True).view(path)
        own = path.as_uri()
        page = watch.open(f"{own}#/R4")
    page.locator("td.num", has_text="33,410").click()
    page.get_by_role("button", name="In the document").click()
    frame = page.frame_locator("#document iframe")
    marked = frame.locator(".recto-on")
    marked.first.wait_for()
    assert marked.first.inner_text() == "33,410"
    page.wait_for_timeout(400)
    box = marked.first.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 860
    watch.shot(f"document-{home}")
    frame.locator("[data-k=n]", has_text="26,136").first.click()
    until(page, "location.hash.match(/R\\d+\\/\\d+\\/\\d+/)")
    page.wait_for_selector("td.chosen:has-text('26,136')")
    page.get_by_role("button", name="Untagged numbers").click()
    until(page, "document.querySelector('#document .status').textContent.includes('untagged')")
    watch.shot(f"back-{home}")
    watch.forget_our_own()
    assert serious(page) == []
    watch.forget_our_own()
    page.goto(f"{page.url.partition('#')[0]}#/R9")
    page.frame_locator(".textblock iframe").get_by_text("Total net sales").first.wait_for()
    watch.shot(f"text-{home}")
    watch.forget_our_own()
    assert watch.problems == []
    assert watch.outside(own.rpartition("/")[0] if home == "file" else own) == []


def test_the_file_does_what_the_server_does(watched: Open, example: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    filing = recto.open(example / "filing", taxonomies=[example / "taxonomy"], offline=True)
    filing.view(path, validate=True)
    watch = watched()
    page = watch.open(path.as_uri())
    page.get_by_role("link", name="SUBSEQUENT EVENTS (Details)").click()
    page.locator("table.report td.num .value").first.click()
    page.wait_for_selector("aside .properties")
    page.get_by_role("button", name="Why it looks so").last.click()
    page.wait_for_selector("aside .decisions")
    assert "This cell" in page.locator("aside").inner_text()
    page.keyboard.press("c")
    page.wait_for_selector(".chart svg")
    page.keyboard.press("f")
    page.wait_for_selector(".findings")
    watch.shot("file")
    assert watch.problems == []
    assert watch.outside(path.parent.as_uri()) == []


def test_the_index_of_rendered_pages(watched: Open, data: Path, tmp_path: Path) -> None:
    filing = recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)
    filing.render(tmp_path / "pages")
    watch = watched()
    page = watch.open((tmp_path / "pages" / "index.html").as_uri())
    page.get_by_role("link", name="Balance Sheets").click()
    page.locator("td.num", has_text="2,100").click()
    page.wait_for_selector("aside .properties")
    assert "us-gaap:InventoryNet" in page.locator("aside").inner_text()
    assert page.locator("header a[download]").count() == 2
    page.keyboard.press("j")
    until(page, "location.hash.startsWith('#/R3')")
    page.wait_for_selector("main .textblock iframe, main td")
    watch.shot("index")
    assert serious(page) == []
    watch.forget_our_own()
    page.keyboard.press("k")
    until(page, "location.hash.startsWith('#/R2')")
    page.locator("td.num", has_text="2,100").click()
    page.get_by_role("button", name="In the document").click()
    frame = page.frame_locator("#document iframe")
    frame.locator(".recto-on").first.wait_for()
    assert frame.locator(".recto-on").first.inner_text() == "2,100"
    watch.shot("index-document")
    assert serious(page) == []
    watch.forget_our_own()
    frame.locator("[data-k=n]").first.click()
    until(page, "/R2\\/\\d+\\/\\d+/.test(location.hash)")
    fact = page.evaluate("recto.filing.factsPart(0).then((part) => part.id.indexOf('inventory-2024'))")
    page.goto(f"{page.url.partition('#')[0]}#/fact/{fact}?show=document")  # as a finding leads to its place
    page.wait_for_selector("td.chosen:has-text('2,100')")
    frame.locator(".recto-on", has_text="2,100").wait_for()
    assert watch.problems == []
    assert watch.outside(tmp_path.as_uri()) == []


_PLACES = """(async () => {
    const { filing } = globalThis.recto;
    const found = {};
    for (let index = 0; index < filing.head.documents.length; index += 1) {
        const outline = await filing.source.part(`documents/${index}/outline`);
        const texts = {};
        for (let piece = 0; piece < outline.sizes.length; piece += 1) {
            const { node } = await filing.source.part(`documents/${index}/${piece}`);
            for (const each of node.querySelectorAll('[data-f][data-k=n]')) texts[each.dataset.f] = each.textContent;
        }
        found[index] = { facts: Object.keys(outline.facts).map(Number).sort((a, b) => a - b), texts };
    }
    return found;
})()"""


@pytest.mark.parametrize("name", ["orchard", "aapl-2025q2-10q", "pg-2019-10k", "acorn-2025-8k"])
def test_documents_in_files_have_the_places_that_served_ones_have(
    watched: Open, data: Path, request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    """A document that the front end takes apart marks the same facts as one that is handed out in pieces."""
    if name == "orchard":
        filing = recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)
    else:
        shared: Path = request.getfixturevalue("shared_data")
        filing = recto.open(shared / "filings" / name, taxonomies=[shared / "taxonomies"], offline=True)
    filing.view(tmp_path / "report.html")
    page = watched().open((tmp_path / "report.html").as_uri())
    found = page.evaluate(_PLACES)
    description = Description(filing)
    assert len(found) == len(description.documents.names)
    for number in range(len(found)):
        document = description.documents.document(number)
        assert found[str(number)]["facts"] == sorted(document.outline.facts)
        texts: dict[str, str] = {}
        for piece in map(document.piece, range(len(document.contents))):
            root = etree.fromstring(f"<x>{piece}</x>")
            for each in root.iter():
                if each.get("data-k") == "n":
                    texts[each.get("data-f")] = "".join(each.itertext())
        assert found[str(number)]["texts"] == texts


def test_a_large_filing_gets_a_folder(watched: Open, data: Path, tmp_path: Path) -> None:
    filing = recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)
    path = tmp_path / "für 100% #1.html"  # a name that addresses have to quote
    names = filing.view(path, largest=1)
    assert len(names) > 3
    watch = watched()
    page = watch.open(f"{path.as_uri()}#/R2")
    page.locator("td.num", has_text="2,100").click()
    page.keyboard.press("d")
    page.frame_locator("#document iframe").locator(".recto-on").first.wait_for()
    watch.forget_our_own()
    assert watch.problems == []


def test_a_phone_light_and_dark(watched: Open, example_server: str) -> None:
    for dark in (False, True):
        watch = watched(size=(390, 844), dark=dark)
        page = watch.open(f"{address(example_server, watch.page)}#/R3")
        page.wait_for_selector("table.report td.num")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        watch.shot(f"phone-{'dark' if dark else 'light'}")
        page.locator("table.report td.num .value").first.click()
        page.wait_for_selector("aside .properties")
        watch.shot(f"phone-cell-{'dark' if dark else 'light'}")
        assert serious(page) == []
        page.get_by_role("button", name="Close", exact=True).click()
        page.get_by_role("button", name="Pages").click()
        page.get_by_role("link", name="Cover").click()
        until(page, "location.hash.startsWith('#/R1')")
        assert watch.problems == []
    watch = watched(dark=True)
    page = watch.open(f"{address(example_server, watch.page)}#/R3")
    page.wait_for_selector("table.report td.num")
    watch.shot("dark")
    assert serious(page) == []
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_the_keyboard_alone(watched: Open, example_server: str) -> None:
    watch = watched()
    page = watch.open(address(example_server, watch.page))
    page.wait_for_selector("table.report")
    page.keyboard.press("j")
    page.keyboard.press("j")
    until(page, "location.hash.startsWith('#/R3')")
    page.wait_for_selector("table.report td.num")
    page.locator("[role=region]").first.focus()
    for _ in range(40):
        page.keyboard.press("ArrowDown")
        if page.evaluate("!!document.activeElement.closest('tr')?.querySelector('td.num')"):
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    for _ in range(30):
        if page.evaluate("document.activeElement.matches('td.num')"):
            break
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.matches('td.num')")
    page.keyboard.press("Enter")
    page.wait_for_selector("aside .properties")
    watch.shot("keyboard")
    page.keyboard.press("w")
    page.wait_for_selector("aside .decisions")
    page.keyboard.press("Escape")
    until(page, "document.querySelector('aside').hidden")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("cover")
    page.keyboard.press("Enter")
    page.wait_for_selector(".results a")
    page.locator("main").focus()
    page.keyboard.press("?")
    page.wait_for_selector("dialog.keys")
    assert serious(page) == []
    page.keyboard.press("Escape")
    assert watch.problems == []
