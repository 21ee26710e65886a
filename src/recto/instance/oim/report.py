"""An instance in the terms of the Open Information Model, for writers; what these cannot say becomes findings.

Source: OIM 1.0, 3; xBRL-XML 1.0, 2.1 (what of XBRL 2.1 has no counterpart) and 3 (the mapping).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from recto.arithmetic import number_of
from recto.findings import Findings
from recto.instance.anchors import element_of
from recto.instance.filing_indicators import FILED, ITEM, SCHEMA, TEMPLATE, TUPLE, indicator
from recto.instance.model import Context, Decimals, Fact, Footnote, FootnoteLink, Instance, TypedMember, Unit
from recto.instance.naming import Namer
from recto.instance.oim.kinds import Fault, Kind, axis_of, kind_of
from recto.instance.oim.strings import format_period
from recto.instance.oim.vocabulary import (
    ENTITIES,
    LANGUAGE,
    NCNAME,
    NO_ENTITY,
    PURE,
    RESERVED_LINK_ALIASES,
    RESERVED_PREFIXES,
    SQNAME,
)
from recto.instance.qnames import Scope, holds_names, rewritten
from recto.instance.xhtml import escape_text
from recto.names import ARC_FACT_FOOTNOTE, FI, ROLE_FOOTNOTE, XHTML, QName
from recto.patterns import lazy

_PREFERRED: Final = {
    "cik": "http://www.sec.gov/CIK",
    "fi": FI,
    "lei": "http://standards.iso.org/iso/17442",
    "rs": "https://eurofiling.info/eu/rs",
    "xbrl": RESERVED_PREFIXES["xbrl"],
}
_UNKNOWN_LANGUAGE: Final = "und"
_SPECIFICATION: Final = "xBRL-XML 1.0, 2.1"
_XHTML: Final = f"{{{XHTML}}}"
_NOT_IN_NAME: Final = lazy(r"[^A-Za-z0-9_.-]+")

Links = Mapping[str, Mapping[str, list[str]]]
"""Link type → link group → ids of targets, all in order."""


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A fact as OIM says it. `decimals` None: exact, or no number. `value` None: nil."""

    id: str
    dimensions: dict[str, str | None]
    value: str | None
    decimals: int | None
    numeric: bool
    links: Links = field(default_factory=dict)
    note: bool = False


class Report:
    """Iterates over an instance's facts and notes, and knows all that they refer to when that is done."""

    def __init__(self, instance: Instance, findings: Findings, relative: Callable[[str], str] = lambda url: url):
        """`relative` makes the URLs of taxonomy documents what the report shall name."""
        self.instance = instance
        self.findings = findings
        self.names = _Names(instance)
        self.taxonomy = [relative(url) for url in instance.schema_refs]
        if SCHEMA not in instance.taxonomy.documents and any(fact.qname is ITEM for fact in instance.facts):
            self.taxonomy.append(SCHEMA)
        self.link_types = _Aliases()
        self.link_groups = _Aliases()
        self._ids: dict[Fact | Footnote, str] = {}
        self._taken: set[str] = set()
        self._notes: list[Footnote] = []
        self._kinds: dict[QName, Kind] = {}
        self._contexts: dict[Context, dict[str, str | None] | None] = {}
        self._units: dict[Unit, str | None] = {}
        self._check_references()

    def facts(self) -> Iterator[ReportFact]:
        """Facts in the order of the instance, then notes."""
        sayable = [fact for fact in self.instance.facts if self._is_sayable(fact)]
        for fact in sayable:
            self._identify(fact)
        for fact in sayable:
            yield self._fact(fact)
        for note in self._notes:
            yield self._note(note)

    def has_facts(self) -> bool:
        """Whether there is a fact that OIM can say."""
        return any(self._is_sayable(fact) for fact in self.instance.facts)

    @property
    def namespaces(self) -> dict[str, str]:
        """The prefixes that what was iterated over so far uses, sorted."""
        return dict(sorted(self.names.used.items()))

    # Which facts there are

    def _is_sayable(self, fact: Fact) -> bool:
        if fact.qname is TUPLE:
            return False  # what it holds is said in the other form of filing indicators
        if fact.parent is not None and fact.qname is not ITEM:
            return False  # told with its tuple
        if not fact.valid:
            return self._leave_out(fact, "recto:notSaved", "it is not valid")
        if not fact.qname.namespace:
            return self._leave_out(fact, "recto:notSaved", "its name is in no namespace")
        kind = self.kind(fact)
        if fact.is_tuple or kind.unsupported is not None:
            code = "unsupportedTuple" if fact.is_tuple else "unsupportedConceptDataType"
            if fact.concept is not None and fact.numerator is not None:
                code = "unsupportedFraction"
            return self._leave_out(fact, f"xbrlxe:{code}", kind.unsupported or "it is a tuple")
        if fact.precision == 0:
            return self._leave_out(fact, "xbrlxe:unsupportedZeroPrecisionFact", "its precision is 0")
        context = fact.context
        if context is None:
            return self._leave_out(fact, "recto:notSaved", "it has no context")
        if fact.is_numeric and (fact.unit is None or self._unit(fact.unit) is None):
            return self._leave_out(fact, "recto:notSaved", "it is numeric, but has no unit")
        if self._dimensions(context) is None:
            return self._leave_out(fact, "recto:notSaved", f"its context {context.id} cannot be said in OIM")
        return True

    def _leave_out(self, fact: Fact, code: str, why: str) -> bool:
        name = self.names.name(fact.qname)
        self.findings.found(
            code,
            name,
            about=f"Fact {fact.id} ({name}) is left out",
            severity="warning",
            reason=why,
            document=fact.document,
            line=fact.line,
            facts=(fact.id,),
            specification=_SPECIFICATION,
        )
        return False

    def _check_references(self) -> None:
        documents = self.instance.taxonomy.documents
        for url in self.instance.schema_refs:
            info = documents.get(url)
            if info is not None and info.kind == "linkbase":
                self.findings.found(
                    "xbrlxe:unsupportedLinkbaseReference",
                    document=self.instance.url,
                    specification=_SPECIFICATION,
                    reason=f"{url}, which OIM takes for a part of the taxonomy",
                )

    # Facts

    def kind(self, fact: Fact) -> Kind:
        kind = self._kinds.get(fact.qname)
        if kind is None:
            kind = self._kinds[fact.qname] = kind_of(fact.qname, fact.qname.local, self.instance.taxonomy)
        return kind

    def _fact(self, fact: Fact) -> ReportFact:
        if fact.qname is ITEM:
            return self._indicator(fact)
        kind = self.kind(fact)
        assert fact.context is not None
        said = self._dimensions(fact.context)
        assert said is not None
        dimensions: dict[str, str | None] = {"concept": self.names.name(fact.qname)}
        for core in ("entity", "period"):
            if core in said:
                dimensions[core] = said[core]
        numeric = fact.is_numeric
        if numeric and fact.unit is not None:
            unit = self._unit(fact.unit)
            if unit:
                dimensions["unit"] = unit
        elif kind.text and fact.language:
            if LANGUAGE.fullmatch(fact.language):
                dimensions["language"] = fact.language.lower()
            else:
                self._drop(fact, f"its language {fact.language!r} is left out, which is no language code")
        if not numeric and fact.unit is not None:
            self._drop(fact, f"{dimensions['concept']} is not numeric, so its unit is left out")
        dimensions.update((axis, member) for axis, member in said.items() if ":" in axis)
        return ReportFact(
            self._ids[fact],
            dimensions,
            None if fact.nil else self._value(fact, kind),
            _decimals(fact) if numeric and not fact.nil else None,
            numeric,
            self._links(fact),
        )

    def _indicator(self, fact: Fact) -> ReportFact:
        """A filing indicator of a tuple as a fact of its own (Filing Indicators 1.0, transformation)."""
        assert fact.context is not None
        said, found = self._dimensions(fact.context), indicator(self.instance, fact)
        assert said is not None
        dimensions: dict[str, str | None] = {"concept": self.names.name(FILED), **said}
        dimensions[self.names.name(TEMPLATE)] = "" if found is None else found.template
        value = None if found is None else "true" if found.filed else "false"
        return ReportFact(self._ids[fact], dimensions, value, None, False, self._links(fact))

    def _value(self, fact: Fact, kind: Kind) -> str:
        if kind.enumeration:
            return " ".join(sorted(self._expanded(name) for name in fact.value.split()))
        return self._prefixed(fact) if kind.prefixed else fact.value

    def _expanded(self, text: str) -> str:
        namespace, hash_, local = text.rpartition("#")
        return self.names.name(QName(namespace, local)) if hash_ else text

    def _prefixed(self, fact: Fact) -> str:
        """The value of a fact that is a name, with the prefixes of the report to be written."""
        element = element_of(self.instance, fact)
        scope: Scope = element.nsmap if element is not None else self.instance.prefixes
        type_ = fact.concept.type if fact.concept is not None else None
        return rewritten(fact.value, scope, self.names.prefix, names=holds_names(type_, names=True))

    def _unit(self, unit: Unit) -> str | None:
        """The unit string, "" for a pure number; None for a unit without measures."""
        if unit not in self._units:
            if not unit.numerators:
                text = None
            elif unit.numerators == (PURE,) and not unit.denominators:
                text = ""
            else:
                for measure in (*unit.numerators, *unit.denominators):
                    self.names.name(measure)
                text = self.names.namer.unit(unit)
                if not all(measure.namespace for measure in (*unit.numerators, *unit.denominators)):
                    text = None
            self._units[unit] = text
        return self._units[unit]

    # Contexts

    def _dimensions(self, context: Context) -> dict[str, str | None] | None:
        """Entity, period and taxonomy-defined dimensions, these sorted; None where OIM cannot say the context."""
        if context not in self._contexts:
            try:
                self._contexts[context] = self._say(context)
            except Fault as fault:
                self.findings.found(
                    fault.code,
                    context.id,
                    about=f"Context {context.id}",
                    severity="warning",
                    reason=str(fault),
                    document=context.document,
                    line=context.line,
                    specification=_SPECIFICATION,
                )
                self._contexts[context] = None
        return self._contexts[context]

    def _say(self, context: Context) -> dict[str, str | None]:
        if context.segment_other or context.scenario_other:
            raise Fault("xbrlxe:nonDimensionalSegmentScenarioContent", "it holds more than dimensions")
        said: dict[str, str | None] = {}
        if (context.scheme, context.identifier) != (ENTITIES, NO_ENTITY):
            entity = f"{self.names.prefix(context.scheme)}:{context.identifier}" if context.scheme else ""
            if SQNAME.fullmatch(entity) is None:
                raise Fault("recto:notSaved", f"the entity {context.scheme!r} {context.identifier!r} cannot be said")
            said["entity"] = entity
        period = format_period(context.period)
        if period is not None:
            said["period"] = period
        members = []
        for axis, member in context.dimensions.items():
            if not axis.namespace or (isinstance(member, QName) and not member.namespace):
                raise Fault("recto:notSaved", f"{axis.local} or its member is in no namespace")
            if isinstance(member, TypedMember):
                members.append((self.names.name(axis), self._typed(axis, member)))
            else:
                members.append((self.names.name(axis), self.names.name(member)))
        said.update(sorted(members, key=lambda pair: pair[0]))
        return said

    def _typed(self, axis: QName, member: TypedMember) -> str | None:
        known = axis_of(axis, self.instance.taxonomy)
        element = etree.fromstring(member.xml) if member.xml else None
        if known.unsupported is not None or (element is not None and len(element)):
            raise Fault("xbrlxe:unsupportedComplexTypedDimension", f"the member of {axis.local} is more than a value")
        if member.nil:
            return None
        text = element.text or "" if element is not None else member.text
        if known.element is not None and holds_names(known.element.type):
            scope: Scope = element.nsmap if element is not None else self.instance.prefixes
            return rewritten(text, scope, self.names.prefix, names=holds_names(known.element.type, names=True))
        return text

    # Ids, links and notes

    def _identify(self, end: Fact | Footnote) -> str:
        identifier = self._ids.get(end)
        if identifier is None:
            wanted = end.id or f"note-{len(self._notes)}"
            identifier, number = wanted, 1
            while identifier in self._taken:
                identifier, number = f"{wanted}.{number}", number + 1
            self._taken.add(identifier)
            self._ids[end] = identifier
        return identifier

    def _links(self, fact: Fact) -> Links:
        links = self.instance.links.get(fact)
        if not links:
            return {}
        said: dict[str, dict[str, list[str]]] = {}
        for link in sorted(links, key=lambda each: each.order):
            target = self._target(fact, link)
            if target is not None:
                link_type, group = self.link_types[link.arcrole], self.link_groups[link.link_role]
                said.setdefault(link_type, {}).setdefault(group, []).append(target)
        return said

    def _target(self, fact: Fact, link: FootnoteLink) -> str | None:
        end = link.target
        if isinstance(end, Footnote):
            if end not in self._ids:
                self._notes.append(end)
            return self._identify(end)
        if end not in self._ids:
            self._drop(fact, f"its link to fact {end.id} is left out with that fact")
            return None
        if link.arcrole == ARC_FACT_FOOTNOTE:
            self._drop(fact, f"its link to fact {end.id} is left out: links of that type lead to footnotes")
            return None
        return self._ids[end]

    def _drop(self, fact: Fact, message: str) -> None:
        self.findings.found(
            "recto:notSaved",
            document=fact.document,
            line=fact.line,
            facts=(fact.id,),
            about=f"Fact {fact.id}",
            reason=message,
        )

    def _note(self, note: Footnote) -> ReportFact:
        if note.role not in (None, "", ROLE_FOOTNOTE):
            self.findings.found(
                "xbrlxe:nonStandardFootnoteResourceRole",
                document=note.document,
                line=note.line,
                specification=_SPECIFICATION,
                role=note.role,
                reason=f"the role {note.role} of a footnote is left out",
            )
        language = (note.language or "").lower()
        identifier = self._ids[note]
        dimensions: dict[str, str | None] = {
            "concept": f"{self.names.prefix(RESERVED_PREFIXES['xbrl'])}:note",
            "noteId": identifier,
            "language": language if LANGUAGE.fullmatch(language) else _UNKNOWN_LANGUAGE,
        }
        return ReportFact(identifier, dimensions, _fragment(note.text), None, False, note=True)


def _fragment(text: str) -> str:
    """A footnote's text as a fragment of XHTML; as plain text where it is not one."""
    try:
        root = etree.fromstring(f'<div xmlns="{XHTML}">{text}</div>')
    except etree.XMLSyntaxError:
        return escape_text(text)
    if all(str(each.tag).startswith(_XHTML) and not each.prefix for each in root.iterdescendants("*")):
        return text
    return escape_text(text)


def _decimals(fact: Fact) -> int | None:
    if fact.decimals is not None or fact.precision is None:
        return fact.decimals if isinstance(fact.decimals, int) else None
    return inferred_decimals(fact.value, fact.precision)


def inferred_decimals(value: str, precision: Decimals) -> int | None:
    """The decimals that a precision means for a value; None for exact (XBRL 2.1, 4.6.6)."""
    number = number_of(value)
    if number is None or not isinstance(precision, int) or not number.is_finite() or number == 0:
        return None
    return precision - number.adjusted() - 1


class _Names:
    """Prefixes of the report to be written: reserved ones as OIM wants them, else those of the instance."""

    def __init__(self, instance: Instance):
        self.namer = Namer((RESERVED_PREFIXES, _PREFERRED, instance.prefixes, instance.taxonomy.prefixes()))
        self.used: dict[str, str] = {}
        self._names: dict[QName, str] = {}

    def prefix(self, namespace: str) -> str:
        prefix = self.namer.prefix(namespace)
        self.used[prefix] = namespace
        return prefix

    def name(self, name: QName) -> str:
        text = self._names.get(name)
        if text is None:
            if name.namespace:
                self.prefix(name.namespace)
            text = self._names[name] = self.namer.name(name)
        return text


class _Aliases:
    """Short names of URIs of link types or groups: the reserved ones, else the end of the URI."""

    def __init__(self) -> None:
        self._reserved = {uri: alias for alias, uri in RESERVED_LINK_ALIASES.items()}
        self.uris: dict[str, str] = {}

    def __getitem__(self, uri: str) -> str:
        alias = self.uris.get(uri)
        if alias is None:
            alias = self.uris[uri] = self._reserved.get(uri) or self._make(uri)
        return alias

    def _make(self, uri: str) -> str:
        wanted = _NOT_IN_NAME.sub("-", re.split(r"[/#]", uri.rstrip("/#"))[-1]).strip("-.") or "link"
        if NCNAME.fullmatch(wanted) is None:
            wanted = f"_{wanted}"
        alias, number = wanted, 1
        while alias in self.uris.values() or alias in RESERVED_LINK_ALIASES:
            alias, number = f"{wanted}{number}", number + 1
        return alias

    @property
    def by_alias(self) -> dict[str, str]:
        return dict(sorted((alias, uri) for uri, alias in self.uris.items()))
