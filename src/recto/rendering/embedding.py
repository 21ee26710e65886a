"""Embedding commands: pages inside cells of other pages (rendering.md 21)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from recto.instance.model import Fact
from recto.names import QName
from recto.rendering.candidate import Candidate, Embedding
from recto.rendering.charts import bars_of, draw_bars
from recto.rendering.facts import FactSet
from recto.rendering.lines import Axis, Command
from recto.rendering.model import Cell, Report
from recto.rendering.standard import is_standard
from recto.rendering.view import Item, View
from recto.taxonomy.model import Concept

_STYLES: Final = frozenset(("compact", "nodisplay", "grouped", "unitcell"))
_MOST_BARS: Final = 20
_DIRECTIONS: Final = frozenset(("row", "column"))


class _Refused(Exception):
    """A command that breaks the grammar: (code, text)."""


def find_embeddings(candidates: Sequence[Candidate], facts: FactSet, view: View) -> dict[Fact, Embedding]:
    """The commands in text blocks, by fact; their targets are no longer pages of their own (21.1, 21.2)."""
    by_role = {candidate.role: candidate for candidate in candidates}
    found: dict[Fact, Embedding] = {}
    for item in facts.items:
        if item.traits.text_block and "~" in item.fact.value:
            embedding = _read(item, by_role, view)
            if embedding is not None:
                embedding.target.is_embedded = embedding.target.is_target = True
                found[item.fact] = embedding
    return found


def _read(item: Item, by_role: Mapping[str, Candidate], view: View) -> Embedding | None:
    parts = item.fact.value.split("~", 2)
    if len(parts) < 3:
        return None
    words = parts[1].replace('"', " ").split()
    target = by_role.get(words[0]) if words else None
    if target is None:
        return None
    try:
        return Embedding(item, target, tuple(_commands(words[1:], view)))
    except _Refused as refusal:
        code, text = refusal.args
        _tell(item, code, text, view)
        return None


def _tell(item: Item, code: str, text: str, view: View) -> None:
    name, context = item.concept.name, item.place.id
    view.observe("malformedCommand", code=code, fact=item.fact, concept=name, context=context, text=text)


def _commands(words: list[str], view: View) -> list[Command]:
    commands: list[Command] = []
    position = 0

    def take() -> str:
        nonlocal position
        position += 1
        return words[position - 1] if position <= len(words) else ""

    while position < len(words):
        direction = take().casefold()
        if direction not in _DIRECTIONS:
            raise _Refused("embeddingCmdMalformedDirectionToken", f"{direction!r} is neither row nor column.")
        name = take()
        if name.casefold() == "separator":
            if take().casefold() == "segment":
                take()
            view.findings.found("info:embeddingSeparator")
            continue
        axis = _axis(name, view)
        style = take().casefold()
        if style not in _STYLES:
            raise _Refused("embeddingCmdMalformedStyleToken", f"{style!r} is neither compact nor nodisplay.")
        if style in ("grouped", "unitcell"):
            view.findings.found("info:embeddingStyle", style)
        names: list[str] = []
        while position < len(words) and words[position].casefold() not in _DIRECTIONS:
            names.append(take())
        members = _members(names, view)
        commands.append(Command(direction == "row", axis, style != "nodisplay", members))
    return commands


def _axis(name: str, view: View) -> Axis:
    folded = name.casefold()
    if folded == "period":
        return "period"
    if folded == "unit":
        return "unit"
    if folded == "primary":
        return "primary"
    qname = _qname(name, view)
    concept = view.taxonomy.concept(qname) if qname is not None else None
    if concept is None or concept.kind != "dimension":
        raise _Refused("embeddingCmdMalformedAxis", f"{name!r} is no axis.")
    return concept.qname


def _members(names: list[str], view: View) -> tuple[QName, ...] | None:
    if names == ["*"]:
        return None
    if not names or "*" in names:
        raise _Refused("embeddingCmdMalformedMember", "an axis needs one '*' or a list of members.")
    members: list[QName] = []
    for name in names:
        qname = _qname(name, view)
        concept = view.taxonomy.concept(qname) if qname is not None else None
        if qname is None or concept is None or not _is_domain_item(concept):
            raise _Refused("embeddingCmdMalformedMember", f"{name!r} is no member.")
        members.append(qname)
    return tuple(members)


def _is_domain_item(concept: Concept) -> bool:
    """Whether the concept's type is domainItemType, of whatever year, or derived from it."""
    names = (type_.qname for type_ in concept.type.chain()) if concept.type is not None else ()
    return any(name.local == "domainItemType" and is_standard(name.namespace) for name in names)


def tell_stray_members(candidate: Candidate, view: View) -> bool:
    """Whether the command that calls the candidate lists members that do not stand below their axis: it then fails,
    while the page that it calls is still an embedded one (21.1).
    """
    embedding = candidate.embedding
    strays: list[str] = []
    for command in embedding.commands if embedding is not None else ():
        if command.members is None:
            continue
        table = candidate.tree.tables.get(command.axis) if isinstance(command.axis, QName) else None
        if table is None and isinstance(command.axis, QName):
            continue  # no fact of the page has the axis: the command has no effect
        positions = table.positions if table is not None else {}
        strays += [f"{member.local} of {command.axis}" for member in command.members if member not in positions]
    if strays and embedding is not None:
        _tell(embedding.item, "embeddingCmdInvalidMember", f"{', '.join(strays)} stands not below the axis.", view)
    return bool(strays)


def _qname(name: str, view: View) -> QName | None:
    prefix, underscore, local = name.partition("_")
    if not underscore:
        return None
    namespace = view.instance.prefixes.get(prefix) or view.taxonomy.prefixes().get(prefix)
    return QName(namespace, local) if namespace else None


class Embedder:
    """Makes the cells of facts that carry a command."""

    def __init__(
        self,
        lay_out: Callable[[Candidate, Embedder], Report | None],
        images: dict[str, bytes],
        view: View,
        facts: FactSet,
        embeddings: dict[Fact, Embedding],
    ) -> None:
        self.embeddings = embeddings
        self.lay_out = lay_out
        self.images = images
        self.view = view
        self.facts = facts
        self._open: list[Candidate] = []
        self.closed = False
        """No cell calls a page any more: pages that none has called are being made (21.4)."""

    def cell(self, item: Item, outer: Candidate) -> Cell | None:
        """The embedded page, or its chart; None where the fact is ordinary text (21.4)."""
        embedding = self.embeddings.get(item.fact)
        if embedding is None or outer.shows_elements or self.closed:
            return None
        target = embedding.target
        if target is outer or target in self._open or target.suppressed or not target.items:
            return None
        del self.embeddings[item.fact]  # wherever else the fact is shown, it is ordinary text
        target.embedding = embedding
        target.grid = None
        self._open.append(target)
        try:
            report = self.lay_out(target, self)
        finally:
            self._open.pop()
        if report is None:
            return None
        target.was_inserted = True
        if target.is_bar_chart:
            return Cell("embedded", "", (item.fact,), embedded=report, image=self._chart(target))
        return Cell("embedded", "", (item.fact,), embedded=report)

    def _chart(self, target: Candidate) -> str | None:
        """Draws the annual returns among the target's facts; its other facts count as not shown by it. Without returns,
        or with too many, there is no chart but a table (21.6).
        """
        assert target.grid is not None
        items = [item for row in target.grid.rows for item in row.facts]
        bars, drawn = bars_of(items)
        for fact in {item.fact for item in items if item not in drawn}:
            self.facts.used[fact] -= 1
        if not bars:
            self.view.observe("noAnnualReturns", text=target.definition.text)
            return None
        if len(bars) > _MOST_BARS:
            self.view.observe("tooManyBars", text=target.definition.text, count=len(bars), most=_MOST_BARS)
            return None
        name = f"BarChart{len(self.images) + 1}.png"
        self.images[name] = draw_bars(bars)
        return name
