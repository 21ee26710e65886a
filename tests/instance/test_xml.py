"""xBRL-XML instances, rule by rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from recto.errors import NotFoundError, XMLError
from recto.findings import Findings
from recto.instance.model import TypedMember
from recto.names import QName
from tests.instance.samples import codes, faults, load, only, values, xbrl

T = "https://example.org/t"


def test_item_has_concept_context_unit_and_place(read_xbrl: Any) -> None:
    found = read_xbrl('\n<t:Cash id="c" contextRef="i" unitRef="usd" decimals="-3"> 12000 </t:Cash>')
    fact = only(found)
    assert fact.concept is found.taxonomy.concept(QName(T, "Cash"))
    assert (fact.value, fact.decimals, fact.precision, fact.nil, fact.valid) == ("12000", -3, None, False, True)
    assert fact.context is found.contexts["i"]
    assert fact.unit.measure == QName("http://www.xbrl.org/2003/iso4217", "USD")
    assert fact.id == "c"
    assert found.by_id["c"] is fact
    assert fact.document == found.url
    assert fact.line > 5
    assert not faults(found)


def test_contexts_and_units_may_follow_the_facts(read_xbrl: Any) -> None:
    body = '<t:Cash contextRef="late" unitRef="eur" decimals="0">1</t:Cash>'
    late = """<xbrli:context id="late"><xbrli:entity><xbrli:identifier scheme="s">e</xbrli:identifier></xbrli:entity>
      <xbrli:period><xbrli:forever/></xbrli:period></xbrli:context>
      <xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>"""
    fact = only(read_xbrl(body + late))
    assert fact.period.kind == "forever"
    assert fact.period.oim is None
    assert fact.unit.numerators[0].local == "EUR"


@pytest.mark.parametrize(
    ("period", "start", "end", "oim"),
    [
        ("<xbrli:instant>2024-02-29</xbrli:instant>", None, datetime(2024, 3, 1), "2024-03-01T00:00:00"),
        ("<xbrli:instant>2024-02-29T00:00:00</xbrli:instant>", None, datetime(2024, 2, 29), "2024-02-29T00:00:00"),
        ("<xbrli:instant>2024-02-29T24:00:00</xbrli:instant>", None, datetime(2024, 3, 1), "2024-03-01T00:00:00"),
        ("<xbrli:instant> 2024-01-31Z </xbrli:instant>", None, datetime(2024, 2, 1), "2024-02-01T00:00:00Z"),
        (
            "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-01-31</xbrli:endDate>",
            datetime(2024, 1, 1),
            datetime(2024, 2, 1),
            "2024-01-01T00:00:00/2024-02-01T00:00:00",
        ),
        (
            "<xbrli:startDate>2024-01-01T08:30:00.5</xbrli:startDate><xbrli:endDate>2024-01-01T17:00:00-05:00</xbrli:endDate>",
            datetime(2024, 1, 1, 8, 30, 0, 500000),
            datetime(2024, 1, 1, 17),
            "2024-01-01T08:30:00.500000/2024-01-01T17:00:00-05:00",
        ),
    ],
)
def test_end_dates_mean_the_end_of_the_day(read_xbrl: Any, period: Any, start: Any, end: Any, oim: Any) -> None:
    context = f"""<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">e</xbrli:identifier></xbrli:entity>
      <xbrli:period>{period}</xbrli:period></xbrli:context>"""
    found = read_xbrl("", contexts=context).contexts["c"].period
    assert (found.start, found.end, found.oim) == (start, end, oim)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "24-01-01", "2024-01-01T25:00:00", "10001-02-29", "0000-01-01", "2024-01-01T24:00:01", ""]
)
def test_bad_dates_are_findings(read_xbrl: Any, text: Any) -> None:
    context = f"""<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">e</xbrli:identifier></xbrli:entity>
      <xbrli:period><xbrli:instant>{text}</xbrli:instant></xbrli:period></xbrli:context>"""
    assert codes(read_xbrl("", contexts=context)) == ["xmlSchema:valueError"]


def test_dimensions_of_segment_and_scenario(read_xbrl: Any) -> None:
    context = """<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s"> e </xbrli:identifier><xbrli:segment>
      <xbrldi:explicitMember dimension="t:RegionAxis">
        t:Europe </xbrldi:explicitMember>
      <x:other xmlns:x="urn:x" b="2" a="1"> <!-- no --> text</x:other></xbrli:segment></xbrli:entity>
      <xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period>
      <xbrli:scenario><xbrldi:typedMember dimension="t:PlanAxis"><t:plan>  A
        B </t:plan></xbrldi:typedMember></xbrli:scenario></xbrli:context>"""
    found = read_xbrl("", contexts=context).contexts["c"]
    region, plan = QName(T, "RegionAxis"), QName(T, "PlanAxis")
    assert found.identifier == "e"
    assert list(found.dimensions) == [region, plan]
    assert found.dimensions[region] is QName(T, "Europe")
    member = found.dimensions[plan]
    assert isinstance(member, TypedMember)
    assert (member.element, member.values, member.nil) == (QName(T, "plan"), ("A B",), False)
    assert dict(found.containers) == {region: "segment", plan: "scenario"}
    assert found.segment_other == ('<x:other xmlns:x="urn:x" a="1" b="2">  text</x:other>',)
    assert found.has_scenario


def test_nil_typed_members_and_repeated_axes(read_xbrl: Any) -> None:
    context = """<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">e</xbrli:identifier><xbrli:segment>
      <xbrldi:typedMember dimension="t:PlanAxis"><t:plan xsi:nil="true"/></xbrldi:typedMember>
      <xbrldi:typedMember dimension="t:PlanAxis"><t:plan>2</t:plan></xbrldi:typedMember>
      <xbrldi:explicitMember dimension="t:RegionAxis">nowhere:Europe</xbrldi:explicitMember>
      </xbrli:segment></xbrli:entity>
      <xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>"""
    found = read_xbrl("", contexts=context)
    member = found.contexts["c"].dimensions[QName(T, "PlanAxis")]
    assert member.nil
    assert member.values == ()
    assert member.text == ""
    assert codes(found) == ["xbrldie:RepeatedDimensionInInstanceError", "xbrldie:ExplicitMemberUndefinedQNameError"]


def test_divide_units(read_xbrl: Any) -> None:
    unit = """<xbrli:unit id="u"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure>
      </xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator>
      </xbrli:divide></xbrli:unit>"""
    found = read_xbrl("", contexts=unit).units["u"]
    assert ([m.local for m in found.numerators], [m.local for m in found.denominators]) == (["USD"], ["shares"])
    assert found.measure is None


def test_white_space_by_type(read_xbrl: Any) -> None:
    found = read_xbrl(
        '<t:Note id="n" contextRef="y"> a\n b </t:Note><t:Line id="l" contextRef="y"> a\n b </t:Line>'
        '<t:Token id="k" contextRef="y"> a\n b </t:Token><t:Flag id="f" contextRef="y">\ttrue\n</t:Flag>'
    )
    assert values(found) == {"n": " a\n b ", "l": " a  b ", "k": "a b", "f": "true"}


def test_text_around_comments_and_cdata_is_whole(read_xbrl: Any) -> None:
    found = read_xbrl('<t:Note contextRef="y">a<!-- x -->b<![CDATA[<p>c</p>]]>&amp;<?pi?>d</t:Note>')
    assert only(found).value == "ab<p>c</p>&d"


def test_language_is_inherited_and_can_be_taken_back(read_xbrl: Any) -> None:
    found = read_xbrl(
        '<t:Note id="a" contextRef="y">x</t:Note><t:Note id="b" xml:lang="de" contextRef="y">x</t:Note>'
        '<t:Note id="c" xml:lang="" contextRef="y">x</t:Note>',
        root='xml:lang="en-US"',
    )
    assert {fact.id: fact.language for fact in found.facts} == {"a": "en-US", "b": "de", "c": None}


def test_nil_facts(read_xbrl: Any) -> None:
    found = read_xbrl(
        '<t:Cash id="a" contextRef="i" unitRef="usd" xsi:nil="true"/>'
        '<t:Cash id="b" contextRef="i" unitRef="usd" xsi:nil="1">5</t:Cash>'
        '<t:Token id="c" contextRef="y" xsi:nil="true"/>'
    )
    a, b, c = found.facts
    assert a.nil
    assert a.valid
    assert a.value == ""
    assert a.number is None
    assert a.xsi_nil == "true"
    assert b.nil
    assert not b.valid
    assert c.nil
    assert not c.valid
    assert codes(found) == ["xmlSchema:valueError", "xmlSchema:valueError"]


def test_tuples_nest(read_xbrl: Any) -> None:
    found = read_xbrl(
        '<t:Officer id="o"><t:Line contextRef="y">Ann</t:Line>'
        '<t:Officer><t:Line contextRef="y">Bob</t:Line></t:Officer></t:Officer>'
        '<t:Note contextRef="y">after</t:Note>'
    )
    outer, ann, inner, bob, after = found.facts
    assert outer.is_tuple
    assert outer.context is None
    assert outer.parent is None
    assert (ann.parent, inner.parent, bob.parent, after.parent) == (outer, outer, inner, None)
    assert [fact.index for fact in found.facts] == [0, 1, 2, 3, 4]
    assert not faults(found)


def test_fractions(read_xbrl: Any) -> None:
    found = read_xbrl(
        '<t:Share contextRef="y" unitRef="pure"><xbrli:numerator>1</xbrli:numerator>'
        "<xbrli:denominator>3</xbrli:denominator></t:Share>"
    )
    fact = only(found)
    assert (fact.numerator, fact.denominator, fact.value, fact.valid) == ("1", "3", "1/3", True)
    assert fact.is_numeric
    assert fact.number is None


def test_made_up_ids_avoid_those_there_are(read_xbrl: Any) -> None:
    found = read_xbrl('<t:Note contextRef="y">a</t:Note><t:Note id="f-0" contextRef="y">b</t:Note>')
    assert [(fact.id, fact.has_id) for fact in found.facts] == [("f-0x", False), ("f-0", True)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<t:Note id="f">x</t:Note>', "xbrl.4.6.1:itemContextRef"),
        ('<t:Note id="f" contextRef="none">x</t:Note>', "xbrl.4.6.1:itemContextRef"),
        ('<t:Cash id="f" contextRef="i" unitRef="none" decimals="0">1</t:Cash>', "xbrl.4.6.2:numericUnit"),
        ('<t:None id="f" contextRef="y">x</t:None>', "xbrl:schemaImportMissing"),
        ('<t:Cash id="f" contextRef="i" unitRef="usd" decimals="0">x</t:Cash>', "xmlSchema:valueError"),
        ('<t:Cash id="f" contextRef="i" unitRef="usd" decimals="two">1</t:Cash>', "xmlSchema:valueError"),
        ('<t:Flag id="f" contextRef="y">maybe</t:Flag>', "xmlSchema:valueError"),
        ('<t:Title id="f" contextRef="y">x</t:Title>', "xmlSchema:valueError"),
        ('<t:Note id="f" contextRef="y">a<b/>c</t:Note>', "xmlSchema:valueError"),
    ],
)
def test_faulty_facts_stay_facts(read_xbrl: Any, body: Any, code: Any) -> None:
    found = read_xbrl("\n" + body)
    assert only(found).id == "f"
    (finding,) = faults(found)
    assert (finding.code, finding.severity, finding.facts, finding.document) == (code, "error", ("f",), found.url)
    assert finding.line == only(found).line
    assert finding.element.startswith("t:")


def test_values_that_do_not_fit_their_type_are_invalid(read_xbrl: Any) -> None:
    found = read_xbrl('<t:Cash contextRef="i" unitRef="usd" decimals="0">1,000</t:Cash>')
    assert not only(found).valid
    assert only(found).value == "1,000"


def test_unknown_elements_with_children_are_tuples(read_xbrl: Any) -> None:
    found = read_xbrl('<t:Group><t:Note contextRef="y">x</t:Note></t:Group>')
    assert [fact.qname.local for fact in found.facts] == ["Group", "Note"]
    assert found.facts[1].parent is found.facts[0]
    assert codes(found) == ["xbrl:schemaImportMissing"]


def test_repeated_ids_of_contexts_and_units(read_xbrl: Any) -> None:
    unit = '<xbrli:unit id="usd"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>'
    found = read_xbrl(unit + "<xbrli:unit><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>")
    assert codes(found) == ["xml.3.3.1:idMustBeUnique", "xmlSchema:attributesRequired"]
    assert found.units["usd"].measure.local == "USD"


FOOTNOTES = """
  <link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
    <link:loc xlink:type="locator" xlink:href="#a" xlink:label="fact"/>
    <link:loc xlink:type="locator" xlink:href="#element(/1/7)" xlink:label="other"/>
    <link:footnote xlink:type="resource" xlink:label="note" xml:lang="en" id="n1"
      xlink:role="http://www.xbrl.org/2003/role/footnote">See <h:b xmlns:h="http://www.w3.org/1999/xhtml">P&amp;G</h:b>.<h:br xmlns:h="http://www.w3.org/1999/xhtml"/></link:footnote>
    <link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" xlink:from="fact" xlink:to="note" order="2"/>
    <link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" xlink:from="other" xlink:to="note"/>
    <link:footnoteArc xlink:type="arc" xlink:arcrole="http://example.org/explains" xlink:from="fact" xlink:to="other"/>
    MORE
  </link:footnoteLink>"""  # noqa: E501


def test_footnotes_and_links_between_facts(read_xbrl: Any) -> None:
    body = '<t:Note id="a" contextRef="y">x</t:Note><t:Note contextRef="y">y</t:Note>'
    found = read_xbrl(body + FOOTNOTES.replace("MORE", ""))
    first, second = found.facts
    (note,) = found.footnotes(first)
    assert (note.text, note.language, note.id) == ("See <b>P&amp;G</b>.<br/>", "en", "n1")
    assert found.footnotes(second) == (note,)
    link, explains = found.links[first]
    assert (link.order, explains.arcrole, explains.target) == (2.0, "http://example.org/explains", second)


def test_prohibited_and_dangling_footnote_arcs(read_xbrl: Any) -> None:
    more = """<link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote"
      xlink:from="fact" xlink:to="note" use="prohibited" priority="1"/>
      <link:loc xlink:type="locator" xlink:href="#gone" xlink:label="gone"/>"""
    body = '<t:Note id="a" contextRef="y">x</t:Note><t:Note contextRef="y">y</t:Note>'
    found = read_xbrl(body + FOOTNOTES.replace("MORE", more))
    assert found.footnotes(found.facts[0]) == ()
    assert len(found.footnotes(found.facts[1])) == 1
    assert codes(found) == ["xbrl.4.11.1.1:instanceLoc"]


def test_links_that_come_from_footnotes_are_told(read_xbrl: Any) -> None:
    more = """<link:footnoteArc xlink:type="arc" xlink:arcrole="http://example.org/explains"
      xlink:from="note" xlink:to="fact"/>"""
    body = '<t:Note id="a" contextRef="y">x</t:Note><t:Note contextRef="y">y</t:Note>'
    found = read_xbrl(body + FOOTNOTES.replace("MORE", more))
    (told,) = [each for each in found.findings if each.code == "recto:linkFromNote"]
    assert (told.severity, told.document) == ("warning", found.url)
    assert told.line
    assert len(found.links[found.facts[0]]) == 2


def test_references_respect_xml_base_and_are_loaded_once_each() -> None:
    wanted = []
    refs = (
        '<link:schemaRef xlink:type="simple" xlink:href="t.xsd#x"/>'
        '<link:linkbaseRef xml:base="sub/" xlink:type="simple" xlink:href="l.xml" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        '<link:roleRef roleURI="http://e.org/r" xlink:type="simple" xlink:href="roles.xsd#r"/>'
    )
    from types import SimpleNamespace

    from recto import instance
    from tests.instance.samples import BASE, Files

    def taxonomy(urls: Any) -> Any:
        wanted.append(urls)
        return SimpleNamespace(concept=lambda name: None, discovered=Findings())

    entry = SimpleNamespace(kind="xbrl", urls=(BASE + "r.xml",))
    (found,) = instance.load(entry, Files({"r.xml": xbrl("", refs=refs)}), taxonomies=taxonomy)
    assert wanted == [(BASE + "t.xsd", BASE + "sub/l.xml", BASE + "roles.xsd")]
    assert found.schema_refs == (BASE + "t.xsd", BASE + "sub/l.xml")


def test_an_instance_inside_another_document() -> None:
    text = xbrl('<t:Note contextRef="y">x</t:Note>').partition("?>")[2]
    found = load("xbrl", {"r.xml": f"<envelope>{text}</envelope>"}, "r.xml")[0]
    assert only(found).value == "x"


def test_prefixes_may_change_meaning_inside_a_document(read_xbrl: Any) -> None:
    unit = """<xbrli:unit id="u"><xbrli:measure xmlns:iso4217="urn:other">iso4217:USD</xbrli:measure></xbrli:unit>
      <xbrli:unit id="v"><xbrli:measure xmlns="urn:default">thing</xbrli:measure></xbrli:unit>
      <xbrli:unit id="w"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>"""
    units = read_xbrl("", contexts=unit).units
    assert [unit.measure.namespace for unit in units.values()] == [
        "urn:other",
        "urn:default",
        "http://www.xbrl.org/2003/iso4217",
    ]


def test_unreadable_documents_raise() -> None:
    with pytest.raises(XMLError):
        load("xbrl", {"r.xml": "no XML at all"}, "r.xml")
    with pytest.raises(NotFoundError):
        load("xbrl", {}, "r.xml")
    with pytest.raises(XMLError) as caught:
        load("xbrl", {"r.xml": "<a/>"}, "r.xml")
    assert caught.value.code == "recto:notXBRL"


def test_truncated_documents_are_read_as_far_as_they_go() -> None:
    whole = xbrl('<t:Note id="a" contextRef="y">x</t:Note><t:Note id="b" contextRef="y">y</t:Note>')
    (found,) = load("xbrl", {"r.xml": whole[: whole.index(">y<") + 1]}, "r.xml")
    assert values(found)["a"] == "x"
    assert any(code.startswith("xml:") for code in codes(found))


def test_a_schema_alone_is_an_instance_without_facts() -> None:
    (found,) = load("schema", {}, "t.xsd")
    assert found.facts == ()
    assert found.taxonomy.concept(QName(T, "Cash")) is not None


def test_no_schema_ref_is_a_finding(read_xbrl: Any) -> None:
    found = read_xbrl('<t:Note contextRef="y">x</t:Note>', refs="")
    assert codes(found) == ["xbrl.4.2:schemaRefMissing", "xbrl:schemaImportMissing"]
