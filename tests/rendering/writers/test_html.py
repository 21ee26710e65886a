from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from recto.rendering.model import Cell, Column, Report, Row
from recto.rendering.reader import read_page
from recto.rendering.writers.html import PUBLISHED, PageWriter, is_standard_prefix
from recto.rendering.writers.lines import normalize_space

from .samples import income, noted, number


def test_title_and_two_header_rows() -> None:
    page = PageWriter().page(income()).decode("ascii")
    assert (
        '<th class="tl" colspan="1" rowspan="2"><div style="width: 200px;"><strong>INCOME - USD ($)<br> $ in Millions'
        "</strong></div></th>\n"
        '<th class="th" colspan="2">12 Months Ended</th>\n</tr>\n<tr>\n<th class="th">\n<div>Dec. 31, 2024 </div>\n'
        "<div>USD ($)</div>\n</th>" in page
    )


def test_row_classes_alternate_over_all_rows() -> None:
    tree = html.fromstring(PageWriter().page(income()))
    classes = [row.get("class") for row in tree.xpath('//table[@id="id2"]/tr[@class]')]
    assert classes == ["re", "ro", "re", "rou", "rh", "ro", "re"]


def test_cells() -> None:
    page = PageWriter().page(income()).decode("ascii")
    assert '<td class="nump">$ 1,234<span></span>\n</td>' in page
    assert '<td class="num">(200)<span></span>\n</td>\n<td class="text"> <span></span>\n</td>' in page
    assert '<td class="nump"> none <span></span>\n</td>' in page
    assert '<td class="text"><p>Caf&#233; &amp; bar</p><table>' in page
    assert '<td class="text">&#160;<span></span>\n</td>' in page


def test_labels_are_escaped_collapsed_and_linked() -> None:
    page = PageWriter().page(income()).decode("ascii")
    assert "<strong>Revenues &amp; gains:</strong></a></td>" in page
    assert "onclick=\"top.Show.showAR( this, 'defref_us-gaap_Revenues', window );\">Net sales</a>" in page
    assert "'defref_srt_Axis=acme_EuropeMember'" in page
    assert PageWriter(PUBLISHED).page(income()).decode().count("top.Show") == 0


@pytest.mark.parametrize(
    ("element", "standard"),
    [
        ("us-gaap_Cash", True),
        ("ip_X", True),
        ("NoPrefix", True),
        ("aapl_X", False),
        ("ecd_X", False),
        ("srt_A_B", True),
    ],
)
def test_custom_prefix_is_a_substring_test(element: Any, standard: Any) -> None:
    assert is_standard_prefix(element) is standard


def test_footnote_columns_and_spans() -> None:
    tree = html.fromstring(PageWriter().page(noted()))
    head, cash, assets, blank, notes = tree.xpath('//table[@id="id2"]/tr')
    assert [(th.get("colspan"), th.text_content()) for th in head] == [
        ("2", "BALANCE"),
        ("2", "Dec. 31, 2024"),
        (None, "Dec. 31, 2023"),
        (None, "[1]"),
    ]
    assert [(td.get("class"), td.get("colspan"), td.text_content().strip()) for td in cash] == [
        ("pl", None, "Cash"),
        ("th", None, ""),
        ("nump", None, "$ 5"),
        ("fn", None, "[2],[3]"),
        ("nump", "2", "$ 4"),
    ]
    assert assets[1].text_content() == "[4]"
    assert blank[0].get("colspan") == notes[0].get("colspan") == "5"
    assert [row.text_content().split() for row in notes.xpath(".//tr")][1] == ["[2]", "restricted"]


def test_an_empty_text_has_no_marks() -> None:
    report = noted()
    report.rows[0].cells[0] = Cell("text", "", footnotes=(2,))
    assert b'<td class="fn" style="border-bottom: 0px;"></td>' in PageWriter().page(report)


def test_panels_first_block_is_open() -> None:
    page = PageWriter().page(income()).decode("ascii")
    assert ">- Definition</a><div><p>Sales &lt;net&gt;.</p></div>" in page
    assert '>+ References</a><div style="display: none;"><p>No definition available.</p></div>' in page
    member = page[page.index('id="defref_srt_Axis=acme_EuropeMember"') :]
    assert ">- Details</a><div><table" in member
    assert "Definition" not in member


def test_an_empty_documentation_label_is_no_definition() -> None:
    report = income()
    for panel in report.panels:
        panel.definition = ""
    page = PageWriter().page(report).decode("ascii")
    assert "Definition</a>" not in page
    assert ">- References</a><div><p>No definition available.</p></div>" in page


def test_unlabeled_page_has_no_label_cells() -> None:
    report = income()
    report.show_label_column = False
    tree = html.fromstring(PageWriter().page(report))
    assert not tree.xpath('//td[contains(@class,"pl")]')
    assert not tree.xpath('//th[contains(@class,"tl")]')


def test_elements_page() -> None:
    rows = [Row(1, "item", "Cash", [number("5")], element="us-gaap_Cash")]
    report = Report(9999, "R9999", "r", "U", "U", "U", "", [Column(1, ("x",))], rows, show_elements=True)
    tree = html.fromstring(PageWriter().page(report))
    assert [th.text_content() for th in tree.xpath("//th")] == ["Label", "Element", "Value"]
    assert [td.text_content().strip() for td in tree.xpath("//table[@id]/tr[2]/td")] == ["Cash", "us-gaap_Cash", "5"]


def test_embedded_report_and_image() -> None:
    cells = [Cell("embedded", embedded=noted()), Cell("embedded", image="BarChart1.png")]
    rows = [Row(1, "item", "Fees", cells, element="rr_Fees")]
    report = Report(1, "R1", "r", "l", "s", "t", "", [Column(1, ("a",)), Column(2, ("b",))], rows, has_embedded=True)
    page = PageWriter().page(report).decode("ascii")
    assert '<td>\n<table class="report" border="0" cellspacing="2">\n<tr>' in page
    assert '<td>\n<img alt="Bar Chart" src="BarChart1.png"><span></span>\n</td>' in page


def test_too_large_page_is_a_stub() -> None:
    report = income()
    report.too_large = True
    assert b"Not available" in PageWriter().page(report)


def test_normalize_space_keeps_no_break_spaces() -> None:
    assert normalize_space(" a \n b\xa0 c ") == "a b\xa0 c"


@pytest.mark.parametrize("report", [income(), noted()], ids=["income", "noted"])
def test_reading_a_page_and_writing_it_gives_the_same_bytes(report: Any) -> None:
    page = PageWriter().page(report)
    again = read_page(page, "R4.htm")
    assert PageWriter().page(again) == page
    assert again.title == report.title
    assert again.rows[0].label == report.rows[0].label


def test_every_expected_page_survives_the_round_trip(shared_data: Path) -> None:
    writer, differing = PageWriter(), []
    for path in sorted((shared_data / "expected").glob("*/R*.htm")):
        data = path.read_bytes()
        if writer.page(read_page(data, path.name)) != data:
            differing.append(f"{path.parent.name}/{path.name}")
    assert not differing


def test_a_page_without_labels_has_no_marks_of_rows() -> None:
    report = noted()
    report.rows[0].footnotes = (1,)
    with_labels = PageWriter().page(report)
    report.show_label_column = False
    page = PageWriter().page(report)
    assert b'<td class="th"' in with_labels
    assert b'<td class="th"' not in page


def test_an_empty_text_is_a_no_break_space() -> None:
    column = Column(1, ("Total",))
    rows = [Row(1, "item", "Name", [Cell("text", "")]), Row(2, "item", "Note", [Cell("html", "")])]
    page = PageWriter().page(Report(1, "R1", "r", "l", "s", "t", "", [column], rows)).decode()
    assert page.count('<td class="text">&#160;<span></span>\n</td>') == 2


def test_captions_end_without_a_blank_even_where_the_last_one_stands_above() -> None:
    column = Column(1, ("Dec. 31, 2024", "Assets", "Contracts Ended"))
    page = PageWriter().page(Report(1, "R1", "r", "l", "s", "t", "", [column], [])).decode()
    assert "<div>Dec. 31, 2024 </div>\n<div>Assets</div>" in page


def test_a_page_that_is_too_large_has_no_table() -> None:
    report = income()
    report.too_large = True
    page = PageWriter().page(report)
    assert b"<table" not in page
    assert b"Not available" in page
