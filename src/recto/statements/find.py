"""The statements of a filing, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from recto.errors import UsageError
from recto.rendering.model import Report
from recto.statements.evidence import Evidence, evidence, is_named
from recto.statements.kinds import kind_of
from recto.statements.names import ENTITY_AXES, KINDS, Kind

__all__ = ["KINDS", "Kind", "find_statements", "statement"]


def find_statements(reports: Sequence[Report]) -> dict[Kind, list[Report]]:
    """The pages that are statements, by kind; of several the consolidated one first. Kinds without page are left out.

    One page that states income and comprehensive income is both. Found by the head of the tree, the concepts shown,
    and the place among the statements; titles only add to it.
    """
    known = [each for each in map(evidence, reports) if each is not None]
    found: dict[Kind, list[Report]] = {}
    for kind in KINDS:
        pages = [each for each in known if each.is_a(kind)]
        if pages:
            found[kind] = [each.report for each in sorted(pages, key=lambda each: _order(each, kind))]
        elif kind != "cover":
            named = [report for report in reports if not report.category and is_named(report, kind)]
            if named:  # its taxonomy has names of its own for what a statement must have
                found[kind] = named
    return found


def _order(each: Evidence, kind: Kind) -> tuple[bool, bool, int, bool]:
    """The whole group first, then the page that is of this kind alone; equals stay in the filing's order.

    Elsewhere than at the SEC, companies report for themselves too, and what is not called consolidated is that.
    """
    if kind == "cover":
        return (each.part, "cover" not in each.said, 0, False)
    alone = not each.consolidated and (not each.report.category or bool(each.axes & ENTITY_AXES))
    part = each.part or alone
    return (part, each.is_mixed(kind), -each.place, not each.consolidated)


_SHOWN: Final = 8
_CALLED: Final[dict[Kind, str]] = {
    "balance": "a balance sheet",
    "income": "an income statement",
    "comprehensive income": "a statement of comprehensive income",
    "cash flow": "a cash flow statement",
    "equity": "a statement of changes in equity",
    "cover": "a cover page",
}


def statement(reports: Sequence[Report], kind: str, *, source: str = "the filing") -> list[Report]:
    """The statements of that kind, one at least, the consolidated one first; `kind` in any words of `kind_of`.

    Raises `UsageError` for words that name no kind, and where there is no such statement: it says what there is.
    """
    name = kind_of(kind)
    if name is None:
        raise UsageError(f"{kind!r} is no kind of statement: choose one of {', '.join(KINDS)}")
    found = find_statements(reports)
    if name in found:
        return found[name]
    there = [f"{pages[0].stem} {pages[0].short_name} ({each})" for each, pages in found.items()]
    listed = "; there is " + "; ".join(there)
    if not there:
        pages = [f"{report.stem} {report.short_name}" for report in reports[:_SHOWN]]
        more = f"; and {len(reports) - _SHOWN} more" if len(reports) > _SHOWN else ""
        listed = f"; none of its pages is a statement; there is {'; '.join(pages) or 'no page'}{more}"
    raise UsageError(f"{source} has no page that is {_CALLED[name]}{listed}")
