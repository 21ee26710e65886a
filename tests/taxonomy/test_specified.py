"""Schemas of formulas and tables that are built in, for where no copy is to be had."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

import recto
from recto.taxonomy.specified import PREFIXES, SCHEMAS, arcrole
from tests.formula.small import opened, value_assertion, variable

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_LINK = "{http://www.xbrl.org/2003/linkbase}"
_REFERENCES = "".join(
    f'<link:arcroleRef xlink:type="simple" arcroleURI="http://xbrl.org/arcrole/2008/{name}"'
    f' xlink:href="http://www.xbrl.org/2008/variable.xsd#{name}"/>'
    for name in ("variable-set", "variable-filter")
)


def _findings(folder: Path, formulas: str) -> set[str]:
    """Codes that validation gives without any copy of the specifications' schemas."""
    opened(folder, formulas, [("a", "1", 1)])
    path = folder / "f.xml"
    text = path.read_text("utf-8").replace("<gen:link ", f"{_REFERENCES}<gen:link ", 1)
    filters = 'xlink:type="arc" xlink:arcrole="http://xbrl.org/arcrole/2008/variable-filter"'
    text = text.replace(f"<gen:arc {filters}", f'<variable:variableFilterArc complement="false" cover="true" {filters}')
    path.write_text(text, "utf-8")
    filing = recto.open(folder / "i.xbrl", offline=True, use_cache=False)
    return {each.code for each in filing.validate(["xbrl", "generic", "formula"])}


def test_a_linkbase_of_formulas_is_valid_where_no_schema_is_at_hand(tmp_path: Path) -> None:
    assert _findings(tmp_path, value_assertion("x", "$v = 1") + variable("x", "v", "a")) == set()


@pytest.mark.parametrize("element", ["va:nothing", "variable:filter"])
def test_elements_that_are_none_are_told(tmp_path: Path, element: str) -> None:
    wrong = f'<{element} xlink:type="resource" xlink:label="n"/>'
    assert _findings(tmp_path, value_assertion("x", "$v = 1") + variable("x", "v", "a") + wrong)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda each: each.prefix)
def test_names_are_those_that_are_published(shared_data: Path, schema: object) -> None:
    """Against copies of the published schemas, where they are at hand."""
    known = next(each for each in SCHEMAS if each is schema)
    for url in known.urls:
        path = shared_data / "taxonomies" / url.removeprefix("http://")
        if not path.exists():
            pytest.skip("no copy")
        root = etree.parse(str(path)).getroot()
        assert root.get("targetNamespace") == known.namespace
        elements = {
            (each.get("name"), (each.get("id") or "") + ("!" if each.get("abstract") == "true" else ""), _head(each))
            for each in root.iterchildren(f"{_XSD}element")
            if each.get("substitutionGroup") and "spect" not in each.get("substitutionGroup")
        }
        assert {(name, identifier, _clark(head)) for name, identifier, head in known.elements} == elements
        arcroles = {
            (each.get("arcroleURI"), each.get("id"), each.get("cyclesAllowed"))
            for each in root.iter(f"{_LINK}arcroleType")
        }
        assert {(arcrole(tail), identifier, cycles) for tail, identifier, cycles, _ in known.arcroles} == arcroles
        roles = {(each.get("roleURI"), each.get("id")) for each in root.iter(f"{_LINK}roleType")}
        assert {(uri, identifier) for uri, identifier, _ in known.roles} == roles


def _head(element: etree._Element) -> str:
    prefix, _, local = (element.get("substitutionGroup") or "").rpartition(":")
    return f"{{{element.nsmap.get(prefix or None)}}}{local}"


def _clark(name: str) -> str:
    prefix, _, local = name.partition(":")
    spaces = {**PREFIXES, "xl": "http://www.xbrl.org/2003/XLink", "gen": "http://xbrl.org/2008/generic"}
    return f"{{{spaces[prefix]}}}{local}"
