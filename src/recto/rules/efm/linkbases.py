"""The filer's linkbases as they are written (EDGAR Filer Manual, 6.9, 6.10, 6.12.1, 6.14.1, 6.14.2, 6.16.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Final

from lxml import etree

from recto.findings import Finding
from recto.names import LINK, ROLE_DOCUMENTATION, XLINK
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm.submission import is_standard, submission
from recto.rules.efm.telling import tell_element
from recto.rules.subject import Subject, prefixed
from recto.taxonomy.compiled import MemoryDocument
from recto.taxonomy.discovery import LoadedDocument
from recto.xml import Document
from recto.xml.integers import natural
from recto.xml.xlink import ARCROLE, FROM, HREF, LABEL, ROLE, TO, XML_LANG

_ORDERED: Final = {
    f"{{{LINK}}}presentationArc": "6.12.01.order",
    f"{{{LINK}}}calculationArc": "6.14.01.order",
    f"{{{LINK}}}definitionArc": "6.16.01.order",
}
_CALCULATION: Final = f"{{{LINK}}}calculationArc"
_LOC: Final = f"{{{LINK}}}loc"
_NETWORKS: Final = frozenset(f"{{{LINK}}}{kind}Link" for kind in ("presentation", "calculation", "definition"))
_PROHIBITED: Final = "prohibited"
_EXEMPT: Final = frozenset(
    ("use", "priority", FROM, TO, *(f"{{{XLINK}}}{name}" for name in "type title show actuate".split()))
)
_LABEL: Final = f"{{{LINK}}}label"
_RESOURCES: Final = (_LABEL, f"{{{LINK}}}reference")
_PREFIXES: Final = {"xlink": XLINK}
_EXTENDED: Final = etree.XPath("//*[@xlink:type='extended']", namespaces=_PREFIXES)
_IN_LINKBASE: Final = etree.XPath("*[@xlink:type='extended']", namespaces=_PREFIXES)
_WITH_PRIORITY: Final = etree.XPath("*[@priority]")
_WITHOUT_ORDER: Final = etree.XPath("*[@xlink:arcrole][not(@order)]", namespaces=_PREFIXES)
_PROHIBITING: Final = etree.XPath("*[@use='prohibited']")
_HIGHEST: Final = 10
_LONGEST_LABEL: Final = 511
_DISALLOWED_IN_LABEL: Final = lazy(r"[ \t\r\n]{2}|<|&lt;|&#60;|&#x3C;")
_BLANKS: Final = " \t\r\n"
_AROUND: Final = frozenset(_BLANKS)
_ENGLISH: Final = "en-US"


def written(subject: Subject) -> Iterator[Finding]:
    """Arcs have an order, a priority below ten, weights of one; resources have roles; labels no blanks around them.
    A linkbase holds links of one kind.
    """
    links: dict[tuple[str, str | None], list[tuple[Any, Document]]] = {}
    told_apart: set[Any] = set()
    for document in submission(subject).custom_documents:
        if not document.compiled.links and document.compiled.kind != "linkbase":
            continue
        tree = subject.tree(document)
        if tree is not None:
            first = None
            extended = _IN_LINKBASE(tree.root) if document.compiled.kind == "linkbase" else _EXTENDED(tree.root)
            compiled = _Compiled.of(document, extended)
            if compiled is None:
                extended = _EXTENDED(tree.root)
            for ordinal, link in enumerate(extended):
                if not link.get(ROLE):
                    yield tell_element("6.09.04.resourceRole", link, tree)
                first = first if first is not None else link
                if link.tag != first.tag and document.compiled.kind == "linkbase":
                    yield tell_element("6.09.07.kindsOfLinks", link, tree, other=prefixed(first))
                if link.tag in _NETWORKS:
                    links.setdefault((link.tag, link.get(ROLE)), []).append((link, tree))
                    if compiled is not None and compiled.tells_apart(ordinal):
                        told_apart.add(link)
                if compiled is None or not compiled.arcs_in_order:
                    yield from _arcs(link, tree)
                if compiled is None or not compiled.resources_in_order:
                    for element in link.iterchildren(*_RESOURCES):
                        yield from _resource(element, tree)
    for (_, role), found in links.items():
        if len(found) > 1 or found[0][0] not in told_apart:
            yield from _ineffective(found, role or "", subject)


class _Compiled:
    """What the compiled form of a document tells of its extended links at a glance: that nothing is wrong with them, as
    with nearly all.
    """

    def __init__(self, document: MemoryDocument):
        self.document = document

    @classmethod
    def of(cls, document: LoadedDocument, links: Sequence[Any]) -> _Compiled | None:
        """None where these are not the links that were compiled, in their order."""
        compiled = document.compiled
        assert isinstance(compiled, MemoryDocument)  # a document of the filing itself
        compiled.complete()
        return cls(compiled) if [link.tag for link in links] == [link[0] for link in compiled.links] else None

    def tells_apart(self, ordinal: int) -> bool:
        """Whether no arc of a link prohibits others, and each has ends of its own."""
        nodes = self.document.nodes
        pairs: set[Any] = set()
        count = 0
        for _, _, first, rows, prohibits in self.document.links[ordinal][4]:
            if prohibits:
                return False
            count += rows
            pairs.update(
                (nodes[source][:2], nodes[target][:2]) for source, target, *_ in self.document.rows(first, rows)
            )
        return len(pairs) == count and self.document.widest is None

    @cached_property
    def arcs_in_order(self) -> bool:
        """Whether all arcs have orders, priorities and weights that may be."""
        for name, _, _, priority, others in self.document.variants:
            given = dict(others)
            number = natural(priority.strip())
            if (number is not None and number >= _HIGHEST) or (name in _ORDERED and "order" not in given):
                return False
            if name == _CALCULATION and not _is_weight(given.get("weight") or ""):
                return False
        return True

    @cached_property
    def resources_in_order(self) -> bool:
        """Whether all labels and references have roles that may be, and labels a text that may be."""
        roles = {(name, role) for name, role, *_ in self.document.resources if name in _RESOURCES}
        return all(role and is_standard(role) for _, role in roles) and not any(
            name == _LABEL and _is_odd(text, role) for name, role, _, text, *_ in self.document.resources
        )


def _ineffective(links: list[tuple[Any, Document]], role: str, subject: Subject) -> Iterator[Finding]:
    """Arcs of one base set that another arc replaces, and prohibitions of nothing (6.9.3)."""
    between: dict[tuple[str, str], list[Any]] = {}
    alone = len(links) == 1
    for link, tree in links:
        located: dict[str | None, list[str]] = {}
        arcs: dict[tuple[str | None, str | None], list[Any]] = {}
        for each in link.iterchildren("*"):
            if each.tag == _LOC:
                href = each.get(HREF) or ""
                located.setdefault(each.get(LABEL), []).append(href if alone else tree.resolve(each, href))
            elif each.get(FROM) is not None:
                arcs.setdefault((each.get(FROM), each.get(TO)), []).append(each)
        for (start, end), found in arcs.items():
            for source in located.get(start, ()):
                for target in located.get(end, ()):
                    between.setdefault((source, target), []).extend(found)
    prohibiting = any(_PROHIBITING(link) for link, _ in links)
    trees = {tree.root: tree for _, tree in links}
    for found in between.values():
        if len(found) > 1 or prohibiting:
            alike: dict[tuple[tuple[str, str], ...], list[tuple[Any, Document]]] = {}
            for arc in found:
                alike.setdefault(_said(arc), []).append((arc, trees[arc.getroottree().getroot()]))
            for same in alike.values():
                if len(same) > 1 or same[0][0].get("use") == _PROHIBITED:
                    yield from _without_effect(same, role, subject)


def _said(arc: Any) -> tuple[tuple[str, str], ...]:
    """What arcs have in common of which one replaces the others (XBRL 2.1, 3.5.3.9.7.4)."""
    said = {"order": "1", **{name: value.strip() for name, value in arc.items() if name not in _EXEMPT}}
    for name in ("order", "weight"):
        if name in said:
            with suppress(InvalidOperation):
                said[name] = str(Decimal(said[name]).normalize())
    return (arc.tag, ""), *sorted(said.items())


def _without_effect(arcs: list[tuple[Any, Document]], role: str, subject: Subject) -> Iterator[Finding]:
    def rank(found: tuple[Any, Document]) -> tuple[int, bool]:
        return natural((found[0].get("priority") or "").strip()) or 0, found[0].get("use") == _PROHIBITED

    before: tuple[Any, Document] | None = None
    for found in sorted(arcs, key=rank):
        prohibits = found[0].get("use") == _PROHIBITED
        if before is None:
            if prohibits and not _others(found[0].get(ARCROLE) or "", role, subject):
                yield tell_element("6.09.03.prohibitsNothing", *found)
        elif prohibits == (before[0].get("use") == _PROHIBITED):
            yield tell_element("6.09.03.ineffectiveArc", *before)
        before = found


def _others(arcrole: str, role: str, subject: Subject) -> bool:
    """Whether a document that is not the filer's has arcs, which may be what is prohibited, in the same network."""
    own = submission(subject).custom_documents
    return any(
        document not in own and document.compiled.links[at][1] == role
        for document, at, _ in subject.dts.groups(arcrole)
    )


def _arcs(link: Any, tree: Document) -> Iterator[Finding]:
    for arc in _WITH_PRIORITY(link):
        priority = arc.get("priority").strip()
        number = natural(priority)
        if number is not None and number >= _HIGHEST:
            yield tell_element("6.09.09.priority", arc, tree, priority=priority)
    for arc in _WITHOUT_ORDER(link):
        code = _ORDERED.get(arc.tag)
        if code is not None:
            yield tell_element(code, arc, tree)
    for arc in link.iterchildren(_CALCULATION):
        if not _is_weight(arc.get("weight") or ""):
            yield tell_element("6.14.02.weight", arc, tree, weight=arc.get("weight"))


def _is_weight(text: str) -> bool:
    """Whether it is 1 or -1; what is no number is told by the schema."""
    try:
        return Decimal(text.strip()) in (1, -1)
    except InvalidOperation:
        return True


def _is_odd(text: str, role: str | None) -> bool:
    """Whether a closer look at a label is due."""
    return text[:1] in _AROUND or text[-1:] in _AROUND or (role != ROLE_DOCUMENTATION and _may_be_disallowed(text))


def _may_be_disallowed(text: str) -> bool:
    return len(text) > _LONGEST_LABEL or "<" in text or "&" in text or "  " in text or not text.isprintable()


def _resource(element: Any, tree: Document) -> Iterator[Finding]:
    role = element.get(ROLE)
    if not role:
        yield tell_element("6.09.04.resourceRole", element, tree)
    elif not is_standard(role):
        yield tell_element("6.09.05.customResourceRole", element, tree, role=role)
    if element.tag == _LABEL:
        text = "".join(element.itertext()) if len(element) else element.text or ""
        if (
            role != ROLE_DOCUMENTATION
            and (element.get(XML_LANG) or "").startswith(_ENGLISH)
            and _may_be_disallowed(text)
            and (len(text) > _LONGEST_LABEL or _DISALLOWED_IN_LABEL.search(text))
        ):
            yield tell_element("6.10.06.labelText", element, tree, text=" ".join(text.split())[:60])
        if text != text.strip(_BLANKS):
            yield tell_element("6.10.08.labelNotTrimmed", element, tree, text=" ".join(text.split())[:60])


def arcroles(subject: Subject) -> Iterator[Finding]:
    """Arcroles in use are those of standard taxonomies (6.9.6)."""
    filed = submission(subject)
    documents = [subject.tree(document) for document in filed.custom_documents]
    documents += list(subject.anchors.documents.values()) if subject.anchors is not None else []
    for tree in documents:
        for element in tree.root.iter(f"{{{LINK}}}arcroleRef") if tree is not None else ():
            assert tree is not None
            if not is_standard(tree.resolve(element, element.get(HREF) or "")):
                yield tell_element("6.09.06.customArcrole", element, tree, arcrole=element.get("arcroleURI"))


RULES: list[Rule] = [written, arcroles]
