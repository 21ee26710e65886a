"""The filer's linkbases as they are written (EDGAR Filer Manual, 6.9, 6.10, 6.12.1, 6.14.2, 6.16.1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from recto.findings import Finding
from recto.names import LINK, ROLE_DOCUMENTATION
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
            for link in tree.root.iter("*"):
                if link.get(TYPE) == "extended":
                    yield from _ineffective(link, tree)
                    for element in link.iterchildren("*"):
                        yield from _element(element, tree)


def _ineffective(link: Any, tree: Document) -> Iterator[Finding]:
    """Arcs that another arc of the link says already (6.9.3)."""
    located: dict[str | None, list[str]] = {}
    for place in link.iterchildren(f"{{{LINK}}}loc"):
        located.setdefault(place.get(LABEL), []).append((place.get(HREF) or "").strip())
    seen: set[tuple[str, ...]] = set()
    for arc in link.iterchildren("*"):
        if arc.get(TYPE) != "arc":
            continue
        said = tuple(f"{name}={value}" for name, value in sorted(arc.items()) if name not in _ENDS)
        for source in located.get(arc.get(FROM), ()):
            for target in located.get(arc.get(TO), ()):
                key = (source, target, *said)
                if key in seen:
                    yield tell_element("6.09.03.ineffectiveArc", arc, tree)
                seen.add(key)


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
