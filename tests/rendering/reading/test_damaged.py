"""Report pages with faults that fuzzing found."""

from __future__ import annotations

import pytest

from recto.rendering.reading import read
from recto.tables import read_table

PAGE = """<table class="report"><tr><th class="tl"><div><strong>Sheet - USD ($)</strong></div></th>
<th class="th" colspan="{span}"><div>Dec. 31, 2024</div></th></tr>
<tr class="re"><td class="pl"><a>Cash</a></td><td class="nump">5</td><td class="nump">{more}</td></tr></table>"""


@pytest.mark.parametrize("span", ["1", "many", "9" * 5000])
@pytest.mark.parametrize("more", ["6", "&#55296;", "&#99999999999;", "[" + "9" * 5000 + "]"])
def test_more_cells_than_columns(span: str, more: str) -> None:
    page = read(PAGE.format(span=span, more=more).encode(), "R" + "9" * 5000 + ".htm")
    assert page.facts[0].value == 5
    assert page.facts[0].column == 0
    assert len(page.report.columns) == 2
    "".join(fact.text for fact in page.facts).encode()


def test_no_figure_is_lost() -> None:
    page = PAGE.replace("USD ($)", "USD ($)<br> $ in Millions").replace(">5<", ">" + "9" * 40 + "<")
    assert read(page.format(span=1, more=6).encode()).facts[0].value == int("9" * 40 + "0" * 6)


@pytest.mark.parametrize("months", ["99999999999", "2147483648", "119989", "9" * 5000])
def test_more_months_than_the_calendar_has(months: str) -> None:
    page = PAGE.replace("<div>Dec. 31, 2024</div>", f"<div>{months} Months Ended</div><div>Dec. 31, 2024</div>")
    found = read(page.format(span=1, more=6).encode())
    assert found.facts[0].months is None
    assert found.facts[0].unit == "USD"
    assert read_table([("R2.htm", found)]).column("months").to_pylist()[0] is None


@pytest.mark.parametrize("months", [0, 3, 119988])
def test_months_that_the_calendar_has(months: int) -> None:
    page = PAGE.replace("<div>Dec. 31, 2024</div>", f"<div>{months} Months Ended</div><div>Dec. 31, 2024</div>")
    found = read(page.format(span=1, more=6).encode())
    assert found.facts[0].months == months
    assert read_table([("R2.htm", found)]).column("months").to_pylist()[0] == months
