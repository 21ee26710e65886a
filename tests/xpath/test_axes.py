"""Steps along every axis, beside elementpath: nodes, their order, and positions, which reverse axes count backward."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from recto.xpath import STANDARD, Budget, BudgetError, Dynamic, Static, compile_expression
from recto.xpath.nodes import Tree
from recto.xpath.values import items

elementpath = pytest.importorskip("elementpath")

_XML = (
    '<a id="1"><b id="2"><c id="3"/><c id="4"><d id="5"/></c></b><b id="6"><d id="7"/><c id="8"/></b>'
    '<d id="9"><b id="10"><c id="11"/></b></d></a>'
)
_AXES = (
    *("child", "descendant", "descendant-or-self", "self", "parent", "ancestor", "ancestor-or-self"),
    *("following", "following-sibling", "preceding", "preceding-sibling"),
)


class _Tree(Tree):
    def atom(self, node: Any) -> Any:
        return node.string


def _ids(text: str) -> list[str]:
    tree = _Tree(etree.fromstring(_XML))
    found = compile_expression(text, Static({}, STANDARD))(Dynamic(), {}, tree.node(tree.root))
    return [node.element.get("id") for node in items(found)]


def _theirs(text: str) -> list[str]:
    found = {element.get("id") for element in elementpath.select(etree.fromstring(_XML), text)}
    return sorted(found, key=int)  # in document order, which elementpath does not always keep


@pytest.mark.parametrize("axis", _AXES)
@pytest.mark.parametrize("start", ["//c", "//b", "//d[1]", "/a/b[2]"])
@pytest.mark.parametrize("rest", ["*", "c", "*[1]", "*[last()]", "b[2]", "*[position() le 2]/self::*"])
def test_steps_along_an_axis(axis: str, start: str, rest: str) -> None:
    if axis == "preceding" and rest.startswith("*["):
        return  # elementpath counts them from the wrong end; see below
    text = f"{start}/{axis}::{rest}"
    assert _ids(text) == _theirs(text)


def test_reverse_axes_count_from_the_nearest() -> None:
    assert _ids("//c/preceding::*[1]") == ["3", "7", "8"]
    assert _ids("//c[last()]/preceding::*[last()]") == ["2", "3"]
    assert _ids("//c/ancestor::*[1]") == ["2", "6", "10"]
    assert _ids("(//c/preceding::*)[1]") == ["2"]


@pytest.mark.parametrize(
    "text",
    [
        "child::b/child::c",
        "//d/ancestor :: b",
        "//c/parent::node()",
        "//*[self::b or self::d]",
        "//c[ancestor::d]",
        "//c/../following-sibling::b",
        "//*[count(preceding-sibling::*) eq 1]",
        "//*[attribute::id gt '5']",
    ],
)
def test_paths_with_axes(text: str) -> None:
    assert _ids(text) == _theirs(text)


def test_what_an_axis_reaches_counts_whether_or_not_it_is_kept() -> None:
    tree = _Tree(etree.fromstring("<a>" + "<b/>" * 3000 + "</a>"))
    expression = compile_expression("count(//b[preceding-sibling::c])", Static({}, STANDARD))
    with pytest.raises(BudgetError):
        expression(Dynamic(None, Budget(steps=1_000_000)), {}, tree.node(tree.root))
