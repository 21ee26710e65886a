"""From a cell to its facts, in every format that can tell: the SEC's own pages cannot."""

from __future__ import annotations

import io
import json
import re
import zipfile

from recto.instance.model import Fact
from recto.names import QName
from recto.rendering.model import Report
from recto.rendering.writers.folder import page_as
from recto.rendering.writers.html import PageWriter, single_page
from recto.rendering.writers.xlsx import workbook

from .samples import income, noted


def _fact(identifier: str) -> Fact:
    name = QName("http://acme.example", "Sales")
    return Fact(identifier, name, None, None, None, "u", None, "1", False, 0, None, None, "acme.htm", 1, 0)


def _page(*identifiers: str) -> Report:
    report = income()
    report.rows[1].cells[0].facts = tuple(map(_fact, identifiers))
    return report


def test_json_names_the_facts_of_each_cell() -> None:
    rows = json.loads(page_as(_page("f-1", "f-2"), "json"))["rows"]
    assert rows[1]["cells"][0]["facts"] == ["f-1", "f-2"]


def test_markdown_ends_with_a_comment_that_leads_to_the_facts() -> None:
    text = page_as(_page("f-1", "f-2"), "md")
    assert text.endswith("\n\n<!-- facts\n2 | f-1 f-2 |\n-->\n")
    assert "<!--" not in page_as(income(), "md")


def test_no_identifier_ends_the_comment() -> None:
    text = page_as(_page("a--><script>", "b | c"), "md")
    assert text.count("-->") == 1
    assert "2 | a%2D%2D%3E%3Cscript%3E b%20%7C%20c |" in text


def test_html_of_ours_tells_facts_and_the_secs_does_not() -> None:
    page = single_page(_page('f"1')).decode()
    assert re.findall(r'<td data-facts="([^"]*)" class="nump">\$ 1,234<', page) == ["f&quot;1"]
    assert b"data-facts" not in PageWriter().page(_page("f-1"))


def test_cells_with_footnotes_tell_facts_too() -> None:
    report = noted()
    row = next(row for row in report.rows for cell in row.cells if cell.kind == "number")
    row.cells[0].facts = (_fact("f-9"),)
    assert single_page(report).count(b'data-facts="f-9"') == 1


def test_notebooks_tell_facts() -> None:
    assert '<td data-facts="f-1" style="text-align:right;white-space:nowrap">$ 1,234' in _page("f-1")._repr_html_()


def test_workbooks_name_the_cells_that_show_facts() -> None:
    data = workbook([_page("f-1", "f<2"), income()], title="t")
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml").decode()
    assert re.findall(r"<definedName .*?</definedName>", part) == [
        '<definedName name="fact.R4.B4" comment="f-1 f&lt;2">\'INCOME\'!$B$4</definedName>'
    ]
