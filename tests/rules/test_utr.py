"""The units registry."""

from __future__ import annotations

import pytest

from recto.rules import validate
from tests.instance.samples import BASE, CONTEXTS
from tests.rules.samples import item, load_xbrl, schema

UNIT = "<unit>{}<status>REC</status></unit>"
REGISTRY = (
    '<utr xmlns="http://www.xbrl.org/2009/utr"><units>'
    + "".join(
        UNIT.format("".join(f"<{name}>{text}</{name}>" for name, text in each.items()))
        for each in (
            {
                "unitId": "USD",
                "nsUnit": "http://www.xbrl.org/2003/iso4217",
                "itemType": "monetaryItemType",
                "nsItemType": "http://www.xbrl.org/2003/instance",
            },
            {
                "unitId": "shares",
                "nsUnit": "http://www.xbrl.org/2003/instance",
                "itemType": "sharesItemType",
                "nsItemType": "http://www.xbrl.org/2003/instance",
            },
            {
                "unitId": "PerShare",
                "itemType": "pureItemType",
                "nsItemType": "http://www.xbrl.org/2003/instance",
                "numeratorItemType": "monetaryItemType",
                "nsNumeratorItemType": "http://www.xbrl.org/2003/instance",
                "denominatorItemType": "sharesItemType",
                "nsDenominatorItemType": "http://www.xbrl.org/2003/instance",
            },
        )
    )
    + "</units></utr>"
)
DERIVED = (
    '<xs:complexType name="money"><xs:simpleContent><xs:restriction base="xbrli:monetaryItemType"/>'
    "</xs:simpleContent></xs:complexType>"
)


def measure(name: str) -> str:
    return f"<xbrli:measure>{name}</xbrli:measure>"


def divided(above: str, below: str) -> str:
    return (
        f"<xbrli:divide><xbrli:unitNumerator>{measure(above)}</xbrli:unitNumerator>"
        f"<xbrli:unitDenominator>{measure(below)}</xbrli:unitDenominator></xbrli:divide>"
    )


@pytest.mark.parametrize(
    ("type_", "unit", "fits"),
    [
        ("xbrli:monetaryItemType", measure("iso4217:USD"), True),
        ("xbrli:monetaryItemType", measure("iso4217:EUR"), False),
        ("s:money", measure("iso4217:USD"), True),
        ("s:money", measure("iso4217:EUR"), False),
        ("xbrli:sharesItemType", measure("xbrli:shares"), True),
        ("xbrli:pureItemType", divided("iso4217:USD", "xbrli:shares"), True),
        ("xbrli:pureItemType", divided("iso4217:EUR", "xbrli:shares"), False),
        ("xbrli:pureItemType", divided("xbrli:shares", "iso4217:USD"), False),
        ("xbrli:monetaryItemType", measure("iso4217:USD") + measure("iso4217:USD"), False),
        ("xbrli:decimalItemType", measure("s:anything"), True),
    ],
)
def test_units(type_: str, unit: str, fits: bool) -> None:
    contexts = f'{CONTEXTS}<xbrli:unit id="u">{unit}</xbrli:unit>'
    instance = load_xbrl(
        {"s.xsd": schema(DERIVED + item("Amount", type_)), "utr.xml": REGISTRY},
        '<s:Amount contextRef="y" unitRef="u" decimals="0">1</s:Amount>',
        contexts=contexts,
    )
    found = [each for each in validate(instance, ["utr"], utr=f"{BASE}utr.xml") if each.code.startswith("utre:")]
    assert [each.code for each in found] == ([] if fits else ["utre:error-NumericFactUtrInvalid"])
    assert all(each.line and each.facts for each in found)


def test_a_registry_that_is_not_to_be_had() -> None:
    body = '<s:Amount contextRef="y" unitRef="usd" decimals="0">1</s:Amount>'
    instance = load_xbrl({"s.xsd": schema(DERIVED + item("Amount", "s:money"))}, body)
    found = [each for each in validate(instance, ["utr"]) if each.code.startswith("utre:")]
    assert [(each.code, each.severity) for each in found] == [("utre:registryMissing", "info")]


@pytest.mark.parametrize(
    "units",
    [
        "<unit><unitId>m</unitId><nsUnit>n</nsUnit><itemType>i</itemType><status>REC</status></unit>" * 2,
        "<unit><unitId>m</unitId><nsUnit>n</nsUnit><status>REC</status></unit>",
        "<unit><unitId>m</unitId><itemType>i</itemType><numeratorItemType>a</numeratorItemType><symbol>x</symbol></unit>",
        "<unit><unitId>m</unitId><itemType>i</itemType><nsNumeratorItemType>a</nsNumeratorItemType></unit>",
        "<unit><unitId>m</unitId><nsUnit>n</nsUnit><itemType>i</itemType><denominatorItemType>a</denominatorItemType></unit>",
    ],
)
def test_a_malformed_registry(units: str) -> None:
    registry = f'<utr xmlns="http://www.xbrl.org/2009/utr"><units>{units}</units></utr>'
    body = '<s:Amount contextRef="y" unitRef="usd" decimals="0">1</s:Amount>'
    instance = load_xbrl({"s.xsd": schema(DERIVED + item("Amount", "s:money")), "utr.xml": registry}, body)
    found = [each for each in validate(instance, ["utr"], utr=f"{BASE}utr.xml") if each.document == f"{BASE}utr.xml"]
    assert [(each.code, each.severity) for each in found] == [("recto:malformedRegistry", "error")]
