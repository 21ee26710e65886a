"""Concepts of a company that are one: an extension that was renamed, or took another concept's place.

Two concepts are one where no filing uses both and either a later filing tells the same amounts of the same days under
the other name, or both have the same label. What two other concepts answer to equally well is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from recto.lake.history import History

_STANDARD = ("us-gaap:", "ifrs-full:", "ifrs:", "dei:", "srt:")


class Same(Struct, frozen=True):
    """Another name of a concept, and what shows it: `values` (how many amounts agree) or `label`."""

    concept: str
    why: str


def is_standard(concept: str) -> bool:
    return concept.startswith(_STANDARD)


def other_names(history: History, concept: str) -> list[Same]:
    """What else the concept was called, in a row of renamings."""
    found: dict[str, Same] = {}
    waiting = [concept]
    while waiting and len(found) < 20:
        name = waiting.pop()
        for each in _next(history, name):
            if each.concept != concept and each.concept not in found:
                found[each.concept] = each
                waiting.append(each.concept)
    return list(found.values())


def _next(history: History, concept: str) -> list[Same]:
    entity = history.company["entity"]
    by_values = history.lake.sql(
        """with x as (
            select distinct start, "end", unit, number from facts
            where entity = $entity and concept = $concept and dimensions is null and valid and number is not null
        )
        select f.concept,
            count(distinct (f.start, f."end")) filter (where f.number = x.number and x.number <> 0) as agree,
            count(distinct (f.start, f."end")) filter (where f.number <> x.number) as differ
        from facts f join x on f.start is not distinct from x.start and f."end" = x."end" and f.unit = x.unit
        where f.entity = $entity and f.concept <> $concept and f.dimensions is null and f.valid
            and f.number is not null
        group by 1 having agree > differ""",
        {"entity": entity, "concept": concept},
    ).records()
    agreeing = {
        row["concept"]: row["agree"]
        for row in by_values
        if row["agree"] > 1 or not (is_standard(row["concept"]) and is_standard(concept))
    }
    labels = _labels(history)
    label = labels.get(concept)
    alike = {name for name, text in labels.items() if text == label and name != concept} if label else set()
    used = _filings(history, [concept, *agreeing, *alike])
    mine = used.get(concept, set())
    apart = [name for name in {*agreeing, *alike} if not used.get(name, set()) & mine and used.get(name)]
    chosen = []
    for name in sorted(apart, key=lambda name: (-agreeing.get(name, 0), name not in alike, name)):
        rivals = [
            other
            for other in apart
            if other != name and used[other] & used[name] and agreeing.get(other, 0) >= agreeing.get(name, 0)
        ]
        if any((other in alike) >= (name in alike) for other in rivals):
            continue
        chosen.append(Same(name, f"{agreeing[name]} values" if name in agreeing else "label"))
    return chosen


def _filings(history: History, concepts: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    rows = history.lake.sql(
        "select distinct concept, filing from facts where entity = ? and concept in (select unnest(?))",
        [history.company["entity"], sorted(set(concepts))],
    ).records()
    for row in rows:
        if row["filing"] in history.filings:
            found.setdefault(row["concept"], set()).add(row["filing"])
    return found


def _labels(history: History) -> dict[str, str]:
    """Standard labels of the company's own concepts, as they compare; the last one of each."""
    rows = history.lake.sql(
        """select concept, arg_max(label, f.accepted) as label from concepts c join filings f using (filing)
        where filing in (select unnest(?)) and own and numeric and label is not null group by 1""",
        [list(history.filings)],
    ).records()
    return {row["concept"]: plain_label(row["label"]) for row in rows if row["label"]}


def plain_label(text: str) -> str:
    """A label as it compares: without case, punctuation and what stands in brackets."""
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"[\[(][^\])]*[\])]", " ", text.casefold())).split())
