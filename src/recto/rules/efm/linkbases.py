"""The filer's linkbases as they are written (EDGAR Filer Manual, 6.9, 6.10, 6.12.1, 6.14.2, 6.16.1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from recto.findings import Finding
from recto.names import LINK, ROLE_DOCUMENTATION, XLINK
from recto.rules import Rule
from recto.rules.efm.submission import is_standard, submission
from recto.rules.efm.telling import tell_element
from recto.rules.subject import Subject
from recto.xml import Document
from recto.xml.integers import natural
from recto.xml.xlink import ARCROLE, FROM, HREF, LABEL, ROLE, TO, TYPE

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
_HIGHEST: Final = 10
_LONGEST_LABEL: Final = 511


def written(subject: Subject) -> Iterator[Finding]:
    """Arcs have an order, a priority below ten, weights of one; resources have roles; labels no blanks around them."""
    for document in submission(subject).custom_documents:
        if not document.compiled.links and document.compiled.kind != "linkbase":
            continue
        tree = subject.tree(document)
        if tree is not None:
            for link in tree.root.xpath("//*[@xlink:type='extended']", namespaces={"xlink": XLINK}):
                yield from _ineffective(link, tree)
                for element in link.iterchildren("*"):
                    if element.tag != _LOC:
                        yield from _element(element, tree)


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


def _element(element: Any, tree: Document) -> Iterator[Finding]:
    kind = element.get(TYPE)
    if kind == "arc":
        yield from _arc(element, tree)
    elif kind == "resource" and element.tag in _RESOURCES:
        if not element.get(ROLE):
            yield tell_element("6.09.04.resourceRole", element, tree)
        elif not is_standard(element.get(ROLE)):
            yield tell_element("6.09.05.customResourceRole", element, tree, role=element.get(ROLE))
        if element.tag == _LABEL:
            text = "".join(element.itertext())
            if element.get(ROLE) != ROLE_DOCUMENTATION and (len(text) >= _LONGEST_LABEL or "<" in text):
                yield tell_element("6.10.06.labelText", element, tree, text=" ".join(text.split())[:60])
            if text != text.strip():
                yield tell_element("6.10.08.labelNotTrimmed", element, tree, text=" ".join(text.split())[:60])


def _arc(element: Any, tree: Document) -> Iterator[Finding]:
    arcrole = element.get(ARCROLE) or ""
    if arcrole and not is_standard(arcrole):
        yield tell_element("6.09.06.customArcrole", element, tree, arcrole=arcrole)
    priority = (element.get("priority") or "").strip()
    number = natural(priority)
    if number is not None and number >= _HIGHEST:
        yield tell_element("6.09.09.priority", element, tree, priority=priority)
    code = _ORDERED.get(element.tag)
    if code is not None and element.get("order") is None and element.get("use") != "prohibited":
        yield tell_element(code, element, tree)
    if element.tag == _CALCULATION:
        try:
            weight = Decimal((element.get("weight") or "").strip())
        except InvalidOperation:
            return
        if weight not in (1, -1):
            yield tell_element("6.14.02.weight", element, tree, weight=element.get("weight"))


RULES: list[Rule] = [written]
