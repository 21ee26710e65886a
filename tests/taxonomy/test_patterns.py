"""Character classes of XML Schema's regular expressions."""

from __future__ import annotations

from recto.taxonomy import patterns


def test_the_short_way_to_decimal_digits_finds_all_of_them():
    assert patterns._multi("d") == patterns._property("Nd")
