"""Definition panels (rendering.md 19.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from recto.names import ROLE_DOCUMENTATION, ROLE_LINK, QName
from recto.once import Made
from recto.rendering.dimensions import shown_value, typed_domain_type
from recto.rendering.model import Page, Panel, Row
from recto.rendering.view import View
from recto.taxonomy.model import Concept, Reference, Taxonomy

Parts = tuple[tuple[QName, str], ...]


class Panels:
    """The panels of one instance; each is made once and shared by its pages."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._elements: dict[str, Panel] = {}
        self._members: dict[str, Panel] = {}
        self._prefixes: dict[str, Mapping[str, str]] = {}
        line = Made(_line).__getitem__
        self._blocks: Made[tuple[str, Parts], str] = Made(
            lambda reference: f"{_escape(reference[0])}<br>{''.join(map(line, reference[1]))}"
        )
        """References, which many concepts have in common: role and parts, a line each."""

    def of_page(self, report: Page) -> list[Panel]:
        """A panel for each element, by name; then one for each member of the rows, in order.

        Members on columns get none (19.7).
        """
        elements: dict[str, Concept] = {}
        keys: dict[str, None] = {}
        for row in _rows(report):
            if row.element and row.concept is not None:
                elements.setdefault(row.element, row.concept)
        outer: set[tuple[QName, str]] = set()
        if not report.has_embedded:
            # The first column of a page without labels tells nothing of itself (18.2).
            told = [column for column in report.columns if report.show_label_column or column.id > 1]
            outer.update(pair for column in told for pair in column.members)
        for pair in _pairs(report, columns=report.has_embedded):
            if pair not in outer:
                keys[member_key(*pair, self.view.taxonomy)] = None
        panels = [self._element(name, elements[name]) for name in sorted(elements)]
        return panels + [self._member(key) for key in keys]

    def _element(self, name: str, concept: Concept) -> Panel:
        panel = self._elements.get(name)
        if panel is None:
            prefix, underscore, _ = name.partition("_")
            described = self.view.described
            panel = self._elements[name] = Panel(
                key=name,
                name=name,
                prefix=prefix + underscore if underscore else "",
                definition=described.label(concept, ROLE_DOCUMENTATION, self.view.languages, ROLE_LINK),
                references=self._references(described.references(concept)),
                data_type=self._type_name(concept),
                balance=concept.balance or "na",
                period_type=concept.period_type or "",
            )
        return panel

    def _references(self, references: Iterable[Reference]) -> str:
        """Roles and parts, a line each; empty where there are none."""
        blocks: list[str] = []
        for reference in references:
            if reference.role is not None:
                blocks.append(f"Reference {len(blocks) + 1}: {self._blocks[reference.role, reference.parts]}")
        return "<br>".join(blocks)

    def _member(self, key: str) -> Panel:
        panel = self._members.get(key)
        if panel is None:
            panel = self._members[key] = Panel(key=key, name=key)
        return panel

    def _type_name(self, concept: Concept) -> str:
        """The name of the concept's type with the prefix that its schema binds."""
        if concept.type is None:
            return ""
        name = concept.type.qname
        prefixes = self._prefixes.get(concept.document)
        if prefixes is None:
            prefixes = self._prefixes[concept.document] = schema_prefixes(self.view.taxonomy, concept)
        prefix = prefixes.get(name.namespace, "")
        local = f"{name.local[1:]}@anonymousType" if name.local.startswith("#") else name.local
        return f"{prefix}:{local}" if prefix else local


def _line(part: tuple[QName, str]) -> str:
    """A part of a reference; empty where it has no text."""
    name, text = part
    text = text.strip()
    return f" -{name.local} {_escape(text)}<br>" if text else ""


def _escape(text: str) -> str:
    from html import escape  # loads its table of entities: pages that are only shown need none

    return escape(text, quote=False)


def _rows(report: Page) -> Iterator[Row]:
    """The rows of a page and, behind them, those of the reports embedded in it."""
    yield from report.rows
    if report.has_embedded:
        for row in report.rows:
            for cell in row.cells:
                if cell.embedded is not None:
                    yield from _rows(cell.embedded)


def _pairs(report: Page, *, columns: bool = False) -> Iterator[tuple[QName, str]]:
    """(axis, member) of the rows and, on pages that have others in them and on these, of the columns too."""
    if columns:
        for column in report.columns:
            yield from column.members
    for row in report.rows:
        if report.has_embedded:
            for cell in row.cells:
                if cell.embedded is not None:
                    yield from _pairs(cell.embedded, columns=True)
        if row.kind in ("item", "total"):
            yield from row.members


def member_key(axis: QName, member: str, taxonomy: Taxonomy) -> str:
    """`us-gaap_StatementClassOfStockAxis=us-gaap_CommonStockMember`. `member` is a QName in Clark notation or typed
    text.
    """
    axis_concept = taxonomy.concept(axis)
    left = axis_concept.name if axis_concept is not None else axis.local
    concept = taxonomy.concept(QName.of(member)) if member.startswith("{") else None
    if concept is not None:
        right = concept.name
    else:
        type_ = typed_domain_type(axis_concept, taxonomy) if axis_concept is not None else None
        right = shown_value(member, type_)
    return f"{left}={right}".replace(":", "_")


def schema_prefixes(taxonomy: Taxonomy, concept: Concept) -> dict[str, str]:
    """namespace → prefix, as bound on the root of the concept's schema."""
    schemas_of = getattr(taxonomy, "schemas_of", None)
    if schemas_of is not None:
        for document in schemas_of(concept.qname.namespace):
            if document.url == concept.document:
                return _turned(document.compiled.prefixes)
    return _turned(taxonomy.prefixes())


def _turned(prefixes: Mapping[str, str]) -> dict[str, str]:
    turned: dict[str, str] = {}
    for prefix, namespace in prefixes.items():
        if prefix:
            turned.setdefault(namespace, prefix)
    return turned
