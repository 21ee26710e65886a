"""Extended links that stand in an instance: footnote links and any other (XBRL 2.1, 4.11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

from recto import limits
from recto.findings import Findings
from recto.instance.model import Fact, Footnote, FootnoteLink
from recto.instance.xhtml import inner_markup
from recto.names import ROLE_LINK
from recto.xml import Document, split_fragment, xlink


class _Arc(Struct):
    source: Any
    """The element that the arc comes from."""
    target: Any
    link: FootnoteLink
    use: str
    priority: float


class Room:
    """How many relationships beyond one for each arc there is room for, in one instance."""

    def __init__(self) -> None:
        self.left = limits.ARC_PAIRS
        self.refused = 0
        self._where: tuple[str | None, int | None] = (None, None)

    def takes(self, more: int, document: str, line: int) -> bool:
        """Whether there is room for so many more; an arc that finds none is left out."""
        if more <= self.left:
            self.left -= max(more, 0)
            return True
        if not self.refused:
            self._where = document, line
        self.refused += 1
        return False

    def tell(self, findings: Findings) -> None:
        if self.refused:
            findings.found("recto:tooManyArcs", document=self._where[0], line=self._where[1], count=self.refused)


def external_locators(links: Iterable[Any], doc: Document) -> list[str]:
    """URLs (without fragment) of other documents that locators in the links point into."""
    urls: dict[str, None] = {}
    for link in links:
        for child in link:
            if child.get(xlink.TYPE) == "locator":
                url = split_fragment(doc.resolve(child, child.get(xlink.HREF) or ""))[0]
                if url != doc.url:
                    urls.setdefault(url)
    return list(urls)


def read_links(
    links: Iterable[Any],
    doc: Document,
    facts: Sequence[Fact],
    elements: Sequence[Any],
    language: Callable[[Any], str | None],
    findings: Findings,
) -> dict[Fact, Sequence[FootnoteLink]]:
    """What each fact's arcs lead to. `elements` are the facts' elements, in the same order."""
    links = list(links)
    if not links:
        return {}
    by_element = dict(zip(elements, facts, strict=True))
    footnotes: dict[Any, Footnote] = {}
    arcs: list[_Arc] = []
    room = Room()
    for link in links:
        arcs.extend(_read_link(link, doc, by_element, footnotes, language, findings, room))
    room.tell(findings)
    result: dict[Fact, list[FootnoteLink]] = {}
    for arc in _effective(arcs):
        result.setdefault(by_element[arc.source], []).append(arc.link)
    return dict(result)


def _read_link(
    link: Any,
    doc: Document,
    facts: dict[Any, Fact],
    footnotes: dict[Any, Footnote],
    language: Callable[[Any], str | None],
    findings: Findings,
    room: Room,
) -> Iterable[_Arc]:
    ends: dict[str, list[Any]] = {}
    arcs: list[Any] = []
    for child in link:
        kind = child.get(xlink.TYPE)
        label = child.get(xlink.LABEL) or ""
        if kind == "locator":
            target = _located(child, doc, findings)
            if target is not None:
                ends.setdefault(label, []).append(target)
        elif kind == "resource":
            ends.setdefault(label, []).append(child)
            if child not in footnotes:
                footnotes[child] = _footnote(child, doc, language)
        elif kind == "arc":
            arcs.append(child)
    role = link.get(xlink.ROLE) or ROLE_LINK
    for arc in arcs:
        arcrole = arc.get(xlink.ARCROLE) or ""
        sources, targets = ends.get(arc.get(xlink.FROM) or "", ()), ends.get(arc.get(xlink.TO) or "", ())
        if not room.takes(len(sources) * len(targets) - 1, doc.url, doc.line(arc)):
            continue
        order, priority = _number(arc.get("order"), 1.0), _number(arc.get("priority"), 0.0)
        for source in sources:
            if source not in facts:
                if source in footnotes:
                    _tell_from_note(arc, doc, findings)
                continue
            for end in targets:
                reached: Footnote | Fact | None = footnotes.get(end) or facts.get(end)
                if reached is not None:
                    entry = FootnoteLink(arcrole, role, reached, order)
                    yield _Arc(source, end, entry, arc.get("use") or "optional", priority)


def _tell_from_note(arc: Any, doc: Document, findings: Findings) -> None:
    """Links that come from footnotes have no place in the model, whose links come from facts."""
    findings.found(
        "recto:linkFromNote",
        arc.get(xlink.FROM),
        document=doc.url,
        line=doc.line(arc),
        specification="XBRL 2.1, 4.11.1.3",
        targets=arc.get(xlink.TO),
    )


def _located(element: Any, doc: Document, findings: Findings) -> Any | None:
    href = element.get(xlink.HREF) or ""
    url, fragment = split_fragment(doc.resolve(element, href))
    if url != doc.url:
        return None
    target = doc.find(fragment)
    if target is None:
        findings.found(
            "xbrl.4.11.1.1:instanceLoc", document=doc.url, line=doc.line(element), element="link:loc", href=href
        )
    return target


def _footnote(element: Any, doc: Document, language: Callable[[Any], str | None]) -> Footnote:
    return Footnote(
        inner_markup(element),
        element.get(xlink.ROLE),
        language(element),
        element.get("id"),
        doc.url,
        doc.line(element),
    )


def _effective(arcs: list[_Arc]) -> Iterable[_Arc]:
    """Arcs that no other prohibits (XBRL 2.1, 3.5.3.9.7.5); most instances have none that does."""
    bans: dict[tuple[Any, Any, str, str], float] = {}
    for arc in arcs:
        if arc.use == "prohibited":
            key = (arc.source, arc.target, arc.link.arcrole, arc.link.link_role)
            bans[key] = max(bans.get(key, arc.priority), arc.priority)
    for arc in arcs:
        if arc.use != "prohibited":
            ban = bans.get((arc.source, arc.target, arc.link.arcrole, arc.link.link_role)) if bans else None
            if ban is None or arc.priority > ban:
                yield arc


def _number(text: str | None, default: float) -> float:
    if text is None:
        return default
    try:
        return float(text)
    except ValueError:
        return default
