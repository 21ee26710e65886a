"""Definitions that lead back to themselves, which XML Schema forbids.

Types by derivation, list or union (st-props-correct.2, ct-props-correct.3), groups (mg-props-correct.2), attribute
groups (ag-props-correct.3), and elements by substitution group (e-props-correct.6). Circles in one document are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from recto.names import XSD, QName
from recto.validation.schema.assess import Fault

_XS = f"{{{XSD}}}"
_KINDS = {
    _XS + "simpleType": ("type", "st-props-correct.2", "derives from"),
    _XS + "complexType": ("type", "ct-props-correct.3", "derives from"),
    _XS + "group": ("group", "mg-props-correct.2", "contains"),
    _XS + "attributeGroup": ("attributeGroup", "ag-props-correct.3", "contains"),
    _XS + "element": ("element", "e-props-correct.6", "substitutes"),
}

Expand = Callable[[Any, str], QName]


def circles(root: Any, namespace: str, expand: Expand) -> Iterator[Fault]:
    """One fault for each circle, at the definition that stands first; `expand` resolves a name on an element."""
    components: dict[tuple[str, QName], Any] = {}
    for child in root:
        kind = _KINDS.get(child.tag)
        if kind is not None and child.get("name"):
            components.setdefault((kind[0], QName(namespace, child.get("name"))), child)
    told: set[tuple[str, QName]] = set()
    for key, element in components.items():
        if key in told:
            continue
        path = _path_back(key, components, expand)
        if path:
            told.update(path)
            what, code, verb = _KINDS[element.tag]
            through = "" if len(path) == 1 else f", through {', '.join(name.local for _, name in path[1:])}"
            yield Fault(code, f"the {what} {key[1].local!r} {verb} itself{through}", element)


def _path_back(
    start: tuple[str, QName], components: dict[tuple[str, QName], Any], expand: Expand
) -> list[tuple[str, QName]]:
    """The components on the way from one back to itself; empty where there is no such way."""
    came: dict[tuple[str, QName], tuple[str, QName] | None] = {start: None}
    waiting = [start]
    while waiting:
        at = waiting.pop()
        for name in _references(components[at], expand):
            following = (start[0], name)
            if following == start:
                path = [at]
                while (before := came[path[-1]]) is not None:
                    path.append(before)
                return path[::-1]
            if following in components and following not in came:
                came[following] = at
                waiting.append(following)
    return []


def _references(component: Any, expand: Expand) -> Iterator[QName]:
    """The components of its own kind that a component is made of."""
    if component.tag == _XS + "element":
        if component.get("substitutionGroup"):
            yield expand(component, component.get("substitutionGroup"))
        return
    kind = _KINDS[component.tag][0]
    waiting = list(component)
    while waiting:
        each = waiting.pop()
        tag = each.tag
        if tag == _XS + "element" or tag == _XS + "attribute":
            continue  # what stands in an element or attribute is no part of the definition
        if kind != "type":
            if tag == component.tag and each.get("ref"):
                yield expand(each, each.get("ref"))
        elif tag in (_XS + "restriction", _XS + "extension", _XS + "list", _XS + "union"):
            for attribute in ("base", "itemType", "memberTypes"):
                for name in (each.get(attribute) or "").split():
                    yield expand(each, name)
        waiting.extend(each)
