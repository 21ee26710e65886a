"""The description of a filing, as the front end and programs read it: JSON in parts (docs/viewer.md).

Facts, concepts, contexts and units are numbers in it: facts over all instances of the filing, in document order. What
has its default value is left out.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

VERSION = 1
"""Raised when a reader of an older description would misread a newer one; new fields do not raise it."""
FACTS_PER_PART = 2000
CONCEPTS_PER_PART = 200
ROWS_PER_PART = 1000


class Part(Struct, frozen=True, omit_defaults=True, rename="camel"):
    pass


class InstanceEntry(Part, frozen=True):
    """One instance, or one target of an inline document set."""

    name: str
    kind: str
    """`xbrl`, `inline`, `json` or `csv`."""
    first: int
    """Number of its first fact."""
    count: int
    """How many facts it has."""
    target: str | None = None


class PageEntry(Part, frozen=True):
    """A page in the menu."""

    stem: str
    """`R4`: the page is the part `pages/R4`."""
    name: str
    category: str = ""
    nested: bool = False
    """It belongs to the statement before it (a parenthetical page)."""
    rows: int = 0
    columns: int = 0
    file: str | None = None
    """The page as the SEC's renderer writes it, beside the viewer."""


class DocumentEntry(Part, frozen=True):
    """A document that can be shown beside the pages: the part `documents/0/outline` and its pieces."""

    name: str
    title: str = ""


class Head(Part, frozen=True):
    """Part `filing`: what there is."""

    version: int
    generator: str
    name: str
    """What the source is called."""
    title: str
    """Who filed."""
    subtitle: str = ""
    """What: form and period."""
    instances: tuple[InstanceEntry, ...] = ()
    pages: tuple[PageEntry, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    facts: int = 0
    concepts: int = 0
    facts_per_part: int = FACTS_PER_PART
    concepts_per_part: int = CONCEPTS_PER_PART
    languages: tuple[str, ...] = ()
    """Of labels, the most frequent first."""
    parts: tuple[str, ...] = ()
    """Kinds of parts there are besides the filing's: `pages`, `facts`, `concepts`, `contexts`, `texts`, `documents`,
    `calculations`, `findings`, `explain`, `labels`."""
    downloads: tuple[str, ...] = ()
    """Files beside the viewer."""
    images: tuple[str, ...] = ()
    """Names of the pictures that the filing brings; a document may name others, which are not to be had."""
    charts: dict[str, Any] = field(default_factory=dict)
    """Vega-Lite specifications without data, by kind of chart; none where charts cannot be drawn."""


class CellPart(Part, frozen=True):
    """A cell. A text block has no text here: it is the part `texts/N` of its fact."""

    k: str = "blank"
    """`blank`, `nil`, `number`, `none`, `text`, `html`, `date`, `embedded`."""
    t: str = ""
    """What the page shows."""
    f: tuple[int, ...] = ()
    """Numbers of the facts."""
    negative: bool = False
    notes: tuple[int, ...] = ()
    page: PagePart | None = None
    """A page embedded in the cell."""
    image: str | None = None
    p: str = ""
    """The number as an English page shows it, where `t` is in the form of another language."""


class ColumnPart(Part, frozen=True):
    id: int
    labels: tuple[str, ...] = ()
    """Headings; one that ends in ` Ended` spans the columns that share it."""
    notes: tuple[int, ...] = ()


class HeadingPart(Part, frozen=True):
    """A heading over `columns` columns from the one at `at`, which fills `rows` of the heading rows."""

    text: str = ""
    at: int = 0
    columns: int = 1
    rows: int = 1


class RowPart(Part, frozen=True):
    id: int
    label: str
    kind: str = "item"
    """`item`, `total`, `abstract`, `section`."""
    cells: tuple[CellPart, ...] = ()
    """One a column; none where the row has no amounts."""
    at: tuple[int, ...] = ()
    """On pages that are too large: the columns of `cells`, which then are only those that show something."""
    depth: int = 0
    concept: int | None = None
    role: str | None = None
    """Label role, where it is not the standard label's."""
    notes: tuple[int, ...] = ()
    element: str = ""
    """`prefix_Local`, where the page shows it."""


class PagePart(Part, frozen=True):
    """Part `pages/R4`: one page as rendered."""

    stem: str
    title: str
    scale: str = ""
    name: str = ""
    """The title without what was promoted to it."""
    role: str = ""
    definition: str = ""
    columns: tuple[ColumnPart, ...] = ()
    headings: tuple[tuple[HeadingPart, ...], ...] = ()
    """Of tables of a taxonomy: rows of headings over groups of columns, instead of the columns' labels."""
    rows: tuple[RowPart, ...] = ()
    footnotes: tuple[tuple[int, str], ...] = ()
    """(number, XHTML)."""
    unlabeled: bool = False
    elements: bool = False
    """Rows tell the concept's name beside the label."""
    too_large: bool = False
    more: int = 0
    """Of pages with many rows, how many parts `pages/R4/N` hold the rows behind the first `ROWS_PER_PART`."""
    titles: dict[str, str] = {}
    """The title in other languages, where it is another there."""
    language: str = ""
    """BCP 47 tag of the language of its words, dates and numbers; empty where they are as the SEC writes them."""


class RowsPart(Part, frozen=True):
    """Part `pages/R4/N`, from 1: further rows of a page."""

    rows: tuple[RowPart, ...]


class FactsPart(Part, frozen=True):
    """Part `facts/N`: a column a property, an entry a fact."""

    first: int
    id: tuple[str, ...]
    concept: tuple[int, ...]
    context: tuple[int, ...]
    """-1: none."""
    unit: tuple[int, ...]
    """-1: none."""
    value: tuple[str | None, ...]
    """Exact; null for nil and for invalid facts. Texts of more than 300 characters are cut, and in `long`."""
    decimals: tuple[int | str | None, ...]
    line: tuple[int, ...]
    document: tuple[int, ...]
    """Into `documents` of part `contexts`."""
    long: tuple[int, ...] = ()
    """Numbers of facts whose whole text is part `texts/N`."""
    hidden: tuple[int, ...] = ()
    """Numbers of facts that the inline document does not show."""
    invalid: tuple[int, ...] = ()
    languages: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Language → numbers of facts in it."""
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Footnotes (XHTML) of facts that have any."""
    shown: dict[int, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)
    """Where facts are shown: (page, row, column), each counted from 0 among the head's pages and the page's lines."""


class ContextEntry(Part, frozen=True):
    period: str
    """In words: `12 months ended Dec. 31, 2024`."""
    entity: str = ""
    start: str | None = None
    end: str | None = None
    """Last day; alone, that of an instant."""
    dimensions: tuple[tuple[int, int | str], ...] = ()
    """(axis, member): numbers of concepts, or the text of a typed member."""


class UnitEntry(Part, frozen=True):
    id: str
    text: str
    """`USD`, `USD per share`."""
    symbol: str = ""


class ContextsPart(Part, frozen=True):
    """Part `contexts`: what facts refer to by number."""

    contexts: tuple[ContextEntry, ...] = ()
    units: tuple[UnitEntry, ...] = ()
    documents: tuple[str, ...] = ()


class ConceptEntry(Part, frozen=True):
    name: str
    label: str = ""
    labels: tuple[tuple[str, str, str], ...] = ()
    """(role's last part, language, text) of every label but documentation."""
    definition: str = ""
    references: tuple[str, ...] = ()
    type: str = ""
    balance: str = ""
    period: str = ""
    abstract: bool = False
    numeric: bool = False
    block: bool = False
    """A text block."""
    own: bool = False
    """Declared by the filer."""
    undeclared: bool = False
    """Declared by no schema that was at hand: `label` is its name in words."""
    wider: tuple[str, ...] = ()
    """Concepts of the standard taxonomy to which the filer anchors its own as to wider ones (ESEF)."""
    narrower: tuple[str, ...] = ()


class ConceptsPart(Part, frozen=True):
    """Part `concepts/N`."""

    first: int
    concepts: tuple[ConceptEntry, ...]


class SumPart(Part, frozen=True):
    """One total in one network."""

    network: int
    total: int
    """The fact; -1 where it is not reported."""
    items: tuple[tuple[int, int, str], ...]
    """(fact or -1 where it is not reported, concept, weight)."""
    sum: str
    """Of what is reported, exact."""
    consistent: bool | None = None
    """By XBRL 2.1, all rounded; None where it does not bind."""
    consistent11: bool | None = None
    """By Calculations 1.1."""
    interval: str = ""
    """The numbers that the items may add up to."""


class CalculationsPart(Part, frozen=True):
    """Part `calculations`."""

    networks: tuple[str, ...] = ()
    """Definitions of the link roles."""
    sums: tuple[SumPart, ...] = ()


class FindingEntry(Part, frozen=True):
    severity: str
    code: str
    message: str
    document: str = ""
    line: int = 0
    facts: tuple[int, ...] = ()
    specification: str = ""
    page: int = -1
    """Among the head's pages: that of the link role or concept that it is about."""
    row: int = -1
    first: int = 0
    """Number of the first of `lines`, from 1."""
    lines: tuple[str, ...] = ()
    """Of the document, around that of the finding; long ones are cut."""


class FindingsPart(Part, frozen=True):
    """Part `findings`: what `recto validate` says."""

    findings: tuple[FindingEntry, ...] = ()


class DecisionEntry(Part, frozen=True):
    rule: str
    text: str
    clause: str = ""


class ExplainPart(Part, frozen=True):
    """Part `explain/R4`: decisions about a page, its rows, columns and cells."""

    page: tuple[DecisionEntry, ...] = ()
    rows: tuple[tuple[DecisionEntry, ...], ...] = ()
    columns: tuple[tuple[DecisionEntry, ...], ...] = ()
    cells: dict[str, tuple[DecisionEntry, ...]] | None = None
    """By `row/column`, counted from 0, for every cell that shows a fact; null on pages with so many that each is a
    part of its own."""


class CellExplainPart(Part, frozen=True):
    """Part `explain/R4/2/1`: decisions about one cell, row and column counted from 0."""

    cell: tuple[DecisionEntry, ...] = ()


class AbsencesPart(Part, frozen=True):
    """Part `explain/facts`: why facts are on no page, by number."""

    facts: dict[int, DecisionEntry] = field(default_factory=dict)


class TextPart(Part, frozen=True):
    """Part `texts/N`: the whole text of one fact."""

    html: str = ""
    """Well-formed XHTML without anything active, of a text block."""
    text: str = ""
    """Of any other."""
    raw: str = ""
    """Instead of `html`, in folders of pages: as the filer wrote it, where that is passive (`recto.passive`). It need
    not be well-formed."""


class OutlinePart(Part, frozen=True):
    """Part `documents/0/outline`: how a document is put together."""

    name: str
    style: str
    """Its style sheets, harmless."""
    body: tuple[Any, ...]
    """A tree of `[tag, attributes, children…]`, in which a number is a piece: part `documents/0/N`."""
    sizes: tuple[int, ...]
    """Characters of each piece."""
    facts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Fact → the pieces that show it, in order."""
    ids: dict[str, int] = field(default_factory=dict)
    """Targets of links within the document → piece."""
    images: tuple[str, ...] = ()
    language: str = ""


class PiecePart(Part, frozen=True):
    """Part `documents/0/N`: well-formed XHTML. Elements with `data-f` are of the fact of that number; `data-k` is its
    kind (n number, s text, b text block, h: it stands for a hidden fact)."""

    html: str


class SourcePart(Part, frozen=True):
    """Part `documents/0/source`: a document as it was filed, instead of its outline and pieces, for files on disk.

    It is hostile until the front end has parsed it where nothing runs, and kept what is on its list.
    """

    name: str
    markup: str
    """Well-formed XHTML, as filed."""
    namespace: str
    """That of its Inline XBRL elements."""
    facts: tuple[int, ...]
    """The facts of its `fraction`, `nonFraction`, `nonNumeric` and `tuple` elements, in document order; -1: none that
    is shown."""
    blocks: tuple[int, ...] = ()
    """Those of them that are text blocks."""
    continued: dict[str, int] = field(default_factory=dict)
    """`id` of a continuation → fact."""
    hidden: dict[str, int] = field(default_factory=dict)
    """Id of a hidden fact, which text may stand for (`-sec-ix-hidden`) → fact."""
    style: str = ""
    """Its style sheets, harmless."""
    images: tuple[str, ...] = ()
    language: str = ""
    title: str = ""


class LabelsPart(Part, frozen=True):
    """Part `labels/de/R4`: a page's words in another language, null where it is the same."""

    title: str
    rows: tuple[str | None, ...] = ()
    columns: tuple[tuple[str, ...] | None, ...] = ()


PARTS: dict[str, type[Part]] = {
    "filing": Head,
    "pages/STEM": PagePart,
    "pages/STEM/N": RowsPart,
    "facts/N": FactsPart,
    "contexts": ContextsPart,
    "concepts/N": ConceptsPart,
    "calculations": CalculationsPart,
    "findings": FindingsPart,
    "explain/STEM": ExplainPart,
    "explain/STEM/ROW/COLUMN": CellExplainPart,
    "explain/facts": AbsencesPart,
    "texts/FACT": TextPart,
    "documents/N/outline": OutlinePart,
    "documents/N/PIECE": PiecePart,
    "documents/N/source": SourcePart,
    "labels/LANGUAGE/STEM": LabelsPart,
}
"""The parts by name; a word in capitals stands for a number or name."""


def schema() -> dict[str, Any]:
    """The JSON Schema of all parts (draft 2020-12): `$defs`, and for each part the name of its definition."""
    from inspect import cleandoc

    import msgspec

    (*references,), components = msgspec.json.schema_components(list(PARTS.values()), ref_template="#/$defs/{name}")
    for component in components.values():  # msgspec takes docstrings as they stand, or cleaned, by its version
        if "description" in component:
            component["description"] = cleandoc(component["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://github.com/recto/viewer/{VERSION}",
        "title": "recto: the description of a filing",
        "version": VERSION,
        "parts": dict(zip(PARTS, (reference["$ref"] for reference in references), strict=True)),
        "$defs": components,
    }
