"""Report pages as grids. The layout fills them; every writer only prints what stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from msgspec import Struct, field

from recto.instance.model import Fact, Instance, Period
from recto.names import QName
from recto.taxonomy.model import Concept

CellKind = Literal["blank", "nil", "number", "none", "text", "html", "date", "embedded"]
RowKind = Literal["item", "total", "abstract", "section"]


class Cell(Struct):
    """What one column shows in one row.

    blank: no fact; nil: a nil fact (one blank); number: `text` is the finished text (`$ (1,234)`, `90.00%`);
    none: a fund filing's ` none `; text: `text` is escaped as rendering.md 19.6 says; html: a text block, raw;
    date: likewise finished text.
    """

    kind: CellKind = "blank"
    text: str = ""
    facts: tuple[Fact, ...] = ()
    negative: bool = False
    """A number that is negative or no number: class `num` instead of `nump`."""
    footnotes: tuple[int, ...] = ()
    embedded: Page | None = None
    plain: str = ""
    """The text of a number in the SEC's form where `text` is in that of another language."""
    image: str | None = None
    """File name of a bar chart shown instead of a table."""


class Column(Struct):
    """A column of a page, with what its headings say."""

    id: int
    """1-based position among all columns, hidden ones included."""
    labels: tuple[str, ...]
    """Headings in order; one that contains ` Ended` belongs to the upper header row."""
    period: Period | None = None
    units: tuple[str, ...] = ()
    """Unit ids of the facts shown."""
    members: tuple[tuple[QName, str], ...] = ()
    """(axis, member QName or typed text) of non-default members on columns."""
    footnotes: tuple[int, ...] = ()


class Heading(Struct, frozen=True):
    """A heading over several columns, as templates of regulators have them."""

    text: str
    columns: int = 1
    """How many columns it stands over."""
    rows: int = 1
    """How many of the heading rows it fills."""


class Row(Struct):
    """A line of a page: a label, and a cell for each column."""

    id: int
    kind: RowKind
    label: str
    cells: list[Cell]
    concept: Concept | None = None
    element: str = ""
    """`prefix_Local`; empty for sections."""
    calendar: bool = False
    """A balance row with its date, where periods are on rows."""
    label_role: str | None = None
    depth: int = 0
    """Depth of the concept in the presentation tree, for readers that indent; SEC pages do not."""
    period: Period | None = None
    members: tuple[tuple[QName, str], ...] = ()
    """(axis, member) pairs in force for this row: its section's and its own."""
    footnotes: tuple[int, ...] = ()
    panel_key: str | None = None
    """Key of the definition panel that the label opens (rendering.md 19.3), without `defref_`."""


class Panel(Struct):
    """A definition panel (rendering.md 19.7)."""

    key: str
    name: str
    prefix: str = ""
    definition: str | None = None
    references: str | None = None
    """Finished HTML of the References block; None for member panels."""
    data_type: str = "na"
    balance: str = ""
    period_type: str = ""


class Page(Struct):
    """One page, as writers see it; `recto.rendering.model.Report` is this with what people do with a page."""

    number: int
    stem: str
    """`R4`, `R9999`."""
    role: str
    long_name: str
    short_name: str
    title: str
    """Short name with what was promoted to it (` - USD ($)`)."""
    scale: str
    """The second line of the title cell, with its leading blank; empty if none."""
    columns: list[Column]
    rows: Sequence[Row]
    headings: tuple[tuple[Heading, ...], ...] = ()
    """Rows of headings over groups of columns, from the top, as tables of a table linkbase have them; a place that a
    heading of a row above reaches into has none. Empty where the labels of the columns are all there is."""
    table: str = ""
    """Of a table that the taxonomy draws: its id, or where it has none its role."""
    footnotes: list[tuple[int, str]] = field(default_factory=list)
    """(number, note as HTML)."""
    language: str = ""
    """BCP 47 tag of the language of its words; empty where they are the SEC's (`sec_form`)."""
    right_to_left: bool = False
    note: str = ""
    """What a reader has to know of how the page was made; empty on pages made with their whole taxonomy."""
    category: str = ""
    """MenuCategory."""
    report_type: str = "Sheet"
    parent_role: str | None = None
    position: int = 0
    is_default: bool = False
    has_embedded: bool = False
    show_label_column: bool = True
    """False for {Unlabeled}."""
    show_elements: bool = False
    """{Elements} and the uncategorized page: label, element, value."""
    transposed: bool = False
    uncategorized: bool = False
    too_large: bool = False
    """More than 50,000 cells: only a stub is written (19.1)."""
    instance: Instance | None = None
    instance_name: str = ""
    """The `instance` attribute of FilingSummary's Report."""
    first_anchor: Fact | None = None
    unique_anchor: Fact | None = None
    """MetaLinks' anchors (metalinks.md 3.1)."""
    panel_maker: Callable[[Any], list[Panel]] | None = None
    """What makes the definition panels of this page."""
    _panels: list[Panel] | None = None

    @property
    def sec_form(self) -> bool:
        """Whether words, dates and numbers are as the SEC's renderer writes them, not as a language has them."""
        return not self.language

    @property
    def panels(self) -> list[Panel]:
        """Definition panels (rendering.md 19.7); made when they are first asked for, as most formats have none."""
        if self._panels is None:
            self._panels = [] if self.panel_maker is None else self.panel_maker(self)
        return self._panels

    @panels.setter
    def panels(self, panels: list[Panel]) -> None:
        self._panels = panels

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts that its rows name, each once, in reading order."""
        found: Iterable[Concept | None] | None = getattr(self.rows, "concepts", None)
        if found is None:
            found = (row.concept for row in self.rows)
        return tuple(dict.fromkeys(concept for concept in found if concept is not None))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the page shows, each once, in reading order."""
        return tuple(dict.fromkeys(fact for row in self.rows for cell in row.cells for fact in cell.facts))
