"""How many of the reported facts the pages show."""

from __future__ import annotations

from msgspec import Struct

from recto.instance.model import Fact
from recto.records import pages_by_fact
from recto.rendering.model import RenderedFiling


class Coverage(Struct, frozen=True):
    """How many facts the pages show. None may be lost: what no tree holds goes to the uncategorized page."""

    reported: int
    """Item facts that can be shown: known concept, a context, a unit where one is named, a valid value."""
    shown: int
    """Those on a page: the fact itself, or one equal to it in concept, context and unit."""
    covered: int
    """Those that were placed on a page and then left out by the SEC's own rules: in a column that is hidden because
    other pages show its concepts, in a cell that a later fact takes, or as the bar of a chart."""
    rejected: int
    """Item facts that no page can show; a finding says why for each."""

    @property
    def lost(self) -> int:
        """Facts without any place. Always 0, unless recto errs."""
        return self.reported - self.shown - self.covered

    @property
    def total(self) -> int:
        """All item facts of the filing, those that no page can show included."""
        return self.reported + self.rejected

    @property
    def percent(self) -> str:
        """The share of the facts that can be shown which pages show, `99.9 %`; never rounded up to 100."""
        return _percent(self.shown, self.reported)

    @property
    def share(self) -> str:
        """The share of all facts that pages show."""
        return _percent(self.shown, self.total)


def _percent(part: int, whole: int) -> str:
    return "100 %" if part == whole else f"{1000 * part // whole / 10:.1f} %"


def coverage(rendered: RenderedFiling) -> Coverage:
    """What share of the facts the pages show."""
    shown = {(fact.qname, fact.context, fact.unit_id) for fact in pages_by_fact(rendered.reports)}
    counts = {"shown": 0, "covered": 0, "lost": 0, "rejected": 0}
    for each in rendered.instances:
        placed = {(fact.qname, fact.context, fact.unit_id) for fact in each.placed}
        for fact in each.instance.facts:
            if not fact.is_tuple:
                key = (fact.qname, fact.context, fact.unit_id)
                where = "shown" if key in shown else "covered" if key in placed else "lost"
                counts["rejected" if where == "lost" and not _showable(fact) else where] += 1
    return Coverage(
        counts["shown"] + counts["covered"] + counts["lost"], counts["shown"], counts["covered"], counts["rejected"]
    )


def _showable(fact: Fact) -> bool:
    """Rendering rejects the others silently (rendering.md 3.2)."""
    return (
        fact.has_value
        and fact.parent is None
        and fact.concept is not None
        and fact.concept.type is not None
        and fact.context is not None
        and fact.context.valid
        and (fact.unit_id is None or (fact.unit is not None and fact.unit.valid))
    )
