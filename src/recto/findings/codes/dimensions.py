"""Codes of Dimensions 1.0."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Dimensions 1.0"
CODES: Final[Codes] = {
    "xbrldie:DefaultValueUsedInInstanceError": (
        "error",
        "Dimensions 1.0",
        "{member} is the default of {dimension}, so it must not be written",
    ),
    "xbrldie:ExplicitMemberNotExplicitDimensionError": (
        "error",
        "Dimensions 1.0",
        "{dimension} is no explicit dimension",
    ),
    "xbrldie:ExplicitMemberUndefinedQNameError": (
        "error",
        "Dimensions 1.0, 3.1.4",
        "the member {member} is not known: {reason}",
    ),
    "xbrldie:IllegalTypedDimensionContentError": (
        "error",
        "Dimensions 1.0, 3.1.4",
        "the value of {dimension} is not valid: {reason}",
    ),
    "xbrldie:PrimaryItemDimensionallyInvalidError": (
        "error",
        "Dimensions 1.0, 3.1.1",
        "its dimensions are not those of any hypercube of its concept: {reason}",
    ),
    "xbrldie:RepeatedDimensionInInstanceError": (
        "error",
        "Dimensions 1.0, 3.1.4",
        "the dimension {dimension} occurs more than once",
    ),
    "xbrldie:TypedMemberNotTypedDimensionError": ("error", "Dimensions 1.0", "{dimension} is no typed dimension"),
    "xbrldte:DRSDirectedCycleError": (
        "error",
        "Dimensions 1.0, 2.4.3.1",
        "Arcs of {arcrole} in {role} form a {kind} cycle at {start} → {end}.",
    ),
    "xbrldte:DRSUndirectedCycleError": (
        "error",
        "Dimensions 1.0, 2.4.3.1",
        "Arcs of {arcrole} in {role} form a {kind} cycle at {start} → {end}.",
    ),
    "xbrldte:DimensionDefaultSourceError": (
        "error",
        "Dimensions 1.0, 2.7.1.1",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:DimensionDefaultTargetError": (
        "error",
        "Dimensions 1.0, 2.7.1.1",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:DimensionDomainSourceError": (
        "error",
        "Dimensions 1.0, 2.5.3.1",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:DimensionDomainTargetError": (
        "error",
        "Dimensions 1.0, 2.5.3.1",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:DimensionElementIsNotAbstractError": ("error", "Dimensions 1.0, 2.5.1", "a dimension must be abstract"),
    "xbrldte:DomainMemberSourceError": (
        "error",
        "Dimensions 1.0, 2.5.3.2",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:DomainMemberTargetError": (
        "error",
        "Dimensions 1.0, 2.5.3.2",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:HasHypercubeMissingContextElementAttributeError": (
        "error",
        "Dimensions 1.0, 2.3.2",
        "An arc {arcrole} must have xbrldt:contextElement.",
    ),
    "xbrldte:HasHypercubeSourceError": (
        "error",
        "Dimensions 1.0, 2.3.1",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:HasHypercubeTargetError": (
        "error",
        "Dimensions 1.0, 2.3.1",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:HypercubeDimensionSourceError": (
        "error",
        "Dimensions 1.0, 2.2.2",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:HypercubeDimensionTargetError": (
        "error",
        "Dimensions 1.0, 2.2.2",
        "The {word} of an arc {arcrole} must be {wanted}, but is {what}.",
    ),
    "xbrldte:HypercubeElementIsNotAbstractError": ("error", "Dimensions 1.0, 2.2.1", "a hypercube must be abstract"),
    "xbrldte:OutOfDTSSchemaError": (
        "error",
        "Dimensions 1.0",
        "xbrldt:typedDomainRef leads to a schema that is not part of the DTS: {address}",
    ),
    "xbrldte:PrimaryItemPolymorphismError": (
        "error",
        "Dimensions 1.0, 2.5.3.1.1",
        "{item} is a primary item of {hypercube} and a member of its dimension {dimension}.",
    ),
    "xbrldte:TargetRoleNotResolvedError": (
        "error",
        "Dimensions 1.0, 2.4.3.1",
        "The target role {role} has no roleRef in this linkbase.",
    ),
    "xbrldte:TooManyDefaultMembersError": (
        "error",
        "Dimensions 1.0, 2.7.1.1",
        "{dimension} has two defaults, {first} and {second}.",
    ),
    "xbrldte:TypedDimensionError": ("error", "Dimensions 1.0", "xbrldt:typedDomainRef leads to {what}: #{fragment}"),
    "xbrldte:TypedDimensionURIError": ("error", "Dimensions 1.0, 2.5.2.1", "xbrldt:typedDomainRef has no fragment"),
    "xbrldte:TypedDomainRefError": ("error", "Dimensions 1.0", "only a dimension may have xbrldt:typedDomainRef"),
}
