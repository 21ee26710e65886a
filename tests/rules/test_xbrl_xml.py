"""xBRL-XML 1.0: what a report of the Open Information Model may not use, one fault each."""

from __future__ import annotations

from typing import Any

import pytest

from recto.instance.model import Instance
from tests.instance.samples import CONTEXTS, SCHEMA, load, xbrl
from tests.rules.samples import findings

_CONTEXT = (
    '<xbrli:context id="{id}"><xbrli:entity><xbrli:identifier scheme="http://e">e</xbrli:identifier>{segment}'
    "</xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>"
    "</xbrli:period>{scenario}</xbrli:context>"
)
_MEMBER = '<xbrldi:explicitMember dimension="t:RegionAxis">t:Europe</xbrldi:explicitMember>'
_NOTE = '<t:Note id="n" contextRef="{}">words</t:Note>'
_FACT = _NOTE.format("y")
_COMPLEX = (
    '<xs:element name="whole" id="t_whole"><xs:complexType><xs:sequence><xs:any processContents="lax"/></xs:sequence>'
    '</xs:complexType></xs:element><xs:element name="WholeAxis" id="t_WholeAxis" type="xbrli:stringItemType" '
    'substitutionGroup="xbrldt:dimensionItem" abstract="true" xbrli:periodType="duration" '
    'xbrldt:typedDomainRef="#t_whole"/></xs:schema>'
)
_LISTED = _COMPLEX.replace(
    '<xs:complexType><xs:sequence><xs:any processContents="lax"/></xs:sequence></xs:complexType>',
    '<xs:simpleType><xs:list itemType="xs:token"/></xs:simpleType>',
)
_NAMES = (
    '<xs:element name="Place" id="t_Place" type="dtr:SQNameItemType" substitutionGroup="xbrli:item" '
    'xbrli:periodType="duration" xmlns:dtr="http://www.xbrl.org/dtr/type/2022-03-31"/></xs:schema>'
)
_DTR = (
    '<xs:import namespace="http://www.xbrl.org/dtr/type/2022-03-31" '
    'schemaLocation="https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"/><xs:import'
)


def _context(identifier: str, segment: str = "", scenario: str = "") -> str:
    inside = f"<xbrli:segment>{segment}</xbrli:segment>" if segment else ""
    outside = f"<xbrli:scenario>{scenario}</xbrli:scenario>" if scenario else ""
    return _CONTEXT.format(id=identifier, segment=inside, scenario=outside)


def _cubes(*containers: str) -> str:
    """A definition linkbase with a hypercube for each container, in a schema's appinfo."""
    arcs = "".join(
        f'<link:definitionArc xlink:type="arc" xlink:arcrole="http://xbrl.org/int/dim/arcrole/all" xlink:from="n" '
        f'xlink:to="cube" xbrldt:contextElement="{each}" order="{at}"/>'
        for at, each in enumerate(containers, 1)
    )
    return (
        '<xs:annotation><xs:appinfo><link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><link:arcroleRef xlink:type="simple" '
        'arcroleURI="http://xbrl.org/int/dim/arcrole/all" '
        'xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#all"/><link:definitionLink xlink:type="extended" '
        'xlink:role="http://www.xbrl.org/2003/role/link">'
        '<link:loc xlink:type="locator" xlink:href="#t_Note" xlink:label="n"/>'
        '<link:loc xlink:type="locator" xlink:href="#t_Cube" xlink:label="cube"/>'
        f"{arcs}</link:definitionLink></link:linkbase></xs:appinfo></xs:annotation>"
    )


_CUBE = (
    '<xs:element name="Cube" id="t_Cube" type="xbrli:stringItemType" substitutionGroup="xbrldt:hypercubeItem" '
    'abstract="true" xbrli:periodType="duration"/></xs:schema>'
)


def _loaded(body: str, *, contexts: str = "", schema: str = SCHEMA, **more: str) -> Instance:
    return load("xbrl", {"t.xsd": schema, "r.xml": xbrl(body, contexts=CONTEXTS + contexts), **more}, "r.xml")[0]


def _with_cubes(*containers: str) -> str:
    start = SCHEMA.index("<xs:import")
    return (SCHEMA[:start] + _cubes(*containers) + SCHEMA[start:]).replace("</xs:schema>", _CUBE)


_LINK = (
    '<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{}</link:footnoteLink>'
)
_LOCATED = _LINK.format('<link:loc xlink:type="locator" xlink:href="#n" xlink:label="n"/>{}{}')
_FOOTNOTE = '<link:footnote xlink:type="resource" xlink:label="f" xml:lang="en" xlink:role="{}">note</link:footnote>'
_ARC = (
    '<link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" '
    'xlink:from="n" xlink:to="f"/>'
)
_STANDARD = "http://www.xbrl.org/2003/role/footnote"
_OWN = "https://example.org/role/note"


@pytest.mark.parametrize(
    ("code", "body", "given"),
    [
        ("inconsistentDimensionsContainer", _NOTE.format("a") + _NOTE.format("b").replace('"n"', '"o"'),
         {"contexts": _context("a", segment=_MEMBER) + _context("b", scenario=_MEMBER)}),
        ("inconsistentDimensionsContainer", _FACT, {"schema": _with_cubes("segment", "scenario")}),
        ("unexpectedContextContent", _NOTE.format("a"),
         {"contexts": _context("a", segment=_MEMBER), "schema": _with_cubes("scenario")}),
        ("unsupportedComplexTypedDimension", _NOTE.format("a"),
         {"contexts": _context("a", scenario='<xbrldi:typedMember dimension="t:WholeAxis"><t:whole><t:plan>p</t:plan>'
                                             "</t:whole></xbrldi:typedMember>"),
          "schema": SCHEMA.replace("</xs:schema>", _COMPLEX)}),
        ("unsupportedDimensionDataType", _NOTE.format("a"),
         {"contexts": _context("a", scenario='<xbrldi:typedMember dimension="t:WholeAxis"><t:whole>p q</t:whole>'
                                             "</xbrldi:typedMember>"),
          "schema": SCHEMA.replace("</xs:schema>", _LISTED)}),
        ("unsupportedConceptDataType", '<t:Place contextRef="y" id="n">t:a</t:Place>',
         {"schema": SCHEMA.replace("<xs:import", _DTR, 1).replace("</xs:schema>", _NAMES)}),
        ("unlinkedFootnoteResource", _FACT + _LOCATED.format(_FOOTNOTE.format(_STANDARD), ""), {}),
        ("nonStandardFootnoteResourceRole", _FACT + _LOCATED.format(_FOOTNOTE.format(_OWN), _ARC), {}),
    ],
)  # fmt: skip
def test_one_fault(code: str, body: str, given: dict[str, Any]) -> None:
    found = [each for each in findings(_loaded(body, **given), "xbrl-xml") if each.code == f"xbrlxe:{code}"]
    assert len(found) == 1
    assert found[0].severity == "error"
    assert found[0].document is not None
    assert found[0].line
    assert found[0].specification == "xBRL-XML 1.0, 2.1"


def test_a_role_that_only_a_role_reference_leads_to() -> None:
    """`xbrlxe:unsupportedExternalRoleRef`: the schema that declares it is no part of what schema references lead to."""
    declared = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" targetNamespace="urn:roles"><xs:annotation><xs:appinfo>'
        f'<link:roleType roleURI="{_OWN}" id="own"><link:usedOn>link:footnoteLink</link:usedOn></link:roleType>'
        "</xs:appinfo></xs:annotation></xs:schema>"
    )
    reference = f'<link:roleRef xlink:type="simple" roleURI="{_OWN}" xlink:href="roles.xsd#own"/>'
    link = _LOCATED.format(_FOOTNOTE.format(_STANDARD), _ARC).replace("http://www.xbrl.org/2003/role/link", _OWN)
    text = xbrl(_FACT + link).replace('t.xsd"/>', 't.xsd"/>' + reference, 1)
    made = load("xbrl", {"r.xml": text, "roles.xsd": declared}, "r.xml")[0]
    assert [each.code for each in findings(made, "xbrl-xml")] == ["xbrlxe:unsupportedExternalRoleRef"]
    imports = '<xs:import namespace="urn:roles" schemaLocation="roles.xsd"/><xs:import'
    schema = SCHEMA.replace("<xs:import", imports, 1)
    near = load("xbrl", {"t.xsd": schema, "r.xml": text, "roles.xsd": declared}, "r.xml")[0]
    assert [each.code for each in findings(near, "xbrl-xml")] == []
