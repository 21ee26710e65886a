"""XHTML as Inline XBRL has it: elements, attributes and what stands in what (Inline XBRL 1.1, 3.1 and schema).

libxml2 says which elements break the schema, by paths, and in what way, by the type of its error; what exactly is wrong
is then read from the tables that the schema is made of. Its sentences are not looked at. Inline XBRL's own elements are
looked at by `grammar`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml.etree import ErrorTypes

from recto.findings import Finding
from recto.names import XHTML, XML
from recto.rules import Rule
from recto.rules.inline import xhtml_model as model
from recto.rules.inline.support import at, files_of, local_name, shown
from recto.rules.subject import Subject

_XHTML: Final = f"{{{XHTML}}}"
_BASE: Final = f"{{{XML}}}base"
_CONTENT: Final = {
    ErrorTypes.SCHEMAV_ELEMENT_CONTENT: None,
    ErrorTypes.SCHEMAV_CVC_ELT_1: None,
    ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_2_1: "it must be empty",
    ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_2_3: "it holds text where only elements may stand",
}
"""Types of errors about what an element holds or stands in, with what they mean; None: the tables tell."""
_VALUE_SHOWN: Final = 200


def documents(subject: Subject) -> Iterator[Finding]:
    """XHTML elements and their attributes are those of the schema (Inline XBRL 1.1, 3.1 and schema)."""
    for file in files_of(subject):
        for element, reason in faults(file.doc.root):
            yield at("html:syntaxError", file, element, about=local_name(element), reason=reason)


def faults(root: Any) -> Iterator[tuple[Any, str]]:
    """The XHTML elements that break the schema, each with what is wrong, in the order in which they end."""
    paths = _Paths(root)
    told: set[tuple[Any, Any]] = set()
    for error in model.errors(root):
        element = paths.at(error.path)
        if not element.tag.startswith(_XHTML):
            continue  # other elements are looked at by the rules of the grammar
        if error.type in _CONTENT:
            yield element, _CONTENT[error.type] or _misplaced(element)
            continue
        find = _ATTRIBUTES.get(error.type, _values)
        if (element, find) not in told:  # libxml2 tells of each attribute, and of some twice
            told.add((element, find))
            yield from ((element, reason) for reason in find(element))


def _misplaced(element: Any) -> str:
    """What is wrong with the place of an element, or else with the elements in it."""
    name, parent = local_name(element), element.getparent()
    content = model.content(name)
    if content is None:
        return "XHTML 1.1 has no such element"
    where = _named(parent) if parent is not None else "no element"
    if name not in model.names_in(where):
        return f"it cannot stand in {where}"
    if not content.fullmatch(model.sequence(element)):
        return f"it lacks elements that it must hold; its content is {model.described(name)}"
    return f"it cannot stand at this place in {where}"


def _named(element: Any) -> str:
    """The name of an element of XHTML without a prefix; others as messages write them."""
    return local_name(element) if element.tag.startswith(_XHTML) else shown(element)


def _unknown(element: Any) -> Iterator[str]:
    known = model.attributes(local_name(element))
    for name in element.attrib:
        if model.plain(name) not in known and name != _BASE:  # xml:base is the grammar's too
            yield f"its attribute {model.plain(name)} is not allowed"


def _missing(element: Any) -> Iterator[str]:
    for name, required in model.attributes(local_name(element)).items():
        if required and element.get(name) is None:
            yield f"its attribute {name} is missing"


def _values(element: Any) -> Iterator[str]:
    """Attributes are tried one by one; where each is right by itself, an identifier stands twice."""
    known = model.attributes(local_name(element))
    given = {model.plain(name): (name, value) for name, value in element.attrib.items()}
    wrong = [each for each, own in given.items() if each in known and not model.allows(element.tag, *own)]
    for each in wrong:
        yield f"its attribute {each} cannot be {given[each][1][:_VALUE_SHOWN]!r}"
    if not wrong and "id" in given:
        yield f"its attribute id is {given['id'][1][:_VALUE_SHOWN]!r} as another's is"
    elif not wrong:
        yield "it holds something of a wrong type"


_ATTRIBUTES: Final = {
    ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_3_2_1: _unknown,
    ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_3_2_2: _unknown,
    ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_4: _missing,
}
"""What finds the attributes that an error is about, by its type; others are about values."""


class _Paths:
    """The elements that libxml2's paths lead to.

    `/*/*[2]/p:q[3]`: `*` is an element in a default namespace, counted among all; others are counted among their like.
    """

    def __init__(self, root: Any):
        self._root = root
        self._below: dict[Any, dict[str, Any]] = {}

    def at(self, path: str) -> Any:
        """The element of a path; of one that leads nowhere (a very long name is cut), the nearest above."""
        found = self._root
        for step in path.split("/")[2:]:
            if found not in self._below:
                self._below[found] = dict(_steps(found))
            below = self._below[found].get(step)
            if below is None:
                break
            found = below
        return found


def _steps(parent: Any) -> Iterator[tuple[str, Any]]:
    """The children of an element by the steps that lead to them."""
    counts: dict[str, int] = {}
    for position, child in enumerate(parent, 1):
        default = child.prefix is None and child.tag.startswith("{")
        name = "*" if default else _written(child)
        counts[name] = position if default else counts.get(name, 0) + 1
        if counts[name] == 1:
            yield name, child
        yield f"{name}[{counts[name]}]", child


def _written(element: Any) -> str:
    return f"{element.prefix}:{local_name(element)}" if element.prefix else local_name(element)


RULES: tuple[Rule, ...] = (documents,)
