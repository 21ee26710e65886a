"""Damaged instances are read as far as they go, or refused with a RectoError: never anything else."""

from __future__ import annotations

import random
from typing import Any

import pytest
from lxml import etree

from recto.errors import RectoError
from recto.instance import ancestors, typed_value
from recto.instance.write_xml import to_xml
from tests.instance.samples import CONTEXTS, inline, load, xbrl

FOOTNOTE_LINK = """<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
  <link:loc xlink:type="locator" xlink:href="#n" xlink:label="n"/>
  <link:footnote xlink:type="resource" xlink:label="f" xml:lang="en">See <b xmlns="http://www.w3.org/1999/xhtml">x</b>
  </link:footnote><link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote"
  xlink:from="n" xlink:to="f"/></link:footnoteLink>"""
MORE = """<xbrli:context id="d"><xbrli:entity><xbrli:identifier scheme="s">e</xbrli:identifier><xbrli:segment>
  <xbrldi:explicitMember dimension="t:RegionAxis">t:Europe</xbrldi:explicitMember>
  <xbrldi:typedMember dimension="t:PlanAxis"><t:plan>A</t:plan></xbrldi:typedMember></xbrli:segment></xbrli:entity>
  <xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period>
  </xbrli:context><xbrli:unit id="e"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure>
  </xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator>
  </xbrli:divide></xbrli:unit>"""
PLAIN = xbrl(
    '<t:Note id="n" contextRef="d">x</t:Note><t:Cash contextRef="i" unitRef="e" decimals="-3">5</t:Cash>'
    '<t:Officer><t:Line contextRef="y">Ann</t:Line></t:Officer><t:Share contextRef="y" unitRef="pure">'
    "<xbrli:numerator>1</xbrli:numerator><xbrli:denominator>3</xbrli:denominator></t:Share>" + FOOTNOTE_LINK,
    contexts=CONTEXTS + MORE,
)
INLINE = inline(
    '<ix:nonNumeric id="n" name="t:Note" contextRef="d" escape="true" continuedAt="c"><p>a<br/></p>'
    '<ix:nonFraction id="s" name="t:Sales" contextRef="y" unitRef="usd" decimals="-6" scale="6" sign="-" '
    'format="ixt:num-dot-decimal">5</ix:nonFraction></ix:nonNumeric>'
    '<ix:continuation id="c"><ix:exclude>x</ix:exclude></ix:continuation><ix:tuple tupleID="o" name="t:Officer">'
    '<ix:nonNumeric name="t:Line" contextRef="y" order="1" tupleRef="o">a</ix:nonNumeric></ix:tuple>'
    '<ix:fraction name="t:Share" contextRef="y" unitRef="pure"><ix:numerator>1</ix:numerator>'
    '<ix:denominator>2</ix:denominator></ix:fraction><ix:footnote id="f" xml:lang="fr">why</ix:footnote>',
    resources=CONTEXTS + MORE + '<ix:relationship fromRefs="n s" toRefs="f"/>',
    hidden='<ix:nonNumeric name="t:Flag" contextRef="y">true</ix:nonNumeric>',
)
JUNK = (
    "",
    " ",
    "n",
    "#",
    "t:",
    ":x",
    "none:x",
    "true",
    "-9999999999",
    "http://[",
    "\U0001f600",
    "2024-13-45",
    "1e9999",
)


def _damaged(source: str, seed: int) -> str:
    """A document with a few random faults: attributes lost or spoilt, elements lost, moved, renamed or repeated."""
    chance = random.Random(seed)
    root = etree.fromstring(source.encode())
    for _ in range(chance.randint(1, 6)):
        elements = list(root.iter())[1:]
        if not elements:
            break
        element = chance.choice(elements)
        fault = chance.randrange(6)
        if fault == 0 and element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        elif fault == 1 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(JUNK))
        elif fault == 2:
            element.text = chance.choice(JUNK)
        elif fault == 3:
            element.tag = chance.choice(elements).tag
        elif fault == 4:
            target = chance.choice(elements)
            if target is not element and element not in target.iterancestors():
                target.append(element)
        elif element.getparent() is not None:
            element.getparent().remove(element)
    return etree.tostring(root).decode()


@pytest.mark.parametrize(("kind", "source"), [("xbrl", PLAIN), ("inline", INLINE)])
def test_damaged_documents(kind: Any, source: Any) -> None:
    for seed in range(400):
        try:
            found = load(kind, {"r.xml": _damaged(source, seed)}, "r.xml")
        except RectoError:
            continue
        for each in found:
            for fact in each.facts:
                typed_value(fact, each.prefixes)
                ancestors(each, fact)
                assert fact.parent is None or fact.parent.index < fact.index
            etree.fromstring(to_xml(each))
