from decimal import Decimal

import pytest

from recto.errors import SourceError
from recto.rendering.reading import read

PAGE = """|
DEBT (Details)
$ / shares in Units, ¥ in Thousands, $ in Millions
|1 Months Ended
|12 Months Ended
|
Apr. 26, 2022
CNY (¥)
shares
|
Apr. 26, 2022
USD ($)
$ / shares
|
May 31, 2022
USD ($)
|
Jun. 10, 2022
USD ($)
|Debt [Line Items]
|Proceeds | ¥
|¥ 110
|Price | $ / shares
|$ 1.5
|Notes
|Debt [Line Items]
|Amount
|$ 5
|$ (6)
|$ 7
|Shares issued | shares
|1,000
|Rate
|2.50%
|Term
|30 months
|X
- Definition
+ References
Cash received.
+ Details
No definition available.
"""


def test_flattened_page_gives_values_with_unit_scale_section_and_label() -> None:
    page = read(PAGE.encode(), "page.txt")
    assert page.title == "DEBT (Details)"
    assert dict(page.scales) == {"$ / shares": 0, "¥": 3, "$": 6}
    found = {(f.label, f.text): f for f in page.facts}
    proceeds = found["Proceeds", "¥ 110"]
    assert (proceeds.value, proceeds.unit, proceeds.column) == (Decimal(110000), "CNY", 0)
    price = found["Price", "$ 1.5"]
    assert (price.value, price.unit, price.column) == (Decimal("1.5"), "USD/shares", 1)
    amount = found["Amount", "$ (6)"]
    assert amount.value == Decimal(-6000000)
    assert amount.path == ("Notes", "Debt [Line Items]")
    assert found["Shares issued", "1,000"].unit == "shares"
    assert found["Rate", "2.50%"].value == Decimal("0.025")
    assert found["Term", "30 months"].value is None


def test_columns_left_open_name_their_candidates() -> None:
    page = read(PAGE.encode(), "page.txt")
    amounts = [f for f in page.facts if f.label == "Amount"]
    assert [f.candidates for f in amounts] == [(1,), (2,), (3,)]
    rate = next(f for f in page.facts if f.label == "Rate")
    assert rate.column is None
    assert rate.candidates == (0, 1, 2, 3)
    assert page.open_cells == 2


def test_durations_follow_from_the_order_of_dates() -> None:
    headings = [column.labels for column in read(PAGE.encode(), "page.txt").report.columns]
    assert headings[1] == ("1 Months Ended", "Apr. 26, 2022", "USD ($)", "$ / shares")
    assert headings[2] == ("12 Months Ended", "May 31, 2022", "USD ($)")
    assert headings[3] == ("Jun. 10, 2022", "USD ($)")


def test_a_duration_that_the_dates_leave_open_is_not_claimed() -> None:
    page = read(PAGE.replace("Jun. 10, 2022", "May 10, 2022").encode(), "page.txt")
    assert page.report.columns[0].labels[0] == "1 Months Ended"
    assert page.report.columns[3].labels == ("May 10, 2022", "USD ($)")


def test_definition_panels_are_kept_apart() -> None:
    panels = read(PAGE.encode(), "page.txt").report.panels
    assert [(p.definition, p.references) for p in panels] == [("Cash received.", "No definition available.")]


@pytest.mark.parametrize("text", ["", "hello", "|a\n|b\n|c\n", "<html><body>no table</body></html>"])
def test_what_is_no_page_is_refused(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text.encode(), "x.txt")
    assert caught.value.code == "recto:noReportTable"
