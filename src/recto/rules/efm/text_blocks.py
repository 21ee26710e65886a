"""Text blocks of instances: escaped HTML of the kind that EDGAR takes (EDGAR Filer Manual, 6.5.15, 6.5.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
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
_XML: Final = frozenset(("lt", "gt", "amp", "quot", "apos"))


def text_blocks(subject: Subject) -> Iterator[Finding]:
    """What text blocks hold is well-formed, of EDGAR's elements and attributes, and refers to nothing outside."""
    filed = submission(subject)
    if filed.inline:
        return  # rules for the whole document look at it
    known: dict[QName, bool] = {}
    for fact in filed.own_facts():
        if fact.qname not in known:
            type_ = fact.concept.type if fact.concept is not None else None
            known[fact.qname] = type_ is not None and any(
                each.qname.local in _TYPES and is_standard(each.qname.namespace) for each in type_.chain()
            )
        if known[fact.qname] and not fact.nil and ("<" in fact.value or "&" in fact.value):
            try:
                reasons = dict.fromkeys(_faults(fact, subject))
            except etree.XMLSyntaxError as error:
                yield tell_fact("6.05.15.notWellFormed", fact, reason=error.msg)
                continue
            for reason in reasons:
                yield tell_fact("6.05.16.textBlock", fact, reason=reason)


def _faults(fact: Fact, subject: Subject) -> Iterator[str]:
    """What EDGAR does not take of a text block; raises lxml's error for one that is not well-formed."""
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
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=True)
    root = etree.fromstring(f"<body>{text}</body>".encode(), parser)
    for element in root.iterdescendants("*"):
        yield from html.faults(element, element.tag, subject)


RULES: list[Rule] = [text_blocks]
