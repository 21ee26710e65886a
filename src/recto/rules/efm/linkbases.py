"""The filer's linkbases as they are written (EDGAR Filer Manual, 6.9, 6.10, 6.12.1, 6.14.2, 6.16.1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from recto.findings import Finding
from recto.names import LINK
from recto.rules import Rule
from recto.rules.efm.submission import is_standard, submission
from recto.rules.efm.telling import tell_element
from recto.rules.subject import Subject
from recto.xml import Document
from recto.xml.integers import natural
from recto.xml.xlink import ARCROLE, ROLE, TYPE

_ORDERED: Final = {
    f"{{{LINK}}}presentationArc": "6.12.01.order",
    f"{{{LINK}}}definitionArc": "6.16.01.order",
}
_CALCULATION: Final = f"{{{LINK}}}calculationArc"
_LABEL: Final = f"{{{LINK}}}label"
_RESOURCES: Final = (_LABEL, f"{{{LINK}}}reference")
_HIGHEST: Final = 10


def written(subject: Subject) -> Iterator[Finding]:
    """Arcs have an order, a priority below ten, weights of one; resources have roles; labels no blanks around them."""
    for document in submission(subject).custom_documents:
        if not document.compiled.links and document.compiled.kind != "linkbase":
            continue
        tree = subject.tree(document)
        if tree is not None:
            for link in tree.root.iter("*"):
                if link.get(TYPE) == "extended":
                    for element in link.iterchildren("*"):
                        yield from _element(element, tree)


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
