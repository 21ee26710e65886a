"""Pages of random filings: nothing makes the layout fail, and no fact is lost."""

from __future__ import annotations

import random

import pytest

from recto.instance.model import Fact
from recto.rendering.model import RenderedFiling, Report
from recto.rendering.writers.html import PageWriter
from recto.rendering.writers.json_ import page_json
from recto.rendering.writers.summary import filing_summary
from recto.rendering.writers.text import page_text
from recto.rendering.writers.xlsx import workbook
from tests.rendering.small import DEI, Small

TITLES = (
    "STATEMENTS OF STOCKHOLDERS EQUITY",
    "CASH FLOWS",
    "BALANCE SHEETS (Parenthetical)",
    "Income {Transposed}",
    "Note (Details) {Elements}",
    "Cover {Unlabeled}",
    "Note (Details)",
)
SPECIAL_ROLES = (
    "http://xbrl.sec.gov/ffd/main/role/feesOffering",
    "http://xbrl.sec.gov/ffd/main/role/feesSummary",
    "http://xbrl.sec.gov/rxp/role/Detail",
    "http://xbrl.sec.gov/rxp/role/ByCategory",
    "http://xbrl.sec.gov/shr/role/exh/IssrOrAfflRepurchsBySecurity",
    "http://example.com/role/BarChart",
    "http://xbrl.sec.gov/dei/role/notRendered",
)
COMMANDS = (
    "row primary compact *",
    "column t_RegionAxis compact * row primary compact *",
    "row t_PlanAxis nodisplay t_PlanOne row unit compact *",
    "column primary compact * row period compact *",
    "row t_LineAxis grouped *",
    "row everything",
)
KINDS = ("Statement", "Disclosure", "Document", "disclosure")
MONETARY, OTHERS = ("Cash", "Debt", "Sales", "Gain"), ("Shares", "Price", "Share", "Oil")
BALANCES = ("Cash", "Debt", "Shares")
PERIODS = ("2024", "2023", "2024-07-01/2024-12-31", "2024-10-01/2024-12-31", "2024-12-31/2024-12-31")
DAYS = ("2024-12-31", "2023-12-31", "2022-12-31", "2024-06-30")
UNITS = {
    "Shares": ("shares",),
    "Price": ("usd_per_share", "eur_per_share", "usd_per_bbl"),
    "Share": ("pure",),
    "Oil": ("bbl", "sqft"),
}
ROLES = ("", "", "", " @terse", " @negated", " @total", " @periodStart", " @periodEnd", " @negatedTotal")


def declare(small: Small, pick: random.Random) -> None:
    for name in MONETARY:
        labels = {"label": name, "terse": f"{name} (terse)", "periodStart": "Start", "periodEnd": "End"}
        small.concept(name, "money", "instant" if name in BALANCES else "duration", **labels)
    small.concept("Shares", "shares", "instant", label="Shares", total="All shares")
    small.concept("Price", "per share", label="Price")
    small.concept("Share", pick.choice(("pure", "percent")), label="Share")
    small.concept("Oil", "volume")
    small.concept("Name", "string", label="Name")
    small.concept("Term", "duration", label="Term")
    small.concept("Day", "date", label="Day")
    small.concept("Block", "block", label="Block")
    small.concept("us-gaap:Mark", label="Mark")
    for name in ("Head", "Sub", "usd"):
        small.abstract(name, label=f"{name} [Abstract]")
    small.axis("RegionAxis", pick.choice((None, "Everywhere")), label="Region [Axis]")
    small.axis("PlanAxis", pick.choice((None, "AllPlans")), label="Plan [Axis]")
    small.axis("LineAxis", typed=pick.choice(("integer", "string", "date")), label="Line [Axis]")
    small.members("Everywhere Europe Asia AllPlans PlanOne PlanTwo")


def tree(pick: random.Random) -> str:
    lines = ["Head"]
    for axis, members in (("RegionAxis", "Everywhere Europe Asia"), ("PlanAxis", "AllPlans PlanOne PlanTwo")):
        if pick.random() < 0.5:
            shown = [member for member in members.split() if pick.random() < 0.8]
            pick.shuffle(shown)
            lines += [f"  {axis} #{pick.randrange(3)}", *(f"    {member}" for member in shown)]
    if pick.random() < 0.3:
        lines.append("  LineAxis")
    names = [*MONETARY, *OTHERS, "Name", "Term", "Day", "Block", "us-gaap:Mark", "usd"]
    for name in pick.choices(names, k=pick.randrange(2, 10)):
        depth = pick.choice((1, 1, 2))
        if depth == 2:  # what is below one Sub is below all of them
            lines.append("  Sub")
        lines.append("  " * depth + name + pick.choice(ROLES))
    return "\n".join(lines)


def value_of(name: str, pick: random.Random) -> str:
    roles = [*(f"http://example.com/role/{number}" for number in range(4)), *SPECIAL_ROLES]
    return {
        "Name": pick.choice(("text", "t:Cash", "a < b", "2024-05-05", "")),
        "Term": pick.choice(("P1Y6M", "P30D")),
        "Day": "2024-05-05",
        "Block": pick.choice(("<p>text</p>", f"~ {pick.choice(roles)} {pick.choice(COMMANDS)} ~")),
    }[name]


def state(small: Small, pick: random.Random) -> None:
    for _ in range(pick.randrange(1, 40)):
        name = pick.choice((*MONETARY, *MONETARY, *OTHERS, "Name", "Term", "Day", "Block", "us-gaap:Mark"))
        period = pick.choice(DAYS if name in BALANCES else PERIODS)
        members: dict[str, str] = {}
        if pick.random() < 0.3:
            members["RegionAxis"] = pick.choice(("Europe", "Asia"))
        if pick.random() < 0.2:
            members["PlanAxis"] = pick.choice(("PlanOne", "PlanTwo"))
        if pick.random() < 0.15:
            members["LineAxis"] = pick.choice(("9", "10", "2024-01-02"))
        note = pick.choice((None, None, None, "note one", "note <b>two</b>"))
        if name in ("Name", "Term", "Day", "Block"):
            language = pick.choice((None, "en-US", "fr")) if name == "Name" else None
            small.fact(name, period, value_of(name, pick), members=members, note=note, language=language)
            continue
        number = pick.choice(("0", "5", "-400", "101500", "2500000", "0.00", "123456789.25", None))
        decimals = None if number is None else pick.choice((0, 2, -3, -3, -5, -6, "INF", None))
        units = UNITS.get(name, ("usd", "usd", "eur"))
        small.fact(name, period, number, pick.choice(units), decimals, members, note)


def filing(seed: int) -> Small:
    pick = random.Random(seed)
    small = Small()
    declare(small, pick)
    for index in range(pick.randrange(1, 5)):
        role = pick.choice(SPECIAL_ROLES) if pick.random() < 0.2 else None
        if role in small.roles.values():
            role = None
        small.page(f"{index} - {pick.choice(KINDS)} - {pick.choice(TITLES)}", tree(pick), role=role)
    state(small, pick)
    if pick.random() < 0.2:
        small.namespaces["dei"] = DEI.replace("dei", "rr")
        small.concept("dei:Fee", "pure", label="Fee")
        small.fact("dei:Fee", "2024", "0.05", "pure", 4)
    return small


def facts_of(report: Report) -> set[Fact]:
    found = {fact for row in report.rows for cell in row.cells for fact in cell.facts}
    for row in report.rows:
        for cell in row.cells:
            if cell.embedded is not None:
                found |= facts_of(cell.embedded)
    return found


def lost(rendered: RenderedFiling) -> list[Fact]:
    """Facts neither on a page nor hidden by a rule, and that no better fact of the same kind stands for."""
    (each,) = rendered.instances
    shown = set(each.placed).union(*(facts_of(report) for report in rendered.reports))
    kept = {(fact.qname, fact.context_id, fact.unit_id) for fact in shown}
    return [
        fact
        for fact in each.instance.facts
        if fact.valid and fact not in shown and (fact.qname, fact.context_id, fact.unit_id) not in kept
    ]


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_random_filings(first: int) -> None:
    for seed in range(first, first + 20):
        rendered = filing(seed).render()
        assert not lost(rendered), seed
        writer = PageWriter()
        for report in rendered.reports:
            assert all(len(row.cells) == len(report.columns) for row in report.rows), seed
            assert writer.page(report).endswith(b"</html>\n")
            assert page_text(report)
            assert page_json(report)
        assert filing_summary(rendered).startswith(b"<?xml")
        assert workbook(rendered.reports)


def test_random_filings_are_rendered_alike_each_time() -> None:
    for seed in (3, 7, 31):
        pages = [[PageWriter().page(report) for report in filing(seed).render().reports] for _ in range(2)]
        assert pages[0] == pages[1]
