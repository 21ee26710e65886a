"""Codes of Formula 1.0 and what belongs to it; errors of expressions have those of XPath 2.0."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Formula 1.0: variables, assertions, formulas, messages, severities"
CODES: Final[Codes] = {
    "xbrlve:variableNameResolutionFailure": (
        "error",
        "Variables 1.0",
        "A name of a variable or parameter is no name: {reason}.",
    ),
    "xbrlve:parameterCyclicDependencies": (
        "error",
        "Variables 1.0",
        "Parameters depend on each other in a circle: {reason}.",
    ),
    "xbrlve:unresolvedDependency": (
        "error",
        "Variables 1.0",
        "A variable or parameter that an expression uses does not exist: {reason}.",
    ),
    "xbrlve:unknownAspectModel": (
        "error",
        "Variables 1.0",
        "The aspect model is none that Variables 1.0 knows: {reason}.",
    ),
    "xbrlve:parameterTypeMismatch": (
        "error",
        "Variables 1.0",
        "The value of a parameter is not of its type: {reason}.",
    ),
    "xbrlve:parameterNameClash": ("error", "Variables 1.0", "More than one parameter has one name: {reason}."),
    "xbrlve:noProhibitedNamespaceForCustomFunction": (
        "error",
        "Variables 1.0",
        "A custom function is in a namespace that is not its own: {reason}.",
    ),
    "xbrlve:noCustomFunctionSignature": (
        "error",
        "Variables 1.0",
        "An expression calls a function that has no signature: {reason}.",
    ),
    "xbrlve:multipleTypedDimensionEqualityDefinitions": (
        "error",
        "Variables 1.0",
        "A typed dimension has more than one definition of equality: {reason}.",
    ),
    "xbrlve:filterAspectModelMismatch": ("error", "Variables 1.0", "A filter is not for the aspect model: {reason}."),
    "xbrlve:fallbackValueVariableReferenceNotAllowed": (
        "error",
        "Variables 1.0",
        "A fallback value must not refer to variables: {reason}.",
    ),
    "xbrlve:factVariableReferenceNotAllowed": (
        "error",
        "Variables 1.0",
        "A fact variable is referred to where it must not be: {reason}.",
    ),
    "xbrlve:duplicateVariableNames": ("error", "Variables 1.0", "Variables of one set have one name: {reason}."),
    "xbrlve:cyclicDependencies": ("error", "Variables 1.0", "Variables depend on each other in a circle: {reason}."),
    "xbrlvarinste:instanceVariableRecursionCycle": (
        "error",
        "Instances 1.0",
        "Variables depend on each other in a circle through instances: {reason}.",
    ),
    "xbrlfe:conflictingAspectRules": ("error", "Formula 1.0", "There is more than one rule for an aspect: {reason}."),
    "xbrlfe:undefinedSAV": ("error", "Formula 1.0", "A source gives no value for an aspect: {reason}."),
    "xbrlfe:nonexistentSourceVariable": (
        "error",
        "Formula 1.0",
        "The source of a rule is no variable of the formula: {reason}.",
    ),
    "xbrlfe:nonSingletonOutputValue": (
        "error",
        "Formula 1.0",
        "The value of the output fact is not one item: {reason}.",
    ),
    "xbrlfe:missingUnitRule": ("error", "Formula 1.0", "The output fact has no unit: {reason}."),
    "xbrlfe:missingConceptRule": ("error", "Formula 1.0", "The output fact has no concept: {reason}."),
    "xbrlfe:bindEmptySourceVariable": ("error", "Formula 1.0", "The source of a rule is bound to no fact: {reason}."),
    "xbrlfe:badSubsequentOCCValue": (
        "error",
        "Formula 1.0",
        "The element that a rule removes is not among the contents of segment or scenario: {reason}.",
    ),
    "xbrlfe:wrongXpathResultForTypedDimensionRule": (
        "error",
        "Formula 1.0",
        "The expression of a typed dimension gives no element that may stand there: {reason}.",
    ),
    "xbrlfe:unrecognisedAspectRule": ("error", "Formula 1.0", "A rule is none of Formula 1.0: {reason}."),
    "xbrlfe:sequenceSAVConflicts": (
        "error",
        "Formula 1.0",
        "Facts of a sequence that is a source differ in the aspect: {reason}.",
    ),
    "xbrlfe:missingSAVForExplicitDimensionRule": (
        "error",
        "Formula 1.0",
        "An explicit dimension has neither a value nor a source: {reason}.",
    ),
    "xbrlfe:missingSAVForTypedDimensionRule": (
        "error",
        "Formula 1.0",
        "A typed dimension has neither a value nor a source: {reason}.",
    ),
    "xbrlfe:missingSAVForUnitRule": (
        "error",
        "Formula 1.0",
        "A rule adds to the unit of a source that has none: {reason}.",
    ),
    "xbrlfe:missingPeriodRule": ("error", "Formula 1.0", "The output fact has no period: {reason}."),
    "xbrlfe:missingEntityIdentifierRule": ("error", "Formula 1.0", "The output fact has no entity: {reason}."),
    "xbrlfe:incompleteConceptRule": (
        "error",
        "Formula 1.0",
        "A rule for the concept says neither a name nor a source: {reason}.",
    ),
    "xbrlfe:incompleteEntityIdentifierRule": (
        "error",
        "Formula 1.0",
        "A rule for the entity says neither scheme nor value nor source: {reason}.",
    ),
    "xbrlfe:incompletePeriodRule": (
        "error",
        "Formula 1.0",
        "A rule for the period lacks a date and a source: {reason}.",
    ),
    "xbrlfe:badUsageOfExplicitDimensionRule": (
        "error",
        "Formula 1.0",
        "A rule for an explicit dimension is about another: {reason}.",
    ),
    "xbrlfe:badUsageOfTypedDimensionRule": (
        "error",
        "Formula 1.0",
        "A rule for a typed dimension is about another: {reason}.",
    ),
    "xbrlfe:illegalUseOfUncoveredQName": (
        "error",
        "Formula 1.0",
        "formula:uncovered is a source where it must not be: {reason}.",
    ),
    "xbrlfe:defaultAspectValueConflicts": (
        "error",
        "Formula 1.0",
        "The uncovered aspects differ between facts: {reason}.",
    ),
    "xbrlcfie:missingCFIRelationship": (
        "error",
        "Custom Function Implementation 1.0",
        "A custom function has an implementation that leads nowhere: {reason}.",
    ),
    "xbrlcfie:tooManyCFIRelationships": (
        "error",
        "Custom Function Implementation 1.0",
        "A custom function has more than one implementation: {reason}.",
    ),
    "xbrlcfie:inputMismatch": (
        "error",
        "Custom Function Implementation 1.0",
        "An implementation has other inputs than its signature: {reason}.",
    ),
    "xbrlcae:variablesNotAllowed": (
        "error",
        "Consistency Assertions 1.0",
        "A consistency assertion must not have variables: {reason}.",
    ),
    "xbrlcae:missingFormulae": (
        "error",
        "Consistency Assertions 1.0",
        "A consistency assertion has no formula: {reason}.",
    ),
    "xbrlcae:acceptanceRadiusConflict": (
        "error",
        "Consistency Assertions 1.0",
        "A consistency assertion has two radii: {reason}.",
    ),
    "xbrleae:variableReferenceNotAllowed": (
        "error",
        "Existence Assertions 1.0",
        "The test of an existence assertion must not refer to variables: {reason}.",
    ),
    "xbrlmsge:missingRightCurlyBracketInMessage": (
        "error",
        "Message 1.0",
        "A message lacks a closing bracket: {reason}.",
    ),
    "xbrlmsge:missingLeftCurlyBracketInMessage": (
        "error",
        "Message 1.0",
        "A message lacks an opening bracket: {reason}.",
    ),
    "xbrlmfe:inconsistentMatchedVariableSequence": (
        "error",
        "Match Filters 1.0",
        "Facts of a matched sequence differ in the aspect: {reason}.",
    ),
    "xbrlacfe:invalidAspect": (
        "error",
        "Aspect Cover Filters 1.0",
        "An aspect cover filter names no aspect: {reason}.",
    ),
    "xbrlacfe:inconsistentAspectCoverFilters": (
        "error",
        "Aspect Cover Filters 1.0",
        "Aspect cover filters contradict each other: {reason}.",
    ),
    "seve:multipleSeveritiesForAssertionError": (
        "error",
        "Assertion Severity 2.0",
        "An assertion has more than one severity: {reason}.",
    ),
    "seve:invalidSeverityExpressionResultError": (
        "error",
        "Assertion Severity 2.0",
        "The expression of a severity gives none: {reason}.",
    ),
    "seve:assertionSeverityTargetError": (
        "error",
        "Assertion Severity 2.0",
        "An assertion-severity relationship leads to something else than a severity: {reason}.",
    ),
    "seve:assertionSeveritySourceError": (
        "error",
        "Assertion Severity 2.0",
        "An assertion-severity relationship comes from something else than an assertion: {reason}.",
    ),
    "err:XPST0008": ("error", "XPath 2.0", "An expression names what is not known: {reason}."),
    "err:XPST0081": ("error", "XPath 2.0", "An expression has a prefix that is bound to nothing: {reason}."),
    "err:XPST0003": ("error", "XPath 2.0", "An expression cannot be parsed: {reason}."),
    "err:XPST0017": ("error", "XPath 2.0", "An expression calls a function that does not exist: {reason}."),
    "err:XPST0051": ("error", "XPath 2.0", "An expression names a type that does not exist: {reason}."),
    "err:XPTY0004": ("error", "XPath 2.0", "A value is of another type than an expression takes: {reason}."),
    "formula:valueAssertionUnsatisfied": (
        "error",
        "Assertions 1.0",
        "The value assertion {assertion} is not satisfied: {reason}",
    ),
    "formula:existenceAssertionUnsatisfied": (
        "error",
        "Assertions 1.0",
        "The existence assertion {assertion} is not satisfied: {reason}",
    ),
    "formula:consistencyAssertionUnsatisfied": (
        "error",
        "Assertions 1.0",
        "The consistency assertion {assertion} is not satisfied: {reason}",
    ),
    "xpath:expressionBudget": (
        "error",
        "recto's limits on expressions",
        "Evaluation takes more steps or memory than it may: {reason}.",
    ),
    "xpath:filterCycle": (
        "error",
        "recto's limits on expressions",
        "Filters lead to each other in a circle: {reason}.",
    ),
    "xpath:missingParameter": (
        "error",
        "recto's limits on expressions",
        "A required parameter has no value: {reason}.",
    ),
    "xpath:noElement": (
        "error",
        "recto's limits on expressions",
        "An element that an expression needs is not there: {reason}.",
    ),
    "formula:instanceMissing": ("error", "Instances 1.0", "An instance that formulas need is not given: {reason}."),
    "formula:severalEqualValues": (
        "warning",
        "Variables 1.0",
        "The expression of the parameter ${subject} takes one value and meets several, which are equal.",
    ),
    "xbrldfe:invalidExplicitDimensionQName": (
        "error",
        "Dimension Filters 1.0, 2.2",
        "The axis of a filter for members is no explicit dimension: {reason}.",
    ),
    "xbrldfe:invalidTypedDimensionQName": (
        "error",
        "Dimension Filters 1.0, 2.3",
        "The axis of a filter for typed members is no typed dimension: {reason}.",
    ),
}
OTHERS: Final[Codes] = {
    "err": ("error", "XPath 2.0 and its functions", "An expression gives no value: {reason}."),
    "xfie": ("error", "Function Registry 1.0", "A function of XBRL gives no value: {reason}."),
    "{": ("error", "Variables 1.0", "An expression of the taxonomy raises an error of its own: {reason}."),
    "xffe": ("error", "Function Registry 1.0", "A function of formulas is called where it must not be: {reason}."),
}
