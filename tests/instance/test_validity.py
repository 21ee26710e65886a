"""Invalid means no value: the fact is kept and marked, and is part of nothing that presupposes what is not known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.instance.samples import CONTEXTS

DIMENSION = """
  <xbrli:context id="d"><xbrli:entity><xbrli:identifier scheme="s">e</xbrli:identifier>
    <xbrli:segment>{}</xbrli:segment></xbrli:entity>
    <xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>"""
CASH = '<t:Cash contextRef="{}" unitRef="{}" {}>{}</t:Cash>'


@pytest.mark.parametrize(
    ("fact", "more", "valid"),
    [
        (CASH.format("i", "usd", 'decimals="0"', "5"), "", True),
        (CASH.format("i", "usd", 'decimals="INF"', "5"), "", True),
        (CASH.format("i", "usd", 'precision="3"', "5"), "", True),
        (CASH.format("i", "usd", 'decimals="0"', "five"), "", False),
        (CASH.format("i", "usd", 'decimals="x"', "5"), "", False),
        (CASH.format("i", "usd", 'precision="1.5"', "5"), "", False),
        (CASH.format("i", "usd", "", "5"), "", False),
        (CASH.format("i", "none", 'decimals="0"', "5"), "", False),
        (CASH.format("none", "usd", 'decimals="0"', "5"), "", False),
        ('<t:Cash contextRef="i" decimals="0">5</t:Cash>', "", False),
        ('<t:Cash contextRef="i" unitRef="usd" xsi:nil="true"/>', "", True),
        ('<t:Note contextRef="i">5</t:Note>', "", True),
        (
            CASH.format("i", "odd", 'decimals="0"', "5"),
            '<xbrli:unit id="odd"><xbrli:measure>zz:USD</xbrli:measure></xbrli:unit>',
            False,
        ),
        (
            CASH.format("d", "usd", 'decimals="0"', "5"),
            DIMENSION.format('<xbrldi:explicitMember dimension="t:RegionAxis">t:Europe</xbrldi:explicitMember>'),
            True,
        ),
        (
            CASH.format("d", "usd", 'decimals="0"', "5"),
            DIMENSION.format('<xbrldi:explicitMember dimension="t:RegionAxis">zz:Europe</xbrldi:explicitMember>'),
            False,
        ),
        (
            CASH.format("d", "usd", 'decimals="0"', "5"),
            DIMENSION.format('<xbrldi:explicitMember dimension="zz:RegionAxis">t:Europe</xbrldi:explicitMember>'),
            False,
        ),
        (CASH.format("i", "usd", 'decimals="0" precision="3"', "5"), "", False),
        (
            CASH.format("d", "usd", 'decimals="0"', "5"),
            DIMENSION.format('<xbrldi:typedMember dimension="t:PlanAxis"/>'),
            False,
        ),
        (
            CASH.format("d", "usd", 'decimals="0"', "5"),
            DIMENSION.format(
                '<xbrldi:typedMember dimension="t:PlanAxis"><t:plan>a</t:plan><t:plan>b</t:plan></xbrldi:typedMember>'
            ),
            False,
        ),
        (
            CASH.format("d", "usd", 'decimals="0"', "5"),
            DIMENSION.format('<xbrldi:typedMember dimension="t:RegionAxis"><t:plan>a</t:plan></xbrldi:typedMember>'),
            False,
        ),
        (
            CASH.format("d", "usd", 'decimals="0"', "5"),
            DIMENSION.format('<xbrldi:typedMember dimension="t:PlanAxis"><t:other/></xbrldi:typedMember>'),
            False,
        ),
        (
            CASH.format("d", "usd", 'decimals="0"', "5"),
            DIMENSION.format('<xbrldi:explicitMember dimension="t:Cash">t:Europe</xbrldi:explicitMember>'),
            False,
        ),
    ],
)
def test_what_cannot_be_established(read_xbrl: Any, fact: Any, more: Any, valid: Any) -> None:
    found = read_xbrl(fact, contexts=CONTEXTS + more)
    (only,) = found.facts
    assert only.valid is valid
    numeric = valid and only.is_numeric and not only.nil
    assert only.number == (Decimal(5) if numeric else None)
    assert ("invalid" in repr(only)) is not valid


def test_a_failed_transformation_leaves_no_value(read_inline: Any) -> None:
    (fact,) = read_inline(
        '<ix:nonFraction name="t:Cash" contextRef="i" unitRef="usd" decimals="-6" scale="6" sign="-"'
        ' format="ixt:num-comma-decimals">1.234</ix:nonFraction>'
    ).facts
    assert (fact.valid, fact.has_value, fact.number) == (False, False, None)


@pytest.mark.parametrize("sign", ["+", "", " -", "−"])
def test_a_sign_that_is_none_leaves_no_value(read_inline: Any, sign: str) -> None:
    (fact,) = read_inline(
        f'<ix:nonFraction name="t:Cash" contextRef="i" unitRef="usd" decimals="0" sign="{sign}">5</ix:nonFraction>'
    ).facts
    assert (fact.valid, fact.number) == (False, None)


@pytest.mark.parametrize("content", ["2.0", "2.", "2.00"])
@pytest.mark.parametrize(("scale", "value"), [("", "2"), ('scale="6"', "2000000")])
def test_whole_numbers_have_no_fraction(content: Any, scale: Any, value: Any) -> None:
    from tests.instance.samples import SCHEMA, inline, load

    schema = SCHEMA.replace('"xbrli:pureItemType"', '"xbrli:nonNegativeIntegerItemType"')
    body = (
        f'<ix:nonFraction name="t:Ratio" contextRef="y" unitRef="pure" decimals="0" {scale}>{content}</ix:nonFraction>'
    )
    (found,) = load("inline", {"r.htm": inline(body), "t.xsd": schema}, "r.htm")
    (fact,) = found.facts
    assert (fact.value, fact.valid) == (value, True)


FRACTION = (
    '<t:Share contextRef="y" unitRef="pure"><xbrli:numerator>{}</xbrli:numerator>'
    "<xbrli:denominator>{}</xbrli:denominator></t:Share>"
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "valid"),
    [
        ("1", "3", True),
        ("-0.5", "+.25", True),
        ("0", "7", True),
        ("1", "0", False),
        ("1", "-0.00", False),
        ("x", "3", False),
        ("", "3", False),
        ("1", "", False),
        ("1e5", "3", False),
        ("INF", "3", False),
    ],
)
def test_terms_of_fractions(read_xbrl: Any, read_inline: Any, numerator: str, denominator: str, valid: bool) -> None:
    found = read_xbrl(FRACTION.format(numerator, denominator))
    assert [fact.valid for fact in found.facts] == [valid]
    body = (
        '<ix:fraction name="t:Share" contextRef="y" unitRef="pure"><ix:numerator>{}</ix:numerator>'
        "<ix:denominator>{}</ix:denominator></ix:fraction>"
    )
    if numerator.startswith("-") or denominator.startswith(("-", "+")) or "e" in numerator:
        return  # Inline XBRL says signs by an attribute, and takes any number that is not negative
    found = read_inline(body.format(numerator, denominator))
    assert [fact.valid for fact in found.facts] == [valid]
    assert bool(found.findings) is not valid


@pytest.mark.parametrize(
    "chain",
    [
        "",
        '<ix:continuation id="c" continuedAt="d">two</ix:continuation>',
        '<ix:continuation id="c" continuedAt="c">two</ix:continuation>',
        '<ix:continuation id="c" continuedAt="d">two</ix:continuation><ix:continuation id="d" continuedAt="c"/>',
    ],
)
def test_a_text_whose_continuation_is_not_known_is_not_known(read_inline: Any, chain: str) -> None:
    text = '<ix:nonNumeric name="t:Note" contextRef="y" continuedAt="c">one</ix:nonNumeric>'
    found = read_inline(text + chain)
    assert [fact.valid for fact in found.facts] == [False]
    assert any(each.severity == "error" for each in found.findings)
    whole = read_inline(text + '<ix:continuation id="c">two</ix:continuation>')
    assert [(fact.value, fact.valid) for fact in whole.facts] == [("onetwo", True)]
