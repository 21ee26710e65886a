"""Menu categories, positions and parents of pages: FilingSummary's account of them (rendering.md 17.2, 17.4 and 17.5).

The category of a page depends on the categories before it, so pages are taken in order, instance by instance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from recto.patterns import lazy
from recto.rendering.model import RenderedFiling, Report

_TESTS: Final = {
    "Statement": lazy(r" +- +Statement +- +"),
    "Disclosure": lazy(r" +- +Disclosure +- +"),
    "Document": lazy(r" +- +Document +- +"),
    "Paren": lazy(r"-.+-.*Paren."),
    "Policy": lazy(r"\(.*Polic.*\)"),
    "Table": lazy(r"\(Table.*\)"),
    "Detail": lazy(r"\(Detail.*\)"),
}

_START: Final = (
    (
        ("Paren", "Cover"),
        ("Statement", "Statements"),
        ("Policy", "Notes"),
        ("Table", "Tables"),
        ("Detail", "Details"),
    ),
    "Cover",
)
_STATES: Final[dict[str, tuple[tuple[tuple[str, str], ...], str]]] = {
    "": _START,
    "Uncategorized": _START,
    "Cover": (
        (
            ("Statement", "Statements"),
            ("Paren", "Cover"),
            ("Document", "Cover"),
            ("Policy", "Notes"),
            ("Table", "Tables"),
            ("Detail", "Details"),
        ),
        "Notes",
    ),
    "Statements": (
        (
            ("Statement", "Statements"),
            ("Paren", "Statements"),
            ("Policy", "Notes"),
            ("Table", "Tables"),
            ("Detail", "Details"),
        ),
        "Notes",
    ),
    "Notes": (
        (("Policy", "Policies"), ("Table", "Tables"), ("Detail", "Details"), ("Disclosure", "Notes")),
        "Uncategorized",
    ),
    "Policies": (
        (("Table", "Tables"), ("Detail", "Details"), ("Paren", "Policies"), ("Policy", "Policies")),
        "Uncategorized",
    ),
    "Tables": ((("Detail", "Details"), ("Paren", "Tables"), ("Table", "Tables")), "Uncategorized"),
    "Details": ((("Paren", "Details"), ("Detail", "Details")), "Uncategorized"),
}


def holds(test: str, long_name: str) -> bool:
    """One of the tests of rendering.md 17.4: Statement, Disclosure, Document, Paren, Policy, Table, Detail."""
    return _TESTS[test].search(_first_line(long_name)) is not None


def _first_line(long_name: str) -> str:
    """What the tests look at, where a definition has several lines (17.4)."""
    return long_name.partition("\n")[0]


def menu_categories(long_names: Iterable[str], *, risk_return: bool = False) -> list[str]:
    """The MenuCategory of each page of one instance, in order (rendering.md 17.4)."""
    categories: list[str] = []
    state = ""
    for name in long_names:
        if not risk_return:
            tests, otherwise = _STATES[state]
            line = _first_line(name)
            state = next((result for test, result in tests if _TESTS[test].search(line)), otherwise)
        categories.append("Risk/Return" if risk_return else state)
    return categories


def parent_roles(reports: Sequence[Report]) -> list[str | None]:
    """The ParentRole of each page of one instance (rendering.md 17.5).

    Notes are parents of policies, tables and details; tables and policies of details.
    """
    policy: list[Report] = []
    notes: list[Report] = []
    tables: list[Report] = []
    policies: list[Report] = []
    parents: list[str | None] = []
    for report in reports:
        parent: str | None = None
        if report.category == "Notes":
            if not policy and "Accounting" in report.long_name:
                policy.append(report)
            else:
                notes.append(report)
        elif report.category == "Policies":
            parent = policy[0].role if policy else None
            policies.append(report)
        elif report.category == "Tables":
            parent = _best_parent(report, policy + notes)
            tables.append(report)
        elif report.category == "Details":
            parent = _best_parent(report, tables) or _best_parent(report, policies) or _best_parent(report, notes)
        parents.append(parent)
    return parents


def _best_parent(child: Report, candidates: Iterable[Report]) -> str | None:
    name = _cut(child.short_name)
    for candidate in candidates:
        other = _cut(candidate.short_name)
        common = 0
        for mine, theirs in zip(name, other, strict=False):
            if mine != theirs:
                break
            common += 1
        if name and 100 * common / len(name) >= 80:
            return candidate.role
    return None


def _cut(name: str) -> str:
    return name.partition(" (")[0]


def file_reports(filing: RenderedFiling, *, risk_return: bool = False) -> None:
    """Fills category, report type, position, parent role and the default mark of every page.

    The default page is the second page of the second instance: a quirk of the SEC's renderer (rendering.md 17.2).
    """
    position = 0
    groups = [each.reports for each in filing.instances]
    foreign = {id(report) for each in filing.instances if not each.sec for report in each.reports}
    groups += [[each.uncategorized] for each in filing.instances if each.uncategorized is not None]
    for group in groups:
        names = [report.long_name for report in group]
        for report, category in zip(group, menu_categories(names, risk_return=risk_return), strict=True):
            position += 1
            if id(report) in foreign:
                category = report.category  # tables of the DTS have one
            report.category = category
            report.position = position
            report.report_type = "Notes" if "notes" in report.short_name.casefold() else "Sheet"
            report.is_default = False
        for report, parent in zip(group, parent_roles(group), strict=True):
            report.parent_role = parent if id(report) not in foreign else None
    if len(filing.instances) > 1 and len(filing.instances[1].reports) > 1:
        filing.instances[1].reports[1].is_default = True
