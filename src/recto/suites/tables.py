"""Table models that a suite expects, compared with the tables that were made: headers, constraints and facts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from recto.instance.contexts import canonical, typed_member
from recto.instance.model import Period
from recto.names import XBRLI, QName
from recto.tablelinkbase.aspects import value_key
from recto.tablelinkbase.names import AXES, MODEL
from recto.xml import Document, parse

if TYPE_CHECKING:
    from recto.tablelinkbase.model import HeaderCell, LayoutTable, TableSet

_ASPECTS = {"entity-identifier": "entity"}


def unlike(expected: Sequence[str], made: Sequence[TableSet], read: Callable[[str], bytes]) -> str | None:
    """What of the tables is not as the models at these URLs say; None where all is."""
    found = [table_set(each) for each in made]
    wanted = [each for url in expected for each in _models(parse(read(url), url))]
    if len(found) != len(wanted):
        return f"expected {len(wanted)} table sets, found {len(found)}"
    for own, other in zip(found, wanted, strict=True):
        difference = _difference("table set", own, other)
        if difference is not None:
            return difference
    return None


def _difference(path: str, own: Any, other: Any) -> str | None:
    if type(own) is dict:
        for key in {**own, **other}:
            difference = _difference(f"{path}, {key}", own.get(key), other.get(key))
            if difference is not None:
                return difference
        return None
    if type(own) is list and type(other) is list and len(own) == len(other):
        for at, (mine, theirs) in enumerate(zip(own, other, strict=True), 1):
            difference = _difference(f"{path} {at}", mine, theirs)
            if difference is not None:
                return difference
        return None
    return None if own == other else f"{path}: expected {other!r}, found {own!r}"[:600]


# Tables that were made


def table_set(made: TableSet) -> dict[str, Any]:
    return {"labels": _texts(made.labels), "tables": [_table(each) for each in made.tables]}


def _texts(labels: Sequence[tuple[str, str, str]]) -> list[str]:
    return sorted(" ".join(text.split()) for _, _, text in labels)


def _table(table: LayoutTable) -> dict[str, Any]:
    axes = {
        axis: [
            {"labels": _texts(each.labels), "headers": [[_cell(cell) for cell in row] for row in each.rows]}
            for each in table.headers[axis]
        ]
        for axis in AXES
        if table.headers[axis]
    }
    cells = [[[sorted(_place(fact) for fact in cell) for cell in row] for row in piece] for piece in table.cells]
    return {**axes, "cells": cells if all(table.shape) else []}


def _place(fact: Any) -> str:
    return f"{fact.document.rpartition('/')[2]}#{fact.id}"


def _cell(cell: HeaderCell) -> dict[str, Any]:
    constraints = {(tag, aspect, value_key(value)) for tag, each in cell.sets.items() for aspect, value in each.items()}
    return {"span": cell.span, "rollup": cell.rollup, "labels": _texts(cell.labels), "constraints": constraints}


# Models that are expected


def _models(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "labels": _labels(each),
            "tables": [_model(document, table) for table in each.iterchildren(f"{{{MODEL}}}table")],
        }
        for each in document.root.iterchildren(f"{{{MODEL}}}tableSet")
    ]


def _labels(element: Any) -> list[str]:
    return sorted(" ".join((each.text or "").split()) for each in element.iterchildren(f"{{{MODEL}}}label"))


def _model(document: Document, table: Any) -> dict[str, Any]:
    axes = {}
    for headers in table.iterchildren(f"{{{MODEL}}}headers"):
        axes[headers.get("axis")] = [
            {
                "labels": _labels(group),
                "headers": [
                    [_header(cell) for cell in row.iterchildren(f"{{{MODEL}}}cell")]
                    for row in group.iterchildren(f"{{{MODEL}}}header")
                ],
            }
            for group in headers.iterchildren(f"{{{MODEL}}}group")
        ]
    cells = [
        [
            [
                sorted((each.text or "").strip().rpartition("/")[2] for each in cell.iterchildren(f"{{{MODEL}}}fact"))
                for cell in row.iterchildren(f"{{{MODEL}}}cell")
            ]
            for row in piece.iterchildren(f"{{{MODEL}}}cells")
        ]
        for whole in table.iterchildren(f"{{{MODEL}}}cells")
        for piece in whole.iterchildren(f"{{{MODEL}}}cells")
    ]
    return {**axes, "cells": cells}


def _header(cell: Any) -> dict[str, Any]:
    return {
        "span": int(cell.get("span", "1")),
        "rollup": cell.get("rollup") in ("true", "1"),
        "labels": _labels(cell),
        "constraints": {_constraint(each) for each in cell.iterchildren(f"{{{MODEL}}}constraint")},
    }


def _constraint(element: Any) -> tuple[str | None, Any, Hashable]:
    aspect = element.find(f"{{{MODEL}}}aspect")
    value = element.find(f"{{{MODEL}}}value")
    name = (aspect.text or "").strip()
    known: Any = _ASPECTS.get(name, name)
    if ":" in name:
        known = _qname(aspect)
    return element.get("tag"), known, _value(known, value)


def _qname(element: Any) -> QName:
    prefix, _, local = (element.text or "").strip().rpartition(":")
    return QName(element.nsmap.get(prefix or None, ""), local)


def _value(aspect: Any, value: Any) -> Hashable:
    children = list(value.iterchildren("*"))
    if aspect == "concept":
        return _qname(value)
    if aspect == "entity":
        return (children[0].get("scheme"), (children[0].text or "").strip())
    if aspect == "period":
        return value_key(_period(children))
    if aspect == "unit":
        return _unit(children[0])
    if aspect in ("segment", "scenario"):
        return tuple(canonical(each) for each in children)
    if children:
        return value_key(typed_member(children[0]))
    return _qname(value) if (value.text or "").strip() else None


def _period(children: Sequence[Any]) -> Period:
    found = {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in children}
    if "instant" in found:
        return Period(None, _moment(found["instant"], end=True))
    if "startDate" in found:
        return Period(_moment(found["startDate"], end=False), _moment(found["endDate"], end=True))
    return Period(None, None)


def _moment(text: str, *, end: bool) -> datetime:
    moment = datetime.fromisoformat(text.removesuffix("Z"))
    return moment + timedelta(days=1) if end and "T" not in text else moment


def _unit(unit: Any) -> Hashable:
    def measures(path: str) -> tuple[QName, ...]:
        return tuple(sorted(_qname(each) for each in unit.iterfind(path)))

    def named(*names: str) -> str:
        return "/".join(f"{{{XBRLI}}}{name}" for name in names)

    under = measures(named("divide", "unitDenominator", "measure"))
    if under:
        return (measures(named("divide", "unitNumerator", "measure")), under)
    loose = [each for each in unit.iter("*") if each.tag.rpartition("}")[2] == "measure"]
    return (tuple(sorted(_qname(each) for each in loose)), ())
