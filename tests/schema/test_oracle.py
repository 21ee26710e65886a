"""Simple types and their facets against another schema processor: random types, random values, one verdict."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from recto.names import QName
from recto.taxonomy.values import check
from tests.taxonomy.samples import load

xmlschema = pytest.importorskip("xmlschema")

HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"'
    ' elementFormDefault="qualified">'
)
WHOLE = ("integer", "nonNegativeInteger", "positiveInteger", "negativeInteger", "long", "int", "short", "byte",
         "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "nonPositiveInteger")  # fmt: skip
TEXTS = ("string", "normalizedString", "token", "NCName", "Name", "NMTOKEN", "language")
OTHERS = ("boolean", "decimal", "float", "double", "date", "dateTime", "time", "gYear", "gYearMonth", "gMonth",
          "gMonthDay", "gDay", "hexBinary", "base64Binary", "duration")  # fmt: skip
VALUES: dict[str, list[str]] = {
    "boolean": ["true", "false", "0", "1", "TRUE", "yes"],
    "decimal": ["0", "-0", "1.50", "+.5", "5.", "-12.345", "1e3", "INF", "000.10", "."],
    "float": ["1e3", "-INF", "INF", "NaN", "1.5E-2", "+INF", "0", "infinity", "1e"],
    "date": ["2024-02-29", "2023-02-29", "2024-02-28Z", "2024-1-1", "0001-01-01", "0000-01-01", "2024-12-31+14:00"],
    "dateTime": ["2024-12-31T24:00:00", "2024-06-30T23:59:59.5-05:00", "2024-12-31", "2024-12-31T23:59:60"],
    "time": ["00:00:00", "24:00:00", "24:00:01", "12:30:00.25Z", "12:30"],
    "gYear": ["2024", "0099", "99", "2023Z"],
    "gYearMonth": ["2024-12", "2024-13"],
    "gMonth": ["--12", "--13", "12"],
    "gMonthDay": ["--02-29", "--02-30", "--2-1"],
    "gDay": ["---31", "---32", "31"],
    "hexBinary": ["", "0aF1", "abc", "0A", "zz"],
    "duration": ["P1M", "P30D", "P31D", "PT0S", "-P1Y", "P12M", "P1Y", "PT24H", "P1D", "PT0.5S", "P1S"],
    "base64Binary": ["", "QUJD", "QUI=", "QQ==", "QQ=", "Q-=="],
}
NUMBERS = ["0", "1", "-1", "007", "+5", "127", "128", "-128", "-129", "255", "256", "65536", "1.0", "9" * 19, "", "x"]
WORDS = ["", "a", "ab", "a b", " a  b ", "a\tb", "A1", "en", "en-US", "x:y", "-", "abcdefgh", "é", "a\nb", "1"]
PATTERNS = ["a*", "[a-z]+", r"\d{1,3}", r"[^b]*", "a|b|ab", r"[a-z0-9]+( [a-z]+)?", r"[\-+]?[0-9]+(\.[0-9]+)?",
            r"\i\c*", r"\p{Lu}?\p{Ll}*", r"[a-z-[b]]*", r".{2,4}", r"(ab?)*", r"\S*", r"\p{IsBasicLatin}*"]  # fmt: skip
SMALL = st.integers(0, 4).map(str)


def values(base: str) -> list[str]:
    if base in WHOLE:
        return NUMBERS
    if base in TEXTS:
        return WORDS
    return VALUES["float" if base == "double" else base]


@st.composite
def facets(draw: st.DrawFn, base: str, *, listed: bool = False) -> str:
    """Facets that may go with a type; some combinations are none that a schema may have."""
    found = []
    for _ in range(draw(st.integers(0, 2))):
        kinds = ["pattern", "enumeration"]
        if listed or base in TEXTS or base in ("hexBinary", "base64Binary"):
            kinds += ["length", "minLength", "maxLength"]
        if not listed and (base in WHOLE or base == "decimal"):
            kinds += ["totalDigits", "fractionDigits", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive"]
        if not listed and base in ("float", "date", "gYear", "dateTime"):
            kinds += ["minInclusive", "maxExclusive"]
        if not listed and base in TEXTS[:3]:
            kinds += ["whiteSpace"]
        kind = draw(st.sampled_from(kinds))
        if kind == "pattern":
            value = draw(st.sampled_from(PATTERNS))
        elif kind == "whiteSpace":
            value = draw(st.sampled_from(("preserve", "replace", "collapse")))
        elif kind in ("length", "minLength", "maxLength", "totalDigits", "fractionDigits"):
            value = draw(SMALL)
        else:
            value = draw(st.sampled_from(values(base)))
            if listed and kind == "enumeration":
                value = f"{value} {draw(st.sampled_from(values(base)))}"
        found.append(f'<xs:{kind} value="{escaped(value)}"/>')
    return "".join(found)


def escaped(text: str) -> str:
    for plain, entity in (("&", "&amp;"), ("<", "&lt;"), ("\t", "&#9;"), ("\n", "&#10;")):
        text = text.replace(plain, entity)
    return text


@st.composite
def types(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Named simple types, the last called `t`, and the built-in types that they are made of."""
    made: list[tuple[str, str, bool]] = []
    bases: list[str] = []
    body = ""
    for number in range(draw(st.integers(1, 3))):
        name = f"n{number}"
        kind = draw(st.sampled_from(("restriction", "restriction", "list", "union")))
        if kind == "union" and made:
            base = draw(st.sampled_from((*WHOLE[:3], *TEXTS, *OTHERS)))
            bases.append(base)
            body += f'<xs:simpleType name="{name}"><xs:union memberTypes="t:{made[-1][0]} xs:{base}"/></xs:simpleType>'
            made.append((name, base, True))
            continue
        if made and draw(st.booleans()):
            before, base, listed = made[-1]
            of = f"t:{before}"
        else:
            base = draw(st.sampled_from((*WHOLE, *TEXTS, *OTHERS)))
            of, listed = f"xs:{base}", False
            bases.append(base)
        if kind == "list" and not listed:
            body += f'<xs:simpleType name="{name}"><xs:list itemType="{of}"/></xs:simpleType>'
            made.append((name, base, True))
        else:
            inner = draw(facets(base, listed=listed))
            body += f'<xs:simpleType name="{name}"><xs:restriction base="{of}">{inner}</xs:restriction></xs:simpleType>'
            made.append((name, base, listed))
    return f'{body}<xs:element name="v" id="t_v" type="t:{made[-1][0]}"/>', bases


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(types(), st.data())
def test_values_of_random_types(made: tuple[str, list[str]], data: st.DataObject) -> None:
    body, bases = made
    schema = f"{HEAD}{body}</xs:schema>"
    try:
        other = xmlschema.XMLSchema(schema)
    except xmlschema.XMLSchemaException:
        assume(False)
        return
    concept = load({"t.xsd": schema}, "t.xsd").concept(QName("urn:t", "v"))
    assert concept is not None
    assert concept.type is not None
    pool = [value for base in bases for value in values(base)]
    for _ in range(8):
        text = data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3).map(" ".join) | st.sampled_from(pool))
        if "decimal" in bases and " " in text:
            continue  # the other one takes "0 0" for a decimal number
        document = f'<v xmlns="urn:t">{escaped(text)}</v>'
        try:
            expected = other.is_valid(document)
        except OverflowError:
            continue  # years beyond its bounds
        fault = check(concept.type, text, namespaces={})
        assert (fault is None) == expected, (body, text, fault)
