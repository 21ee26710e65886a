"""A candidate: a role on its way to a page, and what it is told by other pages (rendering.md 2, 21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from recto.names import QName
from recto.patterns import lazy
from recto.rendering.definitions import Definition, is_cash_flow_statement, is_equity_statement
from recto.rendering.spans import Span
from recto.rendering.tree import Side, Tree
from recto.rendering.view import Item
from recto.taxonomy.model import Network

if TYPE_CHECKING:
    from recto.rendering.lines import Command, Grid

_NOT_RENDERED: Final = lazy(r"https?://xbrl.sec.gov/.*/notRendered")
_REPURCHASES: Final = "http://xbrl.sec.gov/shr/role/exh/IssrOrAfflRepurchsBySecurity"
UNCATEGORIZED_ROLE: Final = "http://xbrl.sec.gov/role/uncategorizedFacts"
GRID_ROLE: Final = "urn:recto:role:other-facts"
"""The role of the page of facts that no tree holds, where the taxonomy is missing or not the SEC's."""

Membership = tuple[Item, Span | None, str | None]
"""A fact at a period of a page; the start or end label role that ties it there, if any (6.3)."""


class Candidate:
    """A role on its way to a page: the passes of the layout fill it step by step.

    Who writes which field, in the order of the passes; whoever comes later reads only:

    | written by | fields |
    |---|---|
    | `__init__` | `role`, `definition`, `is_equity`, `is_cash_flow`, `is_bar_chart`, `is_repurchases`, … |
    | `candidates.find_candidates` | `network`; `is_equity`, where the content and not the title tells |
    | `candidates.fill`, `uncategorized` | `items`, `used_axes`, `tree`, `suppressed` |
    | `dimensions.resolve_defaults` | `suppressed` |
    | `embedding.find_embeddings` | `is_embedded`, `is_target` |
    | `candidates.place_in_time` | `memberships`, `skipped`, `spans`; `is_equity`, where it has no movements |
    | `render._Layout.lay_out` | `commands`, `grid`, `suppressed`, `vanished` |
    | `layout.place_facts`, and `merge` where columns go | `pairs` |
    | `render._Layout._number`, `uncategorized` | `number` |
    | `embedding.Embedder.cell` | `embedding`, `was_inserted`; `grid`, which is laid out anew |
    | `render._Layout.run`, for pages that no cell called | `is_embedded`, `embedding` |
    """

    def __init__(self, role: str, definition: Definition, *, special: bool = False) -> None:
        self.role = role
        self.definition = definition
        self.is_equity = special and is_equity_statement(definition)
        self.is_cash_flow = special and is_cash_flow_statement(definition)
        self.is_bar_chart = "barchart" in role.casefold()
        self.is_repurchases = role == _REPURCHASES
        self.is_uncategorized = role == UNCATEGORIZED_ROLE
        self.items: list[Item] = []
        self.used_axes: dict[QName, None] = {}
        self.network: Network | None = None
        self.tree = Tree()
        self.memberships: list[Membership] = []
        self.skipped: list[tuple[Item, str, Side]] = []
        """Balances that no duration of the page starts or ends with."""
        self.spans: dict[Span, int] = {}
        """Position of each period."""
        self.suppressed = _NOT_RENDERED.fullmatch(role) is not None
        """There is no page, though the candidate takes a number (2.5)."""
        self.is_embedded = False
        self.is_target = False
        """Some embedding command calls it, also where it ends up as a page of its own."""
        self.embedding: Embedding | None = None
        self.was_inserted = False
        self.commands: list[Command] = []
        self.grid: Grid | None = None
        self.vanished = False
        """Every fact was filtered out: not even a number."""
        self.pairs: set[object] = set()
        """Concepts, and (concept, member) pairs: what the page has, for flow-through suppression (9.4)."""
        self.number = 0

    @property
    def is_statement(self) -> bool:
        return self.definition.type == "statement"

    @property
    def mode(self) -> str:
        return self.definition.mode

    @property
    def shows_elements(self) -> bool:
        return self.is_uncategorized or self.mode == "elements"

    @property
    def title(self) -> str:
        return self.definition.short_name

    def __repr__(self) -> str:
        return f"Candidate({self.definition.text!r})"


class Embedding(Struct, frozen=True, eq=False):
    """An accepted command: the fact that carries it, the page it calls, and the layout it asks for."""

    item: Item
    target: Candidate
    commands: tuple[Command, ...]
