"""Values against simple types."""

from __future__ import annotations

import pytest

from recto.names import QName
from recto.taxonomy.model import DataType
from recto.taxonomy.ordering import comparable, compare
from recto.taxonomy.patterns import PatternError, compile_pattern
from recto.taxonomy.values import check, check_built_in, white_space

VALID = {
    "decimal": ["1", "-1.5", "+.5", "1.", " 12 "],
    "integer": ["0", "-0", "+7"],
    "byte": ["-128", "127"],
    "float": ["1e3", "-INF", "NaN", "1.5E-2"],
    "boolean": ["true", "0"],
    "date": ["2024-02-29", "2024-02-28Z", "-0044-03-15", "12024-01-01+14:00"],
    "dateTime": ["2024-12-31T24:00:00", "2024-12-31T23:59:59.5-05:00"],
    "time": ["00:00:00", "24:00:00"],
    "gMonthDay": ["--02-29"],
    "gDay": ["---31"],
    "duration": ["P1Y", "-PT0.5S", "P1Y2M3DT4H5M6S"],
    "hexBinary": ["", "0aF1"],
    "base64Binary": ["", "QUJD", "QUI=", "QQ=="],
    "language": ["en", "en-US"],
    "NCName": ["a", "_b.c-1", "\xe9t\xe9"],
    "QName": ["a:b", "b"],
    "anyURI": ["", "a b", "http://example.com/a#b", "\xe9.xsd"],
    "NMTOKENS": ["1 2 a:b"],
}
INVALID = {
    "decimal": ["", "1e3", "INF", "1,0", "\uff11"],
    "integer": ["1.0", "--1"],
    "byte": ["128"],
    "positiveInteger": ["0"],
    "float": ["+INF", "1e", "nan"],
    "boolean": ["True", "yes"],
    "date": ["2023-02-29", "2024-13-01", "24-01-01", "0000-01-01", "2024-01-01+14:30", "02024-01-01"],
    "dateTime": ["2024-01-01", "2024-01-01T24:00:01", "2024-01-01T25:00:00"],
    "gMonthDay": ["--02-30"],
    "duration": ["P", "PT", "P1S", "1Y"],
    "hexBinary": ["abc"],
    "base64Binary": ["QQ=", "QUJ", "Q-=="],
    "language": ["en_US", "toolonglang"],
    "NCName": ["a:b", "1a", ""],
    "QName": ["a:b:c", ":a"],
    "anyURI": ["a#b#c", "100%"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in VALID.items() for text in texts])
def test_valid_built_in(name: str, text: str) -> None:
    assert check_built_in(name, text) is None


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in INVALID.items() for text in texts])
def test_invalid_built_in(name: str, text: str) -> None:
    assert check_built_in(name, text)


def simple(base: str, *, parent: DataType | None = None, **facets: str) -> DataType:
    listed = tuple(facets.pop("enumeration", "").split("|")) if "enumeration" in facets else ()
    return DataType(QName("urn:x", "t"), parent, base, listed, facets)


def test_prefix_must_be_bound() -> None:
    type_ = simple("QName")
    assert check(type_, "a:b", namespaces={"a": "urn:a"}) is None
    assert check(type_, "a:b", namespaces={}) is not None
    assert check(type_, "a:b") is None


@pytest.mark.parametrize(
    ("base", "facets", "good", "bad"),
    [
        ("string", {"minLength": "2", "maxLength": "3"}, ["ab", "abc"], ["a", "abcd"]),
        ("token", {"length": "3"}, ["abc", " abc "], ["ab"]),
        ("decimal", {"totalDigits": "4", "fractionDigits": "2"}, ["12.34", "0012.340"], ["1.234", "12345"]),
        ("decimal", {"minInclusive": "0", "maxExclusive": "1"}, ["0", "0.99"], ["-0.1", "1.0"]),
        ("integer", {"enumeration": "1|2"}, ["1", "02"], ["3"]),
        ("token", {"enumeration": "red|green"}, ["red"], ["Red"]),
        ("date", {"minInclusive": "2000-01-01"}, ["2000-01-01"], ["1999-12-31"]),
        ("dateTime", {"maxInclusive": "2000-01-01T00:00:00Z"}, ["2000-01-01T01:00:00+02:00"], ["2000-01-01T00:00:01Z"]),
        ("duration", {"maxInclusive": "P1Y"}, ["P11M"], ["P2Y"]),
        ("token", {"pattern": "[A-Z]{2}\n\\d+"}, ["AB", "12"], ["A1", "AB1"]),
        ("hexBinary", {"length": "2"}, ["00ff"], ["00"]),
        ("NMTOKENS", {"maxLength": "2"}, ["a b"], ["a b c"]),
    ],
)
def test_facets(base: str, facets: dict[str, str], good: list[str], bad: list[str]) -> None:
    type_ = simple(base, **facets)
    assert [text for text in good if check(type_, text)] == []
    assert [text for text in bad if not check(type_, text)] == []


def test_facets_of_ancestors_hold_too() -> None:
    parent = simple("decimal", minInclusive="0")
    child = simple("decimal", parent=parent, maxInclusive="10")
    assert check(child, "5") is None
    assert check(child, "-1") is not None
    assert check(child, "11") is not None


def test_union_and_list() -> None:
    numbers, words = simple("integer"), simple("token", enumeration="all|none")
    union = DataType(QName("urn:x", "u"), None, "", members=(numbers, words))
    assert check(union, "12") is None
    assert check(union, "none") is None
    assert check(union, "some") is not None
    several = DataType(QName("urn:x", "l"), None, "", item=union)
    assert check(several, "1 none  2") is None
    assert check(several, "1 some") is not None


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("a^b$", ["a^b$"], ["ab"]),
        ("[a-z-[aeiou]]+", ["xyz"], ["xaz"]),
        (r"\i\c*", ["_a-1"], ["1a"]),
        (r"\p{Lu}\P{Lu}", ["Aa"], ["AA"]),
        (r"\p{IsGreek}+", ["\u03b1"], ["a"]),
        (r"[\p{Nd}\-]+", ["1-2"], ["a"]),
        (r"[^\s]+", ["ab"], ["a b"]),
        (r"\w+", ["a+"], ["a-b"]),
        ("(ab|c){2,}", ["abc", "cc"], ["c"]),
        (r"[\[\]\^-]", ["[", "^", "-"], ["a"]),
        (".", ["x"], ["\n"]),
    ],
)
def test_patterns(pattern: str, good: list[str], bad: list[str]) -> None:
    compiled = compile_pattern(pattern)
    assert all(compiled.fullmatch(text) for text in good)
    assert not any(compiled.fullmatch(text) for text in bad)


@pytest.mark.parametrize("pattern", ["[a", "(", "a**", "\\q", "\\p{Xx}", "[z-a]", "a{", "]", "*a"])
def test_bad_patterns(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    ("base", "one", "other", "order"),
    [
        ("dateTime", "2024-12-31T24:00:00", "2025-01-01T00:00:00", 0),
        ("dateTime", "2024-12-31T23:59:59.5-05:00", "2024-12-31T24:00:00", None),
        ("dateTime", "2024-12-30T00:00:00Z", "2024-12-31T00:00:00", -1),
        ("date", "2024-01-01", "2024-01-01Z", None),
        ("date", "12000-01-01", "9999-12-31", 1),
        ("time", "24:00:00", "00:00:00", 0),
        ("duration", "P1M", "P30D", None),
        ("duration", "P1M", "P32D", -1),
        ("duration", "P1Y", "P12M", 0),
        ("duration", "-PT1S", "PT0S", -1),
        ("decimal", "1.0", "01", 0),
        ("float", "INF", "1e308", 1),
    ],
)
def test_order_of_values(base: str, one: str, other: str, order: int | None) -> None:
    """XML Schema 2, 3.2.6.2 and 3.2.7.4: some values are neither before nor after each other, nor equal."""
    first, second = comparable(base, one), comparable(base, other)
    assert compare(base, first, second) == order
    assert compare(base, second, first) == (None if order is None else -order)
    assert (first == second) is (order == 0)


def test_lists_collapse_white_space() -> None:
    words = DataType(QName("urn:x", "words"), None, "string", item=simple("string"))
    two = DataType(QName("urn:x", "two"), words, "string", ("a b",))
    assert check(two, "a  b\n") is None
    assert check(two, "a c") is not None
    assert white_space(two) == "collapse"
