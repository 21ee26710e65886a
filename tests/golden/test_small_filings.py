"""The repository's own small filings, rendered. What is expected was derived by hand from the rendering rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recto.cli import main
from tests.golden.pages import expected, grid, panels

Render = Callable[[str], Path]


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Render:
    """Renders tests/data/NAME once and gives the folder of its pages."""
    done: dict[str, Path] = {}

    def run(name: str) -> Path:
        if name not in done:
            folder = tmp_path_factory.mktemp(name)
            arguments = ["render", data / name, "--taxonomies", data / "mirror", "--offline", "-o", folder]
            assert main([str(each) for each in arguments]) == 0
            done[name] = folder
        return done[name]

    return run


def test_cover_with_a_hidden_fact(render: Render) -> None:
    assert grid(render("inline") / "R1.htm") == expected("""
        -: tl 1x2 Cover | th 12 Months Ended
        -: th Dec. 31, 2024
        re: pl Cover [Abstract] | text
        ro: pl Entity Registrant Name | text Orchard & Sons
        re: pl Document Type | text 10-K
        ro: pl Document Period End Date | text Dec. 31, 2024
        re: pl Amendment Flag | text false
    """)


def test_balance_sheet_with_a_negated_label_a_total_and_a_footnote(render: Render) -> None:
    assert grid(render("inline") / "R2.htm") == expected("""
        -: tl Balance Sheets - USD ($) $ in Thousands | th 2x1 Dec. 31, 2024 | th Dec. 31, 2023
        re: pl Assets | text | fn | text
        ro: pl Cash | nump $ 1,250 | fn | nump $ 980
        re: pl Inventories | nump 2,100 | fn [1] | nump 2,000
        ro: pl Less: allowance for credit losses | num (50) | fn | num (40)
        reu: pl Total assets | nump $ 3,300 | fn | nump $ 2,940
        -: - 4x1
        -: - 4x1 [1] Apples at cost.
    """)


def test_text_block_of_three_parts_without_what_is_excluded(render: Render) -> None:
    assert grid(render("inline") / "R3.htm") == expected("""
        -: tl 1x2 Inventories | th 12 Months Ended
        -: th Dec. 31, 2024
        re: pl Inventory Disclosure [Abstract] | text
        ro: pl Inventories | text Inventories are stated at cost.In 2024, 30 thousand was written down.All of it lies \
in one place & is insured.
    """)
    assert "<p>Inventories are stated at cost.</p>" in (render("inline") / "R3.htm").read_text("ascii")


def test_instants_join_durations_and_a_nil_fact_is_blank(render: Render) -> None:
    assert grid(render("inline") / "R4.htm") == expected("""
        -: tl 1x2 Inventories (Details) - USD ($) $ in Thousands | th 3x1 12 Months Ended
        -: th 2x1 Dec. 31, 2024 | th Dec. 31, 2023
        re: pl Inventory Disclosure [Abstract] | text | fn | text
        ro: pl Inventories | nump $ 2,100 | fn [1] | nump $ 2,000
        re: pl Write-down of inventories | nump $ 30 | fn | text
        ro: pl custom Place of the inventory | text Ghent | fn | text
        -: - 4x1
        -: - 4x1 [1] Apples at cost.
    """)


def test_definition_panels(render: Render) -> None:
    found = panels(render("inline") / "R4.htm")
    assert list(found) == [
        "orc_PlaceOfInventory",
        "us-gaap_InventoryDisclosureAbstract",
        "us-gaap_InventoryNet",
        "us-gaap_InventoryWriteDown",
    ]
    assert "Where the inventory is kept." in found["orc_PlaceOfInventory"]
    assert "Balance Type: debit" in found["us-gaap_InventoryNet"]
    assert "What is held for sale" in found["us-gaap_InventoryNet"]


def test_equity_statement(render: Render) -> None:
    assert grid(render("equity") / "R1.htm") == expected("""
        -: tl Statement of Stockholders' Equity - USD ($) $ in Thousands | th Total | th Common Stock [Member] \
| th Retained Earnings [Member]
        rc: pl Beginning balance at Dec. 31, 2022 | nump $ 1,000 | nump $ 400 | nump $ 600
        ro: pl Increase (Decrease) in Stockholders' Equity [Roll Forward] | text | text | text
        re: pl Net income | nump 150 | text | nump 150
        ro: pl Dividends | num (50) | text | num (50)
        rc: pl Ending balance at Dec. 31, 2023 | nump 1,100 | nump 400 | nump 700
        ro: pl Increase (Decrease) in Stockholders' Equity [Roll Forward] | text | text | text
        re: pl Stock issued | nump 100 | nump 100 | text
        ro: pl Net income | nump 200 | text | nump 200
        re: pl Dividends | num (60) | text | num (60)
        rc: pl Ending balance at Dec. 31, 2024 | nump $ 1,340 | nump $ 500 | nump $ 840
    """)


def test_cash_flows_with_opening_and_closing_balances(render: Render) -> None:
    assert grid(render("equity") / "R2.htm") == expected("""
        -: tl 1x2 Statement of Cash Flows - USD ($) $ in Thousands | th 2x1 12 Months Ended
        -: th Dec. 31, 2024 | th Dec. 31, 2023
        re: pl Statement of Cash Flows [Abstract] | text | text
        ro: pl Cash, beginning of year | nump $ 300 | nump $ 250
        re: pl Net cash from operations | nump 180 | nump 100
        ro: pl Dividends paid | num (60) | num (50)
        reu: pl Net change in cash | nump 120 | nump 50
        ro: pl Cash, end of year | nump $ 420 | nump $ 300
    """)


def test_typed_members_in_number_order_and_footnotes_of_a_row_and_of_a_cell(render: Render) -> None:
    assert grid(render("typed") / "R1.htm") == expected("""
        -: tl 2x1 Loans (Details) - USD ($) | th 2x1 Dec. 31, 2024 | th Dec. 31, 2023
        re: pl Loans [Line Items] | th | text | fn | text
        ro: pl custom Loans, total | th | nump $ 30,000 | fn | nump $ 25,000
        rh: pl Loan Number [Axis]: 9 | th | text | fn | text
        ro: pl Loans [Line Items] | th | text | fn | text
        re: pl custom Loans | th [1] | nump $ 10,000 | fn | nump $ 12,000
        ro: pl custom Interest rate | th | nump 4.50% | fn | nump 4.50%
        rh: pl Loan Number [Axis]: 10 | th | text | fn | text
        ro: pl Loans [Line Items] | th | text | fn | text
        re: pl custom Loans | th | nump $ 20,000 | fn | nump $ 13,000
        ro: pl custom Interest rate | th | nump 5.25% | fn [2] | nump 5.25%
        -: - 4x1
        -: - 4x1 [1] Secured by land. [2] Fixed until 2030.
    """)
