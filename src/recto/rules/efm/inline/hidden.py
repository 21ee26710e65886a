"""Hidden facts, and the places that show them (EDGAR Filer Manual, 5.2.5.14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from recto.findings import Finding, Severity
from recto.instance.model import Fact
from recto.names import XHTML
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm.cover.rows import visible_names
from recto.rules.efm.submission import submission
from recto.rules.efm.telling import tell_element, tell_fact
from recto.rules.inline.support import files_of
from recto.rules.subject import Subject
from recto.xml import Document

_HIDDEN: Final = lazy(r"(?:^|[;\s])-sec-ix-hidden\s*:\s*([^\s;]+)")
_FIXED: Final = frozenset(("anyURI", "base64Binary", "hexBinary", "NOTATION", "QName", "time", "token", "language"))
"""Built-in types of which no format makes a value out of what a document shows."""
_SHOWING: Final = etree.XPath("//@style[contains(., '-sec-ix-hidden')]/parent::h:*", namespaces={"h": XHTML})
"""Elements of XHTML that say they show a hidden fact; attributes are walked in half the time of elements."""
_HIDEABLE: Final = lazy(r"https?://xbrl\.(?:sec\.gov|us)/(?:dei|vip|ffd)/")
"""Taxonomies whose facts may be hidden, but for those of cover pages."""
_FUNDS: Final = lazy(r"https?://xbrl\.sec\.gov/(?:rr|oef)/")
_BEHIND_CHARTS: Final = lazy(r"(?:\w*TableTextBlock|RiskNarrativeTextBlock|BarChart\w+|AnnualReturn(?:19|20)\d\d)")
"""Facts of funds that bar charts and tables are made of."""
_FIXED_ITEMS: Final = frozenset(("enumerationItemType", "enumerationSetItemType"))


def hidden(subject: Subject) -> Iterator[Finding]:
    """A fact is hidden only where no format can make its value, and then the document shows where it belongs (6.5.45
    for cover pages).
    """
    filed = submission(subject)
    if not filed.inline or filed.instance.target is not None:
        return
    references = _references(subject)
    visible = visible_names(subject)
    facts: dict[str, Fact] = {}
    for fact in filed.own_facts():
        if fact.hidden:
            if fact.has_id:
                facts[fact.id] = fact
            if fact.qname in visible or not _HIDEABLE.match(fact.qname.namespace):
                yield from _fact(fact, references, visible.get(fact.qname))
    for identifier, elements in references.items():
        element, document = elements[0]
        found = facts.get(identifier)
        if found is None:
            yield tell_element("5.02.05.14.hidden-fact-not-found", element, document, about=identifier)
        elif len(elements) > 1:
            yield tell_fact("5.02.05.14.hidden-fact-multiple-references", found, count=len(elements))


def _fact(
    fact: Fact, references: dict[str, list[tuple[Any, Document]]], on_cover: Severity | None
) -> Iterator[Finding]:
    drawn = _FUNDS.match(fact.qname.namespace) and _BEHIND_CHARTS.match(fact.qname.local)
    if _can_be_shown(fact):
        if not drawn:
            yield tell_fact("5.02.05.14.hidden-fact-eligible-for-transform", fact)
    elif not (fact.id in references if fact.has_id else drawn):
        if on_cover is not None:
            yield tell_fact("6.05.45.coverPageFactNotVisible", fact, severity=on_cover)
        else:
            yield tell_fact("5.02.05.14.hidden-fact-not-referenced", fact)


def _can_be_shown(fact: Fact) -> bool:
    """Whether a visible element with some format could report the fact."""
    type_ = fact.concept.type if fact.concept is not None else None
    if fact.nil or type_ is None:
        return False
    if any(each.qname.local in _FIXED_ITEMS for each in type_.chain()):
        return False
    return type_.xsd_base not in _FIXED


def _references(subject: Subject) -> dict[str, list[tuple[Any, Document]]]:
    """Ids of hidden facts → elements that are styled to show them."""
    found: dict[str, list[tuple[Any, Document]]] = {}
    for file in files_of(subject):
        for element in _SHOWING(file.doc.root):
            style = element.get("style")
            if style and "-sec-ix-hidden" in style:
                match = _HIDDEN.search(style)
                if match is not None:
                    found.setdefault(match.group(1), []).append((element, file.doc))
    return found


RULES: list[Rule] = [hidden]
