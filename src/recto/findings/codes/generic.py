"""Codes of Generic links, labels, references and preferred labels."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Generic links, labels, references and preferred labels"
CODES: Final[Codes] = {
    "gple:missingPreferredLabel": (
        "error",
        "Generic Preferred Label 1.0, 2",
        "The target of the arc has no label in the role {role}, which the arc prefers.",
    ),
    "xbrlgene:missingArcRoleUsedOnValue": (
        "error",
        "Generic Links 1.0, 2.2.1",
        "The arcrole {arcrole} is not declared for use on {name}.",
    ),
    "xbrlgene:missingLinkRoleUsedOnValue": (
        "error",
        "Generic Links 1.0, 2.1.1",
        "The role {role} is not declared for use on {name}.",
    ),
    "xbrlgene:missingResourceRoleUsedOnValue": (
        "error",
        "Generic Links 1.0, 2.1.2",
        "The role {role} is not declared for use on {name}.",
    ),
    "xbrlgene:missingRoleRefForArcRole": ("error", "Generic Links 1.0, 2.2.1", "There is no arcroleRef for {arcrole}."),
    "xbrlgene:missingRoleRefForLinkRole": (
        "error",
        "Generic Links 1.0, 2.1.1",
        "There is no roleRef for the role {role}.",
    ),
    "xbrlgene:missingRoleRefForResourceRole": (
        "error",
        "Generic Links 1.0, 2.1.2",
        "There is no roleRef for the role {role}.",
    ),
    "xbrlgene:nonAbsoluteArcRoleURI": (
        "error",
        "Generic Links 1.0, 2.2.1",
        "The arcrole {arcrole!r} is no absolute URI.",
    ),
    "xbrlgene:nonAbsoluteLinkRoleURI": ("error", "Generic Links 1.0, 2.1.1", "The role {role!r} is no absolute URI."),
    "xbrlgene:nonAbsoluteResourceRoleURI": (
        "error",
        "Generic Links 1.0, 2.1.2",
        "The role {role!r} is no absolute URI.",
    ),
    "xbrlgene:violatedCyclesConstraint": (
        "error",
        "Generic Links 1.0, 2.2.1",
        "Arcs of {arcrole} in {role} form a cycle that the arcrole does not allow.",
    ),
    "xbrlle.2.1.1:arcTarget": ("error", "Generic Labels 1.0, 2.1.1", "The arc of {arcrole} does not end at a {what}."),
    "xbrlle.2.1:langMissing": ("error", "Generic Labels 1.0, 2.1", "{name} has no xml:lang."),
    "xbrlre.2.1.1:arcTarget": (
        "error",
        "Generic References 1.0, 2.1.1",
        "The arc of {arcrole} does not end at a {what}.",
    ),
}
