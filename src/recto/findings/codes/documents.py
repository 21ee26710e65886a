"""Codes of XML documents and archives."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "XML documents and archives"
PREFIXES: Final = ("xml", "zip")
CODES: Final[Codes] = {
    "xml.3.3.1:idMustBeUnique": ("error", "XML 1.0, 3.3.1", "{name}: the id {id!r} is used already, in {where}."),
    "xml:empty": ("error", "XML 1.0", "{reason}"),
    "xml:encoding": ("error", "XML 1.0", "{reason}"),
    "xml:entityDeclaration": ("warning", "XML 1.0", "the entity {name!r} is declared"),
    "xml:entityExpansion": ("error", "XML 1.0", "{reason}"),
    "xml:externalEntity": ("error", "XML 1.0", "{reason}"),
    "xml:nestedEntity": ("error", "XML 1.0", "{reason}"),
    "xml:notWellFormed": ("error", "XML 1.0", "{reason}"),
    "xml:tooDeep": ("error", "XML 1.0", "{reason}"),
    "xml:tooLarge": ("error", "XML 1.0", "{reason}"),
    "xml:tooManyAttributes": ("error", "XML 1.0", "{reason}"),
    "xml:truncated": ("error", "XML 1.0", "{reason}"),
    "zip:absolutePath": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
    "zip:backslash": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
    "zip:bomb": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
    "zip:damaged": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
    "zip:dotSegment": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
    "zip:duplicate": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
    "zip:encrypted": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
    "zip:link": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
    "zip:pathTraversal": ("error", "ZIP (APPNOTE 6.3)", "{reason}"),
}
