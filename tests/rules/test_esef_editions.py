"""Rules of later editions of the Reporting Manual, each on a small report of ours that uses that year's taxonomy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recto.findings import Finding
from tests.rules import small_esef as small
from tests.rules.small_esef import REPORT, SCHEMA, Esef

BODY, RESOURCES = "<!-- body -->", "<!-- resources -->"
Told = Callable[..., dict[str, str]]
CODES = {
    "ESEF.1.3.3.emptyTextBlock",
    "ESEF.1.4.1.differentExtensionDataType",
    "ESEF.2.1.2.inappropriateInstantDate",
    "ESEF.2.2.5.roundedValueBelowScaleNotNull",
    "ESEF.2.2.7.improperApplicationOfEscapeAttribute",
    "ESEF.2.2.8.missingFactID",
    "ESEF.2.5.4.displayNoneUsedToHideTaggedFacts",
    "ESEF.3.4.1.IncorrectSummationItemArcroleUsed",
}
ANCHORED = (small.DEF, "ifrs-full_CurrentAssets", "ifrs-full_Share")


@pytest.fixture
def told(esef: Esef) -> Told:
    def find(year: int, *changes: tuple[str, str, str]) -> dict[str, str]:
        """Codes of later editions with their severities, where the report uses the taxonomy of a year besides."""
        namespace = f"http://www.esma.europa.eu/taxonomy/{year}-03-27/esef_all"
        imported = f'<xs:import namespace="{namespace}" schemaLocation="later.xsd"/>'
        schema = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}"/>'
        found: list[Finding] = esef(
            (SCHEMA, "<!-- elements -->", ""),
            (SCHEMA, "<xs:import ", f"{imported}<xs:import "),
            *changes,
            more={"example.com/2021/later.xsd": schema},
            rules=["esef"],
        )
        return {each.code: each.severity for each in found if each.code in CODES}

    return find


def body(content: str) -> tuple[str, str, str]:
    return (REPORT, BODY, content)


NEW_YEAR = (
    small._CONTEXT.format("new", "<xbrli:instant>2022-01-01</xbrli:instant>"),
    small.fact("ifrs-full:EquityAndLiabilities", "7", context="new"),
)


@pytest.mark.parametrize(
    ("code", "severity", "since", "changes"),
    [
        (
            "ESEF.2.5.4.displayNoneUsedToHideTaggedFacts",
            "error",
            2022,
            [body(f'<div style="color: red;display : none">{small.fact("ifrs-full:EquityAndLiabilities", "7")}</div>')],
        ),
        (
            "ESEF.2.1.2.inappropriateInstantDate",
            "error",
            2024,
            [(REPORT, RESOURCES, NEW_YEAR[0]), body(NEW_YEAR[1])],
        ),
        (
            "ESEF.2.2.5.roundedValueBelowScaleNotNull",
            "warning",
            2024,
            [body(small.fact("ifrs-full:EquityAndLiabilities", "0.3"))],
        ),
        (
            "ESEF.2.2.7.improperApplicationOfEscapeAttribute",
            "error",
            2024,
            [body(small.text("ifrs-full:Notes", "Words"))],
        ),
        (
            "ESEF.1.3.3.emptyTextBlock",
            "warning",
            2024,
            [body(small.text("ifrs-full:Notes", "", 'escape="true"'))],
        ),
        ("ESEF.1.4.1.differentExtensionDataType", "warning", 2024, [ANCHORED]),
    ],
)
def test_rules_of_an_edition(
    told: Told, code: str, severity: str, since: int, changes: list[tuple[str, str, str]]
) -> None:
    assert told(since, *changes).get(code) == severity
    assert code not in told(since)
    assert code not in told(2021, *changes)


def test_what_all_reports_of_an_edition_have(told: Told) -> None:
    """The small report has facts without ids, and sums of XBRL 2.1."""
    assert told(2021) == {}
    assert told(2024) == {
        "ESEF.2.2.8.missingFactID": "warning",
        "ESEF.3.4.1.IncorrectSummationItemArcroleUsed": "error",
    }


def test_escape_is_for_text_blocks(told: Told) -> None:
    code = "ESEF.2.2.7.improperApplicationOfEscapeAttribute"
    assert code not in told(2024, body(small.text("ifrs-full:Notes", "Words", 'escape="true"')))
    name = f'name="ifrs-full:{small.IDENTITY[0]}"'
    assert code in told(2024, (REPORT, name, f'{name} escape="true"'))


def test_hidden_facts_are_hidden_by_their_element(told: Told) -> None:
    """The header itself is not displayed."""
    hidden = f"<ix:hidden>{small.text('ifrs-full:Notes', 'x').removeprefix('<p>').removesuffix('</p>')}</ix:hidden>"
    assert "ESEF.2.5.4.displayNoneUsedToHideTaggedFacts" not in told(2024, (REPORT, "<!-- hidden -->", hidden))
