"""The filer's linkbases as they are written (EDGAR Filer Manual, 6.9, 6.10, 6.12.1, 6.14.2, 6.16.1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from lxml import etree

from recto.findings import Finding
from recto.names import LINK, ROLE_DOCUMENTATION, XLINK
from recto.rules import Rule
from recto.rules.efm.submission import is_standard, submission
from recto.rules.efm.telling import tell_element
from recto.rules.subject import Subject
from recto.xml import Document
from recto.xml.integers import natural
from recto.xml.xlink import ARCROLE, FROM, HREF, LABEL, ROLE, TO

_ORDERED: Final = {
    f"{{{LINK}}}presentationArc": "6.12.01.order",
    f"{{{LINK}}}definitionArc": "6.16.01.order",
}
_CALCULATION: Final = f"{{{LINK}}}calculationArc"
_LOC: Final = f"{{{LINK}}}loc"
_NETWORKS: Final = frozenset(f"{{{LINK}}}{kind}Link" for kind in ("presentation", "calculation", "definition"))
_ENDS: Final = frozenset((FROM, TO))
_LABEL: Final = f"{{{LINK}}}label"
_RESOURCES: Final = (_LABEL, f"{{{LINK}}}reference")
_PREFIXES: Final = {"xlink": XLINK}
_EXTENDED: Final = etree.XPath("//*[@xlink:type='extended']", namespaces=_PREFIXES)
_ARCROLES: Final = etree.XPath("*/@xlink:arcrole", namespaces=_PREFIXES)
_ARCS: Final = etree.XPath("*[@xlink:arcrole]", namespaces=_PREFIXES)
_WITH_PRIORITY: Final = etree.XPath("*[@priority]")
_WITHOUT_ORDER: Final = etree.XPath("*[@xlink:arcrole][not(@order)]", namespaces=_PREFIXES)
_HIGHEST: Final = 10
_LONGEST_LABEL: Final = 511


def written(subject: Subject) -> Iterator[Finding]:
    """Arcs have an order, a priority below ten, weights of one; resources have roles; labels no blanks around them."""
    for document in submission(subject).custom_documents:
        if not document.compiled.links and document.compiled.kind != "linkbase":
            continue
        tree = subject.tree(document)
        if tree is not None:
            for link in _EXTENDED(tree.root):
                yield from _ineffective(link, tree)
                yield from _arcs(link, tree)
                for element in link.iterchildren(*_RESOURCES):
                    yield from _resource(element, tree)


def _ineffective(link: Any, tree: Document) -> Iterator[Finding]:
    """Arcs that another arc of the link says already (6.9.3)."""
    if link.tag not in _NETWORKS:
        return
    located: dict[str | None, list[str | None]] = {}
    arcs: dict[tuple[str | None, str | None], list[Any]] = {}
    for each in link.iterchildren("*"):
        if each.tag == _LOC:
            located.setdefault(each.get(LABEL), []).append(each.get(HREF))
        elif each.get(FROM) is not None:
            arcs.setdefault((each.get(FROM), each.get(TO)), []).append(each)
    between: dict[tuple[str | None, str | None], list[Any]] = {}
    for (start, end), found in arcs.items():
        for source in located.get(start, ()):
            for target in located.get(end, ()):
                between.setdefault((source, target), []).extend(found)
    for found in between.values():
        if len(found) > 1:
            seen: set[tuple[tuple[str, str], ...]] = set()
            for arc in found:
                said = tuple(sorted((name, value) for name, value in arc.items() if name not in _ENDS))
                if said in seen:
                    yield tell_element("6.09.03.ineffectiveArc", arc, tree)
                seen.add(said)


def _arcs(link: Any, tree: Document) -> Iterator[Finding]:
    custom = [each for each in set(_ARCROLES(link)) if not is_standard(each)]
    for arc in _ARCS(link) if custom else ():
        if arc.get(ARCROLE) in custom:
            yield tell_element("6.09.06.customArcrole", arc, tree, arcrole=arc.get(ARCROLE))
    for arc in _WITH_PRIORITY(link):
        priority = arc.get("priority").strip()
        number = natural(priority)
        if number is not None and number >= _HIGHEST:
            yield tell_element("6.09.09.priority", arc, tree, priority=priority)
    for arc in _WITHOUT_ORDER(link):
        code = _ORDERED.get(arc.tag)
        if code is not None and arc.get("use") != "prohibited":
            yield tell_element(code, arc, tree)
    for arc in link.iterchildren(_CALCULATION):
        try:
            weight = Decimal((arc.get("weight") or "").strip())
        except InvalidOperation:
            continue
        if weight not in (1, -1):
            yield tell_element("6.14.02.weight", arc, tree, weight=arc.get("weight"))


def _resource(element: Any, tree: Document) -> Iterator[Finding]:
    role = element.get(ROLE)
    if not role:
        yield tell_element("6.09.04.resourceRole", element, tree)
    elif not is_standard(role):
        yield tell_element("6.09.05.customResourceRole", element, tree, role=role)
    if element.tag == _LABEL:
        text = "".join(element.itertext()) if len(element) else element.text or ""
        if role != ROLE_DOCUMENTATION and (len(text) >= _LONGEST_LABEL or "<" in text):
            yield tell_element("6.10.06.labelText", element, tree, text=" ".join(text.split())[:60])
        if text != text.strip():
            yield tell_element("6.10.08.labelNotTrimmed", element, tree, text=" ".join(text.split())[:60])


RULES: list[Rule] = [written]
