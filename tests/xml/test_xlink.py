"""Pointers: shorthand and the element() scheme."""

from typing import Any

import pytest

from recto.xml import is_pointer, parse

DOCUMENT = parse(
    b'<r><a id="one"><b/><c id="two"/></a><d xml:id="three"/><e id="one"/><f id=" four "><g/></f></r>', "http://h/x.xml"
)


@pytest.mark.parametrize(
    ("fragment", "tag"),
    [
        ("one", "a"),
        ("two", "c"),
        ("three", "d"),
        ("four", "f"),
        ("element(one)", "a"),
        ("element(one/2)", "c"),
        ("element(/1)", "r"),
        ("element(/1/1/2)", "c"),
        ("element(/1/4/1)", "g"),
        ("element(nothing)element(/1/2)", "d"),
        ("other(x)element(two)", "c"),
        ("", "r"),
    ],
)
def test_pointers_find(fragment: Any, tag: Any) -> None:
    assert DOCUMENT.find(fragment).tag == tag


@pytest.mark.parametrize(
    "fragment",
    ["nothing", "element(/2)", "element(/1/9)", "element(/1/0)", "element(two/1)", "element()", "element(/1", "a b"],
)
def test_pointers_to_nothing(fragment: Any) -> None:
    assert DOCUMENT.find(fragment) is None


def test_only_shorthand_and_element_pointers_are_allowed_in_locators() -> None:
    assert is_pointer("abc")
    assert is_pointer("element(/1/2)")
    assert is_pointer("element(abc/2)")
    assert not is_pointer("xpointer(id('x'))")
    assert not is_pointer("element(1)")
    assert not is_pointer("element()")
    assert not is_pointer("9x")
