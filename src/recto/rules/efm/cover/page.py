"""The facts of a cover page, by element and by what their contexts are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from recto.instance.model import Context, Fact, Period
from recto.names import QName
from recto.rules.efm.cover.table import ALL_BUT, Row, Table, table
from recto.rules.efm.submission import Submission, is_standard

_REQUIRED_CONTEXT: Final = frozenset(("x", "xv", "r", "y", "n", "ov"))
"""Checks of values that the required context has, where no axis is told."""
Place = tuple[tuple[QName, Any], ...]
"""Axes and members of a context, in the order of their names; () is the filer as a whole."""


class Page:
    """What the cover page of a report says, and which rows of the table are about such reports."""

    def __init__(self, about: Submission):
        self.about = about
        self.table: Table = table()
        self._facts: dict[str, dict[Place, list[Fact]]] = {}
        self._places: dict[str, Place] = {}
        known: dict[QName, str | None] = {}
        for fact in about.own_facts():
            name = known.get(fact.qname, "")
            if name == "":
                name = known[fact.qname] = self._name(fact.qname)
            if name and fact.context is not None and fact.valid and not fact.nil and fact.value.strip():
                self._facts.setdefault(name, {}).setdefault(self.place(fact.context), []).append(fact)

    def _name(self, qname: QName) -> str | None:
        """The name that the table has for a concept; None where it has none."""
        about = self.about
        if qname.namespace == about.dei:
            return qname.local if qname.local in self.table.told else None
        prefixed = f"{_taxonomy(qname.namespace)}:{qname.local}"
        return prefixed if prefixed in self.table.told else None

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that are about this form."""
        about = self.about
        return [row for row in self.table.rows if row.applies(about.form, about.document_type, about.inline)]

    def place(self, context: Context) -> Place:
        known = self._places.get(context.id)
        if known is None:
            known = self._places[context.id] = tuple(
                sorted(context.dimensions.items(), key=lambda item: (item[0].clark, str(item[1])))
            )
        return known

    def names(self) -> Iterable[str]:
        return self._facts

    def places(self, name: str) -> Mapping[Place, Sequence[Fact]]:
        return self._facts.get(name, {})

    def facts(self, name: str, row: Row) -> list[Fact]:
        """The facts of an element that a row counts."""
        required = self.about.required_period if not row.axis and row.check in _REQUIRED_CONTEXT else None
        found = []
        for place, facts in self.places(name).items():
            if self.counts(row, place):
                found += [fact for fact in facts if _in_language(fact, row) and _is_of(fact, required)]
        return found

    def at(self, name: str, place: Place) -> Fact | None:
        """The first fact of an element that is about the same."""
        facts = self.places(name).get(place)
        return facts[0] if facts else None

    def all_places(self, names: Iterable[str], row: Row) -> Iterator[Place]:
        """What the facts of some elements are about, as far as the row counts it; each once."""
        found: dict[Place, None] = {}
        for name in names:
            for place in self.places(name):
                if self.counts(row, place):
                    found[place] = None
        yield from found

    def counts(self, row: Row, place: Place) -> bool:
        """Whether contexts of this kind are those that a row is about."""
        if not row.axis:
            return not place
        axis = self.table.axes[row.axis]
        names = axis.axes
        excluded = bool(names) and names[0] == ALL_BUT
        if not place:
            return (None in names) != excluded
        axes = [each for each in place if any(name and _is_axis(name, each[0]) for name in names if name != ALL_BUT)]
        if axis.members and not all(isinstance(each[1], QName) and each[1].local in axis.members for each in axes):
            return False
        return (len(axes) == len(place)) != excluded

    def declared(self, name: str) -> bool:
        """Whether the taxonomies that the report uses have the element: what they have not cannot be demanded."""
        about = self.about
        prefix, _, local = name.rpartition(":")
        if not prefix:
            return bool(about.dei) and about.dts.concept(QName(about.dei, local)) is not None
        return any(about.dts.concept(QName(each, local)) is not None for each in self.namespaces(prefix))

    def namespaces(self, prefix: str) -> list[str]:
        """Namespaces of the DTS that the table's prefix stands for."""
        return [each for each in self.about.dts.namespaces() if _taxonomy(each) == prefix]


def _taxonomy(namespace: str) -> str:
    """The word by which the table's prefixes name a taxonomy: the path of its namespace before the version."""
    match = re.match(r"https?://xbrl\.sec\.gov/([\w-]+)/", namespace)
    return match.group(1) if match else ""


def _is_axis(name: str, axis: QName) -> bool:
    if name.startswith("!std!:"):
        return axis.local == name[6:] and is_standard(axis.namespace)
    prefix, _, local = name.rpartition(":")
    return axis.local == local and (not prefix or f"/{prefix}/" in axis.namespace)


def _is_of(fact: Fact, required: Period | None) -> bool:
    """Whether a fact is about the period of the report, or about a day."""
    period = fact.period
    return required is None or period is None or period.kind != "duration" or period == required


def _in_language(fact: Fact, row: Row) -> bool:
    return not row.language or re.match(row.language, fact.language or "en-US") is not None
