"""Small filings for layout tests: concepts, trees and facts in a few words, rendered in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

import recto.taxonomy
from recto import instance
from recto.instance.model import Instance
from recto.regimes import SEC
from recto.rendering import render_reports
from recto.rendering.model import RenderedFiling, Report, Row
from recto.rules.efm.pages import judge
from recto.sources import Entry
from tests.taxonomy.samples import Texts

BASE = "http://example.com/t/"
GAAP = "http://fasb.org/us-gaap/2024"
DEI = "http://xbrl.sec.gov/dei/2024"
TYPES = "http://www.xbrl.org/dtr/type/2022-03-31"
DEFAULT = "http://xbrl.org/int/dim/arcrole/dimension-default"
ROLE = "http://www.xbrl.org/2003/role/"
GENERIC = "http://www.xbrl.org/2008"
ELEMENT_LABEL = "http://xbrl.org/arcrole/2008/element-label"
NAMESPACES = {"t": "http://example.com/t", "us-gaap": GAAP, "dei": DEI}
_HEAD = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:dtr="http://www.xbrl.org/dtr/type/2022-03-31" '
    'xmlns:enum2="http://xbrl.org/2020/extensible-enumerations-2.0" elementFormDefault="qualified"'
)
_TYPES = {
    "money": "xbrli:monetaryItemType",
    "shares": "xbrli:sharesItemType",
    "pure": "xbrli:pureItemType",
    "decimal": "xbrli:decimalItemType",
    "string": "xbrli:stringItemType",
    "date": "xbrli:dateItemType",
    "duration": "xbrli:durationItemType",
    "per share": "dtr:perShareItemType",
    "percent": "dtr:percentItemType",
    "block": "dtr:textBlockItemType",
    "volume": "dtr:volumeItemType",
    "member": "dtr:domainItemType",
}
_TYPE_SCHEMA = f"""<xs:schema {_HEAD} targetNamespace="{TYPES}">
<xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<xs:complexType name="perShareItemType"><xs:simpleContent><xs:restriction base="xbrli:decimalItemType"/></xs:simpleContent></xs:complexType>
<xs:complexType name="percentItemType"><xs:simpleContent><xs:restriction base="xbrli:pureItemType"/></xs:simpleContent></xs:complexType>
<xs:complexType name="volumeItemType"><xs:simpleContent><xs:restriction base="xbrli:decimalItemType"/></xs:simpleContent></xs:complexType>
<xs:complexType name="domainItemType"><xs:simpleContent><xs:restriction base="xbrli:stringItemType"/></xs:simpleContent></xs:complexType>
<xs:complexType name="textBlockItemType"><xs:simpleContent><xs:restriction base="xbrli:stringItemType"/></xs:simpleContent></xs:complexType>
</xs:schema>"""  # noqa: E501
MEASURES = {
    "usd": "iso4217:USD",
    "eur": "iso4217:EUR",
    "jpy": "iso4217:JPY",
    "shares": "xbrli:shares",
    "pure": "xbrli:pure",
    "bbl": "utr:bbl",
    "sqft": "utr:sqft",
    "usd_per_share": "iso4217:USD/xbrli:shares",
    "eur_per_share": "iso4217:EUR/xbrli:shares",
    "usd_per_bbl": "iso4217:USD/utr:bbl",
}


@dataclass
class Small:
    """A filing in the making. Concepts are named `t:Name`, or `us-gaap:Name` where the name has that prefix."""

    concepts: dict[str, str] = field(default_factory=dict)
    """Name → element declaration."""
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    pages: list[tuple[str, str]] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    contexts: dict[tuple[object, ...], str] = field(default_factory=dict)
    units: dict[str, None] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    explanations: list[tuple[str, str]] = field(default_factory=list)
    """(id of a fact, id of the fact that explains it)."""
    faulty: bool = False
    """Loading may find faults."""
    namespaces: dict[str, str] = field(default_factory=lambda: dict(NAMESPACES))
    roles: dict[str, str] = field(default_factory=dict)
    """URIs of roles by definition, where a test wants its own."""
    titles: dict[str, str] = field(default_factory=dict)
    """Generic labels of role types, by definition."""
    absent: tuple[str, ...] = ()
    """Documents that are not to be had, `dei.xsd`."""
    own_prefix: str = "xs"
    """What the filing's own schema calls XML Schema."""

    # The taxonomy

    def concept(self, name: str, type_: str = "money", period: str = "duration", **labels: str) -> None:
        """`labels`: `label`, `terse`, `periodStart`, … A concept without any has none."""
        kind = "xbrli:item"
        more = f'xbrli:periodType="{period}" nillable="true"'
        self._declare(name, kind, _TYPES.get(type_, type_), more, labels)

    def abstract(self, name: str, **labels: str) -> None:
        self._declare(name, "xbrli:item", _TYPES["string"], 'xbrli:periodType="duration" abstract="true"', labels)

    def axis(self, name: str, default: str | None = None, typed: str | None = None, **labels: str) -> None:
        """`typed`: the XML Schema type of a typed axis' members."""
        more = 'xbrli:periodType="duration" abstract="true"'
        if typed is not None:
            more += f' xbrldt:typedDomainRef="#t_{name}.domain"'
            self.concepts[f"{name}.domain"] = (
                f'<xs:element id="t_{name}.domain" name="{name}.domain" type="xs:{typed}" nillable="true"/>'
            )
        self._declare(name, "xbrldt:dimensionItem", _TYPES["string"], more, labels)
        if default is not None:
            self.defaults[name] = default

    def members(self, names: str) -> None:
        more = 'xbrli:periodType="duration" abstract="true"'
        for name in names.split():
            self._declare(name, "xbrli:item", _TYPES["member"], more, {"label": f"{name} [Member]"})

    def _declare(self, name: str, group: str, type_: str, more: str, labels: Mapping[str, str]) -> None:
        prefix, local = _split(name)
        self.concepts[name] = (
            f'<xs:element id="{prefix}_{local}" name="{local}" type="{type_}" substitutionGroup="{group}" {more}/>'
        )
        for role, text in labels.items():
            self.labels[name, role if role == "label" else f"{role}Label"] = text

    def page(self, definition: str, tree: str, role: str | None = None) -> None:
        """`tree`: a concept a line, indented by two blanks a level, then `@terse` (label role) and `#2` (order)."""
        self.pages.append((definition, tree))
        if role is not None:
            self.roles[definition] = role

    # The facts

    def fact(
        self,
        name: str,
        period: str,
        value: str | None,
        unit: str | None = None,
        decimals: str | int | None = None,
        members: Mapping[str, str] | None = None,
        note: str | None = None,
        language: str | None = None,
    ) -> None:
        """`period`: `2024` a year, `2024-12-31` an instant, `2024-01-01/2024-03-31`, or `forever`; `value` None is nil.

        `members`: axis → member, or typed text.
        """
        key = (period, tuple((members or {}).items()))
        context = self.contexts.setdefault(key, f"c{len(self.contexts)}")
        attributes = f'id="f{len(self.facts)}" contextRef="{context}"'
        if unit is not None:
            self.units[unit] = None
            attributes += f' unitRef="{unit}"'
        if decimals is not None:
            attributes += f' decimals="{decimals}"'
        if language is not None:
            attributes += f' xml:lang="{language}"'
        if value is None:
            attributes += ' xsi:nil="true"'
        if note is not None:
            self.notes.append((f"f{len(self.facts)}", note))
        prefix, local = _split(name)
        self.facts.append(f"<{prefix}:{local} {attributes}>{escape(value or '')}</{prefix}:{local}>")

    # Documents

    def render(self, **options: object) -> RenderedFiling:
        return render_reports([self.load()], **{"regime": SEC, "judge": judge, **options})  # type: ignore[arg-type]

    def load(self) -> Instance:
        documents = {
            "t.xsd": self._schema("t"),
            "us-gaap.xsd": self._schema("us-gaap"),
            "dei.xsd": self._schema("dei"),
            "types.xsd": _TYPE_SCHEMA,
            "t.xml": self._instance(),
        }
        if self.own_prefix != "xs":
            for old, new in (("<xs:", f"<{self.own_prefix}:"), ("</xs:", f"</{self.own_prefix}:")):
                documents["t.xsd"] = documents["t.xsd"].replace(old, new)
            documents["t.xsd"] = documents["t.xsd"].replace("xmlns:xs=", f"xmlns:{self.own_prefix}=")
        resolver = Texts({name: text for name, text in documents.items() if name not in self.absent})
        (loaded,) = instance.load(
            Entry("xbrl", (BASE + "t.xml",)),
            resolver,
            taxonomies=lambda urls: recto.taxonomy.load(urls, resolver),
        )
        assert self.faulty or not (found := [*loaded.findings, *loaded.taxonomy.findings]), found
        return loaded

    def report(self, index: int = 0) -> Report:
        return self.render().reports[index]

    def _schema(self, prefix: str) -> str:
        elements = "".join(text for name, text in self.concepts.items() if _split(name)[0] == prefix)
        imports = (
            '<xs:import namespace="http://www.xbrl.org/2003/instance" '
            'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
            '<xs:import namespace="http://xbrl.org/2005/xbrldt" '
            'schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>'
            f'<xs:import namespace="{TYPES}" schemaLocation="types.xsd"/>'
        )
        appinfo = ""
        if prefix == "t":
            for other in ("us-gaap", "dei"):
                imports += f'<xs:import namespace="{self.namespaces[other]}" schemaLocation="{other}.xsd"/>'
            links = self._presentation() + self._labels() + self._definitions() + self._titles()
            linkbase = f"<link:linkbase>{links}</link:linkbase>"
            appinfo = f"<xs:annotation><xs:appinfo>{self._role_types()}{linkbase}</xs:appinfo></xs:annotation>"
        namespace = self.namespaces[prefix]
        return (
            f'<xs:schema {_HEAD} targetNamespace="{namespace}" xmlns:{prefix}="{namespace}">'
            f"{appinfo}{imports}{elements}</xs:schema>"
        )

    def _role(self, definition: str) -> str:
        position = [each for each, _ in self.pages].index(definition)
        return self.roles.get(definition, f"http://example.com/role/{position}")

    def _role_types(self) -> str:
        return "".join(
            f'<link:roleType roleURI="{self._role(text)}" id="role{index}"><link:definition>{escape(text)}'
            "</link:definition><link:usedOn>link:presentationLink</link:usedOn></link:roleType>"
            for index, (text, _) in enumerate(self.pages)
        )

    def _presentation(self) -> str:
        links: list[str] = []
        for definition, tree in self.pages:
            located: set[str] = set()
            body = ""
            above: list[str] = []
            for number, line in enumerate(line for line in tree.splitlines() if line.strip()):
                words = line.split()
                depth = (len(line) - len(line.lstrip())) // 2
                name = words[0]
                role = next((word[1:] for word in words if word.startswith("@")), None)
                order = next((word[1:] for word in words if word.startswith("#")), str(number))
                if name not in located:
                    located.add(name)
                    body += _locator(name)
                del above[depth:]
                if above:
                    preferred = f' preferredLabel="{_role_uri(role)}"' if role is not None else ""
                    body += _arc("presentationArc", "parent-child", above[-1], name, f'order="{order}"{preferred}')
                above.append(name)
            role_uri = self._role(definition)
            links.append(
                f'<link:presentationLink xlink:type="extended" xlink:role="{role_uri}">{body}</link:presentationLink>'
            )
        return "".join(links)

    def _labels(self) -> str:
        body = ""
        for name in dict.fromkeys(name for name, _ in self.labels):
            body += _locator(name)
        for index, ((name, role), text) in enumerate(self.labels.items()):
            body += (
                f'<link:label xlink:type="resource" xlink:label="label{index}" xlink:role="{_role_uri(role)}" '
                f'xml:lang="en-US">{escape(text)}</link:label>'
            )
            body += _arc("labelArc", "concept-label", name, f"label{index}", 'order="1"')
        return f'<link:labelLink xlink:type="extended" xlink:role="{ROLE}link">{body}</link:labelLink>'

    def _titles(self) -> str:
        body = ""
        for index, (definition, title) in enumerate(self.titles.items()):
            number = [each for each, _ in self.pages].index(definition)
            body += (
                f'<link:loc xlink:type="locator" xlink:href="#role{number}" xlink:label="r{index}"/>'
                f'<label:label xlink:type="resource" xlink:label="g{index}" xlink:role="{GENERIC}/role/label" '
                f'xml:lang="en">{escape(title)}</label:label>'
                f'<gen:arc xlink:type="arc" xlink:arcrole="{ELEMENT_LABEL}" xlink:from="r{index}" xlink:to="g{index}" '
                f'order="1"/>'
            )
        if not body:
            return ""
        head = 'xmlns:gen="http://xbrl.org/2008/generic" xmlns:label="http://xbrl.org/2008/label"'
        return f'<gen:link {head} xlink:type="extended" xlink:role="{ROLE}link">{body}</gen:link>'

    def _definitions(self) -> str:
        body = ""
        for axis, member in self.defaults.items():
            body += _locator(axis) + _locator(member)
            body += (
                f'<link:definitionArc xlink:type="arc" order="1" xlink:arcrole="{DEFAULT}" '
                f'xlink:from="{_name(axis)}" xlink:to="{_name(member)}"/>'
            )
        if not body:
            return ""
        return f'<link:definitionLink xlink:type="extended" xlink:role="{ROLE}link">{body}</link:definitionLink>'

    def _instance(self) -> str:
        contexts = "".join(self._context(key, name) for key, name in self.contexts.items())
        units = "\n".join(_unit(name) for name in self.units)
        notes = ""
        if self.notes or self.explanations:
            for index, (fact, text) in enumerate(self.notes):
                notes += f'<link:loc xlink:type="locator" xlink:href="#{fact}" xlink:label="l{index}"/>'
                notes += (
                    f'<link:footnote xlink:type="resource" xlink:label="n{index}" xml:lang="en-US" '
                    f'xlink:role="{ROLE}footnote">{text}</link:footnote>'
                )
                notes += _arc("footnoteArc", "fact-footnote", f"l{index}", f"n{index}", "", plain=True)
            for index, pair in enumerate(self.explanations):
                for end, fact in zip("st", pair, strict=True):
                    notes += f'<link:loc xlink:type="locator" xlink:href="#{fact}" xlink:label="{end}{index}"/>'
                notes += _arc("footnoteArc", "fact-explanatoryFact", f"s{index}", f"t{index}", "", plain=True)
            notes = f'<link:footnoteLink xlink:type="extended" xlink:role="{ROLE}link">{notes}</link:footnoteLink>'
        facts = "\n".join(self.facts)
        namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in self.namespaces.items())
        return (
            f'<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" '
            f'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:utr="http://www.xbrl.org/2009/utr" {namespaces}>'
            f'<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>{contexts}{units}\n{facts}{notes}</xbrli:xbrl>'
        )

    def _context(self, key: tuple[object, ...], name: str) -> str:
        period, members = key
        assert isinstance(period, str)
        assert isinstance(members, tuple)
        segment = ""
        for axis, member in members:
            axis_name = ":".join(_split(axis))
            if member in self.concepts:
                inside = ":".join(_split(member))
                segment += f'<xbrldi:explicitMember dimension="{axis_name}">{inside}</xbrldi:explicitMember>'
            else:
                element = f"t:{axis}.domain"
                value = (
                    f'<{element} xsi:nil="true"/>' if member == "(nil)" else f"<{element}>{escape(member)}</{element}>"
                )
                segment += f'<xbrldi:typedMember dimension="{axis_name}">{value}</xbrldi:typedMember>'
        if segment:
            segment = f"<xbrli:segment>{segment}</xbrli:segment>"
        return (
            f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001'
            f"</xbrli:identifier>{segment}</xbrli:entity><xbrli:period>{_period(period)}</xbrli:period></xbrli:context>"
        )


def _split(name: str) -> tuple[str, str]:
    prefix, colon, local = name.partition(":")
    return (prefix, local) if colon else ("t", name)


def _name(name: str) -> str:
    return "_".join(_split(name))


def _locator(name: str) -> str:
    prefix, _ = _split(name)
    return f'<link:loc xlink:type="locator" xlink:href="{prefix}.xsd#{_name(name)}" xlink:label="{_name(name)}"/>'


def _arc(element: str, arcrole: str, source: str, target: str, more: str, *, plain: bool = False) -> str:
    from_ = source if plain else _name(source)
    to = target if plain or target.startswith("label") else _name(target)
    return (
        f'<link:{element} xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/{arcrole}" '
        f'xlink:from="{from_}" xlink:to="{to}" {more}/>'
    )


def _role_uri(role: str) -> str:
    if role.startswith("http"):
        return role
    if role.startswith("negated"):
        return f"http://www.xbrl.org/2009/role/{role}Label"
    return ROLE + (role if role == "label" or role.endswith("Label") else f"{role}Label")


def _unit(name: str) -> str:
    above, _, below = MEASURES[name].partition("/")
    if not below:
        return f'<xbrli:unit id="{name}"><xbrli:measure>{above}</xbrli:measure></xbrli:unit>'
    return (
        f'<xbrli:unit id="{name}"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>{above}</xbrli:measure>'
        f"</xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>{below}</xbrli:measure></xbrli:unitDenominator>"
        "</xbrli:divide></xbrli:unit>"
    )


def _period(text: str) -> str:
    if text == "forever":
        return "<xbrli:forever/>"
    if len(text) == 4:
        text = f"{text}-01-01/{text}-12-31"
    start, slash, end = text.partition("/")
    if not slash:
        return f"<xbrli:instant>{start}</xbrli:instant>"
    return f"<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"


# Pages as plain data


def heads(report: Report) -> list[str]:
    """Column headings, their labels joined by ` / `."""
    return [" / ".join(column.labels) for column in report.columns]


def lines(report: Report) -> list[tuple[str, ...]]:
    """(label, cell, cell, …) of each row; blanks as empty text; sections and abstracts by their label alone."""
    return [_line(row) for row in report.rows]


def _line(row: Row) -> tuple[str, ...]:
    if row.kind in ("section", "abstract"):
        return (row.label,)
    return (row.label, *(cell.text for cell in row.cells))


def labels(report: Report) -> list[str]:
    return [row.label for row in report.rows]


def codes(filing: RenderedFiling) -> list[str]:
    return [finding.code for finding in filing.findings]
