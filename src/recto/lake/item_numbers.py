"""The numbers of line items in a company's filings: chosen in each filing by its own trees, then set side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from recto.errors import NotFoundError
from recto.lake.asked import Asked
from recto.lake.derive import Reported, Worked
from recto.lake.history import History, Known, accuracy, rows_of, usual_unit
from recto.lake.items import Choice, Trees, choose, concepts_of, credits_of, items, related, trees_of
from recto.lake.periods import Row, lay_out
from recto.lake.series import Series, record, schema

_Rows = list[dict[str, Any]]


class Chosen:
    """What the rules choose in some filings, and the facts."""

    def __init__(self, lake: Asked, names: Sequence[str], filings: Iterable[str], *, entity: str | None = None):
        """`entity`: that all filings are of, where they are of one."""
        keys = list(filings)
        trees = trees_of(lake, keys)
        for key, credits in credits_of(lake, keys, names).items():
            trees[key].credits = credits
        concepts = concepts_of(names)
        concepts |= _own(names, trees.values())
        concepts.update(*(each.credits for each in trees.values()))
        self.facts: dict[str, dict[str, _Rows]] = {key: {} for key in keys}
        """Filing → concept → facts without members."""
        rows = lake.sql(
            """select filing, fact, concept, start, "end", unit, number, decimals, is_exact
            from facts where concept in (select unnest($concepts)) and valid and number is not null
                and period is null and "end" is not null and unit is not null and dimensions is null
                and """
            + ("filing in (select unnest($filings))" if entity is None else "entity = $entity"),
            {"concepts": sorted(concepts)} | ({"filings": keys} if entity is None else {"entity": entity}),
        )
        for row in rows.records():
            if row["filing"] in self.facts:
                self.facts[row["filing"]].setdefault(row["concept"], []).append(row)
        self.choices: dict[str, dict[str, Choice | None]] = {
            key: {name: choose(name, trees[key], self.facts[key]) for name in names} for key in keys
        }

    def rows(self, name: str, filing: str) -> _Rows:
        """The facts of an item in a filing; those of several concepts added up, with `parts`."""
        choice = self.choices[filing][name]
        if choice is None:
            return []
        held = [row for concept in choice.concepts for row in self.facts[filing].get(concept, ())]
        held = [row for row in held if (row["start"] is None) == (items()[name].period == "instant")]
        held = [row for row in held if self._counts(row, choice, filing)]
        if len(choice.concepts) == 1:
            return [row | {"rule": choice.rule} for row in held]
        spans: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
        for row in held:
            parts = spans.setdefault((row["start"], row["end"], row["unit"]), {})
            if row["concept"] not in parts or accuracy(row) > accuracy(parts[row["concept"]]):
                parts[row["concept"]] = row
        made = []
        for parts in spans.values():
            rows = list(parts.values())
            known = [row["decimals"] for row in rows if row["decimals"] is not None]
            made.append(
                rows[0]
                | {
                    "number": sum(row["number"] for row in rows),
                    "concept": ", ".join(parts),
                    "decimals": min(known) if known else None,
                    "is_exact": all(row["is_exact"] for row in rows),
                    "rule": choice.rule,
                    "parts": rows,
                }
            )
        return made

    def _counts(self, row: Mapping[str, Any], choice: Choice, filing: str) -> bool:
        """Whether the sum is one for that period: nothing of it is left out, and it is one that statements tell of."""
        facts = self.facts[filing]

        def told(concepts: Iterable[str]) -> list[bool]:
            return [
                each["number"] != 0
                for concept in concepts
                for each in facts.get(concept, ())
                if (each["start"], each["end"], each["unit"]) == (row["start"], row["end"], row["unit"])
            ]

        if any(told(choice.others)):
            return False
        return not any(concept in facts for concept in choice.where) or bool(told(choice.where))

    def numbers(self, name: str, history: History) -> list[Reported]:
        """One version of each number of an item, over all filings of a company."""
        rows = [row for filing in history.filings if filing in self.choices for row in self.rows(name, filing)]
        groups = _groups(rows)
        found: dict[str, _Rows] = {}
        for row in rows:
            found.setdefault(groups[row["concept"]], []).append(row)
        return [each for group, held in found.items() for each in history.versions(held, group)]


def _own(names: Iterable[str], trees: Iterable[Trees]) -> set[str]:
    """Concepts that rules may choose by their place alone."""
    rules = [rule for name in names for rule in items()[name].rules if rule.own]
    return {concept for each in trees for rule in rules for concept in related(rule, each)}


def _groups(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Concept → the first of those that tell the same: equal numbers where both tell one, and no others."""
    values: dict[str, dict[tuple[Any, ...], Any]] = {}
    for row in rows:
        values.setdefault(row["concept"], {})[row["start"], row["end"], row["unit"]] = row["number"]
    groups: dict[str, str] = {}
    for concept, mine in values.items():
        groups[concept] = concept
        for other in list(groups):
            shared = mine.keys() & values[other].keys()
            if other != concept and shared and all(mine[key] == values[other][key] for key in shared):
                groups[concept] = groups[other]
                break
    return groups


def item_series(
    lake: Asked, company: str, names: Sequence[str], *, frequency: str, known: Known, whole: bool = True
) -> Series:
    """Line items of a company; with `whole`, a row without value where others have one."""
    import pyarrow as pa

    found = lake.company(company)
    history = History(lake, found, known)
    chosen = Chosen(lake, names, history.filings, entity=found["entity"])
    laid: dict[str, list[Row]] = {}
    for name in names:
        instant = items()[name].period == "instant"
        by = "quarter" if frequency == "ttm" and instant else frequency
        laid[name] = lay_out(usual_unit(chosen.numbers(name, history), None), history.years, by)
    places = {row.place: row for rows in laid.values() for row in rows if row.worked is not None}
    ordered = sorted(places.values(), key=lambda row: (row.last is not None and row.last.toordinal()) or 0)
    records = []
    for name, rows in laid.items():
        held = {row.place: row for row in rows}
        for place in [row.place for row in ordered] if whole else list(held):
            records.append(record(held.get(place) or Row(place, None, None, None), found, name))
    return Series(pa.Table.from_pylist(records, schema()))


def filing_items(lake: Asked, filings: Sequence[str], names: Sequence[str]) -> Series:
    """Line items of filings, of the periods that end with each one's own."""
    import pyarrow as pa

    listed = lake.sql(
        "select filing, entity, company from filings where filing in (select unnest(?)) and status = 'ok'",
        [list(filings)],
    ).records()
    order = {key: number for number, key in enumerate(filings)}
    listed.sort(key=lambda row: order[row["filing"]])
    missing = set(filings) - {row["filing"] for row in listed}
    if missing:
        raise NotFoundError(
            f"the lake has no filing {', '.join(sorted(missing))}", code="recto:unknownFiling", document=lake.place.url
        )
    records = []
    for entity in dict.fromkeys(row["entity"] for row in listed):
        mine = [row for row in listed if row["entity"] == entity]
        about = {"entity": entity, "company": mine[0]["company"]}
        if entity is None:  # contexts without an entity: the filings are all that is known
            history = History(
                lake, about, Known(), filings=rows_of(lake, [row["filing"] for row in mine]), durations=()
            )
        else:
            history = History(lake, about, Known())
        chosen = Chosen(lake, names, [row["filing"] for row in mine], entity=entity)
        for row in mine:
            key = row["filing"]
            company = {"company": row["company"], "entity": entity}
            for name in names:
                told = chosen.rows(name, key)
                period = history.filings[key]["period"]
                last = max((each["end"] for each in told), default=None)
                told_of = any(each["end"] == period for each in told)
                end = last if period is None or (not told_of and last is not None and last > period) else period
                held = history.versions([each for each in told if each["end"] == end])
                for each in sorted(held, key=lambda each: each.start or each.last):
                    place = history.years.place(each.start, each.last)
                    worked = Worked(each.start, each.last, each.number, ((1, each),))
                    records.append(record(Row(place, each.start, each.last, worked), company, name) | {"filing": key})
                if not held:
                    records.append(
                        {**company, "name": name, "derived": False, "filing": key, "facts": [], "end": period}
                    )
    return Series(pa.Table.from_pylist(records, schema()))
