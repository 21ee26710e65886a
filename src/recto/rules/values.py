"""Numbers with their accuracy, and when contexts, units and facts are equal (XBRL 2.1, 4.6.6, 4.6.7 and 4.10)."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from recto import arithmetic
from recto.instance.model import Context, Decimals, Fact, Unit
from recto.instance.values import member_key
from recto.names import QName
from recto.rules.subject import Subject
from recto.schema.assess import normalized
from recto.schema.components import ComplexType, ElementDecl
from recto.schema.grammar import Grammar
from recto.taxonomy.model import DataType
from recto.taxonomy.ordering import comparable
from recto.taxonomy.types import ANY_TYPE

_DECIMALS, _PRECISION = QName("", "decimals"), QName("", "precision")
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def rounded(number: Decimal, decimals: Decimals) -> Decimal:
    """The number to so many decimal places (negative: before the point), halves to even (XBRL 2.1, 4.6.7.2)."""
    return number if decimals == "INF" else arithmetic.rounded(number, decimals)


def decimals_from_precision(number: Decimal, precision: Decimals) -> Decimals | None:
    """The decimals that a precision means for a number; None for precision 0, of which nothing is known (4.6.6)."""
    if precision == "INF":
        return "INF"
    if precision == 0:
        return None
    if not number or not number.is_finite():
        return "INF"
    return precision - number.adjusted() - 1


class Values:
    """Values of facts as validation sees them, defaults and fixed values of the schema included."""

    def __init__(self, subject: Subject):
        self.subject = subject
        self._defaults: dict[QName, tuple[Decimals | None, Decimals | None]] = {}
        self._contexts: dict[str, Hashable] = {}
        self._units: dict[str, Hashable] = {}
        self._numbers: dict[Hashable, int] = {}
        """Keys are numbered: a number is hashed faster than all that is in a context."""

    def accuracy(self, fact: Fact) -> tuple[Decimals | None, Decimals | None]:
        """(decimals, precision) as reported or by the type's default or fixed value (XBRL 2.1, 4.6.3)."""
        if fact.decimals is not None or fact.precision is not None:
            return fact.decimals, fact.precision
        return self.default_accuracy(fact.qname)

    def default_accuracy(self, name: QName) -> tuple[Decimals | None, Decimals | None]:
        """What an element's type gives for decimals and precision where the fact has none."""
        known = self._defaults.get(name)
        if known is None:
            known = self._defaults[name] = self._find_defaults(name)
        return known

    def _find_defaults(self, name: QName) -> tuple[Decimals | None, Decimals | None]:
        grammar = self.subject.grammar
        decl = grammar.element(name.clark)
        type_ = grammar.type_of(decl) if decl is not None else None
        if not isinstance(type_, ComplexType):
            return None, None
        found = []
        for attribute in (_DECIMALS, _PRECISION):
            use = type_.attributes.get(attribute)
            text = None if use is None else use.fixed if use.fixed is not None else use.default
            found.append(_accuracy(text))
        return found[0], found[1]

    def decimals(self, fact: Fact) -> Decimals | None:
        """The decimals of a numeric fact, inferred from precision where need be; None where nothing is known."""
        decimals, precision = self.accuracy(fact)
        if decimals is not None:
            return decimals
        number = fact.number
        if precision is None or number is None:
            return None
        return decimals_from_precision(number, precision)

    def context_key(self, context: Context) -> Hashable:
        """Equal for contexts that are equal in structure (XBRL 2.1, 4.10); the order of dimensions does not matter."""
        key = self._contexts.get(context.id)
        if key is None:
            whole = self._context_key(context)
            key = self._contexts[context.id] = self._numbers.setdefault(whole, len(self._numbers))
        return key

    def _context_key(self, context: Context) -> Hashable:
        period = context.period
        dimensions = frozenset(
            (axis, context.containers.get(axis), member_key(member, self.subject.dts))
            for axis, member in context.dimensions.items()
        )
        others: tuple[Hashable, ...] = ()
        if context.segment_other or context.scenario_other:
            others = self._others(context)
        return (
            context.scheme,
            context.identifier,
            period.exact[0] or _moment(period.start, period.zones[0]),
            period.exact[1] or _moment(period.end, period.zones[1]),
            dimensions,
            others,
        )

    def _others(self, context: Context) -> tuple[Hashable, ...]:
        """The other content of segment and scenario, by value."""
        anchors = self.subject.anchors
        element = anchors.contexts.get(context.id) if anchors is not None else None
        if element is None:
            return (context.segment_other, context.scenario_other)
        keys: list[Hashable] = []
        for container in element.iter(
            "{http://www.xbrl.org/2003/instance}segment", "{http://www.xbrl.org/2003/instance}scenario"
        ):
            inner = tuple(
                typed_key(child, self.subject.grammar)
                for child in container
                if not child.tag.startswith("{http://xbrl.org/2006/xbrldi}")
            )
            if inner:
                keys.append((container.tag, inner))
        return tuple(keys)

    def unit_key(self, unit: Unit | None) -> Hashable:
        """Equal for units with the same measures in any order."""
        if unit is None:
            return None
        key = self._units.get(unit.id)
        if key is None:
            whole = (tuple(sorted(unit.numerators)), tuple(sorted(unit.denominators)))
            key = self._units[unit.id] = self._numbers.setdefault(whole, len(self._numbers))
        return key

    def same_value(self, first: Fact, second: Fact) -> bool:
        """V-equality: numbers after rounding to the lesser accuracy, texts by their value (XBRL 2.1, 4.10)."""
        one, two = first.number, second.number
        if one is None or two is None:
            return first.value.strip() == second.value.strip()
        accuracies = (self.decimals(first), self.decimals(second))
        if None in accuracies:
            return False
        finite = [each for each in accuracies if isinstance(each, int)]
        least: Decimals = min(finite) if finite else "INF"
        return rounded(one, least) == rounded(two, least)


def _accuracy(text: str | None) -> Decimals | None:
    if text is None:
        return None
    text = text.strip()
    if text == "INF":
        return "INF"
    try:
        return int(text)
    except ValueError:
        return None


def _moment(moment: datetime | None, zone: str) -> Hashable:
    return moment if moment is None or not zone else (in_utc(moment, zone), "Z")


def in_utc(moment: datetime, zone: str) -> datetime:
    """A local time of a zone as written (`Z`, `-05:00`), in UTC; unchanged where that leaves the years 1 to 9999."""
    if zone == "Z":
        return moment
    sign = -1 if zone[0] == "+" else 1
    try:
        return moment + sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    except OverflowError:
        return moment


def typed_key(element: Any, grammar: Grammar, decl: ElementDecl | None = None) -> Hashable:
    """Equal for elements that are equal in structure, texts compared as values of their types (XBRL 2.1, 4.10).

    Attributes that the schema supplies count as if they were written.
    """
    decl = decl or grammar.element(element.tag)
    type_ = grammar.type_of(decl) if decl is not None else None
    attributes: dict[str, Hashable] = {}
    uses = type_.attributes if isinstance(type_, ComplexType) else {}
    for name, text in element.items():
        if name.startswith(_XSI):
            continue
        use = uses.get(QName.of(name)) or grammar.attribute(name)
        attributes[name] = value_key(use.type if use is not None else None, text)
    for qname, use in uses.items():
        text = use.fixed if use.fixed is not None else use.default
        if text is not None and qname.clark not in attributes:
            attributes[qname.clark] = value_key(use.type, text)
    simple = type_.simple if isinstance(type_, ComplexType) else type_ if type_ is not ANY_TYPE else None
    if len(element) == 0:
        text = element.text or ""
        if not text and decl is not None:
            text = decl.fixed if decl.fixed is not None else decl.default or ""
        content: Hashable = value_key(simple, text) if simple is not None else text.strip()
    else:
        mixed = isinstance(type_, ComplexType) and type_.mixed and not type_.anything
        texts = (element.text, *(child.tail for child in element)) if mixed else ()
        content = (tuple(typed_key(child, grammar) for child in element), texts)
    return (element.tag, frozenset(attributes.items()), content)


def value_key(type_: DataType | None, text: str) -> Hashable:
    """A value of a simple type, for comparison. NaN equals nothing, not even itself."""
    if type_ is None:
        return text
    if type_.xsd_base in ("float", "double"):
        word = text.strip()
        if word == "NaN":
            return object()
        try:
            return float({"INF": "inf", "-INF": "-inf"}.get(word, word))
        except ValueError:
            return word
    if type_.xsd_base == "boolean":
        return {"1": True, "true": True, "0": False, "false": False}.get(text.strip(), text)
    value: Hashable = comparable(type_.xsd_base, text)
    return normalized(text, type_) if value is None else value
