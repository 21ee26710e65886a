"""Instances: facts, contexts, units and footnotes, from xBRL-XML and Inline XBRL."""

from recto.instance.anchors import ancestors, anchors, element_of
from recto.instance.load import Taxonomies, load
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
from recto.instance.values import enumeration_members, member_of, typed_value

__all__ = [
    "Context",
    "Fact",
    "Footnote",
    "FootnoteLink",
    "Instance",
    "Member",
    "Period",
    "Taxonomies",
    "TypedMember",
    "Unit",
    "ancestors",
    "anchors",
    "element_of",
    "enumeration_members",
    "load",
    "member_of",
    "typed_value",
]
