"""From the dimensions, value and decimals of a fact in OIM's terms to the model's facts, contexts and units."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

from lxml import etree

from recto.findings import Findings
from recto.instance.builder import normalize
from recto.instance.model import (
    UNKNOWN_DOMAIN,
    Context,
    Decimals,
    Fact,
    Footnote,
    Member,
    Period,
    TypedMember,
    Unit,
)
from recto.instance.oim.canonical import is_canonical
from recto.instance.oim.document import specification
from recto.instance.oim.kinds import Axis, Fault, Kind, Kinds
from recto.instance.oim.strings import (
    NotDurationError,
    PeriodError,
    UnitError,
    parse_csv_period,
    parse_period,
    parse_unit,
)
from recto.instance.oim.vocabulary import ENTITIES, LANGUAGE, NO_ENTITY, NOT_XML, PURE, QNAME, SQNAME
from recto.instance.qnames import holds_names, used_prefixes
from recto.instance.xhtml import escape_text
from recto.names import ARC_ALL, ARC_NOT_ALL, ROLE_FOOTNOTE, XHTML, XSI, QName
from recto.taxonomy.model import DataType, Taxonomy
from recto.taxonomy.values import check, white_space

Dimensions = Mapping[str, str | None]
"""By OIM's names (`concept`, `period`, …) or prefixed ones; None is a nil typed member."""
_STILL_KNOWN: Final = ("nonCanonicalValue",)
"""Faults with which it is known what the value is."""
_FOREVER: Final = Period(None, None)
_XHTML: Final = f"{{{XHTML}}}"


class Said(NamedTuple):
    """A fact as JSON or CSV say it."""

    identifier: str
    dimensions: Dimensions
    value: str | None
    decimals: Decimals | None
    document: str
    line: int


class Assembler:
    """Makes the facts of one report. What is wrong with a fact becomes a finding, and makes the fact invalid."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        namespaces: Mapping[str, str],
        findings: Findings,
        prefix: Literal["xbrlje", "xbrlce"],
        *,
        canonical_values: bool = False,
        ids: Iterable[str] = (),
        limit: int | None = None,
    ):
        """`ids` are those of facts, which ids of contexts and units must avoid.

        `limit` bounds how many contexts are kept to be shared, for streams of facts.
        """
        self.kinds = Kinds(taxonomy, namespaces)
        self.namespaces = namespaces
        self.findings = findings
        self.prefix = prefix
        self.contexts: dict[str, Context] = {}
        self.units: dict[str, Unit] = {}
        self.notes: dict[str, Footnote] = {}
        self.made = 0
        self._csv = prefix == "xbrlce"
        self._canonical = canonical_values
        self._ids = frozenset(ids)
        self._limit = limit
        self._context_of: dict[tuple[object, ...], Context] = {}
        self._unit_of: dict[str | None, Unit] = {}
        self.missing: set[str] = set()
        self._container: Literal["segment", "scenario"] | None = None

    def fact(self, said: Said) -> Fact | None:
        """The fact; None where it names no concept (a finding tells so), or is a note (see `notes`). What is wrong with
        it otherwise makes it invalid, and a finding tells why.
        """
        try:
            kind = self.kinds.kind(said.dimensions["concept"] or "")
            if kind.is_note:
                self._note(said)
                return None
            return self._fact(kind, said)
        except Fault as fault:
            self.report(fault.code, str(fault), said)
            return self.invalid(said)

    def invalid(self, said: Said, *, placed: bool = True) -> Fact | None:
        """A fact that was reported as faulty, as far as it is known; not `placed`: its dimensions are not all known."""
        identifier, dimensions, value, decimals, document, line = said
        context = unit = None
        try:
            kind = self.kinds.kind(dimensions.get("concept") or "")
        except Fault:
            return None
        if kind.is_note:
            return None
        with contextlib.suppress(Fault):
            context = self._context(said) if placed else None
        with contextlib.suppress(Fault):
            unit = self._unit_for(kind, decimals, said)
        index = self.made
        self.made += 1
        return Fact(
            identifier,
            kind.qname,
            kind.concept,
            context.id if context is not None else None,
            context,
            unit.id if unit is not None else dimensions.get("unit"),
            unit,
            value or "",
            value is None,
            decimals,
            None,
            dimensions.get("language"),
            document,
            line,
            index,
            valid=False,
            has_value=False,
            xsi_nil="true" if value is None else None,
        )

    def report(self, code: str, message: str, said: Said) -> None:
        code = code if ":" in code else f"{self.prefix}:{code}"
        self.findings.found(
            code,
            said.identifier,
            about=f"Fact {said.identifier}",
            reason=message,
            document=said.document,
            line=said.line,
            facts=(said.identifier,),
            specification=specification(code),
        )

    def _fact(self, kind: Kind, said: Said) -> Fact:
        identifier, dimensions, value, decimals, document, line = said
        concept = kind.concept
        if concept is None and self.kinds.taxonomy.lacks(kind.qname.namespace):
            pass  # the missing document is told, and may well declare it
        elif concept is None:
            self._once(kind.label, "oime:unknownConcept", "is in no schema of the taxonomy", said)
        else:
            if concept.abstract:
                raise Fault("oime:valueForAbstractConcept", f"{kind.label} is abstract, so it has no value")
            if kind.unsupported is not None:
                message = f"{kind.label} cannot be reported here: {kind.unsupported}"
                raise Fault("oime:unsupportedConceptDataType", message)
        if "noteId" in dimensions:
            raise Fault("oime:misplacedNoteIDDimension", "only notes have the dimension noteId")
        language = dimensions.get("language")
        if language is not None and not kind.text:
            if not self._csv:
                raise Fault("oime:misplacedLanguageDimension", f"{kind.label} is no text, so it is in no language")
            language = None
        elif language is not None:
            self.check_language(language)
        context = self._context(said)
        wrong = self._period_fault(kind, context)
        if wrong is not None:  # what the fact says is known all the same
            self.report(*wrong, said)
        if kind.numeric and dimensions.get("unit", "") is None:
            raise Fault("oimce:invalidUnitStringRepresentation", "the unit is nil")
        unit = self._unit_for(kind, decimals, said)
        text = "" if value is None else normalize(value, kind.space)
        fault = self._value_fault(kind, value, text)
        if fault is not None:
            self.report(*fault, said)
        if kind.enumeration and text:
            text = self._expanded(text)
        if decimals is not None and (unit is None or value is None):
            if not self._csv:
                raise Fault("oime:misplacedDecimalsProperty", "only numbers that are not nil have decimals")
            decimals = None
        known = fault is None or fault[0] in _STILL_KNOWN
        return self._made(
            identifier, kind, context, unit, language, text, decimals, document, line, nil=value is None, known=known
        )

    def alike(
        self,
        identifier: str,
        kind: Kind,
        context: Context,
        unit: Unit | None,
        language: str | None,
        value: str,
        decimals: Decimals | None,
        document: str,
        line: int,
    ) -> Fact | None:
        """What `fact` gives where facts without fault had the same concept, unit and language, and others the same
        context; None where this one has a fault, or it takes more to find out. For CSV alone.
        """
        concept = kind.concept
        if concept is None or kind.enumeration:
            return None
        if concept.period_type is not None and concept.period_type != context.period.kind:
            return None
        form = kind.form
        if form is None or self._canonical or not ((value.isdecimal() and value.isascii()) or form(value)):
            text = normalize(value, kind.space)
            if self._value_fault(kind, value, text) is not None:
                return None
            value = text
        if unit is None:
            decimals = None
        return self._made(identifier, kind, context, unit, language, value, decimals, document, line)

    def _made(
        self,
        identifier: str,
        kind: Kind,
        context: Context,
        unit: Unit | None,
        language: str | None,
        text: str,
        decimals: Decimals | None,
        document: str,
        line: int,
        *,
        nil: bool = False,
        known: bool = True,
    ) -> Fact:
        """One more fact. `known`: its value is a value of its concept."""
        if decimals is None and unit is not None and not nil:
            decimals = "INF"
        index = self.made
        self.made += 1
        return Fact(
            identifier,
            kind.qname,
            kind.concept,
            context.id,
            context,
            unit.id if unit is not None else None,
            unit,
            text,
            nil,
            decimals,
            None,
            language,
            document,
            line,
            index,
            valid=known and context.valid,
            has_value=known,
            xsi_nil="true" if nil else None,
        )

    # Values

    def _value_fault(self, kind: Kind, value: str | None, text: str) -> tuple[str, str] | None:
        """Code and reason where the value (`text` with white space as its type says) does not fit its concept."""
        if value is None:
            if kind.nillable:
                return None
            code = "invalidFactValue" if self._csv else "oime:invalidFactValue"
            return code, f"it is nil, but {kind.label} is not nillable"
        if kind.enumeration:
            return self._enumeration_fault(kind, value)
        if NOT_XML.search(value):
            return "invalidFactValue", "its value has a character that no XBRL value can have"
        if kind.type is None:
            return None
        names = self.namespaces if kind.prefixed else None
        fault = check(kind.type, text, namespaces=names)
        if fault is not None:
            return "invalidFactValue", fault
        return self._canonical_fault(kind.base, value) if self._canonical else None

    def _enumeration_fault(self, kind: Kind, value: str) -> tuple[str, str] | None:
        """Values of Extensible Enumerations 2.0 are QNames here, separated by single spaces (OIM 1.0, 3.4)."""
        names = (value.split(" ") if value else []) if kind.enumeration == "set" else [value.strip()]
        for name in names:
            if QNAME.fullmatch(name) is None:
                return "invalidFactValue", f"{name!r} is not the prefixed name of a member"
            if name.partition(":")[0] not in self.namespaces:
                raise Fault("oimce:unboundPrefix", f"the prefix of {name!r} is not declared in namespaces")
        if self._canonical and names != sorted(names):
            return "nonCanonicalValue", "the members are not in alphabetical order"
        return None

    def _canonical_fault(self, base: str, value: str) -> tuple[str, str] | None:
        if self._canonical and not is_canonical(base, value):
            return "nonCanonicalValue", f"{value!r} is not the canonical form of its value"
        return None

    def _expanded(self, text: str) -> str:
        """The names of enumeration members as XML has them: expanded, in alphabetical order."""
        expanded = []
        for name in text.split():
            prefix, _, local = name.partition(":")
            expanded.append(f"{self.namespaces.get(prefix, prefix)}#{local}")
        return " ".join(sorted(expanded))

    def check_language(self, language: str) -> None:
        if LANGUAGE.fullmatch(language) is None:
            raise Fault("invalidLanguageCode", f"{language!r} is not a language code")
        if not self._csv and language != language.lower():
            raise Fault("invalidLanguageCodeCase", f"the language {language!r} must be in lower case")

    # Units

    def _unit_for(self, kind: Kind, decimals: Decimals | None, said: Said) -> Unit | None:
        text = said.dimensions.get("unit")
        # Of a concept that is not declared, what has decimals is a number: a pure one where it has no unit.
        if not kind.numeric and not (kind.concept is None and (text or decimals is not None)):
            if text is not None and not self._csv:
                raise Fault("oime:misplacedUnitDimension", f"{kind.label} is not numeric, so it has no unit")
            return None
        unit = self._unit_of.get(text)
        if unit is None:
            unit = self._unit_of[text] = self._make_unit(text, said)
        return unit

    def _make_unit(self, text: str | None, said: Said) -> Unit:
        numerators: tuple[QName, ...] = (PURE,)
        denominators: tuple[QName, ...] = ()
        if text is not None:
            try:
                numerators, denominators = parse_unit(text, self.namespaces)
            except UnitError as error:
                raise Fault(error.code, str(error)) from None
            if numerators == (PURE,) and not denominators:
                raise Fault("oime:illegalPureUnit", "a pure number is one without unit, it must not be xbrli:pure")
        identifier = self._free("u", len(self.units) + 1)
        unit = self.units[identifier] = Unit(identifier, numerators, denominators, said.document, said.line)
        return unit

    def _free(self, letter: str, number: int) -> str:
        name = f"{letter}{number}"
        while name in self._ids:
            name = f"_{name}"
        return name

    # Contexts

    def _context(self, said: Said) -> Context:
        key = tuple([item for item in said.dimensions.items() if item[0] not in NOT_IN_CONTEXT])
        context = self._context_of.get(key)
        if context is None:
            context = self._make_context(said)
            if self._limit is not None and len(self._context_of) >= self._limit:
                self._context_of.clear()
                self.contexts.clear()
            self._context_of[key] = self.contexts[context.id] = context
        return context

    def _make_context(self, said: Said) -> Context:
        dimensions = said.dimensions
        scheme, entity = ENTITIES, NO_ENTITY
        if "entity" in dimensions:
            scheme, entity = self.entity(dimensions["entity"])
        period = self.period(dimensions["period"] or "") if "period" in dimensions else _FOREVER
        members: dict[QName, Member] = {}
        valid = True
        for key, value in dimensions.items():
            if ":" not in key:
                continue
            axis = self.kinds.axis(key)
            if axis.concept is None and not self.kinds.taxonomy.lacks(axis.qname.namespace):
                message = "is no dimension of the taxonomy"
                valid = False
                self._once(key, "oime:unknownDimension", message, said)
            members[axis.qname] = self.member(axis, key, value)
        container = self._container_of_dimensions() if members else "scenario"
        return Context(
            self._free("c", len(self.contexts) + 1 if self._limit is None else self.made + 1),
            scheme,
            entity,
            period,
            members,
            dict.fromkeys(members, container),
            has_scenario=bool(members) and container == "scenario",
            document=said.document,
            line=said.line,
            valid=valid,
        )

    def period(self, text: str) -> Period:
        """Raises Fault."""
        try:
            return parse_csv_period(text) if self._csv else parse_period(text)
        except NotDurationError as error:
            raise Fault(error.code, str(error)) from None
        except PeriodError as error:
            raise Fault(error.code if self._csv else f"oimce:{error.code}", f"the period {error}") from None

    def entity(self, text: str | None) -> tuple[str, str]:
        if text is None or SQNAME.fullmatch(text) is None:
            raise Fault("oimce:invalidSQName", f"the entity {text!r} is not a prefix, a colon and an identifier")
        prefix, _, identifier = text.partition(":")
        scheme = self.namespaces.get(prefix)
        if scheme is None:
            raise Fault("oimce:unboundPrefix", f"the prefix {prefix!r} of {text!r} is not declared in namespaces")
        if scheme == ENTITIES and identifier == NO_ENTITY:
            raise Fault("oime:invalidUseOfReservedIdentifier", f"{text!r} is reserved for reports without entity")
        return scheme, identifier

    def _period_fault(self, kind: Kind, context: Context) -> tuple[str, str] | None:
        period_type = kind.concept.period_type if kind.concept is not None else None
        reported = context.period.kind
        if period_type is None or reported == period_type:
            return None
        if reported != "forever":
            message = f"{kind.label} has a period of type {period_type}, not {reported}"
            return "oime:invalidPeriodDimension", message
        if period_type == "instant":
            return "oime:missingPeriodDimension", f"{kind.label} needs an instant as its period"
        return None

    def member(self, axis: Axis, key: str, value: str | None) -> Member:
        if axis.element is not None:
            return self._typed(axis, key, value)
        if axis.concept is None and not self._is_name(value):
            return TypedMember(UNKNOWN_DOMAIN, () if value is None else (value,), value is None)
        if value is None or QNAME.fullmatch(value) is None:
            raise Fault("invalidDimensionValue", f"{value!r} is not the prefixed name of a member of {key}")
        member = self.kinds.name(value)
        if axis.concept is not None:
            default = self.kinds.taxonomy.default_member(axis.concept)
            if default is not None and default.qname is member:
                code = "invalidDimensionValue" if self._csv else "oime:invalidDimensionValue"
                raise Fault(code, f"{value} is the default of {key}, which is said by leaving the dimension out")
        return member

    def _is_name(self, value: str | None) -> bool:
        """Whether a member of an axis that is not declared must be an explicit one: then it is a name."""
        return value is not None and QNAME.fullmatch(value) is not None and value.partition(":")[0] in self.namespaces

    def _typed(self, axis: Axis, key: str, value: str | None) -> TypedMember:
        element = axis.element
        assert element is not None
        if axis.unsupported is not None:
            raise Fault("oime:unsupportedDimensionDataType", f"the type of {key} is {axis.unsupported}")
        if value is None:
            if not element.nillable:
                raise Fault("invalidDimensionValue", f"{key} is nil, but its domain is not nillable")
            return TypedMember(element.qname, (), True, self._domain_xml(element.qname, None))
        if NOT_XML.search(value):
            raise Fault("invalidDimensionValue", f"the value of {key} has a character that no XBRL value can have")
        type_ = element.type
        if type_ is not None:
            value = normalize(value, white_space(type_))
            names = self.namespaces if holds_names(type_, names=True) else None
            fault = check(type_, value, namespaces=names)
            if fault is not None:
                raise Fault("invalidDimensionValue", f"the value of {key}: {fault}")
            canonical = self._canonical_fault(type_.xsd_base, value)
            if canonical is not None:
                raise Fault(*canonical)
        return TypedMember(
            element.qname, (" ".join(value.split()),), False, self._domain_xml(element.qname, value, type_)
        )

    def _domain_xml(self, name: QName, value: str | None, type_: DataType | None = None) -> str:
        """The typed domain element in canonical form, with the prefixes that a value of names uses."""
        prefix = next((prefix for prefix, uri in self.namespaces.items() if uri == name.namespace), "d")
        declared = {prefix: name.namespace} if name.namespace else {}
        if value is None:
            declared["xsi"] = XSI
        elif holds_names(type_):
            declared.update((each, uri) for each, uri in used_prefixes(type_, value, self.namespaces) if each)
        tag = f"{prefix}:{name.local}" if name.namespace else name.local
        start = tag + "".join(f' xmlns:{each}="{escape_text(uri)}"' for each, uri in sorted(declared.items()))
        if value is None:
            return f'<{start} xsi:nil="true"></{tag}>'
        return f"<{start}>{escape_text(value).replace(chr(13), '&#xD;')}</{tag}>"

    def _container_of_dimensions(self) -> Literal["segment", "scenario"]:
        """Where the taxonomy's hypercubes want dimensions; `scenario` where they do not say (xBRL-XML 1.0, 3.2)."""
        if self._container is None:
            counts = {"segment": 0, "scenario": 0}
            taxonomy = self.kinds.taxonomy
            for arcrole in (ARC_ALL, ARC_NOT_ALL):
                for role in taxonomy.roles(arcrole):
                    for each in taxonomy.network(arcrole, role).relationships:
                        if each.context_element is not None:
                            counts[each.context_element] += 1
            self._container = "segment" if counts["segment"] > counts["scenario"] else "scenario"
        return self._container

    # Notes

    def _note(self, said: Said) -> None:
        """A fact of xbrl:note: a footnote's text (OIM 1.0, text footnotes)."""
        identifier, dimensions, value, decimals, document, line = said
        if not self._csv:
            if "noteId" not in dimensions:
                raise Fault("oime:missingNoteIDDimension", "a note needs the dimension noteId")
            if dimensions["noteId"] != identifier:
                raise Fault("oime:invalidNoteIDValue", f"noteId must be the note's id, not {dimensions['noteId']!r}")
            if "unit" in dimensions:
                raise Fault("oime:misplacedUnitDimension", "a note has no unit")
            if decimals is not None:
                raise Fault("oime:misplacedDecimalsProperty", "a note has no decimals")
        language = dimensions.get("language")
        if language is None:
            raise Fault("oime:missingLanguageForNoteFact", "a note needs the dimension language")
        self.check_language(language)
        others = [key for key in dimensions if key in ("entity", "period") or ":" in key]
        if others:
            raise Fault("oime:misplacedNoteFactDimension", f"a note has no dimension {', '.join(others)}")
        text = value or ""
        _check_xhtml(text)
        self.notes[identifier] = Footnote(text, ROLE_FOOTNOTE, language, identifier, document, line)

    def _once(self, name: str, code: str, message: str, said: Said) -> None:
        """A finding about a name that the taxonomy lacks: one for each name, not for each fact."""
        if name not in self.missing:
            self.missing.add(name)
            self.report(code, f"{name} {message}", said)


NOT_IN_CONTEXT: Final = frozenset(("concept", "unit", "language"))


def _check_xhtml(text: str) -> None:
    """Raises Fault for what is no fragment of XHTML with that namespace as the default one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(f'<div xmlns="{XHTML}">{text}</div>'.encode(), parser)
    except (etree.XMLSyntaxError, ValueError, UnicodeEncodeError) as error:
        raise Fault("oime:invalidXHTMLFragment", f"the note is not a fragment of XHTML: {error}") from None
    for child in root.iterchildren("*"):
        if not child.tag.startswith(_XHTML):
            raise Fault("oime:invalidXHTMLFragment", f"the note holds {child.tag}, which is not XHTML")
    for each in root.iter(f"{_XHTML}*"):
        if each.prefix:
            message = f"the note writes {each.prefix}:{each.tag[len(_XHTML) :]} with a prefix"
            raise Fault("oime:xhtmlElementInNonDefaultNamespace", message)
