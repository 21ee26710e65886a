"""What is written as xBRL-XML reads back as the same facts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from recto.instance import Fact, Instance, TypedMember
from recto.instance.write_xml import to_xml
from tests.instance.samples import CONTEXTS, faults, inline, load, xbrl


def aspects(found: Instance, fact: Fact) -> tuple:
    """Everything that a fact says, without the identity of its context and unit."""
    context, unit = fact.context, fact.unit
    return (
        fact.qname,
        None
        if context is None
        else (
            context.scheme,
            context.identifier,
            context.period,
            frozenset(
                (axis, (m.element, m.values, m.nil) if isinstance(m, TypedMember) else m)
                for axis, m in context.dimensions.items()
            ),
            context.segment_other,
            context.scenario_other,
        ),
        None if unit is None else (Counter(unit.numerators) == Counter(), tuple(sorted(unit.numerators))),
        None if unit is None else tuple(sorted(unit.denominators)),
        fact.value,
        fact.nil,
        None if fact.nil else (fact.decimals, fact.precision),
        fact.language if fact.unit is None else None,
        (fact.numerator, fact.denominator),
        aspects(found, fact.parent) if fact.parent is not None else None,
        tuple(
            (link.arcrole, link.link_role, link.order)
            + ((link.target.qname,) if isinstance(link.target, Fact) else (link.target.text, link.target.language))
            for link in found.links.get(fact, ())
        ),
    )


def round_trip(found: Instance) -> Instance:
    (again,) = load("xbrl", {"again.xml": to_xml(found)}, "again.xml")
    assert [aspects(again, fact) for fact in again.facts] == [aspects(found, fact) for fact in found.facts]
    assert not faults(again)
    assert again.schema_refs == found.schema_refs
    return again


def test_everything_that_an_instance_holds(read_xbrl: Any) -> None:
    context = """<xbrli:context id="d"><xbrli:entity><xbrli:identifier scheme="s &amp; t">e&lt;</xbrli:identifier>
      <xbrli:segment><xbrldi:explicitMember dimension="t:RegionAxis">t:Europe</xbrldi:explicitMember>
      <x:other xmlns:x="urn:x">text</x:other></xbrli:segment></xbrli:entity>
      <xbrli:period><xbrli:startDate>2024-01-01T08:00:00Z</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>
      </xbrli:period><xbrli:scenario><xbrldi:typedMember dimension="t:PlanAxis"><t:plan>A &amp; B</t:plan>
      </xbrldi:typedMember></xbrli:scenario></xbrli:context>
      <xbrli:context id="e"><xbrli:entity><xbrli:identifier scheme="s">e</xbrli:identifier></xbrli:entity>
      <xbrli:period><xbrli:forever/></xbrli:period></xbrli:context>
      <xbrli:unit id="eps"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure>
      </xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure>
      </xbrli:unitDenominator></xbrli:divide></xbrli:unit>"""
    body = """<t:Cash contextRef="d" unitRef="eps" decimals="INF">1.50</t:Cash>
      <t:Cash id="c2" contextRef="e" unitRef="usd" precision="4">7</t:Cash>
      <t:Cash contextRef="i" unitRef="usd" xsi:nil="true"/>
      <t:Note id="n" contextRef="d" xml:lang="de">a &lt;p&gt;b&amp;amp;&lt;/p&gt;&#13;
      c</t:Note><t:Note contextRef="y">x</t:Note><t:Note contextRef="y" xml:lang="">y</t:Note>
      <t:Officer><t:Line contextRef="y">Ann</t:Line><t:Officer xsi:nil="true"/></t:Officer>
      <t:Share contextRef="y" unitRef="pure"><xbrli:numerator>1</xbrli:numerator>
      <xbrli:denominator>3</xbrli:denominator></t:Share>
      <t:Name contextRef="y">t:Cash</t:Name>
      <link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
      <link:loc xlink:type="locator" xlink:href="#n" xlink:label="n"/><link:loc xlink:type="locator" xlink:href="#c2"
        xlink:label="c"/>
      <link:footnote xlink:type="resource" xlink:label="f" xml:lang="en" xlink:role="http://www.xbrl.org/2003/role/footnote"
        >See <b xmlns="http://www.w3.org/1999/xhtml" class="x">P&amp;G</b></link:footnote>
      <link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" xlink:from="n"
        xlink:to="f" order="3"/>
      <link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" xlink:from="c"
        xlink:to="n"/></link:footnoteLink>"""
    found = read_xbrl(body, contexts=CONTEXTS + context, root='xml:lang="en"')
    assert not faults(found)
    again = round_trip(found)
    assert [fact.id for fact in again.facts if fact.has_id] == ["c2", "n"]


def test_extraction_of_an_inline_document() -> None:
    hidden = '<ix:nonNumeric name="t:Token" contextRef="y"> a  b </ix:nonNumeric>'
    body = (
        '<ix:nonNumeric id="s" name="t:Note" contextRef="y" escape="true" continuedAt="c"><p>a &amp; b<br/></p>'
        '<ix:nonFraction id="n" name="t:Sales" contextRef="y" unitRef="usd" decimals="-6" scale="6" sign="-">5'
        '</ix:nonFraction></ix:nonNumeric><ix:continuation id="c"><td/></ix:continuation>'
        '<ix:footnote id="f" xml:lang="fr">pourquoi <i>pas</i></ix:footnote>'
    )
    resources = CONTEXTS + '<ix:relationship fromRefs="n" toRefs="f s"/>'
    (found,) = load("inline", {"r.htm": inline(body, hidden=hidden, resources=resources)}, "r.htm")
    again = round_trip_of_inline(found)
    assert again.by_id["s"].value == "<p>a &amp; b<br/></p>5<td></td>"
    assert again.by_id["n"].value == "-5000000"


def round_trip_of_inline(found: Instance) -> Instance:
    (again,) = load("xbrl", {"again.xml": to_xml(found)}, "again.xml")
    assert [aspects(again, fact) for fact in again.facts] == [aspects(found, fact) for fact in found.facts]
    return again


def test_references_beside_the_instance_are_relative(read_xbrl: Any) -> None:
    text = to_xml(read_xbrl("")).decode()
    assert 'xlink:href="t.xsd"' in text
    elsewhere = to_xml(read_xbrl(""), base="https://other.example/x/r.xml").decode()
    assert 'xlink:href="https://example.org/filing/t.xsd"' in elsewhere


def test_an_instance_without_facts(read_xbrl: Any) -> None:
    assert round_trip(read_xbrl("")).facts == ()
    assert xbrl("").count("xbrli:context") == CONTEXTS.count("xbrli:context")
