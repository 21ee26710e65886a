"""Text blocks of instances: escaped HTML of the kind that EDGAR takes (EDGAR Filer Manual, 6.5.15, 6.5.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any, Final

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
            for reason in dict.fromkeys(_faults(fact, subject)):
                yield tell_fact("6.05.16.textBlock", fact, reason=reason)


def _faults(fact: Fact, subject: Subject) -> Iterator[str]:
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
    try:
        root = etree.fromstring(f"<body>{text}</body>".encode(), parser)
    except etree.XMLSyntaxError as error:
        yield f"it is not well-formed: {error.msg}"
        return
    for element in root.iter("*"):
        if element is not root:
            yield from _element(element, subject)


def _element(element: Any, subject: Subject) -> Iterator[str]:
    name = element.tag
    allowed = html.ELEMENTS.get(name)
    if allowed is None:
        yield f"<{name}> is not allowed"
        return
    if element.nsmap:
        yield f"<{name}> declares a namespace"
    for attribute in element.attrib:
        if attribute not in allowed:
            yield f"<{name}> may not have the attribute {attribute}"
    if name == "table" and any(outer.tag == "table" for outer in element.iterancestors()):
        yield "a table stands within a table"
    if name == "a":
        reference = element.get("href") or ""
        if html.is_active(reference):
            yield f"the link {reference!r} runs something"
        elif html.is_external(reference):
            yield f"the link {reference!r} leads outside EDGAR"
    elif name == "img":
        yield from _image(element.get("src") or "", subject)


def _image(source: str, subject: Subject) -> Iterator[str]:
    if html.is_active(source) or html.is_remote(source) or not html.is_image(source):
        yield f"the image {source!r} is no JPEG or GIF file of the submission"
        return
    filing = subject.filing
    if filing is None or not filing.source.files:
        return
    read = filing.source.files.get(source) or filing.source.files.get(source.rpartition("/")[2])
    if read is None:
        if len(filing.source.files) > 1:  # a single document is not seen with what belongs to it
            yield f"the image {source!r} is not in the submission"
    elif not html.is_intact(source, read()):
        yield f"the image {source!r} is none by its content"


RULES: list[Rule] = [text_blocks]
