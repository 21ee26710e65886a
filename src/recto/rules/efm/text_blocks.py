"""Text blocks of instances: escaped HTML of the kind that EDGAR takes (EDGAR Filer Manual, 6.5.15, 6.5.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from recto.findings import Finding
from recto.instance.model import Fact
from recto.names import QName
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm import html
from recto.rules.efm.submission import is_standard, submission
from recto.rules.efm.telling import tell_fact
from recto.rules.subject import Subject

_TYPES: Final = ("escapedItemType", "textBlockItemType")
_ENTITY: Final = lazy(r"&([A-Za-z][A-Za-z0-9]*);")
_START: Final = lazy(r"<[^/!?][^>]*>")
_ALLOWED: Final = lazy(r"<([a-z0-9]+)((?:\s+[a-z]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")
_ATTRIBUTE: Final = lazy(r"([a-z]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_XML: Final = frozenset(("lt", "gt", "amp", "quot", "apos"))


def text_blocks(subject: Subject) -> Iterator[Finding]:
    """What text blocks hold is well-formed, of EDGAR's elements and attributes, and refers to nothing outside."""
    filed = submission(subject)
    if filed.inline:
        return  # rules for the whole document look at it
    known: dict[QName, bool] = {}
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=True)
    good: set[str] = set()
    for fact in filed.own_facts():
        if fact.qname not in known:
            type_ = fact.concept.type if fact.concept is not None else None
            known[fact.qname] = type_ is not None and any(
                each.qname.local in _TYPES and is_standard(each.qname.namespace) for each in type_.chain()
            )
        if known[fact.qname] and not fact.nil and ("<" in fact.value or "&" in fact.value):
            try:
                reasons = dict.fromkeys(_faults(fact, subject, parser, good))
            except etree.XMLSyntaxError as error:
                yield tell_fact("6.05.15.notWellFormed", fact, reason=error.msg)
                continue
            for reason in reasons:
                yield tell_fact("6.05.16.textBlock", fact, reason=reason)


def _faults(fact: Fact, subject: Subject, parser: etree.XMLParser, good: set[str]) -> Iterator[str]:
    """What EDGAR does not take of a text block; raises lxml's error for one that is not well-formed. `good`: start tags
    that were found to be allowed.
    """
    from html.entities import name2codepoint

    unknown: list[str] = []

    def resolved(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in _XML:
            return match.group()
        code = name2codepoint.get(name)
        if code is None:
            unknown.append(name)
            return " "
        return f"&#{code};"

    text = _ENTITY.sub(resolved, fact.value)
    for name in unknown:
        yield f"there is no character called &{name};"
    root = etree.fromstring(f"<body>{text}</body>".encode(), parser)
    evident = all(tag in good or _is_allowed(tag, good) for tag in set(_START.findall(text)))
    for element in root.iter(*html.BY_CONTENT) if evident else root.iterdescendants("*"):
        yield from html.faults(element, element.tag, subject)


def _is_allowed(tag: str, good: set[str]) -> bool:
    """Whether a start tag is evidently one of an element that is allowed, with attributes that are; kept if so."""
    match = _ALLOWED.fullmatch(tag)
    attributes = html.ELEMENTS.get(match[1]) if match is not None else None
    if match is None or attributes is None or not attributes.issuperset(_ATTRIBUTE.findall(match[2])):
        return False
    good.add(tag)
    return True


RULES: list[Rule] = [text_blocks]
