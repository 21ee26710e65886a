"""Every view of the viewer in a browser, on small reports of our own: served, and from one file on disk."""

from __future__ import annotations

import json
import re
import shutil
import urllib.request
from pathlib import Path
from typing import Any

import pytest

import recto
from tests.browser.annual import LANGUAGES, esef_report, two_documents
from tests.browser.conftest import Open, Serve
from tests.browser.test_walk import address, serious, until
from tests.perf import viewer as perf


@pytest.fixture(scope="module", params=["served", "file"])
def esef_address(request: pytest.FixtureRequest, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the small ESEF report is looked at: from a server, and from one file."""
    folder = tmp_path_factory.mktemp("esef")
    report, taxonomies = esef_report(folder)
    if request.param == "served":
        base = serve(report, taxonomies=[taxonomies])
        with urllib.request.urlopen(f"{base}/api/filings") as answer:
            return f"{base}/view/{json.load(answer)['filings'][0]['id']}"
    path = folder / "report.html"
    recto.open(report, taxonomies=[taxonomies], offline=True).view(path, validate=True)
    return path.as_uri()


def own(url: str) -> str:
    """What a page may ask for: its server's, or the folder it stands in."""
    return url.rpartition("/")[0] if url.startswith("file:") else url.partition("/view/")[0]


def text(page: Any, selector: str) -> str:
    page.wait_for_selector(selector)
    found: str = page.locator(selector).first.inner_text()
    return found


def test_a_search_finds_the_same_served_and_in_a_file(watched: Open, serve: Serve, data: Path, tmp_path: Path) -> None:
    source = two_documents(data, tmp_path)
    path = tmp_path / "report.html"
    recto.open(source, taxonomies=[data / "mirror"], offline=True).view(path)
    base = serve(source, taxonomies=[data / "mirror"])
    with urllib.request.urlopen(f"{base}/api/filings") as answer:
        served = f"{base}/view/{json.load(answer)['filings'][0]['id']}"
    found: list[list[Any]] = []
    for place in (served, path.as_uri()):
        page = watched().open(place)
        for query in (
            "inventories",
            "balance inventory",
            "2,100",
            "2.1",
            "orchard",
            "ghent",
            "thousand written",
            "zebra",
        ):
            page.evaluate("(query) => { location.hash = `#/find?q=${encodeURIComponent(query)}`; }", query)
            page.wait_for_selector(f"h1:text-is('Search: {query}')")
            page.wait_for_selector("main p[role=status]:text-matches('found|Nothing')")
            groups = page.locator(".results h2").all_inner_texts()
            found.append(
                [query, groups, page.locator(".results a").evaluate_all("all => all.map((each) => each.hash)")]
            )
    count = len(found) // 2
    assert found[:count] == found[count:]
    assert [bool(groups) for _, groups, _ in found[:count]] == [True] * (count - 1) + [False]


def test_scales_languages_anchors_and_print(watched: Open, esef_address: str) -> None:
    watch = watched()
    page = watch.open(f"{esef_address}#/R1/1/0")
    page.wait_for_selector("td.chosen")
    page.wait_for_selector("aside .properties")
    assert text(page, "td.num") == "€ 1,234"
    for scale, shown in {"exact": "1,234,000", "-6": "1.234", "0": "1,234,000", "-3": "1,234.000"}.items():
        page.get_by_label("Amounts", exact=True).select_option(scale)
        until(page, f"location.hash.includes('scale={scale}')")
        page.wait_for_selector(f"td.num .value:text-is('{shown}')")
    page.get_by_label("Amounts", exact=True).select_option("reported")
    page.wait_for_selector("td.num .value:text-is('€ 1,234')")
    assert page.locator("td.chosen").count() == 1  # what was chosen stays

    assert sorted(
        page.locator("select[aria-label=Language] option").evaluate_all("all => all.map((each) => each.value)")
    )[1:] == sorted(LANGUAGES)
    for language, label in {"de": "Summe der Vermögenswerte", "ja": "資産合計", "he": "סך הנכסים"}.items():
        page.get_by_label("Language", exact=True).select_option(language)
        page.wait_for_selector(f"table.report[lang={language}] th:has-text('{label}')")
        page.wait_for_selector(f"aside h2:has-text('{label}')")
        watch.shot(f"language-{language}")
        assert serious(page) == []
    assert page.locator("table.report").get_attribute("dir") == "rtl"
    page.reload()  # the address has it all
    page.wait_for_selector("table.report[dir=rtl] td.chosen")

    page.goto(f"{esef_address}#/R1/3/0")
    page.wait_for_selector("aside details:has-text('Anchored') dd:has-text('ifrs-full:CurrentAssets')")
    assert "the filer’s own" in page.locator("aside").inner_text()
    page.wait_for_selector("aside .later table.sum")
    watch.shot("anchors")
    assert serious(page) == []

    page.emulate_media(media="print")
    for hidden in ("header", "nav", "aside", ".toolset"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator("table.report td.num").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).overflow") == "visible"
    paper = page.pdf(path=str(watch.folder / "print.pdf"), format="A4")
    assert paper.count(b"/Type /Page\n") == 1 or paper.count(b"/Type /Page") >= 1
    page.emulate_media(media="screen")
    assert watch.problems == []
    assert watch.outside(own(esef_address)) == []


def test_what_a_duplicate_adds_up_to(watched: Open, tmp_path: Path) -> None:
    """Sums name one of two equal facts; the other one's panel tells them too."""
    report, taxonomies = esef_report(tmp_path, again=True)
    recto.open(report, taxonomies=[taxonomies], offline=True).view(tmp_path / "report.html")
    page = watched().open(f"{(tmp_path / 'report.html').as_uri()}#/fact/@assets")
    for fact in ("assets", "assets-again"):
        page.goto(f"{(tmp_path / 'report.html').as_uri()}#/fact/@{fact}")
        page.wait_for_selector(f"aside dd:text-is('{fact}')")
        page.wait_for_selector("aside .later tr.total.own:has-text('1,234,000')")
        assert page.locator("aside .later details:has-text('Duplicates (1)')").count() == 1


def test_charts_of_statements_search_facts_and_explanations(watched: Open, esef_address: str) -> None:
    watch = watched()
    page = watch.open(f"{esef_address}#/R1")
    page.get_by_role("link", name="Chart", exact=True).click()
    page.wait_for_selector(".chart svg")
    page.wait_for_selector("a[aria-current=true]:text-is('Stacked')")
    assert page.locator(".chart svg path[aria-roledescription=bar]").count() == 2
    watch.shot("stacked")
    assert serious(page) == []
    assert (
        page.locator(".chart svg text", has_text=re.compile(r"^\d[\d.]* [km]$")).count() > 1
    )  # of thousands or millions
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{esef_address}#/chart/R1?kind=bar")
    page.goto(f"{esef_address}#/chart/R1?kind=stack")
    page.wait_for_selector(".chart svg path[aria-roledescription=bar]")
    bar = page.locator(".chart svg path[aria-roledescription=bar]").first.bounding_box()
    assert bar is not None
    assert bar["width"] > 100  # the legend leaves it room on a phone
    page.set_viewport_size({"width": 1360, "height": 860})
    page.get_by_role("link", name="Waterfall").click()
    page.wait_for_selector("a[aria-current=true]:text-is('Waterfall')")
    page.wait_for_selector(".chart svg")
    assert page.locator(".chart svg path[aria-roledescription=bar]").count() == 3
    watch.shot("waterfall")
    assert serious(page) == []

    for query in ("1,234", "1.234 million", "€ 1,234"):
        page.get_by_label("Search words or amounts").fill(query)
        page.keyboard.press("Enter")
        page.wait_for_selector(".results a:has-text('1,234,000')")
    page.locator(".results a", has_text="1,234,000").first.click()
    page.wait_for_selector("td.chosen:has-text('1,234')")
    page.keyboard.press("w")
    page.wait_for_selector("aside .decisions")
    watch.shot("why-esef")
    assert serious(page) == []

    page.get_by_role("button", name="Facts", exact=True).click()
    page.wait_for_selector(".list .line")
    page.get_by_label("Find", exact=True).fill("cars in")
    page.wait_for_selector("[role=status]:has-text('1 of 10')")
    watch.shot("facts")
    assert serious(page) == []
    page.locator(".line a").click()
    page.wait_for_selector("td.chosen:has-text('234')")

    page.get_by_role("button", name="Findings").click()
    page.wait_for_selector(".findings")
    assert serious(page) == []
    assert watch.problems == []
    assert watch.outside(own(esef_address)) == []


def test_addresses_are_kept(watched: Open, esef_address: str) -> None:
    """Every page, row and cell is there again when its address is opened, and with back and forward."""
    watch = watched()
    page = watch.open(f"{esef_address}#/R1/2")
    page.wait_for_selector("tr.chosen:has-text('Current assets')")
    page.locator("td.num", has_text="234").last.click()
    page.wait_for_selector("td.chosen:has-text('234')")
    page.keyboard.press("j")
    page.wait_for_selector("h1:has-text('information')")
    page.go_back()
    page.wait_for_selector("td.chosen:has-text('234')")
    page.go_back()
    page.wait_for_selector("tr.chosen:has-text('Current assets')")
    page.go_forward()
    page.wait_for_selector("td.chosen:has-text('234')")
    for address_, wanted in {
        "#/find?q=cars": ".results a",
        "#/chart/R1/1?kind=waterfall": ".chart svg",
        "#/facts?q=cars": ".line:only-child, .line",
        "#/nothing": "h1:has-text('There is no page')",
        "#/fact/99999": "h1:has-text('This cannot be shown')",
    }.items():
        page.goto(f"{esef_address}{address_}")
        page.wait_for_selector(f"main {wanted}")
    watch.problems = [each for each in watch.problems if "404" not in each]
    assert watch.problems == []


def test_all_exports_from_a_file(watched: Open, data: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True).view(tmp_path / "report.html")
    watch = watched()
    page = watch.open(f"{(tmp_path / 'report.html').as_uri()}#/R2")
    page.wait_for_selector("select[aria-label=Export]")
    got: dict[str, bytes] = {}
    for choice in ("csv", "md", "json", "xlsx", "allcsv", "allmd", "alljson", "allxlsx"):
        with page.expect_download() as download:
            page.select_option("select[aria-label=Export]", choice)
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        got[choice] = path.read_bytes()
        if choice.endswith("xlsx"):
            assert len(openpyxl.load_workbook(path).sheetnames) == (4 if choice == "allxlsx" else 1)
            sheet = openpyxl.load_workbook(path).worksheets[-3 if choice == "allxlsx" else 0]
            assert any(cell.value == 2100 for row in sheet.iter_rows() for cell in row)
    assert b'"2,100"' in got["csv"]
    assert b"2,100" in got["md"]
    assert json.loads(got["json"])["stem"] == "R2"
    assert [each["stem"] for each in json.loads(got["alljson"])] == ["R1", "R2", "R3", "R4"]
    assert got["allcsv"].count(b"2,100") == got["allmd"].count(b"2,100") == 2
    assert watch.problems == []


def test_amounts_of_a_page_in_german(watched: Open, data: Path, tmp_path: Path) -> None:
    """Its points and commas are read as such: in other scales, in comparisons, and in a workbook."""
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "report.html"
    recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True, language="de").view(path)
    watch = watched()
    page = watch.open(f"{path.as_uri()}#/R2")
    page.wait_for_selector("td.num .value:text-is('2.100')")
    for scale, shown in {"exact": ("2.100.000", "-50.000"), "-6": ("2,100", "-0,050")}.items():
        page.get_by_label("Amounts", exact=True).select_option(scale)
        for text_ in shown:
            page.wait_for_selector(f"td.num .value:text-is('{text_}')")
    with page.expect_download() as download:
        page.select_option("select[aria-label=Export]", "xlsx")
    download.value.save_as(tmp_path / "page.xlsx")
    cells = [
        cell.value for row in openpyxl.load_workbook(tmp_path / "page.xlsx").worksheets[0].iter_rows() for cell in row
    ]
    assert {2100, -50, 1250} <= set(cells)
    page.get_by_role("link", name="Compare periods").click()
    page.wait_for_selector("tr:has-text('Cash') td:text-is('270')")
    page.wait_for_selector("tr:has-text('Less') td.negative:text-is('-10')")
    assert watch.problems == []


@pytest.mark.parametrize("home", ["served", "file"])
def test_several_documents_and_targets(watched: Open, serve: Serve, data: Path, tmp_path: Path, home: str) -> None:
    source = two_documents(data, tmp_path)
    watch = watched()
    if home == "served":
        url = address(serve(source, taxonomies=[data / "mirror"]), watch.page)
    else:
        recto.open(source, taxonomies=[data / "mirror"], offline=True).view(tmp_path / "report.html")
        url = (tmp_path / "report.html").as_uri()
    page = watch.open(f"{url}#/fact/@inventories?show=document")
    frame = page.frame_locator("#document iframe")
    frame.locator(".recto-on").first.wait_for()
    assert frame.locator(".recto-on").count() == 3  # the note, and its two continuations
    assert "All of it lies in one place" in frame.locator(".recto-on").last.inner_text()
    assert page.locator("select[aria-label=Document] option").count() == 2
    watch.shot(f"continuation-{home}")

    def shows(fact: str, words: str) -> None:
        page.goto(f"{url}#/fact/@{fact}?show=document")
        frame.locator(".recto-on", has_text=words).first.wait_for()

    shows("amendment", "This is no amendment")  # hidden: text stands for it, in the other document
    assert "hidden" in page.locator("#document .status").inner_text()
    shows("cash-elsewhere", "7")  # of another target
    shows("place-nested", "Ghent")
    frame.locator(".recto-on", has_text="Ghent").click()  # the innermost of two tags
    page.wait_for_selector("#notice:has-text('2 times')")
    watch.shot(f"nested-{home}")
    shows("inventory-2024", "2,100")  # back in the first document
    assert page.locator("select[aria-label=Document]").input_value() == "0"
    page.locator("select[aria-label=Document]").select_option("1")
    page.get_by_role("button", name="Untagged numbers").click()
    page.wait_for_selector("#document .status:has-text('1 untagged number')")  # 77 %
    page.goto(f"{url}#/fact/@place")
    page.wait_for_selector("aside .properties")
    page.keyboard.press("d")
    page.wait_for_selector("#document .status:has-text('no text')")
    watch.forget_our_own()
    assert watch.problems == []


def test_findings_lead_to_lines_and_pages(watched: Open, serve: Serve, data: Path, tmp_path: Path) -> None:
    base = serve(two_documents(data, tmp_path), taxonomies=[data / "mirror"])
    watch = watched()
    page = watch.open(f"{address(base, watch.page)}#/findings")
    page.locator("details.finding", has_text="EFM.6.07.11.usedOn").locator("summary").first.click()
    finding = page.locator("article.finding", has_text="role/BalanceSheet")
    finding.locator(".lines summary").click()
    assert "BalanceSheet" in finding.locator("tr.at").inner_text()
    watch.shot("findings-lines")
    assert serious(page) == []
    finding.get_by_role("link", name="on page R2").click()
    page.wait_for_selector("h1:has-text('Balance Sheets')")
    page.go_back()
    page.get_by_role("link", name="errors").click()
    until(page, "location.hash === '#/findings/error'")
    page.locator("article.finding", has_text="duplicateFacts").get_by_role("link", name="in the document").click()
    page.frame_locator("#document iframe").locator(".recto-on").first.wait_for()
    watch.forget_our_own()
    assert watch.problems == []


def test_many_findings_are_drawn_as_their_end_comes_near(watched: Open, serve: Serve, data: Path) -> None:
    watch = watched()
    page = watch.page
    many = [{"severity": "warning", "code": "t:many", "message": f"Finding {number} of many"} for number in range(450)]
    answer = json.dumps({"findings": many, "validated": True})
    page.route("**/parts/findings", lambda route: route.fulfill(body=answer, content_type="application/json"))
    page = watch.open(f"{address(serve(data / 'inline', taxonomies=[data / 'mirror']), page)}#/findings")
    page.locator("details.finding summary").first.click()
    drawn = "document.querySelectorAll('article.finding').length"
    until(page, f"{drawn} === 100")
    until(page, f"(document.querySelector('main').scrollTo(0, 1e6), {drawn} === 450)")
    assert "Finding 449 of many" in (page.locator("article.finding").last.text_content() or "")
    assert watch.problems == []


def test_filings_of_different_companies_are_told(watched: Open, serve: Serve, data: Path) -> None:
    base = serve(data / "equity", data / "inline", taxonomies=[data / "mirror"])
    watch = watched()
    first, second = (each["id"] for each in watch.page.request.get(f"{base}/api/filings").json()["filings"])
    page = watch.open(f"{base}/view/{second}#/compare")
    page.wait_for_selector("main p:has-text('Choose the earlier filing')")
    page.get_by_label("Earlier filing").select_option(first)
    page.wait_for_selector(".note:has-text('They are reports of different entities')")
    assert serious(page) == []
    watch.forget_our_own()
    assert watch.problems == []


def test_two_filings_and_two_periods(watched: Open, serve: Serve, data: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    shutil.copytree(data / "inline", later)
    path = later / "orchard-20241231.htm"
    path.write_text(
        path.read_text("utf-8").replace("is insured", "has burnt down").replace(">2,100<", ">1,900<"), "utf-8"
    )
    base = serve(data / "inline", later, taxonomies=[data / "mirror"])
    watch = watched()
    first, second = (each["id"] for each in watch.page.request.get(f"{base}/api/filings").json()["filings"])
    page = watch.open(f"{base}/view/{second}#/compare/{first}")
    page.wait_for_selector(".difference-group")
    page.get_by_role("button", name="Show what changed").first.click()
    page.wait_for_selector(".difference del:has-text('insured')")
    assert "burnt down" in page.locator(".difference ins").first.inner_text()
    watch.shot("compare-texts")
    assert serious(page) == []
    page.locator(".difference-group a", has_text="2,100,000").first.click()
    page.wait_for_url(f"**/view/{first}**")
    page.wait_for_selector("td.chosen:has-text('2,100')")
    page.get_by_role("link", name="Compare periods").click()
    page.wait_for_selector("tr:has-text('Cash') td:text-is('270')")
    page.get_by_label("This", exact=True).select_option("1")
    page.wait_for_selector("h1:has-text('Compare')")
    until(page, "location.hash.includes('a=1')")
    watch.shot("compare-periods")
    assert serious(page) == []
    assert watch.problems == []


def test_a_text_is_printed_whole(watched: Open, serve: Serve, data: Path) -> None:
    """On paper, where it is narrower than on a screen, and nothing can be scrolled."""
    base = serve(data / "inline", taxonomies=[data / "mirror"])
    watch = watched(size=(1600, 860))
    page = watch.open(f"{address(base, watch.page)}#/R3")
    page.frame_locator(".textblock iframe").get_by_text("All of it lies in one place").wait_for()
    page.evaluate(
        """() => { const { body } = document.querySelector('.textblock iframe').contentDocument;
            const text = body.ownerDocument.createElement('p');
            text.textContent = 'Many words that take several lines. '.repeat(60);
            const table = body.ownerDocument.createElement('div');
            table.style.width = '1500px';
            table.textContent = 'wide';
            body.append(text, table); }"""
    )
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 900})
    room = """(() => { const node = document.querySelector('.textblock iframe');
        const root = node.contentDocument.documentElement;
        return [node.clientHeight - root.scrollHeight, root.clientWidth - root.scrollWidth]; })()"""
    assert min(page.evaluate(room)) >= 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert min(page.evaluate(room)) < 0  # again as it was on the screen
    watch.forget_our_own()
    assert watch.problems == []


def test_a_text_in_its_reader(watched: Open, serve: Serve, data: Path) -> None:
    base = serve(data / "inline", taxonomies=[data / "mirror"])
    for size in ((1360, 860), (390, 844)):
        watch = watched(size=size)
        page = watch.open(f"{address(base, watch.page)}#/R3/1/0")
        page.get_by_role("button", name="Read the text").click()
        frame = page.frame_locator("dialog.reader iframe")
        frame.get_by_text("All of it lies in one place").wait_for()
        watch.shot(f"reader-{size[0]}")
        assert serious(page) == []
        watch.forget_our_own()
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        if size[0] < 900:
            page.get_by_role("button", name="More").click()
            page.get_by_role("button", name="Document", exact=True).click()
            page.frame_locator("#document iframe").locator(".recto-on").first.wait_for()
            watch.shot("phone-document")
            assert serious(page) == []
            watch.forget_our_own()
        assert watch.problems == []


def test_the_keyboard_goes_everywhere(watched: Open, serve: Serve, data: Path) -> None:
    """From a cell to its text in the document, on to the next tag, back to that one's cell; views, menu and dialogs."""
    base = serve(data / "inline", taxonomies=[data / "mirror"])
    watch = watched()
    page = watch.open(f"{address(base, watch.page)}#/R2/1/0")
    page.wait_for_selector("td.chosen")
    page.wait_for_selector("aside .properties")
    page.keyboard.press("d")
    frame = page.frame_locator("#document iframe")
    frame.locator(".recto-on", has_text="1,250").wait_for()
    page.keyboard.press("n")
    first = page.evaluate("document.querySelector('#document iframe').contentDocument.activeElement.textContent")
    for _ in range(12):  # keys are heard in the document too
        page.keyboard.press("n")
        if (
            page.evaluate("document.querySelector('#document iframe').contentDocument.activeElement.textContent")
            == "2,000"
        ):
            break
    assert first != "2,000"
    page.keyboard.press("Enter")
    page.wait_for_selector("td.chosen:has-text('2,000')")
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    page.wait_for_selector("td.chosen:has-text('2,100')")
    page.locator("main").focus()
    page.keyboard.press("Escape")
    until(page, "document.querySelector('aside').hidden")
    page.keyboard.press("Escape")
    until(page, "document.querySelector('#document').hidden")
    page.keyboard.press("f")
    page.wait_for_selector(".findings")
    page.locator("nav a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Balance Sheets')")
    page.keyboard.press("Tab")
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    watch.forget_our_own()
    assert watch.problems == []


@pytest.mark.parametrize("form", ["served", "file"])
def test_of_a_page_with_many_rows_those_in_sight_are_drawn(
    watched: Open, serve: Serve, tmp_path: Path, form: str
) -> None:
    facts = 3500
    report = perf.write(facts, tmp_path / "large")
    if form == "served":
        base = serve(report)
        with urllib.request.urlopen(f"{base}/api/filings") as answer:
            url = f"{base}/view/{json.load(answer)['filings'][0]['id']}"
    else:
        path = tmp_path / "large.html"
        recto.open(report, offline=True).view(path)
        url = path.as_uri()
    page = watched().open(url)
    stem, rows = page.evaluate("[recto.filing.head.pages[0].stem, recto.filing.head.pages[0].rows]")
    assert rows > 3000
    page.wait_for_selector("table.report [data-row='0'] td")

    def drawn() -> int:
        count: int = page.locator("table.report tbody:not(.room) tr[data-row]").count()
        return count

    assert page.locator("main .sideways").count() == 0  # nothing lies to the side: labels need not be held in sight
    page.evaluate(f"location.hash = '#/{stem}/{rows - 10}/0'")  # far below: what lies between is not drawn
    page.wait_for_selector(f"td.chosen[data-row='{rows - 10}']")
    page.wait_for_selector("aside .properties")
    assert drawn() < 1500
    seen = page.evaluate(
        "(() => { const [box, cell] = ['main .table', 'td.chosen'].map((each) => document.querySelector(each)"
        ".getBoundingClientRect()); return cell.top >= box.top && cell.bottom <= box.bottom + 1; })()"
    )
    assert seen
    page.locator("td.chosen").focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.row") == str(rows - 13)
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.querySelector('main .table').scrollTop = 0")
    page.wait_for_selector("table.report [data-row='0'] td")
    assert drawn() < 1500
    page.evaluate("globalThis.print = () => { dispatchEvent(new Event('beforeprint')); document.title = 'printed'; }")
    page.get_by_role("button", name="Print").click()
    until(page, "document.title === 'printed'")
    assert drawn() == rows
    page.evaluate(f"location.hash = '#/compare/{stem}'")  # of a comparison too
    page.wait_for_selector("th:has-text('Difference')")
    assert drawn() < 1500
    page.evaluate("document.querySelector('main .table').scrollTop = 1e7")
    page.wait_for_selector(f"table.report [data-row='{rows - 1}']")
    assert drawn() < 1500


@pytest.mark.parametrize("language", ["en", "he"])
def test_labels_stay_in_sight_where_a_table_is_wide(watched: Open, esef_address: str, language: str) -> None:
    page = watched(size=(420, 800)).open(f"{esef_address}#/R1?language={language}")
    page.wait_for_selector(f"table.report[lang={language}] tbody th")
    page.evaluate("document.querySelectorAll('table.report td').forEach((each) => { each.style.minWidth = '40em'; })")
    page.wait_for_selector("main .sideways")
    turn = -1 if language == "he" else 1
    page.evaluate(f"document.querySelector('main .table').scrollLeft = {turn * 500}")
    edges = page.evaluate(
        "['main .table', 'table.report tbody th'].map((each) => document.querySelector(each).getBoundingClientRect())"
        ".map((box) => [box.left, box.right])"
    )
    (left, right), (start, end) = edges
    assert abs(right - end if language == "he" else start - left) < 3
