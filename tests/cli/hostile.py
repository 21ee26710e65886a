# ruff: noqa: E501 - documents are written as they stand
"""Broken and hostile sources, each made in a folder of its own: what a user may hand to a command by mistake or malice."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

Make = Callable[[Path], Path]
"""Writes a source into an empty folder, and gives the path to hand to a command."""

SOURCES: dict[str, Make] = {}

XML = (
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" '
    'xmlns:s="http://example.org/s"'
)
ITEMS = ("A", "B", "C")
ROLE = "http://example.org/role/Sheet"


def item(name: str, more: str = 'type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"') -> str:
    return f'<xs:element name="{name}" id="s_{name}" {more} nillable="true" xbrli:periodType="instant"/>\n'


def schema(body: str = "".join(map(item, ITEMS)), head: str = "", *, linkbases: str = "l.xml") -> str:
    refs = "".join(
        f'<link:linkbaseRef xlink:type="simple" xlink:href="{name}" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>\n'
        for name in linkbases.split()
    )
    return (
        f'<?xml version="1.0"?>\n<xs:schema {XML} targetNamespace="http://example.org/s" elementFormDefault="qualified">\n'
        f"<xs:annotation><xs:appinfo>\n{refs}"
        f'<link:roleType id="Sheet" roleURI="{ROLE}"><link:definition>0001 - Statement - Sheet</link:definition>'
        "<link:usedOn>link:presentationLink</link:usedOn><link:usedOn>link:calculationLink</link:usedOn>"
        "<link:usedOn>link:definitionLink</link:usedOn></link:roleType>\n</xs:appinfo></xs:annotation>\n"
        '<xs:import namespace="http://www.xbrl.org/2003/instance" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>\n'
        '<xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>\n'
        f"{head}{body}</xs:schema>\n"
    )


def arcs(kind: str, arcrole: str, *pairs: str, role: str = ROLE, more: str = "") -> str:
    """An extended link; a pair is `AB` for an arc from A to B."""
    names = sorted({name for pair in pairs for name in pair})
    locators = "".join(
        f'<link:loc xlink:type="locator" xlink:href="s.xsd#s_{name}" xlink:label="{name}"/>\n' for name in names
    )
    lines = "".join(
        f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{one}" xlink:to="{two}" {more}/>\n'
        for one, two in pairs
    )
    return f'<link:{kind}Link xlink:type="extended" xlink:role="{role}">\n{locators}{lines}</link:{kind}Link>\n'


PARENT_CHILD = "http://www.xbrl.org/2003/arcrole/parent-child"
SHEET = arcs("presentation", PARENT_CHILD, "AB", "AC")


def linkbase(body: str = SHEET, references: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n<link:linkbase {XML}>\n'
        f'<link:roleRef xlink:type="simple" roleURI="{ROLE}" xlink:href="s.xsd#Sheet"/>\n{references}{body}</link:linkbase>\n'
    )


def context(identifier: str, period: str = "<xbrli:instant>2024-12-31</xbrli:instant>") -> str:
    return (
        f'<xbrli:context id="{identifier}"><xbrli:entity><xbrli:identifier scheme="http://example.org/e">1'
        f"</xbrli:identifier></xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>\n"
    )


UNIT = '<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>\n'


def fact(name: str, value: str = "1", more: str = 'contextRef="c" unitRef="u" decimals="0"') -> str:
    return f"<s:{name} {more}>{value}</s:{name}>\n"


FACTS = "".join(map(fact, ITEMS))


def instance(
    body: str = FACTS, *, contexts: str = context("c"), head: str = "", root: str = "", href: str = "s.xsd"
) -> str:
    return (
        f'<?xml version="1.0"?>\n{head}<xbrli:xbrl {XML} {root}>\n'
        f'<link:schemaRef xlink:type="simple" xlink:href="{href}"/>\n{contexts}{UNIT}{body}</xbrli:xbrl>\n'
    )


def inline(body: str | None = None, *, head: str = "") -> str:
    facts = "".join(
        f'<p><ix:nonFraction name="s:{name}" contextRef="c" unitRef="u" decimals="0">1</ix:nonFraction></p>\n'
        for name in ITEMS
    )
    return (
        f'<?xml version="1.0"?>\n{head}<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" {XML}>\n<head><title>t</title></head><body>\n'
        '<div style="display:none"><ix:header><ix:references><link:schemaRef xlink:type="simple" xlink:href="s.xsd"/>'
        f"</ix:references><ix:resources>\n{context('c')}{UNIT}</ix:resources></ix:header></div>\n"
        f"{facts if body is None else body}</body></html>\n"
    )


def filing(**files: str | bytes | None) -> dict[str, str | bytes]:
    """The documents of a sound filing, with some of them replaced (`i` the instance, `s` the schema, `l` the linkbase)."""
    names = {"i": "i.xml", "s": "s.xsd", "l": "l.xml", "h": "h.htm"}
    whole: dict[str, str | bytes | None] = {"i": instance(), "s": schema(), "l": linkbase(), **files}
    return {names[name]: content for name, content in whole.items() if content is not None}


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def source(name: str) -> Callable[[Make], Make]:
    def enter(make: Make) -> Make:
        SOURCES[name] = make
        return make

    return enter


def documents(name: str, **files: str | bytes | None) -> None:
    SOURCES[name] = lambda folder: write(folder, filing(**files))


def single(name: str, file: str, content: str | bytes) -> None:
    SOURCES[name] = lambda folder: write(folder, {file: content}) / file


# What is read in part

documents("sound")
documents("sound inline", i=None, h=inline())
documents(
    "missing taxonomy",
    s=schema(head='<xs:import namespace="http://example.org/a" schemaLocation="http://example.org/a.xsd"/>\n'),
)
documents("missing schema", s=None, l=None)
documents("truncated instance", i=instance()[:-60])
documents("truncated inline", i=None, h=inline()[:-60])
documents("truncated linkbase", l=linkbase()[:-140])
documents("truncated schema", s=schema()[:-60])
documents("linkbase cut in its first tag", l=linkbase()[:60])
documents(
    "unknown role", l=linkbase(arcs("presentation", PARENT_CHILD, "AB", "AC", role="http://example.org/role/None"))
)
documents("unknown arcrole", l=linkbase(arcs("presentation", "http://example.org/arcrole/none", "AB", "AC")))
documents("undefined concept", i=instance(FACTS + fact("Bribe")))
documents("context without facts", i=instance(contexts=context("c") + context("idle")))
documents("fact without context", i=instance(FACTS + fact("B", more='contextRef="none" unitRef="u" decimals="0"')))
documents("fact without contextRef", i=instance(FACTS + fact("B", more='unitRef="u" decimals="0"')))
documents("fact without unit", i=instance(FACTS + fact("B", more='contextRef="c" unitRef="none" decimals="0"')))
documents("no contexts at all", i=instance(FACTS * 500, contexts=""))
documents("prefix not bound", i=instance(FACTS.replace("s:", "z:") * 500))
documents("inline without header", i=None, h=inline().replace("ix:header", "ix:heather"))
documents("duplicate ids", i=instance(contexts=context("c") * 2 + UNIT))
documents(
    "ten thousand contexts with one typo",
    i=instance(
        contexts="".join(context(f"c{n}", "<xbrli:instant>2024-1x-31</xbrli:instant>") for n in range(10_000)),
        body="".join(fact("B", more=f'contextRef="c{n}" unitRef="u" decimals="0"') for n in range(10_000)),
    ),
)
documents(
    "a typo in one of ten thousand contexts",
    i=instance(
        contexts="".join(
            context(f"c{n}", f"<xbrli:instant>2024-12-{'31' if n != 7000 else '41'}</xbrli:instant>")
            for n in range(10_000)
        ),
        body=fact("B", more='contextRef="c7000" unitRef="u" decimals="0"')
        + fact("A", more='contextRef="c0" unitRef="u" decimals="0"'),
    ),
)
documents(
    "huge attribute", i=instance(FACTS + fact("A", more=f'contextRef="{"c" * 9_000_000}" unitRef="u" decimals="0"'))
)
documents(
    "first moment of the calendar",
    i=instance(contexts=context("c", "<xbrli:instant>0001-01-01T00:00:00+14:00</xbrli:instant>")),
)
documents(
    "last moment of the calendar",
    i=instance(contexts=context("c", "<xbrli:instant>9999-12-31T23:59:59-14:00</xbrli:instant>")),
)
documents("day after the calendar", i=instance(contexts=context("c", "<xbrli:instant>9999-12-31</xbrli:instant>")))
documents("huge value", i=instance(FACTS + fact("A", "9" * 2_000_000)))
documents("not UTF-8", i=instance(FACTS + fact("A", "\xe9")).encode("latin-1"))

# Loops

documents(
    "schema that imports itself",
    s=schema(head='<xs:import namespace="http://example.org/s" schemaLocation="s.xsd"/>\n'),
)
documents("schema that includes itself", s=schema(head='<xs:include schemaLocation="s.xsd"/>\n'))


@source("cycle of imports")
def _(folder: Path) -> Path:
    other = schema("", '<xs:import namespace="http://example.org/s" schemaLocation="s.xsd"/>\n', linkbases="")
    write(
        folder,
        {"o.xsd": other.replace('targetNamespace="http://example.org/s"', 'targetNamespace="http://example.org/o"')},
    )
    head = '<xs:import namespace="http://example.org/o" schemaLocation="o.xsd"/>\n'
    return write(folder, filing(s=schema(head=head)))


documents("presentation cycle", l=linkbase(SHEET + arcs("presentation", PARENT_CHILD, "BC", "CB", "CA")))
documents("presentation of itself", l=linkbase(SHEET + arcs("presentation", PARENT_CHILD, "BB")))
documents(
    "definition cycle",
    l=linkbase(SHEET + arcs("definition", "http://www.xbrl.org/2003/arcrole/general-special", "AB", "BA")),
)
documents(
    "requires-element cycle",
    l=linkbase(SHEET + arcs("definition", "http://www.xbrl.org/2003/arcrole/requires-element", "AB", "BA")),
)
documents(
    "essence-alias cycle",
    l=linkbase(SHEET + arcs("definition", "http://www.xbrl.org/2003/arcrole/essence-alias", "AB", "BC", "CA")),
)
documents(
    "calculation cycle",
    l=linkbase(
        SHEET + arcs("calculation", "http://www.xbrl.org/2003/arcrole/summation-item", "AB", "BA", more='weight="1"')
    ),
)
documents(
    "domain cycle",
    l=linkbase(
        SHEET + arcs("definition", "http://xbrl.org/int/dim/arcrole/domain-member", "AB", "BC", "CA"),
        '<link:arcroleRef xlink:type="simple" arcroleURI="http://xbrl.org/int/dim/arcrole/domain-member" '
        'xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#domain-member"/>\n',
    ),
)
documents(
    "circular type derivation",
    s=schema(
        "".join(map(item, ("A", "B")))
        + item("C", 'type="s:one" substitutionGroup="xbrli:item"')
        + "".join(
            f'<xs:complexType name="{a}"><xs:simpleContent><xs:restriction base="s:{b}"/></xs:simpleContent></xs:complexType>\n'
            for a, b in (("one", "two"), ("two", "one"))
        )
    ),
)
documents(
    "circular simple types",
    s=schema(
        "".join(map(item, ("A", "B", "C")))
        + "".join(
            f'<xs:simpleType name="{a}"><xs:restriction base="s:{b}"/></xs:simpleType>\n'
            for a, b in (("one", "two"), ("two", "one"))
        )
        + '<xs:simpleType name="u"><xs:union memberTypes="s:u s:l"/></xs:simpleType><xs:simpleType name="l"><xs:list itemType="s:l"/></xs:simpleType>'
        + '<xs:element name="d" type="s:u"/>'
    ),
)
documents(
    "circular substitution groups",
    s=schema(
        item("A")
        + item("B", 'type="xbrli:monetaryItemType" substitutionGroup="s:C"')
        + item("C", 'type="xbrli:monetaryItemType" substitutionGroup="s:B"')
    ),
)
TUPLE = (
    '<xs:element name="T" id="s_T" substitutionGroup="xbrli:tuple" nillable="true"><xs:complexType><xs:sequence>'
    '<xs:element ref="s:T" minOccurs="0" maxOccurs="unbounded"/><xs:element ref="s:A" minOccurs="0"/></xs:sequence>'
    '<xs:attribute name="id" type="xs:ID"/></xs:complexType></xs:element>\n'
)
documents(
    "tuples in themselves",
    s=schema("".join(map(item, ITEMS)) + TUPLE),
    i=instance(FACTS + "<s:T>" * 150 + fact("A") + "</s:T>" * 150),
)
documents(
    "groups in themselves",
    s=schema(
        "".join(map(item, ITEMS))
        + '<xs:group name="g"><xs:sequence><xs:group ref="s:g" minOccurs="0"/></xs:sequence></xs:group>\n'
        + '<xs:attributeGroup name="a"><xs:attributeGroup ref="s:a"/></xs:attributeGroup>\n'
        + TUPLE.replace('<xs:element ref="s:A" minOccurs="0"/>', '<xs:group ref="s:g"/>').replace(
            '<xs:attribute name="id" type="xs:ID"/>', '<xs:attributeGroup ref="s:a"/>'
        )
    ),
    i=instance(FACTS + "<s:T/>"),
)
documents(
    "xml:base on everything",
    i=instance(root='xml:base="a/"').replace("<link:schemaRef", '<link:schemaRef xml:base="../"'),
)
documents("xml:base of nonsense", l=linkbase().replace("<link:loc", '<link:loc xml:base="http://["'))
documents(
    "pattern that explodes",
    s=schema(
        "".join(map(item, ("A", "B")))
        + '<xs:element name="C" id="s_C" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="instant"><xs:complexType><xs:simpleContent>'
        '<xs:restriction base="xbrli:stringItemType"><xs:pattern value="(a+)+b"/><xs:pattern value="(a|aa)*c"/></xs:restriction></xs:simpleContent></xs:complexType></xs:element>\n'
    ),
    i=instance(fact("A") + fact("C", "a" * 5000, 'contextRef="c"')),
)
documents(
    "contents that explode",
    s=schema(
        "".join(map(item, ITEMS))
        + TUPLE.replace(
            '<xs:element ref="s:A" minOccurs="0"/>',
            '<xs:element ref="s:A" minOccurs="0" maxOccurs="999999999"/><xs:sequence minOccurs="0" maxOccurs="99999"><xs:element ref="s:B" minOccurs="5000" maxOccurs="99999"/></xs:sequence>',
        )
    ),
    i=instance(FACTS + "<s:T>" + fact("A") * 500 + fact("B") * 100 + "</s:T>"),
)

# Hostile XML

DEEP = "<x>" * 100_000 + "</x>" * 100_000
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
documents("deep nesting", i=instance(FACTS + DEEP))
documents("deep inline", i=None, h=inline("<div>" * 5000 + "</div>" * 5000))
documents(
    "deep schema",
    s=schema(
        "".join(map(item, ITEMS))
        + "<xs:element name='d'>"
        + "<xs:complexType><xs:sequence><xs:element name='e'>" * 60
        + "</xs:element></xs:sequence></xs:complexType>" * 60
        + "</xs:element>"
    ),
)
documents("billion laughs", i=instance(FACTS + fact("A", "&l9;"), head=f"<!DOCTYPE x [{LAUGHS}]>\n"))
documents("billion laughs inline", i=None, h=inline("&l9;", head=f"<!DOCTYPE html [{LAUGHS}]>\n"))
documents(
    "billion laughs in a linkbase",
    l=linkbase()
    .replace("<link:linkbase", f"<!DOCTYPE x [{LAUGHS}]>\n<link:linkbase", 1)
    .replace("</link:presentationLink>", "&l9;</link:presentationLink>"),
)
documents(
    "external entity",
    i=instance(FACTS + fact("A", "&x;"), head='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'),
)
documents(
    "external entity inline",
    i=None,
    h=inline("<p>&x;</p>", head='<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'),
)
documents(
    "schema with an external entity",
    s=schema()
    .replace("<xs:schema", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<xs:schema', 1)
    .replace("Sheet</link:def", "&x;</link:def"),
)
documents(
    "named characters",
    i=None,
    h=inline(
        head='<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
    ).replace("<p>", "<p>&nbsp;&mdash;"),
)
documents("named characters without declaration", i=None, h=inline().replace("<p>", "<p>&nbsp;&mdash;"))

# Archives


def pack(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@source("wrong zip")
def _(folder: Path) -> Path:
    return pack(folder / "x.zip", {"readme.txt": "nothing here", "photo.jpg": b"\xff\xd8\xff\xe0"})


@source("zip cut short")
def _(folder: Path) -> Path:
    path = pack(folder / "x.zip", filing())
    path.write_bytes(path.read_bytes()[:-200])
    return path


@source("zip with a damaged member")
def _(folder: Path) -> Path:
    path = pack(folder / "x.zip", filing())
    data = bytearray(path.read_bytes())
    at = data.index(b"l.xml") + 40
    data[at : at + 20] = b"\0" * 20
    path.write_bytes(data)
    return path


@source("zip bomb")
def _(folder: Path) -> Path:
    return pack(folder / "x.zip", {**filing(), "bomb.xml": b"\0" * (1 << 29)})


@source("zip that climbs out")
def _(folder: Path) -> Path:
    return pack(folder / "x.zip", {**filing(), "../../../../tmp/evil.xml": "<x/>"})


@source("zip in zip in zip")
def _(folder: Path) -> Path:
    path = pack(folder / "0.zip", filing())
    for level in range(1, 12):
        path = pack(folder / f"{level}.zip", {"inner.zip": path.read_bytes()})
    return path


# What is nothing

JUNK = bytes((n * 7919 + n // 251) % 256 for n in range(4096))
for extension in ("xml", "htm", "json", "zip", "txt", "xbri", "xsd", "nc", "bin"):
    single(f"binary .{extension}", f"x.{extension}", JUNK)
    single(f"empty .{extension}", f"x.{extension}", b"")
single("other XML", "x.xml", "<recipe><egg/></recipe>")
single("other HTML", "x.htm", "<html><body><br>Hello<p></body></html>")
single("other JSON", "x.json", '{"a": 1}')
single("JSON list", "x.json", "[1, 2]")
single("text", "x.txt", "Dear reader,\n\nthis is a letter.\n")
single("deep JSON", "x.json", "[" * 100_000 + "]" * 100_000)


@source("folder without XBRL")
def _(folder: Path) -> Path:
    return write(folder, {"readme.md": "# hello", "photo.jpg": b"\xff\xd8\xff"})


@source("empty folder")
def _(folder: Path) -> Path:
    return folder


@source("absent")
def _(folder: Path) -> Path:
    return folder / "absent.xml"


@source("link to itself")
def _(folder: Path) -> Path:
    (folder / "loop").symlink_to(folder)
    (folder / "self.xml").symlink_to(folder / "self.xml")
    return write(folder, filing())


# SGML


def submission(*parts: tuple[str, str, str], end: str = "</TEXT>\n</DOCUMENT>\n") -> str:
    blocks = "".join(
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{number}\n<FILENAME>{name}\n<TEXT>\n<XBRL>\n{text}</XBRL>\n{end}"
        for number, (kind, name, text) in enumerate(parts, 1)
    )
    return f"<SEC-DOCUMENT>0000000001-24-000001.txt\n<SEC-HEADER>x\n</SEC-HEADER>\n{blocks}</SEC-DOCUMENT>\n"


PARTS = (("EX-101.INS", "i.xml", instance()), ("EX-101.SCH", "s.xsd", schema()), ("EX-101.LAB", "l.xml", linkbase()))
single("submission", "x.txt", submission(*PARTS))
single("submission without end tags", "x.txt", submission(*PARTS, end=""))
single("submission cut short", "x.txt", submission(*PARTS)[:-600])
single(
    "submission of hostile names",
    "x.txt",
    submission(*PARTS, ("EX-99", "../../../tmp/evil", "x"), ("EX-99", "/etc/passwd", "y")),
)

# OIM

JSON = {
    "documentInfo": {
        "documentType": "https://xbrl.org/2021/xbrl-json",
        "namespaces": {
            "s": "http://example.org/s",
            "e": "http://example.org/e",
            "iso4217": "http://www.xbrl.org/2003/iso4217",
        },
        "taxonomy": ["s.xsd"],
    },
    "facts": {
        name: {
            "value": "1",
            "decimals": 0,
            "dimensions": {
                "concept": f"s:{name}",
                "entity": "e:1",
                "period": "2025-01-01T00:00:00",
                "unit": "iso4217:USD",
            },
        }
        for name in ITEMS
    },
}
CSV = {
    "documentInfo": {**JSON["documentInfo"], "documentType": "https://xbrl.org/2021/xbrl-csv"},
    "tableTemplates": {
        "t": {
            "columns": {
                "concept": {},
                "v": {
                    "dimensions": {
                        "concept": "$concept",
                        "entity": "e:1",
                        "period": "2025-01-01T00:00:00",
                        "unit": "iso4217:USD",
                    },
                    "decimals": 0,
                },
            }
        }
    },
    "tables": {"t": {"url": "t.csv"}},
}


def oim(name: str, text: str | bytes, **files: str | bytes) -> None:
    given: dict[str, str | bytes] = {
        "x.json": text,
        "s.xsd": schema(),
        "l.xml": linkbase(),
        **{key.replace("_", "."): value for key, value in files.items()},
    }
    SOURCES[name] = lambda folder: write(folder, given) / "x.json"


text = json.dumps(JSON, indent=1)
oim("JSON", text)
oim("JSON with an unknown key", text.replace('"facts"', '"fax": {},\n"facts"'))
oim("JSON with equal keys", text.replace('"value": "1"', '"value": "1",\n"value": "2"'))
oim("JSON with NaN", text.replace('"decimals": 0', '"decimals": NaN'))
oim("JSON cut short", text[:-40])
oim("JSON not UTF-8", text.encode("utf-16"))
oim("JSON of great numbers", text.replace('"decimals": 0', '"decimals": ' + "9" * 10_000))
oim("JSON of wrong types", text.replace('"value": "1"', '"value": {"a": []}'))
text = json.dumps(CSV, indent=1)
oim("CSV", text, t_csv="concept,v\ns:A,1\ns:B,2\n")
oim("CSV with a wrong column", text, t_csv="concept,w\ns:A,1\ns:B,2\n")
oim("CSV without its table", text)
oim("CSV with ragged rows", text, t_csv='concept,v\ns:A,1,3\ns:B\n"s:C,4\n')
oim("CSV of binary junk", text, t_csv=JUNK)
oim("CSV that climbs out", text.replace("t.csv", "../../../../../../etc/passwd"))
oim(
    "CSV that extends itself",
    text.replace('"documentInfo": {', '"documentInfo": {"extends": ["x.json"],'),
    t_csv="concept,v\ns:A,1\n",
)
documents(
    "reference that is a link",
    l=linkbase(SHEET.replace("link:presentationLink", "link:arcroleRef")),
)
