"""Filings with faults: each gives its finding, with document and line, and the pages that can be made are made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import recto

Edit = Callable[[str], str]

LINE = '  <us-gaap:Cash contextRef="c20241231" unitRef="USD" decimals="-3">420000</us-gaap:Cash>'


def _schema_cut_short(text: str) -> str:
    return text[: text.index("<link:labelLink")]


FAULTS: dict[str, tuple[str, Edit, str, str]] = {
    "undefined concept": (
        ".xml",
        lambda text: text.replace("us-gaap:PaymentsOfDividends", "us-gaap:PaymentsOfBribes"),
        "xbrl:schemaImportMissing",
        "Statement of Cash Flows",
    ),
    "fact without context": (
        ".xml",
        lambda text: text.replace(LINE, LINE.replace("c20241231", "c2042")),
        "xbrl.4.6.1:itemContextRef",
        "Statement of Cash Flows",
    ),
    "fact without unit": (
        ".xml",
        lambda text: text.replace(LINE, LINE.replace('"USD"', '"EUR"')),
        "xbrl.4.6.2:numericUnit",
        "Statement of Cash Flows",
    ),
    "unknown role": (
        ".xsd",
        lambda text: text.replace('roleURI="http://www.example.org/mill/role/CashFlows">', 'roleURI="http://other">'),
        "EFM.6.07.12",
        "Statement of Stockholders' Equity",
    ),
    "missing schema": (
        ".xsd",
        lambda text: text.replace("xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd", "xbrl.fasb.org/absent.xsd"),
        "recto:missingDocument",
        "",
    ),
    "truncated schema": (".xsd", _schema_cut_short, "xml:", "Statement of Cash Flows"),
    "truncated instance": (
        ".xml",
        lambda text: text[: text.index(LINE) + 40],
        "xml:",
        "Statement of Stockholders' Equity",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_and_does_not_stop_the_rest(fault: str, data: Path, tmp_path: Path) -> None:
    suffix, edit, code, page = FAULTS[fault]
    for source in (data / "equity").iterdir():
        text = source.read_text("utf-8")
        changed = edit(text) if source.suffix == suffix else text
        assert (changed != text) == (source.suffix == suffix)
        (tmp_path / source.name).write_text(changed, "utf-8")
    with recto.open(tmp_path, taxonomies=[data / "mirror"], offline=True) as filing:
        filing.render(tmp_path / "pages")
        titles = [report.short_name for report in filing.reports]
        told = [*filing.findings, *filing.rendered.findings]
        found = [finding for finding in told if finding.code.startswith(code)]
    assert found, sorted({finding.code for finding in told})
    assert all(finding.document and finding.line for finding in found), found
    assert found[0].message
    if page:
        assert page in titles
    assert filing.coverage().lost == 0
