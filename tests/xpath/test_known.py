"""Expressions whose results are known beforehand, by the definitions of XPath 2.0 and of its functions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from recto.xpath import STANDARD, Dynamic, Static, XPathError, compile_expression
from recto.xpath.context import ABSENT
from recto.xpath.nodes import Tree
from recto.xpath.values import string

_XML = (
    '<r xmlns:p="urn:p"><?go on?><a n="1">one</a> <a n="2">two</a><a n="3" id="k"><b>x</b><b>y</b><b>z</b></a>'
    '<!-- note --><p:c xml:lang="en-GB">C</p:c><e>ab</e></r>'
)


def _known(name: str) -> Iterator[tuple[str, str]]:
    held: list[str] = []
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if not held and (not line.strip() or line.startswith("#")):
            continue
        expression, found, result = line.rpartition(" |")
        held.append(expression if found else line)
        if found:
            yield "\n".join(held), result.strip()
            held.clear()


def _shown(value: Any, quote: str) -> str:
    if isinstance(value, list):
        return f"({', '.join(_shown(each, quote) for each in value)})"
    return f"{quote}{value}{quote}" if isinstance(value, str) else string(value)


def _given(text: str, item: Any, quote: str) -> str:
    static = Static({"a": "urn:a", "p": "urn:p"}, STANDARD)
    try:
        return _shown(compile_expression(text, static)(Dynamic(), {}, item), quote)
    except XPathError as error:
        return "!" + error.code.removeprefix("err:")


@pytest.mark.parametrize("name", ["known.txt", "known_nodes.txt"])
def test_expressions_give_what_is_known(name: str) -> None:
    root = etree.XML(_XML, etree.XMLParser(remove_comments=True, remove_pis=True))  # as recto reads documents
    tree = Tree(root)
    nodes = name == "known_nodes.txt"
    item, quote = (tree.node(root), "") if nodes else (ABSENT, "'")
    known = list(_known(name))
    assert len(known) > (100 if nodes else 550)
    unlike = [
        f"{text}\n    known {result}, given {given}"
        for text, result in known
        if (given := _given(text, item, quote).rstrip()) != result
    ]
    assert not unlike, "\n".join(unlike)
