"""What notebooks show for filings, pages, facts and concepts."""

from __future__ import annotations

from pathlib import Path

from lxml import html

import recto


def test_reprs_are_well_formed_tables_that_say_what_stands_there(data: Path) -> None:
    filing = recto.open(data / "equity", taxonomies=[data / "mirror"], offline=True)
    listing = html.fromstring(filing._repr_html_())
    titles = [row[-1].text_content() for row in listing.iter("tr")][1:]
    assert titles == [" ".join(report.title.split()) for report in filing.reports]
    for report in filing.reports:
        page = html.fromstring(f"<div>{report._repr_html_()}</div>")
        shown = [cell.text_content() for cell in page.iter("td")]
        for row in report.rows:
            assert any(row.label in text for text in shown)
            assert all(cell.text in shown for cell in row.cells if cell.kind == "number")
    fact = next(fact for fact in filing.facts if fact.concept is not None and not fact.nil)
    assert fact.concept is not None
    text = html.fromstring(fact._repr_html_()).text_content()
    assert fact.concept.name in text
    assert fact.value in text.replace(",", "")
    assert fact.document.rpartition("/")[2] in text
    assert fact.concept.qname.namespace in html.fromstring(fact.concept._repr_html_()).text_content()
