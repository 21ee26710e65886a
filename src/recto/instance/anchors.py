"""Where the facts of an instance stand in its documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from recto.instance.model import Fact, Instance
from recto.names import IX, IX_1_0, XHTML
from recto.xml import Document

if TYPE_CHECKING:
    from recto.instance.inline.document import InlineFile

_INLINE = (f"{{{IX}}}", f"{{{IX_1_0}}}")
_XHTML = f"{{{XHTML}}}"


class Anchors(Struct):
    """The parsed documents behind an instance read from XML or inline XBRL, for validation and MetaLinks."""

    documents: Mapping[str, Document]
    """By URL."""
    elements: Sequence[Any]
    """The element of each fact, by the fact's `index`."""
    contexts: Mapping[str, Any] = field(default_factory=dict)
    """Context elements by id."""
    units: Mapping[str, Any] = field(default_factory=dict)
    links: Sequence[Any] = ()
    """Extended links and, inline, relationship elements."""
    files: Sequence[InlineFile] = ()
    """The files of an inline document set with their Inline XBRL elements sorted."""
    alike: Mapping[tuple[str, ...], Any] | None = None
    """Of an `xbrli:xbrl`: its plain items with the same name and attributes differ in texts alone, which were checked
    when they were read; one element of each, by its name and those of its attributes. None: each is to be looked at."""
    others: Sequence[Any] = ()
    """The elements of its facts that are not among those."""


def anchors(instance: Instance) -> Anchors | None:
    """The documents and elements of an instance; None for one that was not read from XML."""
    return instance.anchors if isinstance(instance.anchors, Anchors) else None


def element_of(instance: Instance, fact: Fact) -> Any | None:
    """The lxml element that reports the fact; None where the syntax has none."""
    found = anchors(instance)
    return None if found is None else found.elements[fact.index]


def ancestors(instance: Instance, fact: Fact) -> tuple[str, ...]:
    """Names of the elements around a fact, the nearest first (metalinks.md, 3.2).

    HTML elements bare, an enclosing fact under its concept's prefixed name, a continuation as `ix:continuation`, an
    inline footnote as what it becomes, `link:footnote`.
    """
    element = element_of(instance, fact)
    if element is None:
        return ()
    names = []
    for outer in element.iterancestors():
        tag = outer.tag
        if tag.startswith(_XHTML):
            names.append(tag[len(_XHTML) :])
            continue
        local = tag.rpartition("}")[2]
        name = outer.get("name") if tag.startswith(_INLINE) else None
        if name:
            names.append(name.strip())
        elif tag.startswith(_INLINE):
            names.append("link:footnote" if local == "footnote" else f"ix:{local}")
        else:
            names.append(f"{outer.prefix}:{local}" if outer.prefix else local)
    return tuple(names)
