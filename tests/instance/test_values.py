"""Typed values, members with defaults."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from recto.instance import enumeration_members, member_of, typed_value
from recto.names import ENUM2, QName
from recto.taxonomy.model import DataType


@pytest.mark.parametrize(
    ("element", "text", "value"),
    [
        ("Flag", "1", True),
        ("Flag", "false", False),
        ("Flag", "maybe", None),
        ("Day", "2024-02-29", date(2024, 2, 29)),
        ("Day", "2024-02-30", None),
        ("Moment", "2024-02-29T24:00:00", datetime(2024, 3, 1)),
        ("Moment", "2024-02-29T10:00:00-05:30", datetime(2024, 2, 29, 10, tzinfo=timezone(-timedelta(hours=5.5)))),
        ("Name", "t:Cash", QName("https://example.org/t", "Cash")),
        ("Note", " text ", " text "),
    ],
)
def test_values_by_type(read_xbrl: Any, element: Any, text: Any, value: Any) -> None:
    found = read_xbrl(f'<t:{element} contextRef="y">{text}</t:{element}>')
    assert typed_value(found.facts[0], found.prefixes) == value


def test_numbers_are_exact(read_xbrl: Any) -> None:
    found = read_xbrl(
        '<t:Cash contextRef="i" unitRef="usd" decimals="INF">0.1000000000000000000000000000000000001</t:Cash>'
        '<t:Cash contextRef="i" unitRef="usd" xsi:nil="true"/><t:Cash contextRef="i" unitRef="usd">x</t:Cash>'
    )
    assert [typed_value(fact) for fact in found.facts] == [
        Decimal("0.1000000000000000000000000000000000001"),
        None,
        None,
    ]
    assert found.facts[0].decimals == "INF"


def test_enumeration_sets_name_members() -> None:
    set_type = DataType(QName(ENUM2, "enumerationSetItemType"), None, "string")
    concept = SimpleNamespace(type=DataType(QName("urn:x", "own"), set_type, "string"))
    fact = SimpleNamespace(
        concept=concept, value="urn:a#One urn:b#Two", nil=False, valid=True, is_tuple=False, is_numeric=False
    )
    names = (QName("urn:a", "One"), QName("urn:b", "Two"))
    assert enumeration_members(fact) == names
    assert typed_value(fact) == names


def test_members_fall_back_to_the_default(read_xbrl: Any) -> None:
    found = read_xbrl('<t:Note contextRef="y">x</t:Note>')
    axis, europe = QName("https://example.org/t", "RegionAxis"), QName("https://example.org/t", "Europe")
    assert member_of(found, found.facts[0], axis) is None
    taxonomy = SimpleNamespace(concept=lambda name: name, default_member=lambda concept: SimpleNamespace(qname=europe))
    assert member_of(SimpleNamespace(taxonomy=taxonomy), found.facts[0], axis) is europe
