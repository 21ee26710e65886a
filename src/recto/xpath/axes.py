"""The axes of paths (XPath 2.0, 3.2.1.1), and document order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from recto.xpath.nodes import AttributeNode, Node


def ordered(nodes: list[Any]) -> Any:
    """Nodes once each, in document order."""
    once = list({id(node): node for node in nodes}.values())
    if len(once) > 1:
        once.sort(key=lambda node: node.order)
    return once[0] if len(once) == 1 else once


def _ancestors(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _forward(*sources: Callable[[Node], Any]) -> Callable[[Node], Iterator[Node]]:
    def axis(node: Node) -> Iterator[Node]:
        for source in sources:
            yield from source(node)

    return axis


def _self(node: Node) -> tuple[Node]:
    return (node,)


def _siblings(node: Node) -> tuple[list[Node], list[Node]]:
    """Those before and after."""
    above = node.parent
    if above is None or isinstance(node, AttributeNode):
        return [], []
    all_ = list(above.children())
    at = next((at for at, each in enumerate(all_) if each is node), 0)
    return all_[:at], all_[at + 1 :]


def _following(node: Node) -> Iterator[Node]:
    at: Node | None = node
    while at is not None:
        for each in _siblings(at)[1]:
            yield each
            yield from each.descendants()
        at = at.parent


def _preceding(node: Node) -> list[Node]:
    levels: list[list[Node]] = []
    at: Node | None = node
    while at is not None:
        before = _siblings(at)[0]
        levels.append([reached for each in before for reached in (each, *each.descendants())])
        at = at.parent
    return [each for level in reversed(levels) for each in level]  # what stands further up comes first


AXES: dict[str, Callable[[Node], Any]] = {
    "child": lambda node: node.children(),
    "descendant": lambda node: node.descendants(),
    "attribute": lambda node: node.attributes(),
    "self": _self,
    "descendant-or-self": _forward(_self, lambda node: node.descendants()),
    "following-sibling": lambda node: _siblings(node)[1],
    "following": _following,
    "parent": lambda node: () if node.parent is None else (node.parent,),
    "ancestor": lambda node: reversed(list(_ancestors(node))),
    "preceding-sibling": lambda node: _siblings(node)[0],
    "preceding": _preceding,
    "ancestor-or-self": lambda node: reversed([node, *_ancestors(node)]),
}
