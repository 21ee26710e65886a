"""Which link roles of a filing are its statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recto.lake.asked import Asked
from recto.names import ARC_PARENT_CHILD
from recto.statements.names import CONTENT, KINDS, NO_STATEMENT, PART_OF_GROUP


def statement_roles(lake: Asked, filings: Sequence[str]) -> dict[str, dict[str, str]]:
    """Filing → role → kind of statement, those of a part of the group left out.

    As the pages say; of filings that were taken in without pages, by the concepts in the presentation trees.
    """
    found: dict[str, dict[str, str]] = {key: {} for key in filings}
    pages = lake.sql(
        """select filing, role, statement, coalesce(long_name, '') as name from pages
        where filing in (select unnest(?)) and statement is not null order by filing, number""",
        [list(filings)],
    )
    for row in pages.records():
        if not PART_OF_GROUP.found(row["name"]):
            found[row["filing"]].setdefault(row["role"], row["statement"])
    without = [key for key, roles in found.items() if not roles]
    if without:
        arcs = lake.sql(
            """select filing, role, any_value(definition) as name,
                list(distinct split_part(target, ':', 2)) as concepts
            from arcs where filing in (select unnest(?)) and arcrole = ? group by 1, 2 order by 1, 3""",
            [without, ARC_PARENT_CHILD],
        )
        for row in arcs.records():
            name = row["name"] or row["role"]
            kind = kind_of_tree(name, row["concepts"])
            if kind is not None and kind not in found[row["filing"]].values():
                found[row["filing"]][row["role"]] = kind
    return found


def kind_of_tree(name: str, concepts: Iterable[str]) -> str | None:
    """The statement that a tree of these concepts (local names) lays out; None where it is none, or of a part only."""
    if NO_STATEMENT.found(name) or PART_OF_GROUP.found(name):
        return None
    names = list(concepts)
    hits = {
        kind: {number for number, pattern in enumerate(CONTENT[kind]) if any(map(pattern.match, names))}
        for kind in KINDS
        if kind in CONTENT
    }
    if hits.get("balance", set()) >= {0, 1}:
        return "balance"
    if 0 in hits.get("cash flow", ()):
        return "cash flow"
    if len(hits.get("income", ())) >= 3:
        return "income"
    if hits.get("comprehensive income"):
        return "comprehensive income"
    return None
