"""Codes of Inline XBRL 1.1."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Inline XBRL 1.1"
CODES: Final[Codes] = {
    "html:syntaxError": ("error", "Inline XBRL 1.1, schema", "{subject} breaks the schema of Inline XBRL: {reason}"),
    "ix11.4.1.1:ancestorNodeDisallowed": (
        "error",
        "Inline XBRL 1.1, 4.1.1",
        "{subject}: it must not stand in ix:hidden.",
    ),
    "ix11.4.1.2:continuationChainNested": (
        "error",
        "Inline XBRL 1.1, 4.1.2",
        "{subject}: it stands inside another part of its own continuation chain.",
    ),
    "ix11.4.1.2:continuationCycle": ("error", "Inline XBRL 1.1, 4.1.2", "the chain comes back to continuation {id!r}"),
    "ix11.4.1.2:continuationMissing": ("error", "Inline XBRL 1.1, 4.1.2", "no continuation has the id {id!r}"),
    "ix11.4.1.2:continuationNotReferenced": (
        "error",
        "Inline XBRL 1.1, 4.1.2",
        "{subject}: no ix:nonNumeric, ix:footnote or continuation of one is continued at it.",
    ),
    "ix11.4.1.2:continuationTarget": (
        "error",
        "Inline XBRL 1.1, 4.1.2",
        "the id {id!r} is that of a {name}, not of a continuation",
    ),
    "ix11.4.1.2:continuationReferences": (
        "error",
        "Inline XBRL 1.1, 4.1.2",
        "{subject}: it is continued at {name!r}, and so is {other} already.",
    ),
    "ix11.5.1.1:excludeMisplaced": (
        "error",
        "Inline XBRL 1.1, 5.1.1",
        "{subject}: it must stand inside an ix:nonNumeric, ix:footnote or ix:continuation.",
    ),
    "ix11.6.1.2:continuationChainNested": (
        "error",
        "Inline XBRL 1.1, 6.1.2",
        "{subject}: it stands inside another part of its own continuation chain.",
    ),
    "ix11.6.1.2:continuationMissing": ("error", "Inline XBRL 1.1, 6.1.2", "no continuation has the id {id!r}"),
    "ix11.6.1.2:continuationTarget": (
        "error",
        "Inline XBRL 1.1, 6.1.2",
        "the id {id!r} is that of a {name}, not of a continuation",
    ),
    "ix11.6.1.2:footnoteLang": ("error", "Inline XBRL 1.1, 6.1.2", "{subject}: no xml:lang is in scope."),
    "ix11.7.1.1:fractionChildren": (
        "error",
        "Inline XBRL 1.1, 7.1.1",
        "{subject}: the fraction must hold {wanted}; {reason}.",
    ),
    "ix11.7.1.1:fractionDescendants": ("error", "Inline XBRL 1.1, 7.1.1", "{subject}: {inner} must not stand in it."),
    "ix11.7.1.2:contextReference": ("error", "Inline XBRL 1.1, 7.1.2", "its context is not known: it {reason}"),
    "ix11.7.1.2:denominatorNegative": (
        "error",
        "Inline XBRL 1.1, 7.1.2",
        "{subject}: it has no format, so {text!r} must be a number that is not negative; sign makes it one.",
    ),
    "ix11.7.1.2:nestedFractionIsNil": (
        "error",
        "Inline XBRL 1.1, 7.1.2",
        "{subject}: one of it and the ix:fraction around it is nil, the other is not.",
    ),
    "ix11.7.1.2:nestedFractionProperties": (
        "error",
        "Inline XBRL 1.1, 7.1.2",
        "{subject}: its unit must be that of the ix:fraction around it.",
    ),
    "ix11.7.1.2:numeratorNegative": (
        "error",
        "Inline XBRL 1.1, 7.1.2",
        "{subject}: it has no format, so {text!r} must be a number that is not negative; sign makes it one.",
    ),
    "ix11.7.1.2:unitReference": ("error", "Inline XBRL 1.1, 7.1.2", "its unit is not known: it {reason}"),
    "ix11.8.1.3:headerMissing": ("error", "Inline XBRL 1.1, 8.1.3", "The document set has no ix:header."),
    "ix11.10.1.1:nonFractionChildren": (
        "error",
        "Inline XBRL 1.1, 10.1.1",
        "{subject} does not hold what it must: {reason}.",
    ),
    "ix11.10.1.1:transformValueError": ("error", "Inline XBRL 1.1, 10.1.1", "the text cannot be transformed: {reason}"),
    "ix11.10.1.2:contextReference": ("error", "Inline XBRL 1.1, 10.1.2", "its context is not known: it {reason}"),
    "ix11.10.1.2:invalidTransformation": (
        "error",
        "Inline XBRL 1.1, 10.1.2",
        "the transformation is none that can be used: {reason}",
    ),
    "ix11.10.1.2:nestedNonFractionIsNil": (
        "error",
        "Inline XBRL 1.1, 10.1.2",
        "{subject}: it is nil, so it must not stand inside another ix:nonFraction.",
    ),
    "ix11.10.1.2:nestedNonFractionProperties": (
        "error",
        "Inline XBRL 1.1, 10.1.2",
        "{subject}: its {names} must be that of the ix:nonFraction around it.",
    ),
    "ix11.10.1.2:nonFractionChildren": (
        "error",
        "Inline XBRL 1.1, 10.1.2",
        "{subject} does not hold what it must: {reason}.",
    ),
    "ix11.10.1.2:nonFractionNegative": (
        "error",
        "Inline XBRL 1.1, 10.1.2",
        "{subject}: it has no format, so {text!r} must be a number that is not negative; sign makes it one.",
    ),
    "ix11.10.1.2:unitReference": ("error", "Inline XBRL 1.1, 10.1.2", "its unit is not known: it {reason}"),
    "ix11.11.1.1:transformValueError": ("error", "Inline XBRL 1.1, 11.1.1", "the text cannot be transformed: {reason}"),
    "ix11.11.1.2:contextReference": ("error", "Inline XBRL 1.1, 11.1.2", "its context is not known: it {reason}"),
    "ix11.11.1.2:continuationChainNested": (
        "error",
        "Inline XBRL 1.1, 11.1.2",
        "{subject}: it stands inside another part of its own continuation chain.",
    ),
    "ix11.11.1.2:continuationMissing": ("error", "Inline XBRL 1.1, 11.1.2", "no continuation has the id {id!r}"),
    "ix11.11.1.2:continuationTarget": (
        "error",
        "Inline XBRL 1.1, 11.1.2",
        "the id {id!r} is that of a {name}, not of a continuation",
    ),
    "ix11.11.1.2:invalidTransformation": (
        "error",
        "Inline XBRL 1.1, 11.1.2",
        "the transformation is none that can be used: {reason}",
    ),
    "ix11.11.1.2:unitReference": ("error", "Inline XBRL 1.1, 11.1.2", "its unit is not known: it {reason}"),
    "ix11.12.1.1:qualifiedAttributeDisallowed": (
        "error",
        "Inline XBRL 1.1, 12.1.1",
        "{subject}: the attribute {written} of XBRL's own namespace must not be passed on to the target document.",
    ),
    "ix11.12.1.2:missingReferences": (
        "error",
        "Inline XBRL 1.1, 12.1.2",
        "There is no schema for {subject}, so nothing is known of its facts.",
    ),
    "ix11.12.1.2:referencesAttributeDuplication": (
        "error",
        "Inline XBRL 1.1, 12.1.2",
        "In the ix:references elements of {subject}, the attribute {name} occurs twice.",
    ),
    "ix11.12.1.2:referencesNamespacePrefixConflict": (
        "error",
        "Inline XBRL 1.1, 12.1.2",
        "In the ix:references elements of {subject}, {what} means {one} in one place and {other} in another.",
    ),
    "ix11.12.1.2:referencesTargetId": (
        "error",
        "Inline XBRL 1.1, 12.1.2",
        "{subject}: another ix:references for the same target has an id too, {id!r}.",
    ),
    "ix11.13.1.2:relationshipCrossDuplication": (
        "error",
        "Inline XBRL 1.1, 13.1.2",
        "{subject}: fromRefs and toRefs both name {names}.",
    ),
    "ix11.13.1.2:relationshipFromRef": (
        "error",
        "Inline XBRL 1.1, 13.1.2",
        "the relationship begins at no fact: {reason}",
    ),
    "ix11.13.1.2:relationshipReferencesMixed": (
        "error",
        "Inline XBRL 1.1, 13.1.2",
        "a relationship leads to facts or to footnotes, not to both: {reason}",
    ),
    "ix11.13.1.2:relationshipToRef": (
        "error",
        "Inline XBRL 1.1, 13.1.2",
        "the relationship leads to nothing: {reason}",
    ),
    "ix11.14.1.2:missingResources": (
        "error",
        "Inline XBRL 1.1, 14.1.2",
        "No document of the set has an ix:resources element, so there are no contexts and units.",
    ),
    "ix11.14.1.2:resourceIdDuplication": (
        "error",
        "Inline XBRL 1.1, 14.1.2",
        "{name}: the id {id!r} is used already, in {where}.",
    ),
    "ix11.15.1.1:tupleDescendants": ("error", "Inline XBRL 1.1, 15.1.1", "{subject}: {name} must not stand in it."),
    "ix11.15.1.1:tupleEmpty": (
        "error",
        "Inline XBRL 1.1, 15.1.1",
        "{subject}: no fact belongs to it, and it is not nil.",
    ),
    "ix11.15.1.1:tupleNilContent": (
        "error",
        "Inline XBRL 1.1, 15.1.1",
        "{subject}: it is nil, but other facts belong to it.",
    ),
    "ix11.15.1.2:tupleCycle": ("error", "Inline XBRL 1.1, 15.1.2", "{subject}: it is part of itself."),
    "ix11.15.1.2:tupleIdDuplication": (
        "error",
        "Inline XBRL 1.1, 15.1.2",
        "{subject}: another tuple has the tupleID {identifier!r}.",
    ),
    "ix11.15.1.2:tupleOrder": (
        "error",
        "Inline XBRL 1.1, 15.1.2",
        "The place of {subject} in its tuple is wrong: {reason}.",
    ),
    "ix11.15.1.2:tupleReference": (
        "error",
        "Inline XBRL 1.1, 15.1.2",
        "{subject}: tupleRef names {reference!r}, which is the tupleID of no ix:tuple.",
    ),
    "ix11.15.1.2:tupleTargetMismatch": (
        "error",
        "Inline XBRL 1.1, 15.1.2",
        "{subject}: its target is not that of the tuple that it belongs to.",
    ),
}
