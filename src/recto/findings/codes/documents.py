"""Codes of XML documents and archives."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "XML documents and archives"
CODES: Final[Codes] = {
    "xml.3.3.1:idMustBeUnique": ("error", "XML 1.0, 3.3.1", "{name}: the id {id!r} is used already, in {where}."),
    "xml:empty": ("error", "XML 1.0", "the document holds no element that can be read"),
    "xml:encoding": ("error", "XML 1.0, 4.3.3", "the document is not in the encoding that it should be in: {reason}"),
    "xml:entityDeclaration": ("warning", "XML 1.0", "the entity {name!r} is declared"),
    "xml:entityExpansion": ("error", "XML 1.0", "entity references expand to more than {most} bytes"),
    "xml:externalEntity": ("error", "XML 1.0", "the document declares the external entity {name!r}"),
    "xml:nestedEntity": (
        "error",
        "XML 1.0",
        "the document declares the entity {name!r} that holds markup or other entities",
    ),
    "xml:notWellFormed": ("error", "XML 1.0", "not well-formed: {reason}"),
    "xml:tooDeep": ("error", "XML 1.0", "elements nest deeper than {most}"),
    "xml:tooLarge": ("error", "XML 1.0", "{size} bytes: more than {most}"),
    "xml:tooManyAttributes": ("error", "XML 1.0", "an element has more than {most} attributes"),
    "xml:truncated": ("error", "XML 1.0", "the document ends too early: {reason}"),
    "gzip:bomb": ("error", "GZIP (RFC 1952)", "{subject!r} would unpack to too much: {reason}"),
    "gzip:damaged": ("error", "GZIP (RFC 1952)", "{subject!r} is damaged: {reason}"),
    "zip:absolutePath": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} is an absolute path"),
    "zip:backslash": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} has a backslash"),
    "zip:bomb": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} would unpack to too much: {reason}"),
    "zip:damaged": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} is damaged: {reason}"),
    "zip:dotSegment": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} has an empty or dot segment"),
    "zip:duplicate": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} is the name of {what}"),
    "zip:encrypted": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} is encrypted"),
    "zip:link": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} is a symbolic link"),
    "zip:pathTraversal": ("error", "ZIP (APPNOTE 6.3)", "{subject!r} leads out of the archive"),
}
