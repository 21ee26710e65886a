"""The roles and arcroles that XBRL 2.1 defines, and where each may be used (XBRL 2.1, 3.5.3, 4.11 and 5.2)."""

from __future__ import annotations

from recto.names import (
    ARC_CONCEPT_LABEL,
    ARC_CONCEPT_REFERENCE,
    ARC_ESSENCE_ALIAS,
    ARC_FACT_FOOTNOTE,
    ARC_GENERAL_SPECIAL,
    ARC_PARENT_CHILD,
    ARC_REQUIRES_ELEMENT,
    ARC_SIMILAR_TUPLES,
    ARC_SUMMATION_ITEM,
    LINK,
    ROLE_FOOTNOTE,
    ROLE_LINK,
)

_ROLE = "http://www.xbrl.org/2003/role/"
LINK_ELEMENTS = frozenset(
    f"{{{LINK}}}{name}Link" for name in ("presentation", "definition", "calculation", "label", "reference", "footnote")
)
LABEL, REFERENCE, FOOTNOTE = f"{{{LINK}}}label", f"{{{LINK}}}reference", f"{{{LINK}}}footnote"
RESOURCE_ELEMENTS = frozenset((LABEL, REFERENCE, FOOTNOTE))
LABEL_ROLES = frozenset(
    _ROLE + name
    for name in (
        "label terseLabel verboseLabel positiveLabel positiveTerseLabel positiveVerboseLabel negativeLabel"
        " negativeTerseLabel negativeVerboseLabel zeroLabel zeroTerseLabel zeroVerboseLabel totalLabel"
        " periodStartLabel periodEndLabel documentation definitionGuidance disclosureGuidance presentationGuidance"
        " measurementGuidance commentaryGuidance exampleGuidance"
    ).split()
)
REFERENCE_ROLES = frozenset(
    _ROLE + name
    for name in (
        "reference definitionRef disclosureRef mandatoryDisclosureRef recommendedDisclosureRef"
        " unspecifiedDisclosureRef presentationRef measurementRef commentaryRef exampleRef"
    ).split()
)
STANDARD_ROLES: dict[str, frozenset[str]] = {
    ROLE_LINK: LINK_ELEMENTS,
    ROLE_FOOTNOTE: frozenset((FOOTNOTE,)),
    **dict.fromkeys(LABEL_ROLES, frozenset((LABEL,))),
    **dict.fromkeys(REFERENCE_ROLES, frozenset((REFERENCE,))),
}
"""Standard role → the standard elements on which it may stand."""

STANDARD_ARCROLES: dict[str, str] = {
    ARC_PARENT_CHILD: f"{{{LINK}}}presentationArc",
    ARC_SUMMATION_ITEM: f"{{{LINK}}}calculationArc",
    ARC_GENERAL_SPECIAL: f"{{{LINK}}}definitionArc",
    ARC_ESSENCE_ALIAS: f"{{{LINK}}}definitionArc",
    ARC_SIMILAR_TUPLES: f"{{{LINK}}}definitionArc",
    ARC_REQUIRES_ELEMENT: f"{{{LINK}}}definitionArc",
    ARC_CONCEPT_LABEL: f"{{{LINK}}}labelArc",
    ARC_CONCEPT_REFERENCE: f"{{{LINK}}}referenceArc",
    ARC_FACT_FOOTNOTE: f"{{{LINK}}}footnoteArc",
}
"""Standard arcrole → the arc element on which it may stand."""
ARC_ELEMENTS = frozenset(STANDARD_ARCROLES.values())

CYCLES: dict[str, str] = {
    ARC_PARENT_CHILD: "undirected",
    ARC_SUMMATION_ITEM: "any",
    ARC_GENERAL_SPECIAL: "undirected",
    ARC_ESSENCE_ALIAS: "undirected",
    ARC_SIMILAR_TUPLES: "any",
    ARC_REQUIRES_ELEMENT: "any",
}
"""Cycles that the standard arcroles allow."""

LINKBASE_REF_ROLES = {
    _ROLE + "presentationLinkbaseRef": f"{{{LINK}}}presentationLink",
    _ROLE + "calculationLinkbaseRef": f"{{{LINK}}}calculationLink",
    _ROLE + "definitionLinkbaseRef": f"{{{LINK}}}definitionLink",
    _ROLE + "labelLinkbaseRef": f"{{{LINK}}}labelLink",
    _ROLE + "referenceLinkbaseRef": f"{{{LINK}}}referenceLink",
}
"""Role of a linkbaseRef → the only kind of standard extended link that the linkbase may hold (XBRL 2.1, 4.3.4)."""
LINKBASE_ARCROLE = "http://www.w3.org/1999/xlink/properties/linkbase"
