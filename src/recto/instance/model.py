"""Facts and what they stand in: one model, whatever syntax they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from recto.arithmetic import number_of
from recto.findings import Findings
from recto.names import QName
from recto.reprs import properties, shorten
from recto.taxonomy.model import Concept, Taxonomy

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
        return self.context.period if self.context is not None else None

    @property
    def dimensions(self) -> Mapping[QName, Member]:
        return self.context.dimensions if self.context is not None else {}

    def __repr__(self) -> str:
        name = self.concept.name if self.concept is not None else self.qname.clark
        period = (self.period.oim or "forever") if self.period is not None else "no period"
        unit = f" {_unit_text(self.unit)}" if self.unit is not None else ""
        value = "nil" if self.nil else shorten(self.value)
        return f"<recto.Fact {self.id} {name} = {value if self.valid else f'invalid {value}'}{unit}, {period}>"

    def _repr_html_(self) -> str:
        rows = [
            ("value", "(nil)" if self.nil else self.value if self.valid else f"(invalid: {self.value})"),
            ("unit", _unit_text(self.unit) if self.unit is not None else None),
            ("decimals", self.decimals),
            ("period", (self.period.oim or "forever") if self.period is not None else None),
            ("entity", self.context.identifier if self.context is not None else None),
            *(
                (axis.local, member.local if isinstance(member, QName) else member.text)
                for axis, member in self.dimensions.items()
            ),
            ("language", self.language),
            ("id", self.id),
            ("stands in", f"{self.document}:{self.line}"),
        ]
        return properties(self.concept.name if self.concept is not None else self.qname.clark, rows)


def _unit_text(unit: Unit) -> str:
    over, under = ("*".join(measure.local for measure in side) for side in (unit.numerators, unit.denominators))
    return f"{over}/{under}" if under else over


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
    name: str = ""
    """File name of the target document as the SEC's tools give it: `aapl-20250329_htm.xml`, or the instance's own."""
    anchors: object = None
    """Reader-private: lets writers ask where a fact stands (see `recto.instance.ancestors`)."""
    _by_id: dict[str, Fact] = field(default_factory=dict)

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
