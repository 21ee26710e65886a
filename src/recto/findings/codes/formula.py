"""Codes of Formula 1.0 and what belongs to it; errors of expressions have those of XPath 2.0."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Formula 1.0: variables, assertions, formulas, messages, severities"
CODES: Final[Codes] = {
    code: ("error", specification, "{reason}")
    for specification, codes in (
        (
            "Variables 1.0",
            """
            xbrlve:variableNameResolutionFailure
            xbrlve:parameterCyclicDependencies
            xbrlve:unresolvedDependency
            xbrlve:unknownAspectModel
            xbrlve:parameterTypeMismatch
            xbrlve:parameterNameClash
            xbrlve:noProhibitedNamespaceForCustomFunction
            xbrlve:noCustomFunctionSignature
            xbrlve:multipleTypedDimensionEqualityDefinitions
            xbrlve:filterAspectModelMismatch
            xbrlve:fallbackValueVariableReferenceNotAllowed
            xbrlve:factVariableReferenceNotAllowed
            xbrlve:duplicateVariableNames
            xbrlve:cyclicDependencies
            xbrlvarinste:instanceVariableRecursionCycle
            """,
        ),
        (
            "Formula 1.0",
            """
            xbrlfe:conflictingAspectRules
            xbrlfe:undefinedSAV
            xbrlfe:nonexistentSourceVariable
            xbrlfe:nonSingletonOutputValue
            xbrlfe:missingUnitRule
            xbrlfe:missingConceptRule
            xbrlfe:bindEmptySourceVariable
            xbrlfe:badSubsequentOCCValue
            xbrlfe:wrongXpathResultForTypedDimensionRule
            xbrlfe:unrecognisedAspectRule
            xbrlfe:sequenceSAVConflicts
            xbrlfe:missingSAVForExplicitDimensionRule
            xbrlfe:missingSAVForTypedDimensionRule
            xbrlfe:missingSAVForUnitRule
            xbrlfe:missingPeriodRule
            xbrlfe:missingEntityIdentifierRule
            xbrlfe:incompleteConceptRule
            xbrlfe:incompleteEntityIdentifierRule
            xbrlfe:incompletePeriodRule
            xbrlfe:badUsageOfExplicitDimensionRule
            xbrlfe:badUsageOfTypedDimensionRule
            xbrlfe:illegalUseOfUncoveredQName
            xbrlfe:defaultAspectValueConflicts
            """,
        ),
        (
            "Custom Function Implementation 1.0",
            """
            xbrlcfie:missingCFIRelationship
            xbrlcfie:tooManyCFIRelationships
            xbrlcfie:inputMismatch
            """,
        ),
        (
            "Consistency Assertions 1.0",
            """
            xbrlcae:variablesNotAllowed
            xbrlcae:missingFormulae
            xbrlcae:acceptanceRadiusConflict
            """,
        ),
        (
            "Existence Assertions 1.0",
            """
            xbrleae:variableReferenceNotAllowed
            """,
        ),
        (
            "Message 1.0",
            """
            xbrlmsge:missingRightCurlyBracketInMessage
            xbrlmsge:missingLeftCurlyBracketInMessage
            """,
        ),
        (
            "Match Filters 1.0",
            """
            xbrlmfe:inconsistentMatchedVariableSequence
            """,
        ),
        (
            "Aspect Cover Filters 1.0",
            """
            xbrlacfe:invalidAspect
            xbrlacfe:inconsistentAspectCoverFilters
            """,
        ),
        (
            "Assertion Severity 2.0",
            """
            seve:multipleSeveritiesForAssertionError
            seve:invalidSeverityExpressionResultError
            seve:assertionSeverityTargetError
            seve:assertionSeveritySourceError
            """,
        ),
        (
            "XPath 2.0",
            """
            err:XPST0008
            err:XPST0081
            err:XPST0003
            err:XPST0017
            err:XPST0051
            err:XPTY0004
            """,
        ),
        (
            "Assertions 1.0",
            """
            formula:valueAssertionUnsatisfied
            formula:existenceAssertionUnsatisfied
            formula:consistencyAssertionUnsatisfied
            """,
        ),
        (
            "recto's limits on expressions",
            """
            xpath:expressionBudget
            xpath:filterCycle
            xpath:missingParameter
            xpath:noElement
            """,
        ),
    )
    for code in codes.split()
}
CODES["formula:instanceMissing"] = ("error", "Instances 1.0", "{reason}")
CODES["formula:severalEqualValues"] = ("warning", "Variables 1.0", "{reason}")
