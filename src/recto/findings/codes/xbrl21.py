"""Codes of XBRL 2.1."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "XBRL 2.1"
CODES: Final[Codes] = {
    "xbrl.3.5.2.4.1:roleRefMissing": (
        "error",
        "XBRL 2.1, 3.5.2.4",
        "The role {role} is not standard, and there is no roleRef for it.",
    ),
    "xbrl.3.5.2.4:duplicateReference": ("error", "XBRL 2.1, 3.5.2.4", "A second {name} for {uri}."),
    "xbrl.3.5.2.4:referenceTarget": (
        "error",
        "XBRL 2.1, 3.5.2.4",
        "{name} for {uri} leads to {what}, not to the {wanted} that declares it.",
    ),
    "xbrl.3.5.2.5.1:arcroleRefMissing": (
        "error",
        "XBRL 2.1, 3.5.2.5",
        "The arcrole {arcrole} is not standard, and there is no arcroleRef for it.",
    ),
    "xbrl.3.5.2.5:duplicateReference": ("error", "XBRL 2.1, 3.5.2.5", "A second {name} for {uri}."),
    "xbrl.3.5.2.5:referenceTarget": (
        "error",
        "XBRL 2.1, 3.5.2.5",
        "{name} for {uri} leads to {what}, not to the {wanted} that declares it.",
    ),
    "xbrl.3.5.3.3:roleNotAbsolute": ("error", "XBRL 2.1, 3.5.3.3", "The role {role!r} is no absolute URI."),
    "xbrl.3.5.3.3:roleOnWrongElement": ("error", "XBRL 2.1, 3.5.3.3", "The role {role} cannot be used here."),
    "xbrl.3.5.3.7.2": ("error", "XBRL 2.1, 3.5.3.7.2", "the locator leads to nothing: {url} has no {fragment!r}"),
    "xbrl.3.5.3.7:customLocator": (
        "error",
        "XBRL 2.1, 3.5.3.7",
        "A standard extended link may hold link:loc only, not {name}.",
    ),
    "xbrl.3.5.3.8.3:roleNotAbsolute": ("error", "XBRL 2.1, 3.5.3.8.3", "The role {role!r} is no absolute URI."),
    "xbrl.3.5.3.8.3:roleOnWrongElement": ("error", "XBRL 2.1, 3.5.3.8.3", "The role {role} cannot be used here."),
    "xbrl.3.5.3.9.1:arcroleNotAbsolute": (
        "error",
        "XBRL 2.1, 3.5.3.9.1",
        "The arcrole {arcrole!r} is no absolute URI.",
    ),
    "xbrl.3.5.3.9.1:arcroleOnWrongElement": (
        "error",
        "XBRL 2.1, 3.5.3.9",
        "The arcrole {arcrole} cannot be used here.",
    ),
    "xbrl.3.5.3.9.2:arcEnd": (
        "error",
        "XBRL 2.1, 3.5.3.9.2",
        "xlink:{name} is {label!r}, which labels nothing in the link.",
    ),
    "xbrl.3.5.3.9:duplicateArc": (
        "error",
        "XBRL 2.1, 3.5.3.9",
        "Another arc of the link goes from {start!r} to {end!r} already (XLink 1.0, 5.1.3).",
    ),
    "xbrl.3.5.4:pointer": (
        "error",
        "XBRL 2.1, 3.5.4",
        "{fragment!r} is neither a shorthand pointer nor one of the element() scheme.",
    ),
    "xbrl.4.1:rootElement": (
        "error",
        "XBRL 2.1, 4.1",
        "The document element is {name}, not xbrli:xbrl: the report stands inside another document.",
    ),
    "xbrl.4.2:schemaRefMissing": (
        "error",
        "XBRL 2.1, 4.2",
        "The instance refers to no schema, so nothing is known of its facts.",
    ),
    "xbrl.4.2:schemaRefTarget": (
        "error",
        "XBRL 2.1, 4.2",
        "link:schemaRef leads to something that is no schema: {url}.",
    ),
    "xbrl.4.3.2:linkbaseRefTarget": (
        "error",
        "XBRL 2.1, 4.3.2",
        "link:linkbaseRef leads to something that is no linkbase: {target}.",
    ),
    "xbrl.4.3.3:linkbaseRefArcrole": (
        "error",
        "XBRL 2.1, 4.3.3",
        "The arcrole of link:linkbaseRef is {arcrole!r}, but must be {wanted}.",
    ),
    "xbrl.4.3.4:linkbaseRefRole": (
        "error",
        "XBRL 2.1, 4.3.4",
        "link:linkbaseRef announces {wanted} elements, but {target} holds a {held}.",
    ),
    "xbrl.4.6.1:itemContextRef": ("error", "XBRL 2.1, 4.6.1", "its context is not known: it {reason}"),
    "xbrl.4.6.2:nonNumericUnit": ("error", "XBRL 2.1, 4.6.2", "it is not numeric, but has a unitRef"),
    "xbrl.4.6.2:numericUnit": ("error", "XBRL 2.1, 4.6.2", "it is numeric, but {reason}"),
    "xbrl.4.6.3:bothPrecisionAndDecimals": ("error", "XBRL 2.1, 4.6.3", "it has both decimals and precision"),
    "xbrl.4.6.3:missingPrecisionDecimals": (
        "error",
        "XBRL 2.1, 4.6.3",
        "it is numeric, but has neither decimals nor precision",
    ),
    "xbrl.4.6.3:nilPrecisionDecimals": (
        "error",
        "XBRL 2.1, 4.6.3",
        "it is nil, so it cannot have decimals or precision",
    ),
    "xbrl.4.7.2:contextPeriodType": (
        "error",
        "XBRL 2.1, 4.7.2",
        "the concept is reported for {wanted}, but context {context} is {found}",
    ),
    "xbrl.4.7.2:periodStartBeforeEnd": (
        "error",
        "XBRL 2.1, 4.7.2",
        "Context {subject}: its period does not end after it starts.",
    ),
    "xbrl.4.7.3.2:segmentContent": (
        "error",
        "XBRL 2.1, 4.7.3.2",
        "Context {subject}: its {name} holds {inner}, an element {what}.",
    ),
    "xbrl.4.7.4:scenarioContent": (
        "error",
        "XBRL 2.1, 4.7.4",
        "Context {subject}: its {name} holds {inner}, an element {what}.",
    ),
    "xbrl.4.8.2:measureNamespace": (
        "error",
        "XBRL 2.1, 4.8.2",
        "Unit {subject}: the measure xbrli:{measure} does not exist.",
    ),
    "xbrl.4.8.2:monetaryUnit": ("error", "XBRL 2.1, 4.8.2", "the unit is not that of a monetary item: {reason}"),
    "xbrl.4.8.2:sharesUnit": ("error", "XBRL 2.1, 4.8.2", "the unit is not that of shares: {reason}"),
    "xbrl.4.8.4:unitSimplest": (
        "error",
        "XBRL 2.1, 4.8.4",
        "Unit {subject}: {measure} is in its numerator and in its denominator.",
    ),
    "xbrl.4.9:tupleAttribute": (
        "error",
        "XBRL 2.1, 4.9",
        "a tuple cannot have the attribute {attribute} of a namespace of XBRL's own",
    ),
    "xbrl.4.9:tupleBalance": ("error", "XBRL 2.1, 4.9", "a tuple cannot have an xbrli:balance"),
    "xbrl.4.9:tupleElementDeclaration": (
        "error",
        "XBRL 2.1, 4.9",
        "its child {child} is declared within; it must be a reference to a global element",
    ),
    "xbrl.4.9:tupleElementItemOrTuple": ("error", "XBRL 2.1, 4.9", "its child {child} is neither an item nor a tuple"),
    "xbrl.4.9:tupleMixed": ("error", "XBRL 2.1, 4.9", "a tuple cannot have mixed content"),
    "xbrl.4.9:tuplePeriodType": ("error", "XBRL 2.1, 4.9", "a tuple cannot have an xbrli:periodType"),
    "xbrl.4.9:tupleSimple": ("error", "XBRL 2.1, 4.9", "a tuple cannot have simple content"),
    "xbrl.4.11.1.1:instanceLoc": (
        "error",
        "XBRL 2.1, 4.11.1.1",
        "The locator {href!r} points to nothing in this instance.",
    ),
    "xbrl.4.11.1.1:locatorTarget": (
        "error",
        "XBRL 2.1, 4.11.1.1",
        "The locator {href!r} of a footnote link leads to no fact of the instance.",
    ),
    "xbrl.4.11.1.2.1:langMissing": ("error", "XBRL 2.1, 4.11.1.2.1", "{name} has no xml:lang."),
    "xbrl.4.11.1.3.1:source": ("error", "XBRL 2.1, 4.11.1.3.1", "A fact-footnote arc must come from a fact."),
    "xbrl.4.11.1.3.1:target": (
        "error",
        "XBRL 2.1, 4.11.1.3.1",
        "A fact-footnote arc must lead to a footnote of its link.",
    ),
    "xbrl.5.1.1.1:itemPeriodType": ("error", "XBRL 2.1, 5.1.1.1", "an item needs an xbrli:periodType"),
    "xbrl.5.1.1.2:balanceNotMonetary": (
        "error",
        "XBRL 2.1, 5.1.1.2",
        "only items of monetary type may have an xbrli:balance",
    ),
    "xbrl.5.1.1.2:balanceWeight": (
        "error",
        "XBRL 2.1, 5.1.1.2",
        "{item} ({item_balance}) cannot add to {total} ({total_balance}) with a {sign} weight.",
    ),
    "xbrl.5.1.1.3:itemType": (
        "error",
        "XBRL 2.1, 5.1.1.3",
        "the type of an item must be one of XBRL's item types or derive from one by restriction",
    ),
    "xbrl.5.1.1:attributeOnNonConcept": ("error", "XBRL 2.1, 5.1.1", "only items may have {what}"),
    "xbrl.5.1.2:declarationPlace": (
        "error",
        "XBRL 2.1, 5.1.2, 5.1.3 and 5.1.4",
        "{name} must stand in an appinfo of the schema's own annotation.",
    ),
    "xbrl.5.1.3.4:usedOn": ("error", "XBRL 2.1, 5.1.3.4", "The role {role} is not declared for use on {name}."),
    "xbrl.5.1.3:roleTypeDuplicate": ("error", "XBRL 2.1, 5.1.3", "The {kind} {subject} is declared {reason}."),
    "xbrl.5.1.3:usedOnDuplicate": (
        "error",
        "XBRL 2.1, 5.1.3",
        "The {kind} {subject} names an element twice in usedOn.",
    ),
    "xbrl.5.1.4.3:cycles": (
        "error",
        "XBRL 2.1, 5.1.4.3",
        "Arcs of {arcrole} in {role} form a {kind} cycle at {start} → {end}.",
    ),
    "xbrl.5.1.4.5:usedOn": ("error", "XBRL 2.1, 5.1.4.5", "The arcrole {arcrole} is not declared for use on {name}."),
    "xbrl.5.1.4:arcroleTypeDuplicate": ("error", "XBRL 2.1, 5.1.4", "The {kind} {subject} is declared {reason}."),
    "xbrl.5.1.4:usedOnDuplicate": (
        "error",
        "XBRL 2.1, 5.1.4",
        "The {kind} {subject} names an element twice in usedOn.",
    ),
    "xbrl.5.1:emptyTargetNamespace": ("error", "XBRL 2.1, 5.1", "The target namespace of the schema is empty."),
    "xbrl.5.1:redefine": ("error", "XBRL 2.1, 5.1", "A taxonomy schema must not use redefine."),
    "xbrl.5.2.2.2.1:langMissing": ("error", "XBRL 2.1, 5.2.2.2.1", "{name} has no xml:lang."),
    "xbrl.5.2.2.3:remoteResource": (
        "error",
        "XBRL 2.1, 5.2.2.3",
        "An arc to a resource of another extended link may only prohibit (use='prohibited').",
    ),
    "xbrl.5.2.2.3:target": ("error", "XBRL 2.1, 5.2.2.3", "The arc leads to {target}, not to a {wanted}."),
    "xbrl.5.2.3.3:remoteResource": (
        "error",
        "XBRL 2.1, 5.2.3.3",
        "An arc to a resource of another extended link may only prohibit (use='prohibited').",
    ),
    "xbrl.5.2.3.3:target": ("error", "XBRL 2.1, 5.2.3.3", "The arc leads to {target}, not to a {wanted}."),
    "xbrl.5.2.4.2": ("error", "XBRL 2.1, 5.2.4.2", "the presentation tree runs in a circle: {reason}"),
    "xbrl.5.2.4.2.1:preferredLabelMissing": (
        "error",
        "XBRL 2.1, 5.2.4.2.1",
        "{subject} has no label in the role {role}, which its arc prefers.",
    ),
    "xbrl.5.2.5.2.1:zeroWeight": ("error", "XBRL 2.1, 5.2.5.2.1", "The weight is zero."),
    "xbrl.5.2.5.2:calcInconsistency": (
        "warning",
        "XBRL 2.1, 5.2.5.2",
        "the total is not confirmed by its items: {reason}, in {role}",
    ),
    "xbrl.5.2.5.2:nonNumeric": ("error", "XBRL 2.1, 5.2.5.2", "{end} is not a numeric item."),
    "xbrl.5.2.6.2.2:essenceAlias": (
        "error",
        "XBRL 2.1, 5.2.6.2.2",
        "it is an alias of {essence}, but fact {fact} has another {what}",
    ),
    "xbrl.5.2.6.2.2:essenceBalances": (
        "error",
        "XBRL 2.1, 5.2.6.2.2",
        "{essence} and {alias} have different balances.",
    ),
    "xbrl.5.2.6.2.2:essencePeriodTypes": (
        "error",
        "XBRL 2.1, 5.2.6.2.2",
        "{essence} and {alias} have different period types.",
    ),
    "xbrl.5.2.6.2.2:essenceTypes": ("error", "XBRL 2.1, 5.2.6.2.2", "{essence} and {alias} have different types."),
    "xbrl.5.2.6.2.3:similarTuples": ("error", "XBRL 2.1, 5.2.6.2.3", "{end} is not a tuple."),
    "xbrl.5.2.6.2.4:requiresElement": ("error", "XBRL 2.1, 5.2.6.2.4", "it requires {concept}, which is not reported"),
    "xbrl.5.2.6.2:arcEndNotItem": ("error", "XBRL 2.1, 5.2.6.2", "{name} is a tuple, but must be an item."),
    "xbrl.5.2:arcEndNotConcept": (
        "error",
        "XBRL 2.1, 5.2",
        "{end} is not a concept, so an arc of {arcrole} cannot go there.",
    ),
    "xbrl.5.2:locatorTarget": ("error", "XBRL 2.1, 5.2", "{end} is neither a concept nor a resource."),
    "xbrl:completeDuplicates": (
        "info",
        "XBRL International: duplicate facts",
        "{what} reported more than once with the same value, {count} times altogether.",
    ),
    "xbrl:consistentDuplicates": (
        "info",
        "XBRL International: duplicate facts",
        "{subject} is reported {count} times{where}; the values {verdict}: {values}.",
    ),
    "xbrl:inconsistentDuplicates": (
        "warning",
        "XBRL International: duplicate facts",
        "{subject} is reported {count} times{where}; the values {verdict}: {values}.",
    ),
    "xbrl:schemaImportMissing": ("error", "XBRL 2.1", "it is not declared: {reason}"),
    "xbrl:typeDeclarationMissing": ("warning", "XBRL 2.1", "it has no type"),
}
