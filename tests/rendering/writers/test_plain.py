from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from recto.errors import UsageError
from recto.prose import prose
from recto.rendering.writers.folder import page_as
from recto.rendering.writers.text import page_text, report_list

from .samples import income, noted


def test_text_keeps_title_scale_headings_indentation_and_alignment() -> None:
    lines = page_text(income(), width=90).splitlines()
    assert lines[0] == "INCOME - USD ($)"
    assert lines[1] == "$ in Millions"
    assert any(line.split() == ["12", "Months", "Ended", "12", "Months", "Ended"] for line in lines)
    sales = next(line for line in lines if "Net sales" in line)
    costs = next(line for line in lines if "Costs" in line)
    assert sales.startswith("  Net sales")
    assert sales.index("1,234") + 5 == costs.index("(200)") + 4
    at = lines.index("Europe")
    assert lines[at - 1] == ""
    assert all(len(line) <= 90 for line in lines)


def test_text_blocks_stand_below_their_row() -> None:
    text = page_text(income())
    assert "Policy\n\n    Café & bar\n" in text


def test_footnotes_in_text() -> None:
    text = page_text(noted())
    assert "$ 5 [2],[3]" in text
    assert "Assets [4]" in text
    assert "[2] restricted" in text


def test_rich_shows_the_same_lines() -> None:
    console = pytest.importorskip("rich.console")
    from recto.rendering.writers.text import page_rich

    stream = io.StringIO()
    console.Console(file=stream, width=120, color_system=None).print(page_rich(income(), width=100))
    shown = [line.rstrip() for line in stream.getvalue().rstrip().splitlines()]
    assert shown == page_text(income(), width=100).splitlines()


def test_report_list_by_category() -> None:
    assert report_list([income()]) == "Statements\n  R4     INCOME\n"


def test_markdown() -> None:
    text = page_as(income(), "md")
    assert text.startswith("# INCOME - USD ($)\n\n*$ in Millions*\n")
    assert "| Label | 12 Months Ended<br>Dec. 31, 2024<br>USD ($) |" in text
    assert "| &nbsp;&nbsp;&nbsp;Net sales | $ 1,234 | $ 999 |" in text
    assert "| **Income** | **$ 1,034** | **$ 999** |" in text
    assert "| **Europe** |  |  |" in text
    assert "## Policy\n\nCafé & bar" in text


def test_csv() -> None:
    rows = list(csv.reader(io.StringIO(page_as(income(), "csv"))))
    assert rows[0][:5] == ["kind", "section", "depth", "INCOME - USD ($) ($ in Millions)", "element"]
    assert rows[2] == ["item", "", "1", "Net sales", "us-gaap_Revenues", "$ 1,234", "$ 999"]
    assert rows[6][:4] == ["item", "Europe", "1", "Share"]


def test_json() -> None:
    page = json.loads(page_as(income(), "json"))
    assert page["title"] == "INCOME - USD ($)"
    assert page["scale"] == "$ in Millions"
    assert page["columns"][0]["headings"] == ["12 Months Ended", "Dec. 31, 2024", "USD ($)"]
    assert page["rows"][1]["kind"] == "item"
    assert page["rows"][1]["cells"][0] == {"kind": "number", "text": "$ 1,234", "value": None, "facts": []}


def test_unknown_format() -> None:
    with pytest.raises(UsageError, match="unknown format"):
        page_as(income(), "pdf")


def test_prose_joins_signs_to_numbers_and_drops_spacer_columns() -> None:
    markup = """<div><b>Inventories</b></div><table>
      <tr><td colspan="3"></td><td colspan="3">2025</td><td colspan="3"></td><td colspan="3">2024</td></tr>
      <tr><td colspan="3">Components</td><td>$</td><td>2,673</td><td></td>
        <td colspan="3"></td><td>$</td><td>(3,627</td><td>)</td></tr>
      <tr><td colspan="3">Finished</td><td colspan="2">3,596</td><td></td>
        <td colspan="3"></td><td colspan="2">12</td><td>%</td></tr>
    </table><ul><li>one<li>two</ul>"""
    blocks = prose(markup)
    assert [block.kind for block in blocks] == ["heading", "table", "item", "item"]
    assert blocks[1].rows == [
        ["", "2025", "2024"],
        ["Components", "$ 2,673", "$ (3,627)"],
        ["Finished", "3,596", "12%"],
    ]


@pytest.mark.parametrize(
    "markup", ["", "   ", "plain", "<", "<table>", "<p", "a<b>c</table></td>", "<!-- x -->", "\x00<p>\x01"]
)
def test_prose_never_raises(markup: Any) -> None:
    prose(markup)


def test_an_empty_table_is_nothing() -> None:
    assert prose("<table><tr><td> </td></tr></table>") == []
