"""Filing indicators in both of their forms: read, shown, saved, and no duplicates of each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import recto
from recto.rules import validate
from recto.saving import save
from recto.viewer import Description

REPORT = """<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:find="http://www.eurofiling.info/xbrl/ext/filing-indicators">
<link:schemaRef xlink:type="simple" xlink:href="http://www.eba.europa.eu/eu/fr/xbrl/crr/fws/case/1.0/mod/case.xsd"/>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="https://eurofiling.info/eu/rs">A.CON</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
<find:fIndicators><find:filingIndicator contextRef="c">C_01.00</find:filingIndicator>
<find:filingIndicator contextRef="c" find:filed="false">C_02.00</find:filingIndicator></find:fIndicators>
</xbrli:xbrl>"""
EXPECTED = [("C_01.00", True), ("C_02.00", False)]


def opened(path: Path) -> recto.Filing:
    return recto.open(path, offline=True, use_cache=False)


@pytest.fixture
def filing(tmp_path: Path) -> recto.Filing:
    path = tmp_path / "r.xbrl"
    path.write_text(REPORT)
    return opened(path)


def said(filing: recto.Filing) -> list[tuple[str, bool]]:
    return [(each.template, each.filed) for each in filing.filing_indicators]


def test_read(filing: recto.Filing) -> None:
    assert said(filing) == EXPECTED


def test_a_page_of_their_own(filing: recto.Filing) -> None:
    (page,) = filing.reports
    assert page.title == "Filing indicators"
    assert [(row.label, row.cells[0].text) for row in page.rows] == [("C_01.00", "True"), ("C_02.00", "False")]
    assert page.columns[0].labels == ("31 Dec 2024",)
    assert [fact.pages for fact in filing.facts if fact.context is not None] == [("R1",), ("R1",)]
    assert "each template" in page.explain()[0].text
    for asked in ((1,), (None, 1), (1, 1)):
        (decision,) = page.explain(*asked)
        assert decision.clause == "Filing Indicators 1.0"
    assert len(Description(filing).explain(page).rows) == 2
    ((_, reason),) = filing.explainer.left_out()
    assert "it holds the filing indicators" in reason.text


def test_what_is_said_twice_is_shown_twice(tmp_path: Path) -> None:
    path = tmp_path / "r.xbrl"
    path.write_text(REPORT.replace("C_02.00", "C_01.00"))
    (page,) = opened(path).reports
    assert [row.label for row in page.rows] == ["C_01.00", "C_01.00"]


def test_no_duplicates(filing: recto.Filing) -> None:
    assert not [each for each in validate(filing, ["duplicates"]) if "uplicate" in each.code]


@pytest.mark.parametrize("name", ["saved.json", "saved.csv", "saved.xbrl"])
def test_saved(filing: recto.Filing, tmp_path: Path, name: str) -> None:
    """JSON and CSV know no tuples: there the indicators are facts with a dimension (Filing Indicators 1.0)."""
    save(filing, tmp_path / name)
    again = opened(tmp_path / name.replace(".csv", ".json"))
    assert said(again) == EXPECTED
    assert again.reports[0].title == "Filing indicators"


def test_from_json_to_xml(filing: recto.Filing, tmp_path: Path) -> None:
    save(filing, tmp_path / "one.json")
    content = json.loads((tmp_path / "one.json").read_text())
    assert [each["value"] for each in content["facts"].values()] == ["true", "false"]
    save(opened(tmp_path / "one.json"), tmp_path / "two.xbrl")
    assert said(opened(tmp_path / "two.xbrl")) == EXPECTED
