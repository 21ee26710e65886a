"""The schema processor against another one: random complex types and content models, random instances, one verdict."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree

from recto.names import QName
from recto.schema.ambiguity import ambiguity
from recto.schema.assess import Assessor
from recto.schema.components import ComplexType
from recto.schema.grammar import Grammar
from tests.fuzz.budget import seeds
from tests.taxonomy.samples import load

xmlschema = pytest.importorskip("xmlschema")

HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"'
    ' elementFormDefault="qualified" attributeFormDefault="unqualified">'
    '<xs:import namespace="urn:o" schemaLocation="o.xsd"/>'
)
OTHER = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o">'
    '<xs:element name="x" type="xs:integer"/><xs:attribute name="m" type="xs:integer"/></xs:schema>'
)
GLOBALS = """
<xs:element name="a" type="xs:integer" nillable="true"/>
<xs:element name="b" type="xs:string" default="seven"/>
<xs:element name="c" type="xs:boolean" fixed="true"/>
<xs:element name="e"><xs:complexType/></xs:element>
<xs:element name="h" type="xs:decimal" abstract="{abstract}" block="{block}"/>
<xs:element name="s" type="xs:integer" substitutionGroup="t:h"/>
<xs:element name="u" substitutionGroup="t:s"><xs:simpleType><xs:restriction base="xs:integer">
  <xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:element>
<xs:complexType name="measure"><xs:simpleContent><xs:extension base="xs:decimal">
  <xs:attribute name="p" type="xs:integer"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="exact"><xs:simpleContent><xs:extension base="t:measure">
  <xs:attribute name="q" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="small"><xs:simpleContent><xs:restriction base="t:measure"><xs:maxInclusive value="9"/>
  <xs:attribute name="p" type="xs:byte" use="required"/></xs:restriction></xs:simpleContent></xs:complexType>
<xs:element name="k" type="t:measure" nillable="true"/>
"""
LEAVES: dict[str, tuple[str, ...]] = {
    "a": ("1", " 2 ", "x", "", "<t:a>1</t:a>", "1<!-- 2 -->3"),
    "b": ("", "text", " "),
    "c": ("true", "1", "", "false"),
    "e": ("", " ", "text", "<t:b/>"),
    "h": ("1", "1.5", "x"),
    "s": ("1", "1.5"),
    "u": ("9", "10"),
    "k": ("1.5", "10", "x"),
    "o:x": ("1", "x"),
    "o:y": ("1", "<t:a>x</t:a>"),
    "t:z": ("1", "<t:a>x</t:a>"),
}
EXTRAS = ('xsi:nil="true"', 'xsi:nil="false"', 'xsi:type="t:exact" q="1"', 'xsi:type="t:small" p="1"', 'p="1"', 'p="x"',
          'xsi:type="t:measure"', 'xsi:type="xs:integer"', 'z="1"', 'xsi:type="t:nowhere"')  # fmt: skip


LETTERS = {name: chr(ord("A") + nth) for nth, name in enumerate((*LEAVES, "l", "n"))}


@dataclass
class Term:
    """A particle: an element, a wildcard or a group, as a schema and as a maker of what it admits."""

    kind: str
    least: int
    most: int | None
    name: str = ""
    parts: list[Term] = field(default_factory=list)

    def xsd(self) -> str:
        most = "unbounded" if self.most is None else self.most
        occurs = f'minOccurs="{self.least}" maxOccurs="{most}"'
        if self.kind == "element":
            return f'<xs:element ref="t:{self.name}" {occurs}/>'
        if self.kind == "local":
            return f'<xs:element name="{self.name}" type="xs:integer" {occurs}/>'
        if self.kind == "any":
            namespace, process = self.name.split()
            return f'<xs:any namespace="{namespace}" processContents="{process}" {occurs}/>'
        return f"<xs:{self.kind} {occurs}>{''.join(each.xsd() for each in self.parts)}</xs:{self.kind}>"

    def regex(self) -> str:
        """The names that are admitted, each a letter."""
        if self.kind == "element":
            found = LETTERS[self.name] + {"h": LETTERS["s"] + LETTERS["u"], "s": LETTERS["u"]}.get(self.name, "")
            found = f"[{found}]"
        elif self.kind == "local":
            found = LETTERS[self.name]
        elif self.kind == "any":
            namespace, process = self.name.split()
            unknown = process == "strict"
            own = "".join(LETTERS[name] for name in ("a", "b", "c", "e", "h", "s", "u", "k"))
            own += "" if unknown else LETTERS["t:z"] + LETTERS["l"] + LETTERS["n"]
            other = LETTERS["o:x"] + ("" if unknown else LETTERS["o:y"])
            found = {"##any": own + other, "##other": other, "urn:o": other, "##targetNamespace": own, "##local": ""}[
                namespace
            ]
            found = f"[{found}]" if found else "(?!)"
        elif self.kind == "sequence":
            found = "".join(each.regex() for each in self.parts)
        elif self.kind == "choice":
            found = "|".join(each.regex() for each in self.parts) or "(?!)"
        else:
            orders = itertools.permutations(each.regex() for each in self.parts)
            found = "|".join("".join(order) for order in orders)
        return f"(?:{found}){{{self.least},{'' if self.most is None else self.most}}}"

    def sample(self, chance: random.Random) -> list[str]:
        """Names of elements that fit, mostly."""
        found: list[str] = []
        for _ in range(chance.randint(self.least, self.most if self.most is not None else self.least + 2)):
            if self.kind == "any":
                found.append(chance.choice(("o:x", "o:y", "t:z", "a", "s")))
            elif self.kind == "choice":
                found += chance.choice(self.parts).sample(chance) if self.parts else []
            elif self.parts:
                parts = chance.sample(self.parts, len(self.parts)) if self.kind == "all" else self.parts
                for each in parts:
                    found += each.sample(chance)
            elif self.name:
                found.append(chance.choice(("h", "s", "u")) if self.name == "h" else self.name)
        return found


def occurs(chance: random.Random) -> tuple[int, int | None]:
    least = chance.choice((0, 1, 1, 1, 2))
    return least, chance.choice((None, max(least, 1), least + 1))


def term(chance: random.Random, wild: bool, depth: int = 0, calm: bool = False) -> Term:
    """Unless `wild`, nothing varies in number inside a group that repeats (`calm`): the other processor counts turns by
    the first way that it finds. `test_content_models_as_regular_expressions` is about those.
    """
    roll = chance.random()
    least, most = (1, 1) if calm else occurs(chance)
    if depth >= 3 or roll < 0.45:
        return Term("element", least, most, chance.choice(("a", "b", "c", "e", "h", "k", "s")))
    if roll < 0.55:
        return Term("local", least, most, chance.choice(("l", "n")))
    if roll < 0.65:
        name = f"{chance.choice(('##any', '##other', '##targetNamespace', '##local', 'urn:o'))} "
        return Term("any", least, most, name + chance.choice(("strict", "lax", "skip")))
    inside = calm or (most != 1 and not wild)
    parts = [term(chance, wild, depth + 1, inside) for _ in range(chance.randint(0 if depth and wild else 1, 3))]
    return Term(chance.choice(("sequence", "choice")), least, most, parts=parts)


def model(chance: random.Random, wild: bool = False) -> Term:
    if chance.random() < 0.2:
        names = chance.sample(("a", "b", "c", "h", "k"), chance.randint(1, 4))
        return Term(
            "all", chance.choice((0, 1)), 1, parts=[Term("element", chance.choice((0, 1)), 1, n) for n in names]
        )
    found = term(chance, wild)
    return found if found.parts else Term("sequence", chance.choice((0, 1)), 1, parts=[found])


ATTRIBUTES = (
    '<xs:attribute name="i" type="xs:integer" use="required"/>',
    '<xs:attribute name="j" type="xs:boolean"/>',
    '<xs:attribute name="f" type="xs:decimal" fixed="1.50"/>',
    '<xs:attribute name="d" type="xs:date" default="2024-01-01"/>',
    '<xs:attribute name="w"><xs:simpleType><xs:list itemType="xs:NMTOKEN"/></xs:simpleType></xs:attribute>',
    '<xs:attribute ref="o:m" xmlns:o="urn:o"/>',
)
WILDCARDS = tuple(
    f'<xs:anyAttribute namespace="{namespace}" processContents="{process}"/>'
    for namespace in ("##any", "##other", "##local", "urn:o")
    for process in ("strict", "lax", "skip")
)
VALUES = {
    "i": ("1", " 2 ", "x", "", None),
    "j": ("true", "0", "no", None, None),
    "f": ("1.50", " 1.50 ", "2", None, None),
    "d": ("2024-02-29", "2023-02-29", None, None),
    "w": ("a  b", "", "a,b", None, None),
    "o:m": ("1", "x", None, None),
    "o:n": ("1", None, None, None, None),
    "g": ("1", None, None, None, None),
}


def schema(chance: random.Random) -> tuple[str, Term, Term | None]:
    """A schema of element `r`, the content of its type `T`; where there is one, what `X` adds to it by extension."""
    content = model(chance)
    attributes = "".join(chance.sample(ATTRIBUTES, chance.randint(0, 3)))
    wildcard = chance.choice(("", "", chance.choice(WILDCARDS)))
    mixed = chance.choice(("", "", 'mixed="true"'))
    body = GLOBALS.format(
        abstract=chance.choice(("true", "false")), block=chance.choice(("", "", "substitution", "restriction", "#all"))
    )
    more = None
    if chance.random() < 0.4 and content.kind != "all":
        more = Term("sequence", 1, 1, parts=[term(chance, False, 2)])
        body += (
            f'<xs:complexType name="X" {mixed}><xs:complexContent><xs:extension base="t:T">{more.xsd()}'
            '<xs:attribute name="g" type="xs:integer"/></xs:extension></xs:complexContent></xs:complexType>'
        )
    inner = content.xsd()
    if chance.random() < 0.3 and content.kind in ("sequence", "choice"):  # by way of a named group
        group = Term(content.kind, 1, 1, parts=content.parts)
        once = group.xsd().replace(' minOccurs="1" maxOccurs="1"', "", 1)
        body += f'<xs:group name="G">{once}</xs:group>'
        most = "unbounded" if content.most is None else content.most
        inner = f'<xs:group ref="t:G" minOccurs="{content.least}" maxOccurs="{most}"/>'
    blocked = chance.choice(("", "", "", 'block="extension"'))
    body += f'<xs:complexType name="T" {mixed}>{inner}{attributes}{wildcard}</xs:complexType>'
    return f'{HEAD}{body}<xs:element name="r" type="t:T" {blocked}/></xs:schema>', content, more


def leaf(chance: random.Random, name: str) -> str:
    texts = LEAVES.get(name, ("1", "1", "x"))
    text = texts[0] if chance.random() < 0.85 else chance.choice(texts)
    more = chance.choice(EXTRAS) if chance.random() < (0.3 if name == "k" else 0.05) else ""
    tag = name if ":" in name else f"t:{name}"
    return f"<{tag} {more}>{text}</{tag}>"


def instance(chance: random.Random, body: str, content: Term, more: Term | None) -> str:
    names = content.sample(chance)
    type_ = ""
    if more is not None and chance.random() < 0.6:
        type_ = 'xsi:type="t:X"'
        names += more.sample(chance)
    if chance.random() < 0.2 and names:
        at = chance.randrange(len(names))
        names[at : at + chance.randrange(2)] = chance.sample((*LEAVES, "l", "n"), chance.randrange(2))
    attributes = ""
    for name, values in VALUES.items():
        declared = f'="{name}"' in body
        value = values[0] if chance.random() < 0.8 else chance.choice(values)
        if value is not None and chance.random() < (0.9 if name == "i" and declared else 0.5 if declared else 0.05):
            attributes += f' {name}="{value}"'
    # The other processor admits text beside a wildcard.
    text = chance.choice(("", "", "", "\n ", "" if "<xs:any " in body else "words"))
    inner = text.join(leaf(chance, name) for name in names)
    return (
        '<t:r xmlns:t="urn:t" xmlns:o="urn:o" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {type_} {attributes}>{inner}</t:r>'
    )


def grammar_of(body: str) -> Grammar | None:
    """None where a content model is ambiguous; the other processor does not find all that are."""
    grammar = Grammar(load({"t.xsd": body, "o.xsd": OTHER}, "t.xsd"))
    for name in ("T", "X"):
        type_ = grammar.type(QName("urn:t", name))
        if isinstance(type_, ComplexType) and type_.particle is not None and ambiguity(grammar, type_.particle):
            return None
    return grammar


def assessor(grammar: Grammar) -> Callable[[str], list[str]]:
    parser = etree.XMLParser(remove_comments=True)

    def faults(document: str) -> list[str]:
        root = etree.fromstring(document, parser)
        return [f"{fault.code}: {dict(fault.arguments)}" for fault in Assessor(grammar).strict(root)]

    return faults


def test_content_of_random_types(tmp_path: Path) -> None:
    (tmp_path / "o.xsd").write_text(OTHER, "utf-8")
    verdicts = {True: 0, False: 0}
    for seed in seeds(120):
        chance = random.Random(seed)
        body, content, more = schema(chance)
        try:
            other = xmlschema.XMLSchema(body, base_url=str(tmp_path))
        except xmlschema.XMLSchemaException:
            continue
        grammar = grammar_of(body)
        if grammar is None:
            continue
        faults = assessor(grammar)
        for _ in range(12):
            document = instance(chance, body, content, more)
            try:
                expected = other.is_valid(document)
            except KeyError:
                continue  # it knows no answer to an xsi:type that names nothing
            verdicts[expected] += 1
            found = faults(document)
            assert (not found) == expected, (seed, body[body.index('name="k"') :], document, found)
    assert min(verdicts.values()) > 100, verdicts


def test_content_models_as_regular_expressions() -> None:
    """Models whose turns may be counted in several ways too: a regular expression tries them all."""
    verdicts = {True: 0, False: 0}
    for seed in seeds(400):
        chance = random.Random(seed)
        content = model(chance, wild=True)
        body = GLOBALS.format(abstract="false", block="")
        element = '<xs:element name="r" type="t:T"/></xs:schema>'
        grammar = grammar_of(f'{HEAD}{body}<xs:complexType name="T">{content.xsd()}</xs:complexType>{element}')
        if grammar is None:
            continue
        faults = assessor(grammar)
        admitted = re.compile(content.regex())
        for _ in range(12):
            names = content.sample(chance)
            if chance.random() < 0.4:
                at = chance.randrange(len(names) + 1)
                names[at : at + chance.randrange(2)] = chance.sample((*LEAVES, "l", "n"), chance.randrange(3))
            if len(names) > 12:
                continue
            expected = admitted.fullmatch("".join(LETTERS[name] for name in names)) is not None
            verdicts[expected] += 1
            inner = "".join(f"<{n}>{LEAVES.get(n, '1')[0]}</{n}>" for n in names)
            inner = re.sub(r"<(/?)(\w+)>", r"<\1t:\2>", inner)
            found = faults(f'<t:r xmlns:t="urn:t" xmlns:o="urn:o">{inner}</t:r>')
            assert (not found) == expected, (seed, content.xsd(), names, found)
    assert min(verdicts.values()) > 100, verdicts
