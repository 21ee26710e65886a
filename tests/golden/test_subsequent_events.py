"""The page that the project was started with: examples/subsequent-events, rendered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recto.cli import main
from tests.conftest import SHARED
from tests.golden.pages import expected, flattened, grid, panels

STARTER = SHARED / "subsequent-events.txt"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Path:
    folder = tmp_path_factory.mktemp("example")
    arguments = ["render", example / "filing", "--taxonomies", example / "taxonomy", "--offline", "-o", folder]
    assert main([str(each) for each in arguments]) == 0
    return folder / "R3.htm"


def _row(label: str, values: dict[int, str]) -> str:
    """`pl LABEL | …` with the values in their columns: 1 to 7 are months, 8 to 11 years, 12 to 16 dates."""
    cells = [
        f"{'nump' if values[i][-1].isdigit() or values[i][-1] == '%' else 'text'} {values[i]}"
        if i in values
        else "text"
        for i in range(1, 17)
    ]
    return " | ".join([label, *cells])


def test_the_whole_page(page: Path) -> None:
    head = """
        -: tl 1x2 SUBSEQUENT EVENTS (Details) $ / shares in Units, ¥ in Thousands, $ in Thousands \
| th 7x1 1 Months Ended | th 4x1 12 Months Ended | th | th | th | th 2x1
        -: th Apr. 26, 2022 CNY (¥) shares | th Apr. 26, 2022 USD ($) $ / shares shares \
| th Apr. 04, 2022 USD ($) shares | th Apr. 02, 2022 USD ($) shares | th Mar. 24, 2022 USD ($) \
| th Mar. 16, 2022 CNY (¥) shares | th Mar. 16, 2022 USD ($) $ / shares shares | th May 31, 2022 CNY (¥) \
| th May 31, 2022 USD ($) | th Dec. 31, 2020 CNY (¥) | th Dec. 31, 2019 CNY (¥) | th May 10, 2022 USD ($) shares \
| th Apr. 14, 2022 shares | th Apr. 07, 2022 USD ($) | th Mar. 29, 2022 CNY (¥) shares | th Mar. 29, 2022 USD ($) shares
    """
    price = (
        "Percentage of the average closing share price of the first five trading days"
        " in which purchase price is determined"
    )
    line_items = "pl Subsequent Event [Line Items]"
    body: list[tuple[str, dict[int, str]]] = [
        (line_items, {}),
        ("pl Investment received | ¥", {10: "¥ 110,668", 11: "¥ 47,602"}),
        ("rh Registered Convertible Debentures | Maximum", {}),
        (line_items, {}),
        ("pl Conversion price per share | $ / shares", {7: "$ 1.0"}),
        ("rh Ascent Convertible Debentures | Maximum", {}),
        (line_items, {}),
        ("pl Conversion price per share | $ / shares", {2: "$ 0.33"}),
        ("rh Subsequent events", {}),
        (line_items, {}),
        ("custom Minimum market value", {5: "$ 50,000"}),
        ("custom Compliance period", {5: "180 days"}),
        ("custom Minimum standard requirements in stockholders' equity", {5: "$ 10,000"}),
        ("custom Minimum Standard Requirement In Total Assets", {5: "50,000"}),
        ("custom Minimum standard requirements in total revenue", {5: "$ 50,000"}),
        (
            "custom Amount agreed to invest from investors",
            {3: "$ 15,000", 12: "$ 1,400", 14: "$ 10,000", 15: "¥ 2,000", 16: "$ 314"},
        ),
        (
            "custom Number of shares to exchange for investment from investors | shares",
            {3: "7,250,000", 4: "7,250,000", 12: "4,912,281", 15: "872,829", 16: "872,829"},
        ),
        ("pl Investment received", {8: "¥ 1,000", 9: "$ 157"}),
        (
            "custom Maximum period of continuous investment after the first investment closed",
            {3: "30 months", 4: "30 months"},
        ),
        ("custom Total continuous investment agreed", {4: "$ 15,000"}),
        ("custom Amount agreed to invest in first installment", {3: "$ 3,000", 4: "$ 3,000", 14: "3,000"}),
        ("custom Amount agreed to invest in second installment", {14: "3,000"}),
        ("custom Amount agreed to invest in third installment", {14: "$ 4,000"}),
        (f"custom {price}", {14: "90.00%", 15: "90.00%", 16: "90.00%"}),
        ("pl Number of shares authorized for option grants | shares", {13: "2,800,000"}),
        ("rh Subsequent events | Registered Convertible Debentures", {}),
        (line_items, {}),
        ("pl Number of shares issued for Convertible Debentures. | shares", {6: "4,842,197", 7: "4,842,197"}),
        ("pl Principal balance of debt converted", {6: "¥ 17,891", 7: "$ 2,807"}),
        ("rh Subsequent events | Registered Convertible Debentures | Minimum", {}),
        (line_items, {}),
        ("pl Conversion price per share | $ / shares", {7: "$ 0.34"}),
        ("rh Subsequent events | Ascent Convertible Debentures", {}),
        (line_items, {}),
        ("pl Number of shares issued for Convertible Debentures. | shares", {1: "3,232,397", 2: "3,232,397"}),
        ("pl Principal balance of debt converted", {1: "¥ 4,480", 2: "$ 703"}),
        ("rh Subsequent events | Ascent Convertible Debentures | Minimum", {}),
        (line_items, {}),
        ("pl Conversion price per share | $ / shares", {2: "$ 0.16"}),
        ("rh Subsequent events | Dr. Chris Chang Yu.", {}),
        (line_items, {}),
        (f"custom {price}", {12: "90.00%"}),
    ]
    rows = []
    for ordinal, (label, values) in enumerate(body, 1):
        kind, _, text = label.partition(" ")
        stripe = "rh" if kind == "rh" else ("re" if ordinal % 2 else "ro")
        style = "pl custom" if kind == "custom" else "pl"
        rows.append(f"{stripe}: {_row(f'{style} {text}', values)}")
    assert grid(page) == "\n".join([expected(head), *rows])


def test_a_definition_panel_for_every_element(page: Path) -> None:
    found = panels(page)
    elements = [key for key in found if "=" not in key]
    members = [key.split("=")[1] for key in found if "=" in key]
    assert len(elements) == 19
    assert elements == sorted(elements)
    assert all(re.search(r"- Definition *\w", found[key]) for key in elements)
    assert members == [
        "exbm_RegisteredConvertibleDebenturesMember",
        "srt_MaximumMember",
        "exbm_AscentConvertibleDebenturesMember",
        "us-gaap_SubsequentEventMember",
        "srt_MinimumMember",
        "exbm_DrChrisChangYuMember",
    ]


@pytest.mark.skipif(not STARTER.exists(), reason="../shared is absent: the flattened page that this is compared with")
def test_the_same_texts_in_the_same_order_as_the_page_that_started_it(page: Path) -> None:
    text = STARTER.read_text("utf-8")
    table, _, definitions = text.partition("|X\n")
    pieces = [piece.strip() for piece in re.split(r"\n?\|(?=\S)|\n", table)]
    ours = [part for piece in flattened(page) for part in piece.split(" | ")]
    theirs = [part for piece in pieces if piece.strip("|") for part in piece.strip("| ").split(" | ")]
    assert ours == theirs
    assert len(panels(page)) == definitions.count("|X\n") + 1
