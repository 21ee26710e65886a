"""The content model of XHTML: by itself, and against the published schema on documents made at random."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from recto.names import IX, XHTML, XML
from recto.rules.inline import xhtml, xhtml_model

Faults = set[tuple[int, str, bool]]
NAMESPACES = f'xmlns="{XHTML}" xmlns:ix="{IX}" xmlns:x="urn:x"'
PAGE = f"<html {NAMESPACES}>\n<head><title>t</title></head>\n<body>\n{{}}\n</body></html>"


ABOUT_CONTENT = {
    "SCHEMAV_ELEMENT_CONTENT",
    "SCHEMAV_CVC_ELT_1",
    *(f"SCHEMAV_CVC_COMPLEX_TYPE_2_{n}" for n in (1, 2, 3)),
}


def told(schema: Any, root: Any) -> Faults:
    """Line and name of XHTML elements in which libxml2 finds faults, and whether it is an attribute's."""
    schema.validate(root)
    found = set()
    for error in schema.error_log:
        (element,) = root.xpath(error.path, namespaces={"ix": IX, "x": "urn:x"})
        name = etree.QName(element)
        if name.namespace == XHTML:
            found.add((error.line, name.localname, error.type_name not in ABOUT_CONTENT))
    return found


def ours(root: Any) -> Faults:
    """The same as the rule tells it."""
    return {
        (element.sourceline, etree.QName(element).localname, "attribute" in reason)
        for element, reason in xhtml.faults(root)
    }


@pytest.mark.parametrize(
    ("body", "valid"),
    [
        ("<p>a<br/><b>c</b></p>", True),
        ("<p><div/></p>", False),
        ("<span><p/></span>", False),
        ("<div><span><ix:nonNumeric><p>a</p></ix:nonNumeric></span></div>", True),
        ("<div><ix:nonNumeric><td/></ix:nonNumeric></div>", False),
        ("<table><tr><td>a</td></tr></table>", True),
        ("<table><td/></table>", False),
        ("<table><tr/></table>", False),
        ("<table><tr><td/></tr><tbody><tr><td/></tr></tbody></table>", False),
        ("<table><thead><tr><th/></tr></thead><tbody><tr><td/></tr></tbody></table>", True),
        ("<ul/>", False),
        ("<ul><li><p>a</p></li></ul>", True),
        ("<dl><dt>a</dt><dd><p>b</p></dd></dl>", True),
        ("<p><a href='x'>b<a href='y'/></a></p>", False),
        ("<p><img src='a' alt='b'/></p>", True),
        ("<p><img src='a'/></p>", False),
        ("<p><font>a</font></p>", False),
        ("<p onclick='x()'/>", False),
        ("<div align='center'/>", False),
        ("<table border='1' width='50%' cellpadding='0'><tr><td colspan='2' valign='top'/></tr></table>", True),
        ("<table><tr><td colspan='two'/></tr></table>", False),
        ("<table><tr><td width='5'/></tr></table>", False),
        ("<p id='a'/><p id='a'/>", False),
        ("<p class=''/>", False),
        ("<p x:y='z'/>", False),
        ("<p><x:y/></p>", False),
        ("text", False),
    ],
)
def test_what_may_stand_where(body: str, valid: bool) -> None:
    root = etree.fromstring(PAGE.format(body))
    assert xhtml_model.schema().validate(root) is valid
    assert xhtml_model.schema(whole=False).validate(root) is valid


@pytest.mark.parametrize(
    ("body", "element", "reason"),
    [
        ("<p><div/></p>", "div", "it cannot stand in p"),
        ("<p><ix:nonNumeric><td/></ix:nonNumeric></p>", "td", "it cannot stand in ix:nonNumeric"),
        ("<p><x:y/><x:y><b/></x:y></p>", "", ""),
        ("<p><font>a</font></p>", "font", "XHTML 1.1 has no such element"),
        ("<table><tr/></table>", "tr", "it lacks elements that it must hold; its content is (th | td)+"),
        (
            "<table><tr><td/></tr><tbody><tr><td/></tr></tbody></table>",
            "tbody",
            "it cannot stand at this place in table",
        ),
        ("<hr>a</hr>", "hr", "it must be empty"),
        ("<ul>a<li/></ul>", "ul", "it holds text where only elements may stand"),
        ("<p><img src='a'/></p>", "img", "its attribute alt is missing"),
        ("<p onclick='x()'/>", "p", "its attribute onclick is not allowed"),
        ("<p x:y='z'/>", "p", "its attribute {urn:x}y is not allowed"),
        ("<p xml:base='x'/>", "", ""),
        ("<table width='a%'><tr><td/></tr></table>", "table", "its attribute width cannot be 'a%'"),
        ("<p class=''/>", "p", "its attribute class cannot be ''"),
        ("<pre xml:space='no'/>", "pre", "its attribute xml:space cannot be 'no'"),
        (
            "<p id='a'/><h:p xmlns:h='http://www.w3.org/1999/xhtml' id='a'/>",
            "p",
            "its attribute id is 'a' as another's is",
        ),
    ],
)
def test_what_is_wrong_is_told_from_the_tables(body: str, element: str, reason: str) -> None:
    found = [(etree.QName(each).localname, why) for each, why in xhtml.faults(etree.fromstring(PAGE.format(body)))]
    assert found == ([(element, reason)] if element else [])


def test_paths_lead_to_their_elements() -> None:
    """Whatever the prefixes: two of one namespace, one of two, none; a long name is cut by libxml2."""
    h = f"xmlns:h='{XHTML}' xmlns:g='{XHTML}'"
    body = (
        f"<div {h}><h:p x='1'/><g:p x='2'/><h:p x='3'/><p x='4'/><ix:exclude><h:div><p x='5'/></h:div></ix:exclude>"
        f"<h:div xmlns:h='urn:h'><p x='6'/></h:div><bare xmlns=''><p xmlns='{XHTML}' x='7'/></bare>"
        f"<{'y' * 120}><p x='8'/></{'y' * 120}></div>"
    )
    paths = xhtml._Paths(root := etree.fromstring(PAGE.format(body)))
    tree = root.getroottree()
    for element in root.iter():
        assert paths.at(tree.getpath(element)) is element
    named = etree.fromstring(f"<a xmlns:n='urn:n'><n:{'y' * 120}><b/></n:{'y' * 120}></a>")
    assert xhtml._Paths(named).at(f"/a/n:{'y' * 90}/b") is named


def test_each_thread_gets_the_faults_of_its_own_document() -> None:
    """libxml2's schema keeps the errors of the document that was looked at last."""
    names = [f"own{number}" for number in range(8)]
    pages = {name: etree.fromstring(PAGE.format(f"<p><{name}/></p>" * 20)) for name in names}

    def ask(name: str) -> Iterator[bool]:
        for _ in range(30):
            yield [etree.QName(each).localname for each, _ in xhtml.faults(pages[name])] == [name] * 20

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(lambda name: all(ask(name)), names))
    finally:
        sys.setswitchinterval(interval)


def test_what_the_part_finds_valid_is_valid() -> None:
    chance = random.Random(1)
    part, whole = xhtml_model.schema(whole=False), xhtml_model.schema()
    valid = [whole.validate(root) for root in (page(chance) for _ in range(800)) if part.validate(root)]
    assert len(valid) > 50
    assert all(valid)
    forms = etree.fromstring(PAGE.format("<form action='a'><p><input type='text'/></p></form>"))
    assert not part.validate(forms)
    assert whole.validate(forms)


ELEMENTS = [*xhtml_model.CONTENT, "font", "center", "u", "iframe"]
MARKED = "footnote fraction nonFraction nonNumeric tuple continuation exclude numerator".split()
ATTRIBUTES = (
    "id class title xml:lang dir style onclick width height align border href src alt name type value colspan valign"
    " lang bgcolor span cellpadding rel content http-equiv for label rows cols action cite datetime xml:space charoff"
    " char scope headers tabindex accesskey version"
).split()
VALUES = "a|1|5%|*|2*|x y|center|left|text|2020-01-01T00:00:00|en|ltr|preserve|top|row|defer|-1|1.5%|ab".split("|")
INSIDE = {
    **dict.fromkeys(("dt", "dd"), "dl"),
    **dict.fromkeys(("tr", "tbody", "thead", "tfoot", "col", "colgroup", "caption"), "table"),
    **dict.fromkeys(("td", "th"), "table tr"),
    **dict.fromkeys(("option", "optgroup"), "select"),
    **dict.fromkeys(("rb", "rt", "rp"), "ruby"),
    "li": "ul",
    "param": "object",
    "area": "map",
    "legend": "fieldset",
}


def page(chance: random.Random) -> Any:
    """A page with one element of any kind where it belongs, whose content and attributes are as chance will have it."""

    def fill(element: Any, depth: int) -> None:
        if chance.random() < 0.3:
            element.text = "t"
        if element.tag.startswith(f"{{{XHTML}}}"):
            for name in chance.sample(ATTRIBUTES, chance.choice((0, 0, 1, 1, 2))):
                element.set(name.replace("xml:", f"{{{XML}}}"), chance.choice(VALUES))
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3)) if depth else 0):
            marked = chance.random() < 0.12
            name = chance.choice(MARKED if marked else ELEMENTS)
            fill(etree.SubElement(element, f"{{{IX if marked else XHTML}}}{name}"), depth - 1)

    root = etree.fromstring(PAGE.format("<div/>"))
    name = chance.choice(ELEMENTS)
    parent = root[1][0]
    for each in INSIDE.get(name, "").split():
        parent = etree.SubElement(parent, f"{{{XHTML}}}{each}")
    fill(etree.SubElement(parent, f"{{{XHTML}}}{name}"), chance.choice((0, 1, 2)))
    text = etree.tostring(root, encoding="unicode").replace("<", "\n<").replace("\n</", "</")
    return etree.fromstring(text)  # each element on a line of its own


def published(folder: Path) -> Any:
    class Mirrored(etree.Resolver):
        def resolve(self, url: str, public_id: str, context: Any) -> Any:
            path = folder / "taxonomies" / url.partition("://")[2]
            return self.resolve_string(path.read_bytes(), context, base_url=url)

    url = "http://www.xbrl.org/2013/inlineXBRL/xhtml-inlinexbrl-1_1.xsd"
    path = folder / "taxonomies" / url.partition("://")[2]
    if not path.is_file():
        pytest.skip("the schema of Inline XBRL is not among the shared taxonomies")
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    parser.resolvers.add(Mirrored())
    return etree.XMLSchema(etree.fromstring(path.read_bytes(), parser, base_url=url))


def test_the_model_says_what_the_published_schema_says(shared_data: Path) -> None:
    theirs = published(shared_data)
    chance = random.Random(20130218)
    wrong = 0
    for _ in range(600):
        root = page(chance)
        expected = told(theirs, root)
        assert ours(root) == expected, etree.tostring(root, encoding="unicode")
        wrong += bool(expected)
    assert 100 < wrong < 599
