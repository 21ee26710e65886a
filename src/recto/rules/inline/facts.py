"""Numbers within numbers, fractions and tuples (Inline XBRL 1.1, 7, 10 and 15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.instance.inline.content import plain_text, said
from recto.instance.inline.document import InlineFile, Marked
from recto.instance.inline.transforms import TransformError, UnknownTransform, transform
from recto.names import XSI
from recto.rules.inline.support import CLAUSES, NAMESPACE, at, broken, files_of, identified, shown
from recto.rules.subject import Subject

_SEC = "http://www.sec.gov/"
_NIL = f"{{{XSI}}}nil"
_NUMBER = f"{NAMESPACE}nonFraction"
_FRACTION = f"{NAMESPACE}fraction"
_TUPLE = f"{NAMESPACE}tuple"
_TERMS = ("numerator", "denominator")
_PARTS = frozenset(f"{NAMESPACE}{name}" for name in ("fraction", "nonFraction", "nonNumeric", "tuple"))
"""What may be part of a tuple."""
_SIMPLE = frozenset(("nonFraction", "nonNumeric"))
_IN_FRACTION = frozenset((_FRACTION, *(f"{NAMESPACE}{name}" for name in _TERMS)))


def _is_nil(element: Any) -> bool:
    return (element.get(_NIL) or "").strip() in ("true", "1")


def nested_numbers(subject: Subject) -> Iterator[Finding]:
    """A number within a number has the same format, scale and unit, and is not nil (Inline XBRL 1.1, 10.1.2)."""
    for file in files_of(subject):
        for each in file.facts:
            element = each.element
            parent = element.getparent()
            if parent is None or element.tag != _NUMBER or parent.tag != _NUMBER:
                continue
            if _is_nil(element):
                yield broken("nestedNonFractionIsNil", "10.1.2", file, element)
            different = [name for name, one, other in _properties(file, element, parent) if one != other]
            if different:
                yield broken("nestedNonFractionProperties", "10.1.2", file, element, names=" and ".join(different))


def _properties(file: InlineFile, element: Any, parent: Any) -> Iterator[tuple[str, object, object]]:
    qname = file.prefixes.qname
    yield "format", qname(element, element.get("format")), qname(parent, parent.get("format"))
    yield "scale", _scale(element.get("scale")), _scale(parent.get("scale"))
    yield "unit", (element.get("unitRef") or "").strip(), (parent.get("unitRef") or "").strip()


def _scale(text: str | None) -> object:
    try:
        return int(text or 0)
    except ValueError:
        return text


def unformatted_numbers(subject: Subject) -> Iterator[Finding]:
    """A number without a format is not negative: its sign is said by the attribute (Inline XBRL 1.1, 7.1.1, 10.1.1)."""
    for file in files_of(subject):
        for each in file.facts:
            if each.local == "nonFraction":
                yield from _unformatted(file, each.element, "10.1.2")
            elif each.local == "fraction":
                for name in _TERMS:
                    for term in each.element.iter(f"{NAMESPACE}{name}"):
                        yield from _unformatted(file, term, "7.1.2")


def _unformatted(file: InlineFile, element: Any, clause: str) -> Iterator[Finding]:
    text = element.text
    if not text or "-" not in text or element.get("format") is not None:
        return
    number = text.strip()
    if number.startswith("-") and number.strip("-0."):  # minus zero is not negative
        yield broken(f"{element.tag[len(NAMESPACE) :]}Negative", clause, file, element, text=text.strip())


def nil_content(subject: Subject) -> Iterator[Finding]:
    """A nil fact holds nothing (XML Schema 1.0 Part 1, 3.3.4, for the schema of Inline XBRL 1.1)."""
    for file in files_of(subject):
        for each in file.facts:
            element = each.element
            if each.local not in _SIMPLE or element.get(_NIL) is None or not _is_nil(element):
                continue  # the rules of fractions and tuples speak for these
            children = any(isinstance(child.tag, str) for child in element)
            if children or "".join(element.itertext()).strip():
                which = element.get("id") or element.get("name")
                name = f"{shown(element)} {which}" if which else shown(element)
                reason = "it is nil, so it must hold neither text nor elements"
                yield at("html:syntaxError", file, element, about=name, reason=reason)


def nil_formats(subject: Subject) -> Iterator[Finding]:
    """The format of a nil fact fits its content too (Inline XBRL 1.1, 10.1.1 and 11.1.1)."""
    for file in files_of(subject):
        for each in file.facts:
            written = each.element.get("format")
            if written is None or not _is_nil(each.element):
                continue
            name = file.prefixes.qname(each.element, written)
            clause = CLAUSES[each.local]
            if name is None:
                continue  # reading reports the prefix
            if name.namespace.startswith(_SEC) and not plain_text(each).strip():
                continue  # the SEC's formats are of values; of nothing they make none
            try:
                transform(name.namespace, name.local, plain_text(each))
            except UnknownTransform as error:
                yield broken("invalidTransformation", f"{clause}.2", file, each.element, reason=error.message)
            except TransformError as error:
                yield broken("transformValueError", f"{clause}.1", file, each.element, reason=error.message)


def fractions(subject: Subject) -> Iterator[Finding]:
    """A fraction that is not nil has one numerator and one denominator, directly or in a fraction within it that has
    the same unit (Inline XBRL 1.1, 7.1.1 and 7.1.2).
    """
    for file in files_of(subject):
        for each in file.facts:
            if each.local == "fraction":
                yield from _fraction(file, each.element)


def _fraction(file: InlineFile, element: Any) -> Iterator[Finding]:
    counts = [sum(1 for _ in element.iter(f"{NAMESPACE}{name}")) for name in _TERMS]
    if _is_nil(element):
        if any(counts):
            yield broken(
                "fractionChildren", "7.1.1", file, element, reason=_terms(counts), wanted="nothing, since it is nil"
            )
    elif counts != [1, 1] and 0 not in counts:  # reading the fraction reports a term that is missing
        yield broken("fractionChildren", "7.1.1", file, element, reason=_terms(counts), wanted="one of each")
    for inner in element.iter(f"{NAMESPACE}*"):
        if inner is not element and inner.tag not in _IN_FRACTION:
            yield broken("fractionDescendants", "7.1.1", file, element, inner=shown(inner))
            break
    outer = next(element.iterancestors(_FRACTION), None)
    if outer is not None:
        if _is_nil(element) != _is_nil(outer):
            yield broken("nestedFractionIsNil", "7.1.2", file, element)
        if (element.get("unitRef") or "").strip() != (outer.get("unitRef") or "").strip():
            yield broken("nestedFractionProperties", "7.1.2", file, element)


def _terms(counts: list[int]) -> str:
    return f"it holds {counts[0]} numerators and {counts[1]} denominators"


def tuples(subject: Subject) -> Iterator[Finding]:
    """Parts of tuples say where they belong and in which order, and belong to the same target as their tuple
    (Inline XBRL 1.1, 15.1.2).
    """
    files = files_of(subject)
    facts = list(identified(files))
    by_id: dict[str, Marked] = {}
    for each in facts:
        identifier = each.element.get("tupleID") if each.local == "tuple" else None
        if identifier is None:
            continue
        if by_id.setdefault(identifier, each) is not each:
            yield broken("tupleIdDuplication", "15.1.2", each.file, each.element, identifier=identifier)
    if not any(each.local == "tuple" or _is_placed(each.element) for each in facts):
        return
    yield from _strangers(files)
    owners: dict[Any, Any] = {}
    places: dict[tuple[Any, float], Marked] = {}
    filled: set[Any] = set()
    for each in facts:
        reference = each.element.get("tupleRef")
        if reference is None:
            owner = next(each.element.iterancestors(_TUPLE), None)
        else:
            named = by_id.get(reference.strip())
            owner = None if named is None else named.element
            if named is None:
                yield broken("tupleReference", "15.1.2", each.file, each.element, reference=reference)
        if owner is None:
            if reference is None and each.element.get("order") is not None:
                yield broken(
                    "tupleOrder", "15.1.2", each.file, each.element, reason="it has an order, but belongs to no tuple"
                )
            continue
        owners[each.element] = owner
        filled.add(owner)
        yield from _part(each, owner, places)
    for each in facts:
        if each.local != "tuple":
            continue
        if _in_ring(each.element, owners):
            yield broken("tupleCycle", "15.1.2", each.file, each.element)
        if _is_nil(each.element) and each.element in filled:
            yield broken("tupleNilContent", "15.1.1", each.file, each.element)
        if not _is_nil(each.element) and each.element not in filled:
            yield broken("tupleEmpty", "15.1.1", each.file, each.element)


def _is_placed(element: Any) -> bool:
    return element.get("tupleRef") is not None or element.get("order") is not None


def _strangers(files: list[InlineFile]) -> Iterator[Finding]:
    """Of Inline XBRL's elements only facts stand in tuples, but for what stands in these facts (15.1.1)."""
    for file in files:
        for each in file.facts:
            if each.local != "tuple":
                continue
            for element in each.element.iterdescendants(f"{NAMESPACE}*"):
                if element.tag not in _PARTS and next(element.iterancestors(f"{NAMESPACE}*")) is each.element:
                    yield broken("tupleDescendants", "15.1.1", file, each.element, name=shown(element))


def _part(each: Marked, owner: Any, places: dict[tuple[Any, float], Marked]) -> Iterator[Finding]:
    file, element = each.file, each.element
    if element.get("target") != owner.get("target"):
        yield broken("tupleTargetMismatch", "15.1.2", file, element)
    order = element.get("order")
    if order is None:
        yield broken("tupleOrder", "15.1.2", file, element, reason="it belongs to a tuple, so it must have an order")
        return
    try:
        place = float(order)
    except ValueError:
        return
    first = places.setdefault((owner, place), each)
    if first is not each and said(first) != said(each):
        problem = f"another part of its tuple, which says something else, has the order {order}"
        yield broken("tupleOrder", "15.1.2", file, element, reason=problem)


def _in_ring(element: Any, owners: dict[Any, Any]) -> bool:
    at = owners.get(element)
    seen: set[Any] = set()
    while at is not None and at not in seen:
        if at is element:
            return True
        seen.add(at)
        at = owners.get(at)
    return False


RULES = (nested_numbers, unformatted_numbers, nil_content, nil_formats, fractions, tuples)
