from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from recto.rendering.model import Cell
from recto.rendering.reader import read_page
from recto.rendering.writers.sheet import html_text
from recto.rendering.writers.xlsx import parse_number, unit_width, workbook
from recto.workbook import column_letters, sheet_name

from .samples import income, noted

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_book(data: bytes) -> dict[str, tuple[dict[str, tuple[object, str]], list[str], dict[str, int]]]:
    """Sheet name → cells (value and number format), merged areas, widths of columns."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    styles = part["xl/styles.xml"]
    codes = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(MAIN + "numFmt")}
    codes |= {"37": "#,##0_);(#,##0)", "39": "#,##0.00_);(#,##0.00)", "0": ""}
    formats = [codes[each.get("numFmtId")] for each in styles.find(MAIN + "cellXfs")]
    out = {}
    for number, sheet in enumerate(part["xl/workbook.xml"].iter(MAIN + "sheet"), 1):
        root = part[f"xl/worksheets/sheet{number}.xml"]
        cells: dict[str, tuple[object, str]] = {}
        for each in root.iter(MAIN + "c"):
            value = each.findtext(MAIN + "v")
            if value is not None:
                cells[each.get("r")] = (float(value), formats[int(each.get("s"))])
            else:
                text = "".join(each.itertext())
                if text:
                    cells[each.get("r")] = (text, "")
        merges = sorted(each.get("ref") for each in root.iter(MAIN + "mergeCell"))
        widths = {
            column_letters(int(each.get("min")) - 1): int(float(each.get("width"))) for each in root.iter(MAIN + "col")
        }
        out[sheet.get("name")] = (cells, merges, widths)
    return out


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("1,234", "1234", "#,##0_);(#,##0)"),
        ("(1,234.50)", "-1234.50", "#,##0.00_);(#,##0.00)"),
        ("$ (279)", "-279", '_("$ "#,##0_);_("$ "(#,##0)'),
        ("R$ 5", "5", '_("R$ "#,##0_);_("R$ "(#,##0)'),
        ("SFr 5.5", "5.5", '_("SFr "#,##0.0_);_("SFr "(#,##0.0)'),
        ("\u20a9 5", "5", '_("\u20a9 "#,##0_);_("\u20a9 "(#,##0)'),
        ("\u20b9 5.00", "5.00", '_("\u20b9 "#,##0_);_("\u20b9 "(#,##0)'),
        ("12.50%", "0.125", "#,##0.00%_);(#,##0.00%)"),
        ("5.00", "5.00", "#,##0_);(#,##0)"),
        ("66.00%", "0.66", "#,##0%_);(#,##0%)"),
        ("$ 1,234.", "1234", '_("$ "#,##0_);_("$ "(#,##0)'),
        ("1250.00%", "12.5", "#,##0%_);(#,##0%)"),
        ("0", "0", "#,##0_);(#,##0)"),
    ],
)
def test_numbers(text: Any, value: Any, code: Any) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.format) == (value, code)


@pytest.mark.parametrize("text", [" none ", "", "1e3", "INF", "2024-01-01", "a 1 b", "(1.25%)", ".5", "Bs. 5"])
def test_what_is_no_number(text: Any) -> None:
    assert parse_number(text) is None


def test_pages_that_are_not_the_secs_have_negative_percentages_as_numbers() -> None:
    report = income()
    report.language = "en"
    report.rows[0].cells[:] = [Cell("number", "(1.25%)", negative=True), Cell("text", "a &lt; b")]
    cells, _, _ = read_book(workbook([report]))["INCOME"]
    assert cells["B3"] == (-0.0125, "#,##0.00%_);(#,##0.00%)")
    assert cells["C3"][0] == "a < b"


def test_sheet_names_are_cut_and_made_unique() -> None:
    taken: set[str] = set()
    name = "CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS"
    assert sheet_name(name, taken) == "CONDENSED CONSOLIDATED STATEMEN"
    assert sheet_name(name.lower(), taken) == "condensed consolidated statem_2"
    assert sheet_name("A/B: caf\u00e9", taken) == "A_B_ caf_"
    assert [sheet_name("Note", taken) for _ in range(3)] == ["Note", "Note_2", "Note_2_3"]
    assert sheet_name("'Changes in Other Shareholders' Equity", taken) == "_Changes in Other Shareholders_"
    assert [sheet_name("", taken) for _ in range(2)] == ["Sheet1", "_2"]


def test_cells_merges_and_nothing_else() -> None:
    cells, merges, widths = read_book(workbook([income()]))["INCOME"]
    assert merges == ["A1:A2", "B1:C1"]
    assert cells["A1"] == ("INCOME - USD ($) $ in Millions", "")
    assert cells["B2"] == ("Dec. 31, 2024 USD ($)", "")
    assert cells["B4"] == (1234.0, '_("$ "#,##0_);_("$ "(#,##0)')
    assert cells["B5"] == (-200.0, "#,##0_);(#,##0)")
    assert cells["B8"] == (0.9, "#,##0%_);(#,##0%)")
    assert cells["C8"] == (" none ", "")
    assert cells["B3"] == ("\xa0", "")
    assert widths["B"] == 22


def test_footnotes_stand_in_one_cell() -> None:
    report = noted()
    report.footnotes = [(1, "restated"), (2, "restricted @ cost")]
    cells, merges, _ = read_book(workbook([report]))["BALANCE"]
    assert cells["A5"][0] == "[1]restated[2]restricted @ cost"
    assert {"A1:B1", "C1:D1", "A4:E4", "A5:E5"} <= set(merges)


def test_footnotes_with_markup_keep_what_starts_an_element() -> None:
    cells, _, _ = read_book(workbook([noted()]))["BALANCE"]
    assert cells["A5"][0] == "[1]restated[2] restricted"


def test_texts_stand_as_in_the_markup_of_the_page() -> None:
    report = income()
    report.rows[0].cells[0] = Cell("text", "R&D &lt; 5 <")
    cells, _, _ = read_book(workbook([report]))["INCOME"]
    assert cells["B3"][0] == "R&D &lt; 5 <"


def test_text_of_html_leaves_out_what_follows_a_child() -> None:
    assert html_text("<p>March 29,<br/>2025</p>\n <p>a&#160;@b</p>") == "March 29, a b"
    assert html_text("<p>March 29,<BR>2025<br class='x'>x</p><i>y</i>") == "March 29, y"


def test_column_letters() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_width_of_a_unit() -> None:
    assert unit_width("$ ") == pytest.approx(4.3)
    assert unit_width("") == 0


def test_same_pages_give_the_same_bytes() -> None:
    assert workbook([income(), noted()]) == workbook([income(), noted()])


def test_no_pages_give_an_empty_book() -> None:
    assert list(read_book(workbook([]))) == ["Sheet"]


def test_the_published_workbook(shared_data: Path) -> None:
    folder = shared_data / "expected" / "aapl-2025q2-10q"
    reports = []
    for each in etree.parse(folder / "FilingSummary.xml").getroot().iter("Report"):
        name = each.findtext("HtmlFileName")
        if name is not None:
            report = read_page((folder / name).read_bytes(), name)
            report.short_name = each.findtext("ShortName")
            reports.append(report)
    assert read_book(workbook(reports)) == read_book((folder / "Financial_Report.xlsx").read_bytes())
