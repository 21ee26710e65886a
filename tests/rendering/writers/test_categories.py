from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from recto.rendering.categories import file_reports, menu_categories
from recto.rendering.model import RenderedFiling, RenderedInstance, Report


@pytest.mark.parametrize(
    ("names", "categories"),
    [
        (
            ["1 - Document - Cover", "2 - Statement - Income", "3 - Statement - Income (Parenthetical)"],
            ["Cover", "Statements", "Statements"],
        ),
        (
            ["1 - Statement - A", "2 - Disclosure - B", "3 - Disclosure - C (Policies)"],
            ["Statements", "Notes", "Policies"],
        ),
        (
            ["1 - Disclosure - A (Tables)", "2 - Disclosure - B (Details)", "3 - Disclosure - C"],
            ["Tables", "Details", "Uncategorized"],
        ),
        (
            ["1 - Disclosure - A (Details)", "2 - Disclosure - B", "3 - Disclosure - C"],
            ["Details", "Uncategorized", "Cover"],
        ),
        (["1 - Statement - A", "2 - Disclosure - B\n(Details)"], ["Statements", "Notes"]),
        (["1 - Statement - A", "2 -- Disclosure (Parenthetical)"], ["Statements", "Notes"]),
    ],
)
def test_the_state_machine(names: Any, categories: Any) -> None:
    assert menu_categories(names) == categories


def test_risk_return_pages_are_of_one_category() -> None:
    assert menu_categories(["a", "b"], risk_return=True) == ["Risk/Return", "Risk/Return"]


def _report(number: int, name: str) -> Report:
    return Report(number, f"R{number}", f"role{number}", f"{number} - Disclosure - {name}", name, name, "", [], [])


def test_parents_need_four_fifths_of_the_name() -> None:
    names = ["Revenue", "Revenue (Tables)", "Revenue - Disaggregated (Details)", "Revenues (Details)"]
    filing = RenderedFiling(
        [RenderedInstance(None, [_report(0, "Cover"), *(_report(i + 1, n) for i, n in enumerate(names))])]
    )
    file_reports(filing)
    assert [report.parent_role for report in filing.reports] == [None, None, "role1", None, "role2"]
    assert [report.position for report in filing.reports] == [1, 2, 3, 4, 5]


def test_second_page_of_the_second_instance_is_the_default() -> None:
    filing = RenderedFiling([RenderedInstance(None, [_report(1, "A"), _report(2, "B")]) for _ in range(2)])
    file_reports(filing)
    assert [report.is_default for report in filing.reports] == [False, False, False, True]


def test_expected_summaries_give_the_same(shared_data: Path) -> None:
    fields = ("HtmlFileName", "MenuCategory", "ReportType", "Position", "ParentRole", "IsDefault")
    for path in sorted((shared_data / "expected").glob("*/FilingSummary.xml")):
        given = [each for each in etree.parse(path).getroot().iter("Report") if each.find("HtmlFileName") is not None]
        instances: dict[str, RenderedInstance] = {}
        for each in given:
            stem = each.findtext("HtmlFileName")[:-4]
            report = Report(
                0, stem, each.findtext("Role"), each.findtext("LongName"), each.findtext("ShortName"), "", "", [], []
            )
            rendered = instances.setdefault(each.get("instance"), RenderedInstance(None))
            if stem.startswith("R99") and len(stem) == 5:
                rendered.uncategorized = report
            else:
                rendered.reports.append(report)
        filing = RenderedFiling(list(instances.values()))
        file_reports(filing, risk_return=given[0].findtext("MenuCategory") == "Risk/Return")
        for each, report in zip(given, filing.reports, strict=True):
            values = (
                f"{report.stem}.htm",
                report.category,
                report.report_type,
                str(report.position),
                report.parent_role,
            )
            expected = tuple(each.findtext(name) for name in fields)
            assert (*values, str(report.is_default).lower()) == expected, path
