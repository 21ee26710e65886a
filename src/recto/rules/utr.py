"""The Units Registry: whether the unit of a numeric fact is one that the registry lists for its type (UTR 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from recto.errors import RectoError
from recto.findings import Finding
from recto.instance.model import Unit
from recto.names import UTR, XBRLI, QName
from recto.rules import Rule
from recto.rules.subject import Subject, fact_finding, finding
from recto.taxonomy.model import DataType
from recto.xml import parse

REGISTRY = "http://www.xbrl.org/utr/utr.xml"
_DTR = "http://www.xbrl.org/dtr/type/"
_UTR = f"{{{UTR}}}"
_SPECIFICATION = "Unit Type Registry 1.0, 3"


class Entry(Struct, frozen=True):
    """A unit of the registry. Namespaces are "" where the registry leaves them open."""

    unit: QName | None
    """The measure of a simple unit; None for a quotient."""
    numerator: tuple[str, str] = ("", "")
    """(namespace, local name) of the item type whose units may stand in the numerator."""
    denominator: tuple[str, str] = ("", "")


class Registry(Struct):
    """The entries of a units registry by item type, as (namespace, local name); "" stands for any namespace."""

    entries: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    faults: list[tuple[str, int]] = field(default_factory=list)
    """What is wrong with the document itself, and on which line."""

    def type_in(self, type_: DataType | None) -> tuple[str, str] | None:
        """The most specific type in the chain that the registry knows."""
        if type_ is None:
            return None
        for each in type_.chain():
            name = each.qname
            if (name.namespace, name.local) in self.entries:
                return name.namespace, name.local
            if ("", name.local) in self.entries:
                return "", name.local
        return None

    def admits(self, type_: tuple[str, str], unit: Unit) -> bool:
        """Whether the unit is one of the type's."""
        return any(self._matches(entry, unit) for entry in self.entries[type_])

    def _matches(self, entry: Entry, unit: Unit) -> bool:
        if entry.unit is not None:
            return unit.measure is entry.unit
        if len(unit.numerators) != 1 or len(unit.denominators) != 1:
            return False
        return self._measures(entry.numerator, unit.numerators[0]) and self._measures(
            entry.denominator, unit.denominators[0]
        )

    def _measures(self, type_: tuple[str, str], measure: QName) -> bool:
        """Whether the measure is a unit of the type; any is where the registry lists none for it."""
        found = self.entries.get(type_) or self.entries.get(("", type_[1]))
        return found is None or any(entry.unit is measure for entry in found)


def read_registry(data: bytes, url: str, *, judged: bool = True) -> Registry:
    """A units registry document, with its faults where it is to be `judged`. Raises `RectoError` where it cannot be
    parsed.
    """
    registry = Registry()
    document = parse(data, url)
    known: set[tuple[str, str, str]] = set()
    for element in document.root.iter(_UTR + "unit"):
        texts = {child.tag[len(_UTR) :]: (child.text or "").strip() for child in element if child.tag.startswith(_UTR)}
        if judged:
            registry.faults += [(problem, document.line(element)) for problem in _faults(texts, known)]
        name = texts.get("itemType", "")
        if not name:
            continue
        if texts.get("numeratorItemType") or texts.get("denominatorItemType"):
            entry = Entry(
                None,
                (texts.get("nsNumeratorItemType", ""), texts.get("numeratorItemType", "")),
                (texts.get("nsDenominatorItemType", ""), texts.get("denominatorItemType", "")),
            )
        else:
            entry = Entry(QName(texts.get("nsUnit", UTR) or UTR, texts.get("unitId", "")))
        namespace = texts.get("nsItemType", "")
        # The Data Type Registry's namespace has a date, which the units registry does not follow.
        key = ("" if namespace.startswith(_DTR) or namespace == "http://www.xbrl.org/2009/dtr" else namespace, name)
        registry.entries.setdefault(key, []).append(entry)
    return registry


def _faults(texts: dict[str, str], known: set[tuple[str, str, str]]) -> Iterator[str]:
    """What the structure of a registry forbids in one of its units (Units Registry Structure 1.0, 2)."""
    unit = texts.get("unitId", "")
    if "{" in unit:
        return  # a pattern of units, as later registries have them
    key = (texts.get("nsUnit", ""), unit, texts.get("status", ""))
    if key in known:
        yield f"the unit {unit} occurs more than once with the status {key[2]}"
    known.add(key)
    if not texts.get("itemType"):
        yield f"the unit {unit} has no itemType"
    parts = [part for part in ("numerator", "denominator") if texts.get(f"{part}ItemType")]
    if parts and "nsUnit" in texts:
        yield f"the simple unit {unit} has a {parts[0]}ItemType"
    elif parts and texts.get("symbol"):
        yield f"the unit {unit} is a quotient, so it must have no symbol"
    for part in ("numerator", "denominator"):
        if texts.get(f"ns{part.title()}ItemType") and part not in parts:
            yield f"the unit {unit} has a namespace for its {part}, but no {part}ItemType"


_registries: dict[tuple[str, object, bool], Registry] = {}
"""Registries by URL and stamp, and whether their faults were looked for."""
_MOST_REGISTRIES = 4


def load_registry(subject: Subject) -> Registry:
    """The registry that the subject is to be checked against. Raises `RectoError` where it is not to be had."""
    url = subject.utr or REGISTRY
    resolver = subject.resolver
    stamp = resolver.stamp(url)
    judged = subject.utr is not None  # a registry of one's own; the published one is its publisher's
    if stamp is None:
        return read_registry(resolver.read(url), url, judged=judged)
    key = (url, stamp, judged)
    registry = _registries.get(key)
    if registry is None:
        if len(_registries) >= _MOST_REGISTRIES:
            _registries.clear()
        registry = _registries.setdefault(key, read_registry(resolver.read(url), url, judged=judged))
    return registry


def units(subject: Subject) -> Iterator[Finding]:
    """Units of facts whose type the registry constrains (UTR 1.0, 3)."""
    concepts = {fact.concept for fact in subject.instance.facts if fact.unit is not None}
    of_type = {each: each.type for each in concepts if each is not None and each.type is not None and each.is_numeric}
    if subject.utr is None and not any(map(_registered, dict.fromkeys(of_type.values()))):
        return
    types: dict[DataType, list[Any]] = {}
    for fact in subject.instance.facts:
        type_ = of_type.get(fact.concept) if fact.unit is not None else None  # type: ignore[arg-type]
        if type_ is not None:
            types.setdefault(type_, []).append(fact)
    try:
        registry = load_registry(subject)
    except RectoError as error:
        yield finding("utre:registryMissing", subject.instance.url, None, reason=error.message)
        return
    for problem, line in registry.faults:
        yield finding("recto:malformedRegistry", subject.utr, line, reason=problem)
    for type_, facts in types.items():
        found = registry.type_in(type_)
        if found is None:
            continue
        known: dict[str, bool] = {}
        for fact in facts:
            unit = fact.unit
            if unit.id not in known:
                known[unit.id] = registry.admits(found, unit)
            if not known[unit.id]:
                yield fact_finding(
                    "utre:error-NumericFactUtrInvalid",
                    fact,
                    specification=_SPECIFICATION,
                    type=found[1],
                    unit=_name(unit),
                )


def _registered(type_: DataType) -> bool:
    """Whether a type is not one of XBRL's own alone, which XBRL 2.1 itself constrains."""
    return any(each.qname.namespace.startswith(_DTR) for each in type_.chain()) or not all(
        each.qname.namespace in (XBRLI, "http://www.w3.org/2001/XMLSchema") for each in type_.chain()
    )


def _name(unit: Unit) -> str:
    text = " × ".join(measure.local for measure in unit.numerators)
    if unit.denominators:
        text += " / " + " × ".join(measure.local for measure in unit.denominators)
    return f"unit {text} ({unit.id})"


def rules() -> list[Rule]:
    return [units]
