"""One instance as the layout asks for it: labels, units, contexts and types, each looked up once.

Everything here is read-only for the pages: they depend on one another only through what `render` passes between its
passes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from recto.findings import Findings
from recto.findings.observed import Judge, Met, Observed
from recto.instance.anchors import anchors
from recto.instance.builder import normalize
from recto.instance.model import Context, Fact, Footnote, Instance, TypedMember
from recto.instance.standins import completed
from recto.names import ROLE_LABEL, QName
from recto.patterns import lazy
from recto.regimes import SEC, Regime, recognize
from recto.rendering.declarations import DeclarationOrder
from recto.rendering.filing_flags import Families, document_type, families, flags
from recto.rendering.languages import words_for
from recto.rendering.spans import Span, Spans
from recto.rendering.traits import Traits
from recto.rendering.units import UnitText
from recto.taxonomy.labels import ANY
from recto.taxonomy.model import Concept, DataType, Described, Taxonomy
from recto.taxonomy.values import check, white_space

if TYPE_CHECKING:
    from recto.rendering.listener import Listener
    from recto.taxonomy.store import Store

LANGUAGES: Final = ("en-US", "en-GB")
_BOUNDARY: Final = lazy(r"(?<=[a-z])(?=[A-Z0-9])")


def pretty_name(local: str) -> str:
    """`EntityFoo123Bar` → `Entity Foo 123Bar`: for abstracts, axes and members without a label (1.5)."""
    return _BOUNDARY.sub(" ", local)


_CODE: Final = lazy(r"[A-Za-z]{1,4}\d+[A-Za-z]?")
_WORDS: Final = lazy(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ENDING: Final = lazy(r"(?<=\S) (?:Abstract|Line Items|Axis|Member|Domain|Table)\Z")
_KIND: Final = lazy(
    r"\s*[\[［](?:abstract|line items|table|axis|member|domain|hierarchy|目次項目|表題項目|メンバー|項目)[\]］]\s*",
    re.IGNORECASE,
)
"""What labels of the IFRS taxonomy and of EDINET's end in, to tell what kind of element they name."""


def is_code(local: str) -> bool:
    """Whether a name is no word but a code, as `x17`, `si168`."""
    return _CODE.fullmatch(local) is not None


def in_words(local: str) -> str:
    """A name in words on pages that are not the SEC's: `Section477CompaniesAct` → `Section 477 Companies Act`."""
    return local if is_code(local) else _ENDING.sub("", _WORDS.sub(" ", local))


class Typed:
    """A typed member as pages tell members apart: by nil and the texts of its value (5.2). Interned by its view."""

    __slots__ = ("element", "nil", "values")

    def __init__(self, member: TypedMember) -> None:
        self.element = member.element
        self.nil = member.nil
        self.values = member.values

    @property
    def text(self) -> str:
        return ", ".join(self.values)


MemberKey = QName | Typed


class Place(Struct, eq=False):
    """A context as a page sees it: its period and its members."""

    context: Context
    id: str
    span: Span | None
    members: dict[QName, MemberKey]


class Item(Struct, eq=False):
    """A fact that pages may show, with what they ask of it again and again."""

    fact: Fact
    concept: Concept
    traits: Traits
    place: Place
    unit: UnitText | None
    index: int
    key: str
    money: bool
    rate: bool

    @property
    def symbol(self) -> str:
        """Of an amount of money: its unit's symbol, the currency's alone for `X / shares` (10.4)."""
        unit = self.unit
        if unit is None:
            return ""
        return unit.money if self.traits.per_share else unit.symbol or unit.code


class View:
    """An instance under the eyes of the layout."""

    def __init__(
        self,
        instance: Instance,
        languages: Sequence[str] = LANGUAGES,
        findings: Findings | None = None,
        described: Described | None = None,
        *,
        regime: Regime | None = None,
        store: Store | None = None,
    ):
        self.instance = instance
        self.regime = regime if regime is not None else recognize((instance,))
        self.sec = self.regime is SEC
        """The report is the SEC's: its forms and rules hold."""
        stand_in = completed(instance, store, only_for_facts=self.sec)
        self.approximate = stand_in is not None
        """Schemas of the taxonomy are missing, and what stands for them was guessed (`recto.instance.standins`)."""
        self.taxonomy: Taxonomy = stand_in or instance.taxonomy
        self.described: Described = stand_in or (described if described is not None else instance.taxonomy)
        """Labels and references, with the documentation of standard concepts where that is at hand (1.4)."""
        self.findings = findings if findings is not None else Findings()
        self.judge: Judge | None = None
        """What a regulator's rules say of what the layout meets; None where nobody asks."""
        self.languages = tuple(dict.fromkeys((*languages, *LANGUAGES, *(() if self.sec else (ANY,)))))
        self.families: Families = families(self.taxonomy.namespaces())
        self.document_type = document_type(instance)
        namespaces = dict.fromkeys(fact.qname.namespace for fact in instance.facts)
        self.flags = flags(self.families.tokens, self.document_type, namespaces)
        self.fund = "isRRorOEF" in self.flags
        self.declared = DeclarationOrder(self.taxonomy)
        first = self.regime.english if languages[:1] == ["en"] or languages[:1] == ("en",) else ""
        self.words = words_for([first, *languages] if first else languages, sec=self.sec)
        self.spans = Spans(self.words.date)
        found = anchors(instance)
        self._elements: Sequence[Any] | None = found.elements if found is not None else None
        self.record: Listener | None = None
        """Where the layout tells what it decides; None where nobody listens."""
        self._explanations: dict[Fact, Footnote] = {}
        self._labels: dict[tuple[Concept, str], str | None] = {}
        self._traits: dict[Concept, Traits] = {}
        self._kinds: dict[tuple[DataType | None, str | None, str], Traits] = {}
        """Traits of all concepts of one type, period type and namespace."""
        self._units: dict[str, UnitText] = {}
        self._places: dict[int, Place] = {}
        self._nested: dict[tuple[int, int], Place] = {}
        self._occurrences: dict[Fact, int] | None = None
        self._typed: dict[tuple[QName, bool, tuple[str, ...]], Typed] = {}

    def concept_of(self, fact: Fact) -> Concept | None:
        """The fact's concept, or what stands for it where its schema is missing."""
        return self.taxonomy.concept(fact.qname) if self.approximate else fact.concept

    def label(self, concept: Concept, role: str | None = None) -> str | None:
        """The label in exactly that role (the standard label by default), trimmed; None where there is none (1.5)."""
        key = (concept, role or ROLE_LABEL)
        try:
            return self._labels[key]
        except KeyError:
            text = self.described.label(concept, key[1], self.languages)
            text = self._labels[key] = None if text is None else text.strip(" \t\n\r")
            return text

    def fact_label(self, concept: Concept, role: str | None) -> str:
        """The heading of a fact's row. A label role that the concept lacks is not replaced by another: `x:NoTerse`
        (1.5).
        """
        text = self.label(concept, role)
        if text is None and (self.approximate or not self.sec):
            return self.label(concept) or self.name_in_words(concept)
        return concept.name if text is None else text

    def order_label(self, concept: Concept) -> str:
        """What axes and roots are sorted by: the standard label with the blanks around it, else the name (4.3, 8)."""
        text = self.described.label(concept, ROLE_LABEL, self.languages) if self.sec else None
        return self.fact_label(concept, None) if text is None else text

    def name_in_words(self, concept: Concept) -> str:
        """What stands for a label where there is none."""
        return pretty_name(concept.qname.local) if self.sec else in_words(concept.qname.local)

    def display_label(self, concept: Concept, role: str | None) -> str:
        """The heading of an abstract, axis or member: without a label, its name in words (1.5)."""
        text = self.label(concept, role)
        if text is None and (self.approximate or not self.sec):
            text = self.label(concept) or None
        if text is None:
            return self.name_in_words(concept)
        return text if self.sec else _KIND.sub("", text) or text

    def traits(self, concept: Concept) -> Traits:
        known = self._traits.get(concept)
        if known is None:
            key = (concept.type, concept.period_type, concept.qname.namespace)
            known = self._kinds.get(key)
            if known is None:
                known = self._kinds[key] = Traits(concept, fund=self.fund)
            self._traits[concept] = known
        return known

    def unit(self, fact: Fact) -> UnitText | None:
        if fact.unit is None:
            return None
        known = self._units.get(fact.unit.id)
        if known is None:
            known = self._units[fact.unit.id] = UnitText(fact.unit, self.taxonomy)
        return known

    def lexical(self, fact: Fact) -> str:
        """The fact's text as written: pages show white space that its type would collapse, and group it like digits
        (19.5); a text with white space around it names no concept (3.4). Inline, so are texts without transformation.
        """
        if self._elements is None:
            return fact.value
        element = self._elements[fact.index]
        if self.instance.kind == "xbrl":
            return fact.value if len(element) else element.text or ""
        if self.instance.kind == "inline" and fact.format is None and self._collapses(fact):
            text = "".join(element.itertext())
            # Where the text has continuations, exclusions or markup, the value is more or less than it.
            return text if normalize(text, "collapse") == normalize(fact.value, "collapse") else fact.value
        return fact.value

    def _collapses(self, fact: Fact) -> bool:
        concept = fact.concept
        return concept is not None and not concept.is_numeric and white_space(concept.type) != "preserve"

    def notes(self, fact: Fact) -> tuple[Footnote, ...]:
        """The footnotes of a fact, in document order of the arcs: notes, and facts that explain it (14.1)."""
        links = self.instance.links.get(fact, ())
        return tuple(
            [link.target if isinstance(link.target, Footnote) else self._explanation(link.target) for link in links]
        )

    def _explanation(self, fact: Fact) -> Footnote:
        note = self._explanations.get(fact)
        if note is None:
            from html import escape  # loads its table of entities: few filings explain facts by facts

            block = fact.concept is not None and self.traits(fact.concept).text_block
            text = fact.value if block else escape(fact.value, quote=False)
            note = Footnote(text, None, fact.language, fact.id, fact.document, fact.line)
            self._explanations[fact] = note
        return note

    def item(self, fact: Fact, concept: Concept, context: Context) -> Item:
        """The fact as pages take it."""
        traits, unit = self.traits(concept), self.unit(fact)
        money = traits.numeric and unit is not None and (traits.monetary or traits.per_share)
        rate = traits.percent or (unit is not None and unit.is_rate and traits.pure)
        place = self.place_of(fact, context)
        return Item(fact, concept, traits, place, unit, fact.index, traits.key, money, rate)

    def element_name(self, fact: Fact) -> str:
        """`us-gaap_Assets`, with the prefix that the instance writes; the local name alone where it writes none."""
        prefix: str | None = None
        if self._elements is not None:
            element = self._elements[fact.index]
            if self.instance.kind == "xbrl":
                prefix = element.prefix or ""
            elif self.instance.kind == "inline":
                prefix = (element.get("name") or "").strip().rpartition(":")[0]
        if prefix is None:
            prefix = fact.concept.prefix if fact.concept is not None else ""
        return f"{prefix}_{fact.qname.local}" if prefix else fact.qname.local

    def place(self, context: Context) -> Place:
        known = self._places.get(id(context))
        if known is None:
            known = self._places[id(context)] = Place(
                context, context.id, self.spans.of(context.period), self._members(context)
            )
        return known

    def place_of(self, fact: Fact, context: Context) -> Place:
        """Where a fact stands: in its context and, where tuples hold it, in the occurrence of each."""
        parent = fact.parent
        if parent is None:
            return self.place(context)
        key = (id(context), id(parent))
        known = self._nested.get(key)
        if known is None:
            plain = self.place(context)
            members = dict(plain.members)
            while parent is not None:
                if self._occurrences is None:
                    self._occurrences = _occurrences(self.instance)
                member = TypedMember(parent.qname, (str(self._occurrences[parent]),))
                members[parent.qname] = self._typed.setdefault((parent.qname, False, member.values), Typed(member))
                parent = parent.parent
            known = self._nested[key] = Place(context, context.id, plain.span, members)
        return known

    def _members(self, context: Context) -> dict[QName, MemberKey]:
        """Members by axis; those that the DTS does not declare are told and left out (5.1)."""
        members: dict[QName, MemberKey] = {}
        for axis, member in context.dimensions.items():
            concept = self.taxonomy.concept(axis)
            if concept is None or concept.kind != "dimension":
                typed = isinstance(member, TypedMember)
                code = "TypedMemberNotTypedDimensionError" if typed else "ExplicitMemberNotExplicitDimensionError"
                self._tell_dimension(code, context, dimension=axis.local)
            elif isinstance(member, TypedMember):
                if not context.valid and not self._is_value(concept, member):
                    continue
                key = (axis, member.nil, member.values)
                members[axis] = self._typed.setdefault(key, Typed(member))
            elif self.taxonomy.concept(member) is None:
                undeclared = "it is not declared in the taxonomy"
                self._tell_dimension(
                    "ExplicitMemberUndefinedQNameError", context, member=member.local, reason=undeclared
                )
            else:
                members[axis] = member
        return members

    def _is_value(self, axis: Concept, member: TypedMember) -> bool:
        """Whether a typed member is a value of its axis' typed domain, as far as that is simple."""
        domain = self.taxonomy.typed_domain(axis)
        type_ = domain.type if domain is not None else None
        if type_ is None or not type_.xsd_base or member.nil or len(member.values) != 1:
            return True
        return check(type_, member.values[0]) is None

    def observe(
        self,
        what: Met,
        *,
        code: str = "",
        fact: Fact | None = None,
        document: str | None = None,
        line: int | None = None,
        **arguments: object,
    ) -> None:
        """Something was met that rules may have a word for; about a fact, a place in a document, or a page."""
        if self.judge is None:
            return
        element = fact.concept.name if fact is not None and fact.concept is not None else None
        if fact is not None:
            document, line = fact.document or None, fact.line or None
        met = Observed(what, arguments, code, document, line, element, (fact.id,) if fact is not None else ())
        finding = self.judge(met)
        if finding is not None:
            self.findings.add(finding)

    def tell_scenarios(self) -> None:
        """Contexts with a scenario, which the SEC does not accept (24)."""
        if not self.sec:
            return
        for context in self.instance.contexts.values():
            if context.has_scenario:
                self.findings.found(
                    "EFM.6.05.05", document=context.document or None, line=context.line or None, context=context.id
                )

    def _tell_dimension(self, code: str, context: Context, /, **arguments: str) -> None:
        self.findings.found(
            f"xbrldie:{code}",
            context.id,
            about=f"Context {context.id}",
            **arguments,
            document=context.document or None,
            line=context.line or None,
            specification="Dimensions 1.0, 3.1.4",
        )


def _occurrences(instance: Instance) -> dict[Fact, int]:
    """Numbers tuples of one name within what holds them, in document order, from 1."""
    counts: dict[tuple[Fact | None, QName], int] = {}
    found: dict[Fact, int] = {}
    for each in instance.facts:
        if each.context_id is None:
            key = (each.parent, each.qname)
            found[each] = counts[key] = counts.get(key, 0) + 1
    return found


def element_name(concept: Concept) -> str:
    """`us-gaap_Assets`, as pages name elements."""
    return f"{concept.prefix}_{concept.qname.local}" if concept.prefix else concept.qname.local
