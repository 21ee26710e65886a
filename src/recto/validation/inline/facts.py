"""Facts in inline documents: references, nesting of numbers, excluded content (Inline XBRL 1.1, 5, 10 and 11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.names import XSI
from recto.validation.inline.documents import IX_, InlineDocument, inline_documents
from recto.validation.subject import Subject, prefixed

_NIL = f"{{{XSI}}}nil"
_NON_FRACTION = IX_ + "nonFraction"
_EXCLUDING = frozenset((IX_ + "continuation", IX_ + "footnote", IX_ + "nonNumeric"))


def references(subject: Subject) -> Iterator[Finding]:
    """contextRef and unitRef name a context and a unit of the document set (7.1.2, 10.1.2, 11.1.2)."""
    contexts, units = subject.instance.contexts, subject.instance.units
    for inline in inline_documents(subject):
        for name, section in (("nonFraction", "10.1.2"), ("nonNumeric", "11.1.2"), ("fraction", "7.1.2")):
            for element in inline.of(name):
                context = element.get("contextRef")
                if context is not None and context.strip() not in contexts:
                    yield inline.error(
                        f"ix11.{section}:contextReference",
                        element,
                        f"{prefixed(element)} refers to context {context!r}, which does not exist",
                        section,
                    )
                unit = element.get("unitRef")
                if unit is not None and unit.strip() not in units and name != "nonNumeric":
                    yield inline.error(
                        f"ix11.{section}:unitReference",
                        element,
                        f"{prefixed(element)} refers to unit {unit!r}, which does not exist",
                        section,
                    )


def numbers(subject: Subject) -> Iterator[Finding]:
    """ix:nonFraction holds a number or one other ix:nonFraction that agrees with it (10.1.1)."""
    for inline in inline_documents(subject):
        for element in inline.of("nonFraction"):
            if len(element) or element.getparent().tag == _NON_FRACTION:
                yield from _nesting(inline, element)


def _is_nil(element: Any) -> bool:
    return (element.get(_NIL) or "").strip() in ("true", "1")


def _nesting(inline: InlineDocument, element: Any) -> Iterator[Finding]:
    if not _is_nil(element) and len(element):
        text = (element.text or "") + "".join(child.tail or "" for child in element)
        if len(element) > 1 or text.strip() or element[0].tag != _NON_FRACTION:
            yield inline.error(
                "ix11.10.1.1:nonFractionChildren",
                element,
                "ix:nonFraction must hold either text or exactly one ix:nonFraction",
                "10.1.1",
            )
    outer = element.getparent()
    if outer.tag != _NON_FRACTION:
        return
    if _is_nil(element) or _is_nil(outer):
        yield inline.error(
            "ix11.10.1.2:nestedNonFractionIsNil", element, "ix:nonFraction that is nil cannot be nested", "10.1.1"
        )
    for name, default in (("format", ""), ("scale", "0"), ("unitRef", "")):
        inner_value, outer_value = element.get(name, default).strip(), outer.get(name, default).strip()
        if _property(element, name, inner_value) != _property(outer, name, outer_value):
            yield inline.error(
                "ix11.10.1.2:nestedNonFractionProperties",
                element,
                f"ix:nonFraction has another {name} ({inner_value!r}) than the one around it ({outer_value!r})",
                "10.1.1",
            )


def _property(element: Any, name: str, text: str) -> object:
    """An attribute by value: a scale as a number, a format as an expanded name."""
    if name == "scale":
        return int(text) if text.lstrip("+-").isdigit() else text
    if name == "format" and ":" in text:
        prefix, _, local = text.partition(":")
        return (element.nsmap.get(prefix), local)
    return text


def exclusions(subject: Subject) -> Iterator[Finding]:
    """ix:exclude stands inside a footnote, a continuation or a non-numeric fact (5.1.1)."""
    for inline in inline_documents(subject):
        for element in inline.of("exclude"):
            if not any(each.tag in _EXCLUDING for each in element.iterancestors()):
                yield inline.error(
                    "ix11.5.1.1:excludeMisplaced",
                    element,
                    "ix:exclude stands in no ix:nonNumeric, ix:footnote or ix:continuation",
                    "5.1.1",
                )


RULES = (references, numbers, exclusions)
