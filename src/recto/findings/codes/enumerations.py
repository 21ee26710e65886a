"""Codes of Extensible Enumerations 1.0 and 2.0."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Extensible Enumerations 1.0 and 2.0"
CODES: Final[Codes] = {
    "enum2ie:InvalidEnumerationSetOrder": (
        "error",
        "Extensible Enumerations 2.0, 6.1",
        "the values of the set are not in order: {after} must stand before {before}",
    ),
    "enum2ie:InvalidEnumerationSetValue": (
        "error",
        "Extensible Enumerations 2.0, 6.1",
        "{member} is no member of the domain {domain}",
    ),
    "enum2ie:InvalidEnumerationValue": (
        "error",
        "Extensible Enumerations 2.0, 6.1",
        "{member} is no member of the domain {domain}",
    ),
    "enum2ie:RepeatedEnumerationSetValue": (
        "error",
        "Extensible Enumerations 2.0, 6.1",
        "the set names {member} more than once",
    ),
    "enum2te:InvalidDomainError": (
        "error",
        "Extensible Enumerations 2.0, 4",
        "the head of its domain is {head}, {what}",
    ),
    "enum2te:MissingDomainError": (
        "error",
        "Extensible Enumerations 2.0, 4",
        "an enumeration needs the attribute domain",
    ),
    "enum2te:MissingLinkRoleError": (
        "error",
        "Extensible Enumerations 2.0, 4",
        "an enumeration needs the attribute linkrole",
    ),
    "enumie:InvalidFactValue": (
        "error",
        "Extensible Enumerations 1.0, 3",
        "{member} is no member of the domain {domain}",
    ),
    "enumte:InvalidDomainError": (
        "error",
        "Extensible Enumerations 1.0, 2",
        "the head of its domain is {head}, {what}",
    ),
    "enumte:MissingDomainError": (
        "error",
        "Extensible Enumerations 1.0, 2",
        "an enumeration needs the attribute domain",
    ),
    "enumte:MissingLinkRoleError": (
        "error",
        "Extensible Enumerations 1.0, 2",
        "an enumeration needs the attribute linkrole",
    ),
}
