"""Numbers of companies by the names that people use: concepts, local names, line items."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from recto.errors import NotFoundError, UsageError
from recto.lake.asked import Asked, Day
from recto.lake.derive import Reported
from recto.lake.history import History, Known, marks, usual_unit
from recto.lake.item_numbers import Chosen
from recto.lake.items import item_name
from recto.lake.periods import frequency_of, lay_out
from recto.lake.renames import is_standard, other_names
from recto.lake.series import Series, record, schema


def series(
    lake: Asked,
    concept: str | Sequence[str],
    company: str | Sequence[str],
    *,
    frequency: str,
    members: Mapping[str, str] | None,
    unit: str | None,
    first_reported: bool,
    as_known_on: Day | None,
) -> Series:
    """See `Lake.series`."""
    import pyarrow as pa

    frequency_of(frequency)
    concepts = [concept] if isinstance(concept, str) else list(concept)
    companies = [company] if isinstance(company, str) else list(company)
    known = Known.of(first_reported, as_known_on)
    records: list[dict[str, Any]] = []
    for each in companies:
        found = lake.company(each)
        history = History(lake, found, known)
        for name in concepts:
            reported, label = numbers(history, name, members)
            records += [
                record(row, found, label) for row in lay_out(usual_unit(reported, unit), history.years, frequency)
            ]
    return Series(pa.Table.from_pylist(records, schema()))


def numbers(history: History, name: str, members: Mapping[str, str] | None) -> tuple[list[Reported], str]:
    """The numbers of a concept, or of a line item, and what they are called.

    `assets` is the line item, `Assets` the concept of that name, if the company reports one.
    """
    item = item_name(name)
    if item is not None and not members and (name == name.casefold() or " " in name.strip()):
        return _item(history, item), item
    try:
        concept = resolve(history, name)
    except NotFoundError:
        if item is None:
            raise
        if members:
            raise UsageError(f"{name!r} is a line item: members are of a concept, as us-gaap:Revenues") from None
        return _item(history, item), item
    names = [] if is_standard(concept) else [each.concept for each in other_names(history, concept)]
    if members:
        members = _as_reported(history, [concept, *names], members)
    found = history.reported([concept, *names], members, as_one=bool(names))
    if not found and not members:
        raise NotFoundError(
            f"{history.company['company']} reports no numbers of {concept}", code="recto:unknownConcept"
        )
    return found, concept


def resolve(history: History, name: str) -> str:
    """The prefixed name of a concept that the company reports, by that or by its local name alone.

    Raises `NotFoundError` where it reports none, `UsageError` where the local name is of several.
    """
    if ":" in name:
        return name
    found = history.lake.sql(
        "select distinct concept from facts where entity = ? and lower(split_part(concept, ':', 2)) = lower(?)",
        [history.company["entity"], name],
    )
    names = sorted(found.column("concept").to_pylist())
    if not names:
        raise NotFoundError(
            f"{history.company['company']} reports no {name!r}: it is neither a line item nor a concept of theirs",
            code="recto:unknownConcept",
        )
    if len(names) > 1:
        raise UsageError(f"{name!r} may be {', '.join(names)}: give it with its prefix")
    return str(names[0])


def _as_reported(history: History, concepts: Sequence[str], members: Mapping[str, str]) -> Mapping[str, str]:
    """Axes and members by the names that the company's facts have, for names with or without prefix.

    As given, where it reports none such. Raises `UsageError` where they may be several.
    """
    held = history.lake.sql(
        f"select distinct dimensions from facts where entity = ? and axes = ? and concept in ({marks(concepts)})",
        [history.company["entity"], len(members), *concepts],
    )
    asked = sorted((axis.casefold(), member.casefold()) for axis, member in members.items())
    found = []
    for text in held.column("dimensions").to_pylist():
        own: dict[str, str] = json.loads(text)
        if own == dict(members):
            return own
        left = list(own.items())
        for axis, member in asked:
            left = [each for each in left if not (_is_called(each[0], axis) and _is_called(each[1], member))]
        if not left:
            found.append(own)
    if len(found) > 1:
        told = "; ".join(", ".join(f"{axis}={member}" for axis, member in own.items()) for own in found)
        raise UsageError(f"the members may be {told}: give them with their prefixes")
    return found[0] if found else members


def _is_called(name: str, asked: str) -> bool:
    return asked in (name.casefold(), name.rpartition(":")[2].casefold())


def _item(history: History, item: str) -> list[Reported]:
    chosen = Chosen(history.lake, [item], history.filings, entity=history.company["entity"])
    return chosen.numbers(item, history)
