"""Instances: facts, contexts, units and footnotes, from xBRL-XML and Inline XBRL."""

from recto.instance.anchors import ancestors, anchors, element_of
from recto.instance.load import load
from recto.instance.model import (
    Context,
    Fact,
    Footnote,
    FootnoteLink,
    Instance,
    Member,
    Period,
    TypedMember,
    Unit,
)

__all__ = [
    "Context",
    "Fact",
    "Footnote",
    "FootnoteLink",
    "Instance",
    "Member",
    "Period",
    "TypedMember",
    "Unit",
    "ancestors",
    "anchors",
    "element_of",
    "load",
]
