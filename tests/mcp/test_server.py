"""The tools for language models, asked by a client."""

from __future__ import annotations

import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

mcp = pytest.importorskip("mcp")

from recto.lake import Lake  # noqa: E402
from recto.mcp import create_server  # noqa: E402
from recto.web.shelf import Shelf  # noqa: E402
from tests.apart import apart  # noqa: E402
from tests.browser.annual import esef_report  # noqa: E402

Ask = Callable[..., Awaitable[Any]]


def asked(shelf: Shelf, conversation: Callable[[Ask, Any], Awaitable[None]], **options: Any) -> None:
    async def run() -> None:
        async with mcp.Client(create_server(shelf, **options)) as client:

            async def ask(tool: str, **arguments: Any) -> Any:
                result = await client.call_tool(tool, arguments)
                text = result.content[0].text
                assert len(text) < 60_000
                return text if result.is_error else json.loads(text)

            await conversation(ask, client)

    apart(run())


@pytest.fixture
def shelf(example: Path) -> Shelf:
    return Shelf([str(example / "filing")], options={"taxonomies": [str(example / "taxonomy")], "offline": True})


def test_what_happened_after_the_balance_sheet_date(shelf: Shelf) -> None:
    """From answers alone: the page, its lines, and each amount with concept, period, unit and place."""

    async def conversation(ask: Ask, client: Any) -> None:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools >= {"open_filing", "list_pages", "read_page", "find_facts", "follow_cell", "explain", "validate"}
        pages = (await ask("list_pages"))["pages"]
        details = next(page for page in pages if page["title"] == "SUBSEQUENT EVENTS (Details)")
        found = await ask("search", query="subsequent events")
        assert details["page"] in {page["page"] for page in found["pages"]}
        page = await ask("read_page", page=details["page"])
        amounts = [
            (cell["unit"], cell["shown"], cell["value"], cell["fact"], index)
            for row in page["rows"]
            for index, cell in enumerate(row.get("cells", ()), 1)
            if cell and "value" in cell
        ]
        assert amounts
        for unit, _, value, fact, _ in amounts:
            cited = await ask("follow_cell", fact=fact)
            assert cited["value"] == value
            assert cited["period"]
            assert cited["unit"] == unit
            assert any(place.startswith(details["page"]) for place in cited["shown"])
        row = next(row for row in page["rows"] if any(cell and "value" in cell for cell in row.get("cells", ())))
        column = next(index for index, cell in enumerate(row["cells"], 1) if cell and "value" in cell)
        cell = await ask("follow_cell", page=details["page"], row=str(row["row"]), column=str(column))
        assert cell["concept"] == row["concept"]
        why = await ask("explain", page=details["page"], row=str(row["row"]), column=str(column))
        assert any(line.startswith("fact (10.4)") for line in why["decisions"])

    asked(shelf, conversation)


def test_a_filing_that_is_opened_is_named_by_the_id_that_is_told(shelf: Shelf, data: Path) -> None:
    async def conversation(ask: Ask, client: Any) -> None:
        opened = await ask("open_filing", source=str(data / "equity"))
        assert opened["filing"] in {each["filing"] for each in (await ask("list_filings"))["filings"]}
        assert await ask("list_pages", filing=opened["filing"]) == opened
        assert await ask("list_pages", filing="equity") == opened  # its name will do where no other has it
        (other,) = [each for each in (await ask("list_filings"))["filings"] if each["filing"] != opened["filing"]]
        told = await ask("list_pages", filing=other["filing"])
        assert (told["filing"], told["report"]) == (other["filing"], "20-F, 2021-12-31")

    asked(shelf, conversation)


def test_facts_without_a_taxonomy_are_found_by_their_names(data: Path, tmp_path: Path) -> None:
    shutil.copy(data / "equity" / "mill-20241231.xml", tmp_path)
    shelf = Shelf([str(tmp_path / "mill-20241231.xml")], options={"offline": True})

    async def conversation(ask: Ask, client: Any) -> None:
        names = {each["concept"] for each in (await ask("find_facts", limit=40))["facts"]}
        assert len(names) > 3
        for name in names:
            told = await ask("find_facts", concept=name)
            assert name in {each["concept"] for each in told["facts"]}
            assert all(name in each["concept"] for each in told["facts"])

    asked(shelf, conversation)


def test_texts_source_and_findings(data: Path) -> None:
    shelf = Shelf([str(data / "inline")], options={"taxonomies": [str(data / "mirror")], "offline": True})

    async def conversation(ask: Ask, client: Any) -> None:
        found = await ask("find_facts", concept="inventory net", period="2024")
        fact = next(each for each in found["facts"] if each["fact"] == "inventory-2024")
        assert fact["value"] == "2100000"
        told = await ask("find_facts", concept="us-gaap:Cash", period="2024-12-31")
        assert [each["fact"] for each in told["facts"]] == ["cash-2024"], "the last day, not the midnight after it"
        cell = await ask("follow_cell", fact="inventory-2024")
        assert cell["source"]["text"] == "2,100"
        assert "Inventories" in cell["source"]["before"]
        block = next(each for each in (await ask("find_facts"))["facts"] if each["unit"] is None)
        assert (await ask("read_text", fact=block["fact"]))["text"]
        assert set(await ask("validate")) == {"counts", "findings"}

    asked(shelf, conversation)


def test_searching_finds_lines_by_their_page_section_and_plural(data: Path) -> None:
    shelf = Shelf([str(data / "inline")], options={"taxonomies": [str(data / "mirror")], "offline": True})

    async def conversation(ask: Ask, client: Any) -> None:
        pages = (await ask("list_pages"))["pages"]
        page = next(each for each in pages if "Balance" in each["title"] or "BALANCE" in each["title"])
        found = await ask("search", query="inventory balance")
        line = next(each for each in found["lines"] if each["page"] == page["page"])
        assert line["concept"] == "us-gaap:InventoryNet"
        cell = line["cells"][0]
        assert (cell["value"], cell["unit"], cell["fact"]) == ("2100000", "USD", "inventory-2024")
        assert "Dec. 31, 2024" in cell["period"]
        assert (await ask("search", query="nowhere to be found"))["note"].startswith("Nothing has all")

    asked(shelf, conversation)


def test_lines_are_found_by_labels_in_any_language(tmp_path: Path) -> None:
    report, taxonomies = esef_report(tmp_path)
    shelf = Shelf([str(report)], options={"taxonomies": [str(taxonomies)], "offline": True})

    async def conversation(ask: Ask, client: Any) -> None:
        for words in ("Summe der Vermögenswerte", "total assets"):
            (line,) = (await ask("search", query=words))["lines"]
            assert line["concept"] == "ifrs-full:Assets"
            assert (line["cells"][0]["value"], line["cells"][0]["unit"]) == ("1234000", "EUR")

    asked(shelf, conversation)


def test_a_comparison_comes_in_portions_what_both_have_first(data: Path) -> None:
    folders = [str(data / name) for name in ("inline", "equity")]
    shelf = Shelf(folders, options={"taxonomies": [str(data / "mirror")], "offline": True})

    async def conversation(ask: Ask, client: Any) -> None:
        earlier, later = (each["filing"] for each in (await ask("list_filings"))["filings"])
        found = await ask("compare", earlier=earlier, later=later, count=3)
        assert len(found["changes"]) == 3
        assert "first=4" in found["more"]
        kinds = [each["kind"] for each in (await ask("compare", earlier=earlier, later=later, count=40))["changes"]]
        assert kinds == sorted(kinds, key=["restated", "new", "gone", "relabelled", "moved"].index)
        gone = await ask("compare", earlier=earlier, later=later, kind="gone", first=2, count=1)
        assert gone["count"] == found["kinds"]["gone"]
        assert gone["changes"][0]["kind"] == "gone"
        assert "more" not in await ask("compare", earlier=earlier, later=later, kind="gone", first=gone["count"])

    asked(shelf, conversation)


def test_errors_are_told_and_closed_means_closed(shelf: Shelf) -> None:
    async def conversation(ask: Ask, client: Any) -> None:
        assert "there is no fact" in await ask("follow_cell", fact="nowhere")
        assert "no page is called" in await ask("read_page", page="R77")
        assert "there is no filing" in await ask("list_pages", filing="../../etc/passwd")
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert "open_filing" not in tools

    asked(shelf, conversation, closed=True)


def test_a_lake(lake_folder: Path, opening: dict[str, Any]) -> None:
    """From a question about companies to numbers, and from a number to its fact in the filing."""

    async def conversation(ask: Ask, client: Any) -> None:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools >= {"lake_companies", "lake_series", "lake_search", "lake_subsequent_events", "query_lake"}
        company = (await ask("lake_companies", words="quarry"))["rows"][0]["entity"]
        rows = (await ask("lake_series", company=company, concept="revenue"))["rows"]
        assert (rows[-1]["period"], rows[-1]["value"], rows[-1]["unit"]) == ("FY2023", "625000000", "USD")
        place = rows[-1]["facts"][0]
        cited = await ask("follow_cell", filing=place["filing"], fact=str(place["fact"]))
        assert cited["value"] == "625000000"
        assert cited["shown"]
        events = (await ask("lake_subsequent_events", company=company))["rows"]
        assert "crusher" in events[0]["text"]
        assert (await ask("lake_peers", concept="revenue", year=2023))["rows"][0]["company"] == "QUARRY WORKS INC."
        assert (await ask("query_lake", select="select count(*) as n from filings"))["rows"] == [{"n": 15}]
        assert "may not be asked" in await ask("query_lake", select="select * from read_csv('/etc/passwd')")
        assert "one `select`" in await ask("query_lake", select="copy (select 1) to 'x.csv'")
        statement = await ask("lake_statement", company=company)
        assert statement["periods"][0] == "FY2023"
        assert (await ask("lake_concepts", company=company, words="assets"))["rows"]
        assert (await ask("lake_restatements", company=company))["count"] == 10
        assert len((await ask("lake_filings", form="10-K/A"))["rows"]) == 1
        found = (await ask("lake_search", query="crusher"))["rows"][0]
        assert "fire" in (await ask("lake_text", filing=found["filing"], fact=found["fact"]))["text"]

    asked(Shelf(options=opening, lake=Lake(lake_folder, closed=True)), conversation, closed=True)
