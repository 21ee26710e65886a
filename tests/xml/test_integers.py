"""Numbers with thousands of digits, which Python does not read, and digits that are no digits of XML."""

from __future__ import annotations

from typing import Any

import pytest

from recto.names import QName
from recto.taxonomy.automaton import quantity
from recto.taxonomy.model import DataType
from recto.taxonomy.values import check
from recto.xml.integers import integer, natural

MANY = "9" * 5000


def test_integers() -> None:
    assert integer(" -12 ") == -12
    assert integer(MANY) > 10**3999
    assert integer("-" + MANY) < -(10**3999)
    for text in ("", "x", "1" * 5000 + "x", "--1"):
        with pytest.raises(ValueError, match="invalid literal"):
            integer(text)
    assert [natural(text) for text in ("7", "+7", "¹", "", "٣")] == [7, None, None, None, None]


@pytest.mark.parametrize("base", "gYear gYearMonth date dateTime duration decimal integer byte".split())
@pytest.mark.parametrize(
    "facets",
    [{}, {"length": MANY}, {"length": "¹"}, {"totalDigits": MANY}, {"totalDigits": "²"}, {"minInclusive": MANY}],
)
@pytest.mark.parametrize(
    "text", [MANY, f"{MANY}-01-01", f"{MANY}-01", f"{MANY}-01-01T00:00:00", f"P{MANY}Y{MANY}M{MANY}D", f"PT{MANY}H"]
)
def test_values_and_facets(base: Any, facets: Any, text: Any) -> None:
    why = check(DataType(QName("urn:x", "t"), None, base, (), facets), text)
    assert why is None or why


def test_quantifiers() -> None:
    assert quantity("{2,3}") == (2, 3)
    least, most = quantity("{" + MANY + "}")
    assert least == most
    assert least > 10**3999
