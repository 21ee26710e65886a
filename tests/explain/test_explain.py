"""Pages that explain themselves: decisions about pages, rows, columns, cells, and facts that no page shows."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.errors import UsageError
from recto.explain import Decision, Explainer
from recto.rendering import render_reports
from recto.rendering.candidate import Candidate
from recto.rendering.model import Report
from recto.rendering.recorder import Recorder
from tests.rendering.small import Small
from tests.viewer.sweep import entries, reason_problems


def explained(small: Small) -> tuple[Explainer, list[Report]]:
    recorder = Recorder()
    rendered = render_reports([small.load()], recorder=recorder)
    return Explainer(rendered, recorder), rendered.reports


def texts(decisions: list[Decision], rule: str) -> list[str]:
    return [each.text for each in decisions if each.rule == rule]


def money() -> Small:
    small = Small()
    small.abstract("Head", label="Head")
    small.concept("Sales", label="Sales")
    small.labels["Sales", "negated"] = "Less sales"
    small.concept("Cash", "money", "instant", label="Cash", periodStart="Opening", periodEnd="Closing")
    small.concept("Price", "per share", label="Price")
    return small


def test_a_page_tells_its_place_title_layout_and_scale() -> None:
    small = money()
    small.page("2 - Disclosure - Amounts (Details)", "Head\n  Sales\n  Price")
    small.fact("Sales", "2024", "7000000", "usd", -6)
    small.fact("Sales", "2023", "6000000", "usd", -3)
    small.fact("Price", "2024", "1.5", "usd_per_share", 2)
    explainer, (report,) = explained(small)
    page = explainer.page(report)
    assert "'2 - Disclosure - Amounts (Details)'" in texts(page, "order")[0]
    assert texts(page, "layout") == ["As a disclosure, it has concepts on rows and periods and units on columns."]
    scaled, unscaled, told = texts(page, "scale")
    assert "multiplied by 10^-3" in scaled
    assert "the most accurate have -3" in scaled
    assert "t:Price of Dec. 31, 2024 (f2) has decimals 2" in unscaled
    assert told.endswith("'$ / shares in Units, $ in Thousands'.")
    assert any("'USD ($)' is added" in text for text in texts(page, "title"))
    assert {each.clause for each in page} >= {"2.1", "16.1", "12.2", "8", "6.2", "13.1", "13.3"}


def test_a_column_that_went_is_explained_where_it_went() -> None:
    small = money()
    small.page("1 - Statement - Income", "Head\n  Sales\n  Cash")
    small.page("2 - Disclosure - More (Details)", "Head\n  Cash")
    small.fact("Sales", "2024", "7", "usd", 0)
    small.fact("Cash", "2022-12-31", "5", "usd", 0)
    explainer, reports = explained(small)
    hidden = explainer.hidden_columns(reports[0])
    assert [each.clause for each in hidden] == ["11.5"]
    assert "the instant Dec. 31, 2022" in hidden[0].text
    assert "is shown on some other page" in hidden[0].text
    kept = explainer.answer(reports[0], None, 1)
    assert texts(kept, "column-kept")


def test_a_fact_of_a_merged_column_is_explained_by_the_rule_that_merged_it() -> None:
    small = money()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales\n  Price\n  Cash")
    small.fact("Sales", "2024", "7", "usd", 0)
    small.fact("Price", "2024", "1.5", "usd_per_share", 2)
    small.fact("Cash", "2024-12-31", "5", "usd", 0)
    explainer, (report,) = explained(small)
    merged = [
        [(each.clause, each.text) for each in explainer.answer(report, row, 1) if each.rule == "merged"]
        for row in ("Sales", "Price", "Cash")
    ]
    assert [[clause for clause, _ in each] for each in merged] == [[], ["11.2"], ["11.3"]]
    assert merged[1][0][1].startswith("It comes from the column of the 12 months ended Dec. 31, 2024, $ / shares: ")


@pytest.mark.parametrize(
    ("facts", "row", "reason"),
    [
        ([("Sales", "usd"), ("Price", "usd_per_share"), ("Old", "usd")], "Price", "the title tells the one that"),
        ([("Sales", "usd"), ("More", "usd"), ("Count", "shares")], "Sales", "its unit is that of most rows"),
        ([("Sales", "usd"), ("More", "usd"), ("Count", "shares")], "Count", None),
        ([("Sales", "usd"), ("Sales", "eur"), ("Count", "shares")], "Sales", "its facts are of several"),
    ],
)
def test_why_a_row_tells_no_unit(facts: list[tuple[str, str]], row: str, reason: str | None) -> None:
    small = money()
    small.concept("More", label="More")
    small.concept("Count", "shares", label="Count")
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales\n  More\n  Price\n  Count")
    for name, unit in facts:
        small.fact(name.replace("Old", "Sales"), "2023" if name == "Old" else "2024", "7", unit, 0)
    explainer, (report,) = explained(small)
    told = [each for each in explainer.answer(report, row, None) if each.rule == "unit"]
    assert [each.clause for each in told] == ([] if reason is None else ["15.2"])
    assert all(str(reason) in each.text for each in told)


def test_signs_labels_and_empty_cells() -> None:
    small = money()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales @negated\n  Price @terse")
    small.fact("Sales", "2024", "7", "usd", 0)
    small.fact("Price", "2023", "1", "usd_per_share", 0)
    explainer, (report,) = explained(small)
    row = explainer.answer(report, 2, None)
    assert "'Less sales' is the negated label of t:Sales" in texts(row, "label")[0]
    assert texts(row, "sign")
    cell = explainer.answer(report, "sales", 1)
    assert "t:Sales of Dec. 31, 2024 (f0), reported as '7'" in texts(cell, "fact")[0]
    assert texts(cell, "sign")
    assert texts(explainer.answer(report, 1, 2), "empty")
    assert "has no terse label" in texts(explainer.answer(report, 3, None), "label")[0]
    (abstract,) = texts(explainer.answer(report, 1, None), "label")
    assert abstract.endswith("is its standard label, for which its last place in the tree asks.")
    with pytest.raises(UsageError, match="no row 9"):
        explainer.answer(report, 9, None)
    with pytest.raises(UsageError, match="no column of R1 is called 'Mars'"):
        explainer.answer(report, 1, "Mars")


def test_every_fact_that_is_left_out_has_its_reason() -> None:
    small = money()
    small.axis("Segment", "All")
    small.members("All West")
    small.page("1 - Statement - Income", "Head\n  Sales")
    small.fact("Sales", "2024", "7", "usd", 0)
    small.fact("Sales", "2024", "7", "usd", 0)
    explainer, (report,) = explained(small)
    ((fact, decision),) = explainer.left_out()
    assert fact.id == "f1"
    assert decision.clause == "3.3"
    assert decision.text == "It duplicates f0, which is shown on R1; the first of the two is shown."
    assert explainer.fact(fact) == [decision]
    assert texts(explainer.answer(report, "sales", 1), "duplicate") == [
        "f1, '7', is of the same concept, context and unit; of both f0 is shown: the first of the two is shown."
    ]
    assert texts(explainer.answer(report, None, 1), "order") == []  # there is but one period
    shown = next(each for each in fact_list(explainer) if each.id == "f0")
    assert explainer.fact(shown)[0].text == "It is shown on R1."


def fact_list(explainer: Explainer) -> list[recto.Fact]:
    return [fact for each in explainer._rendered.instances for fact in each.instance.facts]


def test_pages_are_the_same_with_and_without_a_recorder(data: Path) -> None:
    def opened() -> recto.Filing:
        return recto.open(data / "equity", taxonomies=[data / "mirror"], offline=True)

    plain, heard = opened(), opened()
    assert heard.explainer is heard.explainer
    assert [repr(each.rows) for each in plain.reports] == [repr(each.rows) for each in heard.reports]
    report = plain.report("R2")
    assert report.explain() == heard.report("R2").explain()
    assert report.explain(1, 1)


def test_of_duplicates_the_reason_says_which_is_shown_and_whether_they_agree() -> None:
    small = money()
    small.page("1 - Statement - Income", "Head\n  Sales\n  Cash")
    small.fact("Sales", "2024", "7000", "usd", -3)
    small.fact("Sales", "2024", "7200", "usd", 0)
    explainer, _ = explained(small)
    ((fact, decision),) = explainer.left_out()
    assert fact.id == "f0"
    assert "the more accurate of the two is shown (decimals 0, here -3), and their values differ" in decision.text


def test_a_fact_without_a_valid_context_or_declaration_says_where_that_is_told(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inline"
    shutil.copytree(data / "inline", folder)
    document = folder / "orchard-20241231.htm"
    text = document.read_text("utf-8")
    period = "<xbrli:instant>2024-12-31</xbrli:instant>"
    assert period in text
    text = text.replace(period, "<xbrli:instant>soon</xbrli:instant>", 1)
    document.write_text(text.replace('us-gaap:Cash"', 'us-gaap:Purse"'), "utf-8")
    filing = recto.open(folder, taxonomies=[data / "mirror"], offline=True)
    told = {fact.id: decision.text for fact, decision in filing.explainer.left_out()}
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "soon" in each)
    assert f", line {line})" in told["inventory-2024"]
    assert "its context 'I2024' is invalid (" in told["inventory-2024"]
    assert any(
        each.startswith("No page can show it, because no schema that the report leads to") for each in told.values()
    )


def test_samples_leave_no_fact_without_a_reason(shared_data: Path) -> None:
    """A share of the samples; `python tests/viewer/sweep.py` asks it of all."""
    mirror = [shared_data / "taxonomies"]
    packages = sorted((shared_data / "packages").glob("*.zip"))
    own = [each for name, each in entries(shared_data / "filings") if name.startswith("sec-")]
    chosen = [*own[::3], *(shared_data / "filings" / name for name in ("aapl-2025q2-10q", "clx-2022-10k"))]
    world = [each for _, each in [*entries(shared_data / "world")][1::10] if each.exists()]
    for path, taxonomies in [*((each, mirror) for each in chosen), *((each, [*mirror, *packages]) for each in world)]:
        with recto.open(path, taxonomies=taxonomies, offline=True) as filing:
            assert list(reason_problems(filing)) == [], path


def reasons(explainer: Explainer, fact: str) -> list[tuple[str, str]]:
    (found,) = [each for each in fact_list(explainer) if each.id == fact]
    return [(each.clause, each.text) for each in explainer.fact(found)]


def test_facts_on_the_page_of_uncategorized_ones_tell_why_no_other_shows_them() -> None:
    small = money()
    small.axis("Segment", "All")
    small.members("All West")
    small.page("1 - Disclosure - Segments", "Head\n  Segment\n  Sales")  # an axis without members
    small.page("2 - Disclosure - Cash", "Head\n  Cash @periodEnd\n  Price")
    small.concept("Tax", label="Tax")
    small.fact("Sales", "2024", "7", "usd", 0, {"Segment": "West"})
    small.fact("Cash", "2023-12-31", "1", "usd", 0)
    small.fact("Price", "2024", "1.5", "usd_per_share", 2)
    small.fact("Tax", "2024", "3", "usd", 0)
    explainer, (cash, rest) = explained(small)
    shown = ("9", f"It is shown on {rest.stem}.")
    axis = "Not on '1 - Disclosure - Segments': an axis of its tree has no members below it, so there is no page."
    assert reasons(explainer, "f0") == [shown, ("4.4", axis)]
    closes = "no period of the page closes with its date, as its label for the end of a period asks"
    assert reasons(explainer, "f1") == [shown, ("6.3", f"Not on {cash.stem}: {closes}.")]
    assert reasons(explainer, "f2") == [("9", f"It is shown on {cash.stem}.")]
    assert reasons(explainer, "f3") == [shown, ("22", "No role presents its concept.")]
    assert explainer.answer(rest, "Tax", 1)[-1].text == "No role presents its concept."


def test_a_page_whose_layout_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from recto.rendering import render

    plan = render.plan

    def failing(candidate: Candidate, *given: Any, **more: Any) -> Any:
        if candidate.title == "Broken":
            raise RuntimeError("broken")
        return plan(candidate, *given, **more)

    monkeypatch.setattr(render, "plan", failing)
    small = money()
    small.page("1 - Disclosure - Broken", "Head\n  Sales")
    small.fact("Sales", "2024", "7", "usd", 0)
    explainer, (rest,) = explained(small)
    told = "Not on '1 - Disclosure - Broken': its layout failed, as a finding tells (recto:internal)."
    assert reasons(explainer, "f0") == [("9", f"It is shown on {rest.stem}."), ("9", told)]


def test_a_number_is_no_part_of_another_in_a_heading() -> None:
    small = money()
    small.page("1 - Disclosure - X (Details)", "Head\n  Cash")
    small.fact("Cash", "2024-12-29", "7", "usd", 0)
    explainer, (report,) = explained(small)
    assert explainer.answer(report, None, "2024") == explainer.answer(report, None, 1)
    with pytest.raises(UsageError, match="there is no column 9"):
        explainer.answer(report, None, "9")
