"""Facts and what they stand in: one model, whatever syntax they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field
from msgspec.structs import force_setattr

from recto.arithmetic import number_of
from recto.errors import UsageError
from recto.findings import Findings
from recto.instance.asking import Answers, Place
from recto.names import QName
from recto.patterns import lazy
from recto.reprs import properties, shorten
from recto.taxonomy.model import Concept, Reference, Taxonomy

if TYPE_CHECKING:
    from recto.fiscal import FiscalPeriod
    from recto.prose import Block, TextTable

Decimals = int | Literal["INF"]


class Period(Struct, frozen=True):
    """A half-open interval [start, end). XBRL's end date or instant D is the midnight that ends D (XBRL 2.1, 4.7.2).

    instant: start is None; forever: both are None.
    """

    start: datetime | None
    end: datetime | None
    zones: tuple[str, str] = ("", "")
    """Time zones of start and end as written (`Z`, `-05:00`); the datetimes are local times without zone."""
    exact: tuple[str, str] = ("", "")
    """Start and end in OIM's form, where they lie beyond the years 1 to 9999 (`10000-01-01T00:00:00`); "" where they do
    not. `start` and `end` are then the first or last moment that `datetime` has."""

    @property
    def kind(self) -> Literal["instant", "duration", "forever"]:
        if self.end is None:
            return "forever"
        return "instant" if self.start is None else "duration"

    @property
    def last_day(self) -> datetime | None:
        """The end as people write it: midnight belongs to the day before."""
        if self.end is None:
            return None
        midnight = self.end.time() == _MIDNIGHT and self.end != datetime.min  # there is no day before the first
        return self.end - timedelta(days=1) if midnight else self.end

    @property
    def words(self) -> str:
        """As people say it: `as of March 29, 2025`, `three months ended March 29, 2025`, `forever`."""
        from recto.instance.wording import period_words

        return period_words(self)

    @property
    def oim(self) -> str | None:
        """OIM's form: `2024-09-29T00:00:00`, `start/end`; None for forever (xBRL-JSON 1.0, period)."""
        if self.end is None:
            return None
        end = (self.exact[1] or self.end.isoformat()) + self.zones[1]
        return end if self.start is None else f"{self.exact[0] or self.start.isoformat()}{self.zones[0]}/{end}"

    @property
    def days(self) -> tuple[str | None, str | None]:
        """Start and end as people write them: dates, the last day included; with the time where the filing gave one."""
        return (
            None if self.start is None else _day(self.start, self.exact[0], end=False),
            None if self.end is None else _day(self.end, self.exact[1], end=True),
        )


_MIDNIGHT = datetime(2000, 1, 1).time()


def _day(moment: datetime, exact: str, *, end: bool) -> str:
    if exact:
        from recto.instance.periods import day_of

        return day_of(exact, end=end)
    if moment.time() != _MIDNIGHT:
        return moment.isoformat()
    return (moment - timedelta(days=1) if end and moment != datetime.min else moment).date().isoformat()


UNREAD = Period(None, None)
"""Stands for a period that cannot be read, which was reported: rules say nothing more of it."""


class TypedMember(Struct, frozen=True):
    """The value of a typed dimension: the typed domain element, as content."""

    element: QName
    values: tuple[str, ...]
    """Texts of all simple descendant elements (or of the element itself), white space collapsed as its type demands."""
    nil: bool = False
    xml: str = ""
    """Canonical serialization of the typed domain element, for comparison (c14n)."""

    @property
    def text(self) -> str:
        return ", ".join(self.values)


Member = QName | TypedMember

UNKNOWN_DOMAIN = QName("", "unknown")
"""The element of a typed member that a report in JSON or CSV gives to an axis of which nothing is declared."""


class Context(Struct, frozen=True, eq=False):
    """Who and when a fact is about, with its dimensions (XBRL 2.1, 4.7)."""

    id: str
    scheme: str
    identifier: str
    period: Period
    dimensions: Mapping[QName, Member]
    """Axis → member as reported, segment's and scenario's together, in document order; defaults are never here."""
    containers: Mapping[QName, Literal["segment", "scenario"]] = field(default_factory=dict)
    segment_other: tuple[str, ...] = ()
    """Canonical serializations of non-dimensional children of segment."""
    scenario_other: tuple[str, ...] = ()
    has_scenario: bool = False
    document: str = ""
    line: int = 0
    valid: bool = True
    """False where its period or a dimension could not be read, so that it is not known what its facts are about."""


class Unit(Struct, frozen=True, eq=False):
    """What a number is measured in (XBRL 2.1, 4.8)."""

    id: str
    numerators: tuple[QName, ...]
    denominators: tuple[QName, ...] = ()
    document: str = ""
    line: int = 0
    """Line on which the start tag ends."""
    valid: bool = True
    """False where a measure could not be read."""

    @property
    def measure(self) -> QName | None:
        """The only measure of a simple unit."""
        return self.numerators[0] if len(self.numerators) == 1 and not self.denominators else None


class Footnote(Struct, frozen=True, eq=False):
    """A footnote resource. `text` is its content as serialized XHTML (what SEC pages print)."""

    text: str
    role: str | None
    language: str | None
    id: str | None
    document: str
    line: int


class FootnoteLink(Struct, frozen=True, eq=False):
    """An arc from a fact: to a footnote, or (inline relationships) to another fact."""

    arcrole: str
    link_role: str
    target: Footnote | Fact
    order: float = 1.0


class Fact(Struct, frozen=True, eq=False):
    """One reported fact. Identity is that of the object: two equal facts stay two."""

    id: str
    """The id attribute; else made up, unique in the instance: `f-<ordinal>` avoiding the ids there are."""
    qname: QName
    concept: Concept | None
    """None where the DTS has no such element."""
    context_id: str | None
    context: Context | None
    unit_id: str | None
    unit: Unit | None
    value: str
    """Lexical value, white space as its type demands; inline: transformation, scale and sign applied, never in exponent
    form. "" for nil facts and tuples; `numerator/denominator` for fractions."""
    nil: bool
    decimals: Decimals | None
    precision: Decimals | None
    language: str | None
    """Effective xml:lang; None where there is none."""
    document: str
    line: int
    index: int
    """Ordinal in the instance, in document order."""
    hidden: bool = False
    """Inside ix:hidden."""
    parent: Fact | None = None
    """The tuple that holds it."""
    format: QName | None = None
    """Inline format."""
    has_id: bool = True
    valid: bool = True
    """False where value, context, dimensions, unit or accuracy could not be established; a finding tells why. The fact
    then takes part in nothing that presupposes them: it has no `number`, is in no calculation, is no duplicate, and is
    not saved; what writes it gives null for its value."""
    xsi_nil: str | None = None
    """The xsi:nil attribute as written."""
    scale: str | None = None
    numerator: str | None = None
    """Of a fractionItemType fact."""
    denominator: str | None = None
    has_value: bool = True
    """False where the text is no value of the fact's type, or its transformation failed: `value` is then the text as it
    stands, for people to see."""
    home: Any = None
    """Who answers for it (`recto.instance.asking.Answers`); None until there is an instance."""

    @property
    def is_tuple(self) -> bool:
        return self.concept is not None and self.concept.kind == "tuple"

    @property
    def is_numeric(self) -> bool:
        return self.unit_id is not None if self.concept is None else self.concept.is_numeric

    @property
    def number(self) -> Decimal | None:
        """The exact value of a numeric fact; None for nil, text, what is no number, and an invalid fact."""
        if self.nil or not self.valid or not self.is_numeric:
            return None
        return number_of(self.value)

    @property
    def period(self) -> Period | None:
        """None without a context, and where the context's period could not be read."""
        return None if self.context is None or self.context.period is UNREAD else self.context.period

    @property
    def dimensions(self) -> Mapping[QName, Member]:
        return self.context.dimensions if self.context is not None else {}

    @property
    def name(self) -> str:
        """Prefixed name of the concept, as the filing writes it: `us-gaap:Assets`."""
        if self.home is not None and self.home.instance is not None:
            name: str = self.home.name(self)
            return name
        return self.concept.name if self.concept is not None else self.qname.clark

    def label(self, role: str | None = None, language: str | None = None) -> str | None:
        """What the concept is called.

        `role`: `terse`, `total`, `verbose`, `negated`, … or a role's URI; None: the standard label, and where there is
        none, the prefixed name. `language`: a BCP 47 tag; None: the languages of the filing, English, then any.
        None where the concept has no label in that role or language.
        """
        found = None if self.home is None else self.home.label(self.concept, role, language)
        return self.name if found is None and role is None and language is None else found

    @property
    def definition(self) -> str | None:
        """The concept's documentation; None where the taxonomy at hand has none."""
        found: str | None = None if self.home is None else self.home.label(self.concept, "documentation", None)
        return found

    @property
    def references(self) -> Sequence[Reference]:
        """References of the concept to what defines it."""
        found: Sequence[Reference] = () if self.home is None else self.home.references(self.concept)
        return found

    @property
    def place(self) -> Place:
        """Where the fact stands: document, line, id, and a path to its element."""
        if self.home is None:
            return Place(self.document, self.line, self.id if self.has_id else None)
        found: Place = self.home.place(self)
        return found

    @property
    def pages(self) -> tuple[str, ...]:
        """The report pages that show the fact, `("R4",)`. Raises `UsageError` for a fact of no filing."""
        if self.home is None:
            raise UsageError("only facts of a filing that recto.open gave have pages")
        found: tuple[str, ...] = self.home.pages(self)
        return found

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """Its footnotes, in document order of the arcs."""
        if self.home is None or self.home.instance is None:
            return ()
        instance: Instance = self.home.instance
        return instance.footnotes(self)

    @property
    def fiscal(self) -> FiscalPeriod | None:
        """Fiscal year and quarter of its period, worked out from its dates and the entity's fiscal year end.

        None where there are no such dates. What the cover page claims is `fact.home.calendar.cover_year`.
        """
        period = self.period
        last = None if period is None else period.last_day
        if period is None or last is None or any(period.exact) or self.home is None or self.home.instance is None:
            return None
        start = None if period.start is None else period.start.date()
        home: Answers = self.home
        return home.calendar.place(start, last.date(), ends=home.ends)

    @property
    def is_text_block(self) -> bool:
        """Whether its concept is made for a part of a document: of a text block type, or with markup in it."""
        type_ = self.concept.type if self.concept is not None else None
        named = type_ is not None and any("textblock" in each.qname.local.casefold() for each in type_.chain())
        return named or (not self.is_numeric and not self.nil and _TAG.search(self.value) is not None)

    @property
    def blocks(self) -> list[Block]:
        """Of a text fact: its paragraphs, headings, lists and tables (`recto.prose`); none of a number or nil."""
        from recto.prose import Block, prose

        if self.nil or self.is_numeric or self.is_tuple:
            return []
        if _TAG.search(self.value) is None:
            return [Block("paragraph", self.value)] if self.value else []
        return prose(self.value)

    @property
    def text(self) -> str:
        """The value as plain text: markup as people read it, tables in columns, nothing folded; "" for nil."""
        if self.nil or _TAG.search(self.value) is None or self.is_numeric:
            return "" if self.nil else self.value
        from recto.prose import plain

        return plain(self.blocks, width=0).rstrip("\n")

    @property
    def markdown(self) -> str:
        """The value as Markdown."""
        if self.nil or self.is_numeric:
            return self.text
        from recto.prose import markdown

        return markdown(self.blocks).rstrip("\n")

    @property
    def tables(self) -> list[TextTable]:
        """The tables in a text block; each has `rows`, `to_pandas()`, `to_polars()`, `to_arrow()`."""
        return [block.table for block in self.blocks if block.table is not None]

    def __repr__(self) -> str:
        period = self.period.words if self.period is not None else "no period"
        members = "".join(f", {_member_text(member)}" for member in self.dimensions.values())
        return f"<recto.Fact {self.id} {self.name} = {shorten(self._said)}, {period}{members}>"

    def __str__(self) -> str:
        """Label, value with its unit, period and members in words."""
        label = self.label() or self.name
        period = f", {self.period.words}" if self.period is not None else ""
        members = "".join(f", {member}" for _, member in self.member_labels)
        return f"{label}: {shorten(self._said)}{period}{members}"

    @property
    def row(self) -> tuple[str, str, str, str]:
        """Label, value, period and members in words: what a list of facts shows of each."""
        period = "" if self.period is None else self.period.words
        return (self.label() or self.name, self._said, period, ", ".join(member for _, member in self.member_labels))

    @property
    def _said(self) -> str:
        from recto.instance.wording import value_words

        return value_words(self)

    @property
    def member_labels(self) -> list[tuple[str, str]]:
        """What its axes and members are called, (axis, member) each: by their labels, else by their names."""
        pairs = []
        for axis, member in self.dimensions.items():
            pairs.append((self._called(axis), self._called(member) if isinstance(member, QName) else member.text))
        return pairs

    def _called(self, name: QName) -> str:
        if self.home is None or self.home.instance is None:
            return name.local
        taxonomy: Taxonomy = self.home.instance.taxonomy
        return self.home.label(taxonomy.concept(name), None, None) or name.local

    def _repr_html_(self) -> str:
        rows = [
            ("value", self._said),
            ("period", self.period.words if self.period is not None else None),
            *self.member_labels,
            ("concept", self.name),
            ("decimals", self.decimals),
            ("entity", self.context.identifier if self.context is not None else None),
            ("language", self.language),
            ("id", self.id),
            ("stands in", self.place),
        ]
        return properties(self.label() or self.name, rows)


_TAG = lazy(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w*);")
"""What only markup holds."""


def _member_text(member: Member) -> str:
    return member.local if isinstance(member, QName) else member.text


class Instance(Struct, frozen=True, eq=False):
    """One instance, or one target document of an inline document set, with the DTS that it names."""

    url: str
    """URL of the instance document; of the first document of an inline set."""
    documents: tuple[str, ...]
    """The instance document, or the documents of the inline set, in order."""
    kind: Literal["xbrl", "inline", "json", "csv"]
    target: str | None
    """The inline target; None for the default target."""
    taxonomy: Taxonomy
    facts: Sequence[Fact]
    """Every fact, tuples and their children too, in document order. Top-level ones have `parent is None`."""
    contexts: Mapping[str, Context]
    units: Mapping[str, Unit]
    prefixes: Mapping[str, str]
    """prefix → namespace on the root element (first document of an inline set first)."""
    schema_refs: Sequence[str]
    """Absolute URLs of schemaRef and linkbaseRef."""
    links: Mapping[Fact, Sequence[FootnoteLink]]
    findings: Findings
    home: Answers
    """Who answers for it and its facts: a `recto.instance.home.Home` of its own."""
    name: str = ""
    """File name of the target document as the SEC's tools give it: `aapl-20250329_htm.xml`, or the instance's own."""
    anchors: object = None
    """Reader-private: lets writers ask where a fact stands (see `recto.instance.ancestors`)."""
    _by_id: dict[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        home = self.home
        if home.instance is None:
            home.instance = self
            for fact in self.facts:
                if fact.home is not home:
                    force_setattr(fact, "home", home)

    @property
    def by_id(self) -> Mapping[str, Fact]:
        """Facts by id, made-up ids included; of equal ids the first fact."""
        if not self._by_id:
            for fact in reversed(self.facts):
                self._by_id[fact.id] = fact
        return self._by_id

    def footnotes(self, fact: Fact) -> tuple[Footnote, ...]:
        """Footnotes of the fact, any arcrole, in document order of the arcs."""
        return tuple(link.target for link in self.links.get(fact, ()) if isinstance(link.target, Footnote))
