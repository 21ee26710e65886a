"""What the rules for Inline XBRL share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.instance.inline.document import InlineFile, Marked
from recto.names import IX
from recto.rules.subject import Subject, finding

NAMESPACE = f"{{{IX}}}"
CLAUSES = {
    "continuation": "4.1",
    "exclude": "5.1",
    "footnote": "6.1",
    "fraction": "7.1",
    "denominator": "7.1",
    "numerator": "7.1",
    "header": "8.1",
    "hidden": "9.1",
    "nonFraction": "10.1",
    "nonNumeric": "11.1",
    "references": "12.1",
    "relationship": "13.1",
    "resources": "14.1",
    "tuple": "15.1",
}
"""The section of Inline XBRL 1.1, part 1, on each element."""


def files_of(subject: Subject) -> list[InlineFile]:
    """The files of the subject's document set that speak Inline XBRL 1.1; none for other subjects."""
    anchors = subject.anchors
    return [] if anchors is None else [file for file in anchors.files if file.namespace == NAMESPACE]


def local_name(element: Any) -> str:
    """The local name of an element; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def shown(element: Any) -> str:
    """An element's name as messages write it."""
    tag = element.tag
    local: str = tag.rpartition("}")[2]
    if tag.startswith(NAMESPACE):
        return f"ix:{local}"
    return f"{element.prefix}:{local}" if element.prefix else local


def at(code: str, file: InlineFile, element: Any, /, *, about: str | None = None, **arguments: Any) -> Finding:
    """A finding about an element of a file."""
    return finding(code, file.doc.url, file.doc.line(element), about=about, element=shown(element), **arguments)


def broken(name: str, clause: str, file: InlineFile, element: Any, /, **arguments: Any) -> Finding:
    """A constraint of a clause (`10.1.2`) that an element breaks."""
    identifier = element.get("id") or element.get("name")
    which = f"{shown(element)} {identifier}" if identifier else shown(element)
    return at(f"ix11.{clause}:{name}", file, element, about=which, **arguments)


def identified(files: list[InlineFile]) -> Iterator[Marked]:
    """The facts of all files."""
    for file in files:
        yield from file.facts
