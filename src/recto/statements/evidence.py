"""What a page shows of being a statement: the head of its tree, its concepts, its title, its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from recto.names import ARC_PARENT_CHILD
from recto.patterns import lazy
from recto.rendering.model import Report
from recto.statements.names import (
    ABSTRACTS,
    CONTENT,
    ENTITY_AXES,
    EQUITY_AXES,
    NO_STATEMENT,
    PART_OF_GROUP,
    SHAPED,
    TITLES,
    Kind,
)
from recto.taxonomy.model import Concept

_FEW: Final = 3
"""Numbers that a statement has at least."""
_NOTES: Final = lazy(r"\bnotes?\b|\bpolic(?:y|ies)\b|\bdisclosures?\b|anexo|anhang|注記", re.I)
_ENOUGH: Final = 7
"""Points from which a page is a statement."""


class Evidence(Struct):
    """What speaks for a page being a statement of some kind."""

    report: Report
    points: dict[Kind, int]
    full_income: bool
    """It has an income statement's lines: revenue or gains, expenses, result."""
    other_comprehensive: bool
    """It has lines of other comprehensive income."""
    part: bool
    """It is that of a part of the group, as title or members say."""
    consolidated: bool
    """Its title says that it is consolidated."""

    said: frozenset[Kind] = frozenset()
    """Kinds that its title names."""
    axes: frozenset[str] = frozenset()
    """Local names of the axes that its facts have."""
    place: int = 0
    """How well it stands among the statements: positive for a page that is filed as one."""

    def is_a(self, kind: Kind) -> bool:
        points = self.points.get(kind, 0)
        if points < _ENOUGH:
            return False
        if kind == "income" and not self.full_income:
            return False
        if kind == "comprehensive income" and not self.other_comprehensive:
            return False
        alike = ("income", "comprehensive income") if kind in ("income", "comprehensive income") else (kind,)
        most = max((value for other, value in self.points.items() if other not in alike), default=0)
        return points >= most or kind in self.said

    def is_mixed(self, kind: Kind) -> bool:
        """Whether it states something else as well."""
        if kind in ("income", "comprehensive income") and self.full_income and self.other_comprehensive:
            return True
        return self.points.get(kind, 0) < max(self.points.values())


def evidence(report: Report) -> Evidence | None:
    """The evidence of a page; None for one that cannot be a statement: details, tables, policies, parentheticals."""
    name = report.long_name or report.short_name
    shape = SHAPED.match(name)
    type_ = shape[1] if shape is not None else ""
    if NO_STATEMENT.found(name) or report.uncategorized:
        return None
    concepts, axes, instants, members = _shown(report)
    if not concepts:
        return None
    heads = list(_heads(report))
    title = report.short_name or name
    points: dict[Kind, int] = {}
    income = _hits("income", concepts)
    comprehensive = _hits("comprehensive income", concepts)
    known = {"income": income, "comprehensive income": comprehensive}
    said = frozenset(kind for kind, pattern in TITLES.items() if pattern.found(title))
    place = 3 if type_ == "Statement" else -2 if type_ == "Disclosure" else 0
    headed: set[Kind] = set()
    for kind, pattern in ABSTRACTS.items():
        head = any(pattern.match(each) for each in heads)
        if kind == "cover":
            content = 6 if _dei_share(report) >= 0.6 else 0
        else:
            hits = known[kind] if kind in known else _hits(kind, concepts)
            content = _content(kind, hits, axes, instants)
        named = head and kind in said
        if not content and not (named and place > 0):
            continue
        if named:
            headed.add(kind)
        here = (2 if type_ == "Document" else 0) if kind == "cover" else place
        points[kind] = 5 * head + 3 * (kind in said) + content + here
    if not points:
        return None
    net, other = "n" in income, len(income) - ("n" in income)
    full = (net and other >= 2) or (other >= 3 and not comprehensive)
    return Evidence(
        report,
        points,
        full_income=full or (not comprehensive and ("income" in headed or points.get("income", 0) >= 9)),
        other_comprehensive=bool(comprehensive) or "comprehensive income" in headed,
        part=PART_OF_GROUP.found(title) or members,
        consolidated="consolidated" in title.casefold(),
        said=said,
        place=place,
        axes=frozenset(axes),
    )


def is_named(report: Report, kind: Kind) -> bool:
    """Whether a page's title calls it a statement of that kind, and its numbers are balances or flows as such have."""
    title = report.short_name or report.long_name
    if NO_STATEMENT.found(title) or _NOTES.search(title) is not None or report.uncategorized:
        return False
    if not TITLES[kind].found(title):
        return False
    facts = [fact for row in report.rows for cell in row.cells for fact in cell.facts]
    numeric = [fact for fact in facts if fact.is_numeric and fact.period is not None]
    instants = sum(fact.period is not None and fact.period.start is None for fact in numeric)
    if len(numeric) < _FEW:
        return False
    return instants > len(numeric) // 2 if kind == "balance" else kind == "equity" or instants < len(numeric) // 2


def _shown(report: Report) -> tuple[set[str], set[str], bool, bool]:
    """Local names of the concepts and axes shown; whether the numbers are instants; whether all stand for an entity."""
    concepts: set[str] = set()
    axes: set[str] = set()
    moments = spans = 0
    entities = True
    for row in report.rows:
        for cell in row.cells:
            for fact in cell.facts:
                concepts.add(fact.qname.local)
                if fact.is_numeric and fact.period is not None:
                    if fact.period.start is None:
                        moments += 1
                    else:
                        spans += 1
                locals_ = {axis.local for axis in fact.dimensions}
                axes |= locals_
                if not locals_ & ENTITY_AXES:
                    entities = False
    return concepts, axes, moments > 9 * spans, entities and bool(concepts)


def _heads(report: Report) -> Iterator[str]:
    """Local names of the roots of the page's tree, and of abstracts just below them."""
    if report.instance is None:
        return
    network = report.instance.taxonomy.network(ARC_PARENT_CHILD, report.role)
    for root in network.roots:
        yield root.qname.local
        for arc in network.children(root):
            if _is_head(arc.target):
                yield arc.target.qname.local


def _is_head(concept: Concept) -> bool:
    return concept.abstract and concept.qname.local.startswith(
        ("Statement", "IncomeStatement", "BalanceSheet", "ProfitOrLoss")
    )


def _dei_share(report: Report) -> float:
    names = [fact.qname.namespace for row in report.rows for cell in row.cells for fact in cell.facts]
    return sum("://xbrl.sec.gov/dei/" in name or "/dei/" in name for name in names) / len(names) if names else 0.0


def _hits(kind: Kind, concepts: set[str]) -> set[str]:
    """Which of the things that the statement must have the page has; `n` is an income statement's result."""
    found = set()
    for number, pattern in enumerate(CONTENT[kind]):
        if any(pattern.match(name) for name in concepts):
            found.add("n" if kind == "income" and number == 4 else str(number))
    return found


def _content(kind: Kind, hits: set[str], axes: set[str], instants: bool) -> int:
    """Points for what a page shows: none where it lacks what the statement cannot be without."""
    if kind == "balance":
        return 2 * len(hits & {"0", "1"}) + len(hits & {"2", "3"}) if instants and hits & {"0", "1"} else 0
    if kind == "cash flow":
        return 1 + min(len(hits), 4) + ("0" in hits) if "0" in hits or len(hits) >= 2 else 0
    if kind == "equity":
        split = bool(axes & EQUITY_AXES)
        return 4 * split + len(hits) if "0" in hits and not instants and (split or "1" in hits) else 0
    if kind == "income":
        return min(len(hits), 6) if hits else 0
    return 3 * len(hits)
