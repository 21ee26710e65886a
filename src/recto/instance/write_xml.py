"""Writer of instances as xBRL-XML (XBRL 2.1, 4): what an inline document set extracts to, or any other report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from lxml import etree

from recto.findings import Findings
from recto.instance.anchors import element_of
from recto.instance.filing_indicators import FILED_ATTRIBUTE
from recto.instance.filing_indicators import ITEM as FILING_INDICATOR
from recto.instance.model import (
    UNKNOWN_DOMAIN,
    Context,
    Fact,
    Footnote,
    FootnoteLink,
    Instance,
    Period,
    TypedMember,
    Unit,
)
from recto.instance.naming import Namer
from recto.instance.periods import day_of
from recto.instance.qnames import Scope, holds_names, rewritten, used_prefixes
from recto.instance.xhtml import escape_attribute, escape_text
from recto.names import ARC_FACT_FOOTNOTE, FIND, LINK, ROLE_FOOTNOTE, ROLE_LINK, XBRLDI, XBRLI, XHTML, XLINK, XSI, QName
from recto.patterns import lazy

_ELEMENT = lazy(r"[^\W\d][\w.\-·]*")
_NOT_IN_NAME = lazy(r"[^\w.\-·]")
_FIXED = (("xbrli", XBRLI), ("link", LINK), ("xlink", XLINK), ("xsi", XSI), ("xbrldi", XBRLDI))
_LINKBASE_ARCROLE = "http://www.w3.org/1999/xlink/properties/linkbase"


def to_xml(instance: Instance, findings: Findings | None = None, *, base: str | None = None) -> bytes:
    """The instance as an xBRL-XML document in UTF-8.

    References to documents beside `base` (by default the instance's own URL) are written relative to it. Facts keep
    their ids, values, accuracy, language and order; contexts and units their ids. Prefixes that values use are declared
    where they are used. Facts that are not valid, and those whose names cannot be element names (inline ones with an
    unbound prefix), are left out, each with a warning in `findings`, and so is what stands in such a tuple.
    """
    return _Writer(instance, base or instance.url, findings).document().encode("utf-8")


class _Writer:
    def __init__(self, instance: Instance, base: str, findings: Findings | None = None):
        self.instance = instance
        self.findings = findings
        self.names: dict[QName, bool] = {}
        """Whether values of a concept are names with prefixes."""
        self.folder = base.rpartition("/")[0] + "/"
        self.namer = Namer((dict(_FIXED), instance.prefixes, instance.taxonomy.prefixes()))
        self.used = {namespace for _, namespace in _FIXED} | set(instance.prefixes.values())
        self.language = _common_language(instance.facts)
        self.written: set[Fact] = set()
        self.identifiers: dict[str, str] = {}
        """Ids in other formats need not be names, as XML's must be: those that had to change."""
        self.targets = {
            link.target for links in instance.links.values() for link in links if isinstance(link.target, Fact)
        }

    def document(self) -> str:
        instance = self.instance
        body = [
            *self._references(),
            *(self._context(context) for context in instance.contexts.values() if _is_sayable(context)),
            *(self._unit(unit) for unit in instance.units.values() if unit.valid),
            *self._facts(),
            *self._footnote_links(),
        ]
        declarations = "".join(
            f'\n  xmlns:{prefix}="{escape_attribute(namespace)}"'
            for prefix, namespace in sorted(self.namer.namespaces.items())
            if namespace in self.used
        )
        language = f' xml:lang="{escape_attribute(self.language)}"' if self.language else ""
        start = f'<?xml version="1.0" encoding="utf-8"?>\n<xbrli:xbrl{language}{declarations}>\n'
        return start + "\n".join(body) + "\n</xbrli:xbrl>\n"

    def _name(self, name: QName) -> str:
        self.used.add(name.namespace)
        return self.namer.name(name)

    def _identifier(self, text: str) -> str:
        if _ELEMENT.fullmatch(text) is not None:
            return text
        known = self.identifiers.get(text)
        if known is None:
            known = f"_{_NOT_IN_NAME.sub('_', text)}.{len(self.identifiers)}"
            self.identifiers[text] = known
        return known

    def _relative(self, url: str) -> str:
        return url[len(self.folder) :] if url.startswith(self.folder) else url

    def _references(self) -> Iterator[str]:
        taxonomy = self.instance.taxonomy
        for url in self.instance.schema_refs:
            href = escape_attribute(self._relative(url))
            info = taxonomy.documents.get(url)
            if info is not None and info.kind == "linkbase":
                role = f' xlink:arcrole="{_LINKBASE_ARCROLE}"'
                yield f'<link:linkbaseRef xlink:type="simple" xlink:href="{href}"{role}/>'
            else:
                yield f'<link:schemaRef xlink:type="simple" xlink:href="{href}"/>'
        links = [link for links in self.instance.links.values() for link in links]
        roles = dict.fromkeys(link.link_role for link in links)
        roles.update(dict.fromkeys(link.target.role or "" for link in links if isinstance(link.target, Footnote)))
        for uri in roles:
            if uri not in (ROLE_LINK, ROLE_FOOTNOTE, ""):
                yield from self._role_reference("roleRef", "roleURI", uri, taxonomy.role_types(uri))
        for uri in dict.fromkeys(link.arcrole for link in links):
            if uri != ARC_FACT_FOOTNOTE:
                yield from self._role_reference("arcroleRef", "arcroleURI", uri, taxonomy.arcrole_types(uri))

    def _role_reference(self, name: str, attribute: str, uri: str, types: Iterable[object]) -> Iterator[str]:
        for each in types:
            document, identifier = getattr(each, "document", None), getattr(each, "id", None)
            if document and identifier:
                href = escape_attribute(f"{self._relative(document)}#{identifier}")
                yield f'<link:{name} {attribute}="{escape_attribute(uri)}" xlink:type="simple" xlink:href="{href}"/>'
                return

    def _context(self, context: Context) -> str:
        segment = self._container(context, "segment", context.segment_other)
        scenario = self._container(context, "scenario", context.scenario_other)
        return (
            f'<xbrli:context id="{escape_attribute(context.id)}"><xbrli:entity><xbrli:identifier scheme="'
            f'{escape_attribute(context.scheme)}">{escape_text(context.identifier)}</xbrli:identifier>{segment}'
            f"</xbrli:entity><xbrli:period>{_period(context.period)}</xbrli:period>{scenario}</xbrli:context>"
        )

    def _container(self, context: Context, name: str, other: tuple[str, ...]) -> str:
        parts = []
        for axis, member in context.dimensions.items():
            if context.containers.get(axis, "segment") != name:
                continue
            dimension = escape_attribute(self._name(axis))
            if isinstance(member, TypedMember):
                parts.append(f'<xbrldi:typedMember dimension="{dimension}">{member.xml}</xbrldi:typedMember>')
            else:
                text = escape_text(self._name(member))
                parts.append(f'<xbrldi:explicitMember dimension="{dimension}">{text}</xbrldi:explicitMember>')
        parts.extend(other)
        return f"<xbrli:{name}>{''.join(parts)}</xbrli:{name}>" if parts else ""

    def _unit(self, unit: Unit) -> str:
        def measures(names: tuple[QName, ...]) -> str:
            return "".join(f"<xbrli:measure>{escape_text(self._name(name))}</xbrli:measure>" for name in names)

        content = measures(unit.numerators)
        if unit.denominators:
            content = (
                f"<xbrli:divide><xbrli:unitNumerator>{content}</xbrli:unitNumerator><xbrli:unitDenominator>"
                f"{measures(unit.denominators)}</xbrli:unitDenominator></xbrli:divide>"
            )
        return f'<xbrli:unit id="{escape_attribute(unit.id)}">{content}</xbrli:unit>'

    def _facts(self) -> Iterator[str]:
        children: dict[Fact | None, list[Fact]] = {}
        for fact in self.instance.facts:
            why = self._left_out(fact)
            if why is None:
                self.written.add(fact)
                children.setdefault(fact.parent, []).append(fact)
            elif self.findings is not None:
                self.findings.found(
                    "recto:notSaved",
                    fact.id,
                    about=f"Fact {fact.id} ({fact.qname.local})",
                    reason=why,
                    document=fact.document,
                    line=fact.line,
                    facts=(fact.id,),
                )
        for fact in children.get(None, ()):
            yield self._fact(fact, children)

    def _left_out(self, fact: Fact) -> str | None:
        """Why a fact cannot be written; None where it can."""
        if not fact.valid:
            return "it is not valid"
        if _ELEMENT.fullmatch(fact.qname.local) is None:
            return "its name can be no element's"
        if fact.context is not None and not _is_sayable(fact.context):
            return "the element of its typed member is not known"
        return "its tuple is left out" if fact.parent is not None and fact.parent not in self.written else None

    def _value(self, fact: Fact, name: str) -> tuple[str, str]:
        """The value as text, and the declarations of prefixes that it needs on its element, which has this name."""
        type_ = fact.concept.type if fact.concept is not None else None
        if fact.qname not in self.names:
            self.names[fact.qname] = holds_names(type_)
        if not self.names[fact.qname]:
            return fact.value, ""
        element = element_of(self.instance, fact)
        scope: Scope = element.nsmap if element is not None else self.instance.prefixes
        own = name.partition(":")[0]
        declared = ""
        for prefix, namespace in used_prefixes(type_, fact.value, scope):
            if prefix == own and namespace != fact.qname.namespace:
                return rewritten(fact.value, scope, self._prefix, names=holds_names(type_, names=True)), ""
            attribute = "xmlns" if prefix is None else f"xmlns:{prefix}"
            declared += f' {attribute}="{escape_attribute(namespace)}"'
        return fact.value, declared

    def _prefix(self, namespace: str) -> str:
        self.used.add(namespace)
        return self.namer.prefix(namespace)

    def _fact(self, fact: Fact, children: dict[Fact | None, list[Fact]]) -> str:
        name = self._name(fact.qname)
        attributes = [f"<{name}"]
        if fact.context_id is not None:
            attributes.append(f' contextRef="{escape_attribute(fact.context_id)}"')
        if fact.unit_id is not None:
            attributes.append(f' unitRef="{escape_attribute(fact.unit_id)}"')
        if not fact.nil:
            if fact.decimals is not None:
                attributes.append(f' decimals="{fact.decimals}"')
            if fact.precision is not None:
                attributes.append(f' precision="{fact.precision}"')
        if fact.has_id or fact in self.instance.links or fact in self.targets:
            attributes.append(f' id="{self._identifier(fact.id)}"')
        if fact.language != self.language and not fact.is_numeric:
            attributes.append(f' xml:lang="{escape_attribute(fact.language or "")}"')
        if fact.qname is FILING_INDICATOR:
            attributes.append(self._filed(fact))
        if fact.nil:
            return "".join(attributes) + ' xsi:nil="true"/>'
        if fact.is_tuple or fact in children:
            content = "".join(self._fact(child, children) for child in children.get(fact, ()))
        elif fact.numerator is not None and fact.denominator is not None:
            content = (
                f"<xbrli:numerator>{escape_text(fact.numerator)}</xbrli:numerator>"
                f"<xbrli:denominator>{escape_text(fact.denominator)}</xbrli:denominator>"
            )
        else:
            value, declared = self._value(fact, name)
            attributes.append(declared)
            content = escape_text(value).replace("\r", "&#13;")
        return f"{''.join(attributes)}>{content}</{name}>"

    def _filed(self, fact: Fact) -> str:
        """The attribute that says whether a template was filed, as the source states it."""
        element = element_of(self.instance, fact)
        stated = None if element is None else element.get(FILED_ATTRIBUTE)
        if stated is None:
            return ""
        return f' {self._prefix(FIND)}:filed="{escape_attribute(stated)}"'

    def _footnote_links(self) -> Iterator[str]:
        by_role: dict[str, list[tuple[Fact, FootnoteLink]]] = {}
        for fact, links in self.instance.links.items():
            for link in links:
                if fact in self.written and (isinstance(link.target, Footnote) or link.target in self.written):
                    by_role.setdefault(link.link_role, []).append((fact, link))
        for role, arcs in by_role.items():
            yield f'<link:footnoteLink xlink:type="extended" xlink:role="{escape_attribute(role)}">'
            yield from self._footnote_link(arcs)
            yield "</link:footnoteLink>"

    def _footnote_link(self, arcs: list[tuple[Fact, FootnoteLink]]) -> Iterator[str]:
        labels: dict[Fact | Footnote, str] = {}
        for fact, link in arcs:
            for end in (fact, link.target):
                if end in labels:
                    continue
                if isinstance(end, Fact):
                    label = labels[end] = f"fact{len(labels)}"
                    href = f"#{self._identifier(end.id)}"
                    yield f'<link:loc xlink:type="locator" xlink:href="{href}" xlink:label="{label}"/>'
                else:
                    label = labels[end] = f"footnote{len(labels)}"
                    yield _footnote(end, label)
        for fact, link in arcs:
            order = f' order="{link.order:g}"' if link.order != 1.0 else ""
            yield (
                f'<link:footnoteArc xlink:type="arc" xlink:arcrole="{escape_attribute(link.arcrole)}"'
                f' xlink:from="{labels[fact]}" xlink:to="{labels[link.target]}"{order}/>'
            )


def _is_sayable(context: Context) -> bool:
    members = context.dimensions.values()
    unknown = any(isinstance(member, TypedMember) and member.element is UNKNOWN_DOMAIN for member in members)
    return context.valid and not unknown


def _common_language(facts: Iterable[Fact]) -> str | None:
    """The language of most text facts, which the root states for all."""
    counts: dict[str | None, int] = {}
    for fact in facts:
        if not fact.is_numeric:
            counts[fact.language] = counts.get(fact.language, 0) + 1
    return max(counts, key=lambda language: counts[language]) if counts else None


def _period(period: Period) -> str:
    if period.end is None:
        return "<xbrli:forever/>"
    start_exact, end_exact = period.exact
    end = (_far(end_exact, end=True) or _moment(period.end, end=True)) + period.zones[1]
    if period.start is None:
        return f"<xbrli:instant>{end}</xbrli:instant>"
    start = (_far(start_exact, end=False) or _moment(period.start, end=False)) + period.zones[0]
    return f"<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"


def _far(exact: str, *, end: bool) -> str:
    return day_of(exact, end=end) if exact else ""


def _moment(moment: datetime, *, end: bool) -> str:
    if moment.time() != datetime.min.time() or (end and moment == datetime.min):
        return moment.isoformat()
    if not end:
        return moment.date().isoformat()
    return (moment - timedelta(days=1)).date().isoformat()


def _footnote(footnote: Footnote, label: str) -> str:
    attributes = f' xlink:type="resource" xlink:label="{label}"'
    if footnote.role:
        attributes += f' xlink:role="{escape_attribute(footnote.role)}"'
    if footnote.language:
        attributes += f' xml:lang="{escape_attribute(footnote.language)}"'
    if footnote.id and _ELEMENT.fullmatch(footnote.id):
        attributes += f' id="{escape_attribute(footnote.id)}"'
    text = footnote.text.replace("\r", "&#13;")  # which a parser would take for a line feed
    if "<" not in text:
        return f"<link:footnote{attributes}>{text}</link:footnote>"
    try:
        etree.fromstring(f'<x xmlns="{XHTML}">{text}</x>')
    except etree.XMLSyntaxError:  # such as a prefix that was declared further out
        escaped = escape_text(footnote.text).replace("\r", "&#13;")
        return f"<link:footnote{attributes}>{escaped}</link:footnote>"
    return f'<link:footnote xmlns="{XHTML}"{attributes}>{text}</link:footnote>'
